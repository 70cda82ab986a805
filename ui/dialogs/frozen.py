"""Closed rounds and tabled offers: the figures as they were frozen, and what today's engine gives for the same data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from models.frozen import Frozen, FrozenOffer
from ui import formats
from ui.dialogs.earlier_versions import moment
from ui.file_desk import FrozenSide
from ui.itemmodels.column_table import Column, ColumnTable
from ui.session import Session
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.freezing import Reopened

_tr = QCoreApplication.translate
_ROUND, _SHARE = "round", "level"


class FrozenDialog(QDialog):
    """``look`` opens the sector as it was beside the present one; ``close_round`` asks for the next round."""

    def __init__(
        self,
        session: Session,
        *,
        look: Callable[[FrozenSide], object],
        close_round: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Rounds and tabled offers"))
        self._is_closed = False  # a figure that comes later has nowhere to go
        self.finished.connect(self._end)
        self.finished.connect(self.deleteLater)
        self._session = session
        self._look = look
        self._rows: tuple[Frozen, ...] = ()
        self._sides: dict[Frozen, FrozenSide] = {}
        self._model, self._figures = ColumnTable((), self), ColumnTable((), self)
        self.table = Table(self._model, self.tr("Closed rounds and tabled offers"), self)
        self.figures = Table(self._figures, self.tr("Figures, as frozen and now"), self)
        self.said = PlainLabel("", self, wrap=True, bold=True)
        self.note = PlainLabel("", self, wrap=True)
        self.look_button = QPushButton(self.tr("&Look at it"), self)
        self.round_button = QPushButton(self.tr("Close the &round…"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        for button, act in (
            (self.look_button, self._look_at),
            (self.round_button, close_round),
            (self.close_button, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.activated.connect(lambda _: self._look_at())
        session.sector_changed.connect(self._fill)
        session.offer_changed.connect(self._fill)
        session.began.connect(self.reject)
        self._fill()
        self.resize(860, 500)

    def chosen(self) -> Frozen | None:
        """What is selected."""
        index = self.table.currentIndex()
        return self._rows[self._model.row_of(index)] if index.isValid() else None

    def side(self) -> FrozenSide | None:
        """What is selected, opened again; None while it is being priced."""
        chosen = self.chosen()
        return None if chosen is None else self._sides.get(chosen)

    def _fill(self) -> None:
        sector = self._session.sector
        rows = () if sector is None else tuple(reversed(sector.frozen))
        if rows == self._rows and rows:
            return
        self._rows = rows
        self._model.set_columns(self._columns())
        self.table.fit(1)
        self.round_button.setEnabled(
            sector is not None and not self._session.read_only and any(one.tabled for one in sector.offers)
        )
        if rows:
            self.table.selectRow(0)
        self._show_chosen()

    def _columns(self) -> tuple[Column, ...]:
        from bargain.freezing import letters_of

        rows = self._rows
        kinds = [self.tr("round closed") if one.kind == _ROUND else self.tr("offer tabled") for one in rows]
        return (
            Column(self.tr("What"), kinds),
            Column(self.tr("Name"), [one.name for one in rows]),
            Column(self.tr("When"), [moment_of(one) for one in rows]),
            Column(
                self.tr("Letters to read out"),
                [letters_of(one) for one in rows],
                tip=self.tr(
                    "Equal only where everything that was frozen is equal: write them into the minutes"
                ),
            ),
            Column(self.tr("Made with"), [one.engine.partition("+")[0] for one in rows]),
        )

    def _show_chosen(self, _: QModelIndex | None = None) -> None:
        chosen = self.chosen()
        self.note.setText("" if chosen is None else chosen.note)
        self.note.setVisible(bool(self.note.text()))
        side = self.side()
        if chosen is None:
            empty = self.tr(
                "Nothing was tabled or closed yet. A tabled offer and a closed round keep their figures for good."
            )
            self.said.setText(empty)
            self._figures.set_columns(())
        elif side is None:
            self.said.setText(self.tr("Working out the same figures with this version…"))
            self._figures.set_columns(self._figure_columns(_as_frozen(chosen), are_known=False))
            self.figures.fit(0)
            self._session.file_desk.reopen(chosen, self._take)
        else:
            self.said.setText(sentence_of(side))
            known = side.sector is not None
            self._figures.set_columns(
                self._figure_columns(side.figures if known else _as_frozen(chosen), are_known=known)
            )
            self.figures.fit(0)
        self.look_button.setEnabled(side is not None and side.sector is not None)

    def _end(self) -> None:
        self._is_closed = True

    def _take(self, side: FrozenSide) -> None:
        if self._is_closed:
            return
        self._sides[side.frozen] = side
        if side.frozen == self.chosen():
            self._show_chosen()

    def _figure_columns(self, figures: Sequence[Reopened], *, are_known: bool) -> tuple[Column, ...]:
        words = words_of_figures()
        return (
            Column(self.tr("Offer"), [one.offer for one in figures]),
            Column(self.tr("Figure"), [words.get(one.figure, one.figure) for one in figures]),
            Column(
                self.tr("As frozen"), [_in_unit(one.figure, one.then) for one in figures], str, is_number=True
            ),
            Column(
                self.tr("This version gives"),
                [_in_unit(one.figure, one.now) for one in figures],
                lambda one: formats.DASH if one is None else str(one),
                is_number=True,
            ),
            Column(
                self.tr("The same?"),
                [
                    "" if not are_known else self.tr("✓ same") if one.agrees else self.tr("✗ other")
                    for one in figures
                ],
            ),
        )

    def _look_at(self) -> None:
        side = self.side()
        if side is not None and side.sector is not None:
            self._look(side)
            self.accept()

    def _lay_out(self) -> None:
        words = PlainLabel(
            self.tr(
                "What was tabled, and each closed round, keeps its figures whatever data, assumptions or rules become. It can "
                "be opened as it was."
            ),
            self,
            wrap=True,
        )
        below = QWidget(self)
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.addWidget(self.said)
        lower.addWidget(self.note)
        lower.addWidget(self.figures, 1)
        split = QSplitter(self)
        split.setOrientation(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.look_button)
        buttons.addWidget(self.round_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(split, 1)
        column.addLayout(buttons)


class _Figure(float):
    """A figure that sorts as a number and reads in its own unit."""

    text = ""

    def __str__(self) -> str:
        return self.text


def _in_unit(figure: str, value: float | None) -> _Figure | None:
    if value is None:
        return None
    made = _Figure(value)
    made.text = formats.percent(value, 3) if figure == _SHARE else formats.money(value, 2)
    return made


def _as_frozen(frozen: Frozen) -> tuple[Reopened, ...]:
    """The figures as they were frozen, nothing beside them yet."""
    from bargain.freezing import Reopened

    parts = frozen.offers if frozen.kind == _ROUND else (FrozenOffer(frozen.name, frozen.figures),)
    return tuple(
        Reopened(part.name, name, value, None, agrees=False) for part in parts for name, value in part.figures
    )


def sentence_of(side: FrozenSide) -> str:
    """Whether today's engine gives the same figures; where not, how many are others."""
    if side.sector is None:
        return _tr(
            "frozen",
            "Its staff data was erased since, so the figures can't be worked out anew. They stay as frozen.",
        )
    if not side.figures:
        return _tr("frozen", "It could not be priced when it was frozen, so it has no figures.")
    others = [one for one in side.figures if not one.agrees]
    if not others:
        return _tr("frozen", "✓ This version of Bargain gives the same figures.")
    first = others[0]
    words = _tr(
        "frozen",
        "⚠ This version of Bargain would give others. The frozen figures stand: {figure} of “{offer}” is {then}, and would "
        "now be {now}.",
    )
    return words.format(
        figure=words_of_figures().get(first.figure, first.figure),
        offer=first.offer,
        then=_in_unit(first.figure, first.then),
        now=formats.not_known() if first.now is None else _in_unit(first.figure, first.now),
    )


def moment_of(frozen: Frozen) -> str:
    """When it was frozen, on this person's own clock; as it stands where that is no time."""
    try:
        return moment(datetime.fromisoformat(frozen.at))
    except ValueError:
        return frozen.at


def words_of_figures() -> dict[str, str]:
    """What each frozen figure is called."""
    return {
        "paybill_before": _tr("frozen", "Pay bill before"),
        "paybill_after": _tr("frozen", "Pay bill after"),
        "level": _tr("frozen", "Pay bill up by"),
        "full_year": _tr("frozen", "Full-year cost"),
        "in_year_cost": _tr("frozen", "Cost in the first year"),
        "carry_over_cost": _tr("frozen", "Carried over into the next year"),
        "over_term": _tr("frozen", "Cost over the whole term"),
        "back_pay": _tr("frozen", "Back pay"),
        "one_off": _tr("frozen", "Paid once"),
    }
