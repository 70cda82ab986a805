"""The sector's figures at one moment: whole, by employer, by grade and by kind of owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bargain.measures.catalogue import MEASURES
from bargain.measures.grouped import group_pay
from bargain.measures.view import View
from models.later import Later, Rows, column_of_rows
from models.measures import EmployerMargins, GroupFigures, Snapshot, with_accounts
from models.target import Target
from models.units import FloatColumn
from models.workforce import Sex

_NO_TARGET = Target(name="", measure="")
NOT_MAPPED = "not mapped to a grade"


@dataclass(frozen=True, slots=True)
class Parties:
    """The employers by name, the kind of owner of each, and full-time equivalents of all heads of each row."""

    names: Sequence[str]
    ownership: Sequence[str]
    fte: FloatColumn


def snapshot(
    view: View, parties: Parties, *, after: bool, weight: str, by_post: Later[tuple[View, FloatColumn]]
) -> Snapshot:
    """All figures before or after an offer.

    weight: what distribution counts, in words. by_post: the same posts one by one, with the full-time equivalents
    of each, for the figures of each employer and kind of owner, which are worked out when they are looked at.
    """
    then = view.at(after=False)
    pay = view.pay_after if after else then.pay_before
    names, margins = parties.names, view.margins

    def by_employer() -> list[GroupFigures]:
        posts, fte = by_post.value
        groups = groups_of(posts, "employer", replace(parties, fte=fte), after=after)
        money = {one.name: one for one in with_accounts(margins)}
        return [
            _with_money(one, money.get(one.name), own, after=after)
            for one, own in zip(groups, column_of_rows(view.costs, "represents").tolist(), strict=True)
        ]

    def by_ownership() -> list[GroupFigures]:
        posts, fte = by_post.value
        shares = _margins_by_owner(posts, parties.ownership, after=after)
        return [
            replace(one, measures={**one.measures, **shares[one.name]})
            for one in groups_of(posts, "ownership", replace(parties, fte=fte), after=after)
        ]

    return Snapshot(
        heads=float(then.heads.sum()),
        fte=float(parties.fte.sum()),
        paybill=float(pay.sum()),
        weight=weight,
        measures=measures_of(view, after=after),
        by_employer=Rows(len(names), by_employer),
        by_grade=tuple(
            one
            for one in groups_of(view, "grade", parties, after=after)
            if one.heads or one.name != NOT_MAPPED
        ),
        by_ownership=Rows(len(set(parties.ownership)), by_ownership),
    )


def look_ahead(view: View, parties: Parties) -> None:
    """Work out, and keep, those figures after the offer that ask for the rate of each row alone: before its costs."""
    groups_of(view, "grade", parties, after=True)
    view.pay_of_sex(Sex.FEMALE, after=True)


def differentials_ahead(view: View) -> None:
    """The same for the medians of grades at employers, for which every post is looked at."""
    MEASURES["smallest_differential"].take(view, _NO_TARGET, True)


def groups_of(view: View, kind: str, parties: Parties, *, after: bool) -> tuple[GroupFigures, ...]:
    """Figures by employer, grade or kind of owner, from pay alone."""
    return view.figures(after=after).of(
        ("groups", kind), lambda: _groups_of(view, kind, parties, after=after)
    )


def _groups_of(view: View, kind: str, parties: Parties, *, after: bool) -> tuple[GroupFigures, ...]:
    names, _ = _division(view, kind, parties)
    size, here, then = len(names), view.at(after=after), view.at(after=False)
    heads, full_time = view.kept.of(
        ("heads", kind),
        lambda: [
            np.bincount(_division(then, kind, parties)[1], weights=one, minlength=size).tolist()
            for one in (then.heads, parties.fte)
        ],
    )
    codes = _division(here, kind, parties)[1]
    pay = here.pay_after if after else here.pay_before
    bill = np.bincount(codes, weights=pay, minlength=size).tolist()
    rates = group_pay(view.ranked(after=after), here.weight, codes, size)
    tenth, ninetieth = rates.percentile(0.1), rates.percentile(0.9)
    figures = {
        "p10": tenth,
        "p50": rates.percentile(0.5),
        "p90": ninetieth,
        "p90_p10": ninetieth / tenth,
        "mean": rates.mean(),
        "gini": rates.gini(),
    }
    rows = zip(*(map(_known, column.tolist()) for column in figures.values()), strict=True)
    measures = [dict(zip(figures, row, strict=True)) for row in rows]
    return tuple(map(GroupFigures, names, heads, full_time, bill, measures))


def _division(view: View, kind: str, parties: Parties) -> tuple[tuple[str, ...], NDArray[np.integer]]:
    """The names of groups, and the group of each row in view."""
    if kind == "grade":
        grades = view.grade_code
        if len(grades) and grades.min() < 0:
            grades = np.where(grades < 0, len(view.grades), grades)
        return (*view.grades, NOT_MAPPED), grades
    if kind == "employer":
        return tuple(parties.names), view.employer_code
    owners = tuple(sorted(set(parties.ownership)))
    owner_of = np.array([owners.index(one) for one in parties.ownership] + [-1], dtype=np.int64)
    return owners, owner_of.take(view.employer_code)


def measures_of(view: View, *, after: bool) -> dict[str, float | None]:
    """Every live measure that needs no words of a target; those of the offer itself only after it."""
    return {
        one.id: one.take(view, _NO_TARGET, after)
        for one in MEASURES.values()
        if one.live and (one.timed or after)
    }


def rarer_measures_of(view: View, *, after: bool) -> dict[str, float | None]:
    """The measures that an appraisal leaves out, taken of its view."""
    return {
        one.id: one.take(view, _NO_TARGET, after)
        for one in MEASURES.values()
        if not one.live and (one.timed or after)
    }


def _known(value: float) -> float | None:
    return None if value != value else value  # noqa: PLR0124  # nan is the one value unlike itself


def _with_money(
    group: GroupFigures, own: EmployerMargins | None, represents: float, *, after: bool
) -> GroupFigures:
    """An employer's figures with its margins beside its pay."""
    money: dict[str, float | None] = dict.fromkeys(("operating_margin", "adjusted_margin", "leakage"))
    if own is not None:
        margins = (
            (own.margin_after, own.adjusted_after, own.leakage_after)
            if after
            else (own.margin_before, own.adjusted_before, own.leakage_before)
        )
        money = dict(zip(money, margins, strict=True))
    return replace(group, measures={**group.measures, **money}, represents=represents)


def _margins_by_owner(
    view: View, owners: Sequence[str], *, after: bool
) -> Mapping[str, dict[str, float | None]]:
    result: dict[str, dict[str, float | None]] = {}
    for owner in set(owners):
        known = [one for one in view.with_revenue if one.ownership == owner]
        pairs = [
            (one.result_after, one.revenue_after, one.represents)
            if after
            else (one.result_before, one.revenue_before, one.represents)
            for one in known
        ]
        both = [
            (left * weight, right * weight)
            for left, right, weight in pairs
            if left is not None and right is not None
        ]
        revenue = sum(right for _, right in both)
        margin = sum(left for left, _ in both) / revenue if revenue else None
        result[owner] = {"operating_margin": margin}
    return result
