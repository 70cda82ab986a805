"""An agreement draft as a Word document with real headings: the form that a screen reader can walk through.

The same bytes for the same draft. What python-docx puts in of its own, from its author to its thumbnail, is
taken out: the document names no person, program, machine or time.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bargain.agreement.docx_parts import add_page_number, add_table, add_watermark, framed, ruled_below
from bargain.agreement.plain_text import printable, shortened
from bargain.offers.phrases import Phrases, phrases
from models.agreement import AgreementDraft, DraftSection, SignatureBlock

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_FONT = "Arial"  # on every machine that has a word processor, with the Welsh letters
_PAGE, _MARGIN = (Mm(210), Mm(297)), Mm(20)
_ROOM = _PAGE[0] - 2 * _MARGIN
_SIZES = {"Title": 20, "Subtitle": 13, "Heading 1": 15, "Heading 2": 11.5, "Caption": 9}
_INK = RGBColor(0x1A, 0x21, 0x2E)
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name: no time of writing
_NOT_OURS = ("/thumbnail", "/customXml", "/extended-properties", "/stylesWithEffects")


def docx_bytes(draft: AgreementDraft) -> bytes:
    """The draft as a Word document, A4."""
    p, document = phrases(), Document()
    _set_up(document, p)
    _describe(document, draft)
    _add_furniture(document, draft, p)
    document.add_paragraph(printable(draft.title), style="Title")
    document.add_paragraph(printable(shortened(draft.sector)), style="Subtitle")
    labels = (p.say("page.version"), p.say("page.date"), p.say("page.data"))
    values = (shortened(draft.version), draft.dated, draft.fingerprint)
    facts = " · ".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))
    document.add_paragraph(printable(facts))
    if draft.basis:
        document.add_paragraph(printable(draft.basis))
    _add_warnings(document, draft, p)
    for index, (name, sections) in enumerate(draft.parts):
        heading = document.add_heading(printable(shortened(name)), 1)
        heading.paragraph_format.page_break_before = index > 0
        for section in sections:
            _add_section(document, section)
    _add_signatures(document, draft.signatures, p)
    return _packed(document)


def _set_up(document: WordDocument, p: Phrases) -> None:
    """Page, fonts and language."""
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    for name in ("Normal", *_SIZES, "List Bullet", "Header", "Footer"):
        style = document.styles[name]
        style.font.name = _FONT
        style.font.size = Pt(_SIZES.get(name, 10))
        style.font.color.rgb = _INK
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        for script in ("eastAsia", "cs", "hAnsi"):
            fonts.set(qn(f"w:{script}"), _FONT)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        document.styles[name].paragraph_format.tab_stops.clear_all()
        document.styles[name].font.size = Pt(8)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), p.texts["language"])


def _describe(document: WordDocument, draft: AgreementDraft) -> None:
    """What the file says of itself: title, subject, and nothing of who made it, with what, or when."""
    about = document.core_properties
    for child in list(about._element):  # noqa: SLF001  # the only way to leave a property out
        about._element.remove(child)  # noqa: SLF001
    about.title = printable(f"{draft.title}: {draft.sector}")[:255]
    about.subject = printable(draft.version)[:255]
    about.language = phrases().texts["language"]
    about.revision = 1
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, one in rels.items() if one.reltype.endswith(_NOT_OURS)]:
            del rels[key]


def _add_furniture(document: WordDocument, draft: AgreementDraft, p: Phrases) -> None:
    """Watermark, sector and state above; version, date, data and page below: on every page."""
    section = document.sections[0]
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (above, below):
        paragraph.paragraph_format.tab_stops.add_tab_stop(_ROOM, WD_TAB_ALIGNMENT.RIGHT)
    above.add_run(printable(draft.sector)[:90])
    above.add_run("\t" + printable(draft.watermark)).bold = True
    if draft.watermark:
        add_watermark(above, printable(draft.watermark))
    version = p.say("page.footer_version", version=shortened(draft.version))
    data = p.say("page.footer_data", fingerprint=draft.fingerprint)
    below.add_run(printable(f"{version} · {draft.dated} · {data}") + "\t")
    add_page_number(below, p.say("page.number", page="{page}", pages="{pages}"))


def _add_warnings(document: WordDocument, draft: AgreementDraft, p: Phrases) -> None:
    """What stands in the way of agreement, framed, in words."""
    if not draft.warnings:
        return
    lines = [document.add_paragraph(printable(p.say("page.warnings")))]
    lines[0].runs[0].bold = True
    lines[0].paragraph_format.keep_with_next = True
    lines += [document.add_paragraph(printable(one), style="List Bullet") for one in draft.warnings]
    for line in lines:
        framed(line)


def _add_section(document: WordDocument, section: DraftSection) -> None:
    document.add_heading(printable(shortened(f"{section.number}  {section.heading}".strip())), 2)
    for one in section.paragraphs:
        document.add_paragraph(printable(one))
    for table in section.tables:
        document.add_paragraph(printable(shortened(table.caption)), style="Caption")
        add_table(document, table, _ROOM)
        document.add_paragraph().paragraph_format.space_after = Pt(2)


def _add_signatures(document: WordDocument, blocks: tuple[SignatureBlock, ...], p: Phrases) -> None:
    """A block for each party: who, for which group, and lines to sign on."""
    document.add_heading(printable(p.say("page.signatures")), 1).paragraph_format.page_break_before = True
    document.add_paragraph(printable(p.say("page.sign_intro")))
    labels = [p.say(f"page.{one}") for one in ("signed", "print_name", "signed_date")]
    for block in blocks:
        who = document.add_paragraph()
        if block.party:
            who.add_run(printable(block.party)).bold = True
            who.add_run(" · ")
        who.add_run(printable(block.group))
        who.paragraph_format.keep_with_next = True
        table = document.add_table(rows=2, cols=len(labels))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        for column, label in enumerate(labels):
            line, under = table.cell(0, column), table.cell(1, column)
            line.paragraphs[0].paragraph_format.space_before = Pt(16)
            line.paragraphs[0].paragraph_format.keep_with_next = True
            ruled_below(line)
            under.paragraphs[0].add_run(printable(label)).font.size = Pt(8)


def _packed(document: WordDocument) -> bytes:
    """The document's parts in a zip without times."""
    loose, packed = BytesIO(), BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            about = zipfile.ZipInfo(name, _ZIP_DAY)
            about.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(about, parts.read(name))
    return packed.getvalue()
