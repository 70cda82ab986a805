"""Choices about a file: their order never matters, none drops another, and they survive being written down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.intake.looking import Looker
from bargain.intake.mapping_file import read_mapping, write_mapping
from bargain.intake.payroll import facts_of, read_payroll
from bargain.intake.reading import Do, MappingFile, Period, Question
from bargain.packs import DEFAULT_PACK, new_sector
from models.issues import UnusableInput
from ui.import_assistant.batch import FileState, read_state
from ui.import_assistant.settings import (
    CHOICE,
    FULL_WEEK,
    GROUPS,
    HEADING,
    SHEETS,
    TITLE,
    Change,
    FileSettings,
    changes_of,
    mapping_of,
)

WORDS = st.sampled_from(["Monthly", "Wk", "Band"])
CLICKS = st.one_of(
    st.tuples(st.just("pay.per"), st.just(""), st.sampled_from([("hour",), ("year",), ("month",)])),
    st.tuples(st.just("pay.of"), st.just(""), st.sampled_from([("actual",), ("full_time",)])),
    st.tuples(st.just("pay.unit"), st.just(""), st.sampled_from([("pence",), ("pounds",)])),
    st.tuples(st.just("dates.order"), st.just(""), st.sampled_from([("day_first",), ("month_first",)])),
    st.tuples(st.just(GROUPS), st.just(""), st.sampled_from([("yes",), ("no",)])),
    st.tuples(st.just(FULL_WEEK), st.just(""), st.sampled_from([("37",), ("37.5",)])),
    st.tuples(st.just(SHEETS), st.just(""), st.sampled_from([("A",), ("A", "B")])),
    st.tuples(st.just(HEADING), st.just(""), st.sampled_from([("1", "1"), ("3", "2")])),
    st.tuples(st.just("pay.periods"), WORDS, st.sampled_from([("week",), ("month",)])),
    st.tuples(st.just(TITLE), WORDS, st.sampled_from([("Team leader",), ("Support worker",)])),
    st.tuples(
        st.sampled_from(["columns.grade", "columns.sex", "columns.pay"]), st.just(""), WORDS.map(lambda one: (one,))
    ),
    st.tuples(
        st.just(CHOICE), st.sampled_from(["hours_above_60", "fte_above_1"]),
        st.sampled_from([("fix", ""), ("keep", ""), ("leave_out", "why not")]),
    ),
)  # fmt: skip
Click = tuple[str, str, tuple[str, ...]]


def after(clicks: list[Click], start: FileSettings = FileSettings()) -> FileSettings:  # noqa: B008  # frozen
    """The settings after these clicks, one after another."""
    for key, about, answers in clicks:
        start = start.with_change(key, *answers, about=about)
    return start


def one_a_key(clicks: list[Click]) -> list[Click]:
    return list({(key, about): (key, about, answers) for key, about, answers in clicks}.values())


@given(clicks=st.lists(CLICKS, max_size=10), data=st.data())
def test_that_the_order_of_clicks_does_not_matter(clicks: list[Click], data: st.DataObject) -> None:
    distinct = one_a_key(clicks)
    shuffled = data.draw(st.permutations(distinct))
    assert after(distinct) == after(shuffled)
    assert mapping_of(after(distinct), None) == mapping_of(after(shuffled), None)


@given(clicks=st.lists(CLICKS, max_size=10))
def test_that_the_newest_click_of_a_key_counts_and_no_other_is_lost(clicks: list[Click]) -> None:
    newest = {(key, about): answers for key, about, answers in clicks}
    told = {(one.key, one.about): one.answers for one in after(clicks).changes}
    assert told == newest


@given(clicks=st.lists(CLICKS, max_size=10))
def test_that_settings_written_as_a_mapping_file_come_back_as_the_same_clicks(clicks: list[Click]) -> None:
    distinct = after(one_a_key(clicks))
    mapping = mapping_of(distinct, None)
    again = read_mapping(write_mapping(mapping), source="settings")
    assert changes_of(again) == distinct.changes
    assert mapping_of(replace(distinct, changes=changes_of(again)), None) == mapping


@given(clicks=st.lists(CLICKS, min_size=1, max_size=6))
def test_that_a_click_taken_back_leaves_no_trace(clicks: list[Click]) -> None:
    distinct = one_a_key(clicks)
    *kept, (key, about, _) = distinct
    assert after(distinct).without(key, about) == after(kept)


def test_that_a_change_keeps_all_that_is_remembered() -> None:
    recalled = MappingFile(columns={"pay": "Max", "grade": "Band"}, pay_period=Period.YEAR)
    mapping = mapping_of(FileSettings().with_change("columns.grade", ""), recalled)
    assert mapping.columns == {"pay": "Max", "grade": ""}
    assert mapping.pay_period is Period.YEAR
    assert mapping_of(FileSettings(fresh=True).with_change("pay.per", "week"), recalled).columns == {}


def test_that_without_a_choice_the_reader_recalls_for_itself() -> None:
    assert mapping_of(FileSettings(), MappingFile(date_order="day_first")) == MappingFile()


def test_that_a_word_of_the_file_is_answered_for_itself_alone() -> None:
    question = Question("pay.periods", "Staff", "What is “Mthly”?", ("year", "month"), about="Mthly")
    told = FileSettings().answered(question, "month")
    assert told.answer_to(question) == "month"
    assert told.answer_to(replace(question, about="Wkly")) == ""
    assert mapping_of(told, None).periods == {"Mthly": Period.MONTH}


def test_that_an_impossible_full_time_week_is_refused_in_a_sentence() -> None:
    with pytest.raises(UnusableInput, match=r"37\.5"):
        mapping_of(FileSettings().with_change(FULL_WEEK, "lots"), None)
    with pytest.raises(UnusableInput, match=r"37\.5"):
        mapping_of(FileSettings().with_change(FULL_WEEK, "NaN"), None)


def test_that_starting_again_keeps_employer_password_and_what_becomes_of_the_file_before() -> None:
    told = (
        FileSettings("Homes", "secret").with_change("again", "keep-both").with_choice("fte_above_1", Do.FIX)
    )
    again = told.started_again()
    assert again == FileSettings(
        "Homes", "secret", fresh=True, changes=(Change("again", "", ("keep-both",)),)
    )
    assert again.remembered().fresh is False


# The same settings and bytes give the same reading, whatever was looked at before


@pytest.fixture(scope="module")
def payroll(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("payroll") / "homes.csv"
    rows = [f"Homes,Support worker,13.{k}0,{74 if k < 2 else 30},1{k}/0{k + 1}/2024,Ash{k}" for k in range(8)]
    path.write_text(
        "Employer,Job title,Hourly rate,Weekly hours,Start date,Surname\n" + "\n".join(rows) + "\n", "utf-8"
    )
    return path


READ_CLICKS: tuple[Click, ...] = (
    ("dates.order", "", ("day_first",)),
    ("pay.unit", "", ("pounds",)),
    ("columns.start_date", "", ("",)),
    (FULL_WEEK, "", ("37.5",)),
    (CHOICE, "hours_above_60", ("fix", "")),
)


@settings(max_examples=20, deadline=None)
@given(clicks=st.permutations(READ_CLICKS), sizes=st.lists(st.integers(0, 5), max_size=3))
def test_that_a_preview_is_what_a_plain_import_with_these_settings_reads(
    payroll: Path, clicks: tuple[Click, ...], sizes: list[int]
) -> None:
    sector = new_sector("test", DEFAULT_PACK)
    state = FileState(payroll)
    with Looker() as looker:
        for size in (*sizes, len(clicks)):  # looks on the way there leave nothing behind
            state = replace(state, settings=after(list(clicks[:size])))
            state = read_state(looker, state, sector, lambda: False)
    plain = read_payroll(
        payroll, facts=facts_of(sector), mapping=mapping_of(after(list(READ_CLICKS)), None)
    ).sheets[0]
    read = state.sheets[0]
    assert read.workforce.fingerprint() == plain.workforce.fingerprint()
    assert read.paybill == plain.paybill
    assert read.counts == plain.counts
    assert write_mapping(read) == write_mapping(plain)
