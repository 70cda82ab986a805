"""Staff off the scale, and spot rates placed on it: like staff together, against hand-worked cases."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.offers.assimilation import assimilation
from bargain.offers.assimilation_groups import groups_of
from bargain.offers.increments import against_scale
from bargain.offers.off_scale import Off, OffScale, off_scale
from bargain.offers.offer_file import read_offer
from bargain.offers.scale_file import read_scale
from models.basis import Basis
from models.payscale import PayScale
from models.spine import SpineOrder
from models.workforce import Workforce, empty_workforce
from tests.helpers.f1 import Row, workforce_of

SPINE = "point,annual,grade\n1,20000,One\n2,22000,One\n3,24000,Two\n4,26000,Two\n"
FIRST, AFTER = SpineOrder.ASSIMILATE_FIRST, SpineOrder.UPLIFT_FIRST


def scale(text: str = SPINE) -> PayScale:
    return read_scale(text, source="s", weekly_hours=37.0)[0]


def year(rate: str, point: str = "", *, heads: float = 1.0, fte: float = 1.0, grade: str = "One") -> Row:
    return Row(
        "A", grade, rate, heads, hours=37 * fte, full_hours=37.0, basis=Basis.YEAR, fte=fte, point=point
    )


def force(*rows: Row) -> Workforce:
    return workforce_of(rows, employers="A", grades=["One", "Two"])


def test_that_protected_pay_is_told_from_pay_below_and_from_spot_rates() -> None:
    """£500 and £1,500 above point 2 by two and one: £833.33 on average; half time, so £1,250 a year in all."""
    found = off_scale(
        force(
            year("22500", "2", heads=2, fte=0.5),
            year("23500", "2", fte=0.5),
            year("22000", "2", heads=9),
            year("19900", "1"),
            year("21000", heads=4),
        ),
        scale(),
    )
    above, below, spot = found
    assert (above.kind, above.employer, above.grade, above.point, above.heads) == (
        Off.ABOVE,
        "A",
        "One",
        "2",
        3.0,
    )
    assert above.pay == pytest.approx((2 * 22500 + 23500) / 3)
    assert above.difference == pytest.approx((2 * 500 + 1500) / 3)
    assert above.yearly == pytest.approx((2 * 500 + 1500) * 0.5)
    assert below == OffScale(Off.BELOW, "A", "One", "1", 1.0, 19900.0, -100.0, -100.0)
    assert spot == OffScale(Off.NO_POINT, "A", "One", "", 4.0, 21000.0, None, None)
    assert off_scale(empty_workforce(), scale()) == ()


def test_that_an_hourly_post_is_counted_by_its_own_hours() -> None:
    """£20,000 ÷ 52.143 ÷ 37 is £10.37: £11.00 is 63p above it for 20 hours, a full week of 37."""
    row = Row("A", "One", "11.00", hours=20, full_hours=37.0, point="1")
    (found,) = off_scale(force(row), scale())
    assert found.pay == pytest.approx(11 * 37 * 52.143)
    assert found.difference == pytest.approx(0.63 * 37 * 52.143)
    assert found.yearly == pytest.approx(0.63 * 20 * 52.143)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.builds(
            year,
            st.sampled_from(["20000", "21000", "22000", "30000"]),
            st.sampled_from(["", "1", "2", "9"]),
            heads=st.integers(1, 5).map(float),
        ),
        max_size=8,
    )
)
def test_that_everybody_off_the_scale_is_counted_once(rows: list[Row]) -> None:
    workforce = force(*rows)
    heads: dict[Off, float] = defaultdict(float)
    for one in off_scale(workforce, scale()):
        heads[one.kind] += one.heads
    stands = against_scale(workforce, scale())
    assert [heads[kind] for kind in Off] == [stands.above_point, stands.below_point, stands.no_point]


OFFER = "[[settlement]]\neffective = 2026-04-01\n[[settlement.pay]]\ncash = 1000\n[[settlement]]\neffective = 2027-04-01\n"


def test_that_spot_rates_are_grouped_by_the_way_their_pay_takes() -> None:
    """£21,000 goes to point 2: first, £22,000 + £1,000; after the rise £22,000 meets point 2, now £23,000.

    £24,500 is above grade One: kept with the rise, £25,500, in either order.
    """
    offer = read_offer(OFFER, source="o")
    made = assimilation(
        force(year("21000", heads=3), year("21000", heads=2), year("24500"), year("22000", "2")),
        scale(),
        offer,
        employers={},
        weeks_y=52.143,
        ends=date(2026, 7, 1),
    )
    low, high = groups_of(made)
    assert (low.grade, low.basis, low.now, low.heads) == ("One", Basis.YEAR, 21000.0, 5.0)
    assert low.stay == (22000.0, 22000.0, 22000.0)
    assert (low.way(FIRST).point, low.way(FIRST).rates) == ("2", (23000.0, 23000.0, 23000.0))
    assert (low.way(AFTER).point, low.way(AFTER).rates) == ("2", (23000.0, 23000.0, 23000.0))
    assert low.way(FIRST).losing == ()
    assert (high.now, high.way(FIRST).rates[0], high.way(AFTER).rates[0]) == (24500.0, 25500.0, 25500.0)


def test_that_the_months_of_a_loss_are_named() -> None:
    """Without protection £24,500 comes down to point 2: £23,000 against £25,500 on the spot rate."""
    made = assimilation(
        force(year("24500")),
        scale(),
        read_offer(OFFER, source="o"),
        employers={},
        weeks_y=52.143,
        ends=date(2026, 6, 1),
        protect=False,
    )
    (group,) = groups_of(made)
    for order in SpineOrder:
        assert group.way(order).losing == (date(2026, 4, 1), date(2026, 5, 1))
        assert group.way(order).rates == (23000.0, 23000.0)


def test_that_nobody_on_the_scale_is_placed_on_it() -> None:
    made = assimilation(
        force(year("22000", "2")),
        scale(),
        read_offer(OFFER, source="o"),
        employers={},
        weeks_y=52.143,
        ends=date(2026, 6, 1),
    )
    assert groups_of(made) == ()
