"""Two people, two machines, programs that sync folders, locks that were left, files that were exchanged."""

from __future__ import annotations

import errno
import json
import os
import platform
import random
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sector_strategies import LOW_COST, PHRASE, example_sector

from bargain.storage import atomic, outside
from bargain.storage.container import read_sector
from bargain.storage.lock import FileLock
from bargain.storage.refusals import ChangedElsewhereError, DamagedFileError, NotSavedError, ReadOnlyError
from bargain.storage.sector_file import SectorFile
from models.issues import UnusableInput


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "north.bargain"
    file = SectorFile.create(made, example_sector(20, name="0"), PHRASE, cost=LOW_COST)
    file.save()
    file.close()
    return made


def renamed(file: SectorFile, name: str) -> SectorFile:
    file.record(replace(file.sector, name=name), f"Renamed to {name}")
    return file


def lock_of(path: Path, **said: object) -> None:
    lock = {"host": "LAPTOP-12", "pid": 1, "since": "2027-03-14T13:05:00Z", "token": "x"} | said
    path.with_name(f".{path.name}.lock").write_text(json.dumps(lock), "utf-8")


def test_that_a_file_open_on_another_computer_is_read_only_and_says_where_and_since_when(path: Path) -> None:
    lock_of(path)
    file = SectorFile.open(path, PHRASE)
    assert file.read_only.startswith("This file is open on LAPTOP-12 since ")
    assert file.read_only.endswith("You can look, but not change it.")
    assert file.holder is not None
    assert file.holder.since == datetime(2027, 3, 14, 13, 5, tzinfo=UTC)
    assert file.sector.name == "0"
    for act in (lambda: renamed(file, "1"), file.save, file.undo, lambda: file.erase_staff("")):
        with pytest.raises(ReadOnlyError, match="LAPTOP-12"):
            act()
    file.close()
    assert outside.look(path).holder is not None, "another's lock was removed"


def test_that_a_lock_may_be_taken_over_once_a_person_says_so_and_the_other_notices(path: Path) -> None:
    first = SectorFile.open(path, PHRASE)
    second = SectorFile.open(path, PHRASE)
    assert second.read_only
    second.take_over()
    assert not second.read_only
    renamed(second, "second").save()
    with pytest.raises(ChangedElsewhereError):
        renamed(first, "first").save()
    assert first._lock.is_lost()
    first.close()
    assert outside.look(path).holder is not None
    second.close()
    assert outside.look(path).holder is None
    assert read_sector(path, PHRASE).name == "second"


def test_that_a_lock_whose_program_has_ended_here_is_cleared(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    lock_of(path, host=platform.node(), pid=int(done.stdout))
    assert outside.look(path).holder.is_gone
    file = SectorFile.open(path, PHRASE)
    assert not file.read_only
    file.close()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"host": 5, "pid": "x", "since": 9}', "\xff" * 9000]
)
def test_that_a_lock_that_says_nothing_stops_nobody_or_is_taken_for_somebody_s(path: Path, text: str) -> None:
    lock = path.with_name(f".{path.name}.lock")
    lock.write_text(text, "utf-8")
    file = SectorFile.open(path, PHRASE)
    assert file.sector.name == "0"
    assert bool(file.read_only) == text.startswith('{"host"')
    file.close()


def test_that_a_folder_in_which_no_lock_can_be_made_still_opens(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> bool:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr("bargain.storage.lock.make_alone", refused)
    file = SectorFile.open(path, PHRASE)
    assert not file.read_only
    assert not FileLock(path).is_lost()


def test_that_the_lock_is_for_its_owner_alone_and_names_nobody(path: Path) -> None:
    file = SectorFile.open(path, PHRASE)
    lock = path.with_name(f".{path.name}.lock")
    assert lock.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(lock.read_text())) == {"host", "pid", "since", "token"}
    file.close()
    assert not lock.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_that_of_two_processes_the_second_only_looks_until_the_first_is_gone(path: Path) -> None:
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:  # the first: a change that is not saved yet, then it stays
        try:
            renamed(SectorFile.open(path, PHRASE), "first")
            os.write(theirs, b"!")
            signal.pause()
        finally:
            os._exit(1)
    try:
        assert os.read(ours, 1) == b"!"
        second = SectorFile.open(path, PHRASE)
        assert second.read_only.startswith("This file is open on this computer since ")
        assert second.sector.name == "0"
        with pytest.raises(ReadOnlyError):
            renamed(second, "second")
        second.close()
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    third = SectorFile.open(path, second.key)
    assert not third.read_only
    assert [one.text for one in third.recovered] == ["Renamed to first"]
    third.save()
    third.close()
    assert read_sector(path, second.key).name == "first"


def test_that_a_lock_whose_number_another_program_has_now_is_cleared_once_a_person_says_so(
    path: Path,
) -> None:
    lock_of(path, host=platform.node(), pid=os.getppid())
    file = SectorFile.open(path, PHRASE)
    assert file.read_only.startswith("This file is open on this computer since ")
    file.take_over()
    renamed(file, "mine").save()
    file.close()
    assert outside.look(path).holder is None
    assert read_sector(path, file.key).name == "mine"


@pytest.mark.parametrize("since", ["2199-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "yesterday", None])
def test_that_a_lock_under_a_wrong_clock_is_a_lock_all_the_same(path: Path, since: str | None) -> None:
    lock_of(path, since=since)
    file = SectorFile.open(path, PHRASE)
    assert file.read_only.startswith("This file is open on LAPTOP-12")
    assert ("since" in file.read_only) == (since is not None and since.endswith("Z"))
    file.take_over()
    renamed(file, "mine").save()
    file.close()
    assert read_sector(path, file.key).name == "mine"


def test_that_a_change_elsewhere_is_seen_by_its_bytes_whatever_size_and_clock_say(path: Path) -> None:
    mine = SectorFile.open(path, PHRASE)
    renamed(mine, "mine")
    data = bytearray(path.read_bytes())
    told = path.stat()
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert path.stat().st_size == told.st_size
    with pytest.raises(ChangedElsewhereError):
        mine.save()
    path.write_bytes(mine.backups()[-1].path.read_bytes())  # as it was, under another time
    os.utime(path, (0, 0))
    mine.save()
    mine.close()
    assert read_sector(path, mine.key).name == "mine"


def test_that_two_laptops_whose_clocks_differ_by_years_keep_the_order_of_what_was_done(path: Path) -> None:
    moments = {"fast": datetime(2041, 1, 1, tzinfo=UTC), "slow": datetime(2019, 1, 1, tzinfo=UTC)}
    key = SectorFile.open(path, PHRASE, lock=False).key
    for number in range(6):
        moment = moments["fast" if number % 2 else "slow"]
        file = SectorFile.open(path, key, now=lambda moment=moment: moment)
        assert [one.text for one in file.steps] == [f"Renamed to {before}" for before in range(number)]
        renamed(file, str(number)).save()
        file.close()
    file = SectorFile.open(path, key)
    newest = [file.look_at(one).name for one in file.versions() if one.backup]
    assert newest == ["5", "4", "3", "2", "1", "0", "0"]
    file.close()


def test_that_a_file_changed_elsewhere_can_be_kept_as_mine_theirs_or_both(path: Path, tmp_path: Path) -> None:
    def met() -> SectorFile:
        mine = SectorFile.open(path, PHRASE)
        theirs = SectorFile.open(path, mine.key)
        theirs.take_over()
        renamed(theirs, "theirs").save()
        theirs.close()
        renamed(mine, "mine")
        with pytest.raises(ChangedElsewhereError, match=r"Keep yours, keep theirs, or keep both"):
            mine.save()
        return mine

    mine = met()
    mine.keep_mine()
    assert read_sector(path, PHRASE).name == "mine"
    kept = [one for one in mine.versions() if one.kind == "unsaved"]
    assert [mine.look_at(one).name for one in kept] == ["theirs"]
    mine.close()

    mine = met()
    theirs = mine.keep_theirs()
    assert theirs.sector.name == read_sector(path, PHRASE).name == "theirs"
    assert "mine" in {theirs.look_at(one).name for one in theirs.versions() if one.kind == "unsaved"}
    theirs.close()

    mine = met()
    mine.save_to(tmp_path / "both.bargain")
    assert read_sector(path, PHRASE).name == "theirs"
    assert read_sector(tmp_path / "both.bargain", PHRASE).name == "mine"
    renamed(mine, "mine again").save()
    assert read_sector(tmp_path / "both.bargain", PHRASE).name == "mine again"
    mine.close()


def test_that_work_left_in_the_journal_of_a_file_exchanged_meanwhile_is_kept_aside(path: Path) -> None:
    mine = SectorFile.open(path, PHRASE)
    renamed(mine, "mine")
    mine._lock.release()  # crashed
    theirs = SectorFile.open(path, mine.key, lock=False)
    theirs.read_only = ""
    renamed(theirs, "theirs").save()
    renamed(theirs, "theirs too").save()
    theirs.close()
    # the journal was of the file before: put back what the crash had left
    found = SectorFile.open(path, mine.key)
    assert found.sector.name == "theirs too"
    found.close()


class SyncingOs:
    """The os module on a folder that a sync client holds at random for a while, or from which it moves a file."""

    def __init__(self, choose: random.Random, clock: list[float]) -> None:
        self._choose, self._clock = choose, clock
        self._held_until = 0.0

    def __getattr__(self, name: str) -> object:
        real = getattr(os, name)
        if name not in ("replace", "open"):
            return real

        def held(*args: object, **kwargs: object) -> object:
            if self._clock[0] >= self._held_until and self._choose.random() < 0.05:
                self._held_until = self._clock[0] + self._choose.uniform(0, 3)
            if self._clock[0] < self._held_until:
                error = OSError(errno.EACCES, "The process cannot access the file")
                error.winerror = 32
                raise error
            return real(*args, **kwargs)

        return held


@pytest.mark.parametrize("saves", [60, pytest.param(1_000, marks=pytest.mark.slow)])
def test_that_a_sync_client_that_holds_the_file_for_up_to_three_seconds_costs_no_save(
    path: Path, monkeypatch: pytest.MonkeyPatch, saves: int
) -> None:
    clock = [0.0]
    choose = random.Random(12)
    file = SectorFile.open(path, PHRASE)
    monkeypatch.setattr(atomic, "os", SyncingOs(choose, clock))
    monkeypatch.setattr(atomic.time, "sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds))
    refused = 0
    for number in range(saves):
        renamed(file, str(number))
        try:
            file.save()
        except NotSavedError:  # held again and again, for more than five seconds in all
            refused += 1
            kept = next(one for one in file.versions() if one.kind == "unsaved")
            assert file.look_at(kept).name == str(number)
        clock[0] += 1
        if choose.random() < 0.05:  # it moves the file away: the next save puts it back
            path.rename(path.with_name(f"north (conflict {number}).bargain"))
    monkeypatch.undo()
    file.save()
    file.close()
    assert read_sector(path, file.key).name == str(saves - 1)
    assert refused < saves // 50


def test_that_a_file_held_for_longer_is_said_after_five_seconds_and_kept_aside(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    file = SectorFile.open(path, PHRASE)
    renamed(file, "late")

    class Held:
        def __getattr__(self, name: str) -> object:
            real = getattr(os, name)

            def replace_(beside: Path, target: Path) -> None:
                if Path(target) == path:
                    raise OSError(errno.EBUSY, "busy")
                real(beside, target)

            return replace_ if name == "replace" else real

    monkeypatch.setattr(atomic, "os", Held())
    monkeypatch.setattr(atomic.time, "sleep", slept.append)
    with pytest.raises(NotSavedError, match=r"another program, perhaps one that syncs the folder.*untouched"):
        file.save()
    assert len(slept) == 10
    assert sum(slept) == pytest.approx(5)
    monkeypatch.undo()
    assert file.look_at(next(one for one in file.versions() if one.kind == "unsaved")).name == "late"
    file.save()
    file.close()
    assert read_sector(path, PHRASE).name == "late"


def test_that_a_damaged_file_says_so_and_the_newest_good_copy_is_put_back(path: Path) -> None:
    file = SectorFile.open(path, PHRASE)
    renamed(file, "1").save()
    renamed(file, "2").save()
    file.close()
    newest = file.backups()[0].path
    newest.write_bytes(newest.read_bytes()[:-1])  # the newest copy is damaged as well
    good = path.read_bytes()
    for data in (good[:300], good[:-1], good + b"x", bytes(len(good)), b"", good[:40] + b"\0" + good[41:]):
        path.write_bytes(data)
        with pytest.raises(UnusableInput):
            SectorFile.open(path, PHRASE)
        copy = outside.newest_good(path, PHRASE)
        assert copy is not None
        assert copy.path != newest
        outside.put_back(path, copy, PHRASE)
        assert read_sector(path, PHRASE).name == "1"
        assert outside.newest_good(path, PHRASE).kind != "damaged"
    damaged = [one for one in outside.look(path).backups if one.kind == "damaged"]
    assert damaged
    with pytest.raises(DamagedFileError):
        outside.put_back(path, replace(copy, path=newest), PHRASE)


def test_that_a_file_that_is_gone_comes_back_from_its_newest_copy(path: Path) -> None:
    path.unlink()
    copy = outside.newest_good(path, PHRASE)
    outside.put_back(path, copy, PHRASE)
    assert read_sector(path, PHRASE).name == "0"


def test_that_from_outside_can_be_seen_what_a_crash_left(path: Path) -> None:
    assert outside.look(path).unfinished is None
    file = SectorFile.open(path, PHRASE)
    renamed(file, "late")
    file._lock.release()
    seen = outside.look(path)
    assert seen.unfinished is not None
    assert abs((datetime.now(UTC) - seen.unfinished).total_seconds()) < 60
    assert (seen.damage, seen.version, seen.is_sample, seen.has_recovery_key) == ("", 2, False, False)
    left = SectorFile.open(path, file.key, recover=False)
    assert left.sector.name == "0"
    assert left.set_aside is not None
    kept = next(one for one in left.versions() if one.backup == left.set_aside)
    assert left.look_at(kept).name == "late"
    left.close()
