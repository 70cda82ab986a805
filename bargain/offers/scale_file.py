"""Scale files: CSV in, a PayScale out; the table after an offer as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from bargain.money import micros
from bargain.offers.scale import ScaleRow
from bargain.plain_cells import as_plain, without_mark
from models.basis import Basis
from models.issues import UnusableInput
from models.payscale import PayScale, Rounding, ScalePoint
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND, WEEKS_PER_YEAR

_COLUMNS = {
    "point": ("point", "scp", "pay point", "spinal point", "step", "role", "rank"),
    "annual": ("annual", "annual_gbp", "salary", "annual salary"),
    "hourly": ("hourly", "hourly_gbp", "hourly rate"),
    "grade": ("grade", "band", "range", "lane"),
    "unrounded": ("annual_unrounded",),
}

_PICOS_PER_MICRO = 1_000_000


def read_scale(
    text: str,
    *,
    source: str,
    rounding: Rounding | None = None,
    weekly_hours: float = 37.0,
    weeks_y: float = WEEKS_PER_YEAR,
) -> tuple[PayScale, dict[str, Fraction]]:
    """The scale in a CSV text, and its unrounded amounts by point where the file has them.

    Columns ``point`` and ``annual`` or ``hourly``, optional ``grade`` and ``annual_unrounded``; where the
    same point name stands under several grades, the name becomes "grade point". Without a rounding rule a
    scale of whole pounds a year rounds half up to the pound, any other to the penny.
    """
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    found = _columns(list(rows[0]) if rows else [], source)
    basis = Basis.YEAR if "annual" in found else Basis.HOUR
    amount_column = found["annual" if basis is Basis.YEAR else "hourly"]
    grades = [without_mark((row.get(found.get("grade", "")) or "").strip()) for row in rows]
    names = [without_mark((row.get(found["point"]) or "").strip()) for row in rows]
    twice = {name for name, count in Counter(names).items() if count > 1}
    if twice and "grade" in found:
        names = [
            f"{grade} {name}" if name in twice else name for name, grade in zip(names, grades, strict=True)
        ]
    points: list[ScalePoint] = []
    starts: dict[str, Fraction] = {}
    for line, (row, name, grade) in enumerate(zip(rows, names, grades, strict=True), start=2):
        if not name:
            raise UnusableInput(f"{source}, row {line}: the point has no name; give it one.")
        if name in starts:
            raise UnusableInput(f"{source}, row {line}: the point “{name}” stands twice; keep one of them.")
        amount = amount_of(row.get(amount_column), f"{source}, row {line}, column {amount_column}")
        exact = (row.get(found.get("unrounded", "")) or "").strip()
        starts[name] = _fraction(exact, f"{source}, row {line}") if exact else Fraction(micros(amount))
        picos = int(starts[name] * _PICOS_PER_MICRO) if exact else None
        points.append(ScalePoint(name, micros(amount), grade, picos))
    whole_pounds = all(point.amount_micros % MICROS_PER_POUND == 0 for point in points)
    default = Rounding.HALF_UP_POUND if basis is Basis.YEAR and whole_pounds else Rounding.HALF_UP_PENNY
    scale = PayScale(source, basis, tuple(points), rounding or default, weekly_hours, weeks_y)
    return scale, starts


def _columns(headings: list[str], source: str) -> dict[str, str]:
    found = {
        field: heading
        for field, known in _COLUMNS.items()
        for heading in headings
        if heading and heading.strip().lower() in known
    }
    if "point" not in found or not {"annual", "hourly"} & set(found):
        raise UnusableInput(
            f"{source} is not a pay scale: its first row must name the columns “point” and “annual” or “hourly”."
        )
    return found


def amount_of(text: str | None, place: str) -> Decimal:
    """An amount of pay in pounds. Raises UnusableInput that names the place."""
    plain = (text or "").replace(",", "").replace("£", "").strip()
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise UnusableInput(f"{place}: “{text or ''}” is not an amount in pounds; correct it.") from None
    if not value.is_finite() or not 0 < value < 10_000_000:
        raise UnusableInput(f"{place}: {plain} is not an amount that anyone is paid; correct it.")
    return value


def _fraction(text: str, place: str) -> Fraction:
    try:
        return Fraction(text) * MICROS_PER_POUND
    except (ValueError, ZeroDivisionError):
        raise UnusableInput(
            f"{place}, column annual_unrounded: “{text}” is not a number; correct it."
        ) from None


def write_scale_after(rows: tuple[ScaleRow, ...]) -> str:
    """AFTER.csv: point, annual, hourly, increase, increase_percent, annual_unrounded."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    graded = any(row.grade for row in rows)
    headings = ["point", "annual", "hourly", "increase", "increase_percent", "annual_unrounded"]
    writer.writerow([*headings, "grade"] if graded else headings)
    for row in rows:
        before = row.before_annual_micros
        rise = None if before is None else row.annual_micros - before
        values = [
            as_plain(row.point),
            pounds_text(row.annual_micros),
            f"{Decimal(row.hourly_micros // MICROS_PER_PENNY) / 100:.2f}",
            "" if rise is None else pounds_text(rise),
            "" if rise is None or before is None else f"{Decimal(rise) * 100 / before:.4f}",
            _exact_text(row.unrounded),
        ]
        writer.writerow([*values, as_plain(row.grade)] if graded else values)
    return out.getvalue()


def pounds_text(amount_micros: int) -> str:
    """Pounds in digits: whole pounds as they are, else pence, else as many decimals as there are."""
    exact = Decimal(amount_micros) / MICROS_PER_POUND
    if exact == exact.to_integral_value():
        return f"{exact:.0f}"
    return f"{exact:.2f}" if amount_micros % MICROS_PER_PENNY == 0 else format(exact.normalize(), "f")


def _exact_text(amount: Fraction) -> str:
    """Pounds without loss: a decimal where it ends within twenty places, else a fraction."""
    pounds = amount / MICROS_PER_POUND
    for places in range(21):
        if (pounds * 10**places).denominator == 1:
            return f"{Decimal(int(pounds * 10**places)).scaleb(-places):f}"
    return f"{pounds.numerator}/{pounds.denominator}"
