"""The history of a file: any sequence of steps, undone, redone, saved and opened, comes back to the same hashes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sector_strategies import KEY, LOW_COST, PHRASE, example_sector, noisy_workforce, same, sectors

from bargain.storage.codec import PlainShapeError, canonical
from bargain.storage.history import MOST_STEPS, from_plain_steps, step_of, to_plain_steps
from bargain.storage.sector_file import Change, SectorFile
from bargain.storage.store import Store
from models.frozen import Frozen, FrozenOffer
from models.grossing import Grossing
from models.offer import Offer
from models.sector import ImportRecord, RememberedMapping, Sector, TitleGrade
from models.signed import SentOffer, Signer
from models.table import Role, TableFacts
from models.target import TargetSet
from models.what_if import AgencyLine, WhatIf
from models.workforce import empty_workforce

# One generator for every field of a sector: a change of any of them is a kind of command. A new field without one
# fails the test below.
CHANGES: dict[str, Callable[[Sector, int], object]] = {
    "name": lambda _, n: f"Name {n}",
    "pack": lambda _, n: f"pack{n}",
    "jurisdiction": lambda _, n: f"Nation {n}",
    "data_date": lambda _, n: datetime(2026, 1, 1 + n, tzinfo=UTC).date(),
    "weeks_y": lambda _, n: 52.0 + n / 100,
    "weekly_hours": lambda _, n: 35.0 + n / 10,
    "year_start": lambda _, n: (4, 1 + n),
    "legal_basis": lambda _, n: f"Basis {n}",
    "coverage": lambda _, n: f"Coverage {n}",
    "is_sample": lambda sector, _: not sector.is_sample,
    "grades": lambda _, n: tuple(f"Grade {one}" for one in range(n)),
    "title_grades": lambda _, n: tuple(TitleGrade(f"T{one}", "G") for one in range(n)),
    "parties": lambda sector, n: sector.parties,
    "employers": lambda sector, n: sector.employers[n % 2 :],
    "workforce": lambda _, n: empty_workforce() if n % 3 == 0 else noisy_workforce(5 + n, seed=n),
    "scale": lambda sector, _: sector.scale,
    "terms": lambda sector, n: replace(sector.terms, annual_leave_days=20 + n),
    "assumptions": lambda sector, _: sector.assumptions,
    "accounts": lambda sector, n: sector.accounts * (n % 3),
    "offers": lambda sector, n: (*sector.offers, Offer(f"Offer {n} {len(sector.offers)}")),
    "target_sets": lambda _, n: (TargetSet(f"Set {n}"),),
    "imports": lambda _, n: (_record(n),),
    "mappings": lambda sector, _: sector.mappings,
    "accounts_mappings": lambda _, n: (RememberedMapping("s", f"accounts {n}", (), ""),),
    "stresses": lambda sector, _: sector.stresses[1:],
    "agreed_on": lambda _, n: datetime(2027, 1, 1 + n, tzinfo=UTC).date(),
    "is_listed": lambda sector, _: not sector.is_listed,
    "signers": lambda _, n: (Signer(f"Party {n}", f"{n:064x}", datetime(2027, 1, 1, tzinfo=UTC).date()),),
    "sent": lambda sector, n: (
        *sector.sent,
        SentOffer(f"Offer {n}", "Proposal", "Them", datetime(2027, 1, 1, tzinfo=UTC).date(), f"{n:064x}"),
    ),
    "role": lambda _, n: tuple(Role)[n % 4],
    "table": lambda _, n: TableFacts(datetime(2027, 4, 1 + n, tzinfo=UTC).date(), 1 + n % 5, "CPIH"),
    "what_if": lambda _, n: WhatIf(fee_cut=n / 20, agency=(AgencyLine("Nights", "A", 24.0 + n),)),
    "grossing": lambda _, n: Grossing(agreed_on=datetime(2026, 2, 1 + n, tzinfo=UTC).date()),
    "frozen": lambda sector, n: (
        *sector.frozen,
        Frozen("offer", f"F{n}", "2026-01-01T00:00:00Z", f"{n:064x}", "1"),
        Frozen(
            "round",
            f"R{n}",
            "2026-01-01T00:00:00Z",
            f"{n:064x}",
            "1",
            offers=(FrozenOffer("F", (("level", 0.1),)),),
        ),
    ),
}


def _record(number: int) -> ImportRecord:
    """An import with a last day of its own."""
    day = datetime(2026, 1, 1 + number, tzinfo=UTC).date()
    return ImportRecord("a.csv", "", "0" * 64, day, ("a",), 1, 1, 0, 0, 0, 0, 1.0, 1, keep_until=day)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one example; hypothesis does not clear pytest's between examples."""
    made = Path(tempfile.mkdtemp())
    try:
        yield made
    finally:
        shutil.rmtree(made)


def new_file(path: Path, sector: Sector | None = None) -> SectorFile:
    file = SectorFile.create(path, sector or example_sector(20), PHRASE, cost=LOW_COST)
    file.save()
    return file


def test_that_every_field_of_a_sector_has_a_generator() -> None:
    assert set(CHANGES) == {one.name for one in fields(Sector)}


ACTS = st.one_of(
    st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 9)),
    st.tuples(st.sampled_from(["undo", "redo", "save", "open", "crash"]), st.just(0)),
)


@pytest.mark.parametrize("examples", [25, pytest.param(400, marks=pytest.mark.slow)])
def test_that_any_sequence_undone_and_redone_comes_back_to_the_same_hashes(examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ACTS, max_size=25))
    def check(acts: list[tuple[str, int]]) -> None:
        with folder() as place:
            _live(place / "a.bargain", acts)

    check()


def _live(path: Path, acts: list[tuple[str, int]]) -> None:
    file = new_file(path)
    states, at = [file.state], 0
    for what, number in acts:
        if what == "undo":
            at = max(at - 1, 0)
            file.undo()
        elif what == "redo":
            at = min(at + 1, len(states) - 1)
            file.redo()
        elif what == "save":
            file.save()
        elif what in ("open", "crash"):
            if what == "open":
                file.save()
            file._lock.release()
            file = SectorFile.open(path, file.key)
        else:
            changed = replace(file.sector, **{what: CHANGES[what](file.sector, number)})
            file.record(changed, f"{what} {number}")
            del states[at + 1 :]
            states.append(file.state)
            at += 1
        assert (file.state, file.at, len(file.steps)) == (states[at], at, len(states) - 1)
    while file.at:
        file.undo()
    assert file.state == states[0]
    assert same(file.sector, example_sector(20))
    while file.at < len(file.steps):
        file.redo()
        assert file.state == states[file.at]
    file.close()


@settings(max_examples=40, deadline=None)
@given(sectors())
def test_that_equal_sectors_have_equal_hashes_in_any_store(sector: Sector) -> None:
    one, other = Store(KEY.file_key), Store(bytes(32))
    state = one.put(sector)
    assert state == other.put(replace(sector))
    back = one.get(state)
    assert same(back, sector)
    assert Store(KEY.file_key).put(back) == state


def test_that_what_two_states_share_is_stored_once() -> None:
    store = Store(KEY.file_key)
    sector = example_sector(500)
    store.put(sector)
    small, columns = len(store.small), len(store.columns)
    store.put(replace(sector, name="Another"))
    assert (len(store.small), len(store.columns)) == (small + 2, columns)
    force = replace(sector.workforce, rate_micros=sector.workforce.rate_micros + 1)
    store.put(replace(sector, workforce=force))
    assert len(store.columns) == columns + 1


def test_that_an_opened_sector_is_not_packed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bargain.storage import coding

    file = new_file(tmp_path / "a.bargain")
    file.close()
    again = SectorFile.open(file.path, file.key)
    monkeypatch.setattr(coding, "pack", None)
    again.record(replace(again.sector, name="Another"), "Renamed")
    again.save()
    again.close()


def test_that_equal_sectors_have_equal_hashes_whatever_was_read_before(tmp_path: Path) -> None:
    """There is one empty tuple: a list without items must not be stored as the empty vocabulary that was met first."""
    bare = noisy_workforce(20)
    bare = replace(bare, points=(), point_code=bare.point_code * 0 - 1)
    file = new_file(tmp_path / "a.bargain", replace(example_sector(20), grades=("a",), workforce=bare))
    file.close()
    again = SectorFile.open(file.path, file.key)
    assert again.sector.workforce.points == again.sector.parties == ()
    step = again.record(replace(again.sector, name="Anew"), "Renamed")
    assert step.state == Store(KEY.file_key).put(again.sector)
    again.close()


def test_that_the_last_200_steps_are_kept_and_the_older_dropped_whole(tmp_path: Path) -> None:
    file = new_file(tmp_path / "a.bargain")
    for number in range(MOST_STEPS + 30):
        file.record(replace(file.sector, name=str(number)), f"Renamed to {number}")
    file.save()
    file.close()
    again = SectorFile.open(file.path, file.key)
    assert len(again.steps) == MOST_STEPS
    assert again.steps[0].text == "Renamed to 30"
    for _ in range(MOST_STEPS + 5):
        again.undo()
    assert again.sector.name == "29"
    again.close()


def test_that_each_step_is_a_sentence_with_its_time_in_one_line(tmp_path: Path) -> None:
    moment = datetime(2027, 3, 14, 14, 32, tzinfo=UTC)
    file = SectorFile.create(
        tmp_path / "a.bargain", example_sector(5), PHRASE, cost=LOW_COST, now=lambda: moment
    )
    step = file.record(replace(file.sector, name="x"), "Floor £13.30 \u202e→\u200b\n £13.45\x07")
    assert (step.text, step.at, step.number) == ("Floor £13.30 → £13.45", moment, 1)
    file.save()
    file.close()
    kept = SectorFile.open(file.path, file.key, lock=False).steps[0]
    assert (kept.text, kept.at, kept.state) == (step.text, moment, step.state)


def test_that_steps_are_ordered_by_number_when_the_clock_jumps_back(tmp_path: Path) -> None:
    moment = [datetime(2027, 3, 14, tzinfo=UTC)]
    file = SectorFile.create(
        tmp_path / "a.bargain", example_sector(5), PHRASE, cost=LOW_COST, now=lambda: moment[0]
    )
    file.save()
    for number in range(6):
        moment[0] += timedelta(days=400 if number % 2 else -900)
        file.record(replace(file.sector, name=str(number)), f"{number}")
        file.save()
    file.close()
    again = SectorFile.open(file.path, file.key)
    assert [one.text for one in again.steps] == list("012345")
    assert again.sector.name == "5"
    assert [one.text for one in again.versions() if one.is_step][:2] == ["4", "3"]
    copies = [one.text for one in again.versions() if one.backup]
    assert copies == ["5", "4", "3", "2", "1", "0", "New sector"]
    again.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda steps: steps[1].update(text="Another sentence"),
        lambda steps: steps[1].update(at="2020-01-01T00:00:00Z"),
        lambda steps: steps.pop(1),
        lambda steps: steps.reverse(),
        lambda steps: steps.insert(1, dict(steps[1])),
        lambda steps: steps[2].update(state=steps[1]["state"]),
    ],
)
def test_that_a_history_in_which_a_step_was_altered_is_refused(change: Callable[[list], object]) -> None:
    store = Store(KEY.file_key)
    now = datetime(2027, 3, 14, tzinfo=UTC)
    steps = [step_of(n, now, f"Step {n}", replace(example_sector(3), name=str(n)), store) for n in range(4)]
    plain = to_plain_steps(steps)
    assert [one.text for one in from_plain_steps(plain, store)] == [one.text for one in steps]
    change(plain)
    with pytest.raises(PlainShapeError):
        from_plain_steps(plain, store)
    assert canonical(plain)


def test_that_a_mirrored_stack_whose_newest_step_grew_is_one_step(tmp_path: Path) -> None:
    file = new_file(tmp_path / "a.bargain")
    now = datetime(2027, 3, 14, tzinfo=UTC)
    grown = [replace(file.sector, name=f"typed {n}") for n in range(4)]
    for n, sector in enumerate(grown):
        file.mirror([Change(1, now, f"Typed {n}", sector)], 1)
    assert [(one.text, one.number) for one in file.steps] == [("Typed 3", 1)]
    file._lock.release()
    found = SectorFile.open(file.path, file.key)
    assert [one.text for one in found.recovered] == ["Typed 3"]
    assert found.sector.name == "typed 3"
    found.close()


def test_that_what_was_frozen_can_be_opened_when_its_step_is_long_gone(tmp_path: Path) -> None:
    file = new_file(tmp_path / "a.bargain")
    frozen = Frozen("offer", "First", "2027-03-14T00:00:00Z", "f" * 64, "1", (("full_year", 12.5),))
    file.record(replace(file.sector, name="As tabled", frozen=(frozen,)), "Tabled", "tabled")
    force = noisy_workforce(9, seed=5)
    for number in range(MOST_STEPS + 5):
        file.record(replace(file.sector, name=str(number), workforce=force), "Step")
    file.save()
    file.close()
    again = SectorFile.open(file.path, file.key)
    then = again.when_frozen(frozen)
    assert then is not None
    assert then.name == "As tabled"
    assert then.workforce.fingerprint() == example_sector(20).workforce.fingerprint()
    assert again.when_frozen(replace(frozen, fingerprint="0" * 64)) is None
    again.erase_staff("settled")
    assert again.when_frozen(frozen) is None
    assert again.sector.frozen == (frozen,)
    again.close()
