"""Figures as people read them, through QLocale. Digits come rounded from the engine, or are rounded half up here.

``None`` is not known, and reads so: never nought.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from models.parameters import LegalFloor

MINUS = "−"
DASH = "–"


def locale() -> QLocale:
    """The person's locale; British English where the system has none."""
    found = QLocale()
    if found.language() == QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    return found


def not_known() -> str:
    """The words for a figure that is not known."""
    return QCoreApplication.translate("formats", "not known")


def yes_or_no(value: float) -> str:
    """An input that is 1 for yes and 0 for no."""
    return (
        QCoreApplication.translate("formats", "yes") if value else QCoreApplication.translate("formats", "no")
    )


def number(value: float | None, places: int = 0, *, sign: bool = False) -> str:
    """A plain number: ``1,284``."""
    if value is None:
        return not_known()
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return _digits(exact, places, sign=sign)


def money(pounds: float | None, places: int = 0, *, sign: bool = False) -> str:
    """Pounds: ``£31,420,118``."""
    if pounds is None:
        return not_known()
    return _after_sign(number(pounds, places, sign=sign), "£")


def money_short(pounds: float | None, *, sign: bool = False) -> str:
    """Pounds to three or four figures, for tiles: ``£412.6m``, ``£86.3k``, ``£950``."""
    if pounds is None:
        return not_known()
    size = abs(pounds)
    for limit, unit in ((1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if size >= limit * 0.9995:
            scale = 1e3 if unit == "k" else limit
            places = 2 if size / scale < 10 else 1
            return _after_sign(number(pounds / scale, places, sign=sign), "£") + unit
    return money(pounds, sign=sign)


def rate(pounds: float | None, *, sign: bool = False) -> str:
    """Pounds and pence an hour: ``£13.45``."""
    return money(pounds, 2, sign=sign)


def legal_floor(floor: LegalFloor | None) -> str:
    """The minimum wage: ``£12.71``; one that nobody has looked up says so."""
    if floor is None:
        return not_known()
    words = rate(floor.rate)
    if floor.is_checked:
        return words
    return QCoreApplication.translate("formats", "{rate} (not verified)").format(rate=words)


def micros(value: int | None, places: int = 2, *, sign: bool = False) -> str:
    """£/10⁶ as pounds: ``£13.45``."""
    if value is None:
        return not_known()
    return _after_sign(_digits(Decimal(value) / 1_000_000, places, sign=sign), "£")


def percent(share: float | None, places: int = 1, *, sign: bool = False) -> str:
    """A share as percent: ``5.4%``."""
    if share is None:
        return not_known()
    return _digits(Decimal(repr(float(share))) * 100, places, sign=sign) + "%"


def ppm(value: int | None, places: int = 2, *, sign: bool = False) -> str:
    """Parts per million as percent: ``3.20%``."""
    if value is None:
        return not_known()
    return _digits(Decimal(value) / 10_000, places, sign=sign) + "%"


def day(value: date | None) -> str:
    """A date: ``31 Mar 2027``."""
    if value is None:
        return QCoreApplication.translate("formats", "date not known")
    return locale().toString(QDate(value.year, value.month, value.day), "d MMM yyyy")


def day_long(value: date | None) -> str:
    """A date in full: ``31 March 2027``."""
    if value is None:
        return QCoreApplication.translate("formats", "date not known")
    return locale().toString(QDate(value.year, value.month, value.day), "d MMMM yyyy")


def milliseconds(seconds: float) -> str:
    """A short time: ``34 ms``, ``1.2 s``."""
    if seconds < 1:
        return f"{number(max(1, round(seconds * 1000)))} ms"
    return f"{number(seconds, 1)} s"


def _digits(exact: Decimal, places: int, *, sign: bool) -> str:
    if not exact.is_finite():
        return not_known()
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, pence = f"{abs(rounded):f}".partition(".")
    text = locale().toString(int(whole))
    if pence:
        text += locale().decimalPoint() + pence
    if rounded < 0:
        return MINUS + text
    return "+" + text if sign and rounded > 0 else text


def _after_sign(text: str, symbol: str) -> str:
    """Put the currency sign after the plus or minus."""
    if text[:1] in {MINUS, "+"}:
        return text[0] + symbol + text[1:]
    return symbol + text if text[:1].isdigit() else text
