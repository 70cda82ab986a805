"""A grossed costing as a workbook: LibreOffice recalculates allowance and levy for every employer stood for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from models.grossing import KnownTotal, TotalsUnit
from tests.bargain.export.test_second_opinion import differences
from tests.bargain.export.workbooks import EVERYTHING, exported, made_sector
from tests.bargain.grossing_cases import agreed, totals_of
from tests.helpers import libreoffice


@pytest.mark.skipif(libreoffice.PROGRAM is None, reason=libreoffice.ABSENT)
@pytest.mark.slow
def test_that_libreoffice_agrees_on_every_cell_of_a_grossed_costing(tmp_path: Path) -> None:
    totals = totals_of(KnownTotal(1_000.0), unit=TotalsUnit.STAFF)
    sector = agreed(replace(made_sector(), grossing=replace(made_sector().grossing)), totals)
    book = exported(sector, EVERYTHING)
    answers = libreoffice.recalculated({"grossed": book}, tmp_path)
    assert differences(book, answers["grossed"]) == []
    cost = appraise(sector, read_offer(EVERYTHING, source="offer")).cost
    assert cost.full_year in [
        pytest.approx(value, abs=0.005) for value in answers["grossed"].values() if isinstance(value, float)
    ]
    said = [value for (sheet, _), value in libreoffice.stored(book).items() if sheet == "Summary"]
    assert "Grossed up from 340 of 1,000 staff (4 employers)" in said
