"""Saving under faults: the old file or the new one, never something between, and nothing left lying about."""

from __future__ import annotations

import errno
import os
import random
import stat
import time

import pytest
from sector_strategies import KEY, PHRASE, example_sector

from bargain.storage import atomic
from bargain.storage.container import read_sector, write_sector
from bargain.storage.refusals import CannotReadError, NotConfirmedError, NotSavedError

COUNTED = ("open", "write", "fsync", "read", "close", "replace", "access")


class FaultyOs:
    """The os module, whose n-th counted call fails as a disk would."""

    def __init__(self, fail_at=0, code=errno.EIO, only=COUNTED):
        self.calls, self.fail_at, self.code, self.only = 0, fail_at, code, only

    def __getattr__(self, name):
        real = getattr(os, name)
        if name not in self.only:
            return real

        def counted(*args, **kwargs):
            self.calls += 1
            if self.calls != self.fail_at:
                return real(*args, **kwargs)
            if name == "close":
                real(*args)
            raise OSError(self.code, os.strerror(self.code))

        return counted


@pytest.fixture
def path(tmp_path):
    return tmp_path / "north.bargain"


def files_beside(path):
    """What lies in the file's folder beside it and the app's own folder."""
    return [one.name for one in path.parent.iterdir() if one != path and one.is_file()]


def name_in(path):
    return read_sector(path, PHRASE).name


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("had_before", [True, False], ids=["over an old file", "new file"])
def test_that_whichever_call_fails_the_old_or_the_new_file_opens(path, monkeypatch, code, had_before):
    outcomes = []
    for fail_at in range(1, 1000):
        path.unlink(missing_ok=True)
        if had_before:
            write_sector(path, example_sector(name="old"), KEY)
        faulty = FaultyOs(fail_at, code)
        monkeypatch.setattr(atomic, "os", faulty)
        try:
            write_sector(path, example_sector(24_000, name="new"), KEY)
            outcome, said = "saved", ""
        except NotSavedError as error:
            outcome, said = "not saved", str(error)
        except NotConfirmedError as error:
            outcome, said = "not confirmed", str(error)
        monkeypatch.setattr(atomic, "os", os)
        outcomes.append(outcome)
        if outcome == "not saved":
            assert said.startswith("Not saved – ")
            assert ("saved before is untouched" if had_before else "Nothing was written") in said
            assert name_in(path) == "old" if had_before else not path.exists()
        else:
            assert said.startswith("Saved, but the disk has not confirmed it yet" if said else "")
            assert name_in(path) == "new"
        assert files_beside(path) == []
        if faulty.calls < fail_at:
            break
    assert outcomes[-1] == "saved"
    assert (
        outcomes.count("not saved") >= 8
    )  # open, writes, fsync, close, and open, read and close again, replace
    assert outcomes.count("not confirmed") == 3  # open, fsync, close of the folder
    assert outcomes.index("not confirmed") > outcomes.count("not saved") - 1


@pytest.mark.parametrize("thought", [0, 1, 4_999, 5_000, 5_001, 3_000_000])
def test_that_a_file_is_read_whole_though_its_size_changed_meanwhile(path, thought):
    path.write_bytes(random.Random(1).randbytes(5_000))
    assert atomic._whole(path, thought) == path.read_bytes()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, r"Not saved – the disk is full: .*untouched\. Free 1 MB and save again"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EACCES, "this folder or file can't be written to"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, r"the disk reports a fault.*another disk"),
        (errno.ENOENT, "the folder is not there"),
        (errno.ENAMETOOLONG, r"the name is too long.*shorter name"),
        (errno.EPROTO, "the system says"),
    ],
)
def test_that_each_fault_is_said_in_plain_words(path, monkeypatch, code, said):
    write_sector(path, example_sector(), KEY)
    monkeypatch.setattr(atomic, "os", FaultyOs(1, code, only=("write",)))
    with pytest.raises(NotSavedError, match=said):
        write_sector(path, example_sector(), KEY)


def test_that_a_missing_folder_is_named(tmp_path):
    with pytest.raises(NotSavedError, match=r"the folder is not there: .*gone\. Nothing was written"):
        write_sector(tmp_path / "gone" / "north.bargain", example_sector(), KEY)


def test_that_a_name_too_long_for_the_disk_is_said(tmp_path):
    with pytest.raises(NotSavedError, match="name is too long"):
        write_sector(tmp_path / ("n" * 300 + ".bargain"), example_sector(), KEY)


def test_that_the_longest_name_the_disk_takes_is_saved(tmp_path):
    path = tmp_path / ("ŵ" * 120 + ".bargain")
    write_sector(path, example_sector(), KEY)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_that_a_file_marked_read_only_is_left_alone(path, monkeypatch):
    write_sector(path, example_sector(name="old"), KEY)
    faulty = FaultyOs()
    monkeypatch.setattr(faulty, "access", lambda *_: False, raising=False)  # the superuser may write anyway
    monkeypatch.setattr(atomic, "os", faulty)
    with pytest.raises(NotSavedError, match="can't be written to"):
        write_sector(path, example_sector(name="new"), KEY)
    assert name_in(path) == "old"


def test_that_a_disk_that_writes_a_little_at_a_time_gets_all_of_it(path, monkeypatch):
    faulty = FaultyOs()
    monkeypatch.setattr(faulty, "write", lambda handle, data: os.write(handle, data[:1000]), raising=False)
    monkeypatch.setattr(atomic, "os", faulty)
    write_sector(path, example_sector(name="new"), KEY)
    assert name_in(path) == "new"


def test_that_a_disk_that_gives_back_other_bytes_is_found_out(path, monkeypatch):
    write_sector(path, example_sector(name="old"), KEY)
    faulty = FaultyOs()
    monkeypatch.setattr(
        faulty,
        "read",
        lambda handle, size: os.read(handle, size).replace(b"BARGAIN", b"BARGAIM"),
        raising=False,
    )
    monkeypatch.setattr(atomic, "os", faulty)
    with pytest.raises(NotSavedError, match="reads back differently"):
        write_sector(path, example_sector(name="new"), KEY)
    monkeypatch.setattr(atomic, "os", os)
    assert name_in(path) == "old"
    assert files_beside(path) == []


def test_that_a_folder_that_cannot_be_flushed_at_all_is_no_fault(path, monkeypatch):
    faulty = FaultyOs()

    def fsync(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not for folders")
        os.fsync(handle)

    monkeypatch.setattr(faulty, "fsync", fsync, raising=False)
    monkeypatch.setattr(atomic, "os", faulty)
    write_sector(path, example_sector(name="new"), KEY)
    assert name_in(path) == "new"


def test_that_the_unfinished_file_is_hidden_beside_the_target_and_private(path, monkeypatch):
    seen = []
    faulty = FaultyOs()

    def replace(beside, target):
        seen.append((beside.parent, beside.name, beside.stat().st_mode & 0o777))
        beside.replace(target)

    monkeypatch.setattr(faulty, "replace", replace, raising=False)
    monkeypatch.setattr(atomic, "os", faulty)
    write_sector(path, example_sector(), KEY)
    ((folder, name, mode),) = seen
    assert folder == path.parent
    assert name.startswith(f".north.bargain.tmp-{os.getpid()}-")
    assert mode == 0o600


def test_that_the_new_bytes_are_flushed_and_read_back_before_the_swap(path, monkeypatch):
    order = []

    class Noting(FaultyOs):
        def __getattr__(self, name):
            real = getattr(os, name)
            if name not in ("write", "fsync", "read", "replace"):
                return real

            def noted(*args):
                order.append(name)
                return real(*args)

            return noted

    monkeypatch.setattr(atomic, "os", Noting())
    write_sector(path, example_sector(), KEY)
    assert list(dict.fromkeys(order)) == ["write", "fsync", "read", "replace"]
    assert order[-2:] == ["replace", "fsync"]  # and then the folder


def test_that_a_link_goes_on_pointing_at_the_file(path, tmp_path):
    (tmp_path / "deep").mkdir()
    real = tmp_path / "deep" / "real.bargain"
    write_sector(real, example_sector(name="old"), KEY)
    path.symlink_to(real)
    write_sector(path, example_sector(name="new"), KEY)
    assert path.is_symlink()
    assert name_in(real) == "new"


def test_that_what_killed_savings_left_is_cleared_after_an_hour_and_not_before(path):
    old, young = (path.with_name(f".{path.name}.tmp-1-{word}") for word in ("old", "young"))
    other = path.with_name(".south.bargain.tmp-1-old")
    for one in (old, young, other):
        one.write_bytes(b"sealed")
    for one in (old, other):
        os.utime(one, (time.time() - 4000,) * 2)
    write_sector(path, example_sector(), KEY)
    assert not old.exists()
    assert young.exists()
    assert other.exists()


def test_that_a_stop_in_the_middle_leaves_the_old_file_and_nothing_else(path, monkeypatch):
    write_sector(path, example_sector(name="old"), KEY)
    faulty = FaultyOs()

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(faulty, "fsync", stop, raising=False)
    monkeypatch.setattr(atomic, "os", faulty)
    with pytest.raises(KeyboardInterrupt):
        write_sector(path, example_sector(name="new"), KEY)
    assert name_in(path) == "old"
    assert files_beside(path) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [(errno.EACCES, "You may not read"), (errno.EIO, "could not be read: the system says")],
)
def test_that_a_file_that_cannot_be_read_says_why(path, monkeypatch, code, said):
    write_sector(path, example_sector(), KEY)
    monkeypatch.setattr(atomic, "os", FaultyOs(1, code, only=("open",)))
    with pytest.raises(CannotReadError, match=said):
        read_sector(path, PHRASE)


def test_that_a_file_far_too_large_is_not_taken_into_memory(path, monkeypatch):
    write_sector(path, example_sector(), KEY)
    monkeypatch.setattr(atomic, "LARGEST_FILE", 100)
    with pytest.raises(CannotReadError, match="far more than any sector file"):
        read_sector(path, PHRASE)
