"""How figures are written in a draft: money, percentages, counts, and which may be shown at all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bargain.money import largest_remainder
from bargain.offers.phrases import Phrases
from bargain.small_groups import SMALLEST_GROUP
from models.units import MICROS_PER_POUND

LEAST_EMPLOYERS = 3  # behind a cell; with the two limits below, so that nobody's margin can be worked out
MOST_OF_ONE = 0.4375
MOST_OF_TWO = 0.85
_MINUS = "−"


def rounded_text(value: float | Fraction | Decimal, places: int) -> str:
    """A number half up to so many decimals, with commas and a true minus sign; never “−0”."""
    exact = Fraction(value) if not isinstance(value, float) else Fraction(repr(value))
    scaled = abs(exact) * 10**places
    whole = int((scaled * 2 + 1) // 2)
    digits = Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{_MINUS if exact < 0 and whole else ''}{digits:,}"


def pounds(value: float | Fraction, places: int = 0) -> str:
    """``£471,619``; a cost below nought is ``−£1``."""
    text = rounded_text(value, places)
    return f"{_MINUS}£{text[1:]}" if text.startswith(_MINUS) else f"£{text}"


def percent(share: float | Fraction, p: Phrases, places: int = 2) -> str:
    """A share from 0 to 1 as ``6.48 %``."""
    exact = Fraction(repr(share)) if isinstance(share, float) else share
    return p.say("number.percent", value=rounded_text(exact * 100, places))


def count(value: float) -> str:
    """People: whole where they are whole, else to one decimal."""
    return f"{value:,.0f}" if float(value).is_integer() else rounded_text(value, 1)


def rate(micros: int) -> str:
    """£/10⁶ as a bare amount to the penny, for table columns whose heading has the unit: ``14.00``."""
    return rounded_text(Fraction(micros, MICROS_PER_POUND), 2)


def summing_pounds(parts: Sequence[float]) -> tuple[tuple[str, ...], str]:
    """Parts in whole pounds and their sum, so that the printed parts add up to the printed sum."""
    whole = largest_remainder(parts)
    return tuple(pounds(part) for part in whole), pounds(float(sum(whole)))


def capital(text: str) -> str:
    """The text with a capital first letter, as the first words of a table row are written."""
    return text[:1].upper() + text[1:]


def may_show_staff(heads: float) -> bool:
    """Whether a figure about so many people may be printed."""
    return heads >= SMALLEST_GROUP


def may_show_employers(sizes: Sequence[float]) -> bool:
    """Whether a sum over employers of these sizes hides each one of them (disclosure rules, 2b)."""
    total = sum(sizes)
    largest = sorted(sizes, reverse=True)
    return (
        len(sizes) >= LEAST_EMPLOYERS
        and total > 0
        and largest[0] <= MOST_OF_ONE * total
        and largest[0] + largest[1] <= MOST_OF_TWO * total
    )
