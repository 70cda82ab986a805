"""Published pay tables come out of the published award, point by point."""

from __future__ import annotations

import csv
from fractions import Fraction
from math import ceil
from pathlib import Path

import pytest

from bargain.offers.offer_file import read_offer
from bargain.offers.scale import scale_after
from bargain.offers.scale_file import read_scale, write_scale_after
from models.issues import UnusableInput
from models.payscale import PayScale, Rounding

CASES = Path(__file__).parents[2] / "cases" / "scales"
AFC_AWARDS = {2023: "5", 2024: "5.5", 2025: "3.6", 2026: "3.3"}


def table(name: str) -> dict[str, dict[str, str]]:
    with (CASES / name).open(encoding="utf-8") as file:
        return {row["point"]: row for row in csv.DictReader(file)}


def scale(name: str, rounding: Rounding | None = None) -> PayScale:
    return read_scale((CASES / name).read_text("utf-8"), source=name, rounding=rounding)[0]


def offer(body: str):
    return read_offer(f"[[settlement]]\neffective = 2024-04-01\n{body}", source="award")


def pay(body: str) -> str:
    return f"[[settlement.pay]]\n{body}\n"


NJC = {
    2020: pay("percent = 2.75"),
    2021: pay('points = "2-43"\npercent = 1.75') + pay('points = "1"\npercent = 2.75'),
    2022: pay("cash = 1925"),
    2023: 'delete_points = ["1"]\n' + pay("cash = 1925"),
    2024: pay('points = "2-43"\ncash = 1290'),
    2025: pay("percent = 3.20"),
    2026: 'delete_points = ["2"]\n' + pay("percent = 3.30"),
}


@pytest.mark.parametrize("year", NJC)
def test_that_every_njc_table_comes_out_to_the_pound_and_the_penny(year: int) -> None:
    rows = scale_after(scale(f"njc_{year - 1}.csv"), offer(NJC[year]))
    published = table(f"njc_{year}.csv")

    assert {row.point: f"{row.annual_micros / 1e6:.0f}" for row in rows} == {
        point: row["annual"] for point, row in published.items()
    }
    assert {row.point: f"{row.hourly_micros / 1e6:.2f}" for row in rows} == {
        point: row["hourly"] for point, row in published.items()
    }


def test_that_the_teachers_table_of_2024_comes_out_rounded_up() -> None:
    rows = scale_after(scale("teachers_england_2023.csv", Rounding.UP_POUND), offer(pay("percent = 5.5")))
    published = table("teachers_england_2024.csv")

    assert len(published) == 33
    assert {row.point: f"{row.annual_micros / 1e6:.0f}" for row in rows} == {
        point: row["annual"] for point, row in published.items()
    }


def test_that_the_fire_service_table_of_2022_comes_out_to_the_pound() -> None:
    rows = scale_after(scale("fire_2021.csv"), offer(pay("percent = 7")))
    with (CASES / "fire_2022.csv").open(encoding="utf-8") as file:
        published = {row["role"]: row["annual"] for row in csv.DictReader(file)}

    assert len(published) == 16
    assert {row.point: f"{row.annual_micros / 1e6:.0f}" for row in rows} == published


def afc_start(band: str, point: str) -> Fraction | None:
    """An unrounded 2022 value from which every later table follows, found by intervals and not by the engine."""
    low, high, factor = Fraction(0), Fraction(10**7), Fraction(1)
    for year in range(2022, 2027):
        factor *= 1 + Fraction(AFC_AWARDS.get(year, "0")) / 100
        with (CASES / f"afc_{year}.csv").open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if (row["band"], row["point"]) == (band, point)]
        if not rows:
            return None
        published = int(rows[0]["annual"])
        low = max(low, (published - Fraction(1, 2)) / factor)
        high = min(high, (published + Fraction(1, 2)) / factor)
    return Fraction(ceil(low * 10**6), 10**6) if low < high else None


def test_that_agenda_for_change_follows_from_unrounded_values() -> None:
    with (CASES / "afc_2022.csv").open(encoding="utf-8") as file:
        points = [(row["band"], row["point"]) for row in csv.DictReader(file)]
    # band 2 was collapsed to its top point in 2023, so its entry point has no chain
    starts = {key: afc_start(*key) for key in points if key != ("2", "entry")}
    chained = {key: start for key, start in starts.items() if start is not None}
    assert len(chained) >= 24

    lines = [f"{band} {point},{round(start)},{float(start):.6f}" for (band, point), start in chained.items()]
    read, exact = read_scale("point,annual,annual_unrounded\n" + "\n".join(lines), source="afc")
    awards = "".join(
        f"[[settlement]]\neffective = {year}-04-01\n{pay(f'percent = {percent}')}"
        for year, percent in AFC_AWARDS.items()
    )
    steps = read_offer(awards, source="awards")
    rows = scale_after(read, steps, carry_unrounded=True, starts=exact)

    with (CASES / "afc_2026.csv").open(encoding="utf-8") as file:
        published = {f"{row['band']} {row['point']}": row["annual"] for row in csv.DictReader(file)}
    for row in rows:
        assert f"{row.annual_micros / 1e6:.0f}" == published[row.point], row.point


def test_that_carrying_rounded_values_loses_some_points_of_agenda_for_change() -> None:
    """The published values alone do not give the next table: 24 of 30 points, as the award list says."""
    read, _ = read_scale((CASES / "afc_2025.csv").read_text("utf-8"), source="afc")
    rows = scale_after(read, offer(pay("percent = 3.3")))
    with (CASES / "afc_2026.csv").open(encoding="utf-8") as file:
        published = [row["annual"] for row in csv.DictReader(file)]

    same = sum(
        f"{row.annual_micros / 1e6:.0f}" == wanted for row, wanted in zip(rows, published, strict=True)
    )
    assert same == 24


def test_that_the_austrian_offer_of_2022_breaks_even_where_published() -> None:
    read, _ = read_scale(
        "point,annual\na,1715.00\nb,2187.50\nc,3000.00\n", source="swoe", rounding=Rounding.HALF_UP_PENNY
    )
    rows = scale_after(read, offer(pay("percent = 8\nat_least_cash = 175")))

    assert [row.annual_micros - row.before_annual_micros for row in rows] == [
        175_000_000,
        175_000_000,
        240_000_000,
    ]


def test_that_a_written_table_reads_back_with_its_unrounded_values() -> None:
    rows = scale_after(scale("njc_2024.csv"), offer(pay("percent = 3.20")))
    text = write_scale_after(rows)
    read, exact = read_scale(text, source="after")

    assert text.splitlines()[0] == "point,annual,hourly,increase,increase_percent,annual_unrounded"
    assert [point.amount_micros for point in read.points] == [row.annual_micros for row in rows]
    assert list(exact.values()) == [row.unrounded for row in rows]


def test_that_an_hourly_scale_is_lifted_by_the_greater_of_percent_and_pence() -> None:
    read, _ = read_scale("point,hourly\n1,12.00\n2,20.00\n", source="sjc")
    rows = scale_after(read, offer(pay("percent = 3.6\nat_least_hourly = 0.67")))

    assert [row.hourly_micros for row in rows] == [12_670_000, 20_720_000]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "must name the columns"),
        ("point,annual\n1,abc\n", "row 2, column annual: “abc” is not an amount"),
        ("point,annual\n1,20000\n1,21000\n", "row 3: the point “1” stands twice"),
        ("point,annual\n,20000\n", "row 2: the point has no name"),
        ("point,annual\n1,-5\n", "not an amount that anyone is paid"),
        ("", "must name the columns"),
    ],
)
def test_that_a_scale_that_cannot_be_read_is_refused_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(UnusableInput, match=says):
        read_scale(text, source="spine.csv")


def test_that_an_offer_for_points_nobody_has_is_refused() -> None:
    with pytest.raises(UnusableInput, match="nobody is on such a point"):
        scale_after(scale("njc_2024.csv"), offer(pay('points = "90-99"\npercent = 1')))
    with pytest.raises(UnusableInput, match="deletes the point “99”"):
        scale_after(scale("njc_2024.csv"), offer('delete_points = ["99"]\n' + pay("percent = 1")))
