"""Doubts that need the sector's pay scale: points it does not have, points outside the grade, pay off its point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bargain.intake.checked import Check, Checked, each_value, hits
from bargain.intake.coded import over
from bargain.intake.reading import Period, Problem
from bargain.intake.words import plain_words
from models.basis import Basis
from models.payscale import PayScale
from models.units import MICROS_PER_POUND

_POUND, _PENNY = Decimal("1.00"), Decimal("0.01")  # what rounding on the way here may change
_PREFIX = re.compile(r"^(?:scp|spinal column point|spine point|pay point|point|spt|pwynt)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Ladder:
    """A pay scale for looking up: amounts in pounds by point, and the points of each grade, all in plain words."""

    amounts: dict[str, Decimal]
    by_grade: dict[str, set[str]]


def plain_point(text: str) -> str:
    """A point for comparison: ``SCP 05`` and ``5`` are one."""
    words = _PREFIX.sub("", plain_words(text))
    return words.lstrip("0") or words


def _ladder(scale: PayScale) -> _Ladder:
    amounts = {plain_point(one.name): Decimal(one.amount_micros) / MICROS_PER_POUND for one in scale.points}
    by_grade: dict[str, set[str]] = {}
    for one in scale.points:
        if one.grade:
            by_grade.setdefault(plain_words(one.grade), set()).add(plain_point(one.name))
    return _Ladder(amounts, by_grade)


def point_not_on_scale(checked: Checked) -> Iterator[Problem]:
    """A point that the sector's scale does not have: once for each."""
    scale = checked.facts.scale
    if scale is None:
        return
    known = _ladder(scale).amounts
    yield from each_value(
        checked, checked.posts.point, "point_not_on_scale", "point",
        odd=lambda point: bool(point) and plain_point(point) not in known,
        reason=lambda _point: f"a point that the scale “{scale.name}” does not have",
    )  # fmt: skip


def point_outside_grade(checked: Checked) -> Iterator[Problem]:
    """A point of the scale that does not belong to the grade of the row."""
    scale = checked.facts.scale
    if scale is None:
        return
    ladder = _ladder(scale)

    def outside(grade: str, point: str) -> bool:
        points = ladder.by_grade.get(plain_words(grade))
        plain = plain_point(point)
        return bool(points and plain in ladder.amounts and plain not in points)

    wrong = over(outside, checked.posts.grade, checked.posts.point)
    for at in hits(wrong.mask(bool)):
        grade, point = checked.posts.grade[at], checked.posts.point[at]
        yield checked.problem("point_outside_grade", at, "point", point, f"{grade} does not have this point")


def pay_off_scale(checked: Checked) -> Iterator[Problem]:
    """Pay that is not its point's: protected pay, or a slip; with the amount."""
    scale, posts = checked.facts.scale, checked.posts
    if scale is None:
        return
    amounts = _ladder(scale).amounts
    in_hours = scale.basis is Basis.HOUR
    year = Decimal(str(scale.weekly_hours)) * Decimal(str(scale.weeks_y))

    def off(point: str, rate: Decimal | None, period: Period | None) -> tuple[Decimal, str] | None:
        amount = amounts.get(plain_point(point)) if point else None
        if amount is None or rate is None or rate <= 0 or period is None:
            return None
        if (period is Period.HOUR) is in_hours:
            near, unit = (_PENNY, "an hour") if in_hours else (_POUND, "a year for full time")
            return (rate - amount, unit) if abs(rate - amount) > near else None
        by_hour, of_point = (rate, amount / year) if period is Period.HOUR else (rate / year, amount)
        return (by_hour - of_point, "an hour") if abs(by_hour - of_point) > _PENNY else None

    found = over(off, posts.point, posts.rate, posts.period)
    for at in hits(found.mask(bool)):
        difference, unit = found[at] or (Decimal(0), "")
        word = "above" if difference > 0 else "below"
        reason = f"£{abs(difference):,.2f} {unit} {word} point {posts.point[at]} of the scale"
        yield checked.problem("pay_off_scale", at, "pay", posts.paid[at], reason)


SCALE_CHECKS: tuple[Check, ...] = (point_not_on_scale, point_outside_grade, pay_off_scale)
