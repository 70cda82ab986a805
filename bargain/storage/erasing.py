"""Taking the staff data out of a sector for good: file, history, journal and backups, with a dated certificate.

What stays are the sums that nobody can be found in: employers, accounts, offers, targets, the record of each
import (how many rows, how much pay), and the frozen figures of what was tabled. First the file is written
without staff data; then every copy of before is removed. Cut short in between, the next opening goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bargain.storage import clock
from bargain.storage.codec import from_plain
from models.sector import Sector
from models.workforce import empty_workforce


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was erased, when and why; ``change`` is the file's count of changes at that moment.

    ``fingerprint`` is of the workforce that was erased: whoever kept a copy can be shown that it is the one.
    """

    at: str
    reason: str
    posts: int
    heads: float
    employers: int
    imports: int
    steps: int
    backups: int
    fingerprint: str
    change: int

    def lines(self, file_name: str) -> tuple[str, ...]:
        """The certificate in words, to keep with the papers."""
        moment = clock.from_text(self.at)
        erased = (
            f"Erased: {self.posts:,} posts ({self.heads:,.0f} staff) of {self.employers:,} employers from "
            f"{self.imports:,} imports; {self.steps:,} steps of history; {self.backups:,} backups and the journal."
        )
        elsewhere = (
            "Copies of the file that were made elsewhere, by people or by programs that sync folders, are not "
            "reached: delete those too."
        )
        return (
            "Certificate of erasure",
            f"File: {file_name}",
            f"Date: {moment.day} {moment:%B %Y, %H:%M} UTC",
            f"Reason: {self.reason or 'none given'}",
            erased,
            f"Fingerprint of what was erased: {self.fingerprint}",
            "Kept: employers, accounts, offers, targets, counts of rows imported, and figures of offers that were tabled.",
            elsewhere,
        )


def certificate_for(
    sector: Sector, *, at: datetime, reason: str, steps: int, copies: int, change: int
) -> Certificate:
    """What is about to be erased, counted."""
    force = sector.workforce
    return Certificate(
        at=clock.as_text(at),
        reason=" ".join(reason.split()),
        posts=len(force),
        heads=float(force.heads.sum()),
        employers=len(force.employers),
        imports=len(sector.imports),
        steps=steps,
        backups=copies,
        fingerprint=force.fingerprint(),
        change=change,
    )


def from_plain_certificate(plain: dict[str, Any]) -> Certificate:
    """A certificate that a file keeps."""
    return from_plain(Certificate, plain)


def without_staff(sector: Sector) -> Sector:
    """The sector without its posts and without the words that came out of payroll files."""
    imports = tuple(
        replace(one, file="", sha256="", unmapped_titles=(), mapping=(), dropped_columns=())
        for one in sector.imports
    )
    return replace(sector, workforce=empty_workforce(), imports=imports, mappings=(), accounts_mappings=())
