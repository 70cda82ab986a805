"""Increments and assimilation, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargain.cli import main
from bargain.offers.assimilation import Assimilation, assimilated, assimilation
from bargain.offers.increments import (
    against_scale,
    grade_ranges,
    increment_days,
    incremented,
)
from bargain.offers.offer_file import read_offer
from bargain.offers.scale_file import read_scale
from models.basis import Basis
from models.employer import Employer
from models.payscale import GradeRange, Increments, PayScale, Rounding
from models.spine import SpineOrder
from models.workforce import Workforce
from tests.helpers.f1 import Row, workforce_of

GRADES = ("One", "Two")
APRIL = Increments(month=4, day=1)
SPINE = "point,annual,grade\n1,20000,One\n2,21000,One\n3,22000,One\n4,24000,Two\n5,26000,Two\n"


def scale(increments: Increments | None = APRIL, text: str = SPINE) -> PayScale:
    return replace(read_scale(text, source="s", weekly_hours=37.0)[0], increments=increments)


def force(*rows: Row, starts: tuple[date | None, ...] = ()) -> Workforce:
    made = workforce_of(rows, employers="A", grades=GRADES)
    months = [-1 if day is None else day.year * 12 + day.month - 1 for day in starts] or [-1] * len(rows)
    return replace(made, start_month=np.array(months, dtype=np.int32))


def year(point: str, rate: str, *, grade: str = "One", heads: float = 1.0) -> Row:
    return Row("A", grade, rate, heads, hours=37.0, full_hours=37.0, basis=Basis.YEAR, fte=1.0, point=point)


def standing(workforce: Workforce) -> list[tuple[str, float]]:
    return [
        ("" if code < 0 else workforce.points[code], rate / 1e6)
        for code, rate in zip(workforce.point_code, workforce.rate_micros, strict=True)
    ]


def test_that_everyone_due_moves_one_point_within_the_grade_and_no_further() -> None:
    before = force(
        year("1", "20000"),
        year("3", "22000", heads=4),  # top of One, though 4 is next on the spine
        year("4", "24000", grade="Two"),
        year("1", "20500", heads=2),  # protected above its point
        year("1", "21500", heads=3),  # protected, and above the next point as well
        year("1", "19000", heads=5),  # below its point
        year("", "23000", heads=6),  # a spot rate
    )
    done = incremented(before, scale(), on=date(2027, 4, 1))

    assert standing(done.workforce) == [
        ("2", 21000.0),
        ("3", 22000.0),
        ("5", 26000.0),
        ("2", 21000.0),
        ("2", 21500.0),
        ("1", 19000.0),
        ("", 23000.0),
    ]
    assert (done.moved, done.protected, done.at_top, done.off_scale) == (4, 3, 4, 11)
    assert (done.not_due, done.no_range) == (0, 0)


def test_that_the_first_increment_needs_six_months_and_an_unknown_start_is_long_ago() -> None:
    """On 1 April 2027: started October 2026 is six months, November five."""
    rows = [year("1", "20000")] * 3
    starts = (date(2026, 10, 1), date(2026, 11, 1), None)
    done = incremented(force(*rows, starts=starts), scale(), on=date(2027, 4, 1))

    assert [point for point, _ in standing(done.workforce)] == ["2", "1", "2"]
    assert (done.moved, done.not_due) == (2, 1)


def test_that_an_anniversary_moves_those_of_its_month_after_a_whole_year() -> None:
    rule = Increments(day=1, on_anniversary=True)
    rows = [year("1", "20000")] * 4
    starts = (date(2020, 6, 1), date(2020, 7, 1), date(2027, 6, 1), None)
    done = incremented(force(*rows, starts=starts), scale(rule), on=date(2027, 6, 1))

    assert [point for point, _ in standing(done.workforce)] == ["2", "1", "1", "1"]


def test_that_an_hourly_post_is_paid_the_published_hour_of_its_new_point() -> None:
    """£21,000 ÷ 52.143 ÷ 37 is £10.88."""
    before = force(Row("A", "One", "10.37", hours=20.0, full_hours=37.0, point="1"))

    assert standing(incremented(before, scale(), on=date(2027, 4, 1)).workforce) == [("2", 10.88)]


def test_that_ranges_may_overlap_and_a_grade_without_one_does_not_climb() -> None:
    bare = scale(text=SPINE.replace(",One", ",").replace(",Two", ","))
    ranged = replace(bare, grades=(GradeRange("One", "1", "4"), GradeRange("Two", "3", "5")))
    before = force(
        year("3", "22000"), year("4", "24000"), year("4", "24000", grade="Two"), year("3", "22000", grade="")
    )
    done = incremented(before, ranged, on=date(2027, 4, 1))

    assert [point for point, _ in standing(done.workforce)] == ["4", "4", "5", "3"]
    assert (done.moved, done.at_top, done.no_range) == (2, 1, 1)
    assert incremented(before, bare, on=date(2027, 4, 1)).no_range == 4
    assert grade_ranges(scale()) == (GradeRange("One", "1", "3"), GradeRange("Two", "4", "5"))


def test_that_without_increments_nobody_moves() -> None:
    before = force(year("1", "20000"))
    done = incremented(before, scale(None), on=date(2027, 4, 1))

    assert (done.moved, done.not_due) == (0, 1)
    assert done.workforce.rate_micros.tolist() == before.rate_micros.tolist()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("", "1", "2", "3", "4", "5", "9")),
            st.integers(15_000, 30_000),
            st.sampled_from(("One", "Two", "")),
            st.integers(1, 50),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_that_heads_always_add_up_and_nobody_loses(rows: list[tuple[str, int, str, int]]) -> None:
    before = force(*(year(point, str(rate), grade=grade, heads=heads) for point, rate, grade, heads in rows))
    done = incremented(before, scale(), on=date(2027, 4, 1))

    parts = (done.moved, done.protected, done.at_top, done.off_scale, done.not_due, done.no_range)
    assert sum(parts) == before.heads.sum()
    assert (done.workforce.rate_micros >= before.rate_micros).all()
    kinds = against_scale(before, scale())
    assert kinds.on_point + kinds.above_point + kinds.below_point + kinds.no_point == before.heads.sum()


def test_that_increment_days_are_those_of_the_deal() -> None:
    days = increment_days(APRIL, after=date(2026, 4, 1), until=date(2028, 4, 1))
    assert days == (date(2027, 4, 1), date(2028, 4, 1))
    monthly = Increments(day=31, on_anniversary=True)
    assert increment_days(monthly, after=date(2027, 1, 31), until=date(2027, 4, 1)) == (
        date(2027, 2, 28),
        date(2027, 3, 31),
    )


def award(body: str, *more: str) -> str:
    return "".join(
        f"[[settlement]]\neffective = {2027 + at}-04-01\n[[settlement.pay]]\n{one}\n"
        for at, one in enumerate((body, *more))
    )


# -- assimilation -----------------------------------------------------------------------------------


def test_that_spot_rates_go_to_the_next_point_up_of_their_grade() -> None:
    before = force(
        year("", "20400"),
        year("", "18000"),
        year("", "22500"),  # above the top of One: kept, though 4 pays more
        year("", "22500", grade="Two"),
        year("", "25000", grade="None"),  # no such grade: the whole scale
        year("2", "21000"),
    )

    assert standing(assimilated(before, scale())) == [
        ("2", 21000.0),
        ("1", 20000.0),
        ("3", 22500.0),
        ("4", 24000.0),
        ("5", 26000.0),
        ("2", 21000.0),
    ]
    assert standing(assimilated(before, scale(), protect=False))[2] == ("3", 22000.0)


def worked(
    *rows: Row,
    offer: str,
    increments: Increments | None = None,
    protect: bool = True,
    ends: date = date(2029, 4, 1),
) -> Assimilation:
    return assimilation(
        force(*rows),
        scale(increments),
        read_offer(offer, source="o"),
        employers={"A": Employer("A")},
        weeks_y=52.143,
        ends=ends,
        protect=protect,
    )


def months(path: np.ndarray, at: int = 0) -> list[tuple[float, int]]:
    """Each rate in turn and for how many months."""
    told: list[tuple[float, int]] = []
    for rate in path[:, at]:
        if told and told[-1][0] == rate / 1e6:
            told[-1] = (told[-1][0], told[-1][1] + 1)
        else:
            told.append((rate / 1e6, 1))
    return told


def test_that_both_orders_are_worked_out_month_by_month() -> None:
    """£20,400 and 5 %, then 2 %.

    Assimilate first: point 2, £21,000 → £22,050 → £22,491. Uplift first: £21,420 on the new scale (21,000;
    22,050; 23,100) → point 2, £22,050 → £22,491. £20,900: first → point 2, £22,050; uplift → £21,945 → point 2.
    £20,990 + 5 % is £22,039.50 → point 2. £19,999: first → point 1, £21,000; uplift → £20,998.95 → point 1.
    """
    found = worked(
        year("", "20400"), year("", "21010"), offer=award("percent = 5", "percent = 2"), ends=date(2029, 4, 1)
    )

    assert found.months[0] == date(2027, 4, 1)
    assert len(found.months) == 24
    assert months(found.stay.rates) == [(21420.0, 12), (21848.4, 12)]
    assert months(found.assimilate_first.rates) == [(22050.0, 12), (22491.0, 12)]
    assert months(found.uplift_first.rates) == [(22050.0, 12), (22491.0, 12)]
    # £21,010: first → point 3, £22,000 + 5 % = £23,100; uplift → £22,060.50 → point 3, £23,100
    assert months(found.assimilate_first.rates, 1) == [(23100.0, 12), (23562.0, 12)]
    assert found.beyond_spot(SpineOrder.UPLIFT_FIRST) == pytest.approx(
        (22050 - 21420) + (22491 - 21848.40) + (23100 - 22060.5) + (23562 - 22501.71)
    )
    assert not found.losers(SpineOrder.ASSIMILATE_FIRST).any()


def test_that_the_orders_differ_under_a_flat_rise_as_the_hand_says() -> None:
    """£20,950 and £100 on those up to £20,960, nothing above.

    Assimilate first: point 2, £21,000, which the rule does not reach. Uplift first: £21,050 → point 3, £22,000.
    """
    found = worked(year("", "20950"), offer=award("pay_up_to = 20960\ncash = 100"), ends=date(2028, 4, 1))

    assert months(found.assimilate_first.rates) == [(21000.0, 12)]
    assert months(found.uplift_first.rates) == [(22000.0, 12)]
    assert (found.assimilate_first.points, found.uplift_first.points) == (("2",), ("3",))
    # £21,050 on the spot rate: assimilating first pays £50 less than that, every month
    assert found.losers(SpineOrder.ASSIMILATE_FIRST).tolist() == [True]
    assert found.losers(SpineOrder.UPLIFT_FIRST).tolist() == [False]


def test_that_increments_follow_within_the_deal_but_not_on_spot_rates() -> None:
    """Point 1 in April 2027, an increment in October: point 2; 10 % in April 2028: £23,100; October: point 3."""
    rule = Increments(month=10, day=1, months_before_first=0)
    found = worked(
        year("", "19900"), offer=award("percent = 0", "percent = 10"), increments=rule, ends=date(2029, 4, 1)
    )

    assert months(found.stay.rates) == [(19900.0, 12), (21890.0, 12)]
    assert months(found.assimilate_first.rates) == [(20000.0, 6), (21000.0, 6), (23100.0, 6), (24200.0, 6)]


def test_that_pay_above_the_range_loses_without_protection_and_is_found_in_its_months() -> None:
    """£22,500 in grade One falls to £22,000 + 3 % = £22,660, against £23,175 on the spot rate."""
    found = worked(
        year("", "22500"), year("", "20000"), offer=award("percent = 3"), protect=False, ends=date(2028, 4, 1)
    )

    assert found.assimilate_first.below(found.stay).sum(axis=0).tolist() == [12, 0]
    kept = worked(year("", "22500"), offer=award("percent = 3"), ends=date(2028, 4, 1))
    assert months(kept.assimilate_first.rates) == [(23175.0, 12)]


# -- the command --------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rates.csv").write_text(
        "name,annual,grade,heads\nHelper,20400,One,3\nLead,27000,Two,1\n", encoding="utf-8"
    )
    (tmp_path / "spine.csv").write_text(SPINE, encoding="utf-8")
    (tmp_path / "o.toml").write_text(award("percent = 5"), encoding="utf-8")
    return tmp_path


def test_that_the_command_shows_both_orders_and_says_whether_anybody_loses(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["assimilate", "rates.csv", "--scale", "spine.csv", "--offer", "o.toml"]
    assert main(told) == 0
    text = capsys.readouterr().out
    assert "Assimilate, then uplift:" in text
    assert "Uplift, then assimilate:" in text
    assert text.count("Nobody gets less than on the spot rate in any of the 12 months.") == 2
    assert "£1,890.00" in text  # 3 × (22,050 − 21,420)
    assert main([*told, "--without-protection", "--order", "assimilate_first"]) == 1
    assert (
        "Lead gets less than on the spot rate in 12 of 12 months, first in 2027-04."
        in capsys.readouterr().out
    )


def test_that_the_command_answers_in_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    main(
        [
            "assimilate",
            "rates.csv",
            "--scale",
            "spine.csv",
            "--offer",
            "o.toml",
            "--json",
            "--increments",
            "10-01",
        ]
    )
    answer = json.loads(capsys.readouterr().out)

    assert answer["months"][0] == "2027-04-01"
    first = answer["orders"][0]
    assert first["order"] in {"assimilate_first", "uplift_first"}
    assert {one["name"]: one["point"] for one in first["staff"]} == {"Helper": "2", "Lead": "5"}
    assert first["staff"][0]["pay"] == [22050.0] * 6 + [23100.0] * 6


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("who,annual\nA,1\n", "must name the columns"),
        ("name,annual\n", "must name the columns"),
        ("name,annual\nA,much\n", "row 2, column annual: “much” is not an amount"),
        ("name,annual,heads\nA,20000,-1\n", "row 2, column heads: “-1” is not a number"),
    ],
)
def test_that_a_wrong_list_of_rates_is_refused_in_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    (folder / "rates.csv").write_text(text, encoding="utf-8")
    assert main(["assimilate", "rates.csv", "--scale", "spine.csv", "--offer", "o.toml"]) == 2
    assert says in capsys.readouterr().err
    assert main(["assimilate", "spine.csv", "--scale", "spine.csv", "--offer", "o.toml"]) == 2


def test_that_an_increment_day_that_is_none_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["assimilate", "rates.csv", "--scale", "spine.csv", "--offer", "o.toml", "--increments", "April"]
    assert main(told) == 2
    assert "such as 04-01" in capsys.readouterr().err


def test_that_the_scale_rounds_as_it_says() -> None:
    assert scale().rounding is Rounding.HALF_UP_POUND
