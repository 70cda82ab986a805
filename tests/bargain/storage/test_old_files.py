"""A file of every version ever written opens, gives the same figures to the penny, and migrates in one step."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from sector_strategies import KEY, PHRASE, example_sector

from bargain.appraisal import appraise
from bargain.storage import container, contents
from bargain.storage.codec import canonical, parse
from bargain.storage.coding import compress
from bargain.storage.container import VERSION, seal
from bargain.storage.refusals import DamagedFileError, ReadOnlyError
from bargain.storage.sector_file import SectorFile
from models.sector import Sector

OLD = Path(__file__).parents[2] / "old_sectors"
FILES = sorted(OLD.glob("version_*.bargain"))


def test_that_there_is_a_file_of_every_version() -> None:
    assert [one.name for one in FILES] == [f"version_{number}.bargain" for number in range(1, VERSION + 1)]


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.stem)
def test_that_an_old_file_gives_the_figures_that_it_gave_then(path: Path, tmp_path: Path) -> None:
    known = json.loads(path.with_suffix(".json").read_text("utf-8"))
    copy = Path(shutil.copy(path, tmp_path / path.name))
    before = copy.read_bytes()
    file = SectorFile.open(copy, known["passphrase"])
    sector = file.sector
    assert copy.read_bytes() == before, "opening changed the file"
    assert (sector.name, sector.workforce.fingerprint()) == (known["name"], known["workforce"])
    assert {one.name for one in sector.offers} == set(known["offers"])
    for offer in sector.offers:
        figures, then = appraise(sector, offer), known["offers"][offer.name]
        assert figures.cost.full_year == pytest.approx(float(then["full_year"]), abs=0.005)
        assert figures.cost.level == pytest.approx(float(then["level"]), abs=1e-9)
        assert figures.before.paybill == pytest.approx(float(then["paybill"]), abs=0.005)
    file.record(replace(sector, legal_basis="Anew"), "Basis")
    file.save()
    file.close()
    again = SectorFile.open(copy, known["passphrase"])
    assert again.migrated_from == 0
    assert again.sector.legal_basis == "Anew"
    again.undo()
    assert again.sector.workforce.fingerprint() == known["workforce"]
    again.close()


def test_that_a_migration_keeps_the_old_file_as_it_was_among_the_copies(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "version_1.bargain", tmp_path / "old.bargain"))
    before = path.read_bytes()
    file = SectorFile.open(path, "three dry gloves")
    assert file.migrated_from == 1
    assert not file.is_saved
    kept = [one for one in file.backups() if one.kind == "migration"]
    assert [one.path.read_bytes() for one in kept] == [before]
    file.save()
    assert path.read_bytes()[8] == VERSION
    version = next(one for one in file.versions() if one.kind == "migration")
    assert file.look_at(version).name == "Golden homes of the north"
    file.close()
    again = SectorFile.open(path, "three dry gloves")
    assert len([one for one in again.backups() if one.kind == "migration"]) == 1
    again.close()


def newer_version(data: bytes) -> bytes:
    """The file as a later version might write it: another version number, and a header that says more."""
    (size,) = struct.unpack_from("<I", data, 10)
    header = {**parse(data[14 : 14 + size]), "colour": "blue"}
    text = canonical(header)
    start = b"BARGAIN\n" + struct.pack("<HI", VERSION + 1, len(text)) + text
    return start + hashlib.sha256(start).digest() + data[46 + size :]


def altered(monkeypatch: pytest.MonkeyPatch, change) -> bytes:
    """A file whose index was changed before it was sealed, as a later version would write it."""
    encode = contents.encode

    def newer(whole, cipher):
        index, parts = encode(whole, cipher)
        head, plain, start = contents._head_of(index)
        small = {address: None for address, _ in head["small"]}
        at = start
        for address, length in head["small"]:
            small[address] = plain[at : at + length]
            at += length
        change(head, small)
        head["small"] = [[address, len(text)] for address, text in small.items()]
        text = canonical(head)
        plain = b"".join((struct.pack("<Q", len(text)), text, *small.values()))
        return struct.pack("<Q", len(plain)) + compress(plain), parts

    monkeypatch.setattr(container, "encode", newer)
    data = seal(example_sector(5), KEY)
    monkeypatch.undo()
    return data


def a_field_more(head, small) -> None:
    """The sector has a field, and an offer a key, that this version does not know: its writer had another mark."""
    head["mark"] = "of a later program"
    step = head["steps"][0]
    state = parse(small.pop(step["state"]))

    def put(value) -> str:
        text = canonical(value)
        address = hashlib.sha256(text).hexdigest()
        small[address] = text
        return address

    offer = parse(small[state["fields"]["offers"][0]])
    state["fields"]["offers"][0] = put({**offer, "mood": "hopeful"})
    state["fields"]["weather"] = put("rain")
    step["state"] = put(state)
    step["chain"] = hashlib.sha256(canonical({k: v for k, v in step.items() if k != "chain"})).hexdigest()


def a_higher_schema(head, small) -> None:
    a_field_more(head, small)
    head["schema"] = 9


@pytest.mark.parametrize("change", [a_field_more, a_higher_schema])
def test_that_what_a_newer_version_wrote_opens_to_be_read_and_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change
) -> None:
    path = tmp_path / "newer.bargain"
    path.write_bytes(altered(monkeypatch, change))
    before = path.read_bytes()
    file = SectorFile.open(path, PHRASE)
    assert "made with a newer version" in file.read_only
    assert "You can read it here; update to change it." in file.read_only
    assert [one.name for one in file.sector.offers] == ["First", "Second"]
    assert len(file.sector.workforce) == 5
    with pytest.raises(ReadOnlyError, match="newer version"):
        file.record(Sector("x"), "x")
    with pytest.raises(ReadOnlyError):
        file.save()
    file.close()
    assert path.read_bytes() == before


def test_that_a_header_put_before_a_file_by_somebody_without_the_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.bargain"
    path.write_bytes(newer_version(seal(example_sector(5), KEY)))
    with pytest.raises(DamagedFileError):
        SectorFile.open(path, PHRASE)


def test_that_a_later_version_number_with_a_header_that_says_more_opens_to_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start_of(header):
        plain = {**parse(canonical(container_plain(header))), "colour": "blue"}
        text = canonical(plain)
        start = b"BARGAIN\n" + struct.pack("<HI", VERSION + 1, len(text)) + text
        bound = hashlib.sha256(start).digest()
        return start + bound, bound

    monkeypatch.setattr(container, "start_of", start_of)
    data = seal(example_sector(5), KEY)
    monkeypatch.undo()
    path = tmp_path / "newer.bargain"
    path.write_bytes(data)
    file = SectorFile.open(path, PHRASE)
    assert "newer version" in file.read_only
    assert file.sector.name == "Homes of the north"
    file.close()


def container_plain(header):
    from bargain.storage.codec import to_plain

    return to_plain(header)
