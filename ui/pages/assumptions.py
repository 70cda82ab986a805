"""The register of assumptions: every input with value, unit, source, date, owner and standing, to edit in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bargain.plain_names import plain_name
from models.assumptions import YES_OR_NO, Assumption, Standing
from ui import formats, palette
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from models.offer import Offer
    from models.sector import Sector
    from ui.session import Session

FORM = 320
_SOURCE = 2  # the column of sources: it shares the room with the inputs
NO_SOURCE = "◊"
_DAY = "yyyy-MM-dd"


class AssumptionsTab(QWidget):
    """A table of the register and, beside it, the form for the row that is chosen.

    Every change is one undoable step of the session. Holds nothing of its own: the sector is the register.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Assumption] = []
        self._shown: Assumption | None = None
        self.intro = PlainLabel("", wrap=True)
        self.model = ColumnTable((), self)
        self.table = Table(self.model, self.tr("Assumptions"))
        self.name = PlainLabel("", bold=True, wrap=True)
        self.purpose = PlainLabel("", wrap=True)
        self.value = QLineEdit()
        self.employer = QComboBox()
        self.source = QLineEdit()
        self.dated = QLineEdit()
        self.owner = QLineEdit()
        self.standing = QComboBox()
        self.wrong = PlainLabel("", wrap=True)
        self.save = QPushButton(self.tr("Record"))
        self.remove = QPushButton(self.tr("Remove"))
        self.kinds = QComboBox()
        self.add = QPushButton(self.tr("Add for an employer"))
        self._lay_out()
        self._connect()
        self._show_sector()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sources keep a part of the width."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """The inputs are named in full before the sources are."""
        mark = self.fontMetrics().horizontalAdvance(no_source()) + 12
        self.table.horizontalHeader().resizeSection(_SOURCE, max(mark, self.table.width() // 6))

    # Putting together

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.intro)
        left.addWidget(self.table, 1)
        more = QHBoxLayout()
        self.kinds.setAccessibleName(self.tr("Hours worked at unsocial times, or another input to add"))
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kinds.setMinimumContentsLength(18)
        more.addWidget(self.kinds, 1)
        more.addWidget(self.add)
        left.addLayout(more)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.setSpacing(10)
        whole.addLayout(left, 1)
        whole.addWidget(self._form())

    def _form(self) -> QWidget:
        box = QFrame()
        box.setFrameShape(QFrame.Shape.StyledPanel)
        box.setFixedWidth(FORM)
        self.standing.addItem(self.tr("not agreed"), Standing.OPEN)
        self.standing.addItem(self.tr("agreed"), Standing.AGREED)
        self.standing.addItem(self.tr("disputed"), Standing.DISPUTED)
        self.employer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.employer.setMinimumContentsLength(10)
        self.source.setPlaceholderText(self.tr("where anybody can look it up"))
        self.dated.setPlaceholderText(self.tr("2026-04-01"))
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for words, field in (
            (self.tr("Value"), self.value),
            (self.tr("Holds for"), self.employer),
            (self.tr("Source"), self.source),
            (self.tr("Date"), self.dated),
            (self.tr("Owner"), self.owner),
            (self.tr("Standing"), self.standing),
        ):
            label = PlainLabel(words)
            label.setBuddy(field)
            field.setAccessibleName(words)
            form.addRow(label, field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        column = QVBoxLayout(box)
        column.setSpacing(8)
        column.addWidget(self.name)
        column.addWidget(self.purpose)
        column.addLayout(form)
        column.addWidget(self.wrong)
        column.addLayout(buttons)
        column.addStretch(1)
        self.wrong.hide()
        return box

    def _connect(self) -> None:
        self._session.sector_changed.connect(self._show_sector)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_row())
        for field in (self.value, self.source, self.dated, self.owner):
            field.returnPressed.connect(self._record)
        self.save.clicked.connect(self._record)
        self.remove.clicked.connect(self._remove)
        self.add.clicked.connect(self._add)

    # Showing

    def _show_sector(self) -> None:
        sector = self._session.sector
        if sector is None:
            return
        self._rows = register_of(sector, self._session.offer)
        held = [one for one in self._rows if one.value is not None]
        bare = [one for one in held if not one.is_sourced]
        self.intro.setText(
            self.tr(
                "{held} of {all} inputs have a value; {bare} of them have no source ({mark}). What has no value is "
                "not known, and what needs it is not priced."
            ).format(held=len(held), all=len(self._rows), bare=len(bare), mark=NO_SOURCE)
        )
        key = self._shown
        self.model.set_columns(self._columns())
        self.table.fit(0)
        self.table.horizontalHeader().setSectionResizeMode(_SOURCE, QHeaderView.ResizeMode.Interactive)
        self._share_width()
        with QSignalBlocker(self.employer):
            self.employer.clear()
            self.employer.addItem(self.tr("the whole sector"), "")
            for name in sector.workforce.employers:
                self.employer.addItem(name, name)
        self._fill_kinds()
        self._select(key)

    def _columns(self) -> tuple[Column, ...]:
        rows = self._rows
        return (
            Column(self.tr("Input"), [_named(one) for one in rows]),
            Column(self.tr("Value"), [_value(one) for one in rows], is_number=True),
            Column(self.tr("Source"), [_source(one) for one in rows]),
            Column(self.tr("Date"), [formats.day(one.dated) if one.dated else "" for one in rows]),
            Column(self.tr("Owner"), [one.owner for one in rows]),
            Column(self.tr("Standing"), [self._standing(one) for one in rows]),
        )

    def _standing(self, one: Assumption) -> str:
        from bargain.register import is_law

        if one.value is None:
            return ""
        if is_law(one):
            return self.tr("set by law")
        return {
            Standing.OPEN: self.tr("? not agreed"),
            Standing.AGREED: self.tr("✓ agreed"),
            Standing.DISPUTED: self.tr("✗ disputed"),
        }[one.standing]

    def _fill_kinds(self) -> None:
        """What can be recorded for one employer, and the kinds of unsocial hour that are not there yet."""
        from bargain.assumed import KINDS, UNSOCIAL, kind_of

        known = {one.key for one in self._rows}
        with QSignalBlocker(self.kinds):
            self.kinds.clear()
            for kind in KINDS.values():
                if kind.by_employer:
                    self.kinds.addItem(self.tr("{input}, one employer").format(input=kind.label), kind.key)
            for hour in ("night", "evening", "saturday", "sunday", "bank_holiday"):
                found = kind_of(f"{UNSOCIAL}.{hour}")
                if found is not None and found.key not in known:
                    self.kinds.addItem(found.label, found.key)

    def _select(self, wanted: Assumption | None) -> None:
        """The row that was chosen before, where it is still there; else the first."""
        if not self._rows:
            return
        found = next(
            (
                at
                for at, one in enumerate(self._rows)
                if wanted is not None and (one.key, one.employer) == (wanted.key, wanted.employer)
            ),
            0,
        )
        for at in range(self.model.rowCount()):
            if self.model.row_of(self.model.index(at, 0)) == found:
                self.table.selectRow(at)
        self._show_row()

    def _show_row(self) -> None:
        from bargain.assumed import kind_of
        from bargain.register import is_law
        from bargain.settings import is_setting

        index = self.table.currentIndex()
        if not index.isValid():
            return
        one = self._rows[self.model.row_of(index)]
        self._shown = one
        kind = kind_of(one.key)
        by_law = is_law(one)
        self.name.setText(one.label)
        if kind is not None:
            text = (
                self.tr("Prices: {purpose}. Write 1 for yes, 0 for no.")
                if kind.unit == YES_OR_NO
                else self.tr("Prices: {purpose}. In {unit}, from {least} to {most}.")
            )
            self.purpose.setText(
                text.format(
                    purpose=kind.purpose, unit=kind.unit, least=_number(kind.least), most=_number(kind.most)
                )
            )
        elif is_setting(one):
            text = self.tr("Set {where}; here: its source, owner and standing. They lapse when it changes.")
            self.purpose.setText(text.format(where=_where(one)))
        elif by_law:
            self.purpose.setText(
                self.tr("The law sets it, from the date on. It is in every costing of its days.")
            )
        else:
            self.purpose.setText(self.tr("No costing uses this input; it is kept as a note."))
        self.value.setText("" if one.value is None else _number(one.value))
        self.employer.setCurrentIndex(max(self.employer.findData(one.employer), 0))
        for field in (self.value, self.source, self.dated, self.owner, self.standing, self.save):
            field.setEnabled(not by_law)
        if is_setting(one):
            self.value.setEnabled(False)
        by_employer = kind is None or kind.by_employer
        self.employer.setEnabled(by_employer and not by_law and not is_setting(one))
        self.source.setText(one.source)
        self.source.setCursorPosition(0)
        self.dated.setText(one.dated.isoformat() if one.dated else "")
        self.owner.setText(one.owner)
        self.standing.setCurrentIndex(self.standing.findData(one.standing))
        self.remove.setEnabled(any(_same_input(held, one) for held in self._held()))
        self._say("")

    def _held(self) -> tuple[Assumption, ...]:
        return self._session.sector.assumptions if self._session.sector is not None else ()

    # Changing

    def _record(self) -> None:
        """Put what the form says into the sector; say what is wrong where it can't be."""
        from bargain.assumed import fault_in

        sector, shown = self._session.sector, self._shown
        if sector is None or shown is None:
            return
        from bargain.settings import is_setting

        value, is_number = (shown.value, True) if is_setting(shown) else self._number_typed()
        day = self._day_typed()
        if not is_number:
            self._say(self.tr("“{text}” is not a number.").format(text=self.value.text()))
            return
        if self.dated.text().strip() and day is None:
            self._say(self.tr("Write the date as year-month-day, for instance 2026-04-01."))
            return
        standing = self.standing.currentData()
        after = replace(
            shown,
            value=value,
            employer=str(self.employer.currentData() or ""),
            source=plain_name(self.source.text()),
            dated=day,
            owner=plain_name(self.owner.text()),
            agreed=standing == Standing.AGREED,
            disputed=standing == Standing.DISPUTED,
        )
        fault = fault_in(after)
        others = [one for one in sector.assumptions if not _same_input(one, shown)]
        if any(_same_input(one, after) for one in others):
            fault = self.tr("There is already a value of this for that employer; change that one.")
        if fault:
            self._say(fault)
            return
        self._shown = after
        held = list(sector.assumptions)
        at = next((k for k, one in enumerate(held) if _same_input(one, shown)), None)
        if at is None:
            held.append(after)
        else:
            held[at] = after
        if tuple(held) != sector.assumptions:
            text = self.tr("Record “{input}”").format(input=_named(after))
            self._session.change_sector(replace(sector, assumptions=tuple(held)), text)

    def _remove(self) -> None:
        sector, shown = self._session.sector, self._shown
        if sector is None or shown is None:
            return
        kept = tuple(one for one in sector.assumptions if not _same_input(one, shown))
        if kept != sector.assumptions:
            text = self.tr("Remove “{input}”").format(input=_named(shown))
            self._session.change_sector(replace(sector, assumptions=kept), text)

    def _add(self) -> None:
        """A row for the kind that is chosen: to be filled in, recorded when it is."""
        from bargain.assumed import UNSOCIAL, kind_of

        sector = self._session.sector
        kind = kind_of(str(self.kinds.currentData() or ""))
        if sector is None or kind is None:
            return
        taken = {one.employer for one in sector.assumptions if one.key == kind.key}
        free = next((name for name in sector.workforce.employers if name not in taken), "")
        whole = kind.key.startswith(UNSOCIAL)
        new = Assumption(kind.key, kind.label, None, kind.unit, employer="" if whole else free)
        text = self.tr("Add “{input}”").format(input=_named(new))
        self._shown = new
        self._session.change_sector(replace(sector, assumptions=(*sector.assumptions, new)), text)
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _number_typed(self) -> tuple[float | None, bool]:
        """The value and whether it can be read; nothing typed is not known; ``75 %`` is 0.75."""
        text = self.value.text().strip()
        if not text:
            return None, True
        is_percent = text.endswith("%")
        number, read = QLocale().toDouble(text.rstrip("% "))
        if not read:
            number, read = QLocale.c().toDouble(text.rstrip("% "))
        return (number / 100 if is_percent else number), read

    def _day_typed(self) -> date | None:
        found = QDate.fromString(self.dated.text().strip(), _DAY)
        return date(found.year(), found.month(), found.day()) if found.isValid() else None

    def _say(self, text: str) -> None:
        self.wrong.setText(f"✗ {text}" if text else "")
        self.wrong.setVisible(bool(text))
        own = QPalette(self.wrong.palette())
        own.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().error_text))
        self.wrong.setPalette(own)


def register_of(sector: Sector, offer: Offer | None) -> list[Assumption]:
    """What the sector holds, what a costing could use and the sector has no value of, then what the law sets."""
    from bargain.register import held_inputs, law_inputs, wanted_inputs

    law = () if offer is None else law_inputs(sector, offer)
    return [*held_inputs(sector), *wanted_inputs(sector), *law]


def _same_input(one: Assumption, other: Assumption) -> bool:
    """Whether two rows are of one input."""
    return (one.key, one.employer) == (other.key, other.employer)


def _where(one: Assumption) -> str:
    """Where a figure of the sector is changed."""
    kind = one.key.split(".")[1]
    if kind in {"rounding", "scale_hours", "scale_weeks"}:
        return QCoreApplication.translate("AssumptionsTab", "with the pay scale (Baseline, Scale)")
    if kind in {"pension", "allowance", "levy"}:
        return QCoreApplication.translate("AssumptionsTab", "with the employers’ accounts and payroll")
    if kind == "grossing":
        return QCoreApplication.translate("AssumptionsTab", "in Data check, where returns are grossed up")
    return QCoreApplication.translate("AssumptionsTab", "in Data, Facts of the table")


def _named(one: Assumption) -> str:
    label = one.label or one.key
    return f"{label} ({one.employer})" if one.employer else label


def _value(one: Assumption) -> str:
    if one.value is None:
        return formats.not_known()
    return formats.yes_or_no(one.value) if one.unit == YES_OR_NO else f"{_number(one.value)} {one.unit}"


def _source(one: Assumption) -> str:
    if one.value is None:
        return ""
    return one.source if one.is_sourced else no_source()


def _number(value: float) -> str:
    places = next((p for p in range(5) if abs(round(value, p) - value) < 1e-9), 4)
    return formats.number(value, places)


def no_source() -> str:
    """The mark of an input that nobody can look up."""
    return f"{NO_SOURCE} " + QCoreApplication.translate("AssumptionsTab", "no source")
