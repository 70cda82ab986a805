"""What the staff page shows: counts over the workforce's columns, nothing that costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.sector import Sector
from models.workforce import Sex, Workforce


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """One employer's staff. Shares from 0 to 1; None where there are no staff."""

    name: str
    ownership: str
    region: str
    heads: float
    fte: float
    sex_missing: float | None
    unmapped: float


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One job title: the grade it stands on (empty: none yet), and how many staff hold it."""

    title: str
    grade: str
    heads: float


@dataclass(frozen=True, slots=True)
class StaffSummary:
    """The whole sector's staff."""

    heads: float
    fte: float
    posts: int
    sex_missing: float | None
    unmapped_titles: int
    unmapped_heads: float
    set_aside: int
    employers: tuple[EmployerRow, ...]
    titles: tuple[TitleRow, ...]


def summarise(sector: Sector) -> StaffSummary:
    """Count staff by employer and by job title."""
    work = sector.workforce
    heads = float(work.heads.sum())
    missing = float(work.heads[work.sex == Sex.UNKNOWN].sum())
    titles = _titles(work)
    unmapped = [row for row in titles if not row.grade]
    return StaffSummary(
        heads=heads,
        fte=float((work.heads * work.fte).sum()),
        posts=len(work),
        sex_missing=missing / heads if heads else None,
        unmapped_titles=len(unmapped),
        unmapped_heads=sum(row.heads for row in unmapped),
        set_aside=sum(record.set_aside for record in sector.imports),
        employers=_employers(sector),
        titles=titles,
    )


def _employers(sector: Sector) -> tuple[EmployerRow, ...]:
    work = sector.workforce
    count = len(work.employers)
    heads = _sums(work.employer_code, work.heads, count)
    fte = _sums(work.employer_code, work.heads * work.fte, count)
    no_sex = _sums(work.employer_code, np.where(work.sex == Sex.UNKNOWN, work.heads, 0.0), count)
    no_grade = _sums(work.employer_code, np.where(work.grade_code < 0, work.heads, 0.0), count)
    rows = []
    for at, name in enumerate(work.employers):
        record = sector.employer(name)
        share = float(no_sex[at] / heads[at]) if heads[at] else None
        rows.append(
            EmployerRow(
                name=name,
                ownership=record.ownership.value,
                region=record.region,
                heads=float(heads[at]),
                fte=float(fte[at]),
                sex_missing=share,
                unmapped=float(no_grade[at]),
            )
        )
    return tuple(rows)


def _titles(work: Workforce) -> tuple[TitleRow, ...]:
    """Each pair of title and grade that occurs: those without a grade first, then most staff first."""
    width = len(work.grades) + 1
    pairs = (work.title_code.astype(np.int64) + 1) * width + work.grade_code + 1
    found, inverse = np.unique(pairs, return_inverse=True)
    heads = np.bincount(inverse, weights=work.heads, minlength=len(found))
    rows = []
    for at in np.argsort(-heads, kind="stable"):
        title, grade = divmod(int(found[at]), width)
        if title == 0:
            continue  # no title recorded: nothing to place on the ladder
        name = work.grades[grade - 1] if grade else ""
        rows.append(TitleRow(work.titles[title - 1], name, float(heads[at])))
    return tuple(sorted(rows, key=lambda row: bool(row.grade)))


def _sums(code: NDArray[np.int32], weights: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The sum of weights for each code from 0; what is not recorded is left out."""
    known = code >= 0
    return np.bincount(code[known], weights=weights[known], minlength=count).astype(np.float64)
