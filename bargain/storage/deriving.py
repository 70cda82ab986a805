"""One key out of another: HKDF with SHA-256 (RFC 5869), for keys of 32 bytes.

Written with the standard library's HMAC, because a file has a key for each of its parts and making an object for
each derivation took longer than deriving. The tests hold it against the RFC's cases and the cryptography library.
"""

from __future__ import annotations

import hmac

STREAM = b"bargain sector file, stream"
PART = b"bargain sector file, part"
JOURNAL = b"bargain sector file, journal"


def derived_key(key: bytes, salt: bytes, info: bytes) -> bytes:
    """32 bytes that only ``key`` leads to; another salt (random) or another use (``info``) gives other ones."""
    extracted = hmac.digest(salt, key, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")
