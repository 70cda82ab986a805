"""Grossing up: what was returned, weighted to the known totals of the sector, a cell of employers at a time.

Post-stratification where the totals divide the sector in one way; raking (iterative proportional fitting) where they
do so in several (methods, section 5). A cell in which too few returned joins its neighbour in the list of totals, and
that is said. Nothing is ever grossed up that was not agreed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bargain.kept import kept_of
from models.employer import Employer, ownership_matches
from models.grossing import GrossedCell, GrossedUp, KnownTotal, SectorTotals, TotalsUnit
from models.issues import UnusableInput
from models.sector import Sector
from models.units import FloatColumn
from models.workforce import Workforce

LEAST_EMPLOYERS = 3  # behind a weight; fewer say too little of the others of their kind
_ROUNDS = 1000
_CLOSE = 1e-12
_HALF = 0.5
_NAMED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """One way in which totals divide the sector: the cell of each employer, and each cell's total.

    code: shape (n_employers,), -1 for an employer without staff.  total: shape (n_cells,).
    """

    cells: tuple[GrossedCell, ...]
    code: NDArray[np.intp]
    total: FloatColumn


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    """The weight of every employer, shape (n_employers,), 0 for one without staff, and how it came about.

    size: what the totals count, an employer.  divisions: the first one's cells are what is resampled.
    """

    weights: FloatColumn
    size: FloatColumn
    divisions: tuple[Division, ...]
    told: GrossedUp


def grossed(sector: Sector) -> Sector:
    """The sector whose posts stand for the whole: heads × weight; itself where grossing up is not agreed.

    Each employer's ``represents`` is its weight, so that what belongs to one employer (an allowance, a levy) is
    counted once for every employer that it stands for. Raises UnusableInput where the totals do not fit.
    """
    if not sector.grossing.is_on or not len(sector.workforce):
        return sector
    force, employers = kept_of(sector.workforce, "grossed", sector.grossing, sector.employers).of(
        "sector", lambda: _weighed(sector)
    )
    done = replace(sector.grossing, agreed_on=None)  # it can't be done twice
    return replace(sector, workforce=force, employers=employers, grossing=done)


def _weighed(sector: Sector) -> tuple[Workforce, tuple[Employer, ...]]:
    """Every post's heads times its employer's weight, and the employers with what they stand for."""
    weighting = weighting_of(sector)
    force = sector.workforce
    heads = force.heads * weighting.weights[force.employer_code]
    known = {one.name: one for one in sector.employers}
    weighed = {
        name: replace(known.get(name, Employer(name)), represents=float(weight) or 1.0)
        for name, weight in zip(force.employers, weighting.weights, strict=True)
    }
    employers = (
        *(weighed.get(one.name, one) for one in sector.employers),
        *(one for name, one in weighed.items() if name not in known),
    )
    return replace(force, heads=heads), employers


def weighting_of(sector: Sector) -> Weighting:
    """Every employer's weight. Raises UnusableInput where totals are missing, too small or contradict one another."""
    totals = sector.grossing.totals
    if totals is None or not totals.totals:
        raise UnusableInput(
            "The sector has no known totals to gross up to; read a totals file first (bargain gross --totals)."
        )
    return _weighting(_Facts.of(sector, totals.unit), totals, sector.grossing.agreed_on)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What weights follow from, and nothing else: so that a sector whose staff did not change is weighed once."""

    names: tuple[str, ...]
    staff: tuple[float, ...]
    size: tuple[float | None, ...]
    regions: tuple[str, ...]
    owners: tuple[str, ...]
    records: tuple[Employer, ...]

    @classmethod
    def of(cls, sector: Sector, unit: TotalsUnit) -> _Facts:
        force = sector.workforce
        staff = staff_by_employer(sector)
        known = {one.name: one for one in sector.employers}
        records = tuple(known.get(name, Employer(name)) for name in force.employers)
        size: tuple[float | None, ...]
        if unit is TotalsUnit.EMPLOYERS:
            size = tuple(1.0 for _ in staff)
        elif unit is TotalsUnit.STAFF:
            size = tuple(staff.tolist())
        else:
            size = tuple(_places(sector, name) for name in force.employers)
        return cls(
            force.employers,
            tuple(staff.tolist()),
            size,
            tuple(one.region for one in records),
            tuple(str(one.ownership) for one in records),
            records,
        )


def staff_by_employer(sector: Sector) -> FloatColumn:
    """Heads of every employer in the workforce's order, shape (n_employers,)."""
    force = sector.workforce
    sums = np.bincount(force.employer_code, weights=force.heads, minlength=len(force.employers))
    return sums.astype(np.float64)


def _places(sector: Sector, name: str) -> float | None:
    """The places in the latest accounts that say so."""
    told = [one for one in sector.accounts if one.employer == name and one.beds is not None]
    return max(told, key=lambda one: str(one.year_end or "")).beds if told else None


@lru_cache(maxsize=8)
def _weighting(facts: _Facts, totals: SectorTotals, agreed_on: date | None) -> Weighting:
    held = np.array(facts.staff) > 0
    unknown = [
        name
        for name, size, is_held in zip(facts.names, facts.size, held, strict=True)
        if is_held and not size
    ]
    if unknown:
        raise UnusableInput(
            f"“{totals.name}” counts {totals.unit}, and the {totals.unit} of {_listed(unknown)} are not known; "
            "read their accounts, or use totals of employers or staff."
        )
    size = np.array([one or 0.0 for one in facts.size])
    divisions, notes = [], []
    for keys in dict.fromkeys(one.keys for one in totals.totals):
        rows = [one for one in totals.totals if one.keys == keys]
        division, said = _division(facts, rows, size=size, held=held, totals=totals)
        divisions.append(division)
        notes += said
    sums = [float(one.total.sum()) for one in divisions]
    if max(sums) - min(sums) > _HALF:
        shown = " and ".join(f"{one:,.0f}" for one in sums)
        raise UnusableInput(
            f"“{totals.name}”: the ways in which it divides the sector add up to {shown} {totals.unit}; "
            "each must add up to the same, so mend the counts."
        )
    weights = raked(held.astype(np.float64)[np.newaxis], divisions, size=size, name=totals.name)[0]
    told = GrossedUp(
        unit=totals.unit,
        returned=float(size[held].sum()),
        total=sums[0],
        source=totals.source,
        dated=totals.dated,
        agreed_on=agreed_on,
        cells=divisions[0].cells,
        notes=tuple(notes),
    )
    weights.flags.writeable = False
    return Weighting(weights, size, tuple(divisions), told)


def raked(start: FloatColumn, divisions: Sequence[Division], *, size: FloatColumn, name: str) -> FloatColumn:
    """Weights that meet every total, as near as can be to where they start.

    start: shape (n_trials, n_employers).  Returns the same shape.  With one division it is post-stratification and
    exact at once.
    """
    weights = start.copy()
    for _ in range(_ROUNDS):
        furthest = 0.0
        for one in divisions:
            held = one.code >= 0
            member = np.zeros((len(one.code), len(one.total)))
            member[np.flatnonzero(held), one.code[held]] = size[held]
            factors = one.total / (weights @ member)
            furthest = max(furthest, float(np.abs(factors - 1).max(initial=0.0)))
            weights[:, held] *= factors[:, one.code[held]]
        if len(divisions) == 1 or furthest < _CLOSE:
            return weights
    raise UnusableInput(
        f"“{name}”: no weights meet all of its totals together with the employers that returned; use fewer ways of "
        "dividing the sector, or wider bands."
    )


@dataclass(slots=True)
class _Cell:
    """A cell while cells are being merged."""

    names: list[str]
    total: float
    members: list[int]

    def returned(self, size: FloatColumn) -> float:
        return float(size[self.members].sum())

    def is_thin(self, size: FloatColumn) -> bool:
        whole = abs(self.returned(size) - self.total) < _CLOSE * max(self.total, 1.0)
        return len(self.members) < LEAST_EMPLOYERS and not (whole and self.members)


def _division(
    facts: _Facts,
    rows: Sequence[KnownTotal],
    *,
    size: FloatColumn,
    held: NDArray[np.bool_],
    totals: SectorTotals,
) -> tuple[Division, list[str]]:
    """The cells of one way of dividing, thin ones merged, with what was merged in words."""
    cells = [_Cell([cell_name(row)], row.count, []) for row in rows]
    homeless = []
    for at in np.flatnonzero(held).tolist():
        places = [place for place, row in enumerate(rows) if _fits(row, facts, at)]
        if len(places) > 1:
            first, second = (cells[place].names[0] for place in places[:2])
            raise UnusableInput(
                f"“{totals.name}”: {facts.names[at]} falls under “{first}” and under “{second}”; the cells must not "
                "overlap."
            )
        if places:
            cells[places[0]].members.append(at)
        else:
            homeless.append(facts.names[at])
    if homeless:
        raise UnusableInput(
            f"“{totals.name}” has no total for {_listed(homeless)} (region, owner or size not recorded, or not in the "
            "list); record it for the employer, or add a total."
        )
    for cell in cells:
        if cell.returned(size) > cell.total + _HALF:
            raise UnusableInput(
                f"“{totals.name}” says that “{cell.names[0]}” has {cell.total:,.0f} {totals.unit}, but "
                f"{cell.returned(size):,.0f} returned; mend the count."
            )
    cells = [cell for cell in cells if cell.total > 0 or cell.members]
    merged, notes = _merged(cells, size, totals)
    code = np.full(len(facts.names), -1, dtype=np.intp)
    for place, cell in enumerate(merged):
        code[cell.members] = place
    staff = np.array(facts.staff)
    told = tuple(
        GrossedCell(
            name=" + ".join(cell.names),
            employers=len(cell.members),
            staff=float(staff[cell.members].sum()),
            returned=cell.returned(size),
            total=cell.total,
            merged=tuple(cell.names) if len(cell.names) > 1 else (),
        )
        for cell in merged
    )
    return Division(told, code, np.array([cell.total for cell in merged])), notes


def _merged(cells: list[_Cell], size: FloatColumn, totals: SectorTotals) -> tuple[list[_Cell], list[str]]:
    """Cells of too few employers put together with the next one in the list, the last one with that before it."""
    notes: list[str] = []
    while True:
        place = next((at for at, cell in enumerate(cells) if cell.is_thin(size)), None)
        if place is None:
            return cells, notes
        thin, few = cells[place], len(cells[place].members)
        said = f"{few or 'no'} employer{'s' * (few != 1)} returned from “{' + '.join(thin.names)}”"
        if totals.refuse_thin or len(cells) == 1:
            raise UnusableInput(
                f"“{totals.name}”: {said}, fewer than the {LEAST_EMPLOYERS} that a weight needs; get more returns, "
                + (
                    "let thin cells be merged, or use wider cells."
                    if len(cells) > 1
                    else "or leave it ungrossed."
                )
            )
        near = place + 1 if place + 1 < len(cells) else place - 1
        notes.append(f"{said[0].upper()}{said[1:]}: counted together with “{' + '.join(cells[near].names)}”.")
        first, second = sorted((place, near))
        both = _Cell(
            cells[first].names + cells[second].names,
            cells[first].total + cells[second].total,
            cells[first].members + cells[second].members,
        )
        cells = [*cells[:first], both, *cells[second + 1 :]]


def _fits(row: KnownTotal, facts: _Facts, at: int) -> bool:
    staff = round(facts.staff[at])
    return (
        (not row.region or row.region.casefold() == facts.regions[at].casefold())
        and (not row.ownership or ownership_matches(facts.records[at].ownership, row.ownership))
        and (row.size_from is None or staff >= row.size_from)
        and (row.size_to is None or staff <= row.size_to)
    )


def cell_name(row: KnownTotal) -> str:
    """What a cell is called: ``North West, for-profit, 50–249 staff``."""
    parts = [row.region, row.ownership]
    if row.size_from is not None and row.size_to is not None:
        parts.append(f"{row.size_from:,}–{row.size_to:,} staff")
    elif row.size_from is not None:
        parts.append(f"{row.size_from:,} staff or more")
    elif row.size_to is not None:
        parts.append(f"up to {row.size_to:,} staff")
    return ", ".join(part for part in parts if part) or "all employers"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED} more" if len(names) > _NAMED else shown
