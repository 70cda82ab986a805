"""Columns of the Cells sheet, and the pricing of a state of pay in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bargain.export.book import Column, Table
from bargain.export.cell_keys import CellSheet, StateKeys
from bargain.export.collapse import Cells
from bargain.export.rates import Rule
from bargain.ni_reliefs import reliefs_of, thresholds_of
from models.units import MICROS_PER_POUND, PPM, FloatColumn
from models.working import PricedState, Working

_THRESHOLDS = ("ni_threshold", "ni_under_21_threshold", "ni_apprentice_threshold", "ni_veteran_threshold")
SET = " (set by the engine)"
SET_PARTLY = " (set by the engine where it is no formula)"


@dataclass(slots=True)
class Now:
    """The columns in which pay stands at this moment, and their numbers."""

    rate: str
    units: str
    pension: str
    extra: str


class CellColumns:
    """The sheet as far as it has been made, and what every state of pay is priced with."""

    def __init__(self, working: Working, cells: Cells) -> None:
        self.working, self.cells = working, cells
        self.sheet = CellSheet(Table("cells"), cells)
        self.relief = cells.of(reliefs_of(working.workforce))
        self.claims = any(one.gets_employment_allowance for one in working.employers)
        self.levy = any(one.pays_levy for one in working.employers)

    def _column(
        self, key: str, heading: str, style: str, values: FloatColumn, *templates: str, total: bool = False
    ) -> str:
        """Plain values, or one formula for all rows."""
        whole = float(values.sum()) if total else None
        return self.sheet.table.add(Column(key, capital(heading), style, values, templates, total=whole))

    def _ruled(self, key: str, heading: str, style: str, wanted: FloatColumn, made: Rule | None) -> str:
        """Formulas in every row where they give what the engine has, its values in the others."""
        live = np.zeros(len(wanted), dtype=bool) if made is None else made.gives(wanted)
        if made is None or not live.any():
            self.sheet.values_only = True
            return self._column(key, heading + SET, style, wanted)
        which = np.where(live, made.which, -1)
        if not live.all():
            self.sheet.values_only = True
            heading += SET_PARTLY
        return self.sheet.table.add(Column(key, capital(heading), style, wanted, made.templates, which))

    def _priced(
        self, key: str, number: int, name: str, state: PricedState, now: Now, *, once: str = ""
    ) -> StateKeys:
        """A head's pay, employer NI and pension, then all heads of the cell with allowance and levy."""
        cells, figures = self.cells, self.working.steps[number - 1].figures
        basic = cells.of(state.rate_micros) * (cells.of(state.units_y) / MICROS_PER_POUND)
        extra = cells.of(state.extra_y)
        text = f"{{{now.rate}}}*{{{now.units}}}"
        beside = "".join(f"+{{{one}}}" for one in (now.extra, once) if one)
        p, anchors = f"pay_{key}", f"@s{number}"
        self._column(p, f"{name}: pay a head", "pounds", basic + extra, text + beside)
        above = thresholds_of(figures).take(self.relief)
        ni = np.maximum(basic + extra - above, 0.0) * (figures.ni_rate_ppm / PPM)
        limits = ",".join(f"{{{anchors}_{one}}}" for one in _THRESHOLDS)
        self._column(
            f"ni_{key}",
            f"{name}: employer NI a head, before allowance",
            "pounds",
            ni,
            f"MAX(0,{{{p}}}-CHOOSE({{relief}}+1,{limits}))*{{{anchors}_ni_rate}}",
        )
        ends = f"{{{anchors}_pension_band_lower}}", f"{{{anchors}_pension_band_upper}}"
        on_band, on_all = f"{{{p}}}", f"{{{p}}}"
        if beside:
            band, scheme = (f"{{{anchors}_pension_{one}_counts_all}}" for one in ("band", "scheme"))
            if self.working.counts_all is not None:
                scheme = f"IF({{counts_all}}<0,{scheme},{{counts_all}})"
            on_band, on_all = (f"({text})+({beside[1:]})*{one}" for one in (band, scheme))
        pension = cells.sums(state.pension)
        self._column(
            f"pen_{key}",
            f"{name}: pension a head",
            "pounds",
            pension / cells.heads,
            f"{{{now.pension}}}*IF({{band}}=1,MIN(MAX({on_band},{ends[0]}),{ends[1]})-{ends[0]},{on_all})",
        )
        self._totals(key, name, state, ni=ni, now=now)
        keys = StateKeys(key, number, name, state)
        self.sheet.states.append(keys)
        return keys

    def _totals(self, key: str, name: str, state: PricedState, *, ni: FloatColumn, now: Now) -> None:
        """Pounds a year for all staff of the cell."""
        cells = self.cells
        basic = cells.of(state.rate_micros) * (cells.of(state.units_y) / MICROS_PER_POUND) * cells.heads

        def whole(part: str, heading: str, column: FloatColumn, text: str) -> None:
            self._column(f"{part}_{key}", f"{name}: {heading}", "pounds", column, text, total=True)

        whole("basic", "basic pay, all staff", basic, f"{{{now.rate}}}*{{{now.units}}}*{{heads}}")
        whole("paid", "pay, all staff", cells.sums(state.pay), f"{{pay_{key}}}*{{heads}}")
        if self.claims:
            whole(
                "gross",
                "employer NI before allowance, all staff",
                ni * cells.heads,
                f"{{ni_{key}}}*{{heads}}",
            )
            net = f"{{gross_{key}}}*INDEX({{employers.ni_factor_{key}}},{{employer_no}})"
        else:
            net = f"{{ni_{key}}}*{{heads}}"
        whole("nic", "employer NI, all staff", cells.sums(state.employer_ni), net)
        whole("pensions", "pension, all staff", cells.sums(state.pension), f"{{pen_{key}}}*{{heads}}")
        text = f"{{paid_{key}}}+{{nic_{key}}}+{{pensions_{key}}}"
        if self.levy:
            share = f"{{paid_{key}}}*INDEX({{employers.levy_factor_{key}}},{{employer_no}})"
            whole("levy", "apprenticeship levy, all staff", cells.sums(state.levy), share)
            text += f"+{{levy_{key}}}"
        whole("labour", "pay and on-costs, all staff", cells.sums(state.labour()), text)

    def _pounds(self, state: PricedState) -> FloatColumn:
        return np.asarray(self.cells.of(state.rate_micros) / MICROS_PER_POUND)


def capital(heading: str) -> str:
    return heading[:1].upper() + heading[1:]
