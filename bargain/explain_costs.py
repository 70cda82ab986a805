"""Explain any column of a table of costs: what falls in a year, is owed, paid once or paid today, for any part.

A figure of a part is named by column and part, with a stroke between: ``cost_in_year/employer:Northshire Homes``,
``back_pay/step:2027-04-01``, ``employer_ni/element:floor``. A settlement year is ``year:2027-04-01``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from bargain.costing.timing import MONTHS, months_between, share_of_year
from bargain.explain_inputs import inputs_of
from bargain.explain_lines import PARTS, Block, Part, adding, contributors, shown_line
from bargain.explain_parts import Choice, chosen_posts, contributing, group_of, staff_in_words, weight_of
from bargain.explain_words import in_pounds, in_words, staff_of
from bargain.plain_days import in_full
from bargain.working import working_of
from models.appraisal import Appraisal
from models.costing import ElementCost, StepCost
from models.explanation import ExplainedLine, Explanation, LineKind
from models.sector import Sector
from models.units import MICROS_PER_POUND, FloatColumn
from models.working import PricedState, WorkedStep, Working

YEAR = "year"
GROUP_COLUMNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "cost_in_year": ("Cost in the first settlement year", "in_year"),
        "cost_total": ("Cost over the deal", "over_term"),
        "back_pay": ("Back pay", "back_pay"),
        "one_off": ("One-off payments", "one_off"),
        "paybill_before": ("Basic pay bill before the offer", "paybill_before"),
        "labour_before": ("Pay and on-costs before the offer", "labour_before"),
    }
)
STEP_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "level": "Rise of the pay bill",
        "full_year_to_date": "Full-year cost so far",
        "back_pay": "Back pay",
        "one_off": "One-off payments",
    }
)
ELEMENT_COLUMNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "pay": ("Pay", "£"),
        "employer_ni": ("Employer NI", "£"),
        "pension": ("Employer pension", "£"),
        "levy": ("Apprenticeship levy", "£"),
        "cover": ("Cover", "£"),
        "hours_lost": ("Hours to be covered in a year", "hours"),
        "not_replaced": ("Full-year cost with no lost hour filled", "£"),
        "replaced": ("Full-year cost with every lost hour filled", "£"),
    }
)

COLUMN_LABELS: Mapping[str, str] = MappingProxyType(
    {key: words for columns in (GROUP_COLUMNS, ELEMENT_COLUMNS) for key, (words, _) in columns.items()}
    | dict(STEP_COLUMNS)
)


def cost_figures(appraisal: Appraisal, parts: Sequence[str]) -> tuple[str, ...]:
    """Every column of every part that can be explained. parts: the figures of the parts themselves."""
    named: list[str] = []
    for part in parts:
        kind = part.partition(":")[0]
        named += [f"{column}/{part}" for column in _columns_of(kind)]
    return (*named, *(f"{YEAR}:{one.starts}" for one in appraisal.cost.years))


def _columns_of(kind: str) -> Sequence[str]:
    if kind in {"employer", "grade", "ownership", "region"}:
        return tuple(GROUP_COLUMNS)
    return tuple({"step": STEP_COLUMNS, "element": ELEMENT_COLUMNS}.get(kind, {}))


def explain_column(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation | None:
    """The explanation of one column of one part, or of a settlement year; None where the figure is not one.

    Raises UnusableInput for a group of fewer than ten staff.
    """
    if figure.startswith(f"{YEAR}:"):
        return _year(sector, appraisal, figure)
    column, stroke, part = figure.partition("/")
    kind, _, name = part.partition(":")
    if not stroke or column not in _columns_of(kind):
        return None
    if kind == "step":
        step = next((one for one in appraisal.cost.steps if str(one.effective) == name), None)
        return None if step is None else _step(sector, appraisal, figure, step)
    if kind == "element":
        element = next((one for one in appraisal.cost.elements if one.element == name), None)
        return None if element is None else _element(sector, appraisal, figure, element)
    return _group(sector, appraisal, figure, Choice(kind=kind, group=name))


@dataclass(frozen=True, slots=True, eq=False)
class _Costed:
    """One step: pounds a row in a full year, and of what is paid once."""

    step: WorkedStep
    rise: FloatColumn
    once: FloatColumn


def _costed(working: Working, chosen: FloatColumn) -> list[_Costed]:
    """Each step's pounds for the chosen posts. chosen: the share of each row's pounds that counts."""
    found = []
    for one in working.steps:
        rise = one.end.labour() - one.start.labour() + sum(stage.cover for stage in one.stages)
        once = np.zeros(len(rise)) if one.once is None else one.once.labour() - one.end.labour()
        found.append(_Costed(one, rise * chosen, once * chosen))
    return found


def _group(sector: Sector, appraisal: Appraisal, figure: str, choice: Choice) -> Explanation | None:
    """One column of one employer's, grade's, kind of owner's or region's row."""
    found = group_of(appraisal, choice)
    if found is None:
        return None
    column = figure.partition("/")[0]
    words, field = GROUP_COLUMNS[column]
    working = working_of(sector, appraisal.offer)
    posts = chosen_posts(working, choice)
    weight = weight_of(found, choice)
    chosen = posts / weight
    parts, per_post = _parts_of(working, appraisal, column, chosen)
    value = getattr(found, field) / weight
    label = f"{words}, {choice.group}"
    by, groups = contributing(working, per_post, posts, choice)
    return Explanation(
        figure=figure,
        label=label,
        value=value,
        unit="£",
        sentence=f"{label}: {in_pounds(value)}, for {staff_in_words(found.people)} staff. {_MEANT[column]}",
        lines=adding([("", parts)], label),
        inputs=inputs_of(sector, appraisal, on_costs=column != "paybill_before"),
        contributors_by=by,
        contributors=contributors(groups),
    )


_MEANT: Mapping[str, str] = MappingProxyType(
    {
        "cost_in_year": "Of each step’s full-year cost, the months that fall in the first settlement year.",
        "cost_total": "Of each step’s full-year cost, the months until the deal ends, and what is paid once.",
        "back_pay": "Of each step’s full-year cost, the months between its date and the day from which it is paid.",
        "one_off": "What is paid once, with its on-costs.",
        "paybill_before": "Basic pay of a year as it is today, without on-costs.",
        "labour_before": "Pay and on-costs of a year as they are today.",
    }
)


def _parts_of(
    working: Working, appraisal: Appraisal, column: str, chosen: FloatColumn
) -> tuple[list[Part], FloatColumn]:
    """The steps of a column for the chosen posts, and pounds a row."""
    start = working.steps[0].start
    if column == "paybill_before":
        basic = basic_pay(working, start) * chosen
        return [("Basic pay: rate × paid time × staff", float(basic.sum()))], basic
    if column == "labour_before":
        columns = {words: getattr(start, key) * chosen for key, words in PARTS if key != "cover"}
        return (
            [(words, float(one.sum())) for words, one in columns.items()],
            np.asarray(sum(columns.values())),
        )
    costed = _costed(working, chosen)
    share = _share_of(working, appraisal, column)
    parts: list[Part] = []
    per_post = np.zeros(len(chosen))
    for one in costed:
        day = one.step.settlement.effective
        if column != "one_off":
            months = share(one.step)
            parts.append((_months(day, float(one.rise.sum()), months), months * float(one.rise.sum())))
            per_post += one.rise * months
        if column in {"one_off", "cost_total"} and one.step.once is not None:
            parts.append((f"Step of {in_full(day)}: paid once", float(one.once.sum())))
            per_post += one.once
    return parts, per_post


def _share_of(working: Working, appraisal: Appraisal, column: str) -> Callable[[WorkedStep], float]:
    """The share of a step's full-year cost that belongs in a column."""
    first = appraisal.cost.years[0]

    def share(step: WorkedStep) -> float:
        one = step.settlement
        if column == "cost_in_year":
            return share_of_year(one.effective, (first.starts, first.ends), working.ends)
        until = working.ends if column == "cost_total" else one.paid_from or one.effective
        return months_between(one.effective, until) / MONTHS

    return share


def _months(day: date, full_year: float, share: float) -> str:
    return f"Step of {in_full(day)}: {in_pounds(full_year)} a year × {share * MONTHS:.2f} of {MONTHS} months"


def _year(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation | None:
    """What falls in one settlement year."""
    found = next((one for one in appraisal.cost.years if figure == f"{YEAR}:{one.starts}"), None)
    if found is None:
        return None
    working = working_of(sector, appraisal.offer)
    window = found.starts, found.ends
    costed = _costed(working, np.ones(len(working.workforce)))
    parts: list[Part] = []
    per_post = np.zeros(len(working.workforce))
    for one in costed:
        day = one.step.settlement.effective
        share = share_of_year(day, window, working.ends)
        parts.append((_months(day, float(one.rise.sum()), share), share * float(one.rise.sum())))
        per_post += one.rise * share
        if one.step.once is not None and window[0] <= day < window[1]:
            parts.append((f"Step of {in_full(day)}: paid once", float(one.once.sum())))
            per_post += one.once
    posts = np.ones(len(per_post), dtype=bool)
    by, groups = contributing(working, per_post, posts, Choice())
    label = f"Cost in the settlement year from {in_full(found.starts)}"
    return Explanation(
        figure=figure,
        label=label,
        value=found.cost,
        unit="£",
        sentence=f"{label} is {in_pounds(found.cost)}: of each step’s full-year cost, the months that fall in it, and "
        f"what is paid once in it, for {staff_of(appraisal)}, against no deal.",
        lines=adding([("", parts)], label),
        inputs=inputs_of(sector, appraisal, on_costs=True),
        contributors_by=by,
        contributors=contributors(groups),
    )


def _step(sector: Sector, appraisal: Appraisal, figure: str, step: StepCost) -> Explanation:
    """One column of one step's row."""
    column = figure.partition("/")[0]
    label = f"{STEP_COLUMNS[column]}, step of {in_full(step.effective)}"
    working = working_of(sector, appraisal.offer)
    at = next(k for k, one in enumerate(working.steps) if one.settlement.effective == step.effective)
    value, unit = getattr(step, column), "share" if column == "level" else "£"
    costed = _costed(working, np.ones(len(working.workforce)))
    lines: tuple[ExplainedLine, ...]
    if column == "level":
        worked = working.steps[at]
        before, after = (float(basic_pay(working, one).sum()) for one in (worked.start, worked.end))
        parts: list[Part] = [("Pay bill before the step", before), ("Rise in the step", after - before)]
        lines = (*adding([("", parts)], "Pay bill after the step"), shown_line(label, value, unit))
    elif column == "full_year_to_date":
        parts = [
            (f"Step of {in_full(one.step.settlement.effective)}", float(one.rise.sum()))
            for one in costed[: at + 1]
        ]
        lines = adding([("", parts)], label)
    elif column == "back_pay":
        owed = months_between(step.effective, step.paid_from) / MONTHS
        parts = [(_months(step.effective, step.full_year, owed), step.full_year * owed)]
        lines = adding([("", parts)], label)
    else:
        lines = adding([("", _once_parts(working.steps[at]))], label)
    return Explanation(
        figure=figure,
        label=label,
        value=value,
        unit=unit,
        sentence=f"{label}: {in_words(value, unit)}, for {staff_of(appraisal)}.",
        lines=lines,
        inputs=inputs_of(sector, appraisal, on_costs=column != "level"),
    )


def _once_parts(step: WorkedStep) -> list[Part]:
    """What is paid once, by what it is spent on."""
    once, end = step.once, step.end
    if once is None:
        return [("Nothing is paid once in this step", 0.0)]
    return [
        (words, float((getattr(once, key) - getattr(end, key)).sum()))
        for key, words in PARTS
        if key != "cover"
    ]


def _element(sector: Sector, appraisal: Appraisal, figure: str, element: ElementCost) -> Explanation:
    """One column of one element's row, by step."""
    column = figure.partition("/")[0]
    words, unit = ELEMENT_COLUMNS[column]
    label = f"{words} of “{element.element}”"
    is_known = element.known or (element.lacks_cover and column != "cover")
    value = getattr(element, column) if is_known else None
    sentence = (
        f"{label} is not known: {element.why}."
        if value is None
        else f"{label}: {in_words(value, unit)} a year, for {staff_of(appraisal)}."
    )
    inputs = inputs_of(sector, appraisal, on_costs=True)
    if value is None:
        return Explanation(figure, label, None, unit, sentence, (shown_line(label, None, unit),), inputs)
    if column in {"not_replaced", "replaced"}:
        parts: list[Part] = [
            (name, getattr(element, key)) for key, name in PARTS if key != "cover" and getattr(element, key)
        ]
        if column == "replaced":
            parts.append(("cover of every lost hour", element.cover_in_full))
        return Explanation(figure, label, value, unit, sentence, adding([("", parts)], label), inputs)
    working = working_of(sector, appraisal.offer)
    blocks, per_post = _by_step(working, element.element, column)
    by, groups = contributing(working, per_post, np.ones(len(per_post), dtype=bool), Choice())
    if unit != "£":  # without a share of hours filled the working has no hours by step
        by_step = working.cover_share is not None
        lines = tuple(
            shown_line(name, amount, unit) for _, block in blocks for name, amount in block if by_step
        )
        total = ExplainedLine(label, value, value, unit, LineKind.SHOWN)
        return Explanation(figure, label, value, unit, sentence, (*lines, total), inputs)
    return Explanation(
        figure, label, value, unit, sentence, adding(blocks, label), inputs, by, contributors(groups)
    )


def _by_step(working: Working, element: str, column: str) -> tuple[list[Block], FloatColumn]:
    """What an element adds in each step, and for each row."""
    parts: list[Part] = []
    per_post = np.zeros(len(working.workforce))
    for step in working.steps:
        last = step.start
        for stage in step.stages:
            if stage.element == element:
                if column == "hours_lost":
                    added = stage.cover_hours * working.workforce.heads
                elif column == "cover":
                    added = stage.cover
                else:
                    added = getattr(stage, column) - getattr(last, column)
                parts.append((f"Step of {in_full(step.settlement.effective)}", float(added.sum())))
                per_post += added
            last = stage
    return [("", parts)], per_post


def basic_pay(working: Working, state: PricedState) -> FloatColumn:
    """Basic pay alone, £ a year, a row a post."""
    heads = working.workforce.heads
    return np.asarray(state.rate_micros * (state.units_y / MICROS_PER_POUND) * heads)
