"""Helpers for tests of the import assistant: payrolls as employers send them, and waiting for them to be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ui.import_assistant.assistant import ImportAssistant
from ui.main_window import MainWindow

HEADINGS = "Employer,Job title,Hourly rate,Weekly hours,Sex,Surname\n"
ROWS = """Northshire Homes,Support worker,12.60,37,F,Ash
Northshire Homes,Support worker,12.90,30,M,Beech
Northshire Homes,Team leader,16.20,37,F,Cedar
"""


def click(qtbot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def payroll_file(folder: Path, name: str, headings: str, row: str, count: int = 8) -> Path:
    """A payroll of ``count`` rows; {k} in the row is its number."""
    path = folder / name
    rows = "".join(f"{row.format(k=k)}\n" for k in range(count))
    path.write_text(f"{headings}\n{rows}", "utf-8")
    return path


def read(window: MainWindow, qtbot) -> None:
    """Wait until nothing is being read."""
    assistant = window.assistant
    qtbot.waitUntil(
        lambda: not assistant.reader.is_reading and not window.session.reading.is_busy, timeout=60_000
    )


def assistant_with(window: MainWindow, qtbot, *paths: Path) -> ImportAssistant:
    """The assistant after it has read these files."""
    window._desk.import_paths(paths)
    read(window, qtbot)
    return window.assistant
