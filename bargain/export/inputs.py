"""The sheets of inputs: statutory parameters with date and source, and the offer in words and numbers."""

from __future__ import annotations

from bargain.export.book import Book, Entry, Sheet
from bargain.export.rates import RULE_PARTS, pounds
from bargain.offers.words import describe_offer, describe_rule
from bargain.parameters.load import ON_COST_KEYS, parameters, value_on
from bargain.register import held_inputs, law_values
from models.assumptions import Assumption
from models.offer import Offer
from models.parameters import DatedValue
from models.sector import Sector
from models.units import PPM
from models.working import WorkedStep, Working

_NO_SOURCE = "NO SOURCE"
_NO_OWNER = "nobody yet"
_PARTS = {
    "percent_ppm": "Percent",
    "cash_micros": "Cash, £ a full-time year",
    "at_least_cash_micros": "At least, £ a full-time year",
    "at_least_percent_ppm": "At least, percent",
    "at_least_hourly_micros": "At least, £ an hour",
    "at_most_cash_micros": "At most, £ a full-time year",
    "at_most_percent_ppm": "At most, percent",
}


def parameter_sheet(book: Book, sector: Sector, offer: Offer, working: Working) -> None:
    """Every statutory figure of every step, what bounds its terms, and what the sector assumes."""
    sheet = book.sheet("Parameters", widths=(46, 22, 14, 14, 14, 60, 22, 22), freeze="A4")
    sheet.row(Entry("Parameters", "title"))
    sheet.row("What every formula of this workbook looks up. Change a value here and everything follows.")
    sheet.row(*_headings("What", "For", "Value", "Unit", "Holds from", "Source", "Checked", "Owner"))
    for number, step in enumerate(working.steps, 1):
        day = step.settlement.effective
        for key in ON_COST_KEYS:
            _law_row(sheet, key, value_on(key, day), f"step {number}, {day.isoformat()}", f"s{number}_{key}")
    for key, held in law_values(sector, offer):
        if key not in ON_COST_KEYS:
            _law_row(sheet, key, held, "terms of the offer")
    sheet.row()
    sheet.row(Entry("Weeks a year"), "sector", Entry(sector.weeks_y, "number", "weeks"), "weeks")
    if sector.scale is not None:
        hours = Entry(sector.scale.weekly_hours, "number", "scale_hours")
        sheet.row("Full-time week of the pay scale", sector.scale.name, hours, "hours a week")
    cover = next((one for one in sector.assumptions if one.key == "cover_share"), None)
    share = working.cover_share
    sheet.row(
        cover.label if cover and cover.label else "Share of lost hours that others must work",
        "sector",
        Entry("not known" if share is None else share, "share", "cover_share"),
        "share",
        cover.dated if cover else None,
        (cover.source or _NO_SOURCE) if cover else None,
        str(cover.standing) if cover else None,
        _owner(cover) if cover else None,
    )
    for one in held_inputs(sector):
        if one.key != "cover_share" and one.value is not None:
            sheet.row(
                one.label or one.key,
                one.employer or "sector",
                Entry(one.value, "number"),
                one.unit,
                one.dated,
                one.source if one.is_sourced else _NO_SOURCE,
                str(one.standing),
                _owner(one),
            )
    sheet.row("One per cent", "cost of 1 %", Entry(0.01, "share", "one_percent"), "share")


def _law_row(sheet: Sheet, key: str, held: DatedValue, what_for: str, anchor: str = "") -> None:
    parameter = parameters()[key]
    sheet.row(
        parameter.label,
        what_for,
        Entry(float(held.value), _style(parameter.unit), anchor),
        parameter.unit,
        held.starts,
        held.reference,
        held.confidence if held.is_checked else f"{held.confidence}: CHECK BEFORE USE",
        "set by law",
    )


def _owner(one: Assumption) -> str:
    return one.owner or _NO_OWNER


def offer_sheet(book: Book, offer: Offer, working: Working) -> None:
    """The offer as it reads, and the numbers in it."""
    sheet = book.sheet("Offer", widths=(70, 18, 18, 18, 18, 18, 18, 18))
    sheet.row(Entry(offer.name, "title"))
    sheet.row(f"by {offer.by}" if offer.by else None)
    for sentence in describe_offer(offer):
        sheet.row(Entry(sentence, "wrap"))
    sheet.row()
    sheet.row(Entry("The numbers in it", "heading"))
    for number, step in enumerate(working.steps, 1):
        _step(sheet, number, step)


def _step(sheet: Sheet, number: int, step: WorkedStep) -> None:
    settlement = step.settlement
    sheet.row()
    sheet.row(Entry(f"Step {number}", "heading"), settlement.effective)
    if settlement.pay:
        sheet.row(*_headings("Pay rule", *_PARTS.values()))
    for place, rule in enumerate(settlement.pay, 1):
        entries = [
            Entry(
                _amount(name, getattr(rule, name)),
                "share" if name.endswith("_ppm") else "pounds",
                f"s{number}_r{place}_{name}",
            )
            for name in RULE_PARTS
        ]
        sheet.row(Entry(describe_rule(rule)[0], "wrap"), *entries)
    if settlement.floor_micros is not None:
        sheet.row("Lowest hourly rate", Entry(pounds(settlement.floor_micros), "rate", f"s{number}_floor"))
    for place, gap in enumerate(settlement.differentials, 1):
        percent = 0.0 if gap.at_least_percent_ppm is None else gap.at_least_percent_ppm / PPM
        hourly = gap.at_least_hourly_micros
        sheet.row(
            f"{gap.grade} over {gap.over}: at least",
            Entry(percent, "share", f"s{number}_d{place}_percent"),
            Entry(None if hourly is None else pounds(hourly), "rate", f"s{number}_d{place}_hourly"),
        )
    new, now = settlement.terms, step.terms_before
    terms = (
        ("Weekly hours", "weekly_hours", new.weekly_hours, now.weekly_hours),
        ("Annual leave, days", "annual_leave_days", new.annual_leave_days, now.annual_leave_days),
        (
            "Paid training, hours a year",
            "paid_training_hours",
            new.paid_training_hours,
            now.paid_training_hours,
        ),
        ("Sleep-in, £", "sleep_in", _pounds(new.sleep_in_micros), _pounds(now.sleep_in_micros)),
        (
            "Waking night, £ beside hourly pay",
            "waking_night",
            _pounds(new.waking_night_micros),
            _pounds(now.waking_night_micros),
        ),
        ("On-call duty, £", "on_call", _pounds(new.on_call_micros), _pounds(now.on_call_micros)),
        (
            "Supervision, hours a year",
            "paid_supervision_hours",
            new.paid_supervision_hours,
            now.paid_supervision_hours,
        ),
        (
            "Employer pension",
            "employer_pension",
            _share(new.employer_pension_ppm),
            _share(now.employer_pension_ppm),
        ),
    )
    if any(after is not None for _, _, after, _ in terms):
        sheet.row(*_headings("Term", "New", "Now"))
    for label, key, after, before in terms:
        if after is not None:
            style = "share" if key == "employer_pension" else "number"
            known = "not known" if before is None else before
            sheet.row(
                label, Entry(after, style, f"s{number}_{key}"), Entry(known, style, f"s{number}_{key}_now")
            )


def _headings(*words: str) -> list[Entry]:
    return [Entry(one, "heading") for one in words]


def _amount(name: str, value: int | None) -> float | None:
    if value is None:
        return None
    return value / PPM if name.endswith("_ppm") else pounds(value)


def _pounds(micros: int | None) -> float | None:
    return None if micros is None else pounds(micros)


def _share(ppm: int | None) -> float | None:
    return None if ppm is None else ppm / PPM


def _style(unit: str) -> str:
    return {"share": "share", "pounds/hour": "rate", "yes or no": "whole"}.get(unit, "pounds")
