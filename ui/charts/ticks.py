"""Round numbers for an axis, and how a figure is written on a chart."""

from __future__ import annotations

import math

from ui import formats
from ui.charts.model import Number


def nice_step(span: float, wanted: int) -> float:
    """The 1, 2 or 5 times a power of ten that cuts ``span`` into about ``wanted`` parts."""
    if span <= 0 or not math.isfinite(span):
        return 1.0
    rough = span / max(wanted, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    for times in (1.0, 2.0, 5.0):
        if rough <= times * power * 1.000001:
            return times * power
    return 10.0 * power


def nice_ticks(low: float, high: float, wanted: int = 6) -> tuple[float, ...]:
    """Round numbers from at or below ``low`` to at or above ``high``."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return (0.0, 1.0)
    if high <= low:
        spread = abs(low) * 0.05 or 0.5
        low, high = low - spread, high + spread
    step = nice_step(high - low, wanted)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return tuple(round(k * step, 12) for k in range(first, last + 1))


def figure_text(value: float, number: Number, *, step: float | None = None) -> str:
    """A figure in full, or, on an axis (``step`` given), with only the digits that the step needs."""
    if number is Number.PERCENT:
        return formats.percent(value, 2 if step is None else _digits(step * 100))
    if number is Number.HOURLY:
        return formats.money(value, 2 if step is None or step < 1 else 0)
    if number is Number.POUNDS:
        if step is None:
            return formats.money(value)
        for scale, suffix in ((1_000_000, "m"), (1_000, "k")):
            if step >= scale / 10:
                return formats.money(value / scale, _digits(step / scale)) + (suffix if value else "")
        return formats.money(value, _digits(step))
    return formats.number(value, _digits(step) if step is not None else 2)


def _digits(step: float) -> int:
    return max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0
