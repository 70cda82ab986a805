"""Why do two costings differ? The whole difference, attributed to named causes, whatever their order.

Two sides that cost one offer rarely get one figure. Each input in which they differ is a cause. The share of a
cause is the mean, over every order in which the causes could be exchanged one by one, of what exchanging it
changes (Shapley, 1953): so no order favours a cause, causes in which the sides agree get nought, and the shares
sum to the difference, in pence by the largest remainder.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from math import factorial
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from bargain.appraisal import as_counted, cost_of, on_ladder
from bargain.assumed import COVER_SHARE, INCREMENTS, TURNOVER
from bargain.expected import expected_staff
from bargain.lining_up import HOURS, PENSION, lined_up, with_posts
from bargain.money import largest_remainder
from bargain.progress import Progress
from bargain.settings import is_setting
from bargain.terms_today import with_terms_today
from models.assumptions import Assumption
from models.costing import CostBreakdown
from models.differences import Cause, Difference
from models.employer import Employer
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector
from models.workforce import Workforce

Figure = TypeVar("Figure", float, Fraction)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side's costing: its sector and the offer as it dates and reads it."""

    sector: Sector
    offer: Offer


_Exchange = Callable[[Side, Side], Side]  # the first side with one cause taken from the second


def _full_year(side: Side) -> float:
    return cost_of(side.sector, side.offer).full_year


def _of(field: str) -> Callable[[Side], float]:
    def value(side: Side) -> float:
        return float(getattr(cost_of(side.sector, side.offer), field))

    return value


def _expected(side: Side) -> float:
    cost: CostBreakdown = cost_of(side.sector, side.offer)
    found = expected_staff(side.sector, side.offer, cost)
    if found.expected is None:
        raise UnusableInput(
            f"The cost for expected staff is not known: {found.why}; record it on both sides."
        )
    return found.expected


FIGURES: Mapping[str, tuple[str, Callable[[Side], float]]] = MappingProxyType(
    {
        "cost_full_year": ("Full-year cost", _full_year),
        "cost_in_year": ("Cost in the first settlement year", _of("in_year_cost")),
        "cost_total": ("Cost over the deal", _of("over_term")),
        "back_pay": ("Back pay", _of("back_pay")),
        "one_off": ("One-off payments", _of("one_off")),
        "labour_before": ("Pay and on-costs before the offer", _of("labour_before")),
        "cost_expected": ("Full-year cost for expected staff", _expected),
    }
)


def why_different(
    one: Side, other: Side, figure: str = "cost_full_year"
) -> Generator[Progress, None, Difference]:
    """Attribute ``other`` − ``one`` to the causes in which they differ, yielding progress.

    Raises UnusableInput for a figure that there is not, or a mixture of the two that can't be priced.
    """
    if figure not in FIGURES:
        raise UnusableInput(f"There is no figure “{figure}” to compare; use one of {', '.join(FIGURES)}.")
    label, value_of = FIGURES[figure]
    one, other, renamed = _set_against(one, other)
    own = one.offer
    other = replace(other, offer=replace(other.offer, name=own.name, by=own.by, tabled=own.tabled))
    exchanged = [name for name in CAUSES if _differs(name, one, other)]
    values: list[float] = []
    count = 1 << len(exchanged)
    for number in range(count):
        yield Progress("comparing", number, count)
        side = one
        for at, name in enumerate(exchanged):
            if number >> at & 1:
                side = CAUSES[name][1](side, other)
        values.append(value_of(side))
    whole = value_of(other) if exchanged else values[0]
    rest = (
        whole - values[-1]
    )  # what the exchanges do not reach: nought, unless a cause is missing from the list
    shares = dict(zip(exchanged, shapley(values), strict=True))
    amounts = [shares.get(name, 0.0) for name in CAUSES]
    pennies = largest_remainder([*amounts, rest], grain=0.01, total=whole - values[0])
    causes = [
        Cause(name, CAUSES[name][0], amount, round(shown, 2), name in shares)
        for name, amount, shown in zip(CAUSES, amounts, pennies, strict=False)
    ]
    if round(abs(rest), 2):
        causes.append(Cause("other", "Everything else", rest, round(pennies[-1], 2), differs=True))
    return Difference(figure, label, values[0], whole, tuple(causes), renamed)


def _set_against(one: Side, other: Side) -> tuple[Side, Side, tuple[tuple[str, str], ...]]:
    """Both sides in one set of names and one order of posts, and which employers got another name.

    Grossing up stays a cause of its own, unless each side's totals fit only its own returns; then the weights go with the
    staff file that they weigh.
    """
    sides = [replace(side, sector=on_ladder(with_terms_today(side.sector))) for side in (one, other)]
    if sides[0].sector.grossing != sides[1].sector.grossing and not _fit_each_other(*sides):
        sides = [replace(side, sector=as_counted(side.sector)) for side in sides]
    found = lined_up(sides[0].sector, sides[1].sector, other.offer)
    first, second = sides[0], Side(found.sector, found.offer)
    staffed = {*with_posts(first.sector.workforce), *with_posts(second.sector.workforce)}
    return _only(first, staffed), _only(second, staffed), found.renamed


def _only(side: Side, names: set[str]) -> Side:
    """Records of these employers alone, and no notes on figures set elsewhere: neither prices anything."""
    records = tuple(one for one in side.sector.employers if one.name in names)
    assumed = tuple(one for one in side.sector.assumptions if not is_setting(one))
    return _with(side, employers=records, assumptions=assumed)


def _fit_each_other(one: Side, other: Side) -> bool:
    """Whether each side's known totals can gross up the other side's returns."""
    try:
        for side, totals in ((one, other), (other, one)):
            as_counted(replace(side.sector, grossing=totals.sector.grossing))
    except UnusableInput:
        return False
    return True


def shapley(values: Sequence[Figure]) -> tuple[Figure, ...]:
    """The share of each of n causes, given the figure for each set of them; ``values[set]``, bit i being cause i.

    Exact for Fractions. Each cause: Σ over the sets S without it of |S|! (n−|S|−1)! ÷ n! × (value with it − value without it).
    """
    n = len(values).bit_length() - 1
    if len(values) != 1 << n:
        raise ValueError(f"{len(values)} values are not one for each set of causes")
    weights = [Fraction(factorial(size) * factorial(n - size - 1), factorial(n)) for size in range(n)]
    return tuple(
        sum(
            (
                (values[held | 1 << at] - values[held]) * weights[held.bit_count()]
                for held in range(len(values))
                if not held >> at & 1
            ),
            start=values[0] * 0,
        )
        for at in range(n)
    )


# Each cause: what it is called, how to take it from the other side


def _take_staff(side: Side, other: Side) -> Side:
    """The other side's staff and ladder of grades, with this side's hours where the rows are the same.

    An employer that only the other side has brings its record with it, and what is assumed of it alone.
    """
    force, own = other.sector.workforce, side.sector
    if _same_rows(own.workforce, force):
        force = _with_columns(force, own.workforce, (*HOURS, *PENSION))
    known = {*own.workforce.employers, *(one.name for one in own.employers)}
    added = tuple(one for one in other.sector.employers if one.name not in known)
    records = _standing_for((*own.employers, *added), other.sector.employers)
    held = {(one.key, one.employer) for one in own.assumptions}
    assumed = tuple(
        one
        for one in other.sector.assumptions
        if one.employer
        and one.employer not in own.workforce.employers
        and (one.key, one.employer) not in held
    )
    return _with(
        side,
        workforce=force,
        grades=other.sector.grades,
        employers=records,
        assumptions=(*own.assumptions, *assumed),
    )


def _standing_for(records: tuple[Employer, ...], source: tuple[Employer, ...]) -> tuple[Employer, ...]:
    """The records, each standing for as many employers as in the source: that goes with the staff it weighs."""
    weights = {one.name: one.represents for one in source}
    return tuple(replace(one, represents=weights.get(one.name, one.represents)) for one in records)


def _take_hours(side: Side, other: Side) -> Side:
    sector = other.sector
    changes: dict[str, Any] = {
        "weeks_y": sector.weeks_y,
        "weekly_hours": sector.weekly_hours,
        "terms": replace(side.sector.terms, weekly_hours=sector.terms.weekly_hours),
    }
    if _same_rows(side.sector.workforce, sector.workforce):
        changes["workforce"] = _with_columns(side.sector.workforce, sector.workforce, HOURS)
    return _with(side, **changes)


def _take_on_costs(side: Side, other: Side) -> Side:
    """The other side's records of employers; an employer that is not there keeps its own."""
    there = {*other.sector.workforce.employers, *(one.name for one in other.sector.employers)}
    kept = tuple(one for one in side.sector.employers if one.name not in there)
    records = _standing_for((*other.sector.employers, *kept), side.sector.employers)
    force = side.sector.workforce
    if _same_rows(force, other.sector.workforce):
        force = _with_columns(force, other.sector.workforce, PENSION)
    return _with(side, employers=records, workforce=force)


def _take_scale(side: Side, other: Side) -> Side:
    scale, own = other.sector.scale, side.sector.scale
    if scale is not None and own is not None:
        scale = replace(scale, rounding=own.rounding)
    return _with(side, scale=scale)


def _take_rounding(side: Side, other: Side) -> Side:
    scale, own = other.sector.scale, side.sector.scale
    if scale is None or own is None:
        return side
    return _with(side, scale=replace(own, rounding=scale.rounding))


def _take_terms(side: Side, other: Side) -> Side:
    terms = replace(other.sector.terms, weekly_hours=side.sector.terms.weekly_hours)
    return _with(side, terms=terms)


def _take_date(side: Side, other: Side) -> Side:
    """The other side's dates for the same steps, and its settlement year; statutory figures follow the dates."""
    offer = side.offer
    if len(offer.settlements) == len(other.offer.settlements):
        steps = tuple(
            replace(own, effective=theirs.effective, paid_from=theirs.paid_from)
            for own, theirs in zip(offer.settlements, other.offer.settlements, strict=True)
        )
        offer = replace(offer, settlements=steps, ends=other.offer.ends)
    return replace(_with(side, year_start=other.sector.year_start), offer=offer)


def _take_offer(side: Side, other: Side) -> Side:
    """What the other side reads in the offer, on this side's dates where the steps pair up."""
    offer = other.offer
    if len(offer.settlements) == len(side.offer.settlements):
        steps = tuple(
            replace(theirs, effective=own.effective, paid_from=own.paid_from)
            for own, theirs in zip(side.offer.settlements, offer.settlements, strict=True)
        )
        offer = replace(offer, settlements=steps, ends=side.offer.ends)
    return replace(side, offer=offer)


def _take_assumptions(*keys: str, beside: bool = False) -> _Exchange:
    """Assumptions of these keys, or of all keys but these."""

    def take(side: Side, other: Side) -> Side:
        def wanted(one: Assumption) -> bool:
            return (one.key in keys) is not beside

        taken = tuple(one for one in other.sector.assumptions if wanted(one))
        theirs = {(one.key, one.employer) for one in taken}
        there = {"", *other.sector.workforce.employers}
        kept = tuple(
            one
            for one in side.sector.assumptions
            if not wanted(one) or (one.employer not in there and (one.key, one.employer) not in theirs)
        )
        return _with(side, assumptions=(*kept, *taken))

    return take


def _take_grossing(side: Side, other: Side) -> Side:
    return _with(side, grossing=other.sector.grossing)


CAUSES: Mapping[str, tuple[str, _Exchange]] = MappingProxyType(
    {
        "staff": ("Staff file", _take_staff),
        "grossing": ("Grossing up to known totals", _take_grossing),
        "hours": ("Hours and weeks", _take_hours),
        "on_costs": ("On-costs of employers", _take_on_costs),
        "date": ("Dates, and the statutory figures of the day", _take_date),
        "cover": ("Share of lost hours covered", _take_assumptions(COVER_SHARE)),
        "turnover": ("Turnover and increments", _take_assumptions(TURNOVER, INCREMENTS)),
        "assumptions": (
            "Other assumptions",
            _take_assumptions(COVER_SHARE, TURNOVER, INCREMENTS, beside=True),
        ),
        "terms": ("Terms today", _take_terms),
        "scale": ("Pay scale", _take_scale),
        "rounding": ("Rounding of the scale", _take_rounding),
        "offer": ("What the offer says", _take_offer),
    }
)


def _with(side: Side, **changes: Any) -> Side:
    return replace(side, sector=replace(side.sector, **changes))


def _same_rows(one: Workforce, other: Workforce) -> bool:
    """Whether both list the same posts: the same employers, grades and heads row by row."""
    if one is other:
        return True
    if (one.employers, one.grades, len(one)) != (other.employers, other.grades, len(other)):
        return False
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("employer_code", "grade_code", "heads", "basis")
    )


def _with_columns(force: Workforce, source: Workforce, names: Sequence[str]) -> Workforce:
    return replace(force, **{name: getattr(source, name) for name in names})


def _differs(name: str, one: Side, other: Side) -> bool:
    """Whether taking a cause from the other side changes anything that is held."""
    taken = CAUSES[name][1](one, other)
    if taken.offer != one.offer:
        return True
    for field in fields(Sector):
        before, after = getattr(one.sector, field.name), getattr(taken.sector, field.name)
        if field.name == "workforce":
            if before is not after and before.fingerprint() != after.fingerprint():
                return True
        elif field.name in {"employers", "assumptions"}:
            if _as_set(before) != _as_set(after):
                return True
        elif before != after:
            return True
    return False


def _as_set(held: tuple[Employer, ...] | tuple[Assumption, ...]) -> set[Any]:
    """What is priced of a record: neither its source nor who agreed to it makes two costings differ."""
    priced = {"key", "value", "employer"}
    return {
        one if isinstance(one, Employer) else tuple(getattr(one, name) for name in sorted(priced))
        for one in held
    }
