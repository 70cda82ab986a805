"""Whom one rule reaches in a column of rates, and what it looks at beside the rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bargain.offers.pay_rules import PICOS_PER_MICRO, Rates, Reach, hours_of_year
from bargain.offers.scope import mask_of, natural, same_point
from models.basis import Basis
from models.employer import Employer
from models.issues import UnusableInput
from models.offer import PayRule, Scope, Taper
from models.payscale import PayScale
from models.units import MICROS_PER_PENNY, BoolColumn
from models.workforce import Workforce


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What rules may look at beside the rate, for every row.

    places: the place of each row's point among the points of the scale, -1 for none. names: those points.
    """

    places: NDArray[np.int64]
    names: Sequence[str]
    workforce: Workforce | None = None


def beside_of(workforce: Workforce, scale: PayScale | None, rules: Sequence[PayRule]) -> Beside:
    """Of the posts of a sector: points in the order of its scale, or of their numbers where it has none.

    Places are worked out only where a rule tapers from point to point.
    """
    names = [point.name for point in scale.points] if scale else sorted(workforce.points, key=natural)
    if not any(rule.taper is not None and rule.taper.from_point for rule in rules):
        return Beside(np.zeros(0, dtype=np.int64), names, workforce)
    table = {name: place for place, name in enumerate(names)}
    places = np.array([table.get(name, -1) for name in workforce.points] + [-1], dtype=np.int64)
    return Beside(places[workforce.point_code], names, workforce)


def reaches_of(
    rules: Sequence[PayRule],
    workforce: Workforce,
    employers: Mapping[str, Employer],
    *,
    start: Rates,
    before: Rates,
    beside: Beside,
) -> list[Reach]:
    """The reach of each rule of a step.

    start: rates before the step, which pay limits and tapers are read against; before: those before the deal, for
    rules that count in all.
    """
    return [
        reach_of(
            rule,
            mask_of(rule.scope, workforce, dict(employers), beside.names),
            start=before if rule.in_all else start,
            beside=beside,
        )
        for rule in rules
    ]


def reach_of(rule: PayRule, mask: BoolColumn | None, *, start: Rates, beside: Beside) -> Reach:
    """The reach of one rule whose scope by names is ``mask``."""
    mask = _within_pay(rule.scope, mask, start)
    along = None
    if rule.taper is not None:
        along = _along(rule.taper, start, beside)
        if rule.taper.from_point:
            on_scale = beside.places >= 0
            mask = on_scale if mask is None else mask & on_scale
    own = None
    if not rule.pro_rata and beside.workforce is not None:
        own = own_share(beside.workforce, start)
        paid = np.asarray(own[0] > 0, dtype=bool)[own[1]]
        if not paid.all():
            mask = paid if mask is None else mask & paid
    return Reach(mask, along, own)


def _within_pay(scope: Scope, mask: BoolColumn | None, start: Rates) -> BoolColumn | None:
    """Full-time yearly pay before the step above the one limit and not above the other."""
    if scope.pay_above_micros is not None:
        above = np.asarray(start.amounts > start.of_year(scope.pay_above_micros), dtype=bool)
        mask = above if mask is None else mask & above
    if scope.pay_up_to_micros is not None:
        up_to = np.asarray(start.amounts <= start.of_year(scope.pay_up_to_micros), dtype=bool)
        mask = up_to if mask is None else mask & up_to
    return mask


def _along(taper: Taper, start: Rates, beside: Beside) -> tuple[NDArray[np.int64], int]:
    """How far each row is from the first end to the second, and the whole way."""
    if taper.from_point:
        first, last = (_place(name, beside) for name in (taper.from_point, taper.to_point))
        if first == last:
            raise UnusableInput(
                f"The offer tapers from the point “{taper.from_point}” to itself; name another point to end at."
            )
        way, far = last - first, beside.places - first
        return np.clip(far * np.sign(way), 0, abs(way)), abs(way)
    low, high = ((one or 0) // MICROS_PER_PENNY for one in (taper.from_pay_micros, taper.to_pay_micros))
    unit = MICROS_PER_PENNY if start.amounts.dtype == object else MICROS_PER_PENNY * PICOS_PER_MICRO
    yearly = np.array(start.yearly() // unit, dtype=np.int64)
    return np.clip(yearly - low, 0, high - low), high - low


def _place(name: str, beside: Beside) -> int:
    for place, one in enumerate(beside.names):
        if same_point(one, name):
            return place
    raise UnusableInput(
        f"The offer tapers from or to the point “{name}”, which the scale does not have; name one of its points."
    )


def own_share(workforce: Workforce, start: Rates) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Over how much each row's own cash is spread: paid years (of a yearly rate) or paid hours, exact.

    Returns the distinct shares as Fractions (nought where no hours are fixed) and the place of each row's.
    """
    by_year = start.is_year & (workforce.basis == Basis.YEAR)
    hours = np.rint(workforce.hours_w * 10_000) * np.rint(workforce.weeks_y * 1000)  # × 10⁷, whole in float64
    scale_hours = np.array(
        [float(hours_of_year(start.weeks_y, float(one))) for one in start.full_weeks.kinds[0]]
    )[start.full_weeks.kinds[1]]
    # an hourly post that moves with its point on a yearly scale: its paid hours over the scale's
    spread = np.where(by_year, np.rint(workforce.fte * 1e9), hours)
    key = np.where(by_year, 0, np.where(start.is_year, scale_hours, -1.0))
    packed, first, place = np.unique(
        np.column_stack([key, spread]), axis=0, return_index=True, return_inverse=True
    )
    shares = []
    for (kind, amount), row in zip(packed, first, strict=True):
        if kind == 0:
            shares.append(_exact_share(float(workforce.fte[row])))
        elif kind < 0:
            shares.append(Fraction(int(amount), 10**7))
        else:
            shares.append(Fraction(int(amount), 10**7) / Fraction(str(kind)))
    column: NDArray[np.object_] = np.empty(len(shares), dtype=object)
    column[:] = shares
    return column, place.reshape(-1)


def _exact_share(fte: float) -> Fraction:
    """A share of a full-time post as the fraction it is: 20 of 37 hours are 20/37, which no decimal is."""
    exact = Fraction(fte).limit_denominator(1_000_000)
    return exact if abs(exact - Fraction(fte)) < Fraction(1, 10**12) else Fraction(round(fte * 1e9), 10**9)
