"""Accounts that were read, put into a sector: brought up to date by employer and year end, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bargain.intake.reading import AccountsReading
from models.accounts import Accounts
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import RememberedMapping, Sector


def add_accounts(sector: Sector, *readings: AccountsReading) -> Sector:
    """The sector with these accounts. Figures for the same employer and year are brought up to date; blanks clear nothing.

    Raises UnusableInput where two of the files differ about an employer's year: then nothing is added.
    """
    _refuse_rivals(readings)
    for reading in readings:
        sector = _with_reading(sector, reading)
    return sector


def _refuse_rivals(readings: Sequence[AccountsReading]) -> None:
    seen: dict[tuple[str, object], tuple[Accounts, str]] = {}
    for reading in readings:
        for one in reading.accounts:
            other, file = seen.setdefault((one.employer, one.year_end), (one, reading.file))
            if file != reading.file and replace(other, source="") != replace(one, source=""):
                day = one.year_end.isoformat() if one.year_end else "a year end that is not known"
                raise UnusableInput(
                    f"{file} and {reading.file} both have accounts of {one.employer} for {day}, and they differ. Leave one of "
                    "the files out."
                )


def _with_reading(sector: Sector, reading: AccountsReading) -> Sector:
    held = {(one.employer, one.year_end): one for one in sector.accounts}
    for one in reading.accounts:
        key = (one.employer, one.year_end)
        held[key] = _over(held[key], one) if key in held else one
    employers = {one.name: one for one in sector.employers}
    stated = dict(reading.stated)
    for one_employer in reading.employers:
        before = employers.get(one_employer.name, Employer(one_employer.name))
        said = {field: getattr(one_employer, field) for field in stated[one_employer.name]}
        employers[one_employer.name] = replace(before, **said)
    kept = tuple(one for one in sector.accounts_mappings if one.signature != reading.signature)
    remembered = RememberedMapping(reading.signature, reading.file, tuple(stated), reading.settings)
    return replace(
        sector,
        accounts=in_order(tuple(held.values())),
        employers=tuple(employers.values()),
        accounts_mappings=(*kept, remembered) if reading.signature else kept,
    )


def in_order(accounts: Sequence[Accounts]) -> tuple[Accounts, ...]:
    """Employers in the order in which they came, each with its newest year first."""
    order = {name: at for at, name in enumerate(dict.fromkeys(one.employer for one in accounts))}
    return tuple(
        sorted(
            accounts,
            key=lambda one: (order[one.employer], -(one.year_end.toordinal() if one.year_end else 0)),
        )
    )


def _over(before: Accounts, after: Accounts) -> Accounts:
    known = {
        name: getattr(after, name) for name in Accounts.__slots__ if getattr(after, name) not in {None, ""}
    }
    return replace(before, **known)
