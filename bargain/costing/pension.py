"""Employer pension contributions, a head and a year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.parameters import OnCostParameters
from models.units import MICROS_PER_POUND, FloatColumn


def employer_pension(
    pay_y: FloatColumn,
    *,
    beside_y: FloatColumn | None = None,
    rate: FloatColumn,
    on_band: NDArray[np.bool_],
    figures: OnCostParameters,
    out: FloatColumn | None = None,
) -> FloatColumn:
    """The employer's rate on qualifying earnings where ``on_band``, else on all basic pay.

    Source: Pensions Act 2008 s.13 for the band, which counts overtime, premiums and one-off payments too; a scheme on
    basic pay counts them only where ``figures`` say so. pay_y: basic pay, and beside_y what is paid beside it, £ a year
    a head, shape (n_posts,); rate (a share) and on_band: a post. Returns £ a year a head, in ``out`` where given.
    """
    lower = figures.band_lower_micros / MICROS_PER_POUND
    upper = figures.band_upper_micros / MICROS_PER_POUND
    full = pay_y if beside_y is None else pay_y + beside_y
    base: FloatColumn = np.clip(full if figures.band_counts_all else pay_y, lower, upper, out=out)
    base -= lower
    if not on_band.all():
        np.copyto(base, full if figures.scheme_counts_all else pay_y, where=~on_band)
    base *= rate
    return base
