"""A new spine: its points, written out or in equal steps, and where on it staff are placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction

from bargain.money import rounded_one
from bargain.offers.scope import same_point
from models.issues import UnusableInput
from models.payscale import GradeRange, PayScale, ScalePoint
from models.spine import EqualSteps, InsertedPoint, NewSpine
from models.units import PPM

MOST_POINTS = 500


def spine_points(spine: NewSpine, scale: PayScale) -> tuple[ScalePoint, ...]:
    """The points of a spine, rounded by the scale's rule where they are worked out, lowest first.

    Equal steps are carried unrounded from the bottom: point k is bottom + k steps, or bottom × ratio^k.
    """
    if spine.points:
        return spine.points
    count, bottom = spine.count or 0, spine.bottom_micros or 0
    if spine.equal is EqualSteps.CASH:
        exact = _cash_steps(spine, count, bottom)
    else:
        exact = _percent_steps(spine, count, bottom)
    return tuple(
        ScalePoint(
            f"{spine.prefix}{spine.first + place}",
            rounded_one(amount, scale.rounding, to=scale.rounding_to),
        )
        for place, amount in enumerate(exact)
    )


def _cash_steps(spine: NewSpine, count: int, bottom: int) -> list[Fraction]:
    step = (
        Fraction(spine.step)
        if spine.step is not None
        else Fraction((spine.top_micros or 0) - bottom, max(count - 1, 1))
    )
    return [bottom + place * step for place in range(count)]


def _percent_steps(spine: NewSpine, count: int, bottom: int) -> list[Fraction]:
    if spine.step is not None:
        ratio = 1 + Fraction(spine.step, PPM)
        return [bottom * ratio**place for place in range(count)]
    top = spine.top_micros or bottom
    with localcontext() as context:
        context.prec = 50  # an n-th root is no fraction; fifty digits are far beyond any tie
        whole = Decimal(top) / Decimal(bottom)
        made = [
            Fraction(Decimal(bottom) * whole ** (Decimal(place) / Decimal(max(count - 1, 1))))
            for place in range(count)
        ]
    return [Fraction(bottom), *made[1:-1], Fraction(top)] if count > 1 else made


def new_place(spine: NewSpine, old_point: str, points: Sequence[ScalePoint]) -> int | None:
    """Where the mapping puts an old point on the new spine; None where it says nothing of it."""
    for old, new in spine.mapping:
        if same_point(old_point, old):
            for place, point in enumerate(points):
                if same_point(point.name, new):
                    return place
            raise UnusableInput(
                f"The new spine maps the point “{old}” to “{new}”, which is not one of its points; correct one of the two."
            )
    return None


def check_mapping(spine: NewSpine, scale: PayScale, points: Sequence[ScalePoint]) -> None:
    """Refuse a mapping from or to a point that is not there."""
    for old, _ in spine.mapping:
        new_place(spine, old, points)
        if not any(same_point(point.name, old) for point in scale.points):
            raise UnusableInput(
                f"The new spine maps the point “{old}”, which the present scale does not have; take it out."
            )


def respined(scale: PayScale, spine: NewSpine) -> PayScale:
    """The scale with the new points; grades become the ranges that their old ends are mapped to."""
    points = spine_points(spine, scale)
    check_mapping(spine, scale, points)
    amounts = {point.name: point.amount_micros for point in scale.points}

    def placed(name: str) -> int:
        mapped = new_place(spine, name, points)
        return next_up(amounts[name], points) if mapped is None else mapped

    ranges = tuple(
        GradeRange(one.grade, points[placed(one.bottom)].name, points[placed(one.top)].name)
        for one in scale.grades
        if one.bottom in amounts and one.top in amounts
    )
    return replace(scale, points=points, grades=ranges)


def next_up(amount_micros: Fraction | int, points: Sequence[ScalePoint]) -> int:
    """The place of the lowest point not below an amount; the top one where all are below it."""
    for place, point in enumerate(points):
        if point.amount_micros >= amount_micros:
            return place
    return len(points) - 1


def with_inserted(
    points: list[ScalePoint], amounts: list[Fraction], inserted: Sequence[InsertedPoint]
) -> tuple[list[ScalePoint], list[Fraction]]:
    """Points and exact amounts (£/10⁶) with the new points in their places.

    A point without an amount of its own stands midway between its neighbours' new amounts.
    """
    points, amounts = list(points), list(amounts)
    for one in inserted:
        place = next((at for at, point in enumerate(points) if same_point(point.name, one.after)), None)
        if place is None:
            raise UnusableInput(
                f"The offer puts the point “{one.name}” in after “{one.after}”, which the scale does not have."
            )
        if any(same_point(point.name, one.name) for point in points):
            raise UnusableInput(f"The offer puts in the point “{one.name}”, which the scale has already.")
        if one.amount_micros is not None:
            amount = Fraction(one.amount_micros)
        elif place + 1 < len(points):
            amount = (amounts[place] + amounts[place + 1]) / 2
        else:
            raise UnusableInput(
                f"The offer puts the point “{one.name}” midway above “{one.after}”, but that is the top point; "
                "give its amount."
            )
        grade = one.grade or points[place].grade
        points.insert(place + 1, ScalePoint(one.name, int(amount), grade))
        amounts.insert(place + 1, amount)
    return points, amounts
