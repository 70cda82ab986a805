"""Values of the staff rows → posts: heads, hours, full-time share, rate and a year's pay, exact; then a Workforce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np

from bargain.intake.categories import GradeFinder, age_of_band, contract_of, sex_of
from bargain.intake.pay import PayPlan
from bargain.intake.reading import MappingFile, PayKind, Period, SectorFacts
from bargain.intake.staff import Counted, StaffTable
from bargain.money import micros
from models.workforce import COLUMNS, NONE_CODE, Basis, Contract, Sex, Workforce

T = TypeVar("T")

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Post:
    """One staff row. Money in pounds; ``rate`` is £ an hour or £ a full-time year; ``annual`` £ a year a head.

    None where the row does not give what is needed.
    """

    row: int
    employer: str
    title: str
    grade: str
    point: str
    setting: str
    heads: Decimal
    hours: Decimal | None
    full_hours: Decimal
    weeks: Decimal
    fte: Decimal | None
    period: Period | None
    paid: Decimal | None
    rate: Decimal | None
    annual: Decimal | None
    contract: Contract
    sex: Sex
    age: int
    started: date | None
    sleep_ins: Decimal
    pension_ppm: int

    @property
    def basis(self) -> Basis:
        """What the rate is for."""
        return Basis.HOUR if self.period is Period.HOUR else Basis.YEAR

    @property
    def hourly(self) -> Decimal | None:
        """Basic pay an hour in pounds, for comparison only."""
        if self.rate is None or self.period is Period.HOUR:
            return self.rate
        return self.rate / (self.full_hours * self.weeks) if self.full_hours and self.weeks else None


def make_posts(
    staff: StaffTable,
    counted: Counted,
    full_weeks: Sequence[Decimal],
    employers: Sequence[str],
    plan: PayPlan,
    *,
    facts: SectorFacts,
    mapping: MappingFile,
) -> tuple[Post, ...]:
    """Each staff row as a post."""
    maker = _Maker(staff, counted, full_weeks, employers=employers, plan=plan, facts=facts, mapping=mapping)
    return tuple(maker.post(at) for at in range(len(staff)))


class _Maker:
    def __init__(
        self,
        staff: StaffTable,
        counted: Counted,
        full_weeks: Sequence[Decimal],
        *,
        employers: Sequence[str],
        plan: PayPlan,
        facts: SectorFacts,
        mapping: MappingFile,
    ) -> None:
        self._staff = staff
        self._counted = counted
        self._full_weeks = full_weeks
        self._employers = employers
        self._plan = plan
        self._facts = facts
        self._weeks_y = Decimal(str(facts.weeks_y))
        self._grades = GradeFinder(facts, mapping.titles)
        self._says_hours = bool({"hours", "fte"} & set(staff.numbers))

    def post(self, at: int) -> Post:
        staff, counted = self._staff, self._counted
        full = self._full_weeks[at]
        told_weeks = staff.number("weeks", at)
        weeks = told_weeks or self._weeks_y
        hours, fte = self._time(at, full, told_weeks)
        period = self._plan.periods[at]
        paid = staff.pay[self._plan.column].values[at]
        rate, annual = self._pay(paid, period, hours, weeks, fte)
        title = staff.text("job_title", at).rstrip("* ")
        return Post(
            row=staff.rows[at],
            employer=self._employers[at],
            title=title,
            grade=self._grades.grade_of(staff.text("grade", at), title),
            point=staff.text("point", at),
            setting=staff.text("setting", at),
            heads=counted.heads[at],
            hours=hours,
            full_hours=full,
            weeks=weeks,
            fte=fte,
            period=period,
            paid=paid,
            rate=rate,
            annual=annual,
            contract=_known(contract_of(staff.text("contract", at)), Contract.UNKNOWN),
            sex=_known(sex_of(staff.text("sex", at)), Sex.UNKNOWN),
            age=self._age(at),
            started=staff.days["start_date"][at] if "start_date" in staff.days else None,
            sleep_ins=staff.number("sleep_ins", at) or Decimal(0),
            pension_ppm=pension_ppm(staff.number("pension_rate", at)),
        )

    def _time(
        self, at: int, full: Decimal, told_weeks: Decimal | None
    ) -> tuple[Decimal | None, Decimal | None]:
        """Weekly hours and share of a full-time year, a head. Full time where the file has neither column."""
        hours, fte = self._staff.number("hours", at), self._counted.fte[at]
        if fte is None and hours is not None and full:
            fte = hours / full
            if told_weeks:
                fte *= min(told_weeks / self._weeks_y, _ONE)
        if fte is None and not self._says_hours:
            fte = _ONE
        if hours is None and fte is not None:
            hours = fte * full
        return hours, fte

    def _pay(
        self,
        paid: Decimal | None,
        period: Period | None,
        hours: Decimal | None,
        weeks: Decimal,
        fte: Decimal | None,
    ) -> tuple[Decimal | None, Decimal | None]:
        """The rate and a year's pay. Actual pay ÷ FTE is the full-time rate."""
        if paid is None or period is None:
            return None, None
        if period is Period.HOUR:
            return paid, None if hours is None else paid * hours * weeks
        times = self._times_a_year(period)
        if times is None or fte is None:
            return None, None
        if self._plan.kind is PayKind.FULL_TIME:
            return paid * times, paid * times * fte
        return (paid * times / fte if fte else None), paid * times

    def _times_a_year(self, period: Period) -> Decimal | None:
        match period:
            case Period.YEAR:
                return _ONE
            case Period.MONTH:
                return Decimal(12)
            case Period.WEEK:
                return self._weeks_y
            case Period.FORTNIGHT:
                return self._weeks_y / 2
            case Period.FOUR_WEEKS:
                return self._weeks_y / 4
        return None

    def _age(self, at: int) -> int:
        """Years on the data date. A birth date serves for this alone and is gone with the table."""
        born = self._staff.birth[at] if self._staff.birth else None
        day = self._facts.data_date
        if born is not None and day is not None:
            return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        told = self._staff.number("age", at)
        if told is not None and 0 <= told < 150:
            return int(told)
        return age_of_band(self._staff.text("age_band", at))


def _known(found: T | None, unknown: T) -> T:
    """What was found, even where it counts as nought; else not recorded."""
    return unknown if found is None else found


def pension_ppm(rate: Decimal | None) -> int:
    """An employer's pension rate in ppm: 0.03, 3 and 3 % are all 30,000; −1 where it does not say."""
    if rate is None or rate < 0 or rate > 100:
        return NONE_CODE
    return int((rate * 10_000 if rate > Decimal("0.45") else rate * 1_000_000).to_integral_value())


def make_workforce(posts: Sequence[Post]) -> Workforce:
    """Posts as columns, import_code 0; every post has a rate, hours and FTE."""
    codes = {name: _Codes() for name in ("employer", "grade", "point", "title", "setting")}
    columns: dict[str, list[float]] = {name: [] for name in COLUMNS}
    for post in posts:
        if post.rate is None or post.hours is None or post.fte is None:
            raise ValueError(f"row {post.row} has no rate, hours or FTE and cannot be kept")
        for name, coder in codes.items():
            columns[f"{name}_code"].append(coder.code(getattr(post, name)))
        columns["basis"].append(post.basis)
        columns["rate_micros"].append(micros(post.rate))
        columns["heads"].append(float(post.heads))
        columns["hours_w"].append(float(post.hours))
        columns["full_hours_w"].append(float(post.full_hours))
        columns["weeks_y"].append(float(post.weeks))
        columns["fte"].append(float(post.fte))
        columns["contract"].append(post.contract)
        columns["sex"].append(post.sex)
        columns["age"].append(post.age)
        started = post.started
        columns["start_month"].append(NONE_CODE if started is None else started.year * 12 + started.month - 1)
        columns["sleep_ins_y"].append(float(post.sleep_ins))
        columns["pension_ppm"].append(post.pension_ppm)
        columns["import_code"].append(0)
        columns["row"].append(post.row)
    arrays: dict[str, Any] = {name: np.array(values, dtype=COLUMNS[name]) for name, values in columns.items()}
    words: dict[str, Any] = {f"{name}s": coder.words for name, coder in codes.items()}
    return Workforce(**words, **arrays)


class _Codes:
    """Codes for texts in the order in which they first appear; a blank text is not recorded."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def code(self, text: str) -> int:
        return self._codes.setdefault(text, len(self._codes)) if text else NONE_CODE

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self._codes)
