"""Explain a verdict on a target, and a measure of one employer, grade or kind of owner.

``target:Keep seniors ahead`` is the figure that decides a target of the sector's sets; ``p50/employer:A`` a measure of a part.
"""

from __future__ import annotations

from collections.abc import Sequence

from bargain.explain_inputs import inputs_of
from bargain.explain_lines import shown_line
from bargain.explain_parts import GROUPS, Choice, group_of, staff_in_words
from bargain.explain_words import QUOTIENTS, in_words
from bargain.measures.catalogue import MEASURES
from bargain.small_groups import is_small
from bargain.targets import judge
from models.appraisal import Appraisal
from models.explanation import ExplainedInput, ExplainedLine, Explanation
from models.measures import GroupFigures
from models.sector import Sector
from models.target import Target, TargetScope, Verdict

TARGET = "target"
_GIVEN = (
    ("hourly", "Hourly rate that the target names", "£/h"),
    ("norm", "Norm that the target names", "share"),
    ("margin", "Margin that the target names", "share"),
)


def target_figures(sector: Sector) -> tuple[str, ...]:
    """Every target that the sector holds."""
    return tuple(dict.fromkeys(f"{TARGET}:{one.name}" for held in sector.target_sets for one in held.targets))


def explain_target(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation | None:
    """Where a target's value comes from and how it stands to its limit; None where no set holds the target."""
    target = _held(sector, figure.removeprefix(f"{TARGET}:")) if figure.startswith(f"{TARGET}:") else None
    if target is None:
        return None
    info = MEASURES[target.measure]
    (verdict,) = judge((target,), sector, appraisal)
    hidden = verdict.worst is not None and _too_small(appraisal, verdict.worst.name)
    lines = [*_decided_by(verdict, info.unit, hidden=hidden)]
    lines.append(shown_line(_limit_words(target), verdict.limit, info.unit))
    if verdict.margin is not None:
        words = "Room left" if verdict.margin >= 0 else "Short of the limit by"
        lines.append(shown_line(words, abs(verdict.margin), info.unit))
    inputs = (*_given(target), *inputs_of(sector, appraisal, on_costs=info.unit == "£"))
    return Explanation(
        figure=figure,
        label=f"Target “{target.name}”",
        value=verdict.value,
        unit=info.unit,
        sentence=_sentence(verdict, info.label, info.unit, hidden=hidden),
        lines=tuple(lines),
        inputs=inputs,
    )


def plain_measure(sector: Sector, figure: str) -> str:
    """The measure of a target that asks for nothing of its own, which is then explained in its place; else nothing."""
    target = _held(sector, figure.removeprefix(f"{TARGET}:"))
    if target is None or target.scope is not TargetScope.SECTOR or target.ownership:
        return ""
    given = (target.grade, target.over, target.hourly, target.norm, target.margin)
    return target.measure if not any(one not in {"", None} for one in given) else ""


def _held(sector: Sector, name: str) -> Target | None:
    """The target of a name, or of a set and a name with a stroke between, where two sets have one of that name."""
    named = {f"{held.name}/{one.name}": one for held in sector.target_sets for one in held.targets}
    return named.get(name) or next((one for one in named.values() if one.name == name), None)


def _too_small(appraisal: Appraisal, name: str) -> bool:
    groups = (*appraisal.cost.by_employer, *appraisal.cost.by_grade)
    return any(one.name == name and is_small(one.people) for one in groups)


def _decided_by(verdict: Verdict, unit: str, *, hidden: bool) -> list[ExplainedLine]:
    """The value, by whose it is where one employer or grade decides it."""
    whose = "a group of fewer than ten staff" if hidden else verdict.worst.name if verdict.worst else ""
    words = (
        f"The worst of {verdict.n:,} {verdict.n_of}: {whose}"
        if whose
        else MEASURES[verdict.target.measure].label
    )
    return [shown_line(words, verdict.value, unit)]


def _limit_words(target: Target) -> str:
    return "Limit: at least" if target.at_least is not None else "Limit: at most"


def _given(target: Target) -> tuple[ExplainedInput, ...]:
    """What the target itself names: a rate, a norm, two grades, whose staff are counted."""
    source = f"the target “{target.name}”"
    found: list[ExplainedInput] = [
        ExplainedInput(words, getattr(target, key), unit, source)
        for key, words, unit in _GIVEN
        if getattr(target, key) is not None
    ]
    for words, text in (
        ("Grade", f"{target.grade} over {target.over}" if target.over else target.grade),
        ("Owners counted", ", ".join(target.ownership)),
    ):
        if text:
            found.append(ExplainedInput(words, text, "", source))
    return tuple(found)


def _sentence(verdict: Verdict, label: str, unit: str, *, hidden: bool) -> str:
    target = verdict.target
    if verdict.value is None or verdict.limit is None:
        why = f" Left out: {'; '.join(verdict.left_out[:5])}." if verdict.left_out else ""
        return f"“{target.name}” can’t be judged: {label} is not known.{why}"
    whose = (
        ""
        if verdict.worst is None
        else " at the group that stands worst"
        if hidden
        else f" at {verdict.worst.name}, which stands worst"
    )
    pair = f" of {target.grade} over {target.over}" if target.over else ""
    bound = "at least" if target.at_least is not None else "at most"
    return (
        f"“{target.name}” is {verdict.status}: {label}{pair} is {in_words(verdict.value, unit)}{whose} under the offer, "
        f"and should be {bound} {in_words(verdict.limit, unit)}. Judged for {verdict.n:,} {verdict.n_of}."
    )


def measure_figures(appraisal: Appraisal) -> tuple[str, ...]:
    """Every measure of every group that is large enough to be shown."""
    return tuple(
        f"{measure}/{kind}:{one.name}"
        for kind in _KINDS
        for one in _groups(appraisal, kind)
        if one.name in _shown(appraisal, kind)
        for measure in one.measures
    )


_KINDS = ("employer", "grade", "ownership")


def _groups(appraisal: Appraisal, kind: str, *, after: bool = True) -> Sequence[GroupFigures]:
    found: Sequence[GroupFigures] = getattr(appraisal.after if after else appraisal.before, GROUPS[kind])
    return found


def _shown(appraisal: Appraisal, kind: str) -> set[str]:
    return {one.name for one in getattr(appraisal.cost, GROUPS[kind]) if not is_small(one.people)}


def explain_group_measure(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation | None:
    """A measure of one group, before and after; None where the figure is not one."""
    measure, stroke, part = figure.partition("/")
    kind, _, name = part.partition(":")
    if not stroke or kind not in _KINDS or measure not in MEASURES:
        return None
    group = group_of(appraisal, Choice(kind=kind, group=name))
    sides = [
        next((one for one in _groups(appraisal, kind, after=after) if one.name == name), None)
        for after in (False, True)
    ]
    if group is None or any(one is None or measure not in one.measures for one in sides):
        return None
    info = MEASURES[measure]
    base = measure.removesuffix("_change")
    lines: list[ExplainedLine] = []
    for words, side in zip(("before", "after"), sides, strict=True):
        held = {} if side is None else side.measures
        shown = [one for one in (*QUOTIENTS.get(base, ()), base) if one in held]
        lines += [
            shown_line(f"{MEASURES[one].label}, {words}", held[one], MEASURES[one].unit) for one in shown
        ]
    value = None if sides[1] is None else sides[1].measures[measure]
    before = None if sides[0] is None else sides[0].measures.get(base)
    if value is not None and before is not None and base == measure:
        lines.append(shown_line("Difference", value - before, info.unit))
    if base != measure:
        lines.append(shown_line(info.label, value, info.unit))
    amount = "not known" if value is None else in_words(value, info.unit)
    label = f"{info.label}, {name}"
    return Explanation(
        figure=figure,
        label=label,
        value=value,
        unit=info.unit,
        sentence=f"{label}, is {amount} under the offer, for {staff_in_words(group.people)} staff, "
        f"{appraisal.after.weight}.",
        lines=tuple(lines),
        inputs=inputs_of(sector, appraisal, on_costs=False),
    )
