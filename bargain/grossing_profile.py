"""Before and after grossing up: who is in the returns, and whom they stand for, by region, owner and size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bargain.grossing import staff_by_employer, weighting_of
from models.sector import Sector

BANDS = (
    (1, 49),
    (50, 249),
    (250, None),
)  # small, medium and large, as the UK's business statistics have them
NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One kind of employer: how many returned with how many staff, and how many they stand for."""

    by: str
    name: str
    employers: int
    staff: float
    staff_share: float
    employers_grossed: float
    staff_grossed: float
    staff_share_grossed: float


def profile(sector: Sector) -> tuple[ProfileRow, ...]:
    """Rows by region, by owner and by size. Raises UnusableInput where the totals do not fit."""
    staff = staff_by_employer(sector)
    weights = weighting_of(sector).weights
    held = np.flatnonzero(staff > 0)
    records = [sector.employer(name) for name in sector.workforce.employers]
    kinds = {
        "region": [one.region or NOT_RECORDED for one in records],
        "owner": [str(one.ownership) for one in records],
        "size": [band_of(float(count)) for count in staff],
    }
    total, total_grossed = float(staff[held].sum()), float((staff * weights)[held].sum())
    rows = []
    for by, names in kinds.items():
        order = [band_name(*band) for band in BANDS] if by == "size" else sorted({names[at] for at in held})
        for name in order:
            chosen = [at for at in held.tolist() if names[at] == name]
            if not chosen:
                continue
            count = float(staff[chosen].sum())
            grossed = float((staff * weights)[chosen].sum())
            rows.append(
                ProfileRow(
                    by,
                    name,
                    len(chosen),
                    count,
                    count / total,
                    float(weights[chosen].sum()),
                    grossed,
                    grossed / total_grossed,
                )
            )
    return tuple(rows)


def band_of(staff: float) -> str:
    """The size band of an employer of so many staff."""
    count = max(round(staff), 1)
    return next(
        band_name(*band) for band in BANDS if count >= band[0] and (band[1] is None or count <= band[1])
    )


def band_name(start: int, end: int | None) -> str:
    """``1–49 staff``; ``250 staff or more``."""
    return f"{start} staff or more" if end is None else f"{start}–{end} staff"
