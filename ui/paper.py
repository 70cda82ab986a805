"""A page of plain lines, printed or saved as PDF: the recovery key, a certificate of erasure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from bargain.whole_file import write_whole

_HEADING_PT, _TEXT_PT, _KEY_PT = 20.0, 12.0, 18.0


def document(lines: Sequence[str], *, typed: str = "") -> QTextDocument:
    """The page: the first line is its heading; the line ``typed`` (a key) is set large, each letter alike.

    Text goes in as text, never as markup.
    """
    made = QTextDocument()
    cursor = QTextCursor(made)
    space = QTextBlockFormat()
    space.setBottomMargin(14)
    for at, line in enumerate(lines):
        if at:
            cursor.insertBlock()
        cursor.setBlockFormat(space)
        look = QTextCharFormat()
        look.setFont(_font(is_heading=at == 0, is_typed=bool(typed) and line == typed))
        cursor.insertText(line, look)
    return made


def pdf(lines: Sequence[str], *, title: str, typed: str = "") -> bytes:
    """The page as an A4 PDF that names neither person nor computer."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setTitle(title)
    writer.setCreator("")
    page = document(lines, typed=typed)
    page.print_(writer)
    buffer.close()
    return bytes(buffer.data().data())


def save_pdf(path: Path, lines: Sequence[str], *, title: str, typed: str = "") -> None:
    """Save the page, readable by its owner only. Raises OSError; nothing is then left half-written."""
    write_whole(path, pdf(lines, title=title, typed=typed))


def print_lines(lines: Sequence[str], parent: QWidget, *, typed: str = "") -> bool:
    """Ask for a printer and print the page; whether it was sent."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setCreator("")
    printer.setDocName("Bargain")  # what a print queue shows to others
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    document(lines, typed=typed).print_(printer)
    return True


def _font(*, is_heading: bool, is_typed: bool) -> QFont:
    if is_typed:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(_KEY_PT)
        return font
    font = QFont()
    font.setPointSizeF(_HEADING_PT if is_heading else _TEXT_PT)
    font.setBold(is_heading)
    return font
