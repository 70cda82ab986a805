"""Findings by kind: how many, where first, and why it matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bargain.intake.reading import Problem
from bargain.intake.words import word_table

_PLACES = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of doubt in one sheet: its count, its first places, and why it matters."""

    code: str
    count: int
    set_aside: int
    first: tuple[Problem, ...]
    why: str


def findings_of(problems: Sequence[Problem]) -> tuple[Finding, ...]:
    """Problems gathered by kind: those that set rows aside first, then the most frequent."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    found = [
        Finding(code, len(ones), sum(one.set_aside for one in ones), tuple(ones[:_PLACES]), why_of(code))
        for code, ones in by_code.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.set_aside, -one.count, one.code)))


def why_of(code: str) -> str:
    """Why a finding of this kind matters, in one sentence."""
    return str(word_table("checks")["why"][code])
