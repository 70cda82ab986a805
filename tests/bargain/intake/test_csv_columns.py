"""The quick reader of text tables gives what the exact one gives, or leaves the file to it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

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
    text = end.join(",".join(line) for line in lines) + (end if last else "")
    quick = columns_of(text.encode(), ",")
    if quick is not None:
        exact = exact_rows(text, ",", file="a.csv")
        assert [[cell or None for cell in row] for row in quick] == [
            [cell or None for cell in row] for row in exact
        ]
        for ours, theirs in zip(quick.columns, exact.columns, strict=True):
            assert list(cleaned(ours)) == list(cleaned(theirs))
            assert list(blanks(ours)) == list(blanks(theirs))


def test_that_ordinary_files_take_the_quick_way() -> None:
    assert columns_of(b'Job title,Pay\r\n"Worker, senior","12,345.00"\r\n', ",") is not None
    assert columns_of(b"Payroll\n\nJob title;Pay;\nRSW;12,71\n", ";") is not None


def test_that_an_open_quote_is_left_to_the_exact_reader() -> None:
    assert columns_of(b'a,b\n"c,d\n', ",") is None
    assert columns_of(b'a,b\n5" pipe,"d\n', ",") is None
