"""Columns to few bytes and back: every figure exactly, and nothing taken on trust."""

from __future__ import annotations

import struct
from dataclasses import replace

import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sector_strategies import KEY, noisy_workforce

from bargain.storage import coding, columns
from bargain.storage import store as store_module
from bargain.storage.codec import PlainShapeError, parse
from bargain.storage.coding import pack, unpack
from bargain.storage.store import Store
from models.employer import Employer
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector
from models.workforce import COLUMNS

KINDS = st.sampled_from([np.int8, np.int16, np.int32, np.int64, np.float64])


def comes_back(column) -> bytes:
    packed = pack(column)
    back = unpack(packed, column.dtype, len(column), where="x")
    assert back.dtype == column.dtype
    assert back.tobytes() == column.tobytes()
    return packed


@settings(max_examples=200, deadline=None)
@given(KINDS.flatmap(lambda kind: arrays.arrays(kind, st.integers(0, 30))))
def test_that_any_column_comes_back_bit_for_bit(column) -> None:
    comes_back(column)


@settings(max_examples=100, deadline=None)
@given(
    KINDS, st.integers(1, 700), st.integers(1, 900), st.integers(0, 2**31), st.sampled_from([1, 3, 10_000])
)
def test_that_columns_of_few_values_come_back(kind, posts, values, seed, step) -> None:
    random = np.random.default_rng(seed)
    comes_back((random.integers(-values, values, posts) * step).astype(kind))


@pytest.mark.parametrize(
    ("column", "most"),
    [
        (np.zeros(100_000), 50),
        (np.full(100_000, -1, np.int32), 50),
        (np.tile([37.0, 18.5, 24.0], 40_000), 30_200),
        (np.random.default_rng(1).integers(1_200, 2_500, 100_000) * 10_000, 200_100),
    ],
    ids=["nought", "not recorded", "hours", "rates in pence"],
)
def test_that_what_payrolls_hold_takes_few_bytes(column, most) -> None:
    assert len(comes_back(column)) <= most


def test_that_nan_and_minus_nought_stay_what_they_are() -> None:
    odd = np.array([0.0, -0.0, np.nan, -np.nan, np.inf, 5e-324] * 50)
    odd[7] = np.frombuffer(struct.pack("<Q", 0x7FF8000000000123))[0]
    comes_back(odd)


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\x09",
        b"\x00",
        b"\x01\x00\x00\x00\x00",
        b"\x01" + struct.pack("<I", 10**9),
        b"\x01" + struct.pack("<I", 2) + bytes(16) + b"\x00\x00\x05\x00",  # a code outside its table
        b"\x01" + struct.pack("<I", 2) + bytes(16) + b"\x00\x00\x01",  # too few codes
        b"\x01" + struct.pack("<I", 2) + bytes(16) + b"\x07\x00\x01\x00",
        struct.pack("<BqqB", 2, 0, 1, 3) + b"\x00\x00\x00\x00",
        struct.pack("<BqqB", 2, 2**62, 2**61, 1) + b"\x00\xff\xff\xff",
        struct.pack("<BqqB", 2, 0, 0, 1) + b"\x00\x01\x01\x01",
        struct.pack("<BqqB", 2, 0, 1, 1) + b"\x01" + zstandard.compress(bytes(50_000_000)),
        b"\x00" + zstandard.compress(bytes(50_000_000)),
    ],
)
def test_that_bytes_that_are_no_column_are_refused(packed) -> None:
    with pytest.raises(PlainShapeError):
        unpack(packed, np.dtype(np.int64), 3, where="rate_micros")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60), KINDS, st.integers(0, 20))
def test_that_any_bytes_give_a_column_or_a_refusal(packed, kind, posts) -> None:
    try:
        column = unpack(packed, np.dtype(kind), posts, where="x")
    except PlainShapeError:
        return
    assert column.shape == (posts,)
    assert column.dtype == kind


@pytest.mark.parametrize(
    "packed",
    [
        zstandard.compress(bytes(50_000_000)),  # says that it is far larger than declared
        zstandard.ZstdCompressor(write_content_size=False).compress(bytes(50_000_000)),  # says nothing
        zstandard.compress(bytes(40))[:-3],
        zstandard.compress(bytes(40)) + b"more",
        b"not zstandard at all",
        b"",
    ],
    ids=["larger", "unsaid", "cut short", "more after", "other", "empty"],
)
def test_that_unpacking_never_takes_more_than_the_declared_size(packed) -> None:
    with pytest.raises(PlainShapeError):
        coding.decompress(packed, 40, where="age")


def test_that_a_frame_is_measured_before_anything_is_allocated(monkeypatch) -> None:
    class Never:
        def __init__(self) -> None:
            raise AssertionError("a bomb was unpacked")

    packed = zstandard.compress(bytes(50_000_000))
    monkeypatch.setattr(coding.zstandard, "ZstdDecompressor", Never)
    with pytest.raises(PlainShapeError, match="40 bytes when unpacked"):
        coding.decompress(packed, 40, where="age")


@pytest.mark.parametrize(
    ("name", "code"), [("employer_code", 3), ("grade_code", -2), ("sex", 9), ("basis", -1)]
)
def test_that_codes_outside_their_lists_are_never_written(name, code) -> None:
    force = noisy_workforce(5)
    wrong = getattr(force, name).copy()
    wrong[2] = code
    with pytest.raises(ValueError, match=name):
        Store(KEY.file_key).put(Sector("x", workforce=replace(force, **{name: wrong})))


def test_that_more_posts_than_a_file_holds_are_refused_in_plain_words(monkeypatch) -> None:
    monkeypatch.setattr(columns, "MOST_POSTS", 4)
    with pytest.raises(UnusableInput, match="5 posts, and one file holds at most 4"):
        Store(KEY.file_key).put(Sector("x", workforce=noisy_workforce(5)))


def test_that_nothing_is_kept_that_could_not_be_read_again() -> None:
    with pytest.raises(ValueError, match="should be text"):
        Store(KEY.file_key).put(Sector(name=5))


@pytest.mark.parametrize(("count", "objects"), [(8, 8), (9, 1)])
def test_that_more_than_a_few_flat_records_are_one_object_and_other_values_are_not(count, objects) -> None:
    sector = Sector(
        "x",
        employers=tuple(Employer(f"Employer {number}") for number in range(count)),
        offers=tuple(Offer(f"Offer {number}") for number in range(20)),
    )
    store = Store(KEY.file_key)
    fields = parse(store.small[store.put(sector)])["fields"]
    assert len(fields["employers"]) == (8 if objects == 8 else 64)  # addresses, or the letters of one
    assert len(fields["offers"]) == 20


@pytest.mark.parametrize("most", [0, 1_000])
def test_that_lists_come_back_however_they_were_divided(monkeypatch, most) -> None:
    sector = Sector(
        "x",
        employers=tuple(Employer(f"Employer {number}") for number in range(12)),
        offers=(Offer("First"), Offer("Second")),
    )
    monkeypatch.setattr(store_module, "most_items", lambda _: most)
    store = Store(KEY.file_key)
    state = store.put(sector)
    monkeypatch.undo()
    store._values.clear()
    found = store.get(state)
    assert (found.employers, found.offers) == (sector.employers, sector.offers)


def test_that_columns_come_back_read_only_and_of_their_own_type() -> None:
    store = Store(KEY.file_key)
    state = store.put(Sector("x", workforce=noisy_workforce(50)))
    store._arrays.clear()
    force = store.get(state).workforce
    for name, kind in COLUMNS.items():
        assert getattr(force, name).dtype == kind
        assert not getattr(force, name).flags.writeable


def test_that_a_column_under_another_s_address_is_refused_by_the_check() -> None:
    store = Store(KEY.file_key)
    state = store.put(Sector("x", workforce=noisy_workforce(50)))
    store.check_column_names(state)
    rates, hours = store.columns, sorted(store.columns)
    rates[hours[0]], rates[hours[1]] = rates[hours[1]], rates[hours[0]]
    with pytest.raises(PlainShapeError):
        Store.check_column_names(store, state) if not store._arrays.clear() else None
