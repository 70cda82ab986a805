"""Margins by kind of owner, in sums from which no single employer's margin can be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bargain.agreement.figures import capital, may_show_employers, percent, pounds
from bargain.offers.phrases import Phrases
from models.agreement import DraftTable
from models.measures import EmployerMargins


@dataclass(frozen=True, slots=True)
class Known:
    """One employer with accounts: pounds before and after the offer and its fee."""

    ownership: str
    revenue_before: float
    revenue_after: float
    result_before: float
    result_after: float


def known_accounts(margins: Sequence[EmployerMargins]) -> tuple[Known, ...]:
    """The employers whose revenue and result are known before and after."""
    known = []
    for one in margins:
        values = (one.revenue_before, one.revenue_after, one.result_before, one.result_after)
        figures = [value for value in values if value is not None]
        if len(figures) == len(values) and one.revenue_before and one.revenue_after:
            known.append(Known(one.ownership, *figures))
    return tuple(known)


def margin_groups(known: Sequence[Known], p: Phrases) -> tuple[tuple[str, tuple[Known, ...]], ...]:
    """The groups that may be printed.

    Kinds of owner that are safe alone; the rest together where that is safe. All employers together are
    printed only where no kind is: beside other rows a total would give away what is left out.
    """
    kinds: dict[str, list[Known]] = {}
    for one in known:
        kinds.setdefault(one.ownership, []).append(one)
    safe = {kind: tuple(group) for kind, group in kinds.items() if _is_safe(group)}
    rest = tuple(one for kind, group in kinds.items() if kind not in safe for one in group)
    groups = sorted(safe.items())
    if not groups:
        return ((p.say("part_b.owners_all"), tuple(known)),) if _is_safe(known) else ()
    if _is_safe(rest):
        groups.append((p.say("part_b.owners_rest"), rest))
    return tuple(groups)


def _is_safe(group: Sequence[Known]) -> bool:
    return may_show_employers([one.revenue_before for one in group]) and may_show_employers(
        [one.revenue_after for one in group]
    )


def margin_table(margins: Sequence[EmployerMargins], p: Phrases) -> DraftTable | None:
    """Operating margin before and after by kind of owner; None where nothing may be shown."""
    rows = []
    for name, group in margin_groups(known_accounts(margins), p):
        before = sum(one.result_before for one in group)
        after = sum(one.result_after for one in group)
        rows.append(
            (
                capital(name),
                str(len(group)),
                percent(before / sum(one.revenue_before for one in group), p, places=1),
                percent(after / sum(one.revenue_after for one in group), p, places=1),
                pounds(after - before),
            )
        )
    if not rows:
        return None
    keys = ("owners", "employers", "margin_old", "margin_new", "result_change")
    headings = tuple(p.say(f"part_b.{key}") for key in keys)
    return DraftTable(p.say("part_b.profit_caption"), headings, tuple(rows), (1, 2, 3, 4))
