"""Who is covered, how divided each side is, and what each employer would gain by leaving the agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.appraisal import Appraisal
from models.choices import Coverage, Leaving
from models.employer import Ownership
from models.sector import Sector

PUBLIC = (Ownership.LOCAL_AUTHORITY, Ownership.NHS)


def effective_parties(sizes: Sequence[float]) -> float | None:
    """The effective number of parties, 1 ÷ Σ shares² (M4); None where there are none."""
    total = sum(sizes)
    return 1 / sum((size / total) ** 2 for size in sizes) if total else None


def coverage(
    sector: Sector,
    *,
    newly: Sequence[str],
    union_members: Mapping[str, float] | None = None,
    excluded: float = 0.0,
) -> Coverage:
    """Coverage now and after some employers sign.

    Now covered are councils and the NHS, by their own national agreements. union_members: by union; unions
    together are the workers' side. Employers' side: the federation's members as one party, each other as its own.
    """
    force = sector.workforce
    heads = dict.fromkeys(force.employers, 0.0)
    for code, count in zip(force.employer_code.tolist(), force.heads.tolist(), strict=True):
        heads[force.employers[code]] += count
    total = sum(heads.values())
    scope = total - excluded
    public = sum(count for name, count in heads.items() if sector.employer(name).ownership in PUBLIC)
    signing = sum(heads[name] for name in newly if sector.employer(name).ownership not in PUBLIC)
    residual = scope - public
    members = {name: sector.employer(name).federation_member for name in heads}
    federation = sum(count for name, count in heads.items() if members[name])
    alone = [count for name, count in heads.items() if not members[name]]
    unions = union_members or {}
    return Coverage(
        in_scope=scope,
        covered=public,
        residual=residual,
        newly=signing,
        coverage_before=public / scope if scope else 0.0,
        coverage_after=(public + signing) / scope if scope else 0.0,
        residual_coverage=signing / residual if residual > 0 else None,
        union_density=sum(unions.values()) / scope if unions and scope else None,
        employer_density=federation / scope
        if scope and any(one is not None for one in members.values())
        else None,
        unions_in_effect=effective_parties(list(unions.values())),
        employers_in_effect=effective_parties([*([federation] if federation else []), *alone]),
    )


def gains_from_leaving(
    appraisal: Appraisal, constraints: Mapping[str, float] | None = None
) -> tuple[Leaving, ...]:
    """What each employer would gain by leaving: the pay rise it avoids less the fee rise it loses (M5).

    constraints: pounds a year that leaving would cost an employer beside that (exclusion, sanctions), by name.
    """
    held = constraints or {}
    found = []
    for one in appraisal.margins:
        before, after = one.revenue_before, one.revenue_after
        fee = None if before is None or after is None else after - before
        gain = None if fee is None else one.labour_rise - fee
        found.append(Leaving(one.name, one.labour_rise, fee, gain, held.get(one.name, 0.0)))
    return tuple(found)
