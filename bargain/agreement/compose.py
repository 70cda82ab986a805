"""An agreement draft as values: one instrument in three parts with its annex, before anything prints it."""

from __future__ import annotations

from datetime import date

from bargain.agreement import clauses
from bargain.agreement.annex import annex
from bargain.agreement.figures import count
from bargain.agreement.leaving import leaving_warnings
from bargain.agreement.part_a import part_a
from bargain.agreement.part_b import has_fees, part_b
from bargain.agreement.part_c import group_name, part_c
from bargain.basis import sentences
from bargain.offers.phrases import Phrases, phrases
from bargain.offers.words import describe_offer
from bargain.small_groups import SMALLEST_GROUP
from models.agreement import AgreementDraft, DraftSection, DraftTable, SignatureBlock
from models.appraisal import Appraisal
from models.party import PartnerGroup
from models.sector import Sector

FINGERPRINT_CHARACTERS = 12
BASIS_SENTENCES = 2  # on page 1: whose figures, of which day; the annex has the rest


def compose(sector: Sector, appraisal: Appraisal, *, version: str, today: date) -> AgreementDraft:
    """The whole draft of one sector and one offer: words and figures, never staff-level data.

    Every figure is a sum or a group of at least ten staff, every margin one of at least three employers.
    """
    p = phrases()
    fingerprint = sector.workforce.fingerprint()[:FINGERPRINT_CHARACTERS]
    complete = has_fees(appraisal.offer)
    return AgreementDraft(
        title=p.say("draft.title"),
        sector=sector.name,
        version=version,
        dated=p.day(today),
        watermark=p.say("draft.watermark" if complete else "draft.watermark_incomplete"),
        warnings=_warnings(sector, appraisal, p),
        parts=(
            (p.say("draft.part_front"), _front(sector, appraisal, p)),
            (p.say("draft.part_a"), part_a(sector, appraisal, p)),
            (p.say("draft.part_b"), part_b(appraisal, p)),
            (p.say("draft.part_c"), part_c(sector, appraisal, p)),
            (p.say("draft.annex"), annex(sector, appraisal, fingerprint, p)),
        ),
        signatures=_signatures(sector, p),
        fingerprint=fingerprint,
        basis=" ".join(sentences(appraisal.basis, least=SMALLEST_GROUP)[:BASIS_SENTENCES]),
    )


def _warnings(sector: Sector, appraisal: Appraisal, p: Phrases) -> tuple[str, ...]:
    """What stands in the way of an agreed text, most pressing first."""
    found = [p.say("warning.sample")] if sector.is_sample else []
    force = sector.workforce
    unmapped = float(force.heads[force.grade_code < 0].sum())
    if unmapped == 1:
        found.append(p.say("warning.unmapped_one"))
    elif unmapped > 0:
        found.append(p.say("warning.unmapped", count=count(unmapped)))
    basis = appraisal.basis
    if basis.grossed is None and basis.expected and basis.expected > basis.employers:
        found.append(
            p.say("warning.ungrossed", returned=count(basis.employers), expected=count(basis.expected))
        )
    if not has_fees(appraisal.offer):
        found.append(p.say("warning.incomplete"))
    if not sector.legal_basis.strip():
        found.append(p.say("warning.legal_basis"))
    present = {party.group for party in sector.parties}
    absent = [group_name(group, p) for group in PartnerGroup if group not in present]
    if absent:
        found.append(p.say("warning.partner_missing", groups=p.listed(absent)))
    if appraisal.offer.ends is None:
        found.append(p.say("warning.no_end"))
    found += leaving_warnings(sector, p)
    return tuple(found)


def _front(sector: Sector, appraisal: Appraisal, p: Phrases) -> tuple[DraftSection, ...]:
    """Legal basis first, so that it stands on page 1; then the partners and what the draft sets out."""
    basis = sector.legal_basis.strip().rstrip(".")
    texts = [p.say("front.basis", basis=basis) if basis else p.say("front.basis_missing")]
    if sector.jurisdiction:
        texts[0] += " " + p.say("front.jurisdiction", name=sector.jurisdiction)
    texts += clauses.legal_standing(sector, p)
    texts.append(p.say("front.advice"))
    return (
        DraftSection("1", p.say("front.basis_heading"), tuple(texts)),
        DraftSection("2", p.say("front.parties_heading"), (p.say("front.parties"),), (_partners(sector, p),)),
        DraftSection(
            "3",
            p.say("front.offer_heading"),
            (p.say("front.one_instrument"), describe_offer(appraisal.offer)[0]),
        ),
    )


def _partners(sector: Sector, p: Phrases) -> DraftTable:
    """Every partner group in the same form: equal partners, whoever is named already."""
    rows = []
    for group in PartnerGroup:
        names = [party.name for party in sector.parties if party.group is group]
        rows += [(group_name(group, p), name) for name in names or [p.say("draft.to_be_named")]]
    headings = (p.say("front.parties_group"), p.say("front.parties_name"))
    return DraftTable(p.say("front.parties_caption"), headings, tuple(rows))


def _signatures(sector: Sector, p: Phrases) -> tuple[SignatureBlock, ...]:
    """One block for each organisation, and one for a group that has named none yet."""
    blocks = []
    for group in PartnerGroup:
        names = [party.name for party in sector.parties if party.group is group]
        blocks += [
            SignatureBlock(name, group_name(group, p)) for name in names or [p.say("draft.to_be_named")]
        ]
    return tuple(blocks)
