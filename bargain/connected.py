"""Connected employers: companies under one control, which have the allowances of one employer between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.employer import Employer
from models.units import BoolColumn, FloatColumn

Groups = NDArray[np.intp]


def connected_groups(records: Sequence[Employer | None]) -> Groups | None:
    """The number of each employer's group, one of its own where it is in none; None where nobody is in any."""
    if not any(one is not None and one.connected_group for one in records):
        return None
    found: dict[object, int] = {}
    names = (
        at if one is None or not one.connected_group else one.connected_group
        for at, one in enumerate(records)
    )
    return np.array([found.setdefault(name, len(found)) for name in names], dtype=np.intp)


def pooled(own: FloatColumn, counts: BoolColumn, groups: Groups) -> FloatColumn:
    """For each employer the sum over those of its group that count, shape (n_employers,)."""
    return np.asarray(np.bincount(groups, weights=np.where(counts, own, 0.0))[groups])


def claimants(records: Sequence[Employer | None]) -> tuple[bool, ...]:
    """Who gets the Employment Allowance: of connected employers only one, the first by name of those that claim it.

    Source: National Insurance Contributions Act 2014 s.3: one of them can qualify, and they choose which.
    """
    chosen: dict[str, str] = {}
    for one in records:
        if one is not None and one.connected_group and one.gets_employment_allowance:
            chosen[one.connected_group] = min(chosen.get(one.connected_group, one.name), one.name)
    return tuple(
        one is not None
        and one.gets_employment_allowance
        and chosen.get(one.connected_group, one.name) == one.name
        for one in records
    )


def doubtful_claims(records: Sequence[Employer]) -> tuple[str, ...]:
    """A sentence on each Employment Allowance that is claimed and not counted as it was claimed."""
    said = [
        f"{one.name} is recorded as claiming the Employment Allowance, which a public body may not; none is counted for it."
        for one in records
        if one.claims_employment_allowance and not one.gets_employment_allowance
    ]
    all_claim: dict[str, list[str]] = {}
    for one in records:
        if one.connected_group and one.gets_employment_allowance:
            all_claim.setdefault(one.connected_group, []).append(one.name)
    said += [
        f"{', '.join(names)} of the connected group “{group}” are all recorded as claiming the Employment Allowance, which only "
        f"one of them may have: it is counted for {min(names)}, the first by name; record the claim of the one they chose."
        for group, names in all_claim.items()
        if len(names) > 1
    ]
    return tuple(said)
