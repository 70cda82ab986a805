"""Small sectors and totals to gross up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.employer import Employer, Ownership
from models.grossing import Grossing, KnownTotal, SectorTotals, TotalsUnit
from models.offer import Offer, PayRule, Settlement
from models.sector import Sector
from tests.helpers.f1 import GRADES, Row, workforce_of

DAY = date(2026, 4, 6)
NORTH, SOUTH = "North West", "South East"


def sector_of(rows: Sequence[Row], employers: Sequence[Employer]) -> Sector:
    names = [one.name for one in employers]
    return Sector(
        name="Small",
        weekly_hours=37.5,
        data_date=DAY,
        grades=GRADES,
        employers=tuple(employers),
        workforce=workforce_of(rows, employers=names, grades=GRADES),
    )


def six() -> Sector:
    """Six employers, three in each region, one grade and one rate each: easy to check by hand."""
    employers = [
        Employer("A", Ownership.CHARITY, NORTH),
        Employer("B", Ownership.OWNER_MANAGED, NORTH),
        Employer("C", Ownership.OWNER_MANAGED, NORTH),
        Employer("D", Ownership.CHARITY, SOUTH),
        Employer("E", Ownership.OWNER_MANAGED, SOUTH),
        Employer("F", Ownership.OWNER_MANAGED, SOUTH),
    ]
    rows = [
        Row(one.name, GRADES[0], rate, heads)
        for one, rate, heads in zip(
            employers,
            ("13.00", "13.10", "13.50", "14.00", "14.20", "15.00"),
            (10, 20, 30, 10, 40, 50),
            strict=True,
        )
    ]
    return sector_of(rows, employers)


def totals_of(
    *totals: KnownTotal, unit: TotalsUnit = TotalsUnit.EMPLOYERS, refuse: bool = False
) -> SectorTotals:
    return SectorTotals("Register", unit, "the register", date(2026, 3, 31), tuple(totals), refuse)


def agreed(sector: Sector, totals: SectorTotals) -> Sector:
    return replace(sector, grossing=Grossing(totals, date(2026, 10, 1)))


def plain_offer(percent_ppm: int = 30_000) -> Offer:
    return Offer("Three per cent", settlements=(Settlement(DAY, pay=(PayRule(percent_ppm=percent_ppm),)),))
