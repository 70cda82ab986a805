"""Stresses that a sector file keeps, by name on the command line, combined with parts that are given."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bargain.cli import main
from bargain.storage.container import write_sector
from models.stress import Stress
from tests.helpers.f1 import f1_sector

PASSPHRASE = "correct horse battery"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", PASSPHRASE)
    kept = (Stress("a bad winter", occupancy=-0.05, agency=0.2), Stress("dear money", rates=0.5))
    write_sector(tmp_path / "f1.bargain", replace(f1_sector(), stresses=kept), PASSPHRASE)
    return str(tmp_path / "f1.bargain")


def test_that_a_kept_stress_is_taken_by_its_name_and_combines_with_others(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["money", file, "--stress", "a bad winter", "dear money", "agency=10", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert found["assumptions"]["stress"] == pytest.approx(
        {"occupancy": -0.05, "fees": 0.0, "agency": 1.2 * 1.1 - 1, "other": 0.0, "rates": 0.5}
    )
    a = found["employers"][0]
    assert a["months_under_stress"][0]["income"] == pytest.approx(5_600_000 * 0.95 / 12, abs=0.01)
    assert a["margin_ahead_under_stress"] == pytest.approx(a["margin_under_stress"])
    assert [one["months"] for one in found["at_risk_ahead"]] == [12, 24]


def test_that_a_stress_that_is_not_kept_is_refused_with_those_that_are(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["money", file, "--stress", "a good summer"]) == 2
    said = capsys.readouterr().err

    assert "“a bad winter”, “dear money”" in said
    assert "PART=PERCENT" in said
