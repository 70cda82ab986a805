"""The desktop window's entry: makes the application, shows the window, runs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ui import plain_import  # noqa: F401  # first: it must surround the first import of PySide6

# isort: split
from PySide6.QtWidgets import QApplication

from ui import faults, language, palette, text_size
from ui.main_window import MainWindow
from ui.session import Session


def make_app(argv: Sequence[str]) -> QApplication:
    """The one QApplication: Fusion, our palette, the person's text size."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(list(argv))
    app.setApplicationName("Bargain")
    app.setOrganizationName("Bargain")
    language.install(app)
    app.setStyle("Fusion")
    palette.use(palette.wanted())
    text_size.apply(text_size.kept())
    app.styleHints().colorSchemeChanged.connect(_follow_scheme)
    return app


def run(argv: Sequence[str], *, open_path: Path | None = None, passphrase: str | None = None) -> int:
    """Show the window, open a sector file if one is named, and stay until it is closed."""
    faults.install()
    app = make_app(argv)
    window = MainWindow(Session())
    window.show()
    if open_path is not None:
        window.open_file(open_path, passphrase)
    return app.exec()


def _follow_scheme() -> None:
    palette.use(palette.wanted())
