"""One version, said in one place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from bargain.version import VERSION

ROOT = Path(__file__).parents[2]


def test_that_the_package_takes_its_version_from_the_program() -> None:
    """So that a copy that was never installed, or beside another installed one, says its own."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    assert "version" not in told["project"]
    assert told["project"]["dynamic"] == ["version"]
    assert told["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "bargain.version.VERSION"}
