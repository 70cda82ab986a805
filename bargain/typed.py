"""Figures as people type and paste them: ``£24,413``, ``24 413,50``, ``13.06 %``; read exactly, never guessed."""

from __future__ import annotations

import re
from decimal import Decimal

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t"), " ")
_SIGNS = dict.fromkeys(map(ord, "−–"), "-")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?P<group>[ .,'’])\d{3})(?:(?P=group)\d{3})*(?:(?P<mark>[.,])\d+)?")


def figure_of(text: str) -> Decimal | None:
    """The figure in a text with its pound or per-cent sign, either decimal mark, and thousands set apart.

    One comma before exactly three digits sets thousands apart, as in ``24,413``; before any other number of
    digits it is a decimal comma, as in ``13,06``. None where the text is no figure.
    """
    plain = text.translate(_SPACES).translate(_SIGNS).strip()
    negative = plain.startswith("-")
    plain = plain.lstrip("-+ ").removeprefix("£").removesuffix("%").strip()
    grouped = _GROUPED.fullmatch(plain)
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
