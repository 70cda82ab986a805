"""A second opinion on the format: a sector file opened with its description alone, and none of our code.

What stands here is what any other program would have to do to read a version 1 file in ten years.
"""

from __future__ import annotations

import hashlib
import json
import struct

import zstandard
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sector_strategies import KEY, PHRASE, example_sector

from bargain.storage.container import seal


def open_by_hand(data, passphrase):
    """The index and the plain columns by digest."""
    magic, version, size = struct.unpack_from("<8sHI", data)
    assert (magic, version) == (b"BARGAIN\n", 1)
    digest = hashlib.sha256(data[: 14 + size]).digest()
    assert data[14 + size : 46 + size] == digest
    header = json.loads(data[14 : 14 + size])
    (slot,) = header["keys"]
    cost = slot["cost"]
    wrapping = Argon2id(
        salt=bytes.fromhex(slot["salt"]),
        length=32,
        iterations=cost["passes"],
        lanes=cost["lanes"],
        memory_cost=cost["memory_kib"],
    ).derive(passphrase.encode())
    figures = [slot["kind"], cost["memory_kib"], cost["passes"], cost["lanes"], slot["salt"]]
    bound = json.dumps(["bargain key slot", *figures], separators=(",", ":")).encode()
    file_key = ChaCha20Poly1305(wrapping).decrypt(bytes(12), bytes.fromhex(slot["wrapped"]), bound)
    stream = HKDF(
        algorithm=SHA256(),
        length=32,
        salt=bytes.fromhex(header["stream_salt"]),
        info=b"bargain sector file, stream",
    ).derive(file_key)
    sealed, plain, number = data[46 + size :], b"", 0
    while sealed:
        piece, sealed = sealed[: 262_144 + 16], sealed[262_144 + 16 :]
        nonce = number.to_bytes(11, "big") + (b"\0" if sealed else b"\1")
        plain += ChaCha20Poly1305(stream).decrypt(nonce, piece, digest)
        number += 1
    packed, unpacked = struct.unpack_from("<QQ", plain)
    text = zstandard.decompress(plain[16 : 16 + packed])
    assert len(text) == unpacked
    index, at, columns = json.loads(text), 16 + packed, {}
    for blob in index["blobs"]:
        columns[blob["sha256"]] = zstandard.decompress(plain[at : at + blob["packed"]])
        at += blob["packed"]
    assert at == len(plain)
    return index["sector"], columns


def test_that_a_file_opens_by_its_description_alone():
    sector = example_sector(posts=9_000)
    stored, columns = open_by_hand(seal(sector, KEY), PHRASE)
    assert stored["name"] == "Homes of the north"
    assert stored["offers"][0]["settlements"][0]["effective"] == "2027-04-01"
    assert stored["accounts"][0]["rent_micros"] is None
    assert stored["workforce"]["posts"] == 9_000
    assert stored["workforce"]["vocabularies"]["employers"] == ["a", "b", "c"]
    place = stored["workforce"]["columns"]["rate_micros"]
    assert place["type"] == "<i8"
    shuffled = columns[place["blob"]]
    rates = [
        int.from_bytes(bytes(shuffled[byte * 9_000 + post] for byte in range(8)), "little", signed=True)
        for post in range(9_000)
    ]
    assert rates == sector.workforce.rate_micros.tolist()
