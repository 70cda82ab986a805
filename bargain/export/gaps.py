"""Differentials as formulas: the rate that each stands on, an employer a row, and who is lifted above it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bargain.export.book import Column
from bargain.export.rates import Basics, Rule, cut, pounds
from bargain.offers.differentials import lowest_first
from models.offer import Differential, On, Settlement, Within
from models.units import PPM, FloatColumn

_FUNCTIONS = {On.HIGHEST: "_xlfn.MAXIFS", On.MEDIAN: "_xlfn.MINIFS", On.LOWEST: "_xlfn.MINIFS"}
_WITHIN = {Within.EMPLOYER: "at the employer", Within.SECTOR: "in the sector"}
_ALIKE = 9  # decimals of an hourly rate: rates that two sums give are one rate to here
_NEARLY = 1 - 1e-12  # half of heads that no float holds exactly
_MOST_COUNTED = 20_000_000  # comparisons that a spreadsheet makes in seconds


@dataclass(frozen=True, slots=True, eq=False)
class Stood:
    """A column of the sheet of employers: the hourly rate on which a differential stands there, or nought."""

    key: str
    heading: str
    values: FloatColumn
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Lifted:
    """The last differential's rule, with the columns that it needs before it and at each employer."""

    rule: Rule
    between: tuple[Column, ...]
    stood: tuple[Stood, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where each cell belongs, and the grades by name. n_employers: rows of their sheet."""

    employer: NDArray[np.integer]
    grade: NDArray[np.integer]
    grades: tuple[str, ...]
    n_employers: int


def after_differentials(
    settlement: Settlement,
    *,
    number: int,
    key: str,
    name: str,
    start: str,
    rates: FloatColumn,
    places: Places,
    heads: FloatColumn,
    basics: Basics,
) -> Lifted | None:
    """Rates after all differentials of a step, lowest grade first; None where a median has too many cells to count.

    ``start`` is the column they start from; only the last is cut off below £0.000001, as the engine does.
    """
    ordered = lowest_first(settlement.differentials)
    counted = len(heads) * max(
        (int((places.grade == places.grades.index(one.over)).sum()) for one in ordered), default=0
    )
    if not ordered or (counted > _MOST_COUNTED and any(one.on is On.MEDIAN for one in ordered)):
        return None
    between: list[Column] = []
    stood: list[Stood] = []
    made: Rule | None = None
    for at, one in enumerate(ordered):
        if made is not None:
            start, rates = f"rate_{key}_{at}", made.results
            heading = f"{name}: rate after differential {at}, not rounded"
            between.append(Column(start, heading, "rate", rates, made.templates, made.which))
        hourly = start
        if basics.is_year.any():
            hourly = f"hourly_{key}_{at}"
            between.append(
                _hourly_column(
                    hourly, f"{name}: £ an hour before differential {at + 1}", start, rates, basics
                )
            )
        by_hour, half = _hourly(rates, basics), None
        if one.on is On.MEDIAN:
            half = _half_column(
                one, f"half_{key}_{at}", hourly=hourly, rates=by_hour, heads=heads, places=places
            )
            between.append(replace(half, heading=f"{name}: {half.heading}"))
        found = _stood(one, f"stood_{key}_{at}", hourly=hourly, rates=by_hour, places=places, half=half)
        stood.append(found)
        anchor = f"s{number}_d{settlement.differentials.index(one) + 1}"
        made = _lifted(
            one,
            found,
            anchor=anchor,
            start=start,
            rates=rates,
            places=places,
            basics=basics,
            is_last=at == len(ordered) - 1,
        )
    return None if made is None else Lifted(made, tuple(between), tuple(stood))


def _hourly(rates: FloatColumn, basics: Basics) -> FloatColumn:
    return np.where(basics.is_year, rates / (basics.weeks_y * basics.full_hours_w), rates)


def _hourly_column(key: str, heading: str, start: str, rates: FloatColumn, basics: Basics) -> Column:
    templates = (f"{{{start}}}", f"{{{start}}}/({{@weeks}}*{{{basics.full}}})")
    return Column(key, heading, "rate", _hourly(rates, basics), templates, basics.is_year.astype(np.intp))


def _half_column(
    one: Differential, key: str, *, hourly: str, rates: FloatColumn, heads: FloatColumn, places: Places
) -> Column:
    """Cells of the other grade with at least half of its staff at their rate or below: the median is the lowest of them."""
    over = places.grades.index(one.over)
    inside, within = f"({{cells.grade_no}}={over + 1})", f"{{cells.grade_no}},{over + 1}"
    groups = np.zeros_like(places.employer)
    if one.within is Within.EMPLOYER:
        groups = places.employer
        inside += "*({cells.employer_no}={employer_no})"
        within += ",{cells.employer_no},{employer_no}"
    chosen = places.grade == over
    values = np.zeros(len(rates))
    rates = np.round(rates, _ALIKE)
    for group in np.unique(groups[chosen]):
        rows = np.flatnonzero(chosen & (groups == group))
        order = rows[np.argsort(rates[rows], kind="stable")]
        reached = np.cumsum(heads[order])
        last = np.searchsorted(rates[order], rates[order], side="right") - 1  # all who are paid the same
        values[order] = 2 * reached[last] >= reached[-1] * _NEARLY
    text = (
        f"IF(2*SUMPRODUCT({inside}*(ROUND({{cells.{hourly}}},{_ALIKE})<=ROUND({{{hourly}}},{_ALIKE}))*{{cells.heads}})"
        f">=SUMIFS({{cells.heads}},{within})*{_NEARLY!r},1,0)"
    )
    heading = f"whether half of {one.over} {_WITHIN[one.within]} is paid this or less (1 yes)"
    return Column(key, heading, "whole", values, (text,), np.where(chosen, 0, -1))


def _stood(
    one: Differential,
    key: str,
    *,
    hourly: str,
    rates: FloatColumn,
    places: Places,
    half: Column | None = None,
) -> Stood:
    """The highest, median or lowest hourly rate of the other grade, at each employer or in the sector."""
    over = places.grades.index(one.over)
    chosen = places.grade == over
    values = np.zeros(places.n_employers)
    for employer in range(places.n_employers):
        own = chosen if one.within is Within.SECTOR else chosen & (places.employer == employer)
        if half is not None:
            own = own & (np.asarray(half.values) == 1)
        if own.any():
            values[employer] = rates[own].max() if one.on is On.HIGHEST else rates[own].min()
    where = f"{{cells.grade_no}},{over + 1}"
    if one.within is Within.EMPLOYER:
        where = f"{{cells.employer_no}},{{no}},{where}"
    if half is not None:
        where += f",{{cells.{half.key}}},1"
    heading = f"{one.on.value} rate an hour of {one.over}, {one.within.value}"
    return Stood(key, heading, values, f"{_FUNCTIONS[one.on]}({{cells.{hourly}}},{where})")


def _lifted(
    one: Differential,
    found: Stood,
    *,
    anchor: str,
    start: str,
    rates: FloatColumn,
    places: Places,
    basics: Basics,
    is_last: bool,
) -> Rule:
    """Everyone of the grade at least so far above the rate that the differential stands on."""
    in_grade = places.grade == places.grades.index(one.grade)
    base = found.values[places.employer]
    least = base * (1 + (one.at_least_percent_ppm or 0) / PPM)
    cell = f"INDEX({{employers.{found.key}}},{{employer_no}})"
    text = f"{cell}*(1+{{@{anchor}_percent}})"
    if one.at_least_hourly_micros is not None:
        least = np.maximum(least, base + pounds(one.at_least_hourly_micros))
        text = f"MAX({text},{cell}+{{@{anchor}_hourly}})"
    templates, results = [], rates
    for reach in (False, True):
        for is_year in (False, True):
            expression, after = f"{{{start}}}", rates
            if reach:
                wanted = f"({text})*{{@weeks}}*{{{basics.full}}}" if is_year else text
                amount = least * basics.weeks_y * basics.full_hours_w if is_year else least
                expression = f"IF({cell}>0,MAX({{{start}}},{wanted}),{{{start}}})"
                after = np.where(base > 0, np.maximum(rates, amount), rates)
            if is_last:
                expression, after = cut(expression, after, is_year=is_year)
            templates.append(expression)
            results = np.where((in_grade == reach) & (basics.is_year == is_year), after, results)
    return Rule(tuple(templates), 2 * in_grade.astype(np.intp) + basics.is_year, results)
