"""What reading accounts would do: each employer's margins, what they replace, and labour held against the staff data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bargain.appraisal import appraise, no_offer
from bargain.measures.margins import Books, books_of
from models.accounts import Accounts
from models.sector import Sector

NEW, SAME, CHANGED = "new", "same", "changed"


@dataclass(frozen=True, slots=True)
class AccountsRow:
    """One employer's year as it would stand in the sector. Pounds a year and shares; None is not known.

    ``state`` is ``new``, ``same`` or ``changed`` against what the sector holds; ``is_known`` whether the sector has the
    employer; ``labour`` is its labour cost by the staff data, and ``ratio`` that over labour in the accounts.
    """

    employer: str
    year_end: date | None
    books: Books
    state: str
    is_known: bool
    labour: float | None
    ratio: float | None

    @property
    def margin(self) -> float | None:
        """Operating margin."""
        result, revenue = self.books.result, self.books.revenue
        return result / revenue if result is not None and revenue else None


@dataclass(frozen=True, slots=True)
class Together:
    """All rows as one: sums over employers of which both figures are known, and how many those are of how many."""

    rows: int
    with_margin: int
    margin: float | None
    with_ratio: int
    ratio: float | None
    first_year: date | None
    last_year: date | None
    without_year: int


def payroll_labour(sector: Sector) -> dict[str, float]:
    """Labour cost of the staff data, by employer, £ a year with on-costs; empty without staff data."""
    if not len(sector.workforce):
        return {}
    groups = appraise(sector, no_offer(sector)).cost.by_employer
    return {one.name: one.labour_before / one.represents for one in groups}


def preview_rows(
    sector: Sector, accounts: Sequence[Accounts], labour: Mapping[str, float]
) -> tuple[AccountsRow, ...]:
    """Each of the accounts beside what the sector knows of its employer. labour: as ``payroll_labour`` gives it."""
    held = {(one.employer, one.year_end): one for one in sector.accounts}
    known = {*(one.name for one in sector.employers), *sector.workforce.employers}
    rows = []
    for one in accounts:
        books, ours = books_of(one), labour.get(one.employer)
        before = held.get((one.employer, one.year_end))
        state = NEW if before is None else SAME if _figures(before) == _figures(one) else CHANGED
        ratio = ours / books.labour if ours is not None and books.labour else None
        rows.append(AccountsRow(one.employer, one.year_end, books, state, one.employer in known, ours, ratio))
    return tuple(rows)


def together(rows: Sequence[AccountsRow]) -> Together:
    """The rows' margins and ratios as one, each over those rows that have it."""
    margins = [one for one in rows if one.books.result is not None and one.books.revenue]
    income = sum(one.books.revenue or 0.0 for one in margins)
    ratios = [one for one in rows if one.ratio is not None]
    theirs = sum(one.books.labour or 0.0 for one in ratios)
    years = sorted(one.year_end for one in rows if one.year_end is not None)
    return Together(
        rows=len(rows),
        with_margin=len(margins),
        margin=sum(one.books.result or 0.0 for one in margins) / income if income else None,
        with_ratio=len(ratios),
        ratio=sum(one.labour or 0.0 for one in ratios) / theirs if theirs else None,
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        without_year=sum(one.year_end is None for one in rows),
    )


def _figures(one: Accounts) -> Accounts:
    return replace(one, source="")
