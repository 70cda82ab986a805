"""What the forms for elements of an offer share: what an element is, the base of a form, its boxes and ticks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QListView, QWidget

from models.offer import Fees, Settlement
from models.units import MICROS_PER_POUND
from ui.levers import PERCENT
from ui.widgets.plain_label import PlainLabel, plain_tip


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a step: what it says, and the step without it."""

    sentence: str
    step_without: Settlement


def elements_of(step: Settlement) -> tuple[Element, ...]:
    """Everything in a step that no lever shows: rules, gaps, points, spine, weightings, allowances, fees."""
    from bargain.offers.phrases import phrases
    from bargain.offers.words import describe_differential, describe_fees, describe_pay, describe_rule
    from bargain.offers.words_scale import scale_sentences

    made = []
    for k, rule in enumerate(step.pay):
        rest = (*step.pay[:k], *step.pay[k + 1 :])
        made.append(Element(" ".join(describe_rule(rule)), replace(step, pay=rest)))
    for k, gap in enumerate(step.differentials):
        others = (*step.differentials[:k], *step.differentials[k + 1 :])
        made.append(Element(describe_differential(gap), replace(step, differentials=others)))
    if step.delete_points:
        only = Settlement(step.effective, delete_points=step.delete_points)
        sentence = describe_pay(only)[-1]
        made.append(Element(sentence, replace(step, delete_points=())))
    made += [Element(" ".join(scale_sentences(only, phrases())), rest) for only, rest in _reshaping(step)]
    if step.floor_annual_micros is not None:
        only = Settlement(step.effective, floor_annual_micros=step.floor_annual_micros)
        made.append(Element(describe_pay(only)[-1], replace(step, floor_annual_micros=None)))
    if step.fees != Fees():
        made.append(Element(" ".join(describe_fees(step.fees)), replace(step, fees=Fees())))
    return tuple(made)


def _reshaping(step: Settlement) -> Iterator[tuple[Settlement, Settlement]]:
    """Each thing that reshapes the scale or stands beside pay: alone in a step, and the step without it."""
    bare = Settlement(step.effective)
    for k, point in enumerate(step.insert_points):
        kept = (*step.insert_points[:k], *step.insert_points[k + 1 :])
        yield replace(bare, insert_points=(point,)), replace(step, insert_points=kept)
    if step.spine is not None:
        yield replace(bare, spine=step.spine), replace(step, spine=None)
    for k, weighting in enumerate(step.weightings):
        others = (*step.weightings[:k], *step.weightings[k + 1 :])
        yield replace(bare, weightings=(weighting,)), replace(step, weightings=others)
    for k, allowance in enumerate(step.allowances):
        rest = (*step.allowances[:k], *step.allowances[k + 1 :])
        yield replace(bare, allowances=(allowance,)), replace(step, allowances=rest)


class Form(QWidget):
    """Asks for one kind of element."""

    changed = Signal()

    def step_with(self, step: Settlement) -> Settlement | None:
        """The step with the element added; None while the form is not complete."""
        raise NotImplementedError

    def sentence(self, step: Settlement) -> str:
        """What the element would do; empty while the form is not complete."""
        added = self.step_with(step)
        if added is None:
            return ""
        before = [one.sentence for one in elements_of(step)]
        new = [one.sentence for one in elements_of(added) if one.sentence not in before]
        return " ".join(new) or self.tr("The offer says this already.")


class CheckList(QListView):
    """Names with ticks. Names from data are shown literally."""

    changed = Signal()

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        for name in names:
            item = QStandardItem(name)
            item.setCheckable(True)
            item.setEditable(False)
            item.setToolTip(plain_tip(name))
            self._model.appendRow(item)
        self.setModel(self._model)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(90)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        if names:
            self.setCurrentIndex(self._model.index(0, 0))
        self._model.itemChanged.connect(lambda _: self.changed.emit())

    def ticked(self) -> tuple[str, ...]:
        """The names with a tick, in order."""
        items = (self._model.item(row) for row in range(self._model.rowCount()))
        return tuple(item.text() for item in items if item.checkState() == Qt.CheckState.Checked)

    def tick(self, name: str, *, on: bool = True) -> None:
        """Set or clear the tick of a name."""
        for item in self._model.findItems(name):
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def row(form: QFormLayout, text: str, field: QWidget) -> None:
    """A labelled line; the label names the field for screen readers."""
    label = PlainLabel(text)
    label.setBuddy(field)
    form.addRow(label, field)


def amount(
    most: float, *, prefix: str = "", suffix: str = "", places: int = 2, step: float = 0.05
) -> QDoubleSpinBox:
    """A box for a figure from nought up."""
    box = QDoubleSpinBox()
    box.setRange(0.0, most)
    box.setDecimals(places)
    box.setSingleStep(step)
    box.setPrefix(prefix)
    box.setSuffix(suffix)
    box.setGroupSeparatorShown(True)
    return box


def choice(items: Sequence[tuple[str, object]]) -> QComboBox:
    """A box of things to choose from, each with its value."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(16)
    for text, value in items:
        box.addItem(text, value)
    return box


def ppm_of(box: QDoubleSpinBox) -> int:
    """A percentage as parts per million."""
    return round(box.value() * PERCENT)


def micros_of(box: QDoubleSpinBox) -> int:
    """Pounds as £/10⁶."""
    return round(box.value() * MICROS_PER_POUND)
