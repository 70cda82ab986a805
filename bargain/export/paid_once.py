"""What a step pays once: the rises of its rules that are not carried forward, each on the rate that it meets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bargain.export.book import Column
from bargain.export.collapse import Cells, reached_by
from bargain.export.rates import Basics, Before, Rule, cut, rise_of
from models.offer import Settlement
from models.units import FloatColumn
from models.working import Working

Met = Mapping[int, tuple[str, FloatColumn]]  # the column of rates that a rule stands on, by the rule's place


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """How a step begins: its rates, and the column of what is paid for in a year with its numbers."""

    before: Before
    units: str
    paid: FloatColumn


def met_by(
    settlement: Settlement, places: Sequence[int], between: Sequence[Column], *, last: tuple[str, FloatColumn]
) -> dict[int, tuple[str, FloatColumn]]:
    """For each rule that is paid once: the column of rates after the rules before it. places: of the other rules."""
    found = {}
    for place, one in enumerate(settlement.pay, 1):
        done = sum(other < place for other in places)
        if one.non_consolidated and done:
            column = between[done - 1] if done < len(places) else None
            found[place] = (
                last if column is None else (column.key, np.asarray(column.values, dtype=np.float64))
            )
    return found


def once_of(
    settlement: Settlement,
    *,
    number: int,
    start: Start,
    met: Met,
    basics: Basics,
    cells: Cells,
    working: Working,
) -> Rule:
    """£ a head: the rises together, cut off below £0.000001, × what a head is paid for; nought for whom not all reach."""
    size = len(cells.heads)
    texts: dict[bool, list[str]] = {False: [], True: []}
    rises = {False: np.zeros(size), True: np.zeros(size)}
    reached = np.ones(size, dtype=bool)
    for place, one in enumerate(settlement.pay, 1):
        if not one.non_consolidated:
            continue
        key, rates = met.get(place, (start.before.key, start.before.rates))
        reached &= cells.of(reached_by(one, working))
        for year in (False, True):
            text, rise = rise_of(
                one,
                key=f"s{number}_r{place}",
                start=key,
                rates=rates,
                basics=basics,
                before=start.before,
                is_year=year,
            )
            texts[year].append(text)
            rises[year] = rises[year] + rise
    templates, results = ["0"], np.zeros(size)
    for year in (False, True):
        text, values = cut("+".join(texts[year]), rises[year], is_year=year)
        templates.append(f"{text}*{{{start.units}}}")
        results = np.where(reached & (basics.is_year == year), values * start.paid, results)
    return Rule(tuple(templates), np.where(reached, 1 + basics.is_year.astype(np.intp), 0), results)
