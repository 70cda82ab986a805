"""What a sector file does on a real volume of 4 MB: run in a mount namespace of its own, which goes with it.

``python volume_child.py <what happens> <mount point> <the app's folder>``; ends with 0, or with the assertion that failed.
The volume is gone when this process ends, however it ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sector_strategies import LOW_COST, PHRASE, example_sector, noisy_workforce

from bargain.storage.places import VARIABLE
from bargain.storage.refusals import CannotReadError, NotSavedError
from bargain.storage.sector_file import SectorFile
from models.issues import UnusableInput

SIZE = 4 * 1024 * 1024
POSTS = 12_000  # about 0.4 MB sealed


def mount(point: Path, *how: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", *how, "tmpfs", str(point)], check=True)


def made(point: Path) -> SectorFile:
    """A file of about 0.4 MB, saved, and a step that it does not have."""
    sector = replace(example_sector(name="old"), workforce=noisy_workforce(POSTS))
    file = SectorFile.create(point / "north.bargain", sector, PHRASE, cost=LOW_COST)
    file.save()
    assert file.path.stat().st_size > 350_000
    file.record(
        replace(file.sector, name="new", workforce=noisy_workforce(POSTS, seed=3)), "Another workforce"
    )
    return file


def refused(file: SectorFile, said: str) -> str:
    """Saving says no; no message promises what is not so. Gives the message."""
    with pytest.raises(NotSavedError, match=said) as refusal:
        file.save()
    return str(refusal.value)


def holds(file: SectorFile, name: str) -> None:
    """The file itself opens, as somebody else would open it, and nothing else lies beside it."""
    found = SectorFile.open(file.path, file.key, lock=False)
    assert found.sector.name == name, found.sector.name
    left = [one.name for one in file.path.parent.iterdir() if ".tmp-" in one.name]
    assert not left, left


def filled(point: Path) -> Path:
    """Fill the volume to its last byte."""
    filler = point / "filler"
    size = 1024 * 1024
    with filler.open("wb", buffering=0) as out:
        while size:
            written = 0
            with suppress(OSError):
                written = out.write(bytes(size))
            size = size if written == size else size // 2
    free = os.statvfs(point)
    assert free.f_bavail == 0, free
    return filler


def full(point: Path) -> None:
    """Full to the last byte: the old file stays, the work is in the app's folder, and after freeing it is saved."""
    file = made(point)
    filler = filled(point)
    message = refused(file, "the disk is full")
    assert "The version saved before is untouched" in message
    assert "Free 1 MB and save again, or save somewhere else." in message, message
    holds(file, "old")
    kept = next(one for one in file.versions() if one.kind == "unsaved")
    assert file.look_at(kept).name == "new"
    file._lock.release()  # and the app ends, with the disk still full
    again = SectorFile.open(file.path, file.key)
    assert [one.text for one in again.recovered] == ["Another workforce"]
    refused(again, "the disk is full")
    elsewhere = Path(os.environ[VARIABLE]) / "elsewhere.bargain"
    again.save_to(elsewhere)
    assert SectorFile.open(elsewhere, file.key, lock=False).sector.name == "new"
    holds(file, "old")
    back = SectorFile.open(file.path, file.key)
    filler.unlink()
    back.record(replace(back.sector, name="later"), "Later")
    back.save()
    holds(back, "later")


def full_with_the_app_s_own_folder(point: Path) -> None:
    """The journal and the backups have no room either: said, the old file stays, and after freeing all is saved."""
    os.environ[VARIABLE] = str(point / "data")
    file = made(point)
    filler = filled(point)
    file.record(replace(file.sector, workforce=noisy_workforce(POSTS, seed=4)), "A third workforce")
    assert file.problem.startswith("The recovery copy could not be written"), file.problem
    refused(file, "the disk is full")
    holds(file, "old")
    filler.unlink()
    assert not file.save().unconfirmed
    holds(file, "new")
    assert [one.text for one in file.steps] == ["Another workforce", "A third workforce"]


def read_only(point: Path) -> None:
    """The volume becomes read-only, as a stick with a switch or a disk with faults does."""
    file = made(point)
    file._lock.release()  # of this same process: the next opening would find it running
    subprocess.run(["mount", "-o", "remount,ro", str(point)], check=True)
    assert "The version saved before is untouched" in refused(file, "the disk is read-only")
    holds(file, "old")
    opened = SectorFile.open(file.path, file.key)  # a lock can't be made there, and that stops nobody
    assert opened.sector.name == "new"
    subprocess.run(["mount", "-o", "remount,rw", str(point)], check=True)
    opened.save()
    holds(opened, "new")


def vanished(point: Path) -> None:
    """The stick is pulled out, and the system takes its folder away; put in again, all is saved."""
    file = made(point)
    old = file.path.read_bytes()
    subprocess.run(["umount", "--lazy", str(point)], check=True)
    point.rmdir()
    message = refused(file, "the folder is not there")
    assert str(point) in message
    kept = next(one for one in file.versions() if one.kind == "unsaved")
    assert file.look_at(kept).name == "new"
    with pytest.raises(CannotReadError, match="plugged in"):
        SectorFile.open(file.path, file.key)
    point.mkdir()
    mount(point)
    file.path.write_bytes(old)  # the same stick
    file.save()
    holds(file, "new")


def no_more_files(point: Path) -> None:
    """There is room, but not for one more file."""
    file = made(point)
    subprocess.run(["mount", "-o", "remount,nr_inodes=3", str(point)], check=True)
    assert len(list(point.iterdir())) == 2  # the file and its lock
    refused(file, "the disk is full")
    holds(file, "old")
    subprocess.run(["mount", "-o", "remount,nr_inodes=50", str(point)], check=True)
    file.save()
    holds(file, "new")


WHAT: dict[str, Callable[[Path], None]] = {
    one.__name__: one for one in (full, full_with_the_app_s_own_folder, read_only, vanished, no_more_files)
}


def main() -> None:
    """Mount the volume and let it happen; 77 where this system allows no volume."""
    what, point, data = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    os.environ[VARIABLE] = data
    try:
        mount(point)
    except (OSError, subprocess.CalledProcessError):
        sys.exit(77)
    if what == "nothing":
        return
    try:
        WHAT[what](point)
    except UnusableInput as error:
        raise AssertionError(str(error)) from error


if __name__ == "__main__":
    main()
