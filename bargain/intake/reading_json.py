"""Readings and questions in the public JSON form of ``import`` and ``inspect``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bargain.intake.findings import Finding, findings_of
from bargain.intake.reading import OpenQuestion, PayrollReading, Problem, RowKind, SheetReading


def reading_as_json(reading: PayrollReading, *, control_total: Decimal | None = None) -> dict[str, Any]:
    """``files``: one entry for each sheet read; beside it the sheets that were left."""
    total = sum((sheet.paybill for sheet in reading.sheets), Decimal(0))
    difference = None if control_total is None else float(total - control_total)
    return {
        "files": [_sheet(reading, sheet, difference) for sheet in reading.sheets],
        "sheets_left": [
            {
                "file": reading.file,
                "sheet": one.sheet,
                "rows": one.rows,
                "hidden": one.hidden,
                "reason": one.reason,
            }
            for one in reading.sheets_left
        ],
        "questions": [],
    }


def questions_as_json(asked: OpenQuestion) -> dict[str, Any]:
    """The same form for a file that asks before it can be read."""
    return {
        "files": [],
        "sheets_left": [],
        "questions": [
            {
                "file": asked.file,
                "sheet": one.sheet,
                "key": one.key,
                "question": one.question,
                "candidates": list(one.candidates),
                "about": one.about,
                "examples": [dict(example) for example in one.examples],
            }
            for one in asked.questions
        ],
    }


def _sheet(reading: PayrollReading, sheet: SheetReading, difference: float | None) -> dict[str, Any]:
    return {
        "file": reading.file,
        "sheet": sheet.sheet,
        "header_row": sheet.header_row,
        "header_rows": sheet.header_rows,
        "rows_in_file": sheet.rows_in_file,
        **{str(kind): sheet.counts[kind] for kind in RowKind},
        "problems": [_problem(one) for one in sheet.problems],
        "findings": [_finding(one) for one in findings_of(sheet.problems)],
        "mapping": sheet.mapping,
        "confidence": {use.field: use.confidence for use in sheet.uses},
        "dropped_columns": list(sheet.dropped_columns),
        "personal_columns": dict(sheet.personal),
        "heads": float(sheet.heads),
        "paybill_annual": float(round(sheet.paybill, 2)),
        "control_difference": difference,
        "employers": [one.name for one in sheet.employers],
        "unmapped_titles": dict(sheet.unmapped_titles),
        "suggested_grades": {
            title: [{"grade": grade, "confidence": sure} for grade, sure in grades]
            for title, grades in sheet.suggested_grades
        },
        "pay_read_as": sheet.pay_says,
        "notes": list(sheet.notes),
        "read_as": sheet.read_as,
        "read_as_by": sheet.read_as_by,
        "hidden_rows": sheet.hidden_rows,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "count": finding.count,
        "set_aside": finding.set_aside,
        "rows": list(finding.places),
        "severity": str(finding.severity),
        "why": finding.why,
        "offers": {str(one.do): one.words for one in finding.offers},
        "done": str(finding.done),
        "by_choice": finding.by_choice,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "reason": problem.reason,
        "code": problem.code,
        "set_aside": problem.set_aside,
    }
