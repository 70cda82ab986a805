"""keep, erase --over, rounds, send and take, as they are called."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bargain.cli import main
from bargain.storage.keys import Argon2Cost
from bargain.storage.places import VARIABLE
from bargain.storage.sector_file import SectorFile
from tests.ui.sectors import small

PASSPHRASE = "five odd words in a row"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small sector whose one import was made long ago."""
    monkeypatch.setenv("BARGAIN_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    sector = small()
    record = replace(sector.imports[0], imported=date(2020, 1, 31))
    file = SectorFile.create(
        tmp_path / "a.bargain", replace(sector, imports=(record,)), PASSPHRASE, cost=Argon2Cost(8, 1, 1)
    )
    file.save()
    file.close()
    return file.path


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> dict:
    assert main([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_that_staff_whose_time_is_over_are_named_and_erased_alone(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = answer(capsys, "keep", path, code=1)["imports"]
    assert (one["keep_until"], one["heads"], one["set_by_hand"]) == ("2022-01-31", 6.0, False)
    assert main(["keep", str(path), "--until", "2030-01-01"]) == 2
    assert "more than 24 months after payroll.csv" in capsys.readouterr().err
    assert main(["keep", str(path), "--until", "soon"]) == 2
    assert main(["keep", str(path), "--import", "1"]) == 2
    capsys.readouterr()
    found = answer(capsys, "keep", path, "--until", "2020-06-30", "--agreed-on", "2020-02-01", code=1)
    assert (found["agreed_on"], found["imports"][0]["keep_until"]) == ("2020-02-01", "2020-06-30")
    found = answer(capsys, "keep", path, "--until", "rule", code=1)
    assert found["imports"][0]["keep_until"] == "2020-05-01"  # three months after the agreement
    certificate = answer(capsys, "erase", path, "--over", "--yes")
    assert (certificate["posts"], certificate["kept_posts"]) == (6, 0)
    assert certificate["reason"] == "Kept until 1 May 2020, as was set for it"
    assert answer(capsys, "keep", path)["imports"] == []
    assert main(["erase", str(path), "--over", "--yes"]) == 2
    assert "nothing was erased" in capsys.readouterr().err


def test_that_a_round_is_closed_listed_and_counted(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tabled, closed) = reversed(
        answer(capsys, "rounds", path, "--close", "Round 1", "--note", "Leeds")["frozen"]
    )
    assert (closed["kind"], closed["name"], closed["note"]) == ("round", "Round 1", "Leeds")
    assert closed["data_at_hand"]
    assert closed["figures_that_differ"] == []
    assert closed["offers"][0]["figures"] == tabled["offers"][0]["figures"]
    assert main(["rounds", str(path)]) == 0
    assert "Closed: Round 1" in capsys.readouterr().out
    assert answer(capsys, "check", path)["rounds"] == 1
    assert main(["rounds", str(path), "--close", "Round 1"]) == 2
    assert "closed already" in capsys.readouterr().err


def test_that_an_offer_goes_out_signed_and_comes_in_as_a_draft(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.pack"
    send = ("send", path, "--offer", "Employers' offer", "--by", "Employers", "--to", "Unions", "--out", out)
    sent = answer(capsys, *send)
    assert "Employers' offer" not in out.read_text()
    assert main([*map(str, send)]) == 2
    assert "there already" in capsys.readouterr().err
    taken = answer(capsys, "take", path, out)
    assert (taken["offer"], taken["by"], taken["trust"]) == ("Proposal", "Employers", "own")
    assert taken["key"] == sent["key"]
    data = out.read_bytes()
    out.write_bytes(data.replace(b"Unions", b"Onions"))
    assert main(["take", str(path), str(out)]) == 2
    assert "This pack was changed after it was signed" in capsys.readouterr().err
    assert main(["take", str(path), str(tmp_path / "nothing.pack")]) == 2
    assert main([*map(str, send[:2]), "--offer", "Union claim", *map(str, send[4:])]) == 2
    history = answer(capsys, "history", path)
    assert history["present"]["text"] == "Took in “Proposal” from Employers"
