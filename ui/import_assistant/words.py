"""The words of the import assistant for what the engine calls by a code. Every text can be translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui import formats

if TYPE_CHECKING:
    from bargain.intake.reading import Do
    from models.issues import Severity
    from ui.import_assistant.batch import FileState

SURE, LIKELY = 0.9, 0.7
NEEDED = ("job_title", "pay", "hours", "fte")
USEFUL = (
    "employer", "grade", "point", "sex", "contract", "age", "age_band", "start_date", "staff_number", "status",
    "leaving_date", "heads", "full_hours", "weeks", "pay_period", "region", "ownership", "setting", "sleep_ins",
    "pension_scheme", "pension_rate", "apprentice", "veteran",
)  # fmt: skip
_tr = QCoreApplication.translate


def field(name: str) -> str:
    """What a field is called."""
    told = {
        "job_title": _tr("import", "Job title"),
        "pay": _tr("import", "Pay"),
        "pay_check": _tr("import", "Pay, to compare with"),
        "hours": _tr("import", "Contracted hours"),
        "fte": _tr("import", "FTE"),
        "employer": _tr("import", "Employer"),
        "grade": _tr("import", "Grade"),
        "point": _tr("import", "Pay point"),
        "heads_female": _tr("import", "Number of women"),
        "heads_male": _tr("import", "Number of men"),
        "element": _tr("import", "Kind of payment"),
        "pay_else": _tr("import", "Pay, where the first is blank"),
        "sex": _tr("import", "Sex"),
        "contract": _tr("import", "Contract"),
        "age": _tr("import", "Age"),
        "age_band": _tr("import", "Age band"),
        "start_date": _tr("import", "Start date"),
        "staff_number": _tr("import", "Staff number"),
        "status": _tr("import", "Status"),
        "leaving_date": _tr("import", "Leaving date"),
        "heads": _tr("import", "Number of staff"),
        "full_hours": _tr("import", "Full-time hours"),
        "weeks": _tr("import", "Weeks a year"),
        "pay_period": _tr("import", "What pay is for"),
        "region": _tr("import", "Region"),
        "ownership": _tr("import", "Owner"),
        "setting": _tr("import", "Setting"),
        "sleep_ins": _tr("import", "Sleep-ins a year"),
        "pension_scheme": _tr("import", "Pension scheme"),
        "pension_rate": _tr("import", "Employer pension"),
        "apprentice": _tr("import", "Apprentice"),
        "veteran": _tr("import", "Veteran NI relief"),
    }
    return told.get(name, name.replace("_", " ").capitalize())


def field_kind(name: str) -> str:
    """What the values of a field are read as."""
    if name in {"pay", "pay_check"}:
        return _tr("import", "read as pounds")
    if name in {"start_date", "leaving_date"}:
        return _tr("import", "read as dates")
    if name == "staff_number":
        return _tr("import", "used to find doubles, then forgotten")
    numbers = {"hours", "fte", "age", "heads", "full_hours", "weeks", "sleep_ins", "pension_rate"}
    return _tr("import", "read as numbers") if name in numbers else _tr("import", "read as text")


def personal(kind: str) -> tuple[str, str]:
    """What a kind of personal column holds, and why it is never kept."""
    never = _tr("import", "Left out: no figure needs it, and it could name people.")
    special = _tr("import", "Left out: the law protects it specially, and no figure needs it.")
    told = {
        "name": (_tr("import", "Names"), never),
        "contact": (_tr("import", "Address or contact"), never),
        "national_insurance": (_tr("import", "NI numbers"), never),
        "bank": (_tr("import", "Bank details"), never),
        "birth_date": (
            _tr("import", "Date of birth"),
            _tr("import", "Turned into age in years, then left out."),
        ),
        "union": (_tr("import", "Union deductions"), special),
        "health": (_tr("import", "Sickness and health"), special),
        "special": (_tr("import", "Protected characteristics"), special),
        "tax": (_tr("import", "Tax details"), never),
    }
    return told.get(kind, (kind.replace("_", " ").capitalize(), never))


def sureness(confidence: float) -> str:
    """How sure a match is, in a word."""
    if confidence >= SURE:
        return _tr("import", "sure")
    return _tr("import", "likely") if confidence >= LIKELY else _tr("import", "guess")


def answer(candidate: str) -> str:
    """An answer as people say it; a heading of the file stays as it is."""
    told = {
        "hour": _tr("import", "An hour"),
        "day": _tr("import", "A day"),
        "week": _tr("import", "A week"),
        "fortnight": _tr("import", "A fortnight"),
        "four_weeks": _tr("import", "Four weeks"),
        "month": _tr("import", "A month"),
        "year": _tr("import", "A year"),
        "actual": _tr("import", "What is actually paid for the contracted hours"),
        "full_time": _tr("import", "What full time would be paid"),
        "day_first": _tr("import", "The day comes first: 03/04 is 3 April"),
        "month_first": _tr("import", "The month comes first: 03/04 is 4 March"),
        "pounds": _tr("import", "Pounds"),
        "pence": _tr("import", "Pence"),
        "thousands": _tr("import", "Thousands of pounds"),
        "lowest": _tr("import", "The lowest figure"),
        "middle": _tr("import", "The middle of the two"),
        "highest": _tr("import", "The highest figure"),
        "leave_out": _tr("import", "Leave these out"),
        "include": _tr("import", "Include them"),
        "once": _tr("import", "Use once"),
        "each": _tr("import", "The pay of each of them"),
        "together": _tr("import", "The pay of all of them together"),
        "point": _tr("import", "12.345 is a little over 12"),
        "comma": _tr("import", "12.345 is twelve thousand"),
        "none of these": _tr("import", "None of these"),
    }
    return told.get(candidate, candidate)


def check(code: str) -> str:
    """The name of a check: its code in plain words."""
    text = code.replace("_", " ").replace("fte", "FTE").replace("ni number", "NI number")
    return text[:1].upper() + text[1:]


def severity(how: Severity) -> str:
    """How serious a finding is: a sign and a word."""
    told = {
        "error": "✗ " + _tr("import", "changes figures"),
        "warning": "⚠ " + _tr("import", "doubtful"),
        "note": "• " + _tr("import", "to know"),
    }
    return told[str(how.value)]


def severity_sign(how: Severity) -> str:
    """How serious a finding is, as a sign for a narrow column."""
    return severity(how)[0]


def done(do: Do) -> str:
    """What is done about rows, in a word or two."""
    told = {
        "keep": _tr("import", "kept"),
        "leave_out": _tr("import", "left out"),
        "fix": _tr("import", "read otherwise"),
    }
    return told[str(do)]


def state(one: FileState) -> str:
    """How far a file is: a sign and a few words."""
    from ui.import_assistant.batch import Stage

    match one.stage:
        case Stage.WAITING:
            return "… " + _tr("import", "being read")
        case Stage.STOPPED:
            return "■ " + _tr("import", "stopped, not read")
        case Stage.ASKS:
            return "? " + _tr("import", "has a question")
        case Stage.REFUSED if one.wants_password:
            return "✗ " + _tr("import", "needs its password")
        case Stage.REFUSED:
            return "✗ " + _tr("import", "can't be read")
        case Stage.READ if one.was_imported:
            return "? " + _tr("import", "imported before")
        case Stage.READ:
            return "✓ " + _tr("import", "{heads} staff").format(heads=formats.number(one.staff))


def said(key: str, about: str, told: str) -> str:
    """An answer that has no list of its own, in words; blank for what is shown elsewhere."""
    names = {
        "pay.range": _tr("import", "Of a pay range"),
        "counts.hidden": _tr("import", "Hidden counts"),
        "take.value": _tr("import", "Read from the file"),
        "sheet.tables": _tr("import", "Table that is read"),
        "sheet.names": _tr("import", "Sheets that are read"),
        "pay.periods": _tr("import", "“{word}” is pay for").format(word=about),
        "columns.pay": _tr("import", "Pay"),
    }
    return f"{names[key]}: {answer(told)}" if key in names else ""


def short_answer(candidate: str) -> str:
    """An answer in the few words that a narrow list has room for."""
    told = {
        "actual": _tr("import", "Actual pay"),
        "full_time": _tr("import", "Full-time pay"),
        "day_first": _tr("import", "Day first: 3 April"),
        "month_first": _tr("import", "Month first: 4 March"),
    }
    return told.get(candidate, answer(candidate))


def size(count: int) -> str:
    """The size of a file: ``2.4 MB``."""
    if count < 1000:
        return _tr("import", "{count} bytes").format(count=formats.number(count))
    if count < 1_000_000:
        return _tr("import", "{count} kB").format(count=formats.number(count / 1000))
    return _tr("import", "{count} MB").format(count=formats.number(count / 1_000_000, 1))


def letters(column: int) -> str:
    """A column's letters as a spreadsheet shows them, from its place (0 is A)."""
    found, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
