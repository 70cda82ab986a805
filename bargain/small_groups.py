"""The one rule for small groups: of fewer than ten people no figure leaves its side.

A side's own screen may show them, marked; copies, prints, exports and pictures may not, nor may what is named in an
explanation. What decides is the staff in the data, never how many they stand for.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_GROUP = 10  # people; of fewer, a figure would be somebody's


def is_small(people: float) -> bool:
    """Whether a figure of so many people could be one person's; nobody at all is nobody's."""
    return 0 < people < SMALLEST_GROUP


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
