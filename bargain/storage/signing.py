"""What a sector file signs with, and the sealing of what is put by while the file is locked.

Both keys are derived from the file key: nothing more has to be kept, they stay the same when the passphrase changes,
and whoever can open the file can sign for its side. The public half says nothing about the file key.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, SIGNATURE_BYTES = 32, 64
_NONCE_BYTES = 12
_SIGNING, _PUTTING_BY = b"bargain sector file, signing", b"bargain sector file, put by"


def sign(file_key: bytes, message: bytes) -> tuple[str, str]:
    """The public key and the signature (Ed25519) of a message, both hexadecimal."""
    key = Ed25519PrivateKey.from_private_bytes(_derived(file_key, _SIGNING))
    return key.public_key().public_bytes_raw().hex(), key.sign(message).hex()


def public_key(file_key: bytes) -> str:
    """The public key of a file, hexadecimal."""
    return sign(file_key, b"")[0]


def is_signed(key: str, signature: str, message: bytes) -> bool:
    """Whether a signature is of this key and this message; False for anything that is no key or no signature."""
    try:
        made = bytes.fromhex(signature)
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(made, message)
    except (ValueError, InvalidSignature):
        return False
    return True


def put_by(file_key: bytes, plain: bytes) -> bytes:
    """Seal something under the file's key, to be kept in memory while the file is closed."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(_derived(file_key, _PUTTING_BY)).encrypt(nonce, plain, None)


def taken_up(file_key: bytes, sealed: bytes) -> bytes | None:
    """What was put by; None where this is not the key, or a byte is not as it was."""
    cipher = ChaCha20Poly1305(_derived(file_key, _PUTTING_BY))
    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
    except (InvalidTag, ValueError):
        return None


def _derived(file_key: bytes, what_for: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=what_for).derive(file_key)
