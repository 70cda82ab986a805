"""bargain export as it is run: the file, the answer, and plain sentences for what can't be done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bargain.cli import main
from bargain.storage.container import write_sector
from tests.helpers.f1 import O2, f1_sector
from tests.helpers.libreoffice import formulas

PASSPHRASE = "correct horse battery"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """F1 in a sector file, with O2 beside it."""
    monkeypatch.setenv("BARGAIN_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    write_sector(tmp_path / "f1.bargain", f1_sector(), PASSPHRASE)
    (tmp_path / "o2.toml").write_text(O2, encoding="utf-8")
    return tmp_path


def test_that_export_writes_the_workbook_and_says_that_it_is_private(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "f1.bargain", "--offer", "o2.toml", "--out", "o2.xlsx"]) == 0

    assert "Private: holds pay of small groups." in capsys.readouterr().out
    assert len(formulas((folder / "o2.xlsx").read_bytes())) > 500
    assert {one.name for one in folder.iterdir()} == {"f1.bargain", "o2.toml", "o2.xlsx"}


def test_that_export_answers_in_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "f1.bargain", "--offer", "o2.toml", "--out", "o2.xlsx", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["private"] is True
    assert found["full_year"] == pytest.approx(471_619, abs=1)
    assert found["sheets"][0] == "Summary"


@pytest.mark.parametrize(
    ("out", "said"), [("o2.csv", "ends in .xlsx"), ("nowhere/o2.xlsx", "There is no folder nowhere")]
)
def test_that_a_place_that_cannot_be_is_refused_in_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], out: str, said: str
) -> None:
    assert main(["export", "f1.bargain", "--offer", "o2.toml", "--out", out]) == 2

    assert said in capsys.readouterr().err
    assert not (folder / out).exists()
