"""A draft whose figures are grossed up: it says so wherever there are sums, and small groups stay hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest
from agreement_drafts import draft_of, sector

from bargain.appraisal import appraise
from bargain.explain import explain
from bargain.offers.offer_file import read_offer
from models.agreement import AgreementDraft
from models.employer import Employer
from models.grossing import KnownTotal, TotalsUnit
from models.sector import Sector
from tests.bargain.grossing_cases import agreed, totals_of
from tests.helpers.f1 import GRADES, O2, Row, workforce_of

BANNER = "Grossed up from 222 of 888 staff (3 employers)"


def grossed() -> Sector:
    """F1 as a quarter of its sector."""
    return agreed(sector(), totals_of(KnownTotal(888), unit=TotalsUnit.STAFF))


def words(draft: AgreementDraft, number: str) -> str:
    return " ".join(
        text
        for _, sections in draft.parts
        for one in sections
        if one.number == number
        for text in one.paragraphs
    )


def test_that_page_one_and_every_part_with_sums_say_that_they_are_grossed_up() -> None:
    draft = draft_of(grossed())
    assert draft.basis.startswith(BANNER)
    for number in ("B4", "C2", "D1", "D4"):
        assert BANNER in words(draft, number), number
    assert "95 % range" in words(draft, "D1")


def test_that_returns_alone_say_so_and_warn_where_others_are_missing() -> None:
    plain = sector()
    draft = draft_of(plain)
    assert draft.basis.startswith("Returns only: 222 staff of 3 employers")
    assert "Grossed up" not in words(draft, "D1")
    waiting = draft_of(replace(plain, employers=(*plain.employers, Employer("Absent Homes"))))
    assert (
        "The figures are of the returns alone: 3 of 4 employers have sent their staff data."
        in waiting.warnings
    )


def test_that_costs_are_four_times_those_of_the_returns() -> None:
    plain, whole = (appraise(one, read_offer(O2, source="o2")) for one in (sector(), grossed()))
    assert whole.cost.full_year == pytest.approx(4 * plain.cost.full_year, rel=1e-12)
    assert whole.after.measures["p90_p10"] == plain.after.measures["p90_p10"]


def test_that_a_grade_of_nine_is_not_shown_because_it_stands_for_thirty_six() -> None:
    """F1 has nine registered managers: too few to show, whatever they stand for."""
    for one in (sector(), grossed()):
        table = next(
            found
            for _, sections in draft_of(one).parts
            for section in sections
            if section.number == "A6"
            for found in section.tables
        )
        managers = next(row for row in table.rows if row[0] == "Registered manager")
        assert set(managers[1:]) == {"–"}


def test_that_an_explanation_names_no_employer_of_fewer_than_ten_because_it_stands_for_more() -> None:
    rows = [
        Row(name, GRADES[0], "13.00", 9 if name == "Tiny" else 60)
        for name in ("Tiny", "Big", "Other", "Third")
    ]
    made = replace(
        sector(),
        employers=tuple(Employer(row.employer) for row in rows),
        workforce=workforce_of(rows, employers=[row.employer for row in rows], grades=GRADES),
        accounts=(),
    )
    whole = agreed(made, totals_of(KnownTotal(8)))
    found = explain(whole, appraise(whole, read_offer(O2, source="o2")), "cost_full_year")
    assert "Tiny" not in [one.name for one in found.contributors]
    assert "grossed up from 4 of 8 employers" in found.sentence
    assert any(one.label == "Grossed up from 4 of 8 employers" for one in found.inputs)
