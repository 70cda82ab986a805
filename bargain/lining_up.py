"""Two sides' staff set against each other: the same employer under another name, the same posts in another order.

A name and an order price nothing. Taken as they stand they would make two causes that cancel out, as if staff and
on-costs differed, where nobody differs in anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.offer import Offer, Scope
from models.sector import Sector
from models.workforce import COLUMNS, VOCABULARIES, Workforce, selected

HOURS = ("hours_w", "full_hours_w", "weeks_y", "fte")
PENSION = ("pension_ppm", "pension_on_band")
_APART = (*HOURS, *PENSION)  # columns that belong to other causes than the staff file
_WHENCE = ("import_code", "row")  # where a post was read, which prices nothing
_CODES = {f"{name.removesuffix('s')}_code": name for name in VOCABULARIES}


@dataclass(frozen=True, slots=True, eq=False)
class LinedUp:
    """The other side in the first one's names and order. renamed: its own name of an employer, and the first one's."""

    sector: Sector
    offer: Offer
    renamed: tuple[tuple[str, str], ...]


def lined_up(one: Sector, other: Sector, offer: Offer) -> LinedUp:
    """Employers of ``other`` by the names that ``one`` gives them, like posts in the order of ``one``.

    An employer goes by another name where its name differs in nothing but spaces, dots and capitals, or where its posts are
    the same in every column. offer: of the other side, which may go by its own names.
    """
    if one.workforce is other.workforce:
        return LinedUp(other, offer, ())
    renamed = _renamed(one.workforce, other.workforce)
    found = _under(other, renamed) if renamed else other
    found = replace(found, workforce=_in_order(one.workforce, found.workforce))
    return LinedUp(found, _reaching(offer, renamed) if renamed else offer, tuple(renamed.items()))


def _reaching(offer: Offer, names: Mapping[str, str]) -> Offer:
    """The offer reaching the same employers by the first side's names."""

    def scope(one: Scope) -> Scope:
        return replace(one, employers=tuple(names.get(name, name) for name in one.employers))

    steps = tuple(
        replace(
            step,
            pay=tuple(replace(rule, scope=scope(rule.scope)) for rule in step.pay),
            allowances=tuple(replace(one, scope=scope(one.scope)) for one in step.allowances),
        )
        for step in offer.settlements
    )
    return replace(offer, settlements=steps)


def _renamed(one: Workforce, other: Workforce) -> dict[str, str]:
    """The names of ``other`` that stand for one of ``one``, each once."""
    both = {*with_posts(one)} & {*with_posts(other)}
    ours, theirs = ([name for name in with_posts(force) if name not in both] for force in (one, other))
    found: dict[str, str] = {}
    for alike in (_spelt, _posts):
        by_look: dict[object, list[str]] = {}
        for name in ours:
            if name not in found.values():
                by_look.setdefault(alike(one, other, name, first=True), []).append(name)
        for name in theirs:
            names = by_look.get(alike(one, other, name, first=False), []) if name not in found else []
            if names:
                found[name] = names.pop(0)
    return found


def with_posts(force: Workforce) -> list[str]:
    """The employers that somebody works for."""
    used = np.bincount(force.employer_code, minlength=len(force.employers)) > 0
    return [name for name, has in zip(force.employers, used.tolist(), strict=True) if has]


def _spelt(_one: Workforce, _other: Workforce, name: str, *, first: bool) -> object:
    del first
    return "".join(each for each in name.casefold() if each.isalnum()) or name


def _posts(one: Workforce, other: Workforce, name: str, *, first: bool) -> object:
    """All posts of an employer, whatever their order, as bytes that can be compared."""
    force = one if first else other
    own = selected(force, np.asarray(force.employer_code == force.employers.index(name)))
    table = _table(own, _vocabularies(one, other), leaving=("employer_code", *_WHENCE))
    return b"".join(np.ascontiguousarray(column[_sorted(table)]).tobytes() for column in table)


def _under(sector: Sector, names: Mapping[str, str]) -> Sector:
    """The sector with other names for some employers, wherever a costing looks for one."""
    return replace(
        sector,
        workforce=replace(
            sector.workforce, employers=tuple(names.get(one, one) for one in sector.workforce.employers)
        ),
        employers=tuple(replace(one, name=names.get(one.name, one.name)) for one in sector.employers),
        assumptions=tuple(
            replace(one, employer=names.get(one.employer, one.employer)) for one in sector.assumptions
        ),
    )


def _in_order(one: Workforce, other: Workforce) -> Workforce:
    """The first side's staff where the other's are the same; its posts with the other's hours where only those differ."""
    if len(one) != len(other):
        return other
    words = _vocabularies(one, other)
    ours, theirs = (_table(force, words, leaving=_WHENCE) for force in (one, other))
    if _all_equal(ours, theirs, _sorted(ours), _sorted(theirs)):
        return one
    count = len(ours) - len(
        _APART
    )  # these stand last, so that posts alike but for them are next to each other
    first, second = _sorted(ours), _sorted(theirs)
    if not _all_equal(ours[:count], theirs[:count], first, second):
        return other
    place = np.empty(len(one), dtype=np.intp)
    place[first] = second
    return replace(one, **{name: getattr(other, name)[place] for name in _APART})


def _vocabularies(one: Workforce, other: Workforce) -> dict[str, dict[str, int]]:
    """A number for every word of either."""
    return {
        name: {
            word: at for at, word in enumerate(dict.fromkeys((*getattr(one, name), *getattr(other, name))))
        }
        for name in VOCABULARIES
    }


def _table(
    force: Workforce, words: Mapping[str, Mapping[str, int]], *, leaving: Iterable[str]
) -> list[NDArray[np.generic]]:
    """The columns by which posts are told apart, words by their common numbers, hours and pension last."""
    left = {*leaving}
    names = [name for name in COLUMNS if name not in left and name not in _APART]
    columns: list[NDArray[np.generic]] = []
    for name in (*names, *_APART):
        column: NDArray[np.generic] = getattr(force, name)
        if name in _CODES:
            vocabulary = _CODES[name]
            numbers = [words[vocabulary][word] for word in getattr(force, vocabulary)]
            column = np.array([*numbers, -1], dtype=np.int64)[column]  # code −1 takes the last
        columns.append(column)
    return columns


def _sorted(table: Sequence[NDArray[np.generic]]) -> NDArray[np.intp]:
    """The order of rows by the first column, then the second …"""
    return np.asarray(np.lexsort(tuple(reversed(table))), dtype=np.intp)


def _all_equal(
    ours: Sequence[NDArray[np.generic]],
    theirs: Sequence[NDArray[np.generic]],
    first: NDArray[np.intp],
    second: NDArray[np.intp],
) -> bool:
    return all(np.array_equal(one[first], other[second]) for one, other in zip(ours, theirs, strict=True))
