"""Step 2, Sheet and heading: which sheets are read, where the heading is, and what the file hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bargain.plain_names import marked
from ui import formats, palette
from ui.import_assistant.pane import Band, ChoiceBox, SidePane, buttons_row
from ui.import_assistant.preview_table import MOST_HEADING_ROWS, PreviewTable
from ui.import_assistant.settings import HEADING, SHEETS
from ui.widgets.plain_label import PlainLabel, plain_tip

if TYPE_CHECKING:
    from bargain.intake.preview import SheetPreview, SheetState
    from ui.import_assistant.batch import FileState
    from ui.import_assistant.reader import ImportReader

HIDDEN = "sheet.hidden"
NAME = Qt.ItemDataRole.UserRole


class SheetStep(QWidget):
    """The grid in the middle; sheets, heading and hidden rows on the right."""

    def __init__(self, reader: ImportReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._state: FileState | None = None
        self.grid = PreviewTable(self)
        self.claims = Band(self, ground="warning")
        self.nothing = PlainLabel("", self, wrap=True)
        self.pane = SidePane(self.tr("Sheets and heading"), self)
        self._fill_pane()
        middle = QVBoxLayout()
        middle.setSpacing(6)
        middle.addWidget(self.claims)
        middle.addWidget(self.nothing)
        middle.addWidget(self.grid, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(middle, 1)
        row.addWidget(self.pane)
        self.grid.heading_moved.connect(self.move_heading)

    def show_state(self, state: FileState | None) -> None:
        """Show one file."""
        self._state = state
        look = None if state is None else state.look
        shown = None if look is None else look.preview.shown
        self.pane.inside.setEnabled(look is not None)
        self.grid.show_preview(shown)
        self.nothing.setText("" if state is None else self._why_nothing(state))
        self.nothing.setVisible(bool(self.nothing.text()))
        self.claims.show_text("" if shown is None else self._claims(shown))
        self._show_sheets(() if look is None else look.preview.sheets, "" if shown is None else shown.sheet)
        self._show_heading(shown)
        self._show_hidden(state, shown)

    def move_heading(self, row: int, rows: int) -> None:
        """Read the heading from this row on (from 1)."""
        state = self._state
        if state is not None:
            self._reader.change(state.path, state.settings.with_change(HEADING, str(row), str(rows)))

    # The pane

    def _fill_pane(self) -> None:
        pane = self.pane
        inside = pane.inside
        self.sheets = QListWidget(inside)
        self.sheets.setMinimumHeight(64)
        self.sheets.setMaximumHeight(120)
        self.sheets.setAccessibleName(self.tr("Sheets of this file"))
        self.sheets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheets.setTextElideMode(Qt.TextElideMode.ElideRight)
        pane.named(self.tr("&Sheets: a tick means that it is read (Space)"), self.sheets)
        self.hidden_words = pane.words()
        self.hidden = ChoiceBox(self.tr("Hidden rows and sheets"), inside)
        pane.column.addWidget(self.hidden)
        self.show_hidden_button = QPushButton(self.tr("Show me"), inside)
        pane.column.addLayout(buttons_row(self.show_hidden_button))
        self.heading_words = pane.words()
        self.first = QSpinBox(inside)
        self.first.setRange(1, 1_000_000)
        self.first.setAccessibleName(self.tr("First row of the heading"))
        pane.named(self.tr("Heading &begins in row (Enter in the grid, Alt+↑↓):"), self.first)
        self.rows = QSpinBox(inside)
        self.rows.setRange(1, MOST_HEADING_ROWS)
        self.rows.setAccessibleName(self.tr("Rows of the heading"))
        pane.named(self.tr("and &takes how many rows (Alt+1 to 3):"), self.rows)
        self.found_button = QPushButton(self.tr("Find it again by yourself"), inside)
        pane.column.addLayout(buttons_row(self.found_button))
        pane.column.addStretch(1)
        self.sheets.itemChanged.connect(lambda _: self._tick())
        self.sheets.currentItemChanged.connect(self._show_sheet)
        self.hidden.picked.connect(self._choose_hidden)
        self.show_hidden_button.clicked.connect(self._show_first_hidden)
        for box in (self.first, self.rows):
            box.setKeyboardTracking(False)
            box.valueChanged.connect(lambda _: self.move_heading(self.first.value(), self.rows.value()))
        self.found_button.clicked.connect(self._find_again)

    def _show_sheets(self, sheets: tuple[SheetState, ...], shown: str) -> None:
        with QSignalBlocker(self.sheets):
            self.sheets.clear()
            for one in sheets:
                name = one.sheet or self.tr("The whole file")
                item = QListWidgetItem(marked(f"{name} – {self._sheet_words(one)}"))
                item.setData(NAME, one.sheet)
                item.setToolTip(plain_tip(item.text()))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                is_read = one.state == "read"
                item.setCheckState(Qt.CheckState.Checked if is_read else Qt.CheckState.Unchecked)
                if one.state == "hidden":
                    item.setIcon(eye_off())
                self.sheets.addItem(item)
                if one.sheet == shown:
                    self.sheets.setCurrentItem(item)

    def _sheet_words(self, one: SheetState) -> str:
        rows = self.tr("%Ln row(s)", "", one.rows)
        if one.state == "read":
            return rows
        if one.state == "hidden":
            return self.tr("{rows}, hidden: not read").format(rows=rows)
        return self.tr("{rows}: {why}").format(rows=rows, why=one.reason)

    def _show_heading(self, shown: SheetPreview | None) -> None:
        found = shown is not None and shown.heading_from > 0
        for box, value in (
            (self.first, shown.heading_from if shown else 1),
            (self.rows, shown.heading_rows if shown else 1),
        ):
            with QSignalBlocker(box):
                box.setValue(max(value, 1))
        told = self._state is not None and bool(self._state.settings.answers_to(HEADING))
        self.found_button.setVisible(told)
        if not found:
            self.heading_words.setText(
                self.tr("No heading was found. Go to its row in the grid and press Enter.")
            )
        elif told:
            self.heading_words.setText(self.tr("The blue band is the heading, where you put it."))
        else:
            self.heading_words.setText(
                self.tr("The blue band is the heading, as far as we can tell. Move it if it is wrong.")
            )

    def _show_hidden(self, state: FileState | None, shown: SheetPreview | None) -> None:
        look = None if state is None else state.look
        sheets = 0 if look is None else sum(one.state == "hidden" for one in look.preview.sheets)
        rows = 0 if shown is None else len(shown.hidden_rows)
        parts = []
        if sheets:
            parts.append(
                self.tr("%n sheet(s) are hidden in this workbook. We have not read them.", "", sheets)
            )
        if rows:
            parts.append(self.tr("%Ln row(s) of this sheet are hidden.", "", rows))
        if shown is not None and shown.hidden_columns:
            parts.append(self.tr("%n column(s) are hidden; they are read.", "", len(shown.hidden_columns)))
        chosen = "" if state is None else next(iter(state.settings.answers_to(HIDDEN)), "")
        self.hidden_words.setText(" ".join(parts))
        self.hidden_words.setVisible(bool(parts))
        self.hidden.setVisible(bool(sheets or rows or chosen))
        self.show_hidden_button.setVisible(bool(rows))
        usual = self.tr("Hidden rows and sheets: as usual")
        choices = [
            ("", usual),
            ("include", self.tr("Include both")),
            ("leave_out", self.tr("Leave both out")),
        ]
        self.hidden.show_choices(choices, chosen)

    # What the person does

    def _tick(self) -> None:
        state = self._state
        if state is None:
            return
        items = [self.sheets.item(at) for at in range(self.sheets.count())]
        names = [one.data(NAME) for one in items if one.checkState() == Qt.CheckState.Checked]
        if names:
            self._reader.change(state.path, state.settings.with_change(SHEETS, *names))
        else:  # nothing at all to read is leaving the file out, which is done in step 1
            self.show_state(state)

    def _show_sheet(self, item: QListWidgetItem | None, _: QListWidgetItem | None) -> None:
        if item is not None and self._state is not None:
            self._reader.show_sheet(self._state.path, item.data(NAME))

    def _choose_hidden(self, value: str) -> None:
        state = self._state
        if state is not None:
            answers = (value,) if value else ()
            self._reader.change(state.path, state.settings.with_change(HIDDEN, *answers))

    def _show_first_hidden(self) -> None:
        shown = self._state.look.preview.shown if self._state is not None and self._state.look else None
        if shown is not None and shown.hidden_rows:
            self.grid.show_row(shown.hidden_rows[0])
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _find_again(self) -> None:
        if self._state is not None:
            self._reader.change(self._state.path, self._state.settings.without(HEADING))

    def _why_nothing(self, state: FileState) -> str:
        if state.look is None:
            return state.problem or self.tr("{name} has not been read yet.").format(name=state.path.name)
        return f"✗ {state.problem}" if state.problem else ""

    def _claims(self, shown: SheetPreview) -> str:
        if shown.rows_claimed <= shown.rows_real:
            return ""
        text = self.tr(
            "The sheet says that it has {claimed} rows; the last with anything in it is row {real}."
        )
        return text.format(claimed=formats.number(shown.rows_claimed), real=formats.number(shown.rows_real))


def eye_off() -> QIcon:
    """An eye with a stroke through it: hidden."""
    side = 18
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.current().text), 1.4))
    painter.drawEllipse(QRectF(2, 5, 14, 8))
    painter.drawEllipse(QRectF(7, 7, 4, 4))
    painter.drawLine(QPointF(3, 15), QPointF(15, 3))
    painter.end()
    return QIcon(pixmap)
