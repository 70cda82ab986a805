"""No letter twice: every dialog and every page, walked for letters that go with Alt and stand in two places."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QTabWidget, QToolButton

import ui
from bargain.offers.scale_edit import pasted
from bargain.offers.scale_file import read_scale
from bargain.signed_offers import SignedOffer
from bargain.storage.backups import Backup
from bargain.storage.versions import Version
from models.offer import Differential, Offer, PayRule, Settlement
from tests.ui import sectors
from tests.ui.conftest import PASSPHRASE
from tests.ui.test_baseline import SPINE
from tests.ui.walk import doubled_letters
from ui.dialogs.elements import ElementsDialog
from ui.main_window import MainWindow

Make = Callable[[MainWindow, Path], QDialog]
NOW = datetime(2026, 4, 1, 9, 0)
STEP = Settlement(
    date(2027, 4, 1),
    pay=(PayRule(percent_ppm=30_000),),
    floor_micros=13_500_000,
    differentials=(Differential("Senior support worker", "Support worker", at_least_percent_ppm=80_000),),
)


def nothing(*_: object, **__: object) -> str:
    return ""


def makers() -> dict[str, Make]:
    """Each of our dialogs by its class, as the window makes it."""
    from ui.dialogs import (
        accounts_by_hand,
        awaited,
        change_passphrase,
        close_round,
        damaged,
        earlier_versions,
        elements,
        erase_staff,
        find_value,
        form,
        frozen,
        headcounts,
        help,  # noqa: A004  # a module of ours
        history,
        how_long,
        lock_after,
        new_sector,
        parties,
        passphrase,
        paste_scale,
        recovery_key,
        remembered,
        report,
        scale_settings,
        send_offer,
        table_facts,
        take_offer,
        target,
        what_moves_it,
        why_different,
    )

    scale = read_scale(SPINE, source="Spine")[0]
    copy = Backup(Path("copy.bargain"), 1, NOW, "daily", 2_000_000)
    signed = SignedOffer(
        sectors.offer("Theirs", 20_000), "T", "Employers", "Unions", date(2026, 4, 1), "0" * 64, "1" * 64
    )
    of_session = {
        one.__name__: one
        for one in (
            awaited.AwaitedDialog,
            change_passphrase.ChangePassphraseDialog,
            elements.ElementsDialog,
            erase_staff.EraseStaffDialog,
            find_value.FindValueDialog,
            headcounts.HeadcountsDialog,
            parties.PartiesDialog,
            what_moves_it.WhatMovesItDialog,
        )
    }
    return {
        **{name: (lambda w, _, made=made: made(w.session, w)) for name, made in of_session.items()},
        "AccountsByHandDialog": lambda w, _: accounts_by_hand.AccountsByHandDialog(w.session, "", w),
        "CloseRoundDialog": lambda w, _: close_round.CloseRoundDialog(w.session, nothing, w),
        "DamagedDialog": lambda w, at: damaged.DamagedDialog(at / "x.bargain", (copy,), copy, nothing, w),
        "EarlierVersionsDialog": lambda w, _: earlier_versions.EarlierVersionsDialog(
            (Version(NOW, "Rise", "offer"),), look=nothing, restore=nothing, parent=w
        ),
        "CertificateDialog": lambda w, at: erase_staff.CertificateDialog(("Removed",), at, w),
        "FormDialog": lambda w, _: form.FormDialog("Title", "Do it", w),
        "FrozenDialog": lambda w, _: frozen.FrozenDialog(
            w.session, look=nothing, close_round=nothing, parent=w
        ),
        "KeysDialog": lambda w, _: help.KeysDialog(w._menus.actions(), w),
        "AboutDialog": lambda w, _: help.AboutDialog(w),
        "HistoryDialog": lambda w, _: history.HistoryDialog(w.session.undo, w),
        "HowLongDialog": lambda w, _: how_long.HowLongDialog(w.session, nothing, nothing, w),
        "LockAfterDialog": lambda w, _: lock_after.LockAfterDialog(system_tells=True, parent=w),
        "NewSectorDialog": lambda w, at: new_sector.NewSectorDialog(w.session, at, w),
        "PassphraseDialog": lambda w, at: passphrase.PassphraseDialog(
            w.session, at / "small.bargain", nothing, w
        ),
        "PasteDialog": lambda w, _: paste_scale.PasteDialog(
            scale, pasted("\n".join(str(24_000 + at) for at in range(14))), 0, nothing, w
        ),
        "RecoveryKeyDialog": lambda w, at: recovery_key.RecoveryKeyDialog("x.bargain", at, nothing, w),
        "RememberedDialog": lambda w, at: remembered.RememberedDialog(w.session, at, w),
        "ReportDialog": lambda w, _: report.ReportDialog(w),
        "ScaleSettingsDialog": lambda w, _: scale_settings.ScaleSettingsDialog(w.session, scale, w),
        "SendOfferDialog": lambda w, at: send_offer.SendOfferDialog(w.session, at, nothing, w),
        "TableFactsDialog": lambda w, _: table_facts.TableFactsDialog(w.session, w.session.sector, w),
        "TakeOfferDialog": lambda w, _: take_offer.TakeOfferDialog(w.session, signed, nothing, w),
        "TargetDialog": lambda w, _: target.TargetDialog(w.session, None, w),
        "WhyDifferentDialog": lambda w, at: why_different.WhyDifferentDialog(w.session, at, w),
    }


def kinds_of(above: type[QDialog]) -> Iterator[type[QDialog]]:
    for one in above.__subclasses__():
        if one.__module__.startswith("ui."):
            yield one
        yield from kinds_of(one)


def states_of(dialog: QDialog) -> Iterator[str]:
    """The dialog as it opens, then with every line of each of its choices; what folds is unfolded."""
    unfold(dialog)
    yield "as it opens"
    for box in dialog.findChildren(QComboBox):
        if not box.isVisibleTo(dialog) or not box.isEnabled():
            continue
        before = box.currentIndex()
        for at in range(min(box.count(), 40)):
            box.setCurrentIndex(at)
            unfold(dialog)
            yield f"{box.accessibleName()}: {box.currentText()}"
        box.setCurrentIndex(before)


def unfold(dialog: QDialog) -> None:
    for one in dialog.findChildren(QToolButton):
        if one.isCheckable() and one.isVisibleTo(dialog):
            one.setChecked(True)


def test_that_every_dialog_is_in_the_walk() -> None:
    for one in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(one.name)
    assert {one.__name__ for one in kinds_of(QDialog)} == makers().keys()


@pytest.fixture
def filled(window: MainWindow, qtbot, documents: Path) -> MainWindow:
    """A small sector with a scale and a draft of every common element."""
    small = sectors.small()
    draft = Offer("Draft", settlements=(STEP, replace(STEP, effective=date(2028, 4, 1))))
    sector = replace(small, scale=read_scale(SPINE, source="Spine")[0], offers=(*small.offers, draft))
    window.session.create(sector, documents / "small.bargain", PASSPHRASE)
    settle(window, qtbot)
    window.session.choose_offer("Draft")
    settle(window, qtbot)
    return window


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=30_000
    )


def test_that_no_letter_stands_twice_in_any_dialog(filled: MainWindow, qtbot, tmp_path: Path) -> None:
    found = {}
    for name, make in makers().items():
        dialog = make(filled, tmp_path)
        dialog.show()
        for state in states_of(dialog):
            if doubled_letters(dialog):
                found[name, state] = doubled_letters(dialog)
        dialog.close()
        settle(filled, qtbot)
    assert found == {}


def test_that_no_letter_stands_twice_while_an_element_is_changed(filled: MainWindow, qtbot) -> None:
    dialog = ElementsDialog(filled.session, filled)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.elements.model().rowCount() == 3
    for at in range(3):
        dialog.elements.setCurrentIndex(dialog.elements.model().index(at, 0))
        dialog.change_element()
        unfold(dialog)
        assert dialog.give_up.isVisible()
        assert doubled_letters(dialog) == []


def test_that_no_letter_stands_twice_on_any_page_or_tab_with_the_menus(filled: MainWindow, qtbot) -> None:
    found = {}
    for at in range(len(filled._page_names())):
        filled.show_page(at)
        settle(filled, qtbot)
        tabs = filled._stack.currentWidget().findChildren(QTabWidget)
        for place in range(max([1, *(one.count() for one in tabs)])):
            for one in tabs:
                one.setCurrentIndex(min(place, one.count() - 1))
            settle(filled, qtbot)
            if doubled_letters(filled):
                found[at, place] = doubled_letters(filled)
    for go in (filled.show_import, filled.show_accounts):
        go()
        if doubled_letters(filled):
            found[go.__name__, 0] = doubled_letters(filled)
    filled.session.close()
    if doubled_letters(filled):
        found["start", 0] = doubled_letters(filled)
    assert found == {}
