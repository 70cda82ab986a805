"""Files of targets: read in the worker, added as one undoable step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from models.issues import Severity, UnusableInput
from models.target import TargetSet
from ui.session import Session
from ui.tasks import Report

KEY = "side file"


class SideFiles(QObject):
    """Reads one file; says what was read, or why it can't be."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def read_targets(self, path: Path) -> None:
        """A side's targets; a set of the same name is replaced."""

        def work(_: Report) -> TargetSet:
            from bargain.offers.target_file import read_targets
            from bargain.targets import KNOWN_MEASURES

            return read_targets(_text_of(path), source=path.name, known_measures=KNOWN_MEASURES)

        self._session.tasks.start(work, on_done=self._add_targets, on_failed=self._refuse)

    def _add_targets(self, target_set: TargetSet) -> None:
        sector = self._session.sector
        if sector is None:
            return
        others = tuple(one for one in sector.target_sets if one.name != target_set.name)
        text = self.tr("Read targets “{name}”").format(name=target_set.name)
        self._session.change_sector(replace(sector, target_sets=(*others, target_set)), text)
        self._session.choose_targets(target_set.name)
        said = self.tr("%n target(s) were read; “{name}” is now in use.", "", len(target_set.targets))
        self._session.notice(said.format(name=target_set.name), key=KEY)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UnusableInput):
            self._session.notice(str(error), Severity.ERROR, key=KEY)
        else:
            self._session.report_fault(error)


def _text_of(path: Path) -> str:
    """A text file in UTF-8; raises UnusableInput that says what is wrong with it."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableInput(
            f"{path.name} is not a text file in UTF-8. Save it as UTF-8 and read it again."
        ) from None
    except OSError as error:
        raise UnusableInput(f"{path.name} could not be read: the system says “{error.strerror}”.") from None
