"""The recovery key: 125 random bits to print and lock away, in groups that can be read out and typed.

Letters and digits of Crockford's base 32, without those that are taken for one another; what people type for
them anyway (O for 0, I and L for 1) is understood. The last five letters are a check, so that a slip of the
pen is found before the slow derivation, and no passphrase is ever taken for a recovery key.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_SECRET_LETTERS = 25  # 5 bits each
_CHECK_LETTERS = 5
_GROUP = 5


def new_recovery_key() -> str:
    """A new recovery key, as it is printed: six groups of five."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_SECRET_LETTERS))
    return grouped(letters + _check(letters))


def letters_of(typed: str) -> str | None:
    """The key's letters without spaces or hyphens; None where this is no recovery key, or one with a slip."""
    kept = "".join(one for one in typed.upper() if not one.isspace() and one not in "-–—").translate(_READ_AS)
    if len(kept) != _SECRET_LETTERS + _CHECK_LETTERS or any(one not in _ALPHABET for one in kept):
        return None
    return kept if kept[_SECRET_LETTERS:] == _check(kept[:_SECRET_LETTERS]) else None


def grouped(letters: str) -> str:
    """Letters in groups of five, with hyphens."""
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def page(recovery_key: str, *, file_name: str, made: date) -> tuple[str, ...]:
    """The lines of the page to print: whose key it is, the key, and what to do with it."""
    return (
        "Recovery key",
        f"For the file {file_name}, made on {made.day} {made:%B %Y}.",
        recovery_key,
        "Whoever has this page and the file can read everything in it. Lock the page away, apart from the computer.",
        "Use it where Bargain asks for the passphrase, if the passphrase is lost. Capital letters don't matter.",
        "We cannot recover a lost passphrase. Nobody can. A new recovery key makes this one worthless.",
    )


def _check(letters: str) -> str:
    """Five letters (25 bits) that depend on all the others."""
    number = int.from_bytes(hashlib.sha256(b"bargain recovery key" + letters.encode()).digest()[:4], "big")
    return "".join(_ALPHABET[(number >> (5 * at)) & 31] for at in range(_CHECK_LETTERS))
