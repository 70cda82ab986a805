"""What stands where a figure of a small group is not shown, and beside one that is shown on its own side alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from bargain.small_groups import hidden_among

if TYPE_CHECKING:
    from models.appraisal import Appraisal

MARK = "*"  # after a figure of a few people, on the screen of its own side


def tr(text: str) -> str:
    """A text in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def hidden_words() -> str:
    """In the place of a figure, in copies, prints, exports and pictures: of a few staff, or next to so few."""
    return tr("not shown (few staff)")


def few_staff_words() -> str:
    """In the place of a figure of a group that is itself too small."""
    return tr("fewer than 10 staff")


def few_words() -> str:
    """In the place of a number of staff."""
    return tr("fewer than 10")


def own_side_words() -> str:
    """Of a figure that only its own side's screen shows."""
    return tr("Fewer than 10 people. Not shown outside your side.")


def mark_words() -> str:
    """What the mark after a figure means, under a table that has one."""
    return tr("* Fewer than 10 people, or next to so few. Not shown outside your side.")


def hidden_employers(appraisal: Appraisal) -> frozenset[str]:
    """The employers whose staff are too few, or next to so few, for a figure of their pay to leave this side."""
    rows = appraisal.cost.by_employer
    hidden = hidden_among([one.people for one in rows])
    return frozenset(one.name for one, is_hidden in zip(rows, hidden, strict=True) if is_hidden)


def hidden_places(appraisal: Appraisal) -> frozenset[str]:
    """The employers and the grades of so few staff that their figures do not leave this side."""
    rows = appraisal.cost.by_grade
    hidden = hidden_among([one.people for one in rows])
    grades = frozenset(one.name for one, is_hidden in zip(rows, hidden, strict=True) if is_hidden)
    return hidden_employers(appraisal) | grades
