"""The invented sector pay scale: points 1 to 30, each grade a range of five points or ten."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sample_data.facts import SCALE_HOURS, WEEKS

GRADES = (
    "Residential support worker",
    "Senior support worker",
    "Team leader",
    "Deputy manager",
    "Registered manager",
)

_BOTTOM = Decimal(24940)  # £12.75 an hour: 4p above the National Living Wage of April 2026


@dataclass(frozen=True, slots=True)
class _Range:
    grade: str
    points: int
    step_in: Decimal  # from the top of the range below to the foot of this one
    step: Decimal  # between the points of this range


_RANGES = (
    _Range(GRADES[0], 10, Decimal(1), Decimal("1.030")),
    _Range(GRADES[1], 5, Decimal("1.022"), Decimal("1.027")),
    _Range(GRADES[2], 5, Decimal("1.020"), Decimal("1.026")),
    _Range(GRADES[3], 5, Decimal("1.026"), Decimal("1.029")),
    _Range(GRADES[4], 5, Decimal("1.030"), Decimal("1.033")),
)


@dataclass(frozen=True, slots=True)
class ScalePoint:
    point: int
    annual: Decimal  # whole pounds, full-time
    grade: str

    @property
    def hourly(self) -> Decimal:
        """Pence an hour, half up, as a payroll shows it."""
        return (self.annual / WEEKS / SCALE_HOURS).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _points() -> tuple[ScalePoint, ...]:
    points: list[ScalePoint] = []
    annual = _BOTTOM
    for band in _RANGES:
        for place in range(band.points):
            annual = (annual * (band.step if place else band.step_in)).quantize(Decimal(1), ROUND_HALF_UP)
            points.append(ScalePoint(len(points) + 1, annual, band.grade))
    return tuple(points)


SCALE = _points()


def scale_csv() -> str:
    lines = ["point,annual,grade", *(f"{at.point},{at.annual},{at.grade}" for at in SCALE)]
    return "\n".join(lines) + "\n"
