"""Settings learned from files are recalled by headings and by employer, never where they could be wrong; and can be edited."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.cli import main
from bargain.intake.findings import offers_of
from bargain.intake.join import add_readings
from bargain.intake.mapping_file import read_mapping, write_mapping
from bargain.intake.memory import (
    BY_EMPLOYER,
    BY_HEADINGS,
    as_toml,
    forgotten,
    from_toml,
    one_of,
    replaced,
    taken,
    write_to,
)
from bargain.intake.payroll import facts_of, read_payroll
from bargain.intake.reading import Choice, Do, MappingFile, OpenQuestion, PayKind, PayrollReading, Period
from bargain.intake.words import word_table
from bargain.packs import new_sector
from bargain.storage.container import read_sector, write_sector
from models.issues import UnusableInput
from models.sector import Sector
from tests.bargain.intake.shared_files import write_book

HEAD = ("Job title", "Salary", "FTE")
ROWS = [("RSW", 24_850, 1), ("RSW", 14_910, 0.6), ("Senior RSW", 27_000, 1)]
ACTUAL, FULL = MappingFile(pay_kind=PayKind.ACTUAL), MappingFile(pay_kind=PayKind.FULL_TIME)


def learn(
    sector: Sector, path: Path, employer: str, mapping: MappingFile | None = None
) -> tuple[Sector, PayrollReading]:
    reading = read_payroll(path, facts=facts_of(sector), employer=employer, mapping=mapping)
    return add_readings(sector, [reading], today=date(2026, 5, 1)), reading


def book(path: Path, more: int = 0, *, head: tuple[str, ...] = HEAD, above: int = 0) -> Path:
    extra = (None,) * (len(head) - 3)
    return write_book(
        path, [*([("Report of pay",)] * above), head, *((a, b + more, c, *extra) for a, b, c in ROWS)]
    )


def test_that_like_files_of_many_employers_are_one_entry(tmp_path: Path) -> None:
    sector, _ = learn(new_sector("s"), book(tmp_path / "a.xlsx"), "Ash", ACTUAL)
    for at, name in enumerate(("Beech", "Cedar"), start=1):
        sector, reading = learn(sector, book(tmp_path / f"{name}.xlsx", at), name)
        assert (reading.sheets[0].read_as_by, reading.sheets[0].paybill) == (BY_HEADINGS, 66_760 + 3 * at)
    (one,) = sector.mappings
    assert one.employers == ("Ash", "Beech", "Cedar")


def test_that_two_ways_of_reading_the_same_headings_are_told_apart_by_employer_or_asked(
    tmp_path: Path,
) -> None:
    sector, _ = learn(new_sector("s"), book(tmp_path / "a.xlsx"), "Ash", ACTUAL)
    sector, _ = learn(sector, book(tmp_path / "b.xlsx", 1), "Beech", FULL)
    assert len(sector.mappings) == 2
    _, ash = learn(sector, book(tmp_path / "c.xlsx", 2), "Ash")
    _, beech = learn(sector, book(tmp_path / "d.xlsx", 2), "Beech")
    assert ash.sheets[0].paybill == 66_766
    assert beech.sheets[0].paybill == 24_852 + 27_002 + Decimal("0.6") * 14_912
    with pytest.raises(OpenQuestion):
        learn(sector, book(tmp_path / "e.xlsx", 3), "Cedar")


def test_that_an_employers_next_file_with_one_more_column_is_read_like_its_last(tmp_path: Path) -> None:
    sector, _ = learn(new_sector("s"), book(tmp_path / "a.xlsx"), "Ash", ACTUAL)
    wider = book(tmp_path / "b.xlsx", 1, head=(*HEAD, "Cost centre"))
    _, reading = learn(sector, wider, "Ash")
    assert (reading.sheets[0].read_as, reading.sheets[0].read_as_by) == ("a.xlsx", BY_EMPLOYER)
    with pytest.raises(OpenQuestion):
        learn(sector, wider, "Beech")


def test_that_a_file_whose_heading_had_to_be_pointed_out_is_not_asked_about_again(tmp_path: Path) -> None:
    head = ("Kod", "Kwota", "Udzial")
    first = book(tmp_path / "a.xlsx", head=head, above=2)
    told = MappingFile(
        columns={"job_title": "Kod", "pay": "Kwota", "fte": "Udzial"}, heading_row=3,
        pay_period=Period.YEAR, pay_kind=PayKind.ACTUAL,
    )  # fmt: skip
    sector, _ = learn(new_sector("s"), first, "Ash", told)
    for at, above in enumerate((2, 0, 5), start=1):
        sector, reading = learn(sector, book(tmp_path / f"{at}.xlsx", at, head=head, above=above), "Beech")
        assert reading.sheets[0].header_row == above + 1
        assert reading.sheets[0].paybill == 66_760 + 3 * at


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
FIELDS = st.sampled_from(("job_title", "pay", "hours", "fte", "grade"))


def choice_of(draw: st.DrawFn) -> Choice:
    check = draw(st.sampled_from(sorted(word_table("checks"))))
    do = draw(st.sampled_from(offers_of(check)))
    reason = draw(TEXT).strip() or "because" if do is Do.LEAVE_OUT else ""
    return Choice(check, do, reason, draw(st.sampled_from(("", "0.01", "Z"))))


@st.composite
def mapping_files(draw: st.DrawFn) -> MappingFile:
    """Any mapping file that can be written, with every key there is."""
    choices = {
        (one.check, one.value): one for one in (choice_of(draw) for _ in range(draw(st.integers(0, 4))))
    }
    known: dict[str, Any] = {
        "columns": draw(st.dictionaries(FIELDS, TEXT, max_size=3)),
        "sheets": tuple(draw(st.lists(TEXT, max_size=2))),
        "heading_row": draw(st.none() | st.integers(1, 60)),
        "heading_rows": draw(st.none() | st.integers(1, 3)),
        "pay_period": draw(st.none() | st.sampled_from(Period)),
        "pay_kind": draw(st.none() | st.sampled_from(PayKind)),
        "periods": draw(st.dictionaries(TEXT, st.sampled_from(Period), max_size=2)),
        "date_order": draw(st.sampled_from(("", "day_first", "month_first"))),
        "full_time_hours": draw(st.none() | st.decimals(1, 100, places=2)),
        "hours_each": draw(st.none() | st.decimals(1, 100, places=2)),
        "grouped": draw(st.none() | st.booleans()),
        "titles": draw(st.dictionaries(TEXT, TEXT, max_size=2)),
        "words": draw(st.sampled_from(({}, {"sex": {"2": "woman"}}, {"status": {"X": "leaver"}, "sex": {"1": "man"}}))),
        "hidden": draw(st.sampled_from(("", "include", "leave_out"))),
        "tables": draw(st.sampled_from(("", "A:F", "all"))),
        "take_column": draw(st.just("") | TEXT),
        "take": draw(st.just("") | TEXT),
        "pay_unit": draw(st.sampled_from(("", "pence", "thousands"))),
        "pay_range": draw(st.sampled_from(("", "lowest", "leave_out"))),
        "hidden_counts": draw(st.sampled_from(("", "middle"))),
        "hours_period": draw(st.none() | st.sampled_from(Period)),
        "pay_for": draw(st.sampled_from(("", "each", "together"))),
        "decimals": draw(st.sampled_from(("", "point", "comma"))),
        "take_element": draw(st.just("") | TEXT),
        "ni_numbers": draw(st.sampled_from(("", "once"))),
        "choices": tuple(choices[key] for key in sorted(choices)),
    }  # fmt: skip
    return MappingFile(**known)


def test_that_the_strategy_sets_every_field_that_is_kept() -> None:
    unset = {"remembered_from", "remembered_by"}
    source = Path(__file__).read_text(encoding="utf-8")
    assert [
        name for name in MappingFile.__dataclass_fields__ if name not in unset and f'"{name}": ' not in source
    ] == []


@settings(max_examples=150, deadline=None)
@given(mapping=mapping_files())
def test_that_settings_come_back_byte_for_byte(mapping: MappingFile) -> None:
    text = write_mapping(mapping)
    again = read_mapping(text, source="map.toml")
    assert again == mapping
    assert write_mapping(again) == text


def test_that_a_remembered_mapping_is_edited_only_if_it_is_good(tmp_path: Path) -> None:
    sector, _ = learn(new_sector("s"), book(tmp_path / "a.xlsx"), "Ash", ACTUAL)
    one = one_of(sector, "1")
    assert one == one_of(sector, one.signature[:8]) == one_of(sector, "a.xlsx")
    edited = replaced(sector, one, one.settings.replace("actual", "full_time"), source="edited.toml")
    _, reading = learn(edited, book(tmp_path / "b.xlsx", 1), "Ash")
    assert reading.sheets[0].paybill == 24_851 + 27_001 + Decimal("0.6") * 14_911
    for bad in ("[pay]\nof = 'wages'\n", "not toml"):
        with pytest.raises(UnusableInput, match=r"edited\.toml"):
            replaced(sector, one, bad, source="edited.toml")
    with pytest.raises(UnusableInput, match="bargain mappings"):
        one_of(sector, "7")
    assert forgotten(sector, one).mappings == ()


def test_that_mappings_go_to_another_sector_through_a_folder(tmp_path: Path) -> None:
    sector, _ = learn(new_sector("s"), book(tmp_path / "a.xlsx"), "Ash", ACTUAL)
    sector, _ = learn(sector, book(tmp_path / "b.xlsx", 1), "Beech", FULL)
    written = write_to(tmp_path / "sent", sector)
    other, found = taken(new_sector("other"), tmp_path / "sent")
    assert len(written) == len(found) == 2
    assert {replace(one) for one in other.mappings} == set(sector.mappings)
    assert [from_toml(as_toml(one), source="x") for one in sector.mappings] == [
        (one, False) for one in sector.mappings
    ]
    mapping = read_mapping(written[0].read_text("utf-8"), source="x")  # and serves as --mapping as it is
    assert mapping.columns["pay"] == "Salary"
    with pytest.raises(UnusableInput, match="remembered"):
        from_toml("format = 1\n", source="x")
    with pytest.raises(UnusableInput, match=r"no \.toml files"):
        taken(other, tmp_path)


def test_that_the_command_lists_shows_edits_saves_takes_and_forgets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", "correct horse")
    sector, _ = learn(new_sector("s"), book(tmp_path / "a.xlsx"), "Ash", ACTUAL)
    path = tmp_path / "s.bargain"
    write_sector(path, sector, "correct horse")

    def said(*arguments: object, code: int = 0) -> str:
        assert main(["mappings", str(path), *map(str, arguments)]) == code
        told = capsys.readouterr()
        return told.out + told.err

    (entry,) = json.loads(said("--json"))["mappings"]
    assert (entry["number"], entry["file"], entry["employers"]) == (1, "a.xlsx", ["Ash"])
    shown = said("--show", "1")
    assert 'of = "actual"' in shown
    edited = tmp_path / "edited.toml"
    edited.write_text(shown.replace("actual", "full_time"), encoding="utf-8")
    said("--edit", "1", "--from", edited)
    assert "full_time" in read_sector(path, "correct horse").mappings[0].settings
    said("--save", tmp_path / "sent")
    said("--forget", "all")
    assert "Nothing is remembered yet" in said()
    said("--take", tmp_path / "sent")
    assert len(read_sector(path, "correct horse").mappings) == 1
    assert "belong together" in said("--edit", "1", code=2)
