"""The partners at the table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartnerGroup(StrEnum):
    """A group that holds seats and assent as one."""

    WORKERS = "workers"
    EMPLOYERS = "employers"
    COMMISSIONERS = "commissioners"
    CHILDREN = "children looked after"


# The kinds of party of the social partnership declarations, in the order of the groups (requirements S0-07).
PARTY_KINDS = (
    "trade union",
    "professional association",
    "employer federation",
    "unaffiliated employer",
    "commissioner",
    "government",
    "NHS body",
    "children's representative body",
    "voluntary sector body",
)


@dataclass(frozen=True, slots=True)
class Party:
    """One organisation at the table and the group for which it sits.

    ``speaks_for``: how many staff in scope it speaks for (a union's members, the staff of a federation's members);
    None is not known.
    """

    name: str
    group: PartnerGroup
    kind: str = ""
    speaks_for: float | None = None
