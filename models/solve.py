"""A question to the engine the other way round: which offer would do this? And its answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.offer import Offer
from models.target import Target, Verdict


class Sense(StrEnum):
    """What is asked of the measure that decides between offers that meet every target."""

    LEAST = "least"
    MOST = "most"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Aim:
    """The measure that decides. ``value`` is what to come nearest to, in the measure's own unit."""

    measure: str = "cost_full_year"
    sense: Sense = Sense.LEAST
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Vary:
    """One lever and its limits, all in whole steps of the lever's own unit (£/10⁶, ppm, or millionths).

    ``key`` is the key of the offer file; ``low``, ``high`` and ``step`` are positive whole numbers or nought,
    and an offer can hold every ``low + k · step`` up to ``high``.
    """

    key: str
    low: int
    high: int
    step: int

    @property
    def count(self) -> int:
        """How many values the lever can take."""
        return (self.high - self.low) // self.step + 1

    def at(self, place: int) -> int:
        """The value at a place, from 0."""
        return self.low + place * self.step


@dataclass(frozen=True, slots=True)
class Question:
    """Which values of the levers meet every target, and of those, which are best?"""

    offer: Offer
    vary: tuple[Vary, ...]
    targets: tuple[Target, ...]
    aim: Aim = Aim()


@dataclass(frozen=True, slots=True)
class Binding:
    """What stands in the way of a better answer: a target that the next step of a lever would break."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Gives:
    """One of the targets that cannot hold together, and what it would have to give.

    ``best`` is the best value of its measure that leaves all the others of the set met (None: even that is
    not reachable within the limits, or it is not known). ``moves`` is False where no lever moves it at all.
    """

    target: Target
    limit: float | None
    best: float | None
    moves: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    ``values`` are in the levers' own whole units, in the order of the question. ``offer`` holds them, and
    ``verdicts`` and ``aim_value`` are of that very offer. Where nothing meets every target, ``offer`` is the one
    that comes nearest and ``conflicts`` sets of them that cannot hold together, smallest first. ``looked_at`` of
    ``combinations`` offers were appraised; ``whole`` says that the answer is proved over all of them.
    """

    feasible: bool
    values: tuple[tuple[str, int], ...]
    offer: Offer
    verdicts: tuple[Verdict, ...]
    aim: Aim
    aim_value: float | None
    binding: tuple[Binding, ...]
    at_limits: tuple[str, ...]
    conflicts: tuple[tuple[Gives, ...], ...]
    looked_at: int
    combinations: int
    whole: bool
