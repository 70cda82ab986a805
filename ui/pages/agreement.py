"""Agreement: the draft that follows from the offer on the table, as it would be printed, and its print."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from models.issues import Severity, UnusableInput
from ui import palette
from ui.charts.twin import Index, Twin, TwinModel
from ui.notices import NoticeButton
from ui.widgets.plain_label import PlainLabel, plain_tip

if TYPE_CHECKING:
    from models.agreement import AgreementDraft, DraftSection, DraftTable
    from models.appraisal import Appraisal
    from ui.session import Session
    from ui.tasks import Report

PLACE = Qt.ItemDataRole.UserRole + 1  # of an outline item: the number of its heading in the preview
MOST_TABLE_HEIGHT = 420
HEADING_LETTERS = 11  # in a line
OUTLINE, WIDE = (260, 320), 1180  # widths of the outline: usual, and from this width of the page on


class DraftTableModel(TwinModel):
    """A table of the draft; only its number columns go to the right."""

    def __init__(self, table: DraftTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = frozenset(table.number_columns)
        self.set_twin(Twin(table.headings, table.rows))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, and where it stands."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.isValid():
            side = (
                Qt.AlignmentFlag.AlignRight if index.column() in self._numbers else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Long headings in lines of a few words: a narrow column would cut them."""
        said = super().headerData(section, orientation, role)
        if role != Qt.ItemDataRole.DisplayRole or not isinstance(said, str):
            return said
        return fill(said, HEADING_LETTERS, break_long_words=False)


class DraftTableView(QTableView):
    """As high as its rows, up to a screenful."""

    def __init__(self, table: DraftTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        model = DraftTableModel(table, self)
        self.setModel(model)
        self.setAccessibleName(table.caption)
        self.verticalHeader().hide()
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setAlternatingRowColors(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column in range(model.columnCount()):
            is_number = column in table.number_columns
            fits = QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, fits if is_number else QHeaderView.ResizeMode.Stretch)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.resizeRowsToContents()
        needs = (
            self.horizontalHeader().sizeHint().height()
            + self.verticalHeader().length()
            + 2 * self.frameWidth()
        )
        height = min(needs + 2, MOST_TABLE_HEIGHT)
        if height != self.height():
            self.setFixedHeight(height)


class Preview(QScrollArea):
    """The draft as text and tables, in the order of its pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("The draft as it would be printed"))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.headings: list[PlainLabel] = []

    def show_draft(self, draft: AgreementDraft) -> None:
        """Show a draft from its first page."""
        self.headings = []
        page = QWidget()
        page.setAutoFillBackground(True)
        page.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(24, 16, 24, 24)
        layout.setSpacing(8)
        for warning in draft.warnings:
            layout.addWidget(_coloured(f"!  {warning}", palette.current().warning_text))
        layout.addWidget(PlainLabel(draft.title, wrap=True, bold=True, scale=1.6))
        layout.addWidget(PlainLabel(draft.sector, wrap=True, bold=True, scale=1.2))
        facts = self.tr("{version} · {day} · staff data {fingerprint}")
        layout.addWidget(
            PlainLabel(
                facts.format(version=draft.version, day=draft.dated, fingerprint=draft.fingerprint), wrap=True
            )
        )
        if draft.basis:
            layout.addWidget(PlainLabel(draft.basis, wrap=True))
        if draft.watermark:
            layout.addWidget(_coloured(draft.watermark, palette.current().error_text, bold=True))
        for name, sections in draft.parts:
            self._add_heading(layout, name, scale=1.3)
            for section in sections:
                self._add_section(layout, section)
        self._add_heading(layout, self.tr("Signatures"), scale=1.3)
        for block in draft.signatures:
            line = f"{block.party} ({block.group})" if block.party else block.group
            layout.addWidget(PlainLabel(f"{line}: ______________________________", wrap=True))
        layout.addStretch(1)
        self.setWidget(page)

    def go_to(self, place: int) -> None:
        """Bring a heading to the top."""
        if 0 <= place < len(self.headings):
            self.verticalScrollBar().setValue(self.headings[place].y() - 8)

    def _add_section(self, layout: QVBoxLayout, section: DraftSection) -> None:
        self._add_heading(layout, f"{section.number}  {section.heading}".strip(), scale=1.1)
        for paragraph in section.paragraphs:
            layout.addWidget(PlainLabel(paragraph, wrap=True))
        for table in section.tables:
            layout.addWidget(PlainLabel(table.caption, wrap=True, bold=True))
            layout.addWidget(DraftTableView(table))

    def _add_heading(self, layout: QVBoxLayout, text: str, *, scale: float) -> None:
        label = PlainLabel(text, wrap=True, bold=True, scale=scale)
        layout.addSpacing(8)
        layout.addWidget(label)
        self.headings.append(label)


class AgreementPage(QWidget):
    """Outline left, preview right, one button that prints and one that writes for a word processor."""

    drafted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.draft: AgreementDraft | None = None
        self._drafted_of: Appraisal | None = None
        self._running = False
        self.print_button = QPushButton(self.tr("P&rint the draft as PDF…"))
        self.word_button = QPushButton(self.tr("Save as &Word or text…"))
        self.said = PlainLabel("", wrap=True)
        self.outline = QTreeView()
        self.preview = Preview()
        self._sections = QStandardItemModel(self)
        self._lay_out()
        session.appraised.connect(self._want)
        session.sector_changed.connect(self._want)
        self.print_button.clicked.connect(self.print_draft)
        self.word_button.clicked.connect(self.save_word)
        self.outline.selectionModel().selectionChanged.connect(self._go)
        self._want()

    def print_draft(self) -> None:
        """Ask where, then write the PDF."""
        self._ask_where(self.tr("Print the draft as PDF"), self.tr("PDF documents (*.pdf)"), ".pdf")

    def save_word(self) -> None:
        """Ask where, then write the Word document, or plain text."""
        kinds = self.tr("Word documents (*.docx);;Plain text (*.txt)")
        self._ask_where(self.tr("Save the draft as a Word document or text"), kinds, ".docx", ".txt")

    def _ask_where(self, title: str, kinds: str, ending: str, other: str = "") -> None:
        if self.draft is None:
            self._session.notice(
                self.said.text() or self.tr("There is no draft to print yet."), Severity.WARNING
            )
            return
        proposed = _file_name(self.draft.sector) + ending  # no name of an offer: it may say what a side wants
        name, kind = QFileDialog.getSaveFileName(self, title, proposed, kinds)
        if name:
            path = Path(name)
            if (
                other and other in kind and ending not in kind
            ):  # the name that was proposed has the first ending
                path, ending = path.with_name(path.name.removesuffix(ending)), other
            self.print_to(
                path if path.suffix.casefold() in {ending, other} else path.with_name(path.name + ending)
            )

    def print_to(self, path: Path) -> None:
        """Write the draft that is shown into a file, in the worker."""
        draft = self.draft
        if draft is None:
            return

        def work(_: Report) -> Path:
            from bargain.agreement.files import write_draft

            write_draft(draft, path)
            return path

        self._may_print(is_writing=True)
        self._session.tasks.start(
            work, on_done=self._printed, on_failed=self._not_printed, on_cancelled=self._may_print
        )

    # How it works

    def _lay_out(self) -> None:
        self.outline.setModel(self._sections)
        self.outline.setHeaderHidden(True)
        self.outline.setAccessibleName(self.tr("Outline of the draft"))
        self.outline.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.outline.setTabKeyNavigation(False)
        self.outline.setFixedWidth(OUTLINE[0])
        self.outline.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.preview.setFrameShape(QFrame.Shape.StyledPanel)
        top = QHBoxLayout()
        top.addWidget(self.said, 1)
        top.addWidget(self.print_button)
        top.addWidget(self.word_button)
        columns = QHBoxLayout()
        columns.setSpacing(6)
        columns.addWidget(self.outline)
        columns.addWidget(self.preview, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addLayout(top)
        layout.addLayout(columns, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """The draft is made when somebody looks at it."""
        super().showEvent(event)
        self._want()
        if self.focusWidget() is None:
            self.outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window shows the headings of the outline whole."""
        super().resizeEvent(event)
        self.outline.setFixedWidth(OUTLINE[1 if self.width() >= WIDE else 0])

    def _want(self) -> None:
        sector, appraisal = self._session.sector, self._session.appraisal
        if sector is None or appraisal is None:
            self._drafted_of = None
            self._show(None)
            return
        if appraisal is self._drafted_of or self._running or not self.isVisible():
            return
        version = self._session.offer.name

        def work(_: Report) -> AgreementDraft:
            from bargain.agreement.compose import compose

            return compose(sector, appraisal, version=version, today=date.today())

        def done(draft: AgreementDraft) -> None:
            self._running = False
            self._drafted_of = appraisal
            self._show(draft)
            self._want()

        def failed(error: Exception) -> None:
            self._running = False
            self._drafted_of = appraisal
            if isinstance(error, UnusableInput):
                self._show(None)
                self.said.setText(str(error))
            else:
                self._session.report_fault(error)

        self._running = True
        self._session.tasks.start(work, on_done=done, on_failed=failed, on_cancelled=self._stopped)

    def _stopped(self) -> None:
        self._running = False

    def _show(self, draft: AgreementDraft | None) -> None:
        self.draft = draft
        self._may_print()
        self.preview.setVisible(draft is not None)
        self.outline.setVisible(draft is not None)
        if draft is None:
            self.said.setText(
                self._session.problem
                or self.tr(
                    "No draft yet: it follows from an offer and staff data. Write an offer under Proposals."
                )
            )
            return
        if draft.warnings:
            warnings = self.tr(
                "Draft of “{offer}”. %n thing(s) to settle before it can be agreed.", "", len(draft.warnings)
            )
        else:
            warnings = self.tr("Draft of “{offer}”.")
        self.said.setText(warnings.format(offer=draft.version))
        where = self.preview.verticalScrollBar().value()
        self.preview.show_draft(draft)
        self.preview.verticalScrollBar().setValue(where)
        self._fill_outline(draft)
        self.drafted.emit()

    def _fill_outline(self, draft: AgreementDraft) -> None:
        self._sections.clear()
        place = 0
        for name, sections in draft.parts:
            part = _outline_item(name, place)
            place += 1
            for section in sections:
                part.appendRow(_outline_item(f"{section.number}  {section.heading}".strip(), place))
                place += 1
            self._sections.appendRow(part)
        self._sections.appendRow(_outline_item(self.tr("Signatures"), place))
        self.outline.expandAll()

    def _go(self, selected: QItemSelection) -> None:
        indexes: list[QModelIndex] = selected.indexes()
        if indexes:
            self.preview.go_to(int(indexes[0].data(PLACE)))

    def _may_print(self, *, is_writing: bool = False) -> None:
        for button in (self.print_button, self.word_button):
            button.setEnabled(self.draft is not None and not is_writing)

    def _printed(self, path: Path) -> None:
        self._may_print()

        def open_folder() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

        text = self.tr("The draft is in {name}.").format(name=path.name)
        self._session.notice(text, Severity.NOTE, NoticeButton(self.tr("Open folder"), open_folder))

    def _not_printed(self, error: Exception) -> None:
        self._may_print()
        if isinstance(error, UnusableInput):
            self._session.notice(str(error), Severity.ERROR)
        elif isinstance(error, OSError):
            text = self.tr(
                "Not printed: {why}. Choose another folder, or close the file if it is open, and try again."
            )
            self._session.notice(text.format(why=error.strerror or str(error)), Severity.ERROR)
        else:
            self._session.report_fault(error)


def _outline_item(text: str, place: int) -> QStandardItem:
    item = QStandardItem(text)
    item.setEditable(False)
    item.setToolTip(plain_tip(text))
    item.setData(place, PLACE)
    item.setData(text, Qt.ItemDataRole.AccessibleTextRole)
    return item


def _coloured(text: str, colour: str, *, bold: bool = False) -> PlainLabel:
    label = PlainLabel(text, wrap=True, bold=bold)
    label.setForegroundRole(QPalette.ColorRole.WindowText)
    tint = QPalette(label.palette())
    tint.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    label.setPalette(tint)
    return label


def _file_name(name: str) -> str:
    """A name from data as the name of a file."""
    kept = "".join(one if one.isalnum() or one in " -_." else "-" for one in name).strip(" .-")
    return f"{kept or 'Agreement'} - draft"
