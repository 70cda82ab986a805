"""Sectors and drafts for the tests of the agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from bargain.agreement.compose import compose
from bargain.agreement.pdf import pdf_bytes
from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from models.agreement import AgreementDraft, DraftSection, DraftTable, SignatureBlock
from models.basis import Basis
from models.measures import EmployerMargins
from models.party import PartnerGroup, Party
from models.payscale import PayScale, Rounding, ScalePoint
from models.sector import Sector
from tests.helpers.f1 import O2, f1_sector

TODAY = date(2027, 3, 14)
PARTIES = (
    Party("Care Workers' Union", PartnerGroup.WORKERS),
    Party("Home Providers' Federation", PartnerGroup.EMPLOYERS),
    Party("Councils Together", PartnerGroup.COMMISSIONERS),
    Party("Voices in Care", PartnerGroup.CHILDREN),
)
FEES = """
  [settlement.fees]
  uplift_percent = 3.0
  margin_cap_percent = 10.0
"""
HOSTILE = (
    "<b>Bold & Sons</b>",
    '<img src="file:///etc/passwd"/>',
    '<font color="[1].pop()">Fancy</font>',
    "A & B < C > D ]]> E",
    "&lt;already&gt;",
    "<para><a href='http://example.org'>link</a>",
    "{braces} %s %(x)d",
    "Tŷ Ŵyn £5 – “quoted”",
)


def sector(**changes: object) -> Sector:
    """F1 with its partners and a legal basis."""
    plain = replace(
        f1_sector(),
        name="Children's homes, North",
        jurisdiction="England",
        legal_basis="Voluntary agreement",
        coverage="Staff of children's homes.",
        parties=PARTIES,
    )
    return replace(plain, **changes)


def draft_of(one: Sector, offer_text: str = O2 + FEES, *, version: str = "0.3") -> AgreementDraft:
    """The draft of an offer, through the engine."""
    offer = read_offer(offer_text, source="test offer")
    return compose(one, appraise(one, offer), version=version, today=TODAY)


def plain_draft(text: str = "", *, rows: int = 3, columns: int = 3) -> AgreementDraft:
    """A hand-made draft in which every place that takes text holds ``text``."""
    table = DraftTable(
        f"Caption {text}",
        tuple(f"Heading {column} {text}" for column in range(columns)),
        tuple(tuple(f"r{row}c{column} {text}" for column in range(columns)) for row in range(rows)),
        (columns - 1,),
    )
    section = DraftSection("1", f"Section {text}", (f"Paragraph {text}", text), (table,))
    return AgreementDraft(
        title=f"Title {text}",
        sector=f"Sector {text}",
        version=f"v {text}",
        dated="14 March 2027",
        watermark="DRAFT – NOT AGREED",
        warnings=(f"Warning {text}",),
        parts=((f"Front {text}", (section,)), (f"Second {text}", (section,))),
        signatures=(SignatureBlock(f"Party {text}", f"Group {text}"),),
        fingerprint="0123456789ab",
    )


def pages_of(draft: AgreementDraft) -> list[str]:
    """The text of every page, as pypdf reads it back."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf_bytes(draft))).pages]


def flat(text: str) -> str:
    """The text with every run of blanks and line ends as one space."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """The text without blanks: a name that wraps over lines is still found."""
    return "".join(text.split())


def njc_scale(amounts: dict[str, int]) -> PayScale:
    """A yearly scale with local government's rounding."""
    points = tuple(ScalePoint(name, pounds * 1_000_000) for name, pounds in amounts.items())
    return PayScale("NJC", Basis.YEAR, points, Rounding.HALF_UP_POUND, 37.0, 52.143)


def margins(name: str, ownership: str, revenue: float, result: float, change: float) -> EmployerMargins:
    """One employer whose revenue stays and whose result changes."""
    return EmployerMargins(
        name=name,
        ownership=ownership,
        revenue_before=revenue,
        revenue_after=revenue,
        labour_rise=-change,
        result_before=result,
        result_after=result + change,
        margin_before=result / revenue,
        margin_after=(result + change) / revenue,
        adjusted_before=None,
        adjusted_after=None,
        leakage_before=None,
        leakage_after=None,
        fee_uplift=None,
        fee_hold_profit=None,
        fee_hold_margin=None,
        fee_under_cap=None,
        profit_on_pay_rise=None,
        affordable_rise=None,
        reconciliation=None,
    )
