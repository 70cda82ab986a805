"""The two pairs (requirements, part 0): less dispersion with differentials kept, pay restraint with profit restraint.

Either half alone misleads: a floor-only offer narrows pay by crushing differentials, and an average margin hides
the employer that keeps the fee. So both halves are shown together, and a half that no target guards says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bargain.targets import judge
from models.appraisal import Appraisal
from models.sector import Sector
from models.target import Fact, Half, Pair, Status, Target, TargetScope, Verdict

_DISPERSION = ("p90_p10", "p90_p50", "p50_p10", "gini", "theil", "atkinson_0_5", "atkinson_1", "max_min")
_GAPS = ("differential", "smallest_differential")
_WAGES = ("restraint_gap", "general_rise", "paybill_growth")
_PROFITS = (
    "operating_margin",
    "adjusted_margin",
    "ebitda_margin",
    "pretax_margin",
    "roce",
    "leakage",
    "financial_leakage",
    "profit_change",
    "profit_symmetry",
)
_ORDER = (Status.MISSED, Status.CLOSE, Status.NOT_KNOWN, Status.MET)


def symmetry_target(ownership: tuple[str, ...] = ()) -> Target:
    """The symmetry rule: no employer's profit grows faster than the sector's pay bill (M16 e)."""
    return Target(
        "Profit grows no faster than pay",
        "profit_symmetry",
        at_most=0.0,
        scope=TargetScope.EVERY_EMPLOYER,
        ownership=ownership,
    )


def pairs_of(
    targets: Sequence[Target], sector: Sector, appraisal: Appraisal, *, symmetry: bool = False
) -> tuple[Pair, Pair]:
    """Both pairs of an offer, judged by these targets. symmetry: with the symmetry rule added."""
    asked = (*targets, symmetry_target()) if symmetry else tuple(targets)
    verdicts = judge(asked, sector, appraisal)
    return _compression(verdicts, sector, appraisal), _restraint(verdicts, sector, appraisal)


def _compression(verdicts: Sequence[Verdict], sector: Sector, appraisal: Appraisal) -> Pair:
    narrow = _half(
        "Less dispersion",
        [
            one
            for one in verdicts
            if one.target.measure.removesuffix("_change") in _DISPERSION and one.target.at_most is not None
        ],
        missing="No target limits dispersion.",
    )
    gaps = [one for one in verdicts if one.target.measure in _GAPS and one.target.at_least is not None]
    middling = gaps and all(_is_of_medians(one.target) for one in gaps)
    ahead = _half(
        "Differentials kept",
        gaps,
        missing="No target guards differentials, so an offer that only lifts the floor would pass unseen.",
        note="Only the sector's medians are guarded; they hide the employers where grades meet."
        if middling
        else "",
    )
    facts = _facts(
        sector,
        appraisal,
        Target("", "p90_p10_change", at_most=0.0),
        Target("", "smallest_differential", at_least=0.0, scope=TargetScope.EVERY_EMPLOYER),
    )
    return Pair("Compression", _together(narrow, ahead), (narrow, ahead), facts)


def _restraint(verdicts: Sequence[Verdict], sector: Sector, appraisal: Appraisal) -> Pair:
    wages = _half(
        "Pay restraint",
        [one for one in verdicts if one.target.measure in _WAGES and one.target.at_most is not None],
        missing="No norm for the general rise is set.",
    )
    kept = [one for one in verdicts if one.target.measure in _PROFITS and one.target.at_most is not None]
    averages = kept and all(one.target.scope is TargetScope.SECTOR for one in kept)
    profits = _half(
        "Profit restraint",
        kept,
        missing="No target limits profit.",
        note="Only the average is limited; it hides the spread between employers." if averages else "",
    )
    every = TargetScope.EVERY_EMPLOYER
    facts = _facts(
        sector,
        appraisal,
        Target("", "general_rise", at_most=0.0),
        Target("", "catch_up", at_most=0.0),
        Target("", "paybill_growth", at_most=0.0),
        Target("", "operating_margin", at_most=0.0, scope=every),
        Target("", "operating_margin", at_least=0.0, scope=every),
        Target("", "operating_margin", at_most=0.0),
        Target("", "profit_symmetry", at_most=0.0, scope=every),
    )
    return Pair("Restraint", _together(wages, profits), (wages, profits), facts)


def _is_of_medians(target: Target) -> bool:
    """Whether a differential is guarded for the sector as one only; the smallest one is of an employer anyway."""
    return target.scope is TargetScope.SECTOR and target.measure != "smallest_differential"


def _half(name: str, verdicts: Sequence[Verdict], *, missing: str, note: str = "") -> Half:
    if not verdicts:
        return Half(name, Status.NOT_KNOWN, (), missing)
    return Half(name, _worst(one.status for one in verdicts), tuple(verdicts), note)


def _together(first: Half, second: Half) -> Status:
    return _worst((first.status, second.status))


def _worst(found: Iterable[Status]) -> Status:
    held = set(found)
    return next(one for one in _ORDER if one in held)


def _facts(sector: Sector, appraisal: Appraisal, *targets: Target) -> tuple[Fact, ...]:
    return tuple(
        Fact(one.target.measure, one.value, one.worst, one.left_out)
        for one in judge(targets, sector, appraisal)
    )
