"""The pay scale: a grid to type and paste into, a chart, and what is odd about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from models.basis import Basis
from models.issues import Severity, UnusableInput
from models.payscale import IncrementOrder, PayScale
from ui import desk, formats
from ui.charts.model import Ink, LineChart, Number, Series
from ui.charts.offer_charts import floor_level
from ui.charts.view import ChartPane
from ui.drafts import next_year_start
from ui.itemmodels.scale_table import Col, ScaleTable
from ui.notices import NoticeButton
from ui.scale_words import rounding_words
from ui.session import Session
from ui.widgets.plain_label import PlainLabel
from ui.widgets.scale_grid import ScaleGrid

if TYPE_CHECKING:
    from bargain.offers.scale_edit import Pasted
    from bargain.offers.scale_fill import Fill
    from bargain.offers.scale_view import Oddity, ScaleView

SIDE = 340  # px of the chart and the warnings


class ScaleTab(QWidget):
    """Every change is one step that can be undone."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = ScaleTable(self)
        self.grid = ScaleGrid(self.model, self.tr("Pay scale"), self)
        self.insert_button = QPushButton(self.tr("&Insert point"), self)
        self.delete_button = QPushButton(self.tr("De&lete point"), self)
        self.paste_button = QPushButton(self.tr("P&aste"), self)
        self.read_button = QPushButton(self.tr("&Read a scale file…"), self)
        self.settings_button = QPushButton(self.tr("Settin&gs…"), self)
        self.fill_button = self._fill_menu()
        self.about = PlainLabel("", self, wrap=True)
        self.warnings = PlainLabel("", self, wrap=True)
        self.chart = ChartPane(self)
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the session's scale."""
        sector = self._session.sector
        if sector is None:
            return
        scale = sector.scale
        self._middle.setCurrentIndex(0 if scale is not None and scale.points else 1)
        if scale is None or not scale.points:
            return
        from bargain.offers.scale_view import scale_view

        view = scale_view(scale, sector.workforce, day=next_year_start(sector))
        sure = view.floor is None or view.floor.is_checked
        self.model.set_rows(view.points, by_year=scale.basis is Basis.YEAR, floor_is_sure=sure)
        self.grid.fit()
        self.about.setText(self._about(scale))
        told = [self._said(one, view) for one in view.oddities]
        self.warnings.setText("\n".join(self._told(told, view)))
        self.chart.show_chart(self._drawn(view))

    # Acts

    def insert_point(self) -> None:
        """A point below the current one; above the top where nothing is chosen."""
        from bargain.offers.scale_edit import with_new_point

        scale = self._scale()
        current = self.grid.currentIndex()
        at = current.row() + 1 if current.isValid() and scale.points else len(scale.points)
        changed = with_new_point(scale, at)
        self._put(changed, self.tr("Insert point {name}").format(name=changed.points[at].name))
        self._go_to(at)

    def delete_points(self) -> None:
        """The chosen points go; their staff keep their pay."""
        from bargain.offers.scale_edit import without_points

        scale, rows = self._scale(), self.grid.chosen_rows()
        if not rows or not scale.points:
            return
        if len(rows) == 1:
            text = self.tr("Delete point {name}").format(name=scale.points[min(rows)].name)
        else:
            text = self.tr("Delete %n point(s)", "", len(rows))
        said = self._follows(scale, rows)
        self._put(without_points(scale, rows), text)
        self._go_to(min(rows))
        if said:
            back = NoticeButton(self.tr("Undo"), lambda: self._take_back(text))
            self._session.notice(f"{text}: {said}", Severity.NOTE, back, key="scale")

    def _take_back(self, text: str) -> None:
        """Undo this step, while it is the newest: the notice may outlast it."""
        if self._session.undo.undoText() == text:
            self._session.undo.undo()

    def _follows(self, scale: PayScale, rows: set[int]) -> str:
        """What deleting points does to staff and grades, in words; empty where it touches nobody."""
        from bargain.offers.scale_view import deleted

        sector = self._session.sector
        if sector is None:
            return ""
        found = deleted(scale, sector.workforce, rows)
        said = []
        if found.heads:
            said.append(self.tr("%Ln staff keep their pay and stand on no point.", "", round(found.heads)))
        for one in found.ranges:
            words = (
                self.tr("“{grade}” now runs from {bottom} to {top}.")
                if one.bottom
                else self.tr("“{grade}” has no range left.")
            )
            said.append(words.format(grade=one.grade, bottom=one.bottom, top=one.top))
        return " ".join(said)

    def paste(self, text: str) -> None:
        """A block over the scale; where its shape differs, first show what it would do."""
        from bargain.offers.scale_edit import pasted

        try:
            block = pasted(text, basis=self._scale().basis)
        except UnusableInput as unusable:
            self._session.notice(str(unusable), Severity.ERROR, key="scale")
            return
        scale, current = self._scale(), self.grid.currentIndex()
        at = current.row() if current.isValid() and scale.points else 0
        room = len(scale.points) - at
        fits = len(block) == room or (len(block) == 1 and room)
        if not scale.points or (not block.is_named and not block.gaps and fits):
            self._take(block, at, grow=not scale.points)
            return
        from ui.dialogs.paste_scale import PasteDialog

        gone = {k for k, point in enumerate(scale.points) if block.is_named and point.name not in block.names}
        follows = self._follows(scale, gone) if gone else ""
        PasteDialog(
            scale, block, at, lambda grow: self._take(block, at, grow=grow), self, follows=follows
        ).open()

    def fill(self, wanted: Fill) -> None:
        """Amounts from their neighbours, copied or continued; what was filled is chosen with what it came from."""
        from bargain.offers.scale_fill import with_filled

        scale = self._scale()
        try:
            changed = with_filled(scale, wanted)
        except UnusableInput as unusable:
            self._session.notice(str(unusable), Severity.ERROR, key="scale")
            return
        if changed != scale:
            first, last = (scale.points[at].name for at in (wanted.target[0], wanted.target[-1]))
            words = (
                self.tr("Fill point {first}") if first == last else self.tr("Fill points {first} to {last}")
            )
            self._put(changed, words.format(first=first, last=last))
        ends = (*wanted.source, *wanted.target)
        self.grid.choose_rows(range(min(ends), max(ends) + 1))

    def _nothing_to_fill(self) -> None:
        self._session.notice(
            self.tr(
                "Choose the amounts to fill: the first is copied to the others, or the step between the first two goes "
                "on through the rest. A single amount follows the ones before it."
            ),
            key="scale",
        )

    def read_file(self) -> None:
        """Ask for a scale file, and take it in the place of the scale."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Read a scale file"), str(desk.documents()), self.tr("Pay scales (*.csv)")
        )
        if name:
            self.read_path(Path(name))

    def read_path(self, path: Path) -> None:
        """Take a scale file in the place of the scale."""
        from bargain.commands.options import text_of
        from bargain.offers.scale_file import read_scale

        sector = self._session.sector
        if sector is None:
            return
        try:
            scale, _ = read_scale(
                text_of(path), source=path.stem, weekly_hours=sector.weekly_hours, weeks_y=sector.weeks_y
            )
        except UnusableInput as unusable:
            self._session.notice(str(unusable), Severity.ERROR, key="scale")
            return
        self._put(scale, self.tr("Read the scale “{name}”").format(name=scale.name))

    def ask_settings(self) -> None:
        """Rounding, the week, increments, protected pay."""
        from ui.dialogs.scale_settings import ScaleSettingsDialog

        ScaleSettingsDialog(self._session, self._scale(), self).open()

    # Inside

    def _typed(self, row: int, column: int, text: str) -> None:
        from bargain.offers.scale_edit import amount_of_text, with_amount, with_name

        scale = self._scale()
        try:
            if column == Col.POINT:
                changed = with_name(scale, row, text)
                done = self.tr("Rename point {name}").format(name=scale.points[row].name)
            else:
                changed = with_amount(scale, row, amount_of_text(text))
                done = self.tr("Pay of point {name}").format(name=scale.points[row].name)
        except UnusableInput as unusable:
            self._session.notice(str(unusable), Severity.ERROR, key="scale")
            return
        if changed != scale:
            self._put(changed, done)

    def _take(self, block: Pasted, at: int, *, grow: bool) -> None:
        from bargain.offers.scale_edit import with_pasted

        self._put(
            with_pasted(self._scale(), block, at=at, grow=grow), self.tr("Paste %n value(s)", "", len(block))
        )
        self._go_to(at)

    def _scale(self) -> PayScale:
        """The sector's scale; an empty one of yearly pay where it has none."""
        from models.payscale import Rounding

        sector = self._session.sector
        if sector is not None and sector.scale is not None:
            return sector.scale
        hours, weeks = (37.0, 52.143) if sector is None else (sector.weekly_hours, sector.weeks_y)
        return PayScale(self.tr("Pay scale"), Basis.YEAR, (), Rounding.HALF_UP_POUND, hours, weeks)

    def _put(self, scale: PayScale, text: str) -> None:
        sector = self._session.sector
        if sector is not None:
            self._session.change_sector(replace(sector, scale=scale if scale.points else None), text)

    def _go_to(self, row: int) -> None:
        row = min(row, self.model.rowCount() - 1)
        if row >= 0:
            self.grid.setCurrentIndex(self.model.index(row, max(self.grid.currentIndex().column(), 0)))
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _about(self, scale: PayScale) -> str:
        """The scale's name, week and increments in a sentence."""
        rounding = rounding_words(scale.rounding)
        if scale.rounding_to > 1:
            rounding = self.tr("{rule}, in steps of {number}").format(rule=rounding, number=scale.rounding_to)
        parts = [
            self.tr("{name}: {hours} hours a week, {weeks} weeks a year. Rounding: {rule}.").format(
                name=scale.name,
                hours=formats.number(scale.weekly_hours, 1),
                weeks=formats.number(scale.weeks_y, 3),
                rule=rounding,
            )
        ]
        rule = scale.increments
        if rule is None:
            parts.append(self.tr("No increments."))
        elif rule.on_anniversary:
            parts.append(self.tr("Increments in the month that each person started in."))
        else:
            month = formats.locale().standaloneMonthName(rule.month)
            parts.append(self.tr("Increments on {day} {month}.").format(day=rule.day, month=month))
        if rule is not None:
            parts.append(
                self.tr("On the day of a rise the increment comes first.")
                if rule.order is IncrementOrder.INCREMENT_FIRST
                else self.tr("On the day of a rise the rise comes first.")
            )
        if scale.marked_time:
            parts.append(self.tr("Pay above its point stands still."))
        return " ".join(parts)

    def _told(self, odd: list[str], view: ScaleView) -> list[str]:
        """What is odd, or that nothing is; and whether the legal floor is sure."""
        lines = [f"⚠ {one}" for one in odd] or [self.tr("✓ Nothing odd about this scale.")]
        if view.floor is not None and not view.floor.is_checked:
            text = self.tr(
                "? The legal floor from {day} has not been verified; look it up before you rely on it."
            )
            lines.append(text.format(day=formats.day(view.day)))
        return lines

    def _said(self, one: Oddity, view: ScaleView) -> str:
        from bargain.offers.scale_view import Odd

        names = ", ".join(one.points[:6]) + ("…" if len(one.points) > 6 else "")
        staff = self.tr("%Ln staff", "", round(one.heads))
        words = {
            Odd.BELOW_FLOOR: self.tr(
                "%n point(s) below the legal floor of {floor} from {day}: {names}.", "", len(one.points)
            ),
            Odd.GOES_DOWN: self.tr("Pay goes down from the point before: {names}."),
            Odd.SAME_PAY: self.tr("The same pay as the point before: {names}."),
            Odd.ABOVE_POINT: self.tr("{staff} paid above their point (protected pay)."),
            Odd.BELOW_POINT: self.tr("{staff} paid below their point."),
            Odd.NO_POINT: self.tr("{staff} on no point of this scale (spot rates)."),
        }
        return words[one.kind].format(
            names=names, staff=staff, floor=formats.legal_floor(view.floor), day=formats.day(view.day)
        )

    def _drawn(self, view: ScaleView) -> LineChart:
        names = tuple(one.name for one in view.points)
        xs = tuple(float(at) for at in range(len(names)))
        line = Series(self.tr("scale"), xs, tuple(one.hourly for one in view.points), Ink.NOW)
        levels = () if view.floor is None else (floor_level(view.floor),)
        return LineChart(
            self.tr("Hourly pay by pay point"),
            self.tr("Pay point"),
            self.tr("£ per hour"),
            Number.HOURLY,
            (line,),
            levels,
            names,
        )

    def _connect(self) -> None:
        acts: tuple[tuple[QPushButton, Callable[[], None]], ...] = (
            (self.insert_button, self.insert_point),
            (self.delete_button, self.delete_points),
            (self.paste_button, self.grid.paste),
            (self.read_button, self.read_file),
            (self.settings_button, self.ask_settings),
        )
        for button, act in acts:
            button.clicked.connect(act)
        self.model.typed.connect(self._typed)
        self.grid.pasted.connect(self.paste)
        self.grid.fill_wanted.connect(self.fill)
        self.grid.nothing_to_fill.connect(self._nothing_to_fill)
        self.grid.insert_wanted.connect(self.insert_point)
        self.grid.delete_wanted.connect(self.delete_points)
        self._session.sector_changed.connect(self.refresh)

    def _fill_menu(self) -> QPushButton:
        """What dragging the corner of a cell does, without dragging."""
        button = QPushButton(self.tr("Fill do&wn"), self)
        button.setToolTip(self.tr("Fill amounts; or drag the corner of the chosen cells up or down"))
        menu = QMenu(button)
        for words, keys, act in (
            (self.tr("&Copy the first amount down"), "Ctrl+D", self.grid.copy_down),
            (self.tr("C&ontinue the first step"), "Ctrl+Shift+D", self.grid.continue_down),
        ):
            menu.addAction(f"{words}\t{keys}", act)
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        for button, tip in (
            (self.insert_button, self.tr("A point below the current one (Insert)")),
            (self.delete_button, self.tr("The chosen points (Delete)")),
            (self.paste_button, self.tr("Amounts, or points and amounts, from a spreadsheet (Ctrl+V)")),
        ):
            button.setToolTip(tip)
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.insert_button, self.delete_button, self.paste_button, self.fill_button):
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.read_button)
        line.addWidget(self.settings_button)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addLayout(line)
        left.addWidget(self.grid, 1)
        left.addWidget(self.about)
        side = QWidget(self)
        side.setFixedWidth(SIDE)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        right.addWidget(self.warnings)
        right.addWidget(self.chart, 1)
        full = QWidget(self)
        row = QHBoxLayout(full)
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(side)
        self._middle = QStackedLayout(self)
        self._middle.addWidget(full)
        self._middle.addWidget(self._empty())

    def _empty(self) -> QWidget:
        """What stands here where there is no scale."""
        empty = QWidget(self)
        words = (
            PlainLabel(self.tr("No pay scale yet."), empty, bold=True, scale=1.2),
            PlainLabel(
                self.tr(
                    "A sector without pay points needs none: offers then work on the rates that staff have. Where "
                    "there is a scale, copy it in your spreadsheet – amounts, or points and amounts – and paste it "
                    "here, read a CSV file, or type it point by point."
                ),
                empty,
                wrap=True,
            ),
        )
        self.first_paste = QPushButton(self.tr("Paste a s&cale"), empty)
        self.first_read = QPushButton(self.tr("Read a scale file…"), empty)
        self.first_point = QPushButton(self.tr("T&ype the first point"), empty)
        self.first_paste.clicked.connect(self.grid.paste)
        self.first_read.clicked.connect(self.read_file)
        self.first_point.clicked.connect(self.insert_point)
        inside = QVBoxLayout()
        inside.addStretch(1)
        for label in words:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(label)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.first_paste, self.first_read, self.first_point):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inside.addSpacing(10)
        inside.addLayout(buttons)
        inside.addStretch(2)
        row = QHBoxLayout(empty)
        row.addStretch(1)
        row.addLayout(inside, 3)
        row.addStretch(1)
        return empty
