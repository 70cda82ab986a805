"""What a side wants to see met, and how an offer does against it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.grossing import Range


class TargetScope(StrEnum):
    """Whether a limit holds for the sector as one, or for each employer or grade in it."""

    SECTOR = "sector"
    EVERY_EMPLOYER = "every_employer"
    EVERY_GRADE = "every_grade"


@dataclass(frozen=True, slots=True)
class Target:
    """A limit on a measure. ``at_least`` and ``at_most`` are in the measure's own unit (£ or a share)."""

    name: str
    measure: str
    at_least: float | None = None
    at_most: float | None = None
    scope: TargetScope = TargetScope.SECTOR
    grade: str = ""
    over: str = ""
    ownership: tuple[str, ...] = ()
    hourly: float | None = None
    norm: float | None = None
    margin: float | None = None


@dataclass(frozen=True, slots=True)
class TargetSet:
    """One side's targets."""

    name: str
    targets: tuple[Target, ...] = ()


class Status(StrEnum):
    """How a target stands, in words, never in colour alone. Close is missed by a little."""

    MET = "met"
    CLOSE = "close"
    MISSED = "missed"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Worst:
    """The employer or grade that stands worst against a limit."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target's answer.

    ``margin`` is the distance to the limit, positive when there is room to spare; ``met`` is None where
    the value is not known. ``left_out`` names what could not be judged, and why. ``range``: of a value that is
    grossed up, between which values it most likely lies. ``n``: how many stand behind the value, returned ones, and
    ``n_of`` of what: staff, employers with accounts, or the employers or grades that were judged.
    """

    target: Target
    value: float | None
    limit: float | None
    met: bool | None
    status: Status
    margin: float | None
    worst: Worst | None
    n: int
    left_out: tuple[str, ...] = ()
    range: Range | None = None
    n_of: str = "staff"


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure shown beside a pair whatever the targets are; ``worst`` where it is of one employer."""

    measure: str
    value: float | None
    worst: Worst | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Half:
    """One half of a pair: the verdicts of the targets that guard it. ``note`` says what they do not guard."""

    name: str
    status: Status
    verdicts: tuple[Verdict, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two demands that only mean something together; met where both halves are guarded and met."""

    name: str
    status: Status
    halves: tuple[Half, Half]
    facts: tuple[Fact, ...]
