"""Employer National Insurance: secondary Class 1 contributions, a head and a year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.parameters import OnCostParameters
from models.units import MICROS_PER_POUND, PPM, FloatColumn

_UNDER_21 = 21


def employer_ni(
    pay_y: FloatColumn,
    *,
    age: NDArray[np.int16],
    figures: OnCostParameters,
    out: FloatColumn | None = None,
) -> FloatColumn:
    """A share of annual pay above the secondary threshold; for staff under 21 above the upper one.

    Source: Social Security Contributions and Benefits Act 1992 s.9, figures of the day. An age that is not
    recorded (-1) counts as 21 or over.  pay_y: £ a year a head, shape (n_posts,). Returns £, same shape, in ``out`` where given.
    """
    threshold = figures.ni_threshold_micros / MICROS_PER_POUND
    rate = figures.ni_rate_ppm / PPM
    young = (age >= 0) & (age < _UNDER_21)
    thresholds: float | FloatColumn = threshold
    if young.any():
        upper = figures.ni_under_21_threshold_micros / MICROS_PER_POUND
        thresholds = np.array([threshold, upper]).take(young.view(np.int8))
    due: FloatColumn = np.subtract(pay_y, thresholds, out=out)
    np.maximum(due, 0.0, out=due)
    due *= rate
    return due


def allowance_factor(
    ni_by_employer: FloatColumn, *, claims: NDArray[np.bool_], allowance: float
) -> FloatColumn:
    """What is left of each employer's contributions after the Employment Allowance, as a share.

    One allowance an employer, and only where its record says that it may claim.  Returns shape (n_employers,).
    """
    relief = np.where(claims, np.minimum(ni_by_employer, allowance), 0.0)
    return 1.0 - np.divide(relief, ni_by_employer, out=np.zeros_like(relief), where=ni_by_employer > 0)
