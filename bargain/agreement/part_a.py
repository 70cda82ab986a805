"""Part A: the collective agreement on pay and conditions."""

from __future__ import annotations

from bargain.agreement import clauses
from bargain.agreement.figures import count, may_show_staff
from bargain.agreement.leaving import leaving
from bargain.agreement.rates import grade_table, hides_a_rate, scale_note, scale_table
from bargain.offers.phrases import Phrases
from bargain.offers.words import describe_differential, describe_order, describe_pay, describe_terms_values
from bargain.terms_today import terms_today
from models.agreement import DraftSection, DraftTable
from models.appraisal import Appraisal
from models.offer import Offer
from models.party import PartnerGroup
from models.sector import Sector
from models.terms import Terms

_LISTED_EMPLOYERS = 30  # beyond this a list hides more than it tells


def part_a(sector: Sector, appraisal: Appraisal, p: Phrases) -> tuple[DraftSection, ...]:
    """The twelve sections of the collective agreement, and one on leaving where the sector marks a clause for it."""
    offer = appraisal.offer
    on_leaving = leaving("A12", sector, p)
    return (
        _recognition("A1", sector, p),
        _coverage("A2", sector, p),
        _term("A3", offer, p),
        _pay("A4", offer, p),
        _differentials("A5", offer, p),
        _rates("A6", sector, appraisal, p),
        _terms("A7", sector, offer, p),
        _favourability("A8", appraisal, p),
        clauses.training("A9", p),
        clauses.disputes("A10", sector.jurisdiction, p),
        clauses.review("A11", p),
        *on_leaving,
        clauses.still_open("A13" if on_leaving else "A12", p),
    )


def side(sector: Sector, group: PartnerGroup, p: Phrases) -> str:
    """The names of a group's organisations, or that they are to be named."""
    names = [party.name for party in sector.parties if party.group is group]
    return p.listed(names) if names else p.say("draft.to_be_named")


def employers_in_use(sector: Sector) -> tuple[str, ...]:
    """The employers whose staff are in the data."""
    force = sector.workforce
    held = set(force.employer_code[force.heads > 0].tolist())
    return tuple(name for code, name in enumerate(force.employers) if code in held)


def _recognition(section: str, sector: Sector, p: Phrases) -> DraftSection:
    sides = p.say(
        "part_a.recognition",
        workers=side(sector, PartnerGroup.WORKERS, p),
        employers=side(sector, PartnerGroup.EMPLOYERS, p),
    )
    return DraftSection(
        section, p.say("part_a.recognition_heading"), (sides, p.say("part_a.recognition_clause"))
    )


def _coverage(section: str, sector: Sector, p: Phrases) -> DraftSection:
    texts = [p.say("part_a.coverage", coverage=sector.coverage.rstrip(". "))] if sector.coverage else []
    if sector.grades:
        texts.append(p.say("part_a.coverage_grades", grades=p.listed(sector.grades)))
    else:
        texts.append(p.say("part_a.coverage_no_grades"))
    employers = employers_in_use(sector)
    if not employers:
        texts.append(p.say("part_a.coverage_no_employers"))
    elif len(employers) <= _LISTED_EMPLOYERS:
        texts.append(p.say("part_a.coverage_employers", employers=p.listed(employers)))
    else:
        texts.append(p.say("part_a.coverage_count", count=f"{len(employers):,}"))
    return DraftSection(section, p.say("part_a.coverage_heading"), tuple(texts))


def _term(section: str, offer: Offer, p: Phrases) -> DraftSection:
    if not offer.settlements:
        text = p.say("part_a.term_none")
    elif offer.ends is None:
        text = p.say("part_a.term_open", start=p.day(offer.settlements[0].effective))
    else:
        text = p.say("part_a.term", start=p.day(offer.settlements[0].effective), end=p.day(offer.ends))
    return DraftSection(section, p.say("part_a.term_heading"), (text, p.say("part_a.term_after")))


def _pay(section: str, offer: Offer, p: Phrases) -> DraftSection:
    texts: list[str] = []
    count_of_steps = len(offer.settlements)
    for index, step in enumerate(offer.settlements, start=1):
        if count_of_steps > 1:
            day = p.day(step.effective)
            texts.append(p.say("offer.step", number=index, count=count_of_steps, date=day))
        texts += describe_pay(step)
        texts += describe_order(step)
    return DraftSection(section, p.say("part_a.pay_heading"), tuple(texts) or (p.say("offer.empty"),))


def _differentials(section: str, offer: Offer, p: Phrases) -> DraftSection:
    texts = tuple(
        p.say("draft.from_date", date=p.day(step.effective), rule=describe_differential(one))
        for step in offer.settlements
        for one in step.differentials
    )
    heading = p.say("part_a.differentials_heading")
    return DraftSection(section, heading, texts or (p.say("part_a.no_differentials"),))


def _rates(section: str, sector: Sector, appraisal: Appraisal, p: Phrases) -> DraftSection:
    heading = p.say("part_a.rates_heading")
    before, after = appraisal.scale_before, appraisal.scale_after
    if before is not None and after is not None:
        new_spine = any(step.spine is not None for step in appraisal.offer.settlements)
        table = scale_table(before, after, p, new_spine=new_spine)
        return DraftSection(section, heading, (scale_note(after, p),), (table,))
    table = grade_table(sector, appraisal, p)
    if not table.rows:
        return DraftSection(section, heading, (p.say("rates.none"),))
    texts = [p.say("rates.grades_note")]
    if hides_a_rate(table, p):
        texts.append(p.say("rates.few"))
    return DraftSection(section, heading, tuple(texts), (table,))


def _terms(section: str, sector: Sector, offer: Offer, p: Phrases) -> DraftSection:
    """Every condition with its old value and what each step makes of it."""
    now = _shown(terms_today(sector), p)
    steps = [step for step in offer.settlements if step.terms != Terms()]
    changes = [_shown(step.terms, p) for step in steps]
    keys = [key.removeprefix("condition.") for key in p.texts if key.startswith("condition.")]
    missing, same = p.say("draft.not_recorded"), p.say("draft.no_change")
    rows = tuple(
        (
            p.say(f"condition.{key}"),
            now.get(key, missing),
            *(change.get(key, same) for change in changes),
        )
        for key in keys
    )
    headings = (
        p.say("part_a.terms_name"),
        p.say("part_a.terms_now"),
        *(p.say("part_a.terms_from", date=p.day(step.effective)) for step in steps),
    )
    texts = () if steps else (p.say("part_a.terms_none"),)
    table = DraftTable(p.say("part_a.terms_caption"), headings, rows)
    return DraftSection(section, p.say("part_a.terms_heading"), texts, (table,))


def _shown(terms: Terms, p: Phrases) -> dict[str, str]:
    """Values for the table: as in sentences, without the sentence."""
    values = describe_terms_values(terms)
    if terms.paid_travel_time is not None:
        values["travel"] = p.say(
            "condition_value.paid" if terms.paid_travel_time else "condition_value.unpaid"
        )
    if terms.zero_hours is not None:
        known = terms.zero_hours == "guaranteed"
        values["zero_hours"] = p.say("condition_value.guaranteed") if known else terms.zero_hours
    return values


def _favourability(section: str, appraisal: Appraisal, p: Phrases) -> DraftSection:
    kept = appraisal.cost.protected_heads
    if kept <= 0:
        told = p.say("part_a.favour_none")
    elif may_show_staff(kept / max(one.represents for one in appraisal.cost.by_employer)):
        told = p.say("part_a.favour_kept", count=count(kept))
    else:
        told = p.say("part_a.favour_few")
    return DraftSection(section, p.say("part_a.favour_heading"), (p.say("part_a.favour"), told))
