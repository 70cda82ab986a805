"""Values addressed by the SHA-256 of their bytes: small ones as canonical JSON, workforce columns packed.

A state of a sector is a small table of such addresses, and its own address is the state's hash: equal sectors
have equal hashes. What two states share (nearly everything) is stored once. Values are immutable, so a value
seen before is known by identity and is neither written out nor hashed again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, fields
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary, ref

import numpy as np
from numpy.typing import NDArray

from bargain.storage import coding
from bargain.storage.codec import (
    LENIENT,
    NO_OWN_WAY,
    ROWS_FROM,
    PlainShapeError,
    UnknownKeyError,
    canonical,
    from_plain,
    parse,
    to_plain,
)
from bargain.storage.columns import MOST_POSTS, check_codes, refuse_too_many
from bargain.storage.later import sector_later, workforce_later
from bargain.storage.sector_fields import is_list_of_values, item_kind, kind_of, most_items, names
from bargain.storage.segments import Sealed, open_segment, seal_segment
from models.sector import Sector
from models.workforce import COLUMNS, OPTIONAL, VOCABULARIES, Workforce, not_recorded

_WORKERS = 2
THREADS_FROM = 400_000  # posts

Manifest = tuple[frozenset[str], frozenset[str]]  # addresses of small objects, and of columns
Objects = tuple[dict[str, bytes], dict[str, Sealed]]


@dataclass(frozen=True, slots=True)
class StoredForce:
    """The workforce in a state: how many posts, and the addresses of vocabularies and columns."""

    posts: int
    vocabularies: Mapping[str, str]
    columns: Mapping[str, str]


class Store:
    """All objects of one open file. ``file_key`` seals its columns, each once."""

    def __init__(self, file_key: bytes) -> None:
        self._file_key = file_key
        self._small: dict[str, bytes] = {}
        self._columns: dict[str, Sealed] = {}
        self._unread: Callable[[], Objects] | None = None
        self._one_reads = Lock()
        self.trusted = ""  # a state that this very program wrote: its values are read when they are asked for
        self._held: dict[str, bytes] = {}  # small objects of that state, which no step may need any more
        self._held_columns: dict[str, Sealed] = {}  # and its columns
        self._manifests: dict[str, Manifest] = {}  # of a state
        self._known: dict[int, tuple[Any, Any]] = {}  # id of a value: (the value, its address)
        self._known_arrays: dict[int, tuple[ref[Any], str]] = {}
        self._values: dict[tuple[str, str], Any] = {}  # (field, address): the value, so that states share it
        self._arrays: WeakValueDictionary[tuple[str, str], NDArray[Any]] = WeakValueDictionary()
        self.is_lenient = False  # read what a newer version wrote, leaving out what is not known here

    @property
    def small(self) -> dict[str, bytes]:
        """The small objects by their addresses, each held against its digest where it is read."""
        self._take_in()
        return self._small

    @property
    def columns(self) -> dict[str, Sealed]:
        """The columns by their addresses, sealed."""
        self._take_in()
        return self._columns

    def read_later(self, read: Callable[[], Objects]) -> None:
        """Begin with the objects of a file, which are told apart when the first of them is asked for."""
        self._unread = read

    def _take_in(self) -> None:
        if self._unread is not None:
            with self._one_reads:
                if self._unread is not None:
                    self._small, self._columns = self._unread()
                    self._unread = None

    # Putting in

    def put(self, sector: Sector) -> str:
        """Store a sector and give its state's hash. Raises UnusableInput for more posts than a file holds."""
        plain: dict[str, Any] = {"fields": {}}
        for field in fields(sector):
            value = getattr(sector, field.name)
            if field.name == "workforce":
                plain["workforce"] = to_plain(self._put_force(value))
            else:
                plain["fields"][field.name] = self._put_field(field.name, value)
        return self._put_bytes(canonical(plain))

    def _put_field(self, name: str, value: Any) -> Any:
        # First: there is one empty tuple, and it may be known as the vocabulary of some column.
        if is_list_of_values(name) and len(value) <= most_items(item_kind(name)):
            return [self._put_value(item_kind(name), one) for one in value]
        known = self._known.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        address = self._put_value(kind_of(name), value)
        self._known[id(value)] = (value, address)
        return address

    def _put_value(self, kind: Any, value: Any) -> str:
        known = self._known.get(id(value))
        if known is not None and known[0] is value:
            return str(known[1])
        plain = to_plain(value)
        try:  # never keep what could not be read again
            from_plain(kind, plain)
        except PlainShapeError as error:  # a fault in the program, not in anybody's file
            raise ValueError(f"this can't be stored: {error}") from error
        address = self._put_bytes(canonical(plain))
        self._known[id(value)] = (value, address)
        return address

    def _put_bytes(self, data: bytes) -> str:
        address = hashlib.sha256(data).hexdigest()
        self.small.setdefault(address, data)
        return address

    def _put_force(self, force: Workforce) -> StoredForce:
        known = self._known.get(id(force))
        if known is not None and known[0] is force:
            stored: StoredForce = known[1]
            return stored
        refuse_too_many(force)
        check_codes(force)
        vocabularies = {name: self._put_value(tuple[str, ...], getattr(force, name)) for name in VOCABULARIES}
        with ThreadPoolExecutor(_WORKERS) as workers:  # hashing and packing let other threads run meanwhile
            held = force.held_columns()
            addresses = list(workers.map(self._put_column, [getattr(force, name) for name in held]))
        stored = StoredForce(len(force), vocabularies, dict(zip(held, addresses, strict=True)))
        self._known[id(force)] = (force, stored)
        return stored

    def _put_column(self, column: NDArray[Any]) -> str:
        known = self._known_arrays.get(id(column))
        if known is not None and known[0]() is column:
            return known[1]
        little = np.ascontiguousarray(column.astype(column.dtype.newbyteorder("<"), copy=False))
        digest = hashlib.sha256(little.dtype.str.encode())  # nought in four bytes is not nought in eight
        digest.update(little.view(np.uint8).data)
        address = digest.hexdigest()
        if address not in self.columns:
            self.columns[address] = seal_segment(self._file_key, address, coding.pack(column))
        self._known_arrays[id(column)] = (ref(column), address)
        return address

    # Getting out

    def get(self, state: str) -> Sector:
        """The sector of a state. Raises PlainShapeError, or UnknownKeyError where a newer version wrote it."""
        if state == self.trusted:
            return self._get_later(state)
        plain = self._table_of(state)
        values = {}
        for name, address in plain["fields"].items():
            if name in names() and name != "workforce":
                values[name] = self._get_field(name, address)
            elif not self.is_lenient:
                raise UnknownKeyError(name)
        force = self._get_force(from_plain(StoredForce, plain.get("workforce"), where="workforce"))
        try:
            return Sector(**values, workforce=force)
        except TypeError as error:
            raise PlainShapeError("a sector with a name", "state") from error

    def _table_of(self, state: str) -> Any:
        """The table of addresses that a state is."""
        plain = parse(self._bytes(state))
        if not isinstance(plain, dict) or not isinstance(plain.get("fields"), dict):
            raise PlainShapeError("a table of fields", "state")
        return plain

    def _get_later(self, state: str) -> Sector:
        """A sector of which nothing is read yet, the table of its state neither."""
        read: list[Any] = []

        def value(name: str) -> Any:
            if not read:
                read.append(self._table_of(state))
            if name == "workforce":
                return self._force_later(read[0])
            if name not in read[0]["fields"]:
                raise PlainShapeError("there", name)
            return self._get_field(name, read[0]["fields"][name])

        return sector_later(names(), value)

    def _force_later(self, plain: Any) -> Workforce:
        """The workforce of a state, of which no column is read yet."""
        stored = from_plain(StoredForce, plain.get("workforce"), where="workforce")
        self._refuse_other_force(stored)

        def part(name: str) -> Any:
            if name in OPTIONAL and name not in stored.columns:
                return not_recorded(name, stored.posts)
            if name in COLUMNS:
                return self._get_column(name, stored.columns[name], stored.posts)
            return self._get_vocabulary(name, stored)

        force = workforce_later(stored.posts, (*VOCABULARIES, *COLUMNS), part)
        self._known[id(force)] = (force, stored)
        return force

    def manifest(self, state: str) -> Manifest:
        """The addresses that a state needs: of small objects (its own among them) and of columns."""
        if state not in self._manifests:
            self._manifests[state] = self._read_manifest(state)
        return self._manifests[state]

    def _read_manifest(self, state: str) -> Manifest:
        plain = parse(self._bytes(state))
        force = plain["workforce"]
        small = {state, *force["vocabularies"].values()}
        for one in plain["fields"].values():
            small.update(one if isinstance(one, list) else (one,))
        return frozenset(small), frozenset(force["columns"].values())

    def keep_only(self, states: Iterable[str]) -> None:
        """Forget every object that none of these states needs."""
        self._hold_trusted()
        needed = {state: self.manifest(state) for state in states}
        small: set[str] = set().union(*(one[0] for one in needed.values()))
        columns: set[str] = set().union(*(one[1] for one in needed.values()))
        self._manifests = needed
        self._small = {address: data for address, data in self.small.items() if address in small}
        self._columns = {address: one for address, one in self.columns.items() if address in columns}
        # Copies, since another thread may be reading a value meanwhile, which adds to these.
        values, known, arrays = self._values.copy(), self._known.copy(), self._known_arrays.copy()
        self._values = {key: value for key, value in values.items() if key[1] in small}
        self._known = {at: one for at, one in known.items() if _is_kept(one[1], small, columns)}
        self._known_arrays = {
            at: (array, address)
            for at, (array, address) in arrays.items()
            if address in columns and array() is not None
        }

    def _hold_trusted(self) -> None:
        """Keep what somebody who holds the sector that was opened may still ask for."""
        if self.trusted and not self._held:
            small, columns = self.manifest(self.trusted)
            self._held = {address: self.small[address] for address in small if address in self.small}
            self._held_columns = {one: self.columns[one] for one in columns if one in self.columns}

    def check_column_names(self, state: str) -> None:
        """Work the address of every column of a state out again. Raises PlainShapeError that names one."""
        force = self.get(state).workforce
        stored = from_plain(StoredForce, parse(self._bytes(state))["workforce"])
        for name, address in stored.columns.items():
            little = getattr(force, name).astype(np.dtype(COLUMNS[name]).newbyteorder("<"), copy=False)
            digest = hashlib.sha256(little.dtype.str.encode() + little.tobytes()).hexdigest()
            if digest != address:
                raise PlainShapeError("the column that its digest says", name)

    def _get_field(self, name: str, address: Any) -> Any:
        if isinstance(address, list):
            if not is_list_of_values(name):
                raise PlainShapeError("one value", name)
            self._read_many(name, address)
            return tuple(self._get_value(name, item_kind(name), one) for one in address)
        return self._get_value(name, kind_of(name), address)

    def _read_many(self, name: str, addresses: list[Any]) -> None:
        """Read the items of a list at once where they are many; what does not fit is left for ``_get_value`` to say."""
        new = [one for one in addresses if isinstance(one, str) and (name, one) not in self._values]
        if len(new) < ROWS_FROM or self.is_lenient:
            return
        with suppress(PlainShapeError):
            plain = parse(b"[%b]" % b",".join(map(self._bytes, new)))
            items = from_plain(kind_of(name), plain)
            if len(items) == len(new):
                for address, item in zip(new, items, strict=True):
                    self._values[name, address] = item
                    self._known[id(item)] = (item, address)

    def _get_value(self, name: str, kind: Any, address: Any) -> Any:
        if not isinstance(address, str):
            raise PlainShapeError("an address", name)
        if (name, address) not in self._values:
            own = LENIENT if self.is_lenient else NO_OWN_WAY
            value = from_plain(kind, parse(self._bytes(address)), own=own, where=name)
            self._values[name, address] = value
            if not self.is_lenient:
                self._known[id(value)] = (value, address)
        return self._values[name, address]

    def _get_force(self, stored: StoredForce) -> Workforce:
        self._refuse_other_force(stored)
        vocabularies = {name: self._get_vocabulary(name, stored) for name in VOCABULARIES}

        def column(name: str) -> NDArray[Any]:
            return self._get_column(name, stored.columns[name], stored.posts)

        held = [name for name in COLUMNS if name in stored.columns]
        if stored.posts < THREADS_FROM:  # threads cost more than they save
            columns = {name: column(name) for name in held}
        else:
            with ThreadPoolExecutor(_WORKERS) as workers:
                columns = dict(zip(held, workers.map(column, held), strict=True))
        parts: dict[str, Any] = {**vocabularies, **columns}
        force = Workforce(**parts)
        try:
            check_codes(force)
        except ValueError as error:
            raise PlainShapeError(f"in order: {error}", "workforce") from error
        return force

    def _refuse_other_force(self, stored: StoredForce) -> None:
        """Raises PlainShapeError for a workforce that is not made of the columns and vocabularies known here."""
        if not 0 <= stored.posts <= MOST_POSTS:
            raise PlainShapeError(f"from 0 to {MOST_POSTS:,}", "posts")
        for known, found in ((COLUMNS, stored.columns), (VOCABULARIES, stored.vocabularies)):
            unknown = [name for name in found if name not in known]
            if unknown and not self.is_lenient:
                raise UnknownKeyError(unknown[0])
            missing = [name for name in known if name not in found and name not in OPTIONAL]
            if missing:
                raise PlainShapeError("there", missing[0])

    def _get_vocabulary(self, name: str, stored: StoredForce) -> Any:
        return self._get_value(name, tuple[str, ...], stored.vocabularies[name])

    def _get_column(self, name: str, address: str, posts: int) -> NDArray[Any]:
        kind = np.dtype(COLUMNS[name])
        found = self._arrays.get((kind.str, address))
        if found is not None and len(found) == posts:
            return found
        sealed = self.columns.get(address, self._held_columns.get(address))
        packed = open_segment(self._file_key, address, sealed) if sealed is not None else None
        if packed is None:
            raise PlainShapeError("a column that is whole", name)
        column = coding.unpack(packed, kind, posts, where=name)
        column.flags.writeable = False
        self._arrays[kind.str, address] = column
        self._known_arrays[id(column)] = (ref(column), address)
        return column

    def _bytes(self, address: str) -> bytes:
        data = self.small.get(address, self._held.get(address))
        if data is None:
            raise PlainShapeError("there", "a part of the history")
        if hashlib.sha256(data).hexdigest() != address:
            raise PlainShapeError("the part that its digest says", "a part of the history")
        return data


def _is_kept(address: Any, small: set[str], columns: set[str]) -> bool:
    return (
        columns.issuperset(address.columns.values()) if isinstance(address, StoredForce) else address in small
    )
