"""Small sectors for the window's tests."""

from __future__ import annotations

from datetime import date

import numpy as np

from models.basis import Basis
from models.employer import Employer, Ownership
from models.offer import Offer, PayRule, Settlement
from models.sector import ImportRecord, Sector, TitleGrade
from models.target import Target, TargetSet
from models.workforce import COLUMNS, Contract, Sex, Workforce

GRADES = ("Support worker", "Senior support worker", "Team leader")
HOSTILE = "Jo <b>Bloggs</b> & Sons"


def workforce(rows: list[tuple[int, int, float, int]], employers: tuple[str, ...]) -> Workforce:
    """Posts from (employer, grade or -1, hourly pounds, sex); full time, 37 hours, on permanent contracts."""
    count = len(rows)
    columns = {name: np.zeros(count, dtype=kind) for name, kind in COLUMNS.items()}
    for name in ("point_code", "setting_code", "start_month", "pension_ppm", "pension_on_band"):
        columns[name] = np.full(count, -1, dtype=COLUMNS[name])
    columns["employer_code"] = np.array([row[0] for row in rows], dtype=np.int32)
    columns["grade_code"] = np.array([row[1] for row in rows], dtype=np.int32)
    columns["title_code"] = np.array([row[1] if row[1] >= 0 else 3 for row in rows], dtype=np.int32)
    columns["rate_micros"] = np.array([round(row[2] * 1e6) for row in rows], dtype=np.int64)
    columns["sex"] = np.array([row[3] for row in rows], dtype=np.int8)
    columns["basis"] = np.full(count, Basis.HOUR, dtype=np.int8)
    columns["contract"] = np.full(count, Contract.PERMANENT, dtype=np.int8)
    for name, value in (
        ("heads", 1.0),
        ("hours_w", 37.0),
        ("full_hours_w", 37.0),
        ("weeks_y", 52.143),
        ("fte", 1.0),
    ):
        columns[name] = np.full(count, value, dtype=np.float64)
    columns["age"] = np.full(count, 40, dtype=np.int16)
    columns["row"] = np.arange(2, count + 2, dtype=np.int32)
    return Workforce(
        employers=employers,
        grades=GRADES,
        points=(),
        titles=(*GRADES, "Wellbeing lead"),
        settings=(),
        **columns,
    )


def small() -> Sector:
    """Two employers, six staff: four women, one man, one not recorded; one job title without a grade."""
    woman, man, unknown = int(Sex.FEMALE), int(Sex.MALE), int(Sex.UNKNOWN)
    rows = [
        (0, 0, 12.60, woman),
        (0, 0, 12.90, man),
        (0, 1, 13.80, woman),
        (1, 0, 12.75, woman),
        (1, 2, 16.20, unknown),
        (1, -1, 15.00, woman),
    ]
    names = (HOSTILE, "Northshire Homes")
    record = ImportRecord(
        file="payroll.csv",
        sheet="",
        sha256="0" * 64,
        imported=date(2026, 4, 20),
        employers=names,
        rows_in_file=9,
        staff=6,
        totals=1,
        leavers=1,
        set_aside=1,
        blank=0,
        heads=6.0,
        paybill_micros=160_000_000_000,
    )
    return Sector(
        name="Children's homes, small",
        data_date=date(2026, 3, 31),
        grades=GRADES,
        title_grades=tuple(TitleGrade(one, one) for one in GRADES),
        employers=(
            Employer(names[0], Ownership.OWNER_MANAGED),
            Employer(names[1], Ownership.CHARITY, "North West"),
        ),
        workforce=workforce(rows, names),
        offers=(offer("Union claim", 50_000), offer("Employers' offer", 20_000, tabled=True)),
        target_sets=(TargetSet("Ours", (Target("Envelope", "cost_full_year", at_most=20_000.0),)),),
        imports=(record,),
    )


def offer(name: str, percent_ppm: int, *, tabled: bool = False) -> Offer:
    """A plain per cent rise for everyone."""
    settlement = Settlement(date(2026, 4, 1), pay=(PayRule(percent_ppm=percent_ppm),))
    return Offer(name, settlements=(settlement,), tabled=tabled)
