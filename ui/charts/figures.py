"""What the charts of one offer show, worked out from its appraisal. Plain numpy: runs in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.units import MICROS_PER_POUND
from models.workforce import Basis

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.appraisal import Appraisal
    from models.payscale import PayScale

SHARES = tuple(range(101))  # of staff, from the lowest paid, in hundredths


@dataclass(frozen=True, slots=True)
class Curve:
    """Hourly pay in pounds at each pay point (``names``), or at each hundredth of staff (no names)."""

    names: tuple[str, ...]
    pounds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Rise:
    """The average percentage rise (as a share) of one group, each person counted once; None: nobody in it."""

    name: str
    share: float | None


@dataclass(frozen=True, slots=True)
class OfferFigures:
    """All that the charts of one offer need."""

    before: Curve
    after: Curve
    by_grade: tuple[Rise, ...]
    by_tenth: tuple[Rise, ...]


def offer_figures(appraisal: Appraisal, grades: tuple[str, ...]) -> OfferFigures:
    """Curves before and after, and who gains. ``grades`` is the ladder, lowest first."""
    heads = appraisal.workforce_after.heads
    before, after = appraisal.hourly_before, appraisal.hourly_after
    scale_before, scale_after = appraisal.scale_before, appraisal.scale_after
    if scale_before is not None and scale_after is not None:
        curves = _scale_curve(scale_before), _scale_curve(scale_after)
    else:
        curves = _staff_curve(before, heads), _staff_curve(after, heads)
    return OfferFigures(*curves, _by_grade(appraisal, grades), _by_tenth(before, after, heads))


def _scale_curve(scale: PayScale) -> Curve:
    divisor = MICROS_PER_POUND * (1.0 if scale.basis is Basis.HOUR else scale.weekly_hours * scale.weeks_y)
    return Curve(
        tuple(point.name for point in scale.points), tuple(p.amount_micros / divisor for p in scale.points)
    )


def _staff_curve(hourly: NDArray[np.int64], heads: NDArray[np.float64]) -> Curve:
    """The lowest pay at which so many hundredths of the staff are reached (methods, section 1)."""
    if len(hourly) == 0 or heads.sum() <= 0:
        return Curve((), ())
    order = np.argsort(hourly, kind="stable")
    reached = np.cumsum(heads[order])
    wanted = np.array(SHARES) / 100 * reached[-1]
    places = np.minimum(np.searchsorted(reached, wanted * (1 - 1e-12)), len(order) - 1)
    return Curve((), tuple((hourly[order][places] / MICROS_PER_POUND).tolist()))


def _by_grade(appraisal: Appraisal, grades: tuple[str, ...]) -> tuple[Rise, ...]:
    workforce = appraisal.workforce_after
    rise = _rises(appraisal.hourly_before, appraisal.hourly_after)
    weights = workforce.heads
    ladder = [grade for grade in grades if grade in workforce.grades]
    others = [grade for grade in workforce.grades if grade not in grades]
    made = []
    for grade in ladder + others:
        chosen = workforce.grade_code == workforce.grades.index(grade)
        made.append(Rise(grade, _average(rise[chosen], weights[chosen])))
    return tuple(made)


def _by_tenth(
    before: NDArray[np.int64], after: NDArray[np.int64], heads: NDArray[np.float64]
) -> tuple[Rise, ...]:
    """Tenths of staff by pay before; a group of like posts on a border counts in both, by its share."""
    total = float(heads.sum())
    if total <= 0:
        return ()
    order = np.argsort(before, kind="stable")
    rise = _rises(before, after)[order]
    upper = np.cumsum(heads[order])
    lower = upper - heads[order]
    made = []
    for tenth in range(10):
        start, end = tenth * total / 10, (tenth + 1) * total / 10
        weights = np.clip(np.minimum(upper, end) - np.maximum(lower, start), 0.0, None)
        made.append(Rise(str(tenth + 1), _average(rise, weights)))
    return tuple(made)


def _rises(before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(before > 0, after / np.maximum(before, 1) - 1.0, 0.0)


def _average(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float | None:
    total = float(weights.sum())
    return float(values @ weights) / total if total > 0 else None
