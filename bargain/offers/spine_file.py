"""The tables of an offer file that change the scale itself: new spine, points put in, weightings, allowances."""

from __future__ import annotations

from typing import Any

from bargain.offers import file_parts as parts
from bargain.offers.spines import MOST_POINTS
from bargain.toml_tables import TomlTable
from models.offer import Weighting
from models.payscale import ScalePoint
from models.spine import EqualSteps, InsertedPoint, NewSpine, Protection, SpineOrder


def read_spine(table: TomlTable) -> NewSpine:
    """A new spine: its points written out, or bottom, count and how the steps run."""
    points = tuple(_point(one) for one in table.tables("point"))
    by_cash = parts.pounds(table, "step_cash", most=parts.MOST_CASH)
    by_percent = parts.percent(table, "step_percent")
    steps = table.choice("steps", ("", *EqualSteps), "")
    if by_cash is not None and by_percent is not None:
        raise table.fault("step_percent", "can't stand beside step_cash; keep one of the two")
    equal = EqualSteps(steps) if steps else None
    if by_cash is not None:
        equal = EqualSteps.CASH
    elif by_percent is not None:
        equal = EqualSteps.PERCENT
    spine = NewSpine(
        points=points,
        equal=equal,
        bottom_micros=parts.pounds(table, "bottom", most=parts.MOST_PAY),
        top_micros=parts.pounds(table, "top", most=parts.MOST_PAY),
        step=by_cash if by_cash is not None else by_percent,
        count=parts.whole(table, "count", least=2, most=MOST_POINTS),
        first=parts.whole(table, "first", least=0, most=MOST_POINTS) or 0 if table.has("first") else 1,
        prefix=table.text("prefix"),
        mapping=_mapping(table.table("mapping")),
        protection=Protection(table.choice("protection", Protection, Protection.NO_DETRIMENT)),
        order=SpineOrder(table.choice("order", SpineOrder, SpineOrder.UPLIFT_FIRST)),
    )
    table.done()
    _check(spine, table)
    return spine


def _point(table: TomlTable) -> ScalePoint:
    name = table.text("name")
    amount = parts.pounds(table, "amount", most=parts.MOST_PAY)
    grade = table.text("grade")
    table.done()
    if not name:
        raise table.fault("name", "is missing; name the point")
    if not amount:
        raise table.fault("amount", "is missing; give what the point is worth")
    return ScalePoint(name, amount, grade)


def _mapping(table: TomlTable) -> tuple[tuple[str, str], ...]:
    return tuple((old, table.text(old)) for old in table.rest())


def _check(spine: NewSpine, table: TomlTable) -> None:
    """Refuse a spine that is written half, twice, or upside down."""
    worked_out = (spine.equal, spine.bottom_micros, spine.top_micros, spine.step, spine.count)
    if spine.points:
        if any(one is not None for one in worked_out):
            raise table.fault(
                "point", "can't stand beside bottom, top, count or steps; keep one way of the two"
            )
        names = [point.name for point in spine.points]
        if len(set(names)) < len(names):
            raise table.fault("point", "names one point twice; give each its own name")
        amounts = [point.amount_micros for point in spine.points]
        if amounts != sorted(amounts):
            raise table.fault("point", "must stand in order of pay, the lowest first")
        return
    for key, value in (("bottom", spine.bottom_micros), ("count", spine.count)):
        if not value:
            raise table.fault(
                key, "is missing; give it, or write the points out as [[settlement.spine.point]]"
            )
    if (spine.top_micros is None) == (spine.step is None):
        raise table.fault("top", "is needed, or step_cash or step_percent in its place, and not both")
    if spine.equal is None:
        raise table.fault("steps", "is missing; write steps = “cash” or steps = “percent”")
    if spine.top_micros is not None and spine.top_micros <= (spine.bottom_micros or 0):
        raise table.fault("top", "must be above bottom")


def spine_values(spine: NewSpine) -> dict[str, Any]:
    """What ``read_spine`` reads back."""
    has_step = spine.step is not None
    return {
        "bottom": parts.in_pounds(spine.bottom_micros),
        "top": parts.in_pounds(spine.top_micros),
        "steps": str(spine.equal) if spine.equal is not None and not has_step else None,
        "step_cash": parts.in_pounds(spine.step) if spine.equal is EqualSteps.CASH else None,
        "step_percent": parts.in_percent(spine.step) if spine.equal is EqualSteps.PERCENT else None,
        "count": spine.count,
        "first": spine.first if spine.first != 1 else None,
        "prefix": spine.prefix or None,
        "protection": str(spine.protection),
        "order": str(spine.order),
        "mapping": parts.sub_table(dict(spine.mapping)),
        "point": parts.array_of(
            [
                {"name": one.name, "amount": parts.in_pounds(one.amount_micros), "grade": one.grade or None}
                for one in spine.points
            ]
        ),
    }


def read_inserted(table: TomlTable) -> InsertedPoint:
    """A point put in after another."""
    result = InsertedPoint(
        name=table.text("name"),
        after=table.text("after"),
        amount_micros=parts.pounds(table, "amount", most=parts.MOST_PAY),
        grade=table.text("grade"),
    )
    table.done()
    for key, value in (("name", result.name), ("after", result.after)):
        if not value:
            raise table.fault(key, "is missing; name the point")
    return result


def inserted_values(one: InsertedPoint) -> dict[str, Any]:
    """What ``read_inserted`` reads back."""
    return {
        "name": one.name,
        "after": one.after,
        "amount": parts.in_pounds(one.amount_micros),
        "grade": one.grade or None,
    }


def read_weighting(table: TomlTable) -> Weighting:
    """A regional weighting."""
    regions = table.texts("regions")
    cash = parts.pounds(table, "cash", most=parts.MOST_CASH)
    instead_of = parts.pounds(table, "instead_of", most=parts.MOST_CASH) or 0
    table.done()
    if not regions:
        raise table.fault("regions", "is missing; name at least one region")
    if cash is None:
        raise table.fault("cash", "is missing; give the weighting in pounds a full-time year")
    return Weighting(regions, cash, instead_of)


def weighting_values(one: Weighting) -> dict[str, Any]:
    """What ``read_weighting`` reads back."""
    return {
        "regions": list(one.regions),
        "cash": parts.in_pounds(one.cash_micros),
        "instead_of": parts.in_pounds(one.instead_of_micros or None),
    }
