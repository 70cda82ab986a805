"""Text in CSV files that must stay text: a spreadsheet program takes what begins like a formula for one."""

from __future__ import annotations

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")  # full-width forms too
MARK = "'"


def as_plain(text: str) -> str:
    """A text as it may stand in a CSV file: marked where it begins like a formula, or with the mark itself."""
    return MARK + text if text.startswith((*DANGEROUS, MARK)) else text


def without_mark(text: str) -> str:
    """The text again, without the mark that ``as_plain`` put before it."""
    return text[1:] if text.startswith(MARK) and text[1:].startswith((*DANGEROUS, MARK)) else text
