"""Our colours, light and dark: every pair of text and ground has a contrast of 4.5 : 1 or more."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme. ``on_…`` is text upon the colour of that name; lines have 3 : 1 against window and base."""

    is_dark: bool
    window: str
    base: str
    alternate: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    band: str  # the header of a private window
    on_band: str
    teal: str  # the header of the employers' side
    on_teal: str
    note: str  # grounds of notices
    warning: str
    error: str
    good_text: str  # words such as met, close, missed
    warning_text: str
    error_text: str
    chip: str  # the ground of a small label such as "Sample data"
    on_chip: str


LIGHT = Colours(
    is_dark=False,
    window="#f2f2f4",
    base="#ffffff",
    alternate="#f7f7f9",
    text="#17191e",
    muted="#50545d",
    line="#82868f",
    accent="#1c5fa6",
    on_accent="#ffffff",
    band="#ece5f5",
    on_band="#481a73",
    teal="#dcf1ef",
    on_teal="#0d4a47",
    note="#e3edf8",
    warning="#fbefd0",
    error="#fbe1e1",
    good_text="#1a6b3c",
    warning_text="#7d4e00",
    error_text="#a11335",
    chip="#fbefd0",
    on_chip="#5c3a00",
)

DARK = Colours(
    is_dark=True,
    window="#212329",
    base="#191b20",
    alternate="#1f2127",
    text="#eceef2",
    muted="#b3b7c1",
    line="#7d828d",
    accent="#7db4f2",
    on_accent="#0f1319",
    band="#33264a",
    on_band="#e3d0fb",
    teal="#173c3a",
    on_teal="#b9ece6",
    note="#1f3247",
    warning="#453613",
    error="#4d2029",
    good_text="#7fd6a2",
    warning_text="#efc271",
    error_text="#ff9fb0",
    chip="#453613",
    on_chip="#f6dca8",
)


def current() -> Colours:
    """The scheme in use."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < 128 else LIGHT


def wanted() -> Colours:
    """The scheme that the desktop asks for."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def qt_palette(colours: Colours) -> QPalette:
    """The scheme as Qt's widgets use it."""
    role = QPalette.ColorRole
    palette = QPalette(QColor(colours.window))
    pairs = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.alternate,
        role.Text: colours.text,
        role.Button: colours.window,
        role.ButtonText: colours.text,
        role.BrightText: colours.error_text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.PlaceholderText: colours.muted,
        role.ToolTipBase: colours.base,
        role.ToolTipText: colours.text,
    }
    for one, colour in pairs.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(colours.line))
    return palette


def use(colours: Colours) -> None:
    """Paint everything in a scheme: Qt's own widgets, and ours that hold a colour of their own (``recolour``)."""
    QApplication.setPalette(qt_palette(colours))
    for widget in QApplication.allWidgets():
        recolour = getattr(widget, "recolour", None)
        if callable(recolour):
            recolour()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 defines it (relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = []
    for at in (1, 3, 5):
        share = int(colour[at : at + 2], 16) / 255
        parts.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
