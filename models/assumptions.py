"""What the costing assumes, each with its source: never a silent default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

YES_OR_NO = "1 yes, 0 no"  # the unit of an input that is one or the other


class Standing(StrEnum):
    """How the partners stand to an input."""

    OPEN = "not agreed"
    AGREED = "agreed"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One input: value, unit, source, date, owner, and how the partners stand to it.

    ``employer`` names the one employer for which the value holds; empty means every employer that has none
    of its own. ``disputed`` says that a partner has objected; it stands above ``agreed``.
    """

    key: str
    label: str
    value: float | None
    unit: str
    source: str = ""
    dated: date | None = None
    owner: str = ""
    agreed: bool = False
    disputed: bool = False
    employer: str = ""

    @property
    def standing(self) -> Standing:
        """Agreed, disputed, or neither yet."""
        if self.disputed:
            return Standing.DISPUTED
        return Standing.AGREED if self.agreed else Standing.OPEN

    @property
    def is_sourced(self) -> bool:
        """Whether somebody can look up where the value comes from."""
        return bool(self.source.strip())
