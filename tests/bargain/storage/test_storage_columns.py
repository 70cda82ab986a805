"""Workforce columns as blobs, and the payload that holds them."""

from __future__ import annotations

import hashlib
import struct

import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from sector_strategies import example_sector, noisy_workforce, same, sectors, workforces

from bargain.storage import columns, payload
from bargain.storage.codec import PlainShapeError, UnknownKeyError, canonical, parse, to_plain
from bargain.storage.columns import Blob, pack_workforce, unpack_workforce
from models.issues import UnusableInput
from models.sector import Sector
from models.workforce import COLUMNS, Workforce, empty_workforce


def with_index(data, change):
    """The payload with its index changed in place by ``change``."""
    packed_size, _ = struct.unpack_from("<QQ", data)
    index = parse(zstandard.decompress(data[16 : 16 + packed_size]))
    change(index)
    text = canonical(index)
    packed = zstandard.compress(text)
    return struct.pack("<QQ", len(packed), len(text)) + packed + data[16 + packed_size :]


@settings(max_examples=60, deadline=None)
@given(workforces())
def test_that_any_workforce_comes_back_with_its_fingerprint(workforce):
    blobs = {}
    stored = to_plain(pack_workforce(workforce, blobs))
    back = unpack_workforce(parse(canonical(stored)), blobs)
    assert back.fingerprint() == workforce.fingerprint()
    assert back.employers == workforce.employers


@settings(max_examples=60, deadline=None)
@given(sectors())
def test_that_any_sector_comes_back_from_its_bytes(sector):
    data = payload.encode(sector)
    assert same(payload.decode(data), sector)
    assert payload.encode(payload.decode(data)) == data


def test_that_columns_come_back_read_only_and_of_their_own_type():
    workforce = payload.decode(payload.encode(example_sector())).workforce
    for name, kind in COLUMNS.items():
        column = getattr(workforce, name)
        assert column.dtype == kind
        assert not column.flags.writeable


def test_that_a_blob_is_named_by_the_digest_of_its_plain_little_endian_bytes():
    workforce, blobs = noisy_workforce(9), {}
    stored = pack_workforce(workforce, blobs)
    plain = b"".join(int(rate).to_bytes(8, "little") for rate in workforce.rate_micros)
    assert stored.columns["rate_micros"].blob == hashlib.sha256(plain).hexdigest()


def test_that_equal_columns_are_stored_once():
    columns_of_nought = {name: np.zeros(50, dtype=kind) for name, kind in COLUMNS.items() if name != "basis"}
    workforce = Workforce(
        ("a",), ("a",), ("a",), ("a",), ("a",), basis=np.zeros(50, dtype=np.int8), **columns_of_nought
    )
    blobs = {}
    pack_workforce(workforce, blobs)
    assert sorted(blob.size for blob in blobs.values()) == [50, 100, 200, 400]  # one for each width


def test_that_a_sector_without_posts_comes_back():
    assert same(payload.decode(payload.encode(Sector("Empty"))), Sector("Empty"))


@pytest.mark.parametrize(
    ("name", "code"), [("employer_code", 3), ("grade_code", -2), ("sex", 9), ("basis", -1)]
)
def test_that_codes_outside_their_lists_are_never_written(name, code):
    workforce = noisy_workforce(5)
    wrong = {column: getattr(workforce, column).copy() for column in COLUMNS}
    wrong[name][2] = code
    with pytest.raises(ValueError, match=name):
        pack_workforce(Workforce(*(("a", "b", "c"),) * 5, **wrong), {})


def test_that_codes_outside_their_lists_are_refused_on_reading():
    blobs = {}
    stored = to_plain(pack_workforce(noisy_workforce(5), blobs))
    stored["vocabularies"]["employers"] = []
    with pytest.raises(PlainShapeError, match="employer_code points outside its list of employers"):
        unpack_workforce(stored, blobs)


def test_that_more_posts_than_a_file_holds_are_refused_in_plain_words(monkeypatch):
    monkeypatch.setattr(columns, "MOST_POSTS", 4)
    with pytest.raises(UnusableInput, match="5 posts, and one file holds at most 4"):
        pack_workforce(noisy_workforce(5), {})


def test_that_nothing_is_written_that_could_not_be_read():
    with pytest.raises(ValueError, match=r"sector\.name should be text"):
        payload.encode(Sector(name=5))


@pytest.mark.parametrize(
    "change",
    [
        lambda stored: stored.update(posts=10**9),
        lambda stored: stored.update(posts=-1),
        lambda stored: stored.update(posts=4),
        lambda stored: stored["columns"].pop("age"),
        lambda stored: stored["vocabularies"].pop("titles"),
        lambda stored: stored["columns"]["age"].update(type="<i8"),
        lambda stored: stored["columns"]["age"].update(blob="0" * 64),
        lambda stored: stored["columns"]["heads"].update(
            blob=stored["columns"]["rate_micros"]["blob"], type="<i8"
        ),
    ],
)
def test_that_a_description_that_does_not_fit_its_blobs_is_refused(change):
    blobs = {}
    stored = to_plain(pack_workforce(noisy_workforce(5), blobs))
    change(stored)
    with pytest.raises(PlainShapeError):
        unpack_workforce(stored, blobs)


def test_that_a_column_this_version_does_not_know_is_taken_for_newer():
    blobs = {}
    stored = to_plain(pack_workforce(noisy_workforce(5), blobs))
    stored["columns"]["shoe_size"] = stored["columns"]["age"]
    with pytest.raises(UnknownKeyError, match="shoe_size"):
        unpack_workforce(stored, blobs)


def test_that_a_blob_with_other_content_than_its_name_is_refused():
    blobs = {}
    stored = pack_workforce(noisy_workforce(5), blobs)
    name = stored.columns["rate_micros"].blob
    blobs[name] = Blob(zstandard.compress(bytes(40)), 40)
    with pytest.raises(PlainShapeError, match="rate_micros should be the column that its digest says"):
        unpack_workforce(to_plain(stored), blobs)


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
def test_that_unpacking_never_takes_more_than_the_declared_size(packed):
    with pytest.raises(PlainShapeError):
        columns.decompress(packed, 40, where="age")


def test_that_a_frame_is_measured_before_anything_is_allocated(monkeypatch):
    class Never:
        def __init__(self):
            raise AssertionError("a bomb was unpacked")

    packed = zstandard.compress(bytes(50_000_000))
    monkeypatch.setattr(columns.zstandard, "ZstdDecompressor", Never)
    with pytest.raises(PlainShapeError, match="40 bytes when unpacked"):
        columns.decompress(packed, 40, where="age")


@pytest.mark.parametrize(
    "change",
    [
        lambda index: index["blobs"][0].update(packed=10**12),
        lambda index: index["blobs"][0].update(packed=-1),
        lambda index: index["blobs"].pop(),
        lambda index: index.pop("sector"),
        lambda index: index.update(more=1),
        lambda index: index["sector"].update(year_start=[4]),
    ],
)
def test_that_an_index_that_does_not_fit_is_refused(change):
    with pytest.raises(PlainShapeError):
        payload.decode(with_index(payload.encode(example_sector()), change))


@pytest.mark.parametrize(
    "data",
    [b"", bytes(15), struct.pack("<QQ", 10**15, 5), struct.pack("<QQ", 4, 2**40) + b"abcd"],
)
def test_that_sizes_beyond_the_bytes_are_refused(data):
    with pytest.raises(PlainShapeError):
        payload.decode(data)


def test_that_bytes_after_the_last_blob_are_refused():
    with pytest.raises(PlainShapeError, match="bytes long"):
        payload.decode(payload.encode(Sector("x", workforce=empty_workforce())) + b"\0")
