"""The sums of a statement: which lines are sub-totals of which, with which signs, and where they do not come out.

A figure counts once: a sub-total stands for its lines, or they for it. What is proved by the figures goes before what a
name says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bargain.intake.accounts_lines import (
    BALANCE,
    COSTS,
    EBITDA,
    GAIN,
    GROSS,
    INTEREST,
    INTEREST_PAID,
    INTEREST_RECEIVED,
    MIXED,
    RESULT,
    SUBTOTAL,
    SUMS,
    TAX,
)
from bargain.intake.accounts_mapping import MINUS, PLUS
from bargain.intake.words import plain_words

Values = tuple[Decimal | None, ...]
LEAF, TOTAL, SUM, ASIDE = "leaf", "total", "sum", "aside"
_IN_SUMS = frozenset({"revenue", *COSTS, *INTEREST, "total_costs", TAX, GAIN, SUBTOTAL, ""})
_OF_COSTS = frozenset({*COSTS, "total_costs"})
_APART = frozenset({BALANCE, "notes"})
_WHOLE = frozenset({*COSTS, *INTEREST} - {MIXED})
_OPERATING_SUMS = frozenset({GROSS, RESULT, EBITDA})
_COSTS_TOGETHER = ("other", "total_costs")
_MOST_RUN = 200


@dataclass(slots=True)
class Line:
    """One line with a figure. ``row`` counts from 1; ``kind`` as ``line_name`` gives it, blank for none.

    ``section`` is what the heading above says; ``role`` is what the sums make of it: a leaf, a total of ``parts`` (places
    in the list of lines), a sum of all above, or aside: no part of any sum.
    """

    row: int
    label: str
    kind: str
    values: Values
    section: str = ""
    is_total: bool = False
    is_within: bool = False
    is_loss: bool = False
    may_be: tuple[str, ...] = ()
    role: str = LEAF
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Miss:
    """A sub-total that its lines do not come to: its place among the lines, the column, and by how much it is more."""

    line: int
    column: int
    more: Decimal


@dataclass(slots=True)
class Sums:
    """How the lines of a statement stand to each other.

    ``roots`` are the lines that count, in order: those that are no part of another. ``sign`` is how costs are written;
    None where that is open; ``interest`` is the same for a line that may be paid or received. ``unknown`` is whether lines that are not known have to count, as costs or income, for the
    sub-totals to come out: None where nothing tells. ``is_ledger``: income below nought and costs above, as ledgers
    write them.
    """

    lines: list[Line]
    roots: list[int] = field(default_factory=list)
    sign: str | None = None
    interest: str | None = None
    interest_is_open: bool = False
    counts_unknown: bool | None = None
    is_ledger: bool = False
    misses: list[Miss] = field(default_factory=list)

    def leaves(self) -> list[tuple[int, str]]:
        """The lines that figures are read from, each with what it counts as; blank where that is not known."""
        return [one for at in self.roots for one in self._leaves(at)]

    def _leaves(self, at: int, within: str = "") -> list[tuple[int, str]]:
        """A line, or its parts where they tell more than it does.

        What nobody knows under staff costs is staff costs; income is taken whole, whatever it is made of.
        """
        line = self.lines[at]
        kind = line.kind or within
        kinds = {self.lines[one].kind for one in line.parts}
        is_whole = kind == "revenue" or (kind in _WHOLE and not kinds - {kind, ""})
        if not line.parts or is_whole:
            return [(at, kind)]
        inherited = kind if kind in _WHOLE else ""
        return [leaf for one in line.parts for leaf in self._leaves(one, inherited)]

    def unknown(self) -> list[int]:
        """The lines that figures are read from of which nobody knows what they are."""
        return [at for at, kind in self.leaves() if not kind]

    def contribution(self, at: int, column: int, *, sign: str, unknown: bool = True) -> Decimal:
        """What a line adds to profit."""
        line = self.lines[at]
        value = line.values[column] or Decimal(0)
        if line.parts and line.kind in {"", SUBTOTAL}:
            return sum(
                (self.contribution(one, column, sign=sign, unknown=unknown) for one in line.parts), Decimal(0)
            )
        match line.kind:
            case "revenue" | "gain":
                return value
            case "interest_received":
                return abs(value)
            case "interest_paid" | "connected_interest":
                return -abs(value)
            case "net_interest":
                return -value if (self.interest or sign) == PLUS else value
            case "" if not unknown:
                return Decimal(0)
            case "" if line.section == "income":
                return value
        return -value if sign == PLUS else value


def settle_sums(lines: list[Line], *, said_sign: str, said_interest: str = "") -> Sums:
    """Tell totals from lines and find the signs by which the sub-totals come out.

    said_sign, said_interest: how costs and interest are written as a person says, or blank. A line that happens to be the
    sum of those above it is a total only where the profits below then come out no worse.
    """
    found = _settled([replace(one) for one in lines], said_sign, said_interest, may_guess=True)
    if not found.misses:
        return found
    plain = _settled([replace(one) for one in lines], said_sign, said_interest, may_guess=False)
    return plain if len(plain.misses) < len(found.misses) else found


def _settled(lines: list[Line], said_sign: str, said_interest: str, *, may_guess: bool) -> Sums:
    """The sums as far as names say; and, if one ``may_guess``, totals that only the figures tell."""
    sums = Sums(lines)
    last = max(
        (at for at, one in enumerate(lines) if one.kind in SUMS and one.section not in _APART), default=None
    )
    first = min((at for at, one in enumerate(lines) if one.kind == "revenue"), default=0)
    is_ordered = (
        last is not None and first < last
    )  # else sums come before what they sum, as in a list of key figures
    for at, one in enumerate(lines):
        if one.kind == BALANCE and is_ordered and at < (last or 0) and one.section not in _APART:
            one.kind = ""  # “Bank” among the expenses is no money in the bank
        if one.section in _APART or one.is_within or one.kind not in {*_IN_SUMS, *SUMS}:
            one.role = ASIDE
        elif one.kind in SUMS:
            one.role = SUM if is_ordered else ASIDE
        elif is_ordered and last is not None and at > last:
            is_below_operating = one.kind in INTEREST and lines[last].kind in _OPERATING_SUMS
            one.role = LEAF if is_below_operating else ASIDE
    tolerance = _tolerance(lines)
    _find_totals(sums, tolerance, may_guess=may_guess)
    _find_signs(sums, said_sign, said_interest, tolerance)
    return sums


def _tolerance(lines: Sequence[Line]) -> Decimal:
    """What rounding may hide between a sum and its lines: one of the last digit that is written."""
    places = min(
        (
            min(0, int(value.normalize().as_tuple().exponent))
            for one in lines
            for value in one.values
            if value
        ),
        default=0,
    )
    return Decimal(1).scaleb(max(places, -2)) * 2


# Totals


def _find_totals(sums: Sums, tolerance: Decimal, *, may_guess: bool) -> None:
    """Walk down the lines; a total takes the run of lines above it that it sums, or the run below."""
    lines, roots = sums.lines, sums.roots
    since_sum: list[int] = []  # roots since the last sum of all above
    for at, one in enumerate(lines):
        if one.role == ASIDE:
            continue
        if one.role == SUM:
            since_sum = []
            continue
        is_named = one.is_total or one.kind in {SUBTOTAL, MIXED, "total_costs"} or not one.label
        run = (
            _run_above(lines, since_sum, one, tolerance if is_named else Decimal(0))
            if is_named or may_guess
            else []
        )
        if run:
            one.parts = tuple(run)
            one.role = TOTAL
            since_sum = since_sum[: -len(run)]
            del roots[-len(run) :]
        elif one.is_total and _repeats(sums, since_sum, one):
            one.role = TOTAL
            _miss_total(sums, at, since_sum)
            continue
        elif one.kind == SUBTOTAL or not one.label:
            one.role = TOTAL if one.label else ASIDE
            continue
        roots.append(at)
        since_sum.append(at)
    if may_guess:
        _find_totals_above(sums, Decimal(0))


def _run_above(lines: Sequence[Line], above: Sequence[int], total: Line, tolerance: Decimal) -> list[int]:
    """The longest run of lines just above that comes to the total; one line is enough where the name says total."""
    least = 1 if total.is_total or total.kind == SUBTOTAL or not total.label else 2
    for length in range(min(len(above), _MOST_RUN), least - 1, -1):
        run = list(above[-length:])
        if _fits(lines, run, total) and _comes_to(lines, run, total, tolerance):
            return run
    return []


def _fits(lines: Sequence[Line], run: Sequence[int], total: Line) -> bool:
    """Whether a total of this kind may be of these lines: staff costs are of staff costs, all costs of any."""
    kinds = {lines[at].kind for at in run}
    if total.is_total or total.kind in {"", SUBTOTAL}:
        if total.kind == "revenue":
            return not kinds & _OF_COSTS
        return total.kind not in _OF_COSTS or "revenue" not in kinds
    if total.kind in {MIXED, "total_costs"}:
        return not kinds - _OF_COSTS - {""}
    return not kinds - {total.kind, ""} and total.kind in kinds


def _comes_to(lines: Sequence[Line], run: Sequence[int], total: Line, tolerance: Decimal) -> bool:
    is_told = False
    for column, value in enumerate(total.values):
        known = [one for at in run if (one := lines[at].values[column]) is not None]
        if value is None and not known:
            continue
        if value is None or not known:
            return False
        together = sum(known, Decimal(0))
        if min(abs(together - value), abs(together + value)) > tolerance:
            return False
        is_told = is_told or value != 0
    return is_told


def _repeats(sums: Sums, above: Sequence[int], total: Line) -> bool:
    """Whether lines above are of what the total names, so that it can't be a line of its own."""
    if not total.kind or total.kind in {MIXED, "total_costs", SUBTOTAL}:
        return bool(above)
    return any(sums.lines[at].kind == total.kind for at in above)


def _miss_total(sums: Sums, at: int, above: Sequence[int]) -> None:
    """Say by how much a total differs from the lines of its section above it."""
    total = sums.lines[at]
    run = [one for one in above if sums.lines[one].section == total.section] or list(above)
    if total.kind and total.kind not in _OF_COSTS:
        run = [one for one in run if sums.lines[one].kind == total.kind]
    elif total.kind in _OF_COSTS:
        run = [one for one in run if sums.lines[one].kind in _OF_COSTS or not sums.lines[one].kind]
    for column, value in enumerate(total.values):
        if value is not None:
            together = sum((sums.lines[one].values[column] or Decimal(0) for one in run), Decimal(0))
            more = abs(value) - abs(together)
            if more:
                sums.misses.append(Miss(at, column, more))


def _find_totals_above(sums: Sums, tolerance: Decimal) -> None:
    """A line whose parts stand below it: staff costs, and then wages, social security and pensions that come to them."""
    for at in list(sums.roots):
        if at not in sums.roots or sums.lines[at].role != LEAF:
            continue
        total, place = sums.lines[at], sums.roots.index(at)
        below = []
        for one in sums.roots[place + 1 : place + 1 + _MOST_RUN]:
            if any(sums.lines[between].role == SUM for between in range(at, one)):
                break
            below.append(one)
        for length in range(2, len(below) + 1):
            run = below[:length]
            if _fits(sums.lines, run, total) and _comes_to(sums.lines, run, total, tolerance):
                total.parts, total.role = tuple(run), TOTAL
                sums.roots = [one for one in sums.roots if one not in run]
                break


# Signs


def _find_signs(sums: Sums, said_sign: str, said_interest: str, tolerance: Decimal) -> None:
    """How costs are written, and whether unknown lines count: so that most sub-totals come out."""
    leaves = sums.leaves()
    costs = [
        value
        for at, kind in leaves
        if kind in {*_OF_COSTS, INTEREST_PAID}
        for value in sums.lines[at].values
        if value
    ]
    income = [
        value
        for at, kind in leaves
        if kind in {"revenue", INTEREST_RECEIVED}
        for value in sums.lines[at].values
        if value
    ]
    if income and costs and all(one < 0 for one in income) and sum(costs) > 0:
        sums.is_ledger = True
        for line in sums.lines:
            line.values = tuple(None if one is None else -one for one in line.values)
        costs = [-one for one in costs]
    written = {MINUS if one < 0 else PLUS for one in costs}
    likely = written.pop() if len(written) == 1 else ""
    order = [said_sign] if said_sign else [likely or PLUS, MINUS if (likely or PLUS) == PLUS else PLUS]
    choices = [(sign, unknown) for sign in order for unknown in (False, True)]
    has_sums = any(line.role == SUM for line in sums.lines)
    scored = [
        (len(sums_missed(sums, sign, tolerance, unknown=unknown)), place, sign, unknown)
        for place, (sign, unknown) in enumerate(choices)
    ]
    missed, _, sign, unknown = min(scored)
    clear = has_sums and missed < _sums_told(sums)
    sums.sign = said_sign or (sign if clear else likely) or (PLUS if not costs else None)
    if any(not sums.lines[at].kind and not sums.lines[at].parts for at in sums.roots):
        other = min(one[0] for one in scored if one[3] != unknown)
        sums.counts_unknown = unknown if clear and missed != other and missed == 0 else None
        if clear and missed == 0 and not unknown:
            sums.counts_unknown = False
    counts = sums.counts_unknown is not False
    _find_interest(sums, said_interest, tolerance, unknown=counts)
    sums.misses += sums_missed(sums, sums.sign or PLUS, tolerance, unknown=counts)


def _find_interest(sums: Sums, said: str, tolerance: Decimal, *, unknown: bool) -> None:
    """Whether net interest that is paid is written as costs are: as the profits below it tell, or its name and sign."""
    sign = sums.sign or PLUS
    lines = [sums.lines[at] for at, kind in sums.leaves() if kind == "net_interest"]
    values = [value for line in lines for value in line.values if value]
    sums.interest = said or sign
    if said or not values:
        return
    missed = {}
    for sums.interest in (PLUS, MINUS):
        missed[sums.interest] = len(sums_missed(sums, sign, tolerance, unknown=unknown))
    sums.interest = sign
    if missed[PLUS] != missed[MINUS]:
        sums.interest = min(missed, key=lambda one: missed[one])
    elif not all((value > 0) == (sign == PLUS) for value in values):
        sums.interest_is_open = not all("net" in plain_words(line.label).split() for line in lines)


def _sums_told(sums: Sums) -> int:
    return sum(value is not None for line in sums.lines if line.role == SUM for value in line.values)


def sums_missed(sums: Sums, sign: str, tolerance: Decimal, *, unknown: bool) -> list[Miss]:
    """The sums that all lines above them do not come to under these signs."""
    misses = []
    width = len(sums.lines[0].values) if sums.lines else 0
    for column in range(width):
        together, counted = Decimal(0), 0
        roots = set(sums.roots)
        for at, line in enumerate(sums.lines):
            if at in roots:
                together += sums.contribution(at, column, sign=sign, unknown=unknown)
                counted += 1
            elif line.role == SUM and counted:
                value = line.values[column]
                if value is None:
                    continue
                if line.is_loss and value > 0 and abs(together + value) < abs(together - value):
                    value = -value
                if abs(together - value) > tolerance * max(1, counted // 4):
                    misses.append(Miss(at, column, value - together))
    return misses


def doubts(sums: Sums, miss: Miss) -> tuple[str, ...]:
    """The figures that are not to be believed where a sub-total is missed: costs, and of a total of income, income too."""
    line = sums.lines[miss.line]
    if line.role == TOTAL:
        if line.kind == "revenue":
            return ("revenue",)
        return _COSTS_TOGETHER if line.kind in {"", *_OF_COSTS} else ()
    if line.kind in _OPERATING_SUMS:
        return _COSTS_TOGETHER
    missed = {one.line for one in sums.misses if one.column == miss.column}
    proved = any(
        one.kind in _OPERATING_SUMS
        and one.role == SUM
        and one.values[miss.column] is not None
        and at not in missed
        for at, one in enumerate(sums.lines)
    )
    return () if proved else _COSTS_TOGETHER
