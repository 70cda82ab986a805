"""What can be asked of the open sector file beside saving: earlier versions, keys, erasing, taking it over.

What takes long is done in the worker; a refusal becomes a notice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from models.issues import Severity, UnusableInput
from ui.notices import NoticeButton

if TYPE_CHECKING:
    from bargain.freezing import Difference, Reopened
    from bargain.storage.erasing import Certificate
    from bargain.storage.sector_file import SectorFile
    from bargain.storage.versions import Version
    from models.frozen import Frozen
    from models.sector import Sector
    from ui.tasks import Report, TaskRunner

Item = TypeVar("Item")


class HoldsFile(Protocol):
    """What the desk needs of the session."""

    tasks: TaskRunner

    @property
    def file(self) -> SectorFile | None:
        """The open sector file."""

    def notice(self, text: str, severity: Severity, *buttons: NoticeButton, key: str) -> None:
        """Show a message."""

    def wait_for_journal(self) -> None:
        """In the worker: wait until the file knows every change made so far."""

    def report_fault(self, error: Exception) -> None:
        """Say that the app itself made a mistake."""

    def change_sector(self, sector: Sector, text: str, *, kind: str) -> None:
        """Swap the sector, as one undoable step."""

    def flush(self, then: Callable[[], object]) -> None:
        """Call ``then`` once everything is saved."""

    def save_file(self) -> None:
        """Save at once although the sector is as it was."""

    def take_up(self, file: SectorFile) -> None:
        """Go on with a file as it stands."""

    def load(
        self, work: Callable[[Report], SectorFile], on_failed: Callable[[UnusableInput], None] | None
    ) -> None:
        """Open what ``work`` brings from the worker."""


@dataclass(frozen=True, slots=True, eq=False)
class FrozenSide:
    """What was frozen, opened again: the sector as it was, and each figure beside today's. None where it was erased."""

    frozen: Frozen
    sector: Sector | None = None
    figures: tuple[Reopened, ...] = ()


class FileDesk(QObject):
    """The verbs of the file. The session has the one there is."""

    frozen_wanted = Signal()  # the person wants to see what was frozen, then and now

    def __init__(self, session: HoldsFile, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def look_at(self, version: Version, on_done: Callable[[Sector], None]) -> None:
        """Read an earlier version, to be shown beside the present one."""
        file = self._session.file
        if file is not None:
            self._ask(lambda: file.look_at(version), on_done)

    def restore(self, version: Version) -> None:
        """Make an earlier version the present one, as a step that can be undone; the present is backed up first."""
        file = self._session.file
        if file is None:
            return
        text = self.tr("Restored the version of {time}").format(
            time=version.at.astimezone().strftime("%H:%M, %d/%m/%Y")
        )

        def work() -> Sector:
            sector = file.look_at(version)
            file.back_up("restore")
            return sector

        self._ask(work, lambda sector: self._session.change_sector(sector, text, kind="restore"))

    def reopen(self, frozen: Frozen, on_done: Callable[[FrozenSide], None]) -> None:
        """Open a closed round or a tabled offer again, and price it with today's engine."""
        file = self._session.file
        if file is None:
            return

        def work() -> FrozenSide:
            from bargain.freezing import reopened

            self._session.wait_for_journal()
            then = file.when_frozen(frozen)
            return FrozenSide(frozen) if then is None else FrozenSide(frozen, then, reopened(then, frozen))

        self._ask(work, on_done)

    def sign(self, message: bytes) -> tuple[str, str]:
        """The public key and the signature of a message. Raises ValueError where no file is open."""
        file = self._session.file
        if file is None:
            raise ValueError("there is no file to sign with")
        return file.sign(message)

    def check_frozen(self) -> None:
        """Say so where today's engine does not give the figures of what was tabled."""
        file = self._session.file
        if file is None or not file.sector.frozen:
            return

        def work() -> list[Difference]:
            from bargain.freezing import differences

            found: list[Difference] = []
            for frozen in file.sector.frozen:
                then = file.when_frozen(frozen)
                found += differences(then, frozen) if then is not None else ()
            return found

        self._ask(work, self._tell_differences)

    def _tell_differences(self, found: list[Difference]) -> None:
        names = list(dict.fromkeys(one.frozen.name for one in found))
        if names:
            text = self.tr(
                "The figures of “{names}” stay as they were frozen. This version of Bargain would give others."
            )
            show = NoticeButton(self.tr("Show both"), self.frozen_wanted.emit)
            self._session.notice(text.format(names="”, “".join(names)), Severity.WARNING, show, key="frozen")

    def erase_staff(
        self, reason: str, on_done: Callable[[Certificate], None], only: Collection[int] | None = None
    ) -> None:
        """Take the staff data out of the file, its history and its backups for good; there is no undo.

        ``only``: the numbers of the imports whose staff go; None for all.
        """
        file = self._session.file
        if file is None:
            return

        def done(certificate: Certificate) -> None:
            self._session.take_up(file)
            on_done(certificate)

        self._session.flush(lambda: self._ask(lambda: file.erase_staff(reason, only), done))

    def change_passphrase(self, passphrase: str) -> None:
        """From the next save, which follows at once, another passphrase opens the file."""
        file = self._session.file
        if file is not None:
            self._ask(lambda: file.change_passphrase(passphrase), lambda _: self._session.save_file())

    def set_recovery_key(self, recovery_key: str) -> None:
        """From the next save, which follows at once, this recovery key opens the file, and no other one."""
        file = self._session.file
        if file is not None:
            self._ask(lambda: file.set_recovery_key(recovery_key), lambda _: self._session.save_file())

    def take_over(self) -> None:
        """Change a file that somebody else seems to have open: the person said that nobody does."""
        file = self._session.file
        if file is not None:
            path, key = file.path, file.key

            def work() -> SectorFile:
                from bargain.storage.sector_file import SectorFile

                file.take_over()
                file.close()
                return SectorFile.open(path, key)

            self._session.load(lambda _: work(), None)

    def _ask(self, work: Callable[[], Item], on_done: Callable[[Item], None]) -> None:
        """Do something with the file in the worker."""

        def failed(error: Exception) -> None:
            if isinstance(error, UnusableInput):
                self._session.notice(str(error), Severity.ERROR, key="file")
            else:
                self._session.report_fault(error)

        self._session.tasks.start(lambda _: work(), on_done=on_done, on_failed=failed)
