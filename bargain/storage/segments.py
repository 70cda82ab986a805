"""Parts of a file that are sealed once and then carried from one writing to the next as they are.

Each has a key of its own, derived from the file key and 32 random bytes, and is bound to its address: no part
can be changed, or stand in another's place. Which parts belong to a writing, its sealed index says.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bargain.storage.deriving import PART, derived_key

SALT_BYTES = 32
_NONCE = bytes(12)  # each key seals one part


class Sealed(NamedTuple):
    """A sealed part and the salt of its key."""

    salt: bytes
    data: bytes | memoryview


def seal_segment(file_key: bytes, address: str, plain: bytes) -> Sealed:
    """Seal one part under a key of its own."""
    salt = os.urandom(SALT_BYTES)
    return Sealed(
        salt, ChaCha20Poly1305(derived_key(file_key, salt, PART)).encrypt(_NONCE, plain, address.encode())
    )


def open_segment(file_key: bytes, address: str, sealed: Sealed) -> bytes | None:
    """Authenticate and open one part; None where any byte is not as it was sealed."""
    try:
        return ChaCha20Poly1305(derived_key(file_key, sealed.salt, PART)).decrypt(
            _NONCE, sealed.data, address.encode()
        )
    except InvalidTag:
        return None
