"""What other sheets need to know of the Cells sheet: its states and elements, and the keys of their columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from bargain.export.book import Table
from bargain.export.collapse import Cells
from bargain.export.gaps import Stood
from models.working import PricedState


@dataclass(frozen=True, slots=True)
class StateKeys:
    """One priced state: the id in its column keys, its step (from 1), its name, and the cover beside it."""

    id: str
    step: int
    name: str
    priced: PricedState


@dataclass(frozen=True, slots=True)
class StageKeys:
    """One element of a step: the states between which it lies, and whether it has a column of cover."""

    element: str
    step: int
    before: StateKeys
    after: StateKeys
    stage: PricedState
    cover: str


@dataclass(eq=False)
class CellSheet:
    """The table with the keys that other sheets need."""

    table: Table
    cells: Cells
    states: list[StateKeys] = field(default_factory=list)
    stages: list[StageKeys] = field(default_factory=list)
    ends: list[tuple[StateKeys, StateKeys]] = field(default_factory=list)
    once: dict[int, StateKeys] = field(default_factory=dict)
    stood: list[Stood] = field(default_factory=list)
    values_only: bool = False

    def basic(self, state: StateKeys) -> float:
        """The basic pay bill of a state, £ a year."""
        column = next(one for one in self.table.columns if one.key == f"basic_{state.id}")
        return float(column.total or 0.0)
