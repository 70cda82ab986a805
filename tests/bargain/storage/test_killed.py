"""A process killed at any moment leaves the state before or after its last command, and nothing half-done.

A warmed process forks a child for each kill. The child does one command after another and tells each one's number
through a pipe when it is done; it is killed at a random moment. Then the file is opened as a user would open it,
journal and all. A child that is killed runs no clean-up: what fork shares is only what was imported.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sector_strategies import LOW_COST, PHRASE, example_sector, noisy_workforce

from bargain.storage.refusals import DamagedFileError
from bargain.storage.sector_file import SectorFile

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

GOLDEN = Path(__file__).parents[2] / "old_sectors" / "version_1.bargain"
BIG = noisy_workforce(400, seed=2)


def edits(file: SectorFile, told: Callable[[int], None]) -> None:
    """Step after step, and a save for each third."""
    while True:
        number = int(file.sector.name)
        file.record(replace(file.sector, name=str(number + 1)), f"Step {number + 1}")
        told(number + 1)
        if number % 3 == 0:
            file.save()


def imports(file: SectorFile, told: Callable[[int], None]) -> None:
    """Another workforce at every step, backed up before."""
    while True:
        number = int(file.sector.name)
        force = replace(BIG, rate_micros=BIG.rate_micros + number)
        file.back_up("import")
        file.record(replace(file.sector, name=str(number + 1), workforce=force), "Import", "import")
        told(number + 1)
        file.save()


def saves(file: SectorFile, told: Callable[[int], None]) -> None:
    """A save after every step: the file's own swap is met most often."""
    while True:
        number = int(file.sector.name)
        file.record(replace(file.sector, name=str(number + 1)), "Step")
        told(number + 1)
        file.save()


def restores(file: SectorFile, told: Callable[[int], None]) -> None:
    """An earlier version restored, then on from there."""
    while True:
        number = int(file.sector.name)
        kept = file.sector
        file.record(replace(kept, name=str(number + 1)), "Step")
        told(number + 1)
        file.save()
        version = next(one for one in file.versions() if one.is_step)  # the one before
        file.restore(version)
        told(number)
        file.save()
        file.undo()
        told(number + 1)


def undoes(file: SectorFile, told: Callable[[int], None]) -> None:
    """Two steps on, one back."""
    while True:
        number = int(file.sector.name)
        for after in (number + 1, number + 2):
            file.record(replace(file.sector, name=str(after)), f"Step {after}")
            told(after)
        file.undo()
        told(number + 1)
        file.save()


def openings(path: Path, secret: object, told: Callable[[int], None], number: int) -> None:
    """Opened, with what the last crash left, and saved, again and again; nothing is done to it."""
    while True:
        told(number)
        file = SectorFile.open(path, secret)
        file.save()
        file.record(replace(file.sector, legal_basis="looked at"), "Looked at")
        file._lock.release()


WORKS = (edits, imports, saves, restores, undoes, openings)


def child(path: Path, secret: object, work: Callable[..., None], pipe: int, number: int) -> None:
    """Never returns: works until it is killed. Leaves without clean-up, as a crash would."""

    def told(number: int) -> None:
        os.write(pipe, number.to_bytes(4, "little"))

    try:
        if work is openings:
            work(path, secret, told, number)
        work(SectorFile.open(path, secret), told)
    finally:
        os._exit(3)


def killed(path: Path, secret: object, work: Callable[..., None], wait: float, number: int = 0) -> list[int]:
    """Fork, let it work for a moment from its first word on, kill it: all that it told. ``number`` is of before."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        child(path, secret, work, theirs, number)
    os.close(theirs)
    first = os.read(ours, 4)
    time.sleep(wait)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), "the child ended by itself"
    told = first
    while piece := os.read(ours, 65_536):
        told += piece
    os.close(ours)
    return [int.from_bytes(told[at : at + 4], "little") for at in range(0, len(told), 4)]


def possible(told: list[int], work: Callable[..., None]) -> set[int]:
    """What may stand in the file: what was told last, or what the command after it leads to."""
    last = told[-1]
    if work is openings:
        return {last}
    following = {last + 1}
    if work in (restores, undoes):
        following |= {last - 1}
    return {last, *following}


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that it gave to the system: flushing only takes time here."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.mark.usefixtures("quick_disk")
@pytest.mark.parametrize("kills", [60, pytest.param(2_000, marks=pytest.mark.slow)])
def test_that_a_killed_process_leaves_the_state_before_or_after_its_last_command(
    tmp_path: Path, kills: int
) -> None:
    choose = random.Random(kills)
    ends: Counter[str] = Counter()
    for round_, work in zip(range(kills), turns(), strict=False):
        if round_ % 25 == 0:  # a new file, so that none grows for ever
            path = tmp_path / f"{round_}.bargain"
            made = SectorFile.create(path, example_sector(60, name="100"), PHRASE, cost=LOW_COST)
            made.save()
            key = made.key
            made.close()
            number = 100
        told = killed(path, key, work, choose.uniform(0, 0.012), number)
        file = SectorFile.open(path, key)
        assert int(file.sector.name) in possible(told, work), f"{work.__name__}: {told[-3:]}"
        number = int(file.sector.name)
        assert not file.read_only
        assert [one.number for one in file.steps] == sorted(one.number for one in file.steps)
        ends["recovered" if file.recovered else "from the file"] += 1
        if round_ % 10 == 0:
            for step in (file.history.start, *file.steps):
                step.sector()
            assert all(file.look_at(one) for one in file.versions()[-3:])
        if choose.random() < 0.5:
            file.save()
        else:
            file._lock.release()  # killed once more, before it saved what it recovered
        file.close()
        left = [one.name for one in tmp_path.iterdir() if one.name.startswith(f".{path.name}")]
        assert all(".tmp-" in name or name.endswith(".lock") for name in left)
    assert min(ends.values()) > kills // 20, ends  # both ways were met, and often


def turns() -> Iterator[Callable[..., None]]:
    while True:
        yield from WORKS


@pytest.mark.usefixtures("quick_disk")
@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_that_a_migration_killed_at_any_moment_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, kills: int
) -> None:
    choose = random.Random(kills)
    key = SectorFile.open(GOLDEN, "three dry gloves", lock=False).key
    golden = GOLDEN.read_bytes()
    versions: Counter[int] = Counter()

    def migrate(file: SectorFile, told: Callable[[int], None]) -> None:
        told(1)
        file.save()
        told(2)
        signal.pause()

    for round_ in range(kills):
        path = tmp_path / f"{round_}.bargain"
        path.write_bytes(golden)
        killed(path, key, migrate, choose.uniform(0, 0.012))
        data = path.read_bytes()
        versions[data[8]] += 1
        assert data == golden or data[8] == 2
        file = SectorFile.open(path, key)
        assert file.sector.name == "Golden homes of the north"
        assert len(file.sector.offers) == 2
        assert any(one.kind == "migration" and one.path.read_bytes() == golden for one in file.backups())
        file.close()
    assert set(versions) == {1, 2} or kills < 100, versions


@pytest.mark.usefixtures("quick_disk")
@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_that_an_erasure_killed_at_any_moment_is_carried_through_or_was_never_begun(
    tmp_path: Path, data: Path, kills: int
) -> None:
    choose = random.Random(kills)

    def erase(file: SectorFile, told: Callable[[int], None]) -> None:
        told(1)
        file.erase_staff("settled")
        told(2)
        signal.pause()

    for round_ in range(kills):
        path = tmp_path / f"{round_}.bargain"
        made = SectorFile.create(path, example_sector(60, name="7"), PHRASE, cost=LOW_COST)
        for _ in range(3):
            made.record(replace(made.sector, legal_basis="x"), "Step")
            made.save()
        made.close()
        told = killed(path, made.key, erase, choose.uniform(0, 0.015))
        file = SectorFile.open(path, made.key)
        if told[-1] == 2:
            assert not len(file.sector.workforce)
        if not len(file.sector.workforce):
            assert len(file.certificates) == 1
            for copy in file.backups():
                assert not len(file.look_at(next(v for v in file.versions() if v.backup == copy)).workforce)
        file.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_that_a_file_put_back_after_a_kill_is_whole(tmp_path: Path) -> None:
    from bargain.storage import outside

    path = tmp_path / "north.bargain"
    made = SectorFile.create(path, example_sector(60, name="100"), PHRASE, cost=LOW_COST)
    made.save()
    key = made.key
    made.close()
    for _ in range(5):
        killed(path, key, saves, 0.01)
        path.write_bytes(path.read_bytes()[:-40])
        with pytest.raises(DamagedFileError):
            SectorFile.open(path, key)
        copy = outside.newest_good(path, key)
        assert copy is not None
        (path.parent / f".{path.name}.lock").unlink(missing_ok=True)
        outside.put_back(path, copy, key)
        SectorFile.open(path, key).close()
