"""A difference that a few people make does not leave its side: told together with the next cause, or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bargain.cli import main
from bargain.difference_told import TOGETHER, hidden_causes, is_withheld, told
from bargain.differences import Side, why_different
from bargain.offers.offer_file import read_offer
from bargain.progress import drive
from bargain.storage.container import write_sector
from models.basis import Basis
from models.differences import Difference
from models.employer import Employer
from models.sector import Sector
from models.table import Role
from tests.helpers.f1 import Row, workforce_of

RISE = "[[settlement]]\neffective = 2026-04-06\n[[settlement.pay]]\npercent = 2\n"
LATER = RISE.replace("2026", "2027")


def staff(many: float, extra: float = 0.0, **changes: object) -> Sector:
    """Many at £30,000 and some at £90,000."""
    rows = [Row("A", "Staff", "30000.00", many, basis=Basis.YEAR, fte=1.0)]
    rows += [Row("A", "Staff", "90000.00", extra, basis=Basis.YEAR, fte=1.0)] if extra else []
    made = Sector(
        "s", employers=(Employer("A"),), workforce=workforce_of(rows, employers="A", grades=["Staff"])
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def between(one: Sector, other: Sector, theirs: str = RISE) -> Difference:
    sides = (Side(one, read_offer(RISE, source="o")), Side(other, read_offer(theirs, source="o")))
    return drive(why_different(*sides))


def people(found: Difference) -> dict[str, float | None]:
    return {one.key: one.people for one in found.causes if one.differs}


def test_that_one_person_apart_is_withheld_and_ten_are_not() -> None:
    one = between(staff(100), staff(100, 1))
    assert people(one) == {"staff": 1.0}
    assert is_withheld(one)
    ten = between(staff(100), staff(100, 10))
    assert people(ten) == {"staff": 10.0}
    assert not is_withheld(ten)
    assert told(ten) == ten
    changed = between(staff(99, 1), staff(100))  # somebody at another rate is one person, not two
    assert people(changed) == {"staff": 1.0}


def test_that_a_cause_of_one_person_is_told_together_with_the_next() -> None:
    found = between(staff(100), staff(100, 1), LATER)
    assert people(found) == {"staff": 1.0, "date": None}
    assert not is_withheld(found)
    joined = told(found)
    assert [one.key for one in joined.causes if one.differs] == [TOGETHER]
    assert joined.total == found.total
    assert joined.causes[0].shown == found.total
    assert sum(hidden_causes(found)) == 2


def test_that_the_on_costs_of_a_small_employer_are_a_matter_of_its_people() -> None:
    rows = [Row("A", "Staff", "14.00", 50), Row("B", "Staff", "16.00", 3)]
    force = workforce_of(rows, employers=("A", "B"), grades=["Staff"])
    ours = Sector("s", employers=(Employer("A"), Employer("B", pension_ppm=50_000)), workforce=force)
    theirs = replace(ours, employers=(Employer("A"), Employer("B", pension_ppm=60_000)))
    found = between(ours, theirs)
    assert people(found) == {"on_costs": 3.0}
    assert is_withheld(found)
    large = replace(ours, employers=(Employer("A", pension_ppm=60_000), Employer("B", pension_ppm=50_000)))
    assert people(between(ours, large)) == {"on_costs": 50.0}


def test_that_a_joint_sector_prints_no_cost_of_one_person_and_a_sides_own_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", "correct horse battery")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "o.toml").write_text(RISE, encoding="utf-8")
    (tmp_path / "later.toml").write_text(LATER, encoding="utf-8")
    for name, sector in (
        ("own", staff(100)),
        ("theirs", staff(100, 1)),
        ("joint", staff(100, role=Role.JOINT)),
    ):
        write_sector(tmp_path / f"{name}.bargain", sector, "correct horse battery")
    assert main(["why", "own.bargain", "theirs.bargain", "--offer", "o.toml"]) == 1
    assert "Staff file " in capsys.readouterr().out
    assert main(["why", "joint.bargain", "theirs.bargain", "--offer", "o.toml"]) == 2
    said = capsys.readouterr()
    assert "fewer than ten people" in said.err
    assert "£" not in said.out + said.err
    ask = ["why", "joint.bargain", "theirs.bargain", "--offer", "o.toml", "--other-offer", "later.toml"]
    assert main(ask) == 1
    assert "together: fewer than 10 people" in capsys.readouterr().out
