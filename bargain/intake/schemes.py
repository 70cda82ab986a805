"""On what a pension scheme's employer contribution is due: qualifying earnings, or all basic pay."""

from __future__ import annotations

from bargain.intake.words import phrases, plain_words


def is_on_band(scheme: str) -> bool | None:
    """Whether it is due on qualifying earnings alone; None where the name does not say."""
    words = plain_words(scheme)
    if words in phrases("accounts", "schemes", "on_all"):
        return False
    return True if words in phrases("accounts", "schemes", "on_band") else None
