"""What stands in the sealed index is held against what is there, step by step and part by part."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest
from sector_strategies import KEY, PHRASE, example_sector, same

from bargain.storage import clock, container, contents
from bargain.storage.codec import canonical
from bargain.storage.coding import compress
from bargain.storage.container import first_contents, open_data, seal, seal_contents, unseal
from bargain.storage.history import step_of
from bargain.storage.refusals import DamagedFileError
from models.sector import Sector

SOURCE = "north.bargain"


def test_that_content_that_does_not_hold_together_is_damaged(monkeypatch):
    nonsense = struct.pack("<Q", 20) + compress(b"well sealed nonsense")
    for index in (nonsense, b"", struct.pack("<Q", 2**40) + b"x", b"short"):
        monkeypatch.setattr(container, "encode", lambda *_, index=index: (index, b""))
        with pytest.raises(DamagedFileError, match="none of it is shown"):
            unseal(seal(Sector("x"), KEY), PHRASE, source=SOURCE)


@pytest.mark.parametrize(
    "change",
    [
        lambda head: head.pop("steps"),
        lambda head: head.update(at=5),
        lambda head: head.update(at=-1),
        lambda head: head.update(steps=[]),
        lambda head: head["steps"][0].update(text="Another sentence"),
        lambda head: head["steps"][0].update(state="0" * 64),
        lambda head: head["small"].pop(),
        lambda head: head["small"][0].__setitem__(1, 10**9),
        lambda head: head["columns"].pop(),
        lambda head: head["columns"][0].__setitem__(2, -1),
        lambda head: head["columns"].reverse(),
        lambda head: head["columns"][0].__setitem__(1, "ab" * 32),
        lambda head: exchange(head["columns"], 0),
        lambda head: exchange(head["columns"], 1),
        lambda head: (lengthen(head["columns"][0], 1), lengthen(head["columns"][1], -1)),
        lambda head: head.update(parts="ab" * 16),
        lambda head: head.update(parts=""),
        lambda head: head.update(parts=None),
        lambda head: head.update(schema="one"),
    ],
)
def test_that_an_index_that_does_not_fit_is_refused(monkeypatch, change):
    with pytest.raises(DamagedFileError):
        unseal(sealed_with(monkeypatch, change), PHRASE, source=SOURCE)


def exchange(rows, place):
    """The first two rows have each other's item at a place."""
    rows[0][place], rows[1][place] = rows[1][place], rows[0][place]


def lengthen(row, by):
    row[2] += by


def sealed_with(monkeypatch, change, made=None):
    """A file whose head was changed before it was sealed."""
    encode = contents.encode

    def altered(whole, cipher):
        index, parts = encode(whole, cipher)
        head, plain, start = contents._head_of(index)
        change(head)
        text = canonical(head)
        plain = struct.pack("<Q", len(text)) + text + plain[start:]
        return struct.pack("<Q", len(plain)) + compress(plain), parts

    with monkeypatch.context() as then:
        then.setattr(container, "encode", altered)
        return seal_contents(made or first_contents(example_sector(), KEY.file_key), KEY, "0" * 32).data


def three_steps():
    made = first_contents(example_sector(), KEY.file_key)
    for number in (1, 2):
        sector = replace(example_sector(), name=str(number))
        made.history = made.history.with_step(step_of(number, clock.now(), str(number), sector, made.store))
    return made


@pytest.mark.parametrize("place", [0, 1, 2])
def test_that_a_history_with_an_altered_step_is_refused_wherever_the_step_is(monkeypatch, place):
    data = sealed_with(monkeypatch, lambda head: head["steps"][place].update(text="Another"), three_steps())
    with pytest.raises(DamagedFileError):
        open_data(data, PHRASE, source=SOURCE)


def test_that_the_sector_alone_is_the_one_of_the_present_step_with_the_history_as_with_it(monkeypatch):
    made = three_steps()
    for at in (0, 1, 2):
        made.history = made.history.moved(at)
        data = seal_contents(made, KEY, "0" * 32).data
        whole = open_data(data, PHRASE, source=SOURCE).contents.history
        assert (whole.at, len(whole.steps)) == (at, 2)
        assert same(unseal(data, PHRASE, source=SOURCE), whole.present.sector())
        assert whole.present.sector().name == ("Homes of the north", "1", "2")[at]


def test_that_a_file_without_one_tag_over_its_parts_opens_part_by_part(monkeypatch):
    data = sealed_with(monkeypatch, lambda head: head.pop("parts"))
    assert same(unseal(data, PHRASE, source=SOURCE), example_sector())
    for back in (1, 40, 400):
        with pytest.raises(DamagedFileError):
            unseal(
                data[:-back] + bytes((data[-back] ^ 1,)) + data[len(data) - back + 1 :], PHRASE, source=SOURCE
            )
