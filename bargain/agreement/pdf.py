"""An agreement draft on paper: A4 PDF, the same bytes for the same draft.

reportlab leaves PDFs untagged; the document language, title and outline are set. Text from data passes
through ``pdf_text.escape`` or is drawn without markup; no image, link or font is ever loaded for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from bargain.agreement import pdf_text as text
from bargain.agreement.pdf_tables import is_long, table_flowables
from bargain.agreement.pdf_text import escape
from bargain.agreement.plain_text import printable, shortened
from bargain.offers.phrases import Phrases, phrases
from models.agreement import AgreementDraft, DraftSection, SignatureBlock

_MARGIN = 20 * mm
_TOP = 24 * mm
_BOTTOM = 22 * mm
_ROOM = A4[0] - 2 * _MARGIN
_PRODUCER = "Bargain"


def pdf_bytes(draft: AgreementDraft) -> bytes:
    """The draft as PDF. It is laid out twice: first to learn how many pages there are."""
    text.register_fonts()
    first = _Paper(draft, pages=0, starts={})
    first.lay_out(BytesIO())
    out = BytesIO()
    _Paper(draft, pages=first.page, starts=first.starts).lay_out(out)
    return out.getvalue()


class _Paper(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """One laying-out of a draft. ``starts`` fills with the page on which each part starts."""

    def __init__(self, draft: AgreementDraft, *, pages: int, starts: dict[str, int]) -> None:
        super().__init__(
            BytesIO(),
            pagesize=A4,
            invariant=1,
            lang=phrases().texts["language"],
            title=printable(f"{draft.title}: {draft.sector}"),
            author="",
            creator=_PRODUCER,
            producer=_PRODUCER,
            subject=printable(draft.version),
            initialFontName=text.REGULAR,
        )
        self.draft = draft
        self.pages = pages
        self.known_starts = starts
        self.starts: dict[str, int] = {}
        frame = Frame(_MARGIN, _BOTTOM, _ROOM, A4[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self._furniture))

    def lay_out(self, out: BytesIO) -> None:
        """Print every page into ``out``."""
        self.filename = out
        self.build(_story(self.draft, self.known_starts, phrases()))

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  # reportlab's name
        """Note where a part starts, for the outline and the contents."""
        name = getattr(flowable, "part_name", None)
        if name is not None:
            self.starts[name] = self.page
            self.canv.bookmarkPage(name)
            self.canv.addOutlineEntry(printable(name), name, level=0)

    def _furniture(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        """Watermark under the text, header, footer."""
        p, draft = phrases(), self.draft
        canvas.saveState()
        _draw_watermark(canvas, draft.watermark)
        canvas.setFillColor(text.FAINT)
        canvas.setStrokeColor(text.RULE)
        canvas.setLineWidth(0.5)
        canvas.setFont(text.REGULAR, text.CELL.fontSize)
        canvas.drawString(_MARGIN, A4[1] - 15 * mm, text.clipped(draft.sector, text.CELL, _ROOM * 0.62))
        state = text.clipped(draft.watermark, text.CELL, _ROOM * 0.36)
        canvas.drawRightString(A4[0] - _MARGIN, A4[1] - 15 * mm, state)
        canvas.line(_MARGIN, A4[1] - 17.5 * mm, A4[0] - _MARGIN, A4[1] - 17.5 * mm)
        canvas.line(_MARGIN, 16 * mm, A4[0] - _MARGIN, 16 * mm)
        left = " · ".join(
            (
                text.clipped(p.say("page.footer_version", version=draft.version), text.CELL, _ROOM * 0.3),
                draft.dated,
                p.say("page.footer_data", fingerprint=draft.fingerprint),
            )
        )
        canvas.drawString(_MARGIN, 12 * mm, left)
        number = p.say("page.number", page=canvas.getPageNumber(), pages=self.pages)
        canvas.drawRightString(A4[0] - _MARGIN, 12 * mm, number)
        canvas.restoreState()


def _draw_watermark(canvas: Canvas, words: str) -> None:
    """The words across the page, light enough to read through, as large as the diagonal lets them be."""
    if not words:
        return
    shown = printable(words)
    room = (A4[0] ** 2 + A4[1] ** 2) ** 0.5 * 0.72
    size = min(62.0, room / max(text.width(shown, text.TITLE) / text.TITLE.fontSize, 0.1))
    canvas.saveState()
    canvas.setFillColor(text.WATERMARK)
    canvas.setFont(text.BOLD, size)
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, -size / 3, shown)
    canvas.restoreState()


def _story(draft: AgreementDraft, starts: dict[str, int], p: Phrases) -> list[Flowable]:
    story: list[Flowable] = [
        Paragraph(escape(draft.title), text.TITLE),
        Paragraph(escape(shortened(draft.sector)), text.SUBTITLE),
        _facts(draft, p),
        Spacer(1, 5),
        *([Paragraph(escape(draft.basis), text.BODY)] if draft.basis else []),
        _contents(draft, starts, p),
        Spacer(1, 10),
        *_warning_box(draft.warnings, p),
    ]
    for index, (name, sections) in enumerate(draft.parts):
        if index:
            story.append(PageBreak())
        story.append(_part_heading(name))
        for section in sections:
            story += _section(section)
    return [*story, *_signatures(draft.signatures, p)]


def _part_heading(name: str) -> Paragraph:
    heading = Paragraph(escape(shortened(name)), text.PART)
    heading.part_name = name
    heading.keepWithNext = 1
    return heading


def _facts(draft: AgreementDraft, p: Phrases) -> Table:
    """Version, date and fingerprint, in one line of three cells."""
    pairs = (
        (p.say("page.version"), shortened(draft.version)),
        (p.say("page.date"), draft.dated),
        (p.say("page.data"), draft.fingerprint),
    )
    cells = [
        [Paragraph(escape(label), text.HEAD_CELL) for label, _ in pairs],
        [Paragraph(escape(value), text.CELL) for _, value in pairs],
    ]
    style = TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), text.REGULAR),
            ("LINEABOVE", (0, 0), (-1, 0), 0.8, text.INK),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, text.INK),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, 0), 4),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 0),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    return Table(cells, colWidths=[_ROOM / 3] * 3, hAlign="LEFT", splitInRow=1, style=style)


def _warning_box(warnings: Sequence[str], p: Phrases) -> list[Flowable]:
    """What stands in the way of agreement, framed, in words."""
    if not warnings:
        return []
    lines = [Paragraph(escape(p.say("page.warnings")), text.WARNING_HEAD)]
    lines += [Paragraph(escape(f"• {warning}"), text.CELL) for warning in warnings]
    style = TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), text.REGULAR),
            ("BOX", (0, 0), (-1, -1), 0.9, text.WARM),
            ("LEFTPADDING", (0, 0), (-1, -1), 7),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("TOPPADDING", (0, 0), (-1, 0), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 6),
        ]
    )
    rows = [[line] for line in lines]
    return [Table(rows, colWidths=[_ROOM], hAlign="LEFT", splitInRow=1, style=style), Spacer(1, 10)]


def _contents(draft: AgreementDraft, starts: dict[str, int], p: Phrases) -> Paragraph:
    """The parts and the pages on which they start, in a line or two."""
    names = (*(name for name, _ in draft.parts[1:]), p.say("page.signatures"))
    entries = (p.say("page.contents_entry", name=shortened(name), page=starts.get(name, 0)) for name in names)
    return Paragraph(escape(p.say("page.contents", entries=" · ".join(entries))), text.CELL)


def _section(section: DraftSection) -> list[Flowable]:
    """Heading, paragraphs, tables. A table stays with the words before it where one page holds both."""
    heading = Paragraph(escape(f"{section.number}  {section.heading}"), text.SECTION)
    flowables: list[Flowable] = [CondPageBreak(60), heading]
    kept = bool(section.tables) and not is_long(section.tables[0])
    last = len(section.paragraphs) - 1 if kept else -1
    for index, one in enumerate(section.paragraphs):
        flowables.append(Paragraph(escape(one), text.BODY_BEFORE if index == last else text.BODY))
    for table in section.tables:
        flowables += table_flowables(table, _ROOM)
    return flowables


def _signatures(blocks: Sequence[SignatureBlock], p: Phrases) -> list[Flowable]:
    """A block for each party: who, for which group, and lines to sign on."""
    heading = p.say("page.signatures")
    flowables: list[Flowable] = [
        PageBreak(),
        _part_heading(heading),
        Paragraph(escape(p.say("page.sign_intro")), text.BODY),
        Spacer(1, 6),
    ]
    return flowables + [_signature(block, p) for block in blocks]


def _signature(block: SignatureBlock, p: Phrases) -> Flowable:
    labels = [p.say("page.signed"), p.say("page.print_name"), p.say("page.signed_date")]
    who = [
        [Paragraph(escape(block.party), text.HEAD_CELL), Paragraph(escape(block.group), text.CELL)],
    ]
    lines = [["", "", ""], [Paragraph(escape(label), text.CELL) for label in labels]]
    widths = [_ROOM * 0.4, _ROOM * 0.38, _ROOM * 0.22]
    plain = [
        ("FONTNAME", (0, 0), (-1, -1), text.REGULAR),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    ruled = [*plain, *(("LINEBELOW", (column, 0), (column, 0), 0.6, text.INK) for column in range(3))]
    return KeepTogether(
        [
            Table(
                who,
                colWidths=[_ROOM * 0.62, _ROOM * 0.38],
                hAlign="LEFT",
                splitInRow=1,
                style=TableStyle(plain),
            ),
            Table(lines, colWidths=widths, rowHeights=[24, None], hAlign="LEFT", style=TableStyle(ruled)),
            Spacer(1, 12),
        ]
    )
