"""Step 3, Match columns: the questions that a file leaves open, its columns as cards, and how pay and dates are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListView,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ui.import_assistant import words
from ui.import_assistant.cards import Card, Group, cards_of, free_headings
from ui.import_assistant.how_read import HowRead
from ui.import_assistant.pane import Band, ChoiceBox, on_keys
from ui.import_assistant.questions import QuestionView
from ui.import_assistant.settings import AGAIN, COLUMNS
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.intake.reading import Question
    from ui.import_assistant.batch import FileState
    from ui.import_assistant.reader import ImportReader

NI_NUMBERS = "privacy.ni_numbers"
QUESTIONS, CARDS = range(2)


class ColumnsStep(QWidget):
    """Questions and cards in the middle; settings for the whole file on the right."""

    def __init__(self, reader: ImportReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._state: FileState | None = None
        self._cards: tuple[Card, ...] = ()
        self.banner = Band(self)
        self.use_button = self.banner.add_button(self.tr("Use"))
        self.again_button = self.banner.add_button(self.tr("Start again"))
        self.ni_band = Band(self, ground="warning")
        self.once_button = self.ni_band.add_button(self.tr("Use once"))
        self.never_button = self.ni_band.add_button(self.tr("Leave out"))
        self.wrong = Band(self, ground="error")
        self.questions = QuestionView(self)
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Columns"), self)
        self.table.setSortingEnabled(False)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.card_words = ElidedLabel(bold=True, parent=self)
        self.card_more = ElidedLabel(parent=self)
        self.combo = _FilterBox(self)
        self.leave_button = QPushButton(self.tr("Leave out (Del)"), self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.sheet = ChoiceBox(self.tr("Sheet"), self)
        self.tabs.setCornerWidget(self.sheet)
        self.pane = HowRead(reader, self)
        self._lay_out()
        self._connect()

    def show_state(self, state: FileState | None) -> None:
        """Show one file."""
        is_other = self._state is None or state is None or self._state.path != state.path
        had_question = self._state is not None and bool(self._state.questions)
        self._state = state
        look = None if state is None else state.look
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.questions.isAncestorOf(focused)
        self.questions.show_state(state)
        asks = state is not None and bool(state.questions)
        count = len(state.questions) if state is not None else 0
        self.tabs.setTabText(QUESTIONS, self.tr("Questions (%n)", "", count))
        self.tabs.setTabVisible(QUESTIONS, asks)
        if asks and (is_other or not had_question):
            self.tabs.setCurrentIndex(QUESTIONS)
        self._cards = () if look is None else cards_of(look.columns)
        self._show_sheets(state)
        self._show_cards()
        self._show_banner(state)
        self._show_ni(state)
        self.wrong.show_text("" if state is None or not state.problem else f"✗ {state.problem}")
        self.pane.show_state(state)
        if had_focus and self._state is not None and self._state.look is not None:
            self.focus_first()  # the answers that had the focus are gone: to the next question, or the cards

    def focus_first(self) -> None:
        """Go to the question, or else to the cards."""
        if self._state is not None and self._state.questions:
            self.tabs.setCurrentIndex(QUESTIONS)
            self.questions.focus_answers()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sheets(self, state: FileState | None) -> None:
        """Which sheet the cards are of, where more than one is read."""
        look = None if state is None else state.look
        names = [] if look is None else [one.sheet for one in look.preview.sheets if one.state == "read"]
        shown = look.preview.shown.sheet if look is not None and look.preview.shown is not None else ""
        self.sheet.show_choices([(one, one) for one in names], shown)
        self.sheet.setVisible(len(names) > 1)

    def _show_sheet(self, sheet: str) -> None:
        if self._state is not None:
            self._reader.show_sheet(self._state.path, sheet)

    # The cards

    def _show_cards(self) -> None:
        cards = self._cards
        at = self.table.currentIndex().row()
        if at < 0:  # the first that can be changed
            at = next((place for place, one in enumerate(cards) if one.group is not Group.LOCKED), 0)
        self.model.set_columns(
            (
                Column(self.tr("Group"), [self._group(one) for one in cards]),
                Column(self.tr("We read"), [self._field(one) for one in cards]),
                Column(self.tr("From their column"), [self._heading(one) for one in cards]),
                Column(self.tr("How sure"), [self._sureness(one) for one in cards]),
                Column(self.tr("First values"), [" · ".join(one.samples) for one in cards]),
            )
            if cards
            else ()
        )
        self.table.fit(4)
        heading = self.table.horizontalHeader()
        if cards:  # long headings of theirs leave room for the values
            wanted = self.table.sizeHintForColumn(2)
            heading.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
            heading.resizeSection(
                2, min(max(wanted, heading.sectionSizeHint(2)) + 4, self.table.width() // 3)
            )
        count = sum(1 for one in cards if one.field and one.column >= 0)
        self.tabs.setTabText(CARDS, self.tr("Columns (%n read)", "", count))
        if cards:
            flags = QItemSelectionModel.SelectionFlag
            index = self.model.index(min(at, len(cards) - 1), 0)
            with QSignalBlocker(self.table.selectionModel()):
                self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._show_card()

    def _group(self, card: Card) -> str:
        return {
            Group.NEEDED: self.tr("Needed"),
            Group.USEFUL: self.tr("Useful"),
            Group.LEFT_OUT: self.tr("Not read"),
            Group.LOCKED: self.tr("Never kept"),
            Group.ABSENT: self.tr("Useful"),
        }[card.group]

    def _field(self, card: Card) -> str:
        if card.field:
            return words.field(card.field)
        return words.personal(card.personal)[0] if card.personal else "–"

    def _heading(self, card: Card) -> str:
        if card.column < 0:
            return self.tr("not in the file")
        named = card.heading or self.tr("no heading")
        return f"{words.letters(card.column)}: {named}"

    def _sureness(self, card: Card) -> str:
        return words.sureness(card.confidence) if card.field and card.column >= 0 else ""

    def _card(self) -> Card | None:
        at = self.table.currentIndex().row()
        return self._cards[at] if 0 <= at < len(self._cards) else None

    def _show_card(self) -> None:
        """Below the list: what the current card is read from, to change."""
        card, state = self._card(), self._state
        locked = card is None or card.group is Group.LOCKED
        self.combo.setEnabled(not locked)
        self.leave_button.setEnabled(card is not None and bool(card.field) and card.column >= 0)
        if card is None or state is None or state.look is None:
            self.card_words.show_text("")
            self.card_more.show_text("")
            self.combo.show_choices([], "")
            return
        if card.group is Group.LOCKED:
            what, why = words.personal(card.personal)
            self.card_words.show_text(f"{what}: “{card.heading}”")
            self.card_more.show_text(why)
            self.combo.show_choices([("", self.tr("Leave out"))], "")
        elif card.field:
            self.card_words.show_text(self.tr("{field} is read from:").format(field=words.field(card.field)))
            values = " · ".join(card.samples)
            kind = words.field_kind(card.field)
            self.card_more.show_text(f"{values} ({kind})" if values else kind)
            headings = [(one, one) for one in free_headings(state.look.columns)]
            self.combo.show_choices([("", self.tr("Leave out")), *headings], card.heading)
        else:
            self.card_words.show_text(self.tr("“{heading}” is read as:").format(heading=card.heading))
            self.card_more.show_text(
                "" if card.heading else self.tr("A column without a heading can't be named.")
            )
            self.combo.setEnabled(bool(card.heading))
            fields = [(one, words.field(one)) for one in (*words.NEEDED, *words.USEFUL)]
            self.combo.show_choices([("", self.tr("Leave out")), *fields], "")

    def _choose(self, value: str) -> None:
        card, state = self._card(), self._state
        if card is None or state is None or card.group is Group.LOCKED:
            return
        if card.field:
            if value != card.heading:
                self._set_column(card.field, value)
        elif value:
            self._set_column(value, card.heading)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_out(self) -> None:
        """Do not read the current field."""
        card = self._card()
        if card is not None and card.field and card.column >= 0:
            self._set_column(card.field, "")

    def _set_column(self, field: str, heading: str) -> None:
        state = self._state
        if state is not None:
            self._reader.change(state.path, state.settings.with_change(f"{COLUMNS}{field}", heading))

    def _ask_column(self) -> None:
        if self.combo.isEnabled():
            self.combo.begin()

    def _show_narrowed(self, near: list[str]) -> None:
        """While typing: what Enter would take, and what else there is."""
        if near:
            self.card_more.show_text(self.tr("Enter takes: {names}").format(names=" · ".join(near)))
        else:
            self.card_more.show_text(self.tr("Nothing is called that."))

    # Banners

    def _show_banner(self, state: FileState | None) -> None:
        recall = None if state is None else state.recall
        if state is None or (recall is None and not state.settings.fresh):
            self.banner.hide()
            return
        settings = state.settings
        if settings.fresh and settings.answers_to(AGAIN):
            text = self.tr("Read as this file was before; what it brought in then will be replaced.")
        elif settings.fresh:
            text = self.tr("Read from the start, without what is remembered.")
        elif recall is not None:
            several = len(recall.employers) > 1
            used = self.tr(
                "Used last time for %n employers with the same headings.", "", len(recall.employers)
            )
            text = used if several else self.tr("Read as {file} was last time.").format(file=recall.file)
            if settings.reads_otherwise:
                text += " " + self.tr("You changed some of it.")
        self.banner.show_text(text)
        self.use_button.setText(
            self.tr("Use it after all") if settings.fresh or settings.reads_otherwise else self.tr("Use")
        )
        self.use_button.setVisible(settings.fresh or settings.reads_otherwise)
        self.again_button.setVisible(not settings.fresh or settings.reads_otherwise)

    def _show_ni(self, state: FileState | None) -> None:
        look = None if state is None else state.look
        has_ni = look is not None and any(one.personal == "national_insurance" for one in look.columns)
        if state is None or not has_ni:
            self.ni_band.hide()
            return
        once = state.settings.answers_to(NI_NUMBERS) == ("once",)
        if once:
            text = self.tr(
                "NI numbers are used just once, in memory, to spot people with two jobs; then they are forgotten."
            )
        else:
            text = self.tr(
                "This looks like NI numbers. We don't need them. We can use them just once, in memory, to spot people "
                "with two jobs, then forget them."
            )
        self.ni_band.show_text(text)
        self.once_button.setVisible(not once)
        told = bool(state.settings.answers_to(NI_NUMBERS))
        self.never_button.setVisible(once or not told)

    def _set_ni(self, answer: str) -> None:
        state = self._state
        if state is not None:
            self._reader.change(state.path, state.settings.with_change(NI_NUMBERS, answer))

    # Putting together

    def _answer(self, question: Question, answer: str) -> None:
        state = self._state
        if state is not None:
            self._reader.change(state.path, state.settings.answered(question, answer))

    def _take_back(self) -> None:
        state = self._state
        if state is not None:
            fresh = state.settings.fresh
            settings = state.settings.started_again() if fresh else state.settings.remembered()
            self._reader.change(state.path, settings)

    def _start_again(self) -> None:
        if self._state is not None:
            self._reader.change(self._state.path, self._state.settings.started_again())

    def _use_memory(self) -> None:
        if self._state is not None:
            self._reader.change(self._state.path, self._state.settings.remembered())

    def _connect(self) -> None:
        self.questions.answered.connect(self._answer)
        self.questions.taken_back.connect(self._take_back)
        self.pane.taken_back.connect(self._take_back)
        self.use_button.clicked.connect(self._use_memory)
        self.again_button.clicked.connect(self._start_again)
        self.once_button.clicked.connect(lambda: self._set_ni("once"))
        self.never_button.clicked.connect(lambda: self._set_ni("leave_out"))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_card())
        self.table.doubleClicked.connect(lambda _: self._ask_column())
        self.combo.picked.connect(self._choose)
        self.combo.narrowed.connect(self._show_narrowed)
        self.sheet.picked.connect(self._show_sheet)
        self.leave_button.clicked.connect(self.leave_out)
        on_keys(self.table, ("Return", "Enter", "F2"), self._ask_column)
        on_keys(self.table, ("Del",), self.leave_out)

    def _lay_out(self) -> None:
        cards = QWidget(self)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.card_words, 1)
        line.addWidget(self.combo, 1)
        line.addWidget(self.leave_button)
        below = QVBoxLayout(cards)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self.table, 1)
        below.addLayout(line)
        below.addWidget(self.card_more)
        self.tabs.addTab(self.questions, self.tr("Questions"))
        self.tabs.addTab(cards, self.tr("Columns"))
        middle = QVBoxLayout()
        middle.setSpacing(6)
        for band in (self.banner, self.ni_band, self.wrong):
            band.hide()
            middle.addWidget(band)
        middle.addWidget(self.tabs, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(middle, 1)
        row.addWidget(self.pane)


class _FilterBox(QComboBox):
    """A list that typing filters. Enter takes the first entry left; ↓ opens what is left; nothing else takes one."""

    picked = Signal(str)
    narrowed = Signal(list)  # the entries that hold what is typed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Column or field"))
        self.setEditable(True)
        self._line = QLineEdit(self)
        self._line.setAccessibleName(self.tr("Column or field"))
        self.setLineEdit(self._line)
        self._line.setCompleter(None)  # type: ignore[arg-type]  # none is meant: the list itself is filtered
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.activated.connect(lambda at: self.picked.emit(self.itemData(at)))
        self._line.textEdited.connect(self._filter)
        self._line.returnPressed.connect(self._take_first)

    def show_choices(self, choices: list[tuple[str, str]], chosen: str) -> None:
        """Offer (value, words), with one chosen."""
        with QSignalBlocker(self):
            self.clear()
            for value, text in choices:
                self.addItem(text, value)
            self.setCurrentIndex(max(self.findData(chosen), 0) if choices else -1)
        self._hide_but(range(self.count()))

    def begin(self) -> None:
        """Take the focus, with everything selected: what is typed now takes its place."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def _near(self, typed: str) -> list[int]:
        """The entries that hold what is typed: those that begin with it first."""
        wanted = typed.casefold().strip()
        texts = [self.itemText(at).casefold() for at in range(self.count())]
        return sorted(
            (at for at, text in enumerate(texts) if wanted in text), key=lambda at: texts[at].find(wanted)
        )

    def _filter(self, typed: str) -> None:
        near = self._near(typed)
        self._hide_but(near)
        self.narrowed.emit([self.itemText(at) for at in near])

    def _hide_but(self, shown: Iterable[int]) -> None:
        kept, view = set(shown), self.view()
        if isinstance(view, QListView):
            for at in range(self.count()):
                view.setRowHidden(at, at not in kept)

    def _take_first(self) -> None:
        near = self._near(self._line.text())
        if near:
            self.setCurrentIndex(near[0])
            self.picked.emit(self.itemData(near[0]))
        else:
            self._line.selectAll()
