"""Proposals: the offer on the table as levers, its charts, and the scoreboard that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.offer import Offer
from models.table import Role
from ui import formats
from ui.charts.cost_pane import CostPane
from ui.charts.counted import leaving
from ui.charts.figurer import OfferFigurer
from ui.charts.model import BarChart
from ui.charts.offer_charts import element_label, gains_chart, scale_chart
from ui.charts.view import ChartPane
from ui.figure_at import Asked
from ui.lever_words import lever_name, value_words, words_of_state
from ui.levers import LeverKey, LeverState, last_tabled, lever_values, with_lever
from ui.thumb_strip import ThumbStrip
from ui.wage_note import WageNote
from ui.widgets.columns import Column, TallList
from ui.widgets.lever import LeverRow
from ui.widgets.mark_slider import Mark
from ui.widgets.offer_bar import OfferBar
from ui.widgets.plain_label import PlainLabel, plain_tip
from ui.widgets.scoreboard import Scoreboard

if TYPE_CHECKING:
    from models.appraisal import Appraisal
    from ui.session import Session

WIDE = 1180  # from here on, the columns of a whole screen
LEFT, RIGHT = (380, 348), (388, 324)  # wanted widths of the outer columns, on a wide and on a narrow screen
MIDDLE = 320  # and of the middle one, which takes what is left
GREY_AFTER_MS = 100


class ProposalsPage(QWidget):
    """Three columns: levers, charts, scoreboard."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._before_gesture: Offer | None = None
        self._lowest: int | None = None
        self.bar = OfferBar(session)
        self.rows = {key: LeverRow(key) for key in LeverKey}
        self.scoreboard = Scoreboard(session)
        self.scale = ChartPane()
        self.steps = CostPane(session)
        self.gains = ChartPane()
        self.words = QPlainTextEdit()
        self.tabs = QTabWidget()
        self.rule_of_thumb = PlainLabel("", wrap=True)
        self.below_law = PlainLabel("", bold=True, wrap=True)
        self.find_button = QPushButton(self.tr("Find &a value… (F7)"))
        self._left = Column(LEFT[0])
        self._right = Column(RIGHT[0])
        self._stack = QStackedWidget()
        self._grey_soon = QTimer(self)
        self._grey_soon.setSingleShot(True)
        self._grey_soon.setInterval(GREY_AFTER_MS)
        self._figurer = OfferFigurer(session, self)
        self._thumbs = ThumbStrip(session, self)
        self._wages = WageNote(session, self)
        self._lay_out()
        self._connect()
        self._show_sector()
        self._show_offer()
        self._show_figures()

    # Putting together

    def _lay_out(self) -> None:
        self._lay_out_left()
        self._lay_out_tabs()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.scoreboard)
        builder = QWidget()
        columns = QHBoxLayout(builder)
        columns.setContentsMargins(6, 6, 6, 4)
        columns.setSpacing(6)
        columns.addWidget(self._left)
        columns.addWidget(self._middle(), 1)
        columns.addWidget(self._right)
        self._stack.addWidget(builder)
        self._stack.addWidget(self._empty_page())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _lay_out_left(self) -> None:
        inner = QWidget()
        levers = QVBoxLayout(inner)
        levers.setContentsMargins(0, 0, 0, 0)
        levers.setSpacing(2)
        for row in self.rows.values():
            levers.addWidget(row)
        levers.addStretch(1)
        self.levers = TallList(inner)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(4)
        left.addWidget(self.bar)
        left.addWidget(self.levers, 1)
        left.addWidget(self.find_button)

    def _lay_out_tabs(self) -> None:
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setAccessibleName(self.tr("The offer in words"))
        for page in (self.scale, self.steps, self.gains, self.words):
            self.tabs.addTab(page, "")
        self.tabs.setAccessibleName(self.tr("Views of the offer"))
        self.tabs.setUsesScrollButtons(True)
        self._name_tabs(wide=True)

    def _middle(self) -> QWidget:
        self.no_staff = PlainLabel(
            self.tr(
                "No staff data yet, so there are no figures. Import payroll files (Ctrl+I) and the charts and "
                "the scoreboard fill in; the offer can be written meanwhile."
            ),
            wrap=True,
        )
        middle = Column(MIDDLE)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.no_staff)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.below_law)
        layout.addWidget(self.rule_of_thumb)
        self.below_law.hide()
        return middle

    def _empty_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addStretch(2)
        heading = PlainLabel(self.tr("No drafts yet. Start from:"), bold=True, scale=1.3)
        layout.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        self.starts = [QPushButton(text) for text in self._start_texts()]
        for button, act in zip(
            self.starts,
            (
                self.bar.start_from_now,
                self.bar.start_from_rise,
                self.bar.start_from_file,
                self.bar.start_from_paste,
            ),
            strict=True,
        ):
            button.clicked.connect(act)
            button.setMinimumWidth(320)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        return page

    def _start_texts(self) -> tuple[str, str, str, str]:
        return (
            self.tr("Now: pay and terms as they are"),
            self.tr("A plain rise of 3%"),
            self.tr("An offer file…"),
            self.tr("A pay scale copied in a spreadsheet…"),
        )

    def _connect(self) -> None:
        session = self._session
        session.sector_changed.connect(self._show_sector)
        session.offer_changed.connect(self._show_offer)
        session.targets_changed.connect(self._await_figures)
        session.appraised.connect(self._show_figures)
        self._grey_soon.timeout.connect(self._grey)
        self._figurer.ready.connect(self._show_charts)
        self.find_button.clicked.connect(self._find)
        self._thumbs.ready.connect(self._show_thumbs)
        self._wages.ready.connect(self._show_words)
        for row in self.rows.values():
            row.moved.connect(self._move)
            row.cancelled.connect(self._put_back)
            row.gesture_began.connect(self._remember)
        for keys, act in (
            ("Ctrl+T", self.bar.table_it),
            ("Ctrl+Shift+T", self._toggle_table),
            ("F6", self._next_panel),
        ):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # Showing

    @property
    def _is_shared(self) -> bool:
        """Whether both sides look at this screen: then no rate that is somebody's own is on it."""
        sector = self._session.sector
        return sector is not None and sector.role is Role.JOINT

    def _show_sector(self) -> None:
        self._lowest = None
        self._figurer.forget()
        sector = self._session.sector
        staffed = sector is not None and len(sector.workforce) > 0
        self.no_staff.setVisible(not staffed)
        for at in range(3):
            self.tabs.setTabVisible(at, staffed)
        self._right.setVisible(staffed)
        self._show_offer()

    def _show_offer(self) -> None:
        sector = self._session.sector
        if sector is None:
            return
        self.starts[-1].setVisible(sector.scale is not None)  # without a scale there is none to change
        self._stack.setCurrentIndex(0 if sector.offers else 1)
        here = self.window().focusWidget()
        if here is not None and self.isAncestorOf(here):
            self._focus_first()
        self.bar.refresh()
        self._show_levers()
        self._show_words()
        self._await_figures()

    def _show_levers(self) -> None:
        sector, offer = self._session.sector, self._session.offer
        if sector is None:
            return
        states = lever_values(offer, sector, lowest_micros=self._lowest)
        theirs, ours = (last_tabled(offer, sector, own=own) for own in (False, True))
        their_states = lever_values(theirs, sector, lowest_micros=self._lowest) if theirs else {}
        our_states = lever_values(ours, sector, lowest_micros=self._lowest) if ours else {}
        for key, row in self.rows.items():
            marks = self._marks(row, states[key].now, their_states.get(key), our_states.get(key))
            row.show_state(states[key], marks, locked=offer.tabled)
            row.setVisible(states[key].can_change or states[key].mixed)
        self._warn_of_law()

    def _marks(
        self, row: LeverRow, now: int | None, theirs: LeverState | None, ours: LeverState | None
    ) -> tuple[Mark, ...]:
        marks = []
        if now is not None:
            marks.append(Mark("now", now, self.tr("❙ now: {value}").format(value=value_words(row.key, now))))
        if theirs is not None and theirs.shown is not None and not theirs.mixed:
            text = self.tr("▼ their last tabled: {value}").format(value=value_words(row.key, theirs.shown))
            marks.append(Mark("theirs", theirs.shown, text))
        if ours is not None and ours.shown is not None and not ours.mixed:
            text = self.tr("● our last tabled: {value}").format(value=value_words(row.key, ours.shown))
            marks.append(Mark("ours", ours.shown, text))
        return tuple(marks)

    def _show_words(self) -> None:
        from bargain.offers.words import describe_offer

        parts = list(describe_offer(self._session.offer))
        appraisal = self._session.appraisal
        if appraisal is not None and appraisal.notes and not self._session.is_stale:
            parts += [self.tr("About the figures:"), *appraisal.notes]
        wages = self._wages.sentences()
        if wages:
            parts += [self.tr("Against the minimum wage, by the staff in the data:"), *wages]
        self.below_law.setText(self._wages.text())
        self.below_law.setVisible(bool(self._wages.text()))
        text = "\n\n".join(parts)
        if text != self.words.toPlainText():
            self.words.setPlainText(text)

    def _await_figures(self) -> None:
        """Grey the figures if newer ones take longer than a glance."""
        if not self._grey_soon.isActive():
            self._grey_soon.start()

    def _grey(self) -> None:
        session = self._session
        if session.is_stale or session.appraisal is None or session.appraisal.offer != session.offer:
            self.scoreboard.set_stale(True)

    def _show_figures(self) -> None:
        self._grey_soon.stop()
        appraisal = self._session.appraisal
        self.scoreboard.set_stale(False)
        self.scoreboard.refresh()
        if self._session.is_stale:
            self._grey_soon.start()
        self._show_words()
        if appraisal is None:
            self.rule_of_thumb.setText("")
            for pane in (self.scale, self.steps, self.gains):
                pane.set_stale(True)
            return
        if self._lowest is None and not self._is_shared:
            self._lowest = int(appraisal.hourly_before.min())
            self._show_levers()
        self._show_thumbs()
        self.steps.show_cost(appraisal)
        self._figurer.want()
        if not self._session.is_stale:
            self._wages.want()

    def _show_thumbs(self) -> None:
        if self._session.appraisal is not None:
            self.rule_of_thumb.setText(self._thumb(self._session.appraisal))
            self.rule_of_thumb.setToolTip(plain_tip(self._thumbs.tip()))
            self.rule_of_thumb.setAccessibleDescription(self._thumbs.tip())

    def _thumb(self, appraisal: Appraisal) -> str:
        cost = formats.money(appraisal.cost.cost_of_one_percent)
        text = self.tr("1% on every rate = {cost} a year, with on-costs").format(cost=cost)
        text = self._thumbs.text() or text
        if appraisal.unmapped_heads <= 0:
            return text
        without = self.tr("{number} staff without a grade: in the costs, not in gaps between grades")
        return f"{text}\n{without.format(number=formats.number(appraisal.unmapped_heads))}"

    def _show_charts(self) -> None:
        figures = self._figurer.figures
        if figures is None:
            return
        theirs = self._figurer.their_figures
        name = self._figurer.their_name
        floor = self._figurer.legal_floor
        of = self._session.appraisal
        scale = scale_chart(figures, theirs=theirs, their_name=name, legal_floor=floor)
        self.scale.show_chart(leaving(scale) if self._is_shared else scale, of)
        self.gains.show_chart(gains_chart(figures, theirs=theirs, their_name=name), of)
        if self._session.appraisal is None:  # the answer to an earlier question: it stays, pale
            for pane in (self.scale, self.gains):
                pane.set_stale(True)
        self.scoreboard.set_theirs(self._figurer.their_appraisal)
        self._warn_of_law()

    def _warn_of_law(self) -> None:
        row, legal_floor = self.rows[LeverKey.FLOOR], self._figurer.legal_floor
        steps = self._session.offer.settlements
        floor = steps[0].floor_micros if steps else None
        if row.box.is_wrong:
            return
        if legal_floor is None or floor is None or floor >= round(legal_floor.rate * 1_000_000):
            row.say("")
            return
        text = (
            self.tr("Below the legal floor of {rate} an hour on that date.")
            if legal_floor.is_checked
            else self.tr(
                "Below {rate} an hour, the legal floor on that date if it is right: it is not verified."
            )
        )
        row.say(text.format(rate=formats.rate(legal_floor.rate)))

    # Changing

    def _remember(self, _key: LeverKey, _gesture: int) -> None:
        self._before_gesture = self._session.offer

    def _move(self, key: LeverKey, value: int | None, gesture: int) -> None:
        sector = self._session.sector
        if sector is None:
            return
        before = self._session.offer
        after = with_lever(before, key, value, sector)
        state = lever_values(after, sector, lowest_micros=self._lowest)[key]
        text = f"{lever_name(key)}: {words_of_state(state)}"
        self._session.change_offer(after, text, field=f"{key}:{gesture}")
        if after == before:
            self._show_levers()

    def _find(self) -> None:
        from ui.dialogs.find_value import FindValueDialog

        FindValueDialog(self._session, self.window()).open()

    def _put_back(self, key: LeverKey, gesture: int) -> None:
        if self._before_gesture is not None:
            self._session.change_offer(self._before_gesture, lever_name(key), field=f"{key}:{gesture}")

    def figure_here(self) -> Asked | None:
        """The figure at the cursor of a chart: the bar of an element, or what the whole chart shows."""
        pane = self.tabs.currentWidget()
        appraisal = self._session.appraisal
        if not isinstance(pane, ChartPane) or appraisal is None:
            return None
        if not pane.isAncestorOf(self.focusWidget() or self):
            return None
        chart, at = pane.view.chart, pane.figure_at_cursor
        if pane is self.steps:
            elements = {element_label(one.element): one.element for one in appraisal.cost.elements}
            bars = chart.bars if isinstance(chart, BarChart) else ()
            element = elements.get(bars[at].label) if at is not None and at < len(bars) else None
            return Asked(f"element:{element}" if element else "cost_full_year")
        return Asked("mean_change" if pane is self.gains else "p90_p10")

    # Keys and sizes

    def _toggle_table(self) -> None:
        shown = self.tabs.currentWidget()
        if isinstance(shown, ChartPane):
            shown.toggle_table()

    def _next_panel(self) -> None:
        """From levers to charts to scoreboard and round again."""
        places: tuple[tuple[QWidget, QWidget], ...] = (
            (self._left, self.bar.chooser),
            (self.tabs, self.tabs.tabBar()),
            (self._right, self.scoreboard.chooser),
        )
        here = next(
            (k for k, (panel, _) in enumerate(places) if panel.isAncestorOf(self.focusWidget() or self)), -1
        )
        places[(here + 1) % len(places)][1].setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Start at the offers, so that two keys show a verdict."""
        super().showEvent(event)
        self._focus_first()

    def _focus_first(self) -> None:
        """Keys go to what is to be seen: the offers, or where there is none yet what a draft can start from."""
        held = self.focusWidget()
        if held is None or not held.isVisibleTo(self):
            first = self.bar.chooser if self._stack.currentIndex() == 0 else self.starts[0]
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Outer columns of a fixed width; the charts take the rest."""
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        for column, widths in ((self._left, LEFT), (self._right, RIGHT)):
            column.want(widths[0 if wide else 1])
        self._name_tabs(wide=wide)

    def _name_tabs(self, *, wide: bool) -> None:
        long = (self.tr("Scale"), self.tr("Cost steps"), self.tr("Who gains"), self.tr("In words"))
        short = (self.tr("Scale"), self.tr("Cost"), self.tr("Gains"), self.tr("Words"))
        for at, (whole, brief) in enumerate(zip(long, short, strict=True)):
            self.tabs.setTabText(at, whole if wide else brief)
            self.tabs.setTabToolTip(at, whole)
