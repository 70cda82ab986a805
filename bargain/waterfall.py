"""The waterfall of an offer without an order: what each element costs on average over every order (methods, section 3).

In a stated order the last element is dear or cheap by its place: a floor after the pay rules lifts few, before them
many. Here an element's part is the mean, over all orders in which the elements could be added to today's pay, of
what it adds there (Shapley, 1953). Every set of elements is an offer of its own, priced by the one engine and taken in
whole pence; the mean is exact, so that the parts sum to the full-year cost with nothing left over.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import MISSING, dataclass, fields, replace
from fractions import Fraction
from math import factorial
from typing import Any

from bargain.appraisal import cost_of
from bargain.differences import shapley
from bargain.money import largest_remainder
from bargain.progress import Progress, drive
from models.costing import CostBreakdown
from models.issues import UnusableInput
from models.offer import Offer, Settlement
from models.sector import Sector
from models.terms import Terms
from models.waterfall import FairPart, OrderFree

MOST_ELEMENTS = 12  # 4,096 offers to price
ROUNDING = "rounding and favourability"
_NO_ELEMENT = frozenset({"effective", "paid_from", "applies_to", "absorb", "favourability", "fees", "terms"})
_Field = tuple[bool, str]  # whether it is a field of the terms, and its name


@dataclass(frozen=True, slots=True)
class _Element:
    """An element as the costing names it, and the fields of a settlement that hold it."""

    name: str
    held_in: tuple[_Field, ...]


def order_free(sector: Sector, offer: Offer) -> OrderFree:
    """``order_free_steps``, driven to its end."""
    return drive(order_free_steps(sector, offer))


def order_free_steps(sector: Sector, offer: Offer) -> Generator[Progress, None, OrderFree]:
    """Price every set of an offer's elements, yielding progress; returns the mean over all orders.

    Raises UnusableInput as ``appraise`` does, for more than ``MOST_ELEMENTS`` elements, and for an offer in which
    one element can't be priced without another.
    """
    whole = cost_of(sector, offer)
    elements = _elements(sector, offer)
    if len(elements) > MOST_ELEMENTS:
        raise UnusableInput(
            f"“{offer.name}” has {len(elements)} elements, and the average over all orders is worked out for at most "
            f"{MOST_ELEMENTS}; use the stated order."
        )
    count = 1 << len(elements)
    pence: list[Fraction] = []
    for number in range(count):
        yield Progress("pricing every set of elements", number, count)
        chosen = [one for at, one in enumerate(elements) if number >> at & 1]
        pence.append(_pence(whole if number == count - 1 else _costed(sector, offer, chosen)))
    shares = dict(zip((one.name for one in elements), shapley(pence), strict=True))
    if pence[0]:  # rates in fractions of a penny, which any offer rounds
        shares[ROUNDING] = pence[0]
    return OrderFree(_parts(shares, whole, pence[-1]), pence[-1] / 100, factorial(len(elements)))


def in_words(found: OrderFree) -> str:
    """What the parts are, in a sentence that stands under them."""
    return (
        f"Each part is the mean over all {found.orders:,} orders in which the elements could be added, so that none gains "
        "by its place; rounding, protection and what follows pay are in the elements that cause them."
    )


def _parts(shares: dict[str, Fraction], whole: CostBreakdown, total: Fraction) -> tuple[FairPart, ...]:
    """A part an element, in the order in which the costing takes them. shares, total: pence."""
    ordered = {one.element: one for one in whole.elements}
    names = [*ordered, *(name for name in shares if name not in ordered)]
    known = [name for name in names if shares.get(name) or name not in ordered or ordered[name].known]
    amounts = [float(shares.get(name, 0)) for name in known]
    shown = dict(zip(known, largest_remainder(amounts, total=float(total)), strict=True))
    in_order = [ordered[name].total * 100 if name in ordered else 0.0 for name in known]
    stated = dict(zip(known, largest_remainder(in_order, total=float(total)), strict=True))
    return tuple(
        FairPart(
            name,
            exact=shares.get(name, Fraction(0)) / 100 if name in shown else None,
            shown=round(shown[name] / 100, 2) if name in shown else None,
            ordered=round(stated[name] / 100, 2) if name in shown else None,
            why=ordered[name].why if name in ordered else "",
        )
        for name in names
    )


def _elements(sector: Sector, offer: Offer) -> list[_Element]:
    """The elements of an offer, each under the name that its cost has by itself; fields with one name are one."""
    named: dict[str, list[_Field]] = {}
    for held in _held(offer):
        alone = _costed(sector, offer, [_Element("", (held,))])
        names = [one.element for one in alone.elements if one.element != ROUNDING]
        named.setdefault(names[0] if names else held[1].replace("_", " "), []).append(held)
    return [_Element(name, tuple(held)) for name, held in named.items()]


def _held(offer: Offer) -> list[_Field]:
    """The fields in which any settlement says something that can cost money."""
    found: dict[_Field, None] = {}
    for step in offer.settlements:
        for one in fields(Settlement):
            if one.name not in _NO_ELEMENT and getattr(step, one.name) != _default(one):
                found[False, one.name] = None
        for one in fields(Terms):
            if getattr(step.terms, one.name) != _default(one):
                found[True, one.name] = None
    return list(found)


def _default(one: Any) -> Any:
    return one.default if one.default is not MISSING else one.default_factory()


def _costed(sector: Sector, offer: Offer, chosen: Iterable[_Element]) -> CostBreakdown:
    """The offer with some of its elements alone, on its own dates."""
    kept = {held for one in chosen for held in one.held_in}
    steps = tuple(_only(step, kept) for step in offer.settlements)
    try:
        return cost_of(sector, replace(offer, settlements=steps))
    except UnusableInput as error:
        raise UnusableInput(
            f"The elements of “{offer.name}” can't be taken apart, so they have no average over all orders; use the "
            f"stated order. {error}"
        ) from None


def _only(step: Settlement, kept: set[_Field]) -> Settlement:
    terms = {one.name: getattr(step.terms, one.name) for one in fields(Terms) if (True, one.name) in kept}
    without = {
        one.name: _default(one)
        for one in fields(Settlement)
        if one.name not in _NO_ELEMENT and (False, one.name) not in kept
    }
    return replace(step, terms=Terms(**terms), **without)


def _pence(cost: CostBreakdown) -> Fraction:
    return Fraction(round(cost.full_year * 100))
