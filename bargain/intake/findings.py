"""Findings by kind: how many, where first, why it matters, and what may be done about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from bargain.intake.reading import Do, Problem
from bargain.intake.words import word_table
from models.issues import Severity

_PLACES = 100
_COUNTED_APART = {"total_row", "leaver_row"}  # left out of the staff without being set aside
_WORDS = {Do.KEEP: "Keep as they are", Do.LEAVE_OUT: "Leave these rows out"}


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing that may be done about a finding, in plain words. ``needs_reason``: it must say why."""

    do: Do
    words: str
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of doubt in one sheet: its count of rows, its first places, why it matters, and what may be done.

    ``places`` are the first rows; ``done`` is what was done: by a choice, or what is done where nobody chooses. ``by_choice`` tells which.
    """

    code: str
    count: int
    set_aside: int
    first: tuple[Problem, ...]
    places: tuple[int, ...]
    why: str
    severity: Severity
    offers: tuple[Offered, ...]
    done: Do
    by_choice: bool = False


def findings_of(problems: Sequence[Problem]) -> tuple[Finding, ...]:
    """Problems gathered by kind: those that set rows aside first, then the most frequent."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    found = [_finding(code, ones) for code, ones in by_code.items()]
    return tuple(sorted(found, key=lambda one: (-one.set_aside, -one.count, one.code)))


def _finding(code: str, ones: Sequence[Problem]) -> Finding:
    chosen = next((one.done for one in ones if one.done is not None), None)
    aside = sum(one.rows for one in ones if one.set_aside)
    usual = Do.LEAVE_OUT if aside else offers_of(code)[0]
    if usual is Do.LEAVE_OUT and not aside and code not in _COUNTED_APART:
        usual = Do.KEEP
    return Finding(
        code=code,
        count=sum(one.rows for one in ones),
        set_aside=aside,
        first=tuple(ones[:_PLACES]),
        places=tuple(islice(chain.from_iterable(one.places or (one.row,) for one in ones), _PLACES)),
        why=why_of(code),
        severity=Severity(_check(code)["severity"]),
        offers=tuple(
            Offered(do, fix_words(code) if do is Do.FIX else _WORDS[do], needs_reason=do is Do.LEAVE_OUT)
            for do in offers_of(code)
        ),
        done=chosen or usual,
        by_choice=chosen is not None,
    )


def offers_of(code: str) -> tuple[Do, ...]:
    """What may be done about a check's rows; the first is what is done where nobody chooses."""
    return tuple(Do(one) for one in _check(code)["offers"])


def fix_words(code: str) -> str:
    """What the fix of a check does, in plain words."""
    return str(_check(code)["fix"])


def why_of(code: str) -> str:
    """Why a finding of this kind matters, in one sentence."""
    return str(_check(code)["why"])


def _check(code: str) -> Mapping[str, Any]:
    check: Mapping[str, Any] = word_table("checks")[code]
    return check
