"""What was fixed at a moment: the figures of an offer as it was tabled, or of a round as it was closed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrozenOffer:
    """One tabled offer as it stood when a round was closed: its figures, as in ``Frozen``."""

    name: str
    figures: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Frozen:
    """Figures that stay as they were, whatever data, assumptions or engine become.

    ``kind`` is "offer" or "round"; ``at`` is UTC, to the second; ``fingerprint`` is the SHA-256 of the offers and
    of everything that they were priced on; ``engine`` is the version that priced them, with a digest of its dated
    parameters. ``figures``: pounds, and ratios as shares; empty where the offer could not be priced. A round has its
    figures offer by offer in ``offers``, and what was noted of it in ``note``.
    """

    kind: str
    name: str
    at: str
    fingerprint: str
    engine: str
    figures: tuple[tuple[str, float], ...] = ()
    offers: tuple[FrozenOffer, ...] = ()
    note: str = ""
