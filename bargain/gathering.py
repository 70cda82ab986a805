"""Which posts an offer can't tell apart: what it looks at, and the rows that follow from that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.assumed import SCHEME_COUNTS
from bargain.costing.following import any_follow
from bargain.distinct import codes_of, places_of
from bargain.gathered import Gathered, as_posts, ordered_of
from bargain.kept import Kept, kept_of
from bargain.measures.ranked import ranked
from bargain.ni_reliefs import Relief, reliefs_of
from models.basis import Basis
from models.employer import Employer
from models.offer import AppliesTo, Offer, Settlement, Within
from models.sector import Sector
from models.terms import Terms
from models.units import MICROS_PER_PENNY, CodeColumn
from models.workforce import COLUMNS, Workforce

_WORTHWHILE = 0.6  # rows a post above which each post stays a row of its own
_LARGEST_KEY = 2**62
_WAYS_KEPT = 6  # ways of gathering one staff, and their kinds: each holds a number or two for every post


@dataclass(frozen=True, slots=True)
class Asked:
    """What an offer looks at beside what every costing does.

    columns: of the workforce. regions, ownership, employers: what it asks of the employer. apart: the grades whose
    pay depends on what others are paid at the same employer, where they need rows of their own there from the start.
    lifts: whether they get them only when a differential lifts them, which is quicker where it can be: where all are
    paid by the hour in whole pence, and nobody's pay falls at any step.
    """

    columns: tuple[str, ...]
    regions: bool
    ownership: bool
    employers: frozenset[str]
    apart: tuple[str, ...]
    lifts: bool = False


def asked_of(sector: Sector, offer: Offer) -> Asked:
    """What the steps of an offer look at."""
    steps = offer.settlements
    scopes = [rule.scope for step in steps for rule in step.pay]
    columns = []
    if sector.scale is not None or any(map(_names_points, steps)):
        columns.append("point_code")
    if any(one.settings for one in scopes):
        columns.append("setting_code")
    if any(step.terms != Terms() for step in steps):
        columns += ["contract", "sleep_ins_y"]
    apart = {one.grade for step in steps for one in step.differentials if one.within is Within.EMPLOYER}
    lifts = not columns and _lifts(sector.workforce) and all(map(_only_lifts, steps))
    return Asked(
        columns=tuple(columns),
        regions=any(one.regions for one in scopes) or any(step.weightings for step in steps),
        ownership=any(one.ownership for one in scopes),
        employers=frozenset(name for one in scopes for name in one.employers),
        apart=() if lifts else tuple(sorted(apart)),
        lifts=lifts,
    )


def _lifts(force: Workforce) -> bool:
    """Whether everybody is paid by the hour in whole pence: then a rate that is lifted forgets what it was before."""
    return kept_of(force, "lifts").of(
        "lifts",
        lambda: bool(
            (force.basis == Basis.HOUR).all()
            and (force.rate_micros % MICROS_PER_PENNY == 0).all()
            and (force.rate_micros >= 0).all()
        ),
    )


def _only_lifts(step: Settlement) -> bool:
    """Whether a step can't lower pay, pays nothing once, and puts nothing on top of basic pay."""
    if step.weightings or any(one.within is not Within.EMPLOYER for one in step.differentials):
        return False
    return all(
        not rule.non_consolidated
        and not rule.in_all  # a row of its own would not know what it was paid before the deal
        and rule.index is None
        and min(rule.percent_ppm, rule.cash_micros) >= 0
        and min(rule.at_most_cash_micros or 0, rule.at_most_percent_ppm or 0, rule.at_most_hourly_micros or 0)
        >= 0
        and (rule.taper is None or min(rule.taper.to_percent_ppm, rule.taper.to_cash_micros) >= 0)
        for rule in step.pay
    )


def _names_points(step: Settlement) -> bool:
    rules = any(rule.scope.points or (rule.taper is not None and rule.taper.from_point) for rule in step.pay)
    placed = step.delete_points or step.insert_points or step.spine is not None
    return rules or bool(placed) or step.moved is not AppliesTo.ACTUAL


def gathered_for(sector: Sector, offer: Offer, employers: dict[str, Employer], kept: Kept) -> Gathered:
    """The staff of a sector in as few rows as an offer can't tell apart. kept: of the staff, their records and scale."""
    force = sector.workforce
    asked = asked_of(sector, offer)
    own = any(one.employer for one in sector.assumptions)
    if any(step.allowances for step in offer.settlements):  # whom they reach may be anything
        return as_posts(force, sector.weeks_y, kept)
    if own and (
        any(one.key == SCHEME_COUNTS and one.employer for one in sector.assumptions)
        or any_follow(sector.assumptions)
        or any(step.terms != Terms() or step.allowances_ppm for step in offer.settlements)
    ):
        return as_posts(force, sector.weeks_y, kept)  # what a term costs depends on the employer then
    ways: Kept = kept.of("ways of gathering", lambda: Kept(most=_WAYS_KEPT))
    found: Gathered | None = ways.of(asked, lambda: _gathered(sector, asked, employers, ways))
    return as_posts(force, sector.weeks_y, kept) if found is None else found


def _gathered(sector: Sector, asked: Asked, employers: dict[str, Employer], ways: Kept) -> Gathered | None:
    """None where hardly any two posts are alike."""
    force = sector.workforce
    alike = replace(asked, apart=(), lifts=False)
    kind, some = ways.of(("kinds", alike), lambda: _kinds(force, alike, employers))
    n_kinds = len(some)
    if n_kinds > _WORTHWHILE * len(force):
        return None
    codes = [code for code, name in enumerate(force.grades) if name in asked.apart]
    if codes:
        apart = np.isin(force.grade_code, codes)
        employer = np.where(apart, force.employer_code + 1, 0)
        key = employer.astype(np.int64) * n_kinds + kind
        kind, some = places_of(key, n_kinds * (len(force.employers) + 1))
        n_kinds = len(some)
        if n_kinds > _WORTHWHILE * len(force):
            return None
    ordered = ordered_of(force, sector.weeks_y)
    columns = {name: getattr(force, name)[some] for name in COLUMNS}
    columns["heads"] = np.bincount(kind, weights=force.heads, minlength=n_kinds).astype(np.float64)
    rows = replace(force, **columns)
    return Gathered(
        rows=rows,
        row_of=kind.take(ordered.posts).astype(np.intp),
        ordered=ordered,
        shared=True,
        lifts=asked.lifts,
        alike=_kinds(rows, alike, employers, but_pay=True)[0],
    )


def _kinds(
    force: Workforce, asked: Asked, employers: dict[str, Employer], *, but_pay: bool = False
) -> tuple[CodeColumn, NDArray[np.intp]]:
    """The kind of each post and some post of each kind, whoever employs it. but_pay: and whatever it is paid."""
    classes = _classes(force, asked, employers)
    pay = ranked(force.rate_micros)
    parts: list[tuple[NDArray[Any], int]] = [
        (classes[force.employer_code], int(classes.max(initial=0)) + 1),
        codes_of(force.grade_code),
        codes_of(force.basis),
        (pay.codes, 1 if but_pay else max(len(pay.rates), 1)),
        (reliefs_of(force), len(Relief)),
    ]
    names = ("hours_w", "full_hours_w", "weeks_y", "fte", "pension_ppm", "pension_on_band", *asked.columns)
    parts += [codes_of(getattr(force, name)) for name in names]
    key, size = np.zeros(len(force), dtype=np.int64), 1
    for codes, count in parts:
        if count == 1:
            continue
        if size * count >= _LARGEST_KEY:
            places, some = places_of(key, size)
            key, size = places.astype(np.int64), len(some)
        key = key * count + codes
        size *= count
    return places_of(key, size)


def _classes(force: Workforce, asked: Asked, employers: dict[str, Employer]) -> NDArray[np.int64]:
    """Employers whom the offer and the costing of a post can't tell apart have one code, shape (n_employers,)."""
    found: dict[tuple[object, ...], int] = {}
    codes = []
    for name in force.employers:
        one = employers.get(name, Employer(name))
        told = (
            one.pension_ppm,
            one.pension_on_band,
            one.region if asked.regions else "",
            one.ownership if asked.ownership else "",
            name if name in asked.employers else "",
        )
        codes.append(found.setdefault(told, len(found)))
    return np.array(codes, dtype=np.int64)
