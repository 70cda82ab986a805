"""What changed in a figure since its side last tabled an offer."""

from __future__ import annotations

from dataclasses import replace

from bargain.appraisal import appraise
from bargain.explain import explain
from bargain.money import largest_remainder
from models.appraisal import Appraisal
from models.explanation import ExplainedLine, Explanation, LineKind, Since
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector


def explain_with_changes(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation:
    """``explain``, and how the figure stands to the same one in the offer tabled last by the same party."""
    found = explain(sector, appraisal, figure)
    tabled = last_tabled(sector, appraisal.offer)
    if tabled is None:
        return found
    earlier = appraise(sector, tabled)
    try:
        before = explain(sector, earlier, figure)
    except UnusableInput:  # the earlier offer has no such part
        return replace(found, since=Since(tabled.name, None, ()))
    return replace(found, since=Since(tabled.name, before.value, _lines(found, before, appraisal, earlier)))


def last_tabled(sector: Sector, offer: Offer) -> Offer | None:
    """The last offer that the same party has tabled, other than this one."""
    held = [one for one in sector.offers if one.tabled and one.by == offer.by and one.name != offer.name]
    return held[-1] if held else None


def _lines(
    found: Explanation, before: Explanation, now: Appraisal, then: Appraisal
) -> tuple[ExplainedLine, ...]:
    """The difference; by element for the full-year cost, whose elements add up to it."""
    if found.value is None or before.value is None:
        return ()
    difference = found.value - before.value
    if found.unit != "£":
        return (ExplainedLine("Difference", difference, difference, found.unit, LineKind.TOTAL),)
    parts: dict[str, float] = {}
    if found.figure == "cost_full_year":
        for sign, appraisal in ((1, now), (-1, then)):
            for one in appraisal.cost.elements:
                parts[one.element] = parts.get(one.element, 0.0) + sign * one.total
    held = [(name, amount) for name, amount in parts.items() if abs(amount) >= 0.005]
    shown = largest_remainder([amount for _, amount in held], total=difference) if held else ()
    lines = [
        ExplainedLine(name, amount, whole, "£") for (name, amount), whole in zip(held, shown, strict=True)
    ]
    whole = sum(shown) if held else float(round(difference))
    return (*lines, ExplainedLine("Difference", difference, whole, "£", LineKind.TOTAL))
