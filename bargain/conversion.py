"""Agency, zero-hours, casual and bank work brought inside: what the hours cost direct, what they save, what stays open.

An hour of direct work costs what permanent and fixed-term staff of the same grade cost at the same employer after the
offer, with on-costs; where it has none, what they cost across the sector. The share of the hours for which staff are
found is assumed; what an agency charges no payroll says, so without it a saving is not known.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.appraisal import as_counted, run_through
from bargain.assumed import column_of
from bargain.hourly import hourly_pay
from bargain.what_if import floor_of
from models.conversion import Conversion, Converted
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector
from models.units import MICROS_PER_POUND, BoolColumn, FloatColumn
from models.workforce import Contract, Workforce

INSECURE = (Contract.AGENCY, Contract.ZERO_HOURS, Contract.CASUAL, Contract.BANK)
NAMES = {kind: kind.name.lower().replace("_", "-") for kind in INSECURE}
_DIRECT = (Contract.PERMANENT, Contract.FIXED_TERM)
_ALL = "all"


def converted(
    sector: Sector,
    offer: Offer,
    *,
    filled: float,
    charge: float | None = None,
    kinds: Collection[Contract] = INSECURE,
) -> Conversion:
    """Bring some kinds of work inside under an offer.

    filled: the share of the hours for which staff are found. charge: what agencies charge, £ an hour without VAT.
    Raises UnusableInput for shares and charges that can't be, and where nobody's contract is recorded.
    """
    if not 0 <= filled <= 1 or (charge is not None and charge <= 0):
        raise UnusableInput(
            "The share of hours filled must be from 0 to 1, and an agency's charge above nought."
        )
    counted = as_counted(sector)
    force = counted.workforce
    if (force.contract == Contract.UNKNOWN).all():
        raise UnusableInput(
            "The staff data does not say which contracts people have; map that column at import."
        )
    work = _priced(counted, offer, filled=filled, charge=charge)
    chosen = np.isin(force.contract, list(kinds))
    by_kind = [work.row(NAMES[kind], force.contract == kind) for kind in INSECURE if kind in kinds]
    held = np.unique(force.employer_code[chosen])
    by_employer = [
        work.row(force.employers[code], chosen & (force.employer_code == code), own=True) for code in held
    ]
    total = work.row(_ALL, chosen)
    known = force.contract != Contract.UNKNOWN
    hours = float(work.hours[known].sum())
    insecure = float(work.hours[np.isin(force.contract, INSECURE)].sum())
    return Conversion(
        by_kind=tuple(one for one in by_kind if one.heads),
        by_employer=tuple(by_employer),
        total=total,
        insecure_before=insecure / hours if hours else None,
        insecure_after=(insecure - (total.hours - total.unfilled_hours)) / hours if hours else None,
        floor=work.floor,
        not_known=_not_known(work, chosen, total),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """Every post's hours and costs, shape (n_posts,), all heads, hours and pounds a year; nan is not known.

    direct: an hour of direct work of the same grade, £. near: whether that is of the same employer. idle: guaranteed hours
    that find no work. represents: how many employers each post's employer stands for.
    """

    force: Workforce
    hours: FloatColumn
    paid_now: FloatColumn
    direct: FloatColumn
    near: BoolColumn
    idle: FloatColumn
    pay_now: FloatColumn
    floor: float | None
    filled: float
    represents: FloatColumn

    def row(self, name: str, chosen: BoolColumn, *, own: bool = False) -> Converted:
        """The sums over some posts. own: of one employer, whatever it stands for."""
        weight = 1.0 / self.represents if own else np.ones(len(self.hours))
        timed = chosen & (self.hours > 0)

        def total(column: FloatColumn) -> float | None:
            amount = float((column * weight)[timed].sum())
            return None if np.isnan(amount) else amount

        heads = self.force.heads * weight
        before = total(self.paid_now * self.filled)
        direct = total(self.direct * self.hours * self.filled)
        idle = total(self.direct * self.idle * self.filled)
        saved = None if before is None or direct is None or idle is None else before - direct - idle
        hours = float((self.hours * weight)[timed].sum())
        short = np.maximum((self.floor or 0.0) - self.pay_now, 0.0)
        return Converted(
            name=name,
            heads=float(heads[chosen].sum()),
            hours=hours,
            no_longer_paid=before,
            direct_cost=direct,
            idle_cost=idle,
            saved=saved,
            unfilled_hours=hours * (1 - self.filled),
            like_sector=float((self.hours * weight)[timed & ~self.near].sum()),
            without_hours=float(heads[chosen & ~timed].sum()),
            below_floor=float(heads[chosen & (short > 0)].sum()),
            short=float((short * self.hours * weight)[timed].sum()),
            people=round(float((self.force.heads / self.represents)[chosen].sum()), 6),
        )


def _priced(sector: Sector, offer: Offer, *, filled: float, charge: float | None) -> _Work:
    """What every hour costs today and would cost direct. sector: as counted."""
    force = sector.workforce
    run = run_through(sector, offer)
    last = run.steps[-1]
    end = last.stages[-1].state if last.stages else run.base
    hours = force.heads * force.hours_w * force.weeks_y
    labour = run.pricing.labour(end, last.figures).total()  # the offer's own cost is not the conversion's
    is_agency = force.contract == Contract.AGENCY
    paid_now = np.where(is_agency, np.nan if charge is None else charge * hours, labour)
    direct, near = _direct_rates(force, labour, hours)
    unworked = column_of(sector.assumptions, "guaranteed_unworked_w", force)
    idle = np.nan if unworked.values is None else unworked.values * force.weeks_y * force.heads
    floor = floor_of(offer)
    return _Work(
        force=force,
        hours=hours,
        paid_now=paid_now,
        direct=direct,
        near=near,
        idle=np.where(is_agency, 0.0, idle),
        pay_now=hourly_pay(force, sector.weeks_y) / MICROS_PER_POUND,
        floor=None if floor is None else floor.hourly,
        filled=filled,
        represents=run.pricing.represents[force.employer_code],
    )


def _direct_rates(
    force: Workforce, labour: FloatColumn, hours: FloatColumn
) -> tuple[FloatColumn, BoolColumn]:
    """£ an hour of direct work in every post's grade, nan where there is none; whether it is its employer's own."""
    is_direct = np.isin(force.contract, _DIRECT) & (hours > 0) & (force.grade_code >= 0)
    size = len(force.grades) + 1  # the last for posts without a grade, of which none is direct
    grades = np.where(force.grade_code < 0, size - 1, force.grade_code).astype(np.int64)
    here = force.employer_code * np.int64(size) + grades
    own = _over(here, len(force.employers) * size, labour * is_direct, hours * is_direct)[here]
    sector = _over(grades, size, labour * is_direct, hours * is_direct)[grades]
    near = ~np.isnan(own)
    return np.where(near, own, sector), near


def _over(groups: NDArray[np.signedinteger], size: int, part: FloatColumn, whole: FloatColumn) -> FloatColumn:
    """Sums of one column over sums of another by group, shape (size,); nan where there is nothing."""
    above, below = (np.bincount(groups, weights=one, minlength=size) for one in (part, whole))
    return np.asarray(np.divide(above, below, out=np.full(size, np.nan), where=below > 0))


def _not_known(work: _Work, chosen: BoolColumn, total: Converted) -> tuple[str, ...]:
    """What is missing, and what it takes to know it."""
    timed = chosen & (work.hours > 0)
    said = []
    if np.isnan(work.paid_now[timed]).any():
        said.append(
            "What agencies charge is not in any payroll: give their charge an hour, and the saving is known."
        )
    if np.isnan(work.direct[timed]).any():
        heads = work.force.heads[timed & np.isnan(work.direct)].sum()
        said.append(
            f"For {heads:,.0f} staff nobody works direct in the same grade, so an hour's cost is not known."
        )
    if np.isnan(work.idle[timed]).any():
        said.append(
            "Guaranteed hours that find no work are not recorded: enter them among the assumptions, and the saving is known."
        )
    if total.without_hours:
        said.append(f"{total.without_hours:,.0f} staff have no hours in the data and are left out.")
    unrecorded = float(work.force.heads[work.force.contract == Contract.UNKNOWN].sum())
    if unrecorded:
        said.append(f"{unrecorded:,.0f} staff whose contract is not recorded are in none of the figures.")
    return tuple(said)
