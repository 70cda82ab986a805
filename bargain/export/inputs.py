"""The sheets of inputs: statutory parameters with date and source, and the offer in words and numbers."""

from __future__ import annotations

from bargain.export.book import Book, Entry, Sheet
from bargain.export.rates import LIMITS, RULE_PARTS, TAPER, pounds, said_of
from bargain.export.term_formulas import anchor_of
from bargain.offers.words import describe_offer, describe_rule
from bargain.parameters.load import ON_COST_KEYS, parameters, value_on
from bargain.register import held_inputs, law_values
from bargain.settings import SETTING, WEEKS
from models.assumptions import Assumption
from models.offer import Offer
from models.parameters import DatedValue
from models.sector import Sector
from models.units import PPM
from models.working import WorkedStep, Working

_LOOKED_UP = {
    "cover_share",
    WEEKS,
    f"{SETTING}.scale_hours",
}  # inputs that have a row with an address of their own
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
    "at_most_hourly_micros": "At most, £ an hour",
    "percent_of_first_micros": "Percent on so much pay, £",
    "pay_above_micros": "Pay above, £",
    "pay_up_to_micros": "Pay up to, £",
    "from_pay_micros": "Taper from, £",
    "to_pay_micros": "Taper to, £",
    "to_percent_ppm": "Percent at its end",
    "to_cash_micros": "Cash at its end, £",
}


def parameter_sheet(book: Book, sector: Sector, offer: Offer, working: Working) -> None:
    """Every statutory figure of every step, what bounds its terms, and what the sector assumes."""
    sheet = book.sheet("Parameters", widths=(46, 22, 14, 14, 14, 60, 22, 22), freeze="A4")
    sheet.row(Entry("Parameters", "title"))
    sheet.row(
        "What formulas look up: change a value above the line “Kept for the record” and everything follows."
    )
    sheet.row(*_headings("What", "For", "Value", "Unit", "Holds from", "Source", "Checked", "Owner"))
    for number, step in enumerate(working.steps, 1):
        day = step.settlement.effective
        for key in ON_COST_KEYS:
            _law_row(sheet, key, value_on(key, day), f"step {number}, {day.isoformat()}", f"s{number}_{key}")
        for key in _law_of_terms(step):
            _law_row(sheet, key, value_on(key, day), f"terms of step {number}, {day}", f"s{number}_{key}")
    in_terms = {key for step in working.steps for key in _law_of_terms(step)}
    for key, held in law_values(sector, offer):
        if key not in ON_COST_KEYS and key not in in_terms:
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
    sheet.row("One per cent", "cost of 1 %", Entry(0.01, "share", "one_percent"), "share")
    sheet.row()
    sheet.row(
        Entry("Kept for the record: formulas find these in the columns of Cells that name them", "heading")
    )
    for one in held_inputs(sector):
        if one.key not in _LOOKED_UP and one.value is not None:
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


def _law_of_terms(step: WorkedStep) -> list[str]:
    """The statutory figures that formulas of a step's terms look up, where they hold on its day."""
    terms = step.settlement.terms
    keys = [
        key
        for field, names in (
            (terms.sick_pay_full_weeks, ("sick_pay_rate", "sick_pay_share")),
            (terms.maternity_full_weeks, ("maternity_pay_rate", "maternity_pay_share")),
        )
        if field is not None
        for key in names
    ]
    day = step.settlement.effective
    return [key for key in keys if parameters()[key].values[0].starts <= day]


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
    more = [
        name for name in (*LIMITS, *TAPER) if any(said_of(one, name) is not None for one in settlement.pay)
    ]
    if settlement.pay:
        sheet.row(*_headings("Pay rule", *(_PARTS[name] for name in (*RULE_PARTS, *more))))
    for place, rule in enumerate(settlement.pay, 1):
        entries = [
            Entry(
                _amount(name, said_of(rule, name)),
                "share" if name.endswith("_ppm") else "pounds",
                f"s{number}_r{place}_{name}",
            )
            for name in (*RULE_PARTS, *more)
        ]
        sheet.row(Entry(describe_rule(rule)[0], "wrap"), *entries)
    if settlement.floor_micros is not None:
        sheet.row("Lowest hourly rate", Entry(pounds(settlement.floor_micros), "rate", f"s{number}_floor"))
    if settlement.floor_annual_micros is not None:
        annual = pounds(settlement.floor_annual_micros)
        sheet.row("Lowest full-time year", Entry(annual, "pounds", f"s{number}_floor_annual"))
    for place, gap in enumerate(settlement.differentials, 1):
        percent = 0.0 if gap.at_least_percent_ppm is None else gap.at_least_percent_ppm / PPM
        hourly = gap.at_least_hourly_micros
        sheet.row(
            f"{gap.grade} over {gap.over}: at least",
            Entry(percent, "share", f"s{number}_d{place}_percent"),
            Entry(None if hourly is None else pounds(hourly), "rate", f"s{number}_d{place}_hourly"),
        )
    new, now = settlement.terms, step.terms_before
    terms: tuple[tuple[str, str, float | None, float | None], ...] = (
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
    allowances = settlement.allowances_ppm
    terms += (
        ("Overtime premium", "overtime", _share(new.overtime_ppm), _share(now.overtime_ppm)),
        (
            "Sick pay at full pay, weeks",
            "sick_pay_full_weeks",
            new.sick_pay_full_weeks,
            now.sick_pay_full_weeks,
        ),
        (
            "Maternity pay at full pay, weeks",
            "maternity_full_weeks",
            new.maternity_full_weeks,
            now.maternity_full_weeks,
        ),
        ("Family leave, days", "family_leave_days", new.family_leave_days, now.family_leave_days),
        *(
            (
                f"Premium for unsocial hours: {kind}",
                anchor_of(kind),
                ppm / PPM,
                _share(dict(now.unsocial_ppm).get(kind)),
            )
            for kind, ppm in new.unsocial_ppm
        ),
    )
    if allowances is not None:
        sheet.row("All allowances together", Entry(allowances / PPM, "share", f"s{number}_allowances"))
    if any(after is not None for _, _, after, _ in terms):
        sheet.row(*_headings("Term", "New", "Now"))
    for label, key, after, before in terms:
        if after is not None:
            style = (
                "share"
                if key in {"employer_pension", "overtime"} or key.startswith("unsocial_")
                else "number"
            )
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
