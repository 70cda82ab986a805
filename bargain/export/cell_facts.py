"""The first columns of the Cells sheet: what a cell of like posts is."""

from __future__ import annotations

import numpy as np

from bargain.export.book import Column, Table
from bargain.export.collapse import Cells
from bargain.export.rates import Basics
from models.units import FloatColumn
from models.workforce import YesNo
from models.working import Working

_RELIEF = "NI category (1 under 21, 2 apprentice under 25, 3 veteran, 0 none of these)"


def add_facts(table: Table, working: Working, cells: Cells, basics: Basics, relief: FloatColumn) -> None:
    """Employer, grade, hours and what decides on-costs, from left to right."""
    force = working.workforce
    grades = [*force.grades, "not mapped to a grade"]
    employer, grade = cells.of(force.employer_code), cells.of(force.grade_code)
    grade = np.where(grade < 0, len(force.grades), grade)
    own_band = cells.of(force.pension_on_band)
    usual = np.array([float(one.pension_on_band) for one in working.employers])[employer]
    band = np.where(own_band == YesNo.UNKNOWN, usual, own_band)
    paid_by = ["year" if one else "hour" for one in basics.is_year]
    of_band = ("INDEX({employers.band},{employer_no})",)
    for column in (
        Column("employer_no", "Employer no.", "whole", employer + 1),
        Column("employer", "Employer", "", [force.employers[code] for code in employer]),
        Column("grade_no", "Grade no.", "whole", grade + 1),
        Column("grade", "Grade", "", [grades[code] for code in grade]),
        Column("basis", "Paid by", "", paid_by),
        Column("relief", _RELIEF, "whole", relief),
        Column("heads", "Staff", "number", cells.heads, total=float(cells.heads.sum())),
        Column("hours", "Hours a week", "number", basics.hours_w),
        Column("full_hours", "Full-time hours a week", "number", basics.full_hours_w),
        Column("weeks", "Weeks a year", "number", basics.weeks),
        Column("fte", "Share of a full-time year", "number", cells.of(force.fte)),
        Column(
            "band",
            "Pension on the band (1) or on all pay (0)",
            "whole",
            band,
            of_band,
            which=np.where(own_band == YesNo.UNKNOWN, 0, -1),
        ),
    ):
        table.add(column)
    if working.counts_all is not None:
        heading = "Its scheme on basic pay counts pay beside it (1 yes, 0 no, -1 as the law or the scheme)"
        table.add(Column("counts_all", heading, "whole", cells.of(working.counts_all)))
