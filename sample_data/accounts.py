"""The invented employers' accounts, built from their payroll cost and the margin each is to have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

from sample_data.employers import (
    CHARITY,
    CO_OPERATIVE,
    INTEREST_COMPANY,
    LISTED,
    LOCAL_AUTHORITY,
    OWNER_MANAGED,
    PRIVATE_EQUITY,
    Employer,
)
from sample_data.facts import (
    EMPLOYER_NI_RATE,
    LEVY_PAYBILL,
    PENSION_FROM,
    PENSION_TO,
    SECONDARY_THRESHOLD,
    STATUTORY_PENSION_RATE,
)
from sample_data.sheets import Cell, Line
from sample_data.writers import Page, write_workbook

HEADINGS = (
    "Employer", "Year end", "Revenue", "Labour", "Rent", "Other operating costs", "Directors",
    "Net interest", "Ownership",
    "Region", "Beds", "Connected-party rent", "Depreciation", "Claims Employment Allowance",
    "Pays apprenticeship levy",
)  # fmt: skip

_YEAR_END = date(2026, 3, 31)
_BEDS_A_POST = Decimal("0.25")  # four beds to a home of sixteen posts


@dataclass(frozen=True, slots=True)
class _Shape:
    """Shares of revenue; the connected part is a share of the rent."""

    labour: tuple[float, float]
    rent: tuple[float, float]
    connected: float
    directors: tuple[float, float]
    depreciation: tuple[float, float]
    interest: tuple[float, float]


_CHARITABLE = _Shape((0.66, 0.71), (0.02, 0.04), 0.0, (0.0, 0.0), (0.015, 0.025), (-0.004, 0.004))
_SHAPES = {
    PRIVATE_EQUITY: _Shape((0.50, 0.55), (0.045, 0.07), 0.45, (0.006, 0.012), (0.02, 0.03), (0.06, 0.11)),
    LISTED: _Shape((0.54, 0.57), (0.03, 0.04), 0.0, (0.006, 0.010), (0.02, 0.03), (0.015, 0.03)),
    OWNER_MANAGED: _Shape((0.55, 0.60), (0.03, 0.05), 0.6, (0.02, 0.04), (0.012, 0.022), (0.003, 0.02)),
    CHARITY: _CHARITABLE,
    INTEREST_COMPANY: _CHARITABLE,
    CO_OPERATIVE: _CHARITABLE,
}


@dataclass(frozen=True, slots=True)
class AccountsRow:
    """One employer's year in whole pounds; None is not known."""

    employer: Employer
    revenue: int | None
    labour: int
    rent: int | None
    other_operating: int | None
    directors: int | None
    net_interest: int | None
    beds: int
    connected_rent: int | None
    depreciation: int | None
    claims_allowance: str | None
    pays_levy: str | None

    def cells(self) -> tuple[Cell, ...]:
        who = self.employer
        return (
            who.name, _YEAR_END, self.revenue, self.labour, self.rent, self.other_operating, self.directors,
            self.net_interest,
            who.ownership, who.region, self.beds, self.connected_rent, self.depreciation,
            self.claims_allowance,
            self.pays_levy,
        )  # fmt: skip


def payroll_cost(lines: Sequence[Line], pension_percent: Decimal = STATUTORY_PENSION_RATE * 100) -> Decimal:
    """Pay, employer's National Insurance and the employer's pension contribution, person by person."""
    cost = Decimal(0)
    for line in lines:
        pay = line.pay.annual
        insurance = EMPLOYER_NI_RATE * max(pay - SECONDARY_THRESHOLD, Decimal(0))
        pension = pension_percent / 100 * max(min(pay, PENSION_TO) - PENSION_FROM, Decimal(0))
        cost += line.heads * (pay + insurance + pension)
    return cost


def invent_accounts(employer: Employer, lines: Sequence[Line], rng: Random) -> AccountsRow:
    """Revenue follows from labour; the other operating costs are what is left when the margin is taken."""
    labour = payroll_cost(lines, employer.pension_percent) * _apart_from_the_payroll(employer, rng)
    paybill = sum((line.annual for line in lines), Decimal(0))
    beds = max(3, _whole(employer.heads * _BEDS_A_POST))
    allowance, levy = _allowance_and_levy(employer, paybill, rng)
    if employer.margin is None:
        return AccountsRow(
            employer, None, _whole(labour), None, None, None, None, beds, None, None, allowance, levy
        )
    shape = _SHAPES[employer.ownership]
    revenue = _whole(labour / _between(shape.labour, rng))
    rent, directors, depreciation, interest = (
        _whole(revenue * _between(share, rng))
        for share in (shape.rent, shape.directors, shape.depreciation, shape.interest)
    )
    other = _whole(revenue * (1 - employer.margin)) - _whole(labour) - rent - directors - depreciation
    connected = _whole(rent * _between((shape.connected * 0.6, shape.connected), rng))
    return AccountsRow(
        employer,
        revenue,
        _whole(labour),
        rent,
        other,
        directors,
        interest,
        beds,
        connected,
        depreciation,
        allowance,
        levy,
    )


def _apart_from_the_payroll(employer: Employer, rng: Random) -> Decimal:
    """Accounts cover a year with overtime and turnover, a return one day's posts: they never agree."""
    distance = _between((0.011, 0.037), rng)
    if employer.pension_percent != STATUTORY_PENSION_RATE * 100:
        return Decimal("1.018")  # within 4 % whichever pension rate the reader costs with
    return 1 + distance if rng.random() < 0.6 else 1 - distance


def _allowance_and_levy(employer: Employer, paybill: Decimal, rng: Random) -> tuple[str | None, str | None]:
    levy = (
        "yes" if paybill > LEVY_PAYBILL or employer.ownership in (PRIVATE_EQUITY, LOCAL_AUTHORITY) else "no"
    )
    part_of_a_group = employer.ownership == PRIVATE_EQUITY and bool(
        employer.file
    )  # connected companies share one claim
    allowance = "no" if employer.ownership == LOCAL_AUTHORITY or part_of_a_group else "yes"
    return (None if rng.random() < 0.12 else allowance, None if rng.random() < 0.10 else levy)


def _between(bounds: tuple[float, float], rng: Random) -> Decimal:
    low, high = bounds
    return Decimal(f"{low + (high - low) * rng.random():.6f}")


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def write_accounts(path: Path, rows: Sequence[AccountsRow]) -> None:
    formats = ("", "dd/mm/yyyy", *["#,##0"] * 6, "", "", "0", "#,##0", "#,##0", "", "")
    page = Page("Accounts 2026", (HEADINGS, *(row.cells() for row in rows)), bold_rows=(1,), formats=formats)
    write_workbook(path, [page], "Invented accounts, year to 31 March 2026")
