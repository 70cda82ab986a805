"""The form for one allowance by its name: what becomes of it, what it is today, and who gets it how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bargain.offers.allowance_file import MOST_PAYMENTS, MOST_STAFF
from bargain.offers.file_parts import MOST_CASH
from models.offer import NamedAllowance
from ui.elements.field_form import FieldFault, ItemForm, Values
from ui.elements.fields import Fault, TextField, number, percent, pounds
from ui.elements.listing import Kind
from ui.elements.whom import WHOM, add_whom, names_anybody, scope_of, values_of_scope

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.sector import Sector

_NEW = ("percent_ppm", "amount_micros", "share_ppm")
_OWN = ("name", *_NEW, "now_micros", "now_share_ppm", "staff", "payments_y")
PRICE = "price"


class AllowanceForm(ItemForm):
    """Up by a percentage, to a new amount, or to a new share of basic pay."""

    def __init__(self, sector: Sector, parent: QWidget | None = None) -> None:
        super().__init__(Kind.ALLOWANCE, parent)
        self._points = sector.workforce.points
        self.add("name", self.tr("&Name of the allowance"), TextField())
        self.add("percent_ppm", self.tr("up by &percent"), percent())
        self.add("amount_micros", self.tr("or &to £ a payment"), pounds(MOST_CASH))
        self.add("share_ppm", self.tr("or to this percent of &basic pay"), percent())
        self.section(PRICE, self.tr("What it is today and how often (for its cost)"), is_open=True)
        self.add("now_micros", self.tr("To&day, £ a payment"), pounds(MOST_CASH))
        self.add("now_share_ppm", self.tr("or today, percent of basic pa&y"), percent())
        self.add(
            "staff",
            self.tr("Staff who get &it"),
            number(0, MOST_STAFF, hint=self.tr("empty: all named below")),
        )
        self.add("payments_y", self.tr("Pay&ments a year each"), number(0, MOST_PAYMENTS))
        add_whom(self, sector, by_pay=False)
        self.finish()

    def blank(self) -> NamedAllowance:
        """None yet."""
        return NamedAllowance("")

    def values_of_item(self, item: NamedAllowance) -> Values:
        """Its fields, and those of whom it is for."""
        return {name: getattr(item, name) for name in _OWN} | values_of_scope(item.scope)

    def show_opened(self, values: Values) -> None:
        """Unfold whom it is for, where that is said."""
        if names_anybody(values):
            self.sections[WHOM].setChecked(True)

    def item_of(self, values: Values) -> NamedAllowance:
        """The allowance. Raises Fault without a name, and with not just one new figure."""
        given = [name for name in _NEW if values[name] is not None]
        if len(given) > 1:
            raise FieldFault(
                given[1],
                self.tr(
                    "By a percentage, to an amount or to a share of pay; keep one of the two that are given."
                ),
            )
        if values["now_micros"] is not None and values["now_share_ppm"] is not None:
            raise FieldFault("now_share_ppm", self.tr("An amount or a share of pay; keep one of the two."))
        if not values["name"] or not given:
            raise Fault(self.tr("Name the allowance, and give its rise, its new amount or its share of pay."))
        return NamedAllowance(**{name: values[name] for name in _OWN}, scope=scope_of(values, self._points))
