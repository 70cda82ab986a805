"""The ladder of grades as an offer can speak of it: the grades that somebody holds, lowest first."""

from __future__ import annotations

from itertools import pairwise

from models.sector import Sector


def grades_held(sector: Sector) -> tuple[str, ...]:
    """The ladder's grades that staff hold, then their grades that are not on it; the whole ladder while there are no staff.

    A payroll may bring grades of its own: gaps between the starter's grades, which nobody holds, could never be priced.
    """
    force = sector.workforce
    if not len(force):
        return sector.grades
    on_ladder = [name for name in sector.grades if name in force.grades]
    return (*on_ladder, *(name for name in force.grades if name not in sector.grades))


def neighbours(sector: Sector) -> tuple[tuple[str, str], ...]:
    """Each grade that somebody holds with the next one up: (lower, upper)."""
    return tuple(pairwise(grades_held(sector)))
