"""Names lose what can't be seen; running text shows it; look-alikes are known for what they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.plain_names import LONGEST, hides_something, looks_like, marked, mixes_alphabets, plain_name

# Twenty tricks: what somebody writes, and the name that is left.
TRICKS = (
    ("right-to-left override", "Offer \u202e31.20", "Offer 31.20"),
    ("left-to-right override", "\u202dOffer\u202c", "Offer"),
    ("embedding", "\u202bOffer 2\u202c", "Offer 2"),
    ("isolate", "Offer \u2066two\u2069", "Offer two"),
    ("right-to-left mark", "Offer\u200f", "Offer"),
    ("Arabic letter mark", "Of\u061cfer", "Offer"),
    ("zero-width space", "Un\u200bion", "Union"),
    ("zero-width joiner", "Un\u200dion", "Union"),
    ("word joiner", "Union\u2060", "Union"),
    ("byte order mark", "\ufeffUnion", "Union"),
    ("soft hyphen", "Employ\u00aders", "Employers"),
    ("tag letters", "Union\U000e0041\U000e0042", "Union"),
    ("variation selector", "Union\ufe0f", "Union"),
    ("a letter without ink", "Union\u3164", "Union"),
    ("a Braille blank", "Union\u2800claim", "Unionclaim"),
    ("control characters", "Union\x00\x1b[31m claim\x7f", "Union[31m claim"),
    ("line ends and tabs", "Union\r\n\tclaim\u2028two", "Union claim two"),
    ("spaces of every width", "Union\u00a0\u2003\u3000claim ", "Union claim"),
    ("a tower of accents", "Uni" + "\u0301" * 30 + "on", "Uní\u0301\u0301on"),
    ("letters in two parts", "Llŷn Caffe\u0301", "Llŷn Caffé"),
    ("half a pair and private use", "Union\ud800\ue000\U000f0000", "Union"),
)


@pytest.mark.parametrize(("trick", "written", "expected"), TRICKS, ids=[one[0] for one in TRICKS])
def test_that_a_name_loses_what_can_t_be_seen(trick: str, written: str, expected: str) -> None:
    assert plain_name(written) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Children's homes, North West – 2027",
        "Ysgol Gŵyr & Tŷ'r Bryn",
        "Łódź Çelik Ünal",
        "養護施設",
        "بيت الأطفال",
        "R&D <b>",
    ],
)
def test_that_honest_names_of_any_language_stay_as_they_are(name: str) -> None:
    assert plain_name(name) == name
    assert marked(name) == name
    assert not hides_something(name)
    assert not mixes_alphabets(name)


def test_that_running_text_shows_what_it_hides_and_keeps_its_lines() -> None:
    text = "3.2%\u202e from\nApril\t\u200b2027"
    assert hides_something(text)
    assert marked(text) == "3.2%⟦U+202E⟧ from\nApril\t⟦U+200B⟧2027"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Union claim", "Unіon claim"),  # Cyrillic і
        ("Employers", "Εmployers"),  # Greek Ε
        ("Offer 10", "Offer 1O"),
        ("Final offer", "Fina1 offer"),
        ("Union", "\uff35nion"),  # full-width U
        ("Modern", "Modem"),
        ("Union claim", "UNION CLAIM"),
    ],
)
def test_that_look_alikes_are_found(one: str, other: str) -> None:
    assert looks_like(one, other)
    assert looks_like(other, one)


def test_that_different_names_and_the_same_name_are_no_look_alikes() -> None:
    assert not looks_like("Union claim", "Union claim 2")
    assert not looks_like("Union claim", "Union\u200b claim")  # the same name once it is plain


def test_that_a_word_of_two_alphabets_is_marked_and_two_languages_are_not() -> None:
    assert mixes_alphabets("Unіon claim")
    assert not mixes_alphabets("Union и Союз")


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_that_any_text_becomes_a_printable_name_that_stays_itself(text: str) -> None:
    name = plain_name(text)
    assert name.isprintable() or all(
        unicodedata.category(one) == "Cn" for one in name if not one.isprintable()
    )
    assert len(name) <= LONGEST
    assert plain_name(name) == name
    assert not hides_something(marked(text))
