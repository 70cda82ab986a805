"""The working behind a costing: every state of pay that was priced, a row a post.

For those who check the arithmetic: a workbook that recalculates it, an explanation of a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from models.employer import Employer
from models.offer import Settlement
from models.parameters import OnCostParameters
from models.terms import Terms
from models.units import FloatColumn, MicroColumn
from models.workforce import Workforce


@dataclass(frozen=True, slots=True, eq=False)
class PricedState:
    """Pay at one stage of a step and what it costs with the statutory figures of that step.

    rate_micros: £/10⁶ in the post's basis. units_y: what a head is paid for in a year: hours, or the share
    of a full-time year. extra_y: £ a year a head beside basic pay. pension_ppm: contribution a post. pay,
    employer_ni, pension, levy: £ a year for all heads. cover: £ a year for hours that others must work,
    cover_hours those hours and paid_hours_y what is paid for, a head and a year. moved: whether anything differs from the state before. is_earlier_cover: its hours
    were lost by earlier steps, and its cover is what filling them costs more since the step began.
    """

    element: str
    rate_micros: MicroColumn
    units_y: FloatColumn
    extra_y: FloatColumn
    pension_ppm: NDArray[np.int64]
    pay: FloatColumn
    employer_ni: FloatColumn
    pension: FloatColumn
    levy: FloatColumn
    cover_hours: FloatColumn
    cover: FloatColumn
    paid_hours_y: FloatColumn
    moved: bool = True
    why: str = ""
    is_earlier_cover: bool = False

    def labour(self) -> FloatColumn:
        """Pay and on-costs together, without cover."""
        return self.pay + self.employer_ni + self.pension + self.levy


@dataclass(frozen=True, slots=True, eq=False)
class WorkedStep:
    """One settlement step: where pay starts, each stage, and the state with what is paid once, if any.

    once_y: £ a head paid once, or None. terms_before: the terms that held when the step began.
    """

    settlement: Settlement
    figures: OnCostParameters
    terms_before: Terms
    start: PricedState
    stages: tuple[PricedState, ...]
    once: PricedState | None
    once_y: FloatColumn | None

    @property
    def end(self) -> PricedState:
        """The state with which the step ends."""
        return self.stages[-1] if self.stages else self.start


@dataclass(frozen=True, slots=True, eq=False)
class Working:
    """All steps of an offer for one sector. employers stand in the order of the workforce's codes.

    counts_all: a YesNo a post, whether its scheme on basic pay counts what is paid beside it; None: as the law of the day.
    points: those of the sector's scale before the offer, in its order.
    """

    workforce: Workforce
    employers: tuple[Employer, ...]
    steps: tuple[WorkedStep, ...]
    one_percent: PricedState
    cover_share: float | None
    ends: date
    year_start: tuple[int, int]
    counts_all: NDArray[np.int8] | None = None
    points: tuple[str, ...] = ()
