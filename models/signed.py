"""Offers that pass between the sides as signed files: whose key signs, and what was sent when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Signer:
    """A party's public key (Ed25519, 64 hexadecimal letters) and the day on which a file signed with it first came."""

    party: str
    key: str
    first_seen: date


@dataclass(frozen=True, slots=True)
class SentOffer:
    """One offer that left this side: its name here, the name that the other side sees, for whom, and the file's SHA-256."""

    offer: str
    shown_as: str
    to: str
    sent_on: date
    sha256: str
