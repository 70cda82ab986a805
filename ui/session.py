"""The one mutable thing: the sector on the table, its undo stack, and the figures that follow from it.

A change swaps an immutable value, tells the pages by a signal, and asks for new figures and a save. Both are made
in the worker: one of each at a time, the latest wins, and the old figures stay visible meanwhile.
numpy and the engine are imported by the work itself, so that the start page shows before them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from models.issues import Severity, UnusableInput
from models.offer import Offer
from models.target import TargetSet, Verdict
from ui import faults, view_choices
from ui.appraising import Appraiser, Figures, Wish
from ui.commands import ReplaceOffer, ReplaceSector
from ui.drafts import first_draft
from ui.notices import Notice, NoticeButton
from ui.saving import Saver
from ui.tasks import Report, Step, Task, TaskRunner

if TYPE_CHECKING:
    from bargain.storage.container import OpenedSector
    from models.appraisal import Appraisal
    from models.grossing import Range
    from models.sector import Sector

UNDO_STEPS = 2000


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Item = TypeVar("Item")
NamedItem = TypeVar("NamedItem", bound=_Named)


class Session(QObject):
    """What is open. Pages read it, call its verbs and listen to its signals."""

    sector_changed = Signal()  # the sector value was swapped (open, import, undo…)
    offer_changed = Signal()  # the offer on the table, or the list of offers, was swapped
    targets_changed = Signal()  # the targets in use were swapped
    appraised = Signal()  # appraisal, verdicts and problem are new
    busy_changed = Signal(bool)  # work is going on in the worker
    saved_changed = Signal()  # saved_text is new
    noticed = Signal(object)  # a Notice to show
    place_wanted = Signal()  # the person wants to save somewhere else: ask where
    progressed = Signal(object)  # a step of opening or of making the sample; None at the end

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sector: Sector | None = None
        self.path: Path | None = None
        self.offer = Offer("")
        self.target_set = TargetSet("")
        self.appraisal: Appraisal | None = None
        self.verdicts: tuple[Verdict, ...] = ()
        self.ranges: Mapping[str, Range] = {}  # of figures that are grossed up
        self.problem = ""  # why there are no figures, in a sentence; empty where there are
        self.last_seconds = 0.0
        self.undo = QUndoStack(self)
        self.undo.setUndoLimit(UNDO_STEPS)
        self.tasks = TaskRunner(self)
        self.tasks.busy_changed.connect(self.busy_changed)
        self._saver = Saver(self.tasks, self)
        self._saver.changed.connect(self.saved_changed)
        self._saver.noticed.connect(self.noticed)
        self._saver.place_wanted.connect(self.place_wanted)
        self._appraiser = Appraiser(self.tasks, self)
        self._appraiser.answered.connect(self._take_figures)
        self._appraiser.broke.connect(self._take_fault)
        self._opening: Task | None = None

    # What is open

    @property
    def saved_text(self) -> str:
        """``Saved 14:32``, ``Saving…``, ``Not saved`` or nothing."""
        return self._saver.text

    @property
    def is_saved(self) -> bool:
        """Whether the file holds everything that was done."""
        return self.sector is None or self._saver.is_saved

    @property
    def is_stale(self) -> bool:
        """Whether newer figures than ``appraisal`` are on their way."""
        return self._appraiser.is_behind

    @property
    def is_opening(self) -> bool:
        """Whether a file is being opened or the sample being made."""
        return self._opening is not None

    def create(self, sector: Sector, path: Path, passphrase: str) -> None:
        """Start a new sector file with this sector in it."""

        def begin() -> None:
            self._saver.begin_new(path, passphrase, sector)
            self._begin(sector, path)

        self.flush(begin)

    def open(
        self, path: Path, passphrase: str | None, *, on_failed: Callable[[str], None] | None = None
    ) -> None:
        """Open a sector file; what is wrong with it goes to ``on_failed``, else becomes a notice.

        Without a passphrase it is opened as a copy of the sample, whose passphrase everybody knows.
        """
        opening = self.tr("Opening {name}…").format(name=path.name)

        def work(report: Report) -> tuple[Path, OpenedSector]:
            from bargain.storage.container import open_sector

            report(Step(opening))
            return path, open_sector(path, _sample_passphrase() if passphrase is None else passphrase)

        self._load(work, on_failed)

    def open_sample(self, folder: Path) -> None:
        """Make the sample sector in a folder, with progress, and open it."""

        def work(report: Report) -> tuple[Path, OpenedSector]:
            from bargain.commands.demo import make_demo
            from bargain.storage.container import open_sector

            def progress(stage: str, done: int, total: int) -> None:
                report(Step(f"{stage[:1].upper()}{stage[1:]}…", done, total))

            path = make_demo(folder, _sample_passphrase(), progress)
            return path, open_sector(path, _sample_passphrase())

        self._load(work, None)

    def stop_opening(self) -> None:
        """Cancel what ``open`` or ``open_sample`` is doing."""
        if self._opening is not None:
            self._opening.cancel()

    def close(self) -> None:
        """Save what is unsaved, then have nothing open."""
        self.flush(self._end)

    def flush(self, then: Callable[[], object]) -> None:
        """Call ``then`` once everything is saved; not at all if saving fails (a notice says so)."""
        self._saver.flush(then)

    def save_now(self) -> None:
        """Save without waiting for the pause in typing."""
        self._saver.save_now()

    def save_elsewhere(self, path: Path) -> None:
        """Save into another file from now on."""
        if self.sector is None:
            return
        self.path = path
        self._saver.save_elsewhere(path)
        view_choices.remember_recent(path, self.sector.name, is_sample=self.sector.is_sample)

    def give_up_saving(self) -> None:
        """Leave what is unsaved: the person chose so after saving failed."""
        self._saver.end()

    def shut_down(self) -> None:
        """Stop the worker: the last thing before the app ends. Call ``flush`` first."""
        self._appraiser.forget()
        self._saver.end()
        self.tasks.close()

    # Changes

    def change_offer(self, offer: Offer, text: str, *, field: str | None = None) -> None:
        """Swap the offer on the table, as one undoable step; steps in the same ``field`` merge."""
        if self.sector is None or offer == self.offer:
            return
        if self.offer.tabled:
            self._refuse_tabled()
            return
        others = {one.name for one in self.sector.offers if one.name != self.offer.name}
        if offer.name in others:
            text = self.tr("There is another offer called “{name}”. Choose a different name.")
            self.notice(text.format(name=offer.name), Severity.WARNING)
            return
        place = _place(self.sector.offers, self.offer.name)
        before = None if place is None else self.offer
        at = len(self.sector.offers) if place is None else place
        self.undo.push(ReplaceOffer(self, before, offer, place=at, text=text, field=field))

    def choose_offer(self, name: str) -> None:
        """Put another of the sector's offers on the table. A view choice: kept, not undone."""
        found = _find(self.sector.offers, name) if self.sector is not None else None
        if found is None or name == self.offer.name:
            return
        self.offer = found
        self._keep_choices()
        self.offer_changed.emit()
        self._want_figures()

    def add_offer(self, offer: Offer, text: str) -> None:
        """Add an offer and put it on the table; its name is made unique."""
        if self.sector is None:
            return
        taken = {one.name for one in self.sector.offers}
        name, number = offer.name, 2
        while name in taken:
            name, number = f"{offer.name} ({number})", number + 1
        place = len(self.sector.offers)
        self.undo.push(ReplaceOffer(self, None, replace(offer, name=name), place=place, text=text))

    def remove_offer(self, name: str, text: str) -> None:
        """Remove an offer; undo brings it back."""
        place = _place(self.sector.offers, name) if self.sector is not None else None
        if self.sector is None or place is None:
            return
        self.undo.push(ReplaceOffer(self, self.sector.offers[place], None, place=place, text=text))

    def change_sector(self, sector: Sector, text: str) -> None:
        """Swap the sector, as one undoable step."""
        if self.sector is None or sector is self.sector:
            return
        self.undo.push(ReplaceSector(self, self.sector, sector, text))

    def choose_targets(self, name: str) -> None:
        """Judge by another of the sector's target sets; an empty name is no targets."""
        if self.sector is None or name == self.target_set.name:
            return
        self.target_set = _find(self.sector.target_sets, name) or TargetSet("")
        self._keep_choices()
        self.targets_changed.emit()
        self._want_figures()

    # Messages

    def notice(
        self, text: str, severity: Severity = Severity.NOTE, *buttons: NoticeButton, key: str = ""
    ) -> None:
        """Show a message in one sentence, with buttons that do something about it."""
        self.noticed.emit(Notice(text, severity, buttons, key))

    def report_fault(self, error: Exception) -> None:
        """Say that the app itself made a mistake, and that the work is safe."""
        faults.record(error)
        text = self.tr("The app made a mistake ({kind}). Your work is safe; undo the last step and carry on.")
        self.notice(text.format(kind=type(error).__name__), Severity.ERROR, key="fault")

    # For the undo commands alone

    def put_offer(self, before: Offer | None, after: Offer | None, place: int) -> None:
        """Swap, add or remove one offer, and put it on the table."""
        if self.sector is None:
            return
        offers = list(self.sector.offers)
        if before is not None:
            at = _place(offers, before.name)
            if at is not None:
                del offers[at]
        if after is not None:
            offers.insert(place, after)
        gone = before is not None and after is None
        neighbour = offers[min(place, len(offers) - 1)].name if gone and offers else self.offer.name
        wanted = after.name if after is not None else neighbour
        self._swap(replace(self.sector, offers=tuple(offers)), wanted)

    def put_sector(self, sector: Sector) -> None:
        """Swap the sector; the offer and the targets on the table stay where they are still there."""
        self._swap(sector, self.offer.name)

    # How it works

    def _swap(self, sector: Sector, offer_name: str) -> None:
        before, old_offer, old_targets = self.sector, self.offer, self.target_set
        self.sector = sector
        self._choose(_find(sector.offers, offer_name), _find(sector.target_sets, old_targets.name))
        self._saver.set_sector(sector)
        if before is None or _differ_beyond_offers(before, sector):
            self.sector_changed.emit()
        if before is None or before.offers != sector.offers or old_offer != self.offer:
            self.offer_changed.emit()
        if before is None or before.target_sets != sector.target_sets or old_targets != self.target_set:
            self.targets_changed.emit()
        self._want_figures()
        self._saver.save_soon()

    def _choose(self, offer: Offer | None, target_set: TargetSet | None) -> None:
        """Put these on the table, or the first there are, or blank ones."""
        if self.sector is None:
            self.offer, self.target_set = Offer(""), TargetSet("")
            return
        self.offer = (
            offer or _first_to_change(self.sector.offers) or first_draft(self.sector, self.tr("Draft 1"))
        )
        self.target_set = target_set or _at(self.sector.target_sets, 0) or TargetSet("")

    def _begin(self, sector: Sector, path: Path) -> None:
        self.undo.clear()
        self.sector, self.path = sector, path
        choices = view_choices.load(path)
        self._choose(_at(sector.offers, choices.offer), _at(sector.target_sets, choices.targets))
        view_choices.remember_recent(path, sector.name, is_sample=sector.is_sample)
        self._forget_figures()
        self._tell_all()
        self._want_figures()

    def _end(self) -> None:
        self.undo.clear()
        self._saver.end()
        self.sector, self.path = None, None
        self._choose(None, None)
        self._forget_figures()
        self._tell_all()

    def _tell_all(self) -> None:
        self.sector_changed.emit()
        self.offer_changed.emit()
        self.targets_changed.emit()
        self.appraised.emit()

    def _load(
        self, work: Callable[[Report], tuple[Path, OpenedSector]], on_failed: Callable[[str], None] | None
    ) -> None:
        """Open what ``work`` brings from the worker, once what is open now is saved."""
        if self._opening is not None:
            return

        def done(loaded: tuple[Path, OpenedSector]) -> None:
            path, opened = loaded
            self._opening_ended()
            self._saver.begin_opened(path, opened.key, opened.sha256, opened.sector)
            self._begin(opened.sector, path)

        def failed(error: Exception) -> None:
            self._opening_ended()
            if not isinstance(error, UnusableInput):
                self.report_fault(error)
            elif on_failed is not None:
                on_failed(str(error))
            else:
                self.notice(str(error), Severity.ERROR, key="open")

        starting = self.tr("Opening…")

        def begin() -> None:
            self._opening = self.tasks.start(
                work,
                on_done=done,
                on_failed=failed,
                on_cancelled=self._opening_ended,
                on_progress=self.progressed.emit,
            )
            self.progressed.emit(Step(starting))

        self.flush(begin)

    def _opening_ended(self) -> None:
        self._opening = None
        self.progressed.emit(None)

    def _want_figures(self) -> None:
        if self.sector is not None:
            self._appraiser.want(Wish(self.sector, self.offer, self.target_set.targets))

    def _forget_figures(self) -> None:
        self._appraiser.forget()
        self.appraisal, self.verdicts, self.problem = None, (), ""
        self.ranges = {}

    def _take_figures(self, figures: Figures) -> None:
        self.appraisal, self.verdicts = figures.appraisal, figures.verdicts
        self.ranges = figures.ranges
        self.problem, self.last_seconds = figures.problem, figures.seconds
        self.appraised.emit()

    def _take_fault(self, error: Exception) -> None:
        """No figures came, and the offer is not to blame: say so, and leave nothing waiting for them."""
        self.appraisal, self.verdicts = None, ()
        self.problem = self.tr("The app made a mistake ({kind}). Undo the last step and carry on.").format(
            kind=type(error).__name__
        )
        self.appraised.emit()
        self.report_fault(error)

    def _keep_choices(self) -> None:
        if self.sector is None or self.path is None:
            return
        offer = _place(self.sector.offers, self.offer.name)
        targets = _place(self.sector.target_sets, self.target_set.name)
        kept = view_choices.Choices(-1 if offer is None else offer, -1 if targets is None else targets)
        view_choices.save(self.path, kept)

    def _refuse_tabled(self) -> None:
        tabled = self.offer

        def duplicate() -> None:
            name = self.tr("{name} – draft").format(name=tabled.name)
            self.add_offer(
                replace(tabled, name=name, tabled=False),
                self.tr("Duplicate “{name}”").format(name=tabled.name),
            )

        text = self.tr("This offer was tabled; duplicate it to change it.")
        self.notice(text, Severity.NOTE, NoticeButton(self.tr("Duplicate"), duplicate), key="tabled")
        self.offer_changed.emit()  # the pages put their controls back


def _sample_passphrase() -> str:
    from bargain.commands.demo import SAMPLE_PASSPHRASE

    return SAMPLE_PASSPHRASE


def _place(items: Sequence[_Named], name: str) -> int | None:
    return next((at for at, one in enumerate(items) if one.name == name), None)


def _find(items: Sequence[NamedItem], name: str) -> NamedItem | None:
    return next((one for one in items if one.name == name), None)


def _first_to_change(offers: Sequence[Offer]) -> Offer | None:
    """The first offer that can still be changed; where all are tabled, the first of them."""
    return next((one for one in offers if not one.tabled), None) or _at(offers, 0)


def _at(items: Sequence[Item], place: int) -> Item | None:
    return items[place] if 0 <= place < len(items) else None


def _differ_beyond_offers(before: Sector, after: Sector) -> bool:
    """Whether anything but offers and target sets was swapped. Columns do not compare: identity does."""
    for one in fields(before):
        if one.name in {"offers", "target_sets"}:
            continue
        old: Any = getattr(before, one.name)
        new: Any = getattr(after, one.name)
        if old is not new and (one.name == "workforce" or old != new):
            return True
    return False
