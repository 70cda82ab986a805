"""Files that are damaged, locked, or made to do harm: each is refused with one plain sentence."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from bargain.intake import open_safely, sheet_child
from bargain.intake.open_safely import ReadingStopped, SafeReader, read_tables_of
from bargain.intake.payroll import read_payroll, read_payrolls
from models.issues import UnusableInput
from tests.bargain.intake.shared_files import FACTS, read_sheet, write_book

ROWS = [("Job title", "Hourly rate", "Weekly hours"), ("RSW", 12.71, 37.5)]


def refusal(path: Path, **given: str) -> str:
    with pytest.raises(UnusableInput) as refused:
        read_payroll(path, facts=FACTS, **given)
    sentence = str(refused.value)
    assert path.name in sentence
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The workbook with one part added or replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in parts.items():
            archive.writestr(one, data)
    return path


def test_that_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = write_book(tmp_path / "bomb.xlsx", ROWS)
    with_part(path, "xl/media/image1.bin", b"\x00" * 30_000_000)
    assert "zip bomb" in refusal(path)


def test_that_a_document_type_definition_is_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "dtd.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml")
    start = book.find(b"?>") + 2 if book.startswith(b"<?xml") else 0
    laughs = b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
    with_part(path, "xl/workbook.xml", book[:start] + laughs + book[start:])
    assert "document type definition" in refusal(path)


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_that_a_definition_behind_a_long_comment_or_in_two_byte_letters_is_refused(
    tmp_path: Path, code: str
) -> None:
    path = write_book(tmp_path / "dtd.xlsx", ROWS)
    long = "" if code == "utf-16" else f"<!--{'x' * 70_000}-->"
    text = f'<?xml version="1.0"?>{long}<!DOCTYPE a [<!ENTITY b "c">]><sst/>'
    with_part(path, "xl/sharedStrings.xml", text.encode(code))
    assert "document type definition" in refusal(path)


def test_that_parts_which_share_bytes_are_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "overlap.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/one.bin", b"x" * 5_000)
        archive.writestr("xl/two.bin", b"x" * 5_000)
    data = path.read_bytes()
    at = data.rfind(b"xl/two.bin") - 4  # of its entry in the list of parts, where its bytes are said to begin
    first = data.find(b"xl/one.bin") - 30
    path.write_bytes(data[:at] + first.to_bytes(4, "little") + data[at + 4 :])
    assert "overlap" in refusal(path)


def test_that_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "twice.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert "two parts" in refusal(path)


@pytest.mark.parametrize("name", ["XL/WORKSHEETS/SHEET1.XML", "xl\\worksheets\\sheet1.xml"])
def test_that_a_second_sheet_under_a_like_name_is_refused(tmp_path: Path, name: str) -> None:
    path = write_book(tmp_path / "two.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    with_part(path, name, sheet.replace(b"12.71", b"99.99"))
    assert "two parts" in refusal(path)


def test_that_parts_locked_with_a_zip_password_are_named_so(tmp_path: Path) -> None:
    path = write_book(tmp_path / "locked.xlsx", ROWS)
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert "zip password" in refusal(path)


@pytest.mark.parametrize(
    "text",
    [
        b"a," * 1_100_000,
        b"Job title,Salary\n" + b"x," * 20_000 + b"x\n",
        b"Job title,Salary\n" + b"Carer,24000\n" * 100_000 + b"x," * 1900 + b"x\n",
    ],
    ids=["one line", "more columns than a sheet has", "one wide row among many"],
)
def test_that_text_far_wider_than_a_table_is_refused_before_it_fills_the_memory(
    tmp_path: Path, text: bytes
) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes(text)
    assert "far more columns" in refusal(path)


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "cp1252"])
def test_that_text_that_a_payroll_program_calls_a_workbook_is_read(tmp_path: Path, code: str) -> None:
    path = tmp_path / "export.xls"
    path.write_bytes(
        "Job title\tHourly rate\tWeekly hours\r\nRSW\t12.71\t37.5\r\nCôk\t12.90\t30\r\n".encode(code)
    )
    assert read_sheet(path).heads == 2


def test_that_other_text_named_as_a_workbook_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "letter.xls"
    path.write_bytes(b"Dear all,\r\nplease find attached the payroll, as agreed, for March.\r\n")
    assert "named as a workbook" in refusal(path)


def test_that_a_sheets_name_is_shown_without_what_cannot_be_seen(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml")
        old = book[book.index(b"<sheet ") :].split(b'name="', 1)[1].split(b'"', 1)[0]
    with_part(path, "xl/workbook.xml", book.replace(b'name="' + old, 'name="Pay\u202eroll'.encode()))
    assert read_sheet(path).sheet == "Payroll"


LIMITED = """
import sys
if sys.argv[1] == "without":
    sys.modules["resource"] = None
from bargain.intake import sheet_child
sheet_child._limit_memory()
try:
    held = bytearray(sheet_child.MEMORY_LIMIT)
except MemoryError:
    print("refused")
else:
    print("given")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to this limit")
def test_that_the_child_gets_no_more_memory_than_its_limit() -> None:
    assert _limited("with") == "refused"


def test_that_a_system_without_limits_of_memory_still_reads() -> None:
    assert _limited("without") == "given"


def _limited(how: str) -> str:
    root = Path(open_safely.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, how], capture_output=True, text=True, cwd=root, check=True
    )
    return done.stdout.strip()


def test_that_a_workbook_beyond_the_limit_of_memory_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = write_book(tmp_path / "large.xlsx", [ROWS[0], *([ROWS[1]] * 2_000)])
    told: list[bytes] = []

    class Full:
        def send_bytes(self, data: bytes) -> None:
            told.append(data)
            if b'"sheet"' in data:
                raise MemoryError

    sheet_child._answer(Full(), {"file": path.name}, path.read_bytes())
    assert "more memory than staff data or accounts should" in json.loads(told[-1])["value"]


def test_that_unsafe_part_names_are_refused(tmp_path: Path) -> None:
    path = with_part(write_book(tmp_path / "names.xlsx", ROWS), "../../evil.txt", b"x")
    assert "unsafe name" in refusal(path)


def test_that_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "parts.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/extra/{number}.txt", b"")
    assert "parts" in refusal(path)


def test_that_a_truncated_workbook_is_called_damaged(tmp_path: Path) -> None:
    path = write_book(tmp_path / "short.xlsx", ROWS)
    path.write_bytes(path.read_bytes()[:-700])
    assert "damaged" in refusal(path)


def test_that_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    path = tmp_path / "nothing.xlsx"
    path.write_bytes(b"")
    assert "is empty" in refusal(path)


def test_that_an_empty_workbook_has_no_rows(tmp_path: Path) -> None:
    assert "no rows" in refusal(write_book(tmp_path / "blank.xlsx", []))


def test_that_a_pdf_named_xlsx_is_called_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "scan.xlsx"
    path.write_bytes(b"%PDF-1.7\n%...")
    assert "PDF" in refusal(path)


def test_that_text_named_xlsx_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.xlsx"
    path.write_text("Job title,Hourly rate", encoding="utf-8")
    assert "not one" in refusal(path)


def test_that_a_zip_without_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "cannot be read" in refusal(path)


def test_that_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "not there" in refusal(tmp_path / "gone.xlsx")
    assert "not a file" in refusal(tmp_path)


def test_that_a_file_above_the_limit_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_safely, "MAX_FILE_BYTES", 1000)
    assert "MB" in refusal(write_book(tmp_path / "large.xlsx", ROWS))


def test_that_a_protected_workbook_needs_its_password_and_opens_with_it(tmp_path: Path) -> None:
    plain = write_book(tmp_path / "plain.xlsx", ROWS)
    locked = tmp_path / "locked.xlsx"
    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt("Dim mynediad", sealed)
    locked.write_bytes(sealed.getvalue())
    assert msoffcrypto.OfficeFile(io.BytesIO(locked.read_bytes())).is_encrypted()
    assert "password-protected" in refusal(locked)
    assert "does not open it" in refusal(locked, password="wrong")
    reading = read_payroll(locked, facts=FACTS, password="Dim mynediad")
    assert list(reading.sheets[0].workforce.rate_micros) == [12_710_000]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["locked.xlsx", "plain.xlsx"]


def test_that_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = write_book(tmp_path / "slow.xlsx", ROWS)
    with SafeReader(time_limit=0.0) as reader, pytest.raises(UnusableInput, match="took longer"):
        reader.read(path)


def test_that_a_dead_child_costs_its_file_and_the_next_one_is_read(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ROWS)
    with SafeReader() as reader:
        assert len(reader.read(path).tables) == 1
        child = reader._child
        assert child is not None
        child.kill()
        child.join()
        assert len(reader.read(path).tables) == 1


def test_that_the_child_does_not_run_the_program_that_reads(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ROWS)
    program = f"""
from pathlib import Path
from bargain.intake.open_safely import read_tables_of
print("started")
print(len(next(read_tables_of([Path({str(path)!r})])).tables[0].rows))
"""
    root = Path(open_safely.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-"], input=program, capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.split() == ["started", "2"]


def test_that_one_child_reads_several_files(tmp_path: Path) -> None:
    paths = [write_book(tmp_path / f"{number}.xlsx", ROWS) for number in range(3)]
    with SafeReader() as reader:
        children = {reader.read(path) and reader._child.pid for path in paths if reader is not None and path}  # type: ignore[union-attr]
    assert len(children) == 1
    assert [len(one.tables[0].rows) for one in read_tables_of(paths)] == [2, 2, 2]


def test_that_a_formula_is_never_worked_out_and_text_that_looks_like_one_is_text(tmp_path: Path) -> None:
    rows = [*ROWS, ("=cmd|' /C calc'!A0", 12.71, 37.5)]
    path = tmp_path / "formula.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    assert read_sheet(path).workforce.titles[1].startswith("=cmd")


def test_that_reading_can_be_watched_and_stopped(tmp_path: Path) -> None:
    paths = [write_book(tmp_path / f"{number}.xlsx", ROWS) for number in range(3)]
    read: list[int] = []
    assert len(read_payrolls(paths, facts=FACTS, on_read=lambda: read.append(1))) == len(read) == 3
    read.clear()
    with pytest.raises(ReadingStopped):
        read_payrolls(paths, facts=FACTS, on_read=lambda: read.append(1), stop=lambda: bool(read))
    assert len(read) == 1


def test_that_a_slow_file_is_left_when_asked_to_stop(tmp_path: Path) -> None:
    asked = iter([False, True, True])
    with pytest.raises(ReadingStopped), SafeReader(stop=lambda: next(asked)) as reader:
        reader.read(write_book(tmp_path / "a.xlsx", [ROWS[0], *([ROWS[1]] * 60_000)]))
