"""Forms for elements that go by pay, follow an index, or reshape the scale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QFormLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from bargain.plain_names import plain_name
from models.index_link import Index, IndexLink
from models.offer import NamedAllowance, PayRule, Scope, Settlement, Taper, Weighting
from models.spine import EqualSteps, InsertedPoint, NewSpine, Protection, SpineOrder
from ui.dialogs.element_parts import CheckList, Form, amount, choice, micros_of, ppm_of, row
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from models.sector import Sector


def tr(text: str) -> str:
    """A text of the forms in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def scale_forms(sector: Sector) -> list[tuple[str, Form]]:
    """The kinds of element that make sense in a sector, each with its form."""
    regions = tuple(dict.fromkeys(one.region for one in sector.employers if one.region))
    points = tuple(point.name for point in sector.scale.points) if sector.scale else ()
    made: list[tuple[str, Form]] = [
        (tr("A pay rise by band of pay"), BandForm()),
        (tr("A rise tied to an index"), IndexForm()),
        (tr("An allowance by name"), AllowanceForm()),
    ]
    if regions:
        made.append((tr("A regional weighting"), WeightingForm(regions)))
    if len(points) > 1:
        made.append((tr("A rise that tapers"), TaperForm(points)))
        made.append((tr("A pay point put in"), InsertForm(points)))
        made.append((tr("A new spine in equal steps"), SpineForm()))
    return made


class BandForm(Form):
    """A rise for full-time pay between two amounts, pro rata or the same for each person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.above, self.up_to, self.cash, self.most = (
            amount(1_000_000.0, prefix="£ ", places=0, step=500.0) for _ in range(4)
        )
        self.percent = amount(100.0, suffix=" %")
        self.each = QCheckBox(self.tr("cash the same for each person, &whatever their hours"))
        self.once = QCheckBox(self.tr("paid &once"))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        row(form, self.tr("Full-time pay a&bove (0: any)"), self.above)
        row(form, self.tr("and &up to (0: any)"), self.up_to)
        row(form, self.tr("&Percent"), self.percent)
        row(form, self.tr("Flat &cash a year"), self.cash)
        row(form, self.tr("but &most (0: no limit)"), self.most)
        form.addRow(self.each)
        form.addRow(self.once)
        for box in (self.above, self.up_to, self.percent, self.cash, self.most):
            box.valueChanged.connect(lambda _: self.changed.emit())
        for tick in (self.each, self.once):
            tick.toggled.connect(lambda _: self.changed.emit())

    def step_with(self, step: Settlement) -> Settlement | None:
        """With the rule at the end."""
        above, up_to = micros_of(self.above) or None, micros_of(self.up_to) or None
        if not ppm_of(self.percent) and not micros_of(self.cash):
            return None
        if above is not None and up_to is not None and up_to <= above:
            return None
        rule = PayRule(
            scope=Scope(pay_above_micros=above, pay_up_to_micros=up_to),
            percent_ppm=ppm_of(self.percent),
            cash_micros=micros_of(self.cash),
            at_most_cash_micros=micros_of(self.most) or None,
            pro_rata=not self.each.isChecked(),
            non_consolidated=self.once.isChecked(),
        )
        return replace(step, pay=(*step.pay, rule))


class IndexForm(Form):
    """A rise by the yearly change of an index, within limits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = choice([(str(one), one) for one in Index])
        self.month = QDateEdit(QDate.currentDate().addMonths(9))
        self.month.setDisplayFormat("MMMM yyyy")
        self.plus, self.assumed, self.floor, self.cap, self.reopen = (
            amount(100.0, suffix=" %") for _ in range(5)
        )
        self.has_floor, self.has_cap = (QCheckBox(one) for one in (self.tr("at &least"), self.tr("at &most")))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        row(form, self.tr("Inde&x"), self.index)
        row(form, self.tr("figure &for"), self.month)
        row(form, self.tr("&plus"), self.plus)
        row(form, self.tr("priced at an assu&med"), self.assumed)
        for tick, box in ((self.has_floor, self.floor), (self.has_cap, self.cap)):
            box.setAccessibleName(tick.text().replace("&", ""))
            box.setEnabled(False)
            tick.toggled.connect(box.setEnabled)
            tick.toggled.connect(lambda _: self.changed.emit())
            form.addRow(tick, box)
        row(form, self.tr("meet a&gain above (0: never)"), self.reopen)
        for box in (self.plus, self.assumed, self.floor, self.cap, self.reopen):
            box.valueChanged.connect(lambda _: self.changed.emit())
        self.index.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.month.dateChanged.connect(lambda _: self.changed.emit())

    def step_with(self, step: Settlement) -> Settlement | None:
        """With the rule at the end; one that has no figure to be priced at is not complete."""
        if not self.assumed.value():
            return None
        floor = ppm_of(self.floor) if self.has_floor.isChecked() else None
        cap = ppm_of(self.cap) if self.has_cap.isChecked() else None
        if floor is not None and cap is not None and cap < floor:
            return None
        link = IndexLink(
            Index(self.index.currentData()),
            month=date(self.month.date().year(), self.month.date().month(), 1),
            assumed_ppm=ppm_of(self.assumed),
            plus_ppm=ppm_of(self.plus),
            floor_ppm=floor,
            cap_ppm=cap,
            reopen_above_ppm=ppm_of(self.reopen) or None,
        )
        return replace(step, pay=(*step.pay, PayRule(index=link)))


class AllowanceForm(Form):
    """One allowance, up by a percentage or to a new amount."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit()
        self.percent = amount(100.0, suffix=" %")
        self.to = amount(100_000.0, prefix="£ ", step=1.0)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        row(form, self.tr("&Name of the allowance"), self.name)
        row(form, self.tr("up by &percent"), self.percent)
        row(form, self.tr("or &to"), self.to)
        self.name.textChanged.connect(lambda _: self.changed.emit())
        for box in (self.percent, self.to):
            box.valueChanged.connect(lambda _: self.changed.emit())

    def step_with(self, step: Settlement) -> Settlement | None:
        """With the allowance in the place of an older word on it."""
        name, percent, to = plain_name(self.name.text()), ppm_of(self.percent), micros_of(self.to)
        if not name or bool(percent) == bool(to):
            return None
        one = NamedAllowance(name, percent_ppm=percent or None, amount_micros=to or None)
        kept = tuple(other for other in step.allowances if other.name != name)
        return replace(step, allowances=(*kept, one))


class WeightingForm(Form):
    """A weighting for regions, on top of basic pay."""

    def __init__(self, regions: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cash, self.instead = (amount(100_000.0, prefix="£ ", places=0, step=50.0) for _ in range(2))
        self.regions = CheckList(regions)
        self.regions.setAccessibleName(self.tr("Regions"))
        form = QFormLayout()
        row(form, self.tr("&Weighting a year"), self.cash)
        row(form, self.tr("&in the place of (0: new)"), self.instead)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        label = PlainLabel(self.tr("&Regions"))
        label.setBuddy(self.regions)
        layout.addWidget(label)
        layout.addWidget(self.regions, 1)
        for box in (self.cash, self.instead):
            box.valueChanged.connect(lambda _: self.changed.emit())
        self.regions.changed.connect(self.changed)

    def step_with(self, step: Settlement) -> Settlement | None:
        """With the weighting at the end."""
        regions = self.regions.ticked()
        if not regions or not micros_of(self.cash):
            return None
        one = Weighting(regions, micros_of(self.cash), micros_of(self.instead))
        return replace(step, weightings=(*step.weightings, one))


class TaperForm(Form):
    """A rise that runs from one percentage at a point to another at a later one."""

    def __init__(self, points: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named = [(name, name) for name in points]
        self.first, self.last = choice(named), choice(named)
        self.last.setCurrentIndex(len(points) - 1)
        self.start, self.end = (amount(100.0, suffix=" %") for _ in range(2))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        row(form, self.tr("&From point"), self.first)
        row(form, self.tr("with a rise &of"), self.start)
        row(form, self.tr("&to point"), self.last)
        row(form, self.tr("with a ri&se of"), self.end)
        for box in (self.start, self.end):
            box.valueChanged.connect(lambda _: self.changed.emit())
        for one in (self.first, self.last):
            one.currentIndexChanged.connect(lambda _: self.changed.emit())

    def step_with(self, step: Settlement) -> Settlement | None:
        """With the rule at the end."""
        first, last = str(self.first.currentData()), str(self.last.currentData())
        if first == last or ppm_of(self.start) == ppm_of(self.end):
            return None
        taper = Taper(from_point=first, to_point=last, to_percent_ppm=ppm_of(self.end))
        return replace(step, pay=(*step.pay, PayRule(percent_ppm=ppm_of(self.start), taper=taper)))


class InsertForm(Form):
    """A point put in after another."""

    def __init__(self, points: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points = points
        self.name = QLineEdit()
        self.after = choice([(name, name) for name in points])
        self.at = amount(1_000_000.0, prefix="£ ", step=100.0)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        row(form, self.tr("&Name of the point"), self.name)
        row(form, self.tr("a&fter point"), self.after)
        row(form, self.tr("&worth (0: midway)"), self.at)
        self.name.textChanged.connect(lambda _: self.changed.emit())
        self.after.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.at.valueChanged.connect(lambda _: self.changed.emit())

    def step_with(self, step: Settlement) -> Settlement | None:
        """With the point; above the top it needs its amount."""
        name, after, worth = plain_name(self.name.text()), str(self.after.currentData()), micros_of(self.at)
        if not name or name in self._points or (after == self._points[-1] and not worth):
            return None
        return replace(step, insert_points=(*step.insert_points, InsertedPoint(name, after, worth or None)))


class SpineForm(Form):
    """A new spine between bottom and top in equal steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bottom, self.top = (amount(1_000_000.0, prefix="£ ", step=100.0) for _ in range(2))
        self.count = QSpinBox()
        self.count.setRange(2, 500)
        self.count.setValue(20)
        self.steps = choice(
            [
                (self.tr("the same percentage each"), EqualSteps.PERCENT),
                (self.tr("the same cash each"), EqualSteps.CASH),
            ]
        )
        self.protection = choice(
            [
                (self.tr("kept, and rises like any other"), Protection.NO_DETRIMENT),
                (self.tr("kept, and stands still"), Protection.MARKED_TIME),
            ]
        )
        self.order = choice(
            [
                (self.tr("after the rises of this step"), SpineOrder.UPLIFT_FIRST),
                (self.tr("before the rises of this step"), SpineOrder.ASSIMILATE_FIRST),
            ]
        )
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        row(form, self.tr("&Bottom"), self.bottom)
        row(form, self.tr("&Top"), self.top)
        row(form, self.tr("&Points"), self.count)
        row(form, self.tr("&Steps"), self.steps)
        row(form, self.tr("Pay abo&ve the point"), self.protection)
        row(form, self.tr("Staff mo&ve to it"), self.order)
        for box in (self.bottom, self.top):
            box.valueChanged.connect(lambda _: self.changed.emit())
        self.count.valueChanged.connect(lambda _: self.changed.emit())
        for one in (self.steps, self.protection, self.order):
            one.currentIndexChanged.connect(lambda _: self.changed.emit())

    def step_with(self, step: Settlement) -> Settlement | None:
        """With the spine in the place of any other: a step has one."""
        bottom, top = micros_of(self.bottom), micros_of(self.top)
        if not bottom or top <= bottom:
            return None
        spine = NewSpine(
            equal=EqualSteps(self.steps.currentData()),
            bottom_micros=bottom,
            top_micros=top,
            count=self.count.value(),
            protection=Protection(self.protection.currentData()),
            order=SpineOrder(self.order.currentData()),
        )
        return replace(step, spine=spine)
