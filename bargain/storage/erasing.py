"""Taking the staff data out of a sector for good: file, history, journal and backups, with a dated certificate.

What stays are the sums that nobody can be found in: employers, accounts, offers, targets, the record of each
import (how many rows, how much pay), and the frozen figures of what was tabled. Where only some imports are erased,
the staff of the others stay too; history and copies go all the same, since they hold everybody. First the file is written
without staff data; then every copy of before is removed. Cut short in between, the next opening goes on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.in_number import in_number
from bargain.plain_names import plain_name
from bargain.storage import clock
from bargain.storage.codec import from_plain
from models.sector import Sector
from models.workforce import Workforce, empty_workforce, selected

_LONGEST_REASON = 400  # letters


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
    kept_posts: int = 0

    def lines(self, file_name: str) -> tuple[str, ...]:
        """The certificate in words, to keep with the papers."""
        moment = clock.from_text(self.at)
        erased = (
            f"Erased: {in_number(self.posts, 'post')} ({self.heads:,.0f} staff) of {in_number(self.employers, 'employer')} from "
            f"{in_number(self.imports, 'import')}; {in_number(self.steps, 'step')} of history; "
            f"{in_number(self.backups, 'backup')} and the journal."
        )
        kept = "Kept: employers, accounts, offers, targets, counts of rows imported, and figures of offers that were tabled."
        if self.kept_posts:
            kept += f" Also kept: {in_number(self.kept_posts, 'post')} of other imports."
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
            kept,
            elsewhere,
        )


def certificate_for(
    sector: Sector,
    *,
    at: datetime,
    reason: str,
    steps: int,
    copies: int,
    change: int,
    only: Collection[int] | None = None,
) -> Certificate:
    """What is about to be erased, counted. ``only``: the numbers of the imports; None for all staff."""
    force = sector.workforce
    going = _of_imports(force, only)
    gone = selected(force, going)
    return Certificate(
        at=clock.as_text(at),
        reason=plain_name(reason, longest=_LONGEST_REASON),
        posts=len(gone),
        heads=float(gone.heads.sum()),
        employers=len(gone.employers) if only is not None else len(force.employers),
        imports=len(sector.imports) if only is None else len(set(only)),
        steps=steps,
        backups=copies,
        fingerprint=force.fingerprint() if only is None else gone.fingerprint(),
        change=change,
        kept_posts=len(force) - len(gone),
    )


def from_plain_certificate(plain: dict[str, Any]) -> Certificate:
    """A certificate that a file keeps."""
    return from_plain(Certificate, plain)


def without_staff(sector: Sector, only: Collection[int] | None = None) -> Sector:
    """The sector without its posts and without the words that came out of payroll files.

    ``only``: the numbers of the imports whose posts go; None for all. Ways of reading that were remembered of a file go
    with it, as they may hold its words.
    """
    codes = range(len(sector.imports)) if only is None else set(only)
    imports = tuple(
        replace(one, file="", sha256="", unmapped_titles=(), mapping=(), dropped_columns=())
        if code in codes
        else one
        for code, one in enumerate(sector.imports)
    )
    if only is None:
        return replace(
            sector, workforce=empty_workforce(), imports=imports, mappings=(), accounts_mappings=()
        )
    files = {one.file for one in imports if one.file}
    return replace(
        sector,
        workforce=selected(sector.workforce, ~_of_imports(sector.workforce, only)),
        imports=imports,
        mappings=tuple(one for one in sector.mappings if one.file in files),
    )


def _of_imports(force: Workforce, only: Collection[int] | None) -> NDArray[np.bool_]:
    """Which posts came in with these imports (n_posts,)."""
    if only is None:
        return np.ones(len(force), dtype=bool)
    found: NDArray[np.bool_] = np.isin(force.import_code, sorted(set(only)))
    return found
