"""Text in CSV files and on the clipboard that must stay text: a spreadsheet takes what begins like a formula for one."""

from __future__ import annotations

import re

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")  # full-width forms too
MARK = "'"

# A signed figure as the app shows it, such as “+3.2%”, “-£1,200.50” or “+0.4 pp”: with no operator, bracket or bar
# after its sign it can calculate and call nothing, and marked it would no longer be a number.
_FIGURE = re.compile(r"[+-] ?[£$€]?\d[\d., ]*(?: ?%| ?[A-Za-z]{1,6})?")


def as_plain(text: str) -> str:
    """A text as it may stand in a CSV file: marked where it begins like a formula, or with the mark itself."""
    return MARK + text if text.startswith((*DANGEROUS, MARK)) else text


def without_mark(text: str) -> str:
    """The text again, without the mark that ``as_plain`` put before it."""
    return text[1:] if text.startswith(MARK) and text[1:].startswith((*DANGEROUS, MARK)) else text


def as_copied(text: str) -> str:
    """A shown cell as it goes to the clipboard: on one line, and marked where it begins like a formula and is no figure."""
    line = " ".join(text.split())
    return line if _FIGURE.fullmatch(line) else as_plain(line)


def prose_as_copied(text: str) -> str:
    """Sentences as they go to the clipboard: one cell to a line, marked where it begins like a formula."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(as_plain(line.replace("\t", " ")) for line in lines)
