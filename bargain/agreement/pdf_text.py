"""Text on paper: the embedded fonts, the paragraph styles, and the one door through which data text passes."""

from __future__ import annotations

from functools import cache
from importlib import resources
from io import BytesIO
from xml.sax.saxutils import escape as _escape_markup

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from bargain.agreement.plain_text import printable

REGULAR = "BargainSans"
BOLD = "BargainSans-Bold"
OBLIQUE = "BargainSans-Oblique"
_FILES = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf", OBLIQUE: "DejaVuSans-Oblique.ttf"}

INK = Color(0.10, 0.13, 0.18)
FAINT = Color(0.40, 0.43, 0.48)
RULE = Color(0.72, 0.75, 0.79)
SHADE = Color(0.93, 0.945, 0.96)
WARM = Color(0.70, 0.35, 0.02)
WATERMARK = Color(0.915, 0.92, 0.93)

BODY = ParagraphStyle(
    "body", fontName=REGULAR, fontSize=9, leading=13, textColor=INK, spaceAfter=5, splitLongWords=1
)
BODY_BEFORE = ParagraphStyle("body before a table", parent=BODY, keepWithNext=1)
TITLE = ParagraphStyle("title", parent=BODY, fontName=BOLD, fontSize=15, leading=20, spaceAfter=3)
SUBTITLE = ParagraphStyle("subtitle", parent=BODY, fontSize=12, leading=16, spaceAfter=10, textColor=FAINT)
PART = ParagraphStyle(
    "part", parent=BODY, fontName=BOLD, fontSize=14, leading=18, spaceBefore=0, spaceAfter=8
)
SECTION = ParagraphStyle(
    "section",
    parent=BODY,
    fontName=BOLD,
    fontSize=10,
    leading=14,
    spaceBefore=8,
    spaceAfter=4,
    keepWithNext=1,
)
CAPTION = ParagraphStyle(
    "caption", parent=BODY, fontName=BOLD, fontSize=8, leading=11, spaceBefore=4, spaceAfter=3, keepWithNext=1
)
LOOSE_CAPTION = ParagraphStyle("caption of a long table", parent=CAPTION, keepWithNext=0)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=8, leading=10.5, spaceAfter=0)
NUMBER_CELL = ParagraphStyle("number", parent=CELL, alignment=TA_RIGHT)
HEAD_CELL = ParagraphStyle("head", parent=CELL, fontName=BOLD)
NUMBER_HEAD = ParagraphStyle("number head", parent=HEAD_CELL, alignment=TA_RIGHT)
WARNING_HEAD = ParagraphStyle("warning head", parent=CELL, fontName=BOLD, textColor=WARM, spaceAfter=2)

_NO_BREAK = "\u00a0"  # printed as a space, but no line ends there


@cache
def register_fonts() -> None:
    """Make the packaged fonts known to reportlab, once. It never looks for fonts on the machine."""
    folder = resources.files("bargain").joinpath("data", "fonts")
    for name, file in _FILES.items():
        registerFont(TTFont(name, BytesIO(folder.joinpath(file).read_bytes())))
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=OBLIQUE, boldItalic=BOLD)


def escape(text: str) -> str:
    """Text from data, safe in reportlab's markup: it prints as it is written, and loads nothing.

    A number stays on one line with its percent sign.
    """
    return _escape_markup(printable(text)).replace(" %", f"{_NO_BREAK}%")


def width(text: str, style: ParagraphStyle) -> float:
    """How wide a text prints on one line, in points."""
    return float(stringWidth(text, style.fontName, style.fontSize))


def clipped(text: str, style: ParagraphStyle, room: float) -> str:
    """As much of a text as fits into the room, with dots where something is left out."""
    shown = printable(text)
    if width(shown, style) <= room:
        return shown
    while shown and width(shown + "…", style) > room:
        shown = shown[: max(len(shown) - 1 - len(shown) // 16, 0)]
    return shown.rstrip() + "…"
