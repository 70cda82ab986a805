"""Employers from whom a return is awaited: known by name before they have sent anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bargain.plain_names import plain_name
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector

_LONGEST = 200


def add_awaited(sector: Sector, names: Iterable[str]) -> Sector:
    """The sector with these employers among those it knows; names it has already are passed over.

    Names are compared without regard to case. Raises UnusableInput where no name is new.
    """
    known = {
        name.casefold() for name in (*sector.workforce.employers, *(one.name for one in sector.employers))
    }
    added: list[Employer] = []
    for line in names:
        name = plain_name(line, longest=_LONGEST + 1)
        if len(name) > _LONGEST:
            raise UnusableInput(
                f"“{name[:40]}…” is too long to be an employer's name; write one name a line."
            )
        if name and name.casefold() not in known:
            known.add(name.casefold())
            added.append(Employer(name))
    if not added:
        raise UnusableInput("There is no new name in the list; write one employer a line.")
    return replace(sector, employers=(*sector.employers, *added))
