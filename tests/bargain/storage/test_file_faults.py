"""Every call to the disk fails once, in every act of an open file: what was saved stays, what was done is not lost."""

from __future__ import annotations

import errno
import faulthandler
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sector_strategies import LOW_COST, PHRASE, example_sector
from test_atomic_saving import FaultyOs

from bargain.storage import atomic
from bargain.storage.keys import SealKey
from bargain.storage.refusals import NotSavedError
from bargain.storage.sector_file import SectorFile
from models.issues import UnusableInput

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
