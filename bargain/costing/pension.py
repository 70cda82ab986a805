"""Employer pension contributions, a head and a year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.parameters import OnCostParameters
from models.units import MICROS_PER_POUND, FloatColumn


def employer_pension(
    pay_y: FloatColumn,
    *,
    rate: FloatColumn,
    on_band: NDArray[np.bool_],
    figures: OnCostParameters,
    out: FloatColumn | None = None,
) -> FloatColumn:
    """The employer's rate on qualifying earnings where ``on_band``, else on all basic pay.

    Source: Pensions Act 2008 s.13 for the band, figures of the day.  pay_y: £ a year a head, shape
    (n_posts,); rate (a share) and on_band: a post.  Returns £ a year a head, in ``out`` where given.
    """
    lower = figures.band_lower_micros / MICROS_PER_POUND
    upper = figures.band_upper_micros / MICROS_PER_POUND
    base: FloatColumn = np.clip(pay_y, lower, upper, out=out)
    base -= lower
    if not on_band.all():
        np.copyto(base, pay_y, where=~on_band)
    base *= rate
    return base
