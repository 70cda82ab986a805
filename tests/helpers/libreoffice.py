"""LibreOffice as a second opinion: it opens a workbook, calculates every formula itself and saves it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
ABSENT = "LibreOffice is not installed; on Debian: apt-get install libreoffice-calc"

Values = dict[tuple[str, str], object]


def with_wrong_results(workbook: bytes) -> bytes:
    """The same workbook with 999 stored for every formula, so that only a recalculation can be right."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/"):
                data = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>999</v>", data)
            target.writestr(name, data)
    return out.getvalue()


def recalculated(workbooks: Mapping[str, bytes], folder: Path) -> dict[str, Values]:
    """Every cell of every workbook as LibreOffice calculates it from wrong stored results."""
    return {name: stored(data) for name, data in saved_again(workbooks, folder).items()}


def saved_again(workbooks: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The workbooks as LibreOffice saves them once it has calculated everything itself."""
    assert PROGRAM is not None
    folder.mkdir(parents=True, exist_ok=True)
    profile, given, answer = (folder / name for name in ("profile", "given", "answer"))
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    given.mkdir()
    for name, data in workbooks.items():
        (given / f"{name}.xlsx").write_bytes(with_wrong_results(data))
    files = [str(given / f"{name}.xlsx") for name in workbooks]
    done = subprocess.run(
        [
            PROGRAM,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(answer),
            *files,
        ],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name: (answer / f"{name}.xlsx").read_bytes() for name in workbooks}


def numbers(workbook: bytes) -> dict[str, list[list[float | None]]]:
    """The numbers of every sheet by row and column, read the quick way; None where there is none."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    return {
        name: [
            [float(cell) if isinstance(cell, int | float) else None for cell in row]
            for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ]
        for name in book.sheet_names
    }


def with_number(workbook: bytes, place: tuple[str, str], number: float) -> bytes:
    """The workbook as somebody would save it who had typed another number into one cell."""
    book = openpyxl.load_workbook(BytesIO(workbook))
    book[place[0]][place[1]].value = number
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def stored(workbook: bytes) -> Values:
    """What each cell of a workbook has stored."""
    book = openpyxl.load_workbook(BytesIO(workbook), data_only=True)
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet for cell in row}


def formulas(workbook: bytes) -> dict[tuple[str, str], str]:
    """Every formula by its place."""
    book = openpyxl.load_workbook(BytesIO(workbook))
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book
        for row in sheet
        for cell in row
        if cell.data_type == "f"
    }
