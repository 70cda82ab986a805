"""One sheet, from its rows to a reading, or to the questions that stand in its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from bargain.intake.categories import suggest_grades
from bargain.intake.checked import Checked
from bargain.intake.checks import CHECKS
from bargain.intake.choices import Chosen, after_choices, as_fixed
from bargain.intake.coded import Coded, over
from bargain.intake.elements import elements_of, other_elements, which_element
from bargain.intake.fixes import Work, fixed
from bargain.intake.full_week import full_weeks, which_full_week
from bargain.intake.group_pay import shared_out, which_pay
from bargain.intake.hours_each import hours_told, which_hours
from bargain.intake.ni_once import Persons
from bargain.intake.pay import PayPlan, PayPlanner
from bargain.intake.periods import heading_of, periods_of, set_aside, which_period
from bargain.intake.posts import Posts, make_posts
from bargain.intake.ranges import UNSAID_MOST
from bargain.intake.reading import (
    RANGE_ENDS,
    MappingFile,
    PayKind,
    Period,
    Problem,
    Question,
    RowKind,
    SectorFacts,
    SheetReading,
)
from bargain.intake.rows import Classified, classify
from bargain.intake.sheet_reading import sheet_reading
from bargain.intake.sheets import Draft
from bargain.intake.staff import Counted, StaffTable, count_heads, free_numbers, month_comes_first, read_staff
from bargain.intake.tables import clean_text
from bargain.intake.unread_columns import about_unread, which_hours_period
from models.issues import UnusableInput

_NEARLY_FULL = Decimal("1.005")  # actual pay that rounding puts just above full-time pay is full time


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sheet is read with: who employs its staff, the sector's facts, and the persons seen in this import.

    ``named`` where the user named the employer, which then goes before what the rows say.
    """

    employer: str
    facts: SectorFacts
    named: bool
    persons: Persons


def read_one_sheet(draft: Draft, around: Surroundings) -> SheetReading | tuple[Question, ...]:
    """The reading of a sheet; else its open questions. Raises UnusableInput where nothing under the heading is staff."""
    table, heading, columns, mapping = draft.table, draft.heading, draft.columns, draft.mapping
    facts = around.facts
    body = table.rows[heading.body_from :]
    first_row = heading.body_from + 1
    month_first, questions = month_comes_first(table, columns, body, mapping)
    classified = classify(
        columns,
        body,
        first_row=first_row,
        data_date=facts.data_date or date.today(),
        month_first=month_first,
        mapping=mapping,
    )
    classified = _without_hidden(draft, classified, first_row)
    is_staff = classified.kinds.mask(lambda kind: kind is RowKind.STAFF)
    periods = periods_of(columns, body, mapping, file=table.file, sheet=table.sheet)
    if periods is not None:
        asked = which_period(periods, is_staff, mapping, columns, body, sheet=table.sheet)
        if asked is not None:
            return (asked, *questions)
        heading_text = heading_of(columns, mapping)
        classified = _aside(classified, set_aside(periods, is_staff, mapping, heading_text, first_row))
        is_staff = classified.kinds.mask(lambda kind: kind is RowKind.STAFF)
    elements = elements_of(columns, body)
    if elements is not None:
        asked = which_element(elements, is_staff, mapping, columns, body, sheet=table.sheet)
        if asked is not None:
            return (asked, *questions)
        classified = _aside(classified, other_elements(elements, is_staff, mapping, columns, first_row))
        is_staff = classified.kinds.mask(lambda kind: kind is RowKind.STAFF)
    staff_rows = (np.flatnonzero(is_staff) + first_row).astype(np.int32)
    if not len(staff_rows):
        raise UnusableInput(
            f"{table.file}, sheet {table.sheet}: there is a heading in row {heading.body_from} but no row of staff under it."
        )
    year = Decimal(str(facts.weeks_y))
    staff = read_staff(table, columns, staff_rows, mapping=mapping, weeks_y=year)
    counted = count_heads(staff, grouped_rows=mapping.grouped)
    employers, carried = _employers_of_rows(staff, around.employer, named=around.named)
    weeks, sure_of_week = full_weeks(
        staff, counted, employers, facts=facts, told=mapping.full_time_hours, each=hours_told(staff, mapping)
    )
    planner = PayPlanner(
        columns,
        staff,
        counted,
        weeks,
        mapping=mapping,
        file=table.file,
        sheet=table.sheet,
        weeks_y=year,
        free=lambda: free_numbers(table, columns, staff_rows),
    )
    answer = planner.plan()
    questions = columns.questions + questions + _about_counts(staff, draft) + answer.questions
    if questions or answer.plan is None:
        return questions
    doubts = (
        about_unread(
            columns,
            staff,
            counted,
            answer.plan,
            planner.questions.free_columns,
            mapping=mapping,
            sheet=table.sheet,
        )
        or which_hours_period(staff, counted, answer.plan, mapping=mapping, sheet=table.sheet)
        or which_pay(staff, counted, answer.plan, mapping=mapping, sheet=table.sheet)
    )
    if doubts:
        return doubts
    staff = shared_out(staff, counted, answer.plan, mapping)
    counted = _with_shares_of_pay(staff, counted, answer.plan)
    if not sure_of_week and _needs_full_week(staff, counted, answer.plan):
        return (which_full_week(staff, sheet=table.sheet),)
    asked_hours = which_hours(staff, counted, answer.plan, weeks=weeks, sheet=table.sheet, mapping=mapping)
    if asked_hours:
        return asked_hours
    work = Work(staff, counted, answer.plan)
    work, posts, found = _checked(work, weeks, employers, draft, around)
    asked_hours = which_hours(
        work.staff, work.counted, work.plan, weeks=weeks, sheet=table.sheet, mapping=mapping
    )
    if asked_hours:  # rows that a choice has made hourly
        return asked_hours
    reading = sheet_reading(
        draft,
        classified=classified,
        staff=work.staff,
        posts=posts,
        found=_decided((*staff.problems, *carried, *found), posts, mapping),
        counted=counted,
        plan=work.plan,
        mapping=mapping,
    )
    suggested = ((title, suggest_grades(title, facts)) for title, _heads in reading.unmapped_titles)
    return replace(reading, suggested_grades=tuple((title, grades) for title, grades in suggested if grades))


def _with_shares_of_pay(staff: StaffTable, counted: Counted, plan: PayPlan) -> Counted:
    """Where the file has actual pay beside full-time pay and no FTE: one over the other is the FTE."""
    if (
        plan.check is None
        or plan.kind is not PayKind.FULL_TIME
        or counted.counts_posts
        or "fte" in staff.numbers
    ):
        return counted

    def share(full: Decimal | None, actual: Decimal | None) -> Decimal | None:
        return actual / full if full and actual and 0 < actual <= full * _NEARLY_FULL else None

    fte = over(share, staff.pay[plan.column].values, staff.pay[plan.check].values)
    return replace(counted, fte=fte)


def _needs_full_week(staff: StaffTable, counted: Counted, plan: PayPlan) -> bool:
    """Whether a year's pay hangs on what full time is: full-time salaries of posts with hours alone."""
    if plan.kind is not PayKind.FULL_TIME or "hours" not in staff.numbers or counted.counts_posts:
        return False
    salaried = plan.periods.mask(lambda period: period not in {None, Period.HOUR, Period.DAY})
    by_hours = counted.fte.mask(_is_none) & staff.numbers["hours"].mask(bool)
    return bool((salaried & by_hours).any())


def _about_counts(staff: StaffTable, draft: Draft) -> tuple[Question, ...]:
    """What hidden counts should be taken to be, where there are any and nobody has said."""
    hidden = staff.hidden_counts
    if hidden is None or not hidden.any() or draft.mapping.hidden_counts:
        return ()
    field = next((one for one in ("heads", "heads_female", "fte") if one in staff.numbers), "fte")
    shown = [one for one in ("job_title", "grade", "point", field) if one in staff.cells]
    question = (
        f"{int(hidden.sum()):,} counts in “{staff.headings[field]}” are hidden (such as <5 or *). What should they be taken to "
        f"be? A mark that does not say below what is taken as 1 to {UNSAID_MOST}."
    )
    examples = tuple(
        tuple((staff.headings[one], clean_text(staff.cells[one][at])) for one in shown)
        for at in np.flatnonzero(hidden)[:5].tolist()
    )
    return (Question("counts.hidden", draft.table.sheet, question, RANGE_ENDS, examples),)


def _checked(
    work: Work, weeks: Coded[Decimal], employers: Coded[str], draft: Draft, around: Surroundings
) -> tuple[Work, Posts, list[Problem]]:
    """The posts and their problems; where fixes were chosen, those of the rows as they are then read."""
    chosen = Chosen(draft.mapping.choices)

    def look(work: Work) -> tuple[Posts, list[Problem]]:
        posts = make_posts(
            work.staff, work.counted, weeks, employers, work.plan, facts=around.facts, mapping=draft.mapping
        )
        checked = Checked(
            work.staff, posts, work.counted, work.plan, around.facts,
            chosen=chosen, persons=around.persons, where=(draft.table.file, draft.table.sheet),
        )  # fmt: skip
        return posts, [problem for check in CHECKS for problem in check(checked)]

    posts, found = look(work)
    to_fix: dict[str, dict[int, Problem]] = {}
    for problem in found:
        if chosen.fixes(problem):
            to_fix.setdefault(problem.code, {})[problem.row] = problem
    if not to_fix:
        return work, posts, found
    for code in sorted(to_fix):
        places = np.searchsorted(work.staff.rows, sorted(to_fix[code]))
        work = fixed(work, code, places.astype(np.int64))
    posts, again = look(work)
    still = {(problem.code, problem.row) for problem in again if problem.set_aside}
    done = [
        as_fixed(problem)
        for code, rows in to_fix.items()
        for row, problem in rows.items()
        if (code, row) not in still
    ]
    known = {(problem.code, problem.row) for problem in done}
    return work, posts, [*done, *(one for one in again if (one.code, one.row) not in known)]


def _decided(problems: Sequence[Problem], posts: Posts, mapping: MappingFile) -> list[Problem]:
    """The problems once every choice is done."""
    if not mapping.choices:
        return list(problems)
    whole = ~posts.rate.mask(_is_none) & ~posts.hours.mask(_is_none) & ~posts.fte.mask(_is_none)
    can_be_costed = frozenset(posts.rows[whole].tolist())
    return list(after_choices(problems, Chosen(mapping.choices), can_be_costed=can_be_costed))


def _is_none(value: object) -> bool:
    return value is None


def _without_hidden(draft: Draft, classified: Classified, first_row: int) -> Classified:
    """Hidden rows of staff set aside, where that was chosen; each is named."""
    choice = Chosen(draft.mapping.choices).of("hidden_rows")
    reason = ""
    if choice is not None:
        reason = choice.reason if choice.do == "leave_out" else ""
    elif draft.mapping.hidden == "leave_out":
        reason = "hidden rows are left out"
    if not reason or not draft.table.hidden_rows:
        return classified
    size = len(classified.kinds)
    hidden = sorted(row - first_row for row in draft.table.hidden_rows if 0 <= row - first_row < size)
    why = f"a hidden row; left out: {reason}"
    return _aside(
        classified,
        (
            (at, Problem("hidden_row", at + first_row, "", "", why, set_aside=True))
            for at in hidden
            if classified.kinds[at] is RowKind.STAFF
        ),
    )


def _aside(classified: Classified, rows: Iterable[tuple[int, Problem]]) -> Classified:
    """The rows of these places set aside, each with its problem."""
    rows = tuple(rows)
    if not rows:
        return classified
    names = list(RowKind)
    codes = classified.kinds.array(names.index, np.int32)
    codes[[at for at, _problem in rows]] = names.index(RowKind.SET_ASIDE)
    return Classified(Coded(codes, names), (*classified.problems, *(problem for _at, problem in rows)))


def _employers_of_rows(staff: StaffTable, employer: str, *, named: bool) -> tuple[Coded[str], list[Problem]]:
    """Each row's employer: the name given, else its cell, else the last one named above it."""
    if named or "employer" not in staff.texts:
        return Coded.same(employer, len(staff)), []
    told = staff.texts["employer"]
    blank = told.mask(lambda text: not text)
    if not blank.any():
        return told, []
    above = np.maximum.accumulate(np.where(blank, -1, np.arange(len(told))))
    codes = np.where(above < 0, len(told.distinct), told.codes[above])
    names = Coded(codes.astype(np.int32), [*told.distinct, employer])
    return names, list(_carried(staff, names, np.flatnonzero(blank)))


def _carried(staff: StaffTable, names: Coded[str], places: NDArray[np.intp]) -> Iterator[Problem]:
    for at in places.tolist():
        reason = f"no employer here; taken to be {names[at]}"
        yield Problem("no_employer", int(staff.rows[at]), staff.headings["employer"], "", reason)
