"""A published table against the one that an award gives: which points fit, and by how much others miss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bargain.offers.scale import ScaleRow
from bargain.offers.scope import same_point
from models.basis import Basis
from models.payscale import PayScale


@dataclass(frozen=True, slots=True)
class PointCheck:
    """One point: what the award gives and what is published, £/10⁶; None where a table has no such point."""

    point: str
    worked_out_micros: int | None
    published_micros: int | None

    @property
    def fits(self) -> bool:
        """Whether both have the point at the same amount."""
        return self.worked_out_micros is not None and self.worked_out_micros == self.published_micros


def checked_against(rows: Sequence[ScaleRow], published: PayScale) -> tuple[PointCheck, ...]:
    """Every point of either table, the published one's first and in its order."""
    by_year = published.basis is Basis.YEAR
    found: list[PointCheck] = []
    left = list(rows)
    for point in published.points:
        row = next((one for one in left if same_point(one.point, point.name)), None)
        if row is not None:
            left.remove(row)
        amount = None if row is None else row.annual_micros if by_year else row.hourly_micros
        found.append(PointCheck(point.name, amount, point.amount_micros))
    return (
        *found,
        *(PointCheck(one.point, one.annual_micros if by_year else one.hourly_micros, None) for one in left),
    )
