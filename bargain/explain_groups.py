"""Explain a part of a cost: one element, employer, grade, kind of owner, region, step, or a rule of thumb.

A part is named by its kind and its name: ``element:floor``, ``employer:Northshire Homes``, ``step:2027-04-01``.
The full-year cost of a group of fewer than ten staff is not explained: it would tell one person's pay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bargain.explain_beside import BESIDE, explain_beside
from bargain.explain_costs import cost_figures, explain_column
from bargain.explain_inputs import inputs_of
from bargain.explain_lines import PARTS, Block, Part, adding, contributors, shown_line
from bargain.explain_margin import KIND as MARGIN
from bargain.explain_margin import explain_margin, margin_figures
from bargain.explain_parts import (
    GROUPS,
    Choice,
    chosen_posts,
    contributing,
    group_of,
    staff_in_words,
    weight_of,
)
from bargain.explain_words import in_pounds
from bargain.headlines import rules_of_thumb
from bargain.small_groups import SMALLEST_GROUP
from bargain.working import working_of
from models.appraisal import Appraisal
from models.costing import GroupCost
from models.explanation import Explanation
from models.sector import Sector
from models.units import FloatColumn
from models.working import PricedState, Working

THUMB_LABELS = {
    "one_percent": "1 %",
    "flat_100": "£100 a year for all",
    "floor_10p": "10p on the floor",
    "hour_off": "an hour off the week",
}


def part_figures(appraisal: Appraisal) -> tuple[str, ...]:
    """Every part of this appraisal's costs that can be explained."""
    cost = appraisal.cost
    named = [f"element:{one.element}" for one in cost.elements]
    for kind, field in GROUPS.items():
        groups: Sequence[GroupCost] = getattr(cost, field)
        named += [f"{kind}:{one.name}" for one in groups if one.people >= SMALLEST_GROUP]
    named += [f"step:{one.effective}" for one in cost.steps]
    named += [f"thumb:{key}" for key in THUMB_LABELS]
    return (*named, *BESIDE, *margin_figures(appraisal))


def column_figures(appraisal: Appraisal) -> tuple[str, ...]:
    """Every other column of the tables in which those parts stand."""
    return cost_figures(appraisal, part_figures(appraisal))


def explain_part(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation | None:
    """The explanation of a part; None where the figure is not one. Refuses groups of fewer than ten staff."""
    kind, _, name = figure.partition(":")
    if kind == "thumb":
        return _thumb(sector, appraisal, figure, name)
    if kind == MARGIN:
        return explain_margin(sector, appraisal, name)
    cost = appraisal.cost
    if kind == "element" and any(one.element == name for one in cost.elements):
        return _parts(sector, appraisal, figure, Choice(element=name))
    if kind == "step" and any(str(one.effective) == name for one in cost.steps):
        return _parts(sector, appraisal, figure, Choice(step=name))
    if kind in GROUPS:
        choice = Choice(kind=kind, group=name)
        group = group_of(appraisal, choice)
        if group is not None:
            return _parts(sector, appraisal, figure, choice, of=group)
    return explain_column(sector, appraisal, figure) or explain_beside(sector, appraisal, figure)


def _parts(
    sector: Sector, appraisal: Appraisal, figure: str, choice: Choice, *, of: GroupCost | None = None
) -> Explanation:
    """What the chosen posts, elements and steps add, and who adds most. of: the row of a group."""
    working = working_of(sector, appraisal.offer)
    posts = chosen_posts(working, choice)
    chosen = posts / (1.0 if of is None else weight_of(of, choice))
    sums: dict[str, dict[str, float]] = {}
    per_post = np.zeros(len(chosen))
    unknown = {one.element: one.why for one in appraisal.cost.elements if not one.known}
    for day, stage, added in _added(working):
        if choice.element not in {"", stage.element} or choice.step not in {"", day}:
            continue
        own = sums.setdefault(stage.element, dict.fromkeys(added, 0.0))
        for key, column in added.items():
            own[key] += float((column * chosen).sum())
            per_post += column * chosen
    blocks: list[Block] = []
    for element, own in sums.items():
        parts: list[Part] = [(f"{element}: {words}", own[key]) for key, words in PARTS if own[key]]
        if element in unknown:
            parts.append((f"{element}: not known, {unknown[element]}", None))
        if parts:
            blocks.append((element if len(parts) > 1 else "", parts))
    value = float(per_post.sum())
    if choice.element in unknown and not value:
        return _not_known(sector, appraisal, figure, choice, unknown[choice.element])
    heads = float((working.workforce.heads * chosen).sum())
    by, groups = contributing(working, per_post, posts, choice)
    counted = staff_in_words(round(heads, 6))
    return Explanation(
        figure=figure,
        label=choice.label,
        value=value,
        unit="£",
        sentence=f"{choice.label} is {in_pounds(value)} of the offer's {in_pounds(appraisal.cost.full_year)}: "
        f"pay and on-costs of {counted} staff in a year with it in force, less without it.",
        lines=adding(blocks, choice.label),
        inputs=inputs_of(sector, appraisal, on_costs=True),
        contributors_by=by,
        contributors=contributors(groups),
    )


def _not_known(sector: Sector, appraisal: Appraisal, figure: str, choice: Choice, why: str) -> Explanation:
    """An element that can't be priced: why, and nothing that reads like nought."""
    return Explanation(
        figure=figure,
        label=choice.label,
        value=None,
        unit="£",
        sentence=f"{choice.label} is not known: {why}. It is not in the offer's {in_pounds(appraisal.cost.full_year)}.",
        lines=(shown_line(choice.label, None, "£"),),
        inputs=inputs_of(sector, appraisal, on_costs=True),
    )


def _added(working: Working) -> Iterator[tuple[str, PricedState, dict[str, FloatColumn]]]:
    """Each stage of each step with what it adds, £ a year a row, by what it is spent on."""
    for step in working.steps:
        last = step.start
        for stage in step.stages:
            yield (
                str(step.settlement.effective),
                stage,
                {
                    "pay": stage.pay - last.pay,
                    "employer_ni": stage.employer_ni - last.employer_ni,
                    "pension": stage.pension - last.pension,
                    "levy": stage.levy - last.levy,
                    "cover": stage.cover,
                },
            )
            last = stage


def _thumb(sector: Sector, appraisal: Appraisal, figure: str, key: str) -> Explanation | None:
    """A rule of thumb: the two ends where the share of hours that is filled is not known."""
    found = next((one for one in rules_of_thumb(sector, appraisal.offer) if one.key == key), None)
    if found is None:
        return None
    parts: list[Part] = [("With no lost hour replaced", found.not_replaced)]
    if found.replaced != found.not_replaced:
        known = None if found.cost is None else found.cost - found.not_replaced
        share = "share not known" if known is None else "the sector's share"
        parts.append((f"Cover of the lost hours, {share}", known))
    amount = in_pounds(found.not_replaced if found.cost is None else found.cost)
    ends = f", and {in_pounds(found.replaced)} if every lost hour is replaced" if found.cost is None else ""
    label = f"Cost of {found.label[:1].lower()}{found.label[1:]}"
    return Explanation(
        figure=figure,
        label=label,
        value=found.cost,
        unit="£",
        sentence=f"{found.label} costs {amount} in a full year{ends}: today's staff with just that, priced with "
        "on-costs by the same engine, less without it.",
        lines=adding([("", parts)], label),
        inputs=inputs_of(sector, appraisal, on_costs=True),
    )
