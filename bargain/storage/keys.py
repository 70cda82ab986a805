"""Keys: from a passphrase to the random key that seals one file.

The file key is random. It is kept in the file's header, wrapped by a key that Argon2id derives from the
passphrase, so that a change of passphrase wraps 32 bytes anew; a second copy may be wrapped under a recovery key
that was printed. The sample has a copy under words that everybody knows, and only the sample may.
Deriving is slow on purpose; a ``SealKey`` is the result, kept while a file is open, so that saving is quick.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from bargain.storage import recovery
from bargain.storage.codec import canonical
from bargain.storage.refusals import DamagedFileError, HostileFileError, WrongPassphraseError
from models.issues import UnusableInput

KEY_BYTES = 32
SALT_BYTES = 16
TYPED_SLOT = "passphrase"
RECOVERY_SLOT = "recovery"
OPEN_SLOT = "open"  # everybody can open it: for invented data only

# What a header may ask for, checked before a byte is allocated.
MOST_MEMORY_KIB = 1024 * 1024
MOST_PASSES = 20
MOST_LANES = 16
MOST_SLOTS = 4

_OPEN_WORDS = "open to everybody"  # no secret: it makes the sample open like any other file

_WRAPPED_BYTES = KEY_BYTES + 16
# The wrapping key is used once: every wrap has a new salt. A fixed nonce is then safe.
_WRAP_NONCE = bytes(12)


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess at the passphrase costs: RFC 9106's second recommended choice."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


PRODUCTION_COST = Argon2Cost()


@dataclass(frozen=True, slots=True)
class KeySlot:
    """One wrapped copy of the file key, as the header holds it; ``salt`` and ``wrapped`` are hexadecimal."""

    kind: str
    cost: Argon2Cost
    salt: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class SealKey:
    """An opened file's key with its wrapped copies: seals again without deriving again."""

    slots: tuple[KeySlot, ...]
    file_key: bytes = field(repr=False)


def new_seal_key(passphrase: str, cost: Argon2Cost = PRODUCTION_COST) -> SealKey:
    """A new random file key, wrapped under a passphrase. Takes as long as ``cost`` says."""
    file_key = os.urandom(KEY_BYTES)
    return SealKey((_wrap(file_key, TYPED_SLOT, passphrase, cost),), file_key)


def with_new_passphrase(key: SealKey, passphrase: str, cost: Argon2Cost = PRODUCTION_COST) -> SealKey:
    """The same file key under another passphrase; other wrapped copies stay."""
    return _with_slot(key, TYPED_SLOT, passphrase, cost)


def with_recovery_key(key: SealKey, recovery_key: str, cost: Argon2Cost = PRODUCTION_COST) -> SealKey:
    """The same file key, also under a recovery key; an earlier recovery key opens it no more.

    Raises UnusableInput where the key is not one that ``recovery.new_recovery_key`` could have made.
    """
    letters = recovery.letters_of(recovery_key)
    if letters is None:
        raise UnusableInput("That is not a recovery key: copy all its letters, as they are printed.")
    return _with_slot(key, RECOVERY_SLOT, letters, cost)


def open_to_everybody(key: SealKey, cost: Argon2Cost = PRODUCTION_COST) -> SealKey:
    """The same file key, also without a passphrase: for the sample, whose people are invented."""
    return _with_slot(key, OPEN_SLOT, _OPEN_WORDS, cost)


def has_slot(key: SealKey, kind: str) -> bool:
    """Whether the file key has a wrapped copy of this kind."""
    return any(slot.kind == kind for slot in key.slots)


def unlock(slots: tuple[KeySlot, ...], secret: str | None, *, source: str) -> SealKey:
    """Unwrap the file key with what was typed: the passphrase or the recovery key; None for the sample.

    One derivation whichever it is, and one message. Raises WrongPassphraseError. Call ``check_slots`` first.
    """
    letters = None if secret is None else recovery.letters_of(secret)
    if secret is None:
        kind, words = OPEN_SLOT, _OPEN_WORDS
    elif letters is not None:
        kind, words = RECOVERY_SLOT, letters
    else:
        kind, words = TYPED_SLOT, secret
    slot = next((one for one in slots if one.kind == kind), None)
    if slot is None:  # derive all the same: how long it takes says nothing about the file
        derive_key(words, bytes(SALT_BYTES), slots[0].cost)
        raise WrongPassphraseError(source)
    wrapping = derive_key(words, bytes.fromhex(slot.salt), slot.cost)
    try:
        file_key = ChaCha20Poly1305(wrapping).decrypt(
            _WRAP_NONCE, bytes.fromhex(slot.wrapped), _bound(slot.kind, slot.cost, slot.salt)
        )
    except InvalidTag as error:
        raise WrongPassphraseError(source) from error
    return SealKey(slots, file_key)


def check_slots(slots: tuple[KeySlot, ...], *, source: str) -> None:
    """Refuse slots that ask for too much, or that no version of ours could have written."""
    kinds = [slot.kind for slot in slots]
    if not 1 <= len(slots) <= MOST_SLOTS or len(set(kinds)) != len(kinds) or TYPED_SLOT not in kinds:
        raise DamagedFileError(source)
    for slot in slots:
        cost = slot.cost
        if cost.memory_kib > MOST_MEMORY_KIB or cost.passes > MOST_PASSES or cost.lanes > MOST_LANES:
            raise HostileFileError(source)
        if cost.passes < 1 or cost.lanes < 1 or cost.memory_kib < 8 * cost.lanes:
            raise DamagedFileError(source)
        if not (_is_hex(slot.salt, SALT_BYTES) and _is_hex(slot.wrapped, _WRAPPED_BYTES)):
            raise DamagedFileError(source)


def derive_key(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    """Argon2id of a passphrase: 32 bytes.

    The passphrase is put in Unicode form NFC first: one system types é as one character, another as two.
    """
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    if not secret:
        raise UnusableInput("The passphrase is empty. Give at least one character; a sentence is better.")
    deriving = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    try:
        return deriving.derive(secret)
    except MemoryError as error:
        raise UnusableInput(
            f"Opening a sector file needs {cost.memory_kib // 1024} MB of free memory, and this computer has "
            "less. Close other programs and try again."
        ) from error


def _with_slot(key: SealKey, kind: str, words: str, cost: Argon2Cost) -> SealKey:
    """The key with its slot of this kind made anew, in the same order as before."""
    made = _wrap(key.file_key, kind, words, cost)
    if has_slot(key, kind):
        return SealKey(tuple(made if one.kind == kind else one for one in key.slots), key.file_key)
    return SealKey((*key.slots, made), key.file_key)


def _wrap(file_key: bytes, kind: str, words: str, cost: Argon2Cost) -> KeySlot:
    salt = os.urandom(SALT_BYTES)
    wrapping = derive_key(words, salt, cost)
    bound = _bound(kind, cost, salt.hex())
    wrapped = ChaCha20Poly1305(wrapping).encrypt(_WRAP_NONCE, file_key, bound)
    return KeySlot(kind, cost, salt.hex(), wrapped.hex())


def _bound(kind: str, cost: Argon2Cost, salt: str) -> bytes:
    """What a wrapped key is bound to, so that nobody can move it under other figures."""
    return canonical(["bargain key slot", kind, cost.memory_kib, cost.passes, cost.lanes, salt])


def _is_hex(text: str, size: int) -> bool:
    """Whether a text is so many bytes in small hexadecimal letters: the library passes over spaces, and takes capitals."""
    try:
        return len(text) == 2 * size and bytes.fromhex(text).hex() == text
    except ValueError:
        return False
