"""A second opinion on the format: sector files opened with their description alone, and none of our code.

What stands here is what any other program would have to do to read a file of version 1 or 2 in ten years.
"""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path

import pytest
import zstandard
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sector_strategies import KEY, PHRASE, example_sector

from bargain.storage.container import seal

GOLDEN = Path(__file__).parents[2] / "old_sectors" / "version_1.bargain"


def derived(file_key, salt, info):
    return HKDF(algorithm=SHA256(), length=32, salt=bytes.fromhex(salt), info=info).derive(file_key)


def open_outside(data, passphrase):
    """The version, the file's key and this writing's, the opened index, and what stands behind it."""
    magic, version, size = struct.unpack_from("<8sHI", data)
    assert magic == b"BARGAIN\n"
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
    stream = derived(file_key, header["stream_salt"], b"bargain sector file, stream")
    rest = data[46 + size :]
    sealed, parts = (
        (rest, b"") if version == 1 else (rest[: header["index_bytes"]], rest[header["index_bytes"] :])
    )
    plain, number = b"", 0
    while sealed:
        piece, sealed = sealed[: 262_144 + 16], sealed[262_144 + 16 :]
        nonce = number.to_bytes(11, "big") + (b"\0" if sealed else b"\1")
        plain += ChaCha20Poly1305(stream).decrypt(nonce, piece, digest)
        number += 1
    return version, (file_key, stream), plain, parts


def rates_of(packed, posts):
    """The figures of a packed whole-number column that is a multiple of a step, or bytes by their place."""
    if packed[0] == 2:
        _, lowest, step, width = struct.unpack_from("<BqqB", packed)
        codes = packed[19:] if packed[18] == 0 else zstandard.decompress(packed[19:])
        by_place = packed[18] == 1
        return [
            lowest
            + step
            * sum(
                (codes[byte * posts + post] if by_place else codes[post * width + byte]) << (8 * byte)
                for byte in range(width)
            )
            for post in range(posts)
        ]
    assert packed[0] == 0
    plain = zstandard.decompress(packed[1:])
    return [
        int.from_bytes(bytes(plain[byte * posts + post] for byte in range(8)), "little", signed=True)
        for post in range(posts)
    ]


@pytest.mark.parametrize("posts", [3, 9_000])
def test_that_a_file_opens_by_its_description_alone(posts):
    sector = example_sector(posts=posts)
    version, (file_key, stream), index, parts = open_outside(seal(sector, KEY), PHRASE)
    assert version == 2
    (size,) = struct.unpack_from("<Q", index)
    plain = zstandard.decompress(index[8:])
    assert len(plain) == size
    (head_size,) = struct.unpack_from("<Q", plain)
    head, at = json.loads(plain[8 : 8 + head_size]), 8 + head_size
    small = {}
    for address, length in head["small"]:
        small[address] = plain[at : at + length]
        assert hashlib.sha256(small[address]).hexdigest() == address
        at += length
    assert at == len(plain)
    columns, at = {}, 0
    for address, salt, length in head["columns"]:
        key = derived(file_key, salt, b"bargain sector file, part")
        columns[address] = ChaCha20Poly1305(key).decrypt(bytes(12), parts[at : at + length], address.encode())
        at += length
    assert at == len(parts)
    items = ",".join(str(item) for row in head["columns"] for item in row).encode()
    assert ChaCha20Poly1305(stream).encrypt(b"\xff" * 12, items, parts)[-16:].hex() == head["parts"]
    (step,) = head["steps"]
    assert step["text"] == "New sector"
    bare = {name: value for name, value in step.items() if name != "chain"}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"))
    assert step["chain"] == hashlib.sha256(text.encode()).hexdigest()
    state = json.loads(small[step["state"]])
    assert json.loads(small[state["fields"]["name"]]) == "Homes of the north"
    offers = [json.loads(small[address]) for address in state["fields"]["offers"]]
    assert offers[0]["settlements"][0]["effective"] == "2027-04-01"
    assert json.loads(small[state["fields"]["accounts"][0]])["rent_micros"] is None
    force = state["workforce"]
    assert force["posts"] == posts
    assert json.loads(small[force["vocabularies"]["employers"]]) == ["a", "b", "c"]
    rates = rates_of(columns[force["columns"]["rate_micros"]], posts)
    assert rates == sector.workforce.rate_micros.tolist()
    little = b"<i8" + b"".join(rate.to_bytes(8, "little", signed=True) for rate in rates)
    assert hashlib.sha256(little).hexdigest() == force["columns"]["rate_micros"]


def test_that_a_file_of_the_first_version_opens_by_its_description_alone():
    version, _, plain, parts = open_outside(GOLDEN.read_bytes(), "three dry gloves")
    assert (version, parts) == (1, b"")
    packed, unpacked = struct.unpack_from("<QQ", plain)
    text = zstandard.decompress(plain[16 : 16 + packed])
    assert len(text) == unpacked
    index, at, columns = json.loads(text), 16 + packed, {}
    for blob in index["blobs"]:
        columns[blob["sha256"]] = zstandard.decompress(plain[at : at + blob["packed"]])
        at += blob["packed"]
    assert at == len(plain)
    stored = index["sector"]
    assert stored["name"] == "Golden homes of the north"
    assert [offer["name"] for offer in stored["offers"]] == ["Union claim", "Employers' offer"]
    shuffled = columns[stored["workforce"]["columns"]["rate_micros"]["blob"]]
    rates = [
        int.from_bytes(bytes(shuffled[byte * 6 + post] for byte in range(8)), "little") for post in range(6)
    ]
    assert rates == [12_600_000, 12_900_000, 13_800_000, 12_750_000, 16_200_000, 15_000_000]
