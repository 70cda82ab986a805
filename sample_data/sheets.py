"""What a payroll return is made of: cells, rows of known kinds, and pay as it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from sample_data.facts import WEEKS
from sample_data.people import Post
from sample_data.scale import SCALE

Cell = str | int | Decimal | date | None


class RowKind(StrEnum):
    """What an importer should make of a row. The manifest counts these."""

    STAFF = "staff"
    TOTAL = "totals"
    LEAVER = "leavers"
    SET_ASIDE = "set_aside"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class SheetRow:
    kind: RowKind
    cells: tuple[Cell, ...]


class Basis(StrEnum):
    HOUR = "hour"
    YEAR_ACTUAL = "year, actual"
    YEAR_FTE = "year, full-time equivalent"
    MONTH_ACTUAL = "month, actual"


_PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class WrittenPay:
    """Pay exactly as a row gives it: the pay bill follows from the file, not from what lies behind it."""

    basis: Basis
    amount: Decimal
    hours: Decimal
    weeks: Decimal
    fte: Decimal

    @property
    def annual(self) -> Decimal:
        """£ a year of one person in the row."""
        match self.basis:
            case Basis.HOUR:
                return self.amount * self.hours * self.weeks
            case Basis.YEAR_ACTUAL:
                return self.amount
            case Basis.YEAR_FTE:
                return self.amount * self.fte
            case Basis.MONTH_ACTUAL:
                return self.amount * 12

    @property
    def hourly(self) -> Decimal:
        return self.amount if self.basis is Basis.HOUR else self.annual / self.weeks / self.hours


def written_pay(post: Post, basis: Basis) -> WrittenPay:
    """The post's pay on this basis. Salaries are rounded up: none falls below the hourly rate behind it."""
    if basis is Basis.HOUR:
        return WrittenPay(basis, post.rate, post.hours, post.weeks, post.fte)
    full_time = (
        (post.rate * post.employer.full_week * WEEKS).quantize(Decimal(1), ROUND_CEILING)
        if post.point is None
        else SCALE[post.point - 1].annual
    )
    if basis is Basis.YEAR_FTE:
        amount = full_time
    elif basis is Basis.YEAR_ACTUAL:
        amount = (full_time * post.fte).quantize(_PENNY, ROUND_CEILING)
    else:
        amount = (full_time * post.fte / 12).quantize(_PENNY, ROUND_CEILING)
    return WrittenPay(basis, amount, post.hours, WEEKS, post.fte)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of people: one post, or in a grouped return several posts alike."""

    post: Post
    pay: WrittenPay
    heads: int = 1

    @property
    def annual(self) -> Decimal:
        return self.pay.annual * self.heads


def group_alike(lines: Sequence[Line]) -> list[Line]:
    """One line for all posts of one title, point, rate and hours, as a grouped return has it."""
    groups: dict[tuple[int, str, Decimal, Decimal], list[Line]] = {}
    for line in lines:
        key = (line.post.grade, line.post.title, line.pay.amount, line.post.hours)
        groups.setdefault(key, []).append(line)
    return [Line(groups[key][0].post, groups[key][0].pay, len(groups[key])) for key in sorted(groups)]
