"""The quick reader of text tables gives what the exact one gives, or leaves the file to it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.intake import csv_fields
from bargain.intake.csv_columns import columns_of
from bargain.intake.csv_tables import exact_rows
from bargain.intake.tables import blanks, cleaned

PIECES = st.sampled_from(
    ["a", "Total", "12.71", "", " ", "  b", "x  y", '"q"', '"a, b"', '"say ""hi"""', 'in "side"', '"', "é", "£1,2", "\t",
     "\x0b", "\u2028", "\u00a0", "eight ch", "nine char", "sixteen letters.", "seventeen letters"]
)  # fmt: skip
LINES = st.lists(st.lists(PIECES, max_size=5), max_size=12)


@settings(max_examples=400, deadline=None)
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\r"]), last=st.booleans())
def test_that_both_readers_give_the_same_cells(lines: list[list[str]], end: str, *, last: bool) -> None:
    _hold_against_exact(end.join(",".join(line) for line in lines) + (end if last else ""))


@settings(max_examples=200, deadline=None)
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n"]), spread=st.sampled_from([0, 1, 0x9E3779B97F4A7C15]))
def test_that_neither_small_blocks_nor_numbers_that_meet_change_a_cell(
    lines: list[list[str]], end: str, spread: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_fields, "_BLOCK", 16)
        patch.setattr(csv_fields, "_ROWS_AT_ONCE", 2)
        patch.setattr(csv_fields, "_CELLS_AT_ONCE", 8)
        patch.setattr(csv_fields, "_NUMBERED", 16)
        patch.setattr(csv_fields, "_SPREAD", np.uint64(spread))
        _hold_against_exact(end.join(",".join(line) for line in lines))


def _hold_against_exact(text: str) -> None:
    quick = columns_of(text.encode(), ",")
    if quick is None:
        return
    exact = exact_rows(text, ",", file="a.csv")
    assert [[cell or None for cell in row] for row in quick] == [
        [cell or None for cell in row] for row in exact
    ]
    for ours, theirs in zip(quick.columns, exact.columns, strict=True):
        assert list(cleaned(ours)) == list(cleaned(theirs))
        assert list(blanks(ours)) == list(blanks(theirs))


def test_that_texts_which_end_alike_stay_apart_when_their_numbers_meet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        csv_fields, "_SPREAD", np.uint64(0)
    )  # the number of a text is then its last eight letters
    asked = []
    exactly = csv_fields.exactly_apart
    monkeypatch.setattr(
        csv_fields, "exactly_apart", lambda fields, column: asked.append(column) or exactly(fields, column)
    )
    rows = columns_of(b"pay,title\n1,Anderson Example\n2,Peterson Example\n3,Anderson Example\n", ",")
    assert rows is not None
    assert [row[1] for row in rows] == ["title", "Anderson Example", "Peterson Example", "Anderson Example"]
    assert asked == [1]


@pytest.mark.parametrize("size", [8, 9, 16, 17, 511, 512, 513, 600])
def test_that_texts_of_every_length_are_told_apart_by_their_last_letter(size: int) -> None:
    one, other = "x" * size, "x" * (size - 1) + "y"
    rows = columns_of(f"title,pay\n{one},1\n{other},2\n{one},3\n".encode(), ",")
    assert rows is not None
    assert [row[0] for row in rows[1:]] == [one, other, one]


@given(text=st.text(alphabet="aZz@[`{0 .é£", max_size=30))
def test_that_letters_are_counted_to_the_24th_byte(text: str) -> None:
    rows = columns_of(f"|,|{text}".encode(), ",")
    counted = rows.columns[1].distinct.letters[0] if rows is not None and rows.width > 1 else None
    if counted is not None:
        octets = f"|{text}".encode()
        beyond = any(octet >= 0x80 for octet in octets[:24]) or len(octets) > 24
        letters = sum(chr(octet).isalpha() for octet in octets[:24] if octet < 0x80)
        assert counted >= 99 if beyond else counted == letters


def test_that_ordinary_files_take_the_quick_way() -> None:
    assert columns_of(b'Job title,Pay\r\n"Worker, senior","12,345.00"\r\n', ",") is not None
    assert columns_of(b"Payroll\n\nJob title;Pay;\nRSW;12,71\n", ";") is not None


def test_that_an_open_quote_is_left_to_the_exact_reader() -> None:
    assert columns_of(b'a,b\n"c,d\n', ",") is None
    assert columns_of(b'a,b\n5" pipe,"d\n', ",") is None
