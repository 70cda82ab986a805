"""The payroll's own control total beside what was read, and what a difference most likely comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np
from numpy.typing import NDArray

from bargain.intake.reading import PayrollReading, RowKind, SheetReading
from bargain.intake.values import Unreadable, read_number
from models.basis import Basis
from models.units import MICROS_PER_POUND
from models.workforce import Workforce

_NEAR = Decimal("0.005")  # half a penny: the two agree
_LIKE = Decimal("0.005")
_TIMES = (
    (Decimal(12), "a year", "a month"),
    (Decimal("52.143"), "a year", "a week"),
    (Decimal(13), "a year", "four weeks"),
)
_ON_COSTS = (Decimal("1.08"), Decimal("1.45"))


@dataclass(frozen=True, slots=True)
class Control:
    """A control total in pounds: what was read, less what it says; about how many staff that is; likely causes."""

    total: Decimal
    read: Decimal
    about_staff: float
    likely: tuple[str, ...] = ()

    @property
    def difference(self) -> Decimal:
        """What was read, less the control total."""
        return self.read - self.total

    @property
    def agrees(self) -> bool:
        """Whether the two are the same to the penny."""
        return abs(self.difference) < _NEAR

    @property
    def says(self) -> str:
        """In one or two sentences, ready to be shown."""
        if self.agrees:
            return f"The files add up to the control total of £{self.total:,.2f}."
        about = f" (about {self.about_staff:,.0f} staff)" if self.about_staff >= 1 else ""
        return (
            f"The files add up to £{self.read:,.2f}. The control total is £{self.total:,.2f}. "
            f"Difference £{abs(self.difference):,.2f}{about}."
        )


def amount(text: str) -> Decimal | None:
    """A total as people type it, such as ``£31,420,118.50``; None where it is no amount."""
    try:
        value = Decimal(text.replace("£", "").replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def control_of(readings: Sequence[PayrollReading], total: Decimal) -> Control:
    """Hold what was read against a control total."""
    sheets = [sheet for reading in readings for sheet in reading.sheets]
    read = sum((sheet.paybill for sheet in sheets), Decimal(0))
    heads = sum((sheet.heads for sheet in sheets), Decimal(0))
    mean = read / heads if heads else Decimal(0)
    difference = abs(read - total)
    about = float(difference / mean) if mean else 0.0
    likely = () if difference < _NEAR else tuple(_likely(sheets, read, total))
    return Control(total, read, round(about, 1), likely)


def _likely(sheets: Sequence[SheetReading], read: Decimal, total: Decimal) -> Iterator[str]:
    """What such a difference comes from: the time the total is for, on-costs, rows that were left out, double jobs."""
    if read and total > 0:
        for times, ours, theirs in _TIMES:
            if abs(read / total / times - 1) < _LIKE:
                yield f"The control total looks like pay for {theirs}; the pay bill is for {ours}."
        if _ON_COSTS[0] <= total / read <= _ON_COSTS[1]:
            yield f"The control total is {total / read - 1:.0%} higher: it may hold on-costs, overtime or allowances."
        full = sum(float(np.sum(_yearly(sheet.workforce, full_time=True))) for sheet in sheets)
        if abs(full / float(total) - 1) < _LIKE < abs(float(read / total) - 1):
            yield "The control total is what full time would be paid; the files were read as what is actually paid."
    missing = total - read
    for name, paid in _by_employer(sheets).items():
        if paid and abs(float(abs(missing)) / paid - 1) < _LIKE:
            yield f"The difference is what {name} pays: it may be in one of the two and not in the other."
    aside = [one for sheet in sheets for one in sheet.problems if one.set_aside]
    held = sum((_amount(one.value) for one in aside if "pay" in one.code), Decimal(0))
    if aside:
        exact = " Their pay as it stands is the difference." if held and abs(held - missing) < 1 else ""
        yield f"{len({(one.code, one.row) for one in aside}):,} rows were set aside and are in no figure.{exact}"
    leavers = sum(sheet.counts[RowKind.LEAVER] for sheet in sheets)
    if leavers and missing > 0:
        yield f"{leavers:,} leavers were left out; the control total may still hold them."
    for code, words in (
        ("same_row_again", "rows are the same as an earlier one"),
        ("staff_number_again", "staff numbers stand twice"),
        ("total_disagrees", "printed totals in the file are not the sums of their rows"),
    ):
        count = sum(one.rows for sheet in sheets for one in sheet.problems if one.code == code)
        if count:
            yield f"{count:,} {words}."


def _yearly(force: Workforce, *, full_time: bool) -> NDArray[np.float64]:
    """What each row is paid, or would be paid full time, in pounds a year."""
    rate = force.rate_micros / MICROS_PER_POUND
    hourly = force.basis == Basis.HOUR
    hours = force.full_hours_w if full_time else force.hours_w
    share = 1.0 if full_time else force.fte
    return np.asarray(force.heads * np.where(hourly, rate * hours * force.weeks_y, rate * share))


def _by_employer(sheets: Sequence[SheetReading]) -> dict[str, float]:
    """What each employer's staff are paid, in pounds a year; nothing where there is only one employer."""
    paid: dict[str, float] = {}
    for sheet in sheets:
        force = sheet.workforce
        known = force.employer_code >= 0
        each = _yearly(force, full_time=False)[known]
        sums = np.bincount(force.employer_code[known], weights=each, minlength=len(force.employers))
        for name, total in zip(force.employers, sums.tolist(), strict=True):
            paid[name] = paid.get(name, 0.0) + total
    return paid if len(paid) > 1 else {}


def _amount(text: str) -> Decimal:
    try:
        return read_number(text) or Decimal(0)
    except Unreadable:
        return Decimal(0)
