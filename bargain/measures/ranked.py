"""Pay by its place among the rates there are: small whole numbers that count and sort many times faster than pounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.units import MICROS_PER_PENNY, MicroColumn

_SPARSE = (
    16  # pence between the lowest and the highest rate, a post, beyond which rates are sorted, not counted
)
_LEAST = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class RankedPay:
    """codes: place of each post's rate in ``rates``, shape (n_posts,); rates: £/10⁶, lowest first, not all need occur."""

    codes: NDArray[np.int32]
    rates: MicroColumn

    def __len__(self) -> int:
        return len(self.codes)


def ranked(rates: MicroColumn | RankedPay) -> RankedPay:
    """Rates in £/10⁶: counted from the lowest penny where all are whole pence and near each other, else sorted out."""
    if isinstance(rates, RankedPay):
        return rates
    if len(rates):
        pence = rates // MICROS_PER_PENNY
        low, high = int(pence.min()), int(pence.max())
        near = high - low < max(_SPARSE * len(rates), _LEAST)
        if near and np.array_equal(pence * MICROS_PER_PENNY, rates):
            every = np.arange(low, high + 1, dtype=np.int64) * MICROS_PER_PENNY
            return RankedPay((pence - low).astype(np.int32), every)
    distinct, codes = np.unique(rates, return_inverse=True)
    return RankedPay(codes.astype(np.int32), distinct)
