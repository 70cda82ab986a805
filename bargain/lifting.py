"""Those whom a differential lifts, in rows of their own: at one employer they all come to stand on one rate.

What they were paid before is forgotten there, so that a few rows an employer take the place of a row for each rate.
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
class _Alike:
    """The members of a grade by what they are but for pay, at their employer.

    kind: of each member. origin: a row of the base for each kind. employer: of each kind.
    """

    kind: NDArray[np.intp]
    origin: NDArray[np.intp]
    employer: CodeColumn


@dataclass(frozen=True, slots=True, eq=False)
class Lifted:
    """Rows after some of them were lifted: amounts as in ``Rates``, and the rates before them, in the same rows."""

    gathered: Gathered
    force: Workforce
    amounts: MicroColumn


def lifted_out(
    gathered: Gathered, force: Workforce, *, grade: int, amounts: MicroColumn, wanted: MicroColumn
) -> Lifted:
    """Everyone of a grade at what is wanted at their employer, or at more.

    force: the staff as the step found it, in the rows of ``gathered``. amounts: hourly,
    shape (n_rows,); wanted: the same, shape (n_employers,), below nought where there is nothing to stand on.
    """
    base = gathered if gathered.base is None else gathered.base
    n_base, n = len(base.rows), len(force)
    own = np.flatnonzero(force.grade_code[n_base:] == grade) + n_base
    raised = amounts.copy()
    raised[own] = np.maximum(raised[own], wanted.take(force.employer_code[own]))
    members = gathered.members_of(grade)
    rows = gathered.row_of.take(members.places)
    moved = (amounts.take(rows) < wanted.take(members.groups)) & (rows < n_base)
    if not moved.any():
        return Lifted(gathered, force, raised)
    alike = base.kept.of(("alike", grade), lambda: _alike(base, members))
    to = np.where(moved, alike.kind + n, rows)
    grown = _grown(gathered, force, members, alike, to=to, grade=grade)
    least = wanted.take(alike.employer)
    new = np.where(least >= 0, least, amounts.take(alike.origin))
    return Lifted(grown, grown.rows, np.concatenate([raised, new]))


def _grown(
    gathered: Gathered,
    force: Workforce,
    members: Members,
    alike: _Alike,
    *,
    to: NDArray[np.integer],
    grade: int,
) -> Gathered:
    """The same posts with the members of a grade in the rows that they have now."""
    base = gathered if gathered.base is None else gathered.base
    n = len(force)
    size = n + len(alike.origin)
    row_of = gathered.row_of.copy()
    row_of[members.places] = to
    changed = np.append(force.grade_code == grade, np.ones(size - n, dtype=bool))
    counts = np.bincount(to, weights=members.heads, minlength=size)
    differing = base.kept.of("differing columns", lambda: _differing(base))
    columns: dict[str, Any] = {}
    for name in COLUMNS:
        column = getattr(force, name)
        if name in differing:
            columns[name] = np.concatenate([column, column.take(alike.origin)])
        else:
            columns[name] = np.broadcast_to(column[:1], (size,))
    columns["heads"] = np.where(changed, counts, np.append(force.heads, np.zeros(size - n)))
    columns["rate_micros"] = np.append(force.rate_micros, np.zeros(size - n, dtype=np.int64))
    columns["employer_code"] = np.append(force.employer_code, alike.employer)
    return Gathered(
        rows=replace(force, **columns),
        row_of=row_of,
        ordered=gathered.ordered,
        shared=True,
        lifts=True,
        base=base,
        touched=gathered.touched | {grade},
        taken=np.append(gathered.taken, alike.origin),
    )


def _differing(base: Gathered) -> frozenset[str]:
    """The columns in which rows may differ and that are asked for: what is the same for all takes no copying."""
    held = {name: getattr(base.rows, name) for name in _ASKED}
    return frozenset(name for name, column in held.items() if (column != column[:1]).any())


def _alike(base: Gathered, members: Members) -> _Alike:
    """Worked out once for a grade of the staff."""
    row_of = base.row_of.take(members.places)
    size = int(base.alike.max(initial=0)) + 1
    key = members.groups.astype(np.int64) * size + base.alike.take(row_of)
    kind, n_kinds = places_of(key, len(base.rows.employers) * size)
    origin = np.zeros(n_kinds, dtype=np.intp)
    origin[kind] = row_of
    employer = np.zeros(n_kinds, dtype=np.int32)
    employer[kind] = members.groups
    return _Alike(kind.astype(np.intp), origin, employer)
