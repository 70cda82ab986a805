"""What figures are taken of: how many, what is left out, the returns alone or grossed up, and their date.

Not recorded is a value of its own: it is counted here, never set to nought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.grossing import weighting_of
from bargain.kept import kept_of
from bargain.measures.rarer import QUARTERS
from bargain.measures.shape import months_served, served
from bargain.measures.view import DATA_MONTH, View
from bargain.plain_days import in_full
from models.grossing import Counted, DataBasis, LeftOut, TotalsUnit
from models.measures import EmployerMargins, with_accounts
from models.sector import Sector
from models.units import BoolColumn, FloatColumn
from models.workforce import Contract, Sex, Workforce, YesNo

RETURNED = "Returns only"
_HOURS_FIELDS = frozenset({"hours", "fte", "heads"})
_BY_SEX = (
    "gender_pay_gap_median",
    "gender_pay_gap_mean",
    *(f"women_{name}_quarter" for name in QUARTERS),
)
_BY_GRADE = ("differential", "smallest_differential", "compa_ratio", "range_overlap")
_BY_CONTRACT = ("zero_hours_share", "agency_share")
_BY_ACCOUNTS = {
    "operating_margin": ("result_after", "revenue_after"),
    "adjusted_margin": ("adjusted_after", "revenue_after"),
    "leakage": ("leakage_after", "revenue_after"),
    "profit_change": ("result_before", "result_after"),
    "required_fee_uplift": ("revenue_before",),
    "affordable_rise": ("affordable_rise",),
    "employers_below_margin": ("margin_after",),
    "ebitdar_margin": ("ebitdar_after", "revenue_after"),
    "ebitda_margin": ("ebitda_after", "revenue_after"),
    "pretax_margin": ("pretax_after", "revenue_after"),
    "roce": ("result_after", "capital"),
    "financial_leakage": ("returned_after", "revenue_after"),
    "profit_symmetry": ("result_before", "result_after"),
}


def basis_of(sector: Sector, margins: Sequence[EmployerMargins]) -> DataBasis:
    """The basis of a sector's figures. sector: as it is held, not grossed up."""
    force = sector.workforce
    told = kept_of(force, "basis", sector.employers, sector.imports, sector.grossing, sector.accounts).of(
        "told", lambda: _told(sector)
    )
    return DataBasis(
        employers=told.employers,
        expected=told.expected,
        staff=told.staff,
        dated=sector.data_date,
        left_out=told.left_out,
        grossed=told.grossed,
        counted={**told.counted, **_counted_in_accounts(margins)},
    )


def _told(sector: Sector) -> DataBasis:
    """What follows from the staff and the records of a sector alone, whatever is offered."""
    force = sector.workforce
    staff = float(force.heads.sum())
    return DataBasis(
        employers=len(employers_returned(sector)),
        expected=expected_employers(sector),
        staff=staff,
        left_out=_left_out(sector),
        grossed=weighting_of(sector).told if sector.grossing.is_on else None,
        counted=_counted_staff(_known_of(sector)),
    )


def employers_returned(sector: Sector) -> tuple[str, ...]:
    """The employers whose staff are in the data."""
    force = sector.workforce
    held = np.bincount(force.employer_code, weights=force.heads, minlength=len(force.employers)) > 0
    return tuple(name for name, has_staff in zip(force.employers, held, strict=True) if has_staff)


def expected_employers(sector: Sector) -> float:
    """How many employers the sector has: the known total where there is one, else every employer it has heard of."""
    names = {one.name for one in sector.employers} | set(employers_returned(sector))
    totals = sector.grossing.totals
    if totals is None or totals.unit is not TotalsUnit.EMPLOYERS or not totals.totals:
        return float(len(names))
    first = totals.totals[0].keys
    return max(
        sum(one.count for one in totals.totals if one.keys == first), float(len(employers_returned(sector)))
    )


def hours_assumed(sector: Sector) -> float:
    """Staff in files that said neither hours nor full-time share, and are taken to be full time or as answered at import."""
    force = sector.workforce
    silent = [
        code
        for code, record in enumerate(sector.imports)
        if record.mapping and not _HOURS_FIELDS & {field for field, _ in record.mapping}
    ]
    return float(force.heads[np.isin(force.import_code, silent)].sum()) if silent else 0.0


def _left_out(sector: Sector) -> tuple[LeftOut, ...]:
    force = sector.workforce
    unsaid = (force.apprentice == YesNo.UNKNOWN) | (force.veteran == YesNo.UNKNOWN)
    absent = float(len({one.name for one in sector.employers} - set(employers_returned(sector))))
    found = (
        LeftOut("rows set aside at import", float(sum(one.set_aside for one in sector.imports)), "rows"),
        LeftOut("employers that have not returned", absent, "employers"),
        LeftOut("no grade", _heads(force, force.grade_code < 0)),
        LeftOut("sex not recorded", _heads(force, force.sex == Sex.UNKNOWN)),
        LeftOut("contract not recorded", _heads(force, force.contract == Contract.UNKNOWN)),
        LeftOut("age not recorded", _heads(force, force.age < 0)),
        LeftOut("apprentice or veteran not recorded, charged employer NI as neither", _heads(force, unsaid)),
        LeftOut("hours not in the file, taken as full time or as answered", hours_assumed(sector)),
    )
    return tuple(one for one in found if one.count)


def _heads(force: Workforce, chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    return float(force.heads[chosen].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What decides of each post which measures count it; columns of shape (n,). heads: as returned.

    months: of service, -1 not recorded.  lowest: the code of the lowest grade that anybody is in, -1 for none.
    """

    heads: FloatColumn
    sex: NDArray[np.int8]
    grade_code: NDArray[np.integer]
    contract: NDArray[np.int8]
    age: NDArray[np.integer]
    hours_w: NDArray[np.floating]
    months: NDArray[np.integer]
    lowest: int

    def of(self, chosen: BoolColumn) -> float:
        """Heads of some posts."""
        return float(self.heads[chosen].sum())


def counted_among(view: View) -> dict[str, Counted]:
    """The measures that do not count everybody in view, with how many returned ones they count; all others count all.

    view: post by post, of the whole sector or of a part of it, grossed up or not.
    """
    represents = {one.name: one.represents for one in view.costs}
    names = () if view.posts is None else view.posts.employers
    own = np.array([represents.get(name, 1.0) for name in names] + [1.0])
    nobody = np.full(len(view.heads), -1)
    age, hours, starts = (view.column(name) for name in ("age", "hours_w", "start_month"))
    held = view.grade_code[view.grade_code >= 0]
    known = Known(
        heads=view.heads / own[view.employer_code],
        sex=view.sex,
        grade_code=view.grade_code,
        contract=view.contract,
        age=nobody if age is None else age,
        hours_w=nobody.astype(np.float64) if hours is None else hours,
        months=months_served(nobody if starts is None else starts, view.reference.get(DATA_MONTH)),
        lowest=int(held.min()) if len(held) else -1,
    )
    return {**_counted_staff(known), **_counted_in_accounts(view.margins)}


def _known_of(sector: Sector) -> Known:
    """The same of a sector's staff as they returned."""
    force, day = sector.workforce, sector.data_date
    ladder = [force.grades.index(grade) for grade in sector.grades if grade in force.grades]
    used = set(np.unique(force.grade_code).tolist())
    return Known(
        heads=force.heads,
        sex=force.sex,
        grade_code=force.grade_code,
        contract=force.contract,
        age=force.age,
        hours_w=force.hours_w,
        months=months_served(force.start_month, None if day is None else day.year * 12 + day.month - 1),
        lowest=next((code for code in (*ladder, *range(len(force.grades))) if code in used), -1),
    )


def _counted_staff(known: Known) -> dict[str, Counted]:
    staff = float(known.heads.sum())
    long, new = served(known.months, grade=known.grade_code == known.lowest)
    return {
        **dict.fromkeys(
            _BY_SEX,
            Counted(
                known.of((known.sex == Sex.FEMALE) | (known.sex == Sex.MALE)),
                staff,
                why="sex not recorded as woman or man",
            ),
        ),
        **dict.fromkeys(_BY_GRADE, Counted(known.of(known.grade_code >= 0), staff, why="no grade")),
        **dict.fromkeys(
            _BY_CONTRACT,
            Counted(known.of(known.contract != Contract.UNKNOWN), staff, why="contract not recorded"),
        ),
        "age_pay_gap_median": Counted(known.of(known.age >= 0), staff, why="age not recorded"),
        "part_time_pay_gap_median": Counted(known.of(known.hours_w > 0), staff, why="hours not recorded"),
        "experience_premium": Counted(
            known.of(long | new),
            staff,
            why="another grade, one to five years' service, or start not recorded",
        ),
    }


def _counted_in_accounts(margins: Sequence[EmployerMargins]) -> dict[str, Counted]:
    """The measures that count employers, those whose accounts say what is asked."""
    told = with_accounts(margins)
    found = {}
    for name, fields in _BY_ACCOUNTS.items():
        known = sum(all(getattr(one, field) is not None for field in fields) for one in told)
        found[name] = Counted(float(known), float(len(margins)), "employers", "no accounts that say so")
    return found


def counted_in(basis: DataBasis, measure: str) -> Counted:
    """How many stand behind a measure, and a measure's change behind the same."""
    found = basis.counted.get(measure.removesuffix("_change"))
    return found if found is not None else Counted(basis.staff, basis.staff)


def banner(basis: DataBasis) -> str:
    """What every output must say where figures are grossed up; empty where they are the returns alone.

    ``Grossed up from 168 of 212 employers``.
    """
    told = basis.grossed
    if told is None:
        return ""
    counted = f"{told.returned:,.0f} of {told.total:,.0f} {told.unit}"
    more = "" if told.unit is TotalsUnit.EMPLOYERS else f" ({_number(basis.employers, 'employer')})"
    return f"Grossed up from {counted}{more}"


def sentences(basis: DataBasis, *, least: int = 0) -> tuple[str, ...]:
    """The basis in plain sentences: whose figures, of which day, how grossed up, and what they leave out.

    least: numbers of staff below it are not told, for what others will read.
    """
    dated = f", {in_full(basis.dated)}" if basis.dated else ", date not recorded"
    told = basis.grossed
    awaited = basis.expected and basis.expected > basis.employers
    of = f"{basis.employers:,} of {basis.expected:,.0f} employers" if awaited else ""
    returned = f"{_staff(basis.staff)} staff of {of or _number(basis.employers, 'employer')}{dated}."
    if told is None:
        found = [f"{RETURNED}: {returned}"]
    else:
        source = f"totals of {in_full(told.dated)} from {told.source}"
        agreed = f"; agreed on {in_full(told.agreed_on)}" if told.agreed_on else ""
        found = [f"{banner(basis)}: {source}{agreed}.", f"Returned: {returned}", *told.notes]
    if basis.left_out:
        parts = (f"{one.what}, {_at_least(one.count, least)} {one.of}" for one in basis.left_out)
        found.append(f"Not known: {'; '.join(parts)}.")
    return tuple(found)


def _at_least(count: float, least: int) -> str:
    return _staff(count) if count >= least else f"fewer than {least}"


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'s' * (count != 1)}"


def _staff(count: float) -> str:
    return f"{count:,.0f}" if float(count).is_integer() else f"{count:,.2f}"
