"""The JSON of the main commands: public keys, money in pounds, shares as fractions, null for not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bargain.basis import banner, sentences
from bargain.money import largest_remainder
from models.appraisal import Appraisal
from models.costing import CostBreakdown, GroupCost, Headlines
from models.grossing import DataBasis, Range
from models.measures import GroupFigures, Snapshot
from models.target import Pair, Verdict
from models.terms import TermCheck


def money(amount: float | None) -> float | None:
    """Pounds to the penny."""
    return None if amount is None else round(amount + 0.0, 2)


def basis_json(basis: DataBasis, ranges: Mapping[str, Range]) -> dict[str, Any]:
    """What figures are taken of; ``ranges`` only where they are grossed up."""
    told = basis.grossed
    return {
        "says": list(sentences(basis)),
        "grossed": told is not None,
        "banner": banner(basis) or None,
        "employers": basis.employers,
        "employers_expected": basis.expected,
        "staff": round(basis.staff, 6),
        "dated": basis.dated.isoformat() if basis.dated else None,
        "left_out": [{"what": one.what, "count": one.count, "of": one.of} for one in basis.left_out],
        "counted": {
            name: {"n": one.n, "left_out": one.left_out, "of": one.unit, "why": one.why}
            for name, one in basis.counted.items()
        },
        "totals": None
        if told is None
        else {
            "unit": str(told.unit),
            "returned": told.returned,
            "total": told.total,
            "source": told.source,
            "dated": told.dated.isoformat(),
            "agreed_on": told.agreed_on.isoformat() if told.agreed_on else None,
            "notes": list(told.notes),
        },
        "ranges": {name: range_json(one) for name, one in ranges.items()},
    }


def snapshot_json(one: Snapshot) -> dict[str, Any]:
    """One side of ``measure``."""
    return {
        "heads": round(one.heads, 6),
        "fte": round(one.fte, 6),
        "paybill": money(one.paybill),
        "weight": one.weight,
        "measures": dict(one.measures),
        "by_employer": [_own_group(group) for group in one.by_employer],
        "by_grade": [_group(group) for group in one.by_grade],
        "by_ownership": [_group(group) for group in one.by_ownership],
    }


def _group(one: GroupFigures) -> dict[str, Any]:
    return {
        "name": one.name,
        "heads": round(one.heads, 6),
        "fte": round(one.fte, 6),
        "paybill": money(one.paybill),
        "measures": dict(one.measures),
    }


def own_group(one: GroupFigures) -> GroupFigures:
    """An employer's own figures, whatever it stands for in the sector's."""
    weight = one.represents
    if weight == 1:
        return one
    return replace(one, heads=one.heads / weight, fte=one.fte / weight, paybill=one.paybill / weight)


def own_cost(one: GroupCost) -> GroupCost:
    """An employer's own costs, whatever it stands for in the sector's."""
    weight = one.represents
    if weight == 1:
        return one
    names = (
        "heads",
        "full_year",
        "in_year",
        "over_term",
        "one_off",
        "back_pay",
        "paybill_before",
        "labour_before",
    )
    return replace(one, **{name: getattr(one, name) / weight for name in names})


def _own_group(one: GroupFigures) -> dict[str, Any]:
    return _group(own_group(one)) | ({} if one.represents == 1 else {"represents": one.represents})


def cost_json(appraisal: Appraisal, ranges: Mapping[str, Range]) -> dict[str, Any]:
    """The answer of ``cost``."""
    cost = appraisal.cost
    return {
        "offer": appraisal.offer.name,
        "total": total_json(cost),
        "settlements": [
            {
                "effective": one.effective.isoformat(),
                "paid_from": one.paid_from.isoformat(),
                "level": one.level,
                "full_year": money(one.full_year),
                "full_year_to_date": money(one.full_year_to_date),
                "back_pay": money(one.back_pay),
                "one_off": money(one.one_off),
            }
            for one in cost.steps
        ],
        "years": [
            {"from": one.starts.isoformat(), "to": one.ends.isoformat(), "cost": money(one.cost)}
            for one in cost.years
        ],
        "by_employer": _employer_costs(cost),
        "by_grade": _group_costs(cost.by_grade, cost),
        "by_ownership": _group_costs(cost.by_ownership, cost),
        "by_region": _group_costs(cost.by_region, cost),
        "by_element": _elements(cost),
        "cost_of_one_percent": money(cost.cost_of_one_percent),
        "protected_heads": cost.protected_heads,
        "unmapped_heads": appraisal.unmapped_heads,
        "notes": list(appraisal.notes),
        "basis": basis_json(appraisal.basis, ranges),
    }


def total_json(cost: CostBreakdown) -> dict[str, Any]:
    """All headline costs. level, in_year, carry_over and comparable_rate are ratios; the rest is pounds."""
    return {
        "level": cost.level,
        "in_year": cost.in_year,
        "carry_over": cost.carry_over,
        "comparable_rate": cost.comparable_rate,
        "full_year": money(cost.full_year),
        "in_year_cost": money(cost.in_year_cost),
        "carry_over_cost": money(cost.carry_over_cost),
        "cumulative": money(cost.over_term),
        "back_pay": money(cost.back_pay),
        "one_off": money(cost.one_off),
        "paybill_before": money(cost.paybill_before),
        "paybill_after": money(cost.paybill_after),
        "labour_before": money(cost.labour_before),
        "labour_after": money(cost.labour_after),
    }


def _group_costs(groups: Sequence[GroupCost], cost: CostBreakdown) -> list[dict[str, Any]]:
    """Groups whose pennies add up to those of the total, column by column."""
    columns = {
        "full_year": ([one.full_year for one in groups], cost.full_year),
        "in_year_cost": ([one.in_year for one in groups], cost.in_year_cost),
        "cumulative": ([one.over_term for one in groups], cost.over_term),
        "one_off": ([one.one_off for one in groups], cost.one_off),
        "paybill_before": ([one.paybill_before for one in groups], cost.paybill_before),
        "labour_before": ([one.labour_before for one in groups], cost.labour_before),
    }
    shown = {key: _pennies(parts, total) for key, (parts, total) in columns.items()}
    return [
        {"name": one.name, "heads": round(one.heads, 6), **{key: values[at] for key, values in shown.items()}}
        for at, one in enumerate(groups)
    ]


def _employer_costs(cost: CostBreakdown) -> list[dict[str, Any]]:
    """Every employer's own costs; where some stand for others too, they are no parts of the total."""
    if all(one.represents == 1 for one in cost.by_employer):
        return _group_costs(cost.by_employer, cost)
    own = tuple(map(own_cost, cost.by_employer))
    sums = {
        name: sum(getattr(one, name) for one in own)
        for name in ("full_year", "in_year", "over_term", "one_off", "paybill_before", "labour_before")
    }
    whole = replace(
        cost, **{{"in_year": "in_year_cost"}.get(name, name): value for name, value in sums.items()}
    )
    rows = _group_costs(own, whole)
    return [row | {"represents": one.represents} for row, one in zip(rows, own, strict=True)]


_PARTS = ("pay", "employer_ni", "pension", "levy", "cover")


def _elements(cost: CostBreakdown) -> list[dict[str, Any]]:
    """Elements by what they are spent on; every penny of the full-year cost is in one of their parts."""
    cells = [getattr(one, part) for one in cost.elements for part in _PARTS]
    shown = _pennies(cells, cost.full_year)
    rows = []
    for at, one in enumerate(cost.elements):
        own = shown[at * len(_PARTS) : (at + 1) * len(_PARTS)]
        known = one.known or one.lacks_cover
        parts = {part: value if known else None for part, value in zip(_PARTS, own, strict=True)}
        if one.lacks_cover:
            parts["cover"] = None
        rows.append(
            {
                "element": one.element,
                **parts,
                "total": round(sum(own), 2) if one.known else None,
                "hours_lost": round(one.hours_lost, 6) if known else None,
                "not_replaced": money(one.not_replaced) if known else None,
                "replaced": money(one.replaced) if known else None,
                "why_not_known": one.why or None,
            }
        )
    return rows


def _pennies(parts: Sequence[float], total: float) -> list[float]:
    return [round(one + 0.0, 2) for one in largest_remainder(parts, grain=0.01, total=round(total + 0.0, 2))]


def headlines_json(found: Headlines) -> dict[str, Any]:
    """What stands beside the costs: rules of thumb, floor and ripple, the staff that is expected."""
    floor, expected = found.floor, found.expected
    return {
        "rules_of_thumb": [
            {
                "id": one.key,
                "label": one.label,
                "cost": money(one.cost),
                "not_replaced": money(one.not_replaced),
                "replaced": money(one.replaced),
                "range": range_json(one.range),
            }
            for one in found.thumbs
        ],
        "floor": None
        if floor is None
        else {
            "alone": money(floor.alone),
            "after_pay_rules": money(floor.after_rules),
            "ripple": money(floor.ripple),
            "heads": round(floor.heads, 6),
        },
        "expected_staff": {
            "same_people": money(expected.same_people),
            "expected": money(expected.expected),
            "drift": money(expected.drift),
            "turnover": expected.turnover,
            "increments": expected.increments,
            "moved_up": expected.moved,
            "at_top": expected.at_top,
            "off_scale": expected.off_scale,
            "order": expected.order or None,
            "why_not_known": expected.why or None,
        },
        "turnover_saving": {
            "amount": money(found.saving.amount),
            "fewer_leavers": found.saving.fewer_leavers,
            "why_not_known": found.saving.why or None,
        },
    }


def checks_json(checks: Sequence[TermCheck]) -> list[dict[str, Any]]:
    """Terms against the law of their day."""
    return [
        {
            "element": one.element,
            "effective": one.effective.isoformat(),
            "offered": one.offered,
            "least": one.least,
            "unit": one.unit,
            "most": one.most,
            "said": one.said or None,
            "met": one.met,
            "law": one.law,
            "source": one.source,
            "confidence": one.confidence,
        }
        for one in checks
    ]


def verdicts_json(verdicts: tuple[Verdict, ...]) -> dict[str, Any]:
    """The answer of ``test``."""
    return {
        "targets": [verdict_json(one) for one in verdicts],
        "all_met": all(one.met is True for one in verdicts),
    }


def verdict_json(one: Verdict) -> dict[str, Any]:
    """One target's answer."""
    return {
        "name": one.target.name,
        "measure": one.target.measure,
        "value": one.value,
        "limit": one.limit,
        "met": one.met,
        "status": str(one.status),
        "margin": one.margin,
        "worst": None if one.worst is None else {"name": one.worst.name, "value": one.worst.value},
        "n": one.n,
        "n_of": one.n_of,
        "left_out": list(one.left_out),
        "range": range_json(one.range),
    }


def range_json(span: Range | None) -> dict[str, float] | None:
    """Between which values a grossed figure most likely lies; null for the returns alone, and where it has no range."""
    return None if span is None else {"low": span.low, "high": span.high}


def pair_json(one: Pair) -> dict[str, Any]:
    """A pair: its halves with the names of their targets, and the figures beside them."""
    return {
        "name": one.name,
        "status": str(one.status),
        "halves": [
            {
                "name": half.name,
                "status": str(half.status),
                "targets": [verdict.target.name for verdict in half.verdicts],
                "note": half.note or None,
            }
            for half in one.halves
        ],
        "figures": [
            {
                "measure": fact.measure,
                "value": fact.value,
                "worst": None if fact.worst is None else {"name": fact.worst.name, "value": fact.worst.value},
                "left_out": list(fact.left_out),
            }
            for fact in one.facts
        ],
    }
