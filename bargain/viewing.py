"""The views that figures are taken of: of the rows in which an offer was worked out, and of every post."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from bargain.costing.labour import units_of
from bargain.gathered import Gathered
from bargain.hourly import hourly_pay
from bargain.kept import kept_of
from bargain.measures.view import DATA_MONTH, PAYBILL_GROWTH, View, figures_kept
from bargain.parameters.load import value_on
from models.appraisal import PostsAfter
from models.costing import CostBreakdown
from models.issues import UnusableInput
from models.measures import EmployerMargins
from models.offer import Offer
from models.sector import Sector
from models.units import MICROS_PER_POUND, FloatColumn, MicroColumn
from models.workforce import Workforce

WEIGHTS = ("heads", "hours")
_NOBODY = np.zeros(0, dtype=np.int32)
_UNTOLD = np.zeros(0, dtype=np.int8)
_NO_PAY = np.zeros(0, dtype=np.int64)
_NO_POUNDS = np.zeros(0)


def viewed(
    sector: Sector,
    after: Workforce,
    unrounded: MicroColumn,
    *,
    weight: str,
    gathered: Gathered | None = None,
) -> View:
    """The columns of one view; without money (``with_money``) only what asks for pay alone may be taken of it.

    sector: as it was, post by post. after: its staff after the offer, in the rows of ``gathered``; None: by post.
    """
    if weight not in WEIGHTS:
        raise UnusableInput(f"Distribution can be weighted by {' or '.join(WEIGHTS)}, not by “{weight}”.")
    posts = sector.workforce
    shared = gathered if gathered is not None and gathered.shared else None
    if shared is None:
        before = posts
        kept = kept_of(before, f"view by {weight}", sector.employers, sector.accounts, sector.weeks_y)
    else:
        base = shared.base or shared
        before = base.rows
        kept = base.kept.of(("view", weight), figures_kept)
    units = kept.of("units", lambda: units_of(before) / MICROS_PER_POUND)
    weights = kept.of("weights", lambda: _weights(before, weight))
    now = View(
        before=kept.of("hourly", lambda: hourly_pay(before, sector.weeks_y)),
        after=_NO_PAY,
        heads=before.heads,
        weight=before.heads if weights is None else kept.of("weight", lambda: before.heads * weights),
        pay_before=kept.of("pay", lambda: before.rate_micros * (units * before.heads)),
        pay_after=_NO_POUNDS,
        pay_exact=_NO_POUNDS,
        grade_code=before.grade_code,
        employer_code=before.employer_code if shared is None else _NOBODY,
        sex=before.sex if shared is None else _UNTOLD,
        contract=before.contract if shared is None else _UNTOLD,
        grades=before.grades,
        costs=(),
        margins=(),
        one_percent=0.0,
        posts=posts,
        kept=kept,
        gathered=shared,
    )
    if shared is not None and shared.base is not None:
        grown = shared.rows.heads
        units = shared.like_base(units)
        now = replace(
            now,
            before=_NO_PAY,
            heads=grown,
            weight=grown if weights is None else grown * shared.like_base(weights),
            grade_code=after.grade_code,
            earlier=replace(now, gathered=shared.base),
        )
    same_hours = len(after) == len(before) and after.hours_w is before.hours_w and after.fte is before.fte
    units_after = units if same_hours else units_of(after) / MICROS_PER_POUND
    return replace(
        now,
        after=hourly_pay(after, sector.weeks_y),
        pay_after=after.rate_micros * (units_after * now.heads),
        pay_exact=unrounded * (units * now.heads),
    )


def with_money(
    view: View, sector: Sector, offer: Offer, *, cost: CostBreakdown, margins: Sequence[EmployerMargins]
) -> View:
    """The view with what its offer costs and what employers have."""
    growth = cost.paybill_after / cost.paybill_before - 1 if cost.paybill_before else 0.0
    return replace(
        view,
        costs=cost.by_employer,
        margins=margins,
        one_percent=cost.cost_of_one_percent,
        reference={**_reference_of(offer), **_clock(sector), PAYBILL_GROWTH: growth},
    )


def posts_after(
    sector: Sector, after: Workforce, unrounded: MicroColumn, gathered: Gathered, *, changed: Collection[str]
) -> PostsAfter:
    """What an offer makes of every post. after, unrounded: in the rows of ``gathered``; changed: which columns."""
    posts = sector.workforce
    kept = kept_of(posts, "view by heads", sector.employers, sector.accounts, sector.weeks_y)
    force, rates = after, unrounded
    if gathered.shared:
        columns: dict[str, Any] = {name: gathered.posts(getattr(after, name)) for name in changed}
        force = replace(posts, points=after.points, **columns)
        rates = gathered.posts(unrounded)
    return PostsAfter(
        workforce=force,
        hourly_before=kept.of("hourly", lambda: hourly_pay(posts, sector.weeks_y)),
        hourly_after=hourly_pay(force, sector.weeks_y),
        unrounded=rates,
    )


def _reference_of(offer: Offer) -> dict[str, float]:
    """The wage floors of an offer's first day, £ an hour."""
    day = offer.settlements[0].effective
    return {
        "minimum_wage": float(value_on("national_living_wage", day).value),
        "real_living_wage": float(value_on("real_living_wage", day).value),
    }


def _weights(workforce: Workforce, weight: str) -> FloatColumn | None:
    """How much a head counts; None for one."""
    return None if weight == "heads" else np.asarray(workforce.hours_w * workforce.weeks_y)


def _clock(sector: Sector) -> dict[str, float]:
    """The month of the data, from which service is counted; empty where it is not known."""
    day: date | None = sector.data_date
    return {} if day is None else {DATA_MONTH: float(day.year * 12 + day.month - 1)}
