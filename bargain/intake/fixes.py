"""Fixes: how the rows of a finding are read otherwise, where a person chose so. The file itself is never changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bargain.intake.coded import Coded, refolded
from bargain.intake.pay import PayPlan
from bargain.intake.pay_sizes import HOURLY_FROM, HOURLY_TO, YEARLY_FROM
from bargain.intake.reading import Period
from bargain.intake.staff import Counted, StaffTable
from bargain.intake.values import Column

T = TypeVar("T")
Places = NDArray[np.int64]
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What posts are made from, and what a fix changes."""

    staff: StaffTable
    counted: Counted
    plan: PayPlan


def fixed(work: Work, code: str, at: Places) -> Work:
    """The work with the rows of one check read otherwise. ``at`` are places among the rows of staff."""
    return FIXES[code](work, at)


def put(column: Coded[T], at: Places, change: Callable[[T], T]) -> Coded[T]:
    """A column with the values at some places changed."""
    there = np.unique(column.codes[at])
    table = np.arange(len(column.distinct), dtype=np.int32)
    table[there] = len(column.distinct) + np.arange(len(there), dtype=np.int32)
    codes = column.codes.copy()
    codes[at] = table[codes[at]]
    changed = [change(column.distinct[code]) for code in there.tolist()]
    return refolded(Coded(codes, [*column.distinct, *changed]))


def _pay(change: Callable[[Decimal], Decimal]) -> Callable[[Work, Places], Work]:
    def fix(work: Work, at: Places) -> Work:
        column = work.plan.column
        held = work.staff.pay[column]
        values = put(held.values, at, lambda paid: None if paid is None else change(paid))
        pay = {**work.staff.pay, column: Column(values, held.unreadable)}
        return replace(work, staff=replace(work.staff, pay=pay))

    return fix


def _number(field: str, change: Callable[[Decimal | None], Decimal | None]) -> Callable[[Work, Places], Work]:
    def fix(work: Work, at: Places) -> Work:
        numbers = dict(work.staff.numbers)
        if field in numbers:
            numbers[field] = put(numbers[field], at, change)
        return replace(work, staff=replace(work.staff, numbers=numbers))

    return fix


def _share(told: Decimal | None) -> Callable[[Work, Places], Work]:
    def fix(work: Work, at: Places) -> Work:
        fte = put(work.counted.fte, at, lambda _share: told)
        return replace(work, counted=replace(work.counted, fte=fte))

    return fix


def _as_hourly(work: Work, at: Places) -> Work:
    paid = work.staff.pay[work.plan.column].values
    can_be = [place for place in at.tolist() if HOURLY_FROM <= (paid[place] or 0) <= HOURLY_TO]
    return _with_periods(work, np.array(can_be, dtype=np.int64), lambda _period: Period.HOUR)


def _as_yearly(work: Work, at: Places) -> Work:
    paid = work.staff.pay[work.plan.column].values
    can_be = [place for place in at.tolist() if (paid[place] or 0) >= YEARLY_FROM]
    return _with_periods(work, np.array(can_be, dtype=np.int64), lambda _period: Period.YEAR)


def _swapped_period(work: Work, at: Places) -> Work:
    other = {Period.YEAR: Period.MONTH, Period.MONTH: Period.YEAR}
    return _with_periods(work, at, lambda period: None if period is None else other.get(period, period))


def _with_periods(work: Work, at: Places, change: Callable[[Period | None], Period | None]) -> Work:
    return replace(work, plan=replace(work.plan, periods=put(work.plan.periods, at, change)))


def _no_start(work: Work, at: Places) -> Work:
    days = dict(work.staff.days)
    if "start_date" in days:
        days["start_date"] = put(days["start_date"], at, lambda _day: None)
    return replace(work, staff=replace(work.staff, days=days))


def _no_age(work: Work, at: Places) -> Work:
    staff = _number("age", lambda _age: None)(work, at).staff
    texts = dict(staff.texts)
    if "age_band" in texts:
        texts["age_band"] = put(texts["age_band"], at, lambda _band: "")
    birth = staff.birth if staff.birth is None else put(staff.birth, at, lambda _day: None)
    return replace(work, staff=replace(staff, texts=texts, birth=birth))


def _noughts(work: Work, at: Places) -> Work:
    texts = dict(work.staff.texts)
    numbers = texts["staff_number"]
    usual = int(np.bincount(numbers.array(len, np.int32)).argmax())
    texts["staff_number"] = put(numbers, at, lambda text: text.zfill(usual))
    return replace(work, staff=replace(work.staff, texts=texts))


def _as_read(work: Work, _at: Places) -> Work:
    """What is read so in any case."""
    return work


FIXES: Mapping[str, Callable[[Work, Places], Work]] = {
    "pay_in_pence": _pay(lambda paid: paid / 100),
    "not_yearly_pay": _as_hourly,
    "not_hourly_pay": _as_yearly,
    "wrong_period_for_row": _swapped_period,
    "missing_hours": _share(_ONE),
    "hours_above_60": _number("hours", lambda hours: None if hours is None else hours / 2),
    "hours_and_fte_disagree": _share(None),
    "fte_above_1": _share(_ONE),
    "weeks_out_of_reach": _number("weeks", lambda _weeks: None),
    "pension_out_of_reach": _number("pension_rate", lambda _rate: None),
    "sleep_ins_out_of_reach": _number("sleep_ins", lambda _nights: None),
    "leading_noughts_lost": _noughts,
    "start_too_long_ago": _no_start,
    "started_as_child": _no_start,
    "age_out_of_reach": _no_age,
    "dates_as_text": _as_read,
    "numbers_as_text": _as_read,
    "spaces_around": _as_read,
}
