"""Words drawn by the system's own randomness, for a passphrase that can be remembered and is hard to guess."""

from __future__ import annotations

import secrets
from functools import cache
from importlib import resources

USUAL = 5


@cache
def word_list() -> tuple[str, ...]:
    """The words to draw from: short, plain, each once."""
    text = (resources.files("bargain") / "data" / "passphrases" / "words.txt").read_text(encoding="utf-8")
    return tuple(text.split())


def random_words(count: int = USUAL) -> str:
    """So many words, drawn independently, with spaces between; five from this list are about 52 bits."""
    words = word_list()
    return " ".join(secrets.choice(words) for _ in range(count))
