"""The inside of a sector file: the history, the small objects and the list of the sealed parts.

The index is zstd over: its size as a little-endian unsigned 64-bit number, the head (canonical JSON), then the
small objects that the head lists, one after another. The columns stand behind the index as parts that were
sealed once, in the order of the head's list, with nothing between or after. The head has one tag over that list and
all of them: at opening it takes no key for each part to know that every byte is as it was written.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bargain.storage.codec import PlainShapeError, canonical, parse
from bargain.storage.coding import compress, decompress
from bargain.storage.history import History, from_plain_steps, to_plain_steps
from bargain.storage.segments import Sealed, open_segment
from bargain.storage.store import Store
from bargain.storage.stream import tag_over
from bargain.storage.writer_mark import own_mark

SCHEMA = 1  # of what is inside; a higher one is read as far as it is known, and not written

_SIZE = struct.Struct("<Q")
_LARGEST_INDEX = 512 * 1024 * 1024  # bytes of JSON: offers, accounts, and job titles in the hundred thousands


@dataclass(slots=True, eq=False)
class Contents:
    """All that one file holds. ``change`` counts what was done to it; ``previous`` names the writing before.

    ``certificates`` are the records of what was erased, oldest first. ``pins`` keeps, for the fingerprint of
    everything frozen, the state in which it was: however many steps ago that is, it can be opened again.
    """

    store: Store
    history: History
    change: int = 0
    previous: str = ""
    schema: int = SCHEMA
    certificates: tuple[dict[str, Any], ...] = ()
    pins: dict[str, str] = field(default_factory=dict)

    def pin(self) -> None:
        """Keep the present state for everything that is frozen in it for the first time."""
        present = self.history.present
        for one in present.sector().frozen:
            self.pins.setdefault(one.fingerprint, present.state)


def encode(contents: Contents, cipher: ChaCha20Poly1305) -> tuple[bytes, bytes]:
    """The packed index and the sealed parts. Keeps in the store only what the history needs.

    ``cipher`` is that of this writing.
    """
    store, history = contents.store, contents.history
    store.keep_only((*history.all_states, *contents.pins.values()))
    small = sorted(store.small.items())
    columns = sorted(store.columns.items())
    parts = b"".join(one.data for _, one in columns)
    listed = [[address, one.salt.hex(), len(one.data)] for address, one in columns]
    head = canonical(
        {
            "schema": contents.schema,
            "mark": own_mark(),
            "change": contents.change,
            "previous": contents.previous,
            "certificates": list(contents.certificates),
            "pins": contents.pins,
            "steps": to_plain_steps((history.start, *history.steps)),
            "at": history.at,
            "small": [[address, len(data)] for address, data in small],
            "columns": listed,
            "parts": tag_over(cipher, listed, parts).hex(),
        }
    )
    plain = b"".join((_SIZE.pack(len(head)), head, *(data for _, data in small)))
    return _SIZE.pack(len(plain)) + compress(plain), parts


def decode(
    index: bytes, parts: memoryview, file_key: bytes, cipher: ChaCha20Poly1305, *, present_only: bool = False
) -> Contents:
    """Read an opened index. Every part is authenticated. Raises PlainShapeError where anything does not fit.

    ``cipher`` is that of the writing. With ``present_only`` the history is the present step: for looking, not saving.
    """
    try:
        return _decode(index, parts, file_key, cipher, present_only=present_only)
    except (KeyError, TypeError, ValueError, IndexError, struct.error) as error:
        raise PlainShapeError("an index as it was written", "index") from error


def present_text_in(index: bytes) -> str:
    """The sentence of the present step, out of an opened index. Raises PlainShapeError."""
    try:
        head, _, _ = _head_of(index)
        return str(head["steps"][int(head["at"])]["text"])
    except (KeyError, TypeError, ValueError, IndexError, struct.error) as error:
        raise PlainShapeError("an index as it was written", "index") from error


def _head_of(index: bytes) -> tuple[Any, bytes, int]:
    """The head, the whole index unpacked, and where the small objects begin."""
    (size,) = _SIZE.unpack_from(index)
    if size > _LARGEST_INDEX:
        raise PlainShapeError("within the file", "index")
    plain = decompress(memoryview(index)[_SIZE.size :], size, where="index")
    (head_size,) = _SIZE.unpack_from(plain)
    start = _SIZE.size + head_size
    if start > len(plain):
        raise PlainShapeError("within the file", "index")
    return parse(plain[_SIZE.size : start]), plain, start


def _decode(
    index: bytes, parts: memoryview, file_key: bytes, cipher: ChaCha20Poly1305, *, present_only: bool
) -> Contents:
    head, plain, start = _head_of(index)
    small, columns = head["small"], head["columns"]
    _refuse_other_size(small, len(plain) - start, "index")
    _refuse_other_size(columns, len(parts), "columns")
    store = Store(file_key)
    store.is_lenient = head["schema"] > SCHEMA
    store.read_later(lambda: (_small_of(small, plain, start), _columns_of(columns, parts)))
    if "parts" in head:
        is_whole = hmac.compare_digest(bytes.fromhex(head["parts"]), tag_over(cipher, columns, parts))
    else:  # files of before have no tag over all
        is_whole = all(open_segment(file_key, *one) is not None for one in store.columns.items())
    if not is_whole:
        raise PlainShapeError("parts that are whole", "columns")
    history = _history_of(head["steps"], int(head["at"]), store, present_only=present_only)
    if head.get("mark") == own_mark():  # files of before have none
        store.trusted = history.present.state
        if store.trusted not in [address for address, _ in small]:
            raise PlainShapeError("there", "the present state")
    return Contents(
        store,
        history,
        int(head["change"]),
        str(head["previous"]),
        int(head["schema"]),
        tuple(head["certificates"]),
        {str(frozen): str(state) for frozen, state in head["pins"].items()},
    )


def _history_of(plain: Any, at: int, store: Store, *, present_only: bool) -> History:
    if not 0 <= at < len(plain):
        raise PlainShapeError("within its steps", "history")
    if present_only:
        before = plain[at - 1]["chain"] if at else ""
        (present,) = from_plain_steps(plain[at : at + 1], store, chain=before)
        return History(present)
    start, *steps = from_plain_steps(plain, store)
    return History(start, tuple(steps), at)


def _refuse_other_size(listed: Sequence[Any], wanted: int, where: str) -> None:
    """Raises PlainShapeError where what is listed, its size last, is not as long as what is there."""
    sizes = [one[-1] for one in listed]
    if sum(sizes) != wanted or min(sizes, default=0) < 0:
        raise PlainShapeError(f"{wanted:,} bytes long in all", where)


def _small_of(listed: Sequence[Any], plain: bytes, start: int) -> dict[str, bytes]:
    small = {}
    for address, size in listed:
        small[address] = plain[start : start + size]
        start += size
    return small


def _columns_of(listed: Sequence[Any], parts: memoryview) -> dict[str, Sealed]:
    """The parts as they lie in the file, still sealed."""
    columns, start = {}, 0
    for address, salt, size in listed:
        columns[address] = Sealed(bytes.fromhex(salt), parts[start : start + size])
        start += size
    return columns
