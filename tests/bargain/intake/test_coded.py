"""Columns as codes: groups of equal rows, however they are found."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.intake.coded import Coded, factorised, grouped
from bargain.intake.csv_columns import columns_of
from bargain.intake.tables import Cells, clean_text, is_blank

ROWS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(0, 2)), min_size=1, max_size=60)


def by_hand(rows: list[tuple[int, ...]]) -> dict[tuple[int, ...], list[int]]:
    """Each combination, with the places where it stands."""
    found: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        found[row].append(at)
    return found


@settings(max_examples=80, deadline=None)
@given(rows=ROWS, spare=st.sampled_from([0, 300]))
def test_that_rows_are_grouped_as_by_hand_in_a_table_of_keys_and_by_their_hashes(rows, spare):
    """``spare`` values that never occur make the keys too wide for a table."""
    columns = [
        Coded(np.array([row[at] for row in rows], dtype=np.int32), list(range(7 + spare))) for at in range(3)
    ]
    codes, firsts = grouped(columns)
    expected = by_hand(rows)
    assert sorted(firsts.tolist()) == sorted(places[0] for places in expected.values())
    for places in expected.values():
        assert {int(firsts[codes[at]]) for at in places} == {places[0]}


@pytest.mark.parametrize("size", [50, 30_000])
def test_that_any_keys_get_one_code_each_and_the_place_where_it_occurs_first(size):
    keys = np.random.default_rng(7).integers(0, 2**62, 40)[np.random.default_rng(8).integers(0, 40, size)]
    codes, firsts = factorised(keys)
    seen: dict[int, int] = {}
    for at, key in enumerate(keys.tolist()):
        seen.setdefault(key, at)
    assert {int(keys[at]): int(at) for at in firsts} == seen
    assert np.array_equal(keys[firsts][codes], keys)


def test_that_values_come_in_the_order_of_their_rows():
    assert list(Coded.of(["b", "a", "b"])) == ["b", "a", "b"]


def test_that_texts_of_a_file_are_decoded_together_as_one_by_one():
    rows = columns_of('name,no\n"Ann ""A""",1\nÉmile,\'=2\nBo,3\n'.encode(), ",")
    assert rows is not None
    texts = rows.columns[0].distinct
    assert texts.some(slice(None)) == [texts[at] for at in range(len(texts))]
    assert texts.some(np.array([2, 1])) == [texts[2], texts[1]]


@pytest.mark.parametrize(("cell", "is_marked"), [("'=2", True), ("2'", False), ("", False), ("=2", False)])
def test_that_the_mark_of_our_own_exports_is_seen_without_decoding(cell, is_marked):
    rows = columns_of(f"name,no\nAnn,{cell}\nBo,3\n".encode(), ",")
    assert rows is not None
    assert rows.columns[1].distinct.any_begins_with("'") is is_marked


TEXTS = st.text(st.sampled_from("aT d9.*\u00a0é\n"), max_size=6)


@settings(max_examples=150, deadline=None)
@given(cells=st.lists(st.one_of(TEXTS, st.integers(0, 99), st.none()), max_size=6))
def test_that_looks_at_all_cells_together_say_what_looks_at_each_say(cells):
    held = Cells(cells)
    assert held.blank.tolist() == [is_blank(one) for one in cells]
    assert list(held.cleaned) == [clean_text(one) for one in cells]
    for at, may in enumerate(held.may_end_with("t9").tolist()):
        text = cells[at] if isinstance(cells[at], str) else ""
        last = text.rstrip("0123456789")[-1:] if len(text) > 1 and not text[-1:].isalpha() else text[-1:]
        if last.lower() == "t" or text[-1:] == "9":
            assert may


@pytest.mark.parametrize(
    ("cells", "is_kept"),
    [(["a b", "c"], True), (["a  b"], False), ([" a"], False), (["a\nb"], False), (["é"], False)],
)
def test_that_only_texts_already_on_one_line_are_left_as_they_are(cells, is_kept):
    held = Cells(cells)
    assert (held.cleaned.distinct is held) is is_kept
