"""The child process that opens workbooks and long odd texts, so that a bad one cannot take the program with it.

Light on purpose: no numpy, no pandas. It answers over a pipe in JSON bytes and plain whole numbers, never in pickled
objects: what comes back from a process that has just read a hostile file is only text to be parsed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from array import array
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from itertools import chain
from multiprocessing.connection import Connection
from typing import Any

MEMORY_LIMIT = 1536 * 1024 * 1024
READY = b"ready"
_PLAIN: dict[str, Any] = {
    "visible": True,
    "merged": [],
    "merges_known": False,
    "hidden_rows": [],
    "faulty": [],
    "date_1904": False,
    "hidden_columns": [],
    "rows_claimed": 0,
    "filtered": False,
}
_NO_PASSWORD = "VelvetSweatshop"  # noqa: S105  # what Excel itself uses for workbooks locked without a password


def serve(pipe: Connection) -> None:
    """Answer requests until the parent closes the pipe. A request is JSON, then the file's bytes."""
    _limit_memory()
    _silence()
    pipe.send_bytes(READY)
    while True:
        try:
            asked = json.loads(pipe.recv_bytes())
            data = pipe.recv_bytes()
        except EOFError:
            return
        _answer(pipe, asked, data)


def _answer(pipe: Connection, asked: dict[str, Any], data: bytes) -> None:
    from python_calamine import CalamineError, PasswordError

    from models.issues import UnusableInput

    def send(kind: str, value: object) -> None:
        pipe.send_bytes(
            json.dumps({"kind": kind, "value": value}, default=_coded, separators=(",", ":")).encode()
        )

    try:
        if "delimiter" in asked:
            _read_text(asked["file"], data, asked["delimiter"], send, pipe.send_bytes)
        else:
            _read(asked["file"], data, asked.get("password"), send, pipe.send_bytes)
    except UnusableInput as fault:
        send("fault", str(fault))
    except PasswordError:
        send("fault", _password_sentence(asked["file"]))
    except MemoryError:
        send(
            "fault",
            f"{asked['file']}: the file needs more memory than staff data or accounts should, so it is refused.",
        )
    except (CalamineError, OSError, ValueError, KeyError) as error:
        why = str(error).split("\n")[0][:120]
        send(
            "fault",
            f"{asked['file']}: the workbook cannot be read ({why}). Open and save it in a spreadsheet program.",
        )
    else:
        send("end", None)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit and the size checks remain
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _silence() -> None:
    """What a crashing reader prints is no use to the person at the screen; the parent says what happened."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _read(
    file: str,
    data: bytes,
    password: str | None,
    send: Callable[[str, object], None],
    send_bytes: Callable[[bytes], None],
) -> None:
    from python_calamine import CalamineError, PasswordError

    from bargain.intake.zip_checks import check_zip

    data = _opened(file, data, password)
    zipped = data[:4] == b"PK\x03\x04"
    if zipped:
        check_zip(data, file=file)
    with ThreadPoolExecutor(1) as beside:  # the reader is compiled code that lets Python look on meanwhile
        looking = beside.submit(_xlsx_facts if zipped else _no_facts, data)
        sheets = _by_calamine(data)
        try:
            first = next(sheets, None)
        except PasswordError:
            raise
        except CalamineError:
            if not zipped:
                raise
            sheets = _by_openpyxl(data)
            first = next(sheets, None)
        for told in chain(() if first is None else (first,), sheets):
            columns, codes, height = _columns(told.pop("cells"))
            facts = looking.result().get(told["name"])
            told |= {
                "height": height,
                "columns": columns,
                "hidden_rows": facts.hidden_rows if facts else [],
                "faulty": facts.faulty if facts else [],
                "date_1904": facts.date_1904 if facts else False,
                "hidden_columns": facts.hidden_columns if facts else [],
                "rows_claimed": facts.rows_claimed if facts else 0,
                "filtered": facts.filtered if facts else False,
            }
            send("sheet", told)
            send_bytes(codes)


def _read_text(
    file: str,
    data: bytes,
    delimiter: str,
    send: Callable[[str, object], None],
    send_bytes: Callable[[bytes], None],
) -> None:
    """UTF-8 text as the one sheet of a workbook in which nothing is hidden."""
    from bargain.intake.csv_exact import exact_columns

    columns, codes, height = exact_columns(data.decode(), delimiter, file=file)
    send("sheet", _PLAIN | {"name": file, "height": height, "columns": columns})
    send_bytes(codes)


def _by_calamine(data: bytes) -> Iterator[dict[str, Any]]:
    """Every sheet of cells by the quick reader."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    workbook = load_workbook(io.BytesIO(data))
    for meta in workbook.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(meta.name)
        cells = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges
        yield {
            "name": meta.name,
            "visible": meta.visible == SheetVisibleEnum.Visible,
            "cells": cells,
            "merged": [[*start, *end] for start, end in merged or ()],
            "merges_known": merged is not None,
        }


def _by_openpyxl(data: bytes) -> Iterator[dict[str, Any]]:
    """The same by the slow reader, which forgives more; error cells are blank here too."""
    import warnings

    import openpyxl

    warnings.simplefilter("ignore")  # what it leaves out of charts and styles is nothing to us
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # a damaged part raises many kinds
        raise ValueError(str(error) or type(error).__name__) from None
    for sheet in workbook.worksheets:
        yield {
            "name": sheet.title,
            "visible": sheet.sheet_state == "visible",
            "cells": [
                [None if cell.data_type == "e" else cell.value for cell in row] for row in sheet.iter_rows()
            ],
            "merged": [
                [one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1]
                for one in sheet.merged_cells.ranges
            ],
            "merges_known": True,
        }


def _columns(rows: list[list[Any]]) -> tuple[list[list[Any]], bytes, int]:
    """Each column as its distinct cells, and for every cell, column by column, the place of its value among them."""
    distinct: list[list[Any]] = []
    codes = array("i")
    for cells in zip(*rows, strict=True):
        kinds = set(map(type, cells))
        if len(kinds & {bool, int, float}) > 1:  # 1, 1.0 and True would be one key
            keyed: dict[Any, int] = {}
            codes.extend([keyed.setdefault((type(cell), cell), len(keyed)) for cell in cells])
            distinct.append([cell for _kind, cell in keyed])
        else:
            seen: dict[Any, int] = {}
            codes.extend([seen.setdefault(cell, len(seen)) for cell in cells])
            distinct.append(list(seen))
    return distinct, codes.tobytes(), len(rows)


def _opened(file: str, data: bytes, password: str | None) -> bytes:
    """The workbook's bytes, deciphered in memory where it is protected by a password."""
    if data[:8] != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return data
    import msoffcrypto

    from models.issues import UnusableInput

    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        protected = bool(office.is_encrypted())
    except Exception:  # noqa: BLE001  # the library raises many kinds; what it cannot see into, the reader judges
        protected = False
    if not protected:
        if _has_filepass(data):
            raise UnusableInput(_password_sentence(file))
        return data
    for key in (_NO_PASSWORD,) if password is None else (password, _NO_PASSWORD):
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        plain = io.BytesIO()
        try:
            office.load_key(password=key)
            office.decrypt(plain)
        except Exception:  # noqa: BLE001, S112  # a wrong password and damaged wrapping raise many kinds
            continue
        return plain.getvalue()
    if password is None:
        raise UnusableInput(_password_sentence(file))
    raise UnusableInput(
        f"{file}: this workbook is password-protected and the password given does not open it."
    )


def _has_filepass(data: bytes) -> bool:
    """Whether an old workbook begins with the record that says it is locked (FILEPASS), in any version of the format."""
    for mark in (b"\x09\x08\x08\x00\x00\x05", b"\x09\x08\x10\x00\x00\x06"):
        at = data.find(mark)
        if at >= 0:
            after = at + 4 + int.from_bytes(data[at + 2 : at + 4], "little")
            for _ in range(8):
                kind, size = data[after : after + 2], int.from_bytes(data[after + 2 : after + 4], "little")
                if kind == b"\x2f\x00" and size >= 4:
                    return True
                after += 4 + size
    return False


def _password_sentence(file: str) -> str:
    return f"{file}: this workbook is password-protected. Give its password; it is opened in memory only."


def _xlsx_facts(data: bytes) -> dict[str, Any]:
    from bargain.intake.sheet_xml import facts_by_sheet

    return facts_by_sheet(data)


def _no_facts(_data: bytes) -> dict[str, Any]:
    return {}


def _coded(value: object) -> object:
    match value:
        case datetime():
            return {"t": "datetime", "v": value.isoformat()}
        case date():
            return {"t": "date", "v": value.isoformat()}
        case time():
            return {"t": "time", "v": value.isoformat()}
        case timedelta():
            return {"t": "span", "v": value.total_seconds()}
    raise TypeError(type(value).__name__)
