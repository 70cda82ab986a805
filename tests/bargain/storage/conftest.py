"""Every test of the sector file has an app folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bargain.storage.places import VARIABLE


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "app data"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder
