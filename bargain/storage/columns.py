"""What must be true of a workforce's columns before they are stored and after they are read."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from models.basis import Basis
from models.issues import UnusableInput
from models.workforce import NONE_CODE, Contract, Sex, Workforce, YesNo

MOST_POSTS = 20_000_000  # twelve times the largest sector; about 2 GB of columns

_INDEXES = {
    "employer_code": "employers",
    "grade_code": "grades",
    "point_code": "points",
    "title_code": "titles",
    "setting_code": "settings",
}
_KINDS: dict[str, type[IntEnum]] = {
    "basis": Basis,
    "contract": Contract,
    "sex": Sex,
    "apprentice": YesNo,
    "veteran": YesNo,
    "pension_on_band": YesNo,
}


def refuse_too_many(workforce: Workforce) -> None:
    """Raises UnusableInput for more posts than one file holds."""
    if len(workforce) > MOST_POSTS:
        raise UnusableInput(
            f"This sector has {len(workforce):,} posts, and one file holds at most {MOST_POSTS:,}; "
            "split it into two sectors."
        )


def check_codes(workforce: Workforce) -> None:
    """Raises ValueError that names the first column with a code outside its vocabulary or kinds."""
    if not len(workforce):
        return
    for name, vocabulary in _INDEXES.items():
        codes: NDArray[np.int32] = getattr(workforce, name)
        if codes.min() < NONE_CODE or codes.max() >= len(getattr(workforce, vocabulary)):
            raise ValueError(f"{name} points outside its list of {vocabulary}")
    for name, kind in _KINDS.items():
        kinds: NDArray[np.int8] = getattr(workforce, name)
        if kinds.min() < min(kind) or kinds.max() > max(kind):
            raise ValueError(f"{name} holds a code that does not exist")
