"""What a search asks and finds, in the person's words."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui import formats
from ui.widgets.scoreboard import catalogue_label, figure_text, limit_text, unit_of

if TYPE_CHECKING:
    from models.solve import Answer, Gives


def tr(text: str) -> str:
    """A text in the person's language."""
    return QCoreApplication.translate("", text)


def lever_words(key: str) -> str:
    """What a lever is called."""
    names = {
        "percent": tr("Rise"),
        "cash": tr("Cash rise"),
        "at_least_cash": tr("Least rise a year"),
        "at_least_hourly": tr("Least rise an hour"),
        "floor_hourly": tr("Floor"),
        "differential": tr("Gap between grades"),
        "allowances_percent": tr("Allowances"),
        "weekly_hours": tr("Weekly hours"),
        "annual_leave_days": tr("Annual leave"),
        "sleep_in_rate": tr("Sleep-in"),
        "employer_pension_percent": tr("Employer pension"),
        "paid_training_hours": tr("Paid training"),
        "uplift_percent": tr("Fee uplift"),
    }
    return names.get(key, key)


def lever_with_unit(key: str) -> str:
    """What a lever is called, with what it counts in."""
    from bargain.solve.levers import lever_of

    return f"{lever_words(key)} ({lever_of(key).unit})"


def value_text(key: str, value: int) -> str:
    """A lever's value with its unit: ``3.15%``, ``£13.45``."""
    from bargain.solve.levers import lever_of, number_text

    lever = lever_of(key)
    number = float(number_text(value, lever))
    if lever.unit == "%":
        return formats.ppm(value)
    if lever.unit.startswith("£"):
        places = 0 if lever.key in {"cash", "at_least_cash", "at_most_cash"} else 2
        return formats.money(number, places)
    return f"{formats.number(number, 2 if number % 1 else 0)} {lever.unit}"


def read_number(text: str) -> Decimal | None:
    """What was typed, without signs of money and per cent; None where it is no number."""
    bare = text.replace(formats.locale().groupSeparator(), "").replace(formats.locale().decimalPoint(), ".")
    bare = bare.replace(formats.MINUS, "-").strip().strip("£%").strip()
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def answer_sentence(answer: Answer) -> str:
    """The answer in one or two sentences, as it goes on the clipboard."""
    values = ", ".join(
        tr("{lever} {value}").format(lever=lever_words(key), value=value_text(key, value))
        for key, value in answer.values
    )
    measure = catalogue_label(answer.aim.measure).lower()
    figure = figure_text(answer.aim_value, unit_of(answer.aim.measure))
    if not answer.feasible:
        text = tr("Can't be done within these limits. Nearest: {values}, and {measure} is {figure}.")
        return text.format(values=values, measure=measure, figure=figure)
    return tr("{values}: then {measure} is {figure}.").format(values=values, measure=measure, figure=figure)


def reason_lines(answer: Answer) -> list[str]:
    """What binds, or what can't hold together and what each would have to give; and how much was looked at."""
    lines = []
    if answer.feasible and answer.binding:
        names = "; ".join(dict.fromkeys(one.name for one in answer.binding))
        lines.append(tr("What binds: {names}.").format(names=names))
    elif answer.feasible and answer.verdicts:
        lines.append(tr("No target binds."))
    if answer.feasible and answer.at_limits:
        names = ", ".join(lever_words(key) for key in answer.at_limits)
        lines.append(tr("At its limit: {names}.").format(names=names))
    for members in answer.conflicts:
        if len(members) > 1:
            lines.append(tr("These can't hold together:"))
        lines += [_gives(one, alone=len(members) == 1) for one in members]
    tried = tr("{looked} of {all} combinations were appraised.")
    if answer.whole and answer.looked_at < answer.combinations:
        tried = tr(
            "{looked} of {all} combinations were appraised; these prove that the others are no better."
        )
    lines.append(
        tried.format(looked=formats.number(answer.looked_at), all=formats.number(answer.combinations))
    )
    return lines


def _gives(one: Gives, *, alone: bool) -> str:
    unit = unit_of(one.target.measure)
    sign = "≥" if one.target.at_least is not None else "≤"
    name = f"{one.target.name} ({sign} {limit_text(one.limit, unit)})"
    best = figure_text(one.best, unit)
    if not one.moves:
        return tr("✗ {name} stays at {best}: nothing that may change moves it.").format(name=name, best=best)
    if one.best is None:
        return tr("✗ {name}: giving it up would not be enough.").format(name=name)
    if alone:
        return tr("✗ {name} is out of reach: it comes no nearer than {best}.").format(name=name, best=best)
    return tr("✗ {name} would have to give way to {best}.").format(name=name, best=best)
