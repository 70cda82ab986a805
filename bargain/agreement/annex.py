"""The annex: every headline cost with its label, the assumptions, the notes and where the data come from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bargain.agreement.figures import capital, percent, pounds, rounded_text, summing_pounds
from bargain.basis import banner, sentences
from bargain.grossing_range import ranges_of
from bargain.offers.phrases import Phrases
from bargain.register import inputs_of_offer, is_law
from bargain.small_groups import SMALLEST_GROUP
from bargain.wage_law import wage_sentences
from models.agreement import DraftSection, DraftTable
from models.appraisal import Appraisal
from models.assumptions import Assumption, Standing
from models.costing import CostBreakdown
from models.sector import Sector

_MONEY_OF_ONE = re.compile(r"margin|profit|revenue|account|leakage|result|\bfees?\b", re.IGNORECASE)


def annex(sector: Sector, appraisal: Appraisal, fingerprint: str, p: Phrases) -> tuple[DraftSection, ...]:
    """Costing summary, assumptions, notes, data."""
    cost = appraisal.cost
    return (
        DraftSection(
            "D1",
            p.say("annex.cost_heading"),
            (p.say("annex.bases"), *grossed_words(sector, appraisal, p), *unpriced(cost, p)),
            (_headline(cost, p), *_steps(cost, p), *_years(cost, p), *_elements(cost, p)),
        ),
        _assumptions(inputs_of_offer(sector, appraisal.offer), p),
        DraftSection("D3", p.say("annex.notes_heading"), _notes(sector, appraisal, p)),
        DraftSection("D4", p.say("annex.data_heading"), _data(sector, appraisal, fingerprint, p)),
    )


def grossed_words(sector: Sector, appraisal: Appraisal, p: Phrases) -> tuple[str, ...]:
    """That the sums are grossed up, and the range of the full-year cost; nothing where they are the returns alone."""
    if appraisal.basis.grossed is None:
        return ()
    span = ranges_of(sector, appraisal)["cost_full_year"]
    return (
        *grossed_banner(appraisal, p),
        p.say("annex.range", low=pounds(span.low), high=pounds(span.high)),
    )


def grossed_banner(appraisal: Appraisal, p: Phrases) -> tuple[str, ...]:
    """``Grossed up from 168 of 212 employers``, with what that makes of the sums; nothing where it was not done."""
    said = banner(appraisal.basis)
    return (p.say("annex.grossed", banner=said),) if said else ()


def unpriced(cost: CostBreakdown, p: Phrases) -> tuple[str, ...]:
    """What the sums leave out because the sector lacks what is needed to price it."""
    missing = [
        p.say("annex.unpriced_one", element=one.element, why=one.why or p.say("draft.not_known"))
        for one in cost.elements
        if not one.known
    ]
    return (p.say("annex.unpriced", elements=p.listed(missing)),) if missing else ()


def total_cost_table(cost: CostBreakdown, p: Phrases) -> DraftTable:
    """The sums of Part B: full-year, in-year, over the deal, back pay, paid once."""
    rows = (
        ("full_year", cost.full_year),
        ("in_year", cost.in_year_cost),
        ("over_term", cost.over_term),
        ("back_pay", cost.back_pay),
        ("one_off", cost.one_off),
    )
    return DraftTable(
        p.say("part_b.cost_caption"),
        (p.say("annex.measure"), p.say("annex.amount")),
        tuple((p.say(f"annex.{key}"), pounds(value)) for key, value in rows),
        (1,),
    )


def _headline(cost: CostBreakdown, p: Phrases) -> DraftTable:
    """Every headline. In-year and carry-over are rounded so that they add up to the full year."""
    (in_year, carry_over), full_year = summing_pounds((cost.in_year_cost, cost.carry_over_cost))
    if abs(cost.in_year_cost + cost.carry_over_cost - cost.full_year) >= 1:
        in_year, carry_over, full_year = map(
            pounds, (cost.in_year_cost, cost.carry_over_cost, cost.full_year)
        )
    rows = (
        ("paybill_before", pounds(cost.paybill_before)),
        ("paybill_after", pounds(cost.paybill_after)),
        ("labour_before", pounds(cost.labour_before)),
        ("labour_after", pounds(cost.labour_after)),
        ("full_year", full_year),
        ("in_year", in_year),
        ("carry_over", carry_over),
        ("over_term", pounds(cost.over_term)),
        ("back_pay", pounds(cost.back_pay)),
        ("one_off", pounds(cost.one_off)),
        ("level_share", percent(cost.level, p)),
        ("in_year_share", percent(cost.in_year, p)),
        ("carry_over_share", percent(cost.carry_over, p)),
        ("comparable", percent(cost.comparable_rate, p)),
        ("one_percent", pounds(cost.cost_of_one_percent)),
    )
    return DraftTable(
        p.say("annex.headline_caption"),
        (p.say("annex.measure"), p.say("annex.amount")),
        tuple((p.say(f"annex.{key}"), value) for key, value in rows),
        (1,),
    )


def _steps(cost: CostBreakdown, p: Phrases) -> tuple[DraftTable, ...]:
    if len(cost.steps) < 2:
        return ()
    rows = tuple(
        (
            p.day(step.effective),
            p.day(step.paid_from),
            pounds(step.full_year),
            pounds(step.full_year_to_date),
            percent(step.level, p),
            pounds(step.back_pay),
            pounds(step.one_off),
        )
        for step in cost.steps
    )
    keys = ("step", "step_paid", "step_full_year", "step_to_date", "step_level", "back_pay", "one_off")
    headings = tuple(p.say(f"annex.{key}") for key in keys)
    return (DraftTable(p.say("annex.steps_caption"), headings, rows, (2, 3, 4, 5, 6)),)


def _years(cost: CostBreakdown, p: Phrases) -> tuple[DraftTable, ...]:
    if not cost.years:
        return ()
    rows = tuple(
        (p.say("annex.year_span", start=p.day(year.starts)), pounds(year.cost)) for year in cost.years
    )
    headings = (p.say("annex.year"), p.say("annex.year_cost"))
    return (DraftTable(p.say("annex.years_caption"), headings, rows, (1,)),)


def _elements(cost: CostBreakdown, p: Phrases) -> tuple[DraftTable, ...]:
    """The full-year cost by element, and by what it is spent on; parts add up to the printed sums."""
    known = [one for one in cost.elements if one.known]
    if not cost.elements:
        return ()
    amounts, total = summing_pounds([one.total for one in known])
    priced = iter(amounts)
    rows = [
        (capital(one.element), next(priced) if one.known else p.say("draft.not_known"))
        for one in cost.elements
    ]
    by_element = DraftTable(
        p.say("annex.elements_caption"),
        (p.say("annex.element"), p.say("annex.amount")),
        (*rows, (p.say("annex.elements_sum"), total)),
        (1,),
    )
    kinds = {
        "spent_pay": sum(one.pay for one in known),
        "spent_ni": sum(one.employer_ni for one in known),
        "spent_pension": sum(one.pension for one in known),
        "spent_levy": sum(one.levy for one in known),
        "spent_cover": sum(one.cover for one in known),
    }
    shares, whole = summing_pounds(list(kinds.values()))
    spent = [(p.say(f"annex.{key}"), share) for key, share in zip(kinds, shares, strict=True)]
    by_kind = DraftTable(
        p.say("annex.spent_caption"),
        (p.say("annex.spent"), p.say("annex.amount")),
        (*spent, (p.say("annex.spent_sum"), whole)),
        (1,),
    )
    return by_element, by_kind


def _assumptions(assumptions: Sequence[Assumption], p: Phrases) -> DraftSection:
    heading = p.say("annex.assumptions_heading")
    missing = p.say("draft.not_recorded")
    rows = tuple(
        (
            f"{one.label or one.key} ({one.employer})" if one.employer else one.label or one.key,
            missing if one.value is None else f"{_plain(one.value)} {one.unit}".strip(),
            one.source if one.is_sourced else p.say("annex.no_source"),
            p.day(one.dated) if one.dated else missing,
            one.owner or missing,
            p.say("annex.law" if is_law(one) else _STANDING[one.standing]),
        )
        for one in assumptions
    )
    keys = ("assumption", "value", "source", "dated", "owner", "agreed")
    headings = tuple(p.say(f"annex.{key}") for key in keys)
    return DraftSection(
        "D2", heading, (), (DraftTable(p.say("annex.assumptions_caption"), headings, rows, (1,)),)
    )


_STANDING = {Standing.OPEN: "annex.no", Standing.AGREED: "annex.yes", Standing.DISPUTED: "annex.disputed"}


def _plain(value: float) -> str:
    text = rounded_text(value, 6)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _notes(sector: Sector, appraisal: Appraisal, p: Phrases) -> tuple[str, ...]:
    """The costing's notes, without those that speak of one employer's money by name."""
    kept = [note for note in appraisal.notes if not _names_an_employers_money(note, sector)]
    texts = [p.say("annex.note", note=note) for note in kept]
    if len(kept) < len(appraisal.notes):
        texts.append(p.say("annex.notes_left_out"))
    told = wage_sentences(sector, appraisal.offer, others_read=True)
    texts += [p.say("annex.note", note=one) for one in told]
    return tuple(texts) or (p.say("annex.no_notes"),)


def _names_an_employers_money(note: str, sector: Sector) -> bool:
    names = {*sector.workforce.employers, *(one.name for one in sector.employers)}
    named = any(name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", note) for name in names)
    return named and _MONEY_OF_ONE.search(note) is not None


def _data(sector: Sector, appraisal: Appraisal, fingerprint: str, p: Phrases) -> tuple[str, ...]:
    dated = (
        p.say("annex.data_date", date=p.day(sector.data_date))
        if sector.data_date
        else p.say("annex.data_undated")
    )
    return (
        *sentences(appraisal.basis, least=SMALLEST_GROUP),
        dated,
        p.say("annex.fingerprint", fingerprint=fingerprint),
        p.say("annex.counted"),
        p.say("annex.staff_level"),
    )
