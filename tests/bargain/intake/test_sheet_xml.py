"""What the quick reader hides is found by looking through the text as it is by reading the XML, however it is cut."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.intake import sheet_xml
from bargain.intake.sheet_xml import _looked_through, _scan

CELLS = (
    '<c r="{place}"><v>1</v></c>',
    '<c r="{place}"/>',
    '<c r="{place}"><f>1+1</f><v>2</v></c>',
    '<c r="{place}"><f>1+1</f></c>',
    '<c r="{place}"><f t="shared" si="0"/><v></v></c>',
    '<c r="{place}" t="str"><f>A1</f></c>',
    '<c r="{place}" t="e"><v>#REF!</v></c>',
    '<c r="{place}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="{place}" t="inlineStr"><is><t>a row> in a text</t></is></c>',
    '<c r="{place}" t="inlineStr"><is><t>hidden="1" is only text</t></is></c>',
)
ATTRIBUTES = ("", ' hidden="1"', ' hidden="0"', ' spans="1:3" hidden="true"', ' ht="12" customHeight="1"')
ROW = st.tuples(st.sampled_from(ATTRIBUTES), st.lists(st.sampled_from(CELLS), max_size=3))
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col hidden="1"/></cols><sheetData>'


def sheet_of(rows: list[tuple[str, list[str]]]) -> bytes:
    """A sheet's XML with these rows."""
    lines = []
    for number, (attributes, cells) in enumerate(rows, start=1):
        inside = "".join(cell.format(place=f"{'ABC'[at]}{number}") for at, cell in enumerate(cells))
        lines.append(
            f'<row r="{number}"{attributes}>{inside}</row>' if cells else f'<row r="{number}"{attributes}/>'
        )
    return (HEAD + "".join(lines) + "</sheetData></worksheet>").encode()


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(ROW, max_size=8), piece=st.integers(200, 700))
def test_that_looking_piece_by_piece_finds_what_reading_whole_finds(
    rows: list[tuple[str, list[str]]], piece: int
) -> None:
    sheet = sheet_of(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_xml, "_PIECE", piece)
        quick = _looked_through(io.BytesIO(sheet))
    if quick is not None:
        assert quick == _scan(io.BytesIO(sheet))


def test_that_an_ordinary_sheet_is_looked_through_and_a_commented_one_is_read() -> None:
    rows = [(' hidden="1"', [CELLS[3], CELLS[6]])] * 20
    quick = _looked_through(io.BytesIO(sheet_of(rows)))
    assert quick is not None
    assert quick.hidden_rows == list(range(1, 21))
    assert len(quick.faulty) == 40
    assert (
        _looked_through(io.BytesIO(sheet_of(rows).replace(b"<sheetData>", b"<!-- x --><sheetData>"))) is None
    )
