"""bargain money: employers' money under an offer – ladder, £100 of fee, fees taken apart, affordability, stress."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from bargain.appraisal import appraise, no_offer
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.shapes import basis_json
from bargain.commands.shapes import money as in_pence
from bargain.commands.show import basis_text, heads, percent, pounds, print_json, table
from bargain.money_flow import (
    Affordable,
    AtRisk,
    Stressed,
    able_to_pay,
    combined,
    fee_parts,
    fees_together,
    hundred_pounds,
    other_rise,
    spread_of,
)
from bargain.money_of import Money, MoneyAssumptions, money_of
from bargain.projection import Projection
from models.appraisal import Appraisal
from models.issues import UnusableInput
from models.measures import EmployerMargins
from models.sector import Sector
from models.stress import Stress

_STRESSED = tuple(one.name for one in fields(Stress) if one.name not in {"name", "base_occupancy"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--offer OFFER] [--margin M] [--other C] [--stress PART=PERCENT…] [--months N]."""
    add_sector(parser)
    add_offer(parser, required=False)
    parser.add_argument(
        "--margin", type=float, default=0.0, metavar="PERCENT", help="the margin an employer must keep (0)"
    )
    parser.add_argument(
        "--other", type=float, default=0.0, metavar="PERCENT", help="yearly rise of other costs and rent (0)"
    )
    parser.add_argument(
        "--fee", type=float, metavar="PERCENT", help="fee rise for what is affordable (the offer's)"
    )
    parser.add_argument(
        "--inflation", type=float, metavar="PERCENT", help="what fee inflation is held against"
    )
    parser.add_argument(
        "--stress",
        nargs="+",
        default=[],
        metavar="PART=PERCENT|NAME",
        help=f"what else may go wrong, all at once: {', '.join(_STRESSED)}; such as occupancy=-5 agency=20; "
        "or the name of a stress kept in the sector file",
    )
    parser.add_argument("--months", type=int, choices=(12, 24), default=24, help="how far ahead (24)")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print each employer's money."""
    sector = sector_of(options)
    offer = offer_of(options.offer, sector) if options.offer else no_offer(sector)
    appraisal = appraise(sector, offer)
    assumed = MoneyAssumptions(
        margin=options.margin / 100,
        other=options.other / 100,
        fee=None if options.fee is None else options.fee / 100,
        months=options.months,
        stress=combined("stress", [_stress(text, sector) for text in options.stress]),
    )
    money = money_of(sector, appraisal, assumed)
    if options.json:
        print_json(_json(money, None if options.inflation is None else options.inflation / 100))
    else:
        print(_text(money))
    return 0


def _stress(text: str, sector: Sector) -> Stress:
    """A part with its change in percent, or the name of a stress kept in the sector file."""
    kept = next((one for one in sector.stresses if one.name == text), None)
    if kept is not None:
        return kept
    part, equals, value = text.partition("=")
    if not equals and sector.stresses:
        names = ", ".join(f"“{one.name}”" for one in sector.stresses)
        raise UnusableInput(
            f"There is no stress “{text}” in the sector file ({names}); write PART=PERCENT for a new one."
        )
    try:
        share = float(value) / 100
    except ValueError:
        raise UnusableInput(f"“{text}” is no stress; write PART=PERCENT, such as occupancy=-5.") from None
    if part not in _STRESSED:
        raise UnusableInput(f"“{part}” can't be put under stress; use one of {', '.join(_STRESSED)}.")
    return Stress(text, **{part: share})


def _json(money: Money, inflation: float | None) -> dict[str, Any]:
    spread, risk = spread_of(money.rises), money.risk
    each = zip(
        money.appraisal.margins,
        zip(money.ahead, money.ahead_hit, strict=True),
        money.rises,
        money.hit,
        strict=True,
    )
    return {
        "offer": money.appraisal.offer.name,
        "basis": basis_json(money.appraisal.basis, {}),
        "assumptions": {
            "margin": money.assumed.margin,
            "other_costs": money.assumed.other,
            "stress": {part: getattr(money.assumed.stress, part) for part in _STRESSED},
        },
        "employers": [
            _employer(
                one,
                flows,
                rise,
                under,
                inflation=inflation,
                other=money.assumed.other,
                ended=money.year_ends.get(one.name),
            )
            for one, flows, rise, under in each
        ],
        "together": _together(money, inflation),
        "without_staff_data": list(money.without_staff),
        "affordable": None if spread is None else {key: getattr(spread, key) for key in spread.__slots__},
        "at_risk": _risk_json(risk),
        "at_risk_ahead": [
            {
                "months": one.months,
                "below_margin": _risk_json(one.thin),
                "short_of_cash": _risk_json(one.short_of_cash),
            }
            for one in money.risks_ahead
        ],
    }


def _risk_json(risk: AtRisk) -> dict[str, Any]:
    return {
        "employers": list(risk.names),
        "places": risk.places,
        "without_places": risk.without_places,
        "known": risk.known,
        "not_known": risk.unknown,
    }


def _months_json(flow: Projection) -> list[dict[str, Any]]:
    return [
        {
            "starts": month.starts.isoformat(),
            "income": round(month.income, 2),
            "result": round(month.result, 2),
            "cash": round(month.cash, 2),
            "cash_to_date": round(month.cash_to_date, 2),
        }
        for month in flow.months
    ]


def _employer(
    one: EmployerMargins,
    flows: tuple[Projection, Projection],
    rise: Affordable,
    under: Stressed | None,
    *,
    inflation: float | None,
    other: float,
    ended: date | None,
) -> dict[str, Any]:
    parts, (flow, hit) = fee_parts(one, other_rise=other_rise(one, other)), flows
    return {
        "name": one.name,
        "accounts_year_end": None if ended is None else ended.isoformat(),
        "ownership": one.ownership,
        **_ladder(one),
        "hundred_pounds": {part.name: part.pounds for part in hundred_pounds(one)},
        "hundred_pounds_after": {part.name: part.pounds for part in hundred_pounds(one, after=True)},
        "fee": None
        if parts is None
        else {
            "uplift": parts.rise,
            "labour": parts.labour,
            "other": parts.other,
            "profit": parts.profit,
            "labour_share": parts.labour_share,
            "over_inflation": None if inflation is None else parts.rise - inflation,
        },
        "fee_hold_profit": one.fee_hold_profit,
        "fee_hold_margin": one.fee_hold_margin,
        "fee_under_cap": one.fee_under_cap,
        "profit_on_pay_rise": one.profit_on_pay_rise,
        "affordable_rise": rise.rise,
        "months": _months_json(flow),
        "months_under_stress": _months_json(hit),
        "margin_ahead": flow.margin,
        "margin_ahead_under_stress": hit.margin,
        "lowest_cash": in_pence(flow.lowest_cash),
        "lowest_cash_under_stress": in_pence(hit.lowest_cash),
        "margin_under_stress": None if under is None else under.margin,
    }


def _together(money: Money, inflation: float | None) -> dict[str, Any]:
    """All employers whose accounts are known, as one."""
    whole = fees_together(money.appraisal.margins, other=money.assumed.other)
    parts = whole.parts
    return {
        "known": whole.known,
        "not_known": whole.n - whole.known,
        "fee": None
        if parts is None
        else {
            "uplift": parts.rise,
            "labour": parts.labour,
            "other": parts.other,
            "profit": parts.profit,
            "labour_share": parts.labour_share,
            "over_inflation": None if inflation is None else parts.rise - inflation,
        },
        "fee_hold_profit": whole.hold_profit,
        "fee_hold_margin": whole.hold_margin,
        "fee_under_cap": whole.under_cap,
        "profit_on_pay_rise": whole.on_the_rise,
    }


def _ladder(one: EmployerMargins) -> dict[str, float | None]:
    return {
        "revenue": one.revenue_before,
        "ebitdar": one.ebitdar_before,
        "ebitda": one.ebitda_before,
        "operating_result": one.result_before,
        "profit_before_tax": one.pretax_before,
        "roce": one.result_before / one.capital if one.result_before is not None and one.capital else None,
        "operating_margin_before": one.margin_before,
        "operating_margin": one.margin_after,
        "adjusted_margin": one.adjusted_after,
        "leakage": one.leakage_after,
        "financial_return_leakage": one.returned_after / one.revenue_after
        if one.returned_after is not None and one.revenue_after
        else None,
        "reconciliation": one.reconciliation,
    }


def _text(money: Money) -> str:
    rows = []
    for one, flow, rise, under in zip(
        money.appraisal.margins, money.ahead, money.rises, money.hit, strict=True
    ):
        parts = fee_parts(one, other_rise=other_rise(one, money.assumed.other))
        rows.append(
            [
                one.name,
                percent(one.margin_before, 1),
                percent(one.margin_after, 1),
                percent(one.leakage_after, 1),
                percent(None if parts is None else parts.rise, 2),
                percent(None if parts is None else parts.labour, 2),
                percent(None if parts is None else parts.profit, 2),
                pounds(one.profit_on_pay_rise),
                percent(rise.rise, 2),
                percent(flow.margin, 1),
                pounds(flow.lowest_cash),
                percent(None if under is None else under.margin, 1),
            ]
        )
    headings = ["Employer", "margin", "after", "leakage", "fee", "of it pay", "profit", "on the rise"]
    months = max((len(flow.months) for flow in money.ahead), default=0)
    headings += ["can afford", f"{months} months", "lowest cash", "under stress"]
    assumed = (
        f"Other costs and rent rise by {percent(money.assumed.other, 1)} a year; cash is before tax, repayments and "
        "investment; occupancy moves fee income in proportion and no cost."
    )
    return "\n\n".join(
        [
            basis_text(money.appraisal.basis),
            table(headings, rows),
            _years_text(money),
            _spread_text(money.rises, money.appraisal),
            _risk_text(money),
            assumed,
        ]
    )


def _years_text(money: Money) -> str:
    """Of how many employers the accounts are known, and of which years."""
    days = sorted(day for day in money.year_ends.values() if day is not None)
    span = "" if not days else f", year ends {days[0].isoformat()}"
    if days and days[-1] != days[0]:
        span += f" to {days[-1].isoformat()}"
    left = (
        f" Accounts without staff data are left out: {', '.join(money.without_staff)}."
        if money.without_staff
        else ""
    )
    return f"Accounts of {len(money.year_ends)} of {len(money.appraisal.margins)} employers{span}.{left}"


def _risk_text(money: Money) -> str:
    risk = money.risk
    said = [
        f"{part} {percent(getattr(money.assumed.stress, part), 1)}"
        for part in _STRESSED
        if getattr(money.assumed.stress, part)
    ]
    margin = percent(money.assumed.margin, 1)
    head = f"Under stress ({', '.join(said) or 'none given'}): {_who(risk)}"
    lines = [
        f"{head} {_falls(risk)} below a margin of {margin} in a full year; of {risk.unknown} the accounts do not tell the margin."
    ]
    lines += [
        f"Within {one.months} months: {_who(one.thin)} {_falls(one.thin)} below it, and {_who(one.short_of_cash)} "
        f"{'pays' if len(one.short_of_cash.names) == 1 else 'pay'} out more than comes in."
        for one in money.risks_ahead
    ]
    return "\n".join(lines)


def _who(risk: AtRisk) -> str:
    silent = f" ({risk.without_places} do not say how many)" if risk.without_places else ""
    return f"{len(risk.names)} of {risk.known} employers, with {heads(risk.places)} places{silent},"


def _falls(risk: AtRisk) -> str:
    return "falls" if len(risk.names) == 1 else "fall"


def _spread_text(rises: Sequence[Affordable], appraisal: Appraisal) -> str:
    spread = spread_of(rises)
    if spread is None:
        return "What is affordable is not known: there are no accounts."
    labour = appraisal.cost.labour_before
    asked = appraisal.cost.full_year / labour if labour else 0.0
    able, with_heads = able_to_pay(rises, asked)
    return (
        f"Affordable rise in labour cost over {spread.known} of {spread.n} employers: lowest {percent(spread.lowest)}, lower "
        f"quarter {percent(spread.lower_quarter)}, middle {percent(spread.middle)}, upper quarter "
        f"{percent(spread.upper_quarter)}, highest {percent(spread.highest)}. {able} of them, with {heads(with_heads)} staff, "
        f"could bear the sector's {percent(asked)}."
    )
