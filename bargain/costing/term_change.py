"""One changed term, and what every rule for terms looks at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from bargain.costing.labour import PayState
from models.assumptions import Assumption
from models.basis import Basis
from models.units import MICROS_PER_POUND, FloatColumn
from models.workforce import Workforce

DAYS_OF_YEAR = 260  # working days in a five-day year: a day's pay is pay ÷ 260 (measure M27)
DAYS_OF_WEEK = 5


@dataclass(frozen=True, slots=True, eq=False)
class TermChange:
    """One changed term: the state after it and the hours to be covered, a head and a year.

    ``cover_hours`` None means none; ``hours_y`` is what a head is paid for in the year when those hours are
    lost, so that an hour's cost is the post's labour cost over it. ``why`` names what is missing where the
    change can't be priced. ``is_worse``: staff would get less than they have, of which no saving is counted.
    """

    element: str
    state: PayState
    cover_hours: FloatColumn | None = None
    why: str = ""
    hours_y: FloatColumn | None = None
    is_worse: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """The staff at this point of the step, what the sector assumes, and the day the step takes effect.

    points: those of the sector's scale, in its order; none where it has no scale.
    """

    workforce: Workforce
    assumptions: tuple[Assumption, ...]
    day: date
    points: tuple[str, ...] = ()

    def hourly(self, state: PayState) -> FloatColumn:
        """What a head earns in a contracted hour, £."""
        force = self.workforce
        yearly = np.maximum(force.hours_w * force.weeks_y, 1e-9)
        by_hour = force.basis == Basis.HOUR
        return np.where(by_hour, state.rate_micros / MICROS_PER_POUND, state.basic_y() / yearly)


def with_more(state: PayState, rise: FloatColumn) -> PayState:
    """The state with £ a year a head more beside basic pay."""
    return replace(state, extra_y=rise if state.extra_y is None else state.extra_y + rise)
