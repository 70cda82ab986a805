"""The data check of a whole sector: who returned, what is missing, what is doubtful, employer by employer.

What is missing is counted from the staff data as it is held now; what was doubtful in a file comes from the record of
its import. Neither holds a value of a person: only counts, columns and the row numbers of the employers' own files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bargain.basis import expected_employers
from bargain.costing.labour import units_of
from bargain.hourly import hourly_pay
from bargain.quality.words import group_of, groups, required_fields, target_share
from models.basis import Basis
from models.sector import Sector
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND
from models.workforce import Contract, Sex, Workforce

ROWS_NAMED = 100
_HOURS_FIELDS = frozenset({"hours", "fte", "heads"})
MISSING_GROUP = {
    "grade": "grade",
    "hours": "hours",
    "sex": "sex",
    "contract": "contract",
    "age": "dates",
    "start": "dates",
}
Mask = NDArray[np.bool_]


class State(StrEnum):
    """Where an employer stands, in words."""

    NOT_RETURNED = "not returned"
    SET_ASIDE = "rows set aside"
    INCOMPLETE = "incomplete"
    QUERIES = "queries"
    READY = "ready"


SYMBOLS = {
    State.NOT_RETURNED: "–",
    State.SET_ASIDE: "✗",
    State.INCOMPLETE: "!",
    State.QUERIES: "?",
    State.READY: "✓",
}


@dataclass(frozen=True, slots=True)
class Query:
    """One thing to ask: what, how often, and where in which import.

    ``code`` is a check's, or ``missing:`` and a required field. ``whole``: nobody in the file has it.
    """

    code: str
    group: str
    count: int
    set_aside: int
    import_code: int
    column: str
    rows: tuple[int, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class EmployerQuality:
    """One employer: staff, the share of required fields that it gave, how many staff lack each, and the queries."""

    name: str
    staff: float
    complete: float | None
    missing: Mapping[str, float]
    to_place: float
    queries: tuple[Query, ...]
    state: State

    def counts(self, group: str) -> tuple[int, int]:
        """How many are asked about in a group of checks, and how many of them were set aside."""
        held = [one for one in self.queries if one.group == group]
        return sum(one.count for one in held), sum(one.set_aside for one in held)


@dataclass(frozen=True, slots=True)
class DataQuality:
    """The whole sector. Shares from 0 to 1; None is not known.

    ``set_aside``: rows of staff that a check left out; ``rows_aside``: all rows set aside, headings and notes among them.
    """

    staff: float
    returned: int
    expected: float
    paybill: float
    missing_sex: float | None
    off_scale: float | None
    set_aside: int
    rows_aside: int
    employers: tuple[EmployerQuality, ...]

    @property
    def attention(self) -> int:
        """Employers that must be asked something: those that are not ready, and those not even known by name."""
        named = sum(one.state is not State.READY for one in self.employers)
        return named + max(round(self.expected) - len(self.employers), 0)


def check_data(sector: Sector) -> DataQuality:
    """Check the staff data of a sector as it is held now."""
    force = sector.workforce
    lacking = _lacking(sector)
    names = list(dict.fromkeys((*force.employers, *(one.name for one in sector.employers))))
    codes = {name: code for code, name in enumerate(force.employers)}
    order = np.argsort(force.employer_code, kind="stable")
    edges = np.searchsorted(force.employer_code[order], np.arange(len(force.employers) + 1))
    asked = _asked(sector)
    employers = tuple(
        _employer(
            sector,
            name,
            order[edges[codes[name]] : edges[codes[name] + 1]] if name in codes else order[:0],
            lacking,
            asked.get(name, ()),
        )
        for name in names
    )
    staff = float(force.heads.sum())
    return DataQuality(
        staff=staff,
        returned=sum(one.staff > 0 for one in employers),
        expected=expected_employers(sector),
        paybill=float((force.rate_micros * units_of(force) * force.heads).sum()) / MICROS_PER_POUND,
        missing_sex=float(force.heads[lacking["sex"]].sum()) / staff if staff else None,
        off_scale=_off_scale(sector),
        set_aside=sum(query.set_aside for one in employers for query in one.queries),
        rows_aside=sum(one.set_aside for one in sector.imports),
        employers=employers,
    )


def _lacking(sector: Sector) -> dict[str, Mask]:
    """For each required field, the posts that lack it, shape (n_posts,)."""
    force = sector.workforce
    silent = [
        code
        for code, record in enumerate(sector.imports)
        if record.mapping and not _HOURS_FIELDS & {field for field, _ in record.mapping}
    ]
    return {
        "grade": (force.grade_code < 0) & (force.title_code < 0),
        "hours": np.isin(force.import_code, silent),
        "sex": force.sex == Sex.UNKNOWN,
        "contract": force.contract == Contract.UNKNOWN,
        "age": force.age < 0,
        "start": force.start_month < 0,
    }


def _asked(sector: Sector) -> dict[str, tuple[Query, ...]]:
    """What the imports' own checks found, by employer."""
    found: dict[str, list[Query]] = {}
    for code, record in enumerate(sector.imports):
        for one in record.checks:
            group = group_of(one.code)
            if group:
                query = Query(one.code, group, one.count, one.set_aside, code, one.column, one.rows)
                found.setdefault(one.employer, []).append(query)
    return {name: tuple(ones) for name, ones in found.items()}


def _employer(
    sector: Sector, name: str, posts: NDArray[np.intp], lacking: Mapping[str, Mask], asked: Sequence[Query]
) -> EmployerQuality:
    force = sector.workforce
    heads = force.heads[posts]
    staff = float(heads.sum())
    missing = {field: float(heads[lacking[field][posts]].sum()) for field in required_fields()}
    complete = 1 - sum(missing.values()) / (staff * len(missing)) if staff else None
    queries = (*asked, *_missing_queries(force, posts, lacking))
    ungraded = (force.grade_code[posts] < 0) & (force.title_code[posts] >= 0)
    order = {group: place for place, group in enumerate(groups())}
    return EmployerQuality(
        name=name,
        staff=staff,
        complete=complete,
        missing=missing,
        to_place=float(heads[ungraded].sum()),
        queries=tuple(sorted(queries, key=lambda one: (-one.set_aside, order[one.group], -one.count))),
        state=_state(staff, complete, queries),
    )


def _missing_queries(force: Workforce, posts: NDArray[np.intp], lacking: Mapping[str, Mask]) -> list[Query]:
    """What the posts of one employer lack, import by import; a field that nobody in it has is asked for as a whole."""
    found = []
    imports = force.import_code[posts]
    for code in np.unique(imports).tolist():
        own = posts[imports == code]
        for field in required_fields():
            without = own[lacking[field][own]]
            if len(without):
                rows = np.unique(force.row[without])[:ROWS_NAMED].tolist()
                count = round(float(force.heads[without].sum()))
                group, whole = MISSING_GROUP[field], len(without) == len(own)
                found.append(Query(f"missing:{field}", group, count, 0, code, "", tuple(rows), whole=whole))
    return found


def _state(staff: float, complete: float | None, queries: Sequence[Query]) -> State:
    if any(one.set_aside for one in queries):
        return State.SET_ASIDE
    if staff <= 0 or complete is None:
        return State.NOT_RETURNED
    if complete < target_share():
        return State.INCOMPLETE
    return State.QUERIES if any(not one.code.startswith("missing:") for one in queries) else State.READY


def _off_scale(sector: Sector) -> float | None:
    """The share of staff whose hourly pay is on no point of the scale, or not on their own; None without a scale.

    Held to the penny an hour.
    """
    force, scale = sector.workforce, sector.scale
    staff = float(force.heads.sum())
    if scale is None or not scale.points or not staff:
        return None
    hours = 1.0 if scale.basis is Basis.HOUR else scale.weekly_hours * scale.weeks_y
    amounts = np.sort([point.amount_micros / hours for point in scale.points])
    own = {point.name: point.amount_micros / hours for point in scale.points}
    hourly = hourly_pay(force, sector.weeks_y).astype(np.float64)
    places = np.clip(np.searchsorted(amounts, hourly), 1, max(len(amounts) - 1, 1))
    nearest = np.minimum(
        np.abs(hourly - amounts[np.minimum(places, len(amounts) - 1)]), np.abs(hourly - amounts[places - 1])
    )
    table = np.array([own.get(name, np.nan) for name in force.points] + [np.nan])
    wanted = table[force.point_code]
    away = np.where(np.isnan(wanted), nearest, np.abs(hourly - np.nan_to_num(wanted)))
    return float(force.heads[away > MICROS_PER_PENNY].sum()) / staff


def whole_percent(share: float) -> float:
    """A share cut off to a whole percent: 1 is said of what is whole, and of nothing else."""
    return int(share * 100 + 1e-9) / 100


def cell_text(count: int, set_aside: int) -> str:
    """A cell of the grid in symbols: ``✓`` nothing, ``? 12`` to ask, ``✗ 3`` of them set aside."""
    parts = [f"✗{set_aside:,}"] if set_aside else []
    if count - set_aside > 0:
        parts.append(f"?{count - set_aside:,}")
    return " ".join(parts) or "✓"
