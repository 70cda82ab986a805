"""Apprenticeship levy: a share of an employer's pay bill, less one allowance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.connected import Groups, pooled
from models.parameters import OnCostParameters
from models.units import MICROS_PER_POUND, PPM, FloatColumn


def levy_factor(
    pay_by_employer: FloatColumn,
    *,
    pays: NDArray[np.bool_],
    figures: OnCostParameters,
    groups: Groups | None = None,
) -> FloatColumn:
    """The levy of each employer as a share of its pay, nought where its record does not say that it pays.

    Source: Finance Act 2016 s.99; 0.5 % less £15,000 a year is 0.5 % of pay above £3m; connected employers share one
    allowance (s.101), here in proportion to pay. pay_by_employer: £ a year, shape (n_employers,). groups: the group of
    each, None where nobody is connected.  Returns the same shape.
    """
    if groups is not None:
        pay_by_employer = pooled(pay_by_employer, pays, groups)
    due = pay_by_employer * (figures.levy_rate_ppm / PPM) - figures.levy_allowance_micros / MICROS_PER_POUND
    due = np.where(pays, np.maximum(due, 0.0), 0.0)
    return np.divide(due, pay_by_employer, out=np.zeros_like(due), where=pay_by_employer > 0)
