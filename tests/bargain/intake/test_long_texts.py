"""Text that the quick reader can't be sure of: long ones are read in the child process, to the same cells."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.intake import csv_exact, csv_tables
from bargain.intake.csv_tables import exact_rows
from bargain.intake.open_safely import ReadingStopped, SafeReader
from models.issues import UnusableInput

ODD = 'title,pay,"note"\rCarer,12.71,say "hi" to "x"\r"Team\nleader",15.60\r\r'  # bare returns: for csv alone


@pytest.fixture
def all_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_tables, "SMALL_TEXT", 0)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.csv"
    path.write_bytes(ODD.encode())
    return path


def test_that_a_short_odd_text_starts_no_process(odd: Path) -> None:
    with SafeReader() as reader:
        reader.read(odd)
        assert reader.process is None


@pytest.mark.usefixtures("all_are_long")
def test_that_a_long_odd_text_has_the_same_cells_from_the_child(odd: Path) -> None:
    with SafeReader() as reader:
        table = reader.read(odd).tables[0]
        assert reader.process is not None
    assert list(table.rows) == list(exact_rows(ODD, ",", file="odd.csv"))
    assert list(table.rows)[2][:2] == ("Team\nleader", "15.60")
    assert (table.file, table.sheet, table.visible) == ("odd.csv", "odd", True)


@pytest.mark.usefixtures("all_are_long")
def test_that_a_long_odd_text_is_stopped_by_time_and_by_hand(odd: Path) -> None:
    with (
        SafeReader(time_limit=0.0) as reader,
        pytest.raises(UnusableInput, match=r"odd\.csv: .* took longer"),
    ):
        reader.read(odd)
    with SafeReader(stop=lambda: True) as reader, pytest.raises(ReadingStopped):
        reader.read(odd)


@pytest.mark.usefixtures("all_are_long")
def test_that_what_the_child_refuses_names_the_file_and_the_row(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes(b"a,b\r1,2\r" + b"x," * 20_000 + b"\r")
    with SafeReader() as reader, pytest.raises(UnusableInput, match=r"wide\.csv, row 3: far more columns"):
        reader.read(path)


@given(st.lists(st.lists(st.sampled_from(["", " ", "a", 'say "x"', "1,5", "b\nc"]), max_size=5), max_size=8))
@settings(max_examples=150, deadline=None)
def test_that_columns_hold_what_rows_say(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    read = list(csv.reader(io.StringIO(text.getvalue(), newline=""), skipinitialspace=True))
    distinct, coded, height = csv_exact.exact_columns(text.getvalue(), ",", file="x.csv")
    codes = memoryview(coded).cast("i").tolist()
    assert height == len(read)
    width = max(map(len, read), default=0)
    assert len(distinct) == width
    for at, values in enumerate(distinct):
        told = [values[code] for code in codes[at * height : (at + 1) * height]]
        assert told == [row[at] if at < len(row) else None for row in read]
