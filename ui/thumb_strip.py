"""The line under the charts: what 1 %, £100 flat, 10p on the floor and an hour off the week cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.issues import UnusableInput
from ui import formats

if TYPE_CHECKING:
    from models.costing import RuleOfThumb
    from models.offer import Offer
    from models.sector import Sector
    from ui.session import Session
    from ui.tasks import Report, Task


class ThumbStrip(QObject):
    """Works the rules of thumb out in the worker, and again only when what they depend on has changed."""

    ready = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._of: tuple[Sector, object] | None = None  # what ``_found`` is of
        self._found: tuple[RuleOfThumb, ...] = ()
        self._task: Task | None = None
        session.appraised.connect(self._want)
        self._want()

    def text(self) -> str:
        """``1% = £86.0m · £100 flat = £17.0m · 10p on £14.00 = £9.2m · an hour off = £31.0m``; empty until known.

        Where figures are grossed up each has its likely range in brackets.
        """
        names = {
            "one_percent": self.tr("1%"),
            "flat_100": self.tr("£100 flat"),
            "floor_10p": self.tr("10p on the floor"),
            "hour_off": self.tr("an hour off"),
        }
        parts = []
        for one in self._found:
            if one.cost is not None:
                amount = formats.money_short(one.cost)
            else:
                ends = (formats.money_short(one.not_replaced), formats.money_short(one.replaced))
                amount = self.tr("{low} to {high}").format(low=ends[0], high=ends[1])
            if one.range is not None:
                span = self.tr("({low}–{high})")
                ends = (formats.money_short(one.range.low), formats.money_short(one.range.high))
                amount = f"{amount} {span.format(low=ends[0], high=ends[1])}"
            parts.append(f"{names[one.key]} = {amount}")
        return " · ".join(parts)

    def tip(self) -> str:
        """The likely range of each where figures are grossed up, a line each; empty where they are the returns alone."""
        lines = []
        for one in self._found:
            if one.range is not None:
                ends = (formats.money(one.range.low), formats.money(one.range.high))
                words = self.tr("{what}: likely {low} to {high} (95% range from resampling employers)")
                lines.append(words.format(what=one.label, low=ends[0], high=ends[1]))
        return "\n".join(lines)

    def _want(self) -> None:
        sector, offer = self._session.sector, self._session.offer
        if sector is None or self._session.appraisal is None or not offer.settlements:
            return
        wanted = (sector, _depends_on(offer))
        if self._of is not None and self._of[0].workforce is sector.workforce and self._same(wanted):
            return
        if self._task is not None:
            self._task.cancel()

        def work(_: Report) -> tuple[RuleOfThumb, ...]:
            from bargain.headlines import rules_of_thumb

            return rules_of_thumb(sector, offer)

        self._of = wanted
        self._task = self._session.tasks.start(work, on_done=self._take, on_failed=self._failed)

    def _same(self, wanted: tuple[Sector, object]) -> bool:
        """Whether nothing has changed but offers and targets."""
        if self._of is None or self._of[1] != wanted[1]:
            return False
        before, now = self._of[0], wanted[0]
        return all(
            getattr(before, name) == getattr(now, name)
            for name in (
                "employers",
                "assumptions",
                "terms",
                "scale",
                "weeks_y",
                "weekly_hours",
                "grossing",
                "accounts",
            )
        )

    def _take(self, found: tuple[RuleOfThumb, ...]) -> None:
        self._task = None
        self._found = found
        self.ready.emit()

    def _failed(self, error: Exception) -> None:
        self._task, self._found = None, ()
        if not isinstance(error, UnusableInput):
            self._session.report_fault(error)
        self.ready.emit()


def _depends_on(offer: Offer) -> tuple[object, ...]:
    """What of an offer the rules of thumb look at: its first day and its first floor."""
    floors = [one.floor_micros for one in offer.settlements if one.floor_micros is not None]
    return offer.settlements[0].effective, floors[0] if floors else None
