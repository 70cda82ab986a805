"""Those whom a differential lifts, in rows of their own: at one employer they all come to stand on one rate.

What they were paid before is forgotten there, so that a row for each such rate, whichever employers pay it, takes the
place of a row for each rate before.
That is right only for hourly pay in whole pence that no step lowers (``bargain.gathering`` sees to it): a rate that is
lifted above such pay is new pay, whatever it was before, and rounding brings it below nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.distinct import places_of
from bargain.gathered import Gathered, Members
from models.units import CodeColumn, MicroColumn
from models.workforce import COLUMNS, Workforce

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
    gathered: Gathered, force: Workforce, *, grade: int, amounts: MicroColumn, wanted: MicroColumn
) -> Lifted:
    """Everyone of a grade at what is wanted at their employer, or at more.

    force: the staff as the step found it, in the rows of ``gathered``. amounts: hourly,
    shape (n_rows,); wanted: the same, shape (n_employers,), below nought where there is nothing to stand on.
    """
    members = gathered.members_of(grade)
    rows = gathered.row_of.take(members.places)
    least = wanted.take(members.groups)
    moved = np.flatnonzero(amounts.take(rows) < least)
    if not len(moved):
        return Lifted(gathered, force, amounts)
    everyone = len(moved) == len(rows)
    from_row, group = (rows, members.groups) if everyone else (rows.take(moved), members.groups.take(moved))
    base = gathered if gathered.base is None else gathered.base
    alike = base.kept.of(("alike", grade), lambda: base.alike.take(base.row_of.take(members.places)))
    if not everyone:
        alike = alike.take(moved)
    kind, taken = _taken(gathered, rows=from_row, groups=group, alike=alike, wanted=wanted)
    to = kind + len(force)
    if not everyone:
        rows[moved] = to
        to = rows
    grown = _grown(gathered, force, members, taken, to=to, grade=grade)
    return Lifted(grown, grown.rows, np.concatenate([amounts, taken.amounts]))


def _taken(
    gathered: Gathered,
    *,
    rows: NDArray[np.integer],
    groups: NDArray[np.integer],
    alike: NDArray[np.integer],
    wanted: MicroColumn,
) -> tuple[NDArray[np.intp], _Taken]:
    """The new row of each of some posts, and what these rows are.

    rows, groups: the row and employer of each post. alike: all that makes two posts differ beside pay, whatever rows
    they have come to; with the rate that they come to stand on, that is all.
    """
    base = gathered if gathered.base is None else gathered.base
    rates, rate_of = np.unique(wanted, return_inverse=True)
    size = int(base.alike.max(initial=0)) + 1
    key = rate_of.take(groups) * size + alike
    kind, n_kinds = places_of(key, len(rates) * size)
    one = np.empty(n_kinds, dtype=np.intp)  # some post of each kind: they are alike
    one[kind] = np.arange(len(kind))
    employer = groups.take(one)
    origin = gathered.like_base(np.arange(len(base.rows))).take(rows.take(one))
    return kind.astype(np.intp), _Taken(origin, wanted.take(employer), employer.astype(np.int32))


def _grown(
    gathered: Gathered,
    force: Workforce,
    members: Members,
    taken: _Taken,
    *,
    to: NDArray[np.integer],
    grade: int,
) -> Gathered:
    """The same posts with the members of a grade in the rows that they have now."""
    base = gathered if gathered.base is None else gathered.base
    n, more = len(force), len(taken.origin)
    size = n + more
    row_of = gathered.row_of.copy()
    row_of[members.places] = to
    counts = np.bincount(to, weights=members.heads, minlength=size)
    counts[:n] = np.where(force.grade_code == grade, counts[:n], force.heads)
    differing = base.kept.of("differing columns", lambda: _differing(base))
    columns: dict[str, Any] = {}
    for name in COLUMNS:
        column = getattr(force, name)
        if name in differing:
            columns[name] = np.concatenate([column, column.take(taken.origin)])
        else:
            columns[name] = _same_for_all(column, size)
    columns["heads"] = counts
    columns["rate_micros"] = np.concatenate([force.rate_micros, np.zeros(more, dtype=np.int64)])
    columns["employer_code"] = np.concatenate([force.employer_code, taken.employer])
    return Gathered(
        rows=replace(force, **columns),
        row_of=row_of,
        ordered=gathered.ordered,
        shared=True,
        lifts=True,
        base=base,
        touched=gathered.touched | {grade},
        taken=np.concatenate([gathered.taken, taken.origin]),
    )


def _same_for_all(column: NDArray[Any], size: int) -> NDArray[Any]:
    """The first value of a column for so many rows, held once (as ``np.broadcast_to``, in a fifth of its time)."""
    same: NDArray[Any] = np.ndarray((size,), column.dtype, buffer=column[:1].copy(), strides=(0,))
    same.flags.writeable = False
    return same


def _differing(base: Gathered) -> frozenset[str]:
    """The columns in which rows may differ and that are asked for: what is the same for all takes no copying."""
    held = {name: getattr(base.rows, name) for name in _ASKED}
    return frozenset(name for name, column in held.items() if (column != column[:1]).any())
