"""What to doubt in staff rows. Each check is named as the fault it finds and yields a problem for each row that has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache

import numpy as np

from bargain.intake.categories import contract_of, says_apprentice, sex_of, suggest_grades, yes_or_no
from bargain.intake.checked import Check, Checked, above_nought, each_value, hits, is_none
from bargain.intake.checks_more import MORE_CHECKS, once
from bargain.intake.checks_persons import PERSON_CHECKS
from bargain.intake.checks_scale import SCALE_CHECKS
from bargain.intake.coded import Mask, grouped, over
from bargain.intake.pay_sizes import HOURLY_FROM, HOURLY_TO
from bargain.intake.reading import PayKind, Period, Problem
from bargain.intake.rows import says_staff
from bargain.intake.tables import blanks, clean_text
from models.units import MICROS_PER_POUND
from models.workforce import YesNo

_LONG_WEEK = Decimal(60)
_TOLERANCE = Decimal("0.01")
_LOW_YEAR = Decimal(100)
_PENCE_FROM, _PENCE_TO = Decimal(500), Decimal(6_000)
_HIGH_RATE = Decimal(20_000_000)


def missing_pay(checked: Checked) -> Iterator[Problem]:
    """No pay, pay that is not a number, or pay for a time that is not known."""
    posts = checked.posts
    unreadable = checked.staff.pay[checked.plan.column].unreadable
    ranges = checked.staff.ranges.get(checked.plan.column)
    if ranges is not None:
        yield from _ranges(checked, ranges & unreadable)
        unreadable = unreadable & ~ranges
    for at in hits(unreadable):
        yield checked.problem(
            "unreadable_pay", at, "pay", None, "the pay is not a number that can be read", set_aside=True
        )
    missing = posts.paid.mask(is_none) & ~checked.staff.pay[checked.plan.column].unreadable
    for at in hits(missing):
        yield checked.problem("missing_pay", at, "pay", None, "no pay", set_aside=True)
    there = ~posts.paid.mask(is_none)
    unknown = there & posts.period.mask(is_none)
    for at in hits(unknown):
        yield checked.problem(
            "unknown_period",
            at,
            "pay_period",
            checked.staff.text("pay_period", at),
            "it is not known for how long a time this pay is",
            set_aside=True,
        )
    daily = there & posts.period.mask(lambda period: period is Period.DAY)
    for at in hits(daily):
        yield checked.problem(
            "daily_pay",
            at,
            "pay",
            posts.paid[at],
            "pay by the day cannot be turned into a year's pay without the days worked",
            set_aside=True,
        )
    nought = posts.paid.mask(lambda paid: paid is not None and paid <= 0) & posts.heads.mask(bool)
    for at in hits(nought & ~unknown & ~daily):
        yield checked.problem(
            "pay_not_above_nought", at, "pay", posts.paid[at], "pay is nought or less", set_aside=True
        )


def _ranges(checked: Checked, left_out: Mask) -> Iterator[Problem]:
    cells = checked.staff.pay_cells[checked.plan.column]
    for at in hits(left_out):
        yield checked.problem(
            "pay_range_read",
            at,
            "pay",
            clean_text(cells[at]),
            "a range of pay, not pay: left out",
            set_aside=True,
        )


def ranges_read(checked: Checked) -> Iterator[Problem]:
    """Ranges of pay read as one figure, and hidden counts taken to be one: said, with how many."""
    column = checked.plan.column
    ranges = checked.staff.ranges.get(column)
    if ranges is not None:
        read = ranges & ~checked.staff.pay[column].unreadable
        yield from once(
            checked, "pay_range_read", "pay", read, "ranges of pay, each read as one figure", least=1
        )
    counts = checked.staff.hidden_counts
    if counts is not None and counts.any():
        field = "heads" if "heads" in checked.staff.numbers else "fte"
        known = checked.staff.all_numbers(field).mask(lambda count: count is not None)
        yield from once(
            checked,
            "count_hidden",
            field,
            counts & known,
            "counts that the sender hid, taken to be a figure",
            least=1,
        )
        for at in hits(counts & ~known):
            shown = clean_text(checked.staff.cells[field][at])
            yield checked.problem(
                "count_hidden", at, field, shown, "a count that the sender hid", set_aside=True
            )


def pay_out_of_reach(checked: Checked) -> Iterator[Problem]:
    """An hour's pay or a year's pay that can hardly be that."""
    posts = checked.posts
    there = posts.heads.mask(bool)
    wrong = posts.paid.mask(lambda paid: above_nought(paid) and not HOURLY_FROM <= paid <= HOURLY_TO)
    for at in hits(there & wrong & posts.period.mask(lambda period: period is Period.HOUR)):
        paid = posts.paid[at] or Decimal(0)
        if paid == paid.to_integral_value() and _PENCE_FROM <= paid <= _PENCE_TO:
            reason = f"this cannot be pay for one hour; in pence it would be {paid / 100:.2f} pounds"
            yield checked.problem("pay_in_pence", at, "pay", paid, reason, set_aside=True)
            continue
        yield checked.problem(
            "not_hourly_pay", at, "pay", posts.paid[at], "this cannot be pay for one hour", set_aside=True
        )
    small = posts.paid.mask(lambda paid: above_nought(paid) and paid < _LOW_YEAR)
    for at in hits(there & small & posts.period.mask(lambda period: period is Period.YEAR)):
        yield checked.problem(
            "not_yearly_pay", at, "pay", posts.paid[at], "this cannot be pay for a year", set_aside=True
        )
    vast = posts.rate.mask(lambda rate: rate is not None and abs(rate) > _HIGH_RATE)
    for at in hits(vast & ~posts.period.mask(lambda period: period is Period.HOUR)):
        yield checked.problem(
            "rate_out_of_reach", at, "pay", posts.paid[at],
            "for full time this would be more than £20 million a year", set_aside=True,
        )  # fmt: skip


def missing_hours(checked: Checked) -> Iterator[Problem]:
    """Neither hours nor FTE in a row of a file that has them."""
    field = "hours" if "hours" in checked.staff.numbers else "fte"
    for at in hits(checked.posts.hours.mask(is_none) | checked.posts.fte.mask(is_none)):
        yield checked.problem("missing_hours", at, field, None, "no hours and no FTE", set_aside=True)


def hours_nought_or_long(checked: Checked) -> Iterator[Problem]:
    """Weekly hours of nought, or more than 60."""
    told = checked.staff.numbers.get("hours")
    if told is None:
        return
    odd = told.mask(lambda hours: hours is not None and (hours <= 0 or hours > _LONG_WEEK))
    for at in hits(odd & checked.posts.heads.mask(bool)):
        hours = told[at] or Decimal(0)
        if hours < 0:
            yield checked.problem(
                "hours_below_nought", at, "hours", hours, "hours below nought", set_aside=True
            )
        elif hours == 0:
            salaried = checked.posts.period[at] is not Period.HOUR and checked.plan.kind is PayKind.ACTUAL
            reason = (
                "no hours, but pay: the rate cannot be worked out"
                if salaried
                else "hours are nought, so this post costs nothing"
            )
            yield checked.problem("hours_nought", at, "hours", told[at], reason, set_aside=salaried)
        else:
            yield checked.problem("hours_above_60", at, "hours", hours, "more than 60 hours a week")


def fte_outside_0_to_1(checked: Checked) -> Iterator[Problem]:
    """A full-time share of nought or less, or above one."""
    if checked.counted.counts_posts or "fte" not in checked.staff.numbers:
        return
    odd = checked.counted.fte.mask(lambda share: share is not None and (share <= 0 or share > 1))
    for at in hits(odd & checked.posts.heads.mask(bool)):
        share = checked.counted.fte[at] or Decimal(0)
        if share <= 0:
            actual = checked.posts.period[at] is not Period.HOUR and checked.plan.kind is PayKind.ACTUAL
            yield checked.problem(
                "fte_not_above_nought",
                at,
                "fte",
                checked.counted.fte[at],
                "FTE is nought or less",
                set_aside=actual or share < 0,
            )
        else:
            yield checked.problem("fte_above_1", at, "fte", share, "FTE is above 1")


def heads_below_nought(checked: Checked) -> Iterator[Problem]:
    """A group of fewer than no people."""
    field = "heads" if "heads" in checked.staff.numbers else "fte"
    for at in hits(checked.posts.heads.mask(lambda heads: heads < 0)):
        yield checked.problem(
            "heads_below_nought", at, field, checked.posts.heads[at], "fewer than no heads", set_aside=True
        )


def pay_columns_disagree(checked: Checked) -> Iterator[Problem]:
    """FTE × full-time pay differs from actual pay by more than 1 %."""
    if checked.plan.check is None:
        return
    told = checked.staff.pay[checked.plan.check].values
    posts = checked.posts
    for at in hits(over(_disagree, posts.paid, posts.fte, told).mask(bool)):
        due = (posts.paid[at] or Decimal(0)) * (posts.fte[at] or Decimal(0))
        yield Problem(
            "pay_columns_disagree", int(posts.rows[at]), checked.plan.check_heading, f"{told[at] or 0:f}",
            f"FTE × “{checked.plan.heading}” is {due:.2f}, which differs by more than 1 %",
        )  # fmt: skip


def _disagree(paid: Decimal | None, fte: Decimal | None, told: Decimal | None) -> bool:
    return bool(paid and told and fte is not None and abs(paid * fte - told) > _TOLERANCE * told)


def pay_below_legal_floor(checked: Checked) -> Iterator[Problem]:
    """An hourly rate below the minimum wage for the age; an apprentice's may be as low as the apprentice rate.

    Where the lower rates are not known, under-21s and apprentices are left out. An age that is not recorded
    counts as 21 or over.
    """
    facts, posts = checked.facts, checked.posts
    if facts.minimum_wage_micros is None:
        return

    def floor(age: int, *, apprentice: bool) -> tuple[int | None, str]:
        if apprentice:
            return facts.minimum_apprentice_micros, " of apprentices"
        if 0 <= age < 18:
            return facts.minimum_under_18_micros, " under 18"
        if 0 <= age < 21:
            return facts.minimum_18_20_micros, " from 18 to 20"
        return facts.minimum_wage_micros, ""

    apprentices = over(
        lambda answer, title: answer is YesNo.YES or says_apprentice(title), posts.apprentice, posts.title
    )
    floors = over(lambda age, apprentice: floor(age, apprentice=apprentice), posts.age, apprentices)
    low = over(
        lambda hourly, held: above_nought(hourly)
        and held[0] is not None
        and hourly < Decimal(held[0]) / MICROS_PER_POUND - Decimal("0.005"),
        posts.hourly, floors,
    )  # fmt: skip
    unsure = "" if facts.minimum_is_checked else " (a figure not verified)"
    for at in hits(low.mask(bool) & posts.heads.mask(bool)):
        least, whose = floors[at]
        yield checked.problem(
            "pay_below_legal_floor",
            at,
            "pay",
            posts.paid[at],
            f"{posts.hourly[at]:.2f} an hour is below the minimum wage{whose} of {Decimal(least or 0) / MICROS_PER_POUND:.2f}{unsure}",
        )


def same_row_again(checked: Checked) -> Iterator[Problem]:
    """Every cell the same as in an earlier row that names a person. Without staff numbers they may be namesakes: kept."""
    if not checked.staff.same_as:
        return
    for at, row in enumerate(checked.staff.rows.tolist()):
        first = checked.staff.same_as.get(row)
        if first is not None:
            sure = bool(checked.staff.text("staff_number", at))
            yield checked.problem(
                "same_row_again", at, "", None, f"every cell is the same as in row {first}", set_aside=sure
            )


def staff_number_again(checked: Checked) -> Iterator[Problem]:
    """The same staff number twice in one employer: two jobs, or one job twice. The number itself is not shown."""
    numbers = checked.staff.texts.get("staff_number")
    if numbers is None:
        return
    rows = checked.posts.rows
    considered = ~np.isin(rows, list(checked.staff.same_as))
    places = np.flatnonzero(considered & ~blanks(numbers))
    if not len(places):
        return
    codes, firsts = grouped([checked.posts.employer.take(places), numbers.take(places)])
    if len(firsts) == len(places):
        return
    first_rows = rows[places][firsts][codes]
    for at, first in zip(places.tolist(), first_rows.tolist(), strict=True):
        if first != rows[at]:
            yield checked.problem(
                "staff_number_again",
                at,
                "staff_number",
                None,
                f"the staff number of row {first} again: two jobs, or one twice",
            )


def start_in_future(checked: Checked) -> Iterator[Problem]:
    """A start date after the data date."""
    day = checked.facts.data_date
    if day is None:
        return
    for at in hits(checked.posts.started.mask(lambda started: started is not None and started > day)):
        yield checked.problem(
            "start_in_future",
            at,
            "start_date",
            checked.posts.started[at],
            f"starts after the data date, {day}",
        )


def age_out_of_reach(checked: Checked) -> Iterator[Problem]:
    """Younger than 16 or older than 85."""
    field = "age" if "age" in checked.staff.headings else "age_band"
    for at in hits(checked.posts.age.mask(lambda age: age >= 0 and not 16 <= age <= 85)):
        yield checked.problem(
            "age_out_of_reach", at, field, checked.posts.age[at], "an age below 16 or above 85"
        )


def unknown_word(checked: Checked) -> Iterator[Problem]:
    """A contract, sex, status or answer written in a word that is not known: once for each word."""
    known: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("contract", contract_of), ("sex", sex_of), ("status", says_staff),
        ("apprentice", yes_or_no), ("veteran", yes_or_no),
    )  # fmt: skip
    for field, read in known:
        column = checked.staff.texts.get(field)
        if column is None:
            continue
        yield from each_value(
            checked, column, f"unknown_{field}", field,
            odd=lambda text, read=read: bool(text) and read(text) is None,  # type: ignore[misc]
            reason=lambda _text, field=field: _COUNTS_AS[field],  # type: ignore[misc]
        )  # fmt: skip


_COUNTS_AS = {
    "contract": "a word that is not known, so it counts as not recorded",
    "sex": "a word that is not known, so it counts as not recorded",
    "apprentice": "neither yes nor no, so it counts as not recorded",
    "veteran": "neither yes nor no, so it counts as not recorded",
    "status": "a status that is not known; its rows are counted as staff, not as leavers",
}


def unmapped_title(checked: Checked) -> Iterator[Problem]:
    """A job title without a grade: once for each title, with its heads and the grades it is like."""
    posts = checked.posts
    among = posts.grade.mask(lambda grade: not grade)
    places = np.flatnonzero(among & posts.title.mask(bool))
    heads = over(lambda title, each: (title, each), posts.title.take(places), posts.heads.take(places))
    totals: dict[str, Decimal] = {}
    for (title, each), rows in heads.counted():
        totals[title] = totals.get(title, Decimal(0)) + each * rows

    def reason(title: str) -> str:
        like = suggest_grades(title, checked.facts)
        hint = f"; nearest is {like[0][0]} ({like[0][1]:.0%} alike)" if like else ""
        return f"this title has no grade in the sector ({totals[title].normalize():f} heads){hint}"

    yield from each_value(
        checked, posts.title, "unmapped_title", "job_title", odd=bool, reason=cache(reason), among=among
    )


CHECKS: tuple[Check, ...] = (
    missing_pay,
    ranges_read,
    pay_out_of_reach,
    missing_hours,
    hours_nought_or_long,
    fte_outside_0_to_1,
    heads_below_nought,
    pay_columns_disagree,
    pay_below_legal_floor,
    same_row_again,
    staff_number_again,
    start_in_future,
    age_out_of_reach,
    unknown_word,
    unmapped_title,
    *MORE_CHECKS,
    *SCALE_CHECKS,
    *PERSON_CHECKS,
)
