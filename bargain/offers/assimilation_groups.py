"""Assimilation as a list: staff whose pay takes the same way, with their points and the months in which they lose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bargain.offers.assimilation import Assimilation, Path
from models.basis import Basis
from models.spine import SpineOrder
from models.units import MICROS_PER_POUND


@dataclass(frozen=True, slots=True)
class Way:
    """One order: the point staff are placed on, their rate in each month in £, and the months below the spot rate."""

    point: str
    rates: tuple[float, ...]
    losing: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Staff of one grade and one rate whose pay takes the same way in both orders. Rates in £, in their basis."""

    grade: str
    basis: Basis
    now: float
    heads: float
    stay: tuple[float, ...]
    ways: tuple[Way, Way]  # in the order of SpineOrder

    def way(self, order: SpineOrder) -> Way:
        """One of the two."""
        return self.ways[list(SpineOrder).index(order)]


def groups_of(found: Assimilation) -> tuple[Group, ...]:
    """Everybody who was on no point, by grade and pay, the lowest paid first."""
    rows = np.flatnonzero(found.placed)
    if not len(rows):
        return ()
    force = found.workforce
    paths = [found.path(order) for order in SpineOrder]
    points = [np.array(path.points, dtype=object)[rows] for path in paths]
    keys = np.column_stack(
        [
            force.grade_code[rows],
            force.basis[rows],
            force.rate_micros[rows],
            *(_codes(names) for names in points),
            *(path.rates[:, rows].T for path in (found.stay, *paths)),
        ]
    )
    _, first, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    heads = np.bincount(group.reshape(-1), weights=force.heads[rows])
    made = []
    for at, row in enumerate(rows[first]):
        grade = int(force.grade_code[row])
        made.append(
            Group(
                grade=force.grades[grade] if grade >= 0 else "",
                basis=Basis(int(force.basis[row])),
                now=int(force.rate_micros[row]) / MICROS_PER_POUND,
                heads=float(heads[at]),
                stay=_pounds(found.stay, row),
                ways=(_way(found, paths[0], row), _way(found, paths[1], row)),
            )
        )
    return tuple(sorted(made, key=lambda one: (one.basis, one.now, one.grade)))


def _codes(names: NDArray[np.object_]) -> NDArray[np.int64]:
    known = {name: at for at, name in enumerate(dict.fromkeys(names))}
    return np.array([known[name] for name in names], dtype=np.int64)


def _way(found: Assimilation, path: Path, row: int) -> Way:
    below = path.below(found.stay)[:, row]
    losing = tuple(month for month, lower in zip(found.months, below, strict=True) if lower)
    return Way(path.points[row], _pounds(path, row), losing)


def _pounds(path: Path, row: int) -> tuple[float, ...]:
    return tuple(int(rate) / MICROS_PER_POUND for rate in path.rates[:, row])
