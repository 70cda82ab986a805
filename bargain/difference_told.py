"""A difference as it leaves its side: no share of a cause that rests on a few people stands alone.

Two files that are one person apart differ by that person's cost. A side's own screen may show it; copies, prints and
what both sides look at may not (``small_groups``): such causes are told together with the next one, and where nothing is
left to tell them with, the difference itself is withheld.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from math import inf

import numpy as np

from bargain.lining_up import HOURS
from bargain.settings import is_setting
from bargain.small_groups import SMALLEST_GROUP, hidden_among, is_small
from models.differences import Cause, Difference
from models.sector import Sector
from models.workforce import COLUMNS, VOCABULARIES, Workforce

TOGETHER = "together"
_CODES = {f"{name.removesuffix('s')}_code": name for name in VOCABULARIES}
_NOT_THE_POST = {"heads", "import_code", "row"}


def hidden_causes(found: Difference) -> tuple[bool, ...]:
    """Which causes do not leave their side on their own: of few people, or next to so few."""
    return hidden_among(
        [(inf if one.people is None else one.people) if one.differs else 0.0 for one in found.causes]
    )


def is_withheld(found: Difference) -> bool:
    """Whether the whole difference rests on so few people that it is their pay."""
    hidden = hidden_causes(found)
    people = [
        inf if one.people is None else one.people
        for one, is_hidden in zip(found.causes, hidden, strict=True)
        if is_hidden
    ]
    return bool(people) and is_small(sum(people))


def told(found: Difference) -> Difference:
    """The difference with its hidden causes as one; they sum as before. Ask ``is_withheld`` first."""
    hidden = hidden_causes(found)
    parts = [one for one, is_hidden in zip(found.causes, hidden, strict=True) if is_hidden]
    if len(parts) < 2:
        return found
    label = f"{' + '.join(one.label for one in parts)} (together: fewer than {SMALLEST_GROUP} people in one)"
    shown = round(sum(one.shown for one in parts), 2)
    whole = Cause(TOGETHER, label, sum(one.amount for one in parts), shown, differs=True)
    rest = tuple(one for one, is_hidden in zip(found.causes, hidden, strict=True) if not is_hidden)
    return replace(found, causes=(whole, *rest))


# Of how many people a cause tells something


def people_of(name: str, one: Sector, other: Sector, *, same_rows: bool) -> float | None:
    """The staff in the data of whom a cause tells something; None where it is a matter of all of them."""
    if name == "staff":
        beside = (*HOURS, "pension_ppm") if same_rows else ()
        return _apart(one, other, {*_NOT_THE_POST, *beside})
    if name == "hours":
        by_sector = (one.weeks_y, one.weekly_hours, one.terms.weekly_hours)
        if not same_rows or by_sector != (other.weeks_y, other.weekly_hours, other.terms.weekly_hours):
            return None
        return _rows_apart(one, other, HOURS)
    if name == "on_costs":
        records = [{record.name: record for record in side.employers} for side in (one, other)]
        names = {
            at for at in records[0].keys() | records[1].keys() if records[0].get(at) != records[1].get(at)
        }
        own = _rows_apart(one, other, ("pension_ppm",)) if same_rows else 0.0
        return max(_staff_of(one, names), _staff_of(other, names)) + own
    if name == "assumptions":
        held = [
            {(row.key, row.employer, row.value) for row in side.assumptions if not is_setting(row)}
            for side in (one, other)
        ]
        whose = {employer for _key, employer, _value in held[0] ^ held[1]}
        return None if "" in whose else max(_staff_of(one, whose), _staff_of(other, whose))
    return None


def _apart(one: Sector, other: Sector, beside: set[str]) -> float:
    """The people whom only one side has, whichever side has more of them."""
    ours, theirs = _posts(one, beside), _posts(other, beside)
    more = sum(max(count - theirs.get(post, 0.0), 0.0) for post, count in ours.items())
    fewer = sum(max(count - ours.get(post, 0.0), 0.0) for post, count in theirs.items())
    return max(more, fewer)


def _posts(sector: Sector, beside: set[str]) -> dict[tuple[object, ...], float]:
    """How many people have each like post, all but these columns taken together."""
    force = sector.workforce
    columns = [_said(force, name) for name in COLUMNS if name not in beside]
    found: dict[tuple[object, ...], float] = defaultdict(float)
    for post, heads in zip(zip(*columns, strict=True), _heads(sector).tolist(), strict=True):
        found[post] += heads
    return found


def _said(force: Workforce, name: str) -> list[object]:
    """A column in values that mean the same on both sides: names in the place of codes."""
    column = getattr(force, name).tolist()
    if name not in _CODES:
        return list(column)
    words = (*getattr(force, _CODES[name]), "")  # the last one is where nothing is recorded, -1
    return [words[code] for code in column]


def _heads(sector: Sector) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """People in the data, never how many they stand for."""
    force = sector.workforce
    weights = np.array([sector.employer(name).represents for name in force.employers] or [1.0])
    return np.asarray(force.heads / weights[force.employer_code])


def _rows_apart(one: Sector, other: Sector, names: tuple[str, ...]) -> float:
    differ = np.zeros(len(one.workforce), dtype=bool)
    for name in names:
        differ |= getattr(one.workforce, name) != getattr(other.workforce, name)
    return float(_heads(one)[differ].sum())


def _staff_of(sector: Sector, names: set[str]) -> float:
    wanted = np.array([name in names for name in sector.workforce.employers] or [False])
    return float(_heads(sector)[wanted[sector.workforce.employer_code]].sum())
