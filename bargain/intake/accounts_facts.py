"""What a row of accounts says of the employer itself: owner, region, hours, pension, allowance, levy, federation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from bargain.intake.categories import ownership_of
from bargain.intake.posts import pension_ppm
from bargain.intake.schemes import is_on_band
from bargain.intake.tables import Cell, clean_text
from bargain.intake.values import Unreadable, read_share, says_nothing
from bargain.intake.words import phrases, plain_words
from models.employer import Ownership
from models.units import PPM
from models.workforce import NONE_CODE

_MOST_PENSION = 45 * PPM // 100

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
    said |= _pension(cells, note)
    if not says_nothing(cells.get("connected_group")):
        said["connected_group"] = clean_text(cells["connected_group"])
    for name, field in _ANSWERS:
        if clean_text(cells.get(name)):
            answer = _yes_or_no(cells[name])
            if answer is None:
                note(name, cells[name], "is neither yes nor no")
            else:
                said[field] = answer
    return said


def _pension(cells: dict[str, Cell], note: Callable[[str, Cell, str], None]) -> dict[str, Any]:
    """What the contribution is due on, and its rate."""
    said: dict[str, Any] = {}
    scheme, rate = cells.get("pension_scheme"), cells.get("pension_rate")
    if not says_nothing(scheme):
        on_band = is_on_band(clean_text(scheme))
        if on_band is not None:
            said["pension_on_band"] = on_band
        else:
            note(
                "pension_scheme",
                scheme,
                "does not say what it is due on: write “qualifying earnings” or “all basic pay”",
            )
    if not says_nothing(rate):
        found = _share_in(rate)
        ppm = NONE_CODE if found is None else pension_ppm(found)
        if ppm == NONE_CODE or ppm > _MOST_PENSION:
            note("pension_rate", rate, "is no pension rate in percent")
        else:
            said["pension_ppm"] = ppm
    return said


def _share_in(cell: Cell) -> Decimal | None:
    """The share or percentage in a cell; None for anything else."""
    if isinstance(cell, bool | date):
        return None
    try:
        return read_share(cell)
    except Unreadable:
        return None


def _yes_or_no(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    words = plain_words(clean_text(cell))
    if words in phrases("accounts", "answers", "yes"):
        return True
    return False if words in phrases("accounts", "answers", "no") else None
