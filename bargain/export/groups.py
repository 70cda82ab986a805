"""The sheets that sum the cells: by employer (with levy and allowance), by grade, by element."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.connected import Groups, claimants, connected_groups, pooled
from bargain.export.book import Column, Entry, Formula, Sheet, Table
from bargain.export.cell_keys import CellSheet, StateKeys
from bargain.export.rates import pounds
from models.costing import CostBreakdown, ElementCost, GroupCost
from models.units import PPM, BoolColumn, FloatColumn
from models.working import Working

NOT_KNOWN = "not known"
PARTS = (("paid", "pay"), ("nic", "employer_ni"), ("pensions", "pension"), ("levy", "levy"))


def employer_table(working: Working, made: CellSheet, groups: Sequence[GroupCost]) -> Table:
    """A row an employer: what it costs, then its allowance and levy in every state of pay."""
    table = Table("employers")
    records = working.employers
    table.add(Column("no", "No.", "whole", list(range(1, len(records) + 1))))
    table.add(Column("name", "Employer", "", [one.name for one in records]))
    table.add(Column("ownership", "Owner", "", [str(one.ownership) for one in records]))
    pensions = ["statutory minimum" if one.pension_ppm is None else one.pension_ppm / PPM for one in records]
    table.add(Column("pension", "Employer pension", "share", pensions))
    flags = {
        "band": ("Pension on the band (1) or on all pay (0)", [one.pension_on_band for one in records]),
        "claims": (
            "Gets the Employment Allowance (1 yes)",
            claimants(records),
        ),
        "pays_levy": ("Pays the apprenticeship levy (1 yes)", [one.pays_levy for one in records]),
    }
    for key, (heading, values) in flags.items():
        table.add(Column(key, heading, "whole", [int(one) for one in values]))
    connected = connected_groups(records)
    if connected is not None:
        table.add(
            Column("connected", "Group of connected employers, by number", "whole", (connected + 1).tolist())
        )
    if is_grossed(working):
        stands_for = [one.represents for one in records]
        table.add(Column("represents", "Employers of its kind that it stands for", "factor", stands_for))
    codes = working.workforce.employer_code
    _costs(table, working, made, groups, cells_key="employer_no", codes=codes)
    for one in made.stood:
        heading = f"{one.heading[:1].upper()}{one.heading[1:]}"
        table.add(Column(one.key, heading, "rate", one.values, (one.text,)))
    for state in made.states:
        _allowance_and_levy(table, working, made, state)
    return table


def grade_table(working: Working, made: CellSheet, groups: Sequence[GroupCost]) -> Table:
    """A row a grade; staff without a grade last, where there are any."""
    table = Table("grades")
    force = working.workforce
    table.add(Column("no", "No.", "whole", list(range(1, len(groups) + 1))))
    table.add(Column("name", "Grade", "", [one.name for one in groups]))
    codes = np.where(force.grade_code < 0, len(force.grades), force.grade_code)
    _costs(table, working, made, groups, cells_key="grade_no", codes=codes)
    return table


def _costs(
    table: Table,
    working: Working,
    made: CellSheet,
    groups: Sequence[GroupCost],
    *,
    cells_key: str,
    codes: NDArray[np.integer],
) -> None:
    """Staff, pay bill, labour and what the offer adds, a row a group."""

    def add(key: str, heading: str, style: str, values: Sequence[float], text: str) -> None:
        numbers = [float(one) for one in values]
        table.add(Column(key, heading, style, numbers, (text,), total=sum(numbers)))

    def summed(key: str) -> str:
        return f"SUMIFS({{cells.{key}}},{{cells.{cells_key}}},{{no}})"

    def by_group(column: FloatColumn) -> list[float]:
        return [
            float(one) for one in np.bincount(codes, weights=column, minlength=len(groups))[: len(groups)]
        ]

    add("heads", "Staff", "number", [one.heads for one in groups], summed("heads"))
    add("paid", "Pay bill before", "pounds", [one.paybill_before for one in groups], summed("paid_1_0"))
    add(
        "labour",
        "Pay and on-costs before",
        "pounds",
        [one.labour_before for one in groups],
        summed("labour_1_0"),
    )
    numbers = range(1, len(working.steps) + 1)
    for number, step in zip(numbers, working.steps, strict=True):
        rise = step.end.labour() - step.start.labour() + sum(one.cover for one in step.stages)
        add(f"rise_{number}", f"Step {number}: full year", "pounds", by_group(rise), summed(f"rise_{number}"))
        if step.once is not None:
            once = by_group(step.once.labour() - step.end.labour())
            add(f"once_{number}", f"Step {number}: paid once", "pounds", once, summed(f"once_{number}"))
    one_offs = [f"{{once_{number}}}" for number in numbers if number in made.once]
    rises = [f"{{rise_{number}}}" for number in numbers]
    add("full_year", "Full-year cost", "pounds", [one.full_year for one in groups], "+".join(rises))
    first = "+".join(f"{{rise_{number}}}*{{steps.first@{number}}}" for number in numbers)
    add("in_year", "First settlement year", "pounds", [one.in_year for one in groups], first)
    whole = [f"{{rise_{number}}}*{{steps.whole@{number}}}" for number in numbers]
    add("over_term", "Whole deal", "pounds", [one.over_term for one in groups], "+".join(whole + one_offs))
    add("one_off", "Paid once", "pounds", [one.one_off for one in groups], "+".join(one_offs) or "0")


def _allowance_and_levy(table: Table, working: Working, made: CellSheet, state: StateKeys) -> None:
    """What an employer's allowance leaves of its NI, and its levy as a share of pay, in one state."""
    own = _Own(table, working, made, state)
    if any(one.gets_employment_allowance for one in working.employers):
        own.allowance()
    if any(one.pays_levy for one in working.employers):
        own.levy()


class _Own:
    """The columns of one state of pay that belong to an employer, or to a group of connected ones."""

    def __init__(self, table: Table, working: Working, made: CellSheet, state: StateKeys) -> None:
        self._table, self._working, self._made, self._state = table, working, made, state
        self._figures = working.steps[state.step - 1].figures
        self._codes = working.workforce.employer_code[made.cells.posts]
        self._title = state.name[:1].upper() + state.name[1:]
        self._times = "*{represents}" if is_grossed(working) else ""
        self._each, self._groups = _represents(working), connected_groups(working.employers)

    def allowance(self) -> None:
        """The Employment Allowance that is used, and what it leaves of contributions."""
        key, anchor = self._state.id, f"{{@s{self._state.step}_employment_allowance}}"
        gross_cells = next(one.values for one in self._made.table.columns if one.key == f"gross_{key}")
        gross = self._by_employer(np.asarray(gross_cells, dtype=float))
        claims = np.array(claimants(self._working.employers))
        most = pounds(self._figures.employment_allowance_micros)
        self._add("ni_gross", "employer NI before allowance", "pounds", gross, _sum_of(f"gross_{key}"))
        used = np.where(claims, np.minimum(gross, most * self._each), 0.0)
        text = f"IF({{claims}}=1,MIN({{ni_gross_{key}}},{anchor}{self._times}),0)"
        self._add("used", "Employment Allowance", "pounds", used, text)
        factor = 1 - np.divide(used, gross, out=np.zeros_like(used), where=gross > 0)
        text = f"IF({{ni_gross_{key}}}>0,1-{{used_{key}}}/{{ni_gross_{key}}},1)"
        self._add("ni_factor", "share of NI that is left", "factor", factor, text)

    def levy(self) -> None:
        """The apprenticeship levy that is due, and its share of pay."""
        key, anchors = self._state.id, f"@s{self._state.step}_levy"
        pay = self._by_employer(self._made.cells.sums(self._state.priced.pay))
        pays = np.array([one.pays_levy for one in self._working.employers])
        rate, free = self._figures.levy_rate_ppm / PPM, pounds(self._figures.levy_allowance_micros)
        self._add("bill", "pay bill", "pounds", pay, _sum_of(f"paid_{key}"))
        above = f"{{{anchors}_rate}}-{{{anchors}_allowance}}"
        if self._groups is None:
            due = np.where(pays, np.maximum(pay * rate - free * self._each, 0.0), 0.0)
            text = f"IF({{pays_levy}}=1,MAX(0,{{bill_{key}}}*{above}{self._times}),0)"
        else:
            pool, part = self._pool(pay, pays, self._groups)
            due = np.maximum(pool * rate - free, 0.0) * part
            text = f"MAX(0,{{pool_{key}}}*{above})*{{pool_part_{key}}}"
        self._add("due", "apprenticeship levy", "pounds", due, text)
        factor = np.divide(due, pay, out=np.zeros_like(due), where=pay > 0)
        text = f"IF({{bill_{key}}}>0,{{due_{key}}}/{{bill_{key}}},0)"
        self._add("levy_factor", "levy as a share of pay", "factor", factor, text)

    def _pool(self, own: FloatColumn, pays: BoolColumn, groups: Groups) -> tuple[FloatColumn, FloatColumn]:
        """The pay bill that the levy payers of the group have together, one of each kind, and this employer's share."""
        key = self._state.id
        found = pooled(own / self._each, pays, groups)
        by = "/{employers.represents}" if self._times else ""
        text = f"({{employers.connected}}={{connected}})*({{employers.pays_levy}}=1)*{{employers.bill_{key}}}{by}"
        self._add("pool", "pay bill of its connected group", "pounds", found, f"SUMPRODUCT({text})")
        share = np.divide(own, found, out=np.zeros_like(own), where=pays & (found > 0))
        text = f"IF(AND({{pays_levy}}=1,{{pool_{key}}}>0),{{bill_{key}}}/{{pool_{key}}},0)"
        self._add("pool_part", "its share of the pay bill of the group", "factor", share, text)
        return found, share

    def _by_employer(self, column: FloatColumn) -> FloatColumn:
        size = len(self._working.employers)
        return np.bincount(self._codes, weights=column, minlength=size).astype(float)

    def _add(self, part: str, heading: str, style: str, values: FloatColumn, text: str) -> None:
        column = Column(f"{part}_{self._state.id}", f"{self._title}: {heading}", style, values, (text,))
        self._table.add(column)


def is_grossed(working: Working) -> bool:
    """Whether any employer stands for more than itself."""
    return any(one.represents != 1 for one in working.employers)


def _represents(working: Working) -> FloatColumn:
    return np.array([one.represents for one in working.employers])


def _sum_of(key: str) -> str:
    return f"SUMIFS({{cells.{key}}},{{cells.employer_no}},{{no}})"


def element_rows(sheet: Sheet, made: CellSheet, cost: CostBreakdown) -> None:
    """What each element of the offer adds in a full year, by what it is spent on."""
    headings = ("Element", "Pay", "Employer NI", "Pension", "Levy", "Cover", "Total", "")
    sheet.row(*(Entry(one, "heading") for one in headings))
    has_levy = any(column.key.startswith("levy_") for column in made.table.columns)
    for place, element in enumerate(cost.elements, 1):
        sheet.row(Entry(element.element), *_element(made, element, place, has_levy=has_levy), element.why)
    count = len(cost.elements)
    totals = []
    for key, name in (*((name, name) for _, name in PARTS), ("cover", "cover"), ("total", "total")):
        value = float(sum(getattr(one, key) for one in cost.elements))
        slots = [f"{{@element_{place}_{name}}}" for place in range(1, count + 1)]
        text = "+".join(f"N({slot})" for slot in slots) or "0"
        totals.append(Entry(Formula(text, value), "pounds total", f"elements_{name}"))
    sheet.row(Entry("Total", "heading"), *totals)


def _element(made: CellSheet, element: ElementCost, place: int, *, has_levy: bool) -> list[Entry]:
    stages = [one for one in made.stages if one.element == element.element]
    moved = [one for one in stages if one.stage.moved]
    entries = []
    for key, name in PARTS:
        text = "+".join(
            f"{{cells.{key}_{one.after.id}!}}-{{cells.{key}_{one.before.id}!}}"
            for one in moved
            if key != "levy" or has_levy
        )
        entries.append(_known(Formula(text or "0", getattr(element, name)), element, known=bool(moved)))
    covers = "+".join(f"{{cells.{one.cover}!}}" for one in stages if one.cover)
    entries.append(_known(Formula(covers or "0", element.cover), element, known=False))
    slots = "+".join(f"N({{@element_{place}_{name}}})" for name in (*(name for _, name in PARTS), "cover"))
    entries.append(_known(Formula(slots, element.total), element, known=bool(moved)))
    names = (*(name for _, name in PARTS), "cover", "total")
    return [Entry(one, "pounds", f"element_{place}_{name}") for one, name in zip(entries, names, strict=True)]


def _known(formula: Formula, element: ElementCost, *, known: bool) -> Formula | str:
    """The formula, or the words, where the sector lacks what is needed to price it."""
    return formula if element.known or known else NOT_KNOWN
