"""Plain lines and reports with tables, printed or saved as PDF: a recovery key, a certificate, a screen's figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from bargain.whole_file import write_whole
from ui.report import Report, Sheet

_HEADING_PT, _TEXT_PT, _KEY_PT = 20.0, 12.0, 18.0
_TITLE_PT, _SHEET_PT, _CELL_PT = 16.0, 11.0, 8.5
_WIDE = 7  # columns: from here on the page lies on its side


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


def report_document(report: Report) -> QTextDocument:
    """A report: its title, its sentences, and each table with its headings repeated on every page."""
    made = QTextDocument()
    cursor = QTextCursor(made)
    cursor.setBlockFormat(_spaced(8))
    cursor.insertText(report.title, _look(_TITLE_PT, bold=True))
    for line in report.sentences:
        cursor.insertBlock(_spaced(4))
        cursor.insertText(line, _look(_SHEET_PT - 1.5))
    for sheet in report.sheets:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(_spaced(4, above=12))
        cursor.insertText(sheet.title, _look(_SHEET_PT, bold=True))
        if sheet.rows:
            _insert_table(cursor, sheet)
    return made


def _insert_table(cursor: QTextCursor, sheet: Sheet) -> None:
    form = QTextTableFormat()
    form.setHeaderRowCount(1)
    form.setCellPadding(3)
    form.setCellSpacing(0)
    form.setBorder(0.5)
    form.setBorderCollapse(True)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table = cursor.insertTable(len(sheet.rows) + 1, len(sheet.headings), form)
    for row, cells in enumerate((sheet.headings, *sheet.rows)):
        for column, text in enumerate(cells):
            at = table.cellAt(row, column).firstCursorPosition()
            block = QTextBlockFormat()
            if column and not (sheet.words and sheet.words[column]):
                block.setAlignment(Qt.AlignmentFlag.AlignRight)
            at.setBlockFormat(block)
            at.insertText(text, _look(_CELL_PT, bold=row == 0))


def report_pdf(report: Report) -> bytes:
    """The report as an A4 PDF that names neither person nor computer; on its side where a table is wide."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    if _is_wide(report):
        writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setTitle(report.title)
    writer.setCreator("")
    report_document(report).print_(writer)
    buffer.close()
    return bytes(buffer.data().data())


def print_report(report: Report, parent: QWidget) -> bool:
    """Ask for a printer and print the report; whether it was sent."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setCreator("")
    printer.setDocName("Bargain")  # what a print queue shows to others
    if _is_wide(report):
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    report_document(report).print_(printer)
    return True


def _is_wide(report: Report) -> bool:
    return any(len(sheet.headings) >= _WIDE for sheet in report.sheets)


def _spaced(below: float, *, above: float = 0.0) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setBottomMargin(below)
    block.setTopMargin(above)
    return block


def _look(points: float, *, bold: bool = False) -> QTextCharFormat:
    font = QFont()
    font.setPointSizeF(points)
    font.setBold(bold)
    look = QTextCharFormat()
    look.setFont(font)
    return look


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
