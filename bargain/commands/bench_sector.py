"""A made sector, offer and targets of any size, for the benchmarks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from bargain.packs import new_sector
from models.basis import Basis
from models.employer import Employer, Ownership
from models.offer import Differential, Offer, PayRule, Settlement
from models.sector import Sector
from models.target import Target, TargetScope
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND
from models.workforce import COLUMNS, Workforce

_SEED = 2026
_LOWEST = 12_710_000  # £/10⁶ an hour: the National Living Wage


def made_offer(floor_micros: int = 14 * MICROS_PER_POUND) -> Offer:
    """A bottom-weighted offer over three years: percent, floor, two differentials, then percent twice."""
    first = Settlement(
        date(2026, 4, 6),
        floor_micros=floor_micros,
        pay=(PayRule(percent_ppm=30_000, at_least_cash_micros=1_000 * MICROS_PER_POUND),),
        differentials=(
            Differential("Senior support worker", "Residential support worker", 80_000),
            Differential("Team leader", "Senior support worker", 100_000),
        ),
    )
    later = (
        Settlement(date(year, 4, 6), pay=(PayRule(percent_ppm=percent),))
        for year, percent in ((2027, 25_000), (2028, 22_500))
    )
    return Offer("bench", settlements=(first, *later))


MADE_TARGETS = (
    Target("Cost", "cost_full_year", at_most=5e7),
    Target("Spread", "p90_p10_change", at_most=0.0),
    Target("Low pay", "low_pay_share", at_most=0.1),
    Target("Women", "gender_pay_gap_median", at_most=0.02),
    Target("Norm", "restraint_gap", at_most=0.0, norm=0.03),
    Target("Seniors ahead", "smallest_differential", at_least=0.05, scope=TargetScope.EVERY_EMPLOYER),
)


def made_sector(posts: int, employers: int, *, own_rates: bool = False) -> Sector:
    """A made sector of any size from a fixed seed: spot rates to the penny, five grades, part time and full time.

    Every employer claims the Employment Allowance and owes the levy where its pay bill is large enough.
    own_rates: each post at a rate of its own to a thousandth of a penny, so that hardly two are alike.
    """
    chance = np.random.default_rng(_SEED)
    sector = new_sector("bench")
    names = tuple(f"Employer {number}" for number in range(employers))
    grade = chance.choice(5, posts, p=[0.62, 0.18, 0.1, 0.05, 0.05]).astype(np.int32)
    rate = np.array([12.9, 13.9, 15.6, 19.0, 23.5])[grade] * chance.normal(1, 0.04, posts)
    grain = 10 if own_rates else MICROS_PER_PENNY
    micros = np.maximum(np.rint(rate * MICROS_PER_POUND / grain).astype(np.int64) * grain, _LOWEST)
    hours = chance.choice([37.5, 37.5, 37.5, 30.0, 24.0, 20.0, 16.0], posts)
    plain = {
        "employer_code": chance.integers(0, employers, posts),
        "grade_code": grade,
        "point_code": np.full(posts, -1),
        "title_code": np.full(posts, -1),
        "setting_code": np.full(posts, -1),
        "basis": np.full(posts, int(Basis.HOUR)),
        "rate_micros": micros,
        "heads": np.ones(posts),
        "hours_w": hours,
        "full_hours_w": np.full(posts, 37.5),
        "weeks_y": np.full(posts, sector.weeks_y),
        "fte": hours / 37.5,
        "contract": chance.choice([0, 0, 0, 1, 2, 4], posts),
        "sex": chance.integers(0, 2, posts),
        "age": chance.integers(18, 68, posts),
        "start_month": np.full(posts, 24_300),
        "sleep_ins_y": chance.choice([0.0, 40.0], posts),
        "pension_ppm": np.full(posts, -1),
        "import_code": np.zeros(posts),
        "row": np.arange(posts),
    }
    columns = {name: np.asarray(one).astype(COLUMNS[name]) for name, one in plain.items()}
    return replace(
        sector,
        employers=tuple(
            Employer(name, Ownership.OWNER_MANAGED, claims_employment_allowance=True, pays_levy=True)
            for name in names
        ),
        workforce=Workforce(
            employers=names, grades=sector.grades, points=(), titles=(), settings=(), **columns
        ),
    )
