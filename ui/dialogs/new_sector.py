"""A new sector in four pages: which table, which side, how it is protected, and the table's facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from models.issues import UnusableInput
from models.sector import Sector
from models.table import TableFacts
from ui.dialogs.form import FormDialog
from ui.new_sector.facts import FactsPage
from ui.new_sector.page import Page
from ui.new_sector.protect import ProtectPage
from ui.new_sector.which_side import SidePage
from ui.new_sector.which_table import TablePage
from ui.session import Session
from ui.widgets.step_row import show_step, step_buttons

WIDTH, HEIGHT = 720, 480
TABLE, SIDE, PROTECT, FACTS = range(4)
_SKIPPED = (SIDE, FACTS)  # the pages that may be left unanswered


class NewSectorDialog(FormDialog):
    """Makes the file when all is well; says what is not, in a sentence, on the page that it is about."""

    made = Signal()  # the sector is open

    def __init__(self, session: Session, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("New sector"), self.tr("Make the sector"), parent)
        self._session = session
        self.table = TablePage(folder, self)
        self.side = SidePage(self)
        self.protect = ProtectPage(folder, self)
        self.facts = FactsPage(self)
        self.pages: tuple[Page, ...] = (self.table, self.side, self.protect, self.facts)
        names = (
            self.tr("Which table?"),
            self.tr("Which side?"),
            self.tr("Protect it"),
            self.tr("Table facts"),
        )
        self.steps = step_buttons(names, self.go_to, self)
        self.stack = QStackedWidget(self)
        self.back_button = QPushButton(self.tr("&Back"), self)
        self.skip_button = QPushButton(self.tr("S&kip this page"), self)
        self._lay_out()
        self.protect.recovery.refused.connect(self.say_wrong)
        self.back_button.clicked.connect(self.back)
        self.skip_button.clicked.connect(self.skip)
        self.table.pack_changed.connect(self._take_pack)
        self.table.data_date.dateChanged.connect(lambda _: self._take_pack())
        for keys, act in (("Alt+Left", self.back), ("Alt+Right", self.next)):
            QShortcut(QKeySequence(keys), self, act)
        self._take_pack()
        self.resize(WIDTH, HEIGHT)
        self._show(TABLE)

    # Going

    @property
    def at(self) -> int:
        """The page that is shown."""
        return self.stack.currentIndex()

    def submit(self) -> None:
        """The main button: on to the next page, and from the last one to the file."""
        if self.at == FACTS:
            self._make(self.facts.facts(), has_week=True)
        else:
            self.next()

    def next(self) -> None:
        """On, where the answers of this page can be used."""
        if self.at < FACTS:
            self.go_to(self.at + 1)

    def back(self) -> None:
        """Back; nothing that was typed is lost."""
        if self.at > TABLE:
            self.go_to(self.at - 1)

    def skip(self) -> None:
        """On without an answer."""
        if self.at == SIDE:
            self.side.clear()
            self.next()
        elif self.at == FACTS:
            self._make(TableFacts(), has_week=False)

    def go_to(self, step: int) -> None:
        """To a page: back always, on only past pages whose answers can be used."""
        for before in range(step if step > self.at else 0):
            wrong = self.pages[before].what_is_wrong()
            if wrong:
                self._show_wrong(before, wrong)
                return
        self._show(step)

    def _show(self, step: int) -> None:
        self.say_wrong("")
        if step == PROTECT:
            self.protect.recovery.set_file(self.table.file().name)
        show_step(self.stack, self.steps, step)
        self.back_button.setEnabled(step > TABLE)
        self.skip_button.setVisible(step in _SKIPPED)
        self.main_button.setText(self.tr("&Make the sector") if step == FACTS else self.tr("Ne&xt"))
        self.pages[step].enter()

    def _show_wrong(self, step: int, wrong: str) -> None:
        """The page that is wrong, why, and the keys where it can be put right."""
        self._show(step)
        self.say_wrong(wrong)
        field = self.pages[step].wrong_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    # Making

    def _make(self, facts: TableFacts, *, has_week: bool) -> None:
        wrong = next(
            ((at, said) for at, page in enumerate(self.pages[:FACTS]) if (said := page.what_is_wrong())), None
        )
        if wrong is not None:
            self._show_wrong(*wrong)
            return
        if has_week and (said := self.facts.what_is_wrong()):
            self.say_wrong(said)
            return
        try:
            sector = self._sector(facts, has_week=has_week)
        except UnusableInput as unusable:
            self.say_wrong(str(unusable))
            return
        secret = self.protect.secret
        self._session.create(
            sector, self.table.file(), secret.text, recovery_key=self.protect.recovery.recovery_key
        )
        secret.clear()
        self.accept()
        self.made.emit()

    def _sector(self, facts: TableFacts, *, has_week: bool) -> Sector:
        from bargain.opening import Opening, opened

        return opened(
            Opening(
                name=self.table.name.text(),
                pack=self.table.pack_id,
                nations=self.table.ticked(),
                role=self.side.role,
                data_date=self.table.day(),
                facts=facts,
                weekly_hours=self.facts.hours.value if has_week else None,
                weeks_y=self.facts.weeks.currentData() if has_week else None,
            )
        )

    def _take_pack(self) -> None:
        self.facts.start_from(self.table.pack_id, self.table.day())

    # Putting together

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in self.steps:
            row.addWidget(button, 1)
        for page in self.pages:
            self.stack.addWidget(page)
        for button in (self.back_button, self.skip_button, self.cancel_button):
            button.setAutoDefault(False)
        under = QHBoxLayout()
        under.addWidget(self.back_button)
        under.addWidget(self.skip_button)
        under.addWidget(self.buttons, 1)
        self.column.takeAt(self.column.count() - 1)  # the stretch: the pages take what room is left
        self.column.insertLayout(0, row)
        self.column.insertSpacing(1, 4)
        self.column.insertWidget(2, self.stack, 1)
        self.column.addLayout(under)
        chain = [
            *self.steps,
            *self._fields(),
            self.back_button,
            self.skip_button,
            self.main_button,
            self.cancel_button,
        ]
        for one, then in pairwise(chain):
            QWidget.setTabOrder(one, then)

    def _fields(self) -> Iterator[QWidget]:
        """What takes the keys on the pages, in the order in which it is read."""
        secret, recovery = self.protect.secret, self.protect.recovery
        yield from (self.table.name, *self.table.nations, self.table.pack, self.table.data_date)
        yield from (self.table.path, self.table.choose, *self.side.buttons.values())
        yield from (secret.first, secret.again, secret.show_box, secret.words_button)
        yield from (recovery.print_button, recovery.save_button, recovery.stored)
        facts = self.facts
        yield from (facts.settlement, facts.years, facts.hours, facts.weeks, facts.inflation, facts.table)
