"""An agreement draft as values: what would be printed, before anything prints it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table: a caption, headings, rows of text, and which columns hold numbers."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    number_columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A numbered section: heading, paragraphs, then tables."""

    number: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[DraftTable, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Who signs, and for which group."""

    party: str
    group: str


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """The whole draft. ``watermark`` is empty only for an agreed text; ``basis`` says what the figures are taken of."""

    title: str
    sector: str
    version: str
    dated: str
    watermark: str
    warnings: tuple[str, ...]
    parts: tuple[tuple[str, tuple[DraftSection, ...]], ...]
    signatures: tuple[SignatureBlock, ...]
    fingerprint: str
    basis: str = ""
