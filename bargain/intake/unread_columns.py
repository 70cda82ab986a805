"""Columns of figures whose headings say nothing to us, but whose figures look like something that changes the pay bill.

They are asked about, never taken: a share of full time, weekly hours, or numbers of people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

import numpy as np

from bargain.intake.coded import Coded, grouped
from bargain.intake.mapping import PLUS, ColumnMap
from bargain.intake.pay import PayPlan
from bargain.intake.reading import NONE_OF_THESE, MappingFile, Period, Question
from bargain.intake.staff import Counted, StaffTable
from bargain.intake.tables import blanks
from bargain.intake.words import plain_words

_LEAST_ROWS = 2
_FULL_WEEK = (Decimal(34), Decimal(42))
_LONGEST_WEEK = Decimal(60)
_MOST_COLUMNS = 12
_LARGE = 1000  # figures all above it are codes: nobody has a thousand staff on every line
_NO_COUNT = frozenset(
    {
        "id",
        "no",
        "number",
        "code",
        "ref",
        "year",
        "years",
        "days",
        "leave",
        "centre",
        "center",
        "age",
        "points",
        "score",
    }
)
_SHOWN = 5
_POSTS = ("employer", "job_title", "grade", "point", "contract", "setting")

Free = Mapping[int, Coded[Decimal | None]]


def about_unread(
    columns: ColumnMap,
    staff: StaffTable,
    counted: Counted,
    plan: PayPlan,
    free: Free,
    *,
    mapping: MappingFile,
    sheet: str,
) -> tuple[Question, ...]:
    """The question that a column without a known heading raises; nothing where none does, or where it was answered."""
    heads = _looks_like_heads(columns, staff, free) if "heads" not in mapping.columns else []
    if heads and not {"heads", "heads_female"} & set(staff.numbers) and not counted.counts_posts:
        names = [columns.headings[at] for at in heads]
        both = (PLUS.join(names),) if len(names) > 1 else ()
        what = "How many people is each row for? Nothing says, but these figures may."
        examples = _examples(heads, columns, staff, plan, free)
        return (Question("columns.heads", sheet, what, (*both, *names, NONE_OF_THESE), examples),)
    if counted.counts_posts or {"fte", "hours"} & set(staff.numbers):
        return ()
    for field, like, what in (
        ("fte", _is_share, "The file has no FTE that we know. Is this the share of full time that each person works?"),
        ("hours", _is_hours, "The file has no hours that we know. Are these the hours that each person works in a week?"),
    ):  # fmt: skip
        found = [at for at, values in free.items() if like(values)]
        if found and field not in mapping.columns:
            names = [columns.headings[at] for at in found]
            examples = _examples(found, columns, staff, plan, free)
            return (Question(f"columns.{field}", sheet, what, (*names, NONE_OF_THESE), examples),)
    return ()


def _examples(
    places: Sequence[int], columns: ColumnMap, staff: StaffTable, plan: PayPlan, free: Free
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The first rows: what the post is, the figures asked about, and pay."""
    texts = [one for one in ("job_title", "grade", "point") if one in staff.texts]
    pay = staff.pay[plan.column].values
    return tuple(
        (
            *((staff.headings[one], staff.text(one, at)) for one in texts),
            *((columns.headings[place], _shown(free[place][at])) for place in places[:_MOST_COLUMNS]),
            (plan.heading, _shown(pay[at])),
        )
        for at in range(min(len(staff), _SHOWN))
    )


def _is_share(values: Coded[Decimal | None]) -> bool:
    """Whether figures are shares of one, or of a hundred, with full time the commonest and some below it."""
    told = [(value, rows) for value, rows in values.counted() if value is not None]
    if sum(rows for _value, rows in told) < _LEAST_ROWS:
        return False
    largest = max(value for value, _rows in told)
    below = [value for value, _rows in told if value < largest]
    in_hundreds = largest == 100 and all(value >= 5 for value in below)
    in_ones = largest == 1 and all(value > 0 for value in below) and any(value % 1 for value in below)
    return bool(below) and (in_hundreds or in_ones)


def _is_hours(values: Coded[Decimal | None]) -> bool:
    """Whether figures are weekly hours: none above 60, and the commonest from 34 to 42."""
    told = [(value, rows) for value, rows in values.counted() if value]
    if sum(rows for _value, rows in told) < _LEAST_ROWS or len(told) < _LEAST_ROWS:
        return False
    usual = max(told, key=lambda one: one[1])[0]
    full = sum(rows for value, rows in told if _FULL_WEEK[0] <= value <= _FULL_WEEK[1])
    within = all(0 < value <= _LONGEST_WEEK for value, _rows in told)
    return within and (
        _FULL_WEEK[0] <= usual <= _FULL_WEEK[1] or full * 3 >= sum(rows for _value, rows in told)
    )


def _looks_like_heads(columns: ColumnMap, staff: StaffTable, free: Free) -> list[int]:
    """Columns of whole numbers, some above one, in a file that names nobody and in which no post stands twice."""
    if staff.has_persons or len(staff) < _LEAST_ROWS or "fte" in staff.numbers:
        return []
    posts = [staff.texts[field] for field in _POSTS if field in staff.texts]
    if not posts or all(blanks(one).all() for one in posts) or len(grouped(posts)[1]) < len(staff):
        return []
    return [
        at
        for at, values in free.items()
        if not _NO_COUNT & set(plain_words(columns.headings[at]).split()) and _are_whole(values)
    ]


def _are_whole(values: Coded[Decimal | None]) -> bool:
    """Whether figures may count people: whole, some above one and not all large, and no running number."""
    told = [value for value in values if value is not None]
    whole = all(value >= 0 and value == value.to_integral_value() for value in told)
    running = all(after == before + 1 for before, after in pairwise(told))
    return whole and not running and max(told) > 1 and min(told) < _LARGE


def which_hours_period(
    staff: StaffTable, counted: Counted, plan: PayPlan, *, mapping: MappingFile, sheet: str
) -> tuple[Question, ...]:
    """For what time hours are, where most of them are more than a week holds and pay hangs on them."""
    hours = staff.numbers.get("hours")
    decided = any(one.check == "hours_above_60" for one in mapping.choices)
    if hours is None or mapping.hours_period is not None or decided or counted.counts_posts:
        return ()
    too_long = hours.mask(lambda told: told is not None and told > _LONGEST_WEEK)
    if int(too_long.sum()) * 2 <= int(hours.mask(bool).sum()):
        return ()
    examples = tuple(
        (
            (staff.headings["hours"], _shown(hours[at])),
            (plan.heading, _shown(staff.pay[plan.column].values[at])),
        )
        for at in np.flatnonzero(too_long)[:_SHOWN].tolist()
    )
    question = (
        f"“{staff.headings['hours']}” are more hours than a week of work holds. For how long a time are they?"
    )
    times = (Period.WEEK, Period.FORTNIGHT, Period.FOUR_WEEKS, Period.MONTH, Period.YEAR)
    return (Question("hours.per", sheet, question, tuple(map(str, times)), examples),)


def _shown(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
