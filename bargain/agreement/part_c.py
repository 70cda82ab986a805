"""Part C: the children's partner: room for its statement, what changes in plain words, and assent."""

from __future__ import annotations

from bargain.agreement.annex import grossed_banner
from bargain.agreement.figures import count, may_show_staff, pounds, rate
from bargain.agreement.part_a import employers_in_use
from bargain.agreement.part_b import fee_sentences
from bargain.agreement.rates import rates_at
from bargain.offers.phrases import Phrases
from bargain.offers.words import describe_terms
from bargain.small_groups import may_tell_place, told_rate
from models.agreement import DraftSection, DraftTable
from models.appraisal import Appraisal
from models.party import PartnerGroup
from models.sector import Sector

_WRITING_LINES = 8
_ANSWER_LINES = 4


def part_c(sector: Sector, appraisal: Appraisal, p: Phrases) -> tuple[DraftSection, ...]:
    """Statement, summary, assent."""
    statement = DraftTable(p.say("part_c.statement_caption"), ("",), (("",),) * _WRITING_LINES)
    asked = DraftTable(
        p.say("part_c.asked_caption"),
        (p.say("part_c.asked"), p.say("part_c.answer")),
        (("", ""),) * _ANSWER_LINES,
    )
    return (
        DraftSection("C1", p.say("part_c.statement_heading"), (p.say("part_c.statement"),), (statement,)),
        DraftSection("C2", p.say("part_c.summary_heading"), _summary(sector, appraisal, p), (asked,)),
        DraftSection("C3", p.say("part_c.assent_heading"), (p.say("part_c.assent"),), (_positions(p),)),
    )


def group_name(group: PartnerGroup, p: Phrases) -> str:
    """A partner group as it is printed."""
    return p.say(f"group.{group.name.lower()}")


def _positions(p: Phrases) -> DraftTable:
    headings = tuple(
        p.say(f"part_c.{key}") for key in ("position_group", "position_part", "position", "reason")
    )
    rows = tuple((group_name(group, p), p.say("part_c.all_parts"), "", "") for group in PartnerGroup)
    return DraftTable(p.say("part_c.positions_caption"), headings, rows)


def _summary(sector: Sector, appraisal: Appraisal, p: Phrases) -> tuple[str, ...]:
    """What changes, for readers who have never seen a pay bill."""
    texts = list(_pay_summary(sector, appraisal, p))
    texts.append(p.say("part_c.summary_cost", cost=pounds(appraisal.cost.full_year)))
    texts += grossed_banner(appraisal, p)
    offer = appraisal.offer
    texts += [
        p.say("part_c.summary_terms", terms=sentence)
        for step in offer.settlements
        for sentence in describe_terms(step.terms)
    ]
    fees = fee_sentences(offer, p)
    texts += [p.say("part_c.summary_fees", rule=rule) for rule in fees]
    if not fees:
        texts.append(p.say("part_c.summary_no_fees"))
    return tuple(texts)


def _pay_summary(sector: Sector, appraisal: Appraisal, p: Phrases) -> tuple[str, ...]:
    heads = sector.workforce.heads
    total = float(heads.sum())
    if not may_show_staff(total):
        return (p.say("part_c.summary_nobody"),)
    employers = len(employers_in_use(sector))
    key = "part_c.summary_staff_one" if employers == 1 else "part_c.summary_staff"
    texts = [p.say(key, staff=count(total), employers=employers)]
    gaining = float(heads[appraisal.hourly_after > appraisal.hourly_before].sum())
    if gaining == total:
        texts.append(p.say("part_c.summary_gain_all"))
    elif may_show_staff(gaining) and may_show_staff(total - gaining):
        texts.append(p.say("part_c.summary_gain", count=count(gaining)))
    if may_tell_place(0.5, total):
        counted = appraisal.workforce_after.heads  # grossed up where that is agreed
        rates = (
            rates_at((0.5,), one, counted)[0] for one in (appraisal.hourly_before, appraisal.hourly_after)
        )
        old, new = (f"£{rate(told_rate(one))}" for one in rates)
        texts.append(p.say("part_c.summary_median", old=old, new=new))
    texts.append(p.say("part_c.summary_nobody"))
    return tuple(texts)
