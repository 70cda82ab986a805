"""An appraisal with every measure, also those that a moving lever does not wait for."""

from __future__ import annotations

from dataclasses import replace

from bargain.appraisal import view_of
from bargain.measures.snapshot import rarer_measures_of
from bargain.owners import by_owner
from models.appraisal import Appraisal
from models.measures import GroupFigures, Snapshot
from models.sector import Sector


def with_all_measures(sector: Sector, appraisal: Appraisal, *, weight: str = "heads") -> Appraisal:
    """The appraisal with the measures that it leaves out beside its own, also by kind of owner."""
    view = view_of(sector, appraisal, weight=weight)
    owners = {one.name: one for one in by_owner(sector, appraisal, weight=weight)}

    def whole(one: Snapshot, *, after: bool) -> Snapshot:
        def with_all(group: GroupFigures) -> GroupFigures:
            own = owners.get(group.name)
            if own is None:
                return group
            return replace(group, measures={**(own.after if after else own.before), **group.measures})

        return replace(
            one,
            measures={**one.measures, **rarer_measures_of(view, after=after)},
            by_ownership=tuple(map(with_all, one.by_ownership)),
        )

    return replace(
        appraisal,
        before=whole(appraisal.before, after=False),
        after=whole(appraisal.after, after=True),
    )
