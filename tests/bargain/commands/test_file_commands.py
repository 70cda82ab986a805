"""history, restore, recover, passphrase, erase and check, as they are run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bargain.storage.places import VARIABLE

ROOT = Path(__file__).parents[3]
PAYROLL = "Employer,Job title,Hourly rate,Weekly hours\n{},Support worker,12.80,37\n"


class Terminal:
    """A folder with a sector file in it, and the commands as a process of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: object, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
            cwd=self.folder,
            env={**os.environ, "BARGAIN_PASSPHRASE": "first words", VARIABLE: str(self.folder / "data")}
            | env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=300,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def answer(self, *arguments: object, code: int = 0, **env: str) -> dict:
        return json.loads(self.run(*arguments, "--json", code=code, **env).stdout)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    made.run("new", "a.bargain", "--name", "Homes")
    for name in ("North", "South"):
        (tmp_path / f"{name}.csv").write_text(PAYROLL.format(name), "utf-8")
        made.run("import", "a.bargain", f"{name}.csv")
    return made


def test_that_steps_and_copies_are_listed_restored_undone_and_redone(terminal: Terminal) -> None:
    found = terminal.answer("history", "a.bargain")
    assert found["present"]["text"] == "Import: South.csv"
    steps = [one for one in found["versions"] if one["kind"] in ("new", "import") and not one["bytes"]]
    assert [one["text"] for one in steps] == ["Import: North.csv", "New sector"]
    copies = [one for one in found["versions"] if one["bytes"]]
    assert [one["kind"] for one in copies].count("import") == 2
    north = steps[0]["version"]
    restored = terminal.answer("restore", "a.bargain", north)
    assert restored["done"].startswith("Restored the version of ")
    assert terminal.answer("check", "a.bargain")["heads"] == 1
    terminal.run("restore", "a.bargain", "--undo")
    assert terminal.answer("check", "a.bargain")["heads"] == 2
    assert "Done again" in terminal.run("restore", "a.bargain", "--redo").stdout
    assert terminal.answer("check", "a.bargain")["heads"] == 1
    assert "nothing to redo" in terminal.run("restore", "a.bargain", "--redo", code=2).stderr
    assert "no version 99" in terminal.run("restore", "a.bargain", "99", code=2).stderr
    oldest = copies[-1]["version"]
    terminal.run("restore", "a.bargain", oldest)
    assert terminal.answer("check", "a.bargain")["heads"] == 0
    assert "New sector" in terminal.run("history", "a.bargain").stdout


def test_that_a_damaged_file_is_named_and_the_newest_good_copy_put_back(terminal: Terminal) -> None:
    path = terminal.folder / "a.bargain"
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    found = terminal.answer("check", "a.bargain", code=1)
    assert found["intact"] is False
    assert found["faults"]
    said = terminal.run("check", "a.bargain", code=1).stdout
    assert "is damaged" in said
    assert "The newest good copy is from" in said
    assert "damaged" in terminal.run("cost", "a.bargain", "--offer", "x.toml", code=2).stderr
    assert terminal.answer("recover", "a.bargain", "--list")["copies"]
    assert terminal.answer("recover", "a.bargain")["put_back"] is False
    assert terminal.answer("recover", "a.bargain", "--put-back")["put_back"] is True
    assert terminal.answer("check", "a.bargain")["heads"] == 2
    assert "no earlier copy" in terminal.run("recover", "other.bargain", code=2).stderr
    assert "None of the" in terminal.run("recover", "a.bargain", code=2, BARGAIN_PASSPHRASE="wrong").stderr


def test_that_the_passphrase_is_changed_and_a_recovery_key_made(terminal: Terminal) -> None:
    changed = terminal.answer(
        "passphrase", "a.bargain", "--recovery-key", "page.txt", BARGAIN_NEW_PASSPHRASE="second words"
    )
    assert changed == {"passphrase_changed": True, "has_recovery_key": True}
    page = terminal.folder / "page.txt"
    assert page.stat().st_mode & 0o777 == 0o600
    key = page.read_text("utf-8").split("\n\n")[2]
    terminal.run("check", "a.bargain", code=2)
    for secret in ("second words", key):
        assert terminal.answer("check", "a.bargain", BARGAIN_PASSPHRASE=secret)["heads"] == 2
    done = terminal.run(
        "passphrase", "a.bargain", "--keep", "--recovery-key", "page.txt", code=2, BARGAIN_PASSPHRASE=key
    )
    assert "page.txt is there already" in done.stderr
    terminal.run("passphrase", "a.bargain", code=2, BARGAIN_PASSPHRASE=key)  # no new one was given


def test_that_erasing_needs_a_yes_and_leaves_a_certificate(terminal: Terminal) -> None:
    assert "Nothing was changed" in terminal.run("erase", "a.bargain", code=2).stderr
    assert terminal.answer("check", "a.bargain")["heads"] == 2
    found = terminal.answer(
        "erase", "a.bargain", "--yes", "--reason", "settled", "--certificate", "erased.txt"
    )
    assert (found["posts"], found["reason"]) == (2, "settled")
    assert "Erased: 2 posts" in (terminal.folder / "erased.txt").read_text("utf-8")
    history = terminal.answer("history", "a.bargain")
    assert history["erasures"] == [found["at"]]
    assert [one["text"] for one in history["versions"]] == ["Erased the staff data"]
    assert terminal.answer("check", "a.bargain")["heads"] == 0


def test_that_a_file_open_elsewhere_is_read_but_not_changed(terminal: Terminal) -> None:
    lock = {"host": "LAPTOP-12", "pid": 1, "since": "2027-03-14T13:05:00Z", "token": "x"}
    (terminal.folder / ".a.bargain.lock").write_text(json.dumps(lock), "utf-8")
    assert terminal.answer("check", "a.bargain")["heads"] == 2
    done = terminal.run("import", "a.bargain", "North.csv", code=2)
    assert "was not changed" in done.stderr
    assert "LAPTOP-12" in done.stderr


def test_that_the_sample_opens_without_a_passphrase_and_takes_no_staff_data(terminal: Terminal) -> None:
    from bargain.storage.container import read_sector

    terminal.run("demo", "sample")
    sector = read_sector(terminal.folder / "sample" / "sample.bargain", None)
    assert sector.is_sample
    assert [one.name for one in sector.frozen] == [one.name for one in sector.offers if one.tabled]
    file = terminal.folder / "sample" / "sample.bargain"
    before = file.read_bytes()
    done = terminal.run("import", "sample/sample.bargain", "North.csv", code=2)
    assert "can't hold staff data" in done.stderr
    for changing in (("rounds", "--close", "Round 1"), ("keep", "--agreed-on", "2027-03-14")):
        done = terminal.run(changing[0], "sample/sample.bargain", *changing[1:], code=2)
        assert "my-copy.bargain" in done.stderr
    assert file.read_bytes() == before
    assert terminal.answer("check", "sample/sample.bargain")["frozen"] >= 1
    (terminal.folder / "mine.bargain").write_bytes(before)
    terminal.run("rounds", "mine.bargain", "--close", "Round 1")  # a copy is the user's own


def test_that_the_file_bench_gives_its_ratios(tmp_path: Path) -> None:
    row = Terminal(tmp_path).answer("bench", "--file", "--posts", "600")["file"][0]
    assert row["save_times_raw"] == pytest.approx(row["save_seconds"] / row["raw_write_seconds"])
    assert row["open_cold_times_raw"] == pytest.approx(row["open_cold_seconds"] / row["raw_cold_seconds"])
    assert row["open_times_raw"] == pytest.approx(row["open_seconds"] / row["raw_read_seconds"])
    assert row["file_megabytes"] < row["megabytes"]
