"""What the heading of a pay column says: the period, actual or full-time, and whether it is basic pay at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bargain.intake.reading import PayKind, Period
from bargain.intake.words import has_phrase, longest_phrase, meanings, phrases, plain_words

_THOUSANDS = re.compile(
    r"£\s*(?:0?00s?|k)\b|[£$€(]\s*'?000'?s?\b|\(\s*k\s*\)|\b(?:in )?thousands\b|£k\b", re.IGNORECASE
)
_PENCE = re.compile(r"\(\s*p(?:ence)?\s*\)|\b(?:in )?pence\b", re.IGNORECASE)
_LEFT_OUT = re.compile(r"\b(?:without|excluding|excl|exc|before|less|not including|net of|heb)\b.*")


@dataclass(frozen=True, slots=True)
class PayHeading:
    """``tier`` is basic, plain, gross, minimum or maximum; period and kind are None where the heading is silent."""

    tier: str = "plain"
    period: Period | None = None
    kind: PayKind | None = None


def hours_period(heading: str) -> Period | None:
    """The time that hours under a heading are for; None where it does not say, which is a week."""
    words = plain_words(heading)
    found = longest_phrase(
        words, {one: period for one, period in meanings("pay", "periods").items() if period != Period.HOUR}
    )
    return Period(found[1]) if found else None


def unit_of(heading: str) -> str:
    """What one figure under a heading counts, where the heading says so: ``thousands`` (£000), ``pence``; blank for pounds."""
    if _THOUSANDS.search(heading):
        return "thousands"
    return "pence" if _PENCE.search(heading) else ""


@cache
def pay_heading(words: str) -> PayHeading | None:
    """What the plain words of a heading say of pay, or None if it is not a heading of basic pay."""
    words = _LEFT_OUT.sub("", words).strip()
    ranged = _range_end(words)
    is_pay = has_phrase(words, _known("pay")) or words in {"gross", "payscale"}
    if not is_pay and not ranged:
        return None
    if ranged:
        return PayHeading(ranged, _period(words), _kind(words))
    if has_phrase(words, _known("not_basic")):
        return None
    if has_phrase(words, _known("gross")) and not has_phrase(words, ("salary", "salaries", "rate")):
        tier = "gross"  # a gross salary is a salary before tax; gross pay may hold overtime and the like
    else:
        tier = "basic" if has_phrase(words, _known("basic")) else "plain"
    return PayHeading(tier, _period(words), _kind(words))


def _known(key: str) -> frozenset[str]:
    return phrases("pay", "words", key)


def _range_end(words: str) -> str:
    """Whether the heading names one end of a range of pay."""
    if not has_phrase(words, _known("pay") | {"payscale", "pay scale", "scale"}):
        return ""
    if has_phrase(words, _known("minimum")):
        return "minimum"
    return "maximum" if has_phrase(words, _known("maximum")) else ""


def _period(words: str) -> Period | None:
    found = longest_phrase(words, meanings("pay", "periods"))
    return Period(found[1]) if found else None


def _kind(words: str) -> PayKind | None:
    if has_phrase(words, _known("actual")):
        return PayKind.ACTUAL
    return PayKind.FULL_TIME if has_phrase(words, _known("full")) else None
