"""Elements that no formula can say: the workbook holds the engine's rates, says so, and still adds up."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from models.employer import Employer
from models.sector import Sector
from tests.bargain.export.test_second_opinion import differences
from tests.bargain.export.test_workbook import headline
from tests.bargain.export.workbooks import exported, scaled_sector
from tests.helpers import libreoffice

RESHAPED = """
name = "Reshaped"
[[settlement]]
effective = 2026-05-16
floor_annual = 24500
  [[settlement.insert_point]]
  name = "2a"
  after = "2"
  [[settlement.weighting]]
  regions = ["London"]
  cash = 1200
  [[settlement.pay]]
  percent = 3
  [settlement.pay.taper]
  from_point = "1"
  to_point = "3"
  to_percent = 1
  [[settlement.pay]]
  cash = 100
  pro_rata = false
[[settlement]]
effective = 2027-04-01
  [settlement.spine]
  protection = "marked_time"
  [[settlement.spine.point]]
  name = "A"
  amount = 24000
  [[settlement.spine.point]]
  name = "B"
  amount = 26000
  [[settlement.pay]]
  [settlement.pay.index]
  name = "CPI"
  assumed_percent = 2.5
"""


def london() -> Sector:
    return replace(scaled_sector(), employers=(Employer("A", region="London"),))


def test_that_every_new_element_is_costed_and_marked_as_set_by_the_engine() -> None:
    offer = read_offer(RESHAPED, source="offer")
    cost = appraise(london(), offer).cost
    book = openpyxl.load_workbook(BytesIO(exported(london(), offer)))
    headings = [cell.value for cell in book["Cells"][1]]

    assert headline(exported(london(), offer))["Full-year cost, with on-costs"] == pytest.approx(
        cost.full_year, abs=0.005
    )
    for element in ("pay rules", "new spine", "regional weighting"):
        assert [
            one for one in headings if f"after {element}" in str(one) and "set by the engine" in str(one)
        ], element
    words = " ".join(str(row[0]) for row in book["Offer"].iter_rows(values_only=True) if row[0])
    for said in (
        "runs evenly",
        "is put in after point",
        "A new pay spine",
        "get a weighting",
        "yearly rise in CPI",
    ):
        assert said in words


PHASED = """
name = "In two phases"
[[settlement]]
effective = 2026-08-01
  [[settlement.pay]]
  cash = 900
[[settlement]]
effective = 2027-03-01
  [[settlement.pay]]
  percent = 4.25
  in_all = true
"""


def test_that_a_rule_that_counts_in_all_is_costed_and_marked_as_set_by_the_engine() -> None:
    offer = read_offer(PHASED, source="offer")
    book = exported(scaled_sector(), offer)
    headings = [str(cell.value) for cell in openpyxl.load_workbook(BytesIO(book))["Cells"][1]]

    assert headline(book)["Full-year cost, with on-costs"] == pytest.approx(
        appraise(scaled_sector(), offer).cost.full_year, abs=0.005
    )
    assert "Step 1, after pay rules: rate" in headings
    assert "Step 2, after pay rules: rate (set by the engine)" in headings


@pytest.mark.slow
@pytest.mark.skipif(libreoffice.PROGRAM is None, reason=libreoffice.ABSENT)
def test_that_libreoffice_agrees_on_every_cell_of_an_offer_that_reshapes_the_scale(tmp_path: Path) -> None:
    books = {"reshaped": exported(london(), RESHAPED)}
    answers = libreoffice.recalculated(books, tmp_path)

    assert differences(books["reshaped"], answers["reshaped"]) == []
