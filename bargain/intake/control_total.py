"""A pay bill read against the total that the payroll department gives: the difference, and what often causes such a one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bargain.intake.reading import PayrollReading, RowKind, SheetReading
from models.workforce import Basis, Workforce

_NEAR = Decimal("0.005")
_PENNIES = Decimal(1)
_WITH_ON_COSTS = Decimal("1.08"), Decimal("1.45")
_TIMES = (
    (Decimal(12), "month"),
    (Decimal(13), "four_weeks"),
    (Decimal(26), "fortnight"),
    (Decimal("52.143"), "week"),
)


class Cause(StrEnum):
    """What may be behind a difference."""

    ROUNDING = "rounding"
    FULL_TIME = "full_time"
    PERIOD = "period"
    EMPLOYER = "employer"
    ON_COSTS = "on_costs"
    LEFT_OUT = "left_out"
    LEAVERS = "leavers"
    HIDDEN = "hidden"
    DOUBLE = "double"


@dataclass(frozen=True, slots=True)
class LikelyCause:
    """One cause, with the name (an employer, a period) and the count of rows that go with it."""

    cause: Cause
    name: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Control:
    """``difference`` is the files' pay bill less the total that was typed, in pounds, exactly.

    ``staff`` is how many heads of average pay it would take to make it.
    """

    found: Decimal
    typed: Decimal
    difference: Decimal
    staff: float
    causes: tuple[LikelyCause, ...]


def amount(text: str) -> Decimal | None:
    """A total as people type it, such as ``£31,420,118.50``; None where it is no amount."""
    try:
        value = Decimal(text.replace("£", "").replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def held_against(readings: Sequence[PayrollReading], typed: Decimal) -> Control:
    """The files' pay bill beside a control total in pounds a year, and the likely causes of a difference."""
    sheets = [sheet for reading in readings for sheet in reading.sheets]
    found = sum((sheet.paybill for sheet in sheets), Decimal(0))
    heads = sum((sheet.heads for sheet in sheets), Decimal(0))
    difference = found - typed
    mean = found / heads if heads else Decimal(0)
    staff = float(abs(difference) / mean) if mean > 0 else 0.0
    causes = tuple(_causes(sheets, found, typed)) if difference else ()
    return Control(found, typed, difference, staff, causes)


def _causes(sheets: Sequence[SheetReading], found: Decimal, typed: Decimal) -> Iterator[LikelyCause]:
    difference = found - typed
    if abs(difference) < _PENNIES:
        yield LikelyCause(Cause.ROUNDING)
        return
    full = Decimal(sum(float(_full_time(sheet.workforce).sum()) for sheet in sheets))
    if not _near(full, found) and _near(full, typed):
        yield LikelyCause(Cause.FULL_TIME)
    for times, name in _TIMES:
        if _near(typed * times, found):
            yield LikelyCause(Cause.PERIOD, name)
    for name, paid in _by_employer(sheets).items():
        if _near(paid, abs(difference)):
            yield LikelyCause(Cause.EMPLOYER, name)
    if found and _WITH_ON_COSTS[0] <= typed / found <= _WITH_ON_COSTS[1]:
        yield LikelyCause(Cause.ON_COSTS)
    aside = sum(sheet.counts[RowKind.SET_ASIDE] for sheet in sheets)
    leavers = sum(sheet.counts[RowKind.LEAVER] for sheet in sheets)
    hidden = sum(sheet.hidden_rows for sheet in sheets)
    doubled = sum(
        one.code == "same_row_again" and not one.set_aside for sheet in sheets for one in sheet.problems
    )
    if difference < 0 and aside:
        yield LikelyCause(Cause.LEFT_OUT, rows=aside)
    if difference < 0 and leavers:
        yield LikelyCause(Cause.LEAVERS, rows=leavers)
    if difference > 0 and hidden:
        yield LikelyCause(Cause.HIDDEN, rows=hidden)
    if difference > 0 and doubled:
        yield LikelyCause(Cause.DOUBLE, rows=doubled)


def _near(one: Decimal, other: Decimal) -> bool:
    return other != 0 and abs(one - other) <= _NEAR * abs(other)


def _full_time(force: Workforce) -> NDArray[np.float64]:
    """What full time would be paid, pounds a year a row."""
    rate = force.rate_micros / 1_000_000
    hourly = force.basis == Basis.HOUR
    return np.asarray(force.heads * np.where(hourly, rate * force.full_hours_w * force.weeks_y, rate))


def _by_employer(sheets: Sequence[SheetReading]) -> dict[str, Decimal]:
    """What each employer's staff are paid, pounds a year; nothing where there is only one."""
    paid: dict[str, float] = {}
    for sheet in sheets:
        force = sheet.workforce
        rate = force.rate_micros / 1_000_000
        hourly = force.basis == Basis.HOUR
        each = force.heads * np.where(hourly, rate * force.hours_w * force.weeks_y, rate * force.fte)
        known = force.employer_code >= 0
        sums = np.bincount(force.employer_code[known], weights=each[known], minlength=len(force.employers))
        for name, total in zip(force.employers, sums.tolist(), strict=True):
            paid[name] = paid.get(name, 0.0) + total
    return {name: Decimal(total) for name, total in paid.items()} if len(paid) > 1 else {}
