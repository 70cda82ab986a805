"""Employers' accounts from a spreadsheet: one row an employer and year. What is blank is not known, never nought."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bargain.intake.accounts_columns import (
    MONEY,
    AccountsMapping,
    check_mapping,
    columns_of,
    read_accounts_mapping,
    write_accounts_mapping,
)
from bargain.intake.accounts_groups import groups_with_members, name_key
from bargain.intake.categories import ownership_of
from bargain.intake.open_safely import SafeReader
from bargain.intake.reading import AccountsReading, Problem
from bargain.intake.sheets import signature_of
from bargain.intake.tables import Cell, Row, SheetTable, clean_text, is_blank
from bargain.intake.values import (
    Unreadable,
    is_total_label,
    read_day,
    read_number,
    says_nothing,
    uses_decimal_comma,
)
from bargain.intake.words import phrases, plain_words
from bargain.money import micros
from models.accounts import Accounts
from models.employer import Employer, Ownership
from models.issues import UnusableInput
from models.sector import RememberedMapping, Sector

_ROWS_SEARCHED = 60


def read_accounts(
    path: Path, *, sector: Sector, password: str | None = None, mapping: AccountsMapping | None = None
) -> AccountsReading:
    """The accounts in a file. Employers are matched to the sector's by name, whatever the case or “Ltd”.

    mapping: what the person says of the columns; without one, a file with headings that were read before is read
    as then. Raises UnusableInput with one sentence.
    """
    with SafeReader() as reader:
        opened = reader.read(path, password)
    for table in opened.tables:
        if not table.visible:
            continue
        used, like = (mapping, "") if mapping else _remembered(table, sector)
        found = _find_heading(table, used)
        if found is not None:
            at, columns = found
            headings = [clean_text(cell) for cell in table.rows[at]]
            check_mapping(used, headings, file=path.name)
            return replace(_Reader(table, at, columns, sector, used).read(opened.sha256), read_as=like)
    raise UnusableInput(
        f"{path.name}: no row of headings was found that names an employer and figures of its accounts, such as Employer, "
        "Year end, Revenue, Labour. Add one above the figures, or name the columns in a mapping file."
    )


def _remembered(table: SheetTable, sector: Sector) -> tuple[AccountsMapping, str]:
    """The mapping of the last file with one of this table's rows as its headings, and that file's name."""
    held = {one.signature: one for one in sector.accounts_mappings}
    for row in table.rows[:_ROWS_SEARCHED] if held else ():
        one = held.get(signature_of([clean_text(cell) for cell in row]))
        if one is not None:
            return read_accounts_mapping(one.settings, source=one.file), one.file
    return AccountsMapping(), ""


def add_accounts(sector: Sector, reading: AccountsReading) -> Sector:
    """The sector with these accounts. Figures for the same employer and year are brought up to date; blanks clear nothing."""
    held = {(one.employer, one.year_end): one for one in sector.accounts}
    for one in reading.accounts:
        key = (one.employer, one.year_end)
        held[key] = _over(held[key], one) if key in held else one
    order = {name: at for at, name in enumerate(dict.fromkeys(name for name, _ in held))}
    accounts = sorted(
        held.values(),
        key=lambda one: (order[one.employer], -(one.year_end.toordinal() if one.year_end else 0)),
    )
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
        accounts=tuple(accounts),
        employers=tuple(employers.values()),
        accounts_mappings=(*kept, remembered) if reading.signature else kept,
    )


def _over(before: Accounts, after: Accounts) -> Accounts:
    known = {name: getattr(after, name) for name in Accounts.__slots__ if getattr(after, name) is not None}
    return replace(before, **known)


def _find_heading(table: SheetTable, mapping: AccountsMapping) -> tuple[int, dict[str, int]] | None:
    """The row whose texts name most fields, if the employer and a figure are among them; or the one that was said."""
    if mapping.heading_row is not None:
        at = mapping.heading_row - 1
        return (at, columns_of(table.rows[at], mapping)) if at < len(table.rows) else None
    best: tuple[int, dict[str, int]] | None = None
    for at, row in enumerate(table.rows[:_ROWS_SEARCHED]):
        columns = columns_of(row, mapping)
        if (
            "employer" in columns
            and set(columns) & set(MONEY)
            and (best is None or len(columns) > len(best[1]))
        ):
            best = at, columns
    return best


@dataclass(slots=True)
class _Reader:
    table: SheetTable
    heading: int
    columns: dict[str, int]
    sector: Sector
    mapping: AccountsMapping
    headings: list[str] = dataclasses.field(init=False)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    decimal_commas: dict[int, bool] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headings = [clean_text(cell) for cell in self.table.rows[self.heading]]

    def read(self, sha256: str) -> AccountsReading:
        body = self.table.rows[self.heading + 1 :]
        accounts: dict[tuple[str, object], Accounts] = {}
        employers: dict[str, Employer] = {}
        stated: dict[str, set[str]] = {}
        places: dict[str, str] = {}
        parents: dict[str, str] = {}
        rows: dict[tuple[str, object], int] = {}
        known = {name_key(one): one for one in self._known_names()}
        for at, row in enumerate(body, start=self.heading + 2):
            told = clean_text(row[self.columns["employer"]])
            has_figures = any(self._filled(row, field) for field in MONEY if field in self.columns)
            if not told and has_figures:
                self._note(
                    at,
                    "employer",
                    None,
                    "figures without an employer's name, so they are left out",
                    set_aside=True,
                )
            if (
                not told
                or is_total_label(told)
                or not any(self._filled(row, field) for field in self.columns if field != "employer")
            ):
                continue
            name = known.get(name_key(told), told)
            one = self._accounts(name, at, row)
            place = clean_text(row[self.columns["place"]]) if "place" in self.columns else ""
            if (name, one.year_end) in accounts and place and place != places.get(name):
                one = replace(one, employer=f"{name} ({place})")
                name = one.employer
            if (name, one.year_end) in accounts:
                self.problems.append(
                    Problem(
                        "same_accounts_again",
                        at,
                        self.headings[self.columns["employer"]],
                        told,
                        "this employer and year again",
                        set_aside=True,
                    )
                )
                continue
            accounts[name, one.year_end] = one
            places.setdefault(name, place)
            if one.part_of:
                parents[name] = one.part_of
            rows[name, one.year_end] = at
            said = self._employer(at, row)
            stated.setdefault(name, set()).update(said)
            employers[name] = replace(employers.get(name, Employer(name)), **said)
        if not accounts:
            raise UnusableInput(
                f"{self.table.file}, sheet {self.table.sheet}: there are headings in row {self.heading + 1} but no employer's "
                "accounts under them."
            )
        self._set_groups_aside(accounts, parents, rows)
        used = set(self.columns.values())
        return AccountsReading(
            file=self.table.file,
            sha256=sha256,
            sheet=self.table.sheet,
            accounts=tuple(accounts.values()),
            employers=tuple(employers.values()),
            stated=tuple((name, frozenset(fields)) for name, fields in stated.items()),
            problems=tuple(self.problems),
            mapping={field: self.headings[column] for field, column in self.columns.items()},
            dropped_columns=tuple(text for at, text in enumerate(self.headings) if text and at not in used),
            rows_in_file=len(body),
            rows_read=len(accounts),
            signature=signature_of(self.headings),
            settings=write_accounts_mapping(
                AccountsMapping(
                    {name: self.headings[at] for name, at in self.columns.items()},
                    self.mapping.unit,
                    self.mapping.heading_row,
                )
            ),
        )

    def _set_groups_aside(
        self,
        accounts: dict[tuple[str, object], Accounts],
        parents: dict[str, str],
        rows: dict[tuple[str, object], int],
    ) -> None:
        """Leave out the row of a group whose members are here too: their figures would count twice."""
        for group, (members, difference) in groups_with_members(tuple(accounts.values()), parents).items():
            for key in [key for key in accounts if key[0] == group]:
                del accounts[key]
                reason = f"is the group that contains {', '.join(members)}, which are counted instead; {difference}"
                heading = self.headings[self.columns["employer"]]
                self.problems.append(Problem("group_row", rows[key], heading, group, reason, set_aside=True))

    def _known_names(self) -> Sequence[str]:
        return (*(one.name for one in self.sector.employers), *self.sector.workforce.employers)

    def _filled(self, row: Row, field: str) -> bool:
        return field in self.columns and not says_nothing(row[self.columns[field]])

    def _accounts(self, name: str, at: int, row: Row) -> Accounts:
        figures: dict[str, Any] = {}
        scale = self._to_a_year(at, row)
        for field in MONEY:
            amount = self._number(field, at, row)
            if amount is not None and field != "capital":
                amount *= scale
            figures[field] = None if amount is None else micros(amount * self._unit(field))
        beds = self._number("beds", at, row)
        part_of = clean_text(row[self.columns["part_of"]]) if self._filled(row, "part_of") else ""
        return Accounts(
            name,
            self._year_end(at, row),
            beds=None if beds is None else float(beds),
            part_of=part_of,
            **{f"{field}_micros": amount for field, amount in figures.items()},
        )

    def _year_end(self, at: int, row: Row) -> date | None:
        if "year_end" not in self.columns:
            return None
        cell = row[self.columns["year_end"]]
        try:
            return read_day(cell, start_1904=self.table.date_1904)
        except Unreadable:
            self._note(at, "year_end", cell, "not a date that can be read")
            return None

    def _to_a_year(self, at: int, row: Row) -> Decimal:
        """What brings figures of a shorter or longer period to twelve months, where the period is stated."""
        months = self._number("months", at, row) if self._filled(row, "months") else None
        if months is None or months == 12 or not 0 < months <= 36:
            return Decimal(1)
        self._note(at, "months", row[self.columns["months"]], "months; the figures are brought to twelve")
        return Decimal(12) / months

    def _number(self, field: str, at: int, row: Row) -> Decimal | None:
        column = self.columns.get(field)
        if column is None:
            return None
        try:
            return read_number(row[column], decimal_comma=self._has_decimal_comma(column))
        except Unreadable:
            self._note(
                at,
                field,
                row[column],
                "not a number that can be read; it counts as not known",
            )
            return None

    def _has_decimal_comma(self, column: int) -> bool:
        """Whether a column writes 12,71 for twelve and 71 hundredths: looked at once, for all its rows."""
        if column not in self.decimal_commas:
            cells = [one[column] for one in self.table.rows[self.heading + 1 :]]
            self.decimal_commas[column] = uses_decimal_comma(cells)
        return self.decimal_commas[column]

    def _unit(self, field: str) -> int:
        """1,000 or 1,000,000 where the mapping, the heading, or a line above the table says £000 or £m."""
        if self.mapping.unit is not None:
            return self.mapping.unit
        heading = clean_text(self.table.rows[self.heading][self.columns[field]])
        above = " ".join(
            clean_text(cell)
            for row in self.table.rows[: self.heading]
            for cell in row
            if isinstance(cell, str)
        )
        for text in (heading, above):
            if re.search(r"£\s*'?’?000|\(000s?\)|£k\b|thousand", text, re.IGNORECASE):
                return 1_000
            if re.search(r"£\s*m(?:illions?)?\b", text, re.IGNORECASE):
                return 1_000_000
        return 1

    def _employer(self, at: int, row: Row) -> dict[str, Any]:
        """What the row says of the employer: only fields that it states."""
        said: dict[str, Any] = {}
        if "ownership" in self.columns and self._filled(row, "ownership"):
            text = clean_text(row[self.columns["ownership"]])
            kind = ownership_of(text)
            if kind is None:
                self._note(at, "ownership", text, "a kind of owner that is not known")
            elif kind is not Ownership.UNKNOWN:
                said["ownership"] = kind
        if "region" in self.columns and self._filled(row, "region"):
            said["region"] = clean_text(row[self.columns["region"]])
        hours = self._number("weekly_hours", at, row)
        if hours:
            said["weekly_hours"] = float(hours)
        for field, name in (
            ("employment_allowance", "claims_employment_allowance"), ("levy", "pays_levy"), ("federation_member", "federation_member"),
        ):  # fmt: skip
            if field in self.columns and not is_blank(row[self.columns[field]]):
                answer = _yes_or_no(row[self.columns[field]])
                if answer is None:
                    self._note(at, field, row[self.columns[field]], "neither yes nor no")
                else:
                    said[name] = answer
        return said

    def _note(self, at: int, field: str, cell: Cell, reason: str, *, set_aside: bool = False) -> None:
        heading = self.headings[self.columns[field]]
        self.problems.append(Problem("unreadable", at, heading, clean_text(cell)[:60], reason, set_aside))


def _yes_or_no(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    words = plain_words(clean_text(cell))
    if words in phrases("accounts", "answers", "yes"):
        return True
    return False if words in phrases("accounts", "answers", "no") else None
