"""How far each award of the reference list gives its published table, against the list's own count."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

import pytest

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.offers.scale import scale_after
from bargain.offers.scale_check import checked_against
from bargain.offers.scale_file import read_scale
from models.basis import Basis
from models.payscale import PayScale, Rounding, ScalePoint
from models.sector import Sector
from tests.helpers.f1 import Row, workforce_of

CASES = Path(__file__).parents[2] / "cases" / "scales"
POUND = 1_000_000


def afc(year: int) -> dict[str, int]:
    """Band and point of a published table of Agenda for Change, England, and the amount in pounds."""
    with (CASES / f"afc_{year}.csv").open(encoding="utf-8") as file:
        return {f"{row['band']} {row['point']}": int(row["annual"]) for row in csv.DictReader(file)}


def scale_of(amounts: dict[str, int], rounding: Rounding = Rounding.HALF_UP_POUND) -> PayScale:
    points = tuple(ScalePoint(name, amount * POUND) for name, amount in amounts.items())
    return PayScale("published", Basis.YEAR, points, rounding, weekly_hours=37.5)


def award(*rules: str, year: int = 2026) -> str:
    return f"[[settlement]]\neffective = {year}-04-01\n" + "".join(
        f"[[settlement.pay]]\n{one}\n" for one in rules
    )


def misfits(before: dict[str, int], after: dict[str, int], text: str) -> tuple[int, list[str]]:
    """Points that both tables have and fit, and those that do not."""
    both = [point for point in before if point in after]
    rows = scale_after(scale_of({point: before[point] for point in both}), read_offer(text, source="award"))
    checks = checked_against(rows, scale_of({point: after[point] for point in both}))
    return sum(one.fits for one in checks), [one.point for one in checks if not one.fits]


def test_that_the_agenda_for_change_award_of_2022_fits_but_for_one_point_that_is_named() -> None:
    """£1,400, or 4 % at the top of band 6 and in band 7: 20 flat points of 20, 3 enhanced of 4 (list: afc_2022)."""
    before, after = afc(2021), afc(2022)
    enhanced = ["6 top", "7 entry", "7 mid", "7 top"]
    flat = [point for point in before if point not in enhanced and point != "2 entry"]
    names = ", ".join(f'"{point}"' for point in flat)
    rules = award(
        f"points = [{names}]\ncash = 1400",
        "points = [" + ", ".join(f'"{point}"' for point in enhanced) + "]\npercent = 4\nat_least_cash = 1400",
    )
    del before["2 entry"]  # starts from an interim value that is not in the table of 2021

    assert len(flat) == 20
    assert misfits(before, after, rules) == (23, ["7 top"])
    exact = Fraction(45_839) * Fraction(104, 100)  # 47,672.56, published as 47,672
    assert after["7 top"] == int(exact) == ceil(exact) - 1


@pytest.mark.parametrize(
    ("year", "percent", "fit", "of"),
    [(2023, "5", 14, 25), (2024, "5.5", 16, 25), (2025, "3.6", 21, 30), (2026, "3.3", 24, 30)],
)
def test_that_published_values_alone_give_as_many_points_as_the_list_counts(
    year: int, percent: str, fit: int, of: int
) -> None:
    before, after = afc(year - 1), afc(year)
    if year == 2023:
        before["2 entry"] = before["2 top"]  # band 2 was collapsed to its top point
    found, wrong = misfits(before, after, award(f"percent = {percent}"))

    assert (found, found + len(wrong)) == (fit, of)


AWARDS = {2023: "5", 2024: "5.5", 2025: "3.6", 2026: "3.3"}


def penny(amount: Fraction) -> float:
    return floor(amount * 100 + Fraction(1, 2)) / 100


def unrounded_starts(tables: dict[int, dict[str, int]]) -> dict[str, Fraction]:
    """The middle of the amounts, £/10⁶, from which every point gives every later table."""
    first, last = min(tables), max(tables)
    starts = {}
    for point in (one for one in tables[first] if one in tables[last]):
        low, high, factor = Fraction(0), Fraction(10**9), Fraction(1)
        for year in range(first, last + 1):
            factor *= 1 + Fraction(AWARDS[year] if year > first else "0") / 100
            low = max(low, (tables[year][point] - Fraction(1, 2)) / factor)
            high = min(high, (tables[year][point] + Fraction(1, 2)) / factor)
        assert low < high, point
        starts[point] = (low + high) / 2 * POUND
    return starts


def test_that_staff_on_a_carrying_scale_are_paid_every_later_table_whole() -> None:
    """Agenda for Change: salaries and hourly pay on every point, four awards, one after the other, to the pound."""
    tables = {year: afc(year) for year in range(2022, 2027)}
    tables[2022]["2 entry"] = tables[2022]["2 top"]
    starts = unrounded_starts(tables)
    plain = scale_of({point: tables[2022][point] for point in starts})
    scale = replace(
        plain,
        weekly_hours=37.5,
        carry_unrounded=True,
        points=tuple(replace(one, unrounded_picos=int(starts[one.name] * POUND)) for one in plain.points),
    )
    hours = Fraction("52.143") * Fraction("37.5")
    rows = [
        Row("A", "Staff", str(int(tables[2022][point])), basis=Basis.YEAR, fte=1.0, point=point)
        for point in starts
    ] + [Row("A", "Staff", f"{penny(tables[2022][point] / hours):.2f}", point=point) for point in starts]
    sector = Sector("made", workforce=workforce_of(rows, employers="A", grades=["Staff"]), scale=scale)
    for last in range(2023, 2027):
        steps = "".join(award(f"percent = {AWARDS[year]}", year=year) for year in range(2023, last + 1))
        after = appraise(sector, read_offer(steps, source="afc")).workforce_after.rate_micros
        wanted = [float(tables[last][point]) for point in starts]
        wanted += [penny(tables[last][point] / hours) for point in starts]
        assert [rate / POUND for rate in after.tolist()] == pytest.approx(wanted, abs=1e-9), last
    without = replace(sector, scale=replace(scale, carry_unrounded=False))
    rounded = appraise(without, read_offer(steps, source="afc")).workforce_after.rate_micros[: len(starts)]
    assert (rounded != after[: len(starts)]).sum() > 3  # rounding every year gives other tables


def test_that_an_amount_that_somebody_typed_over_is_not_carried_from_before() -> None:
    point = ScalePoint("1", 21_000 * POUND, "", 20_001_490_000 * POUND)
    scale = replace(scale_of({"1": 21_000}), points=(point,), carry_unrounded=True)

    assert scale_after(scale, read_offer(award("percent = 10"), source="x"))[0].unrounded == 23_100 * POUND


@pytest.mark.parametrize("first", [2022, 2024])
def test_that_unrounded_values_give_every_later_table_whole(first: int) -> None:
    """A start that rounds to the published value is found by intervals; from it every table to 2026 follows."""
    tables = {year: afc(year) for year in range(first, 2027)}
    if first == 2022:
        tables[2022]["2 entry"] = tables[2022]["2 top"]
    points = [point for point in tables[first] if point in tables[2026]]
    starts = unrounded_starts(tables)
    scale = scale_of({point: tables[first][point] for point in points})
    for last in range(first + 1, 2027):
        steps = "".join(award(f"percent = {AWARDS[year]}", year=year) for year in range(first + 1, last + 1))
        rows = scale_after(scale, read_offer(steps, source="afc"), carry_unrounded=True, starts=starts)
        checks = checked_against(rows, scale_of({point: tables[last][point] for point in points}))
        assert [one.point for one in checks if not one.fits] == [], last
    assert len(points) == (25 if first == 2022 else 30)


def test_that_a_scale_can_carry_unrounded_values_of_its_own_accord() -> None:
    plain = scale_of({"a": 20_001})
    steps = read_offer(award("percent = 1.01", year=2026) + award("percent = 1.01", year=2027), source="x")
    carried = scale_after(replace(plain, carry_unrounded=True), steps)

    assert carried[0].unrounded == Fraction(20_001 * POUND) * Fraction(10_101, 10_000) ** 2
    # 20,203.0101 is carried; rounded to 20,203 first, the second table differs in the unrounded value
    assert scale_after(plain, steps)[0].unrounded == Fraction(20_203 * POUND) * Fraction(10_101, 10_000)


def test_that_the_scottish_offer_of_2024_breaks_even_where_its_parts_are_equal() -> None:
    """3.6 % or 67p an hour: the same at £18.61; the list's 5.63 % for the lowest is £11.89 to £12.56."""
    read, _ = read_scale("point,hourly\n1,11.89\n2,18.61\n3,18.62\n4,25.00\n", source="sjc")
    rows = scale_after(read, read_offer(award("percent = 3.6\nat_least_hourly = 0.67"), source="sjc"))

    assert [row.hourly_micros for row in rows] == [12_560_000, 19_280_000, 19_290_000, 25_900_000]
    low = (Fraction(12_560_000) / 11_890_000 - 1) * 100
    assert round(float(low), 2) == 5.63


def test_that_every_award_of_the_list_with_two_tables_is_tested_here_or_beside() -> None:
    path = CASES.parents[2].parent / "shared" / "reference" / "awards.json"
    if not path.exists():
        pytest.skip("the shared reference tables are not here")
    listed = set(re.findall(r'"id":\s*"(\w+)"', path.read_text("utf-8")))
    without_tables = {"jnc_youth_2021", "jnc_youth_2023", "sjc_2024", "sjc_2021", "sjc_2023_offer"}
    tested = {f"njc_{year}" for year in range(2020, 2027)} | {f"afc_{year}" for year in range(2022, 2027)}

    assert listed - without_tables == tested | {"teachers_2024"}
