"""What can be added to a step of an offer, each with its form, and which of it makes sense in a sector."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from bargain.ladder import grades_held
from ui.elements import beside, rule, scale
from ui.elements.field_form import Form
from ui.elements.listing import Kind
from ui.elements.terms import TermsForm

if TYPE_CHECKING:
    from models.sector import Sector


def tr(text: str) -> str:
    """A text of the forms in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def written_spine() -> str:
    """The line for a spine that is written or pasted, a point a line."""
    return tr("A new spine, point by point")


@dataclass(frozen=True, slots=True)
class Offered:
    """One line of the list of new elements."""

    kind: Kind
    words: str
    make: Callable[[Sector], Form]
    is_sensible: bool = True


def offered(sector: Sector) -> list[Offered]:
    """Everything that can be added; the first of a kind is the form in which one that is there is changed."""
    grades = len(grades_held(sector)) > 1
    points = bool(scale.points_of(sector))
    scaled = sector.scale is not None and len(sector.scale.points) > 1
    regions = any(one.region for one in sector.employers)
    return [
        Offered(Kind.RULE, tr("A pay rise"), lambda one: rule.RuleForm(one, opened=(rule.WHOM,))),
        Offered(
            Kind.RULE,
            tr("A payment made once"),
            lambda one: rule.RuleForm(one, once=True, opened=(rule.WHOM,)),
        ),
        Offered(
            Kind.RULE,
            tr("A pay rise with a least or a most"),
            lambda one: rule.RuleForm(one, opened=(rule.LIMITS,)),
        ),
        Offered(Kind.RULE, tr("A rise that tapers"), lambda one: rule.RuleForm(one, opened=(rule.TAPER,))),
        Offered(
            Kind.RULE, tr("A rise tied to an index"), lambda one: rule.RuleForm(one, opened=(rule.INDEX,))
        ),
        Offered(Kind.FLOOR, tr("A lowest rate"), lambda _: beside.FloorForm()),
        Offered(Kind.DIFFERENTIAL, tr("A gap between two grades"), beside.GapForm, grades),
        Offered(Kind.TERMS, tr("Terms: hours, leave, sick pay, nights…"), TermsForm),
        Offered(Kind.ALLOWANCE, tr("An allowance by name"), beside.AllowanceForm),
        Offered(Kind.ALLOWANCES, tr("All allowances together"), lambda _: beside.AllowancesForm()),
        Offered(Kind.WEIGHTING, tr("A regional weighting"), beside.WeightingForm, regions),
        Offered(Kind.DELETED, tr("Pay points that go"), scale.DeletedForm, points),
        Offered(Kind.INSERTED, tr("A pay point put in"), scale.InsertedForm, scaled),
        Offered(Kind.SPINE, tr("A new spine in equal steps"), scale.SpineForm, sector.scale is not None),
        Offered(
            Kind.SPINE,
            written_spine(),
            lambda one: scale.SpineForm(one, written=True),
            sector.scale is not None,
        ),
        Offered(Kind.FEES, tr("A rule for fees"), lambda _: beside.FeeForm()),
        Offered(Kind.STEP, tr("Dates of this step, and which rates it moves"), lambda _: beside.DatesForm()),
    ]
