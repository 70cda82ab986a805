"""Explain this number: what is shown adds up, says where it is from, and names no small group."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.appraisal import appraise
from bargain.cli import main
from bargain.commands.shapes import cost_json, headlines_json
from bargain.explain import every_figure, explain, figures
from bargain.explain_beside import BESIDE
from bargain.explain_groups import part_figures
from bargain.explain_lines import contributors
from bargain.explain_since import explain_with_changes
from bargain.headlines import headlines_of
from bargain.offers.offer_file import read_offer
from bargain.offers.target_file import read_targets
from bargain.storage.container import write_sector
from bargain.targets import KNOWN_MEASURES, judge
from models.assumptions import Assumption
from models.employer import Employer
from models.explanation import Explanation, LineKind
from models.grossing import Grossing, KnownTotal, SectorTotals, TotalsUnit
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector
from tests.bargain.export.workbooks import EVERYTHING, made_sector
from tests.bargain.test_by_hand import offers, rows, sector_of
from tests.helpers.f1 import O1, O2, TARGETS, Row, f1_sector, workforce_of

POUNDS = (
    "cost_full_year",
    "cost_in_year",
    "cost_carry_over",
    "cost_total",
    "back_pay",
    "one_off",
    "cost_of_one_percent",
)


def explained(figure: str, offer: str = O2) -> Explanation:
    sector = f1_sector()
    return explain(sector, appraise(sector, read_offer(offer, source="o")), figure)


def check_that_lines_add_up(found: Explanation) -> None:
    """Parts to sub-totals and total, exactly as shown and to a millionth of a pound as they are."""
    parts = [one for one in found.lines if one.kind is LineKind.PART]
    for line in found.lines:
        if line.kind is LineKind.SUBTOTAL:
            own = [one for one in parts if one.label.startswith(f"{line.label}: ")]
            assert line.shown == sum(one.shown or 0.0 for one in own)
        if line.kind is LineKind.TOTAL:
            assert line.amount == pytest.approx(sum(one.amount or 0.0 for one in parts), abs=1e-6)
            assert line.shown == sum(one.shown or 0.0 for one in parts)
            assert line.shown == pytest.approx(line.amount, abs=0.500001)


def test_that_f1_full_year_cost_is_explained_to_the_pound() -> None:
    """Requirements B.3: A 340,192, B 80,503, C 50,924."""
    found = explained("cost_full_year")

    assert found.sentence.startswith("The full-year cost is £471,619: the pay and on-costs of 222 staff")
    assert {one.name: one.shown for one in found.contributors} == {"A": 340_192, "B": 80_503, "C": 50_924}
    check_that_lines_add_up(found)
    assert [one.label for one in found.lines if one.kind is LineKind.TOTAL] == ["Full-year cost"]


def test_that_floor_and_ripple_stand_apart() -> None:
    names = [one.label for one in explained("cost_full_year").lines if one.kind is LineKind.SUBTOTAL]

    assert names == ["pay rules", "floor", "differentials", "rounding and favourability"]


def test_that_p90_over_p10_shows_the_two_rates_it_divides() -> None:
    """Requirements B.3: 16.10 ÷ 12.71 before, 17.39 ÷ 14.00 after."""
    found = explained("p90_p10")
    shown = {one.label: one.amount for one in found.lines}

    assert shown["Ninetieth percentile, before"] == 16.10
    assert shown["Tenth percentile, before"] == 12.71
    assert shown["Ninetieth percentile, after"] == 17.39
    assert shown["Tenth percentile, after"] == 14.00
    assert found.value == pytest.approx(17.39 / 14)
    assert "weighted by heads" in found.sentence


def test_that_a_change_is_after_over_before() -> None:
    found = explained("p90_p10_change")

    assert found.value == pytest.approx((17.39 / 14) / (16.10 / 12.71) - 1)
    assert found.lines[-1].amount == found.value


def test_that_inputs_say_their_source_and_from_when_they_hold() -> None:
    found = {one.label: one for one in explained("cost_full_year").inputs}

    assert found["Employer National Insurance rate"].value == 0.15
    assert all(
        one.source and one.dated
        for label, one in found.items()
        if "National Insurance" in label or "limit" in label
    )
    assert found["Staff data"].note == "no import is recorded"
    assert "Apprenticeship levy rate" not in found  # F1 uses neither levy nor allowance


def test_that_an_assumption_says_whether_it_is_agreed() -> None:
    sector = made_sector()
    found = explain(sector, appraise(sector, read_offer(EVERYTHING, source="o")), "cost_full_year")
    cover = next(one for one in found.inputs if one.label == "Hours that must be covered")

    assert (cover.value, cover.source, cover.agreed) == (0.75, "made for the test", False)


def test_that_what_cannot_be_priced_is_a_line_that_is_not_known() -> None:
    found = explained("cost_full_year", O1 + "  [settlement.terms]\n  sick_pay_full_weeks = 8\n")
    line = next(one for one in found.lines if "sick pay" in one.label)

    assert line.amount is None
    assert line.shown is None
    assert "not known" in line.label


def test_that_small_groups_are_never_named_nor_left_alone_among_the_others() -> None:
    groups = [("Large", 500.0, 1000.4), ("Middle", 40.0, 300.4), ("Small", 9.0, 200.4)]
    found = contributors(groups)

    assert [(one.name, one.heads) for one in found] == [("Large", 500.0), ("others (2)", 49.0)]
    assert sum(one.shown for one in found) == 1501


def test_that_ten_are_named_and_the_rest_together() -> None:
    found = contributors([(f"E{n:02}", 20.0, 100.0 - n) for n in range(15)])

    assert [one.name for one in found] == [*(f"E{n:02}" for n in range(10)), "others (5)"]


def test_that_the_growth_of_the_pay_bill_is_the_measure_and_its_parts_add_up() -> None:
    sector = made_sector()
    appraisal = appraise(sector, read_offer(EVERYTHING, source="o"))
    growth, level = (explain(sector, appraisal, one) for one in ("paybill_growth", "level"))

    assert growth.value == appraisal.after.measures["paybill_growth"]
    assert level.value == appraisal.cost.level
    for found in (growth, level):
        check_that_lines_add_up(found)
        before = next(one.amount for one in found.lines if one.label == "Pay bill before")
        after = next(one.amount for one in found.lines if one.kind is LineKind.TOTAL)
        assert before is not None
        assert after is not None
        assert found.value == pytest.approx(after / before - 1)
        assert sum(one.amount for one in found.contributors) == pytest.approx(after - before)


def test_that_a_figure_that_there_is_not_is_refused_with_the_nearest_named() -> None:
    with pytest.raises(UnusableInput, match="the nearest is “cost_full_year”"):
        explained("cost_full_yaer")


def test_that_every_figure_has_an_explanation() -> None:
    sector = made_sector()
    appraisal = appraise(sector, read_offer(EVERYTHING, source="o"))
    for figure in figures():
        found = explain(sector, appraisal, figure)
        assert found.sentence.endswith(".")
        assert found.lines, figure
        check_that_lines_add_up(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=12), offers)
def test_that_what_is_shown_adds_up_for_any_sector_and_offer(made: list[Row], offer: Offer) -> None:
    sector = sector_of(made)
    appraisal = appraise(sector, offer)
    for figure in POUNDS:
        found = explain(sector, appraisal, figure)
        check_that_lines_add_up(found)
        total = next(one for one in found.lines if one.kind is LineKind.TOTAL)
        assert total.amount == pytest.approx(found.value, abs=1e-6)
        if found.contributors:
            assert sum(one.amount for one in found.contributors) == pytest.approx(found.value, abs=1e-6)
            assert sum(one.shown for one in found.contributors) == pytest.approx(total.shown, abs=1)
        assert all(one.heads >= 10 for one in found.contributors if not one.name.startswith("others"))


def test_that_the_command_explains_in_words_and_in_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", "correct horse battery")
    monkeypatch.chdir(tmp_path)
    write_sector(tmp_path / "f1.bargain", f1_sector(), "correct horse battery")
    (tmp_path / "o2.toml").write_text(O2, encoding="utf-8")
    ask = ["explain", "f1.bargain", "--offer", "o2.toml", "--figure"]

    assert main([*ask, "cost_full_year"]) == 0
    assert "→ Full-year cost" in capsys.readouterr().out
    assert main([*ask, "cost_full_year", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["value"] == pytest.approx(471_619, abs=1)
    assert [one["shown"] for one in found["contributors"]] == [340_192, 80_503, 50_924]
    assert main([*ask, "p90_p11"]) == 2
    assert "p90_p10" in capsys.readouterr().err


def test_that_every_part_of_a_cost_can_be_explained_and_adds_up() -> None:
    """Elements, employers, grades, owners and steps each come to the full-year cost between them."""
    sector = made_sector()
    appraisal = appraise(sector, read_offer(EVERYTHING, source="o"))
    whole = appraisal.cost.full_year
    named = part_figures(appraisal)
    sums: dict[str, float] = {}
    for figure in named:
        found = explain(sector, appraisal, figure)
        check_that_lines_add_up(found)
        kind = figure.partition(":")[0]
        sums[kind] = sums.get(kind, 0.0) + (found.value or 0.0)
        if kind != "thumb" and (figure not in BESIDE or found.contributors):
            assert sum(one.amount for one in found.contributors) == pytest.approx(found.value, abs=1e-6)
    assert sums["element"] == pytest.approx(whole)
    assert sums["step"] == pytest.approx(whole)
    small = [one for one in appraisal.cost.by_employer if one.heads < 10]
    assert sums["employer"] + sum(one.full_year for one in small) == pytest.approx(whole)
    for one in appraisal.cost.by_grade:
        if one.heads >= 10:
            found = explain(sector, appraisal, f"grade:{one.name}")
            assert found.value == pytest.approx(one.full_year)


def test_that_an_employer_with_few_staff_is_not_explained() -> None:
    sector = made_sector()
    appraisal = appraise(sector, read_offer(EVERYTHING, source="o"))

    with pytest.raises(UnusableInput, match="fewer than 10 staff"):
        explain(sector, appraisal, "employer:=Own rate")


def test_that_f1_employer_a_is_explained_by_grade_without_naming_its_four_managers() -> None:
    found = explained("employer:A")

    assert found.value == pytest.approx(340_192, abs=1)
    assert found.contributors_by == "grade"
    assert [one.name for one in found.contributors][
        -1
    ] == "others (2)"  # eight team leaders and four managers
    assert sum(one.heads for one in found.contributors) == 112


def test_that_what_changed_since_the_last_tabled_offer_adds_up() -> None:
    """O1 was tabled by the employers; O2 costs £471,619 − £291,062 more, told by element."""
    tabled = replace(read_offer(O1, source="o"), tabled=True)
    other = replace(tabled, name="the unions' claim", by="workers")
    sector = replace(f1_sector(), offers=(tabled, other))
    appraisal = appraise(sector, read_offer(O2, source="o"))
    found = explain_with_changes(sector, appraisal, "cost_full_year").since
    assert found is not None

    assert found.offer == "O1: four per cent"
    assert found.value == pytest.approx(291_062, abs=1)
    total = found.lines[-1]
    assert total.amount == pytest.approx(471_619 - 291_062, abs=1.5)
    assert sum(one.shown or 0 for one in found.lines[:-1]) == total.shown
    assert {one.label for one in found.lines} >= {"pay rules", "floor", "differentials"}
    ratio = explain_with_changes(sector, appraisal, "p90_p10").since
    assert ratio is not None
    assert ratio.lines[-1].amount == pytest.approx(17.39 / 14 - 16.74 / 13.22)
    assert explain_with_changes(f1_sector(), appraisal, "cost_full_year").since is None


def test_that_an_unsourced_and_a_disputed_input_are_marked() -> None:
    made = made_sector()
    cover = replace(made.assumptions[0], source="", disputed=True)
    sector = replace(made, assumptions=(cover,))
    found = explain(sector, appraise(sector, read_offer(EVERYTHING, source="o")), "cost_full_year")
    marked = next(one for one in found.inputs if one.label == cover.label)

    assert (marked.note, marked.disputed) == ("NO SOURCE", True)


# Every figure that a command prints has its explanation, with the same value

SEVERAL = """
[[settlement]]
effective = 2026-05-16
paid_from = 2026-08-01
floor_hourly = 13.87
  [[settlement.pay]]
  percent = 3.15
  [[settlement.pay]]
  percent = 1.0
  non_consolidated = true
  [settlement.terms]
  annual_leave_days = 30
[[settlement]]
effective = 2027-04-01
  [[settlement.pay]]
  percent = 2.5
  [[settlement.differential]]
  grade = "Senior"
  over = "Support"
  at_least_percent = 7.5
"""
_TOTALS = {
    "full_year": "cost_full_year",
    "in_year_cost": "cost_in_year",
    "carry_over_cost": "cost_carry_over",
    "cumulative": "cost_total",
}
_COLUMNS = {"in_year_cost": "cost_in_year", "cumulative": "cost_total"}
_BESIDE = {
    ("floor", "alone"): "floor_alone",
    ("floor", "after_pay_rules"): "floor_after_pay_rules",
    ("floor", "ripple"): "floor_ripple",
    ("floor", "heads"): "floor_heads",
    ("expected_staff", "expected"): "expected_staff",
    ("expected_staff", "drift"): "expected_drift",
    ("turnover_saving", "amount"): "turnover_saving",
}


def large_sector() -> Sector:
    """The made sector with every group of ten staff or more, and all that its headlines assume."""
    made = made_sector()
    held = tuple(
        Assumption(key, key, value, "share", source="made")
        for key, value in (
            ("turnover", 0.2),
            ("increments", 0.02),
            ("turnover_fall", 0.1),
            ("replacement_cost", 4000.0),
        )
    )
    force = replace(made.workforce, heads=made.workforce.heads * 20)
    return replace(made, workforce=force, assumptions=(*made.assumptions, *held))


def asked_of(cost: dict[str, Any]) -> Iterator[tuple[str, float | None]]:
    """Each figure that ``cost --json`` gives, and its value there."""
    for key, value in cost["total"].items():
        yield _TOTALS.get(key, key), value
    yield "cost_of_one_percent", cost["cost_of_one_percent"]
    for one in cost["settlements"]:
        yield f"step:{one['effective']}", one["full_year"]
        for key in ("level", "full_year_to_date", "back_pay", "one_off"):
            yield f"{key}/step:{one['effective']}", one[key]
    for one in cost["years"]:
        yield f"year:{one['from']}", one["cost"]
    for kind in ("employer", "grade", "ownership", "region"):
        for one in cost[f"by_{kind}"]:
            yield f"{kind}:{one['name']}", one["full_year"]
            for key in ("in_year_cost", "cumulative", "one_off", "paybill_before", "labour_before"):
                yield f"{_COLUMNS.get(key, key)}/{kind}:{one['name']}", one[key]
    for one in cost["by_element"]:
        yield f"element:{one['element']}", one["total"]
        for key in (
            "pay",
            "employer_ni",
            "pension",
            "levy",
            "cover",
            "hours_lost",
            "not_replaced",
            "replaced",
        ):
            yield f"{key}/element:{one['element']}", one[key]
    for one in cost["rules_of_thumb"]:
        yield f"thumb:{one['id']}", one["cost"]
    for (part, key), figure in _BESIDE.items():
        yield figure, cost[part][key]


def test_that_every_figure_of_cost_is_explained_with_the_value_it_has_there() -> None:
    """Each to the penny; its parts add up, as shown and as they are, to what stands below them."""
    sector = large_sector()
    asked = read_offer(SEVERAL, source="o")
    appraisal = appraise(sector, asked)
    cost = cost_json(appraisal, {}) | headlines_json(headlines_of(sector, asked, appraisal.cost))
    known = set(every_figure(sector, appraisal))
    for figure, value in asked_of(cost):
        assert figure in known
        found = explain(sector, appraisal, figure)
        check_that_lines_add_up(found)
        assert found.inputs
        assert found.sentence
        if value is None:
            assert found.value is None, figure
        else:
            assert found.value == pytest.approx(value, abs=0.011), figure
            total = next((one for one in found.lines if one.kind is LineKind.TOTAL), found.lines[-1])
            assert total.amount == pytest.approx(found.value, abs=0.011) or found.unit != "£", figure


def test_that_every_measure_of_a_group_and_every_target_is_explained() -> None:
    held = read_targets(TARGETS, source="t", known_measures=KNOWN_MEASURES)
    sector = replace(f1_sector(), target_sets=(held,))
    appraisal = appraise(sector, read_offer(O2, source="o"))
    for one, verdict in zip(held.targets, judge(held.targets, sector, appraisal), strict=True):
        found = explain(sector, appraisal, f"target:{one.name}")
        assert found.value == verdict.value
        assert str(verdict.status) in found.sentence
    for kind, groups in (("employer", appraisal.after.by_employer), ("grade", appraisal.after.by_grade)):
        for group in groups:
            named = [(f"{one}/{kind}:{group.name}", value) for one, value in group.measures.items()]
            for figure, value in named:
                if figure not in every_figure(sector, appraisal):  # fewer than ten staff
                    assert group.heads < 10
                    continue
                found = explain(sector, appraisal, figure)
                assert found.value == value
                assert found.lines


def test_that_an_employer_that_stands_for_others_is_explained_with_its_own_cost() -> None:
    """Tables show what one employer pays; the sector's figure counts it for all that it stands for."""
    names = tuple("ABCDEFGHI")
    made = Sector(
        "made",
        employers=tuple(Employer(name, region="North") for name in names),
        workforce=workforce_of(
            [Row(name, "Staff", "15.00", 12 + at) for at, name in enumerate(names)],
            employers=names,
            grades=["Staff"],
        ),
    )
    totals = SectorTotals("t", TotalsUnit.EMPLOYERS, "s", date(2026, 1, 1), (KnownTotal(18.0),))
    whole = replace(made, grossing=Grossing(totals, date(2026, 2, 1)))
    rise = read_offer("[[settlement]]\neffective = 2026-05-01\n[[settlement.pay]]\npercent = 3\n", source="o")
    own, grossed = (appraise(one, rise) for one in (made, whole))
    for figure in ("employer:B", "cost_in_year/employer:B", "labour_before/employer:B"):
        alone, found = explain(made, own, figure), explain(whole, grossed, figure)
        assert found.value == pytest.approx(alone.value)
        assert [one.amount for one in found.lines] == pytest.approx([one.amount for one in alone.lines])
    assert grossed.cost.full_year == pytest.approx(2 * own.cost.full_year)
