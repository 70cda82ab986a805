"""Undo across restarts, recovered work, earlier versions, files open elsewhere: the session and its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bargain.storage.container import read_sector, write_sector
from bargain.storage.refusals import WrongPassphraseError
from bargain.storage.sector_file import SectorFile
from tests.ui import sectors
from tests.ui.conftest import PASSPHRASE
from ui.notices import Notice
from ui.session import Session


def settle(session: Session, qtbot) -> None:
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=30_000
    )


def notices(session: Session) -> list[Notice]:
    heard: list[Notice] = []
    session.noticed.connect(heard.append)
    return heard


def names(session: Session) -> list[str]:
    assert session.sector is not None
    return [one.name for one in session.sector.offers]


@pytest.fixture
def path(documents: Path) -> Path:
    return documents / "small.bargain"


@pytest.fixture
def opened(session: Session, qtbot, path: Path) -> Session:
    session.create(sectors.small(), path, PASSPHRASE)
    settle(session, qtbot)
    return session


def reopen(session: Session, qtbot, path: Path) -> None:
    session.close()
    qtbot.waitUntil(lambda: session.sector is None, timeout=30_000)
    session.open(path, PASSPHRASE)
    qtbot.waitUntil(lambda: session.sector is not None, timeout=30_000)


def test_that_undo_and_redo_go_on_after_closing_and_opening(opened: Session, qtbot, path: Path) -> None:
    after = []
    for number in range(3):
        opened.add_offer(sectors.offer(f"Draft {number}", 1_000), f"New draft {number}")
        after.append(names(opened))
    opened.undo.undo()
    settle(opened, qtbot)
    reopen(opened, qtbot, path)
    assert [opened.undo.text(at) for at in range(3)] == ["New draft 0", "New draft 1", "New draft 2"]
    assert opened.undo.index() == 2
    opened.undo.redo()
    assert names(opened) == after[2]
    for _ in range(3):
        opened.undo.undo()
    assert opened.sector.offers == sectors.small().offers
    assert not opened.undo.canUndo()
    opened.undo.redo()
    assert names(opened) == after[0]
    opened.add_offer(sectors.offer("Anew", 1_000), "New draft anew")
    settle(opened, qtbot)
    kept = SectorFile.open(path, PASSPHRASE, lock=False)
    assert [step.text for step in kept.steps] == ["New draft 0", "New draft anew"]


def test_that_what_was_done_is_in_the_journal_before_the_file_is_saved(
    opened: Session, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    monkeypatch.setattr(opened._saver, "save_now", lambda: None)  # as if the app ended within the pause
    opened.add_offer(sectors.offer("Late", 1_000), "New draft")
    opened._saver._journal.submit(lambda: None).result()
    opened.file._lock.release()
    found = SectorFile.open(path, PASSPHRASE)
    assert [step.text for step in found.recovered] == ["New draft"]
    assert found.sector.offers[-1].name == "Late"
    found.close()


def test_that_recovered_work_is_told_saved_and_can_be_undone(opened: Session, qtbot, path: Path) -> None:
    opened.close()
    left = SectorFile.open(path, PASSPHRASE)
    left.record(replace(left.sector, name="Late"), "Renamed")
    left._lock.release()  # the app is gone
    heard = notices(opened)
    opened.open(path, PASSPHRASE)
    qtbot.waitUntil(lambda: opened.sector is not None, timeout=30_000)
    assert "was not closed properly. We have everything up to “Renamed”" in heard[0].text
    assert opened.sector.name == "Late"
    settle(opened, qtbot)
    assert read_sector(path, PASSPHRASE).name == "Late"
    opened.undo.undo()
    assert opened.sector.name == "Children's homes, small"
    settle(opened, qtbot)


def test_that_a_file_open_elsewhere_can_be_looked_at_and_taken_over(
    opened: Session, qtbot, path: Path
) -> None:
    opened.close()
    other = SectorFile.open(path, PASSPHRASE)
    heard = notices(opened)
    opened.open(path, PASSPHRASE)
    qtbot.waitUntil(lambda: opened.sector is not None, timeout=30_000)
    assert heard[0].text.startswith("This file is open on this computer since ")
    before = opened.sector
    opened.add_offer(sectors.offer("Late", 1_000), "New draft")
    assert opened.sector is before
    assert opened.undo.count() == 0
    assert len(heard) == 2
    next(one for one in heard[1].buttons if one.text.startswith("Nobody has it open")).act()
    qtbot.waitUntil(lambda: not opened.read_only and not opened.is_opening, timeout=30_000)
    opened.add_offer(sectors.offer("Late", 1_000), "New draft")
    settle(opened, qtbot)
    assert read_sector(path, PASSPHRASE).offers[-1].name == "Late"
    assert other._lock.is_lost()


def test_that_keep_theirs_takes_what_is_in_the_file_and_keeps_ours_among_the_earlier_versions(
    opened: Session, qtbot, path: Path
) -> None:
    write_sector(path, replace(opened.sector, name="Theirs"), opened.file.key)
    heard = notices(opened)
    opened.add_offer(sectors.offer("Ours", 1_000), "New draft of ours")
    qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    ours = opened.file
    next(one for one in heard[0].buttons if one.text == "Keep theirs").act()
    qtbot.waitUntil(lambda: opened.sector.name == "Theirs", timeout=10_000)
    settle(opened, qtbot)
    assert read_sector(path, PASSPHRASE).name == "Theirs"
    assert "Ours" not in names(opened)
    kept = next(one for one in ours.versions() if one.kind == "unsaved")
    assert kept.text == "New draft of ours"
    assert ours.look_at(kept).offers[-1].name == "Ours"


def test_that_an_earlier_version_is_restored_as_a_step_and_the_present_backed_up_first(
    opened: Session, qtbot
) -> None:
    for number in range(2):
        opened.add_offer(sectors.offer(f"Draft {number}", 1_000), f"New draft {number}")
        settle(opened, qtbot)
    version = next(one for one in opened.file.versions() if one.is_step and one.text == "New draft 0")
    opened.file_desk.restore(version)
    qtbot.waitUntil(lambda: opened.undo.count() == 3, timeout=10_000)
    assert names(opened)[-1] == "Draft 0"
    assert opened.undo.undoText().startswith("Restored the version of ")
    settle(opened, qtbot)
    assert "restore" in {one.kind for one in opened.file.backups()}
    opened.undo.undo()
    assert names(opened)[-1] == "Draft 1"
    settle(opened, qtbot)


def test_that_a_new_passphrase_is_in_the_file_at_once_and_the_old_one_out(
    opened: Session, qtbot, path: Path
) -> None:
    opened.file_desk.change_passphrase("five even words in a row")
    qtbot.waitUntil(lambda: not opened.tasks.is_busy, timeout=30_000)
    settle(opened, qtbot)
    assert read_sector(path, "five even words in a row").name == opened.sector.name
    with pytest.raises(WrongPassphraseError):
        read_sector(path, PASSPHRASE)


def test_that_erasing_staff_data_clears_the_window_and_the_undo_stack(
    opened: Session, qtbot, path: Path
) -> None:
    opened.add_offer(sectors.offer("Late", 1_000), "New draft")
    settle(opened, qtbot)
    done = []
    opened.file_desk.erase_staff("settled", done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=30_000)
    settle(opened, qtbot)
    assert done[0].posts == 6
    assert opened.undo.count() == 0
    assert len(opened.sector.workforce) == 0
    assert len(read_sector(path, PASSPHRASE).workforce) == 0


def test_that_the_sample_takes_no_staff_data(opened: Session, qtbot) -> None:
    opened.change_sector(replace(opened.sector, is_sample=True), "As if it were the sample")
    heard = notices(opened)
    before = opened.sector
    opened.change_sector(replace(before, imports=(*before.imports, before.imports[0])), "Import")
    assert opened.sector is before
    assert "can't hold staff data" in heard[0].text
    settle(opened, qtbot)


def test_that_an_import_is_backed_up_before_and_undone_in_one_step(opened: Session, qtbot) -> None:
    before = opened.sector
    opened.change_sector(replace(before, imports=(*before.imports, before.imports[0])), "Import x")
    settle(opened, qtbot)
    assert [one.kind for one in opened.file.backups()].count("import") == 1
    assert opened.file.steps[-1].kind == "import"
    opened.undo.undo()
    assert opened.sector is before
    settle(opened, qtbot)
