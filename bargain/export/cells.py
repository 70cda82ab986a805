"""The Cells sheet: every state of pay of every cell of like posts, with its on-costs as formulas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bargain.assumed import column_of
from bargain.export import rates as rule
from bargain.export.book import Column
from bargain.export.cell_columns import SET, CellColumns, Now, capital
from bargain.export.cell_facts import add_facts
from bargain.export.cell_keys import CellSheet, StageKeys, StateKeys
from bargain.export.collapse import Cells, reached_by
from bargain.export.gaps import Places, after_differentials
from bargain.export.minima import followed, lows_of
from bargain.export.on_scale import OnScale, on_scale, scales_of
from bargain.export.one_percent import with_one_percent
from bargain.export.paid_once import Met, Start, met_by, once_of
from bargain.export.rates import Basics, Before, Rule
from bargain.export.term_formulas import (
    LEAST,
    Setting,
    TermFormula,
    following,
    hours_lost,
    paid_beside,
)
from bargain.parameters.load import value_on
from models.basis import Basis
from models.offer import AppliesTo
from models.payscale import Rounding
from models.sector import Sector
from models.units import PPM, FloatColumn
from models.working import PricedState, WorkedStep, Working

_BY_RULE = ("pay rules", "floor", "differentials")


def cell_sheet(sector: Sector, working: Working, cells: Cells) -> CellSheet:
    """All columns: what a cell is, then state after state, then what each step adds."""
    return _Builder(sector, working, cells).built()


class _Builder(CellColumns):
    """Adds columns from left to right."""

    def __init__(self, sector: Sector, working: Working, cells: Cells) -> None:
        super().__init__(working, cells)
        self._sector, self.scale = sector, sector.scale
        force = working.workforce
        self.basics = Basics(
            is_year=cells.of(force.basis) == Basis.YEAR,
            full_hours_w=cells.of(force.full_hours_w),
            hours_w=cells.of(force.hours_w),
            weeks=cells.of(force.weeks_y),
            weeks_y=sector.weeks_y,
            fte=cells.of(force.fte),
        )
        self.many = len(working.steps) > 1
        self._rate_at_start, self._units_at_start = "rate_0", "units_0"
        self._met: Met = {}  # what each rule of a step that is paid once stands on
        self._scales = scales_of(self.scale, working)
        self._on: OnScale | None = None
        self._on_first: OnScale | None = None
        self._work: tuple[str, FloatColumn] | None = (
            None  # the column in which rules work, where it is not the rate
        )
        self._carried: tuple[str, FloatColumn] | None = None
        self._fine = (
            False  # whether differentials follow in the step: they stand on rates that are not cut off
        )
        self._paid, self._paid_hours = "{hours}*{weeks}", self.basics.hours_w * self.basics.weeks
        self._paid_was = self._paid, self._paid_hours
        self._basics_first = self._basics_at_start = self.basics
        self._paid_at_start = self._paid
        self._lost: list[str] = []  # the columns of hours lost so far

    def built(self) -> CellSheet:
        """The finished table."""
        add_facts(self.sheet.table, self.working, self.cells, self.basics, self.relief.astype(float))
        now = self._start()
        for number, step in enumerate(self.working.steps, 1):
            self._step(number, step, now)
        self._one_percent()
        return self.sheet

    def _start(self) -> Now:
        """Pay as it is."""
        start, force = self.working.steps[0].start, self.working.workforce
        rate = self._column("rate_0", "Rate before", "rate", self._pounds(start))
        units = self.sheet.table.add(
            Column(
                "units_0",
                "Paid hours a year, or share of a full-time year",
                "number",
                self.cells.of(start.units_y),
                ("{hours}*{weeks}", "{fte}"),
                self.basics.is_year.astype(np.intp),
            )
        )
        own = self.cells.of(force.pension_ppm) >= 0
        records = np.array([one.pension_ppm is None for one in self.working.employers])
        at_minimum = ~own & records[self.cells.of(force.employer_code)]
        templates = ("{@s1_pension_minimum}", "INDEX({employers.pension},{employer_no})")
        shares = self.cells.of(start.pension_ppm) / PPM
        if own.any():
            pension = self._column("pension_0", "Employer pension before", "share", shares)
        else:
            which = np.where(at_minimum, 0, 1)
            pension = self.sheet.table.add(
                Column("pension_0", "Employer pension before", "share", shares, templates, which)
            )
        return Now(rate, units, pension, "")

    def _step(self, number: int, step: WorkedStep, now: Now) -> None:
        """Start, stages, what is paid once, and what the step adds."""
        words = f"Step {number}, " if self.many else ""
        state = self._priced(f"{number}_0", number, f"{words}before", step.start, now)
        first, before = state, step.start
        self._rate_at_start, self._units_at_start = now.rate, now.units
        self._basics_at_start = self.basics
        self._met = {}
        self._paid_at_start, earlier = self._paid, "+".join(self._lost)
        self._starts_on_scale(number, words, step, now)
        covers: list[str] = []
        for place, stage in enumerate(step.stages, 1):
            after = state
            if stage.moved:
                name = f"{words}after {stage.element}"
                self._moved(f"{number}_{place}", number, name, step, before=before, stage=stage, now=now)
                after = self._priced(f"{number}_{place}", number, name, stage, now)
            if stage.is_earlier_cover:
                cover = self._earlier_cover(
                    f"{number}_{place}", words, stage, lost=earlier, between=(first, after)
                )
            else:
                cover = self._cover(number, place, words, step=step, stage=stage, state=after)
            covers += [cover] if cover else []
            self.sheet.stages.append(StageKeys(stage.element, number, state, after, stage, cover))
            state, before = after, stage
        self._rise(number, words, step, first=first, last=state, covers=covers)
        if step.once is not None and step.once_y is not None:
            begun = Before(self._rate_at_start, self._pounds(step.start))
            made = once_of(
                step.settlement,
                number=number,
                start=Start(begun, self._units_at_start, self.cells.of(step.start.units_y)),
                met=self._met,
                basics=self._basics_at_start,
                cells=self.cells,
                working=self.working,
            )
            heading = f"{words}paid once, £ a head"
            once = self._ruled(f"once_y_{number}", heading, "pounds", self.cells.of(step.once_y), made)
            paid = self._priced(
                f"{number}_once", number, f"{words}with what is paid once", step.once, now, once=once
            )
            self.sheet.once[number] = paid
            difference = self.cells.sums(step.once.labour() - step.end.labour())
            self._column(
                f"once_{number}",
                f"{words}cost of what is paid once",
                "pounds",
                difference,
                f"{{labour_{paid.id}}}-{{labour_{state.id}}}",
                total=True,
            )
        self.sheet.ends.append((first, state))

    def _starts_on_scale(self, number: int, words: str, step: WorkedStep, now: Now) -> None:
        """The columns that rules start from where that is not what is paid."""
        self._on = on_scale(
            number, step, self._scales[number - 1], working=self.working, cells=self.cells, basics=self.basics
        )
        self._work = None
        self._fine = bool(step.settlement.differentials)
        if self._on is not None:
            columns = [self._on.start_column(now.rate, self._carried)]
            if self._on.by_year.any():
                columns.append(self._on.hours_column())
            for one in columns:
                self.sheet.table.add(replace(one, heading=capital(f"{words}{one.heading}")))
            self._work = self._on.first, self._on.start
        self._carried = None
        if number == 1:
            self._on_first = self._on

    def _worked(self, key: str, name: str, made: Rule | None, *, shows: FloatColumn) -> Rule | None:
        """The rule for the rate itself, where rules work on other amounts than it, in a column of their own.

        On a scale these are its own amounts; before differentials they are the rates, not cut off. shows: the
        engine's rates.
        """
        work, year = f"work_{key}", self.basics.is_year
        if made is None or not (self._fine or (self._work and self._on)):
            self._work = None
            return made
        shown = self._on.shown(work, made) if self._on else rule.cut_off(made, key=work, is_year=year)
        if self._on is None and not shown.gives(shows).all():
            self._work, self._fine = None, False
            return rule.cut_in_place(made, is_year=year)
        heading = capital(f"{name}: amount that the rules work on")
        self.sheet.table.add(Column(work, heading, "rate", made.results, made.templates, made.which))
        self._work = work, made.results
        return shown

    def _moved(
        self,
        key: str,
        number: int,
        name: str,
        step: WorkedStep,
        *,
        before: PricedState,
        stage: PricedState,
        now: Now,
    ) -> None:
        """The columns of pay that a stage changes."""
        if stage.rate_micros is not before.rate_micros:
            made = self._rate_rule(key, number, name, step, before=before, stage=stage, now=now)
            if stage.element in _BY_RULE:
                made = self._worked(key, name, made, shows=self._pounds(stage))
            else:  # staff have been moved, or the rate is final: nothing works on the scale's amount any more
                self._work = None
            now.rate = self._ruled(f"rate_{key}", f"{name}: rate", "rate", self._pounds(stage), made)
        if stage.element == "weekly hours":
            hours = step.settlement.terms.weekly_hours or 0.0
            units = self.cells.of(before.units_y)
            made = rule.shorter_units(
                key=f"s{number}", start=now.units, units=units, hours=hours, basics=self.basics
            )
            wanted = self.cells.of(stage.units_y)
            now.units = self._ruled(f"units_{key}", f"{name}: paid hours or share", "number", wanted, made)
            self._shorter(number, key, name, step=step, stage=stage)
        if not np.array_equal(stage.extra_y, before.extra_y):
            now.extra = self._extra(key, number, name, step, before=before, stage=stage, now=now)
        if stage.element == "employer pension":
            text = f"MAX({{{now.pension}}},{{@s{number}_employer_pension}})"
            shares = self.cells.of(stage.pension_ppm) / PPM
            now.pension = self._column(f"pension_{key}", f"{name}: employer pension", "share", shares, text)

    def _extra(
        self,
        key: str,
        number: int,
        name: str,
        step: WorkedStep,
        *,
        before: PricedState,
        stage: PricedState,
        now: Now,
    ) -> str:
        """Pay beside basic pay: what was there before, and what this term adds."""
        wanted, already = self.cells.of(stage.extra_y), self.cells.of(before.extra_y)
        if stage.element == "enhancements that follow pay":
            made = self._following(key, step.start, stage=stage, now=now, more=wanted - already)
        else:
            made = self._beside(key, number, step, stage=stage, now=now, more=wanted - already)
        return self._paid_beside(key, name, wanted, made, start=f"{{{now.extra}}}+" if now.extra else "")

    def _paid_beside(
        self, key: str, name: str, wanted: FloatColumn, made: TermFormula | None, *, start: str = ""
    ) -> str:
        heading = f"{name}: £ a head beside basic pay"
        if made is None:
            self.sheet.values_only = True
            return self._column(f"extra_{key}", heading + SET, "pounds", wanted)
        if made.counts is not None:
            self._column(f"counts_{key}", made.heading, "number", made.counts)
        return self._column(f"extra_{key}", heading, "pounds", wanted, start + made.text)

    def _following(
        self, key: str, start: PricedState, *, stage: PricedState, now: Now, more: FloatColumn
    ) -> TermFormula | None:
        """Premiums and overtime, by the rise in basic pay since the step began; only while the week is what it was."""
        if not np.array_equal(stage.units_y, start.units_y):
            return None
        rise = (self._pounds(stage) - self._pounds(start)) * self.cells.of(stage.units_y)
        text = f"({{{now.rate}}}-{{{self._rate_at_start}}})*{{{now.units}}}"
        return following(more, rise, key=key, rise_text=text)

    def _beside(
        self, key: str, number: int, step: WorkedStep, *, stage: PricedState, now: Now, more: FloatColumn
    ) -> TermFormula | None:
        """What a term adds beside basic pay."""
        basic = self._pounds(stage) * self.cells.of(stage.units_y)
        text = f"{{{now.rate}}}*{{{now.units}}}"
        return paid_beside(
            stage.element,
            Setting(
                number=number,
                key=key,
                terms=(step.terms_before, step.settlement.terms),
                hourly=f"{text}/MAX({self._paid},{LEAST})",
                hourly_pay=basic / np.maximum(self._paid_hours, float(LEAST)),
                basic=text,
                basic_pay=basic,
                fte=self.cells.of(self.working.workforce.fte),
                assumed=self._assumed,
                law=lambda one: float(value_on(one, step.settlement.effective).value),
                allowances_ppm=step.settlement.allowances_ppm,
            ),
            more,
        )

    def _assumed(self, key: str) -> FloatColumn | None:
        """What the sector assumes for each cell; None where it is not known for all of them."""
        found = column_of(self._sector.assumptions, key, self.working.workforce).values
        return None if found is None else self.cells.of(found)

    def _rate_rule(
        self,
        key: str,
        number: int,
        name: str,
        step: WorkedStep,
        *,
        before: PricedState,
        stage: PricedState,
        now: Now,
    ) -> Rule | None:
        """The formulas for the rates of a stage, or None where only the engine can say them."""
        old, settlement, anchors = self._pounds(before), step.settlement, f"s{number}"
        start, rates = self._work or (now.rate, old)
        if stage.element == "pay rules":
            return self._rules(key, number, name, step, stage=stage, now=now)
        if stage.element == "floor":
            return rule.after_floor(
                settlement, key=anchors, start=start, rates=rates, basics=self._basics, last=not self._fine
            )
        if stage.element == "rounding and favourability" and settlement.favourability:
            return self._rounding(step, old=old, wanted=self._pounds(stage), last=now.rate)
        if stage.element == "differentials":
            self._fine = False
            return self._differentials(key, number, name, step, old=rates, start=start)
        if stage.element == "weekly hours":
            hours = settlement.terms.weekly_hours or 0.0
            return rule.shorter_week(key=anchors, start=now.rate, rates=old, hours=hours, basics=self.basics)
        return None

    @property
    def _basics(self) -> Basics:
        """What rules look at: with the hours of the scale, where they work on its amounts."""
        return self.basics if self._work is None or self._on is None else self._on.basics

    def _minima(
        self, key: str, number: int, name: str, step: WorkedStep, *, stage: PricedState, now: Now
    ) -> Rule | None:
        """Minimum rates that move; only in the first step, since later ones start from a scale that has moved."""
        own = any(one.applies_to is not None or one.in_all for one in step.settlement.pay)
        if self.scale is None or number > 1 or own:
            return None
        rules = [
            (place, one, self.cells.of(reached_by(one, self.working)))
            for place, one in enumerate(step.settlement.pay, 1)
            if not one.non_consolidated
        ]
        made = followed(
            step.settlement,
            rules,
            number=number,
            key=key,
            name=name,
            start=now.rate,
            rates=self._pounds(step.start),
            lows=lows_of(self.working.workforce, self.scale, self.cells, self.basics),
            basics=self.basics,
            scale=self.scale,
            last=not self._fine,
        )
        if self._gives_some(made.rule, stage):
            for column in made.between:
                self.sheet.table.add(replace(column, heading=capital(column.heading)))
        return made.rule

    def _gives_some(self, made: Rule, stage: PricedState) -> bool:
        """Whether formulas come out at the engine's rates anywhere."""
        shown = rule.cut_in_place(made, is_year=self.basics.is_year) if self._fine else made
        return bool(shown.gives(self._pounds(stage)).any())

    def _rounding(self, step: WorkedStep, *, old: FloatColumn, wanted: FloatColumn, last: str) -> Rule:
        """To the penny; salaries on a scale with another rule by that rule."""
        scale, force = self.scale, self.working.workforce
        by = Rounding.HALF_UP_PENNY if scale is None else scale.rounding
        made = [
            rule.after_rounding(
                start=self._rate_at_start,
                last=last,
                before=self._pounds(step.start),
                rates=old,
                on_scale=on_scale,
                rule=by,
                to=1 if scale is None else scale.rounding_to,
            )
            for on_scale in (np.zeros(len(old), dtype=bool), np.ones(len(old), dtype=bool))
        ]
        has_point = self.cells.of(force.point_code) >= 0
        by_rule = has_point & self.basics.is_year & made[1].gives(wanted)
        templates, which = made[0].templates, by_rule.astype(np.intp)
        results = np.where(by_rule, made[1].results, made[0].results)
        if self._work is not None and self._on is not None:
            key, values = self._work
            own = self._on.rounded(
                key=key, values=values, rate=self._rate_at_start, before=self._pounds(step.start)
            )
            moved = self._on.moved
            which = np.where(moved, own.which + len(templates), which)
            templates, results = (*templates, *own.templates), np.where(moved, own.results, results)
            self._carried = self._on.carried(key, values)
        return Rule(templates, which, results)

    def _differentials(
        self, key: str, number: int, name: str, step: WorkedStep, *, old: FloatColumn, start: str
    ) -> Rule | None:
        """The differentials of a step, with the rate that each stands on in the sheet of employers."""
        force = self.working.workforce
        places = Places(
            employer=self.cells.of(force.employer_code),
            grade=self.cells.of(force.grade_code),
            grades=force.grades,
            n_employers=len(self.working.employers),
        )
        made = after_differentials(
            step.settlement,
            number=number,
            key=key,
            name=name,
            start=start,
            rates=old,
            places=places,
            heads=self.cells.heads,
            basics=self._basics,
        )
        if made is None:
            return None
        for column in made.between:
            self.sheet.table.add(replace(column, heading=capital(column.heading)))
        self.sheet.stood += made.stood
        return made.rule

    def _rules(
        self, key: str, number: int, name: str, step: WorkedStep, *, stage: PricedState, now: Now
    ) -> Rule | None:
        """Rule after rule; the columns between are added only where some of them come out."""
        if step.settlement.moved is not AppliesTo.ACTUAL:
            return self._minima(key, number, name, step, stage=stage, now=now)
        rules = rule.simple_rules(step.settlement)
        start, rates = self._work or (now.rate, self._pounds(step.start))
        before = Before(start, rates)
        between: list[Column] = []
        made = (
            None
            if rules or any(not one.non_consolidated for one in step.settlement.pay)
            else _same(start, rates)
        )
        for index, (place, one) in enumerate(rules):
            if made is not None and index:
                start, rates = f"rate_{key}_{index}", made.results
                heading = f"{name}: rate after rule {rules[index - 1][0]}, not rounded"
                between.append(Column(start, capital(heading), "rate", rates, made.templates, made.which))
            made = rule.after_rule(
                one,
                key=f"s{number}_r{place}",
                start=start,
                rates=rates,
                reached=self.cells.of(reached_by(one, self.working)),
                basics=self._basics,
                before=before,
                first=not index,
                last=index == len(rules) - 1 and not self._fine,
            )
        if made is not None and (self._work or self._gives_some(made, stage)):
            for column in between:
                self.sheet.table.add(column)
            last = f"rate_{key}", self._pounds(stage)
            self._met = met_by(step.settlement, [place for place, _ in rules], between, last=last)
        return made

    def _cover(
        self, number: int, place: int, words: str, *, step: WorkedStep, stage: PricedState, state: StateKeys
    ) -> str:
        """What the hours cost that others must work; the column's key, or nothing."""
        if not stage.cover_hours.any():
            return ""
        key, name = f"{number}_{place}", f"{words}{stage.element}"
        lost, wanted = f"lost_{key}", self.cells.of(stage.cover_hours)
        taken = self._assumed("family_leave_taken") if stage.element == "family leave" else None
        text = hours_lost(
            stage.element,
            number=number,
            paid=self._paid,
            terms=(step.terms_before, step.settlement.terms),
            paid_hours=self._paid_hours,
            fte=self.cells.of(self.working.workforce.fte),
            wanted=wanted,
            taken=taken,
        )
        if text and taken is not None:
            heading = f"{words}share of family leave that is taken"
            self._column(f"taken_{number}", heading, "share", taken)
        if stage.element == "weekly hours":
            was, hours_were = self._paid_was
            if np.allclose(hours_were - self._paid_hours, wanted, rtol=0, atol=1e-7):
                text = f"{was}-{self._paid}"
        heading = f"{name}: hours lost a head"
        if text:
            self._column(lost, heading, "number", wanted, text)
        else:
            self.sheet.values_only = True
            self._column(lost, heading + SET, "number", wanted)
        self._lost.append(f"{{{lost}}}")
        return self._column(
            f"cover_{key}",
            f"{name}: cost of cover, all staff",
            "pounds",
            self.cells.sums(stage.cover),
            f"{{labour_{state.id}}}/MAX({self._paid},{LEAST})*{{{lost}}}*{{@cover_share}}",
            total=True,
        )

    def _earlier_cover(
        self, key: str, words: str, stage: PricedState, *, lost: str, between: tuple[StateKeys, StateKeys]
    ) -> str:
        """What filling the hours that earlier steps took costs more, or less, at the end of this one."""
        if not lost or not stage.cover.any():
            return ""
        before, after = (
            f"{{labour_{state.id}}}/MAX({paid},{LEAST})"
            for state, paid in zip(between, (self._paid_at_start, self._paid), strict=True)
        )
        heading, cost = f"{words}cover of hours lost before, all staff", self.cells.sums(stage.cover)
        text = f"({after}-{before})*({lost})*{{@cover_share}}"
        return self._column(f"cover_{key}", heading, "pounds", cost, text, total=True)

    def _shorter(self, number: int, key: str, name: str, *, step: WorkedStep, stage: PricedState) -> None:
        """What a head is paid for in the year from now on: in the shorter week."""
        paid, new = self.cells.of(stage.paid_hours_y), f"{{@s{number}_weekly_hours}}"
        heading = f"{name}: paid hours a head in a year"
        full, hours = self.basics.full_hours_w, step.settlement.terms.weekly_hours or 0.0
        text = f"{self._paid}*MIN(1,{new}/{{{self.basics.full}}})"
        if np.allclose(self._paid_hours * np.minimum(1.0, hours / full), paid, rtol=0, atol=1e-7):
            made = self._column(f"paid_hours_{key}", heading, "number", paid, text)
        else:
            self.sheet.values_only = True
            made = self._column(f"paid_hours_{key}", heading + SET, "number", paid)
        self._paid_was = self._paid, self._paid_hours
        self._paid, self._paid_hours = f"{{{made}}}", paid
        week = np.minimum(full, hours)
        column = self._column(
            f"full_{key}",
            f"{name}: full-time hours a week",
            "number",
            week,
            f"MIN({{{self.basics.full}}},{new})",
        )
        self.basics = replace(self.basics, full_hours_w=week, full=column)

    def _rise(
        self,
        number: int,
        words: str,
        step: WorkedStep,
        *,
        first: StateKeys,
        last: StateKeys,
        covers: list[str],
    ) -> None:
        """What the step adds in a full year, cover included."""
        rise = self.cells.sums(step.end.labour() - step.start.labour())
        for stage in step.stages:
            rise = rise + self.cells.sums(stage.cover)
        text = f"{{labour_{last.id}}}-{{labour_{first.id}}}" + "".join(f"+{{{one}}}" for one in covers)
        self._column(f"rise_{number}", f"{words}difference in a full year", "pounds", rise, text, total=True)

    def _one_percent(self) -> None:
        """Everyone with 1 %, through the same on-costs."""
        state, start = self.working.one_percent, self.working.steps[0].start
        before, wanted = self._pounds(start), self._pounds(state)
        made = with_one_percent(
            before, wanted, basics=self._basics_first, scale=self.scale, on_first=self._on_first
        )
        rate = self._ruled("rate_one", "With 1 %: rate", "rate", wanted, made)
        now, more = Now(rate, "units_0", "pension_0", ""), self.cells.of(state.extra_y)
        if more.any():
            self._rate_at_start = "rate_0"
            follows = self._following("one", start, stage=state, now=now, more=more)
            now.extra = self._paid_beside("one", "With 1 %", more, follows)
        self._priced("one", 1, "With 1 %", state, now)


def _same(start: str, rates: FloatColumn) -> Rule:
    """The same rates, where a step's rules are all paid once."""
    return Rule((f"{{{start}}}",), np.zeros(len(rates), dtype=np.intp), rates)
