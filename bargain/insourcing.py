"""Bringing care in-house: what parity of pay costs, what profit it saves, how long compensation takes to pay back.

The comparator by grade is a negotiated assumption and stands beside the result, as do basis and rate. Which
compensation is due Parliament decides case by case; legal advice is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

import numpy as np

from bargain.appraisal import latest_accounts, no_offer, on_ladder
from bargain.costing.labour import pricing_of, state_of
from bargain.gathered import as_posts
from bargain.hourly import hourly_pay
from bargain.kept import Kept
from bargain.measures.grouped import group_pay
from bargain.measures.margins import books_of
from bargain.parameters.load import on_costs_on
from models.basis import Basis
from models.choices import Agency, GradeParity, InSourcing, Parity
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector
from models.units import MICROS_PER_POUND

NO_GRADE = "no grade"
CAVEAT = "Parliament decides which compensation is due; legal advice is needed."


def rates_like(sector: Sector, employer: str) -> dict[str, float]:
    """Median hourly pay by grade at one employer, £: a comparator that the data itself gives."""
    sector = on_ladder(sector)
    force = sector.workforce
    if employer not in force.employers:
        raise UnusableInput(
            f"There is no employer “{employer}” in the staff data; there are {', '.join(force.employers)}."
        )
    here = force.employer_code == force.employers.index(employer)
    groups = np.where(here & (force.grade_code >= 0), force.grade_code, -1).astype(np.int64)
    medians = group_pay(hourly_pay(force, sector.weeks_y), force.heads, groups, len(force.grades)).percentile(
        0.5
    )
    return {grade: float(rate) for grade, rate in zip(force.grades, medians, strict=True) if rate == rate}  # noqa: PLR0124


def parity_of(sector: Sector, employers: Sequence[str], comparator: Mapping[str, float]) -> Parity:
    """What lifting staff of some employers to a comparator costs; those above it stay as they are.

    comparator: £ an hour by grade; staff in grades without one are counted and priced as they are. Raises
    UnusableInput for an employer that has no staff in the data.
    """
    sector = on_ladder(sector)
    force = sector.workforce
    missing = [name for name in employers if name not in force.employers]
    if missing or not employers:
        raise UnusableInput(f"There is no employer “{', '.join(missing)}” in the staff data.")
    known = {one.name: one for one in sector.employers}
    records = {name: known.get(name, Employer(name)) for name in force.employers}
    figures = on_costs_on(no_offer(sector).settlements[0].effective)
    base = state_of(force, records, minimum_pension_ppm=figures.pension_minimum_ppm)
    pricing = pricing_of(as_posts(force, sector.weeks_y, Kept()), records)
    chosen = np.isin(force.employer_code, [force.employers.index(name) for name in employers])
    table = np.array([comparator.get(grade, 0.0) for grade in force.grades] + [0.0])
    hourly = np.where(chosen, table[force.grade_code], 0.0)
    wanted = (
        np.where(force.basis == Basis.HOUR, hourly, hourly * sector.weeks_y * force.full_hours_w)
        * MICROS_PER_POUND
    )
    rates = np.maximum(force.rate_micros, np.rint(wanted).astype(np.int64))
    dearer = pricing.labour(base.paid(rates), figures).total() - pricing.labour(base, figures).total()
    pay = hourly_pay(force, sector.weeks_y) / MICROS_PER_POUND
    heads = force.heads * chosen
    size = len(force.grades)
    codes = np.where(force.grade_code < 0, size, force.grade_code)
    by_grade = [
        np.bincount(codes, weights=one, minlength=size + 1).tolist()
        for one in (heads, heads * pay, np.where(chosen, dearer, 0.0))
    ]
    grades = tuple(
        GradeParity(
            grade,
            staff,
            paid / staff,
            comparator.get(grade),
            cost if grade in comparator or round(cost, 2) else None,
        )
        for grade, staff, paid, cost in zip((*force.grades, NO_GRADE), *by_grade, strict=True)
        if staff
    )
    weight = heads * (hourly > 0)
    total = float(weight @ hourly)
    return Parity(
        heads=float(heads.sum()),
        cost=float(dearer[chosen].sum()),
        gap=float(weight @ (hourly - pay)) / total if total else None,
        no_comparator=float(force.heads[chosen & (hourly == 0)].sum()),
        grades=grades,
    )


def in_sourcing(
    sector: Sector,
    employers: Sequence[str],
    *,
    comparator: Mapping[str, float],
    compensation: float | None = None,
    multiple: float | None = None,
    recoverable: float = 0.0,
    rate: float = 0.035,
    years: int = 10,
) -> InSourcing:
    """The case for some employers.

    comparator: £ an hour by grade. compensation: pounds on a basis of its own, else multiple × operating profit,
    else capital employed as the accounts have it. recoverable: charges a year that would come back.
    rate, years: for the present value. Raises UnusableInput where what is needed is not there.
    """
    parity = parity_of(sector, employers, comparator)
    books = {name: books_of(one) for name, one in latest_accounts(sector).items() if name in employers}
    results = {name: one.result for name, one in books.items() if one.result is not None}
    profit = sum(results.values())
    capital = [one.capital for one in books.values()]
    amount, basis = _compensation(compensation, multiple, profit, capital)
    gross = profit + recoverable
    net = gross - parity.cost
    return InSourcing(
        employers=tuple(employers),
        heads=parity.heads,
        gross=gross,
        parity_cost=parity.cost,
        parity_gap=parity.gap,
        net=net,
        compensation=amount,
        basis=basis,
        payback=payback(amount, net),
        npv=present_value(net, rate=rate, years=years) - amount,
        rate=rate,
        years=years,
        not_known=tuple(name for name in employers if name not in results),
        no_comparator=parity.no_comparator,
    )


def payback(compensation: float, saved: float) -> float | None:
    """After how many years what is saved a year has paid the compensation back; None where nothing is saved."""
    return compensation / saved if saved > 0 else None


def present_value(saved: float, *, rate: float, years: int) -> float:
    """What a yearly saving is worth today, paid at the end of each year and discounted at a yearly rate."""
    return sum(saved / (1 + rate) ** year for year in range(1, years + 1))


def _compensation(
    stated: float | None, multiple: float | None, profit: float, capital: Sequence[float | None]
) -> tuple[float, str]:
    if stated is not None:
        return stated, "a stated sum"
    if multiple is not None:
        return multiple * profit, f"{multiple:g} times operating profit"
    if capital and all(one is not None for one in capital):
        return sum(one for one in capital if one is not None), "capital employed in the accounts"
    raise UnusableInput(
        "The accounts give no capital employed, so compensation needs a basis: state a sum, or a multiple of profit."
    )


def years_to_close(parity: Parity, pace: float) -> float | None:
    """In how many years the grade that is furthest behind draws level; None without a comparator.

    pace: the share by which pay rises a year over the comparator's own rise. Raises UnusableInput for none.
    """
    if pace <= 0:
        raise UnusableInput("At that pace the gap never closes; give a yearly share above nought.")
    gaps = [one.gap for one in parity.grades if one.gap is not None]
    return max(0.0, -log(1 - max(gaps)) / log(1 + pace)) if gaps else None


def agency_work(
    *, charge: float, pay: float, on_cost: float, hours: float, direct_cost: float, filled: float = 1.0
) -> Agency:
    """Agency work taken apart, £ an hour without VAT; and its hours converted to direct work.

    direct_cost: what an hour costs directly, with on-costs; filled: the share of hours for which staff are found.
    """
    if charge <= 0 or not 0 <= filled <= 1:
        raise UnusableInput(
            "An agency's charge must be above nought, and the share of hours filled from 0 to 1."
        )
    skim = charge - pay - on_cost
    done = hours * filled
    return Agency(
        charge=charge,
        pay=pay,
        on_cost=on_cost,
        skim=skim,
        skim_share=skim / charge,
        hours=hours,
        skim_a_year=skim * hours,
        direct_cost=done * direct_cost,
        saved=done * (charge - direct_cost),
        unfilled_hours=hours - done,
    )
