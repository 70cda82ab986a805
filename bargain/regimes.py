"""Three ways to buy care, on one set of data: spot purchase, a Regional Care Co-operative, a social partnership.

No winner is built in: what a co-operative takes off fees (δ) and which share of that falls on pay (ρ) are the
reader's assumptions, without defaults, and change the order of the three.
"""

from __future__ import annotations

from models.appraisal import Appraisal
from models.choices import Regime
from models.issues import UnusableInput
from models.measures import EmployerMargins

SPOT, COOPERATIVE, PARTNERSHIP = "Spot purchase", "Regional Care Co-operative", "Social partnership"


def three_regimes(
    appraisal: Appraisal, *, fee_cut: float, falls_on_pay: float, coverage: float, coverage_now: float
) -> tuple[Regime, Regime, Regime]:
    """The three regimes over employers with accounts (M37); the partnership is the appraised offer with its fee rule.

    fee_cut δ and falls_on_pay ρ: shares from 0 to 1. coverage, coverage_now: shares of staff under an agreement.
    """
    if not 0 <= fee_cut < 1 or not 0 <= falls_on_pay <= 1:
        raise UnusableInput("The cut in fees and the share of it that falls on pay must each be from 0 to 1.")
    known = [one for one in appraisal.margins if one.result_before is not None and one.labour is not None]
    if not known:
        raise UnusableInput(
            "No employer's accounts are known, so the regimes can't be compared; read accounts first."
        )
    fees = _sum(known, "revenue_before")
    result = _sum(known, "result_before")
    labour = _sum(known, "labour")
    cut = fees * fee_cut
    on_pay = cut * falls_on_pay
    after, left = _sum(known, "revenue_after"), _sum(known, "result_after")
    rise = _sum(known, "labour_rise")
    lowest_now = appraisal.before.measures.get("lowest")
    lowest_then = appraisal.after.measures.get("lowest")
    less = (lowest_now or 0.0) * (1 - on_pay / labour) if labour and lowest_now is not None else None
    return (
        Regime(SPOT, 0.0, fees, 0.0, 0.0, result / fees, lowest_now, coverage_now),
        Regime(
            COOPERATIVE,
            -fee_cut,
            fees - cut,
            -on_pay,
            -on_pay / labour,
            (result - cut + on_pay) / (fees - cut),
            less,
            coverage_now,
        ),
        Regime(
            PARTNERSHIP, after / fees - 1, after, rise, rise / labour, left / after, lowest_then, coverage
        ),
    )


def _sum(margins: list[EmployerMargins], field: str) -> float:
    return sum((getattr(one, field) or 0.0) * one.represents for one in margins)
