"""How a file of accounts is read as a whole: sheet, heading, unit, signs, dates. All can be changed here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPushButton, QSpinBox, QWidget

from ui import formats
from ui.accounts_import import words
from ui.import_assistant.pane import ChoiceBox, SidePane, buttons_row

if TYPE_CHECKING:
    from bargain.intake.accounts import AccountsLook
    from bargain.intake.accounts_mapping import AccountsMapping
    from ui.accounts_import.files import AccountsFile, AccountsFiles

_ANSWERS = {
    "table.runs": ("across", "down"),
    "table.heads": ("employers", "parts"),
    "money.unit": ("pounds", "thousands", "millions"),
    "money.costs": ("minus", "plus"),
    "money.interest": ("minus", "plus"),
    "dates.order": ("day_first", "month_first"),
    "dates.years_end": ("03-31", "04-05", "06-30", "08-31", "09-30", "12-31"),
    "sheet.hidden": ("include", "leave_out"),
}
_FIELDS = {
    "table.runs": "runs",
    "table.heads": "heads",
    "money.unit": "unit",
    "money.costs": "costs",
    "money.interest": "interest",
    "dates.order": "date_order",
    "dates.years_end": "years_end",
    "sheet.hidden": "hidden",
}


class HowRead(SidePane):
    """A list for each setting; the first entry leaves it to the file."""

    def __init__(self, reader: AccountsFiles, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("How these accounts are read"))
        self._reader = reader
        self._file: AccountsFile | None = None
        self.says = self.words()
        self.sheet = ChoiceBox(self.tr("Sheet"), self.inside)
        self.sheet_label = self.named(self.tr("&Sheet:"), self.sheet)
        self.heading = QSpinBox(self.inside)
        self.heading.setRange(1, 1_000_000)
        self.heading.setKeyboardTracking(False)
        self.named(self.tr("Headings are in &row:"), self.heading)
        self.whose = QLineEdit(self.inside)
        self.whose.setPlaceholderText(self.tr("as the file says"))
        self.whose_label = self.named(self.tr("Whose fi&gures these are:"), self.whose)
        names = {
            "table.runs": self.tr("&Table"),
            "table.heads": self.tr("Named columns are"),
            "money.unit": self.tr("A&mounts are in"),
            "money.costs": self.tr("&Costs"),
            "money.interest": self.tr("&Interest"),
            "dates.order": self.tr("D&ates"),
            "dates.years_end": self.tr("&Years without a day end on"),
            "sheet.hidden": self.tr("Hidden r&ows"),
        }
        self.boxes: dict[str, ChoiceBox] = {}
        self.labels: dict[str, QWidget] = {}
        for key, name in names.items():
            box = ChoiceBox(name.replace("&", ""), self.inside)
            self.boxes[key] = box
            self.labels[key] = self.named(f"{name}:", box)
            box.picked.connect(lambda value, key=key: self._choose(key, value))
        self.year_end = QLineEdit(self.inside)
        self.year_end.setPlaceholderText(self.tr("such as 31/03/2026"))
        self.named(self.tr("Year end of rows that have no&ne:"), self.year_end)
        self.wrong = self.words()
        self.back_button = QPushButton(self.tr("Ta&ke my answers back"), self.inside)
        self.fresh_button = QPushButton(self.tr("Read without what is remem&bered"), self.inside)
        self.column.addLayout(buttons_row(self.back_button))
        self.column.addLayout(buttons_row(self.fresh_button))
        self.column.addStretch(1)
        self.sheet.picked.connect(lambda name: self._say(sheets=(name,)))
        self.heading.valueChanged.connect(lambda row: self._say(heading_row=row))
        self.year_end.editingFinished.connect(self._choose_year_end)
        self.whose.editingFinished.connect(self._choose_whose)
        self.back_button.clicked.connect(self._take_back)
        self.fresh_button.clicked.connect(self._start_fresh)

    def show_file(self, file: AccountsFile | None) -> None:
        """Show one file."""
        self._file = file
        look = None if file is None else file.look
        self.inside.setEnabled(look is not None)
        mapping = None if look is None else look.mapping
        notes = () if look is None or look.reading is None else look.reading.notes
        self.says.setText("\n".join(f"{one}." for one in notes))
        self.says.setVisible(bool(notes))
        self._show_sheet(look)
        for key, box in self.boxes.items():
            told = self._told(mapping, key)
            offered = [*_ANSWERS[key], *([told] if told and told not in _ANSWERS[key] else [])]
            choices = [(one, words.answer(key, one)) for one in offered]
            box.show_choices([("", self.tr("as the file says")), *choices], told)
        self._show_statement(look)
        day = None if mapping is None else mapping.year_end
        if not self.year_end.hasFocus():
            self.year_end.setText("" if day is None else formats.day(day))
        self.wrong.setVisible(bool(self.wrong.text()))
        self.back_button.setVisible(file is not None and file.said is not None)
        self.fresh_button.setVisible(look is not None and bool(look.read_as))

    def _show_sheet(self, look: AccountsLook | None) -> None:
        sheets = () if look is None else look.sheets
        self.sheet.show_choices([(one, one) for one in sheets], "" if look is None else look.sheet)
        for widget in (self.sheet, self.sheet_label):
            widget.setVisible(len(sheets) > 1)
        self.heading.blockSignals(True)
        self.heading.setValue(1 if look is None else max(look.heading_row, 1))
        self.heading.blockSignals(False)

    def _show_statement(self, look: AccountsLook | None) -> None:
        """What is asked of a statement alone: whose it is, and what its columns are."""
        is_down = look is not None and look.runs == "down"
        statement = (self.whose, self.whose_label, self.boxes["table.heads"], self.labels["table.heads"])
        for widget in statement:
            widget.setVisible(is_down)
        if look is not None and not self.whose.hasFocus():
            self.whose.setText(look.mapping.whose.get(look.sheet, ""))

    def _choose_whose(self) -> None:
        look = None if self._file is None else self._file.look
        if look is None or look.runs != "down":
            return
        held = dict(look.mapping.whose)
        name = self.whose.text().strip()
        if name == held.get(look.sheet, ""):
            return
        held.pop(look.sheet, None)
        self._say(whose={**held, look.sheet: name} if name else held)

    def _told(self, mapping: AccountsMapping | None, key: str) -> str:
        if mapping is None:
            return ""
        if key == "money.unit":
            from bargain.intake.accounts_mapping import UNITS

            return next((word for word, unit in UNITS.items() if unit == mapping.unit), "")
        return str(getattr(mapping, _FIELDS[key]))

    def _choose(self, key: str, value: str) -> None:
        from bargain.intake.accounts_mapping import with_answer

        file = self._file
        if file is None or file.look is None:
            return
        if value:
            self._reader.say(file.path, with_answer(file.look.mapping, key, value))
        elif key == "money.unit":
            self._say(unit=None)
        else:
            self._say(**{_FIELDS[key]: ""})

    def _choose_year_end(self) -> None:
        from bargain.intake.values import Unreadable, read_day

        text = self.year_end.text().strip()
        try:
            day: date | None = read_day(text) if text else None
        except Unreadable:
            self.wrong.setText(self.tr("✗ “{text}” is not a date; write it as 31/03/2026.").format(text=text))
            self.wrong.show()
            return
        self.wrong.setText("")
        self.wrong.hide()
        self._say(year_end=day)

    def _say(self, **said: object) -> None:
        file = self._file
        if file is not None and file.look is not None:
            self._reader.say(file.path, replace(file.look.mapping, **said))  # type: ignore[arg-type]

    def _take_back(self) -> None:
        if self._file is not None:
            self._reader.say(self._file.path, None)

    def _start_fresh(self) -> None:
        from bargain.intake.accounts_mapping import AccountsMapping

        if self._file is not None:
            self._reader.say(self._file.path, AccountsMapping())
