"""Values read when they are asked for are the values that were stored, whoever asks, and in whatever order."""

from __future__ import annotations

import random
import threading
from dataclasses import fields, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st
from sector_strategies import KEY, LOW_COST, PHRASE, example_sector, same, sectors

from bargain.storage import checking, coding, contents, writer_mark
from bargain.storage.codec import PlainShapeError, canonical, parse
from bargain.storage.container import first_contents, open_data, seal, seal_contents, unseal
from bargain.storage.deriving import PART, derived_key
from bargain.storage.history import MOST_STEPS, History
from bargain.storage.later import SectorLater, WorkforceLater
from bargain.storage.sector_file import SectorFile
from models.employer import Employer, Ownership
from models.sector import Sector
from models.workforce import COLUMNS, VOCABULARIES, Workforce

NAMES = tuple(one.name for one in fields(Sector))


@settings(max_examples=40, deadline=None)
@given(sectors(), st.randoms())
def test_that_any_sector_read_in_any_order_is_the_one_stored(sector, chance) -> None:
    found = unseal(seal(sector, KEY), KEY, source="x")
    assert type(found) is SectorLater
    for name in chance.sample(NAMES, len(NAMES)):
        assert repr(getattr(found, name)) == repr(getattr(sector, name)) or name == "workforce"
    force = found.workforce
    assert len(force) == len(sector.workforce)
    for name in chance.sample([*COLUMNS, *VOCABULARIES], 25):
        assert getattr(force, name) is getattr(force, name)
    assert same(found, sector)


def test_that_nothing_is_read_before_it_is_asked_for(monkeypatch) -> None:
    data = seal(example_sector(50), KEY)
    unpacked: list[str] = []
    real = coding.unpack

    def noting(*args, where):
        unpacked.append(where)
        return real(*args, where=where)

    monkeypatch.setattr(coding, "unpack", noting)
    found = unseal(data, KEY, source="x")
    assert found.name == "Homes of the north"
    assert len(found.workforce) == 50
    assert unpacked == []
    assert not found.workforce.heads.flags.writeable
    assert found.workforce.heads is found.workforce.heads
    assert unpacked == ["heads"]


def test_that_a_changed_copy_is_an_ordinary_value() -> None:
    found = unseal(seal(example_sector(50), KEY), KEY, source="x")
    changed = replace(found, name="Another")
    assert type(changed) is Sector
    assert type(found.workforce) is WorkforceLater
    assert type(replace(found.workforce, grades=())) is Workforce
    assert same(replace(changed, name=found.name), example_sector(50))


@pytest.mark.parametrize("name", ["colour", "__deepcopy__", "_read"])
def test_that_what_is_no_field_is_an_attribute_error(name) -> None:
    found = unseal(seal(example_sector(5), KEY), KEY, source="x")
    for value in (found, found.workforce):
        with pytest.raises(AttributeError):
            getattr(value, name)


def test_that_many_threads_read_each_field_once_and_the_same() -> None:
    sector = example_sector(3_000)
    found = unseal(seal(sector, KEY), KEY, source="x")
    start = threading.Barrier(8)
    seen: list[dict[str, int]] = []

    def reads(seed: int) -> None:
        names = random.Random(seed).sample(tuple(COLUMNS), len(COLUMNS))
        start.wait()
        seen.append({name: id(getattr(found.workforce, name)) for name in names})

    threads = [threading.Thread(target=reads, args=(seed,)) for seed in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(seen) == 8
    assert all(one == seen[0] for one in seen)
    assert same(found, sector)


def test_that_reading_while_another_thread_saves_disturbs_neither(tmp_path: Path) -> None:
    made = SectorFile.create(tmp_path / "a.bargain", example_sector(300), PHRASE, cost=LOW_COST)
    for number in range(60):
        made.record(replace(made.sector, name=str(number)), f"Step {number}")
    made.save()
    made.close()
    file = SectorFile.open(made.path, made.key)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.extend(step.sector().name for step in file.steps))
    reader.start()
    while reader.is_alive():
        file.record(replace(file.sector, legal_basis=str(len(read))), "Basis")
        file.save()
    assert read == [str(number) for number in range(60)]
    file.close()


def test_that_a_saved_change_packs_no_column_anew_though_none_was_read(tmp_path: Path, monkeypatch) -> None:
    made = SectorFile.create(tmp_path / "a.bargain", example_sector(300), PHRASE, cost=LOW_COST)
    made.save()
    made.close()
    file = SectorFile.open(made.path, made.key)
    monkeypatch.setattr(coding, "pack", None)
    monkeypatch.setattr(coding, "unpack", None)
    file.record(replace(file.sector, name="Another"), "Renamed")
    file.save()
    file.close()
    monkeypatch.undo()
    again = SectorFile.open(made.path, made.key, lock=False)
    assert same(again.sector, replace(example_sector(300), name="Another"))


def test_that_a_sector_whose_step_is_long_gone_can_still_be_read_by_whoever_holds_it(tmp_path: Path) -> None:
    made = SectorFile.create(tmp_path / "a.bargain", example_sector(30), PHRASE, cost=LOW_COST)
    made.save()
    made.close()
    file = SectorFile.open(made.path, made.key)
    held = file.sector
    for number in range(MOST_STEPS + 5):
        file.record(Sector(name=str(number)), f"Step {number}")
    file.save()
    assert same(held, example_sector(30))
    file.close()


def test_that_a_file_of_another_program_is_read_whole_when_it_is_opened(monkeypatch) -> None:
    with monkeypatch.context() as then:
        then.setattr(contents, "own_mark", lambda: "another program")
        data = seal(example_sector(50), KEY)
    found = unseal(data, KEY, source="x")
    assert type(found) is Sector
    assert type(found.workforce) is Workforce
    assert same(found, example_sector(50))


def test_that_the_mark_tells_any_other_kind_of_value_apart(monkeypatch) -> None:
    words = writer_mark.kind_in_words(Sector)
    assert words["name"] == "str"
    employer = writer_mark.kind_in_words(Employer)
    assert words["employers"][:2] == ["parts", "tuple"]
    assert words["employers"][2][0] == employer
    assert employer["ownership"] == ["one of", [one.value for one in Ownership]]
    assert employer["pension_ppm"] != employer["name"]
    assert words["workforce"][1][0] == ["employer_code", "int32"]
    before = writer_mark.own_mark()
    writer_mark.own_mark.cache_clear()
    monkeypatch.setattr(writer_mark, "VERSION", "another version")
    assert writer_mark.own_mark() != before
    writer_mark.own_mark.cache_clear()


def test_that_checking_reads_everything_at_once_and_names_what_does_not_fit(
    tmp_path: Path, monkeypatch
) -> None:
    path = tmp_path / "a.bargain"
    path.write_bytes(seal(example_sector(50), KEY))
    assert checking.verify(path, KEY).intact
    real = coding.unpack

    def fails(*args, where):
        if where == "age":
            raise PlainShapeError("a packed column", where)
        return real(*args, where=where)

    monkeypatch.setattr(coding, "unpack", fails)
    found = open_data(path.read_bytes(), KEY, source="x").contents.history.present.sector()
    assert found.workforce.heads.sum() > 0
    with pytest.raises(PlainShapeError, match="age should be a packed column"):
        _ = found.workforce.age
    faults = checking.verify(path, KEY).faults
    assert len(faults) == 1
    assert "age should be a packed column" in faults[0]


def test_that_checking_finds_a_value_of_the_wrong_kind_though_every_seal_is_right(tmp_path: Path) -> None:
    made = first_contents(example_sector(5), KEY.file_key)
    state = parse(made.store.small[made.history.start.state])
    state["fields"]["name"] = made.store._put_bytes(b"5")
    made.history = History(replace(made.history.start, state=made.store._put_bytes(canonical(state))))
    made.pins = {}
    path = tmp_path / "a.bargain"
    path.write_bytes(seal_contents(made, KEY, "0" * 32).data)
    assert unseal(path.read_bytes(), KEY, source="x").legal_basis == ""
    faults = checking.verify(path, KEY).faults
    assert len(faults) == 1
    assert "name should be text" in faults[0]


def test_that_a_field_that_is_missing_though_every_seal_is_right_is_said_when_it_is_asked_for() -> None:
    made = first_contents(example_sector(5), KEY.file_key)
    state = parse(made.store.small[made.history.start.state])
    del state["fields"]["legal_basis"]
    made.history = History(replace(made.history.start, state=made.store._put_bytes(canonical(state))))
    found = unseal(seal_contents(made, KEY, "0" * 32).data, KEY, source="x")
    assert found.name == "Homes of the north"
    with pytest.raises(PlainShapeError, match="legal_basis should be there"):
        _ = found.legal_basis


def test_that_a_small_object_that_is_not_what_its_digest_says_is_found(tmp_path: Path, monkeypatch) -> None:
    opened = open_data(seal(example_sector(5), KEY), KEY, source="x").contents
    store = opened.store
    address = next(one for one, data in store.small.items() if data == b'"Homes of the north"')
    store.small[address] = b'"Homes of the south"'
    with pytest.raises(PlainShapeError, match="digest"):
        _ = opened.history.present.sector().name


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.binary(max_size=40))
def test_that_keys_are_derived_as_the_library_does(key, salt, info) -> None:
    theirs = HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)
    assert derived_key(key, salt, info) == theirs


def test_that_keys_are_derived_as_rfc_5869_says() -> None:
    """Test case 1 of its appendix A, the first 32 of its 42 bytes."""
    made = derived_key(bytes([0x0B] * 22), bytes(range(13)), bytes(range(0xF0, 0xFA)))
    assert made.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    assert derived_key(b"k" * 32, b"s" * 32, PART) != derived_key(b"k" * 32, b"t" * 32, PART)
