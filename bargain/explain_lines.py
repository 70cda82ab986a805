"""Lines and contributors of an explanation, shown so that they add up.

Pounds are shown whole, rounded by the largest remainder, so that what is added on screen comes to what stands
below it. Groups of fewer than ten staff are never named: they are merged into the others.
"""

from __future__ import annotations

from collections.abc import Sequence

from bargain.money import largest_remainder
from bargain.small_groups import SMALLEST_GROUP
from models.explanation import Contributor, ExplainedLine, LineKind

_MOST_NAMED = 10
PARTS = (
    ("pay", "pay"),
    ("employer_ni", "employer NI"),
    ("pension", "employer pension"),
    ("levy", "apprenticeship levy"),
    ("cover", "cover"),
)
Group = tuple[str, float, float]  # name, staff in the data, pounds
Part = tuple[str, float | None]  # label, pounds; None where not known
Block = tuple[str, list[Part]]  # the label of the sub-total, or nothing; its parts


def contributors(groups: Sequence[Group]) -> tuple[Contributor, ...]:
    """The ten that add most, largest first, then all others together; small groups are among the others.

    Where the others would be fewer than ten staff they could be found by taking the rest away, so the smallest
    that is named joins them.
    """
    held = [one for one in groups if one[1] > 0 or one[2]]
    ranked = sorted(held, key=lambda one: (-abs(one[2]), one[0]))
    named = [one for one in ranked if one[1] >= SMALLEST_GROUP][:_MOST_NAMED]
    others = [one for one in ranked if one not in named]
    while others and named and sum(heads for _, heads, _ in others) < SMALLEST_GROUP:
        others.append(named.pop())
    if others:
        merged = (f"others ({len(others)})", sum(one[1] for one in others), sum(one[2] for one in others))
        named.append(merged)
    shown = largest_remainder([amount for _, _, amount in named])
    return tuple(
        Contributor(name, heads, amount, whole)
        for (name, heads, amount), whole in zip(named, shown, strict=True)
    )


def adding(blocks: list[Block], total: str) -> tuple[ExplainedLine, ...]:
    """Parts under sub-totals under a total, each shown in whole pounds that add exactly."""
    leaves = [amount for _, parts in blocks for _, amount in parts if amount is not None]
    shown = iter(largest_remainder(leaves))
    lines: list[ExplainedLine] = []
    whole, exact = 0.0, 0.0
    for name, parts in blocks:
        sub_shown, sub_exact = 0.0, 0.0
        for label, amount in parts:
            pounds = None if amount is None else next(shown)
            lines.append(ExplainedLine(label, amount, pounds, "£"))
            sub_shown += pounds or 0.0
            sub_exact += amount or 0.0
        if name:
            lines.append(ExplainedLine(name, sub_exact, sub_shown, "£", LineKind.SUBTOTAL))
        whole, exact = whole + sub_shown, exact + sub_exact
    return (*lines, ExplainedLine(total, exact, whole, "£", LineKind.TOTAL))


def shown_line(label: str, amount: float | None, unit: str) -> ExplainedLine:
    return ExplainedLine(label, amount, amount, unit, LineKind.SHOWN)
