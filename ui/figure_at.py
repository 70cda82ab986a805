"""Which figure F8 explains: the one where the cursor is. A page that has figures says which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from models.appraisal import Appraisal


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure by its name, of the offer on the table or of another one's figures.

    ``words``: said in place of an explanation, where the figure is counted and not worked out.
    """

    figure: str = ""
    appraisal: Appraisal | None = None
    words: str = ""


@runtime_checkable
class HasFigures(Protocol):
    """A widget that knows which figure the cursor is at."""

    def figure_here(self) -> Asked | None:
        """The figure; None where there is none."""


def asked_at(focused: QWidget | None) -> Asked | None:
    """The figure at the cursor: asked of the widget with the focus, then of what it stands in."""
    here: QWidget | None = focused
    while here is not None:
        if isinstance(here, HasFigures):
            found = here.figure_here()
            if found is not None:
                return found
        here = here.parentWidget()
    return None


Figure = Callable[[int, int], Asked | None]  # of a row of the columns and a column
