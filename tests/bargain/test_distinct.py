"""Places among the values there are, counted through or sorted, against sets and lists of plain Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain import distinct
from bargain.distinct import codes_of, distinct_of, places_of

KEYS = st.lists(st.integers(0, 40), min_size=1, max_size=60)


@pytest.mark.parametrize("dense", [True, False])
@settings(max_examples=40)
@given(keys=KEYS)
def test_that_every_key_has_its_place_and_every_place_an_entry(dense: bool, keys: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct, "_SMALL", 100 if dense else 0)
        patch.setattr(distinct, "_DENSE", 4 if dense else 0)
        places, some = places_of(np.array(keys, dtype=np.int64), 41)
    found = sorted(set(keys))
    assert places.tolist() == [found.index(one) for one in keys]
    assert [keys[at] for at in some.tolist()] == found


@settings(max_examples=40)
@given(values=st.lists(st.sampled_from((12.5, 37.5, 37.0, 40.0)), min_size=1, max_size=30))
def test_that_values_and_places_are_those_of_a_sorted_set(values: list[float]) -> None:
    found, places = distinct_of(np.array(values))
    assert found.tolist() == sorted(set(values))
    assert found.take(places).tolist() == values


@settings(max_examples=40)
@given(values=st.lists(st.integers(-3, 70_000), min_size=1, max_size=30))
def test_that_codes_tell_values_apart_and_stay_below_their_number(values: list[int]) -> None:
    codes, size = codes_of(np.array(values, dtype=np.int32))
    assert 0 <= int(codes.min()) <= int(codes.max()) < size
    assert len(set(zip(values, codes.tolist(), strict=True))) == len(set(values)) == len(set(codes.tolist()))
