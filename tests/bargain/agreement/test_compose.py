"""What stands in an agreement draft, before anything prints it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pytest
from agreement_drafts import FEES, PARTIES, TODAY, draft_of, margins, njc_scale, sector

from bargain.agreement.compose import compose
from bargain.agreement.margins import margin_table
from bargain.agreement.rates import rates_at, scale_table
from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.offers.phrases import phrases
from models.agreement import AgreementDraft, DraftSection, DraftTable
from models.assumptions import Assumption
from models.party import PartnerGroup
from models.payscale import PayScale, ScalePoint
from models.target import Target, TargetSet
from tests.helpers.f1 import O1, O2, O3

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"


def text_of(draft: AgreementDraft) -> str:
    """Everything that would be printed."""
    pieces = [draft.title, draft.sector, draft.version, draft.dated, draft.watermark, *draft.warnings]
    for name, sections in draft.parts:
        pieces.append(name)
        for section in sections:
            pieces += [section.number, section.heading, *section.paragraphs]
            for table in section.tables:
                pieces += [table.caption, *table.headings, *(cell for row in table.rows for cell in row)]
    pieces += [f"{block.party} {block.group}" for block in draft.signatures]
    return "\n".join(pieces)


def section_of(draft: AgreementDraft, number: str) -> DraftSection:
    return next(one for _, sections in draft.parts for one in sections if one.number == number)


def table_of(draft: AgreementDraft, number: str) -> DraftTable:
    return section_of(draft, number).tables[0]


def pounds(text: str) -> int:
    return int(text.replace("£", "").replace(",", "").replace("−", "-"))


def test_that_an_assumption_without_a_source_or_in_dispute_is_marked_in_print() -> None:
    held = (
        Assumption("cover_share", "Cover", 0.75, "share", source="rota survey", agreed=True),
        Assumption("on_call_y", "On-call duties", 24.0, "a head a year", disputed=True, employer="A"),
    )
    draft = draft_of(sector(assumptions=held))
    rows = next(
        table.rows
        for _, sections in draft.parts
        for one in sections
        for table in one.tables
        if one.number == "D2"
    )

    assert rows[0][2:] == ("rota survey", "not recorded", "not recorded", "yes")
    assert (rows[1][0], rows[1][2], rows[1][5]) == ("On-call duties (A)", "NO SOURCE", "DISPUTED")


def test_that_the_parts_stand_in_order() -> None:
    names = [name for name, _ in draft_of(sector()).parts]
    assert [name.split(" – ")[0] for name in names][1:] == ["Part A", "Part B", "Part C", "Annex"]


def test_that_the_legal_basis_comes_first_and_a_missing_one_is_a_warning() -> None:
    first = draft_of(sector()).parts[0][1][0]
    assert first.paragraphs[0] == "Legal basis: Voluntary agreement. Jurisdiction: England."
    without = draft_of(sector(legal_basis=" "))
    assert "not recorded" in without.parts[0][1][0].paragraphs[0]
    assert "The legal basis of the agreement is not recorded." in without.warnings


@pytest.mark.parametrize(
    ("jurisdiction", "told", "not_told"),
    [
        ("England", ("section 179", "aged 18 or over"), ("any individual",)),
        ("Wales", ("section 179", "any individual"), ("aged 18 or over",)),
        ("Northern Ireland", (), ("section 179", "section 180", "section 42")),
    ],
)
def test_that_the_law_told_is_the_law_of_the_jurisdiction(
    jurisdiction: str, told: tuple[str, ...], not_told: tuple[str, ...]
) -> None:
    text = text_of(draft_of(sector(jurisdiction=jurisdiction)))
    assert all(words in text for words in told)
    assert not any(words in text for words in not_told)


def test_that_the_law_on_childrens_care_is_not_told_of_a_sector_without_it() -> None:
    one = sector(name="Adult care, North", coverage="Staff of adult care homes.", pack="adult_care")
    assert "section 42" not in text_of(draft_of(one))


def test_that_only_verified_facts_of_law_are_in_the_wording() -> None:
    texts = phrases().texts
    facts = {key.split(".")[1] for key in texts if key.startswith("fact.")}
    assert facts
    for one in facts:
        assert texts[f"fact.{one}.confidence"].startswith("verified")
        assert texts[f"fact.{one}.source"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared beside the repository is not here")
def test_that_each_fact_of_law_is_as_sure_as_the_table_of_law_says() -> None:
    with (SHARED / "reference" / "law_and_institutions.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"]: row["confidence"] for row in csv.DictReader(file)}
    texts = phrases().texts
    for key in texts:
        if key.startswith("fact.") and key.endswith(".source"):
            assert known[texts[key]] == texts[key.replace(".source", ".confidence")]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared beside the repository is not here")
def test_that_the_demo_offers_print_the_costs_worked_out_by_hand() -> None:
    expected = json.loads((SHARED / "fixtures" / "f1_expected.json").read_text(encoding="utf-8"))
    costs = {
        key.split("_")[1]: value["cost_total"]
        for key, value in expected.items()
        if "cost_total" in str(value)
    }
    printed = {}
    for file in sorted((SHARED / "fixtures" / "f1").glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        if "[[settlement]]" in text:
            rows = dict(table_of(draft_of(sector(), text), "D1").rows)
            printed[text.split('name = "')[1][:2]] = pounds(rows["Full-year cost"])
    assert printed == {name: pytest.approx(cost, abs=1) for name, cost in costs.items()}
    assert len(printed) == 3


def test_that_every_partner_group_stands_in_the_list_and_signs_even_when_not_named_yet() -> None:
    draft = draft_of(sector(parties=PARTIES[:2]))
    assert [block.group for block in draft.signatures] == [
        "Workers",
        "Employers",
        "Commissioners",
        "Children looked after",
    ]
    assert [block.party for block in draft.signatures][2:] == ["to be named", "to be named"]
    assert any("Commissioners and Children looked after" in warning for warning in draft.warnings)


def test_that_each_organisation_of_a_group_signs_for_itself() -> None:
    two = (*PARTIES, replace(PARTIES[0], name="Second Union"))
    draft = draft_of(sector(parties=two))
    assert [block.party for block in draft.signatures][:2] == ["Care Workers' Union", "Second Union"]
    assert len(draft.signatures) == 5


def test_that_an_offer_without_fees_is_marked_incomplete() -> None:
    assert draft_of(sector(), O2).watermark == "DRAFT – INCOMPLETE: fees and profits"
    assert draft_of(sector(), O2 + FEES).watermark == "DRAFT – NOT AGREED"
    assert "says nothing about fees" in section_of(draft_of(sector(), O2), "B2").paragraphs[0]


def test_that_fees_and_the_limit_on_margins_are_told_with_their_day() -> None:
    draft = draft_of(sector())
    assert section_of(draft, "B2").paragraphs == ("From 6 April 2026: Fees rise by 3 %.",)
    assert "no employer's operating margin is above 10 %" in section_of(draft, "B3").paragraphs[0]


def test_that_staff_without_a_grade_are_counted_in_a_warning() -> None:
    one = sector()
    codes = one.workforce.grade_code.copy()
    codes[1] = -1  # twenty senior support workers of A
    unmapped = replace(one, workforce=replace(one.workforce, grade_code=codes))
    draft = draft_of(unmapped, O1)
    assert draft.warnings[0] == (
        "20 staff have no grade yet, as their job title is not mapped to one; the draft cannot become final until they are."
    )
    assert table_of(draft, "A6").rows[-1][:5] == ("Not yet mapped to a grade", "–", "–", "13.60", "14.10")


def test_that_rates_by_grade_are_those_worked_out_by_hand() -> None:
    rows = {row[0]: row[1:] for row in table_of(draft_of(sector()), "A6").rows}
    # f1_expected.json, O2: 14.00 for 120 of 150, 14.63 at C; 15.12 for 34 of 44, 16.58 at C; to the nearest 10p
    assert rows["Residential support worker"] == (
        "12.70",
        "14.00",
        "12.70",
        "14.00",
        "14.20",
        "14.60",
        "10.15",
    )
    # 44 staff: fewer than ten below the lowest tenth; their median has 22 on either side
    assert rows["Senior support worker"] == ("–", "–", "14.60", "15.10", "–", "–", "3.56")
    assert rows["Team leader"] == ("–",) * 7  # 19 staff: not ten on either side of the tenth


def test_that_a_grade_of_fewer_than_ten_staff_shows_no_rate() -> None:
    draft = draft_of(sector())
    assert table_of(draft, "A6").rows[-1] == ("Registered manager", *["–"] * 7)
    text = text_of(draft)
    assert "Fewer than 10 staff" in text
    assert not any(rate in text for rate in ("22.50", "23.18", "23.00", "23.69", "26.00", "26.78"))


def test_that_the_median_is_a_rate_that_somebody_has_with_each_person_counted() -> None:
    rates = np.array([30, 10, 20], dtype=np.int64)
    for heads, median in (([1.0, 3.0, 2.0], 10), ([1.0, 2.0, 3.0], 20), ([0.0, 2.0, 3.0], 20)):
        assert rates_at((0.5,), rates, np.array(heads)) == (median,)
    assert rates_at((0.1, 0.5, 0.9), rates, np.array([1.0, 8.0, 1.0])) == (10, 10, 20)


def test_that_the_scale_table_equals_independent_arithmetic() -> None:
    old = {"1": 18333, "2": 18516, "7": 20441, "43": 45648}
    one = sector(scale=njc_scale(old))
    offer = 'name="N"\n[[settlement]]\neffective=2026-04-01\n[[settlement.pay]]\npercent=4.04\nat_least_cash=1290\n'
    table = table_of(draft_of(one, offer + FEES), "A6")
    assert len(table.rows) == len(old)
    for row, (name, annual) in zip(table.rows, old.items(), strict=True):
        rise = max(Decimal(annual) * Decimal("0.0404"), Decimal(1290))
        new = (annual + rise).quantize(Decimal(1), ROUND_HALF_UP)
        hourly = [
            (Decimal(year) / Decimal("52.143") / 37).quantize(Decimal("0.01"), ROUND_HALF_UP)
            for year in (annual, new)
        ]
        share = ((new / annual - 1) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert row == (
            name,
            f"{annual:,}",
            f"{new:,}",
            str(hourly[0]),
            str(hourly[1]),
            f"{new - annual:,}",
            str(share),
        )


def test_that_the_2022_national_award_prints_as_published() -> None:
    table = scale_table(njc_scale({"1": 18333}), njc_scale({"1": 20258}), phrases())
    assert table.rows == (("1", "18,333", "20,258", "9.50", "10.50", "1,925", "10.50"),)


def test_that_a_deleted_point_is_named_as_deleted_and_a_new_one_as_new() -> None:
    table = scale_table(njc_scale({"1": 18333, "2": 19000}), njc_scale({"2": 19500, "3": 20000}), phrases())
    assert [row[0] for row in table.rows] == ["1", "2", "3"]
    assert table.rows[0][1:] == ("18,333", "deleted", "9.50", "deleted", "", "")
    assert table.rows[2][1:3] == ("new", "20,000")


def test_that_a_scale_with_grades_names_them_and_pennies_are_kept_where_the_scale_has_them() -> None:
    plain = njc_scale({"1": 18333})
    points = (ScalePoint("1", 18_333_505_000, "Grade A"),)
    pennies = PayScale("P", plain.basis, points, weekly_hours=37.0)
    table = scale_table(pennies, pennies, phrases())
    assert table.headings[1] == "Grade"
    assert table.rows[0][:4] == ("1", "Grade A", "18,333.51", "18,333.51")


def test_that_the_costs_printed_are_those_of_the_appraisal_and_parts_add_up() -> None:
    draft = draft_of(sector())
    headline = dict(table_of(draft, "D1").rows)
    assert headline["Full-year cost"] == "£471,619"  # f1_expected.json
    assert dict(table_of(draft, "B4").rows)["Full-year cost"] == "£471,619"
    for caption in ("Full-year cost by element", "Full-year cost by what it is spent on"):
        table = next(one for one in section_of(draft, "D1").tables if one.caption == caption)
        amounts = [pounds(row[1]) for row in table.rows]
        assert sum(amounts[:-1]) == amounts[-1] == 471_619
    parts = [
        pounds(headline[key]) for key in ("In-year cost, first settlement year", "Carry-over to later years")
    ]
    assert sum(parts) == 471_619


def test_that_what_could_not_be_priced_is_said_beside_the_sums() -> None:
    draft = draft_of(sector(), O1 + "[settlement.terms]\nannual_leave_days = 28\n" + FEES)
    assert "could not be priced: annual leave" in " ".join(section_of(draft, "B4").paragraphs)
    conditions = {row[0]: row[1:] for row in table_of(draft, "A7").rows}
    assert conditions["Annual leave, days a year"] == ("not recorded", "28")
    assert conditions["Travel time"] == ("not recorded", "no change")


def test_that_no_margin_stands_for_fewer_than_three_employers() -> None:
    draft = draft_of(sector())
    assert section_of(draft, "B5").tables == ()
    text = text_of(draft)
    for share in ("19.8 %", "5.8 %", "16.2 %", "5.6 %", "15.3 %"):
        assert share not in text


def test_that_margins_of_three_like_employers_are_printed_as_one_sum() -> None:
    known = [
        margins(name, "charity", 1_000_000, result, -20_000)
        for name, result in zip("KLM", (1e5, 5e4, 3e4), strict=True)
    ]
    table = margin_table(known, phrases())
    assert table is not None
    assert table.rows == (("Charity", "3", "6.0 %", "4.0 %", "−£60,000"),)


def test_that_unlike_owners_are_printed_as_one_sum_where_each_kind_is_too_few() -> None:
    kinds = ("charity", "listed", "owner-managed")
    table = margin_table([margins(kind, kind, 1_000_000, 6e4, -2e4) for kind in kinds], phrases())
    assert table is not None
    assert table.rows == (("All employers with accounts", "3", "6.0 %", "4.0 %", "−£60,000"),)


def test_that_one_employer_that_outweighs_the_others_hides_the_group() -> None:
    sizes = {"K": 8_000_000, "L": 1_000_000, "M": 1_000_000}
    assert (
        margin_table([margins(name, "charity", size, 1e5, -1e4) for name, size in sizes.items()], phrases())
        is None
    )


def test_that_no_total_gives_away_a_group_that_is_left_out() -> None:
    charities = [margins(f"K{place}", "charity", 1_000_000, 5e4, -1e4) for place in range(3)]
    alone = margins("Z", "listed", 1_000_000, 2e5, -1e4)
    table = margin_table([*charities, alone], phrases())
    assert table is not None
    assert [row[:2] for row in table.rows] == [("Charity", "3")]


def test_that_part_b_names_no_employer() -> None:
    named = sector()
    names = ("Zephyr Homes Ltd", "Quarry Care CIC", "Xanadu Council")
    employers = tuple(replace(one, name=name) for one, name in zip(named.employers, names, strict=True))
    accounts = tuple(replace(one, employer=name) for one, name in zip(named.accounts, names, strict=False))
    one = replace(
        named,
        employers=employers,
        accounts=accounts,
        workforce=replace(named.workforce, employers=names),
    )
    draft = draft_of(one)
    part = replace(draft, parts=tuple(pair for pair in draft.parts if not pair[0].startswith("Part A")))
    assert not any(name in text_of(part) for name in names)


def test_that_a_note_on_one_employers_money_is_left_out_and_that_is_said() -> None:
    one = sector()
    appraisal = appraise(one, read_offer(O2, source="x"))
    noted = replace(
        appraisal, notes=("The accounts of A show a margin of 19.8 %.", "Levy rate of 2017 is used.")
    )
    notes = section_of(compose(one, noted, version="1", today=TODAY), "D3").paragraphs
    assert notes[:2] == (
        "• Levy rate of 2017 is used.",
        "Notes on single employers are left out here; the costing itself shows them.",
    )
    assert all(one.startswith("• Minimum wage: from 6 April 2026 none of 222 staff") for one in notes[2:])


def test_that_nothing_of_single_staff_and_nothing_private_is_in_a_draft() -> None:
    one = sector()
    force = replace(
        one.workforce,
        titles=("CANARY-TITLE",),
        title_code=np.zeros(len(one.workforce), dtype=np.int32),
        settings=("CANARY-SETTING",),
        setting_code=np.zeros(len(one.workforce), dtype=np.int32),
    )
    private = TargetSet("CANARY-SET", (Target("CANARY-TARGET", "p90_p10", at_most=1.234567),))
    hidden = read_offer(O3.replace("O3: floor only", "CANARY-OFFER"), source="x")
    draft = draft_of(replace(one, workforce=force, target_sets=(private,), offers=(hidden,)))
    assert "CANARY" not in text_of(draft)
    assert "1.23" not in text_of(draft)


def test_that_nobody_below_ten_is_told_of_as_gaining_or_not_gaining() -> None:
    only_managers = 'name="M"\n[[settlement]]\neffective=2026-04-06\n[[settlement.pay]]\ngrades=["Registered manager"]\npercent=2\n'
    summary = " ".join(section_of(draft_of(sector(), only_managers + FEES), "C2").paragraphs)
    assert "get a higher rate" not in summary
    everyone = " ".join(section_of(draft_of(sector()), "C2").paragraphs)
    assert "All of them get a higher rate of pay" in everyone
    assert (
        "Half of them earn about £13.50 an hour or less today. After the deal that becomes about £14.00."
        in everyone
    )


def test_that_the_fingerprint_changes_with_the_data() -> None:
    one = sector()
    rates = one.workforce.rate_micros.copy()
    rates[0] += 10_000
    other = replace(one, workforce=replace(one.workforce, rate_micros=rates))
    draft = draft_of(one)
    assert draft.fingerprint == one.workforce.fingerprint()[:12]
    assert draft.fingerprint in text_of(draft)
    assert draft_of(other).fingerprint != draft.fingerprint


def test_that_the_four_groups_have_the_same_row_for_their_position() -> None:
    rows = table_of(draft_of(sector()), "C3").rows
    assert len(rows) == len(PartnerGroup)
    assert {row[1:] for row in rows} == {("A, B and C", "", "")}


def test_that_no_template_is_left_unfilled() -> None:
    assert "{" not in text_of(draft_of(sector()))


def test_that_composing_a_draft_does_not_load_the_printer() -> None:
    program = "import sys, bargain.agreement.compose; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=ROOT).returncode == 0


def test_that_points_put_in_stand_in_their_place_and_two_spines_are_never_mixed() -> None:
    before, after = (
        njc_scale({"1": 18000, "2": 19000, "3": 20000}),
        njc_scale({"2": 19500, "2a": 20000, "3": 20500}),
    )
    assert [row[0] for row in scale_table(before, after, phrases()).rows] == ["1", "2", "2a", "3"]

    spines = scale_table(before, njc_scale({"1": 25000}), phrases(), new_spine=True)
    assert [(row[0], row[1], row[2]) for row in spines.rows] == [
        ("1", "18,000", "deleted"),
        ("2", "19,000", "deleted"),
        ("3", "20,000", "deleted"),
        ("1", "new", "25,000"),
    ]


def test_that_the_draft_says_every_element_that_reshapes_the_scale() -> None:
    offer = (
        'name="R"\n[[settlement]]\neffective=2026-04-06\n[[settlement.allowance]]\nname="Standby"\npercent=4\n'
        '[[settlement.pay]]\npercent=1\npro_rata=false\n[settlement.pay.index]\nname="RPI"\nassumed_percent=3\n'
        "reopen_above_percent=6\n"
    )
    text = text_of(draft_of(sector(), offer))

    assert "basic pay rises by 1 % and the yearly rise in RPI on top for all staff" in text
    assert "If the figure is above 6 %, the parties meet again." in text
    assert "Until the figure is published it is taken to be 3 %." in text
    assert "The allowance “Standby” rises by 4 %." in text
