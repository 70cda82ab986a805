"""The waterfall of an offer's cost: in the order of its rules, or the average over all orders, by choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from ui.asking import Asker
from ui.charts.offer_charts import cost_chart, order_free_chart
from ui.charts.view import ChartPane
from ui.widgets.chooser import widen

if TYPE_CHECKING:
    from models.appraisal import Appraisal
    from models.waterfall import OrderFree
    from ui.session import Session
    from ui.tasks import Report


class CostPane(ChartPane):
    """The stated order comes with every appraisal; the average prices every set of elements, in the worker."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._appraisal: Appraisal | None = None
        self.order = QComboBox()
        self.order.addItem(self.tr("in the rules' order"), False)  # the item's data
        self.order.addItem(self.tr("average of all orders"), True)
        self.order.setAccessibleName(self.tr("Order in which the elements are taken"))
        self.order.setToolTip(
            self.tr(
                "What an element costs depends on what came before it. The average over all orders favours none by its "
                "place; both add up to the same cost."
            )
        )
        widen(self.order)
        self.buttons.setStretch(2, 0)
        self.buttons.addWidget(self.order, 1)
        self._asker = Asker(session, self)
        self._asker.answered.connect(self._show_average)
        self._asker.refused.connect(self._refuse)
        self.order.activated.connect(self._show)

    def show_cost(self, appraisal: Appraisal) -> None:
        """The cost of an appraised offer, in the way that is chosen."""
        self._appraisal = appraisal
        self._show()

    def _show(self) -> None:
        appraisal, sector = self._appraisal, self._session.sector
        if appraisal is None:
            return
        if not self.order.currentData() or sector is None:
            self._asker.forget()
            self.show_chart(cost_chart(appraisal.cost), appraisal)
            return
        offer = appraisal.offer

        def work(report: Report) -> tuple[Appraisal, OrderFree]:
            from bargain.progress import drive
            from bargain.waterfall import order_free_steps

            return appraisal, drive(order_free_steps(sector, offer), report)

        self.set_stale(True)
        self.old.setText(self.tr("Working out the average over all orders…"))
        self._asker.ask(work)

    def _show_average(self, answer: tuple[Appraisal, OrderFree]) -> None:
        appraisal, found = answer
        self.show_chart(order_free_chart(found, appraisal.cost), appraisal)

    def _refuse(self, why: str) -> None:
        """There is no average: the stated order stands, and a word says why."""
        if self._appraisal is not None:
            self.show_chart(cost_chart(self._appraisal.cost), self._appraisal)
        self.old.setText(why)
        self.old.show()
