"""What full time is at each employer: told by the file, by the employer's record, or by the hours most people have."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from bargain.intake.coded import Coded, grouped, over
from bargain.intake.reading import Question, SectorFacts
from bargain.intake.staff import Counted, StaffTable

_LEAST, _MOST = Decimal(34), Decimal(42)
_SHARE = Decimal("0.2")
WEEKS_OFFERED = ("35", "36", "37", "37.5", "38", "39", "40")
_TOLD_BY_SHARE = Decimal("0.3")

# Of one employer: weekly hours, share of full time and heads of like rows, and how many such rows there are.
_Like = tuple[Decimal | None, Decimal | None, Decimal, int]


def full_weeks(
    staff: StaffTable,
    counted: Counted,
    employers: Coded[str],
    *,
    facts: SectorFacts,
    told: Decimal | None,
    each: Decimal | None = None,
) -> tuple[Coded[Decimal], bool]:
    """Full-time weekly hours for each row, and whether something says so. ``told`` is the mapping file's answer;
    ``each`` the hours that a person gave for a file without any, which then count like a column of hours.

    Not sure is a week that neither the file nor an employer's record tells: then it is the sector's.
    """
    if told is not None:
        return Coded.same(told, len(staff)), True
    alike: dict[str, list[_Like]] = {name: [] for name in employers.occurring()}
    hours_of = staff.all_numbers("hours") if each is None else Coded[Decimal | None].same(each, len(staff))
    columns = (employers, hours_of, counted.fte, counted.heads)
    codes, firsts = grouped(columns)
    sizes = np.bincount(codes, minlength=len(firsts)).tolist()
    for at, rows in zip(firsts.tolist(), sizes, strict=True):
        name, hours, share, heads = (column[at] for column in columns)
        alike[name].append((hours, share, heads, rows))
    of_file = _usual([like for rows in alike.values() for like in rows])
    of_employer: dict[str, Decimal] = {}
    sure = True
    for name, rows in alike.items():
        week = _of_employer(name, rows, counted, facts) or of_file
        sure = sure and (week is not None or "full_hours" in staff.numbers)
        of_employer[name] = week or Decimal(str(facts.weekly_hours))
    weeks = over(lambda name, own: own or of_employer[name], employers, staff.all_numbers("full_hours"))
    return weeks, sure


def which_full_week(staff: StaffTable, *, sheet: str) -> Question:
    """What full time is, where a year's pay hangs on it and nothing says."""
    shown = [field for field in ("job_title", "grade") if field in staff.texts]
    examples = tuple(
        (
            *((staff.headings[field], staff.text(field, at)) for field in shown),
            (staff.headings["hours"], f"{staff.number('hours', at) or 0:f}"),
        )
        for at in range(min(len(staff), 5))
    )
    question = "Pay is for full time and the file gives weekly hours, but not what full time is. How many hours are full time?"
    return Question("pay.full_time_hours", sheet, question, WEEKS_OFFERED, examples)


def _of_employer(name: str, alike: list[_Like], counted: Counted, facts: SectorFacts) -> Decimal | None:
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
    return Decimal(str(recorded)) if recorded else None


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
