"""Totals files: known totals of a sector as TOML in, and back."""

from __future__ import annotations

import tomlkit

from bargain.toml_tables import TomlTable, parse_toml
from models.employer import FAMILIES, Ownership
from models.grossing import KnownTotal, SectorTotals, TotalsUnit
from models.issues import UnusableInput

_MOST = 10_000_000
_THIN = ("merge", "refuse")


def read_totals(text: str, *, source: str) -> SectorTotals:
    """The totals in a TOML text. Raises UnusableInput that names file, table and key."""
    table = TomlTable(parse_toml(text, source=source), source=source, where="")
    table.number("format")
    name = table.text("name") or source
    unit = TotalsUnit(table.choice("unit", TotalsUnit, TotalsUnit.EMPLOYERS))
    said = table.text("source")
    if not said.strip():
        raise table.fault("source", "is missing; say where the totals come from")
    dated = table.day("dated")
    if dated is None:
        raise table.fault("dated", "is missing; give the day of the totals, such as 2026-03-31")
    thin = table.choice("thin", _THIN, "merge")
    totals = tuple(_total(one) for one in table.tables("total"))
    table.done()
    if not totals:
        raise UnusableInput(f"{source} has no [[total]]; add at least one, such as count = 212.")
    return SectorTotals(name, unit, said, dated, totals, refuse_thin=thin == "refuse")


def _total(table: TomlTable) -> KnownTotal:
    ownership = table.text("ownership")
    if ownership and ownership not in {*FAMILIES, *Ownership}:
        raise table.fault(
            "ownership", f"is “{ownership}”; it may be a family ({', '.join(FAMILIES)}) or a type of owner"
        )
    count = table.number("count", least=0, most=_MOST)
    if count is None:
        raise table.fault("count", "is missing; give the known number")
    region, size = table.text("region"), table.text("size")
    table.done()
    try:
        start, end = size_band(size)
    except ValueError:
        raise table.fault("size", f"is “{size}”; write a band of staff such as 1-49 or 250+") from None
    return KnownTotal(float(count), region.strip(), ownership, start, end)


def size_band(text: str) -> tuple[int | None, int | None]:
    """The first and last number of staff of a band such as ``1-49`` or ``250+``; raises ValueError."""
    bare = text.replace("–", "-").replace(",", "").replace("staff", "").strip()
    if not bare:
        return None, None
    if bare.endswith("+"):
        return int(bare[:-1]), None
    start, dash, end = bare.partition("-")
    band = int(start), int(end if dash else start)
    if band[0] > band[1] or band[0] < 0:
        raise ValueError(text)
    return band


def band_text(total: KnownTotal) -> str:
    """A size band as it is written in a totals file; empty for none."""
    if total.size_from is None and total.size_to is None:
        return ""
    if total.size_to is None:
        return f"{total.size_from}+"
    return f"{total.size_from or 0}-{total.size_to}"


def write_totals(totals: SectorTotals) -> str:
    """The totals as TOML that ``read_totals`` reads back to an equal value."""
    document = tomlkit.document()
    document["format"] = 1
    document["name"] = totals.name
    document["unit"] = str(totals.unit)
    document["source"] = totals.source
    document["dated"] = totals.dated
    if totals.refuse_thin:
        document["thin"] = "refuse"
    array = tomlkit.aot()
    for one in totals.totals:
        table = tomlkit.table()
        for key, value in (("region", one.region), ("ownership", one.ownership), ("size", band_text(one))):
            if value:
                table[key] = value
        table["count"] = int(one.count) if float(one.count).is_integer() else one.count
        array.append(table)
    document["total"] = array
    return tomlkit.dumps(document)
