"""Bargain: without a command the window opens; with one the command line answers, without Qt."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        return _window()
    from bargain.cli import main as command_line

    return command_line(given, open_window=_window)


def _window(path: Path | None = None, passphrase: str | None = None) -> int:
    from ui.app import run

    return run(sys.argv[:1], open_path=path, passphrase=passphrase)


if __name__ == "__main__":
    raise SystemExit(main())
