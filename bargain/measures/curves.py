"""Curves and steps of an offer: pay by pay point or along the staff, who gains, what each element costs.

Everything a chart of one offer shows, as plain values: pounds, and shares from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bargain.money import largest_remainder
from bargain.small_groups import may_tell_place, told_rate
from models.basis import Basis
from models.units import MICROS_PER_POUND, BoolColumn, FloatColumn, MicroColumn
from models.workforce import Sex

if TYPE_CHECKING:
    from models.appraisal import Appraisal
    from models.costing import CostBreakdown
    from models.payscale import PayScale

SHARES = tuple(range(101))  # of staff, from the lowest paid, in hundredths
TENTHS = 10
SIZES = (0, 50, 250)  # the lowest number of heads of small, middling and large employers
_TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Curve:
    """Hourly pay in pounds at each pay point (``names``), or at each hundredth of staff (no names).

    ``told``: what of it may leave its side, None where it may not. Pay points are known to all.
    """

    names: tuple[str, ...]
    pounds: tuple[float, ...]
    told: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Rise:
    """The average rise of one group as a share, each person counted once; None: nobody is in it.

    ``people``: the staff in the data, whatever they stand for.
    """

    name: str
    share: float | None
    people: float = 0.0


@dataclass(frozen=True, slots=True)
class OfferCurves:
    """Pay before and after an offer, and the average rise of each grade, tenth of staff, sex and size of employer."""

    before: Curve
    after: Curve
    by_grade: tuple[Rise, ...]
    by_tenth: tuple[Rise, ...]
    by_sex: tuple[Rise, ...] = ()
    by_size: tuple[Rise, ...] = ()


@dataclass(frozen=True, slots=True)
class CostStep:
    """One element of the full-year cost: whole pounds a year, and where its bar starts.

    ``pounds`` is None where the element could not be priced; ``why`` says so. ``in_part``: it has a cost, but hours are
    lost and the share of them that is filled is not known, so that what filling them costs is not in it.
    """

    element: str
    pounds: float | None
    base: float
    why: str = ""
    in_part: bool = False


def offer_curves(appraisal: Appraisal, grades: tuple[str, ...]) -> OfferCurves:
    """Pay by pay point where there is a scale, else along the staff; and who gains.

    Args: grades: the ladder, lowest first.
    """
    heads = appraisal.workforce_after.heads
    before, after = appraisal.hourly_before, appraisal.hourly_after
    if appraisal.scale_before is not None and appraisal.scale_after is not None:
        curves = scale_curve(appraisal.scale_before), scale_curve(appraisal.scale_after)
    else:
        people = float(_returned(appraisal).sum())
        curves = staff_curve(before, heads, people=people), staff_curve(after, heads, people=people)
    return OfferCurves(
        *curves,
        rise_by_grade(appraisal, grades),
        rise_by_tenth(before, after, heads=heads),
        rise_by_sex(appraisal),
        rise_by_size(appraisal),
    )


def scale_curve(scale: PayScale) -> Curve:
    """The hourly rate of each point, £/h: a full-time year's pay over its paid hours where the scale is annual."""
    hours_y = 1.0 if scale.basis is Basis.HOUR else scale.weekly_hours * scale.weeks_y
    pounds = tuple(point.amount_micros / (MICROS_PER_POUND * hours_y) for point in scale.points)
    return Curve(tuple(point.name for point in scale.points), pounds, pounds)


def staff_curve(hourly_micros: MicroColumn, heads: FloatColumn, *, people: float) -> Curve:
    """The lowest pay at which each hundredth of the staff is reached, £/h; no interpolation (M6).

    Args: hourly_micros: £/10⁶ an hour; heads: staff. Both of shape (n_posts,), in any order. people: staff in the data,
    whatever they stand for.
    """
    if len(hourly_micros) == 0 or heads.sum() <= 0:
        return Curve((), (), ())
    order = np.argsort(hourly_micros, kind="stable")
    reached = np.cumsum(heads[order])
    wanted = np.array(SHARES) / 100 * reached[-1]
    places = np.minimum(np.searchsorted(reached, wanted * (1 - _TOLERANCE)), len(order) - 1)
    found = hourly_micros[order[places]].tolist()
    told = tuple(
        told_rate(micros) / MICROS_PER_POUND if may_tell_place(share / 100, people) else None
        for share, micros in zip(SHARES, found, strict=True)
    )
    return Curve((), tuple(micros / MICROS_PER_POUND for micros in found), told)


def rise_by_grade(appraisal: Appraisal, grades: tuple[str, ...]) -> tuple[Rise, ...]:
    """The average rise of each grade that occurs: the ladder first, then grades that are not on it."""
    force = appraisal.workforce_after
    rises = _rises(appraisal.hourly_before, appraisal.hourly_after)
    ladder = [grade for grade in grades if grade in force.grades]
    others = [grade for grade in force.grades if grade not in grades]
    made = []
    for grade in ladder + others:
        chosen = force.grade_code == force.grades.index(grade)
        made.append(_rise(grade, rises, appraisal, chosen))
    return tuple(made)


def rise_by_sex(appraisal: Appraisal) -> tuple[Rise, ...]:
    """The average rise of each recorded sex, and of staff for whom none is recorded; only those that occur."""
    force = appraisal.workforce_after
    rises = _rises(appraisal.hourly_before, appraisal.hourly_after)
    return tuple(
        _rise(sex.name.lower(), rises, appraisal, force.sex == sex)
        for sex in (Sex.FEMALE, Sex.MALE, Sex.OTHER, Sex.UNKNOWN)
        if (force.sex == sex).any()
    )


def rise_by_size(appraisal: Appraisal) -> tuple[Rise, ...]:
    """The average rise at employers of each size by heads, smallest first; ``name`` is the band's lowest number."""
    force = appraisal.workforce_after
    rises = _rises(appraisal.hourly_before, appraisal.hourly_after)
    size = np.bincount(force.employer_code, weights=_returned(appraisal), minlength=len(force.employers))
    band = np.searchsorted(SIZES, np.round(size, 6), side="right")[force.employer_code] - 1
    return tuple(
        _rise(str(low), rises, appraisal, band == at) for at, low in enumerate(SIZES) if (band == at).any()
    )


def _rise(name: str, rises: FloatColumn, appraisal: Appraisal, chosen: BoolColumn) -> Rise:
    people = round(float(_returned(appraisal)[chosen].sum()), 6)
    return Rise(name, _average(rises[chosen], appraisal.workforce_after.heads[chosen]), people)


def _returned(appraisal: Appraisal) -> FloatColumn:
    """The heads of each post in the data, where figures count them for others too; shape (n_posts,)."""
    force = appraisal.workforce_after
    represents = {one.name: one.represents for one in appraisal.cost.by_employer}
    own = np.array([represents.get(name, 1.0) for name in force.employers])
    return np.asarray(force.heads / own[force.employer_code])


def rise_by_tenth(before: MicroColumn, after: MicroColumn, *, heads: FloatColumn) -> tuple[Rise, ...]:
    """The average rise of each tenth of staff by pay before; like posts on a border count in both, by their share.

    Args: before, after: £/10⁶ an hour; heads: staff. All of shape (n_posts,).
    """
    total = float(heads.sum())
    if total <= 0:
        return ()
    order = np.argsort(before, kind="stable")
    rises = _rises(before, after)[order]
    upper = np.cumsum(heads[order])
    lower = upper - heads[order]
    made = []
    for tenth in range(TENTHS):
        start, end = tenth * total / TENTHS, (tenth + 1) * total / TENTHS
        inside = np.clip(np.minimum(upper, end) - np.maximum(lower, start), 0.0, None)
        made.append(Rise(str(tenth + 1), _average(rises, inside)))
    return tuple(made)


def cost_steps(cost: CostBreakdown) -> tuple[CostStep, ...]:
    """The elements of the full-year cost one after another, in whole pounds that add up to the whole total.

    What an element costs without the hours that must be filled is in the total, so it is in its step too.
    """
    shown = iter(largest_remainder([one.total for one in cost.elements if one.known or one.lacks_cover]))
    made = []
    base = 0.0
    for element in cost.elements:
        if not element.known and not element.lacks_cover:
            made.append(CostStep(element.element, None, base, element.why))
            continue
        pounds = next(shown)
        made.append(CostStep(element.element, pounds, base, element.why, element.lacks_cover))
        base += pounds
    return tuple(made)


def _rises(before: MicroColumn, after: MicroColumn) -> FloatColumn:
    """New pay over old, less one; nought where there was no pay before. Shape (n_posts,)."""
    return np.where(before > 0, after / np.maximum(before, 1) - 1.0, 0.0)


def _average(shares: FloatColumn, weights: FloatColumn) -> float | None:
    total = float(weights.sum())
    return float(shares @ weights) / total if total > 0 else None
