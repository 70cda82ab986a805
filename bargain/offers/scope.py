"""Whom a rule reaches: the text of a scope against the points, grades and employers in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from models.employer import Employer, ownership_matches
from models.issues import UnusableInput
from models.offer import Scope
from models.units import BoolColumn, CodeColumn
from models.workforce import Workforce


def points_named(text: str, points: Sequence[str]) -> frozenset[str]:
    """The points that a text such as "2-43" or "1, 2, 5" names.

    A range runs in the order of ``points`` where both ends are among them, else by number.
    """
    chosen: set[str] = set()
    for part in (one.strip() for one in text.split(",")):
        same = [name for name in points if same_point(name, part)]
        chosen.update(same or _range(part.replace("–", "-"), points))
    return frozenset(chosen)


def same_point(name: str, other: str) -> bool:
    """Whether two texts name one point: "7" and "007" do."""
    left, right = _number(name), _number(other)
    return name.strip() == other or (left is not None and left == right)


def _range(part: str, points: Sequence[str]) -> list[str]:
    low, dash, high = (one.strip() for one in part.partition("-"))
    if not dash:
        return []
    ends = [[place for place, name in enumerate(points) if same_point(name, end)] for end in (low, high)]
    if all(ends):
        first, last = min(ends[0]), max(ends[1])
        return list(points[first : last + 1])
    least, most = _number(low), _number(high)
    if least is None or most is None:
        return []
    numbers = {name: _number(name) for name in points}
    return [name for name, number in numbers.items() if number is not None and least <= number <= most]


def _number(name: str) -> int | None:
    return int(name) if name.strip().isdecimal() else None


def mask_of(scope: Scope, workforce: Workforce, employers: dict[str, Employer]) -> BoolColumn | None:
    """Which posts a scope reaches, shape (n_posts,); None means all of them."""
    masks = []
    if scope.points:
        named = points_named(scope.points, workforce.points)
        masks.append(among(named, workforce.points, workforce.point_code))
    if scope.grades:
        masks.append(among(scope.grades, workforce.grades, workforce.grade_code))
    if scope.settings:
        masks.append(among(scope.settings, workforce.settings, workforce.setting_code))
    if scope.employers or scope.ownership or scope.regions:
        names = [
            name for name in workforce.employers if _employer_in(scope, employers.get(name, Employer(name)))
        ]
        masks.append(among(names, workforce.employers, workforce.employer_code))
    return np.logical_and.reduce(masks) if masks else None


def _employer_in(scope: Scope, employer: Employer) -> bool:
    return (
        (not scope.employers or employer.name in scope.employers)
        and (
            not scope.ownership or any(ownership_matches(employer.ownership, one) for one in scope.ownership)
        )
        and (not scope.regions or employer.region in scope.regions)
    )


def among(names: Iterable[str], vocabulary: Sequence[str], codes: CodeColumn) -> BoolColumn:
    """Whether each code is of one of the names; a code of -1 (not recorded) never is."""
    wanted = set(names)
    table = np.array([name in wanted for name in vocabulary] + [False], dtype=bool)
    return np.asarray(table.take(codes))


def regions_of(workforce: Workforce, employers: Mapping[str, Employer]) -> tuple[tuple[str, ...], CodeColumn]:
    """The regions of employers, and the region of each post as a code into them; -1 where none is recorded."""
    by_employer = [employers[name].region if name in employers else "" for name in workforce.employers]
    names = tuple(dict.fromkeys(one for one in by_employer if one))
    table = np.array([names.index(one) if one else -1 for one in by_employer] + [-1], dtype=np.int32)
    return names, np.asarray(table[workforce.employer_code])


def check_names(
    scope: Scope, *, grades: Iterable[str], employers: Iterable[str], points: Sequence[str]
) -> None:
    """Refuse a scope that names a grade, employer or point that nobody has."""
    for kind, named, known in (
        ("grade", scope.grades, grades),
        ("employer", scope.employers, employers),
    ):
        there = set(known) if named else set()
        for name in named:
            if name not in there:
                listed = ", ".join(sorted(there)[:8]) or "none"
                raise UnusableInput(
                    f"The offer names the {kind} “{name}”, which the sector does not have ({listed})."
                )
    if scope.points and not points_named(scope.points, points):
        raise UnusableInput(f"The offer names the points “{scope.points}”, but nobody is on such a point.")
