"""Everything that follows from one sector and one offer, as one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.costing import CostBreakdown
from models.grossing import DataBasis
from models.later import Later
from models.measures import EmployerMargins, Snapshot
from models.offer import Offer
from models.payscale import PayScale
from models.workforce import Workforce


@dataclass(frozen=True, slots=True, eq=False)
class PostsAfter:
    """An offer post by post. workforce: at its new rates and hours. hourly_*, unrounded: £/10⁶, shape (n_posts,)."""

    workforce: Workforce
    hourly_before: NDArray[np.int64]
    hourly_after: NDArray[np.int64]
    unrounded: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Appraisal:
    """The one set of figures for window, command line and print.

    ``notes`` says what is not known or was left out; ``basis`` what the figures are taken of; ``posts`` are worked
    out when somebody looks at them.
    """

    offer: Offer
    before: Snapshot
    after: Snapshot
    cost: CostBreakdown
    margins: Sequence[EmployerMargins]
    posts: Later[PostsAfter]
    scale_before: PayScale | None
    scale_after: PayScale | None
    unmapped_heads: float
    notes: tuple[str, ...]
    basis: DataBasis = field(default_factory=DataBasis)

    @property
    def workforce_after(self) -> Workforce:
        """The workforce with its new rates and hours."""
        return self.posts.value.workforce

    @property
    def hourly_before(self) -> NDArray[np.int64]:
        """Hourly basic pay before, £/10⁶, shape (n_posts,)."""
        return self.posts.value.hourly_before

    @property
    def hourly_after(self) -> NDArray[np.int64]:
        """Hourly basic pay after, £/10⁶, shape (n_posts,)."""
        return self.posts.value.hourly_after

    @property
    def rates_unrounded(self) -> NDArray[np.int64]:
        """The new rates before each was rounded, £/10⁶ in the post's own basis."""
        return self.posts.value.unrounded
