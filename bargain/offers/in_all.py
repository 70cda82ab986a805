"""Rules that count in all: a rise on pay as it was before the deal, less what the deal has given since.

"£900 from August and, from March, 4.25 % in all of August's pay": the later step is worked out on pay before the
first one, and all that has moved basic pay since counts towards it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from models.issues import UnusableInput
from models.offer import Settlement
from models.payscale import PayScale
from models.spine import SpineOrder
from models.units import MicroColumn


@dataclass(frozen=True, slots=True, eq=False)
class BeforeDeal:
    """Pay as it was before the first step of a deal.

    rate_micros: of each post, £/10⁶ in its own basis, shape (n_posts,). scale: of the sector.
    """

    rate_micros: MicroColumn
    scale: PayScale | None


def counts_in_all(settlement: Settlement) -> bool:
    """Whether any rule of a step counts what earlier ones gave."""
    return any(rule.in_all for rule in settlement.pay)


def check_in_all(steps: Sequence[Settlement], *, where: str = "") -> None:
    """Refuse to count back past what leaves pay before and after with nothing in common.

    where: before the sentence. Raises UnusableInput that names the step and what stands in between.
    """
    for at, step in enumerate(steps):
        if not counts_in_all(step):
            continue
        if any(rule.in_all and rule.non_consolidated for rule in step.pay):
            raise UnusableInput(
                f"{where}The step of {step.effective} has a rule that counts in all (in_all) and is paid once; "
                "a payment made once is no part of pay, so take out one of the two."
            )
        between = _between(steps[:at], step)
        if between:
            raise UnusableInput(
                f"{where}The step of {step.effective} counts in all what the deal has given (in_all), but {between}, "
                "so that pay before the deal can't be set against pay since; write what this step itself gives."
            )


def _between(earlier: Sequence[Settlement], step: Settlement) -> str:
    """What stands between a step and pay before the deal; nothing where the two can be compared."""
    first_placed = step.spine is not None and step.spine.order is SpineOrder.ASSIMILATE_FIRST
    if first_placed or any(one.spine is not None for one in earlier):
        return "a new spine comes before it"
    if any(one.insert_points for one in earlier):
        return "an earlier step puts in points that were not there before"
    if any(one.terms.weekly_hours is not None for one in earlier):
        return "an earlier step shortens the week, which raises pay by the hour"
    if any(weighting.instead_of_micros for one in earlier for weighting in one.weightings):
        return "an earlier step puts a weighting in the place of another that was part of pay"
    return ""


def points_before(scale: PayScale, first: PayScale) -> PayScale:
    """The points that a scale has now, at what they were before the deal. Raises UnusableInput for one that was not there."""
    known = {point.name: point for point in first.points}
    for point in scale.points:
        if point.name not in known:
            raise _not_there(point.name)
    now = ((point, known[point.name]) for point in scale.points)
    return scale.with_points(
        tuple(
            replace(point, amount_micros=was.amount_micros, unrounded_picos=was.unrounded_picos)
            for point, was in now
        )
    )


def amounts_before(names: Sequence[str], first: Mapping[str, Fraction]) -> list[Fraction]:
    """The exact amounts of points before the deal. Raises UnusableInput for one that was not there."""
    for name in names:
        if name not in first:
            raise _not_there(name)
    return [first[name] for name in names]


def _not_there(name: str) -> UnusableInput:
    return UnusableInput(
        f"The offer counts in all what the deal has given (in_all), but the point “{name}” was not on the scale "
        "before it; write what the step itself gives."
    )
