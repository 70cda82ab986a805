"""Text from data as it may be printed, whatever prints it."""

from __future__ import annotations

import re
import unicodedata

LONGEST_HEADING = 160  # characters; a repeated heading taller than a page could never be laid out


def printable(text: str) -> str:
    """The text with every character that can't be seen replaced by one that can.

    Line ends and tabs become spaces; other control, format and private characters, among them those that
    turn the direction of writing, become the replacement mark.
    """
    spaced = re.sub(r"[\t\n\v\f\r\x85\u2028\u2029]+", " ", text)
    return "".join("\ufffd" if unicodedata.category(one).startswith("C") else one for one in spaced)


def shortened(text: str) -> str:
    """A heading, cut where it is so long that it would not leave room for what it heads."""
    return text if len(text) <= LONGEST_HEADING else text[:LONGEST_HEADING] + "…"
