"""Who sits at the table, for how many staff each party speaks, and how many parties each side has in effect (M4)."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from bargain.plain_names import plain_name
from bargain.staying_in import effective_parties
from models.choices import Seat, SideAtTable, SizeFrom
from models.issues import UnusableInput
from models.party import PartnerGroup, Party
from models.sector import Sector
from models.what_if import StayingPlan

SIDES = (PartnerGroup.WORKERS, PartnerGroup.EMPLOYERS)
_MOST_STAFF = 100_000_000.0


def at_the_table(sector: Sector, plan: StayingPlan) -> tuple[SideAtTable, ...]:
    """The workers' and the employers' side, as the sector's parties and the plan's unions have them.

    A party whose size is not stated speaks for the members of the union of its name, or for the staff of the
    employer of its name; a party of neither is not known, and then neither is its side's number.
    """
    members = {one.name.casefold(): one.members for one in plan.unions}
    staff = _heads(sector)
    found = []
    for group in SIDES:
        own = members if group is PartnerGroup.WORKERS else staff
        source = SizeFrom.UNION if group is PartnerGroup.WORKERS else SizeFrom.STAFF
        seats = tuple(_seat(one, own, source) for one in sector.parties if one.group is group)
        unknown = tuple(one.party.name for one in seats if one.speaks_for is None)
        sizes = [] if unknown else [one.speaks_for or 0.0 for one in seats]
        total = sum(sizes) if sizes else None
        found.append(SideAtTable(group, seats, unknown, total, effective_parties(sizes)))
    return tuple(found)


def _seat(party: Party, own: dict[str, float | None], source: SizeFrom) -> Seat:
    if party.speaks_for is not None:
        return Seat(party, party.speaks_for, SizeFrom.STATED)
    size = own.get(party.name.casefold())
    return Seat(party, size, SizeFrom.NOT_KNOWN if size is None else source)


def _heads(sector: Sector) -> dict[str, float | None]:
    """Staff of every employer in the data, by name without capitals."""
    force = sector.workforce
    size = len(force.employers)
    each = np.bincount(force.employer_code, weights=force.heads, minlength=size).tolist()
    return {name.casefold(): count for name, count in zip(force.employers, each, strict=True) if count}


def with_party(sector: Sector, party: Party, *, instead_of: str = "") -> Sector:
    """The sector with a party at its table, at the end or in the place of another.

    Raises UnusableInput for a party without a name, a name that another party has, or a size that can't be.
    """
    party = replace(party, name=plain_name(party.name), kind=plain_name(party.kind))
    if not party.name:
        raise UnusableInput("The party has no name; give it the name that it signs with.")
    others = [one.name.casefold() for one in sector.parties if one.name != instead_of]
    if party.name.casefold() in others:
        raise UnusableInput(
            f"“{party.name}” is at the table already; change that party, or use another name."
        )
    size = party.speaks_for
    if size is not None and not (math.isfinite(size) and 0 <= size <= _MOST_STAFF):
        raise UnusableInput(
            f"“{party.name}” can't speak for {size:g} staff; give how many it speaks for, from 0."
        )
    if any(one.name == instead_of for one in sector.parties):
        changed = tuple(party if one.name == instead_of else one for one in sector.parties)
        return replace(sector, parties=changed)
    return replace(sector, parties=(*sector.parties, party))


def without_party(sector: Sector, name: str) -> Sector:
    """The sector without a party. Raises UnusableInput where there is none of that name."""
    rest = tuple(one for one in sector.parties if one.name != name)
    if len(rest) == len(sector.parties):
        known = ", ".join(f"“{one.name}”" for one in sector.parties) or "nobody"
        raise UnusableInput(f"There is no party “{name}” at the table; there is {known}.")
    return replace(sector, parties=rest)
