"""Formulas for new rates and changed terms, each kept only where it gives the engine's rates in every cell.

The engine cuts a rate off below £0.000001 between stages and rounds it to the penny at the end; a formula
does the same. Where a rule is more than a formula can say (points, differentials, minimum rates, a scale
rounded to the pound) the column holds the engine's rates as values, and its heading says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from models.offer import AppliesTo, PayRule, Settlement
from models.payscale import Rounding
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND, PPM, BoolColumn, FloatColumn

_DIGITS = {False: 5, True: 3}  # decimals of a micro that float64 holds: of a rate an hour, of a yearly rate
_SAME = 2e-7  # under half the smallest unit of a rate
RULE_PARTS = (
    "percent_ppm",
    "cash_micros",
    "at_least_cash_micros",
    "at_least_percent_ppm",
    "at_least_hourly_micros",
    "at_most_cash_micros",
    "at_most_percent_ppm",
)


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A column's formulas and what they give: templates, which one a row has, results."""

    templates: tuple[str, ...]
    which: NDArray[np.intp]
    results: FloatColumn

    def gives(self, wanted: FloatColumn) -> BoolColumn:
        """The rows in which the formulas give what the engine has."""
        return np.asarray(np.abs(self.results - wanted) <= _SAME)


@dataclass(frozen=True, slots=True, eq=False)
class Basics:
    """What rules look at, a row a cell. weeks_y: of the sector. full: the column of full-time hours."""

    is_year: BoolColumn
    full_hours_w: FloatColumn
    hours_w: FloatColumn
    weeks: FloatColumn
    weeks_y: float
    full: str = "full_hours"


def pounds(micros: int) -> float:
    """£/10⁶ as pounds."""
    return micros / MICROS_PER_POUND


def after_rule(
    rule: PayRule,
    *,
    key: str,
    start: str,
    rates: FloatColumn,
    reached: BoolColumn,
    basics: Basics,
    first: bool,
    last: bool,
) -> Rule:
    """Rates after one consolidated rule; ``start`` is the column it starts from. Only the last is cut off."""
    templates, results = [], rates
    for reach in (False, True):
        for is_year in (False, True):
            expression, after = f"{{{start}}}", rates
            if reach:
                more, rise = _rise(rule, key=key, start=start, rates=rates, basics=basics, is_year=is_year)
                expression, after = f"{expression}+{more}", rates + rise
            if last and (reach or not first):
                expression, after = cut(expression, after, is_year=is_year)
            templates.append(expression)
            results = np.where((reached == reach) & (basics.is_year == is_year), after, results)
    return Rule(tuple(templates), 2 * reached.astype(np.intp) + basics.is_year, results)


def after_floor(
    settlement: Settlement, *, key: str, start: str, rates: FloatColumn, basics: Basics, last: bool = True
) -> Rule:
    """Nothing is below the hourly floor; a yearly rate not below floor × weeks × full-time hours."""
    floor = pounds(settlement.floor_micros or 0)
    hour = f"MAX({{{start}}},{{@{key}_floor}})"
    year = f"MAX({{{start}}},{{@{key}_floor}}*{{@weeks}}*{{{basics.full}}})"
    lifted = np.maximum(rates, floor * basics.weeks_y * basics.full_hours_w)
    if last:
        year, lifted = cut(year, lifted, is_year=True)
    results = np.where(basics.is_year, lifted, np.maximum(rates, floor))
    return Rule((hour, year), basics.is_year.astype(np.intp), results)


def after_rounding(
    *, start: str, last: str, before: FloatColumn, rates: FloatColumn, on_scale: BoolColumn, rule: Rounding
) -> Rule:
    """Each rate that moved to the penny, half up, and never below what it was; on a scale by the scale's rule."""
    texts, columns = [], []
    for each in (Rounding.HALF_UP_PENNY, rule):
        text, made = rounding_of(each)
        texts.append(f"IF({{{last}}}={{{start}}},{{{start}}},MAX({{{start}}},{text.format(f'{{{last}}}')}))")
        columns.append(np.where(rates == before, before, np.maximum(before, made(rates))))
    return Rule(tuple(texts), on_scale.astype(np.intp), np.where(on_scale, columns[1], columns[0]))


def rounding_of(rule: Rounding) -> tuple[str, Callable[[FloatColumn], FloatColumn]]:
    """The formula and the calculation of a rounding rule; of one that has no formula here, to the penny."""
    return _ROUNDED.get(rule, _ROUNDED[Rounding.HALF_UP_PENNY])


def after_one_percent(
    *, start: str, rates: FloatColumn, basics: Basics, by: Rounding = Rounding.HALF_UP_PENNY
) -> Rule:
    """Everyone's rate after 1 %, rounded as an offer is."""
    text, made = rounding_of(by)
    templates, results = [], rates
    for is_year in (False, True):
        expression, after = cut(f"{{{start}}}*(1+{{@one_percent}})", rates + rates * 0.01, is_year=is_year)
        templates.append(f"MAX({{{start}}},{text.format(expression)})")
        results = np.where(basics.is_year == is_year, np.maximum(rates, made(after)), results)
    return Rule(tuple(templates), basics.is_year.astype(np.intp), results)


def shorter_week(*, key: str, start: str, rates: FloatColumn, hours: float, basics: Basics) -> Rule:
    """Hourly rates of those whose full-time week comes down, so that the week's pay is held."""
    text = f"IF({{full_hours}}>{{@{key}_weekly_hours}},ROUND(ROUND({{{start}}}*{{full_hours}}/{{@{key}_weekly_hours}},9),2),{{{start}}})"
    held = _to_penny(np.round(rates * basics.full_hours_w / hours, 9))
    results = np.where(basics.is_year | (basics.full_hours_w <= hours), rates, held)
    return Rule((text, f"{{{start}}}"), basics.is_year.astype(np.intp), results)


def shorter_units(*, key: str, start: str, units: FloatColumn, hours: float, basics: Basics) -> Rule:
    """Paid hours of those whose week comes down."""
    text = (
        f"IF({{full_hours}}>{{@{key}_weekly_hours}},{{hours}}*{{@{key}_weekly_hours}}/{{full_hours}}*{{weeks}},"
        f"{{{start}}})"
    )
    fewer = basics.hours_w * (hours / basics.full_hours_w) * basics.weeks
    results = np.where(basics.is_year | (basics.full_hours_w <= hours), units, fewer)
    return Rule((text, f"{{{start}}}"), basics.is_year.astype(np.intp), results)


def simple_rules(settlement: Settlement) -> Sequence[tuple[int, PayRule]]:
    """The consolidated rules with their places; none where a formula could not follow all that they say."""
    if settlement.moved is not AppliesTo.ACTUAL or any(_says_more(one) for one in settlement.pay):
        return ()
    return [(place, one) for place, one in enumerate(settlement.pay, 1) if not one.non_consolidated]


def _says_more(rule: PayRule) -> bool:
    """Whether a rule holds more than its scope by name and the amounts of RULE_PARTS."""
    plain = PayRule(
        scope=replace(rule.scope, pay_above_micros=None, pay_up_to_micros=None),
        non_consolidated=rule.non_consolidated,
        **{name: getattr(rule, name) for name in RULE_PARTS},
    )
    return rule != plain


def _rise(
    rule: PayRule, *, key: str, start: str, rates: FloatColumn, basics: Basics, is_year: bool
) -> tuple[str, FloatColumn]:
    """The rise as an expression and as numbers, for one kind of rate."""
    hours = basics.weeks_y * basics.full_hours_w
    parts: dict[str, tuple[str, FloatColumn]] = {}
    for name in RULE_PARTS:
        amount = getattr(rule, name)
        if amount is None or (amount == 0 and name == "cash_micros"):
            continue
        cell = f"{{@{key}_{name}}}"
        if name.endswith("_ppm"):
            parts[name] = (f"{{{start}}}*{cell}", rates * (amount / PPM))
        elif name.endswith("hourly_micros"):
            parts[name] = (
                (f"{cell}*{{@weeks}}*{{{basics.full}}}", pounds(amount) * hours)
                if is_year
                else (cell, np.full(len(rates), pounds(amount)))
            )
        else:
            parts[name] = (
                (cell, np.full(len(rates), pounds(amount)))
                if is_year
                else (f"{cell}/({{@weeks}}*{{{basics.full}}})", pounds(amount) / hours)
            )
    both = [parts[name] for name in ("percent_ppm", "cash_micros") if name in parts]
    text, rise = "+".join(one for one, _ in both), sum((one for _, one in both), np.zeros(len(rates)))
    for start_of, function, choose in (("at_least", "MAX", np.maximum), ("at_most", "MIN", np.minimum)):
        limits = [part for name, part in parts.items() if name.startswith(start_of)]
        for _, limit in limits:
            rise = choose(rise, limit)
        if limits:
            text = f"{function}({','.join([text, *(one for one, _ in limits)])})"
    return text, rise


def cut(expression: str, values: FloatColumn, *, is_year: bool) -> tuple[str, FloatColumn]:
    """Cut off below £0.000001, as a formula and as numbers."""
    digits = _DIGITS[is_year]
    return (
        f"INT(ROUND({MICROS_PER_POUND}*({expression}),{digits}))/{MICROS_PER_POUND}",
        np.floor(np.round(values * MICROS_PER_POUND, digits)) / MICROS_PER_POUND,
    )


def cut_off(made: Rule, *, key: str, is_year: BoolColumn) -> Rule:
    """The rates that a column of working amounts, which are not cut off, shows."""
    hour, by_hour = cut(f"{{{key}}}", made.results, is_year=False)
    year, by_year = cut(f"{{{key}}}", made.results, is_year=True)
    return Rule((hour, year), is_year.astype(np.intp), np.where(is_year, by_year, by_hour))


def cut_in_place(made: Rule, *, is_year: BoolColumn) -> Rule:
    """The same formulas, each cut off."""
    texts = [cut(one, made.results, is_year=year)[0] for one in made.templates for year in (False, True)]
    results = np.where(
        is_year, cut("", made.results, is_year=True)[1], cut("", made.results, is_year=False)[1]
    )
    which = np.where(made.which < 0, -1, 2 * made.which + is_year)
    return Rule(tuple(texts), which, results)


def _to_pound(rates: FloatColumn) -> FloatColumn:
    return np.asarray(np.floor(np.round(rates, 6) + 0.5))


def _up_to_pound(rates: FloatColumn) -> FloatColumn:
    return np.asarray(np.ceil(np.round(rates, 6)))


def _to_penny(rates: FloatColumn) -> FloatColumn:
    micros = np.rint(rates * MICROS_PER_POUND)
    return np.asarray(np.floor((micros + MICROS_PER_PENNY // 2) / MICROS_PER_PENNY) / 100)


_ROUNDED: Mapping[Rounding, tuple[str, Callable[[FloatColumn], FloatColumn]]] = MappingProxyType(
    {
        Rounding.HALF_UP_PENNY: ("ROUND({},2)", _to_penny),
        Rounding.HALF_UP_POUND: ("ROUND(ROUND({},6),0)", _to_pound),
        Rounding.UP_POUND: ("ROUNDUP(ROUND({},6),0)", _up_to_pound),
        Rounding.NONE: ("{}", lambda rates: rates),
    }
)
