"""Accounts that others published give their margins, provider by provider; nasty files give a sentence or a question."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest

from bargain.intake.accounts import look_at, read_accounts
from bargain.intake.open_safely import SafeReader
from bargain.measures.margins import Books, books_of, employer_margins
from models.issues import UnusableInput
from models.offer import Fees
from models.sector import Sector

FIXTURES = Path(__file__).parents[4] / "shared/fixtures/real"
REAL = FIXTURES / "accounts"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the published accounts are not beside the project")


def books(path: Path) -> dict[str, Books]:
    return {one.employer: books_of(one) for one in read_accounts(path, sector=Sector("s")).accounts}


@needs_real
def test_that_the_maryland_hospitals_give_their_published_margins() -> None:
    """51 hospitals: margin is net income over revenue; a 5 % rise in salaries makes 8 more of them lose money."""
    found = read_accounts(REAL / "maryland_hospitals_dashboard.xlsx", sector=Sector("s")).accounts
    rows = [
        employer_margins(
            one.employer,
            "",
            accounts=one,
            labour_rise=0.05 * (one.labour_micros or 0) / 1e6,
            payroll_labour=0.0,
            fees=Fees(),
        )
        for one in found
    ]
    before = [
        one.pretax_before / one.revenue_before
        for one in rows
        if one.pretax_before is not None and one.revenue_before
    ]
    after = [
        one.pretax_after / one.revenue_after
        for one in rows
        if one.pretax_after is not None and one.revenue_after
    ]
    revenue = sum(one.revenue_before or 0 for one in rows)

    assert len(rows) == len(before) == 51
    assert sum(one.labour or 0 for one in rows) == pytest.approx(7_212_111_281)
    assert (sum(one < 0 for one in before), sum(one < 0 for one in after)) == (14, 22)
    assert (median(before), median(after)) == pytest.approx((0.029804, 0.005006), abs=5e-7)
    assert sum(one.pretax_before or 0 for one in rows) / revenue == pytest.approx(0.038301, abs=5e-7)
    assert sum(one.pretax_after or 0 for one in rows) / revenue == pytest.approx(0.018312, abs=5e-7)
    assert sum(one.labour or 0 for one in rows) / revenue == pytest.approx(0.399765, abs=5e-7)


@needs_real
def test_that_the_californian_hospitals_give_their_published_income() -> None:
    found = books(REAL / "california_hospitals_2024_clean.csv")

    assert len(found) == 438
    assert sum(one.revenue or 0 for one in found.values()) == pytest.approx(204_797_602_121)
    assert sum(one.pretax or 0 for one in found.values()) == pytest.approx(17_795_676_444)
    assert sum((one.pretax or 0) < 0 for one in found.values()) == 136


@needs_real
def test_that_the_academies_balance_as_their_return_says() -> None:
    """In the return itself, total income less total expenditure is the in-year balance of every school."""
    reading = read_accounts(REAL / "dfe_academy_accounts_return_test.xlsx", sector=Sector("s"))

    assert len(reading.accounts) == 60
    assert reading.mapping["labour"] == "Total Staff Costs"
    assert "other" not in reading.mapping
    first = books_of(reading.accounts[0])
    assert first.pretax is not None
    assert first.revenue is not None
    assert first.result == pytest.approx(9_569_000 - 10_949_000) == first.pretax


@needs_real
def test_that_every_maryland_hospital_has_the_margin_and_labour_share_of_its_dashboard() -> None:
    """The dashboard sheet prints net income over revenue, and salaries over all costs, as text to a tenth of a per cent."""
    path = REAL / "maryland_hospitals_dashboard.xlsx"
    with SafeReader() as reader:
        sheet = next(one for one in reader.read(path).tables if one.sheet == "Executive Dashboard")
    rows = list(sheet.rows)
    start = next(at for at, row in enumerate(rows) if row[0] == "Rank")
    headings = [str(cell or "").replace("\n", " ") for cell in rows[start]]
    wanted = ("Hospital Name", "City", "Operating Margin", "Labor Cost %")
    places = [headings.index(one) for one in wanted]
    printed = [
        [" ".join(str(row[at]).split()) for at in places]
        for row in rows[start + 1 :]
        if isinstance(row[0], float)
    ]
    found = books(path)

    def shows(one: Books | None, *texts: str) -> bool:
        parts = () if one is None else ((one.pretax, one.revenue), (one.labour, one.costs))
        shares = [(part or 0) / (whole or 1) * 100 for part, whole in parts]
        return shares == pytest.approx([float(text.rstrip("%")) for text in texts], abs=0.0501)

    assert len(printed) == 51
    for name, city, margin, share in printed:  # two hospitals have one name, in two cities
        own = (found.get(name), found.get(f"{name} ({city})"))
        assert any(shows(one, margin, share) for one in own), (name, city, margin, share)


@needs_real
def test_that_every_californian_hospital_has_the_figures_of_its_row() -> None:
    path = REAL / "california_hospitals_2024_clean.csv"
    found = read_accounts(path, sector=Sector("s")).accounts
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == len(found)
    for row, one in zip(rows, found, strict=True):
        revenue, income = Decimal(row["net_patient_revenue"]), Decimal(row["net_income"])
        assert (one.revenue_micros, one.profit_micros) == (revenue * 10**6, income * 10**6), one.employer
        assert one.total_costs_micros == Decimal(row["operating_expense"]) * 10**6
        assert one.beds == float(row["licensed_beds"])


@needs_real
def test_that_every_academy_balances() -> None:
    reading = read_accounts(REAL / "dfe_academy_accounts_return_test.xlsx", sector=Sector("s"))

    for one in reading.accounts:
        found = books_of(one)
        assert found.result is not None, one.employer
        assert found.result == pytest.approx(found.stated), one.employer
    assert reading.rows_in_file == reading.rows_read == 60


@needs_real
@pytest.mark.slow
def test_that_no_shared_file_breaks_the_reading_of_accounts() -> None:
    """Payrolls and nasty files read as accounts: a sentence, a question or a reading; none hangs, none is a fault."""
    files = [
        one for kind in ("payroll", "nasty") for one in sorted((FIXTURES / kind).rglob("*")) if one.is_file()
    ]
    assert len(files) > 250
    with SafeReader() as reader:
        for path in files:
            try:
                look = look_at(reader.read(path), sector=Sector("s"))
            except UnusableInput:
                continue
            assert bool(look.problem) == (look.reading is None), path.name


def test_that_a_book_in_one_cell_and_a_sheet_of_many_columns_take_no_time(tmp_path: Path) -> None:
    """A heading is at most 200 letters long: looking for known words in a longer text would never end."""
    path = tmp_path / "wide.csv"
    path.write_text(f"Employer,Revenue,{'revenue of the year ' * 20_000}\nA,1{',x' * 4_000}\n", "utf-8")

    assert read_accounts(path, sector=Sector("s")).accounts[0].revenue_micros == 10**6
