"""The lines of Compare: targets, terms, cost, people and employers, of today and of each offer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from bargain.small_groups import may_tell_place, told_rate
from models.table import Role
from models.units import MICROS_PER_POUND
from ui import formats
from ui.hidden import hidden_places, hidden_words
from ui.itemmodels.compare_table import CompareRow
from ui.lever_words import figure_of_lever, lever_name, value_words, words_of_state
from ui.levers import LeverKey, LeverState, lever_values
from ui.pages.compare_words import word_rows
from ui.widgets.scoreboard import (
    figure_text,
    measure_label,
    place_of,
    status_word,
    unit_of,
    verdict_words,
    whose_words,
)
from ui.widgets.tile import SYMBOLS

if TYPE_CHECKING:
    from models.appraisal import Appraisal
    from models.costing import CostBreakdown
    from models.offer import Offer
    from models.target import Verdict
    from ui.session import Session

NOTHING = formats.DASH
PEOPLE = (
    "lowest",
    "p10",
    "p50",
    "p90",
    "p90_p10",
    "gini",
    "smallest_differential",
    "gender_pay_gap_median",
    "heads_below_hourly",
)
PLACES = {"lowest": 0.0, "p10": 0.1, "p50": 0.5, "p90": 0.9}  # in the ranking of the staff by pay


def tr(text: str) -> str:
    """A text of the page in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


@dataclass(frozen=True, slots=True)
class Lines:
    """Makes them. ``in_percent``: costs are shares of today's labour cost."""

    session: Session
    in_percent: bool

    def rows(
        self,
        offers: Sequence[Offer],
        found: Sequence[Appraisal | None],
        verdicts: Sequence[tuple[Verdict, ...]],
    ) -> list[CompareRow]:
        """All lines of at least one offer; where its figures are not there yet, without them."""
        rows = [
            *self._target_rows(verdicts),
            *self._term_rows(offers, found),
            *self._cost_rows(found),
            *self._people_rows(found),
            *self._employer_rows(found),
        ]
        sector = self.session.sector
        if sector is not None and sector.role is Role.JOINT:  # both sides look at this screen
            return [one.for_everybody() for one in rows]
        return rows

    def _target_rows(self, verdicts: Sequence[tuple[Verdict, ...]]) -> list[CompareRow]:
        targets = self.session.target_set.targets
        if not targets:
            return []
        rows, hidden = [CompareRow(tr("Targets"))], self._hidden()
        for at, target in enumerate(targets):
            cells, notes, hide = [NOTHING], [""], [False]
            label = target.name or measure_label(target.measure)
            for each in verdicts:
                verdict = each[at] if at < len(each) else None
                cells.append(NOTHING if verdict is None else self._verdict_cell(verdict))
                notes.append("" if verdict is None else whose_words(verdict))
                hide.append(verdict is not None and place_of(verdict) in hidden)
                if verdict is not None and " · " in verdict_words(verdict) and "·" not in label:
                    label = f"{label} · {verdict_words(verdict).split(' · ', 1)[1]}"
            rows.append(CompareRow(label, tuple(cells), tuple(notes), target.measure, tuple(hide)))
        return rows

    def _hidden(self) -> frozenset[str]:
        """Employers and grades of so few staff that their figures stay on this side."""
        appraisal = self.session.appraisal
        return frozenset() if appraisal is None else hidden_places(appraisal)

    def _verdict_cell(self, verdict: Verdict) -> str:
        known = verdict.value is not None
        value = figure_text(verdict.value, unit_of(verdict.target.measure)) if known else ""
        return f"{SYMBOLS[verdict.status]} {status_word(verdict.status)}  {value}".strip()

    def _term_rows(self, offers: Sequence[Offer], found: Sequence[Appraisal | None]) -> list[CompareRow]:
        sector = self.session.sector
        if sector is None:
            return []
        first = next((one for one in found if one is not None), None)
        lowest = None if first is None else int(first.hourly_before.min())
        states = [lever_values(offer, sector, lowest_micros=lowest) for offer in offers]
        rows = [CompareRow(tr("Terms"))]
        for key in LeverKey:
            now = states[0][key].now
            today = NOTHING if now is None or key is LeverKey.START else value_words(key, now)
            cells = (self._term(each[key]) for each in states)
            hide = (key is LeverKey.FLOOR,)  # today's lowest rate is somebody's
            rows.append(CompareRow(lever_name(key), (today, *cells), figure=figure_of_lever(key), hide=hide))
        return [*rows, *word_rows(offers)]

    def _term(self, state: LeverState) -> str:
        if state.mixed and not state.can_change:
            return tr("mixed")
        words = words_of_state(state)
        return tr("{value} (mixed)").format(value=words) if state.mixed else words

    def _cost_rows(self, found: Sequence[Appraisal | None]) -> list[CompareRow]:
        lines: tuple[tuple[str, str, Callable[[CostBreakdown], float]], ...] = (
            (tr("Full year"), "cost_full_year", lambda cost: cost.full_year),
            (tr("Year 1"), "cost_in_year", lambda cost: cost.in_year_cost),
            (tr("Whole deal"), "cost_total", lambda cost: cost.over_term),
            (tr("Back pay"), "back_pay", lambda cost: cost.back_pay),
            (tr("Paid once"), "one_off", lambda cost: cost.one_off),
        )
        unit = tr("Cost, % of labour cost now") if self.in_percent else tr("Cost, £ with on-costs")
        rows = [CompareRow(unit)]
        for label, figure, read in lines:
            cells = [
                NOTHING if one is None else self._money(read(one.cost), one.cost.labour_before)
                for one in found
            ]
            rows.append(CompareRow(label, (NOTHING, *cells), figure=figure))
        growth = [NOTHING if one is None else formats.percent(one.cost.level, 2) for one in found]
        label = tr("Pay bill, growth without on-costs")
        rows.append(CompareRow(label, (NOTHING, *growth), figure="level"))
        return rows

    def _money(self, pounds: float, labour: float) -> str:
        if self.in_percent:
            return formats.percent(pounds / labour, 2) if labour else formats.not_known()
        return formats.money(pounds)

    def _people_rows(self, found: Sequence[Appraisal | None]) -> list[CompareRow]:
        rows = [CompareRow(tr("People"))]
        first = next((one for one in found if one is not None), None)
        for measure in PEOPLE:
            unit = unit_of(measure)
            measured = [
                None if first is None else first.before,
                *(None if one is None else one.after for one in found),
            ]
            values = [None if one is None else (one.measures.get(measure),) for one in measured]
            cells = tuple(NOTHING if one is None else figure_text(one[0], unit) for one in values)
            place = PLACES.get(measure)
            told: tuple[str, ...] = ()
            if place is not None and first is not None:
                told = tuple(NOTHING if one is None else _told(one[0], place, first) for one in values)
            rows.append(CompareRow(self._people_label(measure), cells, figure=measure, told=told))
        return rows

    def _people_label(self, measure: str) -> str:
        names = {
            "lowest": tr("Lowest rate paid"),
            "p10": tr("A tenth are paid less than (P10)"),
            "p50": tr("Half are paid less than (P50)"),
            "p90": tr("A tenth are paid more than (P90)"),
            "gini": tr("Inequality (Gini)"),
            "heads_below_hourly": tr("Staff below the real living wage"),
        }
        return names.get(measure, measure_label(measure))

    def _employer_rows(self, found: Sequence[Appraisal | None]) -> list[CompareRow]:
        rows, hidden = [CompareRow(tr("Employers"))], self._hidden()
        first = next((one for one in found if one is not None), None)
        for label, pick in ((tr("Lowest margin"), min), (tr("Highest margin"), max)):
            now = ("", "") if first is None else _extreme_margin(first, pick, after=False)
            then = [("", "") if one is None else _extreme_margin(one, pick, after=True) for one in found]
            rows.append(_row_of_places(label, (now, *then), "margin", hidden))
        unit = unit_of("employers_below_margin")
        before = None if first is None else first.before.measures.get("employers_below_margin")
        counts = [
            NOTHING if one is None else figure_text(one.after.measures.get("employers_below_margin"), unit)
            for one in found
        ]
        label = tr("Employers at a loss")
        cells = (figure_text(before, unit), *counts)
        rows.append(CompareRow(label, cells, figure="employers_below_margin"))
        dearest = [("", "") if one is None else self._dearest(one) for one in found]
        steepest = tr("Steepest rise in labour cost")
        rows.append(_row_of_places(steepest, (("", ""), *dearest), "employer", hidden))
        return rows

    def _dearest(self, appraisal: Appraisal) -> tuple[str, str]:
        """The rise of the employer whose labour cost rises most, in proportion, and its name."""
        groups = [one for one in appraisal.cost.by_employer if one.labour_before > 0]
        if not groups:
            return formats.not_known(), ""
        worst = max(groups, key=lambda one: one.full_year / one.labour_before)
        own = worst.full_year / worst.represents, worst.labour_before / worst.represents
        return self._money(*own), worst.name


def _extreme_margin(
    appraisal: Appraisal, pick: Callable[[list[tuple[float, str]]], tuple[float, str]], *, after: bool
) -> tuple[str, str]:
    """The lowest or highest operating margin, and whose it is."""
    read = [(one.margin_after if after else one.margin_before, one.name) for one in appraisal.margins]
    known = [(margin, name) for margin, name in read if margin is not None]
    if not known:
        return formats.not_known(), ""
    margin, name = pick(known)
    return formats.percent(margin), name


def _told(pounds: float | None, place: float, appraisal: Appraisal) -> str:
    """The rate at a place in the ranking of the staff, as it may leave this side."""
    people = sum(one.people for one in appraisal.cost.by_employer)
    if pounds is None or not may_tell_place(place, people):
        return hidden_words()
    return formats.rate(told_rate(pounds * MICROS_PER_POUND) / MICROS_PER_POUND)


def _row_of_places(
    label: str, places: tuple[tuple[str, str], ...], kind: str, hidden: Collection[str]
) -> CompareRow:
    """A line of figures with the names they belong to as notes; what F8 explains is of that kind and name."""
    cells, names = tuple(figure or NOTHING for figure, _ in places), tuple(name for _, name in places)
    return CompareRow(label, cells, names, f"{kind}:", tuple(name in hidden for name in names))
