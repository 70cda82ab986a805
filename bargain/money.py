"""Rounding of money, in one place. Amounts are whole millionths of a pound (micros).

Every function takes int64 arrays, or object arrays and plain numbers of ``fractions.Fraction`` where a scale
carries unrounded values from year to year. Floats never round money: half up at ×1.025 in floats is wrong
for about one amount in seventy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.payscale import Rounding
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND, PPM

Amounts = NDArray[Any]  # int64, or object holding Fractions

_WAY_TO = re.compile(r"(half-up|up|down|half-even)-(?:(\d{1,6})-?)?(pound|penny|pounds|pence|p)")


def rounding_of(text: str) -> tuple[Rounding, int] | None:
    """A rule as it is written: ``half-up-pound``, ``up-3-pounds``, ``half-even-5-pence``, ``none``.

    Returns the way and unit, and how many of the unit; None where the text is no such rule.
    """
    plain = text.strip().lower()
    if plain == Rounding.NONE:
        return Rounding.NONE, 1
    found = _WAY_TO.fullmatch(plain)
    if found is None or found[2] == "0":
        return None
    unit = "pound" if found[3].startswith("pound") else "penny"
    return Rounding(f"{found[1]}-{unit}"), int(found[2] or 1)


def rounding_text(rule: Rounding, to: int = 1) -> str:
    """The rule as ``rounding_of`` reads it back."""
    if to == 1 or rule is Rounding.NONE:
        return str(rule)
    way, _, unit = str(rule).rpartition("-")
    return f"{way}-{to}-{'pounds' if unit == 'pound' else 'pence'}"


def _grain(rule: Rounding, to: int) -> int:
    """What a rule rounds to, £/10⁶."""
    return to * (MICROS_PER_POUND if rule.endswith("pound") else MICROS_PER_PENNY)


def _way(rule: Rounding) -> str:
    return str(rule).rpartition("-")[0]


def share_of(amounts: Amounts, ppm: int, *, rounding: Rounding = Rounding.HALF_UP_PENNY) -> Amounts:
    """A share of each amount, exact for Fractions, else to the unit in the direction that cannot mislead.

    A later half-up rounding looks only at whether a tie is reached: cutting off below the unit never
    reaches or leaves one. Rounding up looks at whether anything is left over, so there the remainder is
    carried up; halves to even asks that and on which side, so there it is kept as an odd last digit. The
    amount is split, so that millions in £/10¹² do not overflow.
    """
    if amounts.dtype == object:
        exact: Amounts = amounts * Fraction(ppm, PPM)
        return exact
    if ppm == 0:
        return np.zeros_like(amounts)
    large = amounts // PPM
    small = (
        amounts - large * PPM
    )  # two steps: numpy divides a column by one number faster than it finds rests
    if _way(rounding) == "up":
        return np.asarray(large * ppm - (-small * ppm) // PPM)
    share = large * ppm + small * ppm // PPM
    return (
        np.asarray(share | (small * ppm % PPM != 0)) if _way(rounding) == "half-even" else np.asarray(share)
    )


def rounded(amounts: Amounts, rule: Rounding, *, to: int = 1, per_micro: int = 1) -> Amounts:
    """Each amount rounded by the scale's rule. per_micro: units of ``amounts`` in £/10⁶."""
    if rule is Rounding.NONE:
        return amounts
    grain, way = _grain(rule, to) * per_micro, _way(rule)
    if way == "up":
        return np.asarray(-((-amounts) // grain) * grain)
    if way == "down":
        return np.asarray(amounts // grain * grain)
    up = (amounts + grain // 2) // grain  # a grain is an even number of micros
    if way == "half-even":
        up = up - ((up % 2 == 1) & (up * grain - amounts == grain // 2))
    return np.asarray(up * grain)


def rounded_one(amount: Fraction | int, rule: Rounding, *, to: int = 1) -> int:
    """One amount rounded by the rule; with ``none`` to the nearest micro, half up."""
    exact = Fraction(amount)
    if rule is Rounding.NONE:
        return int((exact * 2 + 1) // 2)
    grain, way = _grain(rule, to), _way(rule)
    if way == "up":
        return int(-((-exact) // grain)) * grain
    if way == "down":
        return int(exact // grain) * grain
    up = int((exact * 2 + grain) // (2 * grain))
    if way == "half-even" and up % 2 and Fraction(up * grain) - exact == Fraction(grain, 2):
        up -= 1
    return up * grain


def micros(pounds: Decimal | float | str) -> int:
    """Pounds as whole micros, half up. Takes a Decimal, an int, or a float by its shortest text."""
    exact = pounds if isinstance(pounds, Decimal) else Decimal(str(pounds))
    return rounded_one(Fraction(exact) * MICROS_PER_POUND, Rounding.NONE)


def ppm(percent: Decimal | float | str) -> int:
    """A percentage (3.2) as whole parts per million (32_000)."""
    exact = percent if isinstance(percent, Decimal) else Decimal(str(percent))
    return rounded_one(Fraction(exact) * (PPM // 100), Rounding.NONE)


def hourly_of_year(
    year_micros: Amounts,
    *,
    weeks_y: float,
    weekly_hours: NDArray[np.float64] | float,
) -> NDArray[np.int64]:
    """Hourly rate of a full-time year, to the penny: annual ÷ weeks ÷ contracted weekly hours.

    Weeks and hours count to three and four decimals, so the quotient is one of whole numbers.
    Returns £/10⁶, shape as given.
    """
    weeks = round(weeks_y * 1000)
    hours = np.rint(np.asarray(weekly_hours, dtype=np.float64) * 10_000).astype(np.int64)
    divisor = np.maximum(weeks * hours, 1)  # micros × 10⁷ / divisor is £/10⁶ an hour
    if year_micros.dtype == object:
        exact = [
            (Fraction(amount) * 10**7 / int(part) * 2 + MICROS_PER_PENNY) // (2 * MICROS_PER_PENNY)
            for amount, part in zip(year_micros, np.broadcast_to(divisor, year_micros.shape), strict=True)
        ]
        return np.array([int(one) * MICROS_PER_PENNY for one in exact], dtype=np.int64)
    # pence = micros × 10³ / divisor, half up; micros × 2 × 10³ stays in int64 up to £4.6bn a year
    return np.asarray((year_micros * 2000 + divisor) // (2 * divisor) * MICROS_PER_PENNY)


def year_of_hourly(hourly_micros: int, *, weeks_y: float, weekly_hours: float) -> int:
    """A full-time year of an hourly rate to the penny, half up: rate × weeks × weekly hours. £/10⁶."""
    hours = Fraction(round(weekly_hours * 10_000), 10_000)
    return rounded_one(hourly_micros * Fraction(round(weeks_y * 1000), 1000) * hours, Rounding.HALF_UP_PENNY)


def largest_remainder(
    parts: Sequence[float], *, grain: float = 1.0, total: float | None = None
) -> tuple[float, ...]:
    """Parts rounded to ``grain`` so that they sum to the rounded total (largest remainder method).

    total: what the parts come to as it is shown elsewhere, where it was summed in another order.
    """
    scaled = [part / grain for part in parts]
    floors = [int(np.floor(part)) for part in scaled]
    whole = sum(scaled) if total is None else total / grain
    missing = int(np.floor(whole + 0.5)) - sum(floors)
    order = sorted(range(len(parts)), key=lambda index: (floors[index] - scaled[index], index))
    chosen = set(order[: max(missing, 0)])
    return tuple((whole + (index in chosen)) * grain for index, whole in enumerate(floors))
