"""Explain this number: for any figure the sentence, the steps, the inputs and who adds most to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType

import numpy as np

from bargain.all_measures import with_all_measures
from bargain.costing.timing import end_of, share_of_year
from bargain.explain_beside import BESIDE
from bargain.explain_costs import COLUMN_LABELS, basic_pay
from bargain.explain_groups import THUMB_LABELS, column_figures, explain_part, part_figures
from bargain.explain_inputs import inputs_of, wage_inputs
from bargain.explain_lines import PARTS, Block, Group, Part, adding, contributors, shown_line
from bargain.explain_measures import (
    explain_group_measure,
    explain_target,
    measure_figures,
    plain_measure,
    target_figures,
)
from bargain.explain_words import BILLS, BY_WAGES, MEANINGS, QUOTIENTS, in_pounds, in_words, staff_of
from bargain.measures.catalogue import MEASURES
from bargain.plain_days import in_full
from bargain.working import working_of
from models.appraisal import Appraisal
from models.costing import CostBreakdown, GroupCost
from models.explanation import ExplainedLine, Explanation
from models.issues import UnusableInput
from models.sector import Sector
from models.units import FloatColumn
from models.working import Working


@dataclass(frozen=True, slots=True)
class _Cost:
    """A figure in pounds: its label, its sentence with a slot for the amount, its lines, its groups."""

    label: str
    sentence: str
    value: Callable[[CostBreakdown], float]
    lines: Callable[[Sector, Appraisal], list[Block]]
    field: str = ""


def explain(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation:
    """Where a figure of an appraisal comes from. Raises UnusableInput for a figure that there is not."""
    if figure in _COSTS:
        return _cost(sector, appraisal, figure, _COSTS[figure])
    if figure in BILLS:
        return _bill(sector, appraisal, figure)
    if figure in MEASURES and not MEASURES[figure].live:
        appraisal = with_all_measures(sector, appraisal)
    if figure in MEASURES and figure in appraisal.after.measures:
        return _measure(sector, appraisal, figure)
    part = (
        _target(sector, appraisal, figure)
        or explain_part(sector, appraisal, figure)
        or explain_group_measure(sector, appraisal, figure)
    )
    if part is not None:
        return part
    known = every_figure(sector, appraisal)
    near = get_close_matches(figure, known, 1)
    hint = (
        f"the nearest is “{near[0]}”"
        if near
        else "for instance “cost_full_year”, “paybill_growth”, “p90_p10”"
    )
    raise UnusableInput(f"There is no figure “{figure}” to explain; {hint}.")


def _target(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation | None:
    """A target's verdict; under it the steps of its measure, where the target asks for nothing of its own."""
    found = explain_target(sector, appraisal, figure)
    measure = "" if found is None else plain_measure(sector, figure)
    if found is None or not measure:
        return found
    whole = explain(sector, appraisal, measure)
    if whole.value != found.value:
        return found
    return replace(
        whole,
        figure=found.figure,
        label=found.label,
        sentence=f"{found.sentence} {whole.sentence}",
        lines=(*whole.lines, *found.lines[1:]),
    )


def figures() -> tuple[str, ...]:
    """Every figure that can be explained."""
    return tuple(dict.fromkeys((*_COSTS, *BILLS, *MEASURES)))


def every_figure(sector: Sector, appraisal: Appraisal) -> tuple[str, ...]:
    """Every figure, every part, every column of every part, every target: all that there is to explain."""
    return (
        *figures(),
        *part_figures(appraisal),
        *target_figures(sector),
        *column_figures(appraisal),
        *measure_figures(appraisal),
    )


def label_of(figure: str) -> str:
    """What a figure is called; a part by its own name."""
    if figure in _COSTS:
        return _COSTS[figure].label
    if figure in BILLS:
        return BILLS[figure][0]
    if figure in MEASURES:
        return MEASURES[figure].label
    if figure in BESIDE:
        return BESIDE[figure][0]
    column, stroke, part = figure.partition("/")
    if stroke and column in COLUMN_LABELS:
        return f"{COLUMN_LABELS[column]}: {part.partition(':')[2]}"
    kind, _, name = figure.partition(":")
    if kind == "thumb":
        return f"Rule of thumb: {THUMB_LABELS.get(name, name)}"
    return f"{kind.capitalize()}: {name}"


def _cost(sector: Sector, appraisal: Appraisal, figure: str, kind: _Cost) -> Explanation:
    value = kind.value(appraisal.cost)
    groups = (
        [(one.name, one.people, getattr(one, kind.field)) for one in _groups(appraisal)] if kind.field else []
    )
    return Explanation(
        figure=figure,
        label=kind.label,
        value=value,
        unit="£",
        sentence=kind.sentence.format(amount=in_pounds(value), staff=staff_of(appraisal)),
        lines=adding(kind.lines(sector, appraisal), kind.label),
        inputs=inputs_of(sector, appraisal, on_costs=True),
        contributors_by=_grouped_by(appraisal) if groups else "",
        contributors=contributors(groups),
    )


def _bill(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation:
    """A growth of the pay bill: from the old bill by the pay of each element to the new one."""
    cost, working = appraisal.cost, working_of(sector, appraisal.offer)
    label, sentence, value_of = BILLS[figure]
    value = value_of(appraisal)
    start = basic_pay(working, working.steps[0].start)
    lines = list(adding([("", _pay_by_element(working, cost))], "Pay bill after"))
    if figure in {"in_year", "carry_over"}:
        first = float(start.sum()) * (1 + cost.in_year)
        lines.append(shown_line("Pay bill of the first settlement year", first, "£"))
    if figure == "comparable_rate":
        lines.append(shown_line(BILLS["level"][0], cost.level, "share"))
    lines.append(shown_line(label, value, "share"))
    groups = _group_sums(working, appraisal, basic_pay(working, working.steps[-1].end) - start)
    return Explanation(
        figure=figure,
        label=label,
        value=value,
        unit="share",
        sentence=sentence.format(amount=in_words(value, "share"), staff=staff_of(appraisal)),
        lines=tuple(lines),
        inputs=inputs_of(sector, appraisal, on_costs=False),
        contributors_by=_grouped_by(appraisal),
        contributors=contributors(groups),
    )


def _pay_by_element(working: Working, cost: CostBreakdown) -> list[Part]:
    """The old pay bill, then what each element adds to it; an element that can't be priced is not known."""
    parts: list[Part] = [("Pay bill before", float(basic_pay(working, working.steps[0].start).sum()))]
    added = dict.fromkeys((one.element for one in cost.elements), 0.0)
    for step in working.steps:
        last = step.start
        for stage in step.stages:
            added[stage.element] += float((basic_pay(working, stage) - basic_pay(working, last)).sum())
            last = stage
    unknown = {one.element for one in cost.elements if not one.known}
    for name, amount in added.items():
        if amount or name in unknown:
            parts.append((name, amount or None))
    return parts


def _group_sums(working: Working, appraisal: Appraisal, column: FloatColumn) -> list[Group]:
    """A column of pounds summed by employer or by grade."""
    force, groups = working.workforce, _groups(appraisal)
    by_employer = _grouped_by(appraisal) == "employer"
    grades = np.where(force.grade_code < 0, len(force.grades), force.grade_code)
    sums = np.bincount(force.employer_code if by_employer else grades, weights=column, minlength=len(groups))
    return [(one.name, one.people, float(amount)) for one, amount in zip(groups, sums, strict=False)]


def _measure(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation:
    """A measure before and after, with the two figures of a quotient."""
    info = MEASURES[figure]
    base = _base(figure)
    before, after = (one.measures.get(base) for one in (appraisal.before, appraisal.after))
    value = appraisal.after.measures.get(figure)
    lines: list[ExplainedLine] = []
    for side, snapshot in (("before", appraisal.before), ("after", appraisal.after)):
        lines += [
            shown_line(f"{MEASURES[part].label}, {side}", snapshot.measures.get(part), MEASURES[part].unit)
            for part in QUOTIENTS.get(base, ())
        ]
        if MEASURES[base].timed:
            lines.append(
                shown_line(
                    f"{MEASURES[base].label}, {side}", snapshot.measures.get(base), MEASURES[base].unit
                )
            )
    if before is not None and after is not None and MEASURES[base].timed:
        lines.append(shown_line("Difference", after - before, MEASURES[base].unit))
    wages = wage_inputs(sector, appraisal) if base in BY_WAGES else ()
    if not MEASURES[base].timed or base != figure:
        lines.append(shown_line(info.label, value, info.unit))
    return Explanation(
        figure=figure,
        label=info.label,
        value=value,
        unit=info.unit,
        sentence=_measure_sentence(figure, value, appraisal),
        lines=tuple(lines),
        inputs=(*inputs_of(sector, appraisal, on_costs=False), *wages),
    )


def _base(figure: str) -> str:
    """The measure whose change a figure is, or the figure itself."""
    base = figure.removesuffix("_change")
    return base if base in MEASURES else figure


def _measure_sentence(figure: str, value: float | None, appraisal: Appraisal) -> str:
    info = MEASURES[figure]
    if value is None:
        return f"{info.label} is not known: the data or the question lacks what it needs."
    amount = in_words(value, info.unit)
    counted = f"{staff_of(appraisal)}, {appraisal.after.weight}"
    meaning = MEANINGS.get(_base(figure), "")
    ending = f": {meaning}" if meaning else ""
    if _base(figure) != figure:
        return f"{info.label} is {amount}, after the offer against before it, for {counted}{ending}."
    return f"{info.label} is {amount} after the offer, for {counted}{ending}."


def _by_element(_sector: Sector, appraisal: Appraisal) -> list[Block]:
    """Each element by what it is spent on; one that can't be priced is a line that is not known."""
    blocks: list[Block] = []
    for one in appraisal.cost.elements:
        parts: list[Part] = [
            (f"{one.element}: {words}", getattr(one, key)) for key, words in PARTS if getattr(one, key)
        ]
        if not one.known:
            parts.append((f"{one.element}: not known, {one.why}", None))
        if parts:
            blocks.append((one.element if len(parts) > 1 else "", parts))
    return blocks


def _by_step(share: str) -> Callable[[Sector, Appraisal], list[Block]]:
    """Each step's part of a cost: what falls in the first year, is carried over, is owed or paid once."""

    def lines(_sector: Sector, appraisal: Appraisal) -> list[Block]:
        parts: list[Part] = []
        for one, first in zip(appraisal.cost.steps, _first_year(appraisal), strict=True):
            amount = {
                "in_year": one.full_year * first,
                "carry_over": one.full_year * (1 - first),
                "back_pay": one.back_pay,
                "one_off": one.one_off,
            }[share]
            words = f" × {first * 12:.2f} of 12 months" if share == "in_year" else ""
            label = f"Step of {in_full(one.effective)}: {in_pounds(one.full_year)} a year{words}"
            parts.append(
                (label if share in {"in_year", "carry_over"} else f"Step of {in_full(one.effective)}", amount)
            )
        return [("", parts)]

    return lines


def _first_year(appraisal: Appraisal) -> list[float]:
    """The share of the first settlement year for which each step runs."""
    first = appraisal.cost.years[0]
    ends = end_of(appraisal.offer)
    return [share_of_year(one.effective, (first.starts, first.ends), ends) for one in appraisal.cost.steps]


def _by_year(_sector: Sector, appraisal: Appraisal) -> list[Block]:
    parts: list[Part] = [
        (f"Settlement year from {in_full(one.starts)}", one.cost) for one in appraisal.cost.years
    ]
    return [("", parts)]


def _one_percent(sector: Sector, appraisal: Appraisal) -> list[Block]:
    working = working_of(sector, appraisal.offer)
    start, more = working.steps[0].start, working.one_percent
    parts: list[Part] = [
        (words, float((getattr(more, key) - getattr(start, key)).sum()))
        for key, words in PARTS
        if key != "cover"
    ]
    return [("", parts)]


def _grouped_by(appraisal: Appraisal) -> str:
    """By employer; by grade where there is only one employer."""
    staffed = [one for one in appraisal.cost.by_employer if one.heads]
    return "employer" if len(staffed) > 1 else "grade"


def _groups(appraisal: Appraisal) -> Sequence[GroupCost]:
    cost = appraisal.cost
    return cost.by_employer if _grouped_by(appraisal) == "employer" else cost.by_grade


_COSTS: Mapping[str, _Cost] = MappingProxyType(
    {
        "cost_full_year": _Cost(
            "Full-year cost",
            "The full-year cost is {amount}: the pay and on-costs of {staff} in a year with every step in force, "
            "less what they come to today.",
            lambda cost: cost.full_year,
            _by_element,
            "full_year",
        ),
        "cost_in_year": _Cost(
            "Cost in the first settlement year",
            "The cost in the first settlement year is {amount}: of each step’s full-year cost, the months that fall "
            "in that year, for {staff}.",
            lambda cost: cost.in_year_cost,
            _by_step("in_year"),
            "in_year",
        ),
        "cost_carry_over": _Cost(
            "Carried over to later years",
            "{amount} is carried over to later years: the full-year cost less what falls in the first settlement "
            "year, for {staff}.",
            lambda cost: cost.carry_over_cost,
            _by_step("carry_over"),
        ),
        "cost_total": _Cost(
            "Cost over the deal",
            "The cost over the whole deal is {amount}: what falls in each settlement year against no deal, with "
            "what is paid once, for {staff}.",
            lambda cost: cost.over_term,
            _by_year,
            "over_term",
        ),
        "back_pay": _Cost(
            "Back pay",
            "Back pay is {amount}: what {staff} are owed for the months between a step’s date and the day from "
            "which it is paid.",
            lambda cost: cost.back_pay,
            _by_step("back_pay"),
        ),
        "one_off": _Cost(
            "One-off payments",
            "One-off payments cost {amount}: what is paid once to {staff} and not carried into pay, with employer NI, "
            "and with employer pension where it is due on qualifying earnings; schemes on basic pay do not count it.",
            lambda cost: cost.one_off,
            _by_step("one_off"),
            "one_off",
        ),
        "cost_of_one_percent": _Cost(
            "Cost of 1 %",
            "1 % for {staff} costs {amount} a year: everyone’s rate raised by 1 %, rounded, and priced with on-costs, "
            "less today’s cost.",
            lambda cost: cost.cost_of_one_percent,
            _one_percent,
        ),
    }
)
