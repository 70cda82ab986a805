"""What a statement is held against: its sub-totals, the column of all employers together, and that every line is counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from bargain.intake.accounts_figures import says_miss
from bargain.intake.accounts_lines import MEMO
from bargain.intake.accounts_plan import Plan
from bargain.intake.accounts_statement import figure
from bargain.intake.accounts_sums import Line, Sums
from bargain.intake.reading import Problem
from bargain.intake.tables import SheetTable

_ROUNDED = 2  # units of the file by which figures that are rounded may miss their sum


def covered_rows(lines: Sequence[Line], read: Collection[int]) -> set[int]:
    """The rows that are read, by themselves or within the total that is read for them."""
    rows, ahead = set(read), [at for at, one in enumerate(lines) if one.row in read]
    while ahead:
        parts = lines[ahead.pop()].parts
        rows.update(lines[at].row for at in parts)
        ahead += parts
    return rows


def missed_sums(sums: Sums, plan: Plan) -> list[Problem]:
    """The sub-totals that their lines do not come to."""
    found = []
    for miss in sums.misses:
        line, part = sums.lines[miss.line], plan.parts[miss.column]
        label = line.label or "the total in this row"
        found.append(
            Problem("sub_total_differs", line.row, f"column {part.where}", label, says_miss(sums, miss))
        )
    return found


def missed_total(sums: Sums, plan: Plan, table: SheetTable) -> list[Problem]:
    """The column of all employers together, which is not read, where it is not their sum: one problem for the column."""
    total = plan.total
    is_one_year = len({part.employer for part in plan.parts}) == len(plan.parts)
    if total is None or not is_one_year or sums.is_ledger:
        return []
    wrong = []
    for line in sums.lines:
        value = figure(table.rows[line.row - 1][total.column])
        together = sum((one for one in line.values if one is not None), Decimal(0))
        if value is not None and line.label and abs(value - together) > _ROUNDED and line.kind != MEMO:
            wrong.append(line)
    if not wrong:
        return []
    more = f" (nor in {len(wrong) - 1} lines more)" if len(wrong) > 1 else ""
    reason = f"is not the sum of the employers' columns{more}; the column is not read"
    return [Problem("total_differs", wrong[0].row, total.text, wrong[0].label, reason)]
