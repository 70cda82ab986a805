"""One employer's accounts in the window: years typed in, changed and removed as one step, with what follows beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bargain.accounts_by_hand import FIELDS
from bargain.offers.offer_file import read_offer
from tests.helpers.f1 import O2, f1_sector
from tests.ui.clip import clipped
from tests.ui.importing import click
from tests.ui.walk import bare_labels, unnamed
from ui.dialogs.accounts_by_hand import AccountsByHandDialog
from ui.main_window import MainWindow


@pytest.fixture
def shown(qtbot, window: MainWindow, documents: Path) -> AccountsByHandDialog:
    sector = replace(f1_sector(), offers=(read_offer(O2, source="F1"),))
    window.session.create(sector, documents / "f1.bargain", "five odd words in a row")
    qtbot.waitUntil(lambda: not window.session.is_stale and not window.session.tasks.is_busy, timeout=20_000)
    window._desk.edit_accounts_of("A")
    dialog = window.findChild(AccountsByHandDialog)
    qtbot.waitExposed(dialog)
    return dialog


def type_in(shown: AccountsByHandDialog, field: str, text: str, column: int = 0) -> None:
    shown.model.setData(shown.model.index(FIELDS.index(field), column), text)


def follows(shown: AccountsByHandDialog) -> dict[str, str]:
    model = shown.ladder
    return {model.data(model.index(at, 0)): model.data(model.index(at, 1)) for at in range(model.rowCount())}


def test_that_the_margins_that_follow_stand_beside_the_figures(shown: AccountsByHandDialog) -> None:
    found = follows(shown)

    assert shown.employer.currentText() == "A"
    assert (found["Operating margin"], found["Leakage"], found["Pay ÷ accounts"]) == (
        "19.8%",
        "26.9%",
        "100.0%",
    )
    assert found["Adjusted margin"] == "not known"
    type_in(shown, "rent", "")
    assert follows(shown)["Operating margin"] == "not known"
    type_in(shown, "rent", "280,000")
    type_in(shown, "connected_rent", "56,000")
    assert follows(shown)["Adjusted margin"] == "20.8%"


def test_that_years_of_two_employers_are_kept_as_one_step_that_undo_takes_back(
    shown: AccountsByHandDialog, window: MainWindow, qtbot
) -> None:
    before, steps = window.session.sector.accounts, window.session.undo.count()
    click(qtbot, shown.add_button)
    type_in(shown, "year_end", "31/03/2025")
    type_in(shown, "revenue", "5,000,000")
    shown.employer.setCurrentText("C")
    type_in(shown, "revenue", "1,900,000")
    shown.employer.setCurrentText("A")
    assert shown.model.years()[0][1] == "5,000,000"
    click(qtbot, shown.main_button)
    after = window.session.sector.accounts

    assert [(one.employer, one.year_end and one.year_end.year) for one in after] == [
        ("A", 2026), ("A", 2025), ("B", 2026), ("C", None),
    ]  # fmt: skip
    assert after[1].source.startswith("typed in, ")
    assert window.session.undo.count() == steps + 1
    window.session.undo.undo()
    assert window.session.sector.accounts == before


def test_that_a_cell_that_cannot_be_read_is_said_and_nothing_is_kept(
    shown: AccountsByHandDialog, window: MainWindow, qtbot
) -> None:
    before = window.session.sector
    type_in(shown, "labour", "a lot")
    assert "“a lot” is not a number" in shown.wrong.text()
    click(qtbot, shown.main_button)

    assert shown.isVisible()
    assert window.session.sector is before


def test_that_a_year_is_removed_and_a_block_is_pasted(
    shown: AccountsByHandDialog, window: MainWindow, qtbot
) -> None:
    click(qtbot, shown.remove_button)
    QApplication.clipboard().setText("31/03/2026\t31/03/2025\n5,700,000\t5,100,000\n")
    shown.model.paste(QApplication.clipboard().text(), 0, 0)
    click(qtbot, shown.main_button)

    own = [one for one in window.session.sector.accounts if one.employer == "A"]
    assert [(one.revenue_micros, one.labour_micros) for one in own] == [
        (5_700_000 * 10**6, None),
        (5_100_000 * 10**6, None),
    ]


def test_that_everything_fits_and_has_a_name(shown: AccountsByHandDialog) -> None:
    assert not list(clipped(shown))
    assert not unnamed(shown)
    assert not bare_labels(shown)
