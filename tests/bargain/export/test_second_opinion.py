"""LibreOffice calculates the exported workbook from wrong stored results and must get the engine's figures."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bargain.appraisal import appraise
from bargain.commands.demo import SAMPLE_PASSPHRASE, make_demo
from bargain.offers.offer_file import read_offer
from bargain.storage.sector_file import SectorFile
from models.employer import Employer
from models.offer import Offer
from models.payscale import Rounding
from tests.bargain.export.workbooks import (
    CASCADES,
    EVERY_RULE,
    EVERY_TERM,
    EVERYTHING,
    cascade_sector,
    exported,
    made_sector,
    ruled_sector,
    scaled_sector,
    termed_sector,
)
from tests.bargain.test_by_hand import EMPLOYERS, offers, rows, sector_of
from tests.helpers import libreoffice
from tests.helpers.f1 import O1, O2, O3, Row, f1_sector

HALF_A_PENNY = 0.005
MINIMUM = """
[[settlement]]
effective = 2026-04-06
applies_to = "{applies}"
absorb = {absorb}
  [[settlement.pay]]
  percent = 6.0
  at_least_cash = 1500
  [[settlement.pay]]
  points = "3"
  cash = 100
"""
SCALED = scaled_sector()
THREE_STEPS = """
[[settlement]]
effective = 2026-04-06
floor_hourly = 12.90
  [[settlement.pay]]
  percent = 3.15
  at_least_cash = 400
  [[settlement.differential]]
  grade = "Senior"
  over = "Support"
  at_least_percent = 4
  on = "median"
[[settlement]]
effective = 2027-04-01
  [[settlement.pay]]
  percent = 2.05
[[settlement]]
effective = 2028-04-01
  [[settlement.pay]]
  percent = 1.95
  cash = 55.55
"""
MEDIAN = O2.replace("at_least_percent = 8.0", 'at_least_percent = 8.0\n  on = "median"').replace(
    'within = "employer"', 'within = "sector"', 1
)
ALLOWANCES = """
[[settlement]]
effective = 2026-04-06
  [[settlement.pay]]
  percent = 3
  [[settlement.allowance]]
  name = "First aid"
  amount = 300
  now = 250
  staff = 40
  [[settlement.allowance]]
  name = "Shift"
  percent_of_pay = 15
  now_percent_of_pay = 12
  grades = ["Senior"]
"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(libreoffice.PROGRAM is None, reason=libreoffice.ABSENT),
]


def employer(name: str) -> st.SearchStrategy[Employer]:
    """An employer with any mix of what decides its on-costs."""
    return st.builds(
        Employer,
        st.just(name),
        pension_ppm=st.none() | st.integers(0, 250_000),
        pension_on_band=st.booleans(),
        claims_employment_allowance=st.booleans(),
        pays_levy=st.booleans(),
        connected_group=st.sampled_from(["", "", "One group"]),
    )


def random_workbooks(count: int) -> dict[str, bytes]:
    """Workbooks of sectors and offers that hypothesis makes; “by engine” in the name where a rule counts back."""
    made: dict[str, bytes] = {}

    @settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(rows(), min_size=1, max_size=12), offers, st.tuples(*map(employer, EMPLOYERS)), st.booleans()
    )
    def make(people: list[Row], offer: Offer, employers: tuple[Employer, ...], large: bool) -> None:
        staff = [replace(one, heads=one.heads * 60) for one in people] if large else people
        sector = replace(sector_of(staff), employers=employers)
        counts_back = any(rule.in_all for step in offer.settlements for rule in step.pay)
        made[f"random{len(made):03}{' by engine' * counts_back}"] = exported(sector, offer)

    make()
    return made


def differences(workbook: bytes, answer: libreoffice.Values) -> list[str]:
    """Formula cells whose recalculated value is not the stored one to half a penny."""
    held = libreoffice.stored(workbook)
    result = []
    for place, formula in libreoffice.formulas(workbook).items():
        ours, theirs = held[place], answer[place]
        assert isinstance(ours, int | float), place
        if not isinstance(theirs, int | float) or abs(ours - theirs) > HALF_A_PENNY:
            result.append(f"{place}: {formula} is {theirs}, stored {ours}")
    return result


def test_that_libreoffice_agrees_on_every_cell_of_f1_and_of_a_sector_with_every_on_cost(
    tmp_path: Path,
) -> None:
    books = {name: exported(f1_sector(), offer) for name, offer in (("o1", O1), ("o2", O2), ("o3", O3))}
    books["made"] = exported(made_sector(), EVERYTHING)
    books["scaled"] = exported(scaled_sector(), O1)
    books["terms"] = exported(termed_sector(), EVERY_TERM)
    books["rules"] = exported(ruled_sector(), EVERY_RULE)
    for rounding in (Rounding.HALF_EVEN_POUND, Rounding.DOWN_POUND, Rounding.UP_PENNY):
        scale = replace(SCALED.scale, rounding=rounding, rounding_to=3)  # type: ignore[type-var]
        books[f"scaled-{rounding}"] = exported(replace(SCALED, scale=scale), THREE_STEPS)
    books["median"] = exported(f1_sector(), MEDIAN)
    for carry in (False, True):
        scale = replace(SCALED.scale, carry_unrounded=carry)  # type: ignore[type-var]
        books[f"scaled-{carry}"] = exported(replace(SCALED, scale=scale), THREE_STEPS)
    books["cascades"] = exported(cascade_sector(), CASCADES)
    books["allowances"] = exported(made_sector(), ALLOWANCES)
    for applies, absorb in (("minimum", "true"), ("minimum", "false"), ("both", "false")):
        books[f"{applies}-{absorb}"] = exported(
            scaled_sector(), MINIMUM.format(applies=applies, absorb=absorb)
        )
    answers = libreoffice.recalculated(books, tmp_path)

    assert [one for name, book in books.items() for one in differences(book, answers[name])] == []


def test_that_libreoffice_agrees_on_every_cell_of_the_sample(tmp_path: Path) -> None:
    """Thousands of cells of 6,000 posts, pay by the hour on a yearly scale among them, all of them live."""
    path = make_demo(tmp_path / "sample", SAMPLE_PASSPHRASE, lambda *_: None)
    file = SectorFile.open(path, SAMPLE_PASSPHRASE)
    sector = file.sector
    file.close()
    book = exported(sector, sector.offers[-1])
    answer = libreoffice.saved_again({"sample": book}, tmp_path / "office")["sample"]
    ours, theirs = libreoffice.numbers(book), libreoffice.numbers(answer)

    assert ours.keys() == theirs.keys()
    assert sum(cell is not None for row in ours["Cells"] for cell in row) > 100_000
    assert not any("set by the engine" in str(one) for one in headings(book))
    off = [
        (sheet, at, place, cell, other)
        for sheet, rows_ in ours.items()
        for at, (row, answers) in enumerate(zip_longest(rows_, theirs[sheet], fillvalue=()))
        for place, (cell, other) in enumerate(zip_longest(row, answers))
        if cell is not None and (other is None or abs(cell - other) > HALF_A_PENNY)
    ]
    assert off == []


def headings(workbook: bytes) -> list[object]:
    """The first row of the sheet of cells."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    return list(book.get_sheet_by_name("Cells").to_python(nrows=1)[0])


def test_that_libreoffice_agrees_on_every_cell_of_random_sectors(tmp_path: Path) -> None:
    books = random_workbooks(25)
    answers = libreoffice.recalculated(books, tmp_path)

    live = [book for name, book in books.items() if not name.endswith("by engine")]
    assert live
    assert not [book for book in live if "set by the engine" in str(headings(book))]
    found = [one for name, book in books.items() for one in differences(book, answers[name])]
    assert found == []


def test_that_a_changed_differential_ripples_as_the_engine_does(tmp_path: Path) -> None:
    """On the sheet Offer 8 % over support workers becomes 9 %: LibreOffice then has O2 with 9 %, leaders too."""
    eight, nine = exported(f1_sector(), O2), exported(f1_sector(), O2.replace("= 8.0", "= 9.0"))
    place = next(
        key for key, value in libreoffice.stored(eight).items() if key[0] == "Offer" and value == 0.08
    )
    answers = libreoffice.recalculated({"o2": libreoffice.with_number(eight, place, 0.09)}, tmp_path)["o2"]

    held, places = libreoffice.stored(nine), libreoffice.formulas(nine)
    assert {key: answers[key] for key in places} == pytest.approx(
        {key: held[key] for key in places}, abs=HALF_A_PENNY
    )


def test_that_a_changed_number_moves_the_answer_as_the_engine_does(tmp_path: Path) -> None:
    """The percentage on the sheet Offer is changed from 4 to 5 and nothing else: LibreOffice then has O1 at 5 %."""
    four, five = exported(f1_sector(), O1), exported(f1_sector(), O1.replace("4.0", "5.0"))
    place = next(
        key for key, value in libreoffice.stored(four).items() if key[0] == "Offer" and value == 0.04
    )
    answers = libreoffice.recalculated({"o1": libreoffice.with_number(four, place, 0.05)}, tmp_path)["o1"]

    held, places = libreoffice.stored(five), libreoffice.formulas(five)
    wanted = {place: held[place] for place in places}
    assert {key: answers[key] for key in wanted} == pytest.approx(wanted, abs=HALF_A_PENNY)
    cost = appraise(f1_sector(), read_offer(O1.replace("4.0", "5.0"), source="o")).cost
    assert any(
        value == pytest.approx(cost.full_year, abs=HALF_A_PENNY)
        for value in answers.values()
        if isinstance(value, float)
    )
