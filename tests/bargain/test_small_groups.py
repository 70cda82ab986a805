"""The one rule for small groups: who is small, and who is hidden beside them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.small_groups import SMALLEST_GROUP, hidden_among, is_small, may_tell_place, told_rate


def test_that_nobody_and_ten_are_not_small_and_nine_are() -> None:
    assert [is_small(one) for one in (0, 0.5, 9, 9.99, 10, 400)] == [False, True, True, True, False, False]


def test_that_a_median_takes_twenty_people_a_tenth_a_hundred_and_the_ends_are_never_told() -> None:
    assert [may_tell_place(0.5, one) for one in (0, 19, 20, 400)] == [False, False, True, True]
    assert [may_tell_place(one, 100) for one in (0.0, 0.09, 0.1, 0.9, 0.91, 1.0)] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]
    assert not may_tell_place(0.0, 1_600_000)


def test_that_a_rate_leaves_to_the_nearest_ten_pence() -> None:
    pounds = (12.70, 12.71, 12.749999, 12.75, 12.80, 0.0)
    assert [told_rate(round(one * 1_000_000)) for one in pounds] == [
        12_700_000,
        12_700_000,
        12_700_000,
        12_800_000,
        12_800_000,
        0,
    ]


def test_that_a_group_which_the_rest_would_give_away_takes_the_next_smallest_with_it() -> None:
    assert hidden_among([3, 40, 12]) == (True, False, True)
    assert hidden_among([3, 8, 40, 12]) == (True, True, False, False)  # eleven together
    assert hidden_among([40, 12]) == (False, False)
    assert hidden_among([3]) == (True,)
    assert hidden_among([0, 3, 10]) == (False, True, True)
    assert hidden_among([]) == ()


@given(st.lists(st.integers(0, 60), max_size=8))
@settings(max_examples=60, deadline=None)
def test_that_what_is_hidden_can_not_be_found_by_taking_the_rest_away(people: list[int]) -> None:
    hidden = hidden_among(people)
    assert all(hidden[at] for at, one in enumerate(people) if is_small(one))
    together = sum(one for one, is_hidden in zip(people, hidden, strict=True) if is_hidden)
    shown = sum(one for one, is_hidden in zip(people, hidden, strict=True) if not is_hidden)
    assert together == 0 or together >= SMALLEST_GROUP or shown == 0
