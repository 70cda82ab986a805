"""Forms for gaps between grades, weightings, allowances, the lowest rate, fees, and how a step applies."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from bargain.ladder import grades_held
from bargain.offers.file_parts import MOST_CASH, MOST_HOURLY, MOST_PAY
from models.offer import (
    AppliesTo,
    Differential,
    FeeRule,
    Fees,
    NamedAllowance,
    On,
    Scope,
    Settlement,
    Weighting,
    Within,
)
from ui.elements.field_form import FieldFault, ItemForm, StepForm, Values
from ui.elements.fields import (
    ChoiceField,
    DayField,
    Fault,
    NamesField,
    TextField,
    TickField,
    number,
    percent,
    pounds,
)
from ui.elements.listing import Kind
from ui.elements.rule import scope_names

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.sector import Sector


class GapForm(ItemForm):
    """A gap between two grades."""

    def __init__(self, sector: Sector, parent: QWidget | None = None) -> None:
        super().__init__(Kind.DIFFERENTIAL, parent)
        self._grades = grades_held(sector)
        grades = [(name, name) for name in self._grades]
        self.add("grade", self.tr("&Upper grade"), ChoiceField(grades))
        self.add("at_least_percent_ppm", self.tr("at least &more, %"), percent())
        self.add("at_least_hourly_micros", self.tr("or £ an hour, i&f more"), pounds(MOST_HOURLY))
        self.add("over", self.tr("&than the grade"), ChoiceField(grades))
        self.add(
            "on",
            self.tr("measured on &its"),
            ChoiceField(
                [
                    (self.tr("highest rate"), On.HIGHEST),
                    (self.tr("middle rate"), On.MEDIAN),
                    (self.tr("lowest rate"), On.LOWEST),
                ]
            ),
        )
        self.add(
            "within",
            self.tr("&compared"),
            ChoiceField(
                [
                    (self.tr("inside each employer"), Within.EMPLOYER),
                    (self.tr("across the sector"), Within.SECTOR),
                ]
            ),
        )
        self.finish()

    def blank(self) -> Differential:
        """Between the two lowest grades."""
        lower, upper = (*self._grades[:2], "", "")[:2]
        return Differential(upper, lower)

    def values_of_item(self, item: Differential) -> Values:
        """Its fields."""
        return {
            "grade": item.grade,
            "over": item.over,
            "at_least_percent_ppm": item.at_least_percent_ppm,
            "at_least_hourly_micros": item.at_least_hourly_micros,
            "within": item.within,
            "on": item.on,
        }

    def item_of(self, values: Values) -> Differential:
        """The gap. Raises Fault without a figure or between a grade and itself."""
        if values["grade"] == values["over"]:
            raise FieldFault("over", self.tr("The same grade twice; choose another."))
        if values["at_least_percent_ppm"] is None and values["at_least_hourly_micros"] is None:
            raise Fault(self.tr("Give the gap in per cent or in pounds an hour."))
        return Differential(**values)


class WeightingForm(ItemForm):
    """A weighting for regions, beside basic pay."""

    def __init__(self, sector: Sector, parent: QWidget | None = None) -> None:
        super().__init__(Kind.WEIGHTING, parent)
        regions = tuple(dict.fromkeys(one.region for one in sector.employers if one.region))
        self.add("cash_micros", self.tr("Weightin&g, £ a year"), pounds(MOST_CASH))
        self.add("instead_of_micros", self.tr("&in the place of, £"), pounds(MOST_CASH))
        self.add("regions", self.tr("Region&s"), NamesField(regions))
        self.finish()

    def blank(self) -> Weighting:
        """Nowhere yet."""
        return Weighting((), 0)

    def values_of_item(self, item: Weighting) -> Values:
        """Its fields; one that takes the place of none has that field empty."""
        cash = item.cash_micros if item.regions else None
        return {
            "cash_micros": cash,
            "instead_of_micros": item.instead_of_micros or None,
            "regions": item.regions,
        }

    def item_of(self, values: Values) -> Weighting:
        """The weighting. Raises Fault without an amount or a region."""
        if values["cash_micros"] is None or not values["regions"]:
            raise Fault(self.tr("Give the weighting and tick its regions."))
        return Weighting(values["regions"], values["cash_micros"], values["instead_of_micros"] or 0)


class AllowanceForm(ItemForm):
    """One allowance by its name: its rise or what it becomes, what it is today, and who gets it how often."""

    def __init__(self, sector: Sector, parent: QWidget | None = None) -> None:
        super().__init__(Kind.ALLOWANCE, parent)
        self.add("name", self.tr("Na&me of the allowance"), TextField())
        self.add("percent_ppm", self.tr("up by &percent"), percent())
        self.add("amount_micros", self.tr("or &to £ a payment"), pounds(MOST_CASH))
        self.add("share_ppm", self.tr("or to % of basic pay"), percent())
        self.section("now", self.tr("What it is today, and how often it is paid"), is_open=True)
        self.add("now_micros", self.tr("now £ a payment"), pounds(MOST_CASH))
        self.add("now_share_ppm", self.tr("or now % of basic pay"), percent())
        self.add("payments_y", self.tr("payments a year, each"), number(0, 1000))
        self.add("staff", self.tr("staff who get it"), number(0, 10_000_000))
        self.section("whom", self.tr("Of whom (nothing chosen: all staff)"))
        for key, label, names in scope_names(sector):
            self.add(key, label.replace("&", ""), NamesField(names))
        self.add("points", self.tr("Pay points"), TextField(self.tr("such as 2-6, 9")))
        self.finish()

    def blank(self) -> NamedAllowance:
        """None yet."""
        return NamedAllowance("")

    def values_of_item(self, item: NamedAllowance) -> Values:
        """Its fields and those of its scope."""
        values = {one.name: getattr(item, one.name) for one in fields(NamedAllowance)}
        return values | {one.name: getattr(item.scope, one.name) for one in fields(Scope)}

    def item_of(self, values: Values) -> NamedAllowance:
        """The allowance. Raises Fault without a name, and with more than one new figure or none."""
        given = [key for key in ("percent_ppm", "amount_micros", "share_ppm") if values[key] is not None]
        if len(given) > 1:
            raise FieldFault(
                given[-1], self.tr("By a percentage, or to an amount or a share; keep one of them.")
            )
        if not values["name"] or not given:
            raise Fault(self.tr("Name the allowance, and give its rise or what it becomes."))
        if values["now_micros"] is not None and values["now_share_ppm"] is not None:
            raise FieldFault(
                "now_share_ppm", self.tr("Today's amount or today's share; keep one of the two.")
            )
        own = {one.name: values[one.name] for one in fields(NamedAllowance) if one.name != "scope"}
        by_name = {one.name: values[one.name] for one in fields(Scope) if not one.name.startswith("pay_")}
        return NamedAllowance(**own, scope=Scope(**by_name))


class AllowancesForm(StepForm):
    """All allowances together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Kind.ALLOWANCES, parent)
        self.add("allowances_ppm", self.tr("All allowances up by &percent"), percent())
        self.finish()

    def values_of_step(self, step: Settlement) -> Values:
        """As the step has it."""
        return {"allowances_ppm": step.allowances_ppm}

    def changed_step(self, values: Values, step: Settlement) -> Settlement:
        """With that rise."""
        if values["allowances_ppm"] is None:
            raise Fault(self.tr("Give the rise in per cent."))
        return replace(step, allowances_ppm=values["allowances_ppm"])


class FloorForm(StepForm):
    """The lowest rate: an hour, a full-time year, or both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Kind.FLOOR, parent)
        self.add("floor_micros", self.tr("Nobody &below £ an hour"), pounds(MOST_HOURLY))
        self.add("floor_annual_micros", self.tr("nor below £ a full-time &year"), pounds(MOST_PAY))
        self.finish()

    def values_of_step(self, step: Settlement) -> Values:
        """As the step has them."""
        return {"floor_micros": step.floor_micros, "floor_annual_micros": step.floor_annual_micros}

    def changed_step(self, values: Values, step: Settlement) -> Settlement:
        """With these floors."""
        if all(value is None for value in values.values()):
            raise Fault(self.tr("Give the lowest rate an hour, or the lowest pay a year."))
        return replace(step, **values)


class FeeForm(StepForm):
    """How fees follow pay, and the limit on margins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Kind.FEES, parent)
        self.add(
            "rule",
            self.tr("&Fees rise"),
            ChoiceField(
                [
                    (self.tr("by a fixed percentage"), FeeRule.FIXED),
                    (self.tr("so that the margin holds"), FeeRule.HOLD_MARGIN),
                    (self.tr("so that the profit in pounds holds"), FeeRule.HOLD_PROFIT),
                    (self.tr("with margins capped"), FeeRule.CAP),
                    (self.tr("by an index of pay and other costs"), FeeRule.INDEXED),
                ]
            ),
        )
        self.add("uplift_ppm", self.tr("&Uplift, %"), percent(least=-100))
        self.add("margin_cap_ppm", self.tr("&Margin at most, %"), percent())
        self.section("index", self.tr("By an index of pay and other costs"))
        self.add("pay_share_ppm", self.tr("&Part for pay, %"), percent())
        own = self.tr("empty: each employer's own rise")
        self.add("pay_index_ppm", self.tr("It rises &by, %"), percent(least=-100), note=own)
        self.add("other_index_ppm", self.tr("The re&st rises by, %"), percent(least=-100))
        self.finish()

    def values_of_step(self, step: Settlement) -> Values:
        """As the step has them."""
        return {one.name: getattr(step.fees, one.name) for one in fields(Fees)}

    def show_opened(self, values: Values) -> None:
        """Unfold the index where fees follow it."""
        if values["rule"] is FeeRule.INDEXED:
            self.sections["index"].setChecked(True)

    def changed_step(self, values: Values, step: Settlement) -> Settlement:
        """With this rule in the place of any other: a step has one."""
        fees = Fees(**values)
        if fees.rule is not FeeRule.FIXED and fees.uplift_ppm is not None:
            raise FieldFault(
                "uplift_ppm", self.tr("Only for a fixed percentage; empty it, or choose that rule.")
            )
        if fees.rule is FeeRule.CAP and fees.margin_cap_ppm is None:
            raise Fault(self.tr("Give the highest margin in per cent."))
        index = (fees.pay_share_ppm, fees.pay_index_ppm, fees.other_index_ppm)
        if fees.rule is not FeeRule.INDEXED and index != (None, None, None):
            raise FieldFault("rule", self.tr("Choose the rule by an index, or empty its figures."))
        if fees.rule is FeeRule.INDEXED and (fees.pay_share_ppm is None or fees.other_index_ppm is None):
            self.sections["index"].setChecked(True)
            raise Fault(self.tr("Give the part for pay, and by what the rest rises."))
        if fees == Fees():
            raise Fault(self.tr("Give the rise of fees in per cent, or choose another rule."))
        return replace(step, fees=fees)


class DatesForm(StepForm):
    """From when the step applies and is paid, which rates it moves, and whether pay may fall."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Kind.STEP, parent)
        self.add("effective", self.tr("Applies &from"), DayField())
        self.add("paid_from", self.tr("&Paid from (if later)"), DayField())
        self.add(
            "applies_to",
            self.tr("&Moves"),
            ChoiceField(
                [
                    (self.tr("the pay that staff get"), AppliesTo.ACTUAL),
                    (self.tr("the sector's minimum rates"), AppliesTo.MINIMUM),
                    (self.tr("both"), AppliesTo.BOTH),
                ]
            ),
        )
        self.add("absorb", "", TickField(self.tr("may be met out of pay alrea&dy above the minimum")))
        self.add("favourability", "", TickField(self.tr("pay may fall &under this step"), upside_down=True))
        self.finish()

    def values_of_step(self, step: Settlement) -> Values:
        """As the step has them."""
        keys = ("effective", "paid_from", "applies_to", "absorb", "favourability")
        return {key: getattr(step, key) for key in keys}

    def changed_step(self, values: Values, step: Settlement) -> Settlement:
        """With these. The order of the steps is for the offer to keep."""
        if values["effective"] is None:
            raise FieldFault("effective", self.tr("A step needs the day from which it applies."))
        if values["paid_from"] is not None and values["paid_from"] < values["effective"]:
            raise FieldFault(
                "paid_from", self.tr("Before the day from which it applies; choose a later one.")
            )
        return replace(step, **values)
