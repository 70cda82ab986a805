"""Placing job titles on the sector's ladder after import: staff move at once, and later imports follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from bargain.intake.categories import plain_title, suggest_grades
from bargain.intake.payroll import facts_of
from models.issues import UnusableInput
from models.sector import Sector, TitleGrade
from models.workforce import NONE_CODE


def place_titles(sector: Sector, titles: Iterable[str], grade: str, *, standing: str = "") -> Sector:
    """The sector with the staff of these titles on ``grade``, which is remembered for later imports.

    Only staff who stand on ``standing`` move; blank means those without a grade. Titles are compared as imports
    compare them: without regard to case and punctuation. Raises UnusableInput for a grade that is not on the ladder.
    """
    if grade not in sector.grades:
        raise UnusableInput(
            f"“{grade}” is not a grade of this sector. Its grades are: {', '.join(sector.grades) or 'none yet'}."
        )
    asked = tuple(dict.fromkeys(titles))
    wanted = {plain_title(title) for title in asked}
    force = sector.workforce
    codes = [code for code, title in enumerate(force.titles) if plain_title(title) in wanted]
    from_code = force.grades.index(standing) if standing in force.grades else NONE_CODE
    grades = force.grades if grade in force.grades else (*force.grades, grade)
    moved = np.isin(force.title_code, codes) & (force.grade_code == from_code)
    grade_code = np.where(moved, np.int32(grades.index(grade)), force.grade_code).astype(np.int32)
    others = tuple(one for one in sector.title_grades if plain_title(one.title) not in wanted)
    return replace(
        sector,
        workforce=replace(force, grades=grades, grade_code=grade_code),
        title_grades=(*others, *(TitleGrade(title, grade) for title in asked)),
    )


def likely_grade(sector: Sector, title: str) -> str:
    """The grade whose name or known titles are most like this title; blank where none is."""
    found = suggest_grades(title, facts_of(sector), most=1)
    return found[0][0] if found else ""
