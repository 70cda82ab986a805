"""The window: puts together menus, header, message bar, rail, pages and status bar. It decides nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models.issues import Severity
from models.table import Role
from ui import desk, figure_at, formats, saving, text_size
from ui.checking import Checker
from ui.data_menu import data_entries
from ui.lock.idle import IdleWatch
from ui.lock.lock import Lock
from ui.lock.page import LockPage
from ui.lock.system import SystemWatch
from ui.menus import Entry, Menus, set_keys
from ui.notices import DONE, Notice, NoticeBar, NoticeButton
from ui.pages.start import StartPage
from ui.reminder import Reminder
from ui.role_words import role_badge
from ui.session import Session
from ui.widgets.basis_strip import BasisStrip
from ui.widgets.header import Header
from ui.widgets.plain_label import PlainLabel, plain_menu
from ui.widgets.rail import Rail
from ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from models.appraisal import Appraisal
    from models.sector import Sector
    from ui.accounts_import.assistant import AccountsAssistant
    from ui.import_assistant.assistant import ImportAssistant
    from ui.import_assistant.settings import FileSettings
    from ui.lock.put_by import PutBy
    from ui.widgets.explain_panel import ExplainPanel

STAFF, CHECK, BASELINE, PROPOSALS, COMPARE, TARGETS, EMPLOYERS, AGREEMENT, WHAT_IF = range(9)


class MainWindow(QMainWindow):
    """One window, one session."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        session.setParent(self)
        self._is_closing = False
        self.explain_panel: ExplainPanel | None = None
        self.is_beside = False  # a second window, on an earlier version
        self._besides: list[MainWindow] = []
        self._page_before: QWidget | None = None
        self._blanked: tuple[str, ...] = ()  # names that a lock has taken out of what it hides
        self._pages: dict[int, QWidget] = {}
        self._desk = desk.Desk(session, self, self._show_beside)
        self._desk.import_wanted.connect(self.show_import)
        self._desk.accounts_wanted.connect(self.show_accounts)
        self.assistant: ImportAssistant | None = None
        self.accounts: AccountsAssistant | None = None
        self._checker = Checker(session, self)
        self._undo, self._redo = self._undo_actions()
        self._header = Header(self._undo, self._redo, self)
        self.notices = NoticeBar(self)
        self._basis = BasisStrip(session, self)
        self.rail = Rail(self._page_names(), self)
        self._stack = QStackedWidget(self)
        self.start_page = StartPage(session, self._desk, self)
        self._stack.addWidget(self.start_page)
        self._stack.currentChanged.connect(lambda _: self._let_page_decide())
        self._lock_page = LockPage(self)
        self._stack.addWidget(self._lock_page)
        self.lock = Lock(session, self._lock_page, self)
        self._put_by: PutBy | None = None  # an import that the lock stopped
        self._system = SystemWatch(self)
        self._idle = IdleWatch(self)
        self._locks_in = PlainLabel("", self)
        self._locks_in.setMargin(3)
        self._status = StatusLine(session, self)
        self._menus = Menus(self.menuBar())
        self._fill_menus()
        self._lay_out()
        self._connect()
        self._reminder = Reminder(session, self._desk.keeping, self.notices, self)
        self.setAcceptDrops(True)
        self.resize(1366, 688)
        self._show_sector()

    def sizeHint(self) -> QSize:
        """A small laptop's whole screen."""
        return QSize(1366, 688)

    def open_file(self, path: Path, passphrase: str | None = None) -> None:
        """Open a sector file, asking for its passphrase where none is given."""
        if passphrase is None:
            self._desk.open_path(path)
        else:
            self.session.open(path, passphrase)

    def show_page(self, at: int) -> None:
        """Go to a step; its page is made on the first visit."""
        if self.session.sector is None:
            return
        if at not in self._pages:
            self._pages[at] = self._make_page(at)
            self._stack.addWidget(self._pages[at])
        self._stack.setCurrentWidget(self._pages[at])
        self.rail.show_page(at)

    def show_import(self, paths: Sequence[Path] = (), settings: FileSettings | None = None) -> None:
        """Go to the import assistant, with more files for it; what was begun there goes on."""
        if self.session.sector is None:
            return
        if self.assistant is None:
            from ui.import_assistant.assistant import ImportAssistant

            self.assistant = ImportAssistant(self.session, self._desk.ask_payrolls)
            self.assistant.left.connect(lambda: self.show_page(STAFF))
            self.assistant.reader.listed.connect(self._show_under_way)
            self._stack.addWidget(self.assistant)
        self._stack.setCurrentWidget(self.assistant)
        self.rail.show_page(STAFF)
        self.assistant.come(paths, settings)

    def show_accounts(self, paths: Sequence[Path] = ()) -> None:
        """Go to where employers' accounts are read, with more files for it; what was begun there goes on."""
        if self.session.sector is None:
            return
        if self.accounts is None:
            from ui.accounts_import.assistant import AccountsAssistant

            self.accounts = AccountsAssistant(self.session, self._desk.ask_accounts)
            self.accounts.left.connect(lambda: self.show_page(EMPLOYERS))
            self._stack.addWidget(self.accounts)
        self._stack.setCurrentWidget(self.accounts)
        self.rail.show_page(EMPLOYERS)
        self.accounts.come(paths)

    def _show_under_way(self) -> None:
        """The staff page says where to go on with an import."""
        from ui.pages.staff import StaffPage

        page = self._pages.get(STAFF)
        if isinstance(page, StaffPage) and self.assistant is not None:
            page.show_under_way(len(self.assistant.reader.files))

    def _let_page_decide(self) -> None:
        """Only the page that is shown says how small the window may be."""
        policies = QSizePolicy.Policy
        shown = self._stack.currentWidget()
        others = [one for one in (self.assistant, self.accounts) if one is not None]
        for page in (self.start_page, self._lock_page, *self._pages.values(), *others):
            policy = policies.Preferred if page is shown else policies.Ignored
            page.setSizePolicy(policy, policy)

    # Putting together

    def _page_names(self) -> tuple[str, ...]:
        return (
            self.tr("Staff data"),
            self.tr("Data check"),
            self.tr("Baseline"),
            self.tr("Proposals"),
            self.tr("Compare"),
            self.tr("Targets"),
            self.tr("Employers"),
            self.tr("Agreement"),
            self.tr("What if"),
        )

    def _make_page(self, at: int) -> QWidget:
        if at == STAFF:
            from ui.pages.staff import StaffPage

            return StaffPage(self.session, self._desk)
        if at == BASELINE:
            from ui.pages.baseline import BaselinePage

            return BaselinePage(self.session)
        if at == CHECK:
            from ui.pages.data_check import DataCheckPage

            return DataCheckPage(self.session, self._desk, self._checker)
        if at == PROPOSALS:
            from ui.pages.proposals import ProposalsPage

            return ProposalsPage(self.session)
        if at == COMPARE:
            from ui.pages.compare import ComparePage

            return ComparePage(self.session)
        if at == TARGETS:
            from ui.pages.targets import TargetsPage

            return TargetsPage(self.session)
        if at == EMPLOYERS:
            from ui.pages.employers import EmployersPage

            employers = EmployersPage(self.session)
            employers.accounts_wanted.connect(self._desk.read_accounts)
            employers.by_hand_wanted.connect(self._desk.edit_accounts_of)
            return employers
        if at == WHAT_IF:
            from ui.pages.what_if import WhatIfPage

            return WhatIfPage(self.session)
        from ui.pages.agreement import AgreementPage

        return AgreementPage(self.session)

    def _undo_actions(self) -> tuple[QAction, QAction]:
        stack = self.session.undo
        made = []
        for word, keys, act in (
            (self.tr("Undo"), ("Ctrl+Z",), stack.undo),
            (self.tr("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), stack.redo),
        ):
            action = QAction(word, self)
            action.setIconText(word)
            set_keys(action, keys)
            action.triggered.connect(act)
            made.append(action)
        return made[0], made[1]

    def _fill_menus(self) -> None:
        def go(at: int) -> Callable[[], None]:
            return lambda: self.show_page(at)

        def then_show(act: Callable[[], None]) -> Callable[[], None]:
            def both() -> None:
                act()
                self.show_page(PROPOSALS)

            return both

        names = self._page_names()
        steps = [
            Entry(f"go{at}", name, go(at), f"Ctrl+{at + 1}", needs_sector=True)
            for at, name in enumerate(names)
        ]
        work = self._desk
        menus = self._menus
        menus.add(
            self.tr("&File"),
            Entry("new", self.tr("&New sector…"), work.new_sector, "Ctrl+N"),
            Entry("open", self.tr("&Open…"), work.open, "Ctrl+O"),
            Entry("sample", self.tr("Try the &sample sector"), work.open_sample),
            None,
            Entry("save", self.tr("S&ave now"), self.session.save_now, "Ctrl+S", needs_sector=True),
            Entry("elsewhere", self.tr("Save some&where else…"), work.save_elsewhere, needs_sector=True),
            Entry("print", self.tr("&Print draft…"), self._print_draft, "Ctrl+P", needs_sector=True),
            None,
            Entry(
                "earlier",
                self.tr("Earlier &versions…"),
                work.keeping.earlier_versions,
                "Ctrl+Shift+E",
                needs_sector=True,
            ),
            Entry(
                "passphrase",
                self.tr("Change the passp&hrase…"),
                work.keeping.change_passphrase,
                needs_sector=True,
            ),
            Entry(
                "recovery", self.tr("New &recovery key…"), work.keeping.new_recovery_key, needs_sector=True
            ),
            Entry("listed", self.tr("L&ist on the start page"), self.session.list_or_not, needs_sector=True),
            Entry("lock", self.tr("&Lock now"), self.lock.lock, "Ctrl+L", needs_sector=True),
            Entry("lock_after", self.tr("Lock a&fter…"), self._choose_lock_after),
            Entry(
                "how_long",
                self.tr("How long staff data is &kept…"),
                work.keeping.how_long,
                needs_sector=True,
            ),
            Entry("erase", self.tr("&Erase the staff data…"), work.keeping.erase_staff, needs_sector=True),
            None,
            Entry("close", self.tr("&Close this sector"), self.session.close, "Ctrl+W", needs_sector=True),
            Entry("quit", self.tr("&Quit"), self.close, "Ctrl+Q"),
        )
        menus.add(
            self.tr("&Edit"),
            self._undo,
            self._redo,
            Entry("history", self.tr("&History…"), work.keeping.history, "Ctrl+Shift+H", needs_sector=True),
        )
        menus.add(self.tr("&Data"), *data_entries(work, self._show_assumptions))
        menus.add(
            self.tr("&Proposals"),
            Entry(
                "new_draft",
                self.tr("&New draft"),
                then_show(work.new_draft),
                "Ctrl+Shift+N",
                needs_sector=True,
            ),
            Entry(
                "duplicate",
                self.tr("&Duplicate draft"),
                then_show(work.duplicate_draft),
                "Ctrl+D",
                needs_sector=True,
            ),
            Entry("remove", self.tr("&Remove draft"), then_show(work.remove_draft), needs_sector=True),
            None,
            Entry("find", self.tr("&Find a value…"), work.find_value, "F7", needs_sector=True),
            Entry("explain", self.tr("&Explain this number"), self._explain, "F8", needs_sector=True),
            Entry("excel", self.tr("Open in E&xcel"), work.open_workbook, "Ctrl+Shift+X", needs_sector=True),
            Entry("moves", self.tr("&What moves it…"), work.what_moves_it, "Ctrl+Shift+M", needs_sector=True),
            Entry("why", self.tr("Wh&y do two costings differ…"), work.why_different, needs_sector=True),
            None,
            Entry("send", self.tr("&Send an offer to the other side…"), work.passing.send, needs_sector=True),
            Entry("take", self.tr("&Take in an offer…"), work.passing.take, needs_sector=True),
            Entry("close_round", self.tr("&Close the round…"), work.rounds.ask, needs_sector=True),
            Entry("frozen", self.tr("R&ounds and tabled offers…"), work.rounds.show_all, needs_sector=True),
        )
        menus.add(
            self.tr("&View"),
            *steps,
            None,
            Entry("fold", self.tr("&Fold the steps"), self.rail.toggle, "Ctrl+B", needs_sector=True),
            Entry("larger", self.tr("&Larger text"), text_size.larger, ("Ctrl++", "Ctrl+=")),
            Entry("smaller", self.tr("&Smaller text"), text_size.smaller, "Ctrl+-"),
            Entry("normal", self.tr("&Normal text"), text_size.normal, "Ctrl+0"),
            Entry("full", self.tr("F&ull screen"), self._toggle_full_screen, "F11"),
        )
        menus.add(
            self.tr("&Help"),
            Entry("keys", self.tr("&Keys"), self._show_keys, "Ctrl+F1"),
            Entry("report", self.tr("What a &report would hold…"), work.report),
            Entry("about", self.tr("&About Bargain"), work.about),
        )

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addWidget(self._stack, 1)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.notices)
        column.addWidget(self._basis)
        column.addLayout(body, 1)
        self.setCentralWidget(whole)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self._status, 1)
        self.statusBar().addPermanentWidget(self._locks_in)

    def _connect(self) -> None:
        session = self.session
        session.began.connect(self.notices.clear)  # what was said was about the sector before
        session.sector_changed.connect(self._show_sector)
        session.saved_changed.connect(self._show_saved)
        session.noticed.connect(self._show_notice)
        session.place_wanted.connect(self._desk.save_elsewhere)
        session.explain_wanted.connect(lambda one: self.explain_figure(one.figure, one.appraisal))
        session.undo.undoTextChanged.connect(self._show_undo)
        session.undo.redoTextChanged.connect(self._show_undo)
        session.undo.indexChanged.connect(self._show_undo)
        session.undo.indexChanged.connect(lambda _: self.notices.clear(DONE))
        self.rail.chosen.connect(self.show_page)
        self.lock.changed.connect(self._show_lock)
        self._idle.wanted.connect(self.lock.lock)
        self._idle.left.connect(self._show_left)
        self._system.locked.connect(self.lock.lock)
        self._checker.checked.connect(self._show_check)
        self._show_undo()

    # Showing

    def _show_lock(self) -> None:
        """Cover everything, or show again what was there."""
        if self.lock.is_locked:
            self._page_before = self._stack.currentWidget()
            self.notices.clear()
            if self.assistant is not None:
                from ui.lock.put_by import PutBy

                self._put_by = PutBy()
                self._put_by.put(self.assistant, self.session.file)
        self._show_sector()
        if not self.lock.is_locked:
            QTimer.singleShot(0, self, self._offer_import)  # as soon as the file is there
        if not self.lock.is_locked and self.session.sector is not None and self._page_before is not None:
            self._stack.setCurrentWidget(self._page_before)

    def _offer_import(self) -> None:
        """An import that the lock stopped can go on: its answers are there, its files are read again."""
        put_by, assistant = self._put_by, self.assistant
        files = () if put_by is None else put_by.take(self.session.file)
        if not files or assistant is None or put_by is None:
            return

        def go_on() -> None:
            self.show_import()
            put_by.go_on(assistant, files)

        text = self.tr("The lock stopped your import. What you answered is kept; the files are read again.")
        self.session.notice(
            text, Severity.NOTE, NoticeButton(self.tr("Go on with the import"), go_on), key="put by"
        )

    def _show_left(self, seconds: int) -> None:
        self._locks_in.setText(self.tr("locks in {time}").format(time=f"{seconds // 60}:{seconds % 60:02}"))

    def _choose_lock_after(self) -> None:
        from ui.dialogs.lock_after import LockAfterDialog

        ask = LockAfterDialog(system_tells=self._system.hears, parent=self)
        ask.kept.connect(self._idle.restart)
        ask.open()

    def _show_beside(self, sector: Sector, why: str) -> None:
        """A second window on an earlier version, only to be read; it locks and closes with this one."""
        beside = MainWindow(Session())
        beside.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        beside.is_beside = True
        self._besides.append(beside)
        beside.destroyed.connect(lambda: self._besides.remove(beside))
        beside.session.show_only(sector, why)
        beside.notices.show_notice(Notice(why, Severity.WARNING, key="read only"))
        beside.show()

    def _close_besides(self) -> None:
        for beside in tuple(self._besides):
            beside.close()

    def _blank_names(self, sector: Sector | None) -> None:
        """Hidden pages give no name away; once more when the sector is gone, since a page may have been at work."""
        from ui.lock.blank import blank, names_in

        self._blanked = names_in(sector) or self._blanked
        self._header.show_sector("", is_sample=False)
        blank(self, self._blanked)
        if sector is None:
            self._blanked = ()

    def _show_sector(self) -> None:
        sector = self.session.sector
        is_locked = self.lock.is_locked
        is_open = sector is not None and not is_locked
        self._header.setVisible(is_open)
        self.rail.setVisible(is_open)
        self.statusBar().setVisible(is_open)
        self.menuBar().setEnabled(not is_locked)
        for action in self._menus.actions():
            action.setEnabled(not is_locked)
        self._menus.show_open(is_open=is_open)
        listed = self._menus.action("listed")
        listed.setCheckable(True)
        listed.setChecked(sector is not None and sector.is_listed)
        if is_open and not self.is_beside:
            self._idle.start()
        else:
            self._idle.stop()
        if is_locked:
            self._close_besides()
            self.setWindowTitle(self.tr("Locked – Bargain"))
            self._stack.setCurrentWidget(self._lock_page)
            self._blank_names(sector)
            return
        if sector is None:
            self.setWindowTitle("Bargain")
            self.notices.clear()  # what was said was about the sector that is closed
            self._close_besides()
            self._stack.setCurrentWidget(self.start_page)
            self.start_page.refresh()
            held = self.focusWidget()
            if held is not None and not held.isVisibleTo(self):  # of a page that is gone
                self.start_page.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            title = self.tr("{badge} – {name} – Bargain")
            self.setWindowTitle(title.format(badge=role_badge(sector.role), name=sector.name))
            self._header.show_sector(sector.name, is_sample=sector.is_sample, role=sector.role)
            self._menus.action("targets").setEnabled(sector.role is not Role.JOINT)
            if self._stack.currentWidget() in {self.start_page, self._lock_page}:
                self.notices.clear()
                self.show_page(STAFF)
        self._status.refresh()

    def _show_check(self) -> None:
        quality = self._checker.quality
        if quality is None or not quality.employers:
            self.rail.show_state(CHECK, "○", self.tr("not started"))
        elif quality.attention:
            said = self.tr("employers to ask: {number}").format(number=formats.number(quality.attention))
            self.rail.show_state(CHECK, f"◐ {quality.attention}", said)
        else:
            self.rail.show_state(CHECK, "●", self.tr("ready"))

    def _show_saved(self) -> None:
        self._header.show_saved(self.session.saved_text)
        if self.session.is_saved:
            self.notices.clear(saving.NOTICE_KEY)

    def _show_undo(self) -> None:
        stack = self.session.undo
        for action, able, what in (
            (self._undo, stack.canUndo(), stack.undoText()),
            (self._redo, stack.canRedo(), stack.redoText()),
        ):
            word = action.iconText()
            text = f"{word}: {what}" if what else word
            action.setEnabled(able)
            action.setToolTip(text)
            action.setText(plain_menu(text))
            action.setIconText(word)

    def _show_notice(self, notice: Notice) -> None:
        if self.lock.is_locked:
            self.lock.take_notice(notice)
            return
        is_asking = notice.severity is Severity.NOTE  # it has a way on of its own
        if self._is_closing and notice.key == saving.NOTICE_KEY and not is_asking:
            self._is_closing = False
            is_there = notice.severity is Severity.WARNING  # saved, but the disk has not confirmed it
            word = self.tr("Close all the same") if is_there else self.tr("Close without saving")
            leave = NoticeButton(word, self._close_unsaved)
            notice = replace(notice, buttons=(*notice.buttons, leave))
        self.notices.show_notice(notice)

    def _show_keys(self) -> None:
        self._desk.keys((*self._menus.actions(), self._undo, self._redo))

    def _show_assumptions(self) -> None:
        from ui.pages.baseline import BaselinePage

        self.show_page(BASELINE)
        page = self._pages[BASELINE]
        if isinstance(page, BaselinePage):
            page.show_assumptions()

    def _explain(self) -> None:
        """Explain the figure that has the focus; the one explained last where none has."""
        asked = figure_at.asked_at(self.focusWidget()) or figure_at.Asked()
        if asked.words and not asked.figure:
            self.session.notice(asked.words, key="explained")
            return
        self.explain_figure(asked.figure, asked.appraisal)

    def explain_figure(self, figure: str, appraisal: Appraisal | None = None) -> None:
        """Open the panel beside the page, on a figure of the offer on the table or of one that is compared."""
        from ui.widgets.explain_panel import ExplainPanel

        if self.explain_panel is None:
            self.explain_panel = ExplainPanel(self.session, self._stack, self)
            self.explain_panel.workbook_wanted.connect(self._desk.open_workbook)
            self._stack.currentChanged.connect(self.explain_panel.leave)
        self.explain_panel.open_panel(figure, appraisal)

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _print_draft(self) -> None:
        """Go to the agreement and print it, as soon as the draft is composed."""
        from ui.pages.agreement import AgreementPage

        self.show_page(AGREEMENT)
        page = self._pages[AGREEMENT]
        if not isinstance(page, AgreementPage):
            return
        is_coming = self.session.appraisal is not None or self.session.is_stale
        if page.draft is None and is_coming:
            page.drafted.connect(page.print_draft, Qt.ConnectionType.SingleShotConnection)
        else:
            page.print_draft()

    # The window's own events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail folds in a narrow window."""
        super().resizeEvent(event)
        self.rail.follow_width(self.width())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere, but not on a locked window."""
        if not self.lock.is_locked and desk.dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A sector file opens; anything else is imported."""
        event.acceptProposedAction()
        paths = desk.dropped_files(event.mimeData())
        here = self.accounts is not None and self._stack.currentWidget() is self.accounts
        self._desk.take_dropped(paths, as_accounts=here)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save first; the window goes when the file is safe."""
        self._close_besides()
        if self.session.is_saved:
            self.hide()  # at once: the worker may take a moment to stop
            self.session.stop_opening()
            self.session.shut_down()
            event.accept()
            return
        event.ignore()
        self._is_closing = True
        self.session.flush(self.close)

    def _close_unsaved(self) -> None:
        self.session.give_up_saving()
        self.close()
