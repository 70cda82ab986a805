"""Doubts about persons, where NI numbers were allowed to serve once; and cells that show an error as text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bargain.intake.checked import Check, Checked, hits
from bargain.intake.ni_once import Place, is_temporary
from bargain.intake.reading import Problem
from bargain.intake.tables import clean_text
from bargain.intake.values import shows_error


def one_person_two_jobs(checked: Checked) -> Iterator[Problem]:
    """One NI number in two rows, here or in another file of the same import. The number itself is never shown."""
    cells = checked.staff.ni_numbers
    if cells is None or checked.persons is None:
        return
    digests = checked.persons.digests(cells)
    file, sheet = checked.where
    for at in hits(digests.mask(bool)):
        row = int(checked.staff.rows[at])
        place = Place(file, sheet, row, checked.posts.employer[at])
        first = checked.persons.first_seen(digests[at], place)
        if first is not None and row not in checked.staff.same_as:
            where = f"row {first.row}"
            if (first.file, first.sheet) != checked.where:
                where += f" of {first.file}" + (f", sheet {first.sheet}" if first.file == file else "")
            whose = "" if first.employer == place.employer else f" ({first.employer})"
            yield checked.problem(
                "one_person_two_jobs",
                at,
                "",
                None,
                f"the same person as in {where}{whose}: two jobs, or one twice",
            )


def temporary_ni_number(checked: Checked) -> Iterator[Problem]:
    """Temporary reference numbers where NI numbers stand: not an error, but no help in finding double jobs."""
    cells = checked.staff.ni_numbers
    if cells is None:
        return
    places = np.flatnonzero(cells.mask(is_temporary))
    for at in places.tolist():
        yield checked.problem(
            "temporary_ni_number", at, "", None, "a temporary reference number: not compared with others"
        )


def error_as_text(checked: Checked) -> Iterator[Problem]:
    """A cell of text such as #N/A or ####, where a spreadsheet showed an error when it was saved: read as blank."""
    for field, cells in checked.staff.cells.items():
        if field == "staff_number":  # many and all different; an error there names nobody
            continue
        for at in hits(cells.mask(shows_error)):
            yield checked.problem(
                "error_as_text",
                at,
                field,
                clean_text(cells[at])[:20],
                "an error shown as text; read as a blank",
            )


PERSON_CHECKS: tuple[Check, ...] = (one_person_two_jobs, temporary_ni_number, error_as_text)
