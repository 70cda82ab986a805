"""What was made of one sheet, put together as a reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from bargain.intake.coded import Coded, Mask, grouped, over
from bargain.intake.employer_checks import employer_checks
from bargain.intake.group_pay import by_sex
from bargain.intake.headings import Heading
from bargain.intake.hours_each import about_hours
from bargain.intake.mapping import ColumnMap
from bargain.intake.pay import PayPlan
from bargain.intake.pay_headings import unit_of
from bargain.intake.posts import Posts, exact_sum, make_workforce
from bargain.intake.reading import (
    ColumnUse,
    Do,
    EmployerFound,
    MappingFile,
    Period,
    Problem,
    RowKind,
    SheetReading,
)
from bargain.intake.rows import PLACES, Classified
from bargain.intake.sheets import Draft, signature_of
from bargain.intake.staff import Counted, StaffTable
from bargain.intake.tables import SheetTable, blanks, column_letters
from models.workforce import NONE_CODE, YesNo

_COLUMNS_NAMED = 12
_ON_BAND = {YesNo.YES: True, YesNo.NO: False, YesNo.UNKNOWN: None}


def sheet_reading(
    draft: Draft,
    *,
    classified: Classified,
    staff: StaffTable,
    posts: Posts,
    found: Sequence[Problem],
    counted: Counted,
    plan: PayPlan,
    mapping: MappingFile,
) -> SheetReading:
    """The reading of a sheet from what was made of its rows, without those set aside."""
    table, heading, columns = draft.table, draft.heading, draft.columns
    aside = {problem.row for problem in found if problem.set_aside}
    is_kept = ~np.isin(posts.rows, list(aside))
    kept = posts.take(is_kept)
    counts = Counter(dict(classified.kinds.counted()))
    counts[RowKind.STAFF] -= len(aside)
    counts[RowKind.SET_ASIDE] += len(aside)
    leaves_hidden = any(one.code == "hidden_row" for one in classified.problems)
    found = (*found, *_of_sheet(table, heading, leaves_hidden=leaves_hidden))
    problems = sorted((*classified.problems, *found), key=lambda one: (one.row, one.code))
    body_rows = range(heading.body_from + 1, len(table.rows) + 1)
    return SheetReading(
        sheet=table.sheet,
        header_row=heading.body_from,
        header_rows=heading.rows,
        rows_in_file=len(table.rows) - heading.body_from,
        counts={kind: counts[kind] for kind in RowKind},
        problems=tuple(problems),
        checks=employer_checks(problems, posts.rows, posts.employer),
        uses=_uses(columns, plan),
        personal=tuple((columns.headings[at], kind) for at, kind in columns.personal.items()),
        dropped_columns=_dropped(table, heading, columns, plan),
        workforce=make_workforce(by_sex(kept, staff)),
        employers=_employers_found(staff, kept, is_kept),
        paybill=exact_sum(over(_cost, kept.heads, kept.annual)),
        heads=exact_sum(kept.heads),
        unmapped_titles=_unmapped(kept),
        pay_says=_pay_says(plan, staff, mapping),
        notes=(
            *_notes(counted, columns, about_hours(staff, counted, plan, mapping)),
            *_of_schemes(kept),
        ),
        settled=_settled(columns, plan, mapping),
        signature=signature_of(heading.texts),
        read_as=mapping.remembered_from,
        read_as_by=mapping.remembered_by,
        hidden_rows=sum(row in body_rows for row in table.hidden_rows),
    )


def _settled(columns: ColumnMap, plan: PayPlan, mapping: MappingFile) -> MappingFile:
    """Every setting of this reading: what was answered, and what the file itself decided."""
    named = {
        field: columns.heading_of(field, column)
        for field, column in columns.fields.items()
        if columns.headings[column]
    }
    left_out = {field: "" for field, heading in mapping.columns.items() if not heading}
    periods = {period for period, _count in plan.periods.counted()}
    one_period = (
        next(iter(periods))
        if len(periods) == 1 and "pay_period" not in columns.fields
        else mapping.pay_period
    )
    hourly_only = periods <= {Period.HOUR, None}
    return replace(
        mapping,
        columns=left_out | named | {"pay": columns.heading_of("pay", plan.column)},
        pay_period=one_period,
        pay_kind=mapping.pay_kind if hourly_only else plan.kind,
        remembered_from="",
        remembered_by="",
    )


def _pay_says(plan: PayPlan, staff: StaffTable, mapping: MappingFile) -> str:
    """How pay was read, with what was made of ranges and of figures that do not count pounds."""
    unit = mapping.pay_unit or unit_of(plan.heading)
    says = plan.says + (f", in {unit}" if unit not in {"", "pounds"} else "")
    if plan.column not in staff.ranges or not mapping.pay_range:
        return says
    if mapping.pay_range == "leave_out":
        return f"{says}; rows with a range of pay are left out"
    return f"{says}; a range is read at its {mapping.pay_range} figure"


def _uses(columns: ColumnMap, plan: PayPlan) -> tuple[ColumnUse, ...]:
    uses = [
        ColumnUse(
            field, columns.heading_of(field, column), column, round(columns.confidence.get(field, 1.0), 2)
        )
        for field, column in columns.fields.items()
    ]
    sure = next(one.confidence for one in columns.pay if one.column == plan.column)
    uses.append(ColumnUse("pay", columns.heading_of("pay", plan.column), plan.column, round(sure, 2)))
    if plan.check is not None:
        uses.append(ColumnUse("pay_check", plan.check_heading, plan.check, round(sure, 2)))
    return tuple(sorted(uses, key=lambda use: use.column))


def _dropped(table: SheetTable, heading: Heading, columns: ColumnMap, plan: PayPlan) -> tuple[str, ...]:
    """Columns that are not kept: personal ones, staff numbers once they have served, and those with no use."""
    kept = {column for field, column in columns.fields.items() if field != "staff_number"} | {plan.column}
    if plan.check is not None:
        kept.add(plan.check)
    kept.update(at for places in columns.also.values() for at in places)
    dropped = []
    for column, text in enumerate(columns.headings):
        has_values = not blanks(table.rows.columns[column][heading.body_from :]).all()
        if column not in kept and (text or has_values):
            dropped.append(text or f"column {column_letters(column)} (no heading)")
    return tuple(dropped)


def _of_sheet(table: SheetTable, heading: Heading, *, leaves_hidden: bool) -> Iterator[Problem]:
    """What is odd about the sheet as a whole: rows that are hidden, cells that are merged, formulas without results."""
    first = heading.body_from + 1
    hidden = sorted(row for row in table.hidden_rows if first <= row <= len(table.rows))
    if hidden:
        reason = f"{len(hidden):,} hidden rows, which are {'left out' if leaves_hidden else 'read'}; this is the first"
        done = Do.LEAVE_OUT if leaves_hidden else None
        yield Problem(
            "hidden_rows", hidden[0], "", "", reason,
            rows=len(hidden), places=tuple(hidden[:PLACES]), done=done,
        )  # fmt: skip
    if table.hidden_columns:
        names = ", ".join(column_letters(at) for at in sorted(table.hidden_columns)[:_COLUMNS_NAMED])
        reason = f"hidden columns, which are read like the others: {names}"
        yield Problem("hidden_columns", heading.body_from, "", "", reason)
    if table.filtered:
        yield Problem(
            "filtered_rows", heading.body_from, "", "", "a filter is on in this sheet; all its rows are read"
        )
    merged = sorted(
        top + 1 for top, _left, _bottom, _right in table.merged if first <= top + 1 <= len(table.rows)
    )
    if merged:
        reason = f"{len(merged):,} merged ranges under the heading; this is the first"
        yield Problem(
            "merged_cells", merged[0], "", "", reason, rows=len(merged), places=tuple(merged[:PLACES])
        )
    empty = [
        (row, at) for row, at, why in table.faulty if row >= first and "formula" in why and at < table.width
    ]
    if empty:
        row, at = empty[0]
        reason = f"{len(empty):,} formulas whose results were not stored in the file; this is the first"
        rows = sorted({row for row, _at in empty})[:PLACES]
        yield Problem(
            "formula_without_value", row, f"column {column_letters(at)}", "", reason,
            rows=len(empty), places=tuple(rows),
        )  # fmt: skip


def _cost(heads: Decimal, annual: Decimal | None) -> Decimal | None:
    return None if annual is None else heads * annual


def _unmapped(kept: Posts) -> tuple[tuple[str, float], ...]:
    """Titles without a grade in order of rows, with their heads."""
    places = (kept.grade.mask(_is_empty) & kept.title.mask(bool)).nonzero()[0]
    titles, heads = kept.title.take(places), kept.heads.take(places)
    found = dict.fromkeys(titles.occurring(), Decimal(0))
    for title, each, rows in _counted(titles, heads):
        found[title] += each * rows
    return tuple((title, float(total)) for title, total in found.items())


def _is_empty(text: str) -> bool:
    return not text


def _counted(*columns: Coded[Any]) -> Iterator[tuple[Any, ...]]:
    """Each combination of values once, with how many rows have it."""
    codes, firsts = grouped(columns)
    sizes = np.bincount(codes, minlength=len(firsts))
    order = np.argsort(firsts)
    picked = [column.take(firsts[order]) for column in columns]
    yield from zip(*picked, sizes[order].tolist(), strict=True)


def _employers_found(staff: StaffTable, kept: Posts, is_kept: Mask) -> tuple[EmployerFound, ...]:
    says_hours = bool({"hours", "full_hours"} & set(staff.numbers))
    names = kept.employer.occurring()
    heads = dict.fromkeys(names, Decimal(0))
    for name, each, rows in _counted(kept.employer, kept.heads):
        heads[name] += each * rows
    columns: dict[str, Coded[Any]] = {
        "ownership": staff.all_texts("ownership").take(is_kept),
        "region": staff.all_texts("region").take(is_kept),
        "week": kept.full_hours,
        "pension": kept.pension_ppm,
        "on_band": kept.on_band,
    }
    said: dict[str, dict[str, Counter[Any]]] = defaultdict(lambda: defaultdict(Counter))
    for what, column in columns.items():
        for name, value, rows in _counted(kept.employer, column):
            said[name][what][value] += rows
    return tuple(
        EmployerFound(
            name=name,
            heads=float(heads[name]),
            ownership=_commonest(said[name]["ownership"], ""),
            region=_commonest(said[name]["region"], ""),
            weekly_hours=float(said[name]["week"].most_common(1)[0][0]) if says_hours else None,
            pension_ppm=_commonest(said[name]["pension"], NONE_CODE, None),
            pension_on_band=_ON_BAND[_commonest(said[name]["on_band"], YesNo.UNKNOWN, YesNo.UNKNOWN)],
        )
        for name in names
    )


def _of_schemes(kept: Posts) -> tuple[str, ...]:
    """What is said of employers whose staff are in schemes of both kinds."""
    kinds: dict[str, set[YesNo]] = defaultdict(set)
    for name, on_band, _rows in _counted(kept.employer, kept.on_band):
        kinds[name] |= {on_band}
    return tuple(
        f"{name} has staff in pension schemes on qualifying earnings and on all basic pay: each row counts by its own scheme"
        + (", and rows that name none by the kind that most rows name" if YesNo.UNKNOWN in found else "")
        for name, found in kinds.items()
        if {YesNo.YES, YesNo.NO} <= found
    )


def _commonest(counted: Counter[Any], nothing: object, otherwise: Any = "") -> Any:
    """The value that most rows have, of those that say something."""
    told = [(value, rows) for value, rows in counted.items() if value != nothing]
    return max(told, key=lambda one: one[1])[0] if told else otherwise


def _notes(counted: Counted, columns: ColumnMap, of_hours: tuple[str, ...]) -> tuple[str, ...]:
    notes = [counted.says, *of_hours]
    if "grade" not in columns.fields and "job_title" not in columns.fields:
        notes.append("the file has no grades and no job titles")
    return tuple(notes)
