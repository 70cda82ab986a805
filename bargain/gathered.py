"""Like posts as one row: what an offer can't tell apart is worked out once, and summed by employer over all its posts.

A row stands for the posts that are alike in everything that an offer and the costing look at; who employs them is
left out where nothing follows from it. ``Gathered`` says which row each post is in, so that sums by employer and
grade are still taken over every post. Where posts are hardly alike, each is a row of its own: it is one way of
working, with coarser or finer rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.hourly import hourly_pay
from bargain.kept import Kept, kept_of
from bargain.measures.ranked import ranked
from bargain.side_by_side import chunk_edges, in_parts
from models.employer import Employer
from models.offer import AppliesTo, Offer, Settlement, Within
from models.sector import Sector
from models.terms import Terms
from models.units import BoolColumn, CodeColumn, FloatColumn, MicroColumn
from models.workforce import COLUMNS, Workforce

_WORTHWHILE = 0.6  # rows a post above which each post stays a row of its own
_DENSE = 4  # possible kinds a post up to which they are counted through, not sorted
_SMALL = 65_536
_SAMPLE = 4_096
_LARGEST_KEY = 2**62
_UNDER_21 = 21  # contributions know no other line between ages
_TOLERANCE = 1e-9
_WAYS_KEPT = 6  # ways of gathering one staff, and their kinds: each holds a number or two for every post


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """The posts by employer, grade (not recorded last) and pay; a stretch is all of one grade at one employer.

    posts: rows of the workforce in that order. heads: of each, None where each is one. starts: where each stretch
    begins, and the end; shape (n_stretches + 1,). cells: employer × (n_grades + 1) + grade of each stretch.
    middles: where half of the heads of a stretch are reached, -1 where it has none.
    """

    posts: NDArray[np.intp]
    heads: FloatColumn | None
    starts: NDArray[np.intp]
    cells: NDArray[np.intp]
    middles: NDArray[np.intp]
    n_employers: int
    n_grades: int
    edges: tuple[int, ...]


def ordered_of(workforce: Workforce, weeks_y: float) -> Ordered:
    """The posts in that order, worked out once for a workforce. weeks_y: of a year, for hourly pay."""
    return kept_of(workforce, "ordered", weeks_y).of("posts", lambda: _ordered(workforce, weeks_y))


def _ordered(workforce: Workforce, weeks_y: float) -> Ordered:
    grades = len(workforce.grades) + 1
    cell = workforce.employer_code.astype(np.int64) * grades + _grades(workforce)
    pay = ranked(hourly_pay(workforce, weeks_y))
    posts = np.argsort(cell * max(len(pay.rates), 1) + pay.codes, kind="stable")
    cells, starts = np.unique(cell[posts], return_index=True)
    starts = np.append(starts, len(posts)).astype(np.intp)
    heads = workforce.heads[posts]
    return Ordered(
        posts=posts,
        heads=None if (heads == 1).all() else heads,
        starts=starts,
        cells=cells.astype(np.intp),
        middles=_middles(heads, starts),
        n_employers=len(workforce.employers),
        n_grades=grades,
        edges=tuple(chunk_edges(starts[:-1].tolist(), len(posts))),
    )


def _grades(workforce: Workforce) -> CodeColumn:
    codes = workforce.grade_code
    return np.where(codes < 0, len(workforce.grades), codes) if len(codes) and codes.min() < 0 else codes


def _middles(heads: FloatColumn, starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """The first post of each stretch at which half of its heads are reached."""
    if not len(heads):
        return np.zeros(0, dtype=np.intp)
    reached = np.cumsum(heads)
    before = np.append(0.0, reached)[starts[:-1]]
    held = reached[starts[1:] - 1] - before
    places = np.searchsorted(reached, before + 0.5 * held * (1 - _TOLERANCE))
    return np.where(held > 0, np.clip(places, starts[:-1], starts[1:] - 1), -1)


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Staff in rows, and which posts each row stands for.

    rows: one row for all posts of a kind; it bears the employer of one of them. row_of_post: shape (n_posts,).
    row_of: the same in the order of ``ordered``. shared: whether a row may stand for several employers' posts.
    kept: figures of these rows that are the same for every offer.
    """

    rows: Workforce
    row_of_post: NDArray[np.integer]
    row_of: NDArray[np.integer]
    ordered: Ordered
    shared: bool
    kept: Kept = field(default_factory=Kept)

    def table(self, column: FloatColumn) -> FloatColumn:
        """The sum over heads of a figure a head, shape (n_rows,), by employer and grade (not recorded last).

        Returns shape (n_employers, n_grades + 1).
        """
        ordered = self.ordered
        sums = np.zeros(ordered.n_employers * ordered.n_grades)
        found = np.empty(len(ordered.cells))

        def add_up(part: slice) -> None:
            first, last = ordered.starts[part.start], ordered.starts[part.stop]
            values = column.take(self.row_of[first:last])
            if ordered.heads is not None:
                values *= ordered.heads[first:last]
            np.add.reduceat(values, ordered.starts[part] - first, out=found[part])

        edges = ordered.edges
        in_parts([slice(*one) for one in pairwise(edges)], len(self.row_of), add_up)
        sums[ordered.cells] = found
        return sums.reshape(ordered.n_employers, ordered.n_grades)

    def middle_pay(self, hourly: MicroColumn) -> MicroColumn | None:
        """The median of an hourly rate, shape (n_rows,), by employer and grade; -1 where nobody is.

        None where the rates have changed their order within a grade at an employer, so that it must be sorted
        anew.  Returns shape (n_employers, n_grades), without those whose grade is not recorded.
        """
        ordered = self.ordered
        rates = hourly.take(self.row_of)
        falls = rates[1:] < rates[:-1]
        falls[ordered.starts[1:-1] - 1] = False
        if falls.any():
            return None
        found = np.full(ordered.n_employers * ordered.n_grades, -1, dtype=np.int64)
        if len(rates):
            found[ordered.cells] = np.where(ordered.middles >= 0, rates[ordered.middles], -1)
        return found.reshape(ordered.n_employers, ordered.n_grades)[:, :-1]

    def weights_of(self, kinds: NDArray[np.integer], n_kinds: int, weights: FloatColumn) -> FloatColumn:
        """How much of each row is of each kind, shape (n_kinds, n_rows). kinds, weights: by post."""
        n = len(self.rows)
        keys = kinds.astype(np.int64) * n + self.row_of_post
        return (
            np.bincount(keys, weights=weights, minlength=n_kinds * n).astype(np.float64).reshape(n_kinds, n)
        )

    def standing_in(self, grade: int) -> Standing:
        """Everybody of a grade: for whoever asks what is paid there at each employer."""
        return self.kept.of(("standing", grade), lambda: self._standing_in(grade))

    def _standing_in(self, grade: int) -> Standing:
        ordered = self.ordered
        chosen = np.flatnonzero(ordered.cells % ordered.n_grades == grade)
        sizes = np.diff(ordered.starts)[chosen]
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
            ordered.starts[chosen] - (ends - sizes), sizes
        )
        groups = np.repeat(ordered.cells[chosen] // ordered.n_grades, sizes)
        heads = np.ones(len(places)) if ordered.heads is None else ordered.heads[places]
        held = heads > 0
        return Standing(self.row_of[places][held], groups[held].astype(np.int32), heads[held])

    def posts(self, column: NDArray[Any]) -> NDArray[Any]:
        """A column of the rows, post by post."""
        return column.take(self.row_of_post)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Staff by the group they are in, in the order of groups: the row of each, its group and its heads."""

    rows: NDArray[np.integer]
    groups: NDArray[np.integer]
    heads: FloatColumn


def as_posts(workforce: Workforce, weeks_y: float, kept: Kept) -> Gathered:
    """Every post a row of its own. kept: where to keep what follows from the staff alone."""
    ordered = ordered_of(workforce, weeks_y)
    every = kept.of("every post", lambda: np.arange(len(workforce)))
    return Gathered(workforce, every, ordered.posts, ordered, shared=False, kept=kept)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an offer looks at beside what every costing does.

    columns: of the workforce. regions, ownership, employers: what it asks of the employer. apart: the grades whose
    pay depends on what others are paid at the same employer.
    """

    columns: tuple[str, ...]
    regions: bool
    ownership: bool
    employers: frozenset[str]
    apart: tuple[str, ...]


def asked_of(sector: Sector, offer: Offer) -> Asked:
    """What the steps of an offer look at."""
    steps = offer.settlements
    scopes = [rule.scope for step in steps for rule in step.pay]
    columns = []
    if sector.scale is not None or any(map(_names_points, steps)):
        columns.append("point_code")
    if any(one.settings for one in scopes):
        columns.append("setting_code")
    if any(step.terms != Terms() for step in steps):
        columns += ["contract", "sleep_ins_y"]
    apart = {one.grade for step in steps for one in step.differentials if one.within is Within.EMPLOYER}
    return Asked(
        columns=tuple(columns),
        regions=any(one.regions for one in scopes) or any(step.weightings for step in steps),
        ownership=any(one.ownership for one in scopes),
        employers=frozenset(name for one in scopes for name in one.employers),
        apart=tuple(sorted(apart)),
    )


def _names_points(step: Settlement) -> bool:
    rules = any(rule.scope.points or (rule.taper is not None and rule.taper.from_point) for rule in step.pay)
    placed = step.delete_points or step.insert_points or step.spine is not None
    return rules or bool(placed) or step.applies_to is not AppliesTo.ACTUAL


def gathered_for(sector: Sector, offer: Offer, employers: dict[str, Employer], kept: Kept) -> Gathered:
    """The staff of a sector in as few rows as an offer can't tell apart. kept: of the staff, their records and scale."""
    force = sector.workforce
    asked = asked_of(sector, offer)
    own = any(one.employer for one in sector.assumptions)
    alone = any(one.claims_employment_allowance or one.pays_levy for one in employers.values())
    priced_in_terms = any(step.terms != Terms() for step in offer.settlements)
    if priced_in_terms and (own or alone):  # what an hour lost costs depends on the employer then
        return as_posts(force, sector.weeks_y, kept)
    ways: Kept = kept.of("ways of gathering", lambda: Kept(most=_WAYS_KEPT))
    found: Gathered | None = ways.of(asked, lambda: _gathered(sector, asked, employers, ways))
    return as_posts(force, sector.weeks_y, kept) if found is None else found


def _gathered(sector: Sector, asked: Asked, employers: dict[str, Employer], ways: Kept) -> Gathered | None:
    """None where hardly any two posts are alike."""
    force = sector.workforce
    alike = replace(asked, apart=())
    kind, n_kinds = ways.of(("kinds", alike), lambda: _kinds(force, alike, employers))
    if n_kinds > _WORTHWHILE * len(force):
        return None
    codes = [code for code, name in enumerate(force.grades) if name in asked.apart]
    if codes:
        apart = np.isin(force.grade_code, codes)
        employer = np.where(apart, force.employer_code + 1, 0)
        key = employer.astype(np.int64) * n_kinds + kind
        kind, n_kinds = _places(key, n_kinds * (len(force.employers) + 1))
        if n_kinds > _WORTHWHILE * len(force):
            return None
    ordered = ordered_of(force, sector.weeks_y)
    first = np.empty(n_kinds, dtype=np.intp)
    first[kind[::-1]] = np.arange(len(force) - 1, -1, -1)  # the first post of each kind
    columns = {name: getattr(force, name)[first] for name in COLUMNS}
    columns["heads"] = np.bincount(kind, weights=force.heads, minlength=n_kinds).astype(np.float64)
    return Gathered(
        rows=replace(force, **columns),
        row_of_post=kind,
        row_of=kind.take(ordered.posts),
        ordered=ordered,
        shared=True,
    )


def _kinds(force: Workforce, asked: Asked, employers: dict[str, Employer]) -> tuple[CodeColumn, int]:
    """The kind of each post and how many kinds there are, whoever employs it."""
    classes = _classes(force, asked, employers)
    pay = ranked(force.rate_micros)
    young: BoolColumn = (force.age >= 0) & (force.age < _UNDER_21)
    parts: list[tuple[NDArray[Any], int]] = [
        (classes[force.employer_code], int(classes.max(initial=0)) + 1),
        _codes(force.grade_code),
        _codes(force.basis),
        (pay.codes, max(len(pay.rates), 1)),
        (young, 2),
    ]
    names = ("hours_w", "full_hours_w", "weeks_y", "fte", "pension_ppm", *asked.columns)
    parts += [_codes(getattr(force, name)) for name in names]
    key, size = np.zeros(len(force), dtype=np.int64), 1
    for codes, count in parts:
        if count == 1:
            continue
        if size * count >= _LARGEST_KEY:
            places, size = _places(key, size)
            key = places.astype(np.int64)
        key = key * count + codes
        size *= count
    return _places(key, size)


def _classes(force: Workforce, asked: Asked, employers: dict[str, Employer]) -> NDArray[np.int64]:
    """Employers whom the offer and the costing of a post can't tell apart have one code, shape (n_employers,)."""
    found: dict[tuple[object, ...], int] = {}
    codes = []
    for name in force.employers:
        one = employers.get(name, Employer(name))
        told = (
            one.pension_ppm,
            one.pension_on_band,
            one.region if asked.regions else "",
            one.ownership if asked.ownership else "",
            name if name in asked.employers else "",
        )
        codes.append(found.setdefault(told, len(found)))
    return np.array(codes, dtype=np.int64)


def _codes(column: NDArray[np.generic]) -> tuple[NDArray[np.integer], int]:
    """The place of each value among those there are (or could be), and how many there are."""
    if not len(column) or (column == column[0]).all():
        return np.zeros(len(column), dtype=np.int64), 1
    if column.dtype.kind == "i":
        whole = column.astype(np.int64)
        low, high = int(whole.min()), int(whole.max())
        if high - low < _SMALL:
            return whole - low, high - low + 1
    few = np.unique(column[:: max(len(column) // _SAMPLE, 1)])
    places = np.minimum(np.searchsorted(few, column), len(few) - 1)
    if (few[places] == column).all():
        return places, len(few)
    distinct, every = np.unique(column, return_inverse=True)
    return every, len(distinct)


def _places(key: NDArray[np.int64], size: int) -> tuple[CodeColumn, int]:
    """The place of each key among those that occur, in their order, and how many do. size: above every key."""
    if size <= max(_DENSE * len(key), _SMALL):
        held = np.zeros(size, dtype=np.int32)
        held[key] = 1
        places = np.cumsum(held, dtype=np.int32) - 1
        return places.take(key), int(held.sum())
    order = np.argsort(key)
    ranked_keys = key[order]
    new = np.empty(len(key), dtype=np.int32)
    new[0] = 0
    new[1:] = ranked_keys[1:] != ranked_keys[:-1]
    place = np.cumsum(new, dtype=np.int32)
    result = np.empty(len(key), dtype=np.int32)
    result[order] = place
    return result, int(place[-1]) + 1
