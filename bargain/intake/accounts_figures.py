"""From the lines of a statement that add up to the figures of accounts: income, costs by kind, interest, profit, capital."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bargain.intake.accounts_lines import (
    AFTER_TAX,
    COSTS,
    EBITDA,
    MIXED,
    NET_ASSETS,
    PROFIT,
    RESULT,
    SUMS,
    TAX,
)
from bargain.intake.accounts_mapping import PLUS
from bargain.intake.accounts_sums import ASIDE, SUM, Line, Miss, Sums, doubts

_MEMO = (
    "labour", "rent", "directors", "depreciation", "connected_rent", "connected_charges", "connected_interest",
    "distributions", "beds",
)  # fmt: skip
_OPERATING = frozenset({*COSTS, "total_costs"})


@dataclass(slots=True)
class Figures:
    """One column's figures in the file's own unit, by field; what is not there is not known.

    ``lines`` are the places of the lines that were read, by field; ``notes`` say what was concluded.
    """

    amounts: dict[str, Decimal] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, amount: Decimal, at: int) -> None:
        """Add a line's amount to a field."""
        self.amounts[name] = self.amounts.get(name, Decimal(0)) + amount
        self.lines.setdefault(name, []).append(at)


def figures_of(sums: Sums, column: int) -> Figures:
    """The figures of one column. Costs are above nought whatever way they are written."""
    found = Figures()
    turn = 1 if (sums.sign or PLUS) == PLUS else -1
    for at, kind in sums.leaves():
        value = sums.lines[at].values[column]
        if value is None or not kind:
            continue
        match kind:
            case "revenue":
                found.add("revenue", value, at)
            case "interest_paid":
                found.add("net_interest", abs(value), at)
            case "interest_received":
                found.add("net_interest", -abs(value), at)
            case "connected_interest":
                found.add("net_interest", abs(value), at)
                found.add("connected_interest", abs(value), at)
            case "net_interest":
                found.add("net_interest", value if (sums.interest or PLUS) == PLUS else -value, at)
            case "connected_rent":
                found.add("rent", turn * value, at)
                found.add("connected_rent", turn * value, at)
            case "connected_charges":
                found.add("other", turn * value, at)
                found.add("connected_charges", turn * value, at)
            case "mixed" | "total_costs":
                found.add(MIXED, turn * value, at)
            case _ if kind in COSTS:
                found.add(kind, turn * value, at)
    _settle_costs(found, is_proved=_costs_are_whole(sums, column, found))
    _take_sums(sums, column, found)
    _take_asides(sums, column, found)
    _doubt_costs(sums, column, found)
    return found


def _costs_are_whole(sums: Sums, column: int, found: Figures) -> bool:
    """Whether all costs are there: a total of them is stated, or a profit that holds them. Else some may be missing."""
    stated = {line.kind for line in sums.lines if line.values[column] is not None and line.role == SUM}
    total = any(line.kind == "total_costs" and line.values[column] is not None for line in sums.lines)
    return (
        total
        or bool(stated & {RESULT, PROFIT, AFTER_TAX})
        or (EBITDA in stated and "depreciation" in found.amounts)
    )


def _settle_costs(found: Figures, *, is_proved: bool) -> None:
    """All operating costs together; where some are of several kinds, labour and others are not known from the rest."""
    costs = [
        amount for name, amount in found.amounts.items() if name in COSTS and not name.startswith("connected")
    ]
    if costs and is_proved:
        found.amounts["total_costs"] = sum(costs, Decimal(0))
    if MIXED in found.amounts:
        del found.amounts[MIXED]
        for name in ("other", "labour"):  # part of them is within the mixed costs
            found.amounts.pop(name, None)


def _take_sums(sums: Sums, column: int, found: Figures) -> None:
    """Profit before tax as it is stated, or after tax with the tax put back; and costs where only the result is given."""
    stated: dict[str, tuple[Decimal, int]] = {}
    for at, line in enumerate(sums.lines):
        value = line.values[column]
        if line.kind in {*SUMS, TAX} and value is not None and line.section not in {"balance", "notes"}:
            if line.is_loss and value > 0 and not _is_proved(sums, at):
                value = -value
            stated.setdefault(line.kind, (value, at))
    turn = 1 if (sums.sign or PLUS) == PLUS else -1
    if PROFIT in stated:
        found.add("profit", *stated[PROFIT])
    elif AFTER_TAX in stated:
        value, at = stated[AFTER_TAX]
        found.add("profit", value, at)
        if TAX in stated and stated[TAX][1] < at:
            found.add("profit", turn * stated[TAX][0], stated[TAX][1])
    revenue = found.amounts.get("revenue")
    if RESULT in stated and revenue is not None and not any(one in _OPERATING for one in found.amounts):
        found.amounts["total_costs"] = revenue - stated[RESULT][0]
        found.notes.append(
            "Costs together are what is between income and the operating profit that is stated"
        )


def _is_proved(sums: Sums, at: int) -> bool:
    """Whether the lines above come to the sum as it is written."""
    roots = [one for one in sums.roots if one < at]
    return bool(roots) and all(
        value is None
        or abs(
            sum((sums.contribution(one, column, sign=sums.sign or PLUS) for one in roots), Decimal(0)) - value
        )
        < 2
        for column, value in enumerate(sums.lines[at].values)
    )


def _take_asides(sums: Sums, column: int, found: Figures) -> None:
    """Lines beside the sums: notes, parts of other lines, the balance sheet, places."""
    assets: tuple[Decimal, int] | None = None
    for at, line in enumerate(sums.lines):
        value = line.values[column]
        if line.role != ASIDE or value is None:
            continue
        if line.kind == "capital" and "capital" not in found.amounts:
            found.add("capital", value, at)
        elif line.kind == NET_ASSETS and assets is None:
            assets = value, at
        elif line.kind in _MEMO and (line.is_within or line.kind not in found.amounts):
            amount = value if line.kind == "beds" else abs(value)  # notes follow no sign of the sums above
            if line.kind == "directors" and line.is_within and _owner(sums, at) == "labour":
                _take_from_labour(found, amount, at)
            elif line.kind not in found.amounts:
                found.add(line.kind, amount, at)
    if "capital" not in found.amounts and assets is not None:
        found.add("capital", *assets)


def _owner(sums: Sums, at: int) -> str:
    """The kind of the line of which this one is said to be part."""
    return next((one.kind for one in reversed(sums.lines[:at]) if not one.is_within), "")


def _take_from_labour(found: Figures, amount: Decimal, at: int) -> None:
    if "labour" in found.amounts and "directors" not in found.amounts and found.amounts["labour"] >= amount:
        found.amounts["labour"] -= amount
        found.add("directors", amount, at)
        found.notes.append("Directors' pay that is said to be within staff costs is taken out of them")


def _doubt_costs(sums: Sums, column: int, found: Figures) -> None:
    """Where the lines do not come to an operating sum, costs are not known: too low a cost is a margin too high."""
    for miss in sums.misses:
        for name in doubts(sums, miss) if miss.column == column else ():
            found.amounts.pop(name, None)


def says_miss(sums: Sums, miss: Miss) -> str:
    """A sub-total that its lines do not come to, in words."""
    line = sums.lines[miss.line]
    value = line.values[miss.column]
    of = "the lines above it" if line.role == SUM else "its lines"
    text = f"is {value:,f} in the file, {abs(miss.more):,f} {'more' if miss.more > 0 else 'less'} than {of} come to"
    doubtful = doubts(sums, miss)
    if not doubtful:
        return text
    return f"{text}; {'income counts' if 'revenue' in doubtful else 'other and all costs count'} as not known"


def labels(lines: Sequence[Line], places: Sequence[int]) -> str:
    """The names of lines, once each."""
    return "; ".join(dict.fromkeys(lines[at].label for at in places))
