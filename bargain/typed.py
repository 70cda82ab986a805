"""Figures as people type and paste them: ``£24,413``, ``24 413,50``, ``13.06 %``; read exactly, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t"), " ")
_SIGNS = dict.fromkeys(map(ord, "−–"), "-")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?P<group>[ .,'’])\d{3})(?:(?P=group)\d{3})*(?:(?P<mark>[.,])\d+)?")
_CONTINENTAL = re.compile(r"\d+(?:,\d+)?|[1-9]\d{0,2}(?:[. ]\d{3})+(?:,\d+)?")
_COMMA = re.compile(r"[\d. ]*\d,(?:\d{1,2}|\d{4,})|[\d.]+\.\d{3},\d+")
_DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def uses_decimal_comma(texts: Iterable[str], *, in_thousands: bool = False) -> bool:
    """Whether figures that belong together are written with a decimal comma, so that a dot sets thousands apart.

    in_thousands: they are of a size (pay a year) of which ``26.000`` can only mean thousands.
    """
    said = [text.translate(_SPACES).strip("£ %") for text in texts if text.strip()]
    if any(_COMMA.fullmatch(one) for one in said):
        return True
    return in_thousands and bool(said) and all(_DOTTED.fullmatch(one) for one in said)


def figure_of(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """The figure in a text with its pound or per-cent sign, either decimal mark, and thousands set apart.

    One comma before exactly three digits sets thousands apart, as in ``24,413``; before any other number of
    digits it is a decimal comma, as in ``13,06``. decimal_comma: it always is, and a dot sets thousands apart.
    None where the text is no figure.
    """
    plain = text.translate(_SPACES).translate(_SIGNS).strip()
    negative = plain.startswith("-")
    plain = plain.lstrip("-+ ").removeprefix("£").removesuffix("%").strip()
    if decimal_comma and _CONTINENTAL.fullmatch(plain):
        plain = plain.replace(".", "").replace(" ", "")
    grouped = None if decimal_comma else _GROUPED.fullmatch(plain)
    if grouped is not None and grouped["mark"] != grouped["group"] and _is_grouped(plain, grouped["mark"]):
        for sign in " '’" + ("," if grouped["mark"] != "," else "") + ("." if grouped["mark"] != "." else ""):
            plain = plain.replace(sign, "")
    elif _PLAIN.fullmatch(plain) is None:
        return None
    value = Decimal(plain.replace(",", "."))
    return -value if negative else value


def _is_grouped(plain: str, mark: str | None) -> bool:
    """Whether dots and commas of a figure set thousands apart: a single dot before three digits is a decimal."""
    return mark is not None or "." not in plain or plain.count(".") > 1
