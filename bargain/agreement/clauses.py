"""The fixed clauses and facts of law of an agreement draft. The texts are in ``data/wording``."""

from __future__ import annotations

from bargain.offers.phrases import Phrases
from models.agreement import DraftSection, DraftTable
from models.sector import Sector

_IN_FORCE_179 = ("england", "wales", "scotland", "great britain", "gb", "uk", "united kingdom")
_CHILDREN = "child"
_NEGOTIATING_BODY = "employment rights act 2025"


def fact(key: str, p: Phrases) -> str:
    """A fact of law. Only one whose confidence starts with “verified” may be printed."""
    if not p.texts[f"fact.{key}.confidence"].startswith("verified"):
        raise ValueError(f"fact {key} is not verified and must not be printed")
    return p.say(f"fact.{key}.text")


def legal_standing(sector: Sector, p: Phrases) -> tuple[str, ...]:
    """What the law says of such an agreement there, unless the legal basis itself says it already."""
    jurisdiction, described = sector.jurisdiction, f"{sector.pack} {sector.name} {sector.coverage}"
    place = jurisdiction.strip().casefold()
    facts: list[str] = []
    if any(word in place for word in _IN_FORCE_179):
        facts.append(fact("tulrca_179", p))
    told = _NEGOTIATING_BODY in sector.legal_basis.casefold()
    if _CHILDREN in described.casefold() and not told:
        if "england" in place:
            facts.append(fact("era_42_england", p))
        if "wales" in place or "scotland" in place:
            facts.append(fact("era_42_wales_scotland", p))
    return tuple(facts)


def peace_fact(jurisdiction: str, p: Phrases) -> tuple[str, ...]:
    """The law on terms that limit industrial action, where it holds."""
    place = jurisdiction.strip().casefold()
    return (fact("tulrca_180", p),) if any(word in place for word in _IN_FORCE_179) else ()


def disputes(number: str, jurisdiction: str, p: Phrases) -> DraftSection:
    """The dispute ladder and the peace clause."""
    rows = tuple(
        (p.say(f"stage.{stage}"), p.say(f"stage.{stage}_who"), p.say(f"stage.{stage}_days"))
        for stage in ("one", "two", "three", "four", "five")
    )
    headings = tuple(p.say(f"part_a.disputes_{column}") for column in ("stage", "who", "days"))
    return DraftSection(
        number,
        p.say("part_a.disputes_heading"),
        (p.say("part_a.disputes"), p.say("part_a.peace"), *peace_fact(jurisdiction, p)),
        (DraftTable(p.say("part_a.disputes_caption"), headings, rows),),
    )


def training(number: str, p: Phrases) -> DraftSection:
    """Training and development."""
    return DraftSection(number, p.say("part_a.training_heading"), (p.say("part_a.training"),))


def review(number: str, p: Phrases) -> DraftSection:
    """Monitoring, review and variation."""
    texts = tuple(p.say(f"part_a.{key}") for key in ("monitoring", "review", "variation"))
    return DraftSection(number, p.say("part_a.review_heading"), texts)


def still_open(number: str, p: Phrases) -> DraftSection:
    """What the draft leaves to be discussed."""
    return DraftSection(number, p.say("part_a.open_heading"), (p.say("part_a.open"),))


def open_book(number: str, p: Phrases) -> DraftSection:
    """The duty to show the books, and to pass the money on."""
    texts = (p.say("part_b.open_book"), p.say("part_b.pass_on"))
    return DraftSection(number, p.say("part_b.open_book_heading"), texts)
