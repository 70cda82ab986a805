"""Every kind of change is one step back and one step forth, down to the last value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from bargain.retention import with_agreement, with_keep_until
from bargain.signed_offers import read_pack
from models.sector import Sector
from tests.bargain.test_signed_offers import pack
from tests.ui import sectors
from tests.ui.conftest import PASSPHRASE
from ui.accounts_import.assistant import CHECK
from ui.dialogs.elements import ElementsDialog
from ui.levers import LeverKey
from ui.main_window import PROPOSALS, STAFF, MainWindow
from ui.pages.proposals import ProposalsPage
from ui.pages.staff import StaffPage
from ui.side_files import SideFiles

PAYROLL = "Employer,Job title,Hourly rate,Weekly hours\nSouth Homes,Support worker,12.80,37\n"
ACCOUNTS = "employer,year_end,revenue,labour\nNorthshire Homes,2026-03-31,900000,500000\n"
TARGETS = 'name = "Theirs"\n[[target]]\nname = "Envelope"\nmeasure = "cost_full_year"\nat_most = 5\n'
OFFER = 'format = 1\nname = "From a file"\n[[settlement]]\neffective = 2027-04-01\n[[settlement.pay]]\npercent = 2\n'


def value_of(sector: Sector) -> dict[str, Any]:
    """Everything in a sector as values that compare; the workforce by its fingerprint."""
    made = {one.name: getattr(sector, one.name) for one in fields(sector)}
    return {**made, "workforce": sector.workforce.fingerprint()}


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=60_000
    )


def test_that_all_kinds_of_change_can_be_undone_to_the_start_and_redone_to_the_end(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window = open_window
    session, desk = window.session, window._desk
    window.show_page(PROPOSALS)
    page = window._pages[PROPOSALS]
    staff = window._pages[STAFF]
    assert isinstance(page, ProposalsPage)
    assert isinstance(staff, StaffPage)
    settle(window, qtbot)
    values = [value_of(session.sector)]

    def step(act: Callable[[], object], kind: str) -> None:
        before = session.undo.count()
        act()
        settle(window, qtbot)
        assert session.undo.count() == before + 1, f"{kind} is not one step"
        assert value_of(session.sector) != values[-1], f"{kind} changed nothing"
        values.append(value_of(session.sector))

    for key in LeverKey:  # each lever of the offer
        row = page.rows[key]
        if row.isVisibleTo(page) and row.slider.isEnabled():
            row.slider.setFocus()
            up = Qt.Key.Key_Right
            step(lambda row=row, up=up: qtbot.keyClick(row.slider, up), f"lever {key}")
    assert len(values) > 12

    def with_elements(act: Callable[[ElementsDialog], object]) -> Callable[[], None]:
        def run() -> None:
            page.bar._open_elements()
            shown = next(one for one in page.bar.findChildren(ElementsDialog) if one.isVisible())
            act(shown)
            shown.reject()

        return run

    def add_rule(shown: ElementsDialog) -> None:
        shown.form.field("percent_ppm").setText("1.5")
        shown.form.field("grades").tick("Team leader")
        click(qtbot, shown.add)

    step(with_elements(add_rule), "an element added")
    step(with_elements(lambda shown: click(qtbot, shown.remove)), "an element taken out")
    step(desk.new_draft, "a new draft")
    step(page.bar.start_from_rise, "a plain rise")
    step(desk.duplicate_draft, "a copy")
    step(lambda: page.bar.take_file(written(documents / "offer.toml", OFFER)), "an offer file")
    renamed = replace(session.offer, name="Named anew")
    step(lambda: session.change_offer(renamed, "Rename offer"), "a rename")
    step(
        lambda: session.change_offer(replace(session.offer, by="unions"), "Whose offer it is"), "whose it is"
    )

    def table() -> None:
        page.bar.table_it()
        box = next(one for one in page.bar.findChildren(QMessageBox) if one.isVisible())
        click(qtbot, next(one for one in box.buttons() if one.text() == "Table it"))

    step(table, "tabling")
    step(lambda: window._desk.rounds.close("Round 1", "in Leeds"), "a round closed")
    taken = read_pack(pack(), source="theirs.pack")
    step(lambda: window._desk.passing.take_in(taken), "an offer taken in")
    tabled = next(one for one in session.sector.offers if one.tabled)
    told = {"shown_as": "Proposal", "by": "Unions", "to": "Employers", "table": "Homes"}
    step(lambda: window._desk.passing.write(tabled, documents / "out.pack", **told), "an offer sent")
    dated = with_agreement(with_keep_until(session.sector, [0], date(2026, 12, 1)), date(2026, 9, 1))
    step(lambda: session.change_sector(dated, "How long staff data is kept"), "how long staff data is kept")
    step(session.list_or_not, "not listed")
    session.choose_offer(session.sector.offers[0].name)
    step(desk.remove_draft, "a removal")
    side = SideFiles(session, window)

    def read_accounts() -> None:
        window.show_accounts([written(documents / "accounts.csv", ACCOUNTS)])
        shown = window.accounts
        qtbot.waitUntil(lambda: shown.reader.is_ready, timeout=60_000)
        shown.go(CHECK)
        click(qtbot, shown.add_button)

    step(read_accounts, "accounts")
    step(lambda: side.read_targets(written(documents / "targets.toml", TARGETS)), "targets")

    def import_payroll() -> None:
        desk.import_paths([written(documents / "south.csv", PAYROLL)])
        shown = window.assistant
        qtbot.waitUntil(shown.skip_button.isEnabled, timeout=60_000)
        click(qtbot, shown.skip_button)
        qtbot.waitUntil(shown.add_button.isEnabled, timeout=60_000)
        click(qtbot, shown.add_button)

    step(import_payroll, "an import")

    def place() -> None:
        window.show_page(STAFF)
        staff.tabs.setCurrentWidget(staff.titles)
        staff.titles.table.selectRow(0)
        staff.titles.grade.setCurrentText("Team leader")
        click(qtbot, staff.titles.place_button)

    step(place, "a job title placed")

    stack = session.undo
    assert stack.count() == len(values) - 1
    for at in reversed(range(stack.count())):
        stack.undo()
        assert value_of(session.sector) == values[at], f"undoing step {at + 1}: {stack.redoText()}"
    assert not stack.canUndo()
    assert value_of(session.sector) == value_of(sectors.small())
    for at in range(stack.count()):
        stack.redo()
        assert value_of(session.sector) == values[at + 1], f"redoing step {at + 1}: {stack.undoText()}"
    settle(window, qtbot)
    from bargain.storage.container import read_sector

    assert value_of(read_sector(documents / "small.bargain", PASSPHRASE)) == values[-1]


def click(qtbot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path
