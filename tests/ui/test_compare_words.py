"""No part of an offer is left out of Compare: each of its fields, changed alone, changes what a line says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, cast, get_args, get_type_hints

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models.index_link import Index, IndexLink
from models.offer import (
    AppliesTo,
    Differential,
    FeeRule,
    Fees,
    NamedAllowance,
    Offer,
    On,
    PayRule,
    Scope,
    Settlement,
    Taper,
    Weighting,
    Within,
)
from models.payscale import ScalePoint
from models.spine import EqualSteps, InsertedPoint, NewSpine, Protection, SpineOrder
from models.terms import Terms
from ui.itemmodels.compare_table import CompareTable
from ui.pages.compare_words import LETTERS, word_rows

DAY, LATER = date(2027, 4, 1), date(2027, 6, 1)
GRADES = ("Worker", "Senior")
POINTS = (ScalePoint("N1", 24_000_000_000), ScalePoint("N2", 25_000_000_000))
WHO = Scope(points="2-6", grades=GRADES[:1], employers=("A",), ownership=("charity",), regions=("North",))
WHO = replace(WHO, settings=("Home",), pay_above_micros=20_000_000_000, pay_up_to_micros=30_000_000_000)

# Every kind of part with something in it, where each of its fields counts.
RULE = PayRule(percent_ppm=30_000)
LINK = IndexLink(Index.CPI, assumed_ppm=30_000)
SHARED = replace(LINK, share_above_ppm=20_000, share_ppm=500_000)
BY_PAY = Taper(from_pay_micros=20_000_000_000, to_pay_micros=30_000_000_000, to_percent_ppm=10_000)
BY_POINT = Taper(from_point="2", to_point="6", to_percent_ppm=10_000)
GAP = Differential("Senior", "Worker", at_least_percent_ppm=80_000)
EVEN = NewSpine(
    equal=EqualSteps.CASH, bottom_micros=24_000_000_000, top_micros=30_000_000_000, count=7, prefix="N"
)
STEPPED = NewSpine(equal=EqualSteps.CASH, bottom_micros=24_000_000_000, step=500_000_000, count=7)
WRITTEN = NewSpine(points=POINTS, mapping=(("2", "N1"),))
AMOUNT = NamedAllowance("First aid", amount_micros=50_000_000, now_micros=40_000_000, staff=4, payments_y=12)
SHARE = NamedAllowance("Nights", share_ppm=100_000, now_share_ppm=80_000, scope=Scope(grades=GRADES[:1]))
FEES = Fees(FeeRule.INDEXED, pay_share_ppm=700_000, pay_index_ppm=30_000, other_index_ppm=20_000)

OTHERS: dict[tuple[type, str], Any] = {
    (Offer, "settlements"): (Settlement(DAY, pay=(RULE,)), Settlement(LATER, pay=(RULE,))),
    (Settlement, "pay"): (PayRule(percent_ppm=10_000),),
    (Settlement, "applies_to"): AppliesTo.MINIMUM,
    (Settlement, "terms"): Terms(weekly_hours=36.0),
    (Settlement, "fees"): Fees(uplift_ppm=30_000),
    (Settlement, "differentials"): (GAP,),
    (Settlement, "insert_points"): (InsertedPoint("2a", "2"),),
    (Settlement, "spine"): WRITTEN,
    (Settlement, "weightings"): (Weighting(("North",), 1_000_000_000),),
    (Settlement, "allowances"): (AMOUNT,),
    (PayRule, "scope"): WHO,
    (PayRule, "taper"): BY_PAY,
    (PayRule, "index"): IndexLink(Index.RPI, assumed_ppm=30_000),
    (PayRule, "applies_to"): AppliesTo.MINIMUM,
    (IndexLink, "index"): Index.RPI,
    (NamedAllowance, "scope"): WHO,
    (Differential, "grade"): "Manager",
    (Differential, "over"): "Helper",
    (Differential, "within"): Within.SECTOR,
    (Differential, "on"): On.MEDIAN,
    (Fees, "rule"): FeeRule.HOLD_MARGIN,
    (NewSpine, "points"): (POINTS[0], replace(POINTS[1], amount_micros=26_000_000_000)),
    (NewSpine, "equal"): EqualSteps.PERCENT,
    (NewSpine, "mapping"): (("2", "N2"),),
    (NewSpine, "protection"): Protection.MARKED_TIME,
    (NewSpine, "order"): SpineOrder.ASSIMILATE_FIRST,
    (Scope, "points"): "3-5",
    (Terms, "zero_hours"): "offer",
    (Terms, "unsocial_ppm"): (("night", 330_000),),
    (Terms, "paid_travel_time"): True,
    (Weighting, "regions"): ("South",),
}
SIMPLE: dict[str, Any] = {
    "str": "Other",
    "bool": None,
    "int": 1_230_000,
    "float": 12.5,
    "date": LATER,
    "tuple[str, ...]": ("Another",),
}
# Carried from a scale's file, never written in an offer; and what stands over the column.
SILENT = {(ScalePoint, "unrounded_picos"), (Offer, "name")}


def said(offer: Offer) -> tuple[str, ...]:
    return tuple(f"{row.label}: {row.whole(1)}" for row in word_rows([offer]))


def in_a_step(part: Any) -> Settlement:
    holds = {
        PayRule: "pay",
        Differential: "differentials",
        InsertedPoint: "insert_points",
        Weighting: "weightings",
        NamedAllowance: "allowances",
    }
    if type(part) in holds:
        return Settlement(DAY, **{holds[type(part)]: (part,)})
    one = {NewSpine: "spine", Terms: "terms", Fees: "fees"}
    return Settlement(DAY, **{one[type(part)]: part})


def other(part: Any, name: str, kind: str) -> Any:
    """Another value of a field: as written above, else by the field's type."""
    given = OTHERS.get((type(part), name))
    if given is not None:
        return given
    plain = kind.removesuffix(" | None")
    if plain == "bool":
        return not getattr(part, name)
    return SIMPLE[plain]


def alone(step: Settlement) -> Offer:
    return Offer("x", settlements=(step,))


def ruled(**changed: Any) -> Offer:
    return alone(Settlement(DAY, pay=(replace(RULE, **changed),)))


STEP = Settlement(DAY, pay=(RULE,))
PARTS: dict[str, tuple[Any, Callable[[Any], Offer]]] = {
    "offer": (alone(STEP), lambda one: one),
    "step": (STEP, alone),
    "rule": (RULE, lambda one: alone(in_a_step(one))),
    "scope": (Scope(points="2-6"), lambda one: ruled(scope=one)),
    "scope of an allowance": (
        Scope(points="2-6"),
        lambda one: alone(in_a_step(replace(AMOUNT, scope=one))),
    ),
    "taper by pay": (BY_PAY, lambda one: ruled(taper=one)),
    "taper by point": (BY_POINT, lambda one: ruled(taper=one)),
    "index": (LINK, lambda one: ruled(percent_ppm=0, index=one)),
    "index that is shared": (SHARED, lambda one: ruled(percent_ppm=0, index=one)),
    "gap": (GAP, lambda one: alone(in_a_step(one))),
    "point put in": (InsertedPoint("2a", "2"), lambda one: alone(in_a_step(one))),
    "weighting": (Weighting(("North",), 1_000_000_000), lambda one: alone(in_a_step(one))),
    "allowance": (AMOUNT, lambda one: alone(in_a_step(one))),
    "allowance that is a share": (SHARE, lambda one: alone(in_a_step(one))),
    "written spine": (WRITTEN, lambda one: alone(in_a_step(one))),
    "even spine": (EVEN, lambda one: alone(in_a_step(one))),
    "stepped spine": (STEPPED, lambda one: alone(in_a_step(one))),
    "point of a spine": (POINTS[1], lambda one: alone(in_a_step(NewSpine(points=(POINTS[0], one))))),
    "terms": (Terms(annual_leave_days=30.0), lambda one: alone(in_a_step(one))),
    "fees": (FEES, lambda one: alone(in_a_step(one))),
}


@pytest.mark.parametrize("name", PARTS)
def test_that_each_field_changed_alone_changes_what_a_line_says(qapp: QApplication, name: str) -> None:
    part, offer_with = PARTS[name]
    before = said(offer_with(part))
    untold = [
        one.name
        for one in fields(part)
        if (type(part), one.name) not in SILENT
        and said(offer_with(replace(part, **{one.name: other(part, one.name, str(one.type))}))) == before
    ]
    assert untold == []


def test_that_every_part_that_an_offer_can_have_is_walked_over() -> None:
    found: set[type] = set()

    def walk(kind: Any) -> None:
        if is_dataclass(kind) and kind not in found:
            found.add(cast("type", kind))
            for hint in get_type_hints(kind).values():
                walk(hint)
        for inner in get_args(kind):
            walk(inner)

    walk(Offer)
    assert found == {type(part) for part, _ in PARTS.values()}


def test_that_a_long_line_is_begun_in_its_cell_and_whole_in_tip_reading_and_copy(qapp: QApplication) -> None:
    step = Settlement(DAY, pay=(RULE,), allowances=(AMOUNT,), weightings=(Weighting(("North",), 10**9),))
    rows = word_rows([alone(step), alone(STEP)])
    labels = [one.label for one in rows]
    assert labels == [
        "Steps and end",
        "Rises and payments, in words",
        "Regional weightings",
        "Allowances by name",
    ]
    named = rows[-1]
    assert named.cells[0] == named.cells[2] == "–"
    assert named.cells[1].endswith("…")
    assert len(named.cells[1]) <= LETTERS + 1
    assert named.differs
    table = CompareTable()
    table.set_rows(("", "Now", "One", "Two"), rows)
    index = table.index(3, 2)
    for text in (
        index.data(Qt.ItemDataRole.ToolTipRole),
        index.data(Qt.ItemDataRole.AccessibleTextRole),
        table.as_text().splitlines()[-1],
    ):
        assert "First aid" in text
        assert "£50" in text
        assert "…" not in text


def test_that_the_steps_of_an_offer_are_told_apart(qapp: QApplication) -> None:
    offer = Offer("x", by="Union", settlements=(STEP, Settlement(LATER, pay=(RULE,))), tabled=True)
    found = {row.label: row.whole(1) for row in word_rows([offer])}
    assert found["Made by"] == "Union · tabled"
    assert found["Steps and end"] == "1 Apr 2027, 1 Jun 2027"
    assert found["Rises and payments, in words"].startswith("Step of 1 Apr 2027: ")
    assert "Step of 1 Jun 2027: " in found["Rises and payments, in words"]
