"""Which of two offers is better, and what offers already looked at prove of one that was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.solve.looks import Look, Looks, Point
from bargain.solve.order import directions
from models.solve import Sense
from models.target import TargetScope
from models.units import BoolColumn

Ways = tuple[int | None, ...]  # by lever, as ``directions`` gives them

_FAR = float("inf")
_DIGITS = 12  # the least shortfall there is


@dataclass(frozen=True, slots=True)
class Bound:
    """The best rank that an offer not looked at can have.

    wants: by lever, 1 where more of it is needed to meet a target that is provably missed, else -1.
    """

    rank: tuple[float, ...]
    wants: tuple[int, ...]


class Ranking:
    """Offers in order: the ``wanted`` targets first, then the aim (or how near one target comes), then the cost.

    The first part of a rank is nought exactly where all wanted targets are met.
    """

    def __init__(self, looks: Looks, wanted: Sequence[int], *, nearest_to: int | None = None) -> None:
        self.wanted = tuple(wanted)
        self._looks = looks
        self._nearest_to = nearest_to
        question = looks.question
        keys = tuple(one.key for one in question.vary)
        self._ways = {
            measure: directions(question.offer, keys, measure)
            for measure in {question.aim.measure, "cost_full_year"}
        }
        self._targets_ways = [
            directions(question.offer, keys, one.measure, each=one.scope is TargetScope.EVERY_EMPLOYER)
            for one in question.targets
        ]

    def rank(self, look: Look) -> tuple[float, ...]:
        """What is better, smallest first."""
        missed = _settled(sum(look.shortfalls[at] for at in self.wanted))
        return (missed, self._score(look), look.cost, *map(float, look.point))

    def bound(self, point: Point) -> Bound:
        """What is proved of an offer by those looked at."""
        near = _Near(self._looks, point)
        at_least = [self._shortfall(near, at) for at in self.wanted]
        wants = [-1] * len(point)
        for at, least in zip(self.wanted, at_least, strict=True):
            if least > 0:
                for lever, way in enumerate(self._needed(at)):
                    wants[lever] = max(wants[lever], way)
        second = (
            self._least_score(near)
            if self._nearest_to is None
            else _settled(self._shortfall(near, self._nearest_to))
        )
        cost = near.least(self._ways["cost_full_year"], near.costs)
        return Bound((_settled(sum(at_least)), second, cost, *map(float, point)), tuple(wants))

    def best_end(self, lever: int, highest: int) -> int | None:
        """The end of a lever at which the aim is proved to be best, all others as they are; None where unknown."""
        aim = self._looks.question.aim
        way = self._ways[aim.measure][lever]
        if self._nearest_to is not None or way is None or aim.sense is Sense.NEAREST:
            return None
        return 0 if (way >= 0) == (aim.sense is Sense.LEAST) else highest

    def _needed(self, at: int) -> tuple[int, ...]:
        """By lever, which way a missed target pulls: 1 up, -1 down or not at all."""
        target = self._looks.question.targets[at]
        sign = 1 if target.at_least is not None else -1
        return tuple(1 if way is not None and way * sign > 0 else -1 for way in self._targets_ways[at])

    def _score(self, look: Look) -> float:
        if self._nearest_to is not None:
            return _settled(look.shortfalls[self._nearest_to])
        aim, value = self._looks.question.aim, look.aim_value
        if value is None:
            return _FAR
        if aim.sense is Sense.NEAREST and aim.value is not None:
            return abs(value - aim.value)
        return value if aim.sense is Sense.LEAST else -value

    def _shortfall(self, near: _Near, at: int) -> float:
        """The least by which a target is missed: as much as where its measure is proved to be no worse."""
        ways, column = self._targets_ways[at], near.shortfalls[:, at]
        if self._looks.question.targets[at].at_least is None:
            return max(near.least(ways, column), 0.0)
        held = column[near.above(ways)]
        return max(float(held.max()), 0.0) if len(held) else 0.0

    def _least_score(self, near: _Near) -> float:
        aim = self._looks.question.aim
        ways = self._ways[aim.measure]
        if aim.sense is Sense.LEAST:
            return near.least(ways, near.aims)
        most = near.most(ways, near.aims)
        if aim.sense is Sense.MOST:
            return -most
        wanted = aim.value or 0.0
        return max(near.least(ways, near.aims) - wanted, wanted - most, 0.0)


def _settled(shortfall: float) -> float:
    """A shortfall without the noise of the last digits, by which an offer must not be better than its like."""
    return round(shortfall, _DIGITS)


class _Near:
    """The looks so far as columns, and which of them bound an offer that was not looked at."""

    def __init__(self, looks: Looks, point: Point) -> None:
        columns = looks.columns()
        self.costs, self.aims, self.shortfalls = columns.costs, columns.aims, columns.shortfalls
        self._apart = columns.points - np.array(point)  # by lever, how far above the point each look is

    def below(self, ways: Ways) -> BoolColumn:
        """Looks at which a measure that levers move these ways is proved to be no higher than at the point."""
        return self._side(ways, 1)

    def above(self, ways: Ways) -> BoolColumn:
        """Looks at which it is proved to be no lower."""
        return self._side(ways, -1)

    def least(self, ways: Ways, column: NDArray[np.float64]) -> float:
        """The largest value among looks below: the least there can be at the point."""
        held = column[self.below(ways)]
        known = held[~np.isnan(held)]
        return float(known.max()) if len(known) else -_FAR

    def most(self, ways: Ways, column: NDArray[np.float64]) -> float:
        """The smallest value among looks above."""
        held = column[self.above(ways)]
        known = held[~np.isnan(held)]
        return float(known.min()) if len(known) else _FAR

    def _side(self, ways: Ways, sign: int) -> BoolColumn:
        held = np.ones(len(self._apart), dtype=bool)
        for way, apart in zip(ways, self._apart.T, strict=True):
            if way is None:
                held &= apart == 0
            elif way:
                held &= apart * way * sign <= 0
        return held
