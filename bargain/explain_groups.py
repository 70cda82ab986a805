"""Explain a part of a cost: one element, employer, grade, kind of owner, region, step, or a rule of thumb.

A part is named by its kind and its name: ``element:floor``, ``employer:Northshire Homes``, ``step:2027-04-01``.
The full-year cost of a group of fewer than ten staff is not explained: it would tell one person's pay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bargain.costing.breakdown import NOT_MAPPED, NOT_RECORDED
from bargain.explain_inputs import inputs_of
from bargain.explain_lines import PARTS, Block, Group, Part, adding, contributors, shown_line
from bargain.explain_margin import KIND as MARGIN
from bargain.explain_margin import explain_margin, margin_figures
from bargain.explain_words import in_pounds
from bargain.headlines import rules_of_thumb
from bargain.plain_days import in_full
from bargain.small_groups import SMALLEST_GROUP
from bargain.working import working_of
from models.appraisal import Appraisal
from models.costing import GroupCost
from models.explanation import Explanation
from models.issues import UnusableInput
from models.sector import Sector
from models.units import BoolColumn, FloatColumn
from models.working import PricedState, Working

GROUPS = {"employer": "by_employer", "grade": "by_grade", "ownership": "by_ownership", "region": "by_region"}


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
    return (*named, *margin_figures(appraisal))


def explain_part(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation | None:
    """The explanation of a part; None where the figure is not one. Refuses groups of fewer than ten staff."""
    kind, _, name = figure.partition(":")
    if kind == "thumb":
        return _thumb(sector, appraisal, figure, name)
    if kind == MARGIN:
        return explain_margin(sector, appraisal, name)
    cost = appraisal.cost
    if kind == "element" and any(one.element == name for one in cost.elements):
        return _parts(sector, appraisal, figure, _Choice(element=name))
    if kind == "step" and any(str(one.effective) == name for one in cost.steps):
        return _parts(sector, appraisal, figure, _Choice(step=name))
    if kind in GROUPS:
        groups: Sequence[GroupCost] = getattr(cost, GROUPS[kind])
        group = next((one for one in groups if one.name == name), None)
        if group is not None and group.people < SMALLEST_GROUP:
            raise UnusableInput(
                f"“{name}” has fewer than {SMALLEST_GROUP} staff; its cost would tell one person's pay. "
                "Ask for the whole sector, or a larger group."
            )
        if group is not None:
            return _parts(sector, appraisal, figure, _Choice(kind=kind, group=name))
    return None


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which part of the full-year cost."""

    element: str = ""
    step: str = ""
    kind: str = ""
    group: str = ""

    @property
    def label(self) -> str:
        if self.element:
            return f"Full-year cost of “{self.element}”"
        if self.step:
            return f"Full-year cost of the step of {in_full(date.fromisoformat(self.step))}"
        return f"Full-year cost, {self.group}"


def _parts(sector: Sector, appraisal: Appraisal, figure: str, choice: _Choice) -> Explanation:
    """What the chosen posts, elements and steps add, and who adds most."""
    working = working_of(sector, appraisal.offer)
    chosen = _posts(working, choice)
    sums: dict[str, dict[str, float]] = {}
    per_post = np.zeros(len(chosen))
    unknown = {one.element: one.why for one in appraisal.cost.elements if not one.known}
    for day, stage, added in _added(working):
        if choice.element not in {"", stage.element} or choice.step not in {"", day}:
            continue
        own = sums.setdefault(stage.element, dict.fromkeys(added, 0.0))
        for key, column in added.items():
            own[key] += float(column[chosen].sum())
            per_post += np.where(chosen, column, 0.0)
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
    heads = float(working.workforce.heads[chosen].sum())
    by, groups = _contributing(working, per_post, chosen, choice)
    counted = f"{heads:,.0f}" if heads.is_integer() else f"{heads:,.2f}"
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


def _not_known(sector: Sector, appraisal: Appraisal, figure: str, choice: _Choice, why: str) -> Explanation:
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


def _posts(working: Working, choice: _Choice) -> BoolColumn:
    """The posts of the chosen group; everyone where none is chosen."""
    force = working.workforce
    if not choice.kind:
        return np.ones(len(force), dtype=bool)
    if choice.kind == "grade":
        code = -1 if choice.group == NOT_MAPPED else force.grades.index(choice.group)
        return np.asarray(force.grade_code == code)
    of = {
        "employer": [one.name for one in working.employers],
        "ownership": [str(one.ownership) for one in working.employers],
        "region": [one.region or NOT_RECORDED for one in working.employers],
    }[choice.kind]
    wanted = np.array([name == choice.group for name in of])
    return np.asarray(wanted[force.employer_code])


def _contributing(
    working: Working, per_post: FloatColumn, chosen: BoolColumn, choice: _Choice
) -> tuple[str, list[Group]]:
    """By grade within one employer, by employer otherwise."""
    force = working.workforce
    by_grade = choice.kind == "employer" or len(force.employers) == 1
    names = (*force.grades, NOT_MAPPED) if by_grade else force.employers
    codes: NDArray[np.integer] = (
        np.where(force.grade_code < 0, len(force.grades), force.grade_code)
        if by_grade
        else force.employer_code
    )
    pounds = np.bincount(codes, weights=per_post, minlength=len(names))
    stands_for = np.array([one.represents for one in working.employers])[force.employer_code]
    people = np.bincount(codes, weights=np.where(chosen, force.heads / stands_for, 0.0), minlength=len(names))
    rows = [(name, float(people[at]), float(pounds[at])) for at, name in enumerate(names)]
    return "grade" if by_grade else "employer", rows


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
