"""A lever's name and figure in words, and what was typed read back as a figure."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication, QDate

from ui import formats
from ui.levers import MILLION, PERCENT, SPECS, LeverKey, LeverSpec, LeverState, Unit

_PLACES = {Unit.PERCENT: 2, Unit.HOURLY: 2, Unit.HOURS: 2, Unit.DAYS: 1, Unit.WEEKS: 0, Unit.POUNDS: 0}


class NotANumber(ValueError):  # noqa: N818  # what was typed, not a fault of ours
    """What was typed cannot be read as a figure of this lever."""


def value_text(value: int, spec: LeverSpec) -> str:
    """A lever's value as its box shows it: with the digits it needs, and never fewer than usual."""
    if spec.unit is Unit.MONTH:
        year, month = divmod(value, 12)
        return formats.locale().toString(QDate(year, month + 1, 1), "MMM yyyy")
    exact = Decimal(value) / (PERCENT if spec.unit is Unit.PERCENT else MILLION)
    usual = 2 if spec.key is LeverKey.SLEEP_IN else _PLACES[spec.unit]
    exponent = exact.normalize().as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    return formats.number(float(exact), max(usual, min(needed, 4)))


def value_of(text: str, spec: LeverSpec) -> int | None:
    """The value that was typed; None for an empty box. Raises NotANumber."""
    bare = text.strip()
    if not bare:
        return None
    if spec.unit is Unit.MONTH:
        return _month_of_text(bare)
    bare = bare.replace(formats.locale().groupSeparator(), "").replace(formats.locale().decimalPoint(), ".")
    bare = bare.replace(formats.MINUS, "-").strip("£% hdays/wek").strip()
    try:
        exact = Decimal(bare) * (PERCENT if spec.unit is Unit.PERCENT else MILLION)
    except InvalidOperation as error:
        raise NotANumber(text) from error
    if not exact.is_finite():
        raise NotANumber(text)
    return int(exact.to_integral_value())


def _month_of_text(text: str) -> int:
    words = text.replace("/", " ").replace("-", " ").split()
    names = [formats.locale().standaloneMonthName(k).casefold() for k in range(1, 13)]
    if len(words) != 2:
        raise NotANumber(text)
    first, year = words[0].casefold(), words[1]
    if first.isdecimal() and 1 <= int(first) <= 12:
        month = int(first)
    else:
        found = [k for k, name in enumerate(names, 1) if len(first) >= 3 and name.startswith(first)]
        month = found[0] if len(found) == 1 else 0
    if not month or not year.isdecimal() or len(year) != 4:
        raise NotANumber(text)
    return int(year) * 12 + month - 1


def tr(text: str) -> str:
    """A text of the levers in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def lever_name(key: LeverKey) -> str:
    """What a lever is called."""
    names = {
        LeverKey.PERCENT: tr("All staff: percent"),
        LeverKey.AT_LEAST_CASH: tr("or flat cash, if more"),
        LeverKey.FLOOR: tr("Lowest hourly rate"),
        LeverKey.GAP: tr("Gap between grades"),
        LeverKey.WEEKLY_HOURS: tr("Weekly hours"),
        LeverKey.ANNUAL_LEAVE: tr("Annual leave"),
        LeverKey.SLEEP_IN: tr("Sleep-in rate"),
        LeverKey.SICK_PAY: tr("Full sick pay"),
        LeverKey.START: tr("Start month"),
        LeverKey.YEAR_2: tr("Year 2: percent"),
        LeverKey.ONE_OFF: tr("One-off payment"),
        LeverKey.ALLOWANCES: tr("Allowances"),
        LeverKey.PENSION: tr("Employer pension"),
        LeverKey.FEE: tr("Fees paid: percent"),
    }
    return names[key]


def figure_of_lever(key: LeverKey) -> str:
    """The figure that explains what a lever costs: an element of the full-year cost, or a cost of its own."""
    elements = {
        LeverKey.PERCENT: "pay rules",
        LeverKey.AT_LEAST_CASH: "pay rules",
        LeverKey.YEAR_2: "pay rules",
        LeverKey.FLOOR: "floor",
        LeverKey.GAP: "differentials",
        LeverKey.WEEKLY_HOURS: "weekly hours",
        LeverKey.ANNUAL_LEAVE: "annual leave",
        LeverKey.SLEEP_IN: "sleep-ins",
        LeverKey.SICK_PAY: "sick pay",
        LeverKey.ALLOWANCES: "allowances",
        LeverKey.PENSION: "employer pension",
    }
    others = {LeverKey.START: "cost_in_year", LeverKey.ONE_OFF: "one_off", LeverKey.FEE: "operating_margin"}
    return others.get(key) or f"element:{elements[key]}"


def unit_text(unit: Unit) -> str:
    """The unit beside a box."""
    words = {Unit.HOURS: tr("hours"), Unit.DAYS: tr("days"), Unit.WEEKS: tr("weeks"), Unit.MONTH: ""}
    return words.get(unit, unit.value)


def value_words(key: LeverKey, value: int | None) -> str:
    """A value with its unit: ``3.20%``, ``£14.00``, ``37.50 hours``; None is as now, or no floor."""
    if value is None:
        return tr("none") if key is LeverKey.FLOOR else tr("as now")
    spec = SPECS[key]
    text = value_text(value, spec)
    if spec.unit in (Unit.POUNDS, Unit.HOURLY):
        return f"£{text}"
    if spec.unit is Unit.PERCENT:
        return f"{text}%"
    return f"{text} {unit_text(spec.unit)}".strip()


def words_of_state(state: LeverState) -> str:
    """What a lever says of an offer; a floor that is not set is no floor, whatever is paid today."""
    return value_words(state.key, state.value if state.key is LeverKey.FLOOR else state.shown)
