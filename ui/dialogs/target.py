"""One target: a limit on a measure, in the words and units of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from bargain.ladder import grades_held
from bargain.plain_names import plain_name
from models.employer import FAMILIES, Ownership
from models.target import Target, TargetScope
from ui import formats
from ui.dialogs.form import FormDialog
from ui.find_words import read_number
from ui.widgets.scoreboard import catalogue_label, unit_of

if TYPE_CHECKING:
    from ui.session import Session

_WITH_RATE = {"heads_below_hourly", "low_pay_share", "parity_gap"}


class TargetDialog(FormDialog):
    """Asks for a target; ``made`` carries it."""

    made = Signal(object)  # Target

    def __init__(self, session: Session, target: Target | None = None, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Target"), self.tr("&Keep target"), parent)
        self._taken = {one.name for one in session.target_set.targets} - {target.name if target else ""}
        sector = session.sector
        grades = tuple(dict.fromkeys((*grades_held(sector), *sector.grades))) if sector is not None else ()
        self.name, self.limit = QLineEdit(self), QLineEdit(self)
        self.measure, self.bound, self.scope, self.owners = (QComboBox(self) for _ in range(4))
        self.grade, self.over = QComboBox(self), QComboBox(self)
        self.hourly, self.norm, self.margin = (QLineEdit(self) for _ in range(3))
        self._fill(grades)
        self._lay_out()
        self.measure.currentIndexChanged.connect(self._show_fields)
        self._show(target or Target("", "p90_p10_change", at_most=-0.015))
        self.resize(520, 360)

    def _fill(self, grades: tuple[str, ...]) -> None:
        from bargain.measures.catalogue import MEASURES

        for key in sorted(MEASURES, key=catalogue_label):
            self.measure.addItem(catalogue_label(key), key)
        self.measure.setMaxVisibleItems(20)
        self.bound.addItem(self.tr("at least"), "at_least")
        self.bound.addItem(self.tr("at most"), "at_most")
        for words, scope in (
            (self.tr("in the sector as one"), TargetScope.SECTOR),
            (self.tr("at every employer"), TargetScope.EVERY_EMPLOYER),
            (self.tr("in every grade"), TargetScope.EVERY_GRADE),
        ):
            self.scope.addItem(words, scope)
        self.owners.addItem(self.tr("all owners"), "")
        for owner in (*FAMILIES, *(str(one) for one in Ownership)):
            self.owners.addItem(owner, owner)
        for box in (self.grade, self.over):
            box.addItem("", "")
            for name in grades:
                box.addItem(name, name)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.bound)
        line.addWidget(self.limit, 1)
        self.bound.setAccessibleName(self.tr("At least or at most"))
        self.limit.setAccessibleName(self.tr("Limit"))
        self.add_row(self.tr("&Name"), self.name)
        self.add_row(self.tr("&Measure"), self.measure)
        self.add_row(self.tr("&Limit"), line, self.limit)
        self.add_row(self.tr("&Where"), self.scope)
        self.add_row(self.tr("&Owners"), self.owners)
        self.add_row(self.tr("&Grade"), self.grade)
        self.add_row(self.tr("o&ver"), self.over)
        self.add_row(self.tr("&Hourly rate, £"), self.hourly)
        self.add_row(self.tr("No&rm, %"), self.norm)
        self.add_row(self.tr("Mar&gin, %"), self.margin)

    def _show(self, target: Target) -> None:
        self.name.setText(target.name)
        self.measure.setCurrentIndex(self.measure.findData(target.measure))
        self.bound.setCurrentIndex(0 if target.at_least is not None else 1)
        self.limit.setText(self._text(target.at_least if target.at_least is not None else target.at_most))
        self.scope.setCurrentIndex(self.scope.findData(target.scope))
        owner = target.ownership[0] if target.ownership else ""
        if len(target.ownership) > 1:  # several are kept as they are
            self.owners.addItem(", ".join(target.ownership), target.ownership)
            owner = self.owners.itemText(self.owners.count() - 1)
        self.owners.setCurrentIndex(max(0, self.owners.findText(owner) if owner else 0))
        for box, grade in ((self.grade, target.grade), (self.over, target.over)):
            if box.findData(grade) < 0:
                box.addItem(grade, grade)
            box.setCurrentIndex(box.findData(grade))
        self.hourly.setText("" if target.hourly is None else formats.number(target.hourly, 2))
        for field, share in ((self.norm, target.norm), (self.margin, target.margin)):
            field.setText("" if share is None else formats.number(share * 100, 2))
        self._show_fields()

    def _text(self, value: float | None) -> str:
        if value is None:
            return ""
        if unit_of(str(self.measure.currentData())) == "share":
            return formats.number(value * 100, 2)
        return formats.number(value, 0 if float(value).is_integer() else 4)

    def _show_fields(self) -> None:
        """Only what the measure asks for."""
        measure = str(self.measure.currentData())
        unit = unit_of(measure)
        self.limit.setPlaceholderText("%" if unit == "share" else unit)
        for field, wanted in (
            (self.grade, measure in {"differential", "experience_premium"}),
            (self.over, measure == "differential"),
            (self.hourly, measure in _WITH_RATE),
            (self.norm, measure == "restraint_gap"),
            (self.margin, measure == "employers_below_margin"),
        ):
            self.form.setRowVisible(field, wanted)

    def target(self) -> Target | str:
        """The target, or the sentence that says what is missing."""
        measure, name = str(self.measure.currentData()), plain_name(self.name.text())
        limit = read_number(self.limit.text())
        if limit is None:
            return self.tr("Type the limit as a number.")
        if name in self._taken:
            return self.tr("There is another target called “{name}”. Choose a different name.").format(
                name=name
            )
        if measure == "differential" and not (self.grade.currentData() and self.over.currentData()):
            return self.tr("Choose the grade and the grade it stands over.")
        if measure == "restraint_gap" and read_number(self.norm.text()) is None:
            return self.tr("Type the norm for the general rise, in per cent.")
        if measure == "parity_gap" and read_number(self.hourly.text()) is None:
            return self.tr("Type the hourly rate to compare with.")
        value = float(limit) / (100 if unit_of(measure) == "share" else 1)
        owners = self.owners.currentData()
        at_least = self.bound.currentData() == "at_least"
        return Target(
            name or catalogue_label(measure),
            measure,
            at_least=value if at_least else None,
            at_most=None if at_least else value,
            scope=TargetScope(self.scope.currentData()),
            grade=self._grade(self.grade),
            over=self._grade(self.over),
            ownership=tuple(owners) if isinstance(owners, tuple | list) else (owners,) if owners else (),
            hourly=self._number(self.hourly, 1),
            norm=self._number(self.norm, 100),
            margin=self._number(self.margin, 100),
        )

    def _grade(self, box: QComboBox) -> str:
        return str(box.currentData() or "") if self.form.isRowVisible(box) else ""

    def _number(self, field: QLineEdit, divisor: int) -> float | None:
        number = read_number(field.text()) if self.form.isRowVisible(field) else None
        return None if number is None else float(number) / divisor

    def submit(self) -> None:
        """Keep the target, or say what is missing."""
        found = self.target()
        if isinstance(found, str):
            self.say_wrong(found)
            return
        self.made.emit(found)
        self.accept()
