"""The fields that say for whom an element is, in every form that asks it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from bargain.offers.file_parts import MOST_PAY
from models.employer import FAMILIES, Ownership
from models.offer import Scope
from ui.elements.field_form import FieldFault, Form, Values
from ui.elements.fields import NamesField, TextField, pounds, tr

if TYPE_CHECKING:
    from models.sector import Sector

WHOM = "whom"


def add_whom(form: Form, sector: Sector, *, by_pay: bool, is_open: bool = False) -> None:
    """A section with the fields of a scope; ``by_pay``: limits of pay among them."""
    form.section(WHOM, tr("For whom (nothing chosen: all staff)"), is_open=is_open)
    regions = tuple(dict.fromkeys(one.region for one in sector.employers if one.region))
    owners = (*FAMILIES, *(str(one) for one in Ownership if str(one) not in FAMILIES))
    form.add("points", tr("Pay p&oints"), TextField(tr("such as 2-6, 9")))
    if by_pay:
        form.add("pay_above_micros", tr("Full-time pay a&bove £"), pounds(MOST_PAY))
        form.add("pay_up_to_micros", tr("and &up to £"), pounds(MOST_PAY))
    for key, label, names in (
        ("grades", tr("&Grades"), tuple(dict.fromkeys((*sector.grades, *sector.workforce.grades)))),
        ("employers", tr("&Employers"), tuple(sorted(set(sector.workforce.employers)))),
        ("ownership", tr("O&wners"), owners),
        ("regions", tr("&Regions"), regions),
        ("settings", tr("&Settings"), tuple(sector.workforce.settings)),
    ):
        form.add(key, label, NamesField(names))


def values_of_scope(scope: Scope) -> Values:
    """What the fields show of a scope."""
    return {one.name: getattr(scope, one.name) for one in fields(Scope)}


def names_anybody(values: Values) -> bool:
    """Whether the fields name anybody."""
    return any(values.get(one.name) not in (None, "", ()) for one in fields(Scope))


def scope_of(values: Values, points: tuple[str, ...]) -> Scope:
    """The scope that the fields say. Raises FieldFault for limits or points that nobody is within."""
    from bargain.offers.scope import points_named

    scope = Scope(**{one.name: values[one.name] for one in fields(Scope) if one.name in values})
    above, up_to = scope.pay_above_micros, scope.pay_up_to_micros
    if above is not None and up_to is not None and up_to <= above:
        raise FieldFault("pay_up_to_micros", tr("Must be more than the pay above; nobody is between."))
    if scope.points and points and not points_named(scope.points, points):
        raise FieldFault("points", tr("Nobody is on such a point; write points such as 2-6, 9."))
    return scope
