"""What a file looks like that is not a sector file, so that the message can say what to do with it."""

from __future__ import annotations

_HEAD = 4096  # bytes enough to tell


def looks_like(data: bytes) -> str:
    """One sentence or two on what kind of file these bytes seem to be, and what to do."""
    head = data[:_HEAD]
    if not data:
        return "It is empty: saving or copying it was cut short. Fetch it again, or open an earlier copy."
    if head.startswith(b"PK\x03\x04"):
        return _zip_like(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "It looks like an older or password-protected Excel workbook. Import it as staff data."
    if head.startswith(b"%PDF-"):
        return "It looks like a PDF. Choose a file whose name ends in .bargain."
    if any(byte < 32 and byte not in b"\t\n\f\r" for byte in head):  # no text holds these
        return "Choose a file whose name ends in .bargain."
    if b"[[settlement]]" in head:
        return "It looks like an offer file. Give it as an offer (--offer), beside a sector file."
    if b"[[target]]" in head:
        return "It looks like a targets file. Give it as targets (--targets), beside a sector file."
    return "It looks like a text or CSV file. If it is a payroll, import it as staff data."


def _zip_like(data: bytes) -> str:
    if b"xl/workbook" in data:
        return "It looks like an Excel workbook. Import it as staff data."
    if b"opendocument.spreadsheet" in data[:_HEAD]:
        return "It looks like an OpenDocument spreadsheet. Import it as staff data."
    if b"word/document" in data:
        return "It looks like a Word document. Choose a file whose name ends in .bargain."
    return "It looks like a zip archive. Unpack it and choose the file inside."
