"""How a file as a whole is read: what pay is for and of, the order of dates, what a row is. All can be changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from bargain.intake.answers import FULL_WEEK, HOURS_EACH
from ui.import_assistant import words
from ui.import_assistant.pane import ChoiceBox, SidePane, buttons_row
from ui.import_assistant.settings import GROUPS, NO, YES

if TYPE_CHECKING:
    from bargain.intake.reading import MappingFile
    from ui.import_assistant.batch import FileState
    from ui.import_assistant.reader import ImportReader

PER, OF, UNIT, ORDER = "pay.per", "pay.of", "pay.unit", "dates.order"
PERIODS = ("hour", "week", "fortnight", "four_weeks", "month", "year")


class HowRead(SidePane):
    """A list for each setting. The first entry leaves it to the file, and says what was worked out."""

    taken_back = Signal()

    def __init__(self, reader: ImportReader, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("How this file is read"))
        self._reader = reader
        self._state: FileState | None = None
        self.says = self.words(bold=True)
        names = {
            PER: self.tr("Pay is for"),
            OF: self.tr("Pay is"),
            UNIT: self.tr("Pay is written in"),
            ORDER: self.tr("Dates"),
            GROUPS: self.tr("A row is"),
        }
        self.boxes: dict[str, ChoiceBox] = {}
        for key, name in names.items():
            box = ChoiceBox(name, self.inside)
            self.boxes[key] = box
            self.named(f"{name}:", box)
            box.picked.connect(lambda value, key=key: self._choose(key, value))
        self.hours = {
            FULL_WEEK: self._hours_line(
                FULL_WEEK, self.tr("Full-time &week, hours:"), self.tr("worked out from the file")
            ),
            HOURS_EACH: self._hours_line(
                HOURS_EACH, self.tr("Hours a week of those paid by the hour:"), self.tr("as the file says")
            ),
        }
        self.said = self.words()
        self.back_button = QPushButton(self.tr("Take my answers back"), self.inside)
        self.column.addLayout(buttons_row(self.back_button))
        self.back_button.clicked.connect(self.taken_back)
        self.column.addStretch(1)

    def show_state(self, state: FileState | None) -> None:
        """Show one file."""
        self._state = state
        self.inside.setEnabled(state is not None and state.look is not None)
        sheets = () if state is None else state.sheets
        self.says.setText("\n".join(dict.fromkeys(f"{one.pay_says}." for one in sheets)))
        self.says.setVisible(bool(sheets))
        settled = sheets[0].settled if sheets else None
        for key, box in self.boxes.items():
            told = "" if state is None else next(iter(state.settings.answers_to(key)), "")
            box.show_choices(self._choices(key, "" if told else self._worked_out(key, settled)), told)
        for key, line in self.hours.items():
            if not line.hasFocus():
                line.setText("" if state is None else next(iter(state.settings.answers_to(key)), ""))
        changes = () if state is None else state.settings.changes
        said = [words.said(one.key, one.about, ", ".join(one.answers)) for one in changes]
        self.said.setText("\n".join(one for one in said if one))
        self.said.setVisible(bool(self.said.text()))
        self.back_button.setVisible(state is not None and state.settings.reads_otherwise)

    def _choices(self, key: str, worked_out: str) -> list[tuple[str, str]]:
        first = self.tr("Worked out from the file")
        if worked_out:
            first = self.tr("Worked out: {what}").format(what=worked_out[:1].lower() + worked_out[1:])
        if key == GROUPS:
            found = [(NO, self.tr("One member of staff")), (YES, self.tr("A group of staff"))]
        else:
            values = {
                PER: PERIODS,
                OF: ("actual", "full_time"),
                UNIT: ("pounds", "pence", "thousands"),
                ORDER: ("day_first", "month_first"),
            }[key]
            found = [(one, words.short_answer(one)) for one in values]
        return [("", first), *found]

    def _worked_out(self, key: str, settled: MappingFile | None) -> str:
        """What the file itself decided, in words; blank where that is not known."""
        if settled is None:
            return ""
        value = {
            PER: "" if settled.pay_period is None else str(settled.pay_period),
            OF: "" if settled.pay_kind is None else str(settled.pay_kind),
            UNIT: settled.pay_unit,
            ORDER: settled.date_order,
        }.get(key, "")
        return words.short_answer(value) if value else ""

    def _choose(self, key: str, value: str) -> None:
        state = self._state
        if state is not None:
            answers = (value,) if value else ()
            self._reader.change(state.path, state.settings.with_change(key, *answers))

    def _hours_line(self, key: str, name: str, otherwise: str) -> QLineEdit:
        line = QLineEdit(self.inside)
        line.setPlaceholderText(otherwise)
        self.named(name, line)
        line.editingFinished.connect(lambda: self._choose_hours(key))
        return line

    def _choose_hours(self, key: str) -> None:
        state = self._state
        if state is None:
            return
        text = self.hours[key].text().strip()
        if text != next(iter(state.settings.answers_to(key)), ""):
            self._reader.change(state.path, state.settings.with_change(key, *((text,) if text else ())))
