"""The command line as a user runs it: in a process of its own, with Qt blocked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.f1 import F1_ROWS, O1, O2, O3, TARGETS

ROOT = Path(__file__).parents[3]
PASSPHRASE = "correct horse"
OWNERS = {"A": "for-profit, private-equity owned", "B": "charity", "C": "local authority"}
ACCOUNTS = """Employer,Year end,Revenue,Labour,Rent,Other operating costs,Directors,Net interest
A,2026-03-31,5600000,3371715,280000,720000,120000,350000
B,2026-03-31,2650000,2045701,60000,330000,60000,5000
"""
BLOCK_QT = "import sys; sys.modules['PySide6'] = None; sys.path.insert(0, sys.argv.pop(1)); import main; sys.exit(main.main())"


def bargain(
    *arguments: object, cwd: Path, passphrase: str | None = PASSPHRASE
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process in which any import of Qt fails."""
    env = {key: value for key, value in os.environ.items() if key != "BARGAIN_PASSPHRASE"}
    env |= {"PYTHONUTF8": "1"} | ({"BARGAIN_PASSPHRASE": passphrase} if passphrase else {})
    return subprocess.run(
        [sys.executable, "-c", BLOCK_QT, str(ROOT), *map(str, arguments)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=300,
    )


def answer(*arguments: object, cwd: Path, code: int = 0) -> dict:
    done = bargain(*arguments, "--json", cwd=cwd)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """F1 as files, imported into a sector file by the commands themselves."""
    made = tmp_path_factory.mktemp("f1")
    lines = ["Employer,Ownership,Grade,Heads,Hourly rate,Weekly hours"]
    lines += [
        f'{row.employer},"{OWNERS[row.employer]}",{row.grade},{row.heads:.0f},{row.rate},{row.hours}'
        for row in F1_ROWS
    ]
    (made / "payroll.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (made / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    for name, text in {"o1": O1, "o2": O2, "o3": O3, "targets": TARGETS}.items():
        (made / f"{name}.toml").write_text(text, encoding="utf-8")
    assert bargain("new", "f1.bargain", "--name", "F1", cwd=made).returncode == 0
    read = answer("import", "f1.bargain", "payroll.csv", "--control-total", "6165258", cwd=made)
    assert read["files"][0]["staff"] == 12
    assert bargain("accounts", "f1.bargain", "accounts.csv", cwd=made).returncode == 0
    return made


def test_that_import_accounts_for_every_row(folder: Path) -> None:
    found = answer("inspect", "payroll.csv", cwd=folder)["files"][0]

    parts = ("staff", "totals", "leavers", "set_aside", "blank")
    assert found["rows_in_file"] == sum(found[part] for part in parts) == 12
    assert found["mapping"]["pay"] == "Hourly rate"
    assert found["paybill_annual"] == pytest.approx(6_165_257.96, abs=0.01)


def test_that_cost_gives_f1_to_the_pound(folder: Path) -> None:
    found = answer("cost", "f1.bargain", "--offer", "o2.toml", cwd=folder)

    assert {one["name"]: round(one["full_year"]) for one in found["by_employer"]} == {
        "A": 340192,
        "B": 80503,
        "C": 50924,
    }
    assert round(found["total"]["full_year"]) == 471_619
    keys = {"level", "in_year", "carry_over", "full_year", "cumulative", "back_pay", "one_off"}
    assert keys <= set(found["total"])
    assert {"element", "pay", "employer_ni", "pension", "levy", "cover", "total"} <= set(
        found["by_element"][0]
    )
    assert {"settlements", "by_grade", "cost_of_one_percent"} <= set(found)


def test_that_measure_shows_before_and_after(folder: Path) -> None:
    found = answer("measure", "f1.bargain", "--offer", "o3.toml", cwd=folder)

    assert found["before"]["heads"] == 222
    assert round(found["before"]["measures"]["gini"], 4) == 0.0698
    assert round(found["after"]["measures"]["p90_p10"], 4) == 1.1614
    assert {"fte", "paybill", "by_employer", "by_grade", "by_ownership"} <= set(found["after"])
    assert answer("measure", "f1.bargain", cwd=folder)["after"] is None


@pytest.mark.parametrize(
    ("offer", "met"),
    [
        ("o1", [False, False, False, True]),
        ("o2", [True, True, False, False]),
        ("o3", [True, False, False, True]),
    ],
)
def test_that_test_gives_each_verdict_and_leaves_with_one(folder: Path, offer: str, met: list[bool]) -> None:
    found = answer(
        "test", "f1.bargain", "--offer", f"{offer}.toml", "--targets", "targets.toml", cwd=folder, code=1
    )

    assert [one["met"] for one in found["targets"]] == met
    assert found["all_met"] is False
    keys = {"name", "measure", "value", "limit", "met", "margin", "worst", "n"}
    assert all(keys <= set(one) for one in found["targets"])


def test_that_test_leaves_with_nought_when_everything_is_met(folder: Path) -> None:
    (folder / "easy.toml").write_text('[[target]]\nmeasure = "gini"\nat_most = 0.5\n', encoding="utf-8")

    assert (
        answer("test", "f1.bargain", "--offer", "o1.toml", "--targets", "easy.toml", cwd=folder)["all_met"]
        is True
    )


def test_that_compare_puts_offers_side_by_side(folder: Path) -> None:
    found = answer("compare", "f1.bargain", "o1.toml", "o2.toml", "--targets", "targets.toml", cwd=folder)

    assert [one["name"] for one in found["offers"]] == ["O1: four per cent", "O2: bottom-weighted"]
    assert all({"cost", "measures", "targets"} <= set(one) for one in found["offers"])


@pytest.mark.parametrize(("name", "start"), [("draft.pdf", b"%PDF"), ("draft.docx", b"PK")])
def test_that_draft_writes_what_the_ending_says(folder: Path, name: str, start: bytes) -> None:
    done = bargain("draft", "f1.bargain", "--offer", "o2.toml", "--out", name, cwd=folder)

    assert done.returncode == 0, done.stderr
    assert (folder / name).read_bytes().startswith(start)


def test_that_check_authenticates_and_counts(folder: Path) -> None:
    found = answer("check", "f1.bargain", cwd=folder)

    assert found["intact"] is True
    assert (found["heads"], found["employers"], found["rounds"]) == (222, 3, 0)


def test_that_bench_prints_an_appraisal_beside_the_stream(tmp_path: Path) -> None:
    row = answer("bench", "--posts", "600", "--employers", "4", cwd=tmp_path)["sizes"][0]

    assert row["posts"] == 600
    assert row["times_stream"] == pytest.approx(row["appraisal_ms"] / row["stream_ms"])


def test_that_scale_writes_the_next_table(tmp_path: Path) -> None:
    (tmp_path / "spine.csv").write_text("point,annual\n2,23656\n3,24027\n", encoding="utf-8")
    (tmp_path / "o.toml").write_text(
        "[[settlement]]\neffective = 2025-04-01\n[[settlement.pay]]\npercent = 3.2\n", encoding="utf-8"
    )
    done = bargain("scale", "spine.csv", "--offer", "o.toml", "--out", "next.csv", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "next.csv").read_text("utf-8").splitlines()[1].startswith("2,24413,12.65,757,")


FAULTS = {
    "no such file": ("cost", "none.bargain", "--offer", "o1.toml"),
    "not a sector file": ("cost", "payroll.csv", "--offer", "o1.toml"),
    "no such offer": ("cost", "f1.bargain", "--offer", "Never tabled"),
    "a wrong offer": ("cost", "f1.bargain", "--offer", "targets.toml"),
    "wrong targets": ("test", "f1.bargain", "--offer", "o1.toml", "--targets", "o1.toml"),
    "a file that is no payroll": ("import", "f1.bargain", "o1.toml"),
    "the same file twice": ("import", "f1.bargain", "payroll.csv"),
    "a sector that is there already": ("new", "f1.bargain", "--name", "again"),
    "a pack nobody has": ("new", "other.bargain", "--name", "x", "--pack", "moon"),
    "a draft that is no pdf": ("draft", "f1.bargain", "--offer", "o1.toml", "--out", "x.doc"),
    "an option nobody knows": ("cost", "f1.bargain", "--offfer", "o1.toml"),
    "a control total in words": ("import", "f1.bargain", "payroll.csv", "--control-total", "lots"),
    "nonsense posts": ("bench", "--posts", "0"),
}


@pytest.mark.parametrize("arguments", FAULTS.values(), ids=FAULTS)
def test_that_bad_input_gets_one_sentence_and_changes_nothing(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    before = (folder / "f1.bargain").read_bytes()
    done = bargain(*arguments, cwd=folder)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip()) > 20
    assert done.stdout == ""
    assert (folder / "f1.bargain").read_bytes() == before


def test_that_a_file_whose_meaning_is_open_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "range.csv").write_text(
        "Grade,Job Title,Payscale Minimum,Payscale Maximum,Number of Posts in FTE\n"
        "EO,Policy officer,25242,29060,1\nHEO,Policy officer,29554,34424,2\n",
        encoding="utf-8",
    )
    done = bargain("inspect", "range.csv", "--json", cwd=tmp_path)
    asked = json.loads(done.stdout)["questions"][0]

    assert done.returncode == 2
    assert {"question", "candidates", "examples"} <= set(asked)
    (tmp_path / "map.toml").write_text('[columns]\npay = "Payscale Minimum"\n', encoding="utf-8")
    found = answer("inspect", "range.csv", "--mapping", "map.toml", cwd=tmp_path)["files"][0]
    assert found["paybill_annual"] == 25242 + 2 * 29554


def test_that_hourly_pay_without_hours_is_asked_by_inspect_and_import_alike(tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_text("Job title,Hourly rate\nRSW,12.71\nCook,13.00\n", encoding="utf-8")
    assert bargain("new", "s.bargain", "--name", "S", cwd=tmp_path).returncode == 0
    before = (tmp_path / "s.bargain").read_bytes()
    for command in (("inspect", "rates.csv"), ("import", "s.bargain", "rates.csv")):
        done = bargain(*command, "--json", cwd=tmp_path)
        asked = json.loads(done.stdout)["questions"][0]
        assert (done.returncode, asked["key"]) == (2, "pay.hours_each")
        assert len(asked["examples"]) == 2
    assert (tmp_path / "s.bargain").read_bytes() == before
    (tmp_path / "map.toml").write_text("[pay]\nhours_each = 20\n", encoding="utf-8")
    found = answer("inspect", "rates.csv", "--mapping", "map.toml", cwd=tmp_path)["files"][0]
    assert found["paybill_annual"] == pytest.approx(25.71 * 20 * 52.143)
    done = bargain("import", "s.bargain", "rates.csv", "--mapping", "map.toml", cwd=tmp_path)
    assert done.returncode == 0


def test_that_a_wrong_passphrase_is_refused_and_a_missing_one_asked_for(folder: Path) -> None:
    wrong = bargain("check", "f1.bargain", cwd=folder, passphrase="wrong")
    none = bargain("check", "f1.bargain", cwd=folder, passphrase=None)

    assert (wrong.returncode, none.returncode) == (2, 2)
    assert "passphrase" in wrong.stderr.lower()
    assert "--passphrase-file" in none.stderr


def test_that_every_command_is_explained_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    from bargain.cli import COMMANDS, main

    for name in COMMANDS:
        with pytest.raises(SystemExit) as ended:
            main([name, "--help"])
        assert ended.value.code == 0, name
        assert re.search(rf"Example:\s+bargain {name}", capsys.readouterr().out), name


@pytest.mark.slow
def test_that_the_demo_runs_from_spreadsheets_to_verdicts(tmp_path: Path) -> None:
    found = answer("demo", "sample", cwd=tmp_path)

    assert found["heads"] == 6000
    assert 38 <= found["employers"] <= 42
    assert {one["met"] for one in found["targets"]} == {True, False}
    again = bargain("demo", "sample", cwd=tmp_path)
    assert again.returncode == 2
    assert "there already" in again.stderr


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="Windows and macOS always have a screen")
def test_that_without_a_screen_the_window_is_refused_in_one_sentence(tmp_path: Path) -> None:
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py")],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "no screen" in done.stderr
