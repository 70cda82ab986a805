"""Staying in: how far agreements reach, how divided each side is, and who would gain by leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bargain.constraints import constraint_of, with_constraint
from bargain.small_groups import is_small
from models.employer import Employer
from models.what_if import Constraint, StayingPlan, Union
from ui import formats
from ui.charts.view import ChartPane
from ui.charts.what_if_charts import leaving_chart
from ui.hidden import few_words, hidden_employers
from ui.itemmodels.column_table import ColumnTable
from ui.itemmodels.entry_table import EntryTable
from ui.report import Sheet, sheet_of
from ui.what_if.number import NumberField, number_text, read_number
from ui.what_if.panel import Form, Panel, fit_names
from ui.what_if.parties import PartiesEditor
from ui.what_if.staying_tables import employer_columns, reach_columns, signs_or_covered
from ui.widgets.chooser import widen
from ui.widgets.entry_view import EntryView
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.what_if import Staying
    from models.appraisal import Appraisal
    from models.sector import Sector
    from ui.session import Session
    from ui.what_if.panel import Work


MOST_NAMED = 3  # of those outside


class StayingPanel(Panel):
    """A row an employer, with what it gains by leaving and what keeps it in; the chosen one's facts are the form."""

    of_returns = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "", parent)
        self.name = self.tr("Staying in")
        self._is_filling = False
        self._shown = ""  # whose facts the form shows
        self.chosen = PlainLabel("", bold=True, wrap=True)
        self.member = QComboBox()
        self.signs = QCheckBox(self.tr("would sign the agreement"))
        self.worth = NumberField(self.tr("Leaving would cost it a year beside the fee, pounds"))
        self.what = QLineEdit()
        self.clause = QCheckBox(self.tr("a clause of the agreement draft"))
        self.tells_worth = QCheckBox(self.tr("that says its worth"))
        self.all_members = QPushButton(self.tr("All members of the federation sign"))
        self.unions = EntryTable((self.tr("Union"), self.tr("Members in scope")), numbers=(1,), parent=self)
        self.union_view = EntryView(self.unions, self.tr("Unions and their members"), wide=(0,), parent=self)
        self.add = QPushButton(self.tr("Add union"))
        self.remove = QPushButton(self.tr("Remove"))
        self.excluded = NumberField(self.tr("Staff outside bargaining"))
        self.model = ColumnTable((), self)
        self.table = Table(self.model, self.tr("Employers: what leaving would bring"))
        self.reach = ColumnTable((), self)
        self.reach_table = Table(self.reach, self.tr("Coverage and parties"))
        self.reach_table.setSortingEnabled(False)
        self.chart = ChartPane()
        self.parties = PartiesEditor(session)
        self.found: Staying | None = None
        self.views.addTab(self.table, self.tr("Employers"))
        self.views.addTab(self.reach_table, self.tr("Coverage"))
        self.views.addTab(self.chart, self.tr("Gains from leaving"))
        self.views.addTab(self.parties, self.tr("At the table"))
        self.lay_out(self._inputs())
        self._connect_inputs()

    def _inputs(self) -> QWidget:
        self.member.addItem(self.tr("not recorded"), None)
        self.member.addItem(self.tr("yes"), True)  # the item's data
        self.member.addItem(self.tr("no"), False)
        widen(self.member)
        self.worth.setPlaceholderText(self.tr("nothing recorded"))
        self.excluded.setPlaceholderText("0")
        self.what.setPlaceholderText(self.tr("such as: exclusion from the framework"))
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(6)
        column.addWidget(self.chosen)
        form = Form()
        form.add(self.tr("In the federation"), self.member)
        form.add(self.tr("Leaving costs it, £ a year"), self.worth)
        column.addWidget(self.signs)
        column.addLayout(form)
        by = PlainLabel(self.tr("by this clause, law or condition"))
        by.setBuddy(self.what)
        self.what.setAccessibleName(self.tr("What keeps it in"))
        column.addWidget(by)
        column.addWidget(self.what)
        column.addWidget(self.clause)
        column.addWidget(self.tells_worth)
        column.addWidget(self.all_members)
        column.addWidget(PlainLabel(self.tr("Unions in the field"), bold=True))
        self.union_view.setFixedHeight(self.union_view.verticalHeader().defaultSectionSize() * 4)
        column.addWidget(self.union_view)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        column.addLayout(row)
        more = Form()
        more.add(self.tr("Staff outside bargaining"), self.excluded)
        column.addLayout(more)
        column.addStretch(1)
        return made

    def _connect_inputs(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.views.currentChanged.connect(self._make_room)
        self.member.activated.connect(self._change_member)
        self.signs.toggled.connect(self._change_signing)
        self.worth.changed.connect(self._change_constraint)
        self.what.editingFinished.connect(self._change_constraint)
        self.clause.toggled.connect(self._change_clause)
        self.tells_worth.toggled.connect(self._change_telling)
        self.all_members.clicked.connect(self._sign_members)
        self.unions.dataChanged.connect(self._take_unions)
        self.unions.modelReset.connect(self._take_unions)
        self.add.clicked.connect(self.union_view.add_row)
        self.remove.clicked.connect(self.union_view.remove_chosen)
        self.excluded.changed.connect(self._change_excluded)
        for field in (self.worth, self.excluded):
            field.spoilt.connect(self.say_wrong)

    def _make_room(self) -> None:
        """What is said of leaving gives way to the form of the parties."""
        self.said.setHidden(self.views.currentWidget() is self.parties)

    # Assumptions

    def show_sector(self, sector: Sector) -> None:
        """The plan, and the facts of the chosen employer."""
        plan = sector.what_if.staying
        self.excluded.show_value(plan.excluded or None)
        if self._unions()[0] != plan.unions:
            self._is_filling = True
            try:
                cells = [
                    (one.name, "" if one.members is None else number_text(one.members)) for one in plan.unions
                ]
                self.unions.set_rows(cells)
            finally:
                self._is_filling = False
        self.all_members.setEnabled(any(one.federation_member for one in sector.employers))
        self._show_chosen()

    def _name(self) -> str:
        """The employer whose row is chosen."""
        index = self.table.currentIndex()
        if self.found is None or not index.isValid():
            return ""
        row = self.model.row_of(index)
        return self.found.leaving[row].name if row < len(self.found.leaving) else ""

    def _show_chosen(self) -> None:
        sector, name = self._session.sector, self._name()
        for widget in (self.member, self.signs, self.worth, self.what):
            widget.setEnabled(bool(name))
        for tick in (self.clause, self.tells_worth):
            tick.setEnabled(False)  # until there are words for a clause, and pounds to tell
        self.chosen.setText(name or self.tr("Choose an employer in the table"))
        if sector is None:
            return
        held = self._constraint(name)
        typing = self.what.hasFocus() and name == self._shown  # figures that come meanwhile don't wipe it out
        self._shown = name
        with QSignalBlocker(self.member), QSignalBlocker(self.signs), QSignalBlocker(self.what):
            member = sector.employer(name).federation_member
            self.member.setCurrentIndex({None: 0, True: 1, False: 2}[member])
            self.signs.setChecked(name in sector.what_if.staying.signing)
            if not typing:
                self.what.setText(held.what)
                self.what.setCursorPosition(0)
        self.worth.show_value(held.pounds)
        with QSignalBlocker(self.clause), QSignalBlocker(self.tells_worth):
            self.clause.setEnabled(bool(held.what))
            self.clause.setChecked(held.in_draft)
            self.tells_worth.setEnabled(held.in_draft and held.pounds is not None)
            self.tells_worth.setChecked(held.tells_worth)

    def _constraint(self, name: str) -> Constraint:
        return constraint_of(self._plan(), name)

    def _plan(self) -> StayingPlan:
        return self.what_if().staying

    def _change_plan(self, plan: StayingPlan, text: str) -> None:
        self.change(replace(self.what_if(), staying=plan), text)

    def _change_member(self) -> None:
        sector, name = self._session.sector, self._name()
        if sector is None or not name:
            return
        known = {one.name for one in sector.employers}
        all_of = sector.employers if name in known else (*sector.employers, Employer(name))
        member = self.member.currentData()
        changed = tuple(replace(one, federation_member=member) if one.name == name else one for one in all_of)
        text = self.tr("{employer} in the federation: {answer}")
        self._session.change_sector(
            replace(sector, employers=changed), text.format(employer=name, answer=self.member.currentText())
        )

    def _change_signing(self) -> None:
        name = self._name()
        others = tuple(one for one in self._plan().signing if one != name)
        signs = self.signs.isChecked()
        text = self.tr("{employer} would sign") if signs else self.tr("{employer} would not sign")
        self._change_plan(
            replace(self._plan(), signing=(*others, name) if signs else others), text.format(employer=name)
        )

    def _sign_members(self) -> None:
        sector = self._session.sector
        if sector is None:
            return
        here = set(sector.workforce.employers)
        members = (one.name for one in sector.employers if one.federation_member and one.name in here)
        signing = tuple(dict.fromkeys((*self._plan().signing, *members)))
        self._change_plan(
            replace(self._plan(), signing=signing), self.tr("All members of the federation would sign")
        )

    def _change_constraint(self) -> None:
        name = self._name()
        if not name:
            return
        before = self._constraint(name)
        after = replace(before, pounds=self.worth.value, what=self.what.text().strip())
        text = self.tr("What keeps {employer} in: {worth}").format(
            employer=name, worth=formats.money(after.pounds)
        )
        self._change_plan(with_constraint(self._plan(), after), text)

    def _change_clause(self) -> None:
        """Into the draft, or out of it: the record is the clause."""
        name = self._name()
        if not name:
            return
        in_draft = self.clause.isChecked()
        text = self.tr("A clause binds {employer}") if in_draft else self.tr("No clause binds {employer}")
        after = replace(self._constraint(name), in_draft=in_draft)
        self._change_plan(with_constraint(self._plan(), after), text.format(employer=name))

    def _change_telling(self) -> None:
        """Whether the clause says what leaving would cost the employer."""
        name = self._name()
        if not name:
            return
        tells = self.tells_worth.isChecked()
        text = (
            self.tr("The clause of {employer} says its worth")
            if tells
            else self.tr("The clause of {employer} does not say its worth")
        )
        after = replace(self._constraint(name), tells_worth=tells)
        self._change_plan(with_constraint(self._plan(), after), text.format(employer=name))

    def _change_excluded(self, value: float | None) -> None:
        text = self.tr("Staff outside bargaining: {number}").format(number=formats.number(value or 0.0))
        self._change_plan(replace(self._plan(), excluded=value or 0.0), text)

    def _take_unions(self) -> None:
        if self._is_filling:
            return
        unions, fault = self._unions()
        self.say_wrong(fault)
        if not fault:
            self._change_plan(replace(self._plan(), unions=unions), self.tr("Unions and their members"))

    def _unions(self) -> tuple[tuple[Union, ...], str]:
        """The unions in the grid, and what is wrong with the first that can't be read."""
        made = []
        for name, cell in self.unions.rows():
            if not name.strip() and not cell.strip():
                continue
            members = read_number(cell) if cell.strip() else None
            if cell.strip() and (members is None or members < 0):
                text = self.tr("Members of {union}: “{text}” is no number of people.")
                return (), text.format(union=name.strip(), text=cell.strip())
            made.append(Union(name.strip(), members))
        return tuple(made), ""

    # Figures

    def question(self, sector: Sector, appraisal: Appraisal) -> Work | None:
        """Under the offer on the table, as the plan assumes."""
        plan = sector.what_if.staying

        def work(_: object) -> Staying:
            from bargain.what_if import staying_of

            return staying_of(sector, appraisal, plan)

        return work

    def show_answer(self, answer: Staying) -> None:
        """Both tables, the chart, and the headline."""
        sector = self._session.sector
        if sector is None:
            return
        chosen = self._name()
        self.found = answer
        self.model.set_columns(employer_columns(sector, answer.leaving, self._hidden()))
        self.reach.set_columns(reach_columns(answer))
        for table in (self.table, self.reach_table):
            fit_names(table)
        names = [one.name for one in answer.leaving]
        places = [self.model.row_of(self.model.index(at, 0)) for at in range(len(names))]
        wanted = names.index(chosen) if chosen in names else self._first(answer)
        self.table.selectRow(places.index(wanted))
        self._show_chosen()
        self.chart.show_chart(self._noted(leaving_chart(answer.leaving, self._hidden())))
        self.headline.setText(self._headline(answer))
        self.said.setText(self._left_out(answer))
        QTimer.singleShot(0, self.table, self._keep_in_sight)  # once the sentences have taken their room

    def _keep_in_sight(self) -> None:
        self.table.scrollTo(self.table.currentIndex())

    def _first(self, answer: Staying) -> int:
        """The employer with the largest gain that nothing covers, to begin with."""
        worst = max(answer.open, key=lambda one: one.uncovered or 0.0, default=None)
        return answer.leaving.index(worst) if worst is not None else 0

    def _hidden(self) -> frozenset[str]:
        """Employers of so few staff that what they gain would tell what somebody is paid."""
        appraisal = self._session.appraisal
        return frozenset() if appraisal is None else hidden_employers(appraisal)

    def _headline(self, answer: Staying) -> str:
        held = answer.coverage
        reach = self.tr(
            "Agreements cover {now} of staff in scope now, and {then} with those who would sign. Of those not covered now, "
            "signing would cover {rest}."
        ).format(
            now=formats.percent(held.coverage_before),
            then=formats.percent(held.coverage_after),
            rest=formats.percent(held.residual_coverage),
        )
        if not answer.open:
            return reach + " " + self.tr("No employer whose accounts are known would gain by leaving.")
        hidden = self._hidden()  # this sentence is copied and printed
        worst = max(
            (one for one in answer.open if one.name not in hidden),
            key=lambda one: one.uncovered or 0.0,
            default=None,
        )
        if worst is None:
            text = self.tr("✗ {count} would gain by leaving more than it would cost them.")
            return f"{reach} " + text.format(count=len(answer.open))
        text = self.tr(
            "✗ {count} would gain by leaving more than it would cost them; most of all {name}: {gain} a year."
        )
        return f"{reach} " + text.format(
            count=len(answer.open), name=worst.name, gain=formats.money(worst.uncovered)
        )

    def _left_out(self, answer: Staying) -> str:
        sector = self._session.sector
        if sector is None:
            return ""
        here = sector.workforce.employers
        said = self._outside(sector)
        unknown = sum(one.gain is None for one in answer.leaving)
        if unknown:
            text = self.tr(
                "Of %n of {all} employers the accounts do not tell what leaving gains.", "", unknown
            )
            said.append(text.format(all=len(answer.leaving)))
        silent = sum(sector.employer(name).federation_member is None for name in here)
        if silent:
            text = self.tr(
                "{count} of {all} do not say whether they are in the federation and count as outside it."
            )
            said.append(text.format(count=silent, all=len(here)))
        if not sector.what_if.staying.unions:
            said.append(self.tr("No unions entered, so density on the workers' side is not known."))
        if answer.unknown_unions:
            text = self.tr("Members not known, so no density: {names}.")
            said.append(text.format(names=", ".join(answer.unknown_unions)))
        if answer.gone:
            text = self.tr("In the plan but not in the staff data: {names}.")
            said.append(text.format(names=", ".join(answer.gone)))
        return " ".join(said)

    def _outside(self, sector: Sector) -> list[str]:
        """Who would be under no agreement even then, the largest first."""
        force = sector.workforce
        heads = np.bincount(force.employer_code, weights=force.heads, minlength=len(force.employers))
        outside = [
            (float(count), name)
            for name, count in zip(force.employers, heads, strict=True)
            if not signs_or_covered(sector, name) and count
        ]
        if not outside:
            return []
        largest = sorted(outside, reverse=True)[:MOST_NAMED]
        named = ", ".join(
            self.tr("{name} ({count} staff)").format(
                name=name, count=few_words() if is_small(count) else formats.number(count)
            )
            for count, name in largest
        )
        if len(outside) == len(largest):
            return [self.tr("Outside even then: {names}.").format(names=named)]
        text = self.tr("Outside even then: {count} employers with {staff} staff, the largest {names}.")
        staff = formats.number(sum(count for count, _ in outside))
        return [text.format(count=len(outside), staff=staff, names=named)]

    # Elsewhere

    def assumed(self) -> Sequence[str]:
        """The plan in sentences."""
        plan = self._plan()
        unions = "; ".join(f"{one.name} {formats.number(one.members)}" for one in plan.unions)
        return (
            self.tr("Under the offer “{offer}” with its rule for fees.").format(
                offer=self._session.offer.name
            ),
            self.tr("Would sign: {names}.").format(names=", ".join(plan.signing) or self.tr("nobody marked")),
            self.tr("Unions: {unions}.").format(unions=unions or formats.not_known()),
            self.tr("Staff outside bargaining: {number}.").format(number=formats.number(plan.excluded)),
            *self.parties.sentences(),
        )

    def sheets(self) -> Sequence[Sheet]:
        """Coverage, the table, and what leaving brings."""
        return (
            sheet_of(self.tr("Coverage"), self.reach),
            self.parties.sheet(),
            sheet_of(self.tr("What leaving would bring each employer, £ a year"), self.model),
        )
