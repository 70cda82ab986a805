"""Nothing leaks: planted words and figures are in no byte of anything that is written, and nothing is connected to."""

from __future__ import annotations

import json
import os
import shutil
import stat
import struct
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sector_strategies import LOW_COST, example_sector, noisy_workforce

from bargain.storage import log, recovery
from bargain.storage.recovery import new_recovery_key
from bargain.storage.refusals import ChangedElsewhereError, WrongPassphraseError
from bargain.storage.sector_file import SectorFile
from bargain.storage.store import Store
from models.accounts import Accounts
from models.assumptions import Assumption
from models.employer import Employer
from models.offer import Offer
from models.sector import ImportRecord, RememberedMapping, Sector, TitleGrade
from models.target import Target, TargetSet
from models.workforce import empty_workforce

ROOT = Path(__file__).parents[3]
WORDS = [f"Canary{number:03}xq" for number in range(40)]
RATES = [13_370_001 + 7_919 * number for number in range(200)]
PASSPHRASE = "Canary passphrase zebra"


def planted() -> Sector:
    """A sector with a word of its own in every field that can hold one, and 200 rates."""
    word = iter(WORDS).__next__
    force = noisy_workforce(200)
    force = replace(
        force,
        rate_micros=np.array(RATES),
        employers=(word(), word(), word()),
        titles=(word(), word(), word()),
        settings=(word(), word(), word()),
    )
    record = ImportRecord(
        file=f"{word()}.xlsx", sheet=word(), sha256="ab" * 32, imported=date(2027, 1, 1), employers=(word(),),
        rows_in_file=200, staff=200, totals=0, leavers=0, set_aside=0, blank=0, heads=200.0,
        paybill_micros=RATES[0], mapping=((word(), word()),), dropped_columns=(word(),), unmapped_titles=(word(),),
    )  # fmt: skip
    return replace(
        example_sector(3),
        name=word(),
        legal_basis=word(),
        coverage=word(),
        grades=("a", "b", word()),
        title_grades=(TitleGrade(word(), word()),),
        employers=(Employer(word()),),
        workforce=force,
        accounts=(Accounts(word(), revenue_micros=RATES[1]),),
        assumptions=(Assumption("k", word(), 0.5, "share", source=word()),),
        offers=(Offer(word(), word()),),
        target_sets=(TargetSet(word(), (Target(word(), "cost_full_year", at_most=float(RATES[2])),)),),
        imports=(record,),
        mappings=(RememberedMapping("s", word(), (word(),), word()),),
    )


def needles(*more: str) -> list[bytes]:
    """What is looked for: every word and figure as text and as bytes."""
    found = []
    for word in (*WORDS, PASSPHRASE, *more):
        found += [word.encode(), word.encode("utf-16-le"), word.lower().encode()]
    for rate in RATES:
        found += [struct.pack("<q", rate), struct.pack("<d", rate), str(rate).encode()]
    return found


def leaks(folder: Path, looked_for: list[bytes]) -> list[str]:
    """Where in all files under a folder, their names included, something planted is found."""
    found = []
    for path in folder.rglob("*"):
        text = os.fsencode(path.relative_to(folder)) + b"\n" + (path.read_bytes() if path.is_file() else b"")
        found += [f"{path.name}: {one!r}" for one in looked_for if one in text]
    return found


def live_through(path: Path, key: str) -> None:
    """Everything that writes: saving, copies, journal, crash, refusal, damage, restoring, moving, erasing, log."""
    file = SectorFile.create(path, planted(), PASSPHRASE, recovery_key=key, cost=LOW_COST)
    file.save()
    for number in range(4):
        file.record(replace(file.sector, coverage=f"{WORDS[-1]} {number}"), f"Changed {WORDS[-1]} {number}")
        if number % 2:
            file.save()
    file.record(replace(file.sector, jurisdiction=WORDS[-2]), f"Left {WORDS[-2]}")
    file._lock.release()
    with pytest.raises(WrongPassphraseError):
        SectorFile.open(path, "wrong " + WORDS[-1])
    again = SectorFile.open(path, key)
    again.back_up("import")
    again.restore(again.versions()[-1])
    other = SectorFile.open(path, again.key)
    other.take_over()
    other.record(replace(other.sector, jurisdiction="x"), WORDS[-3])
    other.save()
    other.close()
    with pytest.raises(ChangedElsewhereError):
        again.save()
    again.keep_mine()
    again.save_to(path.with_name("moved.bargain"))
    again.close()


def test_that_what_is_planted_in_every_field_is_in_no_byte_of_anything_written(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    key = new_recovery_key()
    live_through(tmp_path / "north.bargain", key)
    written = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert len(written) > 8
    letters = recovery.letters_of(key)
    assert leaks(tmp_path, needles(key, letters, *key.split("-"))) == []
    for one in written:
        assert stat.S_IMODE(one.stat().st_mode) == 0o600, one.name
    for one in (data, *(one for one in data.rglob("*") if one.is_dir())):
        assert stat.S_IMODE(one.stat().st_mode) == 0o700


def test_that_the_search_finds_what_does_leak(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"..." + WORDS[3].encode("utf-16-le") + b"...")
    (tmp_path / f"{WORDS[4]}.txt").write_bytes(struct.pack("<q", RATES[7]))
    assert len(leaks(tmp_path, needles())) == 3


def test_that_after_erasing_neither_key_nor_copy_gives_the_staff_back(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "north.bargain"
    live_through(path, new_recovery_key())
    moved = SectorFile.open(path.with_name("moved.bargain"), PASSPHRASE)
    certificate = moved.erase_staff("settled")
    assert (certificate.posts, certificate.imports) == (200, 1)
    moved.close()
    copies = list(data.rglob("*.bargain"))
    assert copies
    for one in [moved.path, *copies]:
        found = SectorFile.open(one, moved.key, lock=False)
        for step in (found.history.start, *found.steps):
            sector = step.sector()
            assert not len(sector.workforce)
            assert not {WORDS[at] for at in range(3, 9)} & set(repr(sector).split("'"))
        stored = b"".join(found._contents.store.small.values())
        assert not [word for word in WORDS[3:9] if word.encode() in stored]
        empty = Store(bytes(32))
        empty.put(replace(planted(), workforce=empty_workforce()))
        assert found._contents.store.columns.keys() <= empty.columns.keys()  # no column of anybody's
    assert not list(data.rglob("journal*"))
    kept = SectorFile.open(moved.path, moved.key, lock=False)
    assert kept.certificates == (certificate,)
    lines = "\n".join(certificate.lines("moved.bargain"))
    assert "200 posts" in lines
    assert not [word for word in WORDS if word in lines]


def test_that_the_log_takes_events_and_counts_and_nothing_else(data: Path) -> None:
    log.note("saved", size=5)
    for event, counts in (
        ("north.bargain", {}),
        ("saved", {"size": "big"}),
        ("saved", {"size": 1.5}),
        ("saved", {"x": True}),
    ):
        with pytest.raises(ValueError, match="known events and whole numbers"):
            log.note(event, **counts)
    lines = [json.loads(line) for line in (data / "events.log").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["saved"]
    assert set(lines[0]) == {"number", "at", "event", "size"}


def test_that_the_log_is_never_larger_than_two_of_its_limits(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_LARGEST", 2_000)
    for number in range(200):
        log.note("saved", size=number)
    sizes = [one.stat().st_size for one in data.iterdir()]
    assert len(sizes) == 2
    assert max(sizes) < 2_200


RUN = """
import sys
from pathlib import Path
opened = []
sys.addaudithook(lambda event, args: opened.append(event) if event.startswith("socket.") else None)
sys.path.insert(0, sys.argv[1])
from bargain.cli import main
folder = Path(sys.argv[2])
at = folder / "a.bargain"
assert main(["new", str(at), "--name", "Homes"]) == 0
(folder / "pay.csv").write_text("Employer,Job title,Hourly rate,Weekly hours\\nSouth Homes,Support worker,12.80,37\\n")
assert main(["import", str(at), str(folder / "pay.csv")]) == 0
for command in ("history", "check"):
    assert main([command, str(at)]) == 0
assert main(["restore", str(at), "--undo"]) == 0
assert main(["recover", str(at), "--put-back"]) == 0
assert main(["erase", str(at), "--yes"]) == 0
print("connections:", opened)
"""


def run_all(folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "BARGAIN_PASSPHRASE": PASSPHRASE, "HOME": str(folder), "TMPDIR": str(folder)}
    return subprocess.run(
        [*before, sys.executable, "-c", RUN, str(ROOT), str(folder)],
        env=env, capture_output=True, text=True, check=False, cwd=folder, timeout=500,
    )  # fmt: skip


def test_that_no_socket_is_opened_from_making_a_file_to_erasing_it(tmp_path: Path) -> None:
    done = run_all(tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "connections: []"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_that_the_system_is_asked_for_no_connection(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    done = run_all(
        tmp_path, "strace", "-f", "-qq", "-e", "trace=socket,connect,bind,sendto", "-o", str(trace)
    )
    assert done.returncode == 0, done.stderr
    asked = [line for line in trace.read_text().splitlines() if "AF_INET" in line or "AF_NETLINK" in line]
    assert asked == []
