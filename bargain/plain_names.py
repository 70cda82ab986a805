"""Names as everybody sees them: without characters that can't be seen, turn the writing round, or pass for others.

A name that comes from a file, or is pasted into a field, is hostile until it went through ``plain_name``. Running
text (a note, a clause) keeps its words; there ``marked`` shows what can't be seen, since a hidden change of wording is
a change.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

LONGEST = 200  # letters of a name
_MOST_MARKS = 2  # accents on one letter: Welsh needs one, Vietnamese two; towers of them cover other lines

_GONE = {"Cc", "Cf", "Cs", "Co"}  # control, format, half a pair, private use
_BLANK_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and signs without ink
_VARIATION = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_NOT_A_LETTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")

# Letters of other alphabets that print like a Latin one; the full-width forms and ligatures fall to NFKC.
_LIKE = MappingProxyType(
    dict(
        zip(
            "АВЕЅІЈКМНОРСТХУаеорсухіјѕԁһԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινυρкмтвнгп",
            "ABESIJKMHOPCTXYaeopcyxijsdhqwlABEZHIKMNOPTYXoivupkmtbhrn",
            strict=True,
        )
    )
)
_DIGITS_LIKE = MappingProxyType({"0": "o", "1": "l", "i": "l", "|": "l"})


def plain_name(text: str, *, longest: int = LONGEST) -> str:
    """A name on one line: composed (NFC), single spaces, nothing that can't be seen, no towers of accents."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()[:longest].rstrip()
    composed = unicodedata.normalize("NFC", text)
    seen = (" " if one.isspace() else one for one in composed if not _is_unseen(one) or one.isspace())
    return " ".join(_without_towers("".join(seen)).split())[:longest].rstrip()


def hides_something(text: str) -> bool:
    """Whether a text holds characters that can't be seen or that turn the direction of writing."""
    return not text.isprintable() and any(_is_unseen(one) and one not in "\n\r\t" for one in text)


def marked(text: str) -> str:
    """A text in which what can't be seen is shown by its number, such as “⟦U+202E⟧”; line ends and tabs stay."""
    if not hides_something(text):
        return text
    return "".join(f"⟦U+{ord(one):04X}⟧" if _is_unseen(one) and one not in "\n\r\t" else one for one in text)


def looks_like(one: str, other: str) -> bool:
    """Whether two different names print alike, or nearly: other alphabets, full-width letters, o and 0, l and 1."""
    return plain_name(one) != plain_name(other) and _skeleton(one) == _skeleton(other)


def mixes_alphabets(name: str) -> bool:
    """Whether one word of a name has Latin letters beside Greek or Cyrillic ones: a look-alike, not a language."""
    return any(
        len({_alphabet(one) for one in word if one.isalpha()} & _ALPHABETS) > 1 for word in name.split()
    )


_ALPHABETS = {"LATIN", "GREEK", "CYRILLIC"}


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _is_unseen(one: str) -> bool:
    return (
        unicodedata.category(one) in _GONE
        or one in _BLANK_LETTERS
        or one in "\u2028\u2029"
        or _VARIATION.match(one) is not None
        or _NOT_A_LETTER.match(one) is not None
    )


def _without_towers(text: str) -> str:
    kept, marks = [], 0
    for one in text:
        marks = marks + 1 if unicodedata.combining(one) else 0
        if marks <= _MOST_MARKS:
            kept.append(one)
    return "".join(kept)


def _skeleton(name: str) -> str:
    """What is left of a name when alike letters are one letter."""
    plain = unicodedata.normalize("NFKC", plain_name(name))
    latin = "".join(_LIKE.get(one, one) for one in plain).casefold()
    return "".join(_DIGITS_LIKE.get(one, one) for one in latin).replace("rn", "m")
