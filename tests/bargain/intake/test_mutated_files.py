"""Payrolls broken at random for a bounded time: each is read whole, asked about, or refused in one plain sentence."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bargain.intake.open_safely import SafeReader
from bargain.intake.payroll import read_opened
from bargain.intake.reading import MappingFile, PayrollReading
from models.issues import UnusableInput
from tests.bargain.intake.shared_files import FACTS, write_book

SECONDS = 20.0
ONE_FILE_SECONDS = 15.0
ROWS = [
    ("Staff no", "Name", "Job title", "Hourly rate", "Hours", "Start date"),
    *(
        (f"E{at}", f"Exampla {at}", "RSW", 12.71 + at / 100, 37.5, f"{at + 1:02d}/03/2020")
        for at in range(25)
    ),
    ("Total", None, None, None, 37.5 * 25, None),
]
ODD = [
    b"<", b">", b"&", b'"', b"\x00", b"\xff", b"-", b"9" * 400, b"1e999", b"NaN", b"=cmd|' /C calc'!A0", b"\r", b"\n\n",
    b"</row>", b"<row r='1048576'>", b't="e"', b' hidden="1"', b"<f>1+1</f>", b'r="XFD1048576"', b"<!-- x -->", b"\xe2\x80\xae",
    b"Total", b"\t", b";", b"31/02/2020", b"1900-02-29", b"-0", b"(12.71)", b"99999999999999999999",
]  # fmt: skip


def open_document(rows: list[tuple[object, ...]]) -> bytes:
    """The rows as the smallest .ods."""
    lines = []
    for row in rows:
        cells = "".join(
            "<table:table-cell/>"
            if cell is None
            else f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, int | float)
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        lines.append(f"<table:table-row>{cells}</table:table-row>")
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Payroll">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return held.getvalue()


def broken(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, cut, doubled or put in."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randint(1, 60)]
            case 2:
                changed[at:at] = chance.choice(ODD)
            case 3:
                changed[at:at] = changed[at : at + chance.randint(1, 200)]
            case _:
                changed[at : at + len(changed) // 50] = chance.choice(ODD)
    return bytes(changed)


def with_broken_part(data: bytes, chance: random.Random) -> bytes:
    """One part of a zipped workbook broken, and the zip made whole again."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        victim = chance.choice(archive.namelist())
        for name in archive.namelist():
            part = archive.read(name)
            made.writestr(name, broken(part, chance) if name == victim else part)
    return held.getvalue()


def keeps_its_account(reading: PayrollReading) -> None:
    for sheet in reading.sheets:
        assert sheet.rows_in_file == sum(sheet.counts.values())
        assert len(sheet.workforce) == sheet.counts["staff"]  # type: ignore[index]


@pytest.mark.slow
def test_that_no_broken_file_is_half_read_or_brings_a_traceback(tmp_path: Path) -> None:
    seed = time.time_ns()
    chance = random.Random(seed)
    book = write_book(tmp_path / "good.xlsx", ROWS).read_bytes()
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in ROWS).encode()
    sources: list[tuple[str, bytes, Callable[[bytes, random.Random], bytes]]] = [
        ("a.csv", text, broken),
        ("a.xlsx", book, broken),
        ("a.xlsx", book, with_broken_part),
        ("a.ods", open_document(ROWS), broken),
        ("a.ods", open_document(ROWS), with_broken_part),
    ]
    outcomes = {"read": 0, "refused": 0, "nameless": 0}
    end = time.monotonic() + SECONDS
    tries = 0
    with SafeReader(time_limit=ONE_FILE_SECONDS) as reader:
        while time.monotonic() < end:
            name, source, breaking = sources[tries % len(sources)]
            path = tmp_path / name
            path.write_bytes(breaking(source, chance))
            tries += 1
            start = time.monotonic()
            try:
                opened = reader.read(path)
                reading = read_opened(opened, facts=FACTS, employer=None, mapping=MappingFile())
                keeps_its_account(reading)
                outcomes["read"] += 1
            except UnusableInput as refusal:
                outcomes["refused" if name in str(refusal) else "nameless"] += 1
            except Exception as error:  # what is wrong is said with the seed that shows it again
                raise AssertionError(f"seed {seed}, try {tries}, {name}: {error!r}") from error
            assert time.monotonic() - start < 2 * ONE_FILE_SECONDS, f"seed {seed}, try {tries}"
    assert outcomes["read"], f"seed {seed}"
    assert outcomes["refused"], f"seed {seed}"
    assert not outcomes["nameless"], f"seed {seed}"


def test_that_the_unbroken_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.ods").write_bytes(open_document(ROWS))
    write_book(tmp_path / "a.xlsx", ROWS)
    with SafeReader() as reader:
        for name in ("a.ods", "a.xlsx"):
            reading = read_opened(
                reader.read(tmp_path / name),
                facts=FACTS,
                employer=None,
                mapping=MappingFile(date_order="day_first"),
            )
            assert reading.sheets[0].counts["staff"] == 25  # type: ignore[index]
