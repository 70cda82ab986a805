"""The fields of the table's facts: asked when a sector is opened, and changed later."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from ui import formats
from ui.what_if.number import NumberField


def tr(text: str) -> str:
    """A text of these fields in the person's language."""
    return QCoreApplication.translate("TableFields", text)


def nation_boxes(parent: QWidget) -> list[QCheckBox]:
    """A tick a nation."""
    from bargain.opening import NATIONS

    return [QCheckBox(one, parent) for one in NATIONS]


def years_box(parent: QWidget) -> QComboBox:
    """For how many years; None where that is not agreed."""
    from bargain.opening import MOST_YEARS

    box = QComboBox(parent)
    box.addItem(tr("not agreed yet"), None)
    for years in range(1, MOST_YEARS + 1):
        box.addItem(str(years), years)
    return box


def inflation_box(parent: QWidget) -> QComboBox:
    """Which index; an empty text where that is not agreed."""
    from bargain.opening import INFLATION

    box = QComboBox(parent)
    box.addItem(tr("not agreed yet"), "")
    for index in INFLATION:
        box.addItem(index, index)
    return box


def weeks_box(parent: QWidget) -> QComboBox:
    """Weeks of a year, on either basis in use."""
    from bargain.opening import WEEKS

    box = QComboBox(parent)
    for weeks, said in zip(
        WEEKS, (tr("{weeks} (365 days ÷ 7)"), tr("{weeks} (with leap years)")), strict=True
    ):
        box.addItem(said.format(weeks=formats.number(weeks, 3)), weeks)
    return box


def show_weeks(box: QComboBox, weeks: float) -> None:
    """Choose a number of weeks, also one that nobody offers."""
    if box.findData(weeks) < 0:
        box.addItem(formats.number(weeks, 3), weeks)
    box.setCurrentIndex(box.findData(weeks))


def hours_field(parent: QWidget) -> NumberField:
    """Full-time hours a week."""
    from bargain.opening import LEAST_HOURS, MOST_HOURS

    return NumberField(tr("Full-time hours a week"), least=LEAST_HOURS, most=MOST_HOURS, parent=parent)
