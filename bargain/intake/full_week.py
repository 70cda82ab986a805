"""What full time is at each employer: told by the file, by the employer's record, or by the hours most people have."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from bargain.intake.reading import SectorFacts
from bargain.intake.staff import Counted, StaffTable

_LEAST, _MOST = Decimal(34), Decimal(42)
_SHARE = Decimal("0.2")


def full_weeks(
    staff: StaffTable, counted: Counted, employers: Sequence[str], *, facts: SectorFacts, told: Decimal | None
) -> tuple[Decimal, ...]:
    """Full-time weekly hours for each row. ``told`` is the mapping file's answer."""
    if told is not None:
        return tuple(told for _ in staff.rows)
    of_employer = {name: _of_employer(name, staff, counted, employers, facts) for name in set(employers)}
    return tuple(staff.number("full_hours", at) or of_employer[name] for at, name in enumerate(employers))


def _of_employer(
    name: str, staff: StaffTable, counted: Counted, employers: Sequence[str], facts: SectorFacts
) -> Decimal:
    places = [at for at, employer in enumerate(employers) if employer == name]
    if not counted.counts_posts:
        from_both = [
            hours / share
            for at in places
            if (hours := staff.number("hours", at)) and (share := counted.fte[at]) and share >= Decimal("0.3")
        ]
        if from_both:
            return Decimal(str(round(median(from_both), 2)))
    usual = _usual(staff, counted, places)
    if usual is not None:
        return usual
    recorded = next((one.weekly_hours for one in facts.employers if one.name == name), None)
    return Decimal(str(recorded or facts.weekly_hours))


def _usual(staff: StaffTable, counted: Counted, places: Sequence[int]) -> Decimal | None:
    """The weekly hours that most heads have among those that can be full time, if at least a fifth have them."""
    hours: dict[Decimal, Decimal] = {}
    total = Decimal(0)
    for at in places:
        heads = max(counted.heads[at], Decimal(0))
        total += heads
        worked = staff.number("hours", at)
        if worked is not None and _LEAST <= worked <= _MOST:
            key = worked.normalize()
            hours[key] = hours.get(key, Decimal(0)) + heads
    if not hours or not total:
        return None
    best, heads_there = max(hours.items(), key=lambda item: (item[1], item[0]))
    return best if heads_there >= _SHARE * total else None
