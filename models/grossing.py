"""Known totals of a sector, and what figures are taken of: the returns alone, or the returns grossed up to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class TotalsUnit(StrEnum):
    """What a known total counts."""

    EMPLOYERS = "employers"
    STAFF = "staff"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class KnownTotal:
    """How many employers, staff or places one kind of employer has in the whole sector.

    An empty ``region`` or ``ownership`` is all of them; ``ownership`` is a type or a family. The size band is in
    staff, both ends included; None is no limit.
    """

    count: float
    region: str = ""
    ownership: str = ""
    size_from: int | None = None
    size_to: int | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """What the cell is told apart by: totals with the same keys divide the sector in one way."""
        sized = self.size_from is not None or self.size_to is not None
        pairs = (("region", self.region), ("ownership", self.ownership), ("size", sized))
        return tuple(key for key, value in pairs if value)


@dataclass(frozen=True, slots=True)
class SectorTotals:
    """Known totals with where they come from. ``refuse_thin``: thin cells are refused, not merged."""

    name: str
    unit: TotalsUnit
    source: str
    dated: date
    totals: tuple[KnownTotal, ...]
    refuse_thin: bool = False


@dataclass(frozen=True, slots=True)
class Grossing:
    """What a sector may be grossed up to. It is done only where ``agreed_on`` has a date: never by itself."""

    totals: SectorTotals | None = None
    agreed_on: date | None = None

    @property
    def is_on(self) -> bool:
        """Whether figures are grossed up."""
        return self.totals is not None and self.agreed_on is not None


@dataclass(frozen=True, slots=True)
class GrossedCell:
    """One cell of the totals as it was used: its name, the employers that returned, and its weight.

    ``returned`` and ``total`` are in the unit of the totals; ``merged`` names the cells that were put together.
    """

    name: str
    employers: int
    staff: float
    returned: float
    total: float
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a figure lacks: what, and how many of whom it is missing for (``staff``, ``rows``…)."""

    what: str
    count: float
    of: str = "staff"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many staff or employers stand behind one measure, of how many, and why the others do not."""

    n: float
    of: float
    unit: str = "staff"
    why: str = ""

    @property
    def left_out(self) -> float:
        """Those that the measure leaves out."""
        return self.of - self.n


@dataclass(frozen=True, slots=True)
class Range:
    """Between which values a grossed figure most likely lies, from resampling employers."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GrossedUp:
    """That figures are grossed up: from how many of how many, to whose totals, when agreed, and what was merged.

    ``agreed_on`` is None only where weights are looked at before they are agreed.
    """

    unit: TotalsUnit
    returned: float
    total: float
    source: str
    dated: date
    agreed_on: date | None
    cells: tuple[GrossedCell, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DataBasis:
    """What figures are taken of: n, what is left out, returned or grossed up, and the date.

    ``employers`` and ``staff`` are those in the data. ``expected`` is how many employers the sector has, as far as
    is known. ``grossed`` is None where the figures are the returns alone.
    """

    employers: int = 0
    expected: float | None = None
    staff: float = 0.0
    dated: date | None = None
    left_out: tuple[LeftOut, ...] = ()
    grossed: GrossedUp | None = None
    counted: Mapping[str, Counted] = field(default_factory=dict)
