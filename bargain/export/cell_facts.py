"""What a cell of like posts is: its employer and grade, its staff, their time, their category."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bargain.export.book import Column
from bargain.export.collapse import Cells
from bargain.export.rates import Basics
from models.units import FloatColumn
from models.working import Working

_RELIEF = "NI category (1 under 21, 2 apprentice under 25, 3 veteran, 0 none of these)"


def facts_of(
    working: Working, cells: Cells, basics: Basics, relief: NDArray[np.integer]
) -> tuple[Column, ...]:
    """The first columns of the Cells sheet: facts, and the one formula that looks up the employer's pension base."""
    force = working.workforce
    grades = [*force.grades, "not mapped to a grade"]
    employer, grade = cells.of(force.employer_code), cells.of(force.grade_code)
    grade = np.where(grade < 0, len(force.grades), grade)
    band = np.array([float(one.pension_on_band) for one in working.employers])

    def number(key: str, heading: str, values: FloatColumn, total: float | None = None) -> Column:
        return Column(key, heading, "number", values, total=total)

    return (
        Column("employer_no", "Employer no.", "whole", employer + 1),
        Column("employer", "Employer", "", [force.employers[code] for code in employer]),
        Column("grade_no", "Grade no.", "whole", grade + 1),
        Column("grade", "Grade", "", [grades[code] for code in grade]),
        Column("basis", "Paid by", "", ["year" if one else "hour" for one in basics.is_year]),
        Column("relief", _RELIEF, "whole", relief.astype(float)),
        number("heads", "Staff", cells.heads, float(cells.heads.sum())),
        number("hours", "Hours a week", basics.hours_w),
        number("full_hours", "Full-time hours a week", basics.full_hours_w),
        number("weeks", "Weeks a year", basics.weeks),
        number("fte", "Share of a full-time year", cells.of(force.fte)),
        Column(
            "band",
            "Pension on the band (1) or on all pay (0)",
            "whole",
            band[employer],
            ("INDEX({employers.band},{employer_no})",),
        ),
    )
