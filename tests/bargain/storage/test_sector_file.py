"""The sector file as a whole: what it keeps, hides and says."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import struct
import sys
import time
from dataclasses import replace
from datetime import date

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from sector_strategies import KEY, LOW_COST, PHRASE, as_text, example_sector, noisy_workforce, same, sectors

from bargain.storage import container, keys
from bargain.storage.checking import verify
from bargain.storage.codec import canonical, parse
from bargain.storage.container import (
    open_data,
    read_sector,
    seal,
    unseal,
    write_sealed,
    write_sector,
)
from bargain.storage.keys import Argon2Cost, KeySlot, SealKey, derive_key, new_seal_key, with_new_passphrase
from bargain.storage.refusals import (
    CannotReadError,
    DamagedFileError,
    HostileFileError,
    NewerFileError,
    NotASectorFileError,
    NotSavedError,
    WrongPassphraseError,
)
from models.accounts import Accounts
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector

SOURCE = "north.bargain"


@pytest.fixture
def path(tmp_path):
    return tmp_path / SOURCE


def with_header(data, change=lambda header: None, *, version=2):
    """The file with its header changed and its digest made right again, as a forger would."""
    (size,) = struct.unpack_from("<I", data, 10)
    header = parse(data[14 : 14 + size])
    change(header)
    text = canonical(header)
    start = b"BARGAIN\n" + struct.pack("<HI", version, len(text)) + text
    return start + hashlib.sha256(start).digest() + data[14 + size + 32 :]


def costing(**figures):
    """A change of header that asks for these Argon2id figures."""
    return lambda header: header["keys"][0]["cost"].update(figures)


# What it keeps


@settings(max_examples=40, deadline=None)
@given(sectors())
def test_that_any_sector_comes_back_value_for_value(sector):
    assert same(unseal(seal(sector, KEY), PHRASE, source=SOURCE), sector)


def test_that_a_saved_sector_opens_with_its_passphrase(path):
    write_sector(path, example_sector(), KEY)
    assert same(read_sector(path, PHRASE), example_sector())


def test_that_what_is_not_known_stays_not_known(path):
    write_sector(path, example_sector(), KEY)
    accounts = read_sector(path, PHRASE).accounts[0]
    assert accounts == Accounts(
        "a", date(2026, 3, 31), revenue_micros=5_000_000_000_000, rent_micros=None, beds=41.5
    )


def test_that_an_opened_file_is_saved_again_without_deriving_a_key(path, monkeypatch):
    write_sector(path, example_sector(), KEY)
    opened = open_data(path.read_bytes(), PHRASE, source=SOURCE)
    monkeypatch.setattr(keys, "derive_key", None)
    changed = replace(opened.contents.history.present.sector(), name="Homes of the south")
    write_sector(path, changed, opened.key)
    assert same(read_sector(path, opened.key), changed)


def test_that_saving_twice_never_uses_one_key_stream_twice():
    one, other = seal(example_sector(2_000), KEY), seal(example_sector(2_000), KEY)
    assert abs(len(one) - len(other)) < 100  # only the time and the salts differ
    tail = 20_000
    equal = np.frombuffer(one[-tail:], np.uint8) == np.frombuffer(other[-tail:], np.uint8)
    assert equal.mean() < 0.05  # 1 in 256 by chance


def test_that_a_new_passphrase_wraps_the_same_key_and_shuts_out_the_old_one():
    key = with_new_passphrase(KEY, "four dry boots", LOW_COST)
    assert key.file_key == KEY.file_key
    data = seal(example_sector(), key)
    assert same(unseal(data, "four dry boots", source=SOURCE), example_sector())
    with pytest.raises(WrongPassphraseError):
        unseal(data, PHRASE, source=SOURCE)


def test_that_a_second_wrapped_copy_is_carried_along():
    recovery = KeySlot("recovery", LOW_COST, "ab" * 16, "cd" * 48)
    key = SealKey((*KEY.slots, recovery), KEY.file_key)
    opened = open_data(seal(example_sector(), key), PHRASE, source=SOURCE).key
    assert opened.slots == key.slots
    assert with_new_passphrase(opened, "x", LOW_COST).slots[1] == recovery


def test_that_letters_typed_as_one_or_two_characters_are_one_passphrase():
    key = new_seal_key("caf\u00e9", LOW_COST)
    assert same(unseal(seal(example_sector(), key), "cafe\u0301", source=SOURCE), example_sector())


# What it hides


def test_that_production_files_cost_a_guess_64_mib_and_three_passes(path):
    assert Argon2Cost(memory_kib=64 * 1024, passes=3, lanes=4) == keys.PRODUCTION_COST
    write_sector(path, Sector("x"), PHRASE)
    slot = open_data(path.read_bytes(), PHRASE, source=SOURCE).key.slots[0]
    assert (slot.cost.memory_kib, slot.cost.passes, slot.cost.lanes) == (65536, 3, 4)


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        (Argon2Cost(2**16, 2, 1), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"),
        (Argon2Cost(2**8, 2, 1), "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"),
    ],
)
def test_that_a_derived_key_is_argon2id_as_its_authors_publish_it(cost, expected):
    # Source: P-H-C/phc-winner-argon2, src/test.c, "Argon2id" section, version 0x13.
    assert derive_key("password", b"somesalt", cost).hex() == expected


def test_that_the_file_is_readable_by_its_owner_alone(path):
    write_sector(path, example_sector(), KEY)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    write_sector(path, example_sector(), KEY)
    assert path.stat().st_mode & 0o777 == 0o600


def test_that_planted_names_and_rates_are_in_no_byte_of_the_file(path):
    names = [f"Canary{number:03}Homes" for number in range(100)]
    rates = [13_370_001 + 7_919 * number for number in range(100)]
    sector = Sector(
        names[0],
        employers=tuple(Employer(name) for name in names),
        workforce=replace(noisy_workforce(100), titles=tuple(names), rate_micros=np.array(rates)),
        accounts=tuple(Accounts(name, revenue_micros=rate) for name, rate in zip(names, rates, strict=True)),
    )
    write_sector(path, sector, KEY)
    data = path.read_bytes()
    for name in [*names, PHRASE]:
        for encoding in ("utf-8", "utf-16-le"):
            assert name.encode(encoding) not in data
    for rate in rates:
        assert struct.pack("<q", rate) not in data
        assert str(rate).encode() not in data
    assert KEY.file_key not in data
    assert KEY.file_key.hex().encode() not in data


def test_that_a_key_does_not_show_itself_when_printed():
    assert repr(KEY.file_key) not in repr(KEY)
    assert "file_key" not in repr(KEY)


# What it says


def test_that_verify_reports_what_is_in_the_file(path):
    sector = replace(example_sector(7), employers=(Employer("a"), Employer("z")))
    write_sector(path, sector, KEY)
    found = verify(path, PHRASE)
    assert (found.intact, found.faults, found.version, found.is_newer) == (True, (), 2, False)
    assert found.heads == float(sector.workforce.heads.sum())
    assert found.employers == 4  # a, b and c have posts, z has none yet
    assert (found.offers, found.rounds, found.steps) == (2, 0, 0)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("place", "said"),
    [(20, "The header"), (1_500, "The index"), (-5, "a part that is whole|A part of the file")],
)
def test_that_verify_names_the_part_that_is_damaged(path, place, said):
    write_sector(path, example_sector(2_000), KEY)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    found = verify(path, PHRASE)
    assert not found.intact
    assert re.search(said, found.faults[0])
    assert found.faults[0].endswith("is not as it was saved.")


def test_that_verify_says_that_the_end_is_missing(path):
    write_sector(path, example_sector(), KEY)
    path.write_bytes(path.read_bytes()[:200])
    assert "The end of the file is missing" in verify(path, PHRASE).faults[0]


@pytest.mark.parametrize("wrong", ["three wet boot", "Three wet boots", PHRASE + " ", "\ud800"])
def test_that_a_wrong_passphrase_gets_one_text(wrong):
    with pytest.raises(WrongPassphraseError) as caught:
        unseal(seal(Sector("x"), KEY), wrong, source=SOURCE)
    assert str(caught.value) == (
        "That passphrase does not open north.bargain. Check capital letters and the keyboard's language, "
        "and try again."
    )


def test_that_an_empty_passphrase_never_seals_anything():
    with pytest.raises(UnusableInput, match="passphrase is empty"):
        new_seal_key("", LOW_COST)


def test_that_a_file_exchanged_under_another_key_is_not_opened_with_the_old_one():
    with pytest.raises(WrongPassphraseError):
        unseal(seal(Sector("x"), new_seal_key(PHRASE, LOW_COST)), KEY, source=SOURCE)


def test_that_a_file_key_of_another_file_does_not_open_this_one():
    foreign = SealKey(KEY.slots, bytes(32))
    with pytest.raises(DamagedFileError, match="is damaged"):
        unseal(seal(Sector("x"), KEY), foreign, source=SOURCE)


def test_that_a_newer_version_is_named_as_such():
    with pytest.raises(NewerFileError, match=r"saved by a newer version of Bargain.*update"):
        unseal(
            with_header(seal(Sector("x"), KEY), lambda header: header.update(reads_as=3), version=3),
            PHRASE,
            source=SOURCE,
        )


def test_that_a_header_with_more_in_it_is_taken_for_newer():
    data = with_header(seal(Sector("x"), KEY), lambda header: header.update(colour="blue"))
    with pytest.raises(NewerFileError):
        unseal(data, PHRASE, source=SOURCE)


@pytest.mark.parametrize(
    "figures",
    [
        {"memory_kib": 64 * 1024 * 1024},
        {"memory_kib": 2**70},
        {"passes": 21},
        {"lanes": 17},
        {"memory_kib": 2**20 + 1},
    ],
)
def test_that_a_header_that_asks_for_too_much_is_refused_before_anything_is_allocated(figures, monkeypatch):
    data = with_header(seal(Sector("x"), KEY), costing(**figures))
    monkeypatch.setattr(keys, "Argon2id", None)  # touching it would be an AttributeError or TypeError
    start = time.perf_counter()
    with pytest.raises(HostileFileError, match="far more memory or work"):
        unseal(data, PHRASE, source=SOURCE)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    "change",
    [
        costing(passes=0),
        costing(lanes=0),
        costing(memory_kib=-5),
        costing(lanes=16, memory_kib=64),
        lambda header: header["keys"][0].update(salt="00"),
        lambda header: header["keys"][0].update(salt="Z" * 32),
        lambda header: header["keys"][0].update(wrapped="00"),
        lambda header: header["keys"].clear(),
        lambda header: header["keys"].append(header["keys"][0]),
        lambda header: header["keys"][0].update(kind="other"),
        lambda header: header.update(stream_salt="00"),
        lambda header: header.update(stream_salt="pp"),
        lambda header: header.pop("stream_salt"),
        lambda header: header["keys"].extend({**header["keys"][0], "kind": str(n)} for n in range(4)),
    ],
)
def test_that_a_header_that_none_of_ours_has_is_refused(change):
    with pytest.raises(DamagedFileError):
        unseal(with_header(seal(Sector("x"), KEY), change), PHRASE, source=SOURCE)


def test_that_a_header_written_another_way_is_refused():
    data = seal(Sector("x"), KEY)
    (size,) = struct.unpack_from("<I", data, 10)
    text = data[14 : 14 + size].replace(b",", b", ", 1)
    start = b"BARGAIN\n" + struct.pack("<HI", 2, len(text)) + text
    with pytest.raises(DamagedFileError):
        unseal(start + hashlib.sha256(start).digest() + data[14 + size + 32 :], PHRASE, source=SOURCE)


def test_that_a_header_nested_without_end_is_refused():
    text = b"[" * 16_000
    start = b"BARGAIN\n" + struct.pack("<HI", 2, len(text)) + text
    with pytest.raises(DamagedFileError):
        unseal(start + hashlib.sha256(start).digest(), PHRASE, source=SOURCE)


def test_that_weaker_figures_cannot_be_put_before_a_wrapped_key():
    key = new_seal_key(PHRASE, Argon2Cost(128, 2, 1))
    with pytest.raises(WrongPassphraseError):
        unseal(with_header(seal(Sector("x"), key), costing(memory_kib=64)), PHRASE, source=SOURCE)


def test_that_too_little_memory_is_said_in_plain_words(monkeypatch):
    class Greedy:
        def __init__(self, **_):
            pass

        def derive(self, _):
            raise MemoryError

    monkeypatch.setattr(keys, "Argon2id", Greedy)
    with pytest.raises(UnusableInput, match="needs 64 MB of free memory"):
        derive_key("x", bytes(16), Argon2Cost())


def test_that_a_workbook_under_our_name_is_known_for_one(path):
    openpyxl.Workbook().save(path)
    with pytest.raises(
        NotASectorFileError, match=r"It looks like an Excel workbook\. Import it as staff data"
    ):
        read_sector(path, PHRASE)


class Explodes:
    """Would make a file if anybody unpickled it."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return (os.mkdir, (str(self.trace),))


def test_that_a_pickle_under_our_name_is_refused_and_never_run(path, tmp_path):
    path.write_bytes(pickle.dumps(Explodes(tmp_path / "trace")))
    with pytest.raises(NotASectorFileError, match="not one of our sector files"):
        read_sector(path, PHRASE)
    assert not (tmp_path / "trace").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "It is empty"),
        (b"BARGAI", "text or CSV"),
        (b"Name,Rate\nA,12.60\n", "text or CSV"),
        ("Name;Rate\nÉtienne;£12".encode("latin-1"), "text or CSV"),
        (b'format = 1\nname = "x"\n[[settlement]]\n', "an offer file"),
        (b'[[target]]\nname = "x"\n', "a targets file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "older or password-protected Excel"),
        (b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK", "OpenDocument"),
        (b"PK\x03\x04....word/document.xml", "Word document"),
        (b"PK\x03\x04....readme.txt", "zip archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", r"ends in \.bargain"),
    ],
)
def test_that_other_files_are_named_for_what_they_look_like(data, said):
    with pytest.raises(NotASectorFileError, match=said):
        unseal(data, PHRASE, source=SOURCE)


def test_that_a_missing_file_is_said_to_be_missing(path):
    with pytest.raises(CannotReadError, match=f"There is no file .*{SOURCE}"):
        read_sector(path, PHRASE)


def test_that_a_folder_is_said_to_be_one(tmp_path):
    with pytest.raises(CannotReadError, match="is a folder, not a sector file"):
        read_sector(tmp_path, PHRASE)
    with pytest.raises(NotSavedError, match=r"Not saved – .* is a folder"):
        write_sector(tmp_path, example_sector(), KEY)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_that_a_pipe_is_refused_rather_than_waited_for(path):
    os.mkfifo(path)
    with pytest.raises(CannotReadError, match="not an ordinary file"):
        read_sector(path, PHRASE)
    with pytest.raises(NotSavedError, match="not an ordinary file"):
        write_sector(path, example_sector(), KEY)


def test_that_saving_never_destroys_a_file_of_another_kind(path):
    openpyxl.Workbook().save(path)
    before = path.read_bytes()
    with pytest.raises(NotSavedError, match="another kind, and saving would destroy it"):
        write_sector(path, example_sector(), KEY)
    assert path.read_bytes() == before


def test_that_an_empty_file_made_by_a_file_dialogue_is_filled(path):
    path.touch()
    write_sector(path, example_sector(), KEY)
    assert same(read_sector(path, PHRASE), example_sector())


def test_that_bytes_sealed_under_another_key_are_never_put_in_place(path):
    write_sector(path, example_sector(), KEY)
    foreign = SealKey(KEY.slots, bytes(32))
    with pytest.raises(NotSavedError, match="reads back differently"):
        write_sealed(path, seal(Sector("other"), KEY), foreign)
    assert read_sector(path, PHRASE).name == "Homes of the north"


def test_that_sealing_alone_touches_no_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(container, "replace_whole", None)
    monkeypatch.setattr(container, "read_whole", None)
    assert as_text(unseal(seal(example_sector(), KEY), KEY, source=SOURCE)) == as_text(example_sector())
    assert list(tmp_path.iterdir()) == []
