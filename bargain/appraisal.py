"""The one way from an offer to figures: window, command line and print all call ``appraise``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np

from bargain.basis import basis_of
from bargain.connected import doubtful_claims
from bargain.costing.allowances import Paid, allowances_that_follow, named_allowances
from bargain.costing.breakdown import EARLIER_COVER, Deal, Stage, Step, begin_breakdown
from bargain.costing.following import ELEMENT, any_follow, followed, not_followed
from bargain.costing.labour import PayState, Pricing, pricing_of, state_of
from bargain.costing.term_change import Setting, TermChange
from bargain.costing.terms import NO_SHARE, changes_of, cover_share
from bargain.costing.terms_kept import kept_terms
from bargain.costing.timing import end_of, paid_after_the_deal
from bargain.gathered import as_posts
from bargain.gathering import gathered_for
from bargain.grossing import grossed
from bargain.kept import kept_of
from bargain.measures.margins import employer_margins, joined_fees, margins_without_accounts
from bargain.measures.snapshot import Parties, differentials_ahead, look_ahead, snapshot
from bargain.measures.view import View
from bargain.offers.in_all import BeforeDeal, check_in_all
from bargain.offers.index_links import with_figures
from bargain.offers.new_pay import new_pay
from bargain.offers.scale import new_scale
from bargain.parameters.load import on_costs_on
from bargain.side_by_side import beside
from bargain.terms_today import terms_today
from bargain.viewing import WEIGHTS, posts_after, viewed, with_money
from models.accounts import Accounts
from models.appraisal import Appraisal
from models.costing import CostBreakdown
from models.employer import Employer
from models.grossing import DataBasis
from models.issues import UnusableInput
from models.later import Later, column_of_rows
from models.measures import EmployerMargins, Margins
from models.offer import NamedAllowance, Offer, PayRule, Settlement
from models.parameters import OnCostParameters
from models.payscale import PayScale
from models.sector import Sector
from models.terms import Terms, terms_after
from models.units import FloatColumn, MicroColumn
from models.workforce import NONE_CODE, Workforce

FiguresOn = Callable[[date], OnCostParameters]
_HOURS = ("hours_w", "full_hours_w")  # what terms change of the staff
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
    priced = work.begin_cost(offer, steps)
    view = work.view(weight)
    gaps = beside(lambda: differentials_ahead(view), len(sector.workforce))
    look_ahead(view, work.parties())
    cost = priced()
    margins = _margins(sector, work.employers, cost, offer)
    gaps.result()
    view = with_money(view, sector, offer, cost=cost, margins=margins)
    return work.appraisal(
        offer, view, cost=cost, margins=margins, weight=weight, basis=basis_of(held, margins)
    )


def cost_of(sector: Sector, offer: Offer, *, figures_on: FiguresOn = on_costs_on) -> CostBreakdown:
    """Only what an offer costs, for those who price many. figures_on: the statutory figures of a day."""
    work = begun(as_counted(sector), offer, figures_on)
    return work.cost(offer, work.steps(offer))


def begun(
    sector: Sector, offer: Offer, figures_on: FiguresOn = on_costs_on, *, by_post: bool = False
) -> Work:
    """A run that has not taken a step yet; refuses a sector without staff and an offer without steps.

    by_post: with a row for each post, whatever they have in common.
    """
    if not len(sector.workforce):
        raise UnusableInput("The sector has no staff data yet; import payroll files first.")
    if not offer.settlements:
        raise UnusableInput(
            f"The offer “{offer.name}” has no settlement; give it a date and at least one rule."
        )
    check_in_all(offer.settlements)
    return Work(sector, figures_on, None if by_post else offer)


class Work:
    """One run through the steps of an offer, each starting from where the last one left pay."""

    def __init__(self, sector: Sector, figures_on: FiguresOn, offer: Offer | None) -> None:
        """offer: whose posts may be gathered in rows; None for a row a post."""
        self.sector = sector
        self.figures_on = figures_on
        kept = kept_of(sector.workforce, "pay", sector.employers, sector.scale, sector.weeks_y)
        self.employers = kept.of("employers", lambda: _records(sector))
        self.gathered = (
            as_posts(sector.workforce, sector.weeks_y, kept)
            if offer is None
            else gathered_for(sector, offer, self.employers, kept)
        )
        self.kept = self.gathered.kept
        self.rows = self.gathered.rows
        self.pricing = pricing_of(
            self.gathered, self.employers, kept=self.kept, assumptions=sector.assumptions
        )
        self.force: Workforce = self.rows
        self.scale: PayScale | None = sector.scale
        self.terms: Terms = terms_today(sector)
        self.terms_first = self.terms
        self.lost_y: FloatColumn | None = (
            None  # hours that steps so far took from the rota, a head of each row
        )
        self.before = BeforeDeal(self.rows.rate_micros, sector.scale)
        self.unrounded: MicroColumn = self.rows.rate_micros
        self.weighting: MicroColumn | None = None
        self.state: PayState | None = None
        self.allowances: dict[str, Paid] = {}
        self.named: dict[str, NamedAllowance] = {}
        self.notes: dict[str, None] = {}
        self.changed: set[str] = set()

    def steps(self, offer: Offer) -> list[Step]:
        """All steps in turn."""
        return [self.step(settlement).begun(self.pricing) for settlement in offer.settlements]

    def cost(self, offer: Offer, steps: list[Step]) -> CostBreakdown:
        """What all steps cost."""
        return self.begin_cost(offer, steps)()

    def begin_cost(self, offer: Offer, steps: list[Step]) -> Callable[[], CostBreakdown]:
        """The same, with its longest sums begun beside what follows."""
        base = self.base(offer)
        doubts = self.kept.of("doubtful claims", lambda: doubtful_claims(tuple(self.employers.values())))
        self.notes.update(dict.fromkeys((*doubts, *paid_after_the_deal(offer))))
        return begin_breakdown(
            self.pricing,
            base,
            steps,
            Deal(
                ends=end_of(offer),
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
            lambda: state_of(self.rows, self.employers, minimum_pension_ppm=minimum_pension_ppm).named(name),
        )

    def step(self, settlement: Settlement) -> Step:
        """One settlement step as states of pay; moves the workforce, scale and terms on."""
        figures = self.figures_on(settlement.effective)
        self.notes.update(dict.fromkeys(figures.warnings))
        state = start = self.state or self._now(figures.pension_minimum_ppm)
        pay = new_pay(
            self.force,
            settlement,
            employers=self.employers,
            scale=self.scale,
            weeks_y=self.sector.weeks_y,
            weighting=self.weighting,
            assumptions=self.sector.assumptions,
            gathered=self.gathered,
            before=self.before,
        )
        self.weighting = pay.weighting
        self.notes.update(dict.fromkeys(pay.notes))
        stages = []
        last = state.rate_micros
        for element, rates in pay.stages:
            if pay.grown is not None and len(rates) != len(state.rate_micros):
                state, start = state.grown(pay.grown), start.grown(pay.grown)
            if rates is not last:
                state = state.paid(rates)
            last = rates
            stages.append(Stage(element, state))
        self.unrounded = pay.stages[-2][1] if len(pay.stages) > 1 else pay.rates
        self.gathered = pay.grown or self.gathered
        self.changed |= {"rate_micros", *(() if pay.points is None else ("point_code",))}
        placed = pay.applied_to(self.force)
        follows = self._following(start, state, placed, settlement.effective)
        if follows is not None:
            state = follows.state
            stages.append(Stage(follows.element, state))
        changes, self.force = changes_of(
            state,
            placed,
            new=settlement.terms,
            now=self.terms,
            assumptions=self.sector.assumptions,
            day=settlement.effective,
            allowances_ppm=settlement.allowances_ppm,
            first=self.terms_first,
        )
        stages += [Stage(one.element, one.state, one.cover_hours, one.why, one.hours_y) for one in changes]
        self.changed |= {name for name in _HOURS if getattr(self.force, name) is not getattr(placed, name)}
        stages += self._allowances(settlement, start, stages[-1].state if stages else state)
        stages += self._earlier_cover(
            start, placed.hours_w * placed.weeks_y, stages[-1].state if stages else state
        )
        self.notes.update({f"Not priced: {one.element} – {one.why}.": None for one in stages if one.why})
        self.state = stages[-1].state
        for one in stages:
            if one.cover_hours is not None and one.since is None:
                self.lost_y = one.cover_hours if self.lost_y is None else self.lost_y + one.cover_hours
        if self.force.rate_micros is not self.state.rate_micros:
            self.force = replace(self.force, rate_micros=self.state.rate_micros)
        kept, worse = kept_terms(settlement.terms, self.terms)
        self._note_worse(worse)
        self.terms = terms_after(self.terms, kept)
        if self.scale is not None:
            priced, _ = with_figures(settlement, self.sector.assumptions)
            self.scale = new_scale(self.scale, priced, self.before.scale)
        return Step(
            effective=settlement.effective,
            paid_from=settlement.paid_from or settlement.effective,
            figures=figures,
            stages=tuple(stages),
            one_off_y=None if pay.one_off is None else state.paid(pay.one_off).basic_y(),
            protected_heads=float(self.force.heads[pay.protected].sum()),
        )

    def _allowances(self, settlement: Settlement, start: PayState, state: PayState) -> list[Stage]:
        """The allowances that a step names, each from the state that the one before left; first what follows pay of them."""
        self.named |= {one.name: one for one in settlement.allowances}
        if not self.named:
            return []
        points = tuple(point.name for point in self.scale.points) if self.scale else ()
        setting = Setting(self.force, self.sector.assumptions, settlement.effective, points)
        follows = allowances_that_follow(
            start, state, setting, self.named.values(), employers=self.employers, now=self.allowances
        )
        state = state if follows is None else follows.state
        changes = named_allowances(
            state, setting, settlement.allowances, employers=self.employers, now=self.allowances
        )
        self._note_worse(one.element for one in changes if one.is_worse)
        changes = changes if follows is None else [follows, *changes]
        return [Stage(one.element, one.state, why=one.why) for one in changes]

    def _following(self, start: PayState, end: PayState, force: Workforce, day: date) -> TermChange | None:
        """What is paid beside basic pay and rises with it, from one state of pay to another."""
        setting = Setting(force, self.sector.assumptions, day)
        missing = not_followed(setting.assumptions, self.terms)
        if missing and not np.array_equal(start.rate_micros, end.rate_micros):
            self.notes.update({f"Not priced: {ELEMENT} – {why}.": None for why in missing})
        return followed((start, setting), (end, setting), now=self.terms, first=self.terms_first)

    def _earlier_cover(self, start: PayState, paid: FloatColumn, end: PayState) -> list[Stage]:
        """Who fills the hours that earlier steps took is paid as everybody is from now on. paid: hours when this one began."""
        if self.lost_y is None or end is start:
            return []
        why = NO_SHARE if cover_share(self.sector.assumptions) is None else ""
        paid_now = self.force.hours_w * self.force.weeks_y
        return [Stage(EARLIER_COVER, end, self.lost_y, why, paid_now, since=(start, paid))]

    def _note_worse(self, elements: Iterable[str]) -> None:
        """Say of which elements staff would get less than they have: a costing takes nothing from anybody."""
        text = "No saving is counted: {element} – the offer gives less than staff have."
        self.notes.update({text.format(element=one): None for one in elements})

    def at_one_percent(self, base: PayState, day: date) -> PayState:
        """Pay after 1 % for everyone, rounded as any offer is: the finite difference behind “cost of 1 %”."""
        name = f"{base.name}, and 1 % from {day}"
        if not any_follow(self.sector.assumptions):
            return self.kept.of(name, lambda: base.paid(self._one_percent(day)).named(name))
        after = base.paid(
            self._one_percent(day)
        )  # not kept: what follows may change while the staff stays the same
        setting = Setting(self.rows, self.sector.assumptions, day)
        today = self.terms_first  # and not those that the steps came to meanwhile
        follows = followed((base, setting), (after, setting), now=today, first=today)
        return after if follows is None else follows.state

    def _one_percent(self, day: date) -> MicroColumn:
        return new_pay(
            self.rows,
            Settlement(day, pay=(_ONE_PERCENT,)),
            employers=self.employers,
            scale=self.sector.scale,
            weeks_y=self.sector.weeks_y,
        ).rates

    def view(self, weight: str) -> View:
        """The view after all steps, without money."""
        return viewed(self.sector, self.force, self.unrounded, weight=weight, gathered=self.gathered)

    def parties(self) -> Parties:
        """Who employs the staff, for figures by employer and owner."""

        def find() -> Parties:
            owners = [str(one.ownership) for one in self.employers.values()]
            return Parties(self.rows.employers, owners, self.rows.fte * self.rows.heads)

        return self.kept.of("parties", find)

    def appraisal(
        self,
        offer: Offer,
        view: View,
        *,
        cost: CostBreakdown,
        margins: Sequence[EmployerMargins],
        weight: str,
        basis: DataBasis,
    ) -> Appraisal:
        """The figures before and after, taken of one view."""
        sector, gathered, after, unrounded = self.sector, self.gathered, self.force, self.unrounded
        changed = frozenset(self.changed)
        posts = Later(lambda: posts_after(sector, after, unrounded, gathered, changed=changed))

        def one_by_one() -> tuple[View, FloatColumn]:
            found = posts.value
            by_post = viewed(sector, found.workforce, found.unrounded, weight=weight)
            by_post = with_money(by_post, sector, offer, cost=cost, margins=margins)
            return by_post, sector.workforce.fte * sector.workforce.heads

        words, by_post = f"weighted by {weight}", Later(one_by_one)
        before_figures, after_figures = (
            snapshot(view, self.parties(), after=one, weight=words, by_post=by_post) for one in (False, True)
        )
        made = Appraisal(
            offer=offer,
            before=before_figures,
            after=after_figures,
            cost=cost,
            margins=margins,
            posts=posts,
            scale_before=sector.scale,
            scale_after=self.scale,
            unmapped_heads=self.kept.of(
                "unmapped", lambda: float(self.rows.heads[self.rows.grade_code < 0].sum())
            ),
            notes=tuple(self.notes),
            basis=basis,
        )
        if weight == WEIGHTS[0]:
            _LIVE[made] = view
        return made


_LIVE: WeakKeyDictionary[Appraisal, View] = WeakKeyDictionary()


def live_view_of(sector: Sector, appraisal: Appraisal) -> View:
    """The view that an appraisal was made from, for the measures that every appraisal has, of the whole sector.

    Its rows may stand for many posts; ``view_of`` shows each of them.
    """
    found = _LIVE.get(appraisal)
    return view_of(sector, appraisal) if found is None else found


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
    work = begun(as_counted(sector), offer, by_post=True)
    base = work.base(offer)
    steps, terms = [], []
    for settlement in offer.settlements:
        terms.append(work.terms)
        steps.append(work.step(settlement))
    one_percent = work.at_one_percent(base, offer.settlements[0].effective)
    return Run(work.pricing, base, tuple(steps), tuple(terms), one_percent)


def one_percent_by_employer(sector: Sector, offer: Offer) -> FloatColumn:
    """The cost of 1 % on the first day of an offer, £ a year, of each employer for all that it stands for.

    Returns shape (n_employers,), in the order of the staff data; it adds up to the cost of 1 %.
    """
    work = begun(as_counted(sector), offer)
    day, base = offer.settlements[0].effective, work.base(offer)
    figures = work.figures_on(day)
    now, then = (work.pricing.bill(one, figures).table for one in (base, work.at_one_percent(base, day)))
    return np.asarray((then - now).sum(axis=1))


def view_of(sector: Sector, appraisal: Appraisal, *, weight: str = "heads") -> View:
    """The view that an appraisal's figures were taken of, for measures that a target asks for."""
    sector = as_counted(sector)
    view = viewed(sector, appraisal.workforce_after, appraisal.rates_unrounded, weight=weight)
    return with_money(view, sector, appraisal.offer, cost=appraisal.cost, margins=appraisal.margins)


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


def latest_accounts(sector: Sector) -> dict[str, Accounts]:
    """The newest accounts of each employer that has any."""
    latest: dict[str, Accounts] = {}
    for one in sorted(sector.accounts, key=lambda books: books.year_end or date.min):
        latest[one.employer] = one
    return latest


def _margins(sector: Sector, employers: dict[str, Employer], cost: CostBreakdown, offer: Offer) -> Margins:
    """Every employer's money; the latest year of its accounts where there are several."""
    latest = latest_accounts(sector)
    fees = joined_fees(tuple(step.fees for step in offer.settlements))
    names = tuple(employers)
    represents, risen, labour = (
        column_of_rows(cost.by_employer, name) for name in ("represents", "full_year", "labour_before")
    )
    rises = risen / represents  # accounts are the employer's own
    known = {
        place: employer_margins(
            name,
            str(employers[name].ownership),
            accounts=latest[name],
            labour_rise=float(rises[place]),
            payroll_labour=float(labour[place] / represents[place]),
            fees=fees,
            represents=float(represents[place]),
        )
        for place, name in enumerate(names)
        if name in latest
    }

    def every() -> list[EmployerMargins]:
        others = [place for place in range(len(names)) if place not in known]
        without = margins_without_accounts(
            [names[place] for place in others],
            [str(employers[names[place]].ownership) for place in others],
            rises[others].tolist(),
            fees=fees,
            represents=represents[others].tolist(),
        )
        found = known | dict(zip(others, without, strict=True))
        return [found[place] for place in range(len(names))]

    return Margins(len(names), every, tuple(known.values()))
