"""Forms for what an offer does to the scale itself: points that go, points put in, a new spine."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bargain.ladder import grades_held
from bargain.offers.file_parts import MOST_CASH, MOST_PAY
from bargain.offers.scale_edit import amount_of_text
from bargain.offers.spines import MOST_POINTS
from models.issues import UnusableInput
from models.offer import Settlement
from models.payscale import ScalePoint
from models.spine import EqualSteps, InsertedPoint, NewSpine, Protection, SpineOrder
from ui import formats
from ui.elements.field_form import FieldFault, ItemForm, StepForm, Values
from ui.elements.fields import (
    ChoiceField,
    Fault,
    LinesField,
    NamesField,
    TextField,
    percent,
    pounds,
    tr,
    whole,
)
from ui.elements.listing import Kind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.sector import Sector

_ARROW = re.compile(r"\s*(?:\t|→|->|=)\s*")
_MONEY = re.compile(r"(?P<name>.+?)\s+£?\s?(?P<pay>\d[\d.,]*)(?:\s+(?P<grade>\S.*))?")


def points_of(sector: Sector) -> tuple[str, ...]:
    """The points of the scale; those that staff are on where there is no scale."""
    named = tuple(point.name for point in sector.scale.points) if sector.scale is not None else ()
    return named or tuple(sector.workforce.points)


class DeletedForm(StepForm):
    """Points that go."""

    def __init__(self, sector: Sector, parent: QWidget | None = None) -> None:
        super().__init__(Kind.DELETED, parent)
        note = self.tr("Staff there move to the lowest point left.")
        self.add("points", self.tr("Points to &delete"), NamesField(points_of(sector)), note=note)
        self.finish()

    def values_of_step(self, step: Settlement) -> Values:
        """Those that go already."""
        return {"points": step.delete_points}

    def changed_step(self, values: Values, step: Settlement) -> Settlement:
        """With these points deleted."""
        if not values["points"]:
            raise Fault(self.tr("Tick the points that go."))
        return replace(step, delete_points=values["points"])


class InsertedForm(ItemForm):
    """A point put in after another."""

    def __init__(self, sector: Sector, parent: QWidget | None = None) -> None:
        super().__init__(Kind.INSERTED, parent)
        self._points = points_of(sector)
        self.add("name", self.tr("Na&me of the point"), TextField())
        self.add("after", self.tr("a&fter point"), ChoiceField([(name, name) for name in self._points]))
        self.add("amount_micros", self.tr("wor&th, £ (empty: midway)"), pounds(MOST_PAY))
        names = dict.fromkeys((*grades_held(sector), *sector.grades))
        grades = [(self.tr("(none)"), ""), *((name, name) for name in names)]
        self.add("grade", self.tr("&Grade"), ChoiceField(grades))
        self.finish()

    def blank(self) -> InsertedPoint:
        """After the first point."""
        return InsertedPoint("", self._points[0] if self._points else "")

    def values_of_item(self, item: InsertedPoint) -> Values:
        """Its fields."""
        return {
            "name": item.name,
            "after": item.after,
            "amount_micros": item.amount_micros,
            "grade": item.grade,
        }

    def item_of(self, values: Values) -> InsertedPoint:
        """The point; above the top it needs its amount."""
        if not values["name"]:
            raise Fault(self.tr("Name the new point."))
        if values["name"] in self._points:
            raise FieldFault("name", self.tr("The scale has a point of that name already."))
        at_top = bool(self._points) and values["after"] == self._points[-1]
        if values["amount_micros"] is None and at_top:
            raise FieldFault("amount_micros", self.tr("Above the top there is no midway; give the amount."))
        return InsertedPoint(**values)


class SpineForm(StepForm):
    """A new spine: worked out in equal steps, or written point by point."""

    def __init__(self, sector: Sector, *, written: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(Kind.SPINE, parent)
        self._written = written
        self._old = points_of(sector)
        self.section("equal", self.tr("Worked out in equal steps"), is_open=not written)
        self.add("bottom_micros", self.tr("&Bottom, £"), pounds(MOST_PAY))
        self.add("count", self.tr("&Points"), whole(2, MOST_POINTS))
        self.add("top_micros", self.tr("&Top, £"), pounds(MOST_PAY))
        self.add(
            "equal",
            self.tr("&Steps"),
            ChoiceField(
                [
                    (self.tr("the same percentage each"), EqualSteps.PERCENT),
                    (self.tr("the same cash each"), EqualSteps.CASH),
                ]
            ),
        )
        self.add("step_percent", self.tr("or each step, %"), percent())
        self.add("step_cash", self.tr("or each step, £"), pounds(MOST_CASH))
        self.add("first", self.tr("Number of the lowest"), whole(0, MOST_POINTS, hint="1"))
        self.add("prefix", self.tr("Before the numbers"), TextField())
        self.section("written", self.tr("Written point by point"), is_open=written)
        self.add(
            "points", self.tr("Points, lowest &first"), PointLines(self.tr("N1  24,000  Support worker"))
        )
        self.section("moves", self.tr("Where staff go, and pay above it"), is_open=True)
        self.add(
            "mapping",
            self.tr("Old → new point"),
            MoveLines(self.tr("2 → N1; who is not named goes to the next up")),
        )
        self.add(
            "protection",
            self.tr("Pa&y above the point"),
            ChoiceField(
                [
                    (self.tr("kept, and rises like any other"), Protection.NO_DETRIMENT),
                    (self.tr("kept, and stands still"), Protection.MARKED_TIME),
                    (self.tr("lost"), Protection.NONE),
                ]
            ),
        )
        self.add(
            "order",
            self.tr("Staff &move to it"),
            ChoiceField(
                [
                    (self.tr("after the rises of this step"), SpineOrder.UPLIFT_FIRST),
                    (self.tr("before the rises of this step"), SpineOrder.ASSIMILATE_FIRST),
                ]
            ),
        )
        self.finish()

    def values_of_step(self, step: Settlement) -> Values:
        """Of the spine that the step has, or of none."""
        spine = step.spine or NewSpine()
        by_percent = spine.equal is EqualSteps.PERCENT
        return {
            "bottom_micros": spine.bottom_micros,
            "top_micros": spine.top_micros,
            "count": spine.count,
            "equal": spine.equal or EqualSteps.PERCENT,
            "step_percent": spine.step if by_percent else None,
            "step_cash": None if by_percent else spine.step,
            "first": spine.first if spine.first != 1 else None,
            "prefix": spine.prefix,
            "points": spine.points,
            "mapping": spine.mapping,
            "protection": spine.protection,
            "order": spine.order,
        }

    def show_opened(self, values: Values) -> None:
        """Unfold the way in which the spine is given."""
        if values["points"]:
            self.sections["written"].setChecked(True)
        elif values["bottom_micros"] is not None:
            self.sections["equal"].setChecked(True)

    def changed_step(self, values: Values, step: Settlement) -> Settlement:
        """With the spine in the place of any other: a step has one."""
        kept = {key: values[key] for key in ("mapping", "protection", "order")}
        worked = ("bottom_micros", "top_micros", "count", "step_percent", "step_cash", "first")
        if values["points"]:
            for key in worked:
                if values[key] is not None:
                    raise FieldFault(
                        key, self.tr("The points are written out below; keep one way of the two.")
                    )
            return replace(step, spine=NewSpine(points=values["points"], **kept))
        spine = self._stepped(values)
        return replace(step, spine=replace(spine, **kept))

    def _stepped(self, values: Values) -> NewSpine:
        if values["bottom_micros"] is None or values["count"] is None:
            raise Fault(
                self.tr(
                    "Give the bottom, how many points, and the top or each step; or write the points out."
                )
            )
        if not values["bottom_micros"]:
            raise FieldFault("bottom_micros", self.tr("The lowest point must be worth something."))
        by_percent, by_cash = values["step_percent"], values["step_cash"]
        given = [one for one in (values["top_micros"], by_percent, by_cash) if one is not None]
        if not given:
            raise Fault(self.tr("Give the top, or what each step is."))
        if len(given) > 1:
            at = "step_cash" if by_cash is not None else "step_percent"
            raise FieldFault(
                at, self.tr("The top, or each step in per cent or in pounds; keep one of the three.")
            )
        if values["top_micros"] is not None and values["top_micros"] <= values["bottom_micros"]:
            raise FieldFault("top_micros", self.tr("Must be above the bottom."))
        equal = values["equal"]
        if by_cash is not None:
            equal = EqualSteps.CASH
        elif by_percent is not None:
            equal = EqualSteps.PERCENT
        return NewSpine(
            equal=equal,
            bottom_micros=values["bottom_micros"],
            top_micros=values["top_micros"],
            step=by_cash if by_cash is not None else by_percent,
            count=values["count"],
            first=1 if values["first"] is None else values["first"],
            prefix=values["prefix"],
        )


class PointLines(LinesField):
    """Points of a spine, one a line: name, pay, and its grade if it has one."""

    def read(self) -> tuple[ScalePoint, ...]:
        """The points. Raises Fault that names the line."""
        made: list[ScalePoint] = []
        for number, line in self.lines():
            point = self._point(line, number)
            if any(one.name == point.name for one in made):
                raise Fault(
                    tr("Line {number}: “{name}” is there twice.").format(number=number, name=point.name)
                )
            if made and point.amount_micros < made[-1].amount_micros:
                raise Fault(
                    tr("Line {number}: less than the line before; the lowest comes first.").format(
                        number=number
                    )
                )
            made.append(point)
        return tuple(made)

    def _point(self, line: str, number: int) -> ScalePoint:
        cells = [one.strip() for one in line.split("\t")]
        if len(cells) == 1:
            found = _MONEY.fullmatch(line)
            cells = [found["name"], found["pay"], found["grade"] or ""] if found else []
        if len(cells) not in {2, 3} or not cells[0]:
            raise Fault(
                tr("Line {number}: write a name and its pay, such as N1 24,000.").format(number=number)
            )
        try:
            return ScalePoint(cells[0], amount_of_text(cells[1]), cells[2] if len(cells) > 2 else "")
        except UnusableInput as unusable:
            raise Fault(tr("Line {number}: {why}").format(number=number, why=unusable)) from None

    def put(self, value: tuple[ScalePoint, ...]) -> None:
        """One a line, with tabs."""
        lines = []
        for one in value:
            pay = (
                formats.micros(one.amount_micros, 6)
                .removeprefix("£")
                .rstrip("0")
                .rstrip(formats.locale().decimalPoint())
            )
            lines.append("\t".join(part for part in (one.name, pay, one.grade) if part))
        self.setPlainText("\n".join(lines))


class MoveLines(LinesField):
    """Moves from an old point to a new one, one a line."""

    def read(self) -> tuple[tuple[str, str], ...]:
        """Old and new. Raises Fault that names the line."""
        made: dict[str, str] = {}
        for number, line in self.lines():
            cells = [one.strip() for one in _ARROW.split(line)]
            if len(cells) != 2 or not all(cells):
                raise Fault(
                    tr("Line {number}: write the old and the new point, such as 2 → N1.").format(
                        number=number
                    )
                )
            if cells[0] in made:
                raise Fault(
                    tr("Line {number}: “{name}” is there twice.").format(number=number, name=cells[0])
                )
            made[cells[0]] = cells[1]
        return tuple(made.items())

    def put(self, value: tuple[tuple[str, str], ...]) -> None:
        """One a line."""
        self.setPlainText("\n".join(f"{old} → {new}" for old, new in value))
