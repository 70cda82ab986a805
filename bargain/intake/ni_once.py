"""NI numbers, where a person allows it, once: in memory, keyed with a random key, to find two jobs of one person."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass

from bargain.intake.coded import Coded
from bargain.intake.tables import Cell, clean_text

# HMRC's NIM39110: letters that no NI number begins with, and pairs that are not used. QQ is its own dummy.
NI_NUMBER = re.compile(
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])\d{6}[A-D]?", re.IGNORECASE
)
TEMPORARY = re.compile(
    r"\d{2}[A-Z]\d{5}|TN\d{6}[A-Z]?", re.IGNORECASE
)  # a reference that stands in for a number
_SPACES = re.compile(r"[\s.-]")
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person was seen first."""

    file: str
    sheet: str
    row: int
    employer: str


class Persons:
    """Persons seen in one import, known by a keyed digest alone. The key is random and goes with this object."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._seen: dict[bytes, Place] = {}

    def digests(self, cells: Coded[Cell]) -> Coded[bytes]:
        """A digest for each NI number; empty where a cell holds none."""
        return cells.map(self._digest)

    def _digest(self, cell: Cell) -> bytes:
        number = _plain(cell)
        return hmac.digest(self._key, number[:8].encode(), "sha256") if NI_NUMBER.fullmatch(number) else b""

    def first_seen(self, digest: bytes, place: Place) -> Place | None:
        """Where else this person was seen first; None if it is here."""
        first = self._seen.setdefault(digest, place)
        return None if first == place else first


def is_temporary(cell: Cell) -> bool:
    """Whether a cell holds a temporary reference number: no error, but it tells nothing of the person."""
    return TEMPORARY.fullmatch(_plain(cell)) is not None


def _plain(cell: Cell) -> str:
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return ""
    return _SPACES.sub("", clean_text(cell)).upper()
