"""Inequality taken apart: Theil within and between groups, and the two other members of its family.

Conventions: population measures of weighted pay (no correction for small samples), natural logarithms.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.measures.distribution import Tally, mean
from models.units import MICROS_PER_POUND, FloatColumn, MicroColumn


def mean_log_deviation(pay: Tally) -> float | None:
    """Theil L: the weighted mean of ln(x̄/x). None where nobody is there or somebody is paid nothing."""
    average = mean(pay)
    if not average or pay.rates[0] <= 0:
        return None
    return float(pay.weights @ np.log(average / (pay.rates / MICROS_PER_POUND)) / pay.total)


def half_squared_variation(pay: Tally) -> float | None:
    """Half the squared coefficient of variation (generalised entropy of 2)."""
    average = mean(pay)
    if not average:
        return None
    off = pay.rates / MICROS_PER_POUND / average - 1
    return float(pay.weights @ off**2 / pay.total / 2)


def theil_parts(
    rates: MicroColumn, weights: FloatColumn, codes: NDArray[np.integer]
) -> tuple[float, float] | None:
    """Theil T as what lies within groups and what lies between their means; the two add up to the whole.

    rates: £/10⁶; weights; codes: the group of each post (any whole number; −1 is a group too), shape (n,).
    None where nobody is there or somebody is paid nothing.
    """
    held = weights > 0
    pay, weight = rates[held] / MICROS_PER_POUND, weights[held]
    if not len(pay) or pay.min() <= 0:
        return None
    _, group = np.unique(codes[held], return_inverse=True)
    heads = np.bincount(group, weights=weight)
    amount = np.bincount(group, weights=weight * pay)
    average, means = amount.sum() / heads.sum(), amount / heads
    relative = means / average
    between = float((heads * relative * np.log(relative)).sum() / heads.sum())
    inside = pay / means[group]
    within = float((weight * pay * np.log(inside)).sum() / amount.sum())
    return within, between
