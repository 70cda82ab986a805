"""A sector file in which any byte was changed, lost, added or moved is refused, and nothing crashes."""

from __future__ import annotations

import random

import pytest
from sector_strategies import KEY, PHRASE, example_sector

from bargain.storage.container import seal, unseal
from bargain.storage.stream import CHUNK, TAG, cipher_of, open_chunks, seal_chunks
from models.issues import UnusableInput

SEALED = seal(example_sector(posts=30_000), KEY)  # several chunks
SEALED_CHUNK = CHUNK + TAG


def chunks_begin():
    """Where the sealed chunks begin: after the fixed part, the header and its digest."""
    return 14 + int.from_bytes(SEALED[10:14], "little") + 32


def is_refused(data):
    """Whether opening says no in a sentence; any other exception fails the test."""
    try:
        unseal(bytes(data), PHRASE, source="north.bargain")
    except UnusableInput as error:
        return "north.bargain" in str(error)
    return False


def test_that_the_file_to_be_tampered_with_has_several_chunks_and_opens():
    assert (len(SEALED) - chunks_begin()) > 3 * SEALED_CHUNK
    assert not is_refused(SEALED)


def test_that_every_bit_of_the_header_counts():
    for place in range(chunks_begin() + 40):
        changed = bytearray(SEALED)
        changed[place] ^= 1 << (place % 8)
        assert is_refused(changed), place


@pytest.mark.parametrize("places", [500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_that_a_changed_byte_at_any_place_is_refused(places):
    choose = random.Random(20270401)
    for _ in range(places):
        place = choose.randrange(len(SEALED))
        changed = bytearray(SEALED)
        changed[place] ^= choose.randrange(1, 256)
        assert is_refused(changed), place


@pytest.mark.parametrize("more", [100, pytest.param(500, marks=pytest.mark.slow)])
def test_that_a_file_cut_short_at_any_length_is_refused(more):
    choose = random.Random(20270402)
    lengths = {*range(chunks_begin() + 20), *(len(SEALED) - n for n in range(1, 40))}
    lengths |= {chunks_begin() + n * SEALED_CHUNK + d for n in range(4) for d in (-1, 0, 1, TAG, TAG + 1)}
    lengths |= {choose.randrange(len(SEALED)) for _ in range(more)}
    for length in lengths:
        assert is_refused(SEALED[:length]), length


@pytest.mark.parametrize(
    "more",
    [b"\0", b"x" * 100, bytes(SEALED_CHUNK), SEALED[-SEALED_CHUNK:], SEALED],
    ids=["one byte", "a hundred", "an empty chunk", "the last chunk", "the whole file"],
)
def test_that_anything_added_is_refused(more):
    assert is_refused(SEALED + more)
    assert is_refused(more + SEALED)


def test_that_chunks_that_change_places_are_refused():
    begin = chunks_begin()
    body = SEALED[begin:]
    pieces = [body[at : at + SEALED_CHUNK] for at in range(0, len(body), SEALED_CHUNK)]
    head = SEALED[:begin]
    for one in range(len(pieces)):
        for other in range(one):
            moved = list(pieces)
            moved[one], moved[other] = moved[other], moved[one]
            assert is_refused(head + b"".join(moved))
        assert is_refused(head + b"".join(pieces[:one] + pieces[one + 1 :]))
        assert is_refused(head + b"".join([*pieces[: one + 1], *pieces[one:]]))
        if one:
            assert is_refused(head + b"".join(pieces[:one]))


def test_that_chunks_of_another_saving_of_the_same_file_do_not_fit():
    other = seal(example_sector(posts=30_000), KEY)
    begin = chunks_begin()
    assert is_refused(SEALED[:begin] + other[begin:])
    assert is_refused(SEALED[: begin + SEALED_CHUNK] + other[begin + SEALED_CHUNK :])


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_that_a_stream_of_any_length_opens_whole_or_not_at_all(size):
    cipher = cipher_of(bytes(32), bytes(32))
    plain = random.Random(size).randbytes(size)
    sealed = b"".join(seal_chunks(cipher, plain, b"bound"))
    assert len(sealed) == size + TAG * max(1, -(-size // CHUNK))
    assert open_chunks(cipher, memoryview(sealed), b"bound") == plain
    assert open_chunks(cipher, memoryview(sealed), b"other") is None
    assert open_chunks(cipher, memoryview(sealed)[:-1], b"bound") is None
    assert open_chunks(cipher, memoryview(b""), b"bound") is None
