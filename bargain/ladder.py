"""The ladder of grades as an offer can speak of it: the grades that somebody holds, lowest first; and changing it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

from models.issues import UnusableInput
from models.sector import Sector

Pair = tuple[str, str]  # lower, upper


def grades_held(sector: Sector) -> tuple[str, ...]:
    """The ladder's grades that staff hold, then their grades that are not on it; the whole ladder while there are no staff.

    A payroll may bring grades of its own: gaps between the starter's grades, which nobody holds, could never be priced.
    """
    force = sector.workforce
    if not len(force):
        return sector.grades
    on_ladder = [name for name in sector.grades if name in force.grades]
    return (*on_ladder, *off_ladder(sector))


def off_ladder(sector: Sector) -> tuple[str, ...]:
    """Grades of the staff data that are not on the ladder, in the order of the files: they count after the highest."""
    return tuple(name for name in sector.workforce.grades if name not in sector.grades)


def neighbours(sector: Sector) -> tuple[Pair, ...]:
    """Each grade that somebody holds with the next one up: (lower, upper)."""
    return tuple(pairwise(grades_held(sector)))


def moved(sector: Sector, grade: str, *, by: int) -> Sector:
    """The sector with a grade of its ladder so many places higher (below nought: lower); it stops at the ends.

    Raises UnusableInput for a grade that is not on the ladder.
    """
    if grade not in sector.grades:
        raise UnusableInput(f"“{grade}” is not on the ladder; put it there first.")
    others = [one for one in sector.grades if one != grade]
    at = min(max(sector.grades.index(grade) + by, 0), len(others))
    return replace(sector, grades=(*others[:at], grade, *others[at:]))


def put_in(sector: Sector, grades: Collection[str]) -> Sector:
    """The sector with these grades at the top of its ladder, in their order; those that are on it stay where they are."""
    new = tuple(dict.fromkeys(one for one in grades if one and one not in sector.grades))
    return replace(sector, grades=(*sector.grades, *new)) if new else sector


def taken_out(sector: Sector, grades: Collection[str]) -> Sector:
    """The sector without these grades on its ladder, and without the job titles that later imports would place on them."""
    kept = tuple(one for one in sector.grades if one not in grades)
    titles = tuple(one for one in sector.title_grades if one.grade not in grades)
    return sector if kept == sector.grades else replace(sector, grades=kept, title_grades=titles)


@dataclass(frozen=True, slots=True)
class LadderChange:
    """What another ladder changes: pairs of neighbours that are new, and that are no longer; job titles not placed."""

    new: tuple[Pair, ...]
    gone: tuple[Pair, ...]
    titles: int


def change_between(before: Sector, after: Sector) -> LadderChange:
    """What is compared otherwise once the ladder is another one."""
    old, now = neighbours(before), neighbours(after)
    return LadderChange(
        new=tuple(one for one in now if one not in old),
        gone=tuple(one for one in old if one not in now),
        titles=len(before.title_grades) - len(after.title_grades),
    )
