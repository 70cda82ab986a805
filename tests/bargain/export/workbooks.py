"""Sectors and offers for the workbook, and the short way to it."""

from __future__ import annotations

from dataclasses import replace

from bargain.appraisal import appraise
from bargain.export.workbook import workbook_bytes
from bargain.offers.offer_file import read_offer
from bargain.working import working_of
from models.assumptions import Assumption
from models.basis import Basis
from models.employer import Employer, Ownership
from models.offer import Offer
from models.payscale import PayScale, Rounding, ScalePoint
from models.sector import Sector
from models.terms import Terms
from models.workforce import YesNo
from tests.helpers.f1 import Row, workforce_of

EMPLOYERS = (
    Employer("Levy & Co", Ownership.LISTED, pays_levy=True),
    Employer("Small <Homes>", Ownership.CHARITY, claims_employment_allowance=True),
    Employer(
        "Council", Ownership.LOCAL_AUTHORITY, pension_ppm=183_000, pension_on_band=False, pays_levy=True
    ),
    Employer("=Own rate", Ownership.COOPERATIVE, pension_ppm=50_000, claims_employment_allowance=True),
)
GRADES = ("Support", "Senior", "Leader")
ROWS = (
    Row("Levy & Co", "Support", "12.71", 90, hours=37.5),
    Row("Levy & Co", "Support", "12.71", 12, hours=20.0, age=19, sleep_ins=40),
    Row("Levy & Co", "Senior", "28150.00", 70, basis=Basis.YEAR, fte=0.8, hours=30.0),
    Row("Levy & Co", "Leader", "61234.56", 9, basis=Basis.YEAR, fte=1.0, hours=40.0, full_hours=40.0),
    Row("Small <Homes>", "Support", "12.71", 1, hours=16.0, age=20),
    Row("Small <Homes>", "Senior", "13.456", 2.5, hours=37.5, sleep_ins=101.5),
    Row("Council", "Support", "25119.00", 140, basis=Basis.YEAR, fte=0.6, hours=22.2, full_hours=37.0),
    Row("Council", "Leader", "55000.00", 3, basis=Basis.YEAR, fte=1.0, hours=37.0, full_hours=37.0),
    Row("=Own rate", "Support", "14.20", 6, hours=35.0, full_hours=35.0, weeks=39.5),
    Row("Levy & Co", "Support", "14.20", 3, hours=35.0, full_hours=35.0, age=23, apprentice=YesNo.YES),
    Row(
        "Council",
        "Senior",
        "52000.00",
        basis=Basis.YEAR,
        fte=1.0,
        hours=37.0,
        full_hours=37.0,
        veteran=YesNo.YES,
    ),
    Row("=Own rate", "not on the ladder", "15.10", 2, hours=35.0, full_hours=35.0),
)
TERMS = Terms(annual_leave_days=28, sleep_in_micros=56_000_000, paid_training_hours=12)
COVER = Assumption("cover_share", "Hours that must be covered", 0.75, "share", source="made for the test")

EVERYTHING = """
format = 1
name = "Everything at once"
by = "workers"
[[settlement]]
effective = 2026-05-16
paid_from = 2026-08-01
floor_hourly = 13.87
  [[settlement.pay]]
  percent = 3.15
  cash = 311
  at_least_cash = 1250
  at_most_cash = 2400
  [[settlement.pay]]
  grades = ["Support"]
  at_least_hourly = 0.07
  [[settlement.pay]]
  percent = 1.0
  non_consolidated = true
  [settlement.terms]
  weekly_hours = 36.0
  annual_leave_days = 30
  sleep_in_rate = 61.25
  paid_training_hours = 20
  employer_pension_percent = 5.5
[[settlement]]
effective = 2027-04-01
  [[settlement.pay]]
  percent = 2.5
  [[settlement.differential]]
  grade = "Senior"
  over = "Support"
  at_least_percent = 7.5
"""


def made_sector() -> Sector:
    """Four employers that between them have every kind of on-cost, and every kind of post."""
    return Sector(
        name="Made @ sector",
        weekly_hours=37.5,
        grades=GRADES,
        employers=EMPLOYERS,
        workforce=workforce_of(ROWS, employers=[one.name for one in EMPLOYERS], grades=GRADES),
        terms=TERMS,
        assumptions=(COVER,),
    )


EVERY_TERM = """
[[settlement]]
effective = 2026-05-16
  [[settlement.pay]]
  percent = 3.15
  [settlement.terms]
  weekly_hours = 36.0
  annual_leave_days = 30
  sick_pay_full_weeks = 8
  employer_pension_percent = 5.5
  sleep_in_rate = 61.25
  unsocial_percent = { night = 33, sunday = 66 }
  paid_training_hours = 20
  paid_travel_time = true
  waking_night_rate = 12.50
  on_call_rate = 31.00
  overtime_premium_percent = 50
  paid_supervision_hours = 12
  maternity_full_weeks = 18
  family_leave_days = 5
[[settlement]]
effective = 2027-04-06
  [settlement.terms]
  annual_leave_days = 31
  on_call_rate = 33.00
"""


def termed_sector() -> Sector:
    """The made sector with all that every kind of term needs, one employer with a figure of its own."""
    values = {
        "cover_share": 0.75,
        "waking_nights_y": 20.0,
        "on_call_y": 24.0,
        "overtime_hours_y": 30.5,
        "travel_hours_y": 12.0,
        "sick_days_y": 9.5,
        "maternity_share": 0.02,
        "family_leave_taken": 0.4,
        "unsocial_share.night": 0.25,
        "unsocial_share.sunday": 0.1,
    }
    held = tuple(Assumption(key, key, value, "made", source="made") for key, value in values.items())
    own = Assumption("on_call_y", "on_call_y", 52.0, "made", source="made", employer="Council")
    terms = replace(
        TERMS,
        sick_pay_full_weeks=2,
        unsocial_ppm=(("night", 200_000), ("sunday", 500_000)),
        paid_travel_time=False,
        waking_night_micros=5_000_000,
        on_call_micros=20_000_000,
        overtime_ppm=0,
        paid_supervision_hours=6,
        maternity_full_weeks=0,
        family_leave_days=0,
    )
    return replace(made_sector(), assumptions=(*held, own), terms=terms)


def scaled_sector() -> Sector:
    """One council on a scale that is rounded to the pound: salaries and hourly pay on it, and a spot rate."""
    scale = PayScale(
        "made scale",
        Basis.YEAR,
        (ScalePoint("1", 24_027_000_000), ScalePoint("2", 24_413_000_000), ScalePoint("3", 25_119_000_000)),
        rounding=Rounding.HALF_UP_POUND,
    )
    rows = (
        Row(
            "A", "Support", "24027.00", 30, basis=Basis.YEAR, hours=37.0, full_hours=37.0, fte=1.0, point="1"
        ),
        Row("A", "Support", "12.65", 14, hours=20.0, full_hours=37.0, point="2"),
        Row("A", "Senior", "25119.00", 8, basis=Basis.YEAR, hours=18.5, full_hours=37.0, fte=0.5, point="3"),
        Row("A", "Senior", "13.37", 3, hours=30.0, full_hours=37.0),
    )
    force = workforce_of(rows, employers="A", grades=GRADES)
    return Sector(name="On a scale", weekly_hours=37.0, grades=GRADES, workforce=force, scale=scale)


CASCADES = """
[[settlement]]
effective = 2026-04-06
floor_hourly = 13.13
  [[settlement.pay]]
  percent = 3.15
  at_least_cash = 1250
  [[settlement.differential]]
  grade = "Senior"
  over = "Support"
  at_least_percent = 11.6
  within = "sector"
  [[settlement.differential]]
  grade = "Leader"
  over = "Senior"
  at_least_percent = 23
  on = "median"
"""


def cascade_sector() -> Sector:
    """Three grades paid by the hour and by the year, of three lengths of week, at two employers."""
    weeks = ((37.0, 37.0), (40.0, 30.0), (37.5, 37.5))
    rows = [
        Row(employer, grade, rate, heads, hours=hours, full_hours=full, basis=basis, fte=share)
        for (full, hours), (grade, hour, year) in zip(
            weeks * 2,
            (
                ("Support", "14.71", "25119.00"),
                ("Senior", "13.37", "26000.01"),
                ("Leader", "15.20", "33333.33"),
            )
            * 2,
            strict=True,
        )
        for employer, heads in (("A", 2.0), ("B", 0.5))
        for rate, basis, share in ((hour, Basis.HOUR, None), (year, Basis.YEAR, hours / full))
    ]
    force = workforce_of(rows, employers="AB", grades=GRADES)
    return Sector(name="Cascades", employers=(Employer("A"), Employer("B")), grades=GRADES, workforce=force)


EVERY_RULE = """
[[settlement]]
effective = 2026-05-16
floor_annual = 25900
allowances_percent = 3
  [[settlement.pay]]
  percent = 2.5
  at_most_hourly = 0.55
  percent_of_first = 26000
  [[settlement.pay]]
  percent = 0.75
  non_consolidated = true
  [[settlement.pay]]
  pay_above = 26500
  pay_up_to = 56000
  percent = 1
  [settlement.pay.taper]
  from_pay = 25000
  to_pay = 30000
  to_percent = 0.25
  to_cash = 10
  [[settlement.pay]]
  cash = 120
  pro_rata = false
  [settlement.terms]
  weekly_hours = 36.5
[[settlement]]
effective = 2027-04-06
floor_hourly = 13.9
  [[settlement.pay]]
  cash = 400
  [settlement.pay.index]
  name = "CPI"
  assumed_percent = 2.5
  [[settlement.pay]]
  cash = 250
  non_consolidated = true
  [settlement.terms]
  weekly_hours = 35.5
  maternity_full_weeks = 45
  sick_pay_full_weeks = 5
  family_leave_days = 3
"""


def ruled_sector() -> Sector:
    """The sector of every term, with allowances that are a share of basic pay."""
    made = termed_sector()
    share = Assumption("allowances_share", "a", 0.05, "share", source="made")
    return replace(made, assumptions=(*made.assumptions, share))


def exported(sector: Sector, offer: Offer | str) -> bytes:
    """The workbook of an offer, or of an offer's text."""
    read = read_offer(offer, source="offer") if isinstance(offer, str) else offer
    return workbook_bytes(sector, appraise(sector, read), working_of(sector, read))


def renamed(sector: Sector, names: tuple[str, ...]) -> Sector:
    """The same sector with other employers' names."""
    force = replace(sector.workforce, employers=names)
    records = tuple(replace(one, name=name) for one, name in zip(sector.employers, names, strict=True))
    return replace(sector, workforce=force, employers=records)
