"""The sector's own figures that move a costing and are no assumption: its year, its scale, its employers' on-costs.

They are set where they belong (facts of the table, the scale, the records of employers). The register shows them, and
keeps with each who gave it, where it comes from and whether it is agreed; that lapses when the figure changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from bargain.appraisal import latest_accounts
from bargain.connected import claimants
from bargain.lining_up import with_posts
from bargain.small_groups import is_small
from models.assumptions import YES_OR_NO, Assumption
from models.basis import Basis
from models.employer import Employer
from models.payscale import PayScale
from models.sector import Sector
from models.units import PPM

SETTING = "sector"  # followed by a full stop and what it is
WEEKS = f"{SETTING}.weeks_y"
PENSION = f"{SETTING}.pension."  # followed by the rate and what it is a share of
GROUP = f"{SETTING}.group."  # followed by the name of a connected group
ACCOUNTS = f"{SETTING}.accounts."  # followed by a mark of the figures
_SHOWN = 3  # employers named in a row; of more, how many


def is_setting(one: Assumption) -> bool:
    """Whether a row of the register is a figure of the sector that is set elsewhere."""
    return one.key.startswith(f"{SETTING}.")


def settings_of(sector: Sector) -> tuple[Assumption, ...]:
    """Every such figure, with what the register keeps of it as long as it is the same figure."""
    kept = {one.key: one for one in sector.assumptions if is_setting(one)}
    return tuple(_as_kept(one, kept.get(one.key)) for one in _live(sector))


def _as_kept(live: Assumption, kept: Assumption | None) -> Assumption:
    if kept is None or kept.value != live.value or (_names_employers(live) and kept.label != live.label):
        return live
    return replace(kept, label=live.label, unit=live.unit)


def _names_employers(one: Assumption) -> bool:
    """Whether the words of a figure say whose it is, so that it is another one with other employers."""
    return one.key.startswith((PENSION, GROUP))


def _live(sector: Sector) -> Iterator[Assumption]:
    month, day = sector.year_start
    yield Assumption(WEEKS, "Weeks a year between a salary and an hourly rate", sector.weeks_y, "weeks")
    yield Assumption(f"{SETTING}.weekly_hours", "Full-time week of the sector", sector.weekly_hours, "hours")
    yield Assumption(
        f"{SETTING}.year_start",
        f"Month in which the settlement year begins, on day {day}",
        float(month),
        "of 12",
    )
    if sector.scale is not None:
        yield from _of_scale(sector.scale)
    yield from _of_employers(sector)
    yield from _of_accounts(sector)
    totals = sector.grossing.totals
    if totals is not None and sector.grossing.agreed_on is not None:
        known = sum(one.count for one in totals.totals)
        yield Assumption(
            f"{SETTING}.grossing",
            "Known totals that returns are grossed up to",
            known,
            str(totals.unit),
            source=totals.source,
            dated=totals.dated,
            agreed=True,
        )


def _of_scale(scale: PayScale) -> Iterator[Assumption]:
    yield Assumption(
        f"{SETTING}.rounding",
        "The pay scale rounds to so many of its unit",
        float(scale.rounding_to),
        str(scale.rounding),
    )
    if scale.basis is Basis.YEAR:
        yield Assumption(
            f"{SETTING}.scale_hours", "Full-time week of the pay scale", scale.weekly_hours, "hours"
        )
        yield Assumption(f"{SETTING}.scale_weeks", "Weeks a year of the pay scale", scale.weeks_y, "weeks")


def _of_employers(sector: Sector) -> Iterator[Assumption]:
    """What decides the on-costs of employers with staff: pension rates and schemes, allowance, levy, connected groups."""
    staffed = {*with_posts(sector.workforce)}
    records = [one for one in sector.employers if one.name in staffed]
    yield from _of_pensions(records, staffed)
    own = float(sector.workforce.heads[sector.workforce.pension_ppm >= 0].sum())
    if own:
        label = "Staff with an employer pension contribution of their own in the staff data"
        value, unit = (
            (1.0, YES_OR_NO) if is_small(own) else (own, "staff")
        )  # a count of so few would tell who
        yield Assumption(f"{SETTING}.pension_of_staff", label, value, unit)
    for key, label, claims in (
        (
            "allowance",
            "Employers that the Employment Allowance is counted for",
            claimants(records),
        ),
        ("levy", "Employers that pay the apprenticeship levy", [one.pays_levy for one in records]),
    ):
        yield Assumption(f"{SETTING}.{key}", label, float(sum(claims)), f"of {len(staffed)} employers")
    groups: dict[str, list[str]] = {}
    for one in records:
        if one.connected_group:
            groups.setdefault(one.connected_group, []).append(one.name)
    for group, names in sorted(groups.items()):
        label = f"Connected group “{group}”, allowances shared: {_named(names)}"
        yield Assumption(f"{GROUP}{group}", label, float(len(names)), "employers under one control")


def _of_pensions(records: list[Employer], staffed: set[str]) -> Iterator[Assumption]:
    """A row for each rate and scheme with whose it is, then how many pay the statutory minimum."""
    schemes: dict[tuple[int, bool], list[str]] = {}
    for one in records:
        if one.pension_ppm is not None:
            schemes.setdefault((one.pension_ppm, one.pension_on_band), []).append(one.name)
    for (ppm, on_band), names in sorted(schemes.items()):
        base = "earnings on the qualifying band" if on_band else "all basic pay"
        yield Assumption(
            f"{PENSION}{ppm}.{'band' if on_band else 'all'}",
            f"Employer pension contribution on {base}: {_named(names)}",
            ppm / PPM,
            "share",
        )
    least = len(staffed) - sum(map(len, schemes.values()))
    yield Assumption(
        f"{SETTING}.pension_minimum",
        "Employers on the statutory minimum pension contribution",
        float(least),
        f"of {len(staffed)} employers",
    )


def _named(names: list[str], stop: str = ", ") -> str:
    """The first of them by name, and how many more."""
    if len(names) == 1:
        return names[0]
    if len(names) <= _SHOWN:
        return f"{stop.join(names[:-1])} and {names[-1]}"
    return f"{stop.join(names[:_SHOWN])} and {len(names) - _SHOWN} more"


def _of_accounts(sector: Sector) -> Iterator[Assumption]:
    """One row for the accounts that margins are worked out from, each employer's newest; another one with other figures."""
    books = [one for _name, one in sorted(latest_accounts(sector).items())]
    if not books:
        return
    sources = sorted({one.source.partition(", row ")[0] for one in books if one.source})
    bare = sum(not one.source for one in books)
    ends = sorted(one.year_end for one in books if one.year_end is not None)
    years = f", years to {ends[0]}" + (f" up to {ends[-1]}" if ends[0] != ends[-1] else "") if ends else ""
    undated = len(books) - len(ends)
    told = [
        *([f"{bare} with no source"] if bare else []),
        *([f"{undated} with no year"] if undated else []),
    ]
    yield Assumption(
        f"{ACCOUNTS}{sha256(repr(books).encode()).hexdigest()[:12]}",
        f"Accounts that margins are worked out from{years}" + (f" ({', '.join(told)})" if told else ""),
        float(len(books)),
        "employers",
        source="" if bare else _named(sources, "; "),
        dated=ends[-1] if ends else None,
    )
