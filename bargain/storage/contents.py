"""The inside of a sector file: the history, the small objects and the list of the sealed parts.

The index is zstd over: its size as a little-endian unsigned 64-bit number, the head (canonical JSON), then the
small objects that the head lists, one after another. The columns stand behind the index as parts that were
sealed once, in the order of the head's list, with nothing between or after.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bargain.storage.codec import PlainShapeError, canonical, parse
from bargain.storage.coding import compress, decompress
from bargain.storage.history import History, from_plain_steps, to_plain_steps
from bargain.storage.segments import SALT_BYTES, Sealed, open_segment
from bargain.storage.store import Store
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


def encode(contents: Contents) -> tuple[bytes, list[bytes | memoryview]]:
    """The packed index and the sealed parts. Keeps in the store only what the history needs."""
    store, history = contents.store, contents.history
    store.keep_only((*history.all_states, *contents.pins.values()))
    small = sorted(store.small.items())
    columns = sorted(store.columns.items())
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
            "columns": [[address, one.salt.hex(), len(one.data)] for address, one in columns],
        }
    )
    plain = b"".join((_SIZE.pack(len(head)), head, *(data for _, data in small)))
    return _SIZE.pack(len(plain)) + compress(plain), [one.data for _, one in columns]


def decode(index: bytes, parts: memoryview, file_key: bytes) -> Contents:
    """Read an opened index. Every part is authenticated. Raises PlainShapeError where anything does not fit."""
    try:
        return _decode(index, parts, file_key)
    except (KeyError, TypeError, ValueError, struct.error) as error:
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


def _decode(index: bytes, parts: memoryview, file_key: bytes) -> Contents:
    head, plain, start = _head_of(index)
    store = Store(file_key)
    store.is_lenient = head["schema"] > SCHEMA
    _take_small(store, head["small"], plain, start)
    _take_columns(store, head["columns"], parts, file_key)
    steps = from_plain_steps(head["steps"], store)
    at = int(head["at"])
    if not steps or not 0 <= at < len(steps):
        raise PlainShapeError("within its steps", "history")
    if head.get("mark") == own_mark():  # files of before have none
        store.trusted = steps[at].state
    return Contents(
        store,
        History(steps[0], steps[1:], at),
        int(head["change"]),
        str(head["previous"]),
        int(head["schema"]),
        tuple(head["certificates"]),
        {str(frozen): str(state) for frozen, state in head["pins"].items()},
    )


def _take_small(store: Store, listed: Sequence[Any], plain: bytes, start: int) -> None:
    for address, size in listed:
        store.small[address] = plain[start : start + size]  # held against its digest where it is read
        start += size
    if start != len(plain):
        raise PlainShapeError(f"{start:,} bytes long, not {len(plain):,}", "index")


def _take_columns(store: Store, listed: Sequence[Any], parts: memoryview, file_key: bytes) -> None:
    """Authenticate each part and keep it sealed, as it is."""
    start = 0
    for address, salt, size in listed:
        sealed = Sealed(bytes.fromhex(salt), parts[start : start + size])
        packed = open_segment(file_key, address, sealed) if len(sealed.salt) == SALT_BYTES else None
        if size < 0 or packed is None:
            raise PlainShapeError("a part that is whole", "columns")
        store.columns[address] = sealed
        store.opened[address] = packed
        start += size
    if start != len(parts):
        raise PlainShapeError(f"{start:,} bytes long, not {len(parts):,}", "columns")
