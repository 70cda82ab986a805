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


@dataclass(frozen=True, slots=True)
class Party:
    """One organisation at the table and the group for which it sits."""

    name: str
    group: PartnerGroup
    kind: str = ""
