"""The clauses on leaving: what binds an employer to the agreement, as the sector records it and only where it says so."""

from __future__ import annotations

from bargain.agreement.figures import capital, pounds
from bargain.constraints import clauses_on_leaving
from bargain.offers.phrases import Phrases
from models.agreement import DraftSection
from models.sector import Sector
from models.what_if import Constraint


def leaving(number: str, sector: Sector, p: Phrases) -> tuple[DraftSection, ...]:
    """One section with a lettered clause for each thing that leaving brings; none where the sector marks none.

    What an employer would gain by leaving, and whether the clause covers it, is never printed.
    """
    found = clauses_on_leaving(sector)
    if not found:
        return ()
    clauses = [
        " ".join(
            part
            for part in (
                p.say("leaving.clause", letter=_letter(at), clause=capital(words)),
                p.say("leaving.binds", employers=p.listed(one.employer for one in held)),
                _worth(held, p),
            )
            if part
        )
        for at, (words, held) in enumerate(found)
    ]
    texts = (p.say("leaving.intro"), *clauses, p.say("leaving.others"))
    return (DraftSection(number, p.say("leaving.heading"), texts),)


def leaving_warnings(sector: Sector, p: Phrases) -> tuple[str, ...]:
    """Employers that a clause binds and of whom there are no staff in the data."""
    here = set(sector.workforce.employers)
    bound = dict.fromkeys(one.employer for _, held in clauses_on_leaving(sector) for one in held)
    gone = [name for name in bound if name not in here]
    return (p.say("warning.leaving_gone", employers=p.listed(gone)),) if gone else ()


def _worth(held: tuple[Constraint, ...], p: Phrases) -> str:
    told = [
        p.say("leaving.amount", cash=pounds(one.pounds), employer=one.employer)
        for one in held
        if one.tells_worth and one.pounds is not None
    ]
    return p.say("leaving.worth", amounts=p.listed(told)) if told else ""


def _letter(at: int) -> str:
    """The letters in their order, then two together, as columns of a spreadsheet have them."""
    first, last = divmod(at, 26)
    return (_letter(first - 1) if first else "") + chr(ord("a") + last)
