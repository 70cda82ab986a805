"""A draft as a file, in the form that the file's ending asks for."""

from __future__ import annotations

from pathlib import Path

from bargain.whole_file import write_whole
from models.agreement import AgreementDraft
from models.issues import UnusableInput

ENDINGS = (".pdf", ".docx", ".txt")


def write_draft(draft: AgreementDraft, path: Path) -> None:
    """Write a PDF, a Word document or plain text, whole or not at all. Raises UnusableInput for another ending, and OSError."""
    check_ending(path)
    if path.suffix.casefold() == ".pdf":
        from bargain.agreement.pdf import pdf_bytes as made
    elif path.suffix.casefold() == ".txt":
        from bargain.agreement.text import text_bytes as made
    else:
        from bargain.agreement.docx import docx_bytes as made
    write_whole(path, made(draft))


def check_ending(path: Path) -> None:
    """Raise UnusableInput where no draft can be written into a file of this name."""
    if path.suffix.casefold() not in ENDINGS:
        raise UnusableInput(
            f"{path}: the draft is written as PDF, Word document or plain text; give a name that ends in .pdf, .docx or .txt."
        )
