"""Work two at a time: all of it is done, once, whoever does it; and figures do not hang on it."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from bargain import side_by_side
from bargain.appraisal import appraise, live_view_of
from bargain.commands.bench_sector import made_offer
from bargain.commands.bench_sector import made_sector as bench_sector
from bargain.side_by_side import beside, each_of, in_chunks
from models.issues import UnusableInput


@pytest.fixture(autouse=True)
def always_worthwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side, "_WORTHWHILE", 1)


def test_that_every_piece_is_done_once() -> None:
    for count in range(6):
        done: list[int] = []
        each_of([partial(done.append, one) for one in range(count)], 10)
        assert sorted(done) == list(range(count))


def test_that_two_pieces_go_on_at_once() -> None:
    meeting = threading.Barrier(2, timeout=20)  # nobody passes alone
    each_of([meeting.wait, meeting.wait], 10)


def test_that_pieces_made_of_pieces_do_not_wait_for_one_another() -> None:
    done: list[tuple[int, int]] = []

    def piece(name: int) -> None:
        each_of([partial(done.append, (name, one)) for one in range(5)], 10)

    each_of([partial(piece, name) for name in range(5)], 10)
    assert sorted(done) == [(name, one) for name in range(5) for one in range(5)]


def test_that_work_begun_beside_may_itself_be_cut_in_pieces() -> None:
    held = threading.Event()
    first = beside(lambda: held.wait(20), 10)  # the helper is busy with this one
    second = beside(lambda: in_chunks(100_000, lambda part: None), 10)
    assert second.result() is None  # so whoever asks does it
    held.set()
    assert first.result() is True


@pytest.mark.parametrize("place", range(4))
def test_that_what_a_piece_raises_reaches_whoever_asked(place: int) -> None:
    def refuse() -> None:
        raise UnusableInput("No.")

    works = [lambda: None] * 4
    works[place] = refuse
    with pytest.raises(UnusableInput, match=r"^No\.$"):
        each_of(works, 10)
    with pytest.raises(UnusableInput, match=r"^No\.$"):
        beside(refuse, 10).result()


@pytest.mark.parametrize("long", [1, 4_000])  # rows are long as well as posts; posts alone are
def test_that_an_appraisal_says_the_same_in_one_thread_and_in_two(
    monkeypatch: pytest.MonkeyPatch, long: int
) -> None:
    monkeypatch.setattr(side_by_side, "_WORTHWHILE", long)
    sector = bench_sector(4_000, 30)
    in_two = appraise(sector, made_offer())
    assert len(live_view_of(sector, in_two).heads) < 4_000
    monkeypatch.setattr(side_by_side, "_WORTHWHILE", 10**9)
    in_one = appraise(bench_sector(4_000, 30), made_offer())
    assert in_two.cost == in_one.cost
    assert in_two.after == in_one.after
    assert in_two.before == in_one.before
