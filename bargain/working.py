"""The states of pay behind an appraisal, priced by the engine itself: what a check of it starts from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bargain.appraisal import as_counted, run_through
from bargain.costing.breakdown import Stage, Step, cover_of, paid_hours
from bargain.costing.labour import PayState, Pricing
from bargain.costing.terms import cover_share
from bargain.costing.timing import end_of
from bargain.offers.index_links import with_figures
from models.employer import Employer
from models.offer import Offer, Settlement
from models.parameters import OnCostParameters
from models.sector import Sector
from models.terms import Terms
from models.units import FloatColumn
from models.working import PricedState, WorkedStep, Working


def working_of(sector: Sector, offer: Offer) -> Working:
    """Every state of pay that ``appraise`` prices, in its order. Raises UnusableInput as it does."""
    run = run_through(sector, offer)
    share = cover_share(sector.assumptions)
    steps: list[WorkedStep] = []
    state = run.base
    for settlement, step, terms in zip(offer.settlements, run.steps, run.terms, strict=True):
        priced, _ = with_figures(settlement, sector.assumptions)
        steps.append(_worked(run.pricing, priced, step, state=state, terms=terms, share=share))
        state = step.stages[-1].state if step.stages else state
    counted = as_counted(sector)
    known = {one.name: one for one in counted.employers}
    return Working(
        workforce=counted.workforce,
        employers=tuple(known.get(name, Employer(name)) for name in counted.workforce.employers),
        steps=tuple(steps),
        one_percent=_priced(run.pricing, run.one_percent, run.steps[0].figures, element="one per cent"),
        cover_share=share,
        ends=end_of(offer),
        year_start=sector.year_start,
        counts_all=run.pricing.counts_all,
        points=tuple(point.name for point in sector.scale.points) if sector.scale else (),
    )


def _worked(
    pricing: Pricing,
    settlement: Settlement,
    step: Step,
    *,
    state: PayState,
    terms: Terms,
    share: float | None,
) -> WorkedStep:
    start = _priced(pricing, state, step.figures, element="start")
    stages = []
    last, priced = state, start
    for stage in step.stages:
        moved = stage.state is not last
        if moved:
            priced = _priced(pricing, stage.state, step.figures, element=stage.element)
        in_full = cover_of(pricing, stage, priced.labour(), step.figures)
        priced = _with_cover(pricing, priced, stage, moved=moved, share=share, in_full=in_full)
        stages.append(priced)
        last = stage.state
    once = None
    if step.one_off_y is not None:
        extra = step.one_off_y if last.extra_y is None else last.extra_y + step.one_off_y
        once = _priced(pricing, replace(last, extra_y=extra), step.figures, element="paid once")
    return WorkedStep(
        settlement=settlement,
        figures=step.figures,
        terms_before=terms,
        start=start,
        stages=tuple(stages),
        once=once,
        once_y=step.one_off_y,
    )


def _priced(pricing: Pricing, state: PayState, figures: OnCostParameters, *, element: str) -> PricedState:
    labour = pricing.labour(state, figures)
    nought = np.zeros(len(pricing.workforce))
    return PricedState(
        element=element,
        rate_micros=state.rate_micros,
        units_y=state.units_y,
        extra_y=nought if state.extra_y is None else state.extra_y,
        pension_ppm=state.pension_ppm,
        pay=labour.pay,
        employer_ni=labour.employer_ni,
        pension=labour.pension,
        levy=labour.levy,
        cover_hours=nought,
        cover=nought,
        paid_hours_y=paid_hours(pricing),
    )


def _with_cover(
    pricing: Pricing,
    priced: PricedState,
    stage: Stage,
    *,
    moved: bool,
    share: float | None,
    in_full: FloatColumn | None,
) -> PricedState:
    """The state as this stage's, with its lost hours at the post's own labour cost an hour."""
    nought = np.zeros(len(pricing.workforce))
    lost = nought if stage.cover_hours is None or share is None else stage.cover_hours
    return replace(
        priced,
        element=stage.element,
        cover_hours=lost,
        cover=nought if in_full is None or share is None else in_full * share,
        paid_hours_y=paid_hours(pricing) if stage.hours_y is None else stage.hours_y,
        moved=moved,
        why=stage.why,
        is_earlier_cover=stage.since is not None,
    )
