"""One file of an import: its reconciling sentence, its questions, and what was found, read and left out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from bargain.intake.reading import Question, RowKind, SheetReading
from ui import formats, reconcile
from ui.importing import Answers, FileState, setting_key
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel, plain_menu
from ui.widgets.table import Table

SURE, LIKELY = 0.9, 0.7
MANY_ANSWERS = 12


class FileDetails(QWidget):
    """Shows one FileState; ``answered`` carries new Answers, ``left_out`` means: do without this file."""

    answered = Signal(object)
    left_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: FileState | None = None
        self._stack = QStackedLayout(self)
        self._wait = PlainLabel("", self, wrap=True)
        self._wait.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self._wait)
        self._read = _ReadFile(self)
        self._read.renamed.connect(self._rename)
        self._read.taken_back.connect(self._take_back)
        self._stack.addWidget(self._read)
        self._open: QWidget | None = None

    def show_waiting(self, name: str) -> None:
        """The file has not been read yet."""
        self._wait.setText(self.tr("{name} has not been read yet.").format(name=name))
        self._stack.setCurrentWidget(self._wait)

    def show_state(self, state: FileState) -> None:
        """Show what a file says or asks."""
        self._state = state
        if state.reading is not None:
            self._read.show_state(state)
            self._stack.setCurrentWidget(self._read)
            return
        if self._open is not None:
            self._stack.removeWidget(self._open)
            self._open.deleteLater()
        asked = state.questions[0] if state.questions else None
        self._open = self._refused(state) if asked is None else self._asking(state, asked)
        self._stack.addWidget(self._open)
        self._stack.setCurrentWidget(self._open)

    def _rename(self, employer: str) -> None:
        if self._state is not None and employer:
            old = self._state.answers
            self.answered.emit(Answers(employer, old.settings, old.password))

    def _take_back(self) -> None:
        if self._state is not None:
            old = self._state.answers
            self.answered.emit(Answers(old.employer, (), old.password))

    # A file that asks

    def _asking(self, state: FileState, question: Question) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(PlainLabel(self.tr("The file leaves this open:"), inside, bold=True))
        column.addWidget(PlainLabel(self._question_words(question), inside, wrap=True))
        if question.examples:
            column.addWidget(self._examples(question, inside))
        before = state.answers.answer_to(question)
        if before:
            text = self.tr(
                "✗ “{answer}” does not settle it: the app finds no amounts of pay there. Choose another answer; or give "
                "each amount a column of its own in the spreadsheet, save it and import it again; or leave the file out."
            )
            words = text.format(answer=self._answer_words(before))
            column.addWidget(PlainLabel(words, inside, wrap=True, bold=True))
        self.answer_button = QPushButton(self.tr("Use this answer"), inside)
        self.answer_button.setEnabled(False)
        self._offer_answers(question, inside, column)

        def answer() -> None:
            key, chosen = setting_key(question), question.candidates[self.chosen()]
            self.answered.emit(state.answers.with_setting(key, chosen))

        self.answer_button.clicked.connect(answer)
        buttons = [self.answer_button, self._leave_button(inside)]
        if state.answers.settings:
            buttons.insert(1, self._again_button(state, inside))
        column.addLayout(self._row(*buttons))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("Question about this file"))
        area.setWidget(inside)
        return area

    def chosen(self) -> int:
        """Which candidate is chosen; -1 for none."""
        if self.many.isVisibleTo(self):
            return self.many.currentIndex()
        return self.choices.checkedId()

    def _offer_answers(self, question: Question, inside: QWidget, column: QVBoxLayout) -> None:
        """A few candidates as buttons, many as a list to open; Enter takes the chosen one."""
        self.choices = QButtonGroup(inside)
        self.many = QComboBox(inside)
        self.many.setAccessibleName(self.tr("Answer"))
        self.many.setPlaceholderText(self.tr("Choose an answer"))
        is_many = len(question.candidates) > MANY_ANSWERS
        self.many.setVisible(is_many)
        if is_many:
            self.many.addItems([self._answer_words(one) for one in question.candidates])
            self.many.setCurrentIndex(-1)
            column.addWidget(self.many)
        for at, candidate in enumerate(() if is_many else question.candidates):
            choice = QRadioButton(plain_menu(self._answer_words(candidate)), inside)
            self.choices.addButton(choice, at)
            column.addWidget(choice)

        def may_answer(_: object) -> None:
            self.answer_button.setEnabled(True)
            self.answer_button.setDefault(True)

        self.choices.idToggled.connect(may_answer)
        self.many.currentIndexChanged.connect(may_answer)

    def _again_button(self, state: FileState, parent: QWidget) -> QPushButton:
        """Takes all answers about a file back."""
        button = QPushButton(self.tr("Take my answers back"), parent)
        answers = state.answers
        button.clicked.connect(lambda: self.answered.emit(Answers(answers.employer, (), answers.password)))
        return button

    def _question_words(self, question: Question) -> str:
        if not question.sheet:
            return question.question
        return self.tr("Sheet {sheet}: {question}").format(sheet=question.sheet, question=question.question)

    def _examples(self, question: Question, parent: QWidget) -> Table:
        headings = list(dict.fromkeys(heading for row in question.examples for heading, _ in row))
        cells = [dict(row) for row in question.examples]
        columns = [Column(heading, [row.get(heading, "") for row in cells]) for heading in headings]
        table = Table(ColumnTable(columns, parent), self.tr("Example rows"), parent)
        table.fit(0)
        height = (
            table.horizontalHeader().sizeHint().height() + len(cells) * (self.fontMetrics().height() + 10) + 6
        )
        table.setFixedHeight(height)
        return table

    def _answer_words(self, candidate: str) -> str:
        words = {
            "hour": self.tr("An hour"),
            "day": self.tr("A day"),
            "week": self.tr("A week"),
            "fortnight": self.tr("A fortnight"),
            "four_weeks": self.tr("Four weeks"),
            "month": self.tr("A month"),
            "year": self.tr("A year"),
            "actual": self.tr("What is actually paid for the contracted hours"),
            "full_time": self.tr("What full time would be paid"),
            "day_first": self.tr("The day comes first: 03/04 is 3 April"),
            "month_first": self.tr("The month comes first: 03/04 is 4 March"),
        }
        return words.get(candidate, candidate)

    # A file that can't be read

    def _refused(self, state: FileState) -> QWidget:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(PlainLabel("✗ " + self.tr("This file can't be read as it is"), inside, bold=True))
        column.addWidget(PlainLabel(state.problem, inside, wrap=True))
        if state.wants_password:
            self.password = QLineEdit(inside)
            self.password.setEchoMode(QLineEdit.EchoMode.Password)
            words = PlainLabel(self.tr("&Workbook password:"), inside)
            words.setBuddy(self.password)
            row = QHBoxLayout()
            row.addWidget(words)
            row.addWidget(self.password, 1)
            column.addLayout(row)
            self.password_button = QPushButton(self.tr("Open with this password"), inside)

            def use() -> None:
                old = state.answers
                self.answered.emit(Answers(old.employer, old.settings, self.password.text()))

            self.password_button.clicked.connect(use)
            self.password.returnPressed.connect(use)
            column.addLayout(self._row(self.password_button, self._leave_button(inside)))
        else:
            buttons = [self._leave_button(inside)]
            if state.answers.settings:
                buttons.insert(0, self._again_button(state, inside))
            column.addLayout(self._row(*buttons))
        column.addStretch(1)
        return inside

    def _leave_button(self, parent: QWidget) -> QPushButton:
        self.leave_button = QPushButton(self.tr("Leave this file out"), parent)
        self.leave_button.clicked.connect(self.left_out)
        return self.leave_button

    @staticmethod
    def _row(*buttons: QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        for button in buttons:
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        return row


class _ReadFile(QWidget):
    """A file that was read."""

    renamed = Signal(str)
    taken_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentences = PlainLabel("", self, bold=True, wrap=True)
        self.pay_words = PlainLabel("", self, wrap=True)
        self.employer = QLineEdit(self)
        self.employer.setAccessibleName(self.tr("Employer"))
        self.rename_button = QPushButton(self.tr("Use this name"), self)
        self.rename_button.setAutoDefault(False)
        self.rename_button.clicked.connect(lambda: self.renamed.emit(self.employer.text().strip()))
        self.again_button = QPushButton(self.tr("Take my answers back"), self)
        self.again_button.setAutoDefault(False)
        self.again_button.clicked.connect(self.taken_back)
        self._employer_row = QWidget(self)
        row = QHBoxLayout(self._employer_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(PlainLabel(self.tr("Employer:"), self._employer_row))
        row.addWidget(self.employer, 1)
        row.addWidget(self.rename_button)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self._models = [ColumnTable(parent=self) for _ in range(4)]
        names = (
            self.tr("Queries"),
            self.tr("Columns read"),
            self.tr("Left out"),
            self.tr("Job titles not placed"),
        )
        self._tables = [Table(model, name, self) for model, name in zip(self._models, names, strict=True)]
        for table, name in zip(self._tables, names, strict=True):
            self.tabs.addTab(table, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(6)
        words = QHBoxLayout()
        words.addWidget(self.pay_words, 1)
        words.addWidget(self.again_button)
        column.addWidget(self.sentences)
        column.addLayout(words)
        column.addWidget(self._employer_row)
        column.addWidget(self.tabs, 1)

    def show_state(self, state: FileState) -> None:
        """Show one file."""
        reading = state.reading
        if reading is None:
            return
        sheets = reading.sheets
        self.sentences.setText("\n".join(self._sentence(sheet, many=len(sheets) > 1) for sheet in sheets))
        words = [text for sheet in sheets for text in (sheet.pay_says, *sheet.notes) if text]
        words += [
            self.tr("%Ln row(s) are hidden in the spreadsheet; they were read too.", "", n)
            for n in _hidden(sheets)
        ]
        self.pay_words.setText(" · ".join(dict.fromkeys(words)))
        self.again_button.setVisible(bool(state.answers.settings))
        self._employer_row.setVisible(not state.names_employer_itself and len(sheets) == 1)
        self.employer.setText(", ".join(state.employers))
        contents = (
            self._queries(sheets),
            self._columns_read(sheets),
            self._left(state),
            self._titles(sheets),
        )
        for at, (table, (columns, stretch, name)) in enumerate(zip(self._tables, contents, strict=True)):
            self._models[at].set_columns(columns)
            table.fit(stretch)
            count = self._models[at].rowCount()
            self.tabs.setTabText(at, plain_menu(f"{name} ({formats.number(count)})"))

    def _sentence(self, sheet: SheetReading, *, many: bool) -> str:
        counts = sheet.counts
        text = reconcile.sentence(
            rows=sheet.rows_in_file,
            staff=counts[RowKind.STAFF],
            totals=counts[RowKind.TOTAL],
            leavers=counts[RowKind.LEAVER],
            set_aside=counts[RowKind.SET_ASIDE],
            blank=counts[RowKind.BLANK],
        )
        paybill = self.tr("Pay bill {money} a year.").format(money=formats.money(float(sheet.paybill)))
        return f"{sheet.sheet}: {text}. {paybill}" if many else f"{text}. {paybill}"

    def _queries(self, sheets: tuple[SheetReading, ...]) -> tuple[tuple[Column, ...], int, str]:
        rows = [problem for sheet in sheets for problem in sheet.problems]
        columns = (
            Column(self.tr("Row"), [one.row for one in rows], formats.number, is_number=True),
            Column(self.tr("Column"), [one.column for one in rows]),
            Column(self.tr("In the file"), [one.value for one in rows]),
            Column(self.tr("What about it"), [one.reason for one in rows]),
            Column(
                self.tr("Then"), [self.tr("set aside") if one.set_aside else self.tr("kept") for one in rows]
            ),
        )
        return columns, 3, self.tr("Queries")

    def _columns_read(self, sheets: tuple[SheetReading, ...]) -> tuple[tuple[Column, ...], int, str]:
        rows = [use for sheet in sheets for use in sheet.uses]
        columns = (
            Column(self.tr("We read"), [one.field.replace("_", " ") for one in rows]),
            Column(self.tr("From their column"), [one.heading for one in rows]),
            Column(self.tr("How sure"), [self._sureness(one.confidence) for one in rows]),
        )
        return columns, 1, self.tr("Columns read")

    def _sureness(self, confidence: float) -> str:
        if confidence >= SURE:
            return self.tr("sure")
        return self.tr("likely") if confidence >= LIKELY else self.tr("guess")

    def _left(self, state: FileState) -> tuple[tuple[Column, ...], int, str]:
        reading = state.reading
        rows: list[tuple[str, str, str]] = []
        if reading is not None:
            column, sheet_word = self.tr("column"), self.tr("sheet")
            dropped = dict.fromkeys(name for sheet in reading.sheets for name in sheet.dropped_columns)
            why = self.tr("not needed, so never kept")
            rows = [(column, name, why) for name in dropped]
            rows += [(sheet_word, left.sheet, left.reason) for left in reading.sheets_left]
        columns = (
            Column(self.tr("What"), [row[0] for row in rows]),
            Column(self.tr("Name"), [row[1] for row in rows]),
            Column(self.tr("Why"), [row[2] for row in rows]),
        )
        return columns, 2, self.tr("Left out")

    def _titles(self, sheets: tuple[SheetReading, ...]) -> tuple[tuple[Column, ...], int, str]:
        rows = [pair for sheet in sheets for pair in sheet.unmapped_titles]
        columns = (
            Column(self.tr("Job title"), [title for title, _ in rows]),
            Column(self.tr("Staff"), [heads for _, heads in rows], formats.number, is_number=True),
        )
        return columns, 0, self.tr("Job titles not placed")


def _hidden(sheets: tuple[SheetReading, ...]) -> list[int]:
    hidden = sum(sheet.hidden_rows for sheet in sheets)
    return [hidden] if hidden else []
