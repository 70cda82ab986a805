"""Everything an offer says, element by element: added, changed and taken out, each said in a plain sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QStringListModel, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.issues import UnusableInput
from models.offer import Offer, Settlement
from ui import formats, palette
from ui.elements.field_form import Form, nothing_new
from ui.elements.fields import DayField, Fault
from ui.elements.kinds import Offered, offered, written_spine
from ui.elements.listing import Element, elements_of, without
from ui.levers import add_months
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from ui.session import Session

PREVIEW_LINES = 4


class ElementsDialog(QDialog):
    """The elements of the offer on the left; on the right the form for one. Each act is one step of undo."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._made: dict[int, Form] = {}
        self._offered: list[Offered] = []
        self._elements: tuple[Element, ...] = ()
        self._changing: Element | None = None
        self.setWindowTitle(self.tr("Elements of the offer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 500)
        self.step = QComboBox()
        self.step.setAccessibleName(self.tr("Step of the offer"))
        self.more_steps = QPushButton(self.tr("Ne&w step"))
        self.fewer_steps = QPushButton(self.tr("Remo&ve step"))
        self.ends = DayField()
        self._sentences = QStringListModel(self)
        self.elements = QListView()
        self.change = QPushButton(self.tr("C&hange…"))
        self.remove = QPushButton(self.tr("&Remove"))
        self.kind = QComboBox()
        self.forms = QStackedWidget()
        self.preview = PlainLabel("", wrap=True)
        self.add = QPushButton(self.tr("&Add to the offer"))
        self.give_up = QPushButton(self.tr("&Leave it as it was"))
        self._lay_out()
        self._fill_kinds()
        self._connect()
        self._show()
        self.kind.setFocus()

    @property
    def form(self) -> Form:
        """The form that is shown."""
        return cast("Form", self.forms.currentWidget())

    # Putting together

    def _lay_out(self) -> None:
        self.elements.setModel(self._sentences)
        self.elements.setWordWrap(True)
        self.elements.setResizeMode(QListView.ResizeMode.Adjust)
        self.elements.setSpacing(3)
        self.elements.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.elements.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.elements.setAccessibleName(self.tr("Elements in the offer now"))
        self.elements.setTabKeyNavigation(False)
        self.preview.setMinimumHeight(PREVIEW_LINES * self.fontMetrics().lineSpacing())
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add.setDefault(True)
        for button in (self.more_steps, self.fewer_steps, self.change, self.remove, self.give_up):
            button.setAutoDefault(False)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(self._left(), 1)
        columns.addLayout(self._right(), 1)
        buttons = QDialogButtonBox()
        self.shut = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.shut.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addLayout(columns, 1)
        whole.addWidget(buttons)

    def _left(self) -> QVBoxLayout:
        steps = QHBoxLayout()
        steps.addWidget(self.step, 1)
        steps.addWidget(self.more_steps)
        steps.addWidget(self.fewer_steps)
        ends = QHBoxLayout()
        label = PlainLabel(self.tr("The offer &ends on"))
        label.setBuddy(self.ends)
        self.ends.setAccessibleName(self.tr("Last day of the offer; empty: a year after its last step"))
        self.ends.setPlaceholderText(self.tr("a year after the last step"))
        ends.addWidget(label)
        ends.addWidget(self.ends, 1)
        self.ends_wrong = PlainLabel("", wrap=True)
        self.ends_wrong.hide()
        heading = PlainLabel(self.tr("In the &offer now"), bold=True)
        heading.setBuddy(self.elements)
        under = QHBoxLayout()
        under.addWidget(self.change)
        under.addWidget(self.remove)
        under.addStretch(1)
        left = QVBoxLayout()
        left.addLayout(steps)
        left.addLayout(ends)
        left.addWidget(self.ends_wrong)
        left.addWidget(heading)
        left.addWidget(self.elements, 1)
        left.addLayout(under)
        return left

    def _right(self) -> QVBoxLayout:
        self.heading = PlainLabel(self.tr("&New element"), bold=True)
        self.heading.setBuddy(self.kind)
        self.kind.setMaxVisibleItems(20)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add, 1)
        buttons.addWidget(self.give_up)
        right = QVBoxLayout()
        right.addWidget(self.heading)
        right.addWidget(self.kind)
        right.addWidget(self.forms, 1)
        right.addWidget(self.preview)
        right.addLayout(buttons)
        return right

    def _fill_kinds(self) -> None:
        sector = self._session.sector
        if sector is None:
            return
        self._offered = offered(sector)
        for at, one in enumerate(self._offered):
            if one.is_sensible:
                self.kind.addItem(one.words, at)
        self._open_form(0)

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _: self._new())
        self.kind.currentIndexChanged.connect(lambda _: self._new())
        self.step.currentIndexChanged.connect(lambda _: self._new())
        self.elements.selectionModel().currentChanged.connect(lambda *_: self._show_buttons())
        self.elements.doubleClicked.connect(lambda _: self.change_element())
        self.change.clicked.connect(self.change_element)
        self.remove.clicked.connect(self.remove_element)
        self.add.clicked.connect(self._add)
        self.give_up.clicked.connect(self._new)
        self.more_steps.clicked.connect(self.add_step)
        self.fewer_steps.clicked.connect(self.remove_step)
        self.ends.editingFinished.connect(self._take_end)
        self._session.offer_changed.connect(self._show)
        self.elements.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and F2 change the chosen element, Delete takes it out; nowhere else."""
        if watched is self.elements and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            keys = Qt.Key
            if event.key() in {keys.Key_Return, keys.Key_Enter, keys.Key_F2}:
                self.change_element()
                return True
            if event.key() == keys.Key_Delete:
                self.remove_element()
                return True
        return super().eventFilter(watched, event)

    # Showing

    def _show(self) -> None:
        offer = self._session.offer
        at = max(self.step.currentIndex(), 0)
        self.step.blockSignals(True)
        self.step.clear()
        for one in offer.settlements:
            self.step.addItem(self.tr("Step from {day}").format(day=formats.day_long(one.effective)))
        self.step.setCurrentIndex(min(at, len(offer.settlements) - 1))
        self.step.blockSignals(False)
        self.fewer_steps.setEnabled(len(offer.settlements) > 1)
        if not self.ends.hasFocus() or not self.ends.isModified():
            self.ends.put(offer.ends)
            self.ends_wrong.hide()
        self._new()

    def _new(self) -> None:
        """Nothing is being changed; an empty form stands ready."""
        self._changing = None
        self._show_elements()
        at = self.kind.currentData()
        if at is not None:
            self._open_form(int(at))

    def _show_elements(self) -> None:
        step = self._step()
        self._elements = elements_of(step) if step is not None else ()
        sentences = [one.sentence for one in self._elements]
        chosen = self.elements.currentIndex().row()
        self._sentences.setStringList(sentences or [self.tr("Nothing yet: pay and terms stay as they are.")])
        self.elements.setEnabled(bool(sentences))
        if sentences:
            at = chosen if 0 <= chosen < len(sentences) else len(sentences) - 1
            self.elements.setCurrentIndex(self._sentences.index(at, 0))
        self._show_buttons()

    def _show_buttons(self) -> None:
        can = self._element() is not None
        self.remove.setEnabled(can)
        self.change.setEnabled(can)

    def _open_form(self, at: int, element: Element | None = None) -> None:
        """Show a form, filled from an element of the step or ready for a new one."""
        sector, step = self._session.sector, self._step()
        if sector is None or step is None:
            return
        if at not in self._made:
            form = self._offered[at].make(sector)
            form.changed.connect(self._show_preview)
            self._made[at] = form
            self.forms.addWidget(form)
            self._order_keys(form)
        form = self._made[at]
        self.forms.setCurrentWidget(form)
        form.fill(step, element.at if element is not None and isinstance(element.at, int) else None)
        is_change = element is not None
        self.heading.setText(self.tr("Change") if is_change else self.tr("&New element"))
        self.add.setText(self.tr("Put in its pl&ace") if is_change else self.tr("&Add to the offer"))
        self.kind.setEnabled(not is_change)
        with QSignalBlocker(self.kind):
            listed = self.kind.findData(at)
            if listed >= 0:
                self.kind.setCurrentIndex(listed)
        self.give_up.setVisible(is_change)
        self._show_preview()

    def _order_keys(self, form: Form) -> None:
        """Tab goes on from the fields to the buttons under them, as it is read."""
        fields = [
            one
            for one in form.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.window() is self  # not the lists of choosers
        ]
        for one, then in pairwise((fields[-1], self.add, self.give_up, self.shut)):
            QWidget.setTabOrder(one, then)

    def _show_preview(self) -> None:
        made, said = self._candidate()
        self.add.setEnabled(made is not None)
        tint = QPalette(self.palette())
        if made is None and said.startswith("✗"):
            tint.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().error_text))
        self.preview.setPalette(tint)
        self.preview.setText(said)

    def _candidate(self) -> tuple[Offer | None, str]:
        """The offer with what the form says, and what that does in words; None and why where it can't be."""
        step = self._step()
        if step is None or not isinstance(self.forms.currentWidget(), Form):
            return None, ""
        at = self._changing.at if self._changing is not None else None
        made, missing = self.form.step_with(step, at if isinstance(at, int) else None)
        if made is None:
            wrong = self.tr("✗ Look at what is marked above.") if self.form.faults else ""
            return None, missing or wrong
        if made == step:
            return None, nothing_new()
        offer = self._with(made)
        try:
            _check(offer)
        except UnusableInput as unusable:
            return None, f"✗ {unusable}"
        before = [one.sentence for one in elements_of(step)]
        new = [one.sentence for one in elements_of(made) if one.sentence not in before]
        if made.effective != step.effective:
            new.append(self.tr("The step applies from {day}.").format(day=formats.day_long(made.effective)))
        gone = self.tr("What this form no longer says is taken out of the offer.")
        return offer, " ".join(new) or gone

    # Acts

    def paste_scale(self) -> None:
        """Open the form of a new spine on what was copied in a spreadsheet; nothing is added yet."""
        at = next((n for n, one in enumerate(self._offered) if one.words == written_spine()), None)
        if at is None or not self._offered[at].is_sensible:
            return
        self._open_form(at)
        self.form.focus_on("points")
        self.form.field("points").paste()

    def change_element(self) -> None:
        """Open the chosen element in its form."""
        element = self._element()
        if element is None:
            return
        at = next(k for k, one in enumerate(self._offered) if one.kind is element.kind)
        self._changing = element
        self._open_form(at, element)
        self.form.focus_on(str(element.at) if isinstance(element.at, str) else next(iter(self.form.keys)))

    def remove_element(self) -> None:
        """Take the chosen element out of the step."""
        step, element = self._step(), self._element()
        if step is not None and element is not None:
            self._put(self._with(without(step, element)), self.tr("Remove an element"))

    def add_step(self) -> None:
        """One more step, a year after the last, which changes nothing yet."""
        offer = self._session.offer
        if not offer.settlements:
            return
        day = add_months(offer.settlements[-1].effective, 12)
        ends = offer.ends
        if ends is not None and ends <= day:
            ends = add_months(ends, 12)  # a step after the end would be no part of the offer
        offer = replace(offer, settlements=(*offer.settlements, Settlement(day)), ends=ends)
        text = self.tr("Add a step from {day}").format(day=formats.day(day))
        self._put(offer, text)
        self.step.setCurrentIndex(len(offer.settlements) - 1)

    def remove_step(self) -> None:
        """The chosen step goes, with all it holds."""
        offer, step = self._session.offer, self._step()
        if step is None or len(offer.settlements) < 2:
            return
        text = self.tr("Remove the step from {day}").format(day=formats.day(step.effective))
        self._put(
            replace(offer, settlements=tuple(one for one in offer.settlements if one is not step)), text
        )

    def _take_end(self) -> None:
        """The last day of the offer, where it can be one."""
        offer = self._session.offer
        try:
            ends: date | None = self.ends.read()
            _check(replace(offer, ends=ends))
        except (Fault, UnusableInput) as wrong:
            late = self.tr("The offer must end after its last step begins.")
            self._say_end(str(wrong) if isinstance(wrong, Fault) else late)
            return
        self._say_end("")
        self.ends.setModified(False)
        if ends != offer.ends:
            self._put(replace(offer, ends=ends), self.tr("Last day of the offer"))

    def _say_end(self, text: str) -> None:
        tint = QPalette(self.palette())
        tint.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().error_text))
        self.ends_wrong.setPalette(tint)
        self.ends_wrong.setText(f"✗ {text}" if text else "")
        self.ends_wrong.setVisible(bool(text))

    def _add(self) -> None:
        offer, _ = self._candidate()
        if offer is None:
            return
        changing = self._changing
        words = self._offered[next(k for k, one in self._made.items() if one is self.form)].words
        text = self.tr("Change: {kind}") if changing is not None else self.tr("Add: {kind}")
        self._put(offer, text.format(kind=words))
        if changing is None and self._elements:
            self.elements.setCurrentIndex(self._sentences.index(self._newest(), 0))

    def _newest(self) -> int:
        """The last of what the form adds to."""
        kind = self.form.kind
        return max((at for at, one in enumerate(self._elements) if one.kind is kind), default=0)

    def _put(self, offer: Offer, text: str) -> None:
        self._session.change_offer(offer, text)

    def _with(self, step: Settlement) -> Offer:
        """The offer with another step in the place of the chosen one."""
        offer = self._session.offer
        at = max(self.step.currentIndex(), 0)
        return replace(offer, settlements=(*offer.settlements[:at], step, *offer.settlements[at + 1 :]))

    def _step(self) -> Settlement | None:
        steps = self._session.offer.settlements
        at = max(self.step.currentIndex(), 0)
        return steps[at] if at < len(steps) else None

    def _element(self) -> Element | None:
        at = self.elements.currentIndex().row()
        return self._elements[at] if 0 <= at < len(self._elements) else None


def _check(offer: Offer) -> None:
    """Refuse what the offer's own file would refuse, in the file's words. Raises UnusableInput."""
    from bargain.offers.offer_file import read_offer, write_offer

    read_offer(write_offer(offer), source=offer.name)
