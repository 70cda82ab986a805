"""What was made of one sheet, put together as a reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bargain.intake.headings import Heading
from bargain.intake.mapping import ColumnMap
from bargain.intake.pay import PayPlan
from bargain.intake.posts import Post, make_workforce
from bargain.intake.reading import (
    ColumnUse,
    EmployerFound,
    MappingFile,
    Period,
    Problem,
    RowKind,
    SheetReading,
)
from bargain.intake.rows import Classified
from bargain.intake.sheets import Draft
from bargain.intake.staff import Counted, StaffTable
from bargain.intake.tables import SheetTable, is_blank


def sheet_reading(
    draft: Draft,
    *,
    classified: Classified,
    staff: StaffTable,
    posts: Sequence[Post],
    found: Sequence[Problem],
    counted: Counted,
    plan: PayPlan,
    mapping: MappingFile,
) -> SheetReading:
    """The reading of a sheet from what was made of its rows, without those set aside."""
    table, heading, columns = draft.table, draft.heading, draft.columns
    aside = {problem.row for problem in found if problem.set_aside}
    kept = [post for post in posts if post.row not in aside]
    counts = Counter(classified.kinds)
    counts[RowKind.STAFF] -= len(aside)
    counts[RowKind.SET_ASIDE] += len(aside)
    problems = sorted((*classified.problems, *found), key=lambda one: (one.row, one.code))
    titles: dict[str, float] = defaultdict(float)
    for post in kept:
        if not post.grade and post.title:
            titles[post.title] += float(post.heads)
    body_rows = range(heading.body_from + 1, len(table.rows) + 1)
    return SheetReading(
        sheet=table.sheet,
        header_row=heading.body_from,
        header_rows=heading.rows,
        rows_in_file=len(table.rows) - heading.body_from,
        counts={kind: counts[kind] for kind in RowKind},
        problems=tuple(problems),
        uses=_uses(columns, plan),
        dropped_columns=_dropped(table, heading, columns, plan),
        workforce=make_workforce(kept),
        employers=_employers_found(staff, kept),
        paybill=sum((post.heads * post.annual for post in kept if post.annual is not None), Decimal(0)),
        heads=sum((post.heads for post in kept), Decimal(0)),
        unmapped_titles=tuple(titles.items()),
        pay_says=plan.says,
        notes=_notes(staff, counted, columns),
        settled=_settled(columns, plan, mapping),
        hidden_rows=sum(row in table.hidden_rows for row in body_rows),
    )


def _settled(columns: ColumnMap, plan: PayPlan, mapping: MappingFile) -> MappingFile:
    """Every setting of this reading: what was answered, and what the file itself decided."""
    named = {
        field: columns.headings[column]
        for field, column in columns.fields.items()
        if columns.headings[column]
    }
    periods = set(plan.periods)
    one_period = (
        next(iter(periods))
        if len(periods) == 1 and "pay_period" not in columns.fields
        else mapping.pay_period
    )
    hourly_only = periods <= {Period.HOUR, None}
    return replace(
        mapping,
        columns=named | {"pay": plan.heading},
        pay_period=one_period,
        pay_kind=mapping.pay_kind if hourly_only else plan.kind,
    )


def _uses(columns: ColumnMap, plan: PayPlan) -> tuple[ColumnUse, ...]:
    uses = [
        ColumnUse(field, columns.headings[column], column, round(columns.confidence.get(field, 1.0), 2))
        for field, column in columns.fields.items()
    ]
    sure = next(one.confidence for one in columns.pay if one.column == plan.column)
    uses.append(ColumnUse("pay", plan.heading, plan.column, round(sure, 2)))
    if plan.check is not None:
        uses.append(ColumnUse("pay_check", plan.check_heading, plan.check, round(sure, 2)))
    return tuple(sorted(uses, key=lambda use: use.column))


def _dropped(table: SheetTable, heading: Heading, columns: ColumnMap, plan: PayPlan) -> tuple[str, ...]:
    """Columns that are not kept: personal ones, staff numbers once they have served, and those with no use."""
    kept = {column for field, column in columns.fields.items() if field != "staff_number"} | {plan.column}
    if plan.check is not None:
        kept.add(plan.check)
    dropped = []
    for column, text in enumerate(columns.headings):
        has_values = any(not is_blank(row[column]) for row in table.rows[heading.body_from :])
        if column not in kept and (text or has_values):
            dropped.append(text or f"column {column_letters(column)} (no heading)")
    return tuple(dropped)


def column_letters(column: int) -> str:
    """A column's letters as a spreadsheet shows them, from its place (0 is A)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _employers_found(staff: StaffTable, kept: Sequence[Post]) -> tuple[EmployerFound, ...]:
    places = {row: at for at, row in enumerate(staff.rows)}
    by_name: dict[str, list[Post]] = defaultdict(list)
    for post in kept:
        by_name[post.employer].append(post)
    says_hours = bool({"hours", "full_hours"} & set(staff.numbers))
    found = []
    for name, posts in by_name.items():
        weeks = Counter(post.full_hours for post in posts)
        pensions = Counter(post.pension_ppm for post in posts if post.pension_ppm >= 0)
        said = {
            field: Counter(filter(None, (staff.text(field, places[post.row]) for post in posts)))
            for field in ("ownership", "region")
        }
        found.append(
            EmployerFound(
                name=name,
                heads=float(sum(post.heads for post in posts)),
                ownership=_commonest(said["ownership"]),
                region=_commonest(said["region"]),
                weekly_hours=float(weeks.most_common(1)[0][0]) if says_hours else None,
                pension_ppm=pensions.most_common(1)[0][0] if pensions else None,
            )
        )
    return tuple(found)


def _commonest(counted: Counter[str]) -> str:
    return counted.most_common(1)[0][0] if counted else ""


def _notes(staff: StaffTable, counted: Counted, columns: ColumnMap) -> tuple[str, ...]:
    notes = [counted.says]
    if not {"hours", "fte"} & set(staff.numbers) and not counted.counts_posts:
        notes.append("the file has no hours and no FTE: every post is taken to be full time")
    if "grade" not in columns.fields and "job_title" not in columns.fields:
        notes.append("the file has no grades and no job titles")
    return tuple(notes)
