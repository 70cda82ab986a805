"""Resampling in plain Python: a list of people a trial, and each measure worked out on that list in loops.

Nothing of the engine is used but the seeded draw of random numbers. People have a weight; a trial changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np


@dataclass(frozen=True)
class Person:
    """Some like staff of one employer. rate: £ an hour after the offer; months: of service, -1 not recorded."""

    employer: str
    grade: int
    rate: float
    heads: float
    woman: bool | None
    age: int
    full_time: bool
    months: int


Drawn = Sequence[tuple[Person, float]]  # people and the weight that each has in a trial


def trials_by_hand(
    cells: Sequence[tuple[Sequence[str], float]], *, trials: int, seed: int
) -> list[dict[str, float]]:
    """The weight of every employer in every trial. cells: who returned in each, and how many employers it has."""
    draw = np.random.default_rng(seed)
    found: list[dict[str, float]] = [{} for _ in range(trials)]
    for names, total in cells:
        n = len(names)
        picks = draw.integers(0, n, size=(trials, n - 1)).tolist()
        for trial, picked in zip(found, picks, strict=True):
            spread = sqrt(1 - n / total)
            raw = [1 - spread + spread * picked.count(at) * n / (n - 1) for at in range(n)]
            trial.update({name: total * one / sum(raw) for name, one in zip(names, raw, strict=True)})
    return found


def middle(values: Sequence[float], share: float) -> tuple[float, float]:
    """The ends of the middle share of some values, between neighbours in proportion."""
    ordered = sorted(values)

    def at(part: float) -> float:
        place = part * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

    return at((1 - share) / 2), at((1 + share) / 2)


def median(drawn: Drawn, chosen: Callable[[Person], bool]) -> float | None:
    held = sorted((one.rate, weight) for one, weight in drawn if chosen(one) and weight > 0)
    half, reached = sum(weight for _, weight in held) / 2, 0.0
    for rate, weight in held:
        reached += weight
        if reached >= half - 1e-9:
            return rate
    return None


def gap(upper: float | None, lower: float | None) -> float | None:
    return None if upper is None or lower is None else 1 - lower / upper


def compa(drawn: Drawn) -> float | None:
    held = [(one, weight) for one, weight in drawn if weight > 0]
    rates = {
        grade: [one.rate for one, _ in held if one.grade == grade] for grade in {one.grade for one, _ in held}
    }
    above = sum(
        weight * one.rate / ((min(rates[one.grade]) + max(rates[one.grade])) / 2) for one, weight in held
    )
    return above / sum(weight for _, weight in held)


def overlap(drawn: Drawn) -> float | None:
    rates: dict[int, list[float]] = {}
    for one, weight in drawn:
        if weight > 0:
            rates.setdefault(one.grade, []).append(one.rate)
    found = []
    for lower, upper in zip(sorted(rates), sorted(rates)[1:], strict=False):
        start, end, top = min(rates[upper]), max(rates[upper]), max(rates[lower])
        if end == start:
            found.append(1.0 if top >= start else 0.0)
        else:
            found.append(max(0.0, min(1.0, (min(top, end) - start) / (end - start))))
    return max(found, default=None)


def women_by_quarter(drawn: Drawn, *, whole: bool) -> tuple[float, ...] | None:
    """Everybody in a row by pay, cut in four; those on the same rate stand mixed in proportion.

    whole: of whole people, of whom one left over goes to the lowest quarter, a second to the upper middle one.
    """
    held = [(one, weight) for one, weight in drawn if one.woman is not None and weight > 0]
    total = sum(weight for _, weight in held)
    if not total:
        return None
    each, left = divmod(total, 4)
    sizes = [each + (left > extra) for extra in (0, 2, 1, 3)] if whole else [total / 4] * 4
    shares = []
    for quarter, wide in enumerate(sizes):
        start, reached, women = sum(sizes[:quarter]), 0.0, 0.0
        end = start + wide
        for rate in sorted({one.rate for one, _ in held}):
            here = [(one, weight) for one, weight in held if one.rate == rate]
            size = sum(weight for _, weight in here)
            inside = max(0.0, min(reached + size, end) - max(reached, start))
            women += inside * sum(weight for one, weight in here if one.woman) / size
            reached += size
        shares.append(women / wide)
    return tuple(shares)


def figures_by_hand(drawn: Drawn, *, whole: bool = False) -> Mapping[str, float | None]:
    """Every figure of one trial. whole: weights are whole people."""
    quarters = women_by_quarter(drawn, whole=whole) or (None,) * 4
    longest, newest = (
        median(drawn, lambda one, of=of: one.grade == 0 and of(one.months))  # type: ignore[misc]
        for of in (lambda months: months >= 60, lambda months: 0 <= months < 12)
    )
    names = ("lowest", "lower_middle", "upper_middle", "highest")
    return {
        "compa_ratio": compa(drawn),
        "range_overlap": overlap(drawn),
        "experience_premium": None if longest is None or newest is None else longest / newest - 1,
        "age_pay_gap_median": gap(
            median(drawn, lambda one: one.age >= 25), median(drawn, lambda one: 0 <= one.age < 25)
        ),
        "part_time_pay_gap_median": gap(
            median(drawn, lambda one: one.full_time), median(drawn, lambda one: not one.full_time)
        ),
        **{f"women_{name}_quarter": quarters[at] for at, name in enumerate(names)},
    }
