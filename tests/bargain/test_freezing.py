"""What was tabled keeps its figures, and it is said where today's engine would give others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bargain import freezing
from bargain.appraisal import appraise
from bargain.freezing import (
    closed,
    differences,
    engine,
    fingerprint,
    freeze,
    letters_of,
    next_round,
    reopened,
    with_tabled_frozen,
)
from bargain.version import VERSION
from models.issues import UnusableInput
from models.sector import Sector
from tests.helpers.f1 import f1_sector
from tests.ui.sectors import offer, small

AT = datetime(2027, 3, 14, 14, 32, 5, tzinfo=UTC)


def test_that_a_tabled_offer_is_frozen_with_the_figures_of_its_appraisal() -> None:
    sector = with_tabled_frozen(small(), at=AT)
    (frozen,) = sector.frozen
    cost = appraise(small(), small().offers[1]).cost
    assert (frozen.kind, frozen.name, frozen.at) == ("offer", "Employers' offer", "2027-03-14T14:32:05Z")
    assert dict(frozen.figures)["full_year"] == cost.full_year
    assert dict(frozen.figures)["level"] == pytest.approx(0.02, abs=1e-3)  # two per cent for everybody
    assert frozen.engine == engine()
    assert with_tabled_frozen(sector, at=AT) is sector


def test_that_drafts_are_not_frozen() -> None:
    drafts = replace(small(), offers=(offer("Draft", 10_000),))
    assert with_tabled_frozen(drafts, at=AT) is drafts


def test_that_an_appraisal_at_hand_is_taken_only_if_it_is_of_this_offer() -> None:
    sector = small()
    draft = replace(sector.offers[1], tabled=False)
    right, wrong = appraise(sector, draft), appraise(sector, sector.offers[0])
    expected = freeze(sector, sector.offers[1], at=AT)
    for one in (right, wrong, None):
        assert with_tabled_frozen(sector, at=AT, appraisal=one).frozen == (expected,)


def test_that_figures_that_today_s_engine_gives_too_are_no_difference() -> None:
    sector = with_tabled_frozen(small(), at=AT)
    assert differences(sector, sector.frozen[0]) == ()


def test_that_a_figure_that_differs_by_more_than_half_a_penny_is_named_with_both_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sector = with_tabled_frozen(small(), at=AT)
    real = appraise

    def dearer(which: Sector, what, **how):
        appraisal = real(which, what, **how)
        return replace(appraisal, cost=replace(appraisal.cost, full_year=appraisal.cost.full_year + 0.01))

    monkeypatch.setattr(freezing, "appraise", dearer)
    (found,) = differences(sector, sector.frozen[0])
    assert found.figure == "full_year"
    assert found.now == pytest.approx(found.then + 0.01)


def test_that_an_offer_that_cannot_be_priced_is_frozen_without_figures() -> None:
    empty = replace(Sector("Empty"), offers=(offer("Tabled", 10_000, tabled=True),))
    (frozen,) = with_tabled_frozen(empty, at=AT).frozen
    assert frozen.figures == () or dict(frozen.figures)["full_year"] == 0
    assert differences(empty, frozen) == ()


def test_that_the_fingerprint_follows_all_that_figures_rest_on_and_nothing_else() -> None:
    sector = f1_sector()
    offers = (offer("One", 10_000),)
    base = fingerprint(sector, offers)
    for same in (
        replace(sector, name="Another"),
        replace(sector, target_sets=()),
        replace(sector, offers=()),
    ):
        assert fingerprint(same, offers) == base
    for other in (
        replace(sector, weeks_y=52.0),
        replace(sector, terms=replace(sector.terms, annual_leave_days=33)),
        replace(
            sector, workforce=replace(sector.workforce, rate_micros=sector.workforce.rate_micros + 10_000)
        ),
    ):
        assert fingerprint(other, offers) != base
    assert fingerprint(sector, (offer("One", 10_001),)) != base
    assert fingerprint(sector, (replace(offers[0], tabled=True),)) == base


def test_that_the_engine_says_its_version_and_its_parameters() -> None:
    version, digest = engine().split("+")
    assert version == VERSION
    assert len(digest) == 12


def test_that_closing_a_round_freezes_everything_tabled_offer_by_offer() -> None:
    sector = replace(small(), offers=(*small().offers, offer("Second", 30_000, tabled=True)))
    done = closed(sector, " Round\u200b 1 ", note="Leeds, 14 March", at=AT)
    offers, (made,) = done.frozen[:-1], done.frozen[-1:]
    assert [one.name for one in offers] == ["Employers' offer", "Second"]
    assert (made.kind, made.name, made.note, made.at) == ("round", "Round 1", "Leeds, 14 March", offers[0].at)
    for part, name in zip(made.offers, ("Employers' offer", "Second"), strict=True):
        priced = appraise(sector, next(one for one in sector.offers if one.name == name)).cost
        assert dict(part.figures)["full_year"] == priced.full_year
    assert differences(done, made) == ()
    assert all(one.agrees for one in reopened(done, made))
    assert next_round(done) == "Round 2"


def test_that_a_closed_round_keeps_its_figures_when_data_and_assumptions_change() -> None:
    done = closed(small(), "Round 1", at=AT)
    force = replace(done.workforce, rate_micros=done.workforce.rate_micros + 1_000_000)
    later = replace(done, workforce=force, weekly_hours=35.0)
    assert later.frozen == done.frozen
    assert differences(done, later.frozen[-1]) == ()  # the round is opened on the data it was closed with
    assert differences(later, later.frozen[-1]) != ()


def test_that_where_the_engine_changed_both_figures_of_a_round_are_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = closed(small(), "Round 1", at=AT)
    real = appraise

    def dearer(which: Sector, what, **how):
        appraisal = real(which, what, **how)
        return replace(appraisal, cost=replace(appraisal.cost, full_year=appraisal.cost.full_year + 5))

    monkeypatch.setattr(freezing, "appraise", dearer)
    (one,) = differences(done, done.frozen[-1])
    assert (one.offer, one.figure) == ("Employers' offer", "full_year")
    assert one.now == one.then + 5
    shown = {part.figure: part for part in reopened(done, done.frozen[-1])}
    assert (shown["full_year"].agrees, shown["in_year_cost"].agrees) == (False, True)


@pytest.mark.parametrize(
    ("sector", "name", "said"),
    [
        (small(), " \u200b ", "no name"),
        (closed(small(), "Round 1", at=AT), "round 1", "closed already"),
        (replace(small(), offers=(offer("Draft", 1),)), "Round 1", "Nothing is tabled"),
    ],
)
def test_that_a_round_that_can_t_be_closed_is_refused_in_a_sentence(
    sector: Sector, name: str, said: str
) -> None:
    with pytest.raises(UnusableInput, match=said):
        closed(sector, name, at=AT)


def test_that_the_letters_read_aloud_change_with_anything_that_was_frozen() -> None:
    frozen = closed(small(), "Round 1", at=AT).frozen[-1]
    part = replace(frozen.offers[0], figures=((*frozen.offers[0].figures[0],), *frozen.offers[0].figures[1:]))
    assert letters_of(frozen) == letters_of(replace(frozen, offers=(part,)))
    changes = (
        {"name": "Round 2"},
        {"note": "x"},
        {"fingerprint": "0" * 64},
        {"offers": ()},
    )
    made = {letters_of(replace(frozen, **one)) for one in changes}
    assert len(made | {letters_of(frozen)}) == 5
    assert all(len(one) == 8 for one in made)
