"""What the last letters of many texts rule out, looked at all together."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.intake.coded import Mask

Letters = NDArray[np.unsignedinteger[Any]]


def may_end_with(letters: str, last: Letters, before: Letters, third: Letters) -> Mask:
    """Which texts may end with one of these letters or figures, a footnote mark of one or two figures not counted.

    ``last``, ``before`` and ``third`` are each text's last letter and the two before it, as bytes or code points. What is
    neither letter nor figure of ASCII may be followed by signs, so it rules nothing out.
    """
    figure, letter = _is_figure(last), _is_letter(last)
    after_letter = _is_letter(before) | (_is_figure(before) & _is_letter(third))
    found: Mask = ~(figure | letter) | (figure & after_letter)
    for one in letters.lower():
        found |= (last | 0x20) == ord(one)
        if one.isdigit():
            found |= figure
    return found


def _is_letter(codes: Letters) -> Mask:
    return ((codes | 0x20) >= 0x61) & ((codes | 0x20) <= 0x7A)


def _is_figure(codes: Letters) -> Mask:
    return (codes >= 0x30) & (codes <= 0x39)
