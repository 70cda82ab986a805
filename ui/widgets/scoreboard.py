"""The scoreboard: eight tiles, the targets in use first, then a fixed choice of useful figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.table import Role
from models.target import Status, TargetScope, Verdict
from ui import formats, palette
from ui.figure_at import Asked
from ui.widgets.columns import TallList
from ui.widgets.plain_label import PlainLabel, plain_tip
from ui.widgets.tile import Tile, TileContent

if TYPE_CHECKING:
    from models.appraisal import Appraisal
    from ui.session import Session

TILES = 8
SHORT_NAME = 12  # letters of an employer's name beside which there is room
FIXED = (
    "cost_in_year",
    "cost_full_year",
    "lowest",
    "p90_p10",
    "smallest_differential",
    "gender_pay_gap_median",
    "heads_below_hourly",
    "employers_below_margin",
)
_COSTS = {
    "cost_full_year": "full_year",
    "cost_in_year": "in_year_cost",
    "cost_total": "over_term",
    "cost_of_one_percent": "cost_of_one_percent",
}
_SMALL_IS_SAME = 0.5e-9


def tr(text: str) -> str:
    """A text of the scoreboard in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def unit_of(measure: str) -> str:
    """The unit of a measure: share, ratio, £, £/h or heads."""
    from bargain.measures.catalogue import MEASURES

    found = MEASURES.get(measure)
    return found.unit if found is not None else "ratio"


def figure_text(value: float | None, unit: str) -> str:
    """A measure's value as it is shown."""
    if value is None:
        return formats.not_known()
    if unit == "share":
        return formats.percent(value, 3 if 0 < abs(value) < 0.001 else 2)
    if unit == "£":
        return formats.money(value) if abs(value) < 10_000_000 else formats.money_short(value)
    if unit == "£/h":
        return formats.rate(value)
    return formats.number(value, 3 if unit == "ratio" else 0)


def limit_text(value: float | None, unit: str) -> str:
    """A limit, with no digit that says nothing: ``8%``, ``−1.5%``, ``£400k``."""
    if value is None:
        return formats.not_known()
    if unit == "share":
        places = next(
            p for p in range(4) if p == 3 or abs(round(value * 100, p) - value * 100) < _SMALL_IS_SAME
        )
        return formats.percent(value, places)
    if unit == "£":
        short = formats.money_short(value)
        return short.replace(".0", "") if "." in short else short
    if unit == "ratio":
        places = next(p for p in range(4) if p == 3 or abs(round(value, p) - value) < _SMALL_IS_SAME)
        return formats.number(value, places)
    return figure_text(value, unit)


def difference_text(difference: float, unit: str) -> str:
    """How far one value is above another, with its sign: ``+£38k``, ``−1.04 points``."""
    if unit == "share":
        return tr("{number} pts").format(number=formats.number(difference * 100, 2, sign=True))
    if unit == "£":
        return formats.money_short(difference, sign=True)
    if unit == "£/h":
        return formats.rate(difference, sign=True)
    return formats.number(difference, 3 if unit == "ratio" else 0, sign=True)


def status_word(status: Status) -> str:
    """Met, close, missed, or not known, in the person's language."""
    words = {
        Status.MET: tr("met"),
        Status.CLOSE: tr("close"),
        Status.MISSED: tr("missed"),
        Status.NOT_KNOWN: tr("not known"),
    }
    return words[status]


def measure_label(measure: str) -> str:
    """What a measure is called on a tile."""
    names = {
        "cost_in_year": tr("Cost, year 1"),
        "cost_full_year": tr("Cost, full year"),
        "lowest": tr("Lowest hourly rate"),
        "p90_p10": tr("Top : bottom"),
        "smallest_differential": tr("Smallest grade gap"),
        "gender_pay_gap_median": tr("Median gender gap"),
        "heads_below_hourly": tr("Below living wage"),
        "employers_below_margin": tr("Employers at a loss"),
    }
    return names.get(measure) or catalogue_label(measure)


def catalogue_label(measure: str) -> str:
    """What the engine calls a measure."""
    from bargain.measures.catalogue import MEASURES

    found = MEASURES.get(measure)
    return found.label if found is not None else measure


def verdict_words(verdict: Verdict) -> str:
    """``missed · ≤ £400k``."""
    unit = unit_of(verdict.target.measure)
    sign = "≥" if verdict.target.at_least is not None else "≤"
    limit = limit_text(verdict.limit, unit)
    return f"{status_word(verdict.status)} · {sign} {limit}"


def value_words(verdict: Verdict) -> str:
    """The figure alone."""
    return figure_text(verdict.value, unit_of(verdict.target.measure))


def whose_words(verdict: Verdict) -> str:
    """``lowest: Northshire Homes``: whose figure decides; empty where the limit is the sector's own."""
    place = place_of(verdict)
    if not place:
        return ""
    words = tr("lowest: {place}") if verdict.target.at_least is not None else tr("highest: {place}")
    return words.format(place=place)


def place_of(verdict: Verdict) -> str:
    """The employer or grade that decides the verdict; empty where the limit is the sector's own."""
    if verdict.worst is None or verdict.target.scope is TargetScope.SECTOR:
        return ""
    return verdict.worst.name


def value_in(appraisal: Appraisal, measure: str) -> float | None:
    """A measure's value after the offer; the costs come from the breakdown."""
    if measure in _COSTS:
        cost: float = getattr(appraisal.cost, _COSTS[measure])
        return cost
    return appraisal.after.measures.get(measure)


def content_of_verdict(verdict: Verdict, appraisal: Appraisal, theirs: Appraisal | None) -> TileContent:
    """A tile for one target."""
    target = verdict.target
    unit = unit_of(target.measure)
    room, whose = _room(verdict, unit), whose_words(verdict)
    beside = "" if len(place_of(verdict)) > SHORT_NAME else room  # a long name needs the line for itself
    change = " · ".join(part for part in (whose, beside) if part)
    if not change and target.scope is TargetScope.SECTOR and not target.ownership:
        change = _change(target.measure, appraisal, theirs)
    sign = tr("at least {limit}") if target.at_least is not None else tr("at most {limit}")
    name = target.name or measure_label(target.measure)
    said = [f"{name}: {value_words(verdict)}", whose]
    said.append(f"{status_word(verdict.status)}, {sign.format(limit=limit_text(verdict.limit, unit))}")
    said.append(room)
    said.append(tr("The figure is: {measure}").format(measure=catalogue_label(target.measure)))
    if verdict.left_out:
        said.append(tr("Left out: {names}").format(names="; ".join(verdict.left_out)))
    return TileContent(
        name,
        value_words(verdict),
        change or catalogue_label(target.measure),
        verdict.status,
        verdict_words(verdict),
        ". ".join(part for part in said if part),
        target.measure,
    )


def content_of_measure(measure: str, appraisal: Appraisal, theirs: Appraisal | None) -> TileContent:
    """A tile for a figure that has no target."""
    value = value_in(appraisal, measure)
    text = figure_text(value, unit_of(measure))
    change = _change(measure, appraisal, theirs)
    labour = appraisal.cost.labour_before
    if measure in _COSTS and value is not None and labour:
        share = tr("{percent} of labour cost").format(percent=formats.percent(value / labour))
        change = " · ".join(part for part in (share, change) if part)
    label = measure_label(measure)
    tip = f"{label}: {text}"
    if measure == "p90_p10":
        tip += ". " + tr(
            "The pay that a tenth of staff exceed, over the pay that a tenth fall short of (P90:P10)."
        )
    if measure == "heads_below_hourly":
        tip += ". " + tr("Staff paid less than the real living wage after the offer.")
    if measure == "employers_below_margin":
        tip += ". " + tr("Employers whose operating result would fall below nought, of those with accounts.")
    return TileContent(label, text, change, None, "", tip, measure)


def with_basis(
    content: TileContent, measure: str, session: Session, verdict: Verdict | None = None
) -> TileContent:
    """A tile that also says how many stand behind its figure, what it leaves out, and its range where it has one.

    verdict: of the target that the tile is about; its figure may be of one employer, or taken with words of its own.
    """
    from bargain.basis import RETURNED, banner, counted_in

    appraisal = session.appraisal
    if appraisal is None:
        return content
    counted = counted_in(appraisal.basis, measure)
    n, unit = (counted.n, counted.unit) if verdict is None else (verdict.n, verdict.n_of)
    dated = formats.day(appraisal.basis.dated)
    said = [
        content.tip,
        tr("{basis}, data of {day}").format(basis=banner(appraisal.basis) or RETURNED, day=dated),
        tr("n = {n} {unit}").format(n=formats.number(n), unit=unit),
    ]
    if verdict is None and counted.left_out:
        left_out = formats.number(counted.left_out)
        said.append(
            tr("{count} {unit} left out: {why}").format(count=left_out, unit=counted.unit, why=counted.why)
        )
    held = session.target_set
    if verdict is not None and verdict.target in held.targets:
        content = replace(content, figure=f"target:{held.name}/{verdict.target.name}")
    change, span = content.change, session.ranges.get(measure) if verdict is None else verdict.range
    if span is not None:
        unit = unit_of(measure)
        low, high = (
            limit_text(one, unit) if unit == "£" else figure_text(one, unit) for one in (span.low, span.high)
        )
        words = tr("{low} to {high}").format(low=low, high=high)
        said.append(tr("95% range from resampling employers: {range}").format(range=words))
        change = tr("likely {range}").format(range=words)
    return replace(content, change=change, tip=". ".join(part.rstrip(".") for part in said if part))


def _room(verdict: Verdict, unit: str) -> str:
    """How far a target that is not met is from its limit."""
    if verdict.met is not False or verdict.margin is None:
        return ""
    gap = abs(verdict.margin)
    size = figure_text(gap, unit) if unit == "£" else difference_text(gap, unit).removeprefix("+")
    short = tr("{size} short") if verdict.target.at_least is not None else tr("{size} over")
    return short.format(size=size)


def _change(measure: str, appraisal: Appraisal, theirs: Appraisal | None) -> str:
    """The difference from the other side's last offer; else what it was before."""
    unit = unit_of(measure)
    value = value_in(appraisal, measure)
    if theirs is not None and value is not None:
        other = value_in(theirs, measure)
        if other is not None:
            if abs(value - other) < _SMALL_IS_SAME:
                return tr("same as their last")
            return tr("{difference} on theirs").format(difference=difference_text(value - other, unit))
    before = appraisal.before.measures.get(measure) if measure not in _COSTS else None
    if measure.endswith("_change"):
        return ""
    return tr("was {value}").format(value=figure_text(before, unit)) if before is not None else ""


class Scoreboard(QWidget):
    """Target set chooser, a sentence where figures are wanting, and the tiles."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theirs: Appraisal | None = None
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(self.tr("Targets to judge by"))
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.setMinimumContentsLength(8)
        self.chooser.activated.connect(self._choose)
        self.label = PlainLabel(self.tr("Tar&gets"))
        self.label.setBuddy(self.chooser)
        self.problem = PlainLabel("", wrap=True)
        self.problem.hide()
        self.tiles = tuple(Tile() for _ in range(TILES))
        for tile in self.tiles:
            tile.asked.connect(lambda figure: session.explain_wanted.emit(Asked(figure)))
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.label)
        top.addWidget(self.chooser, 1)
        self._page = 0
        self.more = QPushButton()
        self.more.hide()
        self.more.setToolTip(plain_tip(self.tr("Show the next figures")))
        self.more.clicked.connect(self._turn)
        top.addWidget(self.more)
        board = QWidget()
        grid = QGridLayout(board)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(5)
        for k, tile in enumerate(self.tiles):
            grid.addWidget(tile, k // 2, k % 2)
            grid.setColumnStretch(k % 2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(top)
        layout.addWidget(self.problem)
        layout.addWidget(
            TallList(board), 1
        )  # messages above the page may leave less room than eight tiles need
        layout.addStretch()
        session.targets_changed.connect(self._fill_chooser)
        session.sector_changed.connect(self._fill_chooser)
        self._fill_chooser()

    def set_theirs(self, appraisal: Appraisal | None) -> None:
        """The figures of the other side's last tabled offer, to set ours against."""
        if appraisal is not self._theirs:
            self._theirs = appraisal
            self.refresh()

    def set_stale(self, stale: bool) -> None:
        """Grey the figures while newer ones are worked out."""
        for tile in self.tiles:
            tile.set_stale(stale)

    def refresh(self) -> None:
        """Show the session's figures; where there are none, keep the old ones grey and say why."""
        appraisal = self._session.appraisal
        self._say_problem(self._session.problem)
        if appraisal is None and not self._session.problem:
            self.problem.setText(self.tr("No figures yet."))
            self.problem.show()
        if appraisal is None:
            self.set_stale(True)
            if self._session.sector is None or not self._session.problem:
                for tile in self.tiles:
                    tile.setVisible(False)
            return
        contents = self._contents(appraisal)
        pages = -(-len(contents) // TILES)
        self._page %= pages
        self.more.setVisible(pages > 1)
        self.more.setText(self.tr("More ({page} of {pages})").format(page=self._page + 1, pages=pages))
        shown = contents[self._page * TILES : (self._page + 1) * TILES]
        for tile, content in zip(self.tiles, shown, strict=False):
            tile.setVisible(True)
            tile.show_content(content)
        for tile in self.tiles[len(shown) :]:
            tile.setVisible(False)

    def _contents(self, appraisal: Appraisal) -> list[TileContent]:
        """Targets first, then the fixed choice without what a target already shows."""
        verdicts = self._session.verdicts
        made = [
            with_basis(
                content_of_verdict(verdict, appraisal, self._theirs),
                verdict.target.measure,
                self._session,
                verdict,
            )
            for verdict in verdicts
        ]
        judged = {
            verdict.target.measure for verdict in verdicts if verdict.target.scope is TargetScope.SECTOR
        }
        sector = self._session.sector
        if sector is not None and sector.role is Role.JOINT:
            judged.add("lowest")  # both sides look at this screen, and the lowest rate is somebody's
        free = [measure for measure in FIXED if measure not in judged]
        return made + [
            with_basis(content_of_measure(measure, appraisal, self._theirs), measure, self._session)
            for measure in free
        ]

    def _say_problem(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        tint = QPalette(self.problem.palette())
        tint.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().error_text))
        self.problem.setPalette(tint)

    def _fill_chooser(self) -> None:
        sector = self._session.sector
        sets = sector.target_sets if sector is not None else ()
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for one in sets:
                self.chooser.addItem(one.name, one.name)
            self.chooser.addItem(self.tr("No targets"), "")
            at = self.chooser.findData(self._session.target_set.name, flags=Qt.MatchFlag.MatchExactly)
            self.chooser.setCurrentIndex(max(at, 0))
        self.chooser.setEnabled(bool(sets))

    def _turn(self) -> None:
        self._page += 1
        self.refresh()

    def _choose(self, at: int) -> None:
        self._session.choose_targets(str(self.chooser.itemData(at)))
