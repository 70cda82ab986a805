"""The draft as plain text: everything that the PDF says, for a message, a reader aloud or a comparison."""

from __future__ import annotations

import textwrap

from bargain.agreement.plain_text import printable
from bargain.offers.phrases import Phrases, phrases
from models.agreement import AgreementDraft, DraftSection, DraftTable, SignatureBlock

WIDTH = 96  # letters of a line
_GAP = "   "


def text_bytes(draft: AgreementDraft) -> bytes:
    """The draft in UTF-8."""
    p = phrases()
    labels = (p.say("page.version"), p.say("page.date"), p.say("page.data"))
    values = (draft.version, draft.dated, draft.fingerprint)
    facts = " · ".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))
    blocks = [
        _underlined(draft.title, "="),
        _wrapped(draft.sector),
        _wrapped(draft.watermark),
        _wrapped(facts),
    ]
    blocks += [_wrapped(draft.basis)]
    if draft.warnings:
        warnings = (_wrapped(f"- {one}", under="  ") for one in draft.warnings)
        blocks.append("\n".join([_wrapped(p.say("page.warnings")), *warnings]))
    for name, sections in draft.parts:
        blocks.append(_underlined(name, "="))
        blocks += [block for section in sections for block in _section(section)]
    blocks += [_underlined(p.say("page.signatures"), "="), _wrapped(p.say("page.sign_intro"))]
    blocks += [_signature(block, p) for block in draft.signatures]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _section(section: DraftSection) -> list[str]:
    heading = _underlined(f"{section.number}  {section.heading}".strip(), "-")
    return [heading, *map(_wrapped, section.paragraphs), *map(_table, section.tables)]


def _table(table: DraftTable) -> str:
    """In columns where a line holds them, else a line a cell."""
    rows = [[printable(cell) for cell in row] for row in (table.headings, *table.rows)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(table.headings))]
    caption = _wrapped(table.caption)
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= WIDTH:
        lines = (
            _GAP.join(
                cell.rjust(widths[at]) if at in table.number_columns else cell.ljust(widths[at])
                for at, cell in enumerate(row)
            ).rstrip()
            for row in rows
        )
        return "\n".join([caption, *lines])
    named = (
        "\n".join(
            _wrapped(f"{name}: {cell}" if name else cell, under="  ")
            for name, cell in zip(rows[0], row, strict=True)
        )
        for row in rows[1:]
    )
    return "\n\n".join([caption, *named])


def _signature(block: SignatureBlock, p: Phrases) -> str:
    who = f"{block.party} · {block.group}" if block.party else block.group
    lines = (f"{p.say(f'page.{one}')}: " + "_" * 40 for one in ("signed", "print_name", "signed_date"))
    return "\n".join([_wrapped(who), *lines])


def _wrapped(text: str, *, under: str = "") -> str:
    return textwrap.fill(printable(text), WIDTH, subsequent_indent=under, break_on_hyphens=False)


def _underlined(text: str, ink: str) -> str:
    lines = _wrapped(text)
    return f"{lines}\n{ink * max(map(len, lines.splitlines()), default=0)}" if lines else ""
