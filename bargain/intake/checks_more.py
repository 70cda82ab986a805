"""Further doubts about staff rows: figures that fit no other row, words and dates that were changed on the way here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from operator import eq
from statistics import median_low

import numpy as np

from bargain.intake.checked import Check, Checked, above_nought, each_value, first_places, hits
from bargain.intake.coded import Mask, over
from bargain.intake.reading import Period, Problem
from bargain.intake.rows import PLACES
from bargain.intake.tables import Cell, clean_text, is_blank
from models.workforce import Contract

_WORKING_TIME = Decimal(48)
_LONG_WEEK = Decimal(60)
_FTE_TOLERANCE = Decimal("0.05")
_TINY_FTE = Decimal("0.02")
_MOST_WEEKS = Decimal(53)
_MOST_PENSION = Decimal(45)
_MOST_SLEEP_INS = Decimal(366)
_OLDEST_START = date(1950, 1, 1)
_YOUNGEST_START = 13  # the youngest age of lawful part-time work
_FAR = Decimal("2.5")
_ENOUGH = 10
_MOSTLY = 0.8
_CHANGE = 0.2
_NEAR, _LIKE = Decimal("0.3"), Decimal("0.4")


def hours_above_48(checked: Checked) -> Iterator[Problem]:
    """More hours than the Working Time Regulations allow on average without an opt-out."""
    hours = checked.staff.all_numbers("hours")
    long = hours.mask(lambda one: one is not None and _WORKING_TIME < one <= _LONG_WEEK)
    for at in hits(long):
        yield checked.problem("hours_above_48", at, "hours", hours[at], "more than 48 hours a week")


def hours_and_fte_disagree(checked: Checked) -> Iterator[Problem]:
    """Weekly hours over full-time hours differ from the FTE in the same row, with or without the paid weeks in it."""
    staff = checked.staff
    if not {"hours", "fte"} <= set(staff.numbers) or checked.counted.counts_posts:
        return
    year = Decimal(str(checked.facts.weeks_y))
    wrong = over(
        partial(_differ, year), staff.all_numbers("hours"), checked.counted.fte, checked.posts.full_hours,
        staff.all_numbers("weeks"),
    )  # fmt: skip
    for at in hits(wrong.mask(bool)):
        reason = (
            f"the hours over {checked.posts.full_hours[at].normalize():f} full-time hours are not this FTE"
        )
        yield checked.problem("hours_and_fte_disagree", at, "fte", checked.counted.fte[at], reason)


def _differ(
    year: Decimal, hours: Decimal | None, share: Decimal | None, full: Decimal, weeks: Decimal | None
) -> bool:
    if not hours or not share or not full:
        return False
    of_week = hours / full
    of_year = of_week * min((weeks or year) / year, Decimal(1))
    return abs(of_week - share) > _FTE_TOLERANCE and abs(of_year - share) > _FTE_TOLERANCE


def fte_tiny(checked: Checked) -> Iterator[Problem]:
    """A share of full time below one part in fifty: the full-time rate made from it is hardly sure."""
    share = checked.counted.fte
    for at in hits(share.mask(lambda one: one is not None and 0 < one < _TINY_FTE)):
        yield checked.problem("fte_tiny", at, "fte", share[at], "FTE is below 0.02")


def weeks_out_of_reach(checked: Checked) -> Iterator[Problem]:
    """Paid weeks a year of nought or less, or more than a year has."""
    weeks = checked.staff.all_numbers("weeks")
    for at in hits(weeks.mask(lambda one: one is not None and not 0 < one <= _MOST_WEEKS)):
        yield checked.problem("weeks_out_of_reach", at, "weeks", weeks[at], "a year has up to 53 weeks")


def pension_out_of_reach(checked: Checked) -> Iterator[Problem]:
    """An employer's pension rate below nought or above 45 %: it may be an amount of money."""
    rate = checked.staff.all_numbers("pension_rate")
    for at in hits(rate.mask(lambda one: one is not None and not 0 <= one <= _MOST_PENSION)):
        yield checked.problem(
            "pension_out_of_reach", at, "pension_rate", rate[at], "not a pension rate in percent"
        )


def sleep_ins_out_of_reach(checked: Checked) -> Iterator[Problem]:
    """More sleep-ins than nights in a year, or fewer than none."""
    count = checked.staff.all_numbers("sleep_ins")
    for at in hits(count.mask(lambda one: one is not None and not 0 <= one <= _MOST_SLEEP_INS)):
        yield checked.problem(
            "sleep_ins_out_of_reach", at, "sleep_ins", count[at], "not a number of nights in a year"
        )


def zero_hours_with_hours(checked: Checked) -> Iterator[Problem]:
    """A zero-hours contract with weekly hours: the pay bill counts them as if they were contracted."""
    zero = checked.posts.contract.mask(lambda one: one is Contract.ZERO_HOURS)
    hours = checked.staff.all_numbers("hours")
    yield from once(
        checked, "zero_hours_with_hours", "hours", zero & hours.mask(above_nought),
        "zero-hours contracts with weekly hours, which are counted as if they were contracted",
    )  # fmt: skip


def start_too_long_ago(checked: Checked) -> Iterator[Problem]:
    """A start date before 1950: a blank or a number that a spreadsheet showed as a date."""
    started = checked.posts.started
    for at in hits(started.mask(lambda day: day is not None and day < _OLDEST_START)):
        yield checked.problem("start_too_long_ago", at, "start_date", started[at], "a start date before 1950")


def started_as_child(checked: Checked) -> Iterator[Problem]:
    """A start date at which the person was younger than 13, whole years of age allowed for."""
    day = checked.facts.data_date
    if day is None:
        return
    ages = checked.posts.age.array(int, np.int16)
    starts = checked.posts.started.array(lambda start: 0 if start is None else start.toordinal(), np.int32)
    youngest = ages + 1 - (day.toordinal() - starts) / 365.25
    for at in hits((ages >= 0) & (starts > 0) & (youngest < _YOUNGEST_START)):
        yield checked.problem(
            "started_as_child", at, "start_date", checked.posts.started[at], "younger than 13 at the start"
        )


def wrong_period_for_row(checked: Checked) -> Iterator[Problem]:
    """A figure about a twelfth, or twelve times, of what most like rows have: a month among years, or a year among months."""
    posts = checked.posts
    for period, times in ((Period.YEAR, Decimal(12)), (Period.MONTH, 1 / Decimal(12))):
        there = posts.period.mask(partial(eq, period)) & posts.rate.mask(above_nought)
        if int(there.sum()) < _ENOUGH:
            continue
        middle = median_low(value for value, _rows in posts.rate.counted(there) if value is not None)
        odd = posts.rate.mask(partial(_is_of_other_period, middle, times))
        word = "a month's pay among years'" if period is Period.YEAR else "a year's pay among months'"
        for at in hits(odd & there):
            yield checked.problem(
                "wrong_period_for_row", at, "pay", posts.paid[at], f"this looks like {word}"
            )


def _is_of_other_period(middle: Decimal, times: Decimal, rate: Decimal | None) -> bool:
    if not above_nought(rate) or _NEAR < rate / middle < 1 / _NEAR:
        return False
    return abs(rate * times / middle - 1) < _LIKE


def pay_far_from_title(checked: Checked) -> Iterator[Problem]:
    """Pay more than two and a half times, or less than two fifths of, the middle of at least ten rows of its title."""
    posts = checked.posts
    by_title: dict[str, list[tuple[Decimal, int]]] = defaultdict(list)
    pairs = over(lambda title, hourly: (title, hourly), posts.title, posts.hourly)
    for (title, hourly), rows in pairs.counted():
        if title and above_nought(hourly):
            by_title[title].append((hourly, rows))
    middles: dict[str, Decimal] = {}
    for title, values in by_title.items():
        ranked = sorted(values)
        ends = np.cumsum([rows for _value, rows in ranked])
        if int(ends[-1]) >= _ENOUGH:
            middles[title] = ranked[int(np.searchsorted(ends, int(ends[-1]) // 2, side="right"))][0]

    def is_far(pair: tuple[str, Decimal | None]) -> bool:
        middle = middles.get(pair[0])
        return middle is not None and above_nought(pair[1]) and not middle / _FAR <= pair[1] <= middle * _FAR

    for at in hits(pairs.mask(is_far)):
        reason = f"far from the middle of its title, {middles[posts.title[at]]:.2f} an hour"
        yield checked.problem("pay_far_from_title", at, "pay", posts.paid[at], reason)


def grade_not_on_ladder(checked: Checked) -> Iterator[Problem]:
    """A grade that the sector's ladder does not have: once for each grade."""
    ladder = set(checked.facts.grades)
    if not ladder or "grade" not in checked.staff.texts:
        return
    yield from each_value(
        checked, checked.posts.grade, "grade_not_on_ladder", "grade",
        odd=lambda grade: bool(grade) and grade not in ladder,
        reason=lambda _grade: "a grade that is not on the sector's ladder",
    )  # fmt: skip


def blank_where_others_are_filled(checked: Checked) -> Iterator[Problem]:
    """Title, grade, point, sex, contract or start date left blank in some rows of a column that has them: once a column."""
    for field in ("job_title", "grade", "point", "sex", "contract", "start_date", "age"):
        column = checked.staff.cells.get(field)
        if column is None:
            continue
        blank = column.mask(is_blank)
        if not blank.all():
            yield from once(checked, f"missing_{field}", field, blank, "rows with nothing here")


def leading_noughts_lost(checked: Checked) -> Iterator[Problem]:
    """Staff numbers of figures, most of one length and some shorter: noughts in front may be lost, and two become one."""
    numbers = checked.staff.texts.get("staff_number")
    if numbers is None:
        return
    figures = numbers.mask(str.isdigit) if len(numbers.distinct) < 200_000 else None
    if figures is None or not figures.any():
        return
    sizes = numbers.array(len, np.int32)
    usual = int(np.bincount(sizes[figures]).argmax())
    if float((sizes[figures] == usual).mean()) < _MOSTLY or usual < 4:
        return
    yield from once(
        checked, "leading_noughts_lost", "staff_number", figures & (sizes < usual),
        f"staff numbers shorter than the usual {usual} figures", shows=False,
    )  # fmt: skip


def dates_as_text(checked: Checked) -> Iterator[Problem]:
    """Dates written as text in a workbook that has real dates beside them: day and month may have been swapped."""
    column = checked.staff.cells.get("start_date")
    if column is None:
        return
    as_dates = column.mask(lambda cell: isinstance(cell, date | datetime))
    as_text = column.mask(_is_text)
    if as_dates.any():
        yield from once(checked, "dates_as_text", "start_date", as_text, "dates as text among real dates")


def numbers_as_text(checked: Checked) -> Iterator[Problem]:
    """Figures written as text in a column that has numbers: a sum in the spreadsheet leaves them out."""
    for field in ("hours", "fte", "heads", "weeks"):
        column = checked.staff.cells.get(field)
        if column is None:
            continue
        as_numbers = column.mask(lambda cell: isinstance(cell, int | float))
        if as_numbers.any():
            yield from once(
                checked, "numbers_as_text", field, column.mask(_is_text), "figures as text among numbers"
            )


def spaces_around(checked: Checked) -> Iterator[Problem]:
    """Grades, points, titles and employers with spaces before, after or doubled: read without them. Once a column."""
    for field in ("employer", "job_title", "grade", "point"):
        column = checked.staff.cells.get(field)
        if column is not None:
            odd = column.mask(
                lambda cell: isinstance(cell, str) and cell != clean_text(cell) and not is_blank(cell)
            )
            yield from once(checked, "spaces_around", field, odd, "texts with odd spaces, read without them")


def headcount_changed(checked: Checked) -> Iterator[Problem]:
    """An employer's heads differ by more than a fifth from the last import that held that employer alone."""
    before = {one.employers[0]: one for one in checked.facts.imports if len(one.employers) == 1}
    if not before:
        return
    heads: dict[str, float] = defaultdict(float)
    pairs = over(lambda name, each: (name, each), checked.posts.employer, checked.posts.heads)
    for (name, each), rows in pairs.counted():
        heads[name] += float(each) * rows
    for name, at in first_places(checked.posts.employer):
        last = before.get(name)
        if last is not None and last.heads and abs(heads[name] / last.heads - 1) > _CHANGE:
            reason = f"{heads[name]:,.10g} heads at {name}; {last.file} had {last.heads:,.10g}"
            yield checked.problem("headcount_changed", at, "employer", None, reason)


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and not is_blank(cell)


def once(
    checked: Checked,
    code: str,
    field: str,
    where: Mask,
    what: str,
    *,
    shows: bool = True,
    least: int = _ENOUGH,
) -> Iterator[Problem]:
    """One finding at the first place, with how many rows there are; a few rows alone say nothing of a column."""
    places = np.flatnonzero(where)
    if not len(places) or len(where) < least:
        return
    named = (
        checked.staff.pay_cells.get(checked.plan.column) if field == "pay" else checked.staff.cells.get(field)
    )
    cells = named if shows else None
    if checked.chosen.has(code):
        for at in places.tolist():
            yield checked.problem(code, at, field, None if cells is None else clean_text(cells[at]), what)
        return
    value = None if cells is None else clean_text(cells[int(places[0])])
    first = checked.problem(
        code, int(places[0]), field, value, f"{len(places):,} × {what}; this is the first"
    )
    yield replace(first, rows=len(places), places=tuple(checked.staff.rows[places[:PLACES]].tolist()))


MORE_CHECKS: tuple[Check, ...] = (
    hours_above_48,
    hours_and_fte_disagree,
    fte_tiny,
    weeks_out_of_reach,
    pension_out_of_reach,
    sleep_ins_out_of_reach,
    zero_hours_with_hours,
    start_too_long_ago,
    started_as_child,
    wrong_period_for_row,
    pay_far_from_title,
    grade_not_on_ladder,
    blank_where_others_are_filled,
    leading_noughts_lost,
    dates_as_text,
    numbers_as_text,
    spaces_around,
    headcount_changed,
)
