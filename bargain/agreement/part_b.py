"""Part B: the fee-and-margin protocol. Sums only: never one employer's margin or name beside a margin."""

from __future__ import annotations

from dataclasses import replace

from bargain.agreement import clauses
from bargain.agreement.annex import grossed_banner, total_cost_table, unpriced
from bargain.agreement.margins import known_accounts, margin_table
from bargain.offers.phrases import Phrases
from bargain.offers.words import describe_fees
from models.agreement import DraftSection
from models.appraisal import Appraisal
from models.offer import Fees, Offer


def has_fees(offer: Offer) -> bool:
    """Whether the offer says anything of fees or margins."""
    return any(step.fees != Fees() for step in offer.settlements)


def part_b(appraisal: Appraisal, p: Phrases) -> tuple[DraftSection, ...]:
    """The sections of the fee-and-margin protocol."""
    return (
        DraftSection("B1", p.say("part_b.purpose_heading"), (p.say("part_b.purpose"),)),
        DraftSection("B2", p.say("part_b.fees_heading"), _fees(appraisal.offer, p)),
        DraftSection("B3", p.say("part_b.limit_heading"), _limit(appraisal.offer, p)),
        DraftSection(
            "B4",
            p.say("part_b.cost_heading"),
            (p.say("part_b.cost"), *grossed_banner(appraisal, p), *unpriced(appraisal.cost, p)),
            (total_cost_table(appraisal.cost, p),),
        ),
        _profits("B5", appraisal, p),
        clauses.open_book("B6", p),
    )


def fee_sentences(offer: Offer, p: Phrases) -> tuple[str, ...]:
    """The rules for fees, dated, without the limits on margins."""
    return tuple(
        p.say("draft.from_date", date=p.day(step.effective), rule=rule)
        for step in offer.settlements
        for rule in describe_fees(replace(step.fees, margin_cap_ppm=None))
    )


def _fees(offer: Offer, p: Phrases) -> tuple[str, ...]:
    if not has_fees(offer):
        return (p.say("part_b.no_fees"),)
    return fee_sentences(offer, p) or (p.say("part_b.no_fee_rule"),)


def _limit(offer: Offer, p: Phrases) -> tuple[str, ...]:
    limits = tuple(
        p.say("part_b.limit", date=p.day(step.effective), percent=p.percent(step.fees.margin_cap_ppm))
        for step in offer.settlements
        if step.fees.margin_cap_ppm is not None
    )
    return (*(limits or (p.say("part_b.no_limit"),)), p.say("part_b.limit_meaning"))


def _profits(section: str, appraisal: Appraisal, p: Phrases) -> DraftSection:
    known = len(known_accounts(appraisal.margins))
    employers = len(appraisal.margins)
    table = margin_table(appraisal.margins, p)
    texts = (
        p.say("part_b.profit"),
        p.say("part_b.profit_count", with_accounts=known, employers=employers),
        p.say("part_b.profit_hidden" if table is None else "part_b.profit_note"),
    )
    return DraftSection(section, p.say("part_b.profit_heading"), texts, () if table is None else (table,))
