"""The hand-checkable demo sector F1 (requirements B.3): three invented providers, 222 heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from bargain.money import micros
from models.accounts import Accounts
from models.basis import Basis
from models.employer import Employer, Ownership
from models.sector import Sector
from models.workforce import COLUMNS, Contract, Sex, Workforce, YesNo

GRADES = ("Residential support worker", "Senior support worker", "Team leader", "Registered manager")
EMPLOYERS = (
    Employer("A", Ownership.PRIVATE_EQUITY),
    Employer("B", Ownership.CHARITY),
    Employer("C", Ownership.LOCAL_AUTHORITY),
)


@dataclass(frozen=True)
class Row:
    """One row of a made workforce, in plain units (£, hours)."""

    employer: str
    grade: str
    rate: str
    heads: float = 1.0
    hours: float = 37.5
    full_hours: float = 37.5
    weeks: float = 52.143
    basis: Basis = Basis.HOUR
    fte: float | None = None
    point: str = ""
    age: int = -1
    sex: Sex = Sex.UNKNOWN
    sleep_ins: float = 0.0
    apprentice: YesNo = YesNo.UNKNOWN
    veteran: YesNo = YesNo.UNKNOWN


F1_ROWS = tuple(
    Row(employer, grade, rate, heads)
    for employer, cells in {
        "A": ((80, "12.71"), (20, "13.60"), (8, "16.00"), (4, "22.50")),
        "B": ((40, "13.45"), (14, "14.60"), (6, "16.80"), (3, "23.00")),
        "C": ((30, "14.20"), (10, "16.10"), (5, "19.00"), (2, "26.00")),
    }.items()
    for grade, (heads, rate) in zip(GRADES, cells, strict=True)
)


def workforce_of(rows: Sequence[Row], *, employers: Sequence[str], grades: Sequence[str]) -> Workforce:
    """Columns from plain rows."""
    points = tuple(dict.fromkeys(row.point for row in rows if row.point))
    plain = {
        "employer_code": [list(employers).index(row.employer) for row in rows],
        "grade_code": [list(grades).index(row.grade) if row.grade in grades else -1 for row in rows],
        "point_code": [points.index(row.point) if row.point else -1 for row in rows],
        "title_code": [-1 for _ in rows],
        "setting_code": [-1 for _ in rows],
        "basis": [int(row.basis) for row in rows],
        "rate_micros": [micros(row.rate) for row in rows],
        "heads": [row.heads for row in rows],
        "hours_w": [row.hours for row in rows],
        "full_hours_w": [row.full_hours for row in rows],
        "weeks_y": [row.weeks for row in rows],
        "fte": [row.hours / row.full_hours if row.fte is None else row.fte for row in rows],
        "contract": [int(Contract.UNKNOWN) for _ in rows],
        "sex": [int(row.sex) for row in rows],
        "age": [row.age for row in rows],
        "start_month": [-1 for _ in rows],
        "sleep_ins_y": [row.sleep_ins for row in rows],
        "pension_ppm": [-1 for _ in rows],
        "import_code": [0 for _ in rows],
        "row": list(range(2, len(rows) + 2)),
        "apprentice": [int(row.apprentice) for row in rows],
        "veteran": [int(row.veteran) for row in rows],
    }
    columns = {name: np.array(values, dtype=COLUMNS[name]) for name, values in plain.items()}
    return Workforce(
        employers=tuple(employers), grades=tuple(grades), points=points, titles=(), settings=(), **columns
    )


def f1_sector() -> Sector:
    """F1 with the accounts of A and B; C is a cost centre."""
    return Sector(
        name="F1",
        weekly_hours=37.5,
        data_date=date(2026, 4, 6),
        grades=GRADES,
        employers=EMPLOYERS,
        workforce=workforce_of(F1_ROWS, employers="ABC", grades=GRADES),
        accounts=(
            _accounts("A", "5600000", "3371715", "280000", "720000", "120000", "350000"),
            _accounts("B", "2650000", "2045701", "60000", "330000", "60000", "5000"),
        ),
    )


def _accounts(name: str, *pounds: str) -> Accounts:
    revenue, labour, rent, other, directors, interest = (micros(one) for one in pounds)
    return Accounts(name, date(2026, 3, 31), revenue, labour, rent, other, directors, interest)


O1 = """
format = 1
name = "O1: four per cent"
by = "employers"
[[settlement]]
effective = 2026-04-06
  [[settlement.pay]]
  percent = 4.0
"""

O2 = """
format = 1
name = "O2: bottom-weighted"
by = "employers"
[[settlement]]
effective = 2026-04-06
floor_hourly = 14.00
  [[settlement.pay]]
  percent = 3.0
  [[settlement.differential]]
  grade = "Senior support worker"
  over = "Residential support worker"
  at_least_percent = 8.0
  within = "employer"
  [[settlement.differential]]
  grade = "Team leader"
  over = "Senior support worker"
  at_least_percent = 15.0
  within = "employer"
"""

O3 = """
format = 1
name = "O3: floor only"
by = "employers"
[[settlement]]
effective = 2026-04-06
floor_hourly = 14.00
  [[settlement.pay]]
  percent = 1.0
"""

TARGETS = """
[[target]]
name = "Narrow the sector"
measure = "p90_p10_change"
at_most = -0.015
[[target]]
name = "Keep seniors ahead"
measure = "differential"
grade = "Senior support worker"
over = "Residential support worker"
scope = "every_employer"
at_least = 0.08
[[target]]
name = "Profit restraint"
measure = "operating_margin"
scope = "every_employer"
ownership = ["for-profit", "charity"]
at_most = 0.10
[[target]]
name = "Envelope"
measure = "cost_full_year"
at_most = 400000
"""
