"""Regional weighting: on top of finished basic pay, where percentages, floors and differentials do not reach it."""

from __future__ import annotations

import numpy as np

from bargain.money import rounded
from bargain.offers.pay_rules import PICOS_PER_MICRO, FullWeeks, Rates
from bargain.offers.scope import among, regions_of
from models.basis import Basis
from models.employer import Employer
from models.offer import Settlement
from models.payscale import Rounding
from models.units import MicroColumn
from models.workforce import Workforce

Stages = tuple[tuple[str, MicroColumn], ...]


def weighted(
    stages: Stages,
    workforce: Workforce,
    settlement: Settlement,
    employers: dict[str, Employer],
    *,
    now: MicroColumn | None,
    weeks_y: float,
) -> tuple[Stages, MicroColumn]:
    """Stages of basic pay with the weighting on top, and the weighting after the step.

    workforce: at its basic rates. now: the weighting before the step, £/10⁶ in the post's own basis. What there
    was is on every stage; what the step changes is a stage of its own, before the last.
    """
    before = np.zeros(len(workforce), dtype=np.int64) if now is None else now
    after = before
    regions, code = regions_of(workforce, employers)
    posts = Rates(
        workforce.rate_micros, workforce.basis == Basis.YEAR, FullWeeks(workforce.full_hours_w), weeks_y
    )
    for one in settlement.weightings:
        more = abs(one.cash_micros - one.instead_of_micros)
        change = np.asarray(rounded(posts.of_year(more) // PICOS_PER_MICRO, Rounding.HALF_UP_PENNY))
        if one.cash_micros < one.instead_of_micros:
            change = np.zeros_like(change) if settlement.favourability else -change
        after = np.where(among(one.regions, regions, code), after + change, after)
    *earlier, (last, basic) = stages
    on_top: list[tuple[str, MicroColumn]] = [(name, rates + before) for name, rates in earlier]
    if settlement.weightings:
        unweighted = earlier[-1][1] if earlier else workforce.rate_micros
        on_top.append(("regional weighting", unweighted + after))
    return (*on_top, (last, basic + after)), after
