"""Cells that move with a point of the scale: rules work on the scale's own amount, not on the rate that is paid.

Pay by the hour on a yearly scale follows the year's amount and is taken back to the hour, to the penny; a scale
that carries unrounded amounts starts the next rise from them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bargain.export.book import Column
from bargain.export.collapse import Cells
from bargain.export.rates import Basics, Rule, cut, cut_off, rounding_of
from bargain.offers.minimum_rates import working_rates
from bargain.offers.pay_rules import PICOS_PER_MICRO
from bargain.offers.scale import new_scale
from models.offer import AppliesTo
from models.payscale import PayScale
from models.units import MICROS_PER_POUND, BoolColumn, FloatColumn
from models.working import WorkedStep, Working

_SAME = 2e-7  # under half the smallest unit of a rate
_CUT = 2e-6  # what the engine carries is finer than what a stage shows


@dataclass(frozen=True, slots=True, eq=False)
class OnScale:
    """What rules start from in one step. start: pounds in the working basis; moved: rows where it is not the rate.

    by_year: paid by the hour and worked out on the scale's year. basics: with the hours of the scale there.
    """

    number: int
    scale: PayScale
    start: FloatColumn
    moved: BoolColumn
    by_year: BoolColumn
    basics: Basics

    @property
    def first(self) -> str:
        """The key of the column that rules start from."""
        return f"work_{self.number}_0"

    def shown(self, key: str, made: Rule) -> Rule:
        """The rate that a working column comes to, in each cell's own basis, cut off."""
        is_year = self.basics.is_year
        whole = cut_off(made, key=key, is_year=is_year)
        hour = f"ROUND({whole.templates[1]}/({{@weeks}}*{{@scale_hours}}),2)"
        results = np.where(self.by_year, self._hourly(whole.results), whole.results)
        return Rule((*whole.templates, hour), np.where(self.by_year, 2, whole.which), results)

    def rounded(self, *, key: str, values: FloatColumn, rate: str, before: FloatColumn) -> Rule:
        """The rate after rounding by the scale's rule, for those who start from a point's amount; others as they are."""
        text, work = rounding_of(self.scale.rounding, self.scale.rounding_to)
        whole, cut_values = cut(f"{{{key}}}", values, is_year=True)
        year = text.format(whole)
        hour = f"ROUND({year}/({{@weeks}}*{{@scale_hours}}),2)"
        texts = tuple(
            f"IF({{{key}}}={{{self.first}}},{{{rate}}},MAX({{{rate}}},{one}))" for one in (year, hour)
        )
        amounts = work(cut_values)
        after = np.where(self.by_year, self._hourly(amounts), amounts)
        results = np.where(values == self.start, before, np.maximum(before, after))
        return Rule(texts, self.by_year.astype(np.intp), results)

    def one_percent(self, *, rate: str, before: FloatColumn) -> Rule:
        """The rate after 1 % for those who start from a point's amount."""
        text, work = rounding_of(self.scale.rounding, self.scale.rounding_to)
        expression, after = cut(f"{{{self.first}}}*(1+{{@one_percent}})", self.start * 1.01, is_year=True)
        year = text.format(expression)
        texts = tuple(
            f"MAX({{{rate}}},{one})" for one in (year, f"ROUND({year}/({{@weeks}}*{{@scale_hours}}),2)")
        )
        amounts = work(after)
        results = np.maximum(before, np.where(self.by_year, self._hourly(amounts), amounts))
        return Rule(texts, self.by_year.astype(np.intp), results)

    def carried(self, key: str, values: FloatColumn) -> tuple[str, FloatColumn]:
        """What the next step starts from: the last amount, or what it was rounded to."""
        if self.scale.carry_unrounded:
            return f"{{{key}}}", values
        text, work = rounding_of(self.scale.rounding, self.scale.rounding_to)
        formula = f"IF({{{key}}}={{{self.first}}},{{{self.first}}},{text.format(f'{{{key}}}')})"
        return formula, np.where(values == self.start, values, work(values))

    def start_column(self, rate: str, earlier: tuple[str, FloatColumn] | None) -> Column:
        """The column that rules start from: the rate, what the step before came to, or the scale's own amount."""
        texts, which = [f"{{{rate}}}"], np.where(self.moved, -1, 0)
        if earlier is not None:
            texts.append(earlier[0])
            near = _CUT if self.scale.carry_unrounded else _SAME
            which = np.where(self.moved & (np.abs(earlier[1] - self.start) <= near), 1, which)
        heading = "amount on the scale, or rate, that the rules start from"
        return Column(self.first, heading, "rate", self.start, tuple(texts), which)

    def hours_column(self) -> Column:
        """The full-time hours that the rules count with."""
        texts = ("{full_hours}", "{@scale_hours}")
        values, which = self.basics.full_hours_w, self.by_year.astype(np.intp)
        return Column(
            self.basics.full, "full-time hours that the rules count with", "number", values, texts, which
        )

    def _hourly(self, amounts: FloatColumn) -> FloatColumn:
        hours = self.basics.weeks_y * self.scale.weekly_hours
        return np.asarray(np.floor(np.round(amounts / hours * 100, 7) + 0.5) / 100)


def scales_of(scale: PayScale | None, working: Working) -> list[PayScale | None]:
    """The scale as each step finds it."""
    first, found = scale, [scale]
    for step in working.steps[:-1]:
        scale = None if scale is None else new_scale(scale, step.settlement, first)
        found.append(scale)
    return found


def on_scale(
    number: int, step: WorkedStep, scale: PayScale | None, *, working: Working, cells: Cells, basics: Basics
) -> OnScale | None:
    """Where the rules of a step start from the scale; None where they start from what is paid.

    None too where more happens than rules say: minimum rates, a new spine.
    """
    settlement = step.settlement
    if scale is None or settlement.moved is not AppliesTo.ACTUAL or settlement.spine is not None:
        return None
    force = replace(working.workforce, rate_micros=step.start.rate_micros)
    rates, converted = working_rates(force, scale, basics.weeks_y)
    start = cells.of(np.asarray(rates.amounts, dtype=np.int64)) / (PICOS_PER_MICRO * MICROS_PER_POUND)
    by_year = np.zeros(len(start), dtype=bool) if converted is None else cells.of(converted)
    moved = by_year | (np.abs(start - cells.of(step.start.rate_micros) / MICROS_PER_POUND) > _SAME)
    if not moved.any():
        return None
    if abs(scale.weeks_y - basics.weeks_y) > 1e-9 and by_year.any():
        return None  # the scale divides by weeks of its own, for which the workbook has no cell
    changed = replace(
        basics,
        is_year=basics.is_year | by_year,
        full_hours_w=np.where(by_year, scale.weekly_hours, basics.full_hours_w),
        full=f"rule_hours_{number}" if by_year.any() else basics.full,
    )
    return OnScale(number, scale, start, moved, by_year, changed)
