"""The words of the accounts import for what the engine calls by a code. Every text can be translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate

from ui import formats

_tr = QCoreApplication.translate
NEEDED = ("employer", "year_end", "revenue", "labour", "rent", "other", "directors", "net_interest")
USEFUL = (
    "depreciation", "profit", "total_costs", "connected_rent", "connected_charges", "connected_interest", "distributions",
    "capital", "beds", "part_of", "place", "months", "ownership", "region", "weekly_hours", "employment_allowance", "levy",
    "federation_member", "pension_scheme", "pension_rate", "connected_group",
)  # fmt: skip
LINES = (
    "revenue", "labour", "rent", "other", "directors", "depreciation", "mixed", "interest_paid", "interest_received",
    "net_interest", "result", "profit", "subtotal", "tax", "connected_rent", "connected_charges", "connected_interest",
    "distributions", "capital", "beds",
)  # fmt: skip
LIKELY = 0.9


def field(name: str) -> str:
    """What a field of the accounts is called."""
    told = {
        "employer": _tr("accounts", "Employer"),
        "year_end": _tr("accounts", "Year end"),
        "revenue": _tr("accounts", "Income"),
        "labour": _tr("accounts", "Labour"),
        "rent": _tr("accounts", "Rent"),
        "other": _tr("accounts", "Other operating costs"),
        "directors": _tr("accounts", "Directors' pay"),
        "net_interest": _tr("accounts", "Net interest paid"),
        "depreciation": _tr("accounts", "Depreciation"),
        "connected_rent": _tr("accounts", "Rent to connected parties"),
        "connected_charges": _tr("accounts", "Charges of connected parties"),
        "connected_interest": _tr("accounts", "Interest to connected parties"),
        "capital": _tr("accounts", "Capital employed"),
        "distributions": _tr("accounts", "Dividends"),
        "total_costs": _tr("accounts", "All operating costs together"),
        "profit": _tr("accounts", "Profit before tax"),
        "beds": _tr("accounts", "Places"),
        "part_of": _tr("accounts", "Part of the group"),
        "place": _tr("accounts", "Town"),
        "months": _tr("accounts", "Months of the period"),
        "ownership": _tr("accounts", "Owner"),
        "region": _tr("accounts", "Region"),
        "weekly_hours": _tr("accounts", "Full-time hours a week"),
        "employment_allowance": _tr("accounts", "Claims Employment Allowance"),
        "levy": _tr("accounts", "Pays the apprenticeship levy"),
        "federation_member": _tr("accounts", "Member of the federation"),
        "pension_scheme": _tr("accounts", "Pension scheme"),
        "pension_rate": _tr("accounts", "Employer pension"),
        "connected_group": _tr("accounts", "Group of connected employers"),
        "mixed": _tr("accounts", "Costs of several kinds"),
        "interest_paid": _tr("accounts", "Interest paid"),
        "interest_received": _tr("accounts", "Interest received"),
        "gross": _tr("accounts", "Gross profit, to check by"),
        "result": _tr("accounts", "Operating profit, to check by"),
        "ebitda": _tr("accounts", "EBITDA, to check by"),
        "running": _tr("accounts", "Profit before some items, to check by"),
        "after_tax": _tr("accounts", "Profit after tax"),
        "subtotal": _tr("accounts", "Sub-total, to check by"),
        "tax": _tr("accounts", "Tax"),
        "gain": _tr("accounts", "Gains, not operating"),
        "kept": _tr("accounts", "Reserves, not read"),
        "balance": _tr("accounts", "Balance sheet, not read"),
        "net_assets": _tr("accounts", "Net assets"),
        "memo": _tr("accounts", "Not money, not read"),
    }
    return told.get(name, name.replace("_", " ").capitalize())


def sureness(confidence: float) -> str:
    """How sure a match is, in a word."""
    return _tr("accounts", "sure") if confidence >= LIKELY else _tr("accounts", "likely")


def answer(key: str, value: str) -> str:
    """An answer to a question, as people say it."""
    if key == "sheet.names":
        many = "\n" in value
        return _tr("accounts", "All of them") if many else value
    if key == "dates.years_end":
        month, day = (int(part) for part in value.split("-"))
        return formats.locale().toString(QDate(2001, month, day), "d MMMM")
    about = key.partition(".")[0]
    if about in {"columns", "whose"} or key == "table.column":
        return value
    if about == "lines" and value != "leave_out":
        return _tr("accounts", "Count them where they stand") if key == "lines.*" else field(value)
    group = about == "groups"
    told = {
        "pounds": _tr("accounts", "Pounds"),
        "thousands": _tr("accounts", "Thousands of pounds"),
        "millions": _tr("accounts", "Millions of pounds"),
        "minus": _tr("accounts", "What is paid has a minus"),
        "plus": _tr("accounts", "As it stands: a minus takes away"),
        "day_first": _tr("accounts", "The day comes first"),
        "month_first": _tr("accounts", "The month comes first"),
        "include": _tr("accounts", "Read them"),
        "leave_out": _tr("accounts", "Leave the group's row out")
        if group
        else _tr("accounts", "Leave them out"),
        "instead": _tr("accounts", "Count the group instead of its members"),
        "keep": _tr("accounts", "Not contained: keep all"),
        "across": _tr("accounts", "Each row is an employer"),
        "down": _tr("accounts", "Each row is a line of accounts"),
        "employers": _tr("accounts", "Employers"),
        "parts": _tr("accounts", "Parts of one employer"),
    }
    return told.get(value, value)


def state(code: str) -> str:
    """What becomes of an employer's year."""
    told = {
        "new": _tr("accounts", "new"),
        "same": _tr("accounts", "as it is"),
        "changed": _tr("accounts", "replaces"),
    }
    return told.get(code, code)
