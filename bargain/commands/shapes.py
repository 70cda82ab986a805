"""The JSON of the main commands: public keys, money in pounds, shares as fractions, null for not known."""

from __future__ import annotations

from typing import Any

from models.appraisal import Appraisal
from models.costing import CostBreakdown, GroupCost
from models.measures import GroupFigures, Snapshot
from models.target import Pair, Verdict


def money(amount: float | None) -> float | None:
    """Pounds to the penny."""
    return None if amount is None else round(amount + 0.0, 2)


def snapshot_json(one: Snapshot) -> dict[str, Any]:
    """One side of ``measure``."""
    return {
        "heads": round(one.heads, 6),
        "fte": round(one.fte, 6),
        "paybill": money(one.paybill),
        "weight": one.weight,
        "measures": dict(one.measures),
        "by_employer": [_group(group) for group in one.by_employer],
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


def cost_json(appraisal: Appraisal) -> dict[str, Any]:
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
        "by_employer": [_group_cost(one) for one in cost.by_employer],
        "by_grade": [_group_cost(one) for one in cost.by_grade],
        "by_ownership": [_group_cost(one) for one in cost.by_ownership],
        "by_element": [
            {
                "element": one.element,
                "pay": _known(one.pay, one.known),
                "employer_ni": _known(one.employer_ni, one.known),
                "pension": _known(one.pension, one.known),
                "levy": _known(one.levy, one.known),
                "cover": _known(one.cover, one.known),
                "total": _known(one.total, one.known),
                "why_not_known": one.why or None,
            }
            for one in cost.elements
        ],
        "cost_of_one_percent": money(cost.cost_of_one_percent),
        "protected_heads": cost.protected_heads,
        "unmapped_heads": appraisal.unmapped_heads,
        "notes": list(appraisal.notes),
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


def _known(amount: float, known: bool) -> float | None:
    return money(amount) if known else None


def _group_cost(one: GroupCost) -> dict[str, Any]:
    return {
        "name": one.name,
        "heads": round(one.heads, 6),
        "full_year": money(one.full_year),
        "in_year_cost": money(one.in_year),
        "cumulative": money(one.over_term),
        "one_off": money(one.one_off),
        "paybill_before": money(one.paybill_before),
        "labour_before": money(one.labour_before),
    }


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
        "left_out": list(one.left_out),
    }


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
