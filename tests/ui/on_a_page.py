"""A window on a sector of the test's own, at one of its pages, with all figures there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from models.sector import Sector
from tests.ui.conftest import PASSPHRASE
from ui.main_window import MainWindow


def settle(qtbot, window: MainWindow) -> None:
    """Wait until nothing is worked out or saved."""
    qtbot.waitUntil(lambda: not window.session.is_stale and not window.session.tasks.is_busy, timeout=20_000)


def page_shown(qtbot, window: MainWindow, sector: Sector, documents: Path, at: int) -> QWidget:
    """Save the sector in a file, go to a page, and wait for its figures."""
    window.session.create(sector, documents / "f1.bargain", PASSPHRASE)
    settle(qtbot, window)
    window.show_page(at)
    settle(qtbot, window)
    return window._pages[at]
