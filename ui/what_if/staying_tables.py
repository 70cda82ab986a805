"""The tables of staying in: what leaving would bring each employer, and how far agreements and parties reach."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from bargain.constraints import constraint_of
from models.party import PartnerGroup
from ui import formats
from ui.itemmodels.column_table import Column, staff_column

if TYPE_CHECKING:
    from bargain.what_if import Staying
    from models.choices import Leaving, SideAtTable
    from models.sector import Sector
    from models.what_if import Constraint


def tr(text: str) -> str:
    """A text of these tables in the person's language."""
    return QCoreApplication.translate("StayingTables", text)


def employer_columns(
    sector: Sector, leaving: Sequence[Leaving], hidden: Collection[str]
) -> tuple[Column, ...]:
    """A row an employer: verdict, gain, what holds it, and whether that is a clause of the draft.

    hidden: employers of so few staff that what they gain would tell what somebody is paid.
    """
    force = sector.workforce
    size = len(force.employers)
    counted = np.bincount(force.employer_code, weights=force.heads, minlength=size)
    heads = dict(zip(force.employers, counted.tolist(), strict=True))
    member = {None: formats.not_known(), True: tr("yes"), False: tr("no")}
    few = [one.name in hidden for one in leaving]
    held = [constraint_of(sector.what_if.staying, one.name) for one in leaving]

    def pounds(heading: str, values: list[float | None], tip: str) -> Column:
        return Column(heading, values, formats.money, is_number=True, tip=tip, hide=few)

    return (
        Column(tr("Employer"), [one.name for one in leaving]),
        Column(tr("Verdict"), [verdict(one) for one in leaving]),
        pounds(
            tr("Pay avoided"),
            [one.pay_avoided for one in leaving],
            tr("The offer's pay rise with on-costs, a year, that it would not pay outside"),
        ),
        pounds(
            tr("Fee lost"),
            [one.fee_lost for one in leaving],
            tr("The rise in fees under the offer's rule that it would not get outside"),
        ),
        pounds(tr("Gain"), [one.gain for one in leaving], tr("Pay avoided less fee lost, a year")),
        pounds(
            tr("Held by"),
            [one.constraints for one in leaving],
            tr("What leaving would cost it beside the fee, a year"),
        ),
        staff_column(tr("Staff"), [float(heads.get(one.name, 0.0)) for one in leaving], formats.number),
        Column(tr("Member"), [member[sector.employer(one.name).federation_member] for one in leaving]),
        Column(tr("Signs"), [_signs(sector, one.name) for one in leaving]),
        Column(tr("What holds it"), [one.what for one in held]),
        Column(tr("In the draft"), [_in_draft(one) for one in held]),
    )


def signs_or_covered(sector: Sector, name: str) -> bool:
    """Whether an employer would be under an agreement: one of its own by law of its kind, or this one."""
    from bargain.staying_in import PUBLIC

    return sector.employer(name).ownership in PUBLIC or name in sector.what_if.staying.signing


def _signs(sector: Sector, name: str) -> str:
    from bargain.staying_in import PUBLIC

    if sector.employer(name).ownership in PUBLIC:
        return tr("covered")
    return tr("yes") if name in sector.what_if.staying.signing else tr("no")


def _in_draft(held: Constraint) -> str:
    if not held.in_draft:
        return ""
    return tr("clause, with its worth") if held.tells_worth else tr("clause")


def verdict(one: Leaving) -> str:
    """How an employer stands, in a symbol and words."""
    if one.uncovered is None or one.gain is None:
        return tr("? not known")
    if one.gain <= 0:
        return tr("✓ no gain")
    return tr("✗ no constraint") if one.uncovered > 0 else tr("✓ covered")


def reach_columns(found: Staying) -> tuple[Column, ...]:
    """Coverage, density, and both sides in effect: in the field and at the table."""
    held, share = found.coverage, formats.percent
    rows = [
        (tr("Staff in scope of bargaining"), formats.number(held.in_scope)),
        (tr("Covered now, by national agreements"), formats.number(held.covered)),
        (tr("Coverage now"), share(held.coverage_before)),
        (tr("Coverage with those who would sign"), share(held.coverage_after)),
        (tr("In scope and not covered now (the residual group)"), formats.number(held.residual)),
        (tr("Of these, covered once those who would sign have signed"), share(held.residual_coverage)),
        (tr("Union density: members of staff in scope"), share(held.union_density)),
        (tr("Employer density: staff at members of the federation"), share(held.employer_density)),
        (tr("Effective number of unions"), formats.number(held.unions_in_effect, 3)),
        (tr("Effective number of employers' parties"), formats.number(held.employers_in_effect, 3)),
        *(row for side in found.table for row in _at_table(side)),
    ]
    return (
        Column(tr("Coverage and parties"), [name for name, _ in rows]),
        Column(tr("Value"), [value for _, value in rows], is_number=True),
    )


def _at_table(side: SideAtTable) -> tuple[tuple[str, str], ...]:
    if side.group is PartnerGroup.WORKERS:
        names = tr("At the table: effective number on the workers' side"), tr("Fragmentation of that side")
    else:
        names = tr("At the table: effective number on the employers' side"), tr("Fragmentation of that side")
    return (
        (names[0], formats.number(side.effective, 3)),
        (names[1], formats.number(side.fragmentation, 3)),
    )
