"""An employer's accounts typed in: texts by year ↔ accounts. A blank is not known, never nought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bargain.intake.accounts_adding import in_order
from bargain.intake.values import Unreadable, read_day, read_number
from bargain.money import micros
from models.accounts import Accounts
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector
from models.units import MICROS_PER_POUND

YEAR_END, BEDS, PART_OF = "year_end", "beds", "part_of"
MONEY = (
    "revenue", "labour", "other", "directors", "rent", "depreciation", "net_interest", "total_costs", "profit",
    "connected_rent", "connected_charges", "connected_interest", "distributions", "capital",
)  # fmt: skip
FIELDS = (YEAR_END, *MONEY, BEDS, PART_OF)
_NEVER_BELOW = ("revenue", "labour", "rent", "directors", "depreciation", "distributions")
_MOST = Decimal(10) ** 12


def texts_of(one: Accounts) -> dict[str, str]:
    """A year's accounts as they stand in the fields; blank is not known."""
    texts = {YEAR_END: "" if one.year_end is None else f"{one.year_end:%d/%m/%Y}", PART_OF: one.part_of}
    for name in MONEY:
        amount = getattr(one, f"{name}_micros")
        texts[name] = "" if amount is None else _plain(Decimal(amount) / MICROS_PER_POUND)
    texts[BEDS] = "" if one.beds is None else _plain(Decimal(repr(one.beds)))
    return texts


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def years_of(sector: Sector, employer: str) -> tuple[Accounts, ...]:
    """An employer's accounts, newest first."""
    return tuple(one for one in in_order(sector.accounts) if one.employer == employer)


def read_year(employer: str, texts: Mapping[str, str]) -> Accounts | None:
    """One year from its texts; None where nothing is filled in. Raises UnusableInput that names the field."""
    if not any(text.strip() for text in texts.values()):
        return None
    day = _day(texts.get(YEAR_END, ""))
    where = day.isoformat() if day else "the year without an end"
    values: dict[str, Any] = {}
    for name in MONEY:
        number = _number(name, texts.get(name, ""), where)
        if number is not None and name in _NEVER_BELOW and number < 0:
            raise UnusableInput(
                f"{_words(name)} of {where} is below nought; write costs without a minus, or leave it blank if it is not known."
            )
        values[f"{name}_micros"] = None if number is None else micros(number)
    beds = _number(BEDS, texts.get(BEDS, ""), where)
    if beds is not None and beds < 0:
        raise UnusableInput(f"Places of {where} are below nought; leave them blank if they are not known.")
    if beds is None and all(value is None for value in values.values()):
        raise UnusableInput(f"There is no figure for {where}; fill one in or remove the year.")
    part_of = texts.get(PART_OF, "").strip()
    return Accounts(employer, day, beds=None if beds is None else float(beds), part_of=part_of, **values)


def with_years(sector: Sector, employer: str, years: Sequence[Mapping[str, str]], *, today: date) -> Sector:
    """The sector with these years as an employer's accounts and no others. Raises UnusableInput; then nothing is changed.

    A year whose figures are as they were keeps its source; any other says that it was typed in, and when.
    """
    if not employer.strip():
        raise UnusableInput("Name the employer whose accounts these are.")
    held = {one.year_end: one for one in years_of(sector, employer)}
    found: dict[date | None, Accounts] = {}
    for texts in years:
        one = read_year(employer, texts)
        if one is None:
            continue
        if one.year_end in found:
            day = one.year_end.isoformat() if one.year_end else "no year end"
            raise UnusableInput(f"Two years of {employer} have {day}; change or remove one of them.")
        before = held.get(one.year_end)
        same = before is not None and replace(before, source="") == one
        source = before.source if same and before is not None else f"typed in, {today.isoformat()}"
        found[one.year_end] = replace(one, source=source)
    names = {one.name for one in sector.employers} | set(sector.workforce.employers)
    added = (Employer(employer),) if found and employer not in names else ()
    accounts: list[Accounts] = []
    placed = False
    for one in sector.accounts:
        if one.employer != employer:
            accounts.append(one)
        elif not placed:
            accounts += found.values()
            placed = True
    accounts += () if placed else found.values()
    return replace(sector, accounts=in_order(accounts), employers=(*sector.employers, *added))


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return read_day(text.strip())
    except Unreadable:
        raise UnusableInput(
            f"“{text.strip()[:40]}” is not a date; write the year end as 31/03/2026."
        ) from None


def _number(name: str, text: str, where: str) -> Decimal | None:
    try:
        number = read_number(text)
    except Unreadable:
        raise UnusableInput(
            f"“{text.strip()[:40]}” is not a number ({_words(name)} of {where}); write pounds, such as 5,600,000."
        ) from None
    if number is not None and abs(number) > _MOST:
        raise UnusableInput(f"{_words(name)} of {where} is more than any employer has; write pounds.")
    return number


def _words(name: str) -> str:
    told = {
        "revenue": "Income",
        "other": "Other operating costs",
        "directors": "Directors' pay",
        "beds": "Places",
    }
    return told.get(name, name.replace("_", " ").capitalize())
