"""Tables of old and new rates: the pay scale point by point, or the grades where there is no scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bargain.agreement.figures import rate, rounded_text
from bargain.ladder import grades_held
from bargain.money import rounded_one
from bargain.offers.phrases import Phrases, number
from bargain.small_groups import may_tell_place, told_rate
from models.agreement import DraftTable
from models.appraisal import Appraisal
from models.basis import Basis
from models.payscale import PayScale, Rounding
from models.sector import Sector
from models.units import MICROS_PER_POUND
from models.workforce import NONE_CODE

PLACES = (0.1, 0.5, 0.9)  # of the staff of a grade, from the lowest paid


@dataclass(frozen=True, slots=True)
class PointRates:
    """One point as it is printed: £ a full-time year and £ an hour."""

    year: Fraction
    hour: Fraction


def rates_of_point(amount_micros: int, scale: PayScale) -> PointRates:
    """The published year's amount and hourly rate of a point.

    A yearly amount prints to the pound (to the penny on a scale that rounds to the penny); its hourly rate
    is that amount ÷ weeks ÷ weekly hours, to the penny (methods, section 1). An hourly amount prints as it
    is, and its year to the pound.
    """
    weeks, hours = Fraction(str(scale.weeks_y)), Fraction(str(scale.weekly_hours))
    if scale.basis is Basis.YEAR:
        pennies = scale.rounding.endswith("penny")
        rule = Rounding.HALF_UP_PENNY if pennies else Rounding.HALF_UP_POUND
        year = rounded_one(amount_micros, rule)
        hour = rounded_one(Fraction(year) / (weeks * hours), scale.hourly_rounding)
    else:
        hour = rounded_one(amount_micros, Rounding.HALF_UP_PENNY)
        year = rounded_one(hour * weeks * hours, Rounding.HALF_UP_POUND)
    return PointRates(Fraction(year, MICROS_PER_POUND), Fraction(hour, MICROS_PER_POUND))


def scale_table(before: PayScale, after: PayScale, p: Phrases, *, new_spine: bool = False) -> DraftTable:
    """Each point's old and new rates, the increase in £ and in per cent.

    new_spine: the points before and after are two spines; one name on both is not one point.
    """
    old = {point.name: rates_of_point(point.amount_micros, before) for point in before.points}
    new = {point.name: rates_of_point(point.amount_micros, after) for point in after.points}
    grades = {point.name: point.grade for point in (*before.points, *after.points)}
    pairs = _pairs(list(old), list(new), new_spine=new_spine)
    with_grade = any(grades.values())
    by_year = after.basis is Basis.YEAR
    places = 2 if any(one.year.denominator != 1 for one in (*old.values(), *new.values())) else 0
    rows = []
    for was, becomes in pairs:
        name = was or becomes
        cells = _point_cells(old.get(was), new.get(becomes), p, by_year=by_year, places=places)
        rows.append((name, grades[name], *cells) if with_grade else (name, *cells))
    keys = [
        "point",
        *(["grade"] if with_grade else []),
        "annual_old",
        "annual_new",
        "hourly_old",
        "hourly_new",
    ]
    keys += ["increase" if by_year else "increase_hourly", "increase_percent"]
    first_number = 2 if with_grade else 1
    return DraftTable(
        p.say("rates.scale_caption"),
        tuple(p.say(f"rates.{key}") for key in keys),
        tuple(rows),
        tuple(range(first_number, len(keys))),
    )


def _pairs(old: list[str], new: list[str], *, new_spine: bool) -> list[tuple[str, str]]:
    """Which old point stands beside which new one, in the order of the scale; "" for none.

    A point put in stands where it is on the scale, a deleted one where it was.
    """
    if new_spine:
        return [(name, "") for name in old] + [("", name) for name in new]
    pairs = [(name, name if name in new else "") for name in old]
    for place, name in enumerate(new):
        if name not in old:
            below = new[place - 1] if place else ""
            at = next((k for k, pair in enumerate(pairs, 1) if below and pair[1] == below), 0)
            pairs.insert(at, ("", name))
    return pairs


def _point_cells(
    old: PointRates | None, new: PointRates | None, p: Phrases, *, by_year: bool, places: int
) -> tuple[str, ...]:
    """Year old and new, hour old and new, increase in £ and in per cent, as they are printed."""
    if old is None or new is None:
        missing = p.say("rates.new" if old is None else "rates.deleted")
        return (
            rounded_text(old.year, places) if old else missing,
            rounded_text(new.year, places) if new else missing,
            rounded_text(old.hour, 2) if old else missing,
            rounded_text(new.hour, 2) if new else missing,
            "",
            "",
        )
    start, end = (old.year, new.year) if by_year else (old.hour, new.hour)
    return (
        rounded_text(old.year, places),
        rounded_text(new.year, places),
        rounded_text(old.hour, 2),
        rounded_text(new.hour, 2),
        rounded_text(end - start, places if by_year else 2),
        rounded_text((end / start - 1) * 100, 2) if start else "",
    )


def scale_note(scale: PayScale, p: Phrases) -> str:
    """How the rate an hour follows from the year."""
    return p.say(
        "rates.scale_note",
        scale=scale.name,
        weeks=str(Decimal(str(scale.weeks_y))),
        hours=number(scale.weekly_hours),
    )


def grade_table(sector: Sector, appraisal: Appraisal, p: Phrases) -> DraftTable:
    """The rates an hour that a tenth, half and nine tenths of each grade are paid at most, before and after.

    A draft goes to both sides: a rate is shown to the nearest 10p, and only where ten staff of the grade stand on either
    side of it. The rise of the median is of the rates themselves.
    """
    force = sector.workforce
    rows = []
    groups = [(name, force.grades.index(name)) for name in grades_held(sector)]
    for name, code in (*groups, (p.say("rates.unmapped"), NONE_CODE)):
        chosen = force.grade_code == code
        heads = appraisal.workforce_after.heads[chosen]  # grossed up where that is agreed
        people = float(force.heads[chosen].sum())
        if people <= 0:
            continue
        before = rates_at(PLACES, appraisal.hourly_before[chosen], heads)
        after = rates_at(PLACES, appraisal.hourly_after[chosen], heads)
        cells = []
        for place, old, new in zip(PLACES, before, after, strict=True):
            shown = may_tell_place(place, people)
            cells += [rate(told_rate(one)) if shown else p.say("draft.hidden") for one in (old, new)]
        rise = Fraction(after[1], before[1]) - 1 if before[1] else Fraction(0)
        shown = may_tell_place(PLACES[1], people)
        rows.append((name, *cells, rounded_text(rise * 100, 2) if shown else p.say("draft.hidden")))
    keys = ("grade", "tenth_old", "tenth_new", "median_old", "median_new", "nine_old", "nine_new")
    headings = (*(p.say(f"rates.{key}") for key in keys), p.say("rates.median_rise"))
    return DraftTable(p.say("rates.grades_caption"), headings, tuple(rows), tuple(range(1, 8)))


def rates_at(
    places: Sequence[float], hourly: NDArray[np.int64], heads: NDArray[np.float64]
) -> tuple[int, ...]:
    """The lowest rate at which each share of the heads is reached, each person counted once; no interpolation (M6)."""
    counted = heads > 0
    rates, weights = hourly[counted], heads[counted]
    order = np.argsort(rates, kind="stable")
    reached = np.cumsum(weights[order])
    found = np.searchsorted(reached, np.array(places) * reached[-1] * (1 - 1e-12))
    return tuple(int(one) for one in rates[order[found]])


def hides_a_rate(table: DraftTable, p: Phrases) -> bool:
    """Whether any figure of a table by grade is not shown."""
    return any(p.say("draft.hidden") in row for row in table.rows)
