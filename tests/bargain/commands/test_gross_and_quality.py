"""Grossing up and the data check on the command line: every output says what its figures are taken of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bargain.commands.test_cli import answer, bargain
from tests.helpers.f1 import O1, TARGETS

HEADINGS = "Employer,Region,Surname,Grade,Hourly rate,Weekly hours,Sex,Age,Contract type,Start date"
RATES = {"A": "13.00", "B": "13.10", "C": "13.50", "D": "14.00", "E": "14.20", "F": "15.00"}
TOTALS = """
name = "Register"
unit = "employers"
source = "the register"
dated = 2026-03-31
[[total]]
region = "North West"
count = 6
[[total]]
region = "South East"
count = 12
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six employers in two regions, imported; one row without pay."""
    lines = [HEADINGS]
    for name, rate in RATES.items():
        region = "North West" if name in "ABC" else "South East"
        lines += [
            f"{name} Homes,{region},Quaver{at},Residential support worker,{rate},37.5,F,40,Permanent,15/03/2020"
            for at in range(12)
        ]
    lines.append("F Homes,South East,Quaver,Residential support worker,,37.5,F,40,Permanent,15/03/2020")
    (tmp_path / "payroll.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "o1.toml").write_text(O1, encoding="utf-8")
    (tmp_path / "targets.toml").write_text(TARGETS, encoding="utf-8")
    (tmp_path / "totals.toml").write_text(TOTALS, encoding="utf-8")
    assert bargain("new", "s.bargain", "--name", "S", cwd=tmp_path).returncode == 0
    assert bargain("import", "s.bargain", "payroll.csv", cwd=tmp_path).returncode == 0
    return tmp_path


@pytest.mark.slow
def test_that_every_output_says_whether_it_is_grossed_up_and_only_once_it_is_agreed(folder: Path) -> None:
    plain = answer("cost", "s.bargain", "--offer", "o1.toml", cwd=folder)
    assert plain["basis"]["grossed"] is False
    assert plain["basis"]["says"][0].startswith("Returns only: 72 staff of 6 employers")
    assert {"what": "rows set aside at import", "count": 1.0, "of": "rows"} in plain["basis"]["left_out"]
    assert plain["basis"]["ranges"] == {}

    kept = answer("gross", "s.bargain", "--totals", "totals.toml", cwd=folder)
    assert (kept["grossed"], kept["banner"]) == (False, None)
    assert [one["weight"] for one in kept["cells"]] == [2.0, 4.0]
    assert answer("cost", "s.bargain", "--offer", "o1.toml", cwd=folder)["total"] == plain["total"]

    agreed = answer("gross", "s.bargain", "--agreed-on", "2026-10-01", cwd=folder)
    assert agreed["banner"] == "Grossed up from 6 of 18 employers"
    grossed = answer("cost", "s.bargain", "--offer", "o1.toml", cwd=folder)
    own = {one["name"]: one["full_year"] for one in plain["by_employer"]}
    by_hand = sum(cost * (2 if name[0] in "ABC" else 4) for name, cost in own.items())
    assert grossed["total"]["full_year"] == pytest.approx(by_hand, abs=0.05)
    assert {one["name"]: one["full_year"] for one in grossed["by_employer"]} == pytest.approx(own, abs=0.01)
    span = grossed["basis"]["ranges"]["cost_full_year"]
    assert span["low"] < grossed["total"]["full_year"] < span["high"]
    for arguments, code in (
        (("cost", "s.bargain", "--offer", "o1.toml"), 0),
        (("measure", "s.bargain", "--offer", "o1.toml"), 0),
        (("test", "s.bargain", "--offer", "o1.toml", "--targets", "targets.toml"), 1),
        (("compare", "s.bargain", "o1.toml"), 0),
        (("draft", "s.bargain", "--offer", "o1.toml", "--out", "d.pdf"), 0),
        (("export", "s.bargain", "--offer", "o1.toml", "--out", "d.xlsx"), 0),
        (("explain", "s.bargain", "--offer", "o1.toml", "--figure", "cost_full_year"), 0),
    ):
        done = bargain(*arguments, cwd=folder)
        assert done.returncode == code, done.stderr
        assert "Grossed up from 6 of 18 employers" in done.stdout, arguments

    assert answer("gross", "s.bargain", "--off", cwd=folder)["grossed"] is False
    assert answer("cost", "s.bargain", "--offer", "o1.toml", cwd=folder)["total"] == plain["total"]


@pytest.mark.slow
def test_that_grossing_up_without_totals_or_to_totals_that_do_not_fit_changes_nothing(folder: Path) -> None:
    before = (folder / "s.bargain").read_bytes()
    done = bargain("gross", "s.bargain", "--agreed-on", "2026-10-01", cwd=folder)
    assert done.returncode == 2
    assert "no known totals to gross up to" in done.stderr
    (folder / "totals.toml").write_text(TOTALS.replace("count = 6", "count = 2"), encoding="utf-8")
    done = bargain("gross", "s.bargain", "--totals", "totals.toml", cwd=folder)
    assert done.returncode == 2
    assert "“North West” has 2 employers, but 3 returned" in done.stderr
    assert bargain("gross", "s.bargain", "--agreed-on", "soon", cwd=folder).returncode == 2
    assert (folder / "s.bargain").read_bytes() == before


@pytest.mark.slow
def test_that_quality_tells_each_employer_and_writes_letters_that_name_nobody(folder: Path) -> None:
    found = answer("quality", "s.bargain", "--letters", "letters", cwd=folder, code=1)
    states = {one["name"]: one["state"] for one in found["employers"]}
    assert states == {f"{name} Homes": "ready" for name in "ABCDE"} | {"F Homes": "rows set aside"}
    last = found["employers"][-1]["queries"][0]
    assert (last["code"], last["set_aside"], last["rows"]) == ("missing_pay", 1, [74])
    assert found["letters"] == ["Query – F Homes.pdf", "Query – F Homes.txt"]
    text = (folder / "letters" / "Query – F Homes.txt").read_text("utf-8")
    assert "rows 74" in text
    assert "Quaver" not in text
    assert answer("quality", "s.bargain", "--employer", "A Homes", cwd=folder)["letters"] == []
    (folder / "list.txt").write_text("a homes\nZephyr  Homes\n\nZEPHYR HOMES\n", encoding="utf-8")
    waiting = answer("quality", "s.bargain", "--awaited", "list.txt", cwd=folder, code=1)
    assert (waiting["employers_returned"], waiting["employers_expected"]) == (6, 7)
    assert waiting["employers"][-1]["state"] == "not returned"
    assert bargain("quality", "s.bargain", "--awaited", "list.txt", cwd=folder).returncode == 2
    assert "✗1" in bargain("quality", "s.bargain", cwd=folder).stdout
    assert bargain("quality", "s.bargain", "--employer", "Z", cwd=folder).returncode == 2
    assert (
        bargain("quality", "s.bargain", "--letters", "l", "--reply-by", "2020-01-01", cwd=folder).returncode
        == 2
    )
