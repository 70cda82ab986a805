"""The one way from an offer to figures: window, command line and print all call ``appraise``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypedDict

import numpy as np

from bargain.basis import basis_of
from bargain.costing.allowances import Paid, named_allowances
from bargain.costing.breakdown import Deal, Stage, Step, cost_breakdown
from bargain.costing.labour import PayState, Pricing, pricing_of, state_of, units_of
from bargain.costing.term_change import Setting
from bargain.costing.terms import changes_of, cover_share
from bargain.costing.timing import a_year_after
from bargain.grossing import grossed
from bargain.kept import Kept, kept_of
from bargain.measures.margins import employer_margins, joined_fees, margins_without_accounts
from bargain.measures.snapshot import look_ahead, snapshot
from bargain.measures.view import DATA_MONTH, PAYBILL_GROWTH, View
from bargain.money import hourly_of_year
from bargain.offers.index_links import with_figures
from bargain.offers.new_pay import new_pay
from bargain.offers.scale import new_scale
from bargain.parameters.load import on_costs_on, value_on
from bargain.side_by_side import beside
from bargain.terms_today import terms_today
from models.accounts import Accounts
from models.appraisal import Appraisal
from models.basis import Basis
from models.costing import CostBreakdown
from models.employer import Employer
from models.issues import UnusableInput
from models.measures import EmployerMargins
from models.offer import Offer, PayRule, Settlement
from models.parameters import OnCostParameters
from models.payscale import PayScale
from models.sector import Sector
from models.terms import Terms, terms_after
from models.units import MICROS_PER_POUND, FloatColumn, MicroColumn
from models.workforce import NONE_CODE, Workforce

WEIGHTS = ("heads", "hours")
FiguresOn = Callable[[date], OnCostParameters]
_ONE_PERCENT = PayRule(percent_ppm=10_000)


def no_offer(sector: Sector) -> Offer:
    """An offer that changes nothing, dated at the sector's own data: the base to measure."""
    return Offer("Now", settlements=(Settlement(sector.data_date or date.today()),))


def appraise(sector: Sector, offer: Offer, *, weight: str = "heads") -> Appraisal:
    """Everything that follows from an offer: new pay, cost, measures, margins.

    weight: what distribution measures count, ``heads`` or ``hours``. Raises UnusableInput where the sector
    has no staff, or the offer names what nobody has.
    """
    held, sector = sector, as_counted(sector)
    work = begun(sector, offer)
    steps = work.steps(offer)
    distribution = beside(lambda: work.look_ahead(weight))
    cost = work.cost(offer, steps)
    margins = _margins(sector, work.employers, cost, offer)
    distribution.result()
    made = work.appraisal(offer, cost=cost, margins=margins, weight=weight)
    return replace(made, basis=basis_of(held, margins))


def cost_of(sector: Sector, offer: Offer, *, figures_on: FiguresOn = on_costs_on) -> CostBreakdown:
    """Only what an offer costs, for those who price many. figures_on: the statutory figures of a day."""
    work = begun(as_counted(sector), offer, figures_on)
    return work.cost(offer, work.steps(offer))


def begun(sector: Sector, offer: Offer, figures_on: FiguresOn = on_costs_on) -> Work:
    """A run that has not taken a step yet; refuses a sector without staff and an offer without steps."""
    if not len(sector.workforce):
        raise UnusableInput("The sector has no staff data yet; import payroll files first.")
    if not offer.settlements:
        raise UnusableInput(
            f"The offer “{offer.name}” has no settlement; give it a date and at least one rule."
        )
    return Work(sector, figures_on)


class _Names(TypedDict):
    """What the figures of groups need beside the view."""

    fte: FloatColumn
    ownership: list[str]
    names: tuple[str, ...]


class Work:
    """One run through the steps of an offer, each starting from where the last one left pay."""

    def __init__(self, sector: Sector, figures_on: FiguresOn) -> None:
        self.sector = sector
        self.figures_on = figures_on
        self.kept = kept_of(sector.workforce, "pay", sector.employers, sector.scale, sector.weeks_y)
        self.employers = self.kept.of("employers", lambda: _records(sector))
        self.pricing = pricing_of(sector.workforce, self.employers, kept=self.kept)
        self.force: Workforce = sector.workforce
        self.scale: PayScale | None = sector.scale
        self.terms: Terms = terms_today(sector)
        self.unrounded: MicroColumn = sector.workforce.rate_micros
        self.weighting: MicroColumn | None = None
        self.state: PayState | None = None
        self.allowances: dict[str, Paid] = {}
        self.notes: dict[str, None] = {}
        self.kept_after = Kept()

    def steps(self, offer: Offer) -> list[Step]:
        """All steps in turn."""
        return [self.step(settlement) for settlement in offer.settlements]

    def cost(self, offer: Offer, steps: list[Step]) -> CostBreakdown:
        """What all steps cost."""
        base = self.base(offer)
        return cost_breakdown(
            self.pricing,
            base,
            steps,
            Deal(
                ends=offer.ends or a_year_after(offer.settlements[-1].effective),
                year_start=self.sector.year_start,
                cover_share=cover_share(self.sector.assumptions),
            ),
            one_percent=self.at_one_percent(base, offer.settlements[0].effective),
            employers=self.employers,
        )

    def base(self, offer: Offer) -> PayState:
        """Pay as it is; employers whose own contribution is not recorded pay the minimum of the first day."""
        return self._now(self.figures_on(offer.settlements[0].effective).pension_minimum_ppm)

    def _now(self, minimum_pension_ppm: int) -> PayState:
        name = f"now, at least {minimum_pension_ppm} for pension"
        return self.kept.of(
            name,
            lambda: state_of(
                self.sector.workforce, self.employers, minimum_pension_ppm=minimum_pension_ppm
            ).named(name),
        )

    def step(self, settlement: Settlement) -> Step:
        """One settlement step as states of pay; moves the workforce, scale and terms on."""
        figures = self.figures_on(settlement.effective)
        self.notes.update(dict.fromkeys(figures.warnings))
        state = self.state or self._now(figures.pension_minimum_ppm)
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
            state,
            self.force,
            new=settlement.terms,
            now=self.terms,
            assumptions=self.sector.assumptions,
            day=settlement.effective,
            allowances_ppm=settlement.allowances_ppm,
        )
        stages += [Stage(one.element, one.state, one.cover_hours, one.why, one.hours_y) for one in changes]
        stages += self._allowances(settlement, stages[-1].state if stages else state)
        self.notes.update({f"Not priced: {one.element} – {one.why}.": None for one in stages if one.why})
        self.state = stages[-1].state
        self.force = replace(self.force, rate_micros=self.state.rate_micros)
        self.terms = terms_after(self.terms, settlement.terms)
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

    def _allowances(self, settlement: Settlement, state: PayState) -> list[Stage]:
        """The allowances that a step names, each from the state that the one before left."""
        setting = Setting(self.force, self.sector.assumptions, settlement.effective)
        changes = named_allowances(
            state, setting, settlement.allowances, employers=self.employers, now=self.allowances
        )
        return [Stage(one.element, one.state, why=one.why) for one in changes]

    def at_one_percent(self, base: PayState, day: date) -> PayState:
        """Pay after 1 % for everyone, rounded as any offer is: the finite difference behind “cost of 1 %”."""
        name = f"{base.name}, and 1 % from {day}"
        return self.kept.of(name, lambda: base.paid(self._one_percent(day)).named(name))

    def _one_percent(self, day: date) -> MicroColumn:
        return new_pay(
            self.sector.workforce,
            Settlement(day, pay=(_ONE_PERCENT,)),
            employers=self.employers,
            scale=self.sector.scale,
            weeks_y=self.sector.weeks_y,
        ).rates

    def look_ahead(self, weight: str) -> None:
        """The distribution of pay after all steps, which needs no costs."""
        view = self._view(weight)
        look_ahead(view, **self._names(view))

    def _view(self, weight: str, **money: Any) -> View:
        return _view(
            self.sector, self.force, self.unrounded, weight=weight, kept_after=self.kept_after, **money
        )

    def _names(self, view: View) -> _Names:
        force = self.sector.workforce
        return {
            "fte": view.kept.of("fte", lambda: force.fte * force.heads),
            "ownership": self.kept.of(
                "owners", lambda: [str(one.ownership) for one in self.employers.values()]
            ),
            "names": force.employers,
        }

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
        view = self._view(weight, cost=cost, margins=margins, reference=_reference(offer))
        words = f"weighted by {weight}"
        before_figures, after_figures = (
            snapshot(view, after=one, weight=words, **self._names(view)) for one in (False, True)
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


def _records(sector: Sector) -> dict[str, Employer]:
    """The record of every employer that has staff, in the order of the staff data."""
    known = {one.name: one for one in sector.employers}
    return {name: known.get(name, Employer(name)) for name in sector.workforce.employers}


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
    work = begun(as_counted(sector), offer)
    base = work.base(offer)
    steps, terms = [], []
    for settlement in offer.settlements:
        terms.append(work.terms)
        steps.append(work.step(settlement))
    one_percent = work.at_one_percent(base, offer.settlements[0].effective)
    return Run(work.pricing, base, tuple(steps), tuple(terms), one_percent)


def view_of(sector: Sector, appraisal: Appraisal, *, weight: str = "heads") -> View:
    """The view that an appraisal's figures were taken of, for measures that a target asks for."""
    return _view(
        as_counted(sector),
        appraisal.workforce_after,
        appraisal.rates_unrounded,
        weight=weight,
        cost=appraisal.cost,
        margins=appraisal.margins,
        reference=_reference(appraisal.offer),
    )


def _view(
    sector: Sector,
    after: Workforce,
    unrounded: MicroColumn,
    *,
    weight: str,
    cost: CostBreakdown | None = None,
    margins: tuple[EmployerMargins, ...] = (),
    reference: dict[str, float] | None = None,
    kept_after: Kept | None = None,
) -> View:
    """The columns of one view; without costs only what asks for pay alone may be taken of it."""
    before = sector.workforce
    kept = kept_of(before, f"view by {weight}", sector.employers, sector.accounts, sector.weeks_y)
    units = kept.of("units", lambda: units_of(before) * before.heads / MICROS_PER_POUND)
    same_hours = after.hours_w is before.hours_w and after.fte is before.fte
    units_after = units if same_hours else units_of(after) * after.heads / MICROS_PER_POUND
    context = {} if reference is None else {**reference, **_clock(sector)}
    if cost is not None:
        context[PAYBILL_GROWTH] = cost.paybill_after / cost.paybill_before - 1 if cost.paybill_before else 0.0
    return View(
        before=kept.of("hourly", lambda: hourly_pay(before, sector.weeks_y)),
        after=hourly_pay(after, sector.weeks_y),
        heads=before.heads,
        weight=kept.of("weights", lambda: _weights(before, weight)),
        pay_before=kept.of("pay", lambda: before.rate_micros * units),
        pay_after=after.rate_micros * units_after,
        pay_exact=unrounded * units,
        grade_code=before.grade_code,
        employer_code=before.employer_code,
        sex=before.sex,
        contract=before.contract,
        grades=before.grades,
        costs=() if cost is None else cost.by_employer,
        margins=margins,
        one_percent=0.0 if cost is None else cost.cost_of_one_percent,
        reference=context,
        posts=before,
        kept=kept,
        kept_after=Kept() if kept_after is None else kept_after,
    )


def as_counted(sector: Sector) -> Sector:
    """The sector as every figure counts it: grossed up where that is agreed, its grades numbered up the ladder."""
    return on_ladder(grossed(sector))


def on_ladder(sector: Sector) -> Sector:
    """The sector with its staff's grades numbered up the ladder; grades that are not on it come last."""
    force = sector.workforce
    ladder = tuple(grade for grade in sector.grades if grade in force.grades)
    grades = (*ladder, *(grade for grade in force.grades if grade not in ladder))
    if grades == force.grades:
        return sector
    table = np.array([grades.index(grade) for grade in force.grades] + [NONE_CODE], dtype=np.int32)
    renumbered = kept_of(force, "ladder", grades).of(
        "workforce", lambda: replace(force, grades=grades, grade_code=table[force.grade_code])
    )
    return replace(sector, workforce=renumbered)


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


def _clock(sector: Sector) -> dict[str, float]:
    """The month of the data, from which service is counted; empty where it is not known."""
    day = sector.data_date
    return {} if day is None else {DATA_MONTH: float(day.year * 12 + day.month - 1)}


def latest_accounts(sector: Sector) -> dict[str, Accounts]:
    """The newest accounts of each employer that has any."""
    latest: dict[str, Accounts] = {}
    for one in sorted(sector.accounts, key=lambda books: books.year_end or date.min):
        latest[one.employer] = one
    return latest


def _margins(
    sector: Sector, employers: dict[str, Employer], cost: CostBreakdown, offer: Offer
) -> tuple[EmployerMargins, ...]:
    """Every employer's money; the latest year of its accounts where there are several."""
    latest = latest_accounts(sector)
    fees = joined_fees(tuple(step.fees for step in offer.settlements))
    unknown = [one for one in cost.by_employer if one.name not in latest]
    owners = [str(employers[one.name].ownership) for one in unknown]
    rises = [one.full_year / one.represents for one in unknown]  # accounts are the employer's own
    without = iter(
        margins_without_accounts(
            [one.name for one in unknown],
            owners,
            rises,
            fees=fees,
            represents=[one.represents for one in unknown],
        )
    )
    return tuple(
        employer_margins(
            one.name,
            str(employers[one.name].ownership),
            accounts=latest[one.name],
            labour_rise=one.full_year / one.represents,  # accounts are the employer's own
            payroll_labour=one.labour_before / one.represents,
            fees=fees,
            represents=one.represents,
        )
        if one.name in latest
        else next(without)
        for one in cost.by_employer
    )
