"""solve, money, the pairs of test and the mapping of accounts, as a user runs them, Qt blocked."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bargain.offers.offer_file import read_offer
from bargain.storage.sector_file import SectorFile
from models.what_if import AgencyLine, Constraint, InHousePlan, StayingPlan, Union, WhatIf
from tests.bargain.commands.test_cli import PASSPHRASE, answer, bargain, folder  # noqa: F401  # a fixture
from tests.helpers.f1 import GRADES, O2, f1_sector

REACHABLE = f"""
[[target]]
name = "Keep seniors ahead"
measure = "differential"
grade = "{GRADES[1]}"
over = "{GRADES[0]}"
scope = "every_employer"
at_least = 0.08
[[target]]
name = "Nobody under 13.60"
measure = "heads_below_hourly"
hourly = 13.60
at_most = 0
"""


@pytest.fixture
def files(folder: Path) -> Path:  # noqa: F811
    (folder / "reachable.toml").write_text(REACHABLE, encoding="utf-8")
    return folder


def test_that_solve_gives_values_whose_offer_costs_what_it_says(files: Path) -> None:
    found = answer(
        "solve", "f1.bargain", "--offer", "o2.toml", "--vary", "percent=2:4", "floor_hourly=13.4:14.4",
        "--targets", "reachable.toml", "--out", "found.toml", cwd=files,
    )  # fmt: skip
    cost = answer("cost", "f1.bargain", "--offer", "found.toml", cwd=files)["total"]["full_year"]

    assert found["feasible"]
    assert found["values"] == {"percent": 2.0, "floor_hourly": 13.6}
    assert found["binding"] == ["Nobody under 13.60"]
    assert found["at_limits"] == ["percent"]
    assert round(found["aim"]["value"], 2) == cost
    assert read_offer(found["offer"], source="o") == read_offer(
        (files / "found.toml").read_text("utf-8"), source="o"
    )
    assert all(one["met"] for one in found["targets"])


def test_that_solve_says_which_targets_cannot_be_met_together(files: Path) -> None:
    found = answer(
        "solve", "f1.bargain", "--offer", "o2.toml", "--vary", "floor_hourly=13:14", "--targets", "targets.toml",
        cwd=files, code=1,
    )  # fmt: skip

    assert not found["feasible"]
    assert {one["name"] for one in found["conflict"]} <= {"Narrow the sector", "Profit restraint", "Envelope"}
    assert found["conflict"]
    text = bargain(
        "solve", "f1.bargain", "--offer", "o2.toml", "--vary", "floor_hourly=13:14", "--targets", "targets.toml",
        cwd=files,
    )  # fmt: skip
    assert text.returncode == 1
    assert "Can't be done within these limits" in text.stdout


def test_that_an_envelope_needs_to_know_what_is_best(files: Path) -> None:
    asked = ("solve", "f1.bargain", "--offer", "o2.toml", "--vary", "percent=1:4", "--envelope", "500000")
    silent = bargain(*asked, cwd=files)
    best = answer(*asked, "--maximise", "general_rise", cwd=files)

    assert silent.returncode == 2
    assert "--minimise or --maximise" in silent.stderr
    assert best["feasible"]
    assert best["targets"][0]["value"] <= 500_000


def test_that_money_gives_f1s_anchors(files: Path) -> None:
    found = answer(
        "money", "f1.bargain", "--offer", "o2.toml", "--inflation", "2", "--stress", "occupancy=-5", cwd=files
    )
    a, b, c = found["employers"]

    assert a["hundred_pounds"]["rent"] == 5.0
    assert a["operating_margin"] == pytest.approx(0.1372, abs=5e-5)
    assert b["operating_margin"] == pytest.approx(0.0278, abs=5e-5)
    assert c["operating_margin"] is None
    assert a["fee_hold_profit"] == pytest.approx(0.06075, abs=5e-6)
    assert a["fee"]["over_inflation"] == pytest.approx(-0.02)
    assert b["margin_under_stress"] == pytest.approx(
        (2_650_000 * 0.95 - 2_650_000 * (1 - b["operating_margin"])) / (2_650_000 * 0.95)
    )
    assert found["at_risk"]["employers"] == ["B"]
    assert found["at_risk"]["not_known"] == 1
    assert len(a["months"]) == 24
    refused = bargain("money", "f1.bargain", "--stress", "weather=3", cwd=files)
    assert refused.returncode == 2
    assert "use one of occupancy" in refused.stderr


def test_that_test_prints_both_halves_of_each_pair(files: Path) -> None:
    found = answer(
        "test",
        "f1.bargain",
        "--offer",
        "o3.toml",
        "--targets",
        "targets.toml",
        "--symmetry",
        cwd=files,
        code=1,
    )
    compression, restraint = found["pairs"]

    assert [half["status"] for half in compression["halves"]] == ["met", "missed"]
    assert compression["status"] == "missed"
    assert restraint["halves"][0]["note"]
    assert any(one["name"] == "Profit grows no faster than pay" for one in found["targets"])


def test_that_accounts_take_a_mapping_and_reconcile_to_the_payroll(files: Path) -> None:
    (files / "foreign.csv").write_text("Firm,Umsatz,Personal\nA,5600,3371.715\n", encoding="utf-8")
    (files / "map.toml").write_text(
        '[columns]\nemployer = "Firm"\nrevenue = "Umsatz"\nlabour = "Personal"\n[money]\nunit = "thousands"\n',
        encoding="utf-8",
    )
    refused = bargain("accounts", "f1.bargain", "foreign.csv", cwd=files)
    found = answer(
        "accounts",
        "f1.bargain",
        "foreign.csv",
        "--mapping",
        "map.toml",
        "--save-mapping",
        "kept.toml",
        cwd=files,
    )
    again = answer("accounts", "f1.bargain", "foreign.csv", cwd=files)

    assert refused.returncode == 2
    assert found["employers"][0]["revenue"] == 5_600_000
    assert found["employers"][0]["reconciliation"] == pytest.approx(1.0, abs=0.001)
    assert again["read_as"] == "foreign.csv"
    assert 'unit = "thousands"' in (files / "kept.toml").read_text("utf-8")
    counted = (again["rows_read"], again["totals"], again["set_aside"], again["blank"])
    assert (again["rows_in_file"], counted) == (1, (1, 0, 0, 0))
    assert answer("mappings", "f1.bargain", cwd=files)["mappings"][-1]["reads"] == "accounts"

    (files / "open.csv").write_text(
        "Employer,Turnover 2026,Turnover 2025\nA,5600000,5100000\n", encoding="utf-8"
    )
    asked = bargain("accounts", "f1.bargain", "open.csv", cwd=files)
    assert asked.returncode == 2
    assert "with the key columns.revenue (--mapping)" in asked.stderr


def test_that_a_statement_is_asked_about_with_its_lines_and_read_with_the_answers(files: Path) -> None:
    (files / "own.csv").write_text(
        "A Ltd,31 March 2026\nFees,5600000\nWages,3371715\nAgency,100000\nZebras,28285\nSurplus,2100000\n",
        encoding="utf-8",
    )
    shutil.copy(files / "f1.bargain", files / "own.bargain")  # the other tests share the first
    asked = bargain("accounts", "own.bargain", "own.csv", "--json", cwd=files)
    questions = json.loads(asked.stdout)["questions"]
    (files / "lines.toml").write_text('[lines]\nAgency = "labour"\nZebras = "other"\n', encoding="utf-8")
    found = answer("accounts", "own.bargain", "own.csv", "--mapping", "lines.toml", cwd=files)

    assert asked.returncode == 2
    assert [one["key"] for one in questions] == ["lines.Agency", "lines.*"]
    assert questions[0]["examples"][0]["31 March 2026"] == "100,000"
    assert (found["runs"], found["employers"][0]["name"]) == ("down", "A")
    assert found["employers"][0]["labour"] == 3_471_715
    assert found["employers"][0]["margin"] == pytest.approx(0.375)
    assert (found["rows_in_file"], found["rows_read"]) == (5, 5)


def test_that_the_larger_what_ifs_give_their_published_cases(files: Path) -> None:
    inside = answer("insource", "f1.bargain", "--employers", "A", "--like", "C", "--multiple", "5", cwd=files)
    agency = answer(
        "agency", "--charge", "24", "--pay", "14", "--on-cost", "3.2", "--hours", "10000", cwd=files
    )
    staying = answer(
        "staying", "f1.bargain", "--offer", "o2.toml", "--newly", "B", "--unions", "x=60", "y=30", "z=15",
        cwd=files, code=1,
    )  # fmt: skip
    regimes = answer(
        "regimes", "f1.bargain", "--offer", "o2.toml", "--fee-cut", "10", "--falls-on-pay", "50", cwd=files
    )

    assert inside["payback"] == pytest.approx(8.79, abs=0.005)
    assert "legal advice" in inside["caveat"]
    assert agency["skim_share"] == pytest.approx(0.2833, abs=5e-5)
    assert staying["coverage"]["coverage_after"] == pytest.approx(0.495, abs=6e-4)
    assert set(staying["no_constraint"]) == {"A", "B"}
    assert [one["fee_change"] for one in regimes["regimes"]] == [0.0, -0.1, 0.0]
    assert regimes["employers_known"] == 2


def test_that_staying_and_regimes_take_from_the_file_what_no_option_says(tmp_path: Path) -> None:
    assumed = WhatIf(
        staying=StayingPlan(("B",), (Union("x", 105),), constraints=(Constraint("A", 200_000),)), fee_cut=0.1
    )
    kept(tmp_path, assumed)
    (tmp_path / "o2.toml").write_text(O2, encoding="utf-8")
    staying = answer("staying", "f1.bargain", "--offer", "o2.toml", cwd=tmp_path, code=1)
    silent = answer("regimes", "f1.bargain", "--offer", "o2.toml", cwd=tmp_path)
    regimes = answer("regimes", "f1.bargain", "--offer", "o2.toml", "--falls-on-pay", "50", cwd=tmp_path)

    assert staying["coverage"]["coverage_after"] == pytest.approx(0.495, abs=6e-4)
    assert staying["coverage"]["union_density"] == pytest.approx(105 / 222)
    assert silent["regimes"][1] is None  # the other two need neither assumption
    assert silent["regimes"][2] == regimes["regimes"][2]
    assert silent["not_known"] == {"Regional Care Co-operative": ["the share of that which pay bears"]}
    assert regimes["not_known"] == {}
    assert regimes["assumptions"]["fee_cut"] == 0.1
    assert regimes["regimes"][2]["covered"] == pytest.approx(0.495, abs=6e-4)


def test_that_the_larger_what_ifs_print_what_they_assume(files: Path) -> None:
    told = [
        bargain(*words, cwd=files).stdout
        for words in (
            (
                "insource",
                "f1.bargain",
                "--employers",
                "A",
                "--rates",
                "Team leader=19.00",
                "--compensation",
                "3e6",
            ),
            ("regimes", "f1.bargain", "--offer", "o2.toml", "--fee-cut", "10", "--falls-on-pay", "50"),
            ("staying", "f1.bargain", "--offer", "o2.toml", "--constraint", "A=500000", "B=500000"),
            (
                "agency",
                "--charge",
                "24",
                "--pay",
                "14",
                "--on-cost",
                "3.2",
                "--hours",
                "10000",
                "--filled",
                "90",
            ),
        )
    ]

    assert "104 staff have no comparator" in told[0]
    assert "names no winner" in told[1]
    assert "0 employers would gain" in told[2]
    assert "1,000" in told[3]


def kept(where: Path, assumed: WhatIf) -> None:
    """F1 as a sector file with these assumptions."""
    file = SectorFile.create(where / "f1.bargain", replace(f1_sector(), what_if=assumed), PASSPHRASE)
    file.save()
    file.close()


def test_that_insource_reads_the_plan_of_the_file_and_an_option_wins_over_it(tmp_path: Path) -> None:
    kept(tmp_path, WhatIf(in_house=InHousePlan(("A",), like="C", stated=1e6, multiple=5.0, years=7)))
    plan = answer("insource", "f1.bargain", cwd=tmp_path)
    other = answer("insource", "f1.bargain", "--multiple", "5", "--years", "3", cwd=tmp_path)
    typed = answer("insource", "f1.bargain", "--rates", "Team leader=19", "--recoverable", "10", cwd=tmp_path)

    assert (plan["employers"], plan["compensation"], plan["years"]) == (["A"], 1e6, 7)
    assert [one["compensation"] for one in plan["ways"]][2:] == [pytest.approx(5 * 1_108_285), 1e6]
    assert other["payback"] == pytest.approx(8.79, abs=0.005)  # the published case
    assert (other["years"], other["compensation"]) == (3, pytest.approx(5 * 1_108_285))
    assert typed["comparator"] == {"Team leader": 19.0}
    assert typed["gross"] == pytest.approx(1_108_285 + 10)


def test_that_insource_says_what_neither_the_file_nor_an_option_says(tmp_path: Path) -> None:
    kept(tmp_path, WhatIf())
    nobody = bargain("insource", "f1.bargain", cwd=tmp_path)
    no_rates = bargain("insource", "f1.bargain", "--employers", "A", cwd=tmp_path)

    assert (nobody.returncode, "--employers" in nobody.stderr) == (2, True)
    assert (no_rates.returncode, "--like or --rates" in no_rates.stderr) == (2, True)


def test_that_agency_reads_the_lines_of_the_file_and_an_option_wins_over_them(tmp_path: Path) -> None:
    """£24.00 less £14.00 and £3.20 is a skim of £6.80 an hour; own staff for half of 10,000 hours cost £17.20 each."""
    lines = (
        AgencyLine("Nights", "A", charge=24.0, pay=14.0, on_cost=3.2, hours=10_000.0, filled=0.5),
        AgencyLine("Days", "B", pay=13.0, on_cost=3.0, hours=100.0),
    )
    kept(tmp_path, WhatIf(agency=lines))
    (tmp_path / "o2.toml").write_text(O2, encoding="utf-8")
    found = answer("agency", "f1.bargain", "--offer", "o2.toml", cwd=tmp_path)
    nights, days = found["lines"]
    charged = answer("agency", "f1.bargain", "--charge", "20", cwd=tmp_path)["lines"]
    told = bargain("agency", "f1.bargain", cwd=tmp_path).stdout

    assert nights["skim_a_year"] == pytest.approx(68_000)
    assert (nights["direct_cost"], nights["saved"]) == (pytest.approx(86_000), pytest.approx(34_000))
    assert nights["unfilled_hours"] == pytest.approx(5_000)
    assert (days["skim"], days["not_known"]) == (None, ["charge"])
    assert (nights["below_floor"], days["below_floor"]) == (
        0,
        pytest.approx(1),
    )  # the offer's floor is £14.00
    assert (found["totals"]["lines"], found["totals"]["known"]) == (2, 1)
    assert [one["skim"] for one in charged] == [pytest.approx(2.8), pytest.approx(4.0)]
    assert charged[1]["saved"] is None  # nobody said how many hours would be filled
    assert "“Days” is not counted: the charge is not known." in told


def test_that_agency_without_file_and_figures_names_what_is_missing(files: Path) -> None:
    silent = bargain("agency", "--charge", "24", cwd=files)
    empty = bargain("agency", "f1.bargain", cwd=files)

    assert (silent.returncode, "--pay, --on-cost, --hours" in silent.stderr) == (2, True)
    assert (empty.returncode, "holds no agency lines" in empty.stderr) == (2, True)


def test_that_the_order_free_cost_stands_beside_the_stated_order_and_both_add_up(files: Path) -> None:
    flags = ("--offer", "o2.toml", "--order-free", "--figure")
    explained = answer("explain", "f1.bargain", *flags, "cost_full_year", cwd=files)
    compared = answer("compare", "f1.bargain", "o2.toml", "--order-free", cwd=files)["offers"][0]
    refused = bargain("explain", "f1.bargain", *flags, "p50", cwd=files)
    found = explained["order_free"]

    assert found == compared["order_free"]
    assert found["total"] == explained["value"] == compared["cost"]["full_year"]
    assert found["orders"] == 6
    for column in ("order_free", "in_this_order"):
        assert sum(one[column] for one in found["elements"]) == pytest.approx(found["total"], abs=0.001)
    assert refused.returncode == 2
    assert "--figure cost_full_year" in refused.stderr


def test_that_parity_prints_the_mapping_it_assumes_and_the_gap_that_follows(files: Path) -> None:
    grade = GRADES[0]
    asked = ("parity", "f1.bargain", "--nhs", f"{grade}=3 top", "--employers", "A")
    now = answer(*asked, "--pace", "2", cwd=files)
    after = answer(*asked, "--offer", "o2.toml", cwd=files)
    refused = bargain("parity", "f1.bargain", "--nhs", "Butler=3 top", cwd=files)

    assert now["mapping"] == [{"grade": grade, "place": "band 3 top", "hourly": 14.05}]
    assert now["by_grade"][0]["gap"] == pytest.approx((14.05 - 12.71) / 14.05)
    assert after["by_grade"][0]["gap"] == pytest.approx((14.05 - 14.00) / 14.05)
    assert now["years_to_close"] == pytest.approx(5.06, abs=0.01)
    assert refused.returncode == 2
    assert "no grade “Butler”" in refused.stderr
