"""Elements of an offer that no lever can show: added and taken out one by one, each said in a plain sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.employer import FAMILIES
from models.offer import Differential, FeeRule, Fees, On, PayRule, Scope, Settlement, Within
from ui import formats
from ui.dialogs.element_parts import (
    CheckList,
    Form,
    amount,
    choice,
    elements_of,
    micros_of,
    ppm_of,
    row,
)
from ui.dialogs.element_scale_forms import scale_forms
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from models.sector import Sector
    from ui.session import Session


class RuleForm(Form):
    """A pay rule for some staff, or a payment made once."""

    def __init__(self, sector: Sector, *, once: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._once = once
        self.percent = amount(100.0, suffix=" %")
        self.cash = amount(100_000.0, prefix="£ ", places=0, step=10.0)
        self.at_least = amount(100_000.0, prefix="£ ", places=0, step=10.0)
        self.at_least_hourly = amount(1_000.0, prefix="£ ", step=0.01)
        self.points = QLineEdit()
        self.points.setPlaceholderText(self.tr("all, or such as 2-6, 9"))
        self.ownership = choice([(self.tr("every kind of owner"), ""), *((one, one) for one in FAMILIES)])
        self.grades = CheckList(sector.grades)
        self.employers = CheckList(tuple(sorted(set(sector.workforce.employers))))
        form = QFormLayout()
        row(form, self.tr("&Percent"), self.percent)
        row(form, self.tr("Flat &cash a year"), self.cash)
        if not once:
            row(form, self.tr("or cash, &if more"), self.at_least)
            row(form, self.tr("or an &hour, if more"), self.at_least_hourly)
        if sector.workforce.points:
            row(form, self.tr("Pay p&oints"), self.points)
        row(form, self.tr("O&wner"), self.ownership)
        lists = QHBoxLayout()
        for text, box in (
            (self.tr("&Grades (none ticked: all)"), self.grades),
            (self.tr("&Employers (none: all)"), self.employers),
        ):
            column = QVBoxLayout()
            label = PlainLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(text.replace("&", ""))
            column.addWidget(label)
            column.addWidget(box)
            lists.addLayout(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addLayout(lists, 1)
        for figure in (self.percent, self.cash, self.at_least, self.at_least_hourly):
            figure.valueChanged.connect(lambda _: self.changed.emit())
        self.points.textChanged.connect(lambda _: self.changed.emit())
        self.ownership.currentIndexChanged.connect(lambda _: self.changed.emit())
        for ticks in (self.grades, self.employers):
            ticks.changed.connect(self.changed)

    def step_with(self, step: Settlement) -> Settlement | None:
        """With the rule at the end: rules work in the order written."""
        owner = str(self.ownership.currentData())
        rule = PayRule(
            scope=Scope(
                points=self.points.text().strip(),
                grades=self.grades.ticked(),
                employers=self.employers.ticked(),
                ownership=(owner,) if owner else (),
            ),
            percent_ppm=ppm_of(self.percent),
            cash_micros=micros_of(self.cash),
            at_least_cash_micros=None if self._once else micros_of(self.at_least) or None,
            at_least_hourly_micros=None if self._once else micros_of(self.at_least_hourly) or None,
            non_consolidated=self._once,
        )
        if rule == PayRule(scope=rule.scope, non_consolidated=self._once):
            return None
        return replace(step, pay=(*step.pay, rule))


class GapForm(Form):
    """A gap between two grades."""

    def __init__(self, sector: Sector, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grades = [(name, name) for name in sector.grades]
        self.over = choice(grades)
        self.grade = choice(grades)
        self.grade.setCurrentIndex(min(1, len(grades) - 1))
        self.percent = amount(100.0, suffix=" %")
        self.within = choice(
            [
                (self.tr("inside each employer"), Within.EMPLOYER),
                (self.tr("across the sector"), Within.SECTOR),
            ]
        )
        self.on = choice(
            [
                (self.tr("the highest rate"), On.HIGHEST),
                (self.tr("the middle rate"), On.MEDIAN),
                (self.tr("the lowest rate"), On.LOWEST),
            ]
        )
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        row(form, self.tr("&Upper grade"), self.grade)
        row(form, self.tr("at least this much &more"), self.percent)
        row(form, self.tr("&than the grade"), self.over)
        row(form, self.tr("measured on &its"), self.on)
        row(form, self.tr("&compared"), self.within)
        self.percent.valueChanged.connect(lambda _: self.changed.emit())
        for chosen in (self.over, self.grade, self.within, self.on):
            chosen.currentIndexChanged.connect(lambda _: self.changed.emit())

    def step_with(self, step: Settlement) -> Settlement | None:
        """With the gap in the place of an older one between the same two grades."""
        grade, over = str(self.grade.currentData()), str(self.over.currentData())
        percent = ppm_of(self.percent)
        if not percent or not grade or grade == over:
            return None
        gap = Differential(
            grade, over, percent, within=Within(self.within.currentData()), on=On(self.on.currentData())
        )
        kept = tuple(one for one in step.differentials if (one.grade, one.over) != (grade, over))
        return replace(step, differentials=(*kept, gap))


class PointsForm(Form):
    """Points that go."""

    def __init__(self, sector: Sector, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named = sector.scale.points if sector.scale is not None else ()
        self.points = CheckList(tuple(point.name for point in named) or sector.workforce.points)
        self.points.setAccessibleName(self.tr("Points to delete"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        label = PlainLabel(
            self.tr("Tick the points to &delete. Staff there move to the lowest point left."), wrap=True
        )
        label.setBuddy(self.points)
        layout.addWidget(label)
        layout.addWidget(self.points, 1)
        self.points.changed.connect(self.changed)

    def step_with(self, step: Settlement) -> Settlement | None:
        """With these points deleted as well."""
        ticked = self.points.ticked()
        new = tuple(name for name in ticked if name not in step.delete_points)
        return replace(step, delete_points=(*step.delete_points, *new)) if ticked else None


class FeeForm(Form):
    """How fees follow pay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rule = choice(
            [
                (self.tr("rise by a fixed percentage"), FeeRule.FIXED),
                (self.tr("rise so that the margin holds"), FeeRule.HOLD_MARGIN),
                (self.tr("rise so that the profit in pounds holds"), FeeRule.HOLD_PROFIT),
                (self.tr("rise, with margins capped"), FeeRule.CAP),
                (self.tr("rise by an index of pay and other costs"), FeeRule.INDEXED),
            ]
        )
        self.uplift = amount(100.0, suffix=" %")
        self.cap = amount(100.0, suffix=" %")
        self.share, self.pay_index, self.other_index = (amount(100.0, suffix=" %") for _ in range(3))
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        row(self._form, self.tr("&Fees"), self.rule)
        row(self._form, self.tr("&Uplift"), self.uplift)
        row(self._form, self.tr("&Margin at most"), self.cap)
        row(self._form, self.tr("&Part for pay"), self.share)
        row(self._form, self.tr("It rises &by (0: each one's own rise)"), self.pay_index)
        row(self._form, self.tr("The r&est rises by"), self.other_index)
        self.rule.currentIndexChanged.connect(self._show_fields)
        for box in (self.uplift, self.cap, self.share, self.pay_index, self.other_index):
            box.valueChanged.connect(lambda _: self.changed.emit())
        self._show_fields()

    def step_with(self, step: Settlement) -> Settlement | None:
        """With this rule in the place of any other: a step has one."""
        rule = FeeRule(self.rule.currentData())
        if rule is FeeRule.FIXED:
            uplift = ppm_of(self.uplift)
            return replace(step, fees=Fees(rule, uplift)) if uplift else None
        if rule is FeeRule.CAP:
            cap = ppm_of(self.cap)
            return replace(step, fees=Fees(rule, None, cap)) if cap else None
        if rule is FeeRule.INDEXED:
            share, pay, other = (ppm_of(one) for one in (self.share, self.pay_index, self.other_index))
            index = Fees(rule, pay_share_ppm=share, pay_index_ppm=pay or None, other_index_ppm=other)
            return replace(step, fees=index) if share else None
        return replace(step, fees=Fees(rule))

    def _show_fields(self) -> None:
        rule = FeeRule(self.rule.currentData())
        self._form.setRowVisible(self.uplift, rule is FeeRule.FIXED)
        self._form.setRowVisible(self.cap, rule is FeeRule.CAP)
        for box in (self.share, self.pay_index, self.other_index):
            self._form.setRowVisible(box, rule is FeeRule.INDEXED)
        self.changed.emit()


class ElementsDialog(QDialog):
    """The elements of the offer on the left, one to add on the right. Each act is one step of undo."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sector = session.sector
        self.setWindowTitle(self.tr("Elements of the offer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 500)
        self.step = QComboBox()
        self.step.setAccessibleName(self.tr("Step of the offer"))
        self._sentences = QStringListModel(self)
        self.elements = QListView()
        self.elements.setModel(self._sentences)
        self.elements.setWordWrap(True)
        self.elements.setResizeMode(QListView.ResizeMode.Adjust)
        self.elements.setSpacing(4)
        self.elements.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.elements.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.elements.setAccessibleName(self.tr("Elements in the offer now"))
        self.remove = QPushButton(self.tr("&Remove this element"))
        self.remove.setAutoDefault(False)
        self.kind = QComboBox()
        self.forms = QStackedWidget()
        self.preview = PlainLabel("", wrap=True)
        self.preview.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add = QPushButton(self.tr("&Add to the offer"))
        self.add.setDefault(True)
        self._fill_forms()
        self._lay_out()
        self._connect()
        self._show()

    def _fill_forms(self) -> None:
        sector = self._sector
        if sector is None:
            return
        kinds: list[tuple[str, Form]] = [
            (self.tr("A pay rise for some staff"), RuleForm(sector, once=False)),
            (self.tr("A payment made once"), RuleForm(sector, once=True)),
        ]
        if len(sector.grades) > 1:
            kinds.append((self.tr("A gap between two grades"), GapForm(sector)))
        if sector.scale is not None or sector.workforce.points:
            kinds.append((self.tr("Pay points that go"), PointsForm(sector)))
        kinds += scale_forms(sector)
        kinds.append((self.tr("A rule for fees"), FeeForm()))
        for text, form in kinds:
            self.kind.addItem(text)
            self.forms.addWidget(form)
            form.changed.connect(self._show_preview)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.step)
        heading = PlainLabel(self.tr("In the &offer now"), bold=True)
        heading.setBuddy(self.elements)
        left.addWidget(heading)
        left.addWidget(self.elements, 1)
        left.addWidget(self.remove)
        right = QVBoxLayout()
        what = PlainLabel(self.tr("&New element"), bold=True)
        what.setBuddy(self.kind)
        right.addWidget(what)
        right.addWidget(self.kind)
        right.addWidget(self.forms, 1)
        right.addWidget(self.preview)
        right.addWidget(self.add)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addLayout(columns, 1)
        whole.addWidget(buttons)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self.forms.setCurrentIndex)
        self.kind.currentIndexChanged.connect(lambda _: self._show_preview())
        self.step.currentIndexChanged.connect(lambda _: self._show_elements())
        self.elements.selectionModel().currentChanged.connect(lambda *_: self._show_remove())
        self.remove.clicked.connect(self._remove)
        self.add.clicked.connect(self._add)
        self._session.offer_changed.connect(self._show)

    def _show(self) -> None:
        steps = self._session.offer.settlements
        at = max(self.step.currentIndex(), 0)
        self.step.blockSignals(True)
        self.step.clear()
        for one in steps:
            self.step.addItem(self.tr("Step from {day}").format(day=formats.day_long(one.effective)))
        self.step.setCurrentIndex(min(at, len(steps) - 1))
        self.step.blockSignals(False)
        self.step.setVisible(len(steps) > 1)
        self._show_elements()

    def _show_elements(self) -> None:
        step = self._current_step()
        sentences = [one.sentence for one in elements_of(step)] if step is not None else []
        self._sentences.setStringList(sentences or [self.tr("No rules yet: pay stays as it is.")])
        self.elements.setEnabled(bool(sentences))
        if sentences:
            self.elements.setCurrentIndex(self._sentences.index(len(sentences) - 1, 0))
        self._show_remove()
        self._show_preview()

    def _show_remove(self) -> None:
        self.remove.setEnabled(self.elements.isEnabled() and self.elements.currentIndex().isValid())

    def _show_preview(self) -> None:
        step, form = self._current_step(), self.forms.currentWidget()
        sentence = form.sentence(step) if step is not None and isinstance(form, Form) else ""
        self.preview.setText(sentence or self.tr("Fill in the figures; what they do is said here."))
        self.add.setEnabled(bool(sentence))

    def _current_step(self) -> Settlement | None:
        steps = self._session.offer.settlements
        at = max(self.step.currentIndex(), 0)
        return steps[at] if at < len(steps) else None

    def _remove(self) -> None:
        step = self._current_step()
        at = self.elements.currentIndex().row()
        if step is not None and 0 <= at < len(elements_of(step)):
            self._put(elements_of(step)[at].step_without, self.tr("Remove an element"))

    def _add(self) -> None:
        step, form = self._current_step(), self.forms.currentWidget()
        added = form.step_with(step) if step is not None and isinstance(form, Form) else None
        if added is not None:
            self._put(added, self.tr("Add: {kind}").format(kind=self.kind.currentText()))

    def _put(self, step: Settlement, text: str) -> None:
        offer = self._session.offer
        at = max(self.step.currentIndex(), 0)
        steps = (*offer.settlements[:at], step, *offer.settlements[at + 1 :])
        self._session.change_offer(replace(offer, settlements=steps), text)
