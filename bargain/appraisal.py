"""The one way from an offer to figures: window, command line and print all call ``appraise``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import numpy as np

from bargain.costing.breakdown import Deal, Stage, Step, cost_breakdown
from bargain.costing.labour import PayState, Pricing, pricing_of, state_of, units_of
from bargain.costing.terms import changes_of, cover_share
from bargain.costing.timing import a_year_after
from bargain.measures.margins import employer_margins, joined_fees
from bargain.measures.snapshot import snapshot
from bargain.measures.view import View
from bargain.money import hourly_of_year
from bargain.offers.index_links import with_figures
from bargain.offers.new_pay import new_pay
from bargain.offers.scale import new_scale
from bargain.parameters.load import on_costs_on, value_on
from models.accounts import Accounts
from models.appraisal import Appraisal
from models.costing import CostBreakdown
from models.employer import Employer
from models.issues import UnusableInput
from models.measures import EmployerMargins
from models.offer import Offer, PayRule, Settlement
from models.payscale import PayScale
from models.sector import Sector
from models.terms import Terms
from models.units import MICROS_PER_POUND, FloatColumn, MicroColumn
from models.workforce import NONE_CODE, Basis, Workforce

Value = TypeVar("Value")

WEIGHTS = ("heads", "hours")
_ONE_PERCENT = PayRule(percent_ppm=10_000)


def no_offer(sector: Sector) -> Offer:
    """An offer that changes nothing, dated at the sector's own data: the base to measure."""
    return Offer("Now", settlements=(Settlement(sector.data_date or date.today()),))


def appraise(sector: Sector, offer: Offer, *, weight: str = "heads") -> Appraisal:
    """Everything that follows from an offer: new pay, cost, measures, margins.

    weight: what distribution measures count, ``heads`` or ``hours``. Raises UnusableInput where the sector
    has no staff, or the offer names what nobody has.
    """
    sector = on_ladder(sector)
    force = sector.workforce
    work = _begun(sector, offer)
    base = work.base(offer)
    steps = [work.step(settlement) for settlement in offer.settlements]
    cost = cost_breakdown(
        work.pricing,
        base,
        steps,
        Deal(
            ends=offer.ends or a_year_after(offer.settlements[-1].effective),
            year_start=sector.year_start,
            cover_share=cover_share(sector.assumptions),
        ),
        one_percent=base.paid(work.one_percent(offer.settlements[0].effective)),
        ownership={name: str(work.employers[name].ownership) for name in force.employers},
    )
    margins = _margins(sector, work.employers, cost, offer)
    return work.appraisal(offer, cost=cost, margins=margins, weight=weight)


def _begun(sector: Sector, offer: Offer) -> _Work:
    """A run that has not taken a step yet; refuses a sector without staff and an offer without steps."""
    if not len(sector.workforce):
        raise UnusableInput("The sector has no staff data yet; import payroll files first.")
    if not offer.settlements:
        raise UnusableInput(
            f"The offer “{offer.name}” has no settlement; give it a date and at least one rule."
        )
    return _Work(sector)


class _Work:
    """One run through the steps of an offer, each starting from where the last one left pay."""

    def __init__(self, sector: Sector) -> None:
        self.sector = sector
        known = {one.name: one for one in sector.employers}
        self.employers = {name: known.get(name, Employer(name)) for name in sector.workforce.employers}
        self.pricing = pricing_of(sector.workforce, self.employers)
        self.force: Workforce = sector.workforce
        self.scale: PayScale | None = sector.scale
        self.terms: Terms = sector.terms
        self.unrounded: MicroColumn = sector.workforce.rate_micros
        self.weighting: MicroColumn | None = None
        self.state: PayState | None = None
        self.notes: dict[str, None] = {}

    def base(self, offer: Offer) -> PayState:
        """Pay as it is; employers whose own contribution is not recorded pay the minimum of the first day."""
        figures = on_costs_on(offer.settlements[0].effective)
        return state_of(
            self.sector.workforce, self.employers, minimum_pension_ppm=figures.pension_minimum_ppm
        )

    def step(self, settlement: Settlement) -> Step:
        """One settlement step as states of pay; moves the workforce, scale and terms on."""
        figures = on_costs_on(settlement.effective)
        self.notes.update(dict.fromkeys(figures.warnings))
        state = self.state or state_of(
            self.force, self.employers, minimum_pension_ppm=figures.pension_minimum_ppm
        )
        pay = new_pay(
            self.force,
            settlement,
            employers=self.employers,
            scale=self.scale,
            weeks_y=self.sector.weeks_y,
            weighting=self.weighting,
            assumptions=self.sector.assumptions,
        )
        self.weighting = pay.weighting
        self.notes.update(dict.fromkeys(pay.notes))
        stages = []
        last = state.rate_micros
        for element, rates in pay.stages:
            if rates is not last:
                state = state.paid(rates)
            last = rates
            stages.append(Stage(element, state))
        self.unrounded = pay.stages[-2][1] if len(pay.stages) > 1 else pay.rates
        self.force = pay.applied_to(self.force)
        changes, self.force = changes_of(
            state, self.force, new=settlement.terms, now=self.terms, assumptions=self.sector.assumptions
        )
        stages += [Stage(one.element, one.state, one.cover_hours, one.why) for one in changes]
        if settlement.allowances_ppm or settlement.allowances:
            stages.append(Stage("allowances", stages[-1].state, why="the staff data has no allowances"))
        self.notes.update({f"Not priced: {one.element} – {one.why}.": None for one in stages if one.why})
        self.state = stages[-1].state
        self.force = replace(self.force, rate_micros=self.state.rate_micros)
        self.terms = _changed(self.terms, settlement.terms)
        if self.scale is not None:
            priced, _ = with_figures(settlement, self.sector.assumptions)
            self.scale = new_scale(self.scale, priced)
        return Step(
            effective=settlement.effective,
            paid_from=settlement.paid_from or settlement.effective,
            figures=figures,
            stages=tuple(stages),
            one_off_y=None if pay.one_off is None else state.paid(pay.one_off).basic_y(),
            protected_heads=float(self.force.heads[pay.protected].sum()),
        )

    def one_percent(self, day: date) -> MicroColumn:
        """Everyone's rate after 1 %, rounded as any offer is: the finite difference behind “cost of 1 %”."""
        return new_pay(
            self.sector.workforce,
            Settlement(day, pay=(_ONE_PERCENT,)),
            employers=self.employers,
            scale=self.sector.scale,
            weeks_y=self.sector.weeks_y,
        ).rates

    def appraisal(
        self,
        offer: Offer,
        *,
        cost: CostBreakdown,
        margins: tuple[EmployerMargins, ...],
        weight: str,
    ) -> Appraisal:
        """The figures before and after, taken of one view."""
        sector, before, after = self.sector, self.sector.workforce, self.force
        owners = [str(self.employers[name].ownership) for name in before.employers]
        view = _view(sector, after, self.unrounded, cost=cost, margins=margins, offer=offer, weight=weight)
        fte = before.fte * before.heads
        words = f"weighted by {weight}"
        before_figures, after_figures = (
            snapshot(view, after=one, fte=fte, weight=words, ownership=owners, names=before.employers)
            for one in (False, True)
        )
        unmapped = float(before.heads[before.grade_code < 0].sum())
        return Appraisal(
            offer=offer,
            before=before_figures,
            after=after_figures,
            cost=cost,
            margins=margins,
            workforce_after=after,
            hourly_before=view.before,
            hourly_after=view.after,
            rates_unrounded=self.unrounded,
            scale_before=sector.scale,
            scale_after=self.scale,
            unmapped_heads=unmapped,
            notes=tuple(self.notes),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The states of pay behind an appraisal. terms: those that held when each step began."""

    pricing: Pricing
    base: PayState
    steps: tuple[Step, ...]
    terms: tuple[Terms, ...]
    one_percent: PayState


def run_through(sector: Sector, offer: Offer) -> Run:
    """What ``appraise`` prices, stage by stage, for those who check or explain it."""
    work = _begun(on_ladder(sector), offer)
    base = work.base(offer)
    steps, terms = [], []
    for settlement in offer.settlements:
        terms.append(work.terms)
        steps.append(work.step(settlement))
    one_percent = base.paid(work.one_percent(offer.settlements[0].effective))
    return Run(work.pricing, base, tuple(steps), tuple(terms), one_percent)


def view_of(sector: Sector, appraisal: Appraisal, *, weight: str = "heads") -> View:
    """The view that an appraisal's figures were taken of, for measures that a target asks for."""
    return _view(
        on_ladder(sector),
        appraisal.workforce_after,
        appraisal.rates_unrounded,
        cost=appraisal.cost,
        margins=appraisal.margins,
        offer=appraisal.offer,
        weight=weight,
    )


def _view(
    sector: Sector,
    after: Workforce,
    unrounded: MicroColumn,
    *,
    cost: CostBreakdown,
    margins: tuple[EmployerMargins, ...],
    offer: Offer,
    weight: str,
) -> View:
    before = sector.workforce
    units = units_of(before) * before.heads / MICROS_PER_POUND
    return View(
        before=hourly_pay(before, sector.weeks_y),
        after=hourly_pay(after, sector.weeks_y),
        heads=before.heads,
        weight=_weights(before, weight),
        pay_before=before.rate_micros * units,
        pay_after=after.rate_micros * (units_of(after) * after.heads / MICROS_PER_POUND),
        pay_exact=unrounded * units,
        grade_code=before.grade_code,
        employer_code=before.employer_code,
        sex=before.sex,
        contract=before.contract,
        grades=before.grades,
        costs=cost.by_employer,
        margins=margins,
        one_percent=cost.cost_of_one_percent,
        reference=_reference(offer),
    )


def on_ladder(sector: Sector) -> Sector:
    """The sector with its staff's grades numbered up the ladder; grades that are not on it come last."""
    force = sector.workforce
    ladder = tuple(grade for grade in sector.grades if grade in force.grades)
    grades = (*ladder, *(grade for grade in force.grades if grade not in ladder))
    if grades == force.grades:
        return sector
    table = np.array([grades.index(grade) for grade in force.grades] + [NONE_CODE], dtype=np.int32)
    return replace(sector, workforce=replace(force, grades=grades, grade_code=table[force.grade_code]))


def hourly_pay(workforce: Workforce, weeks_y: float) -> MicroColumn:
    """Hourly basic pay of every post, £/10⁶: the rate, or annual ÷ weeks ÷ full-time hours to the penny."""
    if (workforce.basis == Basis.HOUR).all():
        return workforce.rate_micros
    hourly = hourly_of_year(workforce.rate_micros, weeks_y=weeks_y, weekly_hours=workforce.full_hours_w)
    return np.where(workforce.basis == Basis.HOUR, workforce.rate_micros, hourly)


def _weights(workforce: Workforce, weight: str) -> FloatColumn:
    if weight not in WEIGHTS:
        raise UnusableInput(f"Distribution can be weighted by {' or '.join(WEIGHTS)}, not by “{weight}”.")
    if weight == "heads":
        return workforce.heads
    return np.asarray(workforce.heads * workforce.hours_w * workforce.weeks_y)


def _reference(offer: Offer) -> dict[str, float]:
    day = offer.settlements[0].effective
    return {
        "minimum_wage": float(value_on("national_living_wage", day).value),
        "real_living_wage": float(value_on("real_living_wage", day).value),
    }


def _changed(now: Terms, new: Terms) -> Terms:
    """Terms after an offer: what it leaves out does not change."""
    return Terms(
        weekly_hours=_first(new.weekly_hours, now.weekly_hours),
        annual_leave_days=_first(new.annual_leave_days, now.annual_leave_days),
        sick_pay_full_weeks=_first(new.sick_pay_full_weeks, now.sick_pay_full_weeks),
        employer_pension_ppm=_first(new.employer_pension_ppm, now.employer_pension_ppm),
        sleep_in_micros=_first(new.sleep_in_micros, now.sleep_in_micros),
        unsocial_ppm=new.unsocial_ppm or now.unsocial_ppm,
        paid_training_hours=_first(new.paid_training_hours, now.paid_training_hours),
        paid_travel_time=_first(new.paid_travel_time, now.paid_travel_time),
        zero_hours=_first(new.zero_hours, now.zero_hours),
    )


def _first(new: Value | None, now: Value | None) -> Value | None:
    return now if new is None else new


def _margins(
    sector: Sector, employers: dict[str, Employer], cost: CostBreakdown, offer: Offer
) -> tuple[EmployerMargins, ...]:
    """Every employer's money; the latest year of its accounts where there are several."""
    latest: dict[str, Accounts] = {}
    for one in sorted(sector.accounts, key=lambda books: books.year_end or date.min):
        latest[one.employer] = one
    fees = joined_fees(tuple(step.fees for step in offer.settlements))
    labour = {one.name: one.labour_before for one in cost.by_employer}
    return tuple(
        employer_margins(
            one.name,
            str(employers[one.name].ownership),
            accounts=latest.get(one.name),
            labour_rise=one.full_year,
            payroll_labour=labour[one.name],
            fees=fees,
        )
        for one in cost.by_employer
    )
