"""What an offer does to a pay scale itself: a new spine, points put in, and what becomes of staff."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.payscale import ScalePoint


class EqualSteps(StrEnum):
    """What is the same from each point of a spine to the next."""

    CASH = "cash"
    PERCENT = "percent"


class Protection(StrEnum):
    """What becomes of pay above the new point."""

    NO_DETRIMENT = "no_detriment"  # kept, and raised like any other pay from then on
    MARKED_TIME = "marked_time"  # kept, and stands still until the point has caught up
    NONE = "none"  # lost


class SpineOrder(StrEnum):
    """Which comes first: the step's rises, or placing staff on the new spine."""

    UPLIFT_FIRST = "uplift_first"
    ASSIMILATE_FIRST = "assimilate_first"


@dataclass(frozen=True, slots=True)
class NewSpine:
    """A spine in the place of the old one.

    Points are written out, or worked out between bottom and top in ``count`` equal steps, or from the bottom by
    ``step`` (£/10⁶, or parts per million, as ``equal`` says). Amounts are in the scale's own basis. ``mapping``
    pairs an old point with its new one; staff whose point is not in it go to the lowest new point that is
    not below their pay. ``prefix`` stands before the number of a point that is worked out.
    """

    points: tuple[ScalePoint, ...] = ()
    equal: EqualSteps | None = None
    bottom_micros: int | None = None
    top_micros: int | None = None
    step: int | None = None
    count: int | None = None
    first: int = 1
    prefix: str = ""
    mapping: tuple[tuple[str, str], ...] = ()
    protection: Protection = Protection.NO_DETRIMENT
    order: SpineOrder = SpineOrder.UPLIFT_FIRST


@dataclass(frozen=True, slots=True)
class InsertedPoint:
    """A point put in after another: at an amount in the scale's basis, or midway to the next point (None)."""

    name: str
    after: str
    amount_micros: int | None = None
    grade: str = ""
