"""The sector's own figures that move a costing and are no assumption: its year, its scale, its employers' on-costs.

They are set where they belong (facts of the table, the scale, the records of employers). The register shows them, and
keeps with each who gave it, where it comes from and whether it is agreed; that lapses when the figure changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bargain.lining_up import with_posts
from models.assumptions import Assumption
from models.basis import Basis
from models.employer import Employer
from models.payscale import PayScale
from models.sector import Sector
from models.units import PPM

SETTING = "sector"  # followed by a full stop and what it is
WEEKS = f"{SETTING}.weeks_y"


def is_setting(one: Assumption) -> bool:
    """Whether a row of the register is a figure of the sector that is set elsewhere."""
    return one.key.startswith(f"{SETTING}.")


def settings_of(sector: Sector) -> tuple[Assumption, ...]:
    """Every such figure, with what the register keeps of it as long as it is the same figure."""
    kept = {one.key: one for one in sector.assumptions if is_setting(one)}
    return tuple(_as_kept(one, kept.get(one.key)) for one in _live(sector))


def _as_kept(live: Assumption, kept: Assumption | None) -> Assumption:
    if kept is None or kept.value != live.value:
        return live
    return replace(kept, label=live.label, unit=live.unit)


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
    """What employers with staff pay into pensions, a row a rate; how many claim the allowance and pay the levy."""
    staffed = {*with_posts(sector.workforce)}
    records = [one for one in sector.employers if one.name in staffed]
    for (ppm, on_band), count in sorted(Counter(map(_pension, records)).items()):
        if ppm >= 0:
            base = "earnings on the qualifying band" if on_band else "all basic pay"
            yield Assumption(
                f"{SETTING}.pension.{ppm}.{'band' if on_band else 'all'}",
                f"Employer pension contribution of {count} employer{'s' * (count != 1)}",
                ppm / PPM,
                f"share of {base}",
            )
    for key, label, names in (
        ("allowance", "Employers that may claim the Employment Allowance", "claims_employment_allowance"),
        ("levy", "Employers that pay the apprenticeship levy", "pays_levy"),
    ):
        count = sum(getattr(one, names) for one in records)
        yield Assumption(f"{SETTING}.{key}", label, float(count), f"of {len(staffed)} employers")


def _pension(one: Employer) -> tuple[int, bool]:
    return (-1 if one.pension_ppm is None else one.pension_ppm, one.pension_on_band)
