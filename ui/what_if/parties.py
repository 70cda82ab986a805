"""Who sits at the table and for how many staff each party speaks: to look at, to record, to take back."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.issues import UnusableInput
from models.party import PARTY_KINDS, PartnerGroup, Party
from ui import formats, palette
from ui.itemmodels.column_table import Column, ColumnTable
from ui.report import Sheet, sheet_of
from ui.what_if.number import NumberField
from ui.widgets.chooser import widen
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from models.choices import Seat, SideAtTable
    from models.sector import Sector
    from ui.session import Session


class PartiesEditor(QWidget):
    """A table of the parties, what they come to on each side, and a form for the one that is chosen.

    Each change is one undoable step of the session; nothing is held here but what is being typed.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._chosen = ""  # the party whose row is chosen
        self._shown_of: tuple[object, ...] | None = None  # what the table was made of
        self.said = PlainLabel("", self, wrap=True)
        self.model = ColumnTable((), self)
        self.table = Table(self.model, self.tr("Parties at the table"), self)
        self.table.setSortingEnabled(False)
        self.table.setMinimumHeight(3 * (self.fontMetrics().height() + 8))
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # what is left
        self.name = QLineEdit(self)
        self.side = QComboBox(self)
        self.kind = QComboBox(self)
        self.staff = NumberField(self.tr("Staff it speaks for"), parent=self)
        self.wrong = PlainLabel("", self, wrap=True)
        self.record = QPushButton(self.tr("Record"), self)
        self.add = QPushButton(self.tr("Add as another"), self)
        self.remove = QPushButton(self.tr("Take off"), self)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.record.clicked.connect(self._record)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.name.returnPressed.connect(self._record_or_add)
        self.staff.returnPressed.connect(self._record_or_add)
        self.staff.spoilt.connect(self.say_wrong)
        session.sector_changed.connect(self.refresh)
        self.refresh()

    # What others ask

    def rows(self) -> tuple[Party, ...]:
        """The parties in the order of the file."""
        sector = self._session.sector
        return () if sector is None else sector.parties

    def sheet(self) -> Sheet:
        """The table for paper and clipboard."""
        return sheet_of(self.tr("Parties at the table"), self.model)

    def sentences(self) -> tuple[str, ...]:
        """What the parties come to, a sentence a side."""
        return tuple(self._side_words(side) for side in self._sides())

    # Putting together

    def _lay_out(self) -> None:
        for words, group in self._groups():
            self.side.addItem(words, group)
        self.kind.addItem(self.tr("not recorded"), "")
        for kind in PARTY_KINDS:
            self.kind.addItem(kind, kind)
        for box in (self.side, self.kind):
            widen(box, letters=10)
        self.name.setPlaceholderText(self.tr("The name that it signs with"))
        self.staff.setMaximumWidth(110)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        for at, (words, field) in enumerate(
            (
                (self.tr("Party"), self.name),
                (self.tr("Sits for"), self.side),
                (self.tr("Kind"), self.kind),
                (self.tr("Speaks for, staff"), self.staff),
            )
        ):
            label = PlainLabel(words, self)
            label.setBuddy(field)
            field.setAccessibleName(words)
            grid.addWidget(label, at // 2, 2 * (at % 2))
            grid.addWidget(field, at // 2, 2 * (at % 2) + 1)
        buttons = QHBoxLayout()
        for button in (self.record, self.add, self.remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addWidget(self.wrong, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 2)
        column.setSpacing(4)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addLayout(grid)
        column.addLayout(buttons)

    def _groups(self) -> tuple[tuple[str, PartnerGroup], ...]:
        return (
            (self.tr("the workers' side"), PartnerGroup.WORKERS),
            (self.tr("the employers' side"), PartnerGroup.EMPLOYERS),
            (self.tr("commissioners"), PartnerGroup.COMMISSIONERS),
            (self.tr("children looked after"), PartnerGroup.CHILDREN),
        )

    # Showing

    def refresh(self) -> None:
        """The parties as the sector has them, with the same one chosen."""
        sector = self._session.sector
        if sector is None:
            return
        rests_on = (sector.parties, sector.workforce, sector.what_if.staying.unions)
        if self._shown_of is not None and all(map(operator.is_, rests_on, self._shown_of)):
            return  # something else has changed, such as a lever
        self._shown_of = rests_on
        parties, chosen = sector.parties, self._chosen
        sides = self._sides()
        seats = {one.party.name: one for side in sides for one in side.seats}
        words = {group: text for text, group in self._groups()}
        with QSignalBlocker(self.table.selectionModel()):
            self.model.set_columns(
                (
                    Column(self.tr("Party"), [one.name for one in parties]),
                    Column(self.tr("Sits for"), [words[one.group] for one in parties]),
                    Column(self.tr("Kind"), [one.kind for one in parties]),
                    Column(
                        self.tr("Speaks for, staff"),
                        [self._size_of(one, seats) for one in parties],
                        formats.number,
                        is_number=True,
                    ),
                    Column(self.tr("Known from"), [self._source(seats.get(one.name)) for one in parties]),
                )
            )
        self.table.fit(0)
        names = [one.name for one in parties]
        at = names.index(chosen) if chosen in names else 0 if names else -1
        if at >= 0:
            self.table.selectRow(at)
        if self._chosen != (names[at] if names else "") or not self._is_typing():
            self._show_chosen()
        self.said.setText(" ".join(self._words(sector, sides)))
        self.changed.emit()

    def _is_typing(self) -> bool:
        return any(one.hasFocus() for one in (self.name, self.staff))

    @staticmethod
    def _size_of(party: Party, seats: dict[str, Seat]) -> float | None:
        seat = seats.get(party.name)
        return party.speaks_for if seat is None else seat.speaks_for

    def _source(self, seat: Seat | None) -> str:
        from models.choices import SizeFrom

        if seat is None:
            return ""
        return {
            SizeFrom.STATED: self.tr("recorded here"),
            SizeFrom.UNION: self.tr("the union's members"),
            SizeFrom.STAFF: self.tr("its staff in the data"),
            SizeFrom.NOT_KNOWN: "",
        }[seat.source]

    def _sides(self) -> tuple[SideAtTable, ...]:
        from bargain.at_the_table import at_the_table

        sector = self._session.sector
        return () if sector is None else at_the_table(sector, sector.what_if.staying)

    def _words(self, sector: Sector, sides: tuple[SideAtTable, ...]) -> list[str]:
        if not sector.parties:
            return [
                self.tr(
                    "Nobody is at the table yet. Enter each union and employers' body, with how many staff it speaks for: "
                    "a union its members in scope, a federation the staff of its members. They sign the agreement draft."
                )
            ]
        return [self._side_words(side) for side in sides]

    def _side_words(self, side: SideAtTable) -> str:
        who = {group: text for text, group in self._groups()}[side.group]
        name = who[:1].upper() + who[1:]
        if not side.seats:
            return self.tr("{side}: nobody is entered.").format(side=name)
        if side.unknown:
            text = self.tr("{side}: not known until you enter for how many staff {names} speak.")
            return text.format(side=name, names=", ".join(side.unknown))
        text = self.tr(
            "{side}: {count} at the table for {staff} staff, {effective} parties in effect (fragmentation {split})."
        )
        return text.format(
            side=name,
            count=len(side.seats),
            staff=formats.number(side.speaks_for),
            effective=formats.number(side.effective, 3),
            split=formats.number(side.fragmentation, 3),
        )

    def _show_chosen(self) -> None:
        index = self.table.currentIndex()
        parties = self.rows()
        party = parties[self.model.row_of(index)] if index.isValid() and index.row() < len(parties) else None
        self._chosen = party.name if party else ""
        for button in (self.record, self.remove):
            button.setEnabled(party is not None)
        self.say_wrong("")
        if party is None:
            self.name.clear()
            self.staff.show_value(None)
            return
        self.name.setText(party.name)
        self.side.setCurrentIndex(self.side.findData(party.group))
        if self.kind.findData(party.kind) < 0:
            self.kind.addItem(party.kind, party.kind)
        self.kind.setCurrentIndex(self.kind.findData(party.kind))
        self.staff.show_value(party.speaks_for)

    # Changing

    def _typed(self) -> Party:
        side = PartnerGroup(self.side.currentData())  # Qt keeps the text of it alone
        return Party(self.name.text(), side, self.kind.currentData(), self.staff.value)

    def _record_or_add(self) -> None:
        if self._chosen:
            self._record()
        else:
            self._add()

    def _record(self) -> None:
        self._put(instead_of=self._chosen)

    def _add(self) -> None:
        self._put(instead_of="")

    def _put(self, *, instead_of: str) -> None:
        from bargain.at_the_table import with_party
        from bargain.plain_names import plain_name

        sector = self._session.sector
        if sector is None:
            return
        try:
            after = with_party(sector, self._typed(), instead_of=instead_of)
        except UnusableInput as fault:
            self.say_wrong(str(fault))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.say_wrong("")
        self._chosen = plain_name(self.name.text())
        if after.parties != sector.parties:
            self._session.change_sector(after, self.tr("At the table: {party}").format(party=self._chosen))
            self._show_chosen()

    def _remove(self) -> None:
        from bargain.at_the_table import without_party

        sector, name = self._session.sector, self._chosen
        if sector is not None and name:
            self._chosen = ""
            text = self.tr("{party} leaves the table").format(party=name)
            self._session.change_sector(without_party(sector, name), text)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_wrong(self, text: str) -> None:
        """Say what can't be recorded; an empty text takes it back."""
        self.wrong.setText(f"✗ {text}" if text else "")
        own = QPalette(self.wrong.palette())
        own.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().error_text))
        self.wrong.setPalette(own)
