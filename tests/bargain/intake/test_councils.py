"""Five councils' returns in which a row is a pay point: rows, full-time posts and pay bill as published, and no question."""

from __future__ import annotations

import json
from decimal import Decimal

import numpy as np
import pytest

from bargain.intake.payroll import read_payroll
from bargain.intake.reading import SectorFacts
from tests.bargain.intake.shared_files import SHARED, counts, needs_shared

pytestmark = needs_shared
FOLDER = "payroll/uk_councils_support_staff"
NAMES = ("Bolton", "BracknellForest", "Lancashire", "Leicester", "StocktononTees")


@pytest.mark.parametrize("name", NAMES)
def test_that_a_council_gives_the_published_rows_heads_and_pay_bill(name: str) -> None:
    file = f"{FOLDER}/council_{name}.xlsx"
    files = json.loads((SHARED / "real" / "manifest.json").read_text(encoding="utf-8"))["files"]
    truth = next(one["truth"] for one in files if one["file"] == file)
    sheet = read_payroll(SHARED / "real" / file, facts=SectorFacts()).sheets[0]
    assert counts(sheet) == {"staff": truth["rows"]}
    assert float(sheet.heads) == pytest.approx(truth["count_sum"], abs=1e-4)
    assert round(sheet.paybill, 2) == round(Decimal(str(truth["wage_bill"])), 2)
    posts = sheet.workforce
    assert (posts.rate_micros * posts.fte * posts.heads).sum() / 1e6 == pytest.approx(
        truth["wage_bill"], abs=0.01
    )
    assert np.all(posts.fte == 1)


def test_that_a_pay_point_with_nobody_on_it_is_a_row_of_staff_with_no_heads() -> None:
    sheet = read_payroll(SHARED / "real" / FOLDER / "council_Bolton.xlsx", facts=SectorFacts()).sheets[0]
    assert 0.0 in sheet.workforce.heads
    assert sheet.problems == ()


def test_that_odd_spaces_are_taken_off_point_names() -> None:
    sheet = read_payroll(
        SHARED / "real" / FOLDER / "council_BracknellForest.xlsx", facts=SectorFacts()
    ).sheets[0]
    assert sheet.workforce.points[:3] == ("1", "2", "3")


def test_that_a_point_name_with_words_stays_as_it_is() -> None:
    sheet = read_payroll(SHARED / "real" / FOLDER / "council_Lancashire.xlsx", facts=SectorFacts()).sheets[0]
    assert "001 (FLW)" in sheet.workforce.points
    assert [one.name for one in sheet.employers] == ["Lancashire"]
