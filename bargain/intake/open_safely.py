"""Files → tables, safely: size and type first, then a child process with limits for all but text that is plain or short.

One child reads several files; a file that kills or hangs it costs that file, not the program.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import sys
import time as clock
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

from bargain.intake.csv_tables import read_csv
from bargain.intake.sheet_child import READY, serve
from bargain.intake.tables import Rows, SheetTable, told_rows
from bargain.plain_names import plain_name
from models.issues import UnusableInput

MAX_FILE_BYTES = 60 * 1024 * 1024
MAX_TEXT_BYTES = 400 * 1024 * 1024  # text unpacks to nothing larger than itself
TIME_LIMIT_SECONDS = 120.0
_FIRST_LETTER, _LINES_LOOKED_AT = 32, 4
_START_SECONDS = 60.0
_LOOK_SECONDS = 0.1
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a word processor's document"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"SQLite format 3", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_SPACE = b"\x00\t\r\n "
_TEXT_ENDINGS = {".csv", ".tsv", ".txt", ".tab"}
_BOOK_ENDINGS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xltx", ".xltm", ".xlt"}


@dataclass(frozen=True, slots=True, eq=False)
class OpenedFile:
    """A file's tables and the SHA-256 of its bytes."""

    file: str
    sha256: str
    tables: tuple[SheetTable, ...]


class ReadingStopped(Exception):  # noqa: N818  # nobody's fault: it was asked for
    """Reading was stopped by the person who began it; nothing was changed."""


class SafeReader:
    """Opens files one after another; its child process starts with the first workbook and ends with ``close``."""

    def __init__(
        self, *, time_limit: float = TIME_LIMIT_SECONDS, stop: Callable[[], bool] | None = None
    ) -> None:
        self._time_limit = time_limit
        self.stop = stop
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def process(self) -> int | None:
        """The number of the child process, where one runs."""
        return None if self._child is None else self._child.pid

    def close(self) -> None:
        """End the child process, whatever it is doing."""
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        self._child = self._pipe = None

    def read(self, path: Path, password: str | None = None) -> OpenedFile:
        """The tables of one file, or one plain sentence why not."""
        data = read_bytes(path)
        name = plain_name(path.name)  # it is shown, and kept in the record
        with ThreadPoolExecutor(1) as beside:
            digest = beside.submit(hashlib.sha256, data)
            if is_workbook(data, file=name):
                tables = self._read_workbook(data, file=name, password=password)
            else:
                tables = (read_csv(data, file=name, exactly=partial(self._read_text, name)),)
            return OpenedFile(name, digest.result().hexdigest(), tables)

    def _read_workbook(self, data: bytes, *, file: str, password: str | None) -> tuple[SheetTable, ...]:
        return self._read_beside(data, file=file, password=password)

    def _read_text(self, file: str, data: bytes, delimiter: str) -> Rows:
        """Text that is slow to read, as the child reads it."""
        return self._read_beside(data, file=file, delimiter=delimiter)[0].rows

    def _read_beside(self, data: bytes, *, file: str, **asked: str | None) -> tuple[SheetTable, ...]:
        """What the child reads from the bytes of a file. asked: how to read it."""
        pipe = self._started()
        limit = clock.monotonic() + self._time_limit
        tables: list[SheetTable] = []
        try:
            pipe.send_bytes(json.dumps({"file": file, **asked}).encode())
            pipe.send_bytes(data)
            while True:
                if not self._answers(pipe, limit):
                    self.close()
                    raise UnusableInput(
                        f"{file}: reading took longer than {self._time_limit:.0f} seconds, so it was stopped. Open the file "
                        "in a spreadsheet program, keep only the sheet that is wanted, save it and import that."
                    )
                said = json.loads(pipe.recv_bytes(), object_hook=_decoded)
                match said["kind"]:
                    case "sheet":
                        tables.append(_table(file, said["value"], pipe.recv_bytes()))
                    case "fault":
                        raise UnusableInput(str(said["value"]))
                    case _:
                        return tuple(tables)
        except (EOFError, OSError):
            self.close()
            raise UnusableInput(
                f"{file}: the file made the reader stop; it is damaged or was made to do harm. Ask who sent it to save "
                "it anew as .xlsx."
            ) from None

    def _answers(self, pipe: Connection, limit: float) -> bool:
        """Wait for the child until the limit, looking out for a wish to stop."""
        while True:
            left = max(limit - clock.monotonic(), 0)
            if self.stop is not None and self.stop():
                self.close()
                raise ReadingStopped
            if pipe.poll(min(left, _LOOK_SECONDS) if self.stop is not None else left):
                return True
            if clock.monotonic() >= limit:
                return False

    def _started(self) -> Connection:
        if self._pipe is not None and self._child is not None and self._child.is_alive():
            return self._pipe
        self.close()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._child = context.Process(target=serve, args=(theirs,), daemon=True)
        with _main_module_hidden():
            self._child.start()
        theirs.close()
        self._pipe = ours
        self._wait_until_ready(ours)
        return ours

    def _wait_until_ready(self, pipe: Connection) -> None:
        """A child that never begins is the program's fault, not the file's."""
        with suppress(EOFError, OSError):
            if pipe.poll(_START_SECONDS) and pipe.recv_bytes() == READY:
                return
        self.close()
        raise RuntimeError("the process that reads spreadsheets could not be started")


@contextmanager
def _main_module_hidden() -> Iterator[None]:
    """Keep a new process from importing the program's main module, which may be slow, open windows, or be no file."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def read_tables_of(paths: Sequence[Path], *, password: str | None = None) -> Iterator[OpenedFile]:
    """The tables of several files through one child process."""
    with SafeReader() as reader:
        for path in paths:
            yield reader.read(path, password)


def read_bytes(path: Path) -> bytes:
    """The file's bytes, if it is there, is a file, and is not too large."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnusableInput(f"{path.name} is not a file. Give a spreadsheet or a CSV file.")
        is_text = path.suffix.lower() in _TEXT_ENDINGS
        most = MAX_TEXT_BYTES if is_text else MAX_FILE_BYTES
        if size > most:
            raise UnusableInput(
                f"{path.name} is {size / 1024 / 1024:,.0f} MB; files of its kind up to {most // 1024 // 1024} MB are read. "
                "Keep only the sheet that is wanted, or save it as CSV in parts."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnusableInput(f"{path.name} is not there. Check the name and the folder.") from None
    except PermissionError:
        raise UnusableInput(
            f"{path.name} cannot be opened: another program holds it, or you may not read it. Close it there and try again."
        ) from None
    except OSError as error:
        raise UnusableInput(f"{path.name} cannot be read: {error.strerror or error}.") from None
    if (not data[:4096].strip(_SPACE) and not data.strip(_SPACE)) or data in {
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
    }:
        raise UnusableInput(f"{path.name} is empty. Ask for the file again.")
    return data


def is_workbook(data: bytes, *, file: str) -> bool:
    """Whether the bytes are a workbook; text is not. What is neither is refused, whatever its name says."""
    ending = Path(file).suffix.lower()
    if data[:4] == b"PK\x03\x04" or data[:8] == _OLE or data[:2] == b"\x09\x08":
        if ending not in {*_BOOK_ENDINGS, *_TEXT_ENDINGS, ""}:  # such files are often sent with a wrong name
            raise UnusableInput(_not_read(file))
        return True
    for start, what in _NOT_TABLES:
        if data.startswith(start):
            raise UnusableInput(
                f"{file} is {what}, not a spreadsheet. Ask for the figures as .xlsx, .xls, .ods or CSV."
            )
    if data[:4] in {b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"}:
        raise UnusableInput(f"{file} is in a format of Excel before 1997. Save it as .xlsx and import that.")
    if ending in _BOOK_ENDINGS:
        start = data[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        if start.startswith((b"<?xml", b"<html", b"<!doctype", b"<table")):
            raise UnusableInput(
                f"{file} is a web page or XML text with a workbook's name. Save it as .xlsx and import that."
            )
        if _is_text_table(data):  # what many payroll programs call an Excel export
            return False
        raise UnusableInput(f"{file} is named as a workbook but is not one, or is damaged. Ask for it again.")
    if ending not in _TEXT_ENDINGS:
        raise UnusableInput(_not_read(file))
    return False


def _is_text_table(data: bytes) -> bool:
    """Whether bytes are lines of text of which the first ones have the same number of fields, and three or more."""
    start = data[:4096]
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start[: len(start) // 2 * 2].decode("utf-16", errors="ignore") if wide else start.decode("latin-1")
    if any(ord(sign) < _FIRST_LETTER and sign not in "\t\r\n" for sign in text):
        return False
    lines = [line for line in text.splitlines()[:_LINES_LOOKED_AT] if line.strip()]
    return any(
        len(lines) > 1 and len({line.count(sign) for line in lines}) == 1 and lines[0].count(sign) > 1
        for sign in "\t;,|"
    )


def _not_read(file: str) -> str:
    return (
        f"{file} is not a kind of file that holds staff data or accounts. Files that are read: .xlsx, .xlsm, .xlsb, .xls, .ods, .csv, "
        ".tsv. Save it as one of these and import that."
    )


def _decoded(value: dict[str, Any]) -> Any:
    match value.get("t"):
        case "datetime":
            return datetime.fromisoformat(value["v"])
        case "date":
            return date.fromisoformat(value["v"])
        case "time":
            return time.fromisoformat(value["v"])
        case "span":
            return timedelta(seconds=value["v"])
    return value


def _table(file: str, told: dict[str, Any], coded: bytes) -> SheetTable:
    try:
        rows = told_rows(told["columns"], coded, int(told["height"]))
    except ValueError:
        raise EOFError from None  # no honest child sends this
    return SheetTable(
        file=file,
        sheet=plain_name(told["name"]) or "sheet without a name",
        rows=rows,
        visible=told["visible"],
        merged=tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in told["merged"]),
        merges_known=told["merges_known"],
        hidden_rows=frozenset(told["hidden_rows"]),
        faulty=tuple((int(row), int(column), str(why)) for row, column, why in told["faulty"]),
        date_1904=told["date_1904"],
        hidden_columns=frozenset(told["hidden_columns"]),
        rows_claimed=int(told["rows_claimed"]),
        filtered=bool(told["filtered"]),
    )
