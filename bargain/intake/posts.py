"""Values of the staff rows → posts: heads, hours, full-time share, rate and a year's pay, exact; then a Workforce."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from bargain.intake.categories import (
    GradeFinder,
    age_of_band,
    contract_of,
    says_apprentice,
    sex_of,
    yes_or_no,
)
from bargain.intake.coded import Coded, Mask, factorised, over
from bargain.intake.hours_each import hours_told
from bargain.intake.pay import PayPlan
from bargain.intake.reading import MappingFile, PayKind, Period, SectorFacts
from bargain.intake.schemes import is_on_band
from bargain.intake.staff import Counted, StaffTable
from bargain.money import micros
from models.basis import Basis
from models.workforce import COLUMNS, NONE_CODE, Contract, Sex, Workforce, YesNo

T = TypeVar("T")

_ONE = Decimal(1)
_Number = Coded[Decimal | None]


@dataclass(frozen=True, slots=True, eq=False)
class Posts:
    """Staff rows as columns. Money in pounds; ``rate`` is £ an hour or £ a full-time year; ``annual`` £ a year a head.

    ``hourly`` is basic pay an hour, for comparison only. None where the row does not give what is needed.
    """

    rows: NDArray[np.int32]
    employer: Coded[str]
    title: Coded[str]
    grade: Coded[str]
    point: Coded[str]
    setting: Coded[str]
    heads: Coded[Decimal]
    hours: _Number
    full_hours: Coded[Decimal]
    weeks: Coded[Decimal]
    fte: _Number
    period: Coded[Period | None]
    paid: _Number
    rate: _Number
    annual: _Number
    hourly: _Number
    contract: Coded[Contract]
    sex: Coded[Sex]
    age: Coded[int]
    started: Coded[date | None]
    sleep_ins: Coded[Decimal]
    pension_ppm: Coded[int]
    apprentice: Coded[YesNo]
    veteran: Coded[YesNo]
    on_band: Coded[YesNo]

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, places: Mask | NDArray[np.int64]) -> Posts:
        """The posts where the mask is true, or at these places, which may stand more than once."""
        columns: dict[str, Any] = {name: getattr(self, name).take(places) for name in _COLUMNS}
        return Posts(rows=self.rows[places], **columns)


_COLUMNS = tuple(name for name in Posts.__dataclass_fields__ if name != "rows")


def make_posts(
    staff: StaffTable,
    counted: Counted,
    full_weeks: Coded[Decimal],
    employers: Coded[str],
    plan: PayPlan,
    *,
    facts: SectorFacts,
    mapping: MappingFile,
) -> Posts:
    """The staff rows as posts."""
    each = hours_told(staff, mapping)
    maker = _Maker(staff, counted, full_weeks, plan=plan, facts=facts, each=each)
    return maker.posts(employers, GradeFinder(facts, mapping.titles))


class _Maker:
    def __init__(
        self,
        staff: StaffTable,
        counted: Counted,
        full_weeks: Coded[Decimal],
        *,
        plan: PayPlan,
        facts: SectorFacts,
        each: Decimal | None,
    ) -> None:
        self._staff = staff
        self._counted = counted
        self._full_weeks = full_weeks
        self._plan = plan
        self._facts = facts
        self._weeks_y = Decimal(str(facts.weeks_y))
        self._each = each
        self._says_hours = bool({"hours", "fte"} & set(staff.numbers))

    def posts(self, employers: Coded[str], grades: GradeFinder) -> Posts:
        staff = self._staff
        weeks = staff.all_numbers("weeks").map(lambda told: told or self._weeks_y)
        hours = self._told_hours()
        fte = over(
            self._share,
            hours,
            self._counted.fte,
            self._full_weeks,
            staff.all_numbers("weeks"),
        )
        hours = over(
            lambda hours, share, full: share * full if hours is None and share is not None else hours,
            hours, fte, self._full_weeks,
        )  # fmt: skip
        paid = staff.pay[self._plan.column].values
        period = self._plan.periods
        title = staff.all_texts("job_title").map(lambda text: text.rstrip("* "))
        rate = over(self._rate, paid, period, fte)
        days = staff.days.get("start_date")
        return Posts(
            rows=staff.rows,
            employer=employers,
            title=title,
            grade=over(grades.grade_of, staff.all_texts("grade"), title),
            point=staff.all_texts("point"),
            setting=staff.all_texts("setting"),
            heads=self._counted.heads,
            hours=hours,
            full_hours=self._full_weeks,
            weeks=weeks,
            fte=fte,
            period=period,
            paid=paid,
            rate=rate,
            annual=self._annual(paid, hours, weeks, fte),
            hourly=over(_hourly, rate, period, self._full_weeks, weeks),
            contract=staff.all_texts("contract").map(
                lambda text: _known(contract_of(text), Contract.UNKNOWN)
            ),
            sex=staff.all_texts("sex").map(lambda text: _known(sex_of(text), Sex.UNKNOWN)),
            age=self._ages(),
            started=Coded[date | None].same(None, len(staff)) if days is None else days,
            sleep_ins=staff.all_numbers("sleep_ins").map(lambda told: told or Decimal(0)),
            pension_ppm=staff.all_numbers("pension_rate").map(pension_ppm),
            apprentice=over(_apprentice, staff.all_texts("apprentice"), staff.all_texts("contract")),
            veteran=staff.all_texts("veteran").map(lambda text: _known(yes_or_no(text), YesNo.UNKNOWN)),
            on_band=staff.all_texts("pension_scheme").map(_on_band),
        )

    def _told_hours(self) -> _Number:
        """Weekly hours as the file gives them; where it gives nobody's, those answered for pay by the hour."""
        each = self._each
        if each is None:
            return self._staff.all_numbers("hours")
        return over(
            lambda period, share: each if period is Period.HOUR and share is None else None,
            self._plan.periods, self._counted.fte,
        )  # fmt: skip

    def _share(
        self, hours: Decimal | None, share: Decimal | None, full: Decimal, told_weeks: Decimal | None
    ) -> Decimal | None:
        """Share of a full-time year, a head. Full time where the file has neither and pay is not by the hour."""
        if share is None and hours is not None and full:
            share = hours / full
            if told_weeks:
                share *= min(told_weeks / self._weeks_y, _ONE)
        return _ONE if share is None and not self._says_hours else share

    def _rate(self, paid: Decimal | None, period: Period | None, fte: Decimal | None) -> Decimal | None:
        """The rate, an hour or a full-time year. Actual pay ÷ FTE is the full-time rate."""
        if paid is None or period is None or period is Period.HOUR:
            return None if period is None else paid
        times = self._times_a_year(period)
        if times is None or fte is None:
            return None
        if self._plan.kind is PayKind.FULL_TIME:
            return paid * times
        return paid * times / fte if fte else None

    def _annual(self, paid: _Number, hours: _Number, weeks: Coded[Decimal], fte: _Number) -> _Number:
        """A year's pay a head, by the time that each row's pay is for."""
        periods = self._plan.periods
        kinds = {period for period, _count in periods.counted()}
        if kinds <= {Period.HOUR}:
            return over(_for_hours, paid, hours, weeks)
        if Period.HOUR not in kinds:
            return over(self._for_longer, paid, periods, fte)
        return over(
            lambda paid, period, hours, weeks, fte: _for_hours(paid, hours, weeks)
            if period is Period.HOUR
            else self._for_longer(paid, period, fte),
            paid, periods, hours, weeks, fte,
        )  # fmt: skip

    def _for_longer(self, paid: Decimal | None, period: Period | None, fte: Decimal | None) -> Decimal | None:
        times = None if period is None else self._times_a_year(period)
        if paid is None or times is None or fte is None:
            return None
        return paid * times * fte if self._plan.kind is PayKind.FULL_TIME else paid * times

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

    def _ages(self) -> Coded[int]:
        """Years on the data date. A birth date serves for this alone and is gone with the table."""
        day = self._facts.data_date
        staff = self._staff
        told = over(_age_told, staff.all_numbers("age"), staff.all_texts("age_band"))
        if staff.birth is None or day is None:
            return told
        return over(
            lambda born, else_told: else_told if born is None else _age_on(born, day), staff.birth, told
        )


def _apprentice(told: str, contract: str) -> YesNo:
    """As the file's own column says; else yes where that is the kind of contract."""
    answer = _known(yes_or_no(told), YesNo.UNKNOWN)
    return YesNo.YES if answer is YesNo.UNKNOWN and says_apprentice(contract) else answer


def _age_on(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _age_told(told: Decimal | None, band: str) -> int:
    return int(told) if told is not None and 0 <= told < 150 else age_of_band(band)


def _hourly(rate: Decimal | None, period: Period | None, full: Decimal, weeks: Decimal) -> Decimal | None:
    if rate is None or period is Period.HOUR:
        return rate
    return rate / (full * weeks) if full and weeks else None


def _for_hours(paid: Decimal | None, hours: Decimal | None, weeks: Decimal) -> Decimal | None:
    return None if paid is None or hours is None else paid * hours * weeks


def _known(found: T | None, unknown: T) -> T:
    """What was found, even where it counts as nought; else not recorded."""
    return unknown if found is None else found


def pension_ppm(rate: Decimal | None) -> int:
    """An employer's pension rate in ppm: 0.03, 3 and 3 % are all 30,000; −1 where it does not say."""
    if rate is None or rate < 0 or rate > 100:
        return NONE_CODE
    return int((rate * 10_000 if rate > Decimal("0.45") else rate * 1_000_000).to_integral_value())


def exact_sum(values: Coded[Any]) -> Decimal:
    """The sum of a column, exactly; None counts as nought."""
    return sum((value * count for value, count in values.counted() if value is not None), Decimal(0))


def make_workforce(posts: Posts) -> Workforce:
    """Posts as columns, import_code 0; every post has a rate, hours and FTE."""
    for name in ("rate", "hours", "fte"):
        missing = np.flatnonzero(getattr(posts, name).mask(lambda value: value is None))
        if len(missing):
            raise ValueError(f"row {posts.rows[missing[0]]} has no {name} and cannot be kept")
    columns: dict[str, Any] = {}
    words: dict[str, Any] = {}
    for name in ("employer", "grade", "point", "title", "setting"):
        columns[f"{name}_code"], words[f"{name}s"] = _coded_texts(getattr(posts, name))
    plain: dict[str, tuple[Coded[Any], Callable[[Any], float]]] = {
        "basis": (posts.period, lambda period: Basis.HOUR if period is Period.HOUR else Basis.YEAR),
        "rate_micros": (posts.rate, lambda rate: 0 if rate is None else micros(rate)),
        "heads": (posts.heads, float),
        "hours_w": (posts.hours, _float),
        "full_hours_w": (posts.full_hours, float),
        "weeks_y": (posts.weeks, float),
        "fte": (posts.fte, _float),
        "contract": (posts.contract, int),
        "sex": (posts.sex, int),
        "age": (posts.age, int),
        "start_month": (
            posts.started,
            lambda day: NONE_CODE if day is None else day.year * 12 + day.month - 1,
        ),
        "sleep_ins_y": (posts.sleep_ins, float),
        "pension_ppm": (posts.pension_ppm, int),
        "apprentice": (posts.apprentice, int),
        "veteran": (posts.veteran, int),
    }
    for name, (column, work) in plain.items():
        columns[name] = column.array(work, COLUMNS[name])
    columns["pension_on_band"] = _where_mixed(posts.on_band, columns["employer_code"])
    columns["import_code"] = np.zeros(len(posts), dtype=COLUMNS["import_code"])
    columns["row"] = posts.rows.astype(COLUMNS["row"])
    return Workforce(**words, **columns)


def _on_band(scheme: str) -> YesNo:
    """Whether a scheme's contribution is due on qualifying earnings alone."""
    found = is_on_band(scheme)
    return YesNo.UNKNOWN if found is None else YesNo.YES if found else YesNo.NO


def _where_mixed(schemes: Coded[YesNo], employers: NDArray[np.int32]) -> NDArray[np.int8]:
    """The kind of scheme of each post whose employer has staff in both kinds; of others the employer's record says it."""
    own = schemes.array(int, COLUMNS["pension_on_band"])
    both = [np.bincount(employers + 1, weights=own == kind) > 0 for kind in (YesNo.YES, YesNo.NO)]
    return np.where((both[0] & both[1])[employers + 1], own, np.int8(YesNo.UNKNOWN))


def _float(value: Decimal | None) -> float:
    return 0.0 if value is None else float(value)


def _coded_texts(texts: Coded[str]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Codes for texts in the order in which they first appear; a blank text is not recorded."""
    known: dict[str, int] = {}
    _codes, firsts = factorised(texts.codes)
    table = np.full(len(texts.distinct), NONE_CODE, dtype=np.int32)
    for at in np.sort(firsts).tolist():
        text = texts[at]
        if text:
            table[texts.codes[at]] = known.setdefault(text, len(known))
    return table[texts.codes], tuple(known)
