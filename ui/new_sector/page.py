"""What the pages of a new sector share."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLayout, QWidget

from ui.widgets.plain_label import PlainLabel


class Page(QWidget):
    """One page of questions. ``what_is_wrong`` is a sentence, empty where the answers can be used."""

    def what_is_wrong(self) -> str:
        """Why one can't go on from here."""
        return ""

    def enter(self) -> None:
        """The page is shown: put the keys where typing begins."""

    def wrong_field(self) -> QWidget | None:
        """Where the keys go when something is wrong; None leaves them where they are."""
        return None


def form_of() -> QFormLayout:
    """A form of labels and fields."""
    form = QFormLayout()
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setContentsMargins(0, 0, 0, 0)
    return form


def add_row(form: QFormLayout, words: str, field: QWidget | QLayout, buddy: QWidget | None = None) -> None:
    """A row; the letter after & in its name leads to the field, or to ``buddy`` where the field is a layout."""
    label = PlainLabel(words)
    named = buddy if buddy is not None else field
    if isinstance(named, QWidget):
        label.setBuddy(named)
        if not named.accessibleName():
            named.setAccessibleName(words.replace("&", "").rstrip(":"))
    if isinstance(field, QWidget):
        form.addRow(label, field)
    else:
        form.addRow(label, field)
