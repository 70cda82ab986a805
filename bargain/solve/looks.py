"""Looking at one offer of a search: appraised and judged by the very engine that prices any offer, and kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.appraisal import appraise, view_of
from bargain.measures.catalogue import MEASURES
from bargain.solve.levers import with_values
from bargain.targets import NEEDS, judge
from models.appraisal import Appraisal
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector
from models.solve import Aim, Question, Sense
from models.target import Target, Verdict
from models.units import FloatColumn

Point = tuple[int, ...]  # the place of each lever, from 0

_FAR = float("inf")
# What counts as one unit of shortfall where the limit itself is nought.
_SCALE = {"share": 0.01, "ratio": 0.01, "heads": 1.0, "£": 10_000.0, "£/h": 0.10}


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """All looks of a search as columns: places of the levers, shape (n_looks, n_levers), and what was found.

    aims: nan where not known. shortfalls: shape (n_looks, n_targets).
    """

    points: NDArray[np.int64]
    costs: FloatColumn
    aims: FloatColumn
    shortfalls: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Look:
    """One offer of the search. shortfalls: how far each target is missed, 0 where met, infinite if not known."""

    point: Point
    offer: Offer
    verdicts: tuple[Verdict, ...]
    shortfalls: tuple[float, ...]
    aim_value: float | None
    cost: float

    @property
    def is_feasible(self) -> bool:
        """Whether every target is met."""
        return not any(self.shortfalls)


class Looks:
    """The offers of one question that were looked at, each once."""

    def __init__(self, sector: Sector, question: Question) -> None:
        check_aim(question.aim)
        self.sector = sector
        self.question = question
        self.seen: dict[Point, Look] = {}
        self._aim = Target(name="", measure=question.aim.measure)
        self._columns: Columns | None = None

    def at(self, point: Point) -> Look:
        """The offer with the levers at these places, appraised. Raises UnusableInput as ``appraise`` does."""
        if point not in self.seen:
            self.seen[point] = self._look(point)
        return self.seen[point]

    def offer_at(self, point: Point) -> Offer:
        """The offer with the levers at these places."""
        values = {one.key: one.at(place) for one, place in zip(self.question.vary, point, strict=True)}
        return with_values(self.question.offer, self.sector, values)

    def _look(self, point: Point) -> Look:
        offer = self.offer_at(point)
        appraisal = appraise(self.sector, offer)
        verdicts = judge(self.question.targets, self.sector, appraisal)
        return Look(
            point=point,
            offer=offer,
            verdicts=verdicts,
            shortfalls=tuple(shortfall(one) for one in verdicts),
            aim_value=self._aim_value(appraisal),
            cost=appraisal.cost.full_year,
        )

    def _aim_value(self, appraisal: Appraisal) -> float | None:
        return aim_value_of(self.sector, appraisal, self._aim)

    def columns(self) -> Columns:
        """What was found at each look, in the order of looking."""
        if self._columns is None or len(self._columns.costs) != len(self.seen):
            looks = list(self.seen.values())
            self._columns = Columns(
                points=np.array([one.point for one in looks], dtype=np.int64).reshape(len(looks), -1),
                costs=np.array([one.cost for one in looks]),
                aims=np.array([np.nan if one.aim_value is None else one.aim_value for one in looks]),
                shortfalls=np.array([one.shortfalls for one in looks]).reshape(len(looks), -1),
            )
        return self._columns


def check_aim(aim: Aim) -> None:
    """Refuse an aim that is no measure, or one that needs more words than an aim has."""
    if aim.measure not in MEASURES:
        raise UnusableInput(
            f"“{aim.measure}” is no measure to aim at; use one of {', '.join(sorted(MEASURES))}."
        )
    if aim.measure in NEEDS:
        raise UnusableInput(
            f"“{aim.measure}” needs {' and '.join(NEEDS[aim.measure])}; write it as a target and aim at another measure."
        )
    if aim.sense is Sense.NEAREST and aim.value is None:
        raise UnusableInput(
            f"What should {aim.measure} come near to? Give a value, such as {aim.measure}=400000."
        )


def aim_value_of(sector: Sector, appraisal: Appraisal, target: Target) -> float | None:
    """A measure of an appraised offer, from its figures or, where they lack it, from its view."""
    if target.measure in appraisal.after.measures:
        return appraisal.after.measures[target.measure]
    return MEASURES[target.measure].take(view_of(sector, appraisal), target, True)


def shortfall(verdict: Verdict) -> float:
    """How far a target is missed, in shares of its limit; 0 where met, infinite where it is not known."""
    if verdict.met:
        return 0.0
    if verdict.met is None or verdict.margin is None or verdict.limit is None:
        return _FAR
    scale = abs(verdict.limit) or _SCALE[MEASURES[verdict.target.measure].unit]
    return max(-verdict.margin / scale, 1e-12)
