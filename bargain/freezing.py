"""Freezing what was tabled: its figures, the digest of what they rest on, and whether today's engine agrees."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import cache
from importlib import resources

from bargain.appraisal import appraise
from bargain.plain_names import marked, plain_name
from bargain.storage.codec import canonical, to_plain
from bargain.version import VERSION
from models.appraisal import Appraisal
from models.frozen import Frozen, FrozenOffer
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector

OFFER, ROUND = "offer", "round"

# Fields that no figure of an offer rests on.
_BESIDE = {
    "name",
    "offers",
    "target_sets",
    "imports",
    "mappings",
    "accounts_mappings",
    "stresses",
    "what_if",
    "frozen",
    "workforce",
    "is_sample",
    "parties",
    "agreed_on",
    "is_listed",
    "signers",
    "sent",
    "role",
    "table",
}
_PENNY = 0.005  # pounds
_RATIO = 1e-9
_LONGEST_NOTE = 2_000  # letters
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
    """A frozen figure that today's engine does not give; ``now`` is None where it can't be priced any more.

    ``offer`` is whose figure it is: of a round there are several.
    """

    frozen: Frozen
    figure: str
    then: float
    now: float | None
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Reopened:
    """A frozen figure beside what today's engine gives for the same data."""

    offer: str
    figure: str
    then: float
    now: float | None
    agrees: bool


@cache
def engine() -> str:
    """The version of the engine and the first letters of the SHA-256 of its dated parameters."""
    digest = hashlib.sha256()
    folder = resources.files("bargain") / "data" / "parameters"
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        digest.update(one.name.encode() + b"\0" + one.read_bytes())
    return f"{VERSION}+{digest.hexdigest()[:12]}"


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
    figures = figures_of(appraisal) if appraisal else _figures_or_none(sector, offer)
    return Frozen(OFFER, offer.name, _as_text(at), fingerprint(sector, (offer,)), engine(), figures)


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


def closed(sector: Sector, name: str, *, note: str = "", at: datetime | None = None) -> Sector:
    """The sector with a round closed: the figures of everything tabled so far, frozen as they are now.

    Raises UnusableInput where the round has no name, one that was used, or nothing is tabled yet.
    """
    name = plain_name(name)
    if not name:
        raise UnusableInput("The round has no name; give it one, such as “Round 3”.")
    if any(one.kind == ROUND and one.name.casefold() == name.casefold() for one in sector.frozen):
        raise UnusableInput(f"“{name}” is closed already. Give this round another name.")
    when = at or datetime.now(UTC)
    sector = with_tabled_frozen(sector, at=when)
    tabled = tuple(one for one in sector.offers if one.tabled)
    if not tabled:
        raise UnusableInput("Nothing is tabled yet, so there is nothing to freeze. Table an offer first.")
    parts = tuple(FrozenOffer(one.name, _figures_or_none(sector, one)) for one in tabled)
    made = Frozen(
        ROUND,
        name,
        _as_text(when),
        fingerprint(sector, tabled),
        engine(),
        offers=parts,
        note=marked(note).strip()[:_LONGEST_NOTE],
    )
    return replace(sector, frozen=(*sector.frozen, made))


def next_round(sector: Sector) -> str:
    """The name that the next round would have."""
    taken = {one.name.casefold() for one in sector.frozen if one.kind == ROUND}
    number = len(taken) + 1
    while f"round {number}" in taken:
        number += 1
    return f"Round {number}"


def letters_of(frozen: Frozen) -> str:
    """Eight letters to read aloud and to write into the minutes: equal only where everything frozen is equal."""
    return hashlib.sha256(canonical(to_plain(frozen))).hexdigest()[:8].upper()


def reopened(then: Sector, frozen: Frozen) -> tuple[Reopened, ...]:
    """Every frozen figure beside today's, for the sector as it was when it was frozen."""
    parts = frozen.offers if frozen.kind == ROUND else (FrozenOffer(frozen.name, frozen.figures),)
    found: list[Reopened] = []
    for part in parts:
        offer = next((one for one in then.offers if one.name == part.name), None)
        now = {} if offer is None else dict(_figures_or_none(then, offer))
        found += [
            Reopened(part.name, name, value, now.get(name), _agree(name, value, now.get(name)))
            for name, value in part.figures
        ]
    return tuple(found)


def differences(then: Sector, frozen: Frozen) -> tuple[Difference, ...]:
    """What today's engine gives otherwise for the sector as it was when something was frozen."""
    return tuple(
        Difference(frozen, one.figure, one.then, one.now, one.offer)
        for one in reopened(then, frozen)
        if not one.agrees
    )


def _figures_or_none(sector: Sector, offer: Offer) -> tuple[tuple[str, float], ...]:
    """An offer's figures; none where it can't be priced."""
    try:
        return figures_of(appraise(sector, offer))
    except UnusableInput:  # nobody to pay, say: what is tabled is frozen all the same
        return ()


def _as_text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _agree(name: str, then: float, now: float | None) -> bool:
    return now is not None and abs(then - now) <= (_RATIO if name in _RATIOS else _PENNY)


def _fitting(appraisal: Appraisal | None, offer: Offer) -> Appraisal | None:
    """The appraisal, if it is of this offer; being tabled changes no figure."""
    if appraisal is None or replace(appraisal.offer, tabled=True) != replace(offer, tabled=True):
        return None
    return appraisal
