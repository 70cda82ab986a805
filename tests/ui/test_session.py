"""The session: one mutable thing, undoable steps, the latest figures, and a file that keeps up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bargain.storage.container import read_sector, write_sector
from models.offer import Offer, PayRule
from models.target import Status, TargetSet
from tests.ui import sectors
from tests.ui.conftest import PASSPHRASE
from ui import view_choices
from ui.notices import Notice
from ui.session import Session


@pytest.fixture
def path(documents: Path) -> Path:
    return documents / "small.bargain"


@pytest.fixture
def opened(session: Session, qtbot, path: Path) -> Session:
    session.create(sectors.small(), path, PASSPHRASE)
    settle(session, qtbot)
    return session


def settle(session: Session, qtbot) -> None:
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=30_000
    )


def with_percent(offer: Offer, ppm: int) -> Offer:
    step = replace(offer.settlements[0], pay=(PayRule(percent_ppm=ppm),))
    return replace(offer, settlements=(step,))


def notices(session: Session) -> list[Notice]:
    heard: list[Notice] = []
    session.noticed.connect(heard.append)
    return heard


def test_that_a_new_sector_is_saved_at_once_and_appraised(opened: Session, path: Path) -> None:
    assert read_sector(path, PASSPHRASE).name == "Children's homes, small"
    assert opened.saved_text.startswith("Saved ")
    assert opened.offer.name == "Union claim"
    assert opened.appraisal is not None
    assert opened.appraisal.offer is opened.offer
    assert [verdict.target.name for verdict in opened.verdicts] == ["Envelope"]


def test_that_a_changed_offer_lives_in_the_sector_and_in_the_file(opened: Session, qtbot, path: Path) -> None:
    changed = with_percent(opened.offer, 30_000)
    with qtbot.waitSignals([opened.offer_changed, opened.appraised], timeout=30_000):
        opened.change_offer(changed, "Percent 5 → 3")
    settle(opened, qtbot)
    assert opened.sector is not None
    assert opened.sector.offers[0] == changed
    assert opened.appraisal is not None
    assert opened.appraisal.offer == changed
    assert read_sector(path, PASSPHRASE).offers[0] == changed


def test_that_typing_in_one_field_is_one_step_and_another_field_another(opened: Session) -> None:
    before = opened.offer
    for ppm in (10_000, 20_000, 30_000):
        opened.change_offer(with_percent(opened.offer, ppm), f"Percent {ppm}", field="percent")
    opened.change_offer(replace(opened.offer, by="union"), "By union", field="by")
    assert opened.undo.count() == 2
    opened.undo.undo()
    assert opened.offer == with_percent(before, 30_000)
    opened.undo.undo()
    assert opened.offer == before
    opened.undo.redo()
    assert opened.offer == with_percent(before, 30_000)


def test_that_typing_back_to_the_start_leaves_no_step(opened: Session) -> None:
    before = opened.offer
    opened.change_offer(with_percent(before, 10_000), "to 1 %", field="percent")
    opened.change_offer(before, "back", field="percent")
    assert opened.undo.count() == 0
    assert opened.offer == before


def test_that_a_tabled_offer_is_not_changed_and_the_notice_offers_a_duplicate(opened: Session) -> None:
    opened.choose_offer("Employers' offer")
    heard, tabled = notices(opened), opened.offer
    opened.change_offer(with_percent(tabled, 90_000), "nine")
    assert opened.offer is tabled
    assert heard[0].text == "This offer was tabled; duplicate it to change it."
    heard[0].buttons[0].act()
    assert opened.offer == replace(tabled, name="Employers' offer – draft", tabled=False)
    opened.change_offer(with_percent(opened.offer, 90_000), "nine")
    assert opened.offer.settlements[0].pay[0].percent_ppm == 90_000


def test_that_an_added_offer_gets_a_name_of_its_own_and_undo_takes_it_away(opened: Session) -> None:
    opened.add_offer(sectors.offer("Union claim", 1), "New draft")
    assert opened.offer.name == "Union claim (2)"
    opened.undo.undo()
    assert opened.sector is not None
    assert [one.name for one in opened.sector.offers] == ["Union claim", "Employers' offer"]


def test_that_a_removed_offer_comes_back_in_its_place(opened: Session) -> None:
    opened.remove_offer("Union claim", "Remove")
    assert opened.offer.name == "Employers' offer"
    opened.undo.undo()
    assert opened.sector is not None
    assert [one.name for one in opened.sector.offers] == ["Union claim", "Employers' offer"]
    assert opened.offer.name == "Union claim"


def test_that_an_offer_can_t_take_another_s_name(opened: Session) -> None:
    heard = notices(opened)
    opened.change_offer(replace(opened.offer, name="Employers' offer"), "Rename")
    assert opened.offer.name == "Union claim"
    assert "another offer called “Employers' offer”" in heard[0].text


def test_that_without_offers_a_blank_draft_is_on_the_table_and_its_first_change_keeps_it(
    session: Session, path: Path, qtbot
) -> None:
    session.create(replace(sectors.small(), offers=()), path, PASSPHRASE)
    assert session.offer.name == "Draft 1"
    assert session.offer.settlements[0].effective.isoformat() == "2026-04-01"
    session.change_offer(with_percent(session.offer, 20_000), "Percent 2")
    assert session.sector is not None
    assert session.sector.offers == (session.offer,)
    session.undo.undo()
    assert session.sector.offers == ()
    settle(session, qtbot)


def test_that_the_chosen_offer_and_targets_are_kept_but_never_by_name(
    opened: Session, path: Path, qtbot
) -> None:
    assert opened.sector is not None
    opened.change_sector(
        replace(opened.sector, target_sets=(*opened.sector.target_sets, TargetSet("Theirs"))), "t"
    )
    opened.choose_offer("Employers' offer")
    opened.choose_targets("Theirs")
    settle(opened, qtbot)
    assert opened.verdicts == ()
    store = view_choices.settings()
    store.sync()
    assert not [key for key in store.allKeys() if "Employers" in str(store.value(key))]
    opened.close()
    opened.open(path, PASSPHRASE)
    qtbot.waitUntil(lambda: opened.sector is not None, timeout=30_000)
    assert (opened.offer.name, opened.target_set.name) == ("Employers' offer", "Theirs")


def test_that_changes_while_figures_are_made_end_with_the_figures_of_the_last(opened: Session, qtbot) -> None:
    for ppm in range(1_000, 41_000, 1_000):
        opened.change_offer(with_percent(opened.offer, ppm), "drag", field="percent")
    settle(opened, qtbot)
    assert opened.appraisal is not None
    assert opened.appraisal.offer.settlements[0].pay[0].percent_ppm == 40_000
    assert opened.verdicts[0].value == pytest.approx(opened.appraisal.cost.full_year)


def test_that_a_sector_without_staff_has_a_sentence_in_place_of_figures(
    session: Session, path: Path, qtbot
) -> None:
    empty = replace(sectors.small(), workforce=sectors.workforce([], ()), employers=())
    session.create(empty, path, PASSPHRASE)
    settle(session, qtbot)
    assert session.appraisal is None
    assert "no staff data" in session.problem


def test_that_a_failed_save_says_what_is_safe_and_trying_again_saves(
    opened: Session, qtbot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = notices(opened)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("ui.saving.write", full)
        opened.change_offer(with_percent(opened.offer, 10_000), "one")
        qtbot.waitUntil(lambda: opened.saved_text == "Not saved", timeout=10_000)
    assert heard[0].text == (
        "Not saved – the system says “No space left on device”. Your work is still here, in this window."
    )
    assert read_sector(path, PASSPHRASE).offers[0].settlements[0].pay[0].percent_ppm == 50_000
    heard[0].buttons[0].act()
    settle(opened, qtbot)
    assert read_sector(path, PASSPHRASE).offers[0].settlements[0].pay[0].percent_ppm == 10_000


def test_that_a_file_changed_by_another_is_not_written_over_unasked(
    opened: Session, qtbot, path: Path, documents: Path
) -> None:
    theirs = b"their work"
    path.write_bytes(theirs)
    heard = notices(opened)
    opened.change_offer(with_percent(opened.offer, 10_000), "one")
    qtbot.waitUntil(lambda: opened.saved_text == "Not saved", timeout=10_000)
    assert path.read_bytes() == theirs
    assert "somebody else changed small.bargain" in heard[0].text
    assert [button.text for button in heard[0].buttons] == ["Keep mine", "Keep theirs", "Keep both…"]
    opened.save_elsewhere(documents / "mine.bargain")
    settle(opened, qtbot)
    assert path.read_bytes() == theirs
    assert read_sector(documents / "mine.bargain", PASSPHRASE).offers == opened.sector.offers


def test_that_keep_mine_writes_over_the_changed_file(opened: Session, qtbot, path: Path) -> None:
    write_sector(path, replace(sectors.small(), name="Theirs"), PASSPHRASE)
    heard = notices(opened)
    opened.change_offer(with_percent(opened.offer, 10_000), "one")
    qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    heard[0].buttons[0].act()
    settle(opened, qtbot)
    assert read_sector(path, PASSPHRASE).offers == opened.sector.offers


def test_that_opening_another_file_saves_the_first_one_first(
    opened: Session, qtbot, path: Path, documents: Path
) -> None:
    opened.change_offer(with_percent(opened.offer, 15_000), "one and a half")
    opened.create(replace(sectors.small(), name="Second"), documents / "second.bargain", PASSPHRASE)
    qtbot.waitUntil(lambda: opened.sector is not None and opened.sector.name == "Second", timeout=30_000)
    settle(opened, qtbot)
    assert read_sector(path, PASSPHRASE).offers[0].settlements[0].pay[0].percent_ppm == 15_000
    assert opened.undo.count() == 0


def test_that_targets_are_judged_afresh_when_the_set_is_changed(opened: Session, qtbot) -> None:
    assert opened.sector is not None
    assert opened.verdicts[0].status is not Status.NOT_KNOWN
    opened.choose_targets("")
    settle(opened, qtbot)
    assert opened.verdicts == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["percent", "add", "remove", "rename", "sector"]), st.integers(1, 9))
    )
)
def test_that_undoing_all_gives_the_start_and_redoing_all_the_end(
    opened: Session, steps: list[tuple[str, int]]
) -> None:
    start = opened.sector
    opened.undo.clear()
    for what, number in steps:
        _act(opened, what, number)
    end = opened.sector
    assert start is not None
    assert end is not None
    opened.undo.setIndex(0)
    assert _facts(opened) == (start.name, start.offers)
    opened.undo.setIndex(opened.undo.count())
    assert _facts(opened) == (end.name, end.offers)


def _act(session: Session, what: str, number: int) -> None:
    assert session.sector is not None
    if what == "percent":
        session.change_offer(with_percent(session.offer, number * 1_000), "percent", field="percent")
    elif what == "add":
        session.add_offer(sectors.offer(f"Draft {number}", number * 1_000), "add")
    elif what == "remove":
        session.remove_offer(session.offer.name, "remove")
    elif what == "rename":
        session.change_offer(replace(session.offer, name=f"Named {number}"), "rename")
    else:
        session.change_sector(replace(session.sector, name=f"Sector {number}"), "name")


def _facts(session: Session) -> tuple[str, tuple[Offer, ...]]:
    assert session.sector is not None
    return session.sector.name, session.sector.offers
