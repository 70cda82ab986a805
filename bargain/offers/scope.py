"""Whom a rule reaches: the text of a scope against the points, grades and employers in use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from models.employer import FAMILIES, Employer, Ownership, ownership_matches
from models.issues import UnusableInput
from models.offer import Scope
from models.units import BoolColumn, CodeColumn
from models.workforce import Workforce

OWNERS = (*FAMILIES, *(str(one) for one in Ownership))


def points_named(text: str, points: Iterable[str], order: Sequence[str] = ()) -> frozenset[str]:
    """Those of ``points`` that a text such as "2-43" or "1, 2, 5" names.

    order: the points of the scale, in its order. A range runs in that order where both ends are on the scale, else by
    the numbers in the names. The order of ``points`` says nothing: staff stand in no order.
    """
    points = tuple(points)
    chosen: set[str] = set()
    for part in _parts(text):
        same = [name for name in points if same_point(name, part)]
        chosen.update(same or _range(part.replace("–", "-"), points, order))
    return frozenset(chosen)


def unknown_point(text: str, known: Sequence[str]) -> str | None:
    """The first single point of a text that is none of the known ones; None where there is none such."""
    single = (part for part in _parts(text) if "-" not in part.replace("–", "-"))
    return next((part for part in single if not any(same_point(name, part) for name in known)), None)


def _parts(text: str) -> Iterator[str]:
    return (part for one in text.split(",") if (part := one.strip()))


def same_point(name: str, other: str) -> bool:
    """Whether two texts name one point: "7" and "007" do."""
    left, right = _number(name), _number(other)
    return name.strip() == other or (left is not None and left == right)


def _range(part: str, points: Sequence[str], order: Sequence[str]) -> list[str]:
    """The points from one end to the other; a name may hold a dash itself, so that each is tried as the one between."""
    for dash in (place for place, mark in enumerate(part) if mark == "-"):
        low, high = part[:dash].strip(), part[dash + 1 :].strip()
        on_scale = _between(low, high, order)
        found = [name for name in points if any(same_point(name, one) for one in on_scale)]
        numbers = _number(low) is not None and _number(high) is not None
        known = all(any(same_point(name, end) for name in points) for end in (low, high))
        if numbers or (known and not on_scale):
            least, most = sorted((natural(low), natural(high)))
            rest = [name for name in points if not on_scale or name not in order]
            found += [name for name in rest if least <= natural(name) <= most]
        if found or on_scale:
            return found
    return []


def _between(low: str, high: str, order: Sequence[str]) -> Sequence[str]:
    """The points of the scale from one end to the other; none where an end is not on it."""
    ends = [next((at for at, name in enumerate(order) if same_point(name, end)), None) for end in (low, high)]
    if ends[0] is None or ends[1] is None:
        return ()
    return order[min(ends[0], ends[1]) : max(ends[0], ends[1]) + 1]


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """What to sort names of points by: "2" before "2a" before "10", and a bare number before a name."""
    return tuple(
        (0, int(run), "") if run.isdecimal() else (1, 0, run.casefold())
        for run in re.findall(r"\d+|\D+", name.strip())
    )


def _number(name: str) -> int | None:
    return int(name) if name.strip().isdecimal() else None


def mask_of(
    scope: Scope, workforce: Workforce, employers: dict[str, Employer], order: Sequence[str] = ()
) -> BoolColumn | None:
    """Which posts a scope reaches, shape (n_posts,); None means all of them. order: the points of the scale."""
    masks = []
    if scope.points:
        named = points_named(scope.points, workforce.points, order)
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


def region_names(workforce: Workforce, employers: Mapping[str, Employer]) -> tuple[str, ...]:
    """The regions of the employers of a workforce, each once."""
    found = (employers[name].region for name in workforce.employers if name in employers)
    return tuple(dict.fromkeys(one for one in found if one))


def regions_of(workforce: Workforce, employers: Mapping[str, Employer]) -> tuple[tuple[str, ...], CodeColumn]:
    """The regions of employers, and the region of each post as a code into them; -1 where none is recorded."""
    by_employer = [employers[name].region if name in employers else "" for name in workforce.employers]
    names = region_names(workforce, employers)
    table = np.array([names.index(one) if one else -1 for one in by_employer] + [-1], dtype=np.int32)
    return names, np.asarray(table[workforce.employer_code])


def check_names(
    scope: Scope,
    *,
    grades: Iterable[str],
    employers: Iterable[str],
    points: Sequence[str],
    order: Sequence[str] = (),
    regions: Iterable[str] | None = None,
    settings: Iterable[str] | None = None,
) -> None:
    """Refuse a scope that names what nobody has, a kind of owner there is not, or a point that is nowhere.

    order: the points of the scale, none where there is none; then a single point beside others may be nobody's.
    regions, settings: those there are, None where a scale alone can't tell.
    """
    for kind, named, known in (
        ("grade", scope.grades, grades),
        ("employer", scope.employers, employers),
        ("region", scope.regions, regions),
        ("setting", scope.settings, settings),
        ("kind of owner", scope.ownership, OWNERS),
    ):
        if known is None:
            continue
        there = {one for one in known if one} if named else set()
        for name in named:
            if name not in there:
                listed = ", ".join(sorted(there)[:14]) or "none"
                missing = "is not one" if known is OWNERS else "the sector does not have"
                raise UnusableInput(f"The offer names the {kind} “{name}”, which {missing} ({listed}).")
    if not scope.points:
        return
    known = tuple(dict.fromkeys((*order, *points)))
    if not points_named(scope.points, known, order):
        raise UnusableInput(f"The offer names the points “{scope.points}”, but nobody is on such a point.")
    unknown = unknown_point(scope.points, known) if order else None
    if unknown is not None:
        raise UnusableInput(
            f"The offer names the points “{scope.points}”, but “{unknown}” is not on the pay scale and nobody is on it; "
            "correct it or take it out."
        )
