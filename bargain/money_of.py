"""What the staff data says beside the accounts: how much of an employer's pay goes to agency work."""

from __future__ import annotations

import numpy as np

from bargain.costing.labour import units_of
from models.sector import Sector
from models.workforce import Contract


def agency_shares(sector: Sector) -> dict[str, float]:
    """Pay of agency posts over all pay, by employer; nought where no post is recorded as agency work."""
    force = sector.workforce
    pay = force.rate_micros * units_of(force) * force.heads
    size = len(force.employers)
    agency = np.bincount(
        force.employer_code, weights=np.where(force.contract == Contract.AGENCY, pay, 0.0), minlength=size
    )
    whole = np.bincount(force.employer_code, weights=pay, minlength=size)
    shares = agency / np.where(whole > 0, whole, 1)
    return dict(zip(force.employers, shares.tolist(), strict=True))
