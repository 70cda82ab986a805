"""Law and on-costs: every statutory figure in force on a day, with where it was read and when to look again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import formats
from ui.drafts import next_year_start
from ui.elements.fields import DayField, Fault
from ui.itemmodels.column_table import Column, ColumnTable
from ui.session import Session
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from models.parameters import DatedValue, Parameter


class LawTab(QWidget):
    """A row a figure; the day is typed. Nothing can be changed here: the figures ship with the program."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.day = DayField(self)
        self.said = PlainLabel("", self, wrap=True)
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Statutory figures"), self)
        label = PlainLabel(self.tr("In force on"), self)
        label.setBuddy(self.day)
        self.day.setAccessibleName(self.tr("Day on which the figures are in force"))
        self.day.setMaximumWidth(160)
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self.day)
        line.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 4)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.day.changed.connect(self._show_rows)
        session.sector_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """The day from which the next settlement would run, until another is typed."""
        sector = self._session.sector
        if sector is not None and not self.day.isModified():
            self.day.put(next_year_start(sector))
            self._show_rows()

    def _show_rows(self) -> None:
        from bargain.parameters.load import parameters

        try:
            day = self.day.read()
        except Fault as fault:
            self.said.setText(f"✗ {fault}")
            return
        if day is None:
            self.said.setText(self.tr("Write a day; the figures in force on it are shown."))
            return
        rows = [(one, _held(one, day)) for one in parameters().values()]
        late = sum(held is not None and day > one.review_by for one, held in rows)
        unsure = sum(held is not None and not held.is_checked for _, held in rows)
        text = self.tr(
            "{late} past their review date (⚠), {unsure} not verified (?). Costings use these figures."
        )
        self.said.setText(text.format(late=late, unsure=unsure))
        self.model.set_columns(
            (
                Column(self.tr("Figure"), [one.label for one, _ in rows]),
                Column(self.tr("Value"), [_value(one, held) for one, held in rows], is_number=True),
                Column(self.tr("From"), [formats.day(held.starts) if held else "" for _, held in rows]),
                Column(self.tr("Look again"), [_review(one, day) for one, _ in rows]),
                Column(self.tr("How sure"), [_sure(held) for _, held in rows]),
                Column(self.tr("Source"), [held.reference if held else "" for _, held in rows]),
            )
        )
        self.table.fit(0)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(5, header.ResizeMode.Stretch)


def _held(one: Parameter, day: date) -> DatedValue | None:
    held = [value for value in one.values if value.starts <= day]
    return held[-1] if held else None


def _value(one: Parameter, held: DatedValue | None) -> str:
    if held is None:
        return formats.not_known()
    value = float(held.value)
    if one.unit == "yes or no":
        return formats.yes_or_no(value)
    if one.unit == "share":
        return formats.percent(value, 2)
    if one.unit.startswith("pounds"):
        per = one.unit.partition("/")[2]
        amount = formats.money(value, 0 if value == round(value) and per != "hour" else 2)
        return f"{amount} / {per}" if per else amount
    return f"{formats.number(value, 1).removesuffix('.0')} {one.unit}"


def _review(one: Parameter, day: date) -> str:
    return f"⚠ {formats.day(one.review_by)}" if day > one.review_by else formats.day(one.review_by)


def _sure(held: DatedValue | None) -> str:
    """How the figure was checked, in words."""
    if held is None:
        return ""
    translate = QCoreApplication.translate
    if held.confidence == "verified-official":
        return translate("LawTab", "✓ official text")
    if held.confidence.startswith("verified"):
        return translate("LawTab", "✓ another source")
    return translate("LawTab", "? not verified")
