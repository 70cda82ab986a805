"""The sector's figures at one moment: whole, by employer, by grade and by kind of owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bargain.measures.catalogue import MEASURES
from bargain.measures.grouped import group_pay
from bargain.measures.view import View
from models.measures import EmployerMargins, GroupFigures, Snapshot
from models.target import Target
from models.units import FloatColumn

_NO_TARGET = Target(name="", measure="")
NOT_MAPPED = "not mapped to a grade"


def snapshot(
    view: View, *, after: bool, fte: FloatColumn, weight: str, ownership: Sequence[str], names: Sequence[str]
) -> Snapshot:
    """All figures before or after an offer.

    fte: full-time equivalents of all heads of each row.  weight: what distribution counts, in words.
    ownership: the kind of owner of each employer, in the order of ``names``.
    """
    pay = view.pay_after if after else view.pay_before
    owners = tuple(sorted(set(ownership)))
    owner_of = np.array([owners.index(one) for one in ownership] + [-1], dtype=np.int64)
    grades = np.where(view.grade_code < 0, len(view.grades), view.grade_code).astype(np.int64)
    groups = {
        "employer": _groups(
            view, view.employer_code.astype(np.int64), tuple(names), pay=pay, fte=fte, after=after
        ),
        "grade": _groups(view, grades, (*view.grades, NOT_MAPPED), pay=pay, fte=fte, after=after),
        "ownership": _groups(view, owner_of[view.employer_code], owners, pay=pay, fte=fte, after=after),
    }
    margins = _margins_by_owner(view, after=after)
    money = {one.name: one for one in view.margins}
    return Snapshot(
        heads=float(view.heads.sum()),
        fte=float(fte.sum()),
        paybill=float(pay.sum()),
        weight=weight,
        measures=measures_of(view, after=after),
        by_employer=tuple(_with_money(one, money.get(one.name), after=after) for one in groups["employer"]),
        by_grade=tuple(one for one in groups["grade"] if one.heads or one.name != NOT_MAPPED),
        by_ownership=tuple(
            GroupFigures(
                one.name, one.heads, one.fte, one.paybill, {**one.measures, **margins.get(one.name, {})}
            )
            for one in groups["ownership"]
        ),
    )


def measures_of(view: View, *, after: bool) -> dict[str, float | None]:
    """Every measure that needs no words of a target; those of the offer itself only after it."""
    return {one.id: one.take(view, _NO_TARGET, after) for one in MEASURES.values() if one.timed or after}


def _groups(
    view: View,
    codes: NDArray[np.int64],
    names: tuple[str, ...],
    *,
    pay: FloatColumn,
    fte: FloatColumn,
    after: bool,
) -> tuple[GroupFigures, ...]:
    size = len(names)
    sums = [np.bincount(codes, weights=column, minlength=size) for column in (view.heads, fte, pay)]
    rates = group_pay(view.after if after else view.before, view.weight, codes, size)
    tenth, ninetieth = rates.percentile(0.1), rates.percentile(0.9)
    figures = {
        "p10": tenth,
        "p50": rates.percentile(0.5),
        "p90": ninetieth,
        "p90_p10": ninetieth / tenth,
        "mean": rates.mean(),
        "gini": rates.gini(),
    }
    columns = {key: column.tolist() for key, column in figures.items()}
    heads, full_time, bill = (one.tolist() for one in sums)
    return tuple(
        GroupFigures(
            name=name,
            heads=heads[index],
            fte=full_time[index],
            paybill=bill[index],
            measures={key: _known(column[index]) for key, column in columns.items()},
        )
        for index, name in enumerate(names)
    )


def _known(value: float) -> float | None:
    return None if value != value else value  # noqa: PLR0124  # nan is the one value unlike itself


def _with_money(group: GroupFigures, own: EmployerMargins | None, *, after: bool) -> GroupFigures:
    """An employer's figures with its margins beside its pay."""
    if own is None:
        return group
    money: dict[str, float | None] = {
        "operating_margin": own.margin_after if after else own.margin_before,
        "adjusted_margin": own.adjusted_after if after else own.adjusted_before,
        "leakage": own.leakage_after if after else own.leakage_before,
    }
    return replace(group, measures={**group.measures, **money}, represents=own.represents)


def _margins_by_owner(view: View, *, after: bool) -> Mapping[str, dict[str, float | None]]:
    result: dict[str, dict[str, float | None]] = {}
    for owner in {one.ownership for one in view.margins}:
        known = [one for one in view.margins if one.ownership == owner]
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
