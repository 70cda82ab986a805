"""What a step of an offer is made of: each element said in a sentence, and the step with it or without it. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from models.offer import PayRule, Settlement
from models.terms import Terms


class Kind(StrEnum):
    """The kinds of element; the value is the field of a settlement that holds it, but for the last two."""

    RULE = "pay"
    DIFFERENTIAL = "differentials"
    INSERTED = "insert_points"
    WEIGHTING = "weightings"
    ALLOWANCE = "allowances"
    DELETED = "delete_points"
    SPINE = "spine"
    ALLOWANCES = "allowances_ppm"
    FEES = "fees"
    TERMS = "terms"
    FLOOR = "floor"
    STEP = "step"


MANY = (Kind.RULE, Kind.DIFFERENTIAL, Kind.INSERTED, Kind.WEIGHTING, Kind.ALLOWANCE)
FLOORS = ("floor_micros", "floor_annual_micros")
STEP_FIELDS = (
    "paid_from",
    "applies_to",
    "absorb",
    "favourability",
)  # each has a default that it goes back to
_OF_FIELD = {**dict.fromkeys(FLOORS, Kind.FLOOR), **dict.fromkeys(STEP_FIELDS, Kind.STEP)}


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a step: what it says, its kind, and where it is: its number, or the name of its field."""

    sentence: str
    kind: Kind
    at: int | str


def elements_of(step: Settlement) -> tuple[Element, ...]:
    """Everything in a step, in the order in which the offer says it."""
    return tuple(_elements(step))


def _elements(step: Settlement) -> Iterator[Element]:
    yield from _each(step, Kind.RULE)
    for name in ("applies_to", "absorb", *FLOORS, "delete_points", "allowances_ppm"):
        yield from _alone(step, name)
    for kind in (Kind.INSERTED, Kind.SPINE, Kind.WEIGHTING, Kind.ALLOWANCE):
        yield from _each(step, kind) if kind in MANY else _alone(step, kind)
    yield from _alone(step, "paid_from")
    yield from _each(step, Kind.DIFFERENTIAL)
    yield from _alone(step, "favourability")
    for one in fields(Terms):
        if getattr(step.terms, one.name) not in (None, ()):
            sentence = _said(
                replace(_bare(step), terms=_with(Terms(), one.name, getattr(step.terms, one.name)))
            )
            yield Element(sentence, Kind.TERMS, one.name)
    yield from _alone(step, "fees")


def without(step: Settlement, element: Element) -> Settlement:
    """The step without one of its elements."""
    if isinstance(element.at, int):
        held = getattr(step, element.kind)
        return _with(step, element.kind, (*held[: element.at], *held[element.at + 1 :]))
    if element.kind is Kind.TERMS:
        return replace(step, terms=_with(step.terms, element.at, getattr(Terms(), element.at)))
    return _with(step, element.at, getattr(_bare(step), element.at))


def with_item(step: Settlement, kind: Kind, item: Any, at: int | None) -> Settlement:
    """The step with one more of a kind that it can have many of, or with another in the place of one."""
    held = getattr(step, kind)
    if at is not None and at < len(held):
        return _with(step, kind, (*held[:at], item, *held[at + 1 :]))
    kept = tuple(one for one in held if not _takes_the_place(kind, item, one))
    return _with(step, kind, (*kept, item))


def _takes_the_place(kind: Kind, new: Any, old: Any) -> bool:
    """Two gaps between the same grades, and two words on one allowance, do not stand side by side."""
    if kind is Kind.DIFFERENTIAL:
        return (new.grade, new.over) == (old.grade, old.over)
    return kind is Kind.ALLOWANCE and bool(new.name == old.name)


_Value = TypeVar("_Value", Settlement, Terms)


def _with(value: _Value, name: str, held: Any) -> _Value:
    return replace(value, **{name: held})


def _bare(step: Settlement) -> Settlement:
    return Settlement(step.effective)


def _each(step: Settlement, kind: Kind) -> Iterator[Element]:
    from bargain.offers.words import describe_rule

    for at, item in enumerate(getattr(step, kind)):
        if isinstance(item, PayRule):  # what rules together do to minimum rates is the step's own sentence
            yield Element(" ".join(describe_rule(item, effective=step.effective)), kind, at)
        else:
            yield Element(_said(_with(_bare(step), kind, (item,))), kind, at)


def _alone(step: Settlement, name: str) -> Iterator[Element]:
    bare = _bare(step)
    value = getattr(step, name)
    if value == getattr(bare, name):
        return
    if name == "absorb":  # what it means depends on which rates move
        bare = replace(bare, pay=step.pay, applies_to=step.applies_to)
    elif name == "applies_to":  # and this on whether rules say it for themselves
        bare = replace(bare, pay=step.pay, absorb=step.absorb)
    said = _sentences(_with(bare, name, value), bare)
    if name == "applies_to" and step.absorb:
        said = said[:1]  # the other one says that nothing is absorbed
    yield Element(" ".join(said), _OF_FIELD.get(name) or Kind(name), name)


def _said(only: Settlement) -> str:
    """What a step with one element says of it."""
    return " ".join(_sentences(only, _bare(only)))


def _sentences(only: Settlement, bare: Settlement) -> list[str]:
    from bargain.offers.words import describe_settlement

    known = describe_settlement(bare)
    return [one for one in describe_settlement(only) if one not in known]
