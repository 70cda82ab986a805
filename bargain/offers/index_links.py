"""Rises tied to an index, at the figure that is priced: published, else assumed – and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bargain.plain_days import in_full
from models.assumptions import Assumption
from models.index_link import IndexLink
from models.issues import UnusableInput
from models.offer import PayRule, Settlement
from models.units import PPM


def assumption_key(link: IndexLink) -> str:
    """The key under which a sector keeps its own assumption of the index: ``index_cpi``."""
    return f"index_{link.index.value.lower()}"


def with_figures(
    settlement: Settlement, assumptions: Sequence[Assumption] = ()
) -> tuple[Settlement, tuple[str, ...]]:
    """The step with every index at its figure as a plain percentage, and what is to be said of it.

    The figure is the published one; else the offer's own assumption; else the sector's (``index_cpi`` and
    so on, a share). Raises UnusableInput where there is none of the three.
    """
    if all(rule.index is None for rule in settlement.pay):
        return settlement, ()
    rules: list[PayRule] = []
    notes: dict[str, None] = {}
    for rule in settlement.pay:
        if rule.index is None:
            rules.append(rule)
            continue
        link = _known(rule.index, settlement, assumptions)
        rules.append(replace(rule, percent_ppm=rule.percent_ppm + (link.rise_ppm or 0), index=None))
        notes.update(dict.fromkeys(_notes(link)))
    return replace(settlement, pay=tuple(rules)), tuple(notes)


def _known(link: IndexLink, settlement: Settlement, assumptions: Sequence[Assumption]) -> IndexLink:
    if link.figure_ppm is not None:
        return link
    key = assumption_key(link)
    for one in assumptions:
        if one.key == key and one.value is not None:
            return replace(link, assumed_ppm=round(one.value * PPM))
    raise UnusableInput(
        f"The rise of {in_full(settlement.effective)} is tied to {link.index}, but there is no figure to price it at: give "
        f"“assumed_percent” (or “published_percent”) in the offer, or the assumption “{key}” in the sector."
    )


def _notes(link: IndexLink) -> tuple[str, ...]:
    figure = _percent(link.figure_ppm or 0)
    of = f" of {month_name(link.month)}" if link.month else ""
    said = []
    if link.published_ppm is None:
        said.append(
            f"Priced at an assumption: {link.index}{of} is taken to be {figure}, which makes the rise "
            f"{_percent(link.rise_ppm or 0)}. The figure itself is not known yet."
        )
    if link.reopens:
        said.append(
            f"At {link.index}{of} of {figure} the parties meet again; the rise of {_percent(link.rise_ppm or 0)} is "
            "priced until they agree something else."
        )
    return tuple(said)


def month_name(day: date) -> str:
    """``September 2027``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _percent(ppm: int) -> str:
    return f"{ppm / 10_000:.4f}".rstrip("0").rstrip(".") + " %"
