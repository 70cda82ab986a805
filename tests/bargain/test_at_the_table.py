"""Parties at the table and how many there are in effect, against exact fractions worked here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.at_the_table import at_the_table, with_party, without_party
from bargain.cli import main
from bargain.storage.keys import Argon2Cost
from bargain.storage.places import VARIABLE
from bargain.storage.sector_file import SectorFile
from models.choices import SizeFrom
from models.issues import UnusableInput
from models.party import PartnerGroup, Party
from models.sector import Sector
from models.what_if import StayingPlan, Union
from tests.helpers.f1 import O2, f1_sector

WORKERS, EMPLOYERS = PartnerGroup.WORKERS, PartnerGroup.EMPLOYERS
PLAN = StayingPlan(unions=(Union("x", 60), Union("y", 30), Union("z", 15)))
PASSPHRASE = "five odd words in a row"


def in_effect(sizes: Sequence[int]) -> Fraction:
    """1 ÷ Σ shares², each share an exact fraction (requirements M4)."""
    total = sum(sizes)
    return 1 / sum(Fraction(size, total) ** 2 for size in sizes)


def seated(*parties: Party) -> Sector:
    return replace(f1_sector(), parties=parties)


def test_that_both_sides_in_effect_are_the_published_numbers() -> None:
    """S0-17: unions of 60, 30 and 15 members are 2.333 in effect; F1's three employers 2.632."""
    sector = seated(
        *(Party(name, WORKERS, "trade union", size) for name, size in (("x", 60), ("y", 30), ("z", 15))),
        *(Party(name, EMPLOYERS, "unaffiliated employer") for name in "ABC"),
    )
    workers, employers = at_the_table(sector, StayingPlan())

    assert workers.effective == pytest.approx(2.333, abs=5e-4)
    assert workers.effective == pytest.approx(float(in_effect([60, 30, 15])))
    assert (workers.speaks_for, employers.speaks_for) == (105, 222)
    assert employers.effective == pytest.approx(2.632, abs=5e-4)
    assert employers.fragmentation == pytest.approx(float(1 - 1 / in_effect([112, 63, 47])))
    assert {one.source for one in employers.seats} == {SizeFrom.STAFF}


def test_that_those_at_the_table_are_fewer_than_those_in_the_field() -> None:
    """Two of the three unions at the table, and a federation: neither is the number in the field."""
    sector = seated(Party("X", WORKERS), Party("y", WORKERS), Party("Federation", EMPLOYERS, "", 175))
    workers, employers = at_the_table(sector, PLAN)

    assert [(one.speaks_for, one.source) for one in workers.seats] == [
        (60, SizeFrom.UNION),
        (30, SizeFrom.UNION),
    ]
    assert workers.effective == pytest.approx(float(in_effect([60, 30])))
    assert (employers.effective, employers.fragmentation) == (1.0, 0.0)


def test_that_a_party_of_unknown_size_leaves_its_side_not_known_and_not_the_other() -> None:
    workers, employers = at_the_table(
        seated(Party("x", WORKERS, "", 60), Party("w", WORKERS), Party("F", EMPLOYERS, "", 63)), StayingPlan()
    )

    assert (workers.unknown, workers.effective, workers.speaks_for, workers.fragmentation) == (
        ("w",),
        None,
        None,
        None,
    )
    assert (employers.unknown, employers.effective) == ((), 1.0)


def test_that_nobody_at_the_table_and_parties_that_speak_for_nobody_are_no_number() -> None:
    empty, _ = at_the_table(seated(), PLAN)
    idle, _ = at_the_table(seated(Party("x", WORKERS, "", 0.0)), StayingPlan())

    assert (empty.seats, empty.effective, empty.speaks_for) == ((), None, None)
    assert (idle.effective, idle.speaks_for) == (None, 0.0)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 200_000), min_size=1, max_size=6))
def test_that_the_number_in_effect_is_that_of_fractions_whatever_the_sizes(sizes: list[int]) -> None:
    parties = tuple(Party(f"p{at}", EMPLOYERS, "", float(size)) for at, size in enumerate(sizes))
    found = at_the_table(replace(f1_sector(), parties=parties), StayingPlan())[1]

    assert found.effective == pytest.approx(float(in_effect(sizes)))
    assert 1 <= round(found.effective or 0, 9) <= len(sizes)


def test_that_a_party_is_added_changed_in_its_place_and_taken_away() -> None:
    one = with_party(
        seated(Party("x", WORKERS), Party("y", WORKERS)),
        Party(" x \u202ebis", WORKERS, "", 5),
        instead_of="x",
    )

    assert [(party.name, party.speaks_for) for party in one.parties] == [("x bis", 5), ("y", None)]
    assert [party.name for party in with_party(one, Party("F", EMPLOYERS)).parties] == ["x bis", "y", "F"]
    assert [party.name for party in without_party(one, "x bis").parties] == ["y"]


@pytest.mark.parametrize(
    ("party", "said"),
    [
        (Party("  ", WORKERS), "has no name"),
        (Party("X", EMPLOYERS), "at the table already"),
        (Party("w", WORKERS, "", -1), "can't speak for -1 staff"),
        (Party("w", WORKERS, "", float("nan")), "can't speak for nan staff"),
    ],
)
def test_that_a_party_that_can_not_be_is_refused_in_a_sentence(party: Party, said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        with_party(seated(Party("x", WORKERS)), party)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    file = SectorFile.create(tmp_path / "f1.bargain", f1_sector(), PASSPHRASE, cost=Argon2Cost(8, 1, 1))
    file.save()
    file.close()
    (tmp_path / "o2.toml").write_text(O2, encoding="utf-8")
    return file.path


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> dict:
    assert main([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_that_parties_are_kept_in_the_file_and_staying_counts_them(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(
        capsys,
        "parties",
        path,
        "--set",
        "x",
        "--side",
        "workers",
        "--kind",
        "trade union",
        "--speaks-for",
        "60",
    )
    answer(capsys, "parties", path, "--set", "y", "--side", "workers")
    unknown = answer(capsys, "staying", path, "--offer", path.parent / "o2.toml", code=1)["table"][0]
    answer(capsys, "parties", path, "--set", "y", "--speaks-for", "30", "--rename", "y and z")
    known = answer(capsys, "staying", path, "--offer", path.parent / "o2.toml", code=1)["table"][0]

    assert (unknown["unknown"], unknown["effective"]) == (["y"], None)
    assert known["effective"] == pytest.approx(float(in_effect([60, 30])))
    assert [one["name"] for one in known["parties"]] == ["x", "y and z"]
    assert known["parties"][0]["kind"] == "trade union"
    assert main(["restore", str(path), "--undo"]) == 0
    capsys.readouterr()
    assert [one["speaks_for"] for one in answer(capsys, "parties", path)["parties"]] == [60.0, None]
    assert answer(capsys, "parties", path, "--remove", "y")["table"][0]["effective"] == 1.0


def test_that_parties_named_in_the_command_stand_in_the_place_of_the_files(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offer = path.parent / "o2.toml"
    flags = ("--table-workers", "x=60", "y=30", "z=15", "--table-employers", "F=175")
    found = answer(capsys, "staying", path, "--offer", offer, *flags, code=1)
    assert main(["staying", str(path), "--offer", str(offer), *flags]) == 1
    told = capsys.readouterr().out

    assert [one["effective"] for one in found["table"]] == [
        pytest.approx(float(in_effect([60, 30, 15]))),
        1.0,
    ]
    assert "2.333" in told
    assert answer(capsys, "parties", path)["parties"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--speaks-for", "5"), "name it with --set"),
        (("--set", "x"), "say for whom it sits with --side"),
        (("--set", "x", "--side", "workers", "--speaks-for", "many"), "is no number of staff"),
        (("--remove", "x"), "There is no party"),
    ],
)
def test_that_a_party_command_that_can_not_be_done_says_what_to_write(
    path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert main(["parties", str(path), *words]) == 2
    assert said in capsys.readouterr().err
