"""What a row of accounts says of the employer itself: its owner, region, hours, allowance, levy and federation."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from bargain.intake.categories import ownership_of
from bargain.intake.tables import Cell, clean_text
from bargain.intake.values import says_nothing
from bargain.intake.words import phrases, plain_words
from models.employer import Ownership

_ANSWERS = (
    ("employment_allowance", "claims_employment_allowance"), ("levy", "pays_levy"), ("federation_member", "federation_member"),
)  # fmt: skip


def facts_of(
    cells: dict[str, Cell], hours: Decimal | None, note: Callable[[str, Cell, str], None]
) -> dict[str, Any]:
    """Fields of an Employer that a row states. cells: by field; hours: a full-time week; note: told what can't be read."""
    said: dict[str, Any] = {}
    owner = cells.get("ownership")
    if not says_nothing(owner):
        text = clean_text(owner)
        kind = ownership_of(text)
        if kind is None:
            note("ownership", text, "is a kind of owner that is not known")
        elif kind is not Ownership.UNKNOWN:
            said["ownership"] = kind
    if not says_nothing(cells.get("region")):
        said["region"] = clean_text(cells["region"])
    if hours and 1 <= hours <= 100:
        said["weekly_hours"] = float(hours)
    elif hours:
        note("weekly_hours", cells["weekly_hours"], "is no number of hours a week")
    for name, field in _ANSWERS:
        if clean_text(cells.get(name)):
            answer = _yes_or_no(cells[name])
            if answer is None:
                note(name, cells[name], "is neither yes nor no")
            else:
                said[field] = answer
    return said


def _yes_or_no(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    words = plain_words(clean_text(cell))
    if words in phrases("accounts", "answers", "yes"):
        return True
    return False if words in phrases("accounts", "answers", "no") else None
