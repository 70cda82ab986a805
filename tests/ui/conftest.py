"""A window without a screen, settings of its own for each test, and small sectors to show in it."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from tests.ui import sectors
from tests.ui.walk import doubled_letters
from ui import desk
from ui.app import make_app
from ui.main_window import MainWindow
from ui.session import Session

PASSPHRASE = "five odd words in a row"


def pytest_configure(config: pytest.Config) -> None:
    """The offscreen platform says this of every window; it means nothing."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and documents in the test's own folder; quick passphrase keys; our style and palette."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    monkeypatch.setattr(
        "ui.view_choices.settings",
        lambda: QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat),
    )
    documents = tmp_path / "documents"
    documents.mkdir()
    monkeypatch.setattr(desk, "documents", lambda: documents)
    make_app([])
    return documents


@pytest.fixture
def documents(own_settings: Path) -> Path:
    return own_settings


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    made = Session()
    yield made
    made.shut_down()


@pytest.fixture
def window(qtbot, qapp: QApplication) -> Iterator[MainWindow]:
    made = MainWindow(Session())
    qtbot.addWidget(made)
    made.resize(1366, 688)
    made.show()
    qtbot.waitExposed(made)
    yield made
    twice = {type(one).__name__: doubled_letters(one) for one in qapp.topLevelWidgets() if one.isVisible()}
    made.session.shut_down()
    made.hide()  # a window that waits to be saved before it closes would stand in the pointer's way in the next test
    assert not any(twice.values()), twice  # wherever the test has led: Alt and a letter name one thing


@pytest.fixture
def open_window(window: MainWindow, qtbot, documents: Path) -> MainWindow:
    """A window with a small sector of two employers open and saved."""
    window.session.create(sectors.small(), documents / "small.bargain", PASSPHRASE)
    qtbot.waitUntil(lambda: window.session.is_saved and not window.session.tasks.is_busy, timeout=20_000)
    return window
