"""Employer National Insurance: secondary Class 1 contributions, a head and a year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.parameters import OnCostParameters
from models.units import PPM, FloatColumn


def employer_ni(
    pay_y: FloatColumn,
    *,
    thresholds: FloatColumn,
    figures: OnCostParameters,
    out: FloatColumn | None = None,
) -> FloatColumn:
    """A share of annual pay above the threshold of its NI category.

    Source: Social Security Contributions and Benefits Act 1992 ss.9 to 9B, figures of the day. pay_y: £ a year
    a head, thresholds: £ a year (``ni_reliefs``), both of shape (n_posts,). Returns £, same shape, in ``out``
    where given.
    """
    due: FloatColumn = np.subtract(pay_y, thresholds, out=out)
    np.maximum(due, 0.0, out=due)
    due *= figures.ni_rate_ppm / PPM
    return due


def allowance_factor(
    ni_by_employer: FloatColumn,
    *,
    claims: NDArray[np.bool_],
    allowance: float,
) -> FloatColumn:
    """What is left of each employer's contributions after the Employment Allowance, as a share.

    claims: who gets one (``connected.claimants``).  Returns shape (n_employers,).
    """
    relief = np.where(claims, np.minimum(ni_by_employer, allowance), 0.0)
    return 1.0 - np.divide(relief, ni_by_employer, out=np.zeros_like(relief), where=ni_by_employer > 0)
