"""The Data menu: what the sector's figures and its table are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.menus import Entry

if TYPE_CHECKING:
    from ui.desk import Desk


def data_entries(work: Desk, show_assumptions: Callable[[], None]) -> tuple[Entry | None, ...]:
    """Its lines, in their order; None is a rule between them. All of them need a sector."""

    def entry(name: str, text: str, act: Callable[[], object], keys: str = "") -> Entry:
        return Entry(name, text, act, keys, needs_sector=True)

    def tr(text: str) -> str:
        return QCoreApplication.translate("DataMenu", text)

    return (
        entry("import", tr("&Import staff data…"), work.import_files, "Ctrl+I"),
        entry("remembered", tr("Re&membered ways of reading…"), work.remembered),
        entry("headcounts", tr("Enter &headcounts…"), work.enter_headcounts),
        entry("awaited", tr("Employers a&waited…"), work.add_awaited),
        entry("table", tr("&Facts of the table…"), work.table_facts),
        entry("parties", tr("&Parties at the table…"), work.parties),
        entry("accounts", tr("Read employers' &accounts…"), work.read_accounts),
        entry("accounts_by_hand", tr("Accounts by ha&nd…"), work.edit_accounts),
        entry("targets", tr("Read &targets…"), work.read_targets),
        None,
        entry("assumptions", tr("Ass&umptions…"), show_assumptions, "Ctrl+U"),
    )
