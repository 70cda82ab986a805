"""The history of a sector: a start, the steps since then, and how many of them are done.

A step is a sentence, a time and the hash of the state it led to. Steps are ordered by number, never by clock,
and each carries a digest of all before it, so that no step can be altered, dropped or moved unseen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any

from bargain.plain_names import plain_name
from bargain.storage.clock import as_text, from_text
from bargain.storage.codec import PlainShapeError
from bargain.storage.store import Store
from models.sector import Sector

MOST_STEPS = 200
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One change. ``kind`` says what sort: "" for an edit, "import", "restore", "erase", "new", "migration".

    ``sector()`` is the sector after it; of a step from the file it is read when first asked for.
    """

    number: int
    at: datetime
    text: str
    state: str
    sector: Callable[[], Sector]
    kind: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """``at`` of the ``steps`` are done; those after it can be redone. ``start`` is the state before the first."""

    start: Step
    steps: tuple[Step, ...] = ()
    at: int = 0

    @property
    def present(self) -> Step:
        """The step whose state is on the table."""
        return self.steps[self.at - 1] if self.at else self.start

    @property
    def all_states(self) -> tuple[str, ...]:
        """The hashes of every state that can be returned to."""
        return (self.start.state, *(step.state for step in self.steps))

    @property
    def last_number(self) -> int:
        """The highest number given to a step."""
        return max((self.start.number, *(step.number for step in self.steps)))

    def with_step(self, step: Step) -> History:
        """The history with one more step; what could be redone is gone, and the oldest beyond the limit."""
        return self.with_steps((*self.steps[: self.at], step), self.at + 1)

    def with_steps(self, steps: Sequence[Step], at: int) -> History:
        """The history with these steps, cut to the last ``MOST_STEPS``."""
        over = max(min(len(steps) - MOST_STEPS, at), 0)
        start = steps[over - 1] if over else self.start
        return replace(self, start=start, steps=tuple(steps[over:]), at=at - over)

    def moved(self, at: int) -> History:
        """The history with another number of steps done."""
        return replace(self, at=max(0, min(at, len(self.steps))))


def step_of(number: int, at: datetime, text: str, sector: Sector, store: Store, *, kind: str = "") -> Step:
    """A step whose sector is at hand; it is stored at once. The sentence is one line."""
    line = plain_name(text, longest=_LONGEST_TEXT)
    return Step(number, at, line, store.put(sector), lambda: sector, kind)


def to_plain_steps(steps: Sequence[Step], *, chain: str = "") -> list[dict[str, Any]]:
    """Steps as JSON, each with the digest of itself and all before it."""
    made = []
    for step in steps:
        plain: dict[str, Any] = {
            "number": step.number,
            "at": as_text(step.at),
            "text": step.text,
            "state": step.state,
            "kind": step.kind,
        }
        chain = _link(chain, plain)
        plain["chain"] = chain
        made.append(plain)
    return made


def from_plain_steps(plain: Any, store: Store, *, chain: str = "") -> tuple[Step, ...]:
    """Steps out of JSON. Raises PlainShapeError where one is not what was written after those before it."""
    if not isinstance(plain, list):
        raise PlainShapeError("a list of steps", "history")
    made: list[Step] = []
    number = -1
    for one in plain:
        try:
            chain = _link(chain, one)
            fits = one["chain"] == chain and type(one["number"]) is int and one["number"] > number
        except (KeyError, TypeError) as error:
            raise PlainShapeError("a step", f"history, step {len(made)}") from error
        if not fits:
            raise PlainShapeError("the step that its digest says", f"history, step {len(made)}")
        number = one["number"]
        made.append(_step(one, store))
    return tuple(made)


def _step(plain: dict[str, Any], store: Store) -> Step:
    state = plain["state"]
    kept: list[Sector] = []

    def sector() -> Sector:
        if not kept:
            kept.append(store.get(state))
        return kept[0]

    try:
        moment = from_text(plain["at"])
    except ValueError as error:
        raise PlainShapeError("a time", "history") from error
    return Step(plain["number"], moment, plain["text"], state, sector, plain["kind"])


def _link(chain: str, plain: dict[str, Any]) -> str:
    """The digest of a step and all before it, over its canonical JSON (put together here: 200 at every opening)."""
    at, kind = _quoted(plain["at"]), _quoted(plain["kind"])
    state, text = _quoted(plain["state"]), _quoted(plain["text"])
    step = f'{{"at":{at},"kind":{kind},"number":{plain["number"]},"state":{state},"text":{text}}}'
    return hashlib.sha256(f"{chain}{step}".encode()).hexdigest()
