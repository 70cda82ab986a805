"""Sealed chunks: ChaCha20-Poly1305 over pieces of 256 KiB, in an order that cannot be changed.

The nonce of a chunk is its number and a mark on the last one, so a chunk that is moved, left out, repeated or
added is refused like one that was changed (the STREAM construction, as age has it). Each writing has its own
key, derived from the file key and a new random salt: counting from nought again never repeats a nonce.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bargain.storage.deriving import STREAM, derived_key

CHUNK = 256 * 1024
TAG = 16
STREAM_SALT_BYTES = 32


def stream_key(file_key: bytes, salt: bytes) -> bytes:
    """The key for one writing of a file."""
    return derived_key(file_key, salt, STREAM)


def sealed_size(plain: int) -> int:
    """Bytes of a sealed payload of this many plain ones."""
    return plain + TAG * max(1, -(-plain // CHUNK))


def seal_chunks(key: bytes, payload: bytes, bound_to: bytes) -> list[bytes]:
    """Seal a payload into chunks, each bound to ``bound_to`` (a digest of the header)."""
    cipher = ChaCha20Poly1305(key)
    view = memoryview(payload)
    starts = range(0, max(len(payload), 1), CHUNK)
    return [
        cipher.encrypt(_nonce(number, last=start == starts[-1]), view[start : start + CHUNK], bound_to)
        for number, start in enumerate(starts)
    ]


def open_chunks(key: bytes, sealed: memoryview, bound_to: bytes) -> bytes | None:
    """Authenticate and open every chunk; None where any byte is not as it was sealed."""
    cipher = ChaCha20Poly1305(key)
    starts = range(0, max(len(sealed), 1), CHUNK + TAG)
    try:
        return b"".join(
            cipher.decrypt(
                _nonce(number, last=start == starts[-1]), sealed[start : start + CHUNK + TAG], bound_to
            )
            for number, start in enumerate(starts)
        )
    except InvalidTag:
        return None


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
