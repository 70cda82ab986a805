"""Explain what stands beside the costs: pay bills, the floor by itself, the staff that is expected, heads."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from bargain.appraisal import appraise
from bargain.expected import expected_staff
from bargain.explain_costs import basic_pay
from bargain.explain_inputs import inputs_of
from bargain.explain_lines import PARTS, Block, Group, Part, adding, contributors, shown_line
from bargain.explain_parts import Choice, contributing
from bargain.explain_words import in_pounds, in_words, staff_of
from bargain.headlines import floor_alone, floor_cost, turnover_saving
from bargain.working import working_of
from models.appraisal import Appraisal
from models.costing import ElementCost
from models.explanation import ExplainedLine, Explanation
from models.sector import Sector

BESIDE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "labour_before": ("Pay and on-costs before the offer", "£"),
        "labour_after": ("Pay and on-costs with the offer, in a full year", "£"),
        "paybill_before": ("Basic pay bill before the offer", "£"),
        "paybill_after": ("Basic pay bill after the offer", "£"),
        "floor_alone": ("Full-year cost of the floor by itself", "£"),
        "floor_after_pay_rules": ("What the floor adds after the pay rules", "£"),
        "floor_ripple": ("What restoring differentials adds", "£"),
        "floor_heads": ("Staff whom the floor alone lifts", "heads"),
        "expected_staff": ("Full-year cost for expected staff", "£"),
        "expected_drift": ("What turnover and increments change without an offer", "£"),
        "turnover_saving": ("What fewer leavers would save in a year", "£"),
        "heads": ("Staff", "heads"),
        "fte": ("Full-time equivalents", "heads"),
        "protected_heads": ("Staff whose pay is protected", "heads"),
        "unmapped_heads": ("Staff who are mapped to no grade", "heads"),
    }
)


def explain_beside(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation | None:
    """The explanation of one of ``BESIDE``; None where the figure is not one."""
    if figure not in BESIDE:
        return None
    label, unit = BESIDE[figure]
    if figure.startswith("floor_"):
        value, lines, why = _floor(sector, appraisal, figure, label)
    elif figure.startswith("expected_"):
        value, lines, why = _expected(sector, appraisal, figure, label)
    elif figure == "turnover_saving":
        value, lines, why = _saving(sector, label)
    elif unit == "£":
        value, lines, why = _bill(sector, appraisal, figure, label)
    else:
        value, lines, why = _heads(appraisal, figure, label)
    sentence = (
        f"{label} is not known: {why}."
        if value is None
        else f"{label}: {in_words(value, unit)}, of {staff_of(appraisal)}.{f' {why}' if why else ''}"
    )
    needs_rates = unit == "£" and not figure.startswith("paybill")
    inputs = inputs_of(sector, appraisal, on_costs=needs_rates)
    by, groups = _adding(sector, appraisal, figure)
    return Explanation(figure, label, value, unit, sentence, lines, inputs, by, contributors(groups))


def _adding(sector: Sector, appraisal: Appraisal, figure: str) -> tuple[str, list[Group]]:
    """Who adds most to a bill."""
    if not figure.startswith(("labour_", "paybill_")):
        return "", []
    working = working_of(sector, appraisal.offer)
    first, last = working.steps[0].start, working.steps[-1].end
    if figure.startswith("paybill_"):
        column = basic_pay(working, first if figure == "paybill_before" else last)
    else:
        column = first.labour()
        if figure == "labour_after":
            for step in working.steps:
                column = column + step.end.labour() - step.start.labour()
                column = column + sum(stage.cover for stage in step.stages)
    everyone = np.ones(len(column), dtype=bool)
    return contributing(working, column, everyone, Choice())


_TODAY = "Today"
_Found = tuple[
    float | None, tuple[ExplainedLine, ...], str
]  # value, lines, why not known or what is to be said


def _bill(sector: Sector, appraisal: Appraisal, figure: str, label: str) -> _Found:
    """Today's bill by what it is spent on; what the elements add to it."""
    cost = appraisal.cost
    value: float = getattr(cost, figure)
    if figure.startswith("paybill"):
        parts: list[Part] = [("Basic pay: rate × paid time × staff, today", cost.paybill_before)]
        if figure == "paybill_after":
            parts.append(("Rise of basic pay under the offer", cost.paybill_after - cost.paybill_before))
        return value, adding([("", parts)], label), ""
    start = working_of(sector, appraisal.offer).steps[0].start
    today: list[Part] = [
        (f"{_TODAY}: {words}", float(getattr(start, key).sum())) for key, words in PARTS if key != "cover"
    ]
    blocks: list[Block] = [(_TODAY, today)]
    if figure == "labour_after":
        blocks += [("", [(one.element, one.total if one.known else None)]) for one in cost.elements]
    return value, adding(blocks, label), ""


def _floor(sector: Sector, appraisal: Appraisal, figure: str, label: str) -> _Found:
    found = floor_cost(sector, appraisal.offer, appraisal.cost)
    if found is None:
        return None, (shown_line(label, None, BESIDE[figure][1]),), "the offer has no hourly floor"
    if figure == "floor_heads":
        return found.heads, (shown_line(label, found.heads, "heads"),), ""
    element = "differentials" if figure == "floor_ripple" else "floor"
    of = appraisal
    if figure == "floor_alone":
        of = appraise(sector, floor_alone(appraisal.offer))
    parts = _element(next((one for one in of.cost.elements if one.element == element), None))
    if figure == "floor_alone":
        rest = [one for one in of.cost.elements if one.element != element and one.total]
        parts += [(one.element, one.total) for one in rest]
        return found.alone, adding([("", parts)], label), "Nothing but the offer’s floors is priced."
    value = found.ripple if element == "differentials" else found.after_rules
    return value, adding([("", parts)], label), ""


def _element(element: ElementCost | None) -> list[Part]:
    return [] if element is None else [(words, getattr(element, key)) for key, words in PARTS]


def _expected(sector: Sector, appraisal: Appraisal, figure: str, label: str) -> _Found:
    found = expected_staff(sector, appraisal.offer, appraisal.cost)
    if found.expected is None or found.drift is None:
        return None, (shown_line(label, None, "£"),), found.why
    if figure == "expected_drift":
        said = "It happens with or without the offer, so it is in none of its costs."
        return found.drift, (shown_line(label, found.drift, "£"),), said
    parts: list[Part] = [
        ("Full-year cost for the same people", found.same_people),
        (
            "Because leavers are replaced at the entry point and others move up",
            found.expected - found.same_people,
        ),
    ]
    return found.expected, adding([("", parts)], label), ""


def _saving(sector: Sector, label: str) -> _Found:
    found = turnover_saving(sector)
    if found.amount is None or not found.fewer_leavers:
        return found.amount, (shown_line(label, found.amount, "£"),), found.why
    each = found.amount / found.fewer_leavers
    lines = (
        shown_line("Fewer leavers in a year", found.fewer_leavers, "heads"),
        shown_line("Cost of replacing one leaver", each, "£"),
        shown_line(label, found.amount, "£"),
    )
    return found.amount, lines, f"{in_pounds(each)} for each; it is taken off no cost."


def _heads(appraisal: Appraisal, figure: str, label: str) -> _Found:
    """Counts, each by itself."""
    value = {
        "heads": appraisal.before.heads,
        "fte": appraisal.before.fte,
        "protected_heads": appraisal.cost.protected_heads,
        "unmapped_heads": appraisal.unmapped_heads,
    }[figure]
    if figure == "heads":
        lines = [shown_line(one.name, one.heads, "heads") for one in appraisal.cost.by_grade]
        return value, (*lines, shown_line(label, value, "heads")), ""
    return value, (shown_line(label, value, "heads"),), ""
