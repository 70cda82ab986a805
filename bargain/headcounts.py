"""Headcounts typed in by hand: many returns are no more than how many women and men are on each pay point."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np

from bargain.intake.join import joined
from bargain.money import micros
from bargain.plain_names import plain_name
from models.basis import Basis
from models.employer import Employer
from models.issues import UnusableInput
from models.payscale import ScalePoint
from models.sector import ImportRecord, Sector
from models.units import MICROS_PER_POUND
from models.workforce import COLUMNS, NONE_CODE, Contract, Sex, Workforce

GRADE, POINT, PAY, HOURS, WOMEN, MEN, UNKNOWN = range(7)
FIELDS = ("grade", "point", "pay", "hours", "women", "men", "sex not recorded")
SOURCE = "headcounts typed in"
_SEXES = ((WOMEN, Sex.FEMALE), (MEN, Sex.MALE), (UNKNOWN, Sex.UNKNOWN))
_MOST_PAY = Decimal(5_000_000)
_MOST_HEADS = Decimal(1_000_000)
_MOST_HOURS = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Post:
    """One row and sex: like posts."""

    row: int
    grade: str
    point: str
    basis: Basis
    rate_micros: int
    hours: float
    heads: float
    sex: Sex


def add_headcounts(
    sector: Sector, employer: str, rows: Sequence[Sequence[str]], *, basis: Basis, today: date
) -> Sector:
    """The sector with an employer's headcounts as posts and a record of them; all or nothing.

    rows: cells as they were typed, in the order of ``FIELDS``; blank rows are passed over. Pay is £ an hour or a
    full-time year as ``basis`` says; where it is blank the scale's amount for the point is taken. Blank hours are
    full time. Raises UnusableInput that names the row.
    """
    name = plain_name(employer)
    if not name:
        raise UnusableInput("Say which employer these headcounts are of.")
    force = sector.workforce
    if name in force.employers and force.heads[force.employer_code == force.employers.index(name)].sum() > 0:
        raise UnusableInput(
            f"{name} has staff in the data already; headcounts would count them twice. Undo its import first."
        )
    full = sector.employer(name).weekly_hours or sector.weekly_hours
    filled = [(at, [cell.strip() for cell in row]) for at, row in enumerate(rows, 1) if _has_heads(row)]
    posts = [post for at, row in filled for post in _posts(sector, at, row, basis=basis, full=full)]
    if not posts:
        raise UnusableInput("There are no headcounts yet; fill in how many women or men are on a pay point.")
    made = _workforce(sector, name, posts, full=full, code=len(sector.imports))
    return replace(
        sector,
        workforce=joined([force, made]),
        employers=sector.employers
        if any(one.name == name for one in sector.employers)
        else (*sector.employers, Employer(name)),
        imports=(*sector.imports, _record(name, filled, posts, made, today)),
    )


def _has_heads(row: Sequence[str]) -> bool:
    return any(cell.strip() for cell in (row[PAY], row[WOMEN], row[MEN], row[UNKNOWN]))


def _posts(sector: Sector, at: int, row: Sequence[str], *, basis: Basis, full: float) -> list[_Post]:
    point = _point(sector, row[POINT])
    grade = row[GRADE] or (point.grade if point is not None else "")
    if grade and grade not in sector.grades:
        known = ", ".join(sector.grades) or "none yet"
        raise UnusableInput(
            f"Row {at}: “{grade}” is not a grade of this sector ({known}); correct it or leave it blank."
        )
    if row[PAY]:
        rate, used = micros(_number(at, "pay", row[PAY], most=_MOST_PAY)), basis
    elif point is not None and sector.scale is not None:
        rate, used = point.amount_micros, sector.scale.basis
    else:
        raise UnusableInput(
            f"Row {at}: there is no pay, and no pay point of the scale to take it from; type the pay."
        )
    if rate <= 0:
        raise UnusableInput(f"Row {at}: pay must be above nought.")
    hours = float(_number(at, "hours", row[HOURS], most=_MOST_HOURS)) if row[HOURS] else full
    return [
        _Post(at, grade, row[POINT], used, rate, hours, float(heads), sex)
        for column, sex in _SEXES
        if row[column] and (heads := _number(at, FIELDS[column], row[column], most=_MOST_HEADS)) > 0
    ]


def _point(sector: Sector, name: str) -> ScalePoint | None:
    points = sector.scale.points if sector.scale is not None else ()
    return next((one for one in points if one.name == name), None) if name else None


def _number(at: int, field: str, text: str, *, most: Decimal) -> Decimal:
    try:
        value = Decimal(text.replace(",", "").replace("£", "").strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value <= most:
        raise UnusableInput(f"Row {at}, {field}: “{text}” is not a number from 0 to {most:,}; correct it.")
    return value


def _workforce(sector: Sector, employer: str, posts: Sequence[_Post], *, full: float, code: int) -> Workforce:
    grades = tuple(dict.fromkeys(one.grade for one in posts if one.grade))
    points = tuple(dict.fromkeys(one.point for one in posts if one.point))
    count = len(posts)
    plain: dict[str, Any] = {
        "employer_code": np.zeros(count),
        "grade_code": [grades.index(one.grade) if one.grade else NONE_CODE for one in posts],
        "point_code": [points.index(one.point) if one.point else NONE_CODE for one in posts],
        "basis": [int(one.basis) for one in posts],
        "rate_micros": [one.rate_micros for one in posts],
        "heads": [one.heads for one in posts],
        "hours_w": [one.hours for one in posts],
        "full_hours_w": np.full(count, full),
        "weeks_y": np.full(count, sector.weeks_y),
        "fte": [one.hours / full for one in posts],
        "contract": np.full(count, int(Contract.UNKNOWN)),
        "sex": [int(one.sex) for one in posts],
        "sleep_ins_y": np.zeros(count),
        "import_code": np.full(count, code),
        "row": [one.row for one in posts],
    }
    unknown = np.full(count, NONE_CODE)
    columns: dict[str, Any] = {
        name: np.array(plain.get(name, unknown), dtype=kind) for name, kind in COLUMNS.items()
    }
    return Workforce(employers=(employer,), grades=grades, points=points, titles=(), settings=(), **columns)


def _record(
    employer: str,
    filled: Sequence[tuple[int, Sequence[str]]],
    posts: Sequence[_Post],
    made: Workforce,
    today: date,
) -> ImportRecord:
    units = np.where(made.basis == Basis.YEAR, made.fte, made.hours_w * made.weeks_y)
    digest = hashlib.sha256("\n".join(["\t".join((employer, *row)) for _, row in filled]).encode())
    return ImportRecord(
        file=SOURCE,
        sheet=employer,
        sha256=digest.hexdigest(),
        imported=today,
        employers=(employer,),
        rows_in_file=len(filled),
        staff=len({one.row for one in posts}),
        totals=0,
        leavers=0,
        set_aside=0,
        blank=len(filled) - len({one.row for one in posts}),
        heads=float(made.heads.sum()),
        paybill_micros=round(float((made.rate_micros * units * made.heads).sum()) / MICROS_PER_POUND)
        * MICROS_PER_POUND,
        mapping=tuple((field, field) for field in ("grade", "point", "pay", "hours", "heads", "sex")),
    )
