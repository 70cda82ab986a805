"""What to doubt in staff rows. Each check is named as the fault it finds and yields a problem for each row that has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bargain.intake.categories import contract_of, sex_of, suggest_grades
from bargain.intake.pay import HOURLY_FROM, HOURLY_TO, PayPlan
from bargain.intake.posts import Post
from bargain.intake.reading import PayKind, Period, Problem, SectorFacts
from bargain.intake.staff import Counted, StaffTable
from models.units import MICROS_PER_POUND
from models.workforce import Contract

_NO_SET_HOURS = {Contract.ZERO_HOURS, Contract.CASUAL, Contract.BANK, Contract.AGENCY}
_LONG_WEEK = Decimal(60)
_TOLERANCE = Decimal("0.01")
_LOW_YEAR = Decimal(100)


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """What the checks look at: the rows as read and the posts made of them, in the same order."""

    staff: StaffTable
    posts: Sequence[Post]
    counted: Counted
    plan: PayPlan
    facts: SectorFacts

    def problem(
        self, code: str, at: int, field: str, value: object, reason: str, *, set_aside: bool = False
    ) -> Problem:
        """A problem in a field of a row."""
        heading = self.plan.heading if field == "pay" else self.staff.headings.get(field, "")
        shown = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
        return Problem(code, self.staff.rows[at], heading, shown, reason, set_aside)


Check = Callable[[Checked], Iterator[Problem]]


def missing_pay(checked: Checked) -> Iterator[Problem]:
    """No pay, pay that is not a number, or pay for a time that is not known."""
    column = checked.staff.pay[checked.plan.column]
    for at, post in enumerate(checked.posts):
        if at in column.unreadable:
            yield checked.problem(
                "unreadable_pay", at, "pay", None, "the pay is not a number that can be read", set_aside=True
            )
        elif post.paid is None:
            yield checked.problem("missing_pay", at, "pay", None, "no pay", set_aside=True)
        elif post.period is None:
            said = checked.staff.text("pay_period", at)
            yield checked.problem(
                "unknown_period",
                at,
                "pay_period",
                said,
                "it is not known for how long a time this pay is",
                set_aside=True,
            )
        elif post.period is Period.DAY:
            yield checked.problem(
                "daily_pay",
                at,
                "pay",
                post.paid,
                "pay by the day cannot be turned into a year's pay without the days worked",
                set_aside=True,
            )
        elif post.paid <= 0 and post.heads:
            yield checked.problem(
                "pay_not_above_nought", at, "pay", post.paid, "pay is nought or less", set_aside=True
            )


def pay_out_of_reach(checked: Checked) -> Iterator[Problem]:
    """An hour's pay or a year's pay that can hardly be that."""
    for at, post in enumerate(checked.posts):
        if post.paid is None or post.paid <= 0 or not post.heads:
            continue
        if post.period is Period.HOUR and not HOURLY_FROM <= post.paid <= HOURLY_TO:
            yield checked.problem(
                "not_hourly_pay", at, "pay", post.paid, "this cannot be pay for one hour", set_aside=True
            )
        if post.period is Period.YEAR and post.paid < _LOW_YEAR:
            yield checked.problem(
                "not_yearly_pay", at, "pay", post.paid, "this cannot be pay for a year", set_aside=True
            )


def missing_hours(checked: Checked) -> Iterator[Problem]:
    """Neither hours nor FTE in a row of a file that has them."""
    field = "hours" if "hours" in checked.staff.numbers else "fte"
    for at, post in enumerate(checked.posts):
        if post.hours is None or post.fte is None:
            yield checked.problem("missing_hours", at, field, None, "no hours and no FTE", set_aside=True)


def hours_nought_or_long(checked: Checked) -> Iterator[Problem]:
    """Weekly hours of nought, or more than 60."""
    for at, post in enumerate(checked.posts):
        hours = checked.staff.number("hours", at)
        if hours is None or not post.heads:
            continue
        if hours < 0:
            yield checked.problem(
                "hours_below_nought", at, "hours", hours, "hours below nought", set_aside=True
            )
        elif hours == 0:
            salaried = post.period is not Period.HOUR and checked.plan.kind is PayKind.ACTUAL
            reason = (
                "no hours, but pay: the rate cannot be worked out"
                if salaried
                else "hours are nought, so this post costs nothing"
            )
            yield checked.problem("hours_nought", at, "hours", hours, reason, set_aside=salaried)
        elif hours > _LONG_WEEK:
            yield checked.problem("hours_above_60", at, "hours", hours, "more than 60 hours a week")


def fte_outside_0_to_1(checked: Checked) -> Iterator[Problem]:
    """A full-time share of nought or less, or above one."""
    if checked.counted.counts_posts or "fte" not in checked.staff.numbers:
        return
    for at, post in enumerate(checked.posts):
        share = checked.counted.fte[at]
        if share is None or not post.heads:
            continue
        if share <= 0:
            actual = post.period is not Period.HOUR and checked.plan.kind is PayKind.ACTUAL
            yield checked.problem(
                "fte_not_above_nought",
                at,
                "fte",
                share,
                "FTE is nought or less",
                set_aside=actual or share < 0,
            )
        elif share > 1:
            yield checked.problem("fte_above_1", at, "fte", share, "FTE is above 1")


def heads_below_nought(checked: Checked) -> Iterator[Problem]:
    """A group of fewer than no people."""
    for at, post in enumerate(checked.posts):
        if post.heads < 0:
            field = "heads" if "heads" in checked.staff.numbers else "fte"
            yield checked.problem(
                "heads_below_nought", at, field, post.heads, "fewer than no heads", set_aside=True
            )


def pay_columns_disagree(checked: Checked) -> Iterator[Problem]:
    """FTE × full-time pay differs from actual pay by more than 1 %."""
    if checked.plan.check is None:
        return
    other = checked.staff.pay[checked.plan.check].values
    for at, post in enumerate(checked.posts):
        paid, told = post.paid, other[at]
        if paid and told and post.fte is not None and abs(paid * post.fte - told) > _TOLERANCE * told:
            yield Problem(
                "pay_columns_disagree", post.row, checked.plan.check_heading, f"{told:f}",
                f"FTE × “{checked.plan.heading}” is {paid * post.fte:.2f}, which differs by more than 1 %",
            )  # fmt: skip


def pay_below_legal_floor(checked: Checked) -> Iterator[Problem]:
    """An hourly rate below the minimum wage. Under-21s are left out: their rate is lower."""
    floor = checked.facts.minimum_wage_micros
    if floor is None:
        return
    least = Decimal(floor) / MICROS_PER_POUND
    for at, post in enumerate(checked.posts):
        hourly = post.hourly
        if hourly is None or hourly <= 0 or not post.heads or 0 <= post.age < 21:
            continue
        if hourly < least - Decimal("0.005"):
            yield checked.problem(
                "pay_below_legal_floor",
                at,
                "pay",
                post.paid,
                f"{hourly:.2f} an hour is below the minimum wage of {least:.2f}",
            )


def same_row_again(checked: Checked) -> Iterator[Problem]:
    """Every cell the same as in an earlier row that names a person. Without staff numbers they may be namesakes: kept."""
    for at, row in enumerate(checked.staff.rows):
        first = checked.staff.same_as.get(row)
        if first is not None:
            sure = bool(checked.staff.text("staff_number", at))
            yield checked.problem(
                "same_row_again", at, "", None, f"every cell is the same as in row {first}", set_aside=sure
            )


def staff_number_again(checked: Checked) -> Iterator[Problem]:
    """The same staff number twice in one employer: two jobs, or one job twice. The number itself is not shown."""
    if "staff_number" not in checked.staff.texts:
        return
    seen: dict[tuple[str, str], int] = {}
    for at, post in enumerate(checked.posts):
        number = checked.staff.text("staff_number", at)
        if not number or post.row in checked.staff.same_as:
            continue
        first = seen.setdefault((post.employer, number), post.row)
        if first != post.row:
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
    for at, post in enumerate(checked.posts):
        if day is not None and post.started is not None and post.started > day:
            yield checked.problem(
                "start_in_future", at, "start_date", post.started, f"starts after the data date, {day}"
            )


def age_out_of_reach(checked: Checked) -> Iterator[Problem]:
    """Younger than 16 or older than 85."""
    for at, post in enumerate(checked.posts):
        if post.age >= 0 and not 16 <= post.age <= 85:
            field = "age" if "age" in checked.staff.headings else "age_band"
            yield checked.problem("age_out_of_reach", at, field, post.age, "an age below 16 or above 85")


def unknown_word(checked: Checked) -> Iterator[Problem]:
    """A contract or sex written in a word that is not known: once for each word."""
    for field, read in (("contract", contract_of), ("sex", sex_of)):
        seen: set[str] = set()
        for at in range(len(checked.staff)):
            text = checked.staff.text(field, at)
            if text and text not in seen and read(text) is None:
                seen.add(text)
                yield checked.problem(
                    f"unknown_{field}",
                    at,
                    field,
                    text,
                    "a word that is not known, so it counts as not recorded",
                )


def unmapped_title(checked: Checked) -> Iterator[Problem]:
    """A job title without a grade: once for each title, with its heads and the grades it is like."""
    heads: dict[str, Decimal] = defaultdict(Decimal)
    first: dict[str, int] = {}
    for at, post in enumerate(checked.posts):
        if not post.grade and post.title:
            heads[post.title] += post.heads
            first.setdefault(post.title, at)
    for title, at in first.items():
        like = suggest_grades(title, checked.facts)
        hint = f"; nearest is {like[0][0]} ({like[0][1]:.0%} alike)" if like else ""
        yield checked.problem(
            "unmapped_title",
            at,
            "job_title",
            title,
            f"this title has no grade in the sector ({heads[title].normalize():f} heads){hint}",
        )


CHECKS: tuple[Check, ...] = (
    missing_pay,
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
)
