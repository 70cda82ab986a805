"""Formulas for new rates and changed terms, each kept only where it gives the engine's rates in every cell.

The engine cuts a rate off below £0.000001 between stages and rounds it to the penny at the end; a formula
does the same. Where a rule is more than a formula can say (points, differentials, minimum rates, a scale
rounded to the pound) the column holds the engine's rates as values, and its heading says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
    "at_most_hourly_micros",
)
LIMITS = ("percent_of_first_micros", "pay_above_micros", "pay_up_to_micros")
TAPER = ("from_pay_micros", "to_pay_micros", "to_percent_ppm", "to_cash_micros")


def said_of(rule: PayRule, name: str) -> int | None:
    """What a rule says under one of RULE_PARTS, LIMITS or TAPER, in the engine's units; None where it says nothing."""
    if name in TAPER:
        return None if rule.taper is None else getattr(rule.taper, name)
    held = rule.scope if name.startswith("pay_") else rule
    found: int | None = getattr(held, name)
    return found


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
    """What rules look at, a row a cell. weeks_y: of the sector. full: the column of full-time hours.

    fte: the share of a full-time year that is paid.
    """

    is_year: BoolColumn
    full_hours_w: FloatColumn
    hours_w: FloatColumn
    weeks: FloatColumn
    weeks_y: float
    full: str = "full_hours"
    fte: FloatColumn | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """The column of rates with which a step begins, and its numbers: limits of pay are read against it."""

    key: str
    rates: FloatColumn


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
    before: Before,
    first: bool,
    last: bool,
) -> Rule:
    """Rates after one consolidated rule; ``start`` is the column it starts from. Only the last is cut off."""
    templates, results = [], rates
    for reach in (False, True):
        for is_year in (False, True):
            expression, after = f"{{{start}}}", rates
            if reach:
                more, rise = rise_of(
                    rule, key=key, start=start, rates=rates, basics=basics, before=before, is_year=is_year
                )
                expression, after = f"{expression}+{more}", rates + rise
            if last and (reach or not first):
                expression, after = cut(expression, after, is_year=is_year)
            templates.append(expression)
            results = np.where((reached == reach) & (basics.is_year == is_year), after, results)
    return Rule(tuple(templates), 2 * reached.astype(np.intp) + basics.is_year, results)


def after_floor(
    settlement: Settlement, *, key: str, start: str, rates: FloatColumn, basics: Basics, last: bool = True
) -> Rule:
    """Nothing is below the hourly floor, nor a full-time year below the yearly one; each in the row's own basis."""
    spread = f"({{@weeks}}*{{{basics.full}}})"
    hours = basics.weeks_y * basics.full_hours_w
    texts, columns = [f"{{{start}}}", f"{{{start}}}"], [rates, rates]
    if settlement.floor_micros is not None:
        floor, cell = pounds(settlement.floor_micros), f"{{@{key}_floor}}"
        texts = [f"MAX({texts[0]},{cell})", f"MAX({texts[1]},{cell}*{spread})"]
        columns = [np.maximum(columns[0], floor), np.maximum(columns[1], floor * hours)]
    if settlement.floor_annual_micros is not None:
        floor, cell = pounds(settlement.floor_annual_micros), f"{{@{key}_floor_annual}}"
        texts = [f"MAX({texts[0]},{cell}/{spread})", f"MAX({texts[1]},{cell})"]
        columns = [np.maximum(columns[0], floor / hours), np.maximum(columns[1], floor)]
    if last:
        for at, is_year in enumerate((False, True)):
            if is_year or settlement.floor_annual_micros is not None:
                texts[at], columns[at] = cut(texts[at], columns[at], is_year=is_year)
    results = np.where(basics.is_year, columns[1], columns[0])
    return Rule(tuple(texts), basics.is_year.astype(np.intp), results)


def after_rounding(
    *,
    start: str,
    last: str,
    before: FloatColumn,
    rates: FloatColumn,
    on_scale: BoolColumn,
    rule: Rounding,
    to: int = 1,
) -> Rule:
    """Each rate that moved to the penny, half up, and never below what it was; on a scale by the scale's rule."""
    texts, columns = [], []
    for text, made in (rounding_of(Rounding.HALF_UP_PENNY), rounding_of(rule, to)):
        texts.append(f"IF({{{last}}}={{{start}}},{{{start}}},MAX({{{start}}},{text.format(f'{{{last}}}')}))")
        columns.append(np.where(rates == before, before, np.maximum(before, made(rates))))
    return Rule(tuple(texts), on_scale.astype(np.intp), np.where(on_scale, columns[1], columns[0]))


def rounding_of(rule: Rounding, to: int = 1) -> tuple[str, Callable[[FloatColumn], FloatColumn]]:
    """The formula and the calculation of a rounding rule, to so many pounds or pence."""
    if rule is Rounding.NONE or (to == 1 and rule in _ROUNDED):
        return _ROUNDED[rule]
    unit = to if str(rule).endswith("pound") else to / 100
    text, whole = _WAYS[str(rule).rpartition("-")[0]]
    inner = f"ROUND(({{0}})/{unit:g},7)"
    return (
        f"{text.replace('{0}', inner)}*{unit:g}",
        lambda rates: np.asarray(whole(np.round(rates / unit, 7)) * unit),
    )


def after_one_percent(
    *, start: str, rates: FloatColumn, basics: Basics, by: Rounding = Rounding.HALF_UP_PENNY, to: int = 1
) -> Rule:
    """Everyone's rate after 1 %, rounded as an offer is."""
    text, made = rounding_of(by, to)
    templates, results = [], rates
    for is_year in (False, True):
        expression, after = cut(f"{{{start}}}*(1+{{@one_percent}})", rates + rates * 0.01, is_year=is_year)
        templates.append(f"MAX({{{start}}},{text.format(expression)})")
        results = np.where(basics.is_year == is_year, np.maximum(rates, made(after)), results)
    return Rule(tuple(templates), basics.is_year.astype(np.intp), results)


def shorter_week(*, key: str, start: str, rates: FloatColumn, hours: float, basics: Basics) -> Rule:
    """Hourly rates of those whose full-time week comes down, so that the week's pay is held."""
    full, new = f"{{{basics.full}}}", f"{{@{key}_weekly_hours}}"
    text = f"IF({full}>{new},ROUND(ROUND({{{start}}}*{full}/{new},9),2),{{{start}}})"
    held = _to_penny(np.round(rates * basics.full_hours_w / hours, 9))
    results = np.where(basics.is_year | (basics.full_hours_w <= hours), rates, held)
    return Rule((text, f"{{{start}}}"), basics.is_year.astype(np.intp), results)


def shorter_units(*, key: str, start: str, units: FloatColumn, hours: float, basics: Basics) -> Rule:
    """Paid hours of those whose week comes down."""
    full, new = f"{{{basics.full}}}", f"{{@{key}_weekly_hours}}"
    text = f"IF({full}>{new},{{{start}}}*{new}/{full},{{{start}}})"
    fewer = units * (hours / basics.full_hours_w)
    results = np.where(basics.is_year | (basics.full_hours_w <= hours), units, fewer)
    return Rule((text, f"{{{start}}}"), basics.is_year.astype(np.intp), results)


def simple_rules(settlement: Settlement) -> Sequence[tuple[int, PayRule]]:
    """The consolidated rules with their places; none where a formula could not follow all that they say."""
    if settlement.moved is not AppliesTo.ACTUAL or any(_says_more(one) for one in settlement.pay):
        return ()
    return [(place, one) for place, one in enumerate(settlement.pay, 1) if not one.non_consolidated]


def _says_more(rule: PayRule) -> bool:
    """Whether a rule holds more than a formula follows: a taper from point to point of the scale."""
    return rule.index is not None or (rule.taper is not None and bool(rule.taper.from_point))


def rise_of(
    rule: PayRule,
    *,
    key: str,
    start: str,
    rates: FloatColumn,
    basics: Basics,
    before: Before,
    is_year: bool,
) -> tuple[str, FloatColumn]:
    """The rise as an expression and as numbers, for one kind of rate."""
    amounts = _Amounts(rule, key, basics, before, is_year)
    text, rise = _plain(amounts, start, rates, ("percent_ppm", "cash_micros"))
    if rule.taper is not None and not rule.taper.from_point:
        far = _plain(amounts, start, rates, ("to_percent_ppm", "to_cash_micros"))
        along, share = _along(amounts)
        text, rise = f"{text}+({far[0]}-({text}))*{along}", rise + (far[1] - rise) * share
    for start_of, function, choose in (("at_least", "MAX", np.maximum), ("at_most", "MIN", np.minimum)):
        texts = [text]
        for name in RULE_PARTS:
            if name.startswith(start_of) and said_of(rule, name) is not None:
                more, limit = _part(amounts, name, start, rates)
                texts.append(more)
                rise = choose(rise, limit)
        if len(texts) > 1:
            text = f"{function}({','.join(texts)})"
    return _reaching(amounts, text, rise)


@dataclass(frozen=True, slots=True, eq=False)
class _Amounts:
    """The cells of a rule's amounts, in the basis of one kind of rate."""

    rule: PayRule
    key: str
    basics: Basics
    before: Before
    is_year: bool

    @property
    def spread(self) -> str:
        return f"({{@weeks}}*{{{self.basics.full}}})"

    @property
    def hours(self) -> FloatColumn:
        return self.basics.weeks_y * self.basics.full_hours_w

    def share(self, name: str) -> tuple[str, float]:
        return f"{{@{self.key}_{name}}}", (said_of(self.rule, name) or 0) / PPM

    def of_hour(self, name: str) -> tuple[str, FloatColumn]:
        cell, amount = f"{{@{self.key}_{name}}}", pounds(said_of(self.rule, name) or 0)
        if self.is_year:
            return f"{cell}*{self.spread}", amount * self.hours
        return cell, np.full(len(self.hours), amount)

    def of_year(self, name: str) -> tuple[str, FloatColumn]:
        cell, amount = f"{{@{self.key}_{name}}}", pounds(said_of(self.rule, name) or 0)
        if self.is_year:
            return cell, np.full(len(self.hours), amount)
        return f"{cell}/{self.spread}", amount / self.hours

    def cash(self, name: str) -> tuple[str, FloatColumn]:
        """Pro rata, or for each person whatever the hours: over the person's own paid time."""
        basics = self.basics
        if self.rule.pro_rata:
            return self.of_year(name)
        cell, amount = f"{{@{self.key}_{name}}}", pounds(said_of(self.rule, name) or 0)
        if not self.is_year:
            paid = basics.hours_w * basics.weeks
            return f"{cell}/({{hours}}*{{weeks}})", amount / np.maximum(paid, 1e-9)
        fte = np.ones(len(basics.hours_w)) if basics.fte is None else basics.fte
        return f"{cell}/{{fte}}", amount / np.maximum(fte, 1e-9)


def _part(amounts: _Amounts, name: str, start: str, rates: FloatColumn) -> tuple[str, FloatColumn]:
    """One amount of a rule as a rise."""
    if name.endswith("_ppm"):
        cell, share = amounts.share(name)
        return f"{{{start}}}*{cell}", rates * share
    return amounts.of_hour(name) if name.endswith("hourly_micros") else amounts.cash(name)


def _plain(
    amounts: _Amounts, start: str, rates: FloatColumn, names: tuple[str, str]
) -> tuple[str, FloatColumn]:
    """Percent plus cash; the percentage of no more pay than the rule counts it on. names: of the two."""
    percent, cash = names
    counted, held = f"{{{start}}}", rates
    if amounts.rule.percent_of_first_micros is not None:
        first, most = amounts.of_year("percent_of_first_micros")
        counted, held = f"MIN({counted},{first})", np.minimum(rates, most)
    cell, share = amounts.share(percent)
    text, rise = f"{counted}*{cell}", held * share
    if said_of(amounts.rule, cash):
        more, flat = amounts.cash(cash)
        text, rise = f"{text}+{more}", rise + flat
    return text, rise


def _along(amounts: _Amounts) -> tuple[str, FloatColumn]:
    """How far pay before the step is from one end of a taper to the other, in whole pence of a full-time year."""
    low, high = (pounds(said_of(amounts.rule, name) or 0) for name in TAPER[:2])
    first, last = (f"{{@{amounts.key}_{name}}}" for name in TAPER[:2])
    yearly, pay = f"{{{amounts.before.key}}}", amounts.before.rates
    if not amounts.is_year:
        yearly, pay = f"{yearly}*{amounts.spread}", pay * amounts.hours
    text = f"MIN(MAX(INT(ROUND({yearly}*100,4))/100-{first},0),{last}-{first})/({last}-{first})"
    share = np.clip(np.floor(np.round(pay * 100, 4)) / 100 - low, 0.0, high - low) / (high - low)
    return text, np.asarray(share)


def _reaching(amounts: _Amounts, text: str, rise: FloatColumn) -> tuple[str, FloatColumn]:
    """Only for pay before the step within the limits of the rule's scope."""
    before = amounts.before
    tests, inside = [], np.ones(len(rise), dtype=bool)
    for name, sign in (("pay_above_micros", ">"), ("pay_up_to_micros", "<=")):
        if said_of(amounts.rule, name) is not None:
            cell, limit = amounts.of_year(name)
            tests.append(f"ROUND({{{before.key}}},9){sign}ROUND({cell},9)")
            held, bound = np.round(before.rates, 9), np.round(limit, 9)
            inside &= held > bound if sign == ">" else held <= bound
    if not tests:
        return text, rise
    test = tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"
    return f"IF({test},{text},0)", np.where(inside, rise, 0.0)


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


def _half_even(units: FloatColumn) -> FloatColumn:
    return np.asarray(np.rint(units))


def _half_up(units: FloatColumn) -> FloatColumn:
    return np.asarray(np.floor(units + 0.5))


_WAYS: Mapping[str, tuple[str, Callable[[FloatColumn], FloatColumn]]] = MappingProxyType(
    {
        "half-up": ("ROUND({0},0)", _half_up),
        "up": ("ROUNDUP({0},0)", np.ceil),
        "down": ("ROUNDDOWN({0},0)", np.floor),
        "half-even": ("IF(ABS({0}-INT({0})-0.5)<0.0000001,2*ROUND({0}/2,0),ROUND({0},0))", _half_even),
    }
)
_ROUNDED: Mapping[Rounding, tuple[str, Callable[[FloatColumn], FloatColumn]]] = MappingProxyType(
    {
        Rounding.HALF_UP_PENNY: ("ROUND({},2)", _to_penny),
        Rounding.HALF_UP_POUND: ("ROUND(ROUND({},6),0)", _to_pound),
        Rounding.UP_POUND: ("ROUNDUP(ROUND({},6),0)", _up_to_pound),
        Rounding.NONE: ("{}", lambda rates: rates),
    }
)
