"""Known totals as they are typed: four columns of text, turned into totals when they are used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject

from bargain.offers.totals_file import band_text, size_band
from models.employer import FAMILIES, Ownership
from models.grossing import KnownTotal
from models.issues import UnusableInput
from ui.itemmodels.entry_table import EntryTable

REGION, OWNER, SIZE, COUNT = range(4)


def tr(text: str) -> str:
    """A text of the totals in the person's language."""
    return QCoreApplication.translate("", text)


class TotalsTable(EntryTable):
    """Rows of region, owner, size band and count."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (tr("Region"), tr("Owner"), tr("Staff"), tr("How many")), numbers=(COUNT,), parent=parent
        )

    def set_totals(self, totals: tuple[KnownTotal, ...]) -> None:
        """Show totals, or one blank row where there are none."""
        self.set_rows([(one.region, one.ownership, band_text(one), _digits(one.count)) for one in totals])

    def totals(self) -> tuple[KnownTotal, ...]:
        """The rows that are filled in, as totals. Raises UnusableInput that names the row."""
        made = [
            _total(number, [cell.strip() for cell in row])
            for number, row in enumerate(self.rows(), 1)
            if any(cell.strip() for cell in row)
        ]
        if not made:
            raise UnusableInput(tr("There is no total yet; fill in at least one row."))
        return tuple(made)


def _total(number: int, row: Sequence[str]) -> KnownTotal:
    kinds = (*FAMILIES, *Ownership)
    owner = next((str(one) for one in kinds if one.casefold() == row[OWNER].casefold()), "")
    if row[OWNER] and not owner:
        said = tr("Row {number}: “{owner}” is no kind of owner; write {known} or a type.")
        raise UnusableInput(said.format(number=number, owner=row[OWNER], known=", ".join(FAMILIES)))
    try:
        start, end = size_band(row[SIZE])
    except ValueError:
        said = tr("Row {number}: “{size}” is no size; write a band of staff such as 1-49 or 250+.")
        raise UnusableInput(said.format(number=number, size=row[SIZE])) from None
    digits = row[COUNT].replace(",", "").replace("\u00a0", "")
    if not digits.replace(".", "", 1).isdecimal():
        said = tr("Row {number}: “{count}” is no count; write a number.")
        raise UnusableInput(said.format(number=number, count=row[COUNT]))
    return KnownTotal(float(digits), row[REGION], owner, start, end)


def _digits(count: float) -> str:
    return f"{count:.0f}" if float(count).is_integer() else repr(count)
