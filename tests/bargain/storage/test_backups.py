"""Copies by age, under a clock of our own: there is always a yesterday, and never a thousand of them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sector_strategies import LOW_COST, PHRASE, example_sector

from bargain.storage import backups
from bargain.storage.backups import SAVED, Backup, add, backups_in, to_keep
from bargain.storage.sector_file import SectorFile

START = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)


def copy(number: int, at: datetime, kind: str = SAVED, size: int = 1_000) -> Backup:
    return Backup(Path(f"{number}"), number, at, kind, size)


def lived(days: int, seed: int) -> list[tuple[Backup, ...]]:
    """What is kept at the end of each day of saving at odd hours, an import now and then."""
    choose = random.Random(seed)
    kept: tuple[Backup, ...] = ()
    number, ends = 0, []
    for day in range(days):
        moments = sorted(choose.uniform(0, 10 * 3600) for _ in range(choose.choice([0, 2, 9])))
        for seconds in moments:
            number += 1
            kind = "import" if choose.random() < 0.002 else SAVED
            at = START + timedelta(days=day, seconds=seconds)
            kept = to_keep([copy(number, at, kind), *kept])
        ends.append(kept)
    return ends


def test_that_over_400_days_there_is_always_a_yesterday_a_week_and_months() -> None:
    ends = lived(400, seed=8)
    for day, kept in enumerate(ends):
        saved = [one for one in kept if one.kind == SAVED]
        assert len(kept) <= backups.MOST_COPIES
        now = max((one.at for one in kept), default=START)
        numbers = [one.number for one in kept]
        assert numbers == sorted(numbers, reverse=True)
        ages = [now - one.at for one in saved]
        if day < 40 or not saved:
            continue
        assert sum(age <= timedelta(days=14) for age in ages) >= 5
        assert sum(timedelta(days=14) < age <= timedelta(weeks=8) for age in ages) >= 4
        months = {one.at.strftime("%Y-%m") for one in saved}
        assert len(months) >= min(day // 31, 11)
        assert max(ages) <= timedelta(days=366 + 31)
    assert Counter(one.kind for one in ends[-1])["import"] > 3


def test_that_the_last_twenty_saves_are_kept_however_close_they_are() -> None:
    kept: tuple[Backup, ...] = ()
    for number in range(100):
        at = START + timedelta(seconds=number)
        kept = to_keep([copy(number, at), *kept])
    assert [one.number for one in kept] == list(range(99, 79, -1))


def test_that_hours_days_weeks_and_months_each_keep_their_newest() -> None:
    found = [copy(10_000 - hour, START - timedelta(hours=hour)) for hour in range(24 * 400)]
    kept = to_keep(found)
    ages = [START - one.at for one in kept]
    assert sum(age < timedelta(days=2) for age in ages) == 48  # every hour
    assert (
        sum(timedelta(days=2) <= age <= timedelta(days=14) for age in ages) == 11
    )  # and the three days before
    weeks = {one.at.strftime("%G-%V") for one in kept if START - one.at <= timedelta(weeks=7)}
    assert len(weeks) == 8
    assert len({one.at.strftime("%Y-%m") for one in kept}) == 12
    assert len(kept) < 80


def test_that_number_and_size_have_their_limits_and_the_newest_three_stay() -> None:
    many = [copy(1_000 - n, START - timedelta(hours=n), "import") for n in range(300)]
    assert [one.number for one in to_keep(many)] == list(range(1_000, 880, -1))
    large = [copy(100 - n, START - timedelta(minutes=n), size=600_000_000) for n in range(10)]
    assert [one.number for one in to_keep(large)] == [100, 99, 98]
    mixed = [copy(9, START, size=400_000_000), copy(8, START, "import", 400_000_000)]
    mixed += [
        copy(7, START, size=100),
        copy(6, START, "import", 400_000_000),
        copy(5, START, size=400_000_000),
    ]
    assert [one.number for one in to_keep(mixed)] == [9, 8, 7]


def test_that_a_clock_that_jumps_changes_no_order_and_loses_nothing_new() -> None:
    kept: tuple[Backup, ...] = ()
    jumps = [timedelta(0), timedelta(days=900), timedelta(days=-40), timedelta(hours=1)]
    for number in range(40):
        at = START + jumps[number % 4] + timedelta(minutes=number)
        kept = to_keep([copy(number, at), *kept])
    assert [one.number for one in kept][:20] == list(range(39, 19, -1))


@pytest.mark.parametrize("ahead", [timedelta(days=5_000), -timedelta(days=5_000)], ids=["ahead", "back"])
def test_that_one_save_under_a_wrong_clock_throws_no_year_of_copies_away(ahead: timedelta) -> None:
    kept: tuple[Backup, ...] = ()
    for day in range(300):
        kept = to_keep([copy(day, START + timedelta(days=day)), *kept])
    before = {one.at.strftime("%Y-%m") for one in kept}
    assert len(before) == 10
    for number in range(300, 303):  # a dead battery, and three saves before somebody sets the clock
        kept = to_keep([copy(number, START + ahead + timedelta(minutes=number)), *kept])
    kept = to_keep([copy(303, START + timedelta(days=301)), *kept])
    assert before <= {one.at.strftime("%Y-%m") for one in kept}
    assert [one.number for one in kept][:20] == list(range(303, 283, -1))


def test_that_a_summer_without_a_save_makes_no_copy_too_old() -> None:
    kept: tuple[Backup, ...] = ()
    for hour in range(200):
        kept = to_keep([copy(hour, START + timedelta(hours=hour)), *kept])
    late = to_keep([copy(200, START + timedelta(days=500)), *kept])
    assert len(late) >= len(kept)


def test_that_only_the_newest_copy_of_unsaved_work_is_kept() -> None:
    found = [copy(5, START, "unsaved"), copy(4, START), copy(3, START, "unsaved")]
    assert [one.number for one in to_keep(found)] == [5, 4]


def test_that_copies_lie_in_one_hidden_place_private_and_each_opens(tmp_path: Path, data: Path) -> None:
    moment = [START]
    path = tmp_path / "north.bargain"
    file = SectorFile.create(path, example_sector(30), PHRASE, cost=LOW_COST, now=lambda: moment[0])
    file.save()
    for number in range(30):
        moment[0] += timedelta(hours=7)
        file.record(replace(file.sector, name=str(number)), f"Renamed to {number}")
        file.save()
    file.close()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["app data", "north.bargain"]
    versions = [one for one in file.versions() if one.backup]
    assert len(versions) >= 20
    for one in versions:
        assert one.text == f"Renamed to {file.look_at(one).name}" or one.text == "New sector"
        assert one.backup is not None
        assert one.backup.path.stat().st_mode & 0o777 == 0o600
    assert all(one.stat().st_mode & 0o777 == 0o700 for one in data.rglob("*") if one.is_dir())
    assert data.stat().st_mode & 0o777 == 0o700
    assert "north" not in " ".join(str(one) for one in data.rglob("*"))


def test_that_two_files_of_one_name_have_copies_of_their_own(tmp_path: Path) -> None:
    files = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        file = SectorFile.create(tmp_path / folder / "a.bargain", example_sector(9), PHRASE, cost=LOW_COST)
        file.save()
        files.append(file)
    assert files[0].backups()[0].path.parent != files[1].backups()[0].path.parent
    assert len(files[0].backups()) == len(files[1].backups()) == 1


def test_that_a_moved_file_still_finds_its_copies(tmp_path: Path) -> None:
    path = tmp_path / "a.bargain"
    file = SectorFile.create(path, example_sector(9), PHRASE, cost=LOW_COST)
    file.save()
    file.close()
    moved = path.rename(tmp_path / "b.bargain")
    assert len(SectorFile.open(moved, file.key).backups()) == 1


@pytest.mark.parametrize("name", ["x.bargain", "0000000001-99999999T999999Z-save.bargain", "journal"])
def test_that_other_files_in_the_folder_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    add(tmp_path, b"data", number=1, kind=SAVED, at=START)
    assert [one.number for one in backups_in([tmp_path])] == [1]
    assert (tmp_path / name).exists()


def test_that_a_kind_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no kind of backup"):
        add(tmp_path, b"", number=1, kind="mood", at=START)
