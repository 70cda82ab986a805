"""Freezing what was tabled: its figures, the digest of what they rest on, and whether today's engine agrees."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import cache
from importlib import metadata, resources

from bargain.appraisal import appraise
from bargain.storage.codec import canonical, to_plain
from models.appraisal import Appraisal
from models.frozen import Frozen
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector

OFFER = "offer"

# Fields that no figure of an offer rests on.
_BESIDE = {
    "name",
    "offers",
    "target_sets",
    "imports",
    "mappings",
    "accounts_mappings",
    "stresses",
    "frozen",
    "workforce",
    "is_sample",
    "parties",
    "agreed_on",
    "is_listed",
    "signers",
    "sent",
}
_PENNY = 0.005  # pounds
_RATIO = 1e-9
_FIGURES = (
    "paybill_before",
    "paybill_after",
    "level",
    "full_year",
    "in_year_cost",
    "carry_over_cost",
    "over_term",
    "back_pay",
    "one_off",
)
_RATIOS = {"level"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A frozen figure that today's engine does not give; ``now`` is None where it can't be priced any more."""

    frozen: Frozen
    figure: str
    then: float
    now: float | None


@cache
def engine() -> str:
    """The version of the engine and the first letters of the SHA-256 of its dated parameters."""
    digest = hashlib.sha256()
    folder = resources.files("bargain") / "data" / "parameters"
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        digest.update(one.name.encode() + b"\0" + one.read_bytes())
    try:
        version = metadata.version("bargain")
    except metadata.PackageNotFoundError:  # run from its folder, not installed
        version = "0"
    return f"{version}+{digest.hexdigest()[:12]}"


def fingerprint(sector: Sector, offers: Sequence[Offer]) -> str:
    """SHA-256 of offers and of everything in the sector that their figures rest on."""
    digest = hashlib.sha256(sector.workforce.fingerprint().encode())
    for field in fields(sector):
        if field.name not in _BESIDE:
            digest.update(canonical([field.name, to_plain(getattr(sector, field.name))]))
    for offer in offers:
        digest.update(canonical(to_plain(replace(offer, tabled=True))))
    return digest.hexdigest()


def freeze(sector: Sector, offer: Offer, *, at: datetime, appraisal: Appraisal | None = None) -> Frozen:
    """An offer's figures as they are now. ``appraisal`` is one of this offer, where it is at hand."""
    try:
        figures = figures_of(appraisal or appraise(sector, offer))
    except UnusableInput:  # nobody to pay, say: what is tabled is frozen all the same
        figures = ()
    when = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Frozen(OFFER, offer.name, when, fingerprint(sector, (offer,)), engine(), figures)


def with_tabled_frozen(
    sector: Sector, *, at: datetime | None = None, appraisal: Appraisal | None = None
) -> Sector:
    """The sector with every tabled offer frozen that was not yet."""
    known = {one.name for one in sector.frozen if one.kind == OFFER}
    new = tuple(
        freeze(sector, offer, at=at or datetime.now(UTC), appraisal=_fitting(appraisal, offer))
        for offer in sector.offers
        if offer.tabled and offer.name not in known
    )
    return replace(sector, frozen=(*sector.frozen, *new)) if new else sector


def figures_of(appraisal: Appraisal) -> tuple[tuple[str, float], ...]:
    """The headline figures of an appraisal, in a fixed order."""
    return tuple((name, float(getattr(appraisal.cost, name))) for name in _FIGURES)


def differences(then: Sector, frozen: Frozen) -> tuple[Difference, ...]:
    """What today's engine gives otherwise for the sector as it was when something was frozen."""
    offer = next((one for one in then.offers if one.name == frozen.name), None)
    if offer is None or not frozen.figures:
        return ()
    try:
        now = dict(figures_of(appraise(then, offer)))
    except UnusableInput:
        return tuple(Difference(frozen, name, value, None) for name, value in frozen.figures)
    return tuple(
        Difference(frozen, name, value, now.get(name))
        for name, value in frozen.figures
        if not _agree(name, value, now.get(name))
    )


def _agree(name: str, then: float, now: float | None) -> bool:
    return now is not None and abs(then - now) <= (_RATIO if name in _RATIOS else _PENNY)


def _fitting(appraisal: Appraisal | None, offer: Offer) -> Appraisal | None:
    """The appraisal, if it is of this offer; being tabled changes no figure."""
    if appraisal is None or replace(appraisal.offer, tabled=True) != replace(offer, tabled=True):
        return None
    return appraisal
