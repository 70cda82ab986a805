"""The one rule for small groups: of fewer than ten people no figure leaves its side.

A side's own screen may show them, marked; copies, prints, exports and pictures may not, nor may what is named in an
explanation. What decides is the staff in the data, never how many they stand for.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_GROUP = 10  # people; of fewer, a figure would be somebody's
TOLD_STEP = 100_000  # £/10⁶ an hour: a rate that is one place in a ranking leaves its side to the nearest 10p


def is_small(people: float) -> bool:
    """Whether a figure of so many people could be one person's; nobody at all is nobody's."""
    return 0 < people < SMALLEST_GROUP


def may_tell_place(share: float, people: float) -> bool:
    """Whether the rate at a place in the ranking of so many people may leave its side.

    share: how far up the place is, from 0 to 1. Ten people must stand on either side of it: twenty behind a median, more
    behind a tenth or a quarter, and the lowest and the highest rate never leave. A median is a person's pay.
    """
    return min(share, 1.0 - share) * people >= SMALLEST_GROUP * (1 - 1e-12)


def told_rate(micros: float) -> int:
    """An hourly rate as it leaves: to the nearest 10p, halves up, so that it is nobody's own. £/10⁶."""
    return int((micros + TOLD_STEP / 2) // TOLD_STEP) * TOLD_STEP


def hidden_among(people: Sequence[float]) -> tuple[bool, ...]:
    """Which parts of a whole to hide where the whole is shown too, by the people in each.

    The small ones; and where these are fewer than ten together, so that they could be found by taking the rest away, the
    next smallest as well.
    """
    hidden = [is_small(one) for one in people]
    by_size = sorted((count, at) for at, count in enumerate(people) if count > 0 and not hidden[at])
    for _, at in by_size:
        if not is_small(sum(count for count, is_hidden in zip(people, hidden, strict=True) if is_hidden)):
            break
        hidden[at] = True
    return tuple(hidden)
