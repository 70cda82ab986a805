"""Step 2: which column is read as what, how sure, with first values; questions first; unit, signs and dates beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from ui.accounts_import import words
from ui.accounts_import.how_read import HowRead
from ui.accounts_import.question_band import QuestionBand
from ui.import_assistant.pane import Band, ChoiceBox, narrow, on_keys
from ui.import_assistant.words import letters
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.intake.accounts_drafts import AccountsColumn
    from ui.accounts_import.files import AccountsFile, AccountsFiles


class ColumnsStep(QWidget):
    """Their columns, each with the field that it is read as; Enter changes it, Del leaves it out."""

    def __init__(self, reader: AccountsFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._file: AccountsFile | None = None
        self._columns: tuple[AccountsColumn, ...] = ()
        self._is_down = False
        self.questions = QuestionBand(self)
        self.banner = Band(self)
        self.wrong = Band(self, ground="error")
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Columns of the accounts"), self)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.field = ChoiceBox(self.tr("What this column is read as"), self)
        self.what = narrow(PlainLabel("", self, wrap=True))
        self.what.setBuddy(self.field)
        self.leave_button = QPushButton(self.tr("&Leave out"), self)
        self.leave_button.setAutoDefault(False)
        self.pane = HowRead(reader, self)
        self._lay_out()
        self.questions.answered.connect(self._answer)
        self.field.picked.connect(self._choose)
        self.leave_button.clicked.connect(self.leave_out)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_column())
        on_keys(self.table, ("Return", "Enter", "F2"), self._ask_field)
        on_keys(self.table, ("Del",), self.leave_out)

    def show_file(self, file: AccountsFile | None) -> None:
        """Show one file."""
        had_question = self.questions.question is not None and self.questions.isAncestorOf(
            self.focusWidget() or self
        )
        self._file = file
        look = None if file is None else file.look
        self.questions.show_questions(() if look is None else look.questions)
        self.wrong.show_text(f"✗ {file.problem}" if file is not None and file.problem else "")
        read_as = "" if look is None else look.read_as
        self.banner.show_text(
            self.tr("Read as {file} was, which had the same headings or lines.").format(file=read_as)
        )
        self.banner.setVisible(bool(read_as))
        self._is_down = look is not None and look.runs == "down"
        self._show_columns(() if look is None else look.columns)
        self.pane.show_file(file)
        if had_question and look is not None:
            self.focus_first()  # the answers that had the focus are gone: to the next question, or the columns

    def focus_first(self) -> None:
        """Go to the question, or else to the columns."""
        if self.questions.question is not None:
            self.questions.focus_answers()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_out(self) -> None:
        """Do not read the current column."""
        one = self._column()
        if one is not None and self._is_down:
            self._set_line(one, "")
        elif one is not None and one.field:
            self._set_columns({one.field: ""})

    # Showing

    def _show_columns(self, columns: tuple[AccountsColumn, ...]) -> None:
        at = max(self.table.currentIndex().row(), 0)
        order = {name: place for place, name in enumerate((*words.NEEDED, *words.USEFUL))}
        self._columns = tuple(
            sorted(columns, key=lambda one: (order.get(one.field, 99), not one.suggested, one.column))
        )
        places = [letters(one.column) for one in self._columns]
        if self._is_down:  # lines stay in the order in which they add up
            self._columns = tuple(columns)
            places = [str(one.column + 1) for one in columns]
        names = [f"{place}: {one.heading}" for place, one in zip(places, self._columns, strict=True)]
        self.model.set_columns(
            (
                Column(self.tr("Their line") if self._is_down else self.tr("Their column"), names),
                Column(self.tr("Read as"), [self._read_as(one) for one in self._columns]),
                Column(
                    self.tr("How sure"),
                    [words.sureness(one.confidence) if one.field else "" for one in self._columns],
                ),
                Column(
                    self.tr("Figures") if self._is_down else self.tr("First values"),
                    [" · ".join(one.samples) for one in self._columns],
                ),
            )
            if columns
            else ()
        )
        self.table.fit(3)
        if self._columns:
            heading = self.table.horizontalHeader()
            wanted = self.table.sizeHintForColumn(0) + 8
            heading.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
            heading.resizeSection(0, min(wanted, max(self.table.width() // 3, 120)))
            flags = QItemSelectionModel.SelectionFlag
            index = self.model.index(min(at, len(self._columns) - 1), 0)
            with QSignalBlocker(self.table.selectionModel()):
                self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._show_column()

    def _read_as(self, one: AccountsColumn) -> str:
        if one.field:
            return words.field(one.field)
        if one.suggested and self._is_down:
            return self.tr("? not known (like {field}?)").format(field=words.field(one.suggested))
        if one.suggested:
            return self.tr("not read (like {field}?)").format(field=words.field(one.suggested))
        return self.tr("? not known") if self._is_down else self.tr("not read")

    def _column(self) -> AccountsColumn | None:
        at = self.table.currentIndex().row()
        return self._columns[at] if 0 <= at < len(self._columns) else None

    def _show_column(self) -> None:
        one = self._column()
        self.field.setEnabled(one is not None and bool(one.heading))
        self.leave_button.setEnabled(one is not None and (self._is_down or bool(one.field)))
        if one is None:
            self.what.setText("")
            self.field.show_choices([], "")
            return
        if not one.heading:
            self.what.setText(self.tr("A column without a heading can't be named."))
        else:
            self.what.setText(self.tr("“{heading}” is read as:").format(heading=one.heading))
        fields = [*words.LINES] if self._is_down else [*words.NEEDED, *words.USEFUL]
        if self._is_down and one.field and one.field not in fields:
            fields.append(one.field)
        if one.suggested and not one.field:
            fields = [one.suggested, *(name for name in fields if name != one.suggested)]
        taken = {
            other.field: other.heading
            for other in self._columns
            if other.field and other is not one and not self._is_down
        }
        choices = [("", self.tr("nothing: left out"))]
        for name in fields:
            text = words.field(name)
            if name in taken:
                text = self.tr("{field} (now from “{heading}”)").format(field=text, heading=taken[name])
            choices.append((name, text))
        self.field.show_choices(choices, one.field)

    # What is chosen

    def _ask_field(self) -> None:
        if self.field.isEnabled():
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.showPopup()

    def _choose(self, name: str) -> None:
        one = self._column()
        if one is None or name == one.field:
            return
        if self._is_down:
            self._set_line(one, name)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = {name: one.heading} if name else {}
        if one.field:  # a column is read as one thing
            said[one.field] = ""
        self._set_columns(said)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_line(self, one: AccountsColumn, kind: str) -> None:
        from bargain.intake.accounts_lines import bare_name

        self._answer(f"lines.{bare_name(one.heading)}", kind)

    def _set_columns(self, said: dict[str, str]) -> None:
        from bargain.intake.accounts_mapping import with_answer

        file = self._file
        if file is None or file.look is None:
            return
        mapping = file.look.mapping
        for name, heading in said.items():
            mapping = with_answer(mapping, f"columns.{name}", heading)
        self._reader.say(file.path, mapping)

    def _answer(self, key: str, answer: str) -> None:
        from bargain.intake.accounts_mapping import with_answer

        file = self._file
        if file is not None and file.look is not None:
            self._reader.say(file.path, with_answer(file.look.mapping, key, answer))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.what, 1)
        line.addWidget(self.field, 1)
        line.addWidget(self.leave_button)
        middle = QVBoxLayout()
        middle.setSpacing(6)
        for band in (self.banner, self.wrong):
            band.hide()
            middle.addWidget(band)
        middle.addWidget(self.questions)
        middle.addWidget(self.table, 1)
        middle.addLayout(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(middle, 1)
        row.addWidget(self.pane)
        self.questions.hide()
