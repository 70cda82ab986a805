"""Today's terms and conditions, each recorded here, and how they stand to the law."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.offer import Settlement
from models.terms import Terms
from ui import formats
from ui.drafts import next_year_start
from ui.elements.terms import (
    KINDS,
    UNSOCIAL,
    TermsForm,
    checks_on,
    law_words,
    now_words,
    term_fields,
    unsocial_words,
)
from ui.itemmodels.column_table import Column, ColumnTable
from ui.report import Sheet
from ui.session import Session
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from models.terms import TermCheck

FORM = 440  # px


class TermsTab(QWidget):
    """The form at the left; at the right each term that the law has something to say of. One step of undo a change."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.form: TermsForm | None = None
        self._kinds: tuple[str, ...] = ()
        self.said = PlainLabel("", self, wrap=True)
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Terms and the law"), self)
        self.record_button = QPushButton(self.tr("Record"), self)
        self.back_button = QPushButton(self.tr("Put back"), self)
        self._frame = QFrame(self)
        self._frame.setFrameShape(QFrame.Shape.StyledPanel)
        self._frame.setFixedWidth(FORM)
        self.table.setWordWrap(True)
        rows = self.table.verticalHeader()
        rows.setSectionResizeMode(rows.ResizeMode.ResizeToContents)
        self._lay_out()
        self.record_button.clicked.connect(self.record)
        self.back_button.clicked.connect(self.refresh)
        session.sector_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's terms; what was typed and not recorded is gone."""
        sector = self._session.sector
        if sector is None:
            return
        kinds = tuple(kind for kind, _ in sector.terms.unsocial_ppm)
        if self.form is None or kinds != self._kinds:
            self._new_form()
            self._kinds = kinds
        if self.form is not None:
            self.form.fill(Settlement(next_year_start(sector), terms=sector.terms), None)
        self._show_state()

    def sheet(self) -> Sheet:
        """Every term as it is recorded, to print; what is not known says so."""
        sector = self._session.sector
        terms = Terms() if sector is None else sector.terms
        words = now_words(terms)
        labels = {key: label for key, label, _ in term_fields(none="")}
        labels |= {
            f"{UNSOCIAL}:{kind}": self.tr("{hours}, premium").format(hours=unsocial_words(kind))
            for kind in dict.fromkeys((*KINDS, *dict(terms.unsocial_ppm)))
        }
        rows = tuple((label, str(words.get(key, formats.not_known()))) for key, label in labels.items())
        return Sheet(self.tr("Terms as they are today"), (self.tr("Term"), self.tr("Today")), rows)

    def record(self) -> None:
        """Put what the form says into the sector."""
        sector, terms = self._session.sector, self._typed()
        if sector is None or terms is None or terms == sector.terms:
            return
        self._session.change_sector(replace(sector, terms=terms), self.tr("Terms as they are today"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field records."""
        enter = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        is_enter = (
            event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in enter
        )
        if is_enter and self.record_button.isEnabled():
            self.record()
            return True
        return super().eventFilter(watched, event)

    def _new_form(self) -> None:
        """A form with a row for each kind of unsocial hour that there is."""
        sector = self._session.sector
        if sector is None:
            return
        if self.form is not None:
            self._inside.removeWidget(self.form)
            self.form.deleteLater()
        self.form = TermsForm(sector, day=next_year_start(sector), today=True)
        self.form.changed.connect(self._show_state)
        for key in self.form.keys:
            self.form.field(key).installEventFilter(self)
        self._inside.insertWidget(0, self.form, 1)

    def _typed(self) -> Terms | None:
        """What the form says; None where a field can't be used."""
        sector, form = self._session.sector, self.form
        if sector is None or form is None:
            return None
        made, _ = form.step_with(Settlement(next_year_start(sector)))
        return None if made is None else made.terms

    def _show_state(self) -> None:
        sector, terms = self._session.sector, self._typed()
        if sector is None:
            return
        is_new = terms is not None and terms != sector.terms
        self.record_button.setEnabled(is_new)
        self.back_button.setEnabled(terms != sector.terms)
        day = next_year_start(sector)
        shown = sector.terms if terms is None else terms
        checks = checks_on(shown, day)
        below = sum(one.met is False for one in checks)
        parts = [
            self.tr("What is not known is not priced: an offer that changes it has a cost that is not known.")
        ]
        if is_new:
            parts.insert(0, self.tr("Not recorded yet: press Record or Enter."))
        if below:
            parts.insert(
                0, self.tr("✗ {number} below the law of {day}.").format(number=below, day=formats.day(day))
            )
        self.said.setText(" ".join(parts))
        self._show_checks(checks)

    def _show_checks(self, checks: tuple[TermCheck, ...]) -> None:
        self.model.set_columns(
            (
                Column(self.tr("Term"), [one.element for one in checks]),
                Column(self.tr("Today"), [_offered(one) for one in checks], is_number=True),
                Column(self.tr("The law"), [law_words(one) for one in checks]),
                Column(self.tr("Source"), [one.source for one in checks]),
            )
        )
        self.table.fit(2)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(3, header.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        self._inside = QVBoxLayout(self._frame)
        buttons = QHBoxLayout()
        buttons.addWidget(self.record_button)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        self._inside.addLayout(buttons)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.said)
        right.addWidget(self.table, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 6, 0, 4)
        whole.setSpacing(12)
        whole.addWidget(self._frame)
        whole.addLayout(right, 1)


def _offered(check: TermCheck) -> str:
    if check.unit == "share":
        return formats.percent(check.offered)
    if check.unit.startswith("£"):
        return formats.money(check.offered, 2)
    return f"{formats.number(check.offered, 1).removesuffix('.0')} {check.unit}"
