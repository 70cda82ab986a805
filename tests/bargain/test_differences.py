"""Why two costings differ: worked by hand, and the properties that make the shares fair."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.appraisal import cost_of
from bargain.cli import main
from bargain.differences import CAUSES, Side, shapley, why_different
from bargain.offers.offer_file import read_offer
from bargain.progress import drive
from bargain.storage.container import write_sector
from models.assumptions import Assumption
from models.basis import Basis
from models.differences import Difference
from models.employer import Employer
from models.grossing import Grossing, KnownTotal, SectorTotals, TotalsUnit
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector
from models.terms import Terms
from tests.bargain.test_by_hand import offers, rows, sector_of
from tests.helpers.f1 import O1, O2, Row, f1_sector, workforce_of

COVER = Assumption("cover_share", "cover", 0.5, "share")
RISE = "[[settlement]]\neffective = 2026-04-06\n[[settlement.pay]]\npercent = 10\n"
LEAVE = "[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\nannual_leave_days = 30\n"


def offer(text: str) -> Offer:
    return read_offer(text, source="o")


def salaried(heads: float, *, pension_ppm: int = 30_000, **changes: object) -> Sector:
    """Staff at £40,000 with one employer."""
    row = Row("A", "Staff", "40000.00", heads, basis=Basis.YEAR, fte=1.0)
    made = Sector(
        "made",
        employers=(Employer("A", pension_ppm=pension_ppm),),
        workforce=workforce_of([row], employers="A", grades=["Staff"]),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def shares(found: Difference) -> dict[str, float]:
    return {one.key: one.shown for one in found.causes if one.differs}


def test_that_heads_and_pension_share_their_joint_effect_equally() -> None:
    """10 % of £40,000 is £4,000 a head, with NI 15 %. Ten heads at 3 % cost £47,200; twelve at 5 % £57,600.

    Heads alone: 2 × 4,000 × 1.18 = 9,440, after the pension 2 × 4,000 × 1.20 = 9,600: mean 9,520.
    Pension alone: 10 × 4,000 × 2 % = 800, after the heads 12 × 4,000 × 2 % = 960: mean 880.
    """
    one, other = (
        Side(salaried(heads, pension_ppm=ppm), offer(RISE)) for heads, ppm in ((10, 30_000), (12, 50_000))
    )
    found = drive(why_different(one, other))

    assert (found.one, found.other) == (pytest.approx(47_200), pytest.approx(57_600))
    assert shares(found) == {"staff": 9_520.00, "on_costs": 880.00}
    assert found.total == 10_400.00


def test_that_cover_alone_is_the_whole_difference_of_a_leave_claim() -> None:
    """2 days ÷ 260 of ten posts at £40,000 + £5,250 + £1,012.80, a quarter more of it covered."""
    made = salaried(10, terms=Terms(annual_leave_days=28), assumptions=(COVER,))
    more = replace(made, assumptions=(replace(COVER, value=0.75),))
    found = drive(why_different(Side(made, offer(LEAVE)), Side(more, offer(LEAVE))))

    assert shares(found) == {"cover": round(10 * 46_262.80 * 2 / 260 * 0.25, 2)}


def test_that_a_later_date_is_a_cause_of_its_own() -> None:
    """In the settlement year from April, October leaves six months of £47,200."""
    later = offer(RISE.replace("2026-04-06", "2026-10-01"))
    earlier = offer(RISE.replace("2026-04-06", "2026-04-01"))
    made = salaried(10)
    found = drive(why_different(Side(made, earlier), Side(made, later), "cost_in_year"))

    assert shares(found) == {"date": -23_600.00}


def test_that_hours_are_told_from_the_staff_file_where_the_posts_are_the_same() -> None:
    rows_ = [Row("A", "Staff", "15.00", 10), Row("A", "Staff", "16.00", 5)]
    made = replace(f1_sector(), employers=(Employer("A"),), accounts=(), grades=("Staff",))
    full = replace(made, workforce=workforce_of(rows_, employers="A", grades=["Staff"]))
    part = replace(
        made,
        workforce=workforce_of(
            [replace(one, hours=30.0, fte=1.0) for one in rows_], employers="A", grades=["Staff"]
        ),
    )
    found = drive(why_different(Side(full, offer(O1)), Side(part, offer(O1))))

    assert list(shares(found)) == ["hours"]
    assert found.total == pytest.approx(found.other - found.one, abs=0.01)


def test_that_turnover_matters_only_to_the_cost_for_expected_staff() -> None:
    held = tuple(Assumption(key, key, 0.1, "share") for key in ("turnover", "increments"))
    made = replace(f1_sector(), assumptions=held)
    other = replace(made, assumptions=(replace(held[0], value=0.4), held[1]))

    assert shares(drive(why_different(Side(made, offer(O2)), Side(other, offer(O2))))) == {"turnover": 0.0}
    expected = drive(why_different(Side(made, offer(O2)), Side(other, offer(O2)), "cost_expected"))
    assert list(shares(expected)) == ["turnover"]
    assert expected.total == pytest.approx(expected.other - expected.one, abs=0.01)
    with pytest.raises(UnusableInput, match="not recorded"):
        drive(why_different(Side(f1_sector(), offer(O2)), Side(other, offer(O2)), "cost_expected"))


def test_that_the_wording_of_an_offer_is_a_cause_and_its_name_is_not() -> None:
    made = f1_sector()
    renamed = replace(offer(O1), name="another name")
    assert shares(drive(why_different(Side(made, offer(O1)), Side(made, renamed)))) == {}
    found = drive(why_different(Side(made, offer(O1)), Side(made, offer(O2))))
    assert list(shares(found)) == ["offer"]


def test_that_a_source_or_an_agreement_is_no_cause() -> None:
    made = salaried(10, assumptions=(COVER,))
    agreed = replace(
        made, assumptions=(replace(COVER, source="a survey", agreed=True, dated=date(2026, 1, 1)),)
    )

    assert shares(drive(why_different(Side(made, offer(RISE)), Side(agreed, offer(RISE))))) == {}


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.floats(-1e6, 1e6), min_size=2**n, max_size=2**n)))
def test_that_shares_are_the_mean_over_every_order_and_sum_exactly(values: list[float]) -> None:
    """Against the definition, order by order."""
    n = len(values).bit_length() - 1
    totals = [0.0] * n
    orders = list(permutations(range(n)))
    for order in orders:
        held = 0
        for at in order:
            totals[at] += values[held | 1 << at] - values[held]
            held |= 1 << at
    found = shapley(values)

    assert found == pytest.approx([one / len(orders) for one in totals], abs=1e-6)
    assert sum(found) == pytest.approx(values[-1] - values[0], abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1e5, 1e5), min_size=2, max_size=2), st.floats(-1e5, 1e5))
def test_that_like_causes_get_like_shares_and_a_null_cause_nought(alone: list[float], both: float) -> None:
    same = shapley([0.0, alone[0], alone[0], both])
    assert same[0] == pytest.approx(same[1])
    null = shapley(
        [0.0, alone[0], alone[1], alone[0] + alone[1], 0.0, alone[0], alone[1], alone[0] + alone[1]]
    )
    assert null[2] == pytest.approx(0, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=6), st.lists(rows(), min_size=1, max_size=6), offers)
def test_that_the_pennies_of_any_two_sides_sum_and_change_sign_with_the_sides(
    first: list[Row], second: list[Row], one: Offer
) -> None:
    sides = [
        Side(sector_of(first), one),
        Side(replace(sector_of(second), year_start=(1, 1), weekly_hours=35.0), one),
    ]
    there, back = drive(why_different(*sides)), drive(why_different(*reversed(sides)))
    exact = cost_of(sides[1].sector, one).full_year - cost_of(sides[0].sector, one).full_year

    assert there.total == pytest.approx(exact, abs=0.005001)
    assert sum(round(cause.shown * 100) for cause in there.causes) == round(there.total * 100)
    for cause in there.causes:
        opposite = next(one for one in back.causes if one.key == cause.key)
        assert opposite.amount == pytest.approx(-cause.amount, abs=1e-4)


def test_that_every_cause_has_words() -> None:
    assert all(label for label, _ in CAUSES.values())
    with pytest.raises(UnusableInput, match="cost_full_year"):
        drive(why_different(Side(f1_sector(), offer(O1)), Side(f1_sector(), offer(O1)), "nothing"))


def test_that_the_command_tells_the_causes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", "correct horse battery")
    monkeypatch.chdir(tmp_path)
    for name, heads, ppm in (("ours", 10, 30_000), ("theirs", 12, 50_000)):
        write_sector(tmp_path / f"{name}.bargain", salaried(heads, pension_ppm=ppm), "correct horse battery")
    (tmp_path / "o.toml").write_text(RISE, encoding="utf-8")

    assert main(["why", "ours.bargain", "theirs.bargain", "--offer", "o.toml", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["difference"] == 10_400.00
    assert round(sum(one["amount"] for one in found["causes"]), 2) == 10_400.00
    assert main(["why", "ours.bargain", "theirs.bargain", "--offer", "o.toml"]) == 1
    assert "+£9,520.00" in capsys.readouterr().out
    assert main(["why", "ours.bargain", "ours.bargain", "--offer", "o.toml"]) == 0
    assert main(["why", "ours.bargain", "nowhere.bargain", "--offer", "o.toml"]) == 2


def test_that_one_file_is_compared_with_itself_under_other_assumptions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A quarter less of 2 days ÷ 260 of ten posts covered."""
    monkeypatch.setenv("BARGAIN_PASSPHRASE", "correct horse battery")
    monkeypatch.chdir(tmp_path)
    made = salaried(10, terms=Terms(annual_leave_days=28), assumptions=(COVER,))
    write_sector(tmp_path / "ours.bargain", made, "correct horse battery")
    (tmp_path / "o.toml").write_text(LEAVE, encoding="utf-8")
    ask = ["why", "ours.bargain", "--offer", "o.toml", "--assume"]

    assert main([*ask, "cover_share=0.25", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["difference"] == round(-10 * 46_262.80 * 2 / 260 * 0.25, 2)
    for wrong, says in (
        ("cover_shre=1", "the nearest is “cover_share”"),
        ("cover_share=much", "is not a number"),
        ("cover_share=7", "give a value from 0 to 1"),
    ):
        assert main([*ask, wrong]) == 2
        assert says in capsys.readouterr().err


# One employer under two names, one staff file in two orders


def two_employers(*, names: tuple[str, str] = ("A", "B"), backwards: bool = False) -> Sector:
    """A pays the levy and 20 % pension, B claims the allowance: a name that is not known would change every on-cost."""
    people = [
        Row(names[0], "Staff", "14.00", 3, hours=30.0),
        Row(names[0], "Staff", "16.00", 3, hours=37.5),
        Row(names[1], "Staff", "15.00", 40),
    ]
    records = (
        Employer(names[0], pension_ppm=200_000, pays_levy=True),
        Employer(names[1], claims_employment_allowance=True),
    )
    force = workforce_of(people[::-1] if backwards else people, employers=names, grades=["Staff"])
    return Sector("made", employers=records, workforce=force)


def test_that_another_name_of_an_employer_is_no_cause_and_is_said() -> None:
    """By spelling, and by the same posts in every column; an offer may go by either name."""
    ours = two_employers()
    for names in (("a.", "B"), ("Northshire Homes", "B")):
        found = drive(
            why_different(
                Side(ours, offer(RISE)), Side(two_employers(names=names, backwards=True), offer(RISE))
            )
        )
        assert shares(found) == {}
        assert found.renamed == ((names[0], "A"),)
    asks = [offer(RISE + f'employers = ["{name}"]\n') for name in ("A", "Northshire Homes")]
    other = two_employers(names=("Northshire Homes", "B"))
    for theirs in asks:
        assert shares(drive(why_different(Side(ours, asks[0]), Side(other, theirs)))) == {}


def test_that_hours_are_told_apart_whatever_the_order_of_the_rows() -> None:
    """All have one employer, one grade and three heads: only what they are paid says which row is which."""
    ours, theirs = two_employers(), two_employers(backwards=True)
    force = replace(theirs.workforce, hours_w=theirs.workforce.hours_w * 0.9)
    found = drive(
        why_different(
            Side(ours, offer(RISE)), Side(replace(theirs, workforce=force, weeks_y=52.0), offer(RISE))
        )
    )
    assert list(shares(found)) == ["hours"]
    assert shares(drive(why_different(Side(ours, offer(RISE)), Side(theirs, offer(RISE))))) == {}


def test_that_an_employer_of_one_side_alone_comes_with_its_record_and_its_assumptions() -> None:
    """Without A: its 6 heads, pension and levy leave with the staff file, and nothing is left over for on-costs."""
    ours = two_employers()
    own = Assumption("sleep_ins_y", "Sleep-ins", 12.0, "a head a year", employer="A")
    ours = replace(
        ours,
        terms=Terms(sleep_in_micros=50_000_000),
        assumptions=(own, replace(own, value=4.0, employer="B")),
    )
    theirs = replace(
        ours,
        workforce=workforce_of([Row("B", "Staff", "15.00", 40)], employers="B", grades=["Staff"]),
        employers=ours.employers[1:],
        assumptions=ours.assumptions[1:],
    )
    asked = offer(RISE + "[settlement.terms]\nsleep_in_rate = 60\n")
    for one, other in ((ours, theirs), (theirs, ours)):
        found = drive(why_different(Side(one, asked), Side(other, asked)))
        assert [key for key, amount in shares(found).items() if amount] == ["staff"]


def test_that_a_record_missing_on_the_other_side_is_on_costs_and_nothing_else() -> None:
    ours = two_employers()
    found = drive(
        why_different(Side(ours, offer(RISE)), Side(replace(ours, employers=ours.employers[1:]), offer(RISE)))
    )
    assert list(shares(found)) == ["on_costs"]


def test_that_grossing_up_is_a_cause_of_its_own() -> None:
    """Nine employers stand for eighteen: the same staff cost twice as much, and no staff file differs."""
    names = tuple("ABCDEFGHI")
    made = Sector(
        "made",
        employers=tuple(Employer(name, region="North") for name in names),
        workforce=workforce_of(
            [Row(name, "Staff", "15.00", 12) for name in names], employers=names, grades=["Staff"]
        ),
    )
    totals = SectorTotals("t", TotalsUnit.EMPLOYERS, "s", date(2026, 1, 1), (KnownTotal(18.0),))
    whole = replace(made, grossing=Grossing(totals, date(2026, 2, 1)))
    found = drive(why_different(Side(made, offer(RISE)), Side(whole, offer(RISE))))
    assert shares(found) == {"grossing": pytest.approx(cost_of(made, offer(RISE)).full_year, abs=0.01)}
