"""An offer that moves the sector's minimum rates, as formulas: the minimum before and after, and who follows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bargain.export.book import Column
from bargain.export.collapse import Cells
from bargain.export.rates import Basics, Before, Rule, after_rule, cut, rounding_of
from bargain.money import hourly_of_year
from models.basis import Basis
from models.offer import AppliesTo, PayRule, Settlement
from models.payscale import PayScale
from models.units import MICROS_PER_POUND, BoolColumn, FloatColumn
from models.workforce import Workforce

NO_MINIMUM = -1.0


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """Actual pay after the minimum rates have moved, and the columns that it needs before it."""

    rule: Rule
    between: tuple[Column, ...]


def lows_of(force: Workforce, scale: PayScale, cells: Cells, basics: Basics) -> FloatColumn:
    """The minimum of each cell in its own basis, £: of its point, else the lowest of its grade; -1 for none."""
    by_point = {one.name: one.amount_micros for one in scale.points}
    by_grade: dict[str, int] = {}
    for one in scale.points:
        if one.grade:
            by_grade[one.grade] = min(one.amount_micros, by_grade.get(one.grade, one.amount_micros))
    points = np.array([by_point.get(name, -1) for name in force.points] + [-1], dtype=np.int64)
    grades = np.array([by_grade.get(name, -1) for name in force.grades] + [-1], dtype=np.int64)
    of_point = points[cells.of(force.point_code)]
    amounts = np.where(of_point >= 0, of_point, grades[cells.of(force.grade_code)])
    hours = basics.weeks_y * basics.full_hours_w
    if scale.basis is Basis.HOUR:
        found = np.where(basics.is_year, amounts * hours, amounts) / MICROS_PER_POUND
    else:
        hourly = hourly_of_year(amounts, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours)
        found = np.where(basics.is_year, amounts, hourly) / MICROS_PER_POUND
    return np.where(amounts >= 0, found, NO_MINIMUM)


def followed(
    settlement: Settlement,
    rules: list[tuple[int, PayRule, BoolColumn]],
    *,
    number: int,
    key: str,
    name: str,
    start: str,
    rates: FloatColumn,
    lows: FloatColumn,
    basics: Basics,
    scale: PayScale,
    last: bool = True,
) -> Followed:
    """Pay after a step that moves minimum rates. rules: consolidated ones with their place and whom they reach.

    minimum, absorbed: whoever the new minimum overtakes is lifted to it. minimum, not absorbed: everyone keeps
    the distance to the minimum. both: pay moves by the rules and is never below the new minimum. The new minimum is rounded
    by the scale's rule where it is paid as the scale gives it. last: rates are cut off below £0.000001.
    """
    known = lows != NO_MINIMUM
    between: list[Column] = []

    def chain(first: str, values: FloatColumn, what: str, tag: str) -> tuple[str, FloatColumn]:
        """The column after all rules, none of them cut off yet."""
        column, begun = first, values
        for at, (place, one, reached) in enumerate(rules):
            made = after_rule(
                one,
                key=f"s{number}_r{place}",
                start=column,
                rates=values,
                reached=reached,
                basics=basics,
                before=Before(first, begun),
                first=not at,
                last=False,
            )
            column, values = f"{tag}_{key}_{at}", made.results
            heading = f"{name}: {what} after rule {place}, not rounded"
            between.append(Column(column, heading, "rate", values, made.templates, made.which))
        return column, values

    low = f"low_{key}"
    held = np.where(known, lows, rates)
    templates = (f"{{{start}}}",)
    between.append(Column(low, f"{name}: minimum before", "rate", held, templates, np.where(known, -1, 0)))
    moved, after_low = chain(low, held, "minimum", "low")
    high = f"high_{key}"
    text, work = rounding_of(scale.rounding, scale.rounding_to)
    by_rule = f"IF({{{moved}}}={{{low}}},{{{low}}},{text.format(f'{{{moved}}}')})"
    as_given = basics.is_year == (scale.basis is Basis.YEAR)
    after_low = np.where(as_given & (after_low != held), work(after_low), after_low)
    between.append(
        Column(
            high,
            f"{name}: minimum after",
            "rate",
            after_low,
            (f"{{{moved}}}", by_rule),
            as_given.astype(np.intp),
        )
    )
    if settlement.applies_to is AppliesTo.BOTH:
        actual, after = chain(start, rates, "rate", "own")
        new = (f"{{{actual}}}", f"MAX({{{actual}}},{{{high}}})")
        values = (after, np.maximum(after, after_low))
    elif settlement.absorb:
        new = (f"{{{start}}}", f"MAX({{{start}}},{{{high}}})")
        values = (rates, np.maximum(rates, after_low))
    else:
        new = (f"{{{start}}}", f"{{{start}}}+{{{high}}}-{{{low}}}")
        values = (rates, rates + after_low - held)
    texts, results = [], rates
    for is_known in (False, True):
        for is_year in (False, True):
            text, value = new[is_known], values[is_known]
            if last:
                text, value = cut(text, value, is_year=is_year)
            texts.append(text)
            results = np.where((known == is_known) & (basics.is_year == is_year), value, results)
    return Followed(Rule(tuple(texts), 2 * known.astype(np.intp) + basics.is_year, results), tuple(between))
