"""Everything that follows from one sector and one offer, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.costing import CostBreakdown
from models.grossing import DataBasis
from models.measures import EmployerMargins, Snapshot
from models.offer import Offer
from models.payscale import PayScale
from models.workforce import Workforce


@dataclass(frozen=True, slots=True, eq=False)
class Appraisal:
    """The one set of figures for window, command line and print.

    ``workforce_after`` is the workforce with its new rates and hours; ``hourly_before`` and ``hourly_after``
    are hourly basic pay in £/10⁶, shape (n_posts,); ``rates_unrounded`` the new rates before each was rounded,
    in the post's own basis. ``notes`` says what is not known or was left out;
    ``basis`` what the figures are taken of.
    """

    offer: Offer
    before: Snapshot
    after: Snapshot
    cost: CostBreakdown
    margins: tuple[EmployerMargins, ...]
    workforce_after: Workforce
    hourly_before: NDArray[np.int64]
    hourly_after: NDArray[np.int64]
    rates_unrounded: NDArray[np.int64]
    scale_before: PayScale | None
    scale_after: PayScale | None
    unmapped_heads: float
    notes: tuple[str, ...]
    basis: DataBasis = field(default_factory=DataBasis)
