"""Agency and zero-hours work turned into direct, guaranteed work: cost, saving and hours nobody is found for, apart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Converted:
    """One kind of work, or one employer's, in hours and pounds a year. None is not known.

    ``hours`` are worked today, ``no_longer_paid`` is what those that are filled would cost under the offer as they are, an
    agency's at its charge; ``direct_cost`` what they cost as direct work, ``idle_cost`` guaranteed hours that find no work, ``saved`` the first less the other two (below nought it
    costs more). ``unfilled_hours`` stay as they are and are in none of the sums. ``like_sector``: of the hours, those priced
    like direct work in the same grade elsewhere, because the employer has none; ``without_hours``: heads left out since
    the data has no hours for them. ``people``: heads in the data, whatever they stand for. ``below_floor`` heads are paid less than the floor today, ``short`` pounds a year in all.
    """

    name: str
    heads: float
    hours: float
    no_longer_paid: float | None
    direct_cost: float | None
    idle_cost: float | None
    saved: float | None
    unfilled_hours: float
    like_sector: float
    without_hours: float
    below_floor: float
    short: float
    people: float = 0.0


@dataclass(frozen=True, slots=True)
class Conversion:
    """By kind of work and by employer; all of it together; and the share of insecure work in hours before and after (M24).

    ``floor``: £ an hour that pay today is held against, None without one. ``not_known``: what is missing, in sentences.
    """

    by_kind: tuple[Converted, ...]
    by_employer: tuple[Converted, ...]
    total: Converted
    insecure_before: float | None
    insecure_after: float | None
    floor: float | None
    not_known: tuple[str, ...]
