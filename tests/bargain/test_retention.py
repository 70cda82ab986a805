"""How long staff data is kept: by the rule, as set, and never beyond the longest time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.retention import (
    keep_until,
    keepings,
    longest,
    months_after,
    over,
    soon,
    usual,
    with_agreement,
    with_keep_until,
)
from bargain.storage.erasing import certificate_for, without_staff
from models.issues import UnusableInput
from models.sector import Sector
from tests.ui.sectors import small

IMPORTED = date(2026, 4, 20)  # of the small sector's one import


def two_imports() -> Sector:
    """The small sector whose last two posts came in later, with another file."""
    sector = small()
    codes = np.array([0, 0, 0, 0, 1, 1], dtype=np.int32)
    later = replace(sector.imports[0], file="later.csv", sha256="1" * 64, imported=date(2027, 1, 31))
    return replace(
        sector, workforce=replace(sector.workforce, import_code=codes), imports=(*sector.imports, later)
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 4, 20), 24, date(2028, 4, 20)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),  # a leap year's short month
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2028, 2, 29), 24, date(2030, 2, 28)),
    ],
)
def test_that_months_are_counted_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_that_an_import_is_kept_24_months_until_an_agreement_is_signed_and_then_three_more() -> None:
    record = small().imports[0]
    assert usual(record, None) == longest(record) == date(2028, 4, 20)
    assert usual(record, date(2026, 10, 1)) == date(2027, 1, 1)
    assert usual(record, date(2028, 3, 1)) == date(2028, 4, 20)  # never beyond 24 months


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.none() | st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_that_no_day_goes_beyond_24_months_whatever_was_set(imported: date, chosen: date | None) -> None:
    record = replace(small().imports[0], imported=imported, keep_until=chosen)
    found = keep_until(record, None)
    assert found <= longest(record)
    assert found == (longest(record) if chosen is None else min(chosen, longest(record)))


def test_that_staff_are_over_the_day_after_their_last_and_due_soon_in_the_thirty_days_before() -> None:
    sector = with_keep_until(small(), [0], date(2026, 9, 30))
    assert over(sector, date(2026, 9, 30)) == ()
    (due,) = soon(sector, date(2026, 9, 30))
    assert (due.days_left, due.is_set, due.heads) == (0, True, 6.0)
    assert soon(sector, date(2026, 8, 31))
    assert soon(sector, date(2026, 8, 30)) == ()
    (gone,) = over(sector, date(2026, 10, 1))
    assert (gone.number, gone.days_left) == (0, -1)
    assert over(with_agreement(sector, date(2026, 4, 21)), date(2026, 9, 30)) == ()  # what was set stands


def test_that_an_import_without_staff_is_kept_no_more() -> None:
    assert [one.number for one in keepings(two_imports(), date(2027, 2, 1))] == [0, 1]
    assert [one.number for one in keepings(without_staff(two_imports(), [0]), date(2027, 2, 1))] == [1]
    assert keepings(without_staff(two_imports()), date(2040, 1, 1)) == ()


@pytest.mark.parametrize(
    ("numbers", "day", "said"),
    [
        ([0], date(2028, 4, 21), "more than 24 months"),
        ([0], date(2026, 4, 19), "before payroll.csv was imported"),
        ([1], date(2026, 5, 1), "no import 2"),
    ],
)
def test_that_a_day_that_can_t_be_is_refused_in_a_sentence(numbers: list[int], day: date, said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        with_keep_until(small(), numbers, day)


def test_that_erasing_one_import_leaves_the_posts_of_the_others_as_they_were() -> None:
    sector = two_imports()
    left = without_staff(sector, [0])
    force, before = left.workforce, sector.workforce
    assert force.rate_micros.tolist() == before.rate_micros[4:].tolist()
    for words, codes in (("employers", "employer_code"), ("titles", "title_code"), ("grades", "grade_code")):
        old = [(*getattr(before, words), "")[code] for code in getattr(before, codes)[4:]]
        new = [(*getattr(force, words), "")[code] for code in getattr(force, codes)]
        assert new == old
    assert force.employers == ("Northshire Homes",)  # nobody of the other employer is left
    assert force.titles == ("Team leader", "Wellbeing lead")
    assert (left.imports[0].file, left.imports[0].rows_in_file) == ("", 9)
    assert left.imports[1] == sector.imports[1]


def test_that_the_certificate_counts_what_goes_and_what_is_kept() -> None:
    from datetime import UTC, datetime

    at = datetime(2027, 3, 14, tzinfo=UTC)
    made = certificate_for(two_imports(), at=at, reason="over", steps=1, copies=2, change=3, only=[0])
    assert (made.posts, made.heads, made.imports, made.employers, made.kept_posts) == (4, 4.0, 1, 2, 2)
    assert "2 posts of other imports" in "\n".join(made.lines("a.bargain"))
    whole = certificate_for(two_imports(), at=at, reason="", steps=0, copies=0, change=1)
    assert (whole.posts, whole.kept_posts) == (6, 0)
    assert whole.fingerprint == two_imports().workforce.fingerprint()
