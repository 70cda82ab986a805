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
from bargain.side_by_side import Begun, beside, chunk_edges
from models.units import BoolColumn, CodeColumn, FloatColumn, MicroColumn
from models.workforce import Sex, Workforce

_TOLERANCE = 1e-9
_MOST_FIGURES = 256  # kept of rows, which are few: one offer alone asks for some forty


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """The posts by employer, grade (not recorded last) and pay; a stretch is all of one grade at one employer.

    posts: rows of the workforce in that order, with the sex of each. heads: of each, None where each is one. starts: where each stretch
    begins, and the end; shape (n_stretches + 1,). cells: employer × (n_grades + 1) + grade of each stretch; places: its
    place in a table that is kept grade by grade.
    middles: where half of the heads of a stretch are reached, -1 where it has none.
    """

    posts: NDArray[np.intp]
    heads: FloatColumn | None
    sex: NDArray[np.int8]
    starts: NDArray[np.intp]
    cells: NDArray[np.intp]
    middles: NDArray[np.intp]
    n_employers: int
    n_grades: int
    edges: tuple[int, ...]
    places: NDArray[np.intp]

    def spread(self, values: NDArray[Any], *, empty: int) -> NDArray[Any]:
        """A value of each stretch as a table by employer and grade, grade by grade in memory: what sums it is quicker so.

        empty: where nobody is.  Returns shape (n_employers, n_grades).
        """
        table = np.full(self.n_grades * self.n_employers, empty, dtype=values.dtype)
        table[self.places] = values
        return table.reshape(self.n_grades, self.n_employers).T


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
        sex=workforce.sex[posts],
        starts=starts,
        cells=cells.astype(np.intp),
        middles=_middles(heads, starts),
        n_employers=len(workforce.employers),
        n_grades=grades,
        edges=tuple(chunk_edges(starts[:-1].tolist(), len(posts))),
        places=(cells % grades * len(workforce.employers) + cells // grades).astype(np.intp),
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

    rows: one row for all posts of a kind; it bears the employer of one of them. row_of: of each post, in the order
    of ``ordered``. shared: whether a row may stand for several employers' posts. kept: figures of these rows that are the same for
    every offer.
    lifts: whether nobody's pay falls, and those whom a differential lifts may become rows of their own
    (``bargain.lifting``). alike: a code
    for all that makes rows differ but pay, shape (n_rows,), of rows that no other was taken from. base: the rows
    from which such rows were taken, None where there are none; they follow the rows of the base, and ``taken`` says
    of which of them each is a copy in all but pay, heads and employer, ``touched`` in which grades that was.
    """

    rows: Workforce
    row_of: NDArray[np.intp]
    ordered: Ordered
    shared: bool
    kept: Kept = field(default_factory=lambda: Kept(most=_MOST_FIGURES))
    lifts: bool = False
    alike: NDArray[np.integer] = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    base: Gathered | None = None
    touched: frozenset[int] = frozenset()
    taken: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, dtype=np.intp))

    @property
    def n_posts(self) -> int:
        """How many posts the rows stand for."""
        return len(self.row_of)

    def like_base(self, column: NDArray[Any]) -> NDArray[Any]:
        """A column of the base's rows, of these rows: those that were taken have what their origin has."""
        return np.concatenate([column, column.take(self.taken)])

    def table(self, column: FloatColumn) -> FloatColumn:
        """The sum over heads of a figure a head, shape (n_rows,), by employer and grade (not recorded last).

        Returns shape (n_employers, n_grades + 1).
        """
        return np.asarray(self._table(column), dtype=np.float64)

    def begin_table(self, column: FloatColumn) -> Begun[FloatColumn]:
        """The same, begun beside what follows; the column must stay as it is until then."""
        return beside(lambda: self.table(column), self.n_posts)

    def two_tables(self, first: FloatColumn, second: FloatColumn) -> tuple[FloatColumn, FloatColumn]:
        """The same of two figures in one go: as a complex number they are looked up and added together."""
        pairs = np.empty(len(first), dtype=np.complex128)
        pairs.real, pairs.imag = first, second
        found = self._table(pairs)
        return found.real.copy(order="K"), found.imag.copy(order="K")

    def begin_two_tables(
        self, first: FloatColumn, second: FloatColumn
    ) -> Begun[tuple[FloatColumn, FloatColumn]]:
        """Two figures in one go, begun beside what follows."""
        return beside(lambda: self.two_tables(first, second), self.n_posts)

    def _table(self, column: NDArray[Any]) -> NDArray[Any]:
        ordered = self.ordered
        found = np.empty(len(ordered.cells), dtype=column.dtype)
        for one, other in pairwise(ordered.edges):
            first, last = ordered.starts[one], ordered.starts[other]
            values = column.take(self.row_of[first:last])
            if ordered.heads is not None:
                values *= ordered.heads[first:last]
            # without out=, with which numpy lets no other thread run
            found[one:other] = np.add.reduceat(values, ordered.starts[one:other] - first)
        return ordered.spread(found, empty=0)

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
        middles = np.where(ordered.middles >= 0, rates.take(ordered.middles), -1) if len(rates) else rates
        return ordered.spread(middles, empty=-1)[:, :-1]

    def standing_in(self, grade: int) -> Standing:
        """Everybody of a grade: for whoever asks what is paid there at each employer."""
        if self.base is not None and grade not in self.touched:
            return self.base.standing_in(grade)
        if self.base is None:
            return self.kept.of(("standing", grade), lambda: self._standing_in(grade))
        return self._standing_in(grade)

    def _standing_in(self, grade: int) -> Standing:
        held = self.members_of((grade,))
        rows, groups, heads, staffed = self.row_of.take(held.places), held.groups, held.heads, held.heads > 0
        if not staffed.all():
            rows, groups, heads = rows[staffed], groups[staffed], heads[staffed]
        found = standing(rows, groups, heads)
        if self.lifts and self.base is None:  # hourly pay, whose order is that of the posts
            return replace(found, ladder=_ladder(rows, self.rows.rate_micros))
        return found

    def members_of(self, grades: tuple[int, ...]) -> Members:
        """Everybody of some grades: the same whatever rows they are in."""
        base = self if self.base is None else self.base
        return base.kept.of(("members", grades), lambda: _members(self.ordered, grades))

    def count_by_sex(self, codes: NDArray[np.integer], size: int, a_head: FloatColumn | None) -> FloatColumn:
        """How much of each sex there is of each code of the rows, shape (n_sexes, size).

        codes: below ``size``, shape (n_rows,). a_head: what a head of each row counts, None for one.
        """
        counted = self.by_sex
        if a_head is not None:
            counted = counted * a_head
        found = np.stack([np.bincount(codes, weights=one, minlength=size) for one in counted])
        return found.astype(np.float64)

    @property
    def by_sex(self) -> FloatColumn:
        """The heads of each sex in each row, shape (n_sexes, n_rows)."""
        return self.kept.of("by sex", self._by_sex)

    def by_sex_but_of(self, grades: tuple[int, ...]) -> FloatColumn:
        """The same with nobody of some grades."""

        def find() -> FloatColumn:
            others = np.ones(len(self.rows.grades) + 1)  # the last: not recorded
            others[list(grades)] = 0
            return np.asarray(self.by_sex * others.take(self.rows.grade_code))

        return self.kept.of(("by sex but of", grades), find)

    def _by_sex(self) -> FloatColumn:
        n = len(self.rows)
        keys = (self.ordered.sex.astype(np.intp) + 1) * n + self.row_of
        counts = np.bincount(keys, weights=self.ordered.heads, minlength=len(Sex) * n)
        return counts.astype(np.float64).reshape(len(Sex), n)

    def posts(self, column: NDArray[Any]) -> NDArray[Any]:
        """A column of the rows, post by post."""
        values = column.take(self.row_of)
        found = np.empty_like(values)
        found[self.ordered.posts] = values
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Who is of some grades, grade by grade, in the order of employers.

    places: among the ordered posts. groups: place of the grade × number of employers + employer. heads: of each.
    sex: of each, from nought up.
    """

    places: NDArray[np.intp]
    groups: NDArray[np.intp]
    heads: FloatColumn
    sex: NDArray[np.intp]


def _members(ordered: Ordered, grades: tuple[int, ...]) -> Members:
    chosen = np.concatenate([np.flatnonzero(ordered.cells % ordered.n_grades == one) for one in grades])
    place_of = np.full(ordered.n_grades, -1, dtype=np.intp)
    place_of[list(grades)] = np.arange(len(grades))
    cells = ordered.cells[chosen]
    sizes = np.diff(ordered.starts)[chosen]
    ends = np.cumsum(sizes)
    within = np.arange(ends[-1] if len(ends) else 0)
    places = within + np.repeat(ordered.starts[chosen] - (ends - sizes), sizes)
    groups = place_of[cells % ordered.n_grades] * ordered.n_employers + cells // ordered.n_grades
    return Members(
        places=places,
        groups=np.repeat(groups, sizes).astype(np.intp),
        heads=np.ones(len(places)) if ordered.heads is None else ordered.heads[places],
        sex=ordered.sex[places].astype(np.intp) + 1,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """Rows from the lowest paid up. level: where the next one is paid the same, shape (n_rows - 1,)."""

    rows: NDArray[np.intp]
    level: BoolColumn


def _ladder(rows: NDArray[np.integer], pay: MicroColumn) -> Ladder:
    found = np.unique(rows)
    found = found[np.argsort(pay.take(found), kind="stable")]
    return Ladder(found, np.diff(pay.take(found)) == 0)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Staff by the group they are in, in the order of groups: the row of each, its group and its heads.

    starts: where each group that has anybody begins. ladder: their rows, where staff lie in its order within each
    group.
    """

    rows: NDArray[np.integer]
    groups: NDArray[np.integer]
    heads: FloatColumn
    starts: NDArray[np.intp]
    ladder: Ladder | None = None

    def best(self, rates: NDArray[Any], pick: np.ufunc) -> NDArray[Any]:
        """The highest or the lowest rate of each group. rates: shape (n_rows,); pick: ``np.maximum`` or ``np.minimum``."""
        if self.ladder is not None and self._keeps_order(rates, self.ladder):
            ends = np.append(self.starts[1:], len(self.rows)) - 1
            return np.asarray(rates.take(self.rows.take(ends if pick is np.maximum else self.starts)))
        return np.asarray(pick.reduceat(rates.take(self.rows), self.starts))

    @staticmethod
    def _keeps_order(rates: NDArray[Any], ladder: Ladder) -> bool:
        """Whether whoever is paid more is not paid less at these rates, and who is paid the same is still."""
        rises = np.diff(rates.take(ladder.rows))
        return not ((rises < 0) | (ladder.level & (rises != 0))).any()


def standing(rows: NDArray[np.integer], groups: NDArray[np.integer], heads: FloatColumn) -> Standing:
    """Staff in the order of their groups already."""
    begins = np.ones(len(groups), dtype=bool)
    np.not_equal(groups[1:], groups[:-1], out=begins[1:])
    return Standing(rows, groups, heads, np.flatnonzero(begins))


def as_posts(workforce: Workforce, weeks_y: float, kept: Kept) -> Gathered:
    """Every post a row of its own. kept: where to keep what follows from the staff alone."""
    ordered = ordered_of(workforce, weeks_y)
    return Gathered(workforce, ordered.posts, ordered, shared=False, kept=kept)
