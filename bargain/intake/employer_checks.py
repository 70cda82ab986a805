"""Findings by employer: counts and row numbers alone, so that they can be kept and asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.intake.coded import Coded
from bargain.intake.reading import Problem
from models.quality import CheckCount

ROWS_KEPT = 100  # of each check and employer; the count says how many there are


def employer_checks(
    problems: Sequence[Problem], rows: NDArray[np.int32], employers: Coded[str]
) -> tuple[CheckCount, ...]:
    """What each check found in each employer's rows.

    rows: the rows of staff, from 1, in order, with their employers beside them. A row that is not of staff belongs
    to the employer above it, before the first to the first.
    """
    if not problems or not len(rows):
        return ()
    at = np.searchsorted(rows, [one.row for one in problems], side="right") - 1
    found: dict[tuple[str, str], list[Problem]] = {}
    for place, problem in zip(np.maximum(at, 0).tolist(), problems, strict=True):
        found.setdefault((employers[place], problem.code), []).append(problem)
    return tuple(_counted(name, code, ones) for (name, code), ones in found.items())


def _counted(employer: str, code: str, problems: Sequence[Problem]) -> CheckCount:
    places = sorted({one.row for one in problems})
    headings = Counter(one.column for one in problems)
    return CheckCount(
        employer=employer,
        code=code,
        count=len(problems),
        set_aside=sum(one.set_aside for one in problems),
        column=headings.most_common(1)[0][0],
        rows=tuple(places[:ROWS_KEPT]),
    )
