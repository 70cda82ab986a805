"""Employer pension contributions, a head and a year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.parameters import OnCostParameters
from models.units import MICROS_PER_POUND, FloatColumn
from models.workforce import YesNo


def employer_pension(
    pay_y: FloatColumn,
    *,
    beside_y: FloatColumn | None = None,
    rate: FloatColumn,
    on_band: NDArray[np.bool_],
    figures: OnCostParameters,
    counts_all: NDArray[np.int8] | None = None,
    out: FloatColumn | None = None,
) -> FloatColumn:
    """The employer's rate on qualifying earnings where ``on_band``, else on all basic pay.

    Source: Pensions Act 2008 s.13 for the band, which counts overtime, premiums and one-off payments too; a scheme on
    basic pay counts them only where ``figures`` say so. pay_y: basic pay, and beside_y what is paid beside it, £ a year
    a head, shape (n_posts,); rate (a share) and on_band: a post. counts_all: whether the post's scheme counts what is paid
    beside, a YesNo, by an award or its own rules; None, or not recorded, as ``figures`` say. Returns £ a year a head, in ``out`` where given.
    """
    lower = figures.band_lower_micros / MICROS_PER_POUND
    upper = figures.band_upper_micros / MICROS_PER_POUND
    full = pay_y if beside_y is None else pay_y + beside_y
    base: FloatColumn = np.clip(full if figures.band_counts_all else pay_y, lower, upper, out=out)
    base -= lower
    if not on_band.all():
        of_scheme = full if figures.scheme_counts_all else pay_y
        if counts_all is not None:
            of_scheme = np.select([counts_all == YesNo.YES, counts_all == YesNo.NO], [full, pay_y], of_scheme)
        np.copyto(base, of_scheme, where=~on_band)
    base *= rate
    return base
