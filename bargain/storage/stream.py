"""Sealed chunks: ChaCha20-Poly1305 over pieces of 256 KiB, in an order that cannot be changed.

The nonce of a chunk is its number and a mark on the last one, so a chunk that is moved, left out, repeated or
added is refused like one that was changed (the STREAM construction, as age has it). Each writing has its own
key, derived from the file key and a new random salt: counting from nought again never repeats a nonce. What stands
behind the chunks was sealed before; one tag under the same key, with a nonce that no chunk has, says that it is whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bargain.storage.deriving import STREAM, derived_key

CHUNK = 256 * 1024
TAG = 16
_BEHIND = b"\xff" * 12
STREAM_SALT_BYTES = 32


def cipher_of(file_key: bytes, salt: bytes) -> ChaCha20Poly1305:
    """The cipher, with its key, for one writing of a file."""
    return ChaCha20Poly1305(derived_key(file_key, salt, STREAM))


def sealed_size(plain: int) -> int:
    """Bytes of a sealed payload of this many plain ones."""
    return plain + TAG * max(1, -(-plain // CHUNK))


def seal_chunks(cipher: ChaCha20Poly1305, payload: bytes, bound_to: bytes) -> list[bytes]:
    """Seal a payload into chunks, each bound to ``bound_to`` (a digest of the header)."""
    view = memoryview(payload)
    starts = range(0, max(len(payload), 1), CHUNK)
    return [
        cipher.encrypt(_nonce(number, last=start == starts[-1]), view[start : start + CHUNK], bound_to)
        for number, start in enumerate(starts)
    ]


def open_chunks(cipher: ChaCha20Poly1305, sealed: memoryview, bound_to: bytes) -> bytes | None:
    """Authenticate and open every chunk; None where any byte is not as it was sealed."""
    starts = range(0, max(len(sealed), 1), CHUNK + TAG)
    try:
        opened = [
            cipher.decrypt(
                _nonce(number, last=start == starts[-1]), sealed[start : start + CHUNK + TAG], bound_to
            )
            for number, start in enumerate(starts)
        ]
    except InvalidTag:
        return None
    return b"".join(opened)  # of one chunk, as most files have, no copy is made


def tag_over(
    cipher: ChaCha20Poly1305, listed: Iterable[Iterable[object]], parts: bytes | memoryview
) -> bytes:
    """The tag, which only the key makes, of the parts behind the chunks and of the list that says what they are.

    It is that of the list's items, divided by commas, sealed with the parts bound to them. There is one such list and
    one run of parts in a writing.
    """
    items = ",".join(map(str, chain.from_iterable(listed)))
    return cipher.encrypt(_BEHIND, items.encode(), parts)[-TAG:]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
