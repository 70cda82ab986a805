"""Employers (providers) and the kinds of owner they can have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ownership(StrEnum):
    """Who owns an employer (requirements L8)."""

    PRIVATE_EQUITY = "private-equity owned"
    LISTED = "listed"
    OWNER_MANAGED = "owner-managed"
    FOR_PROFIT = "for-profit, type not recorded"
    CHARITY = "charity"
    COMMUNITY_INTEREST = "community interest company"
    COOPERATIVE = "co-operative"
    LOCAL_AUTHORITY = "local authority"
    NHS = "NHS"
    UNKNOWN = "not recorded"

    @property
    def family(self) -> str:
        """``for-profit``, ``not-for-profit``, ``public`` or ``not recorded``."""
        return _FAMILY[self]


FAMILIES = ("for-profit", "not-for-profit", "public")

_FAMILY = {
    Ownership.PRIVATE_EQUITY: "for-profit",
    Ownership.LISTED: "for-profit",
    Ownership.OWNER_MANAGED: "for-profit",
    Ownership.FOR_PROFIT: "for-profit",
    Ownership.CHARITY: "not-for-profit",
    Ownership.COMMUNITY_INTEREST: "not-for-profit",
    Ownership.COOPERATIVE: "not-for-profit",
    Ownership.LOCAL_AUTHORITY: "public",
    Ownership.NHS: "public",
    Ownership.UNKNOWN: "not recorded",
}


@dataclass(frozen=True, slots=True)
class Employer:
    """One employer (provider) and what decides its on-costs.

    ``pension_ppm`` is the employer's contribution; with ``pension_on_band`` on earnings between the
    auto-enrolment limits, else on all basic pay. None means the statutory minimum on the band. ``represents`` is how
    many employers of its kind it stands for where figures are grossed up; 1 in every sector that is stored.
    ``connected_group`` names the group of connected employers that it belongs to: they share one levy allowance, and one
    of them has the Employment Allowance (Finance Act 2016 s.101; National Insurance Contributions Act 2014 s.3).
    """

    name: str
    ownership: Ownership = Ownership.UNKNOWN
    region: str = ""
    weekly_hours: float | None = None
    pension_ppm: int | None = None
    pension_on_band: bool = True
    claims_employment_allowance: bool = False
    pays_levy: bool = False
    federation_member: bool | None = None
    represents: float = 1.0
    connected_group: str = ""

    @property
    def gets_employment_allowance(self) -> bool:
        """Whether it claims and may: a public body may not (National Insurance Contributions Act 2014 s.2)."""
        return self.claims_employment_allowance and self.ownership.family != "public"


def ownership_matches(ownership: Ownership, wanted: str) -> bool:
    """Whether an owner is of the wanted type or family (``for-profit``, ``not-for-profit``, ``public``)."""
    return wanted in {ownership.value, ownership.family}
