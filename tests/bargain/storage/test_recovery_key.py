"""The recovery key: opens the file, forgives how it is typed, finds slips, and is worth nothing once replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sector_strategies import KEY, LOW_COST, PHRASE, example_sector

from bargain.storage import keys, recovery
from bargain.storage.container import read_sector, seal, unseal
from bargain.storage.keys import open_to_everybody, unlock, with_recovery_key
from bargain.storage.outside import opens_to_everybody
from bargain.storage.recovery import letters_of, new_recovery_key
from bargain.storage.refusals import NotSavedError, WrongPassphraseError
from bargain.storage.sector_file import SectorFile
from models.issues import UnusableInput

FIXED = "0123456789ABCDEFGHJKMNPQR"  # 25 letters; the check below was worked out apart, with Python's hashlib


def test_that_the_check_letters_are_25_bits_of_a_digest() -> None:
    import hashlib

    number = int(hashlib.sha256(b"bargain recovery key" + FIXED.encode()).hexdigest()[:8], 16)
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    letters = FIXED
    for _ in range(5):
        number, place = divmod(number, 32)
        letters += alphabet[place]
    assert letters_of(letters) == letters


def test_that_a_key_opens_the_file_however_its_letters_are_typed() -> None:
    key = new_recovery_key()
    data = seal(example_sector(3), with_recovery_key(KEY, key, LOW_COST))
    typed = [
        key,
        key.lower(),
        key.replace("-", ""),
        key.replace("-", " "),
        f"  {key}\n",
        key.replace("-", "–"),
    ]
    typed += [key.replace("0", "O").replace("1", "I"), key.replace("0", "o").replace("1", "l")]
    for one in (*typed, PHRASE):
        assert unseal(data, one, source="a").name == "Homes of the north"


@given(st.integers(0, 29), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_that_any_one_slip_is_found(place: int, letter: str) -> None:
    letters = letters_of(new_recovery_key())
    changed = letters[:place] + letter + letters[place + 1 :]
    assert (letters_of(changed) is None) == (changed != letters)


@given(st.text(max_size=40))
def test_that_no_passphrase_is_taken_for_a_recovery_key(text: str) -> None:
    assert letters_of(text) is None


def test_that_two_keys_are_never_the_same_and_have_125_bits() -> None:
    assert len({new_recovery_key() for _ in range(500)}) == 500
    assert len(letters_of(new_recovery_key())) - 5 == 25


def test_that_a_wrong_key_and_a_wrong_passphrase_get_one_text_after_one_derivation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_key = with_recovery_key(KEY, new_recovery_key(), LOW_COST)
    derived: list[object] = []
    real = keys.derive_key
    monkeypatch.setattr(keys, "derive_key", lambda *how: derived.append(how[2]) or real(*how))
    texts = set()
    for slots in (with_key.slots, KEY.slots):
        for wrong in ("wrong", new_recovery_key(), None):
            with pytest.raises(WrongPassphraseError) as caught:
                unlock(slots, wrong, source="a")
            texts.add(str(caught.value))
    assert len(texts) == 1
    assert derived == [LOW_COST] * 6


def test_that_a_new_recovery_key_makes_the_old_one_worthless_and_a_new_passphrase_keeps_it(
    tmp_path: Path,
) -> None:
    first, second = new_recovery_key(), new_recovery_key()
    path = tmp_path / "a.bargain"
    file = SectorFile.create(path, example_sector(3), PHRASE, recovery_key=first, cost=LOW_COST)
    file.save()
    assert file.has_recovery_key
    file.change_passphrase("another", LOW_COST)
    assert not file.is_saved
    file.save()
    assert read_sector(path, first).name == read_sector(path, "another").name
    file.set_recovery_key(second, LOW_COST)
    file.save()
    assert read_sector(path, second).name == "Homes of the north"
    for old in (first, PHRASE):
        with pytest.raises(WrongPassphraseError):
            read_sector(path, old)
    file.close()


def test_that_a_new_passphrase_seals_no_staff_data_anew(tmp_path: Path) -> None:
    file = SectorFile.create(tmp_path / "a.bargain", example_sector(3_000), PHRASE, cost=LOW_COST)
    file.save()
    before = file.path.read_bytes()[-40_000:]
    file.change_passphrase("another", LOW_COST)
    file.save()
    assert file.path.read_bytes()[-40_000:] == before  # the sealed columns are carried over as they are
    file.close()


def test_that_something_else_is_not_taken_for_a_recovery_key() -> None:
    with pytest.raises(UnusableInput, match="not a recovery key"):
        with_recovery_key(KEY, "five odd words in a row", LOW_COST)


def test_that_only_the_sample_may_be_open_to_everybody(tmp_path: Path) -> None:
    sample = replace(example_sector(3), is_sample=True)
    everybody = open_to_everybody(KEY, LOW_COST)
    assert unseal(seal(sample, everybody), None, source="a").is_sample
    with pytest.raises(NotSavedError, match="may hold the sample only"):
        seal(example_sector(3), everybody)
    with pytest.raises(WrongPassphraseError):
        unseal(seal(sample, KEY), None, source="a")
    with pytest.raises(NotSavedError, match="needs a passphrase"):
        SectorFile.create(tmp_path / "a.bargain", example_sector(3), None, cost=LOW_COST)
    file = SectorFile.create(tmp_path / "s.bargain", sample, None, cost=LOW_COST)
    file.save()
    file.record(replace(sample, is_sample=False), "Not a sample any more")
    with pytest.raises(NotSavedError, match="may hold the sample only"):
        file.save()
    assert read_sector(tmp_path / "s.bargain", None).is_sample
    file.close()


def test_that_a_file_says_for_itself_that_it_needs_no_passphrase(tmp_path: Path) -> None:
    sample = replace(example_sector(3), is_sample=True)
    made = {"own": (example_sector(3), PHRASE), "sample": (sample, None)}
    for name, (sector, phrase) in made.items():
        file = SectorFile.create(tmp_path / name, sector, phrase, cost=LOW_COST)
        file.save()
        file.close()
    (tmp_path / "other").write_text("not a sector file")
    names = ("own", "sample", "other", "none")
    assert [opens_to_everybody(tmp_path / name) for name in names] == [False, True, False, False]


def test_that_the_page_has_the_key_whose_it_is_and_what_it_means() -> None:
    key = new_recovery_key()
    lines = recovery.page(key, file_name="homes.bargain", made=date(2027, 3, 14))
    assert key in lines
    assert any("homes.bargain" in line and "14 March 2027" in line for line in lines)
    assert (
        "We cannot recover a lost passphrase. Nobody can. A new recovery key makes this one worthless."
        in lines
    )
