"""The form for a pay rule: what it gives, within which limits, to whom, along which taper, tied to which index."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from bargain.ladder import grades_held
from bargain.offers.file_parts import MOST_CASH, MOST_HOURLY, MOST_PAY
from models.employer import FAMILIES, Ownership
from models.index_link import Index, IndexLink
from models.offer import AppliesTo, PayRule, Scope, Taper
from ui.elements.field_form import FieldFault, ItemForm, Values
from ui.elements.fields import (
    ChoiceField,
    Fault,
    MonthField,
    NamesField,
    TextField,
    TickField,
    percent,
    pounds,
    tr,
)
from ui.elements.listing import Kind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.sector import Sector

WHOM, LIMITS, TAPER, INDEX = "whom", "limits", "taper", "index"
_LEAST_INDEX = -100


def scope_names(sector: Sector) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The lists that a scope is ticked in: field, label, and the names that there are."""
    regions = tuple(dict.fromkeys(one.region for one in sector.employers if one.region))
    owners = (*FAMILIES, *(str(one) for one in Ownership if str(one) not in FAMILIES))
    return (
        ("grades", tr("&Grades"), grades_held(sector)),
        ("employers", tr("E&mployers"), tuple(sorted(set(sector.workforce.employers)))),
        ("ownership", tr("Owners"), owners),
        ("regions", tr("Reg&ions"), regions),
        ("settings", tr("&Settings"), tuple(sector.workforce.settings)),
    )


class RuleForm(ItemForm):
    """``once``: begin with a payment made once. ``opened``: the sections that stand open at first."""

    def __init__(
        self,
        sector: Sector,
        *,
        once: bool = False,
        opened: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Kind.RULE, parent)
        self._once = once
        self._opened = opened
        self._points = sector.workforce.points
        self._order = tuple(point.name for point in sector.scale.points) if sector.scale else ()
        self._assumed = {one.key for one in sector.assumptions if one.value is not None}
        self._add_amounts()
        self._add_limits()
        self._add_scope(sector)
        self._add_taper(sector)
        self._add_index()
        self.finish()

    def _add_amounts(self) -> None:
        self.add("percent_ppm", self.tr("&Percent"), percent())
        self.add("cash_micros", self.tr("Flat &cash, £ a year"), pounds(MOST_CASH))
        self.add(
            "pro_rata",
            "",
            TickField(self.tr("cash the same for each person, whatever &their hours"), upside_down=True),
        )
        self.add("non_consolidated", "", TickField(self.tr("pai&d once, not carried forward")))
        self.add("in_all", "", TickField(self.tr("in all: what the deal has given before counts towards it")))
        moves = [
            (self.tr("as the step says"), None),
            (self.tr("the pay that staff get"), AppliesTo.ACTUAL),
            (self.tr("the sector's minimum rates"), AppliesTo.MINIMUM),
            (self.tr("both"), AppliesTo.BOTH),
        ]
        self.add("applies_to", self.tr("&Kind of rates"), ChoiceField(moves))

    def _add_limits(self) -> None:
        self.section(LIMITS, self.tr("At least, at most"), is_open=LIMITS in self._opened)
        for key, label, field in (
            ("at_least_cash_micros", self.tr("or £ a year, if more"), pounds(MOST_CASH)),
            ("at_least_hourly_micros", self.tr("or £ an hour, if more"), pounds(MOST_HOURLY)),
            ("at_least_percent_ppm", self.tr("or per cent, if more"), percent()),
            ("at_most_cash_micros", self.tr("but most £ a year"), pounds(MOST_CASH)),
            ("at_most_hourly_micros", self.tr("but most £ an hour"), pounds(MOST_HOURLY)),
            ("at_most_percent_ppm", self.tr("but most per cent"), percent()),
        ):
            self.add(key, label, field)
        self.add("percent_of_first_micros", self.tr("percent of the &first £ only"), pounds(MOST_PAY))

    def _add_scope(self, sector: Sector) -> None:
        self.section(WHOM, self.tr("For whom (nothing chosen: all staff)"), is_open=WHOM in self._opened)
        self.add("points", self.tr("Pa&y points"), TextField(self.tr("such as 2-6, 9")))
        self.add("pay_above_micros", self.tr("Full-time pay a&bove £"), pounds(MOST_PAY))
        self.add("pay_up_to_micros", self.tr("and &up to £"), pounds(MOST_PAY))
        for key, label, names in scope_names(sector):
            self.add(key, label, NamesField(names))

    def _add_taper(self, sector: Sector) -> None:
        self.section(TAPER, self.tr("Running evenly to another rise"), is_open=TAPER in self._opened)
        names = [point.name for point in sector.scale.points] if sector.scale else list(self._points)
        choices = [(self.tr("(none)"), ""), *((name, name) for name in names)]
        self.add("from_point", self.tr("From point"), ChoiceField(choices))
        self.add("to_point", self.tr("to point"), ChoiceField(choices))
        self.add("from_pay_micros", self.tr("or from £ a year"), pounds(MOST_PAY))
        self.add("to_pay_micros", self.tr("to £ a year"), pounds(MOST_PAY))
        self.add("to_percent_ppm", self.tr("Percent at that end"), percent())
        self.add("to_cash_micros", self.tr("Cash at that end, £"), pounds(MOST_CASH))

    def _add_index(self) -> None:
        self.section(INDEX, self.tr("Tied to an index"), is_open=INDEX in self._opened)
        names = [(self.tr("(none)"), None), *((str(one), one) for one in Index)]
        self.add("index", self.tr("Inde&x"), ChoiceField(names))
        self.add("month", self.tr("figure for the month"), MonthField())
        for key, label in (
            ("published_ppm", self.tr("published, %")),
            ("assumed_ppm", self.tr("priced at an assumed %")),
            ("plus_ppm", self.tr("plus, %")),
            ("floor_ppm", self.tr("at least, %")),
            ("cap_ppm", self.tr("at most, %")),
            ("reopen_above_ppm", self.tr("meet again above, %")),
            ("reopen_below_ppm", self.tr("meet again below, %")),
            ("share_above_ppm", self.tr("of the figure above, %")),
            ("share_ppm", self.tr("counts only, %")),
        ):
            self.add(key, label, percent(least=_LEAST_INDEX))

    # Values

    def blank(self) -> PayRule:
        """Nothing yet, or nothing yet that is paid once."""
        return PayRule(non_consolidated=self._once)

    def values_of_item(self, item: PayRule) -> Values:
        """Every field of the rule and of what is in it; noughts that say nothing are empty."""
        values = {one.name: getattr(item, one.name) for one in fields(PayRule)}
        values |= {one.name: getattr(item.scope, one.name) for one in fields(Scope)}
        taper = item.taper or Taper()
        values |= {one.name: getattr(taper, one.name) for one in fields(Taper)}
        link = item.index
        values |= {one.name: None if link is None else getattr(link, one.name) for one in fields(IndexLink)}
        for key in ("percent_ppm", "cash_micros", "to_percent_ppm", "to_cash_micros", "plus_ppm"):
            values[key] = values[key] or None
        return values

    def show_opened(self, values: Values) -> None:
        """Unfold what says something; fold nothing that stands open."""
        said = {
            LIMITS: any(
                values[key] is not None
                for key in values
                if key.startswith(("at_least", "at_most", "percent_of"))
            ),
            WHOM: any(values[one.name] not in (None, "", ()) for one in fields(Scope)),
            TAPER: bool(values["from_point"]) or values["from_pay_micros"] is not None,
            INDEX: values["index"] is not None,
        }
        for key, is_said in said.items():
            if is_said:
                self.sections[key].setChecked(True)

    def item_of(self, values: Values) -> PayRule:
        """The rule. Raises Fault where it gives nothing, or where two fields can't both be meant."""
        rule = PayRule(
            **{
                one.name: values[one.name]
                for one in fields(PayRule)
                if one.name not in {"scope", "taper", "index", "percent_ppm", "cash_micros"}
            },
            percent_ppm=values["percent_ppm"] or 0,
            cash_micros=values["cash_micros"] or 0,
            scope=self._scope(values),
            taper=self._taper(values),
            index=self._index(values),
        )
        if rule.non_consolidated and rule.applies_to is not None:
            raise FieldFault(
                "applies_to", self.tr("Paid once: it goes to staff, and moves no rate; leave this open.")
            )
        if rule.non_consolidated and rule.in_all:
            raise FieldFault(
                "in_all", self.tr("Paid once: a payment is no part of pay; take out one of the two.")
            )
        if rule == replace(
            PayRule(),
            in_all=rule.in_all,
            scope=rule.scope,
            non_consolidated=rule.non_consolidated,
            pro_rata=rule.pro_rata,
            applies_to=rule.applies_to,
        ):
            raise Fault(
                self.tr("Give a percentage, an amount, a limit or an index; what they do is said here.")
            )
        return rule

    def _scope(self, values: Values) -> Scope:
        from bargain.offers.scope import points_named

        scope = Scope(**{one.name: values[one.name] for one in fields(Scope)})
        above, up_to = scope.pay_above_micros, scope.pay_up_to_micros
        if above is not None and up_to is not None and up_to <= above:
            raise FieldFault(
                "pay_up_to_micros", self.tr("Must be more than the pay above; nobody is between.")
            )
        known = (*self._order, *self._points)
        if scope.points and known and not points_named(scope.points, known, self._order):
            raise FieldFault("points", self.tr("Nobody is on such a point; write points such as 2-6, 9."))
        return scope

    def _taper(self, values: Values) -> Taper | None:
        given: dict[str, Any] = {one.name: values[one.name] for one in fields(Taper)}
        given["to_percent_ppm"], given["to_cash_micros"] = (
            values["to_percent_ppm"] or 0,
            values["to_cash_micros"] or 0,
        )
        taper = Taper(**given)
        if taper == Taper():
            return None
        by_point = bool(taper.from_point), bool(taper.to_point)
        by_pay = taper.from_pay_micros is not None, taper.to_pay_micros is not None
        if any(by_point) and any(by_pay):
            raise FieldFault("from_pay_micros", self.tr("From point to point, or from pay to pay; not both."))
        if by_point != (True, True) and by_pay != (True, True):
            raise Fault(self.tr("A rise that runs evenly needs both its ends."))
        if all(by_point) and taper.from_point == taper.to_point:
            raise FieldFault("to_point", self.tr("The same point twice; choose another."))
        if all(by_pay) and (taper.from_pay_micros or 0) >= (taper.to_pay_micros or 0):
            raise FieldFault("to_pay_micros", self.tr("Must be more than the pay it runs from."))
        return taper

    def _index(self, values: Values) -> IndexLink | None:
        if values["index"] is None:
            for one in fields(IndexLink):
                if values[one.name] is not None:
                    raise FieldFault("index", self.tr("Choose the index that these figures belong to."))
            return None
        link = IndexLink(
            **{one.name: values[one.name] for one in fields(IndexLink) if one.name != "plus_ppm"}
        )
        if link.floor_ppm is not None and link.cap_ppm is not None and link.cap_ppm < link.floor_ppm:
            raise FieldFault("cap_ppm", self.tr("Less than the least; exchange the two."))
        if (link.share_above_ppm is None) != (link.share_ppm is None):
            raise Fault(
                self.tr(
                    "“Of the figure above” and “counts only” go together: above what figure, and how much of that counts."
                )
            )
        if link.figure_ppm is None and f"index_{link.index.lower()}" not in self._assumed:
            raise Fault(
                self.tr("Give a figure to price the index at, or record one under Assumptions (Ctrl+U).")
            )
        return replace(link, plus_ppm=values["plus_ppm"] or 0)
