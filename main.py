"""Bargain: without a command the window opens; with one the command line answers, without Qt."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bargain.screen import has_screen


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code."""
    os.umask(0o077)  # whatever is written is its owner's until they say otherwise
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        return _window() if has_screen() or "QT_QPA_PLATFORM" in os.environ else _no_screen()
    from bargain.cli import main as command_line

    return command_line(given, open_window=_window)


def _window(path: Path | None = None, passphrase: str | None = None) -> int:
    from ui.app import run

    return run(sys.argv[:1], open_path=path, passphrase=passphrase)


def _no_screen() -> int:
    print(
        "bargain: There is no screen here to open the window on. “bargain --help” lists the commands.",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
