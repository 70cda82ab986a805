"""Answers to questions → the mapping they make: the one way from a person's answer to a setting, in window and command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from bargain.intake.reading import (
    DECIMALS,
    HIDDEN,
    NI_NUMBERS,
    NONE_OF_THESE,
    PAY_FOR,
    PAY_UNITS,
    RANGE_ENDS,
    Choice,
    MappingFile,
    PayKind,
    Period,
    Question,
)
from models.issues import UnusableInput

_LONGEST_WEEK = 100
FULL_WEEK, HOURS_EACH = "pay.full_time_hours", "pay.hours_each"
TAKE_ANY_HOURS = (FULL_WEEK, HOURS_EACH)  # answered with any number of hours a week, not a candidate alone
ORDERS = ("day_first", "month_first")


def answered(mapping: MappingFile, question: Question, answer: str) -> MappingFile:
    """The mapping with one question answered."""
    return with_setting(mapping, question.key, answer, about=question.about)


def with_setting(mapping: MappingFile, key: str, answer: str, *, about: str = "") -> MappingFile:
    """The mapping with one key of a mapping file set. ``about`` is the file's word, for keys that hold one answer a word.

    Raises UnusableInput for a key that is not known and for an answer that it does not take.
    """
    table, _, name = key.partition(".")
    if table == "columns":
        heading = "" if answer == NONE_OF_THESE else answer
        return replace(mapping, columns={**mapping.columns, name: heading})
    if key == "pay.periods":
        return replace(mapping, periods={**mapping.periods, about: Period(_one_of(key, answer, _PERIODS))})
    if table == "words":
        held = {**mapping.words.get(name, {}), about: answer}
        return replace(mapping, words={**mapping.words, name: held})
    if key not in _SETTINGS:
        raise UnusableInput(f"“{key}” is not a key of a mapping file. Known keys are {', '.join(_SETTINGS)}.")
    return _SETTINGS[key](mapping, answer)


def with_choice(mapping: MappingFile, choice: Choice) -> MappingFile:
    """The mapping with one more choice; a newer one about the same rows takes the place of an older."""
    return replace(mapping, choices=(*without_choice(mapping, choice.check, choice.value).choices, choice))


def without_choice(mapping: MappingFile, check: str, value: str = "") -> MappingFile:
    """The mapping without the choice about these rows."""
    kept = tuple(one for one in mapping.choices if (one.check, one.value) != (check, value))
    return replace(mapping, choices=kept)


_PERIODS = tuple(map(str, Period))


def _one_of(key: str, answer: str, known: tuple[str, ...]) -> str:
    if answer not in known:
        raise UnusableInput(f"“{answer}” is no answer to {key}. The answers are: {'; '.join(known)}.")
    return answer


def _hours(key: str, answer: str) -> Decimal:
    try:
        hours = Decimal(answer)
    except InvalidOperation:
        hours = Decimal(0)
    if not hours.is_finite() or not 1 <= hours <= _LONGEST_WEEK:
        raise UnusableInput(
            f"“{answer}” is no answer to {key}: give hours a week from 1 to {_LONGEST_WEEK}, such as 37.5."
        )
    return hours


def _text(
    field: str, known: tuple[str, ...] = (), key: str = ""
) -> Callable[[MappingFile, str], MappingFile]:
    def told(mapping: MappingFile, answer: str) -> MappingFile:
        text = _one_of(key, answer, known) if known else answer
        return replace(mapping, **{field: text})  # type: ignore[arg-type]

    return told


_SETTINGS: Mapping[str, Callable[[MappingFile, str], MappingFile]] = {
    "sheet.names": lambda mapping, answer: replace(mapping, sheets=(answer,)),
    "sheet.hidden": _text("hidden", HIDDEN, "sheet.hidden"),
    "sheet.tables": _text("tables"),
    "pay.per": lambda mapping, answer: replace(
        mapping, pay_period=Period(_one_of("pay.per", answer, _PERIODS))
    ),
    "pay.of": lambda mapping, answer: replace(
        mapping, pay_kind=PayKind(_one_of("pay.of", answer, tuple(map(str, PayKind))))
    ),
    FULL_WEEK: lambda mapping, answer: replace(mapping, full_time_hours=_hours(FULL_WEEK, answer)),
    HOURS_EACH: lambda mapping, answer: replace(mapping, hours_each=_hours(HOURS_EACH, answer)),
    "hours.per": lambda mapping, answer: replace(
        mapping, hours_period=Period(_one_of("hours.per", answer, _PERIODS))
    ),
    "pay.for": _text("pay_for", PAY_FOR, "pay.for"),
    "numbers.decimals": _text("decimals", DECIMALS, "numbers.decimals"),
    "take.element": _text("take_element"),
    "pay.unit": _text("pay_unit", PAY_UNITS, "pay.unit"),
    "pay.range": _text("pay_range", RANGE_ENDS, "pay.range"),
    "counts.hidden": _text("hidden_counts", RANGE_ENDS, "counts.hidden"),
    "dates.order": _text("date_order", ORDERS, "dates.order"),
    "take.column": _text("take_column"),
    "take.value": _text("take"),
    "privacy.ni_numbers": _text("ni_numbers", NI_NUMBERS, "privacy.ni_numbers"),
}
