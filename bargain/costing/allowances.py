"""Allowances by name: what each payment rises by × how many are paid, where the data or the offer says both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from bargain.assumed import (
    ALLOWANCE_NOW,
    ALLOWANCE_NOW_SHARE,
    ALLOWANCE_PAYMENTS,
    Assumed,
    column_of,
    kind_of,
    named_key,
)
from bargain.costing.following import ELEMENT as FOLLOWING
from bargain.costing.labour import PayState
from bargain.costing.term_change import Setting, TermChange, with_more
from bargain.money import rounded_one
from bargain.offers.scope import check_names, mask_of, region_names
from models.employer import Employer
from models.issues import UnusableInput
from models.offer import NamedAllowance, Scope
from models.payscale import Rounding
from models.units import MICROS_PER_POUND, PPM, FloatColumn

ELEMENT = "allowance: "  # followed by its name


@dataclass(frozen=True, slots=True)
class Paid:
    """What one payment of an allowance is: £/10⁶, or parts per million of basic pay."""

    micros: int | None = None
    share_ppm: int | None = None


def named_allowances(
    state: PayState,
    setting: Setting,
    wanted: Sequence[NamedAllowance],
    *,
    employers: Mapping[str, Employer],
    now: dict[str, Paid],
) -> list[TermChange]:
    """Each allowance in turn, from the state that the one before it left.

    now: what earlier steps have made of allowances, by name; what this step makes of them is put in. Raises
    UnusableInput for a scope that names what nobody has, and where more staff get it than there are.
    """
    changes = []
    for one in wanted:
        before, why = _before(one, setting, now.get(one.name))
        after = _after(one, before)
        counts = _counts(one, setting, employers)
        if before is None or after is None or counts.values is None:
            change = TermChange(f"{ELEMENT}{one.name}", state, why="; ".join(filter(None, (why, counts.why))))
        else:
            rise = np.asarray(_worth(after, state) - _worth(before, state))
            is_worse = bool((rise <= 0).all() and (rise < 0).any())
            after = before if is_worse else after  # what later steps start from
            state = with_more(state, counts.values * np.maximum(rise, 0.0))
            change = TermChange(f"{ELEMENT}{one.name}", state, is_worse=is_worse)
        if after is not None:
            now[one.name] = after
        changes.append(change)
    return changes


def allowances_that_follow(
    start: PayState,
    state: PayState,
    setting: Setting,
    known: Iterable[NamedAllowance],
    *,
    employers: Mapping[str, Employer],
    now: Mapping[str, Paid],
) -> TermChange | None:
    """What allowances that are a share of basic pay rise by because it has risen; None where none does.

    known: those that this step or an earlier one names. now: what earlier steps have made of them.
    """
    risen = state.basic_y() - start.basic_y()
    more = np.zeros(len(risen))
    for one in known:
        paid, _ = _before(one, setting, now.get(one.name))
        if paid is not None and paid.share_ppm:
            counts = _counts(one, setting, employers).values
            more += 0.0 if counts is None else counts * risen * (paid.share_ppm / PPM)
    return TermChange(FOLLOWING, with_more(state, more)) if more.any() else None


def _before(one: NamedAllowance, setting: Setting, earlier: Paid | None) -> tuple[Paid | None, str]:
    """What it is before this step: as an earlier step left it, as the offer says, as the sector assumes; or why not."""
    if earlier is not None:
        return earlier, ""
    if one.now_micros is not None or one.now_share_ppm is not None:
        return Paid(one.now_micros, one.now_share_ppm), ""
    keys = [named_key(kind, one.name) for kind in (ALLOWANCE_NOW, ALLOWANCE_NOW_SHARE)]
    pounds, share = (
        next((each.value for each in setting.assumptions if each.key == key and not each.employer), None)
        for key in keys
    )
    if pounds is not None:
        return Paid(micros=round(pounds * MICROS_PER_POUND)), ""
    if share is not None:
        return Paid(share_ppm=round(share * PPM)), ""
    kind = kind_of(keys[0])
    label = kind.label if kind else keys[0]
    return None, f"“{label}” is not recorded; give it in the offer (now) or among the assumptions"


def _after(one: NamedAllowance, before: Paid | None) -> Paid | None:
    """What it becomes; a percentage of pounds is rounded to the penny, half up."""
    if one.amount_micros is not None:
        return Paid(micros=one.amount_micros)
    if one.share_ppm is not None:
        return Paid(share_ppm=one.share_ppm)
    if before is None or one.percent_ppm is None:
        return None
    if before.micros is None:
        return Paid(share_ppm=(before.share_ppm or 0) * (PPM + one.percent_ppm) // PPM)
    return Paid(
        micros=rounded_one(Fraction(before.micros * (PPM + one.percent_ppm), PPM), Rounding.HALF_UP_PENNY)
    )


def _worth(paid: Paid, state: PayState) -> FloatColumn | float:
    """£ a payment."""
    if paid.micros is not None:
        return paid.micros / MICROS_PER_POUND
    return state.basic_y() * ((paid.share_ppm or 0) / PPM)


def _counts(one: NamedAllowance, setting: Setting, employers: Mapping[str, Employer]) -> Assumed:
    """Payments a head and a year: as the offer says who gets it and how often, else as the sector assumes."""
    force = setting.workforce
    if one.staff is None and one.scope == Scope():
        found = column_of(setting.assumptions, named_key(ALLOWANCE_PAYMENTS, one.name), force)
        if found.values is None:
            return Assumed(None, f"{found.why}; give who gets it in the offer (staff) or the payments there")
        return found
    order = setting.points
    check_names(
        one.scope,
        grades=force.grades,
        employers=force.employers,
        points=force.points,
        order=order,
        regions=region_names(force, employers),
        settings=force.settings,
    )
    mask = mask_of(one.scope, force, dict(employers), order)
    among = np.ones(len(force)) if mask is None else mask.astype(float)
    if one.staff is not None:
        there = float((force.heads * among).sum())
        if one.staff > there:
            raise UnusableInput(
                f"The offer says that {one.staff:g} staff get the allowance “{one.name}”, but only {there:g} are "
                "there to get it; correct staff, or whom it names."
            )
        among *= one.staff / there if there else 0.0
    return Assumed(among * (1.0 if one.payments_y is None else one.payments_y))
