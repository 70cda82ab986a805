"""Every measure by kind of owner: the same figures as the sector's, taken of each kind's employers alone.

Employers whose owner is not recorded are a kind of their own. Figures are grossed up where the sector's are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from bargain.appraisal import view_of
from bargain.basis import counted_among
from bargain.grossing_range import growth_in, ranges_in
from bargain.grossing_trials import draws_of
from bargain.measures.catalogue import MEASURES
from bargain.measures.view import View
from bargain.small_groups import is_small
from models.appraisal import Appraisal
from models.grossing import Counted, Range
from models.sector import Sector
from models.target import Target

_OF_ALL = frozenset({"cost_of_one_percent"})  # found by pricing the whole sector again


@dataclass(frozen=True, slots=True)
class OwnerFigures:
    """One kind of owner: how many employers and staff returned, and every measure before and after the offer.

    ``with_accounts`` counts employers whose revenue is known. ``counted`` says of a measure how many stand
    behind it, where that is not all staff; all are returned ones, not grossed up. ``ranges``: of figures after the
    offer, where they are grossed up and somebody asked.
    """

    name: str
    employers: int
    staff: float
    with_accounts: int
    before: Mapping[str, float | None]
    after: Mapping[str, float | None]
    counted: Mapping[str, Counted]
    ranges: Mapping[str, Range] = field(default_factory=dict)

    @property
    def is_small(self) -> bool:
        """Whether a figure of the group could be one person's."""
        return is_small(self.staff)

    def behind(self, measure: str) -> Counted:
        """How many stand behind a measure here."""
        found = self.counted.get(measure.removesuffix("_change"))
        return found if found is not None else Counted(self.staff, self.staff)


def by_owner(
    sector: Sector,
    appraisal: Appraisal,
    *,
    families: bool = False,
    asked: Target | None = None,
    weight: str = "heads",
    with_ranges: bool = False,
) -> Iterator[OwnerFigures]:
    """Every kind of owner that has staff in the data, by name; or with ``families`` the three families.

    asked: what measures that need words are taken with (grade and over, hourly in pounds, norm, margin).
    """
    whole = view_of(sector, appraisal, weight=weight)
    target = asked if asked is not None else Target("", "")
    draws = draws_of(sector) if with_ranges else None
    growth = None if draws is None else growth_in(whole, draws)
    names = sector.workforce.employers
    kinds = [sector.employer(name).ownership for name in names]
    called = [kind.family if families else kind.value for kind in kinds]
    for owner in sorted(set(called)):
        chosen = frozenset(name for name, its in zip(names, called, strict=True) if its == owner)
        table = np.array([name in chosen for name in names] + [False], dtype=bool)
        places = np.flatnonzero(table[whole.employer_code])
        if len(places):
            view = whole.of(places, chosen)
            found = _figures(owner, sector, view, target, places)
            if draws is not None:
                found = replace(found, ranges=ranges_in(view, draws, asked=target, growth=growth))
            yield found


def _figures(
    owner: str,
    sector: Sector,
    view: View,
    target: Target,
    places: np.ndarray[tuple[int, ...], np.dtype[np.intp]],
) -> OwnerFigures:
    held = sector.workforce  # as returned: grossing changes the weight of posts, not their order
    heads = held.heads[places]
    return OwnerFigures(
        name=owner,
        employers=len(np.unique(view.employer_code)),
        staff=float(heads.sum()),
        with_accounts=len(view.with_revenue),
        before=_taken(view, target, after=False),
        after=_taken(view, target, after=True),
        counted=counted_among(view),
    )


def _taken(view: View, target: Target, *, after: bool) -> dict[str, float | None]:
    """Every measure, live or not; those of the offer itself only after it."""
    return {
        one.id: None if one.id in _OF_ALL else one.take(view, target, after)
        for one in MEASURES.values()
        if one.timed or after
    }
