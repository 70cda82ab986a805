"""Who is relieved of employer National Insurance below an upper threshold, and what that threshold is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.parameters import OnCostParameters
from models.units import MICROS_PER_POUND, FloatColumn
from models.workforce import Workforce, YesNo

_UNDER_21, _UNDER_25 = 21, 25


class Relief(IntEnum):
    """Why contributions start at an upper threshold only: the staff's NI category."""

    NONE = 0
    UNDER_21 = 1
    APPRENTICE = 2
    VETERAN = 3


def reliefs_of(workforce: Workforce) -> NDArray[np.int8]:
    """The relief of each post, shape (n_posts,).

    Under 21; an apprentice under 25; a veteran in the first year of a first civilian job. What is not recorded
    gives no relief: an age that is not counts as 25 or over, a post that does not say is neither.
    """
    known = workforce.age >= 0
    relief = np.where(workforce.veteran == YesNo.YES, Relief.VETERAN, Relief.NONE)
    apprentice = (workforce.apprentice == YesNo.YES) & known & (workforce.age < _UNDER_25)
    relief = np.where(apprentice, Relief.APPRENTICE, relief)
    return np.where(known & (workforce.age < _UNDER_21), Relief.UNDER_21, relief).astype(np.int8)


_THRESHOLDS = {
    Relief.NONE: "ni_threshold_micros",
    Relief.UNDER_21: "ni_under_21_threshold_micros",
    Relief.APPRENTICE: "ni_apprentice_threshold_micros",
    Relief.VETERAN: "ni_veteran_threshold_micros",
}


def thresholds_of(figures: OnCostParameters) -> FloatColumn:
    """The threshold of each relief in the order of its code, £ a year."""
    return np.array([getattr(figures, _THRESHOLDS[one]) for one in Relief]) / MICROS_PER_POUND


def without_unused(figures: OnCostParameters, used: Collection[Relief]) -> OnCostParameters:
    """The figures with nought for every threshold of a relief that nobody of the staff has."""
    unused: dict[str, Any] = {name: 0 for relief, name in _THRESHOLDS.items() if relief not in used}
    return replace(figures, **unused) if unused else figures
