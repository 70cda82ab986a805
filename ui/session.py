"""The one mutable thing: the sector on the table, its undo stack, and the figures that follow from it.

A change swaps an immutable value, tells the pages by a signal, and asks for new figures and a save. Both are made
in the worker: one of each at a time, the latest wins, and the old figures stay visible meanwhile.
numpy and the engine are imported by the work itself, so that the start page shows before them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from bargain.plain_names import plain_name
from models.issues import Severity, UnusableInput
from models.offer import Offer
from models.table import Role
from models.target import TargetSet, Verdict
from ui import faults, view_choices
from ui.appraising import Appraiser, Figures, Wish
from ui.commands import Command, KeptStep, ReplaceOffer, ReplaceSector, entries_of
from ui.drafts import first_draft
from ui.file_desk import FileDesk
from ui.notices import Notice, NoticeButton
from ui.role_words import no_targets
from ui.saving import Saver
from ui.tasks import Report, Step, Task, TaskRunner

if TYPE_CHECKING:
    from bargain.storage.sector_file import SectorFile
    from models.appraisal import Appraisal
    from models.grossing import Range
    from models.sector import Sector

UNDO_STEPS = 200  # as many as the sector file keeps


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Item = TypeVar("Item")
NamedItem = TypeVar("NamedItem", bound=_Named)


class Session(QObject):
    """What is open. Pages read it, call its verbs and listen to its signals."""

    began = Signal()  # another sector, or none, is open: what was begun for the one before is over
    sector_changed = Signal()  # the sector value was swapped (open, import, undo…)
    offer_changed = Signal()  # the offer on the table, or the list of offers, was swapped
    targets_changed = Signal()  # the targets in use were swapped
    appraised = Signal()  # appraisal, verdicts and problem are new
    busy_changed = Signal(bool)  # work is going on in the worker
    saved_changed = Signal()  # saved_text is new
    noticed = Signal(object)  # a Notice to show
    place_wanted = Signal()  # the person wants to save somewhere else: ask where
    explain_wanted = Signal(object)  # an Asked: the person asks where a figure comes from
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
        self.reading = TaskRunner(self)  # files of an import: figures and saving go on beside them
        self._saver = Saver(self.tasks, self)
        self._saver.changed.connect(self.saved_changed)
        self._saver.noticed.connect(self.noticed)
        self._saver.place_wanted.connect(self.place_wanted)
        self._saver.theirs_wanted.connect(self._keep_theirs)
        self.is_rebuilding = False  # the undo stack is being put together from the file
        self._first_number = 1
        self._only_shown = ""
        self.undo.indexChanged.connect(self._keep_history)
        self._appraiser = Appraiser(self.tasks, self)
        self._appraiser.answered.connect(self._take_figures)
        self._appraiser.broke.connect(self._take_fault)
        self._opening: Task | None = None
        self.today: Callable[[], date] = date.today
        self.file_desk = FileDesk(self, self)

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
    def file(self) -> SectorFile | None:
        """The open sector file: its versions, certificates and keys. None before the first save of a new one."""
        return self._saver.file

    @property
    def read_only(self) -> str:
        """Why the sector may only be looked at, as a sentence; empty where it may be changed."""
        return self._only_shown or self._saver.read_only

    @property
    def is_stale(self) -> bool:
        """Whether newer figures than ``appraisal`` are on their way."""
        return self._appraiser.is_behind

    @property
    def is_opening(self) -> bool:
        """Whether a file is being opened or the sample being made."""
        return self._opening is not None

    def create(self, sector: Sector, path: Path, passphrase: str, *, recovery_key: str | None = None) -> None:
        """Start a new sector file with this sector in it."""

        def begin() -> None:
            self._begin(sector, path, None)
            self._saver.begin_new(path, passphrase, sector, recovery_key)

        self.flush(begin)

    def open(
        self,
        path: Path,
        passphrase: str | None,
        *,
        on_failed: Callable[[UnusableInput], None] | None = None,
        recover: bool = True,
    ) -> None:
        """Open a sector file; what is wrong with it goes to ``on_failed``, else becomes a notice.

        ``passphrase`` may be the recovery key. Without one the file is opened as the sample, which everybody may.
        ``recover``: with what a crash had kept from the file; else that is kept as an earlier version.
        """
        opening = self.tr("Opening {name}…").format(name=path.name)

        def work(report: Report) -> SectorFile:
            report(Step(opening))
            return _opened(path, passphrase, recover=recover)

        self.load(work, on_failed)

    def open_sample(self, folder: Path) -> None:
        """Make the sample sector in a folder, with progress, and open it."""

        def work(report: Report) -> SectorFile:
            from bargain.commands.demo import make_demo

            def progress(stage: str, done: int, total: int) -> None:
                report(Step(f"{stage[:1].upper()}{stage[1:]}…", done, total))

            return _opened(make_demo(folder, _sample_passphrase(), progress), None)

        self.load(work, None)

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

    def save_file(self) -> None:
        """Save at once although the sector is as it was: the file's keys changed."""
        self._saver.want_save()
        self._saver.save_now()

    def save_elsewhere(self, path: Path) -> None:
        """Save into another file from now on."""
        if self.sector is None:
            return
        self.path = path
        self._saver.save_elsewhere(path)
        self._remember()

    def wait_for_journal(self) -> None:
        """In the worker: wait until the file knows every change made so far."""
        self._saver.wait_for_journal()

    def give_up_saving(self) -> None:
        """Leave what is unsaved: the person chose so after saving failed. The journal keeps it all the same."""
        self._saver.end()

    def shut_down(self) -> None:
        """Stop the worker: the last thing before the app ends. Call ``flush`` first."""
        self._appraiser.forget()
        self.reading.close()
        self.tasks.close()
        self._saver.shut_down()

    # Changes

    def change_offer(self, offer: Offer, text: str, *, field: str | None = None) -> None:
        """Swap the offer on the table, as one undoable step; steps in the same ``field`` merge."""
        offer = _plainly_named(offer)
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
        if offer.tabled:
            self._table(offer, text)
            return
        place = _place(self.sector.offers, self.offer.name)
        before = None if place is None else self.offer
        at = len(self.sector.offers) if place is None else place
        self._push(ReplaceOffer(self, before, offer, place=at, text=text, field=field))

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
        offer = _plainly_named(offer)
        taken = {one.name for one in self.sector.offers}
        name, number = offer.name, 2
        while name in taken:
            name, number = f"{offer.name} ({number})", number + 1
        place = len(self.sector.offers)
        self._push(ReplaceOffer(self, None, replace(offer, name=name), place=place, text=text))

    def remove_offer(self, name: str, text: str) -> None:
        """Remove an offer; undo brings it back."""
        place = _place(self.sector.offers, name) if self.sector is not None else None
        if self.sector is None or place is None:
            return
        self._push(ReplaceOffer(self, self.sector.offers[place], None, place=place, text=text))

    def change_sector(self, sector: Sector, text: str, *, kind: str = "") -> None:
        """Swap the sector, as one undoable step; before an import the file is backed up."""
        if self.sector is None or sector is self.sector:
            return
        if sector.role is Role.JOINT and sector.target_sets != self.sector.target_sets:
            self.notice(no_targets(), Severity.WARNING, key="targets")
            return
        if _brings_staff(self.sector, sector):
            if self.sector.is_sample:
                self._refuse_staff_data()
                return
            kind = kind or "import"
            self._saver.back_up(kind)
        self._push(ReplaceSector(self, self.sector, sector, text=text, kind=kind))

    def list_or_not(self) -> None:
        """List the sector on the start page, or take it off; kept in the file, as a step that can be undone."""
        if self.sector is not None:
            listed = not self.sector.is_listed
            text = self.tr("List on the start page") if listed else self.tr("Don't list on the start page")
            self.change_sector(replace(self.sector, is_listed=listed), text)
            self.sector_changed.emit()  # where it was refused, the menu shows how it is

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
        if before is not None and before.is_listed != sector.is_listed:
            self._remember()
        self._choose(_find(sector.offers, offer_name), _find(sector.target_sets, old_targets.name))
        if before is None or _differ_beyond_offers(before, sector):
            self.sector_changed.emit()
        if before is None or before.offers != sector.offers or old_offer != self.offer:
            self.offer_changed.emit()
        if before is None or before.target_sets != sector.target_sets or old_targets != self.target_set:
            self.targets_changed.emit()
        self._want_figures()

    def _push(self, command: Command) -> None:
        """One more step, if the file may be changed."""
        if self.read_only:
            self.notice(self.read_only, Severity.WARNING, *self._ways_out(), key="read only")
            self.offer_changed.emit()  # the pages put their controls back
            return
        self.undo.push(command)

    def _table(self, offer: Offer, text: str) -> None:
        """Put an offer down for good, with its figures as they are now: both are one step."""
        from bargain.freezing import with_tabled_frozen

        if self.sector is None:
            return
        place = _place(self.sector.offers, self.offer.name)
        offers = list(self.sector.offers)
        offers[len(offers) if place is None else place : len(offers) if place is None else place + 1] = [
            offer
        ]
        tabled = replace(self.sector, offers=tuple(offers))
        known = None if self.is_stale else self.appraisal
        frozen = with_tabled_frozen(tabled, appraisal=known)
        self._push(ReplaceSector(self, self.sector, frozen, text=text, kind="tabled"))

    def _keep_history(self) -> None:
        """The undo stack moved: what the file should hold is new."""
        if not self.is_rebuilding and self.sector is not None:
            entries = entries_of(self.undo, self.sector, self._first_number)
            self._saver.set_history(entries, self.undo.index())

    def _rebuild(self, file: SectorFile | None) -> None:
        """Put the undo stack together from what the file kept; nothing is done by that."""
        self.is_rebuilding = True
        try:
            self.undo.clear()
            self._first_number = 1
            if file is not None:
                self._first_number = file.next_number()
                before = file.history.start
                for step in file.steps:
                    self.undo.push(KeptStep(self, before, step))
                    before = step
                self.undo.setIndex(file.at)
        finally:
            self.is_rebuilding = False

    def _choose(self, offer: Offer | None, target_set: TargetSet | None) -> None:
        """Put these on the table, or the first there are, or blank ones."""
        if self.sector is None:
            self.offer, self.target_set = Offer(""), TargetSet("")
            return
        self.offer = (
            offer or _first_to_change(self.sector.offers) or first_draft(self.sector, self.tr("Draft 1"))
        )
        self.target_set = target_set or _at(self.sector.target_sets, 0) or TargetSet("")

    def _begin(self, sector: Sector, path: Path, file: SectorFile | None) -> None:
        self._rebuild(file)
        self.sector, self.path = sector, path
        choices = view_choices.load(path)
        self._choose(_at(sector.offers, choices.offer), _at(sector.target_sets, choices.targets))
        self._remember()
        self._forget_figures()
        self._tell_all()
        self._want_figures()

    def _end(self) -> None:
        self._rebuild(None)
        self._saver.end()
        self.sector, self.path = None, None
        self._choose(None, None)
        self._forget_figures()
        self._tell_all()

    def _tell_all(self) -> None:
        self.began.emit()
        self.sector_changed.emit()
        self.offer_changed.emit()
        self.targets_changed.emit()
        self.appraised.emit()

    def load(
        self, work: Callable[[Report], SectorFile], on_failed: Callable[[UnusableInput], None] | None
    ) -> None:
        """Open what ``work`` brings from the worker, once what is open now is saved."""
        if self._opening is not None:
            return

        def done(file: SectorFile) -> None:
            self._opening_ended()
            self._saver.end()
            self.take_up(file)
            self._tell_of_opening(file)
            self.file_desk.check_frozen()

        def failed(error: Exception) -> None:
            self._opening_ended()
            if not isinstance(error, UnusableInput):
                self.report_fault(error)
            elif on_failed is not None:
                on_failed(error)
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

    def show_only(self, sector: Sector, why: str) -> None:
        """Show a sector that belongs to no file here, only to be read; ``why`` says so in a sentence."""
        self._only_shown = why
        self._rebuild(None)
        self.sector = sector
        self._choose(_at(sector.offers, 0), _at(sector.target_sets, 0))
        self._forget_figures()
        self._tell_all()
        self._want_figures()

    def take_up(self, file: SectorFile) -> None:
        """Go on with a file as it stands."""
        self._begin(file.sector, file.path, file)
        self._saver.begin_opened(file)

    def _tell_of_opening(self, file: SectorFile) -> None:
        """What the person should know of the file that was opened."""
        if file.read_only:
            self.notice(file.read_only, Severity.WARNING, *self._ways_out(), key="read only")
        if file.recovered:
            text = self.tr("Work of {time} was not closed properly. We have everything up to “{step}”.")
            last = file.recovered[-1]
            time = last.at.astimezone().strftime("%H:%M, %d/%m/%Y")
            self.notice(text.format(time=time, step=last.text), key="recovered")
        if file.set_aside is not None:
            text = self.tr(
                "Work that was not saved did not fit this file. It is kept among the earlier versions."
            )
            self.notice(text, Severity.WARNING, key="set aside")

    def _ways_out(self) -> tuple[NoticeButton, ...]:
        """What can be done about a file that may only be looked at."""
        if self._only_shown:
            return ()
        elsewhere = NoticeButton(self.tr("Save somewhere else…"), self.place_wanted.emit)
        if self.file is None or self.file.holder is None:
            return (elsewhere,)
        return NoticeButton(
            self.tr("Nobody has it open: change it here"), self.file_desk.take_over
        ), elsewhere

    def _keep_theirs(self) -> None:
        """Take what somebody else put into the file; ours goes to the backups."""
        file = self.file
        if file is not None:
            self._saver.give_way()
            self.load(lambda _: file.keep_theirs(), None)

    def _refuse_staff_data(self) -> None:
        text = self.tr(
            "The sample opens without a secret, so it can't hold staff data. Make a new sector first."
        )
        self.notice(text, Severity.WARNING, key="sample")

    def _opening_ended(self) -> None:
        self._opening = None
        self.progressed.emit(None)

    def _want_figures(self) -> None:
        if self.sector is not None:
            self._appraiser.want(Wish(self.sector, self.offer, self.target_set.targets))

    def _remember(self) -> None:
        """On the list of the start page, or off it where the sector says so."""
        if self.sector is None or self.path is None:
            return
        if self.sector.is_listed:
            one = self.sector
            view_choices.remember_recent(self.path, one.name, is_sample=one.is_sample, role=one.role)
        else:
            view_choices.forget(self.path)

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
        if not self.sector.is_listed:
            return
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


def _opened(path: Path, passphrase: str | None, *, recover: bool = True) -> SectorFile:
    """Open a file. Runs in the worker. Samples of the first version know only the passphrase that was printed."""
    from bargain.storage.refusals import WrongPassphraseError
    from bargain.storage.sector_file import SectorFile

    try:
        return SectorFile.open(path, passphrase, recover=recover)
    except WrongPassphraseError:
        if passphrase is not None:
            raise
    return SectorFile.open(path, _sample_passphrase(), recover=recover)


def _sample_passphrase() -> str:
    from bargain.commands.demo import SAMPLE_PASSPHRASE

    return SAMPLE_PASSPHRASE


def _place(items: Sequence[_Named], name: str) -> int | None:
    return next((at for at, one in enumerate(items) if one.name == name), None)


def _find(items: Sequence[NamedItem], name: str) -> NamedItem | None:
    return next((one for one in items if one.name == name), None)


def _plainly_named(offer: Offer) -> Offer:
    """The offer under names that hold nothing unseen."""
    name, by = plain_name(offer.name), plain_name(offer.by)
    return offer if (name, by) == (offer.name, offer.by) else replace(offer, name=name, by=by)


def _brings_staff(before: Sector, after: Sector) -> bool:
    """Whether an import came in: a record that was not there. Until when one is kept makes it no other record."""
    known = {replace(one, keep_until=None) for one in before.imports}
    new = {replace(one, keep_until=None) for one in after.imports} - known
    return bool(new) or len(after.imports) > len(before.imports)


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
