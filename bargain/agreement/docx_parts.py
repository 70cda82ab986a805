"""Pieces of a Word document that python-docx has no call for: quick tables, frames, page numbers, a watermark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from bargain.agreement.plain_text import printable, shortened
from models.agreement import DraftTable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_EMU_PER_TWIP = 635
_EDGES = 3  # letters: what the edges of a cell take
_WIDEST = 44  # letters: a column is as wide as its longest text up to here, and never narrower than a heading's word
_RULE, _SHADE, _WARM = "B8BFC9", "EDF1F5", "B35A05"


def add_table(document: WordDocument, table: DraftTable, room: int) -> None:
    """A table whose heading row stands again on every page; ``room`` in the units of python-docx."""
    widths = _widths(table, room // _EMU_PER_TWIP)
    body = _element("w:tbl")
    properties = _element("w:tblPr")
    properties.append(_element("w:tblStyle", val="TableGrid"))
    properties.append(_element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.append(_borders())
    properties.append(_element("w:tblLayout", type="fixed"))
    properties.append(_element("w:tblCaption", val=printable(shortened(table.caption))))
    body.append(properties)
    grid = _element("w:tblGrid")
    for width in widths:
        grid.append(_element("w:gridCol", w=str(width)))
    body.append(grid)
    numbers = frozenset(table.number_columns)
    body.append(_row(table.headings, widths, numbers, is_heading=True))
    for row in table.rows:
        body.append(_row(row, widths, numbers, is_heading=False))
    document.element.body.insert(len(document.element.body) - 1, body)  # before the section's own properties


def _row(texts: tuple[str, ...], widths: list[int], numbers: frozenset[int], *, is_heading: bool) -> Any:
    row = _element("w:tr")
    kind = _element("w:trPr")
    kind.append(_element("w:cantSplit"))
    if is_heading:
        kind.append(_element("w:tblHeader"))
    row.append(kind)
    for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
        cell, about = _element("w:tc"), _element("w:tcPr")
        about.append(_element("w:tcW", w=str(width), type="dxa"))
        if is_heading:
            about.append(_element("w:shd", val="clear", color="auto", fill=_SHADE))
        cell.append(about)
        paragraph, layout = _element("w:p"), _element("w:pPr")
        if is_heading:
            layout.append(_element("w:keepNext"))
        layout.append(_element("w:spacing", before="20", after="20"))
        if column in numbers:
            layout.append(_element("w:jc", val="right"))
        paragraph.append(layout)
        run, look = _element("w:r"), _element("w:rPr")
        if is_heading:
            look.append(_element("w:b"))
        look.append(_element("w:sz", val="17"))
        run.append(look)
        words = _element("w:t")
        words.text = printable(shortened(text) if is_heading else text)
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        paragraph.append(run)
        cell.append(paragraph)
        row.append(cell)
    return row


def _widths(table: DraftTable, room: int) -> list[int]:
    """Twentieths of a point for each column: by its longest text, filling the room."""
    longest = []
    for heading, *column in zip(table.headings, *table.rows, strict=True):
        word = max(map(len, heading.split()), default=1) * 1.15  # headings are bold
        text = max(map(len, (*column, heading[: len(heading) // 2 + 1])))
        longest.append(int(min(max(word, text), _WIDEST)) + _EDGES)
    widths = [room * one // sum(longest) for one in longest]
    widths[0] += room - sum(widths)
    return widths


def _borders() -> Any:
    """Thin lines between rows, none between columns."""
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        is_drawn = side in {"top", "bottom", "insideH"}
        borders.append(_line(side, "single" if is_drawn else "nil"))
    return borders


def framed(paragraph: Paragraph) -> None:
    """A frame round a paragraph; Word joins the frames of neighbours."""
    borders = _element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_line(side, "single", color=_WARM, space="4"))
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001  # python-docx has no call for it
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def ruled_below(cell: _Cell) -> None:
    """A line under a cell, to write on."""
    borders = _element("w:tcBorders")
    borders.append(_line("bottom", "single", color="1A212E"))
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001


def add_page_number(paragraph: Paragraph, words: str) -> None:
    """Words in which ``{page}`` and ``{pages}`` are fields that the word processor fills."""
    for piece in re.split(r"(\{pages?\})", words):
        field = {"{page}": "PAGE", "{pages}": "NUMPAGES"}.get(piece)
        if field is None:
            paragraph.add_run(printable(piece))
            continue
        holder = _element("w:fldSimple", instr=field)
        run, shown = _element("w:r"), _element("w:t")
        shown.text = "1"
        run.append(shown)
        holder.append(run)
        paragraph._p.append(holder)  # noqa: SLF001


def add_watermark(paragraph: Paragraph, words: str) -> None:
    """Large pale words across the page, as word processors keep them: a drawn text in the header."""
    shape = parse_xml(
        f"<w:pict {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'>"
        "<v:shapetype id='across' coordsize='21600,21600' o:spt='136' adj='10800' path='m@7,l@8,m@5,21600l@6,21600e'>"
        "<v:formulas><v:f eqn='sum #0 0 10800'/><v:f eqn='prod #0 2 1'/><v:f eqn='sum 21600 0 @1'/>"
        "<v:f eqn='sum 0 0 @2'/><v:f eqn='sum 21600 0 @3'/><v:f eqn='if @0 @3 0'/><v:f eqn='if @0 21600 @1'/>"
        "<v:f eqn='if @0 0 @2'/><v:f eqn='if @0 @4 21600'/></v:formulas>"
        "<v:path textpathok='t' o:connecttype='rect'/><v:textpath on='t' fitshape='t'/></v:shapetype>"
        "<v:shape id='watermark' type='#across' fillcolor='#e9ebee' stroked='f' style='position:absolute;margin-left:0;"
        "margin-top:0;width:480pt;height:60pt;rotation:308;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin'>"
        "<v:textpath string=''/></v:shape></w:pict>"
    )
    vml = "{urn:schemas-microsoft-com:vml}"
    shape.find(f"{vml}shape/{vml}textpath").set("string", words)
    shape.find(f"{vml}shape").set("alt", "")
    run = _element("w:r")
    run.append(shape)
    paragraph._p.append(run)  # noqa: SLF001


def _line(side: str, kind: str, *, color: str = _RULE, space: str = "0") -> Any:
    return _element(f"w:{side}", val=kind, sz="4", space=space, color=color)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
