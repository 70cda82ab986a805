"""Checks of a zipped workbook before any reader opens it: bombs, tricks with names, and document type definitions.

Everything is counted while it is unpacked, never believed from the zip's own headers.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from models.issues import UnusableInput

MAX_PARTS = 2_000
MAX_UNPACKED = 500 * 1024 * 1024
MAX_RATIO = 120
RATIO_FROM = 5 * 1024 * 1024
_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_PROLOGUE = 65_536
_ROOT = re.compile(rb"<[A-Za-z_]")


@dataclass(frozen=True, slots=True)
class _Part:
    """What unpacking one part showed."""

    size: int
    may_define_types: bool


def check_zip(data: bytes, *, file: str) -> None:
    """Refuse a zip that could hurt; say why in one sentence."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_names(infos, file=file)
            total = 0
            for info in infos:
                part = _unpack(archive, info, room=MAX_UNPACKED - total, file=file)
                total += part.size
                if part.may_define_types:
                    raise UnusableInput(
                        f"{file}: the part {info.filename[:80]} holds or hides a document type definition, which no spreadsheet needs "
                        "and which can be used to attack. Ask who sent it to save it anew as .xlsx."
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise UnusableInput(
            f"{file}: the workbook is damaged or cut short ({_short(error)}). Ask for it again, or open and save it in a "
            "spreadsheet program."
        ) from None


def _short(error: Exception) -> str:
    return str(error).split("\n")[0][:80] or type(error).__name__


def _check_names(infos: list[zipfile.ZipInfo], *, file: str) -> None:
    if len(infos) > MAX_PARTS:
        raise UnusableInput(
            f"{file}: the workbook has {len(infos):,} parts; staff data and accounts need no more than {MAX_PARTS:,}."
        )
    names: set[str] = set()
    for info in infos:
        name = info.filename
        bad = (
            name.startswith(("/", "\\"))
            or ".." in name.replace("\\", "/").split("/")
            or (len(name) > 1 and name[1] == ":")
            or (info.external_attr >> 16) & 0o170000 == 0o120000
        )
        if bad:
            raise UnusableInput(
                f"{file}: the workbook holds a part with an unsafe name, “{name[:60]}”, so it is refused."
            )
        if info.flag_bits & _ENCRYPTED:
            raise UnusableInput(
                f"{file}: parts of the workbook are locked with a zip password, which no spreadsheet program does. Ask who sent it "
                "to save it anew as .xlsx."
            )
        known_as = name.replace("\\", "/").casefold()  # readers differ in which of two they would take
        if known_as in names:
            raise UnusableInput(
                f"{file}: the workbook holds two parts named “{name[:60]}”, so it is refused."
            )
        names.add(known_as)
    _check_overlap(infos, file=file)


def _check_overlap(infos: list[zipfile.ZipInfo], *, file: str) -> None:
    """Parts that share the same bytes are how small bombs grow large."""
    end = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        if info.header_offset < end:
            raise UnusableInput(f"{file}: parts of the workbook overlap, as in a zip bomb, so it is refused.")
        end = info.header_offset + 30 + len(info.filename.encode()) + info.compress_size


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, room: int, file: str) -> _Part:
    size = 0
    start = b""
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            if len(start) < _PROLOGUE:
                start += chunk[: _PROLOGUE - len(start)]
            size += len(chunk)
            too_dense = size > RATIO_FROM and size > MAX_RATIO * max(info.compress_size, 1)
            if size > room or too_dense:
                raise UnusableInput(
                    f"{file}: the workbook unpacks to far more than it should, as a zip bomb does, so it is refused."
                )
    return _Part(size, _is_xml(info.filename, start) and _may_define_types(start))


def _may_define_types(start: bytes) -> bool:
    """Whether a definition stands before the first element, or could, because that is nowhere near the beginning."""
    plain = start.replace(b"\x00", b"")  # UTF-16 becomes readable
    return b"<!DOCTYPE" in plain.upper() or (len(start) >= _PROLOGUE and not _ROOT.search(plain))


def _is_xml(name: str, start: bytes) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml")) or start.replace(b"\x00", b"").lstrip(
        b"\xef\xbb\xbf\xff\xfe \r\n\t"
    ).startswith(b"<?xml")
