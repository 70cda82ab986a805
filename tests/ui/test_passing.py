"""An offer goes to the other side and theirs comes in: what is shown is what leaves, and nothing private goes along."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from bargain.signed_offers import read_pack
from bargain.storage import signing
from tests.bargain.test_signed_offers import THEIRS, pack
from tests.ui.clip import clipped
from tests.ui.test_keeping import click, names, settle, shown
from ui.dialogs.send_offer import SendOfferDialog
from ui.dialogs.take_offer import TakeOfferDialog
from ui.main_window import MainWindow

DAY = date(2027, 3, 14)


def test_that_what_is_shown_is_what_leaves_and_a_line_is_kept_of_it(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window, session = open_window, open_window.session
    session.today = lambda: DAY
    settle(window, qtbot)
    window._desk.passing.send()
    form = shown(SendOfferDialog, window, qtbot)
    assert not clipped(form)
    assert form.shown_as.text() == "Proposal"
    assert form.default_name() == "Offer 2027-03-14.pack"
    click(qtbot, form.main_button)
    assert "Say who makes the offer" in form.wrong.text()
    form.by.setEditText("Employers")
    form.to.setEditText("Unions")
    assert "“Proposal”" in form.leaves.toPlainText()
    assert "Employers' offer" not in form.leaves.toPlainText()
    assert form.cancel_button.isDefault()  # Enter alone sends nothing
    path = documents / "out.pack"
    form.send_to(path)
    assert not form.isVisible()
    found = read_pack(path.read_bytes(), source="out.pack")
    assert (found.offer.name, found.by, found.to, found.made_on) == ("Proposal", "Employers", "Unions", DAY)
    assert found.offer.settlements == session.sector.offers[1].settlements
    assert path.stat().st_mode & 0o777 == 0o600
    (sent,) = session.sector.sent
    assert (sent.offer, sent.shown_as, sent.to, sent.sha256) == (
        "Employers' offer",
        "Proposal",
        "Unions",
        found.sha256,
    )
    assert "small.bargain" not in path.read_text()
    assert "Envelope" not in path.read_text()
    assert session.undo.undoText() == "Send “Proposal” to Unions"
    settle(window, qtbot)


def test_that_a_draft_is_not_offered_for_sending(open_window: MainWindow, qtbot) -> None:
    window, session = open_window, open_window.session
    settle(window, qtbot)
    session.remove_offer("Employers' offer", "Remove")
    settle(window, qtbot)
    window._desk.passing.send()
    assert "Nothing is tabled yet" in window.notices.notice.text
    assert not window.findChildren(SendOfferDialog)


def test_that_their_offer_is_shown_first_and_then_taken_in_as_one_undoable_step(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window, session = open_window, open_window.session
    session.today = lambda: DAY
    settle(window, qtbot)
    targets, before = session.sector.target_sets, names(session)
    path = documents / "theirs.pack"
    path.write_bytes(pack(THEIRS))
    window._desk.take_dropped([path])
    form = shown(TakeOfferDialog, window, qtbot)
    assert not clipped(form)
    assert names(session) == before
    assert form.trust.text().startswith("Nothing came from Employers before.")
    click(qtbot, form.main_button)
    settle(window, qtbot)
    assert names(session) == [*before, "Proposal"]
    assert (session.offer.name, session.offer.by, session.offer.tabled) == ("Proposal", "Employers", False)
    assert session.sector.target_sets == targets
    assert session.sector.signers[0].key == signing.public_key(THEIRS)
    session.undo.undo()
    assert names(session) == before
    assert session.sector.signers == ()
    session.undo.redo()
    path.write_bytes(pack(bytes(32)))
    window._desk.passing.take_file(path)
    other = shown(TakeOfferDialog, window, qtbot)
    assert other.trust.text().startswith("⚠ Employers signed with another key before.")
    other.reject()
    settle(window, qtbot)


def test_that_an_altered_file_says_so_and_changes_nothing(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window, session = open_window, open_window.session
    settle(window, qtbot)
    whole = json.loads(pack(THEIRS))
    whole["signed"]["offer"] = whole["signed"]["offer"].replace("13.45", "13.46")
    path = documents / "altered.pack"
    path.write_text(json.dumps(whole))
    before = session.sector
    window._desk.passing.take_file(path)
    qtbot.waitUntil(lambda: window.notices.notice is not None, timeout=30_000)
    assert window.notices.notice.text.startswith("This pack was changed after it was signed")
    assert session.sector is before
