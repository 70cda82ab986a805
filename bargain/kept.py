"""Figures that follow from the staff alone, kept while the same staff are at hand: a lever moves the offer, not the staff."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from models.workforce import Workforce

Value = TypeVar("Value")
_MOST = 48  # figures kept of one kind: an offer whose dates are moved about must not fill the memory


class Kept:
    """What is kept of one kind. What is kept must not hold on to the workforce it was made from."""

    def __init__(self, about: tuple[object, ...] = (), *, most: int = _MOST) -> None:
        self.about = about
        self._most = most
        self._found: dict[Hashable, Any] = {}

    def of(self, what: Hashable, make: Callable[[], Value]) -> Value:
        """The figure, made the first time it is asked for."""
        found: Any = self._found.get(what, self)  # one look, since another thread may clear in between
        if found is not self:
            kept: Value = found
            return kept
        if len(self._found) >= self._most:
            self._found.clear()
        made = self._found[what] = make()
        return made


_KEPT: WeakKeyDictionary[Workforce, dict[str, Kept]] = WeakKeyDictionary()


def kept_of(workforce: Workforce, kind: str, *about: object) -> Kept:
    """What is kept of one kind of figures of a workforce, as long as ``about``, all else they follow from, is equal.

    Let go of with the workforce itself.
    """
    kinds = _KEPT.setdefault(workforce, {})
    if kind not in kinds or kinds[kind].about != about:
        kinds[kind] = Kept(about)
    return kinds[kind]
