"""Awards that the engine was not made for, and tables that do not fit: both are told apart, point by point."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bargain.cli import main
from bargain.money import rounding_of
from bargain.offers.offer_file import read_offer
from bargain.offers.scale import scale_after
from bargain.offers.scale_check import PointCheck, checked_against
from models.basis import Basis
from models.payscale import PayScale, Rounding, ScalePoint

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "scales"
SHARED = ROOT.parent / "shared" / "fixtures" / "real" / "scales"
POUND = 1_000_000


def columns(name: str) -> tuple[list[str], dict[str, list[int]]]:
    """The days of a table, and each point's published amounts."""
    with (CASES / name).open(encoding="utf-8") as file:
        heading, *rows = csv.reader(file)
    return heading[1:], {row[0]: [int(one) * POUND for one in row[1:]] for row in rows}


def scale_of(amounts: dict[str, int], rounding: str) -> PayScale:
    rule, to = rounding_of(rounding) or (Rounding.NONE, 1)
    points = tuple(ScalePoint(name, amount) for name, amount in amounts.items())
    return PayScale("published", Basis.YEAR, points, rule, rounding_to=to)


def award(day: str, rule: str) -> str:
    return f"[[settlement]]\neffective = {day}\n[[settlement.pay]]\n{rule}\n"


AWARDS = {
    "snct_2003_2007.csv": ["percent = 2.9", "percent = 2.9", "percent = 2.0", "percent = 2.25"],
    "snct_2007_2010.csv": ["percent = 2.25", "percent = 2.5", "percent = 2.4"],
    "snct_2014_2018.csv": ["percent = 1.5", "percent = 1", "percent = 1", "percent = 1"],
    "snct_2020_2024.csv": ["percent = 1.22", "percent = 1", "percent = 7", "percent = 5", "percent = 2"],
    "police_2017_2018.csv": ["percent = 2"],
}


@pytest.mark.parametrize("name", AWARDS)
def test_that_awards_rounded_to_three_pounds_come_out_year_after_year(name: str) -> None:
    days, published = columns(name)
    start = scale_of({point: amounts[0] for point, amounts in published.items()}, "half-up-3-pounds")
    for last in range(1, len(days)):
        steps = "".join(award(day, rule) for day, rule in zip(days[1 : last + 1], AWARDS[name], strict=False))
        rows = scale_after(start, read_offer(steps, source=name))
        assert {row.point: row.annual_micros for row in rows} == {
            point: amounts[last] for point, amounts in published.items()
        }, days[last]


def test_that_three_fire_awards_one_after_the_other_give_the_annual_and_hourly_table_of_2024() -> None:
    with (CASES / "fire_2021.csv").open(encoding="utf-8") as file:
        start = {row["role"]: int(row["annual"]) * POUND for row in csv.DictReader(file)}
    with (CASES / "fire_2024.csv").open(encoding="utf-8") as file:
        published = {row["role"]: (row["annual"], row["hourly"]) for row in csv.DictReader(file)}
    steps = "".join(
        award(f"{year}-07-01", f"percent = {by}") for year, by in ((2022, 7), (2023, 5), (2024, 4))
    )
    scale = replace(scale_of(start, "half-up-pound"), weekly_hours=42.0)
    rows = scale_after(scale, read_offer(steps, source="fire"))

    assert len(published) == 16
    assert {
        row.point: (f"{row.annual_micros / POUND:.0f}", f"{row.hourly_micros / POUND:.2f}") for row in rows
    } == published


def test_that_two_police_awards_to_the_nearest_three_pounds_give_the_table_of_2020() -> None:
    _, published = columns("police_2018_2020.csv")
    start = scale_of({point: amounts[0] for point, amounts in published.items()}, "half-up-3-pounds")
    steps = award("2019-09-01", "percent = 2.5") + award("2020-09-01", "percent = 2.5")
    rows = scale_after(start, read_offer(steps, source="police"))

    assert {row.point: row.annual_micros for row in rows} == {
        point: amounts[1] for point, amounts in published.items()
    }


def test_that_three_awards_for_teachers_of_northern_ireland_come_out_rounded_up_each_year() -> None:
    """1 %, 5 %, then 4.1 % and £1,000, from the points of 2020 (neu.org.uk) to those of 2023 (into.ie): UPS 1 to 3.

    Both unions' pages give the rule; £38,216 rounds up to £38,599, £40,529 and £43,191.
    """
    start = scale_of({"1": 38_216 * POUND, "2": 39_630 * POUND, "3": 41_094 * POUND}, "up-pound")
    steps = award("2021-09-01", "percent = 1") + award("2022-09-01", "percent = 5")
    rows = scale_after(
        start, read_offer(steps + award("2023-09-01", "percent = 4.1\ncash = 1000"), source="NI")
    )

    assert [row.annual_micros // POUND for row in rows] == [43_191, 44_753, 46_368]


def test_that_a_table_that_does_not_fit_is_reported_with_its_points() -> None:
    """Higher education 2010: 0.4 % and half up to the pound miss three of fifteen points by £1; 2011 fits whole."""
    days, published = columns("higher_education_2009_2011.csv")
    tables = [
        scale_of({point: amounts[at] for point, amounts in published.items()}, "half-up-pound")
        for at in range(3)
    ]
    first = scale_after(tables[0], read_offer(award(days[1], "percent = 0.4"), source="2010"))
    wrong = [one for one in checked_against(first, tables[1]) if not one.fits]

    assert wrong == [
        PointCheck("28", 28_252 * POUND, 28_251 * POUND),
        PointCheck("33", 32_750 * POUND, 32_751 * POUND),
        PointCheck("36", 35_789 * POUND, 35_788 * POUND),
    ]
    second = scale_after(tables[1], read_offer(award(days[2], "cash = 150"), source="2011"))
    assert all(one.fits for one in checked_against(second, tables[2]))


def test_that_points_which_only_one_table_has_are_reported() -> None:
    rows = scale_after(
        scale_of({"1": 20_000 * POUND, "2": 21_000 * POUND}, "half-up-pound"),
        read_offer(award("2026-04-01", "percent = 1"), source="x"),
    )
    published = scale_of({"02": 21_210 * POUND, "3": 23_000 * POUND}, "half-up-pound")

    assert checked_against(rows, published) == (
        PointCheck("02", 21_210 * POUND, 21_210 * POUND),
        PointCheck("3", None, 23_000 * POUND),
        PointCheck("1", 20_200 * POUND, None),
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "before.csv").write_text("point,annual\n1,20000\n2,20003\n", encoding="utf-8")
    (tmp_path / "o.toml").write_text(award("2026-04-01", "percent = 2.5"), encoding="utf-8")
    return tmp_path


def test_that_the_command_checks_a_published_table_and_says_no(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """20,003 × 1.025 is 20,503.075; to the nearest £3 that is 20,502."""
    (folder / "good.csv").write_text("point,annual\n1,20499\n2,20502\n", encoding="utf-8")
    (folder / "bad.csv").write_text("point,annual\n1,20499\n2,20505\n3,30000\n", encoding="utf-8")
    told = ["scale", "before.csv", "--offer", "o.toml", "--rounding", "half-up-3-pounds", "--check"]

    assert main([*told, "good.csv"]) == 0
    assert capsys.readouterr().out == "2 of 2 points are as good.csv has them.\n"
    assert main([*told, "bad.csv"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "1 of 3 points are as bad.csv has them.",
        "  2: the award gives £20502, published is £20505 (£3 more).",
        "  3: published at £30000, but the award gives no such point.",
    ]
    assert main([*told, "bad.csv", "--json"]) == 1
    check = json.loads(capsys.readouterr().out)["check"]
    assert (check["fits"], check["points_checked"], check["points_that_fit"]) == (False, 3, 1)
    assert check["misfits"][0] == {"point": "2", "worked_out": 20502.0, "published": 20505.0}


def test_that_the_rate_an_hour_can_follow_from_the_unrounded_year_and_other_weeks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scottish teachers' hour is 1/1827 of the year: 52.2 weeks of 35 hours."""
    told = ["scale", "before.csv", "--offer", "o.toml", "--weeks", "52.2", "--hours", "35", "--json"]
    main([*told, "--rounding", "up-100-pounds"])
    assert json.loads(capsys.readouterr().out)["points"][0]["hourly"] == 11.22  # 20,500 ÷ 1,827 = 11.2206
    main([*told, "--rounding", "up-1000-pounds"])
    assert json.loads(capsys.readouterr().out)["points"][0]["hourly"] == 11.49  # 21,000 ÷ 1,827 = 11.4943
    main(
        [*told, "--rounding", "up-1000-pounds", "--hourly-from", "unrounded", "--hourly-rounding", "up-penny"]
    )
    assert json.loads(capsys.readouterr().out)["points"][0]["hourly"] == 11.23


@pytest.mark.parametrize("rule", ["sideways-pound", "up-0-pounds", "half-up", "half-up-pint"])
def test_that_no_rounding_rule_is_refused_in_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], rule: str
) -> None:
    assert main(["scale", "before.csv", "--offer", "o.toml", "--rounding", rule]) == 2
    assert f"--rounding is “{rule}”, which is no rounding rule" in capsys.readouterr().err


# -- tables of other countries, read where they are -------------------------------------------------


def test_that_united_states_base_pay_of_2026_comes_out_to_the_dollar() -> None:
    """The first step of each grade rises by 1 %, to the nearest dollar; later steps follow from it, not from 1 %."""
    path = SHARED / "us_gs_step1_2023_2026.csv"
    if not path.exists():
        pytest.skip("the shared fixtures are not here")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        scale = scale_of({row["grade"]: int(row["before"]) * POUND}, "half-up-pound")
        after = scale_after(
            scale, read_offer(award("2026-01-01", f"percent = {row['award_pct']}"), source="gs")
        )
        assert after[0].annual_micros == int(row["after"]) * POUND, row
