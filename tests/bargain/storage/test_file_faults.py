"""Every call to the disk fails once, in every act of an open file: what was saved stays, what was done is not lost."""

from __future__ import annotations

import errno
import faulthandler
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from sector_strategies import LOW_COST, PHRASE, example_sector
from test_atomic_saving import FaultyOs

from bargain.storage import atomic, journal
from bargain.storage.keys import SealKey
from bargain.storage.lock import FileLock
from bargain.storage.places import folder_of
from bargain.storage.refusals import NotSavedError, UnreadJournalError, cannot_read
from bargain.storage.sector_file import SectorFile
from models.issues import UnusableInput

GOLDEN = Path(__file__).parents[2] / "old_sectors" / "version_1.bargain"
CALLS = ("open", "write", "fsync", "read", "close", "replace", "access", "unlink", "ftruncate", "lseek")


def step(file: SectorFile) -> None:
    file.record(replace(file.sector, name="new"), "Renamed to new")


def step_and_save(file: SectorFile) -> None:
    step(file)
    file.save()


def import_(file: SectorFile) -> None:
    file.back_up("import")
    step_and_save(file)


def restore(file: SectorFile) -> None:
    file.restore(file.versions()[-1])
    step_and_save(file)


def erase(file: SectorFile) -> None:
    file.erase_staff("settled")
    step_and_save(file)


def elsewhere(file: SectorFile) -> None:
    step(file)
    file.save_to(file.path.with_name("elsewhere.bargain"))


ACTS = (step, step_and_save, import_, restore, erase, elsewhere)


def made(folder: Path) -> tuple[Path, SealKey]:
    path = folder / "north.bargain"
    file = SectorFile.create(path, example_sector(30, name="older"), PHRASE, cost=LOW_COST)
    file.save()
    file.record(replace(file.sector, name="old"), "Renamed to old")
    file.save()
    file.close()
    return path, file.key


@pytest.mark.parametrize("code", [errno.ENOSPC, pytest.param(errno.EIO, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "act",
    [step_and_save, *(pytest.param(one, marks=pytest.mark.slow) for one in ACTS if one != step_and_save)],
)
def test_that_whichever_call_fails_the_file_opens_and_nothing_told_as_done_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[SectorFile], None], code: int
) -> None:
    for fail_at in range(1, 400):
        folder = tmp_path / f"{fail_at}"
        folder.mkdir()
        path, key = made(folder)
        file = SectorFile.open(path, key)
        faulty = FaultyOs(fail_at, code, only=CALLS)
        monkeypatch.setattr(atomic, "os", faulty)
        said = ""
        try:
            act(file)
        except UnusableInput as error:
            said = f"{type(error).__name__}: {error}"
        monkeypatch.setattr(atomic, "os", os)
        was_told = not said
        assert was_told or said.startswith(("NotSaved", "NotConfirmed", "CannotRead"))
        has_problem = bool(file.problem)
        now = file.path
        file._lock.release()
        found = SectorFile.open(now, key)
        if was_told and not has_problem:
            assert found.sector.name == "new", (act.__name__, fail_at)
        assert found.sector.name in ("older", "old", "new"), (act.__name__, fail_at)
        assert not [one.name for one in folder.iterdir() if ".tmp-" in one.name], (act.__name__, fail_at)
        step_and_save(found)  # and it goes on
        found.close()
        assert SectorFile.open(now, key, lock=False).sector.name == "new"
        if faulty.calls < fail_at:
            return
    raise AssertionError("the act never ran clean")


def left_by_a_crash(folder: Path) -> tuple[Path, SealKey]:
    """A file with work in its journal that it does not have."""
    path, key = made(folder)
    file = SectorFile.open(path, key)
    step(file)
    file._lock.release()
    return path, key


def of_the_first_version(folder: Path) -> tuple[Path, SealKey]:
    """A file that its first save migrates."""
    return Path(shutil.copy(GOLDEN, folder / "north.bargain")), golden_key()


@cache
def golden_key() -> SealKey:
    return SectorFile.open(GOLDEN, "three dry gloves", lock=False).key


@pytest.mark.parametrize(
    ("begun", "name"),
    [
        (left_by_a_crash, "new"),
        pytest.param(of_the_first_version, "Golden homes of the north", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("code", [errno.EIO, pytest.param(errno.ENOSPC, marks=pytest.mark.slow)])
def test_that_whichever_call_fails_while_work_is_brought_back_or_migrated_none_of_it_is_lost(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begun: Callable[..., tuple[Path, SealKey]],
    name: str,
    code: int,
) -> None:
    for fail_at in range(1, 400):
        folder = tmp_path / f"{fail_at}"
        folder.mkdir()
        path, key = begun(folder)
        faulty = FaultyOs(fail_at, code, only=CALLS)
        monkeypatch.setattr(atomic, "os", faulty)
        said = ""
        try:
            opened = SectorFile.open(path, key)
            opened.save()
        except UnusableInput as error:
            said = f"{type(error).__name__}: {error}"
        monkeypatch.setattr(atomic, "os", os)
        assert not said or said.startswith(("NotSaved", "NotConfirmed", "CannotRead", "UnreadJournal"))
        path.with_name(f".{path.name}.lock").unlink(missing_ok=True)
        found = SectorFile.open(path, key)
        assert found.sector.name == name, (fail_at, said)
        found.save()
        found.close()
        assert SectorFile.open(path, key, lock=False).sector.name == name
        if faulty.calls < fail_at:
            return
    raise AssertionError("the act never ran clean")


def test_that_a_journal_that_cannot_be_read_is_neither_passed_over_nor_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = left_by_a_crash(tmp_path)
    real = atomic.read_whole

    def fails(one: Path) -> bytes:
        if one.name == journal.NAME:
            raise cannot_read(one, OSError(errno.EIO, "Input/output error")) from OSError(errno.EIO, "")
        return real(one)

    with monkeypatch.context() as broken:
        broken.setattr(journal, "read_whole", fails)
        with pytest.raises(UnreadJournalError, match="try again, or open the file as it was last saved"):
            SectorFile.open(path, key)
        assert FileLock(path).holder() is None
    again = SectorFile.open(path, key)
    assert again.sector.name == "new"
    again._lock.release()
    with monkeypatch.context() as broken:
        broken.setattr(journal, "read_whole", fails)
        as_saved = SectorFile.open(path, key, recover=False)
    assert as_saved.sector.name == "old"
    as_saved.record(replace(as_saved.sector, name="another"), "Renamed")
    as_saved.save()
    as_saved.close()
    folder = folder_of(path, as_saved.file_id)
    (kept,) = (one for one in folder.iterdir() if one.name.startswith("journal-unread-"))
    assert kept.stat().st_size > 0


@pytest.mark.parametrize("fail_at", range(1, 12))
def test_that_a_change_whose_journal_failed_is_put_there_with_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail_at: int
) -> None:
    path, key = made(tmp_path)
    file = SectorFile.open(path, key)
    monkeypatch.setattr(atomic, "os", FaultyOs(fail_at, errno.ENOSPC, only=CALLS))
    step(file)
    monkeypatch.setattr(atomic, "os", os)
    file.record(replace(file.sector, legal_basis="Voluntary"), "Basis")
    assert file.problem == ""
    file._lock.release()
    found = SectorFile.open(path, key)
    assert [one.text for one in found.recovered] == ["Renamed to new", "Basis"]
    found.close()


def test_that_a_refused_save_leaves_a_sealed_copy_in_the_app_s_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = made(tmp_path)
    file = SectorFile.open(path, key)
    step(file)
    monkeypatch.setattr(file, "_disk_is_foreign", lambda: False)
    real = atomic._write_new
    monkeypatch.setattr(
        atomic,
        "_write_new",
        lambda target, *rest, **how: full() if target.parent == tmp_path else real(target, *rest, **how),
    )
    with pytest.raises(NotSavedError, match="the disk is full"):
        file.save()
    copy = file.backups()[0]
    assert copy.kind == "unsaved"
    assert file.look_at(file.versions()[1]).name in ("new", "old", "older")
    kept = next(one for one in file.versions() if one.backup == copy)
    assert file.look_at(kept).name == "new"
    monkeypatch.undo()


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_that_a_crash_right_after_a_step_is_shown_loses_nothing(tmp_path: Path) -> None:
    path, key = made(tmp_path)
    for crash in ("os.abort()", "os.kill(os.getpid(), 11)", "os._exit(1)", "raise SystemExit(1)"):
        pid = os.fork()
        if pid == 0:
            try:
                file = SectorFile.open(path, key)
                file.record(replace(file.sector, name=f"after {crash}"), crash)
                _crash(crash)
            finally:
                os._exit(1)
        os.waitpid(pid, 0)
        file = SectorFile.open(path, key)
        assert file.sector.name == f"after {crash}"
        assert [one.text for one in file.recovered] == [crash]
        file._lock.release()  # a second crash during recovery
        again = SectorFile.open(path, key)
        assert again.sector.name == f"after {crash}"
        again.save()
        again.close()


def _crash(how: str) -> None:
    faulthandler.disable()  # the crash is meant: no traceback among the results
    {
        "os.abort()": os.abort,
        "os.kill(os.getpid(), 11)": lambda: os.kill(os.getpid(), 11),
        "os._exit(1)": lambda: os._exit(1),
    }.get(how, lambda: (_ for _ in ()).throw(SystemExit(1)))()
