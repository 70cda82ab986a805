"""Those whom a differential lifts, in rows of their own: at one employer they all come to stand on one rate.

What they were paid before is forgotten there, so that a row for each such rate, whichever employers pay it, takes the
place of a row for each rate before.
That is right only for hourly pay in whole pence that no step lowers (``bargain.gathering`` sees to it): a rate that is
lifted above such pay is new pay, whatever it was before, and rounding brings it below nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.distinct import places_of
from bargain.gathered import Gathered, Members
from bargain.side_by_side import beside
from models.units import BoolColumn, CodeColumn, FloatColumn, MicroColumn
from models.workforce import COLUMNS, Sex, Workforce

_ASKED = frozenset(COLUMNS) - {
    "rate_micros",
    "heads",
    "employer_code",
    "title_code",
    "sex",
    "start_month",
    "import_code",
    "row",
}  # what rows that are taken have from their origin; whoever wants the rest must ask the posts


@dataclass(frozen=True, slots=True, eq=False)
class Lifted:
    """Rows after some of them were lifted: amounts as in ``Rates``, and the rates before them, in the same rows."""

    gathered: Gathered
    force: Workforce
    amounts: MicroColumn


@dataclass(frozen=True, slots=True, eq=False)
class _Taken:
    """Rows that are taken from others: the row of the base that each is a copy of, its pay, and one of its employers."""

    origin: NDArray[np.intp]
    amounts: MicroColumn
    employer: CodeColumn


def lifted_out(
    gathered: Gathered, force: Workforce, *, amounts: MicroColumn, wanted: Mapping[int, MicroColumn]
) -> Lifted:
    """Everyone of some grades at what is wanted of the grade at their employer, or at more.

    force: the staff as the step found it, in the rows of ``gathered``. amounts: hourly, shape (n_rows,); wanted: the
    same of each grade, shape (n_employers,), below nought where there is nothing to stand on.
    """
    grades = tuple(sorted(wanted))
    members = gathered.members_of(grades)
    base = gathered if gathered.base is None else gathered.base
    first = base.kept.of(("rows of", grades), lambda: base.row_of.take(members.places))
    rows = first if gathered is base else gathered.row_of.take(members.places)
    least = np.concatenate([wanted[one] for one in grades])
    moves = amounts.take(rows) < least.take(members.groups)
    if not moves.any():
        return Lifted(gathered, force, amounts)
    alike = base.kept.of(("alike", grades), lambda: base.alike.take(first))
    kind, taken = _taken(gathered, members, moves, rows=rows, alike=alike, wanted=least)
    to = np.where(moves, kind + len(force), rows)
    grown = _grown(gathered, force, members, taken, to=to, grades=grades)
    return Lifted(grown, grown.rows, np.concatenate([amounts, taken.amounts]))


def _taken(
    gathered: Gathered,
    members: Members,
    moves: BoolColumn,
    *,
    rows: NDArray[np.integer],
    alike: NDArray[np.integer],
    wanted: MicroColumn,
) -> tuple[CodeColumn, _Taken]:
    """The new row of each member that moves, from nought up (of others: any number), and what these rows are.

    rows: of each member. alike: all that makes two members differ beside pay, whatever rows they have come to; with
    the rate that they come to stand on, that is all. wanted: of each group.
    """
    base = gathered if gathered.base is None else gathered.base
    rates, rate_of = np.unique(wanted, return_inverse=True)
    size = int(base.alike.max(initial=0)) + 1
    stays = len(rates) * size
    key = (rate_of * size).take(members.groups)
    key += alike
    np.copyto(key, stays, where=~moves)
    kind, some = places_of(key, stays + 1)  # it does not matter which: they are alike
    if key[some[-1]] == stays:
        some = some[:-1]
    group, row = members.groups.take(some), rows.take(some)
    inside = row < len(base.rows)
    origin = row if inside.all() else gathered.like_base(np.arange(len(base.rows))).take(row)
    employer = group % gathered.ordered.n_employers
    return kind, _Taken(np.asarray(origin, dtype=np.intp), wanted.take(group), employer.astype(np.int32))


def _moved(row_of: NDArray[np.intp], places: NDArray[np.intp], to: NDArray[np.integer]) -> NDArray[np.intp]:
    """The row of each post, with some posts in other rows."""
    moved = row_of.copy()
    moved[places] = to
    return moved


def _grown(
    gathered: Gathered,
    force: Workforce,
    members: Members,
    taken: _Taken,
    *,
    to: NDArray[np.integer],
    grades: tuple[int, ...],
) -> Gathered:
    """The same posts with the members of some grades in the rows that they have now."""
    base = gathered if gathered.base is None else gathered.base
    n, more = len(force), len(taken.origin)
    size = n + more
    row_of = beside(lambda: _moved(gathered.row_of, members.places, to), gathered.n_posts)
    counts = np.bincount(members.sex * size + to, weights=members.heads, minlength=len(Sex) * size)
    by_sex: FloatColumn = counts.astype(np.float64).reshape(len(Sex), size)
    by_sex[:, :n] += gathered.by_sex_but_of(grades)
    differing = base.kept.of("differing columns", lambda: _differing(base))
    columns: dict[str, Any] = {}
    for name in COLUMNS:
        column = getattr(force, name)
        if name in differing:
            columns[name] = np.concatenate([column, column.take(taken.origin)])
        else:
            columns[name] = _same_for_all(column, size)
    columns["heads"] = by_sex.sum(axis=0)
    columns["rate_micros"] = np.concatenate([force.rate_micros, np.zeros(more, dtype=np.int64)])
    columns["employer_code"] = np.concatenate([force.employer_code, taken.employer])
    grown = Gathered(
        rows=replace(force, **columns),
        row_of=row_of.result(),
        ordered=gathered.ordered,
        shared=True,
        lifts=True,
        base=base,
        touched=gathered.touched | set(grades),
        taken=np.concatenate([gathered.taken, taken.origin]),
    )
    grown.kept.of("by sex", lambda: by_sex)
    return grown


def _same_for_all(column: NDArray[Any], size: int) -> NDArray[Any]:
    """The first value of a column for so many rows, held once (as ``np.broadcast_to``, in a fifth of its time)."""
    same: NDArray[Any] = np.ndarray((size,), column.dtype, buffer=column[:1].copy(), strides=(0,))
    same.flags.writeable = False
    return same


def _differing(base: Gathered) -> frozenset[str]:
    """The columns in which rows may differ and that are asked for: what is the same for all takes no copying."""
    held = {name: getattr(base.rows, name) for name in _ASKED}
    return frozenset(name for name, column in held.items() if (column != column[:1]).any())
