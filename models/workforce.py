"""The workforce: one row a post, or a group of like posts, as read-only columns."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.units import CodeColumn, FloatColumn, MicroColumn

NONE_CODE = -1  # a category that is not recorded


class Contract(IntEnum):
    """Kind of contract, as recorded."""

    UNKNOWN = -1
    PERMANENT = 0
    FIXED_TERM = 1
    ZERO_HOURS = 2
    CASUAL = 3
    BANK = 4
    AGENCY = 5


class Sex(IntEnum):
    """As recorded by the employer; not recorded is a group of its own, never guessed."""

    UNKNOWN = -1
    FEMALE = 0
    MALE = 1
    OTHER = 2


class YesNo(IntEnum):
    """What a file answers to a plain question; not recorded is neither."""

    UNKNOWN = -1
    NO = 0
    YES = 1


def _not_recorded() -> NDArray[np.int8]:
    """In the place of a column that nobody gave: made as long as the others, and nowhere recorded."""
    return _NOWHERE


_NOWHERE = np.zeros(0, dtype=np.int8)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Workforce:
    """Columns of one length, row i being one post or ``heads[i]`` like posts.

    employers, grades, points, titles and settings are the vocabularies that the ``*_code`` columns index
    (-1: not recorded).  rate_micros: £/10⁶ an hour (Basis.HOUR) or a full-time year (Basis.YEAR).
    hours_w: contracted weekly hours a head; full_hours_w: what is full time there; weeks_y: paid weeks a
    year; fte: share of a full-time year that is paid, a head.  pension_ppm: -1 means the employer's own.
    age: years, -1 not recorded.  start_month: months since year 0, -1 not recorded.  sleep_ins_y: a year, a
    head.  import_code and row: which import and which row of its file the post came from.
    apprentice, veteran: a YesNo; a veteran is in the first year of a first civilian job, as the relief from
    employer National Insurance asks.  pension_on_band: a YesNo, whether the post's own pension scheme is on qualifying
    earnings; not recorded means as its employer's.
    """

    employers: tuple[str, ...]
    grades: tuple[str, ...]
    points: tuple[str, ...]
    titles: tuple[str, ...]
    settings: tuple[str, ...]
    employer_code: CodeColumn
    grade_code: CodeColumn
    point_code: CodeColumn
    title_code: CodeColumn
    setting_code: CodeColumn
    basis: NDArray[np.int8]
    rate_micros: MicroColumn
    heads: FloatColumn
    hours_w: FloatColumn
    full_hours_w: FloatColumn
    weeks_y: FloatColumn
    fte: FloatColumn
    contract: NDArray[np.int8]
    sex: NDArray[np.int8]
    age: NDArray[np.int16]
    start_month: CodeColumn
    sleep_ins_y: FloatColumn
    pension_ppm: CodeColumn
    import_code: CodeColumn
    row: CodeColumn
    apprentice: NDArray[np.int8] = field(default_factory=_not_recorded)
    veteran: NDArray[np.int8] = field(default_factory=_not_recorded)
    pension_on_band: NDArray[np.int8] = field(default_factory=_not_recorded)

    def __post_init__(self) -> None:
        length = len(self.rate_micros)
        for name in OPTIONAL:
            if getattr(self, name) is _NOWHERE:
                object.__setattr__(self, name, not_recorded(name, length))
        for name, kind in COLUMNS.items():
            column: NDArray[np.generic] = getattr(self, name)
            if column.shape != (length,):
                raise ValueError(f"column {name} has shape {column.shape}, not ({length},)")
            if column.dtype != kind:
                raise TypeError(f"column {name} has type {column.dtype}, not {kind}")
            column.flags.writeable = False

    def __len__(self) -> int:
        return len(self.rate_micros)

    def held_columns(self) -> tuple[str, ...]:
        """The columns that say something: an optional one that is nowhere recorded is as if it were not there."""
        return tuple(
            name for name in COLUMNS if name not in OPTIONAL or (getattr(self, name) != NONE_CODE).any()
        )

    def fingerprint(self) -> str:
        """SHA-256 over vocabularies and columns: equal workforces have equal fingerprints."""
        digest = hashlib.sha256()
        for name in VOCABULARIES:
            digest.update("\x1f".join(getattr(self, name)).encode() + b"\x1e")
        for name in self.held_columns():
            digest.update(np.ascontiguousarray(getattr(self, name)).tobytes())
        return digest.hexdigest()


VOCABULARIES = ("employers", "grades", "points", "titles", "settings")

COLUMNS: dict[str, type[np.generic]] = {
    "employer_code": np.int32,
    "grade_code": np.int32,
    "point_code": np.int32,
    "title_code": np.int32,
    "setting_code": np.int32,
    "basis": np.int8,
    "rate_micros": np.int64,
    "heads": np.float64,
    "hours_w": np.float64,
    "full_hours_w": np.float64,
    "weeks_y": np.float64,
    "fte": np.float64,
    "contract": np.int8,
    "sex": np.int8,
    "age": np.int16,
    "start_month": np.int32,
    "sleep_ins_y": np.float64,
    "pension_ppm": np.int32,
    "import_code": np.int32,
    "row": np.int32,
    "apprentice": np.int8,
    "veteran": np.int8,
    "pension_on_band": np.int8,
}
OPTIONAL = (
    "apprentice",
    "veteran",
    "pension_on_band",
)  # may be missing from files and from whoever makes a workforce

if set(COLUMNS) | set(VOCABULARIES) != {field.name for field in fields(Workforce)}:
    raise AssertionError("COLUMNS and VOCABULARIES must name every field of Workforce")


def not_recorded(name: str, posts: int) -> NDArray[np.generic]:
    """An optional column that says nothing of any post."""
    column = np.full(posts, NONE_CODE, dtype=COLUMNS[name])
    column.flags.writeable = False
    return column


def empty_workforce() -> Workforce:
    """No posts yet."""
    columns = {name: np.zeros(0, dtype=kind) for name, kind in COLUMNS.items()}
    return Workforce(employers=(), grades=(), points=(), titles=(), settings=(), **columns)


def selected(workforce: Workforce, mask: NDArray[np.bool_]) -> Workforce:
    """The posts where the mask (n_posts,) holds, with only the words that they use."""
    columns: dict[str, Any] = {name: getattr(workforce, name)[mask] for name in COLUMNS}
    words: dict[str, Any] = {}
    for name in VOCABULARIES:
        column = f"{name.removesuffix('s')}_code"
        used = np.unique(columns[column])
        used = used[used >= 0]
        table = np.full(
            len(getattr(workforce, name)) + 1, NONE_CODE, dtype=np.int32
        )  # code −1 takes the last
        table[used] = np.arange(len(used), dtype=np.int32)
        columns[column] = table[columns[column]]
        words[name] = tuple(getattr(workforce, name)[code] for code in used)
    return Workforce(**words, **columns)
