"""Hourly pay in a file that gives nobody's hours: what a year of it costs is asked, never taken to be full time."""

from __future__ import annotations

from decimal import Decimal

from bargain.intake.coded import Coded, Mask
from bargain.intake.full_week import WEEKS_OFFERED
from bargain.intake.pay import PayPlan
from bargain.intake.reading import MappingFile, Period, Question
from bargain.intake.staff import Counted, StaffTable
from bargain.intake.tables import blanks, clean_text

_SHOWN = ("job_title", "grade", "contract")
_EXAMPLES = 5


def says_hours(staff: StaffTable) -> bool:
    """Whether any row of staff says its hours or its FTE, even if it can't be read; a blank column says nothing.

    Where some rows do, those that do not are findings of their own.
    """
    return any(not blanks(staff.cells[field]).all() for field in ("hours", "fte") if field in staff.cells)


def hours_told(staff: StaffTable, mapping: MappingFile) -> Decimal | None:
    """The weekly hours of each person paid by the hour, as answered; None where the file itself says hours."""
    return None if mapping.hours_each is None or says_hours(staff) else mapping.hours_each


def which_hours(
    staff: StaffTable,
    counted: Counted,
    plan: PayPlan,
    *,
    weeks: Coded[Decimal],
    sheet: str,
    mapping: MappingFile,
) -> tuple[Question, ...]:
    """The question where a year's pay hangs on hours that neither the file nor an answer gives; else nothing.

    ``weeks`` is full time in each row: the full week of most rows is the first candidate.
    """
    if mapping.hours_each is not None or counted.counts_posts or says_hours(staff):
        return ()
    places = _paid_by_hour(staff, counted, plan).nonzero()[0]
    if not len(places):
        return ()
    usual = max(weeks.take(places).counted(), key=lambda one: one[1])[0]
    candidates = dict.fromkeys((f"{usual.normalize():f}", *WEEKS_OFFERED))
    question = (
        f"Pay in “{plan.heading}” is by the hour, and the file says neither hours nor FTE. How many hours a week does each "
        f"of them work on average? Any number of hours will do; {usual.normalize():f} is full time."
    )
    shown = [field for field in _SHOWN if field in staff.texts]
    examples = tuple(
        (
            *((staff.headings[field], staff.text(field, at)) for field in shown),
            (plan.heading, clean_text(staff.pay_cells[plan.column][at])),
        )
        for at in places[:_EXAMPLES].tolist()
    )
    return (Question("pay.hours_each", sheet, question, tuple(candidates), examples),)


def about_hours(staff: StaffTable, counted: Counted, plan: PayPlan, mapping: MappingFile) -> tuple[str, ...]:
    """What was made of a file that gives nobody's hours, in words."""
    if counted.counts_posts or says_hours(staff):
        return ()
    notes = []
    by_hour = plan.periods.mask(_is_hour)
    if by_hour.any() and mapping.hours_each is not None:
        notes.append(
            "the file has no hours and no FTE: everyone paid by the hour is taken to work "
            f"{mapping.hours_each.normalize():f} hours a week, as answered"
        )
    if not by_hour.all() and not {"hours", "fte"} & set(staff.numbers):
        who = "every other post" if by_hour.any() else "every post"
        notes.append(f"the file has no hours and no FTE: {who} is taken to be full time")
    return tuple(notes)


def _paid_by_hour(staff: StaffTable, counted: Counted, plan: PayPlan) -> Mask:
    """Rows whose pay for an hour is above nought, and whose FTE nothing else tells."""
    paid = staff.pay[plan.column].values.mask(lambda value: value is not None and value > 0)
    unsaid = counted.fte.mask(lambda share: share is None)
    mask: Mask = plan.periods.mask(_is_hour) & paid & unsaid
    return mask


def _is_hour(period: Period | None) -> bool:
    return period is Period.HOUR
