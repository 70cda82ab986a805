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


def doubtful_claims(records: Sequence[Employer]) -> tuple[str, ...]:
    """A sentence on each Employment Allowance that is claimed and not counted as it was claimed."""
    said = [
        f"{one.name} is recorded as claiming the Employment Allowance, which a public body may not; none is counted for it."
        for one in records
        if one.claims_employment_allowance and not one.gets_employment_allowance
    ]
    claimants: dict[str, list[str]] = {}
    for one in records:
        if one.connected_group and one.gets_employment_allowance:
            claimants.setdefault(one.connected_group, []).append(one.name)
    said += [
        f"{', '.join(names)} of the connected group “{group}” all claim the Employment Allowance; one is counted for them together."
        for group, names in claimants.items()
        if len(names) > 1
    ]
    return tuple(said)
