"""Filling the amounts of a pay scale from their neighbours, as a spreadsheet's fill handle does."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bargain.offers.scale_edit import MOST, with_amount
from models.issues import UnusableInput
from models.payscale import PayScale
from models.units import MICROS_PER_POUND


@dataclass(frozen=True, slots=True)
class Fill:
    """Which points (their places) are filled from which; ``copies``: an even series is not continued.

    ``target`` lies straight below or straight above ``source``.
    """

    source: range
    target: range
    copies: bool = False

    @property
    def upward(self) -> bool:
        """Whether it goes toward the first point."""
        return self.target.start < self.source.start


def with_filled(scale: PayScale, fill: Fill) -> PayScale:
    """The scale after a fill: two or more amounts with one step between them go on, others are repeated in order.

    Raises UnusableInput where an amount would come out that nobody is paid.
    """
    way = -1 if fill.upward else 1  # both are read from where they meet
    held = [scale.points[at].amount_micros for at in fill.source[::way]]
    for at, amount in zip(fill.target[::way], _continued(held, len(fill.target), fill.copies), strict=True):
        if not 0 < amount < MOST * MICROS_PER_POUND:
            raise UnusableInput(
                f"The amount of point {scale.points[at].name} would be £{amount / MICROS_PER_POUND:,.2f}, which nobody "
                "is paid: the series is too steep. Fill fewer points, or correct the amounts that it starts from."
            )
        scale = with_amount(scale, at, amount)
    return scale


def _continued(held: list[int], count: int, copies: bool) -> list[int]:
    steps = {later - earlier for earlier, later in pairwise(held)}
    if copies or len(steps) != 1:
        return [held[at % len(held)] for at in range(count)]
    step = steps.pop()
    return [held[-1] + step * (at + 1) for at in range(count)]
