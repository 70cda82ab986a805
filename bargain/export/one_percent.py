"""Everyone's rate with 1 % more, which the cost of 1 % is worked out from."""

from __future__ import annotations

import numpy as np

from bargain.export.on_scale import OnScale
from bargain.export.rates import Basics, Rule, after_one_percent
from models.payscale import PayScale, Rounding
from models.units import FloatColumn


def with_one_percent(
    before: FloatColumn,
    wanted: FloatColumn,
    *,
    basics: Basics,
    scale: PayScale | None,
    on_first: OnScale | None,
) -> Rule:
    """To the penny; salaries on a scale by its rule, where that gives what the engine has; from a point's own amount."""
    made = after_one_percent(start="rate_0", rates=before, basics=basics)
    templates, which, results = made.templates, made.which, made.results
    if scale is not None and (scale.rounding is not Rounding.HALF_UP_PENNY or scale.rounding_to != 1):
        by_scale = after_one_percent(
            start="rate_0", rates=before, basics=basics, by=scale.rounding, to=scale.rounding_to
        )
        by_rule = basics.is_year & by_scale.gives(wanted)
        which = np.where(by_rule, by_scale.which + len(templates), which)
        templates, results = (
            (*templates, *by_scale.templates),
            np.where(by_rule, by_scale.results, results),
        )
    if on_first is not None:
        own = on_first.one_percent(rate="rate_0", before=before)
        which = np.where(on_first.moved, own.which + len(templates), which)
        templates, results = (*templates, *own.templates), np.where(on_first.moved, own.results, results)
    return Rule(templates, which, results)
