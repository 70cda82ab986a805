"""The sentence that reconciles an import: every row of the file is somewhere."""

from __future__ import annotations

from PySide6.QtCore import QObject


class Reconciliation(QObject):
    """A QObject only for its ``tr``: that is where the translation tools find texts with counts."""

    def sentence(
        self,
        *,
        rows: int,
        staff: int,
        totals: int,
        leavers: int,
        set_aside: int,
        blank: int,
        heads: float | None = None,
    ) -> str:
        """``1,284 rows in file = 1,250 staff + 12 totals + 9 leavers``; what is nought is left out.

        heads: how many the rows of staff stand for; where a row stands for several, it is not called one of staff.
        """
        head = self.tr("%Ln row(s) in file", "", rows)
        if heads is None or round(heads) == staff:
            parts = [self.tr("%Ln staff", "", staff)]
        else:
            parts = [
                f"{self.tr('%Ln row(s) of staff', '', staff)} ({self.tr('%Ln staff', '', round(heads))})"
            ]
        if totals:
            parts.append(self.tr("%Ln total(s)", "", totals))
        if leavers:
            parts.append(self.tr("%Ln leaver(s)", "", leavers))
        if set_aside:
            parts.append(self.tr("%Ln set aside", "", set_aside))
        if blank:
            parts.append(self.tr("%Ln blank", "", blank))
        return f"{head} = {' + '.join(parts)}"


def sentence(
    *,
    rows: int,
    staff: int,
    totals: int,
    leavers: int,
    set_aside: int,
    blank: int,
    heads: float | None = None,
) -> str:
    """Say what became of the rows of a file."""
    return Reconciliation().sentence(
        rows=rows,
        staff=staff,
        totals=totals,
        leavers=leavers,
        set_aside=set_aside,
        blank=blank,
        heads=heads,
    )
