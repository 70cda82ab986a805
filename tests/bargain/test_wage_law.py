"""Pay after an offer against the minimum wage of its days, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargain.offers.offer_file import read_offer
from bargain.wage_law import wage_checks, wage_sentences
from models.assumptions import Assumption
from models.sector import Sector
from models.terms import Terms
from models.workforce import YesNo
from tests.helpers.f1 import Row, workforce_of

ROWS = (
    Row("A", "Staff", "12.60", 10),
    Row("A", "Staff", "12.71", 3, age=40),
    Row("A", "Staff", "10.90", 4, age=19),
    Row("A", "Staff", "7.90", 2, age=17),
    Row("A", "Staff", "8.00", 1, age=30, apprentice=YesNo.YES),
)
MADE = Sector("made", weekly_hours=37.5, workforce=workforce_of(ROWS, employers="A", grades=["Staff"]))
TEXT = "[[settlement]]\neffective = {}\n[[settlement.pay]]\npercent = {}\n"


def told(sector: Sector, day: str, percent: str) -> dict[str, tuple[float, float | None, bool | None]]:
    offer = read_offer(TEXT.format(day, percent), source="o")
    return {one.element: (one.offered, one.least, one.met) for one in wage_checks(sector, offer)}


def test_that_pay_is_held_against_the_minimum_wage_of_the_steps_day_by_age() -> None:
    """Of 2026: £12.71, £10.85, £8.00, apprentices £8.00. No rise leaves ten below, and two under 18; 1 % nobody."""
    assert told(MADE, "2026-04-06", "0") == {
        "minimum wage, 21 and over": (12.60, 12.71, False),
        "minimum wage, 18 to 20": (10.90, 10.85, True),
        "minimum wage, under 18": (7.90, 8.00, False),
        "minimum wage, apprentices": (8.00, 8.00, True),
    }
    assert [one[-1] for one in told(MADE, "2026-04-06", "1.3").values()] == [True] * 4
    assert told(MADE, "2026-03-31", "0")["minimum wage, 21 and over"] == (12.60, 12.21, True)


def test_that_how_many_are_below_is_said() -> None:
    (adults, *_) = wage_checks(MADE, read_offer(TEXT.format("2026-04-06", "0"), source="o"))

    assert adults.law.startswith("of 13 staff 10 would be paid less")


def test_that_a_sentence_says_who_how_many_how_little_and_by_what_law() -> None:
    offer = read_offer(TEXT.format("2026-04-06", "0"), source="o")
    own = wage_sentences(MADE, offer, others_read=False)

    assert len(own) == 4
    start = "Minimum wage: from 6 April 2026 10 of 13 staff aged 21 and over or of no recorded age would be paid less than"
    assert own[0].startswith(f"{start} £12.71 an hour (")
    assert own[0].endswith("; from 1 April 2026); the lowest £12.60.")
    assert own[1].startswith(
        "Minimum wage: from 6 April 2026 none of 4 staff aged 18 to 20 would be paid less than £10.85"
    )


def test_that_where_others_read_fewer_than_ten_staff_are_not_counted() -> None:
    """Bands of four, two and one say nothing; of thirteen ten are below, and three of whom that would tell are not."""
    offer = read_offer(TEXT.format("2026-04-06", "0"), source="o")
    (told,) = wage_sentences(MADE, offer, others_read=True)
    assert " all or nearly all of 13 staff " in told
    assert "12.60" not in told

    more = replace(
        MADE,
        workforce=workforce_of(
            [replace(ROWS[0], heads=3), replace(ROWS[1], heads=50)], employers="A", grades=["Staff"]
        ),
    )
    (few,) = wage_sentences(more, offer, others_read=True)
    assert " fewer than 10 of 53 staff " in few
    assert "12.60" not in few


def test_that_travel_that_is_not_paid_counts_as_worked() -> None:
    """£13.00 for 1,955.36 hours over 2,055.36 is £12.37: below £12.71 until the travel is paid."""
    row = Row("A", "Staff", "13.00", 5)
    travel = Assumption("travel_hours_y", "travel", 100, "hours")
    made = replace(
        MADE,
        workforce=workforce_of([row], employers="A", grades=["Staff"]),
        terms=Terms(paid_travel_time=False),
        assumptions=(travel,),
    )
    name = "minimum wage, 21 and over, with travel that is not paid"
    average, _, met = told(made, "2026-04-06", "0")[name]

    hours = 37.5 * 52.143
    assert average == pytest.approx(13 * hours / (hours + 100), abs=1e-4)
    assert met is False
    paid = TEXT.format("2026-04-06", "0") + "[settlement.terms]\npaid_travel_time = true\n"
    assert name not in {one.element for one in wage_checks(made, read_offer(paid, source="o"))}
