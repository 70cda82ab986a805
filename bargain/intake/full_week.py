"""What full time is at each employer: told by the file, by the employer's record, or by the hours most people have."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from bargain.intake.coded import Coded, grouped, over
from bargain.intake.reading import SectorFacts
from bargain.intake.staff import Counted, StaffTable

_LEAST, _MOST = Decimal(34), Decimal(42)
_SHARE = Decimal("0.2")
_TOLD_BY_SHARE = Decimal("0.3")

# Of one employer: weekly hours, share of full time and heads of like rows, and how many such rows there are.
_Like = tuple[Decimal | None, Decimal | None, Decimal, int]


def full_weeks(
    staff: StaffTable, counted: Counted, employers: Coded[str], *, facts: SectorFacts, told: Decimal | None
) -> Coded[Decimal]:
    """Full-time weekly hours for each row. ``told`` is the mapping file's answer."""
    if told is not None:
        return Coded.same(told, len(staff))
    alike: dict[str, list[_Like]] = {name: [] for name in employers.occurring()}
    columns = (employers, staff.all_numbers("hours"), counted.fte, counted.heads)
    codes, firsts = grouped(columns)
    sizes = np.bincount(codes, minlength=len(firsts)).tolist()
    for at, rows in zip(firsts.tolist(), sizes, strict=True):
        name, hours, share, heads = (column[at] for column in columns)
        alike[name].append((hours, share, heads, rows))
    of_employer = {name: _of_employer(name, rows, counted, facts) for name, rows in alike.items()}
    return over(lambda name, own: own or of_employer[name], employers, staff.all_numbers("full_hours"))


def _of_employer(name: str, alike: list[_Like], counted: Counted, facts: SectorFacts) -> Decimal:
    if not counted.counts_posts:
        from_both = [
            (hours / share, rows)
            for hours, share, _heads, rows in alike
            if hours and share and share >= _TOLD_BY_SHARE
        ]
        if from_both:
            return Decimal(str(round(_median(from_both), 2)))
    usual = _usual(alike)
    if usual is not None:
        return usual
    recorded = next((one.weekly_hours for one in facts.employers if one.name == name), None)
    return Decimal(str(recorded or facts.weekly_hours))


def _median(values: list[tuple[Decimal, int]]) -> Decimal:
    """The middle value, each counted as often as it occurs."""
    ranked = sorted(values)
    ends = np.cumsum([count for _value, count in ranked])
    total = int(ends[-1])
    low, high = (
        ranked[int(np.searchsorted(ends, place, side="right"))][0] for place in ((total - 1) // 2, total // 2)
    )
    return (low + high) / 2


def _usual(alike: list[_Like]) -> Decimal | None:
    """The weekly hours that most heads have among those that can be full time, if at least a fifth have them."""
    hours: dict[Decimal, Decimal] = {}
    total = Decimal(0)
    for worked, _share, each, rows in alike:
        heads = max(each, Decimal(0)) * rows
        total += heads
        if worked is not None and _LEAST <= worked <= _MOST:
            key = worked.normalize()
            hours[key] = hours.get(key, Decimal(0)) + heads
    if not hours or not total:
        return None
    best, heads_there = max(hours.items(), key=lambda item: (item[1], item[0]))
    return best if heads_there >= _SHARE * total else None
