"""An offer against targets: met, close, missed or not known, how far from the limit, and who stands worst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bargain.appraisal import live_view_of, view_of
from bargain.basis import counted_among, counted_in
from bargain.kept import Kept
from bargain.measures.catalogue import MEASURES
from bargain.measures.each_employer import AT_ONCE
from bargain.measures.info import MeasureInfo
from bargain.measures.view import View
from models.appraisal import Appraisal
from models.employer import Employer, ownership_matches
from models.grossing import Counted
from models.issues import UnusableInput
from models.later import Later, column_of_rows
from models.sector import Sector
from models.target import Status, Target, TargetScope, Verdict, Worst
from models.units import FloatColumn

KNOWN_MEASURES = frozenset(MEASURES)
_TOLERANCE = 1e-9
_CLOSE_SHARE = 0.05  # missed, but by less than a twentieth of the limit
# What is missing here is missing accounts: not known. Elsewhere the measure does not apply (an empty grade).
_NEEDS_ACCOUNTS = frozenset(
    {
        "operating_margin",
        "adjusted_margin",
        "leakage",
        "profit_change",
        "required_fee_uplift",
        "affordable_rise",
        "ebitdar_margin",
        "ebitda_margin",
        "pretax_margin",
        "roce",
        "financial_leakage",
        "profit_symmetry",
    }
)
NEEDS = {"differential": ("grade", "over"), "restraint_gap": ("norm",), "parity_gap": ("hourly",)}


def judge(targets: Sequence[Target], sector: Sector, appraisal: Appraisal) -> tuple[Verdict, ...]:
    """The verdict on each target, in order. Raises UnusableInput for a target that asks for nonsense."""
    views = _Views(sector, appraisal)
    return tuple(_verdict(target, sector, appraisal, views) for target in targets)


class _Views:
    """What measures are taken of: the rows that the appraisal was made from where these say it, else every post."""

    def __init__(self, sector: Sector, appraisal: Appraisal) -> None:
        self.live = live_view_of(sector, appraisal)
        self._posts = Later(lambda: view_of(sector, appraisal))

    @property
    def posts(self) -> View:
        """Post by post."""
        return self._posts.value

    def whole(self, target: Target, info: MeasureInfo) -> View:
        """For a measure of the whole sector, or of a part of it by owners."""
        return self.live if info.live and not target.ownership else self.posts


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """The parts of the sector that are judged one by one. values: shape (n_parts,), nan where there is none.

    unknown: whether a value that is not there is missing data; else the measure does not apply to that part.
    """

    names: Sequence[str]
    values: FloatColumn
    unknown: bool


def _verdict(target: Target, sector: Sector, appraisal: Appraisal, views: _Views) -> Verdict:
    info = _checked(target)
    if target.scope is TargetScope.SECTOR:
        view = within(target, sector, views.whole(target, info))
        value = info.take(view, target, True)
        left_out: tuple[str, ...] = (
            () if value is not None else (f"{info.label} is not known for the sector",)
        )
        counted = _counted(view, target) if target.ownership else counted_in(appraisal.basis, target.measure)
        if value is not None and counted.left_out:
            left_out = (f"{counted.left_out:,.0f} {counted.unit}: {counted.why}",)
        answer = _answer(target, value=value, worst=None, n=round(counted.n), left_out=left_out)
        return replace(answer, n_of=counted.unit)
    parts = _each(target, info, sector, views)
    known = ~np.isnan(parts.values)
    n_known = int(known.sum())
    if n_known == len(known):
        left_out = ()
    else:
        why = "not known" if parts.unknown else "does not apply"
        left_out = tuple(f"{parts.names[place]}: {why}" for place in np.flatnonzero(~known).tolist())
    n_of = "grades" if target.scope is TargetScope.EVERY_GRADE else "employers"
    if not n_known:
        return replace(_answer(target, value=None, worst=None, n=0, left_out=left_out), n_of=n_of)
    pick = np.nanargmin if target.at_least is not None else np.nanargmax
    place = int(pick(parts.values))
    value = float(parts.values[place])
    answer = _answer(
        target, value=value, worst=Worst(parts.names[place], value), n=n_known, left_out=left_out
    )
    answer = replace(answer, n_of=n_of)
    if answer.met and left_out and parts.unknown:
        return replace(answer, met=None, status=Status.NOT_KNOWN)
    return answer


def _counted(view: View, target: Target) -> Counted:
    """How many of the staff or employers in view, returned ones, stand behind a target's measure."""
    found = counted_among(view)
    staff = float(column_of_rows(view.costs, "people").sum())
    return found.get(target.measure.removesuffix("_change"), Counted(staff, staff))


def _checked(target: Target) -> MeasureInfo:
    info = MEASURES.get(target.measure)
    if info is None:
        raise UnusableInput(
            f"The target “{target.name}” asks for the measure “{target.measure}”, which is not known; "
            f"use one of {', '.join(sorted(MEASURES))}."
        )
    for key in NEEDS.get(target.measure, ()):
        if not getattr(target, key):
            raise UnusableInput(
                f"The target “{target.name}” needs “{key}” for the measure {target.measure}; add it."
            )
    return info


def within(target: Target, sector: Sector, whole: View) -> View:
    """The posts and employers that the target's filter of owners lets through."""
    if not target.ownership:
        return whole
    names = sector.workforce.employers
    chosen = [name for name in names if _owned(sector.employer(name), target.ownership)]
    table = np.array([name in set(chosen) for name in names] + [False], dtype=bool)
    return whole.of(np.flatnonzero(table[whole.employer_code]), frozenset(chosen))


def _owned(employer: Employer, wanted: Sequence[str]) -> bool:
    return any(ownership_matches(employer.ownership, one) for one in wanted)


def views_by_employer(sector: Sector, view: View) -> Iterator[tuple[str, View]]:
    """The part of a view that is each employer's, with its name."""
    if not len(view.employer_code):
        return
    costs = {one.name: one for one in view.costs}
    margins = {one.name: one for one in view.margins}
    bare = replace(view, costs=(), margins=())
    order = np.argsort(view.employer_code, kind="stable")
    codes, starts = np.unique(view.employer_code[order], return_index=True)
    for code, places in zip(codes, np.split(order, starts[1:]), strict=True):
        name = sector.workforce.employers[int(code)]
        part = bare.of(places, frozenset())
        cost = (costs[name],) if name in costs else ()
        money = (margins[name],) if name in margins else ()
        yield name, _alone(replace(part, costs=cost, margins=money))


def _alone(view: View) -> View:
    """One employer's own figures, whatever it stands for in the sector's."""
    weight = view.costs[0].represents if view.costs else 1.0
    if weight == 1.0:
        return view
    cost = view.costs[0]
    money = (
        "heads",
        "full_year",
        "in_year",
        "over_term",
        "one_off",
        "back_pay",
        "paybill_before",
        "labour_before",
    )
    return replace(
        view,
        heads=view.heads / weight,
        weight=view.weight / weight,
        pay_before=view.pay_before / weight,
        pay_after=view.pay_after / weight,
        pay_exact=view.pay_exact / weight,
        costs=(replace(cost, represents=1.0, **{key: getattr(cost, key) / weight for key in money}),),
        margins=tuple(replace(one, represents=1.0) for one in view.margins),
        kept=Kept(),
        kept_after=Kept(),
    )


def _by_grade(view: View) -> Iterator[tuple[str, View]]:
    for code, name in enumerate(view.grades):
        places = np.flatnonzero(view.grade_code == code)
        if len(places):
            yield name, view.of(places, frozenset())


def _each(target: Target, info: MeasureInfo, sector: Sector, views: _Views) -> _Parts:
    """The value of every employer or grade that the target reaches."""
    unknown = info.id in _NEEDS_ACCOUNTS
    if target.scope is TargetScope.EVERY_EMPLOYER and info.id in AT_ONCE:
        view = within(target, sector, views.whole(target, info))
        names, values = sector.workforce.employers, AT_ONCE[info.id](view, target)
        held = _held(view)
        if len(held) == len(values):
            return _Parts(names, values, unknown)
        return _Parts([names[code] for code in held], values[held], unknown)
    view = within(target, sector, views.posts)
    parts = _by_grade(view) if target.scope is TargetScope.EVERY_GRADE else views_by_employer(sector, view)
    found = {name: info.take(part, target, True) for name, part in parts}
    values = np.array([np.nan if one is None else one for one in found.values()], dtype=np.float64)
    return _Parts(list(found), values, unknown)


def _held(view: View) -> NDArray[np.integer]:
    """The codes of the employers with posts in view."""
    if view.gathered is None or view.posts is None:
        return np.unique(view.employer_code)
    code = view.posts.employer_code
    return view.kept.of("employers held", lambda: np.unique(code))


def _answer(
    target: Target,
    *,
    value: float | None,
    worst: Worst | None,
    n: int,
    left_out: tuple[str, ...],
) -> Verdict:
    limit = target.at_least if target.at_least is not None else target.at_most
    if value is None or limit is None:
        return Verdict(target, value, limit, None, Status.NOT_KNOWN, None, worst, n, left_out)
    margin = value - limit if target.at_least is not None else limit - value
    met = margin >= -_TOLERANCE * max(1.0, abs(limit))
    near = -margin <= _CLOSE_SHARE * abs(limit)
    status = Status.MET if met else Status.CLOSE if near else Status.MISSED
    return Verdict(target, value, limit, met, status, margin, worst, n, left_out)
