"""A query letter on paper: A4 PDF through the same fonts, styles and escaping as the draft."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer

from bargain.agreement import pdf_text as text
from bargain.agreement.pdf_tables import table_flowables
from bargain.agreement.pdf_text import escape
from bargain.agreement.plain_text import printable
from bargain.offers.phrases import phrases
from models.agreement import DraftTable
from models.quality import QueryLetter

_MARGIN = 22 * mm
_ROOM = A4[0] - 2 * _MARGIN
_PRODUCER = "Bargain"


def letter_pdf(letter: QueryLetter, places: Sequence[str]) -> bytes:
    """One letter; ``places`` says in words where each of its lines is. The same letter gives the same bytes."""
    text.register_fonts()
    p = phrases()
    out = BytesIO()
    paper = BaseDocTemplate(
        out,
        pagesize=A4,
        invariant=1,
        lang=p.texts["language"],
        title=printable(p.say("letter.subject", sector=letter.sector)),
        author="",
        creator=_PRODUCER,
        producer=_PRODUCER,
        subject=printable(letter.employer),
        initialFontName=text.REGULAR,
    )
    frame = Frame(_MARGIN, 22 * mm, _ROOM, A4[1] - 46 * mm, 0, 0, 0, 0)
    paper.addPageTemplates(PageTemplate(frames=[frame], onPage=_furniture))
    paper.build(_story(letter, places))
    return out.getvalue()


def _story(letter: QueryLetter, places: Sequence[str]) -> list[Flowable]:
    p = phrases()
    story: list[Flowable] = [
        Paragraph(escape(p.say("letter.to", employer=letter.employer)), text.BODY),
        Paragraph(escape(p.day(letter.dated)), text.BODY),
        Spacer(1, 8),
        Paragraph(escape(p.say("letter.subject", sector=letter.sector)), text.SECTION),
        *(Paragraph(escape(one), text.BODY) for one in letter.paragraphs),
    ]
    if letter.lines:
        headings = ("", p.say("letter.asked"), p.say("letter.place"))
        rows = tuple(
            (str(number), line.query, place)
            for number, (line, place) in enumerate(zip(letter.lines, places, strict=True), 1)
        )
        story += [Spacer(1, 4), *table_flowables(DraftTable("", headings, rows), _ROOM)]
    return [*story, *(Paragraph(escape(one), text.BODY) for one in letter.closing)]


def _furniture(canvas: Canvas, _: BaseDocTemplate) -> None:
    canvas.saveState()
    canvas.setFont(text.REGULAR, text.CELL.fontSize)
    canvas.setFillColor(text.FAINT)
    canvas.drawRightString(A4[0] - _MARGIN, 12 * mm, str(canvas.getPageNumber()))
    canvas.restoreState()
