"""Open in Excel: the costing as a workbook with live formulas, saved where the person says, and opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from models.issues import Severity, UnusableInput
from ui.notices import NoticeButton

if TYPE_CHECKING:
    from models.appraisal import Appraisal
    from ui.session import Session
    from ui.tasks import Report

SUFFIX = ".xlsx"
KEY = "workbook"


def tr(text: str) -> str:
    """A text of this module in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def open_workbook(session: Session, other: Appraisal | None, folder: Path, window: QWidget) -> None:
    """Ask where the workbook of the offer on the table (or of another's figures) should be, write and open it."""
    appraisal = other or session.appraisal
    if session.sector is None or appraisal is None or (other is None and session.is_stale):
        why = session.problem or tr("There are no figures yet; import staff data first (Ctrl+I).")
        session.notice(why, Severity.WARNING, key=KEY)
        return
    name, _ = QFileDialog.getSaveFileName(
        window,
        tr("Save the costing as a workbook"),
        str(folder / f"{tr('Costing')}{SUFFIX}"),  # no name of an offer: it may say what a side wants
        tr("Workbooks (*.xlsx)"),
    )
    if name:
        path = Path(name)
        write_and_open(session, appraisal, path if path.suffix.lower() == SUFFIX else Path(f"{name}{SUFFIX}"))


def write_and_open(session: Session, appraisal: Appraisal, path: Path) -> None:
    """Write the workbook in the worker and open it; what stops it is said in one sentence."""
    sector = session.sector
    if sector is None:
        return

    def work(_: Report) -> Path:
        from bargain.export.workbook import workbook_bytes
        from bargain.whole_file import write_whole
        from bargain.working import working_of

        write_whole(path, workbook_bytes(sector, appraisal, working_of(sector, appraisal.offer)))
        return path

    def done(written: Path) -> None:
        is_shown = QDesktopServices.openUrl(QUrl.fromLocalFile(str(written)))
        again = NoticeButton(
            tr("Open it"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(written)))
        )
        said = tr("Wrote {name}: every cost in it is a live formula. It holds your side's private data.")
        if not is_shown:
            said += " " + tr("No program here opens workbooks; open it in a spreadsheet program.")
        session.notice(said.format(name=written.name), Severity.NOTE, again, key=KEY)

    def failed(error: Exception) -> None:
        if isinstance(error, UnusableInput):
            session.notice(str(error), Severity.ERROR, key=KEY)
        elif isinstance(error, OSError):
            text = tr(
                "{name} was not saved: {why}. Close it if it is open, or choose another folder or name."
            )
            session.notice(
                text.format(name=path.name, why=error.strerror or type(error).__name__),
                Severity.ERROR,
                key=KEY,
            )
        else:
            session.report_fault(error)

    session.notice(tr("Writing the workbook…"), key=KEY)
    session.tasks.start(work, on_done=done, on_failed=failed)
