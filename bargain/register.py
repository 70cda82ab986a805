"""The register: every input of a costing with value, unit, source, date, owner and standing.

What the sector assumes; its own figures that are set elsewhere; today's terms, which it may have come with; and what the
law sets on the days of an offer.
"""

from __future__ import annotations

from datetime import date

from bargain.assumed import (
    ALLOWANCE_NOW,
    ALLOWANCE_NOW_SHARE,
    ALLOWANCE_PAYMENTS,
    INDEX,
    KINDS,
    UNSOCIAL,
    kind_of,
    named_key,
)
from bargain.parameters.load import parameters, value_on
from bargain.settings import is_setting, settings_of
from bargain.terms_today import TODAY, came_with
from models.assumptions import YES_OR_NO, Assumption
from models.offer import NamedAllowance, Offer, Scope
from models.parameters import DatedValue
from models.sector import Sector

LAW = "law."  # followed by the key of a statutory parameter
_ON_COSTS = (
    "ni_rate",
    "ni_threshold",
    "ni_under_21_threshold",
    "ni_apprentice_threshold",
    "ni_veteran_threshold",
    "pension_band_lower",
    "pension_band_upper",
    "pension_minimum",
    "pension_band_counts_all",
    "pension_scheme_counts_all",
)
_ALLOWANCE = ("employment_allowance",)
_LEVY = ("levy_rate", "levy_allowance")
_OF_TERMS = {
    "weekly_hours": ("week_most_hours",),
    "annual_leave_days": ("leave_weeks", "leave_most_days"),
    "sick_pay_full_weeks": ("sick_pay_rate", "sick_pay_share"),
    "maternity_full_weeks": ("maternity_pay_rate", "maternity_pay_share"),
}
WAGES = ("national_living_wage", "real_living_wage")  # the floors of measures; no cost follows from them
UNITS = {
    "pounds/year": "£ a year",
    "pounds/hour": "£ an hour",
    "pounds/week": "£ a week",
    "share": "share",
    "yes or no": YES_OR_NO,
}


def held_inputs(sector: Sector) -> tuple[Assumption, ...]:
    """What the sector assumes, its own figures that are set elsewhere, then today's terms that it came with."""
    assumed = (one for one in sector.assumptions if not is_setting(one))
    return (*assumed, *settings_of(sector), *came_with(sector))


def inputs_of_offer(sector: Sector, offer: Offer) -> tuple[Assumption, ...]:
    """Everything that has a value in the costing of an offer, what the law sets last."""
    return (*held_inputs(sector), *law_inputs(sector, offer))


def wanted_inputs(sector: Sector) -> tuple[Assumption, ...]:
    """What a costing could use and the sector has no value of: what its offers ask for, and its measure of inflation."""
    held = {one.key for one in held_inputs(sector) if not one.employer}
    inflation = (f"{INDEX}{sector.table.inflation.lower()}",) if sector.table.inflation else ()
    keys = dict.fromkeys((*KINDS, *inflation, *(key for offer in sector.offers for key in _asked_by(offer))))
    kinds = (kind_of(key) for key in keys if key not in held)
    return tuple(Assumption(kind.key, kind.label, None, kind.unit) for kind in kinds if kind is not None)


def _asked_by(offer: Offer) -> list[str]:
    """The inputs that only this offer has a name for: kinds of unsocial hour, allowances."""
    keys: list[str] = []
    for step in offer.settlements:
        for hours, _premium in step.terms.unsocial_ppm:
            keys += [f"{UNSOCIAL}.{hours}", f"{TODAY}.unsocial.{hours}"]
        for one in step.allowances:
            keys += _asked_for(one)
    return keys


def _asked_for(one: NamedAllowance) -> list[str]:
    keys = []
    if one.now_micros is None and one.now_share_ppm is None:
        keys.append(named_key(ALLOWANCE_NOW if one.share_ppm is None else ALLOWANCE_NOW_SHARE, one.name))
    if one.staff is None and one.scope == Scope():
        keys.append(named_key(ALLOWANCE_PAYMENTS, one.name))
    return keys


def law_values(sector: Sector, offer: Offer) -> tuple[tuple[str, DatedValue], ...]:
    """The statutory figures that price an offer or bound its terms: each once, and again where a later step finds another."""
    keys = [*_ON_COSTS]
    keys += _ALLOWANCE if any(one.gets_employment_allowance for one in sector.employers) else ()
    keys += _LEVY if any(one.pays_levy for one in sector.employers) else ()
    days = [(one.effective, keys) for one in offer.settlements]
    days += [
        (one.effective, [*more])
        for one in offer.settlements
        for field, more in _OF_TERMS.items()
        if getattr(one.terms, field) is not None
    ]
    found = {
        (key, value_on(key, day)): None
        for day, wanted in days
        for key in wanted
        if parameters()[key].values[0].starts <= day
    }
    return tuple(sorted(found, key=lambda one: list(parameters()).index(one[0])))


def law_inputs(sector: Sector, offer: Offer) -> tuple[Assumption, ...]:
    """The same as rows of the register, and the minimum and living wages that low pay is measured by."""
    days = [one.effective for one in offer.settlements]
    wages = {
        (key, value_on(key, day)): None
        for key in WAGES
        for day in days
        if parameters()[key].values[0].starts <= day
    }
    return tuple(_law_row(key, held) for key, held in (*law_values(sector, offer), *wages))


def on_cost_keys() -> tuple[str, ...]:
    """The statutory figures of every on-cost: National Insurance, pension, levy."""
    return (*_ON_COSTS, *_ALLOWANCE, *_LEVY)


def as_input(key: str, day: date) -> Assumption | None:
    """A statutory figure on a day as a row of the register; None before its first value."""
    if parameters()[key].values[0].starts > day:
        return None
    return _law_row(key, value_on(key, day))


def _law_row(key: str, held: DatedValue) -> Assumption:
    one = parameters()[key]
    return Assumption(
        f"{LAW}{key}",
        one.label,
        float(held.value),
        UNITS.get(one.unit, one.unit),
        source=held.reference if held.is_checked else f"NOT VERIFIED, check before use: {held.reference}",
        dated=held.starts,
    )


def is_law(one: Assumption) -> bool:
    """Whether the law sets it, so that nobody at the table can agree or dispute it."""
    return one.key.startswith(LAW)
