"""An appraisal with every measure, also those that a moving lever does not wait for."""

from __future__ import annotations

from dataclasses import replace

from bargain.appraisal import view_of
from bargain.measures.snapshot import rarer_measures_of
from models.appraisal import Appraisal
from models.sector import Sector


def with_all_measures(sector: Sector, appraisal: Appraisal, *, weight: str = "heads") -> Appraisal:
    """The appraisal with the measures that it leaves out beside its own."""
    view = view_of(sector, appraisal, weight=weight)
    before, after = (
        replace(one, measures={**one.measures, **rarer_measures_of(view, after=is_after)})
        for one, is_after in ((appraisal.before, False), (appraisal.after, True))
    )
    return replace(appraisal, before=before, after=after)
