"""Who is relieved of employer National Insurance below an upper threshold, and what that threshold is."""

from __future__ import annotations

from enum import IntEnum

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


def thresholds_of(figures: OnCostParameters) -> FloatColumn:
    """The threshold of each relief in the order of its code, £ a year."""
    micros = (
        figures.ni_threshold_micros,
        figures.ni_under_21_threshold_micros,
        figures.ni_apprentice_threshold_micros,
        figures.ni_veteran_threshold_micros,
    )
    return np.array(micros) / MICROS_PER_POUND
