"""A form made of fields: sections that fold, a sentence under each field that can't be used, one value at the end."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFormLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from models.offer import Settlement
from ui import palette
from ui.elements.fields import Fault, Field, tr
from ui.elements.listing import Kind, with_item
from ui.widgets.plain_label import PlainLabel

Values = dict[str, Any]
WIDEST_LABEL = 200  # px


class FieldFault(Fault):
    """A fault that belongs to one field."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


class Form(QWidget):
    """Asks for one kind of element. Subclasses lay out fields, and say what the values mean and where they go."""

    changed = Signal()

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._fields: dict[str, Field] = {}
        self._notes: dict[str, PlainLabel] = {}
        self._faults: dict[str, PlainLabel] = {}
        self._labels: list[PlainLabel] = []
        self._filling = False
        self.sections: dict[str, QToolButton] = {}
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(4)
        self._rows = self._new_rows(self._column)
        self.area = QScrollArea()
        self.area.setWidget(self._inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    # For subclasses

    def section(self, key: str, title: str, *, is_open: bool = False) -> None:
        """What is added from here on folds away under a heading."""
        head = QToolButton()
        head.setText(title)
        head.setCheckable(True)
        head.setChecked(is_open)
        head.setAutoRaise(True)
        head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        head.setAccessibleName(title)
        head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(10, 0, 0, 4)
        self._rows = self._new_rows(inside)
        self._column.addWidget(head)
        self._column.addWidget(body)

        def fold(opened: bool) -> None:
            head.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
            body.setVisible(opened)

        head.toggled.connect(fold)
        fold(is_open)
        self.sections[key] = head

    def add(self, key: str, label: str, field: QWidget, *, note: str = "") -> None:
        """A field with its label; an empty label for a tick, which has its own words."""
        asked = cast("Any", field)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(field)
        said, wrong = PlainLabel(note, wrap=True), PlainLabel("", wrap=True)
        tint = QPalette(said.palette())
        tint.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().muted))
        said.setPalette(tint)
        said.setVisible(bool(note))
        wrong.hide()
        column.addWidget(said)
        column.addWidget(wrong)
        if label:
            words = PlainLabel(label, wrap=True)
            words.setBuddy(field)
            field.setAccessibleName(label.replace("&", ""))
            self._labels.append(words)
            self._rows.addRow(words, holder)
        else:
            self._rows.addRow(holder)
        self._fields[key], self._notes[key], self._faults[key] = asked, said, wrong
        asked.changed.connect(self._tell)

    def finish(self) -> None:
        """All fields are in: one column of labels, room at the end."""
        widths = [
            one.fontMetrics().horizontalAdvance(one.text().replace("&", "")) + 4 for one in self._labels
        ]
        width = min(max(widths, default=0), WIDEST_LABEL)
        for one in self._labels:
            one.setFixedWidth(width)
        self._column.addStretch(1)

    def values_of(self, step: Settlement, at: int | None) -> Values:
        """What the fields show of an element, or (None) of a step before anything is asked for."""
        raise NotImplementedError

    def step_from(self, values: Values, step: Settlement, at: int | None) -> Settlement:
        """The step with what the fields say. Raises Fault where something is missing or does not go together."""
        raise NotImplementedError

    # For the dialog

    def fill(self, step: Settlement, at: int | None) -> None:
        """Show an element of the step, or an empty form."""
        self._filling = True
        values = self.values_of(step, at)
        for key, field in self._fields.items():
            if key in values:
                field.put(values[key])
        self._filling = False
        self.show_opened(values)
        self.changed.emit()

    def show_opened(self, values: Values) -> None:
        """Unfold the sections in which something is said."""

    def focus_on(self, key: str) -> None:
        """Put the cursor into a field."""
        if key not in self._fields:
            return
        field = cast("QWidget", self._fields[key])
        if not field.isVisibleTo(self):
            for head in self.sections.values():
                head.setChecked(True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(field)

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields, in their order."""
        return tuple(self._fields)

    def field(self, key: str) -> Any:
        """A field by its key."""
        return self._fields[key]

    def note(self, key: str, text: str) -> None:
        """Say something about a field, under it."""
        self._notes[key].setText(text)
        self._notes[key].setVisible(bool(text))

    def step_with(self, step: Settlement, at: int | None = None) -> tuple[Settlement | None, str]:
        """The step with the element, or None and what is still missing. Faults stand under their fields."""
        values: Values = {}
        faults: dict[str, str] = {}
        for key, field in self._fields.items():
            try:
                values[key] = field.read()
            except Fault as fault:
                faults[key] = str(fault)
        missing = ""
        made: Settlement | None = None
        if not faults:
            try:
                made = self.step_from(values, step, at)
            except FieldFault as fault:
                faults[fault.key] = str(fault)
            except Fault as fault:
                missing = str(fault)
        for key in self._fields:
            self._say(key, faults.get(key, ""))
        return made, missing

    @property
    def faults(self) -> dict[str, str]:
        """What is said to be wrong, by field."""
        return {key: one.text().removeprefix("✗ ") for key, one in self._faults.items() if one.text()}

    # Inside

    def _new_rows(self, column: QVBoxLayout) -> QFormLayout:
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(4)
        column.addLayout(rows)
        return rows

    def _say(self, key: str, text: str) -> None:
        label = self._faults[key]
        said = f"✗ {text}" if text else ""
        if label.text() == said:
            return
        tint = QPalette(label.palette())
        tint.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().error_text))
        label.setPalette(tint)
        label.setText(said)
        label.setVisible(bool(said))
        cast("QWidget", self._fields[key]).setAccessibleDescription(text)

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()


class ItemForm(Form):
    """A form for a kind of which a step can have many."""

    def item_of(self, values: Values) -> Any:
        """The item that the fields say. Raises Fault."""
        raise NotImplementedError

    def values_of_item(self, item: Any) -> Values:
        """What the fields show of an item."""
        raise NotImplementedError

    def blank(self) -> Any:
        """An item that says nothing yet."""
        raise NotImplementedError

    def values_of(self, step: Settlement, at: int | None) -> Values:
        """Of the item at a place, or of a blank one."""
        held = getattr(step, self.kind)
        return self.values_of_item(self.blank() if at is None or at >= len(held) else held[at])

    def step_from(self, values: Values, step: Settlement, at: int | None) -> Settlement:
        """With the item in its place, or at the end: rules work in the order written."""
        return with_item(step, self.kind, self.item_of(values), at)


class StepForm(Form):
    """A form for what a step has once: it shows what the step says, and puts something else in its place."""

    def values_of_step(self, step: Settlement) -> Values:
        """What the fields show of a step."""
        raise NotImplementedError

    def changed_step(self, values: Values, step: Settlement) -> Settlement:
        """The step as the fields say. Raises Fault."""
        raise NotImplementedError

    def values_of(self, step: Settlement, at: int | None) -> Values:  # noqa: ARG002  # there is only one
        """Of the step."""
        return self.values_of_step(step)

    def step_from(self, values: Values, step: Settlement, at: int | None) -> Settlement:  # noqa: ARG002
        """The step as the fields say."""
        return self.changed_step(values, step)


def nothing_new() -> str:
    """What is said where a form repeats what the offer says already."""
    return tr("The offer says this already.")
