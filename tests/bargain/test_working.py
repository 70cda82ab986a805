"""The working is the engine's own: its parts sum to the appraisal's figures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.appraisal import appraise
from bargain.working import working_of
from models.offer import Offer
from tests.bargain.test_by_hand import offers, rows, sector_of
from tests.helpers.f1 import Row


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=8), offers)
def test_that_the_stages_sum_to_the_costing(made: list[Row], offer: Offer) -> None:
    sector = sector_of(made)
    cost, found = appraise(sector, offer).cost, working_of(sector, offer)

    rises = [
        float((step.end.labour() - step.start.labour()).sum() + sum(one.cover.sum() for one in step.stages))
        for step in found.steps
    ]
    assert rises == pytest.approx([one.full_year for one in cost.steps], abs=1e-6)
    one_offs = [
        0.0 if s.once is None else float((s.once.labour() - s.end.labour()).sum()) for s in found.steps
    ]
    assert one_offs == pytest.approx([one.one_off for one in cost.steps], abs=1e-6)
    one_percent = (found.one_percent.labour() - found.steps[0].start.labour()).sum()
    assert one_percent == pytest.approx(cost.cost_of_one_percent, abs=1e-6)
