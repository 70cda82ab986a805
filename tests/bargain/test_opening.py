"""A new sector from the answers of those who open it: stored, used, and refused in a sentence where they can't be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bargain.agreement.clauses import legal_standing
from bargain.cli import main
from bargain.offers.phrases import phrases
from bargain.opening import NATIONS, WEEKS, Opening, changed, law_of, nations_of, opened
from bargain.packs import DEFAULT_PACK, pack_ids, pack_nations
from bargain.register import wanted_inputs
from bargain.storage.container import read_sector
from bargain.storage.places import VARIABLE
from models.issues import UnusableInput
from models.table import Role, TableFacts
from ui.drafts import first_draft, next_year_start

PASSPHRASE = "five odd words in a row"
FACTS = TableFacts(date(2027, 7, 1), 2, "CPIH")


def test_that_what_is_not_answered_is_the_packs_and_the_role_is_not_said() -> None:
    made = opened(Opening("Homes"))

    assert (made.jurisdiction, made.weekly_hours, made.weeks_y, made.year_start) == (
        "England",
        37.5,
        52.143,
        (4, 1),
    )
    assert (made.role, made.table) == (Role.NOT_SAID, TableFacts())


def test_that_the_answers_are_stored_and_the_first_draft_follows_them() -> None:
    made = opened(
        Opening(
            "Homes",
            role=Role.UNION,
            data_date=date(2027, 3, 31),
            facts=FACTS,
            weekly_hours=39.0,
            weeks_y=52.18,
        )
    )
    draft = first_draft(made, "Draft")

    assert (made.role, made.weekly_hours, made.weeks_y, made.year_start) == (Role.UNION, 39.0, 52.18, (7, 1))
    assert draft.settlements[0].effective == date(2027, 7, 1)
    assert draft.ends == date(2029, 6, 30)
    assert "index_cpih" in [one.key for one in wanted_inputs(made)]
    assert "index_cpih" not in [one.key for one in wanted_inputs(opened(Opening("Homes")))]


def test_that_a_settlement_that_has_passed_leaves_the_next_year_start() -> None:
    made = opened(Opening("Homes", data_date=date(2027, 9, 30), facts=FACTS))

    assert next_year_start(made) == date(2028, 7, 1)


def test_that_a_settlement_on_a_leap_day_begins_a_year_that_every_year_has() -> None:
    made = opened(Opening("Homes", data_date=date(2028, 1, 1), facts=TableFacts(date(2028, 2, 29))))

    assert (made.year_start, next_year_start(made)) == ((3, 1), date(2028, 2, 29))


def test_that_the_law_told_in_a_draft_is_that_of_the_nations_chosen() -> None:
    """The pack's basis is a fact of England: a sector of Wales alone must not claim it."""
    wales = opened(Opening("Homes", nations=("Wales",)))
    both = opened(Opening("Homes", nations=("England", "Wales")))

    assert (wales.jurisdiction, wales.legal_basis) == ("Wales", "")
    assert "children's homes in Wales," in wales.coverage
    assert (both.jurisdiction, "section 42" in both.legal_basis) == ("England and Wales", True)
    assert (
        opened(Opening("Homes", nations=NATIONS)).jurisdiction
        == "England, Wales, Scotland and Northern Ireland"
    )
    assert any("Wales" in one or "Scotland" in one for one in legal_standing(wales, phrases()))


@pytest.mark.parametrize("pack", pack_ids())
def test_that_every_pack_opens_for_its_own_nations_and_for_any_other(pack: str) -> None:
    for nations in (None, (), ("Scotland",)):
        made = opened(Opening("S", pack, nations=nations))
        assert "{" not in made.coverage + made.legal_basis
        assert made.jurisdiction == (
            " and ".join(pack_nations(pack)) if nations is None else "".join(nations)
        )


def test_that_the_starters_are_care_craft_rates_grades_with_points_a_spine_and_blank() -> None:
    assert {DEFAULT_PACK, "craft_rates", "grades_and_points", "local_government_england", "blank"} <= set(
        pack_ids()
    )


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (Opening(" "), "no name"),
        (Opening("S", "nowhere"), "no sector pack"),
        (Opening("S", nations=("France",)), "“France” is no nation"),
        (Opening("S", facts=TableFacts(years=6)), "from 1 to 5"),
        (Opening("S", facts=TableFacts(settlement=date(1900, 1, 1))), "from 2000 to 2100"),
        (Opening("S", facts=TableFacts(inflation="GDP")), "CPI, CPIH, RPI"),
        (Opening("S", weekly_hours=0.0), "from 1 to 60"),
        (Opening("S", weeks_y=float("nan")), "from 52 to 53"),
    ],
)
def test_that_an_answer_that_can_not_be_is_refused_in_a_sentence(answers: Opening, said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        opened(answers)


def test_that_the_law_of_a_day_is_the_floor_and_the_on_costs_each_with_its_source() -> None:
    """6 April 2026: National Living Wage £12.71, employer NI 15 % above £5,000 (Employment Rights and Budget tables)."""
    found = {one.key.removeprefix("law."): one for one in law_of(date(2026, 4, 6))}

    assert (found["national_living_wage"].value, found["national_living_wage"].dated) == (
        12.71,
        date(2026, 4, 1),
    )
    assert (found["ni_rate"].value, found["ni_threshold"].value) == (0.15, 5000.0)
    assert {"pension_minimum", "levy_rate", "levy_allowance", "employment_allowance"} <= set(found)
    assert all(one.source and one.dated for one in found.values())
    assert law_of(date(1950, 1, 1)) == ()


def test_that_the_weeks_offered_are_days_in_a_year_over_seven() -> None:
    assert [round(365 / 7, 3), round(365.25 / 7, 2)] == list(WEEKS)


def test_that_the_command_takes_every_answer_and_says_the_law_of_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    path = tmp_path / "a.bargain"
    words = (
        "--name", "Homes", "--nations", "Wales", "--side", "joint", "--settlement", "2026-04-06", "--years", "3",
        "--weekly-hours", "39", "--weeks", "52.18", "--inflation", "RPI", "--data-date", "2026-03-31",
    )  # fmt: skip
    assert main(["new", str(path), *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    made = read_sector(path, PASSPHRASE)

    assert (told["side"], told["nations"], told["settlement"]) == ("joint secretariat", "Wales", "2026-04-06")
    assert told["law"][0]["value"] == 12.71
    assert (made.role, made.table) == (Role.JOINT, TableFacts(date(2026, 4, 6), 3, "RPI"))
    assert (made.weekly_hours, made.weeks_y, made.data_date) == (39.0, 52.18, date(2026, 3, 31))
    for wrong in (("--years", "9"), ("--nations", "France")):
        assert main(["new", str(tmp_path / "b.bargain"), "--name", "B", *wrong]) == 2
    assert not (tmp_path / "b.bargain").exists()


def test_that_facts_are_changed_later_and_the_role_is_not() -> None:
    made = opened(Opening("Homes", role=Role.UNION, data_date=date(2027, 3, 31), facts=FACTS))
    after = changed(made, nations=("Scotland",), facts=TableFacts(date(2027, 10, 1)), legal_basis=" By law. ")

    assert (after.role, after.jurisdiction, after.legal_basis) == (Role.UNION, "Scotland", "By law.")
    assert (after.year_start, next_year_start(after)) == ((10, 1), date(2027, 10, 1))
    assert nations_of(after) == ("Scotland",)
    assert changed(made, coverage="All.").year_start == made.year_start
    with pytest.raises(UnusableInput, match="from 52 to 53"):
        changed(made, weeks_y=365.0)


def test_that_the_table_command_shows_changes_and_takes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    path = str(tmp_path / "a.bargain")
    assert main(["new", path, "--name", "Homes", "--side", "union"]) == 0
    assert (
        main(["table", path, "--settlement", "2026-04-06", "--years", "2", "--legal-basis", "By law."]) == 0
    )
    told = capsys.readouterr().out
    assert ("06/04/2026" in told, "12.71" in told, "union side" in told) == (True, True, True)
    assert main(["table", path, "--settlement", "none", "--json"]) == 0
    now = json.loads(capsys.readouterr().out)
    assert (now["settlement"], now["years"], now["law"], now["legal_basis"]) == (None, 2, [], "By law.")
    assert main(["restore", path, "--undo"]) == 0
    assert main(["table", path, "--years", "two"]) == 2
    assert "no number of years" in capsys.readouterr().err
    assert main(["table", path, "--settlement", "soon"]) == 2
    assert read_sector(Path(path), PASSPHRASE).table == TableFacts(date(2026, 4, 6), 2)
