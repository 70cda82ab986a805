"""A look at a file shows it, tells how its columns are taken, and gives the reading that an import would give."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from bargain.intake.control import amount, control_of
from bargain.intake.join import add_readings
from bargain.intake.looking import Look, Looker
from bargain.intake.open_safely import ReadingStopped
from bargain.intake.payroll import facts_of, read_payroll
from bargain.intake.reading import MappingFile, PayKind, SectorFacts
from bargain.packs import new_sector
from models.issues import UnusableInput
from tests.bargain.intake.shared_files import SHARED, needs_shared

HEADINGS = ("Employer", "Job title", "Salary", "FTE", "Sex", "Surname")
DAY = date(2026, 4, 20)


@pytest.fixture
def facts() -> SectorFacts:
    return facts_of(new_sector("test"))


@pytest.fixture
def looker() -> Iterator[Looker]:
    with Looker() as made:
        yield made


def workbook(path: Path, rows: list[tuple[object, ...]], *, titled: int = 0) -> Path:
    """A workbook with so many rows above the heading."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Staff"
    for _ in range(titled):
        sheet.append(["Payroll of the homes"])
    for row in (HEADINGS, *rows):
        sheet.append(row)
    book.save(path)
    return path


def staff(count: int, employer: str = "Example Homes") -> list[tuple[object, ...]]:
    return [
        (employer, "Support worker", 25_000 + 100 * k, 1 if k % 2 else 0.5, "F", f"Ash{k}")
        for k in range(count)
    ]


def settled(look: Look) -> Look:
    assert look.reading is not None, (look.questions, look.problem)
    return look


def test_that_a_look_says_how_each_column_is_taken_and_hides_what_is_personal(
    tmp_path: Path, looker: Looker, facts: SectorFacts
) -> None:
    path = workbook(tmp_path / "homes.xlsx", staff(6), titled=2)
    look = looker.look(path, facts=facts, mapping=MappingFile(pay_kind=PayKind.FULL_TIME))
    fields = {one.heading: one.field for one in look.columns}
    assert fields == {
        "Employer": "employer", "Job title": "job_title", "Salary": "pay", "FTE": "fte", "Sex": "sex", "Surname": "",
    }  # fmt: skip
    surname = look.columns[-1]
    assert surname.personal == "name"
    assert surname.samples == ("•••",)
    assert look.columns[2].samples == ("25000", "25100", "25200")
    assert look.preview.shown.heading_from == 3
    assert not any("Ash" in cell for row in look.preview.shown.cells for cell in row)


def test_that_a_look_is_what_a_plain_import_reads(tmp_path: Path, looker: Looker, facts: SectorFacts) -> None:
    path = workbook(tmp_path / "homes.xlsx", staff(8))
    mapping = MappingFile(pay_kind=PayKind.ACTUAL)
    looker.look(path, facts=facts)  # looks before it leave nothing behind
    looker.look(path, facts=facts, mapping=MappingFile(pay_kind=PayKind.FULL_TIME))
    look = settled(looker.look(path, facts=facts, mapping=mapping))
    plain = read_payroll(path, facts=facts, mapping=mapping)
    assert look.sha256 == plain.sha256
    assert (
        look.reading.sheets[0].paybill == plain.sheets[0].paybill == sum(25_000 + 100 * k for k in range(8))
    )
    assert look.reading.sheets[0].workforce.fingerprint() == plain.sheets[0].workforce.fingerprint()


def test_that_a_field_left_out_is_not_read_and_its_column_is_free(
    tmp_path: Path, looker: Looker, facts: SectorFacts
) -> None:
    path = workbook(tmp_path / "homes.xlsx", staff(6))
    mapping = MappingFile(pay_kind=PayKind.FULL_TIME, columns={"sex": ""})
    look = settled(looker.look(path, facts=facts, mapping=mapping))
    assert next(one.field for one in look.columns if one.heading == "Sex") == ""
    assert "sex" not in look.reading.sheets[0].mapping
    assert "Sex" in look.reading.sheets[0].dropped_columns
    assert look.reading.sheets[0].settled.columns["sex"] == ""  # and it stays so for the next file


def test_that_a_question_comes_with_the_columns_as_far_as_they_are_known(
    tmp_path: Path, looker: Looker, facts: SectorFacts
) -> None:
    look = looker.look(workbook(tmp_path / "homes.xlsx", staff(6)), facts=facts)
    assert [one.key for one in look.questions] == ["pay.of"]
    assert look.reading is None
    assert {one.field for one in look.columns} >= {"employer", "job_title", "pay", "fte"}


def test_that_a_file_that_changes_on_disk_is_opened_again(
    tmp_path: Path, looker: Looker, facts: SectorFacts
) -> None:
    mapping = MappingFile(pay_kind=PayKind.ACTUAL)
    path = workbook(tmp_path / "homes.xlsx", staff(4))
    first = settled(looker.look(path, facts=facts, mapping=mapping))
    os.utime(workbook(path, staff(5)), ns=(1, 1))  # the same size perhaps, and surely another time
    second = settled(looker.look(path, facts=facts, mapping=mapping))
    assert [float(one.reading.sheets[0].heads) for one in (first, second)] == [4, 5]
    assert first.sha256 != second.sha256


def test_that_a_file_that_is_not_there_any_more_is_refused_though_it_was_open(
    tmp_path: Path, looker: Looker, facts: SectorFacts
) -> None:
    path = workbook(tmp_path / "homes.xlsx", staff(4))
    looker.look(path, facts=facts)
    path.unlink()
    with pytest.raises(UnusableInput, match="is not there"):
        looker.look(path, facts=facts)


def test_that_a_wish_to_stop_is_heard_before_the_rows_are_judged(
    tmp_path: Path, looker: Looker, facts: SectorFacts
) -> None:
    path, opened = workbook(tmp_path / "homes.xlsx", staff(4)), []
    with pytest.raises(ReadingStopped):
        looker.look(path, facts=facts, stop=lambda: bool(opened), on_open=opened.append)
    assert opened == [5]
    assert looker.look(path, facts=facts, on_open=opened.append).questions  # it can still be looked at
    assert opened == [5, 5]


@pytest.mark.parametrize("after", range(4))
def test_that_reading_stopped_at_any_moment_gives_nothing_and_can_begin_again(
    tmp_path: Path, looker: Looker, facts: SectorFacts, after: int
) -> None:
    path, asked = workbook(tmp_path / "homes.xlsx", staff(40)), []

    def stop() -> bool:
        asked.append(len(asked))
        return len(asked) > after

    mapping = MappingFile(pay_kind=PayKind.ACTUAL)
    try:
        look = looker.look(path, facts=facts, mapping=mapping, stop=stop)
    except ReadingStopped:
        look = looker.look(path, facts=facts, mapping=mapping)
    assert float(settled(look).reading.sheets[0].heads) == 40


KILLED = """
import sys
from pathlib import Path
from bargain.intake.looking import Looker
from bargain.intake.reading import SectorFacts

if __name__ == "__main__":
    looker = Looker()
    looker.look(Path(sys.argv[1]), facts=SectorFacts())
    print(looker.process, flush=True)
    while True:
        looker.close()
        looker.look(Path(sys.argv[1]), facts=SectorFacts())
        print(looker.process, flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL to send")
def test_that_killing_the_program_in_the_middle_leaves_no_reader_behind(tmp_path: Path) -> None:
    path, script = workbook(tmp_path / "homes.xlsx", staff(2000)), tmp_path / "killed.py"
    script.write_text(KILLED, "utf-8")
    before = path.read_bytes()
    program = subprocess.Popen(
        [sys.executable, str(script), str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    with program, program.stdout as said:
        readers = {int(said.readline()) for _ in range(3)}
        program.kill()
        readers |= {int(line) for line in said.read().split()}
    limit = time.monotonic() + 30
    while any(map(is_alive, readers)) and time.monotonic() < limit:
        time.sleep(0.05)
    assert [one for one in readers if is_alive(one)] == []
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["homes.xlsx", "killed.py"]


def is_alive(process: int) -> bool:
    """Whether a process runs; one that ended and was not yet cleared away does not."""
    state = Path(f"/proc/{process}/stat")
    if state.exists():
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return not Path("/proc/self").exists()  # gone between the two looks, where there is such a folder


def test_that_what_like_files_were_read_with_is_told_with_whose_they_were(
    tmp_path: Path, looker: Looker, facts: SectorFacts
) -> None:
    mapping = MappingFile(pay_kind=PayKind.ACTUAL)
    one = settled(looker.look(workbook(tmp_path / "one.xlsx", staff(4)), facts=facts, mapping=mapping))
    sector = add_readings(new_sector("test"), [one.reading], today=DAY)
    next_path = workbook(tmp_path / "two.xlsx", staff(5, "Other Homes"))
    look = settled(looker.look(next_path, facts=facts_of(sector)))
    assert look.recall.file == "one.xlsx"
    assert look.recall.employers == ("Example Homes",)
    assert look.recall.mapping.pay_kind is PayKind.ACTUAL
    fresh = looker.look(next_path, facts=replace(facts_of(sector), mappings=()))
    assert fresh.recall is None
    assert fresh.questions


def test_that_a_file_imported_before_is_told_by_its_bytes_not_its_name(
    tmp_path: Path, looker: Looker, facts: SectorFacts
) -> None:
    path, mapping = workbook(tmp_path / "one.xlsx", staff(4)), MappingFile(pay_kind=PayKind.ACTUAL)
    sector = add_readings(
        new_sector("test"), [settled(looker.look(path, facts=facts, mapping=mapping)).reading], today=DAY
    )
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(path.read_bytes())
    assert looker.look(copy, facts=facts_of(sector)).before == sector.imports[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("£31,420,118.50", Decimal("31420118.50")),
        (" 12 000 ", Decimal(12000)),
        ("a lot", None),
        ("inf", None),
    ],
)
def test_that_a_total_is_read_as_people_type_it(text: str, value: Decimal | None) -> None:
    assert amount(text) == value


def test_that_a_total_of_full_time_pay_and_one_without_an_employer_are_recognised(
    tmp_path: Path, looker: Looker, facts: SectorFacts
) -> None:
    path = workbook(tmp_path / "two.xlsx", [*staff(6), *staff(3, "Other Homes")])
    look = settled(looker.look(path, facts=facts, mapping=MappingFile(pay_kind=PayKind.ACTUAL)))
    rows = [25_000 + 100 * k for k in (*range(6), *range(3))]
    shares = [0.5 if k % 2 == 0 else 1 for k in (*range(6), *range(3))]
    full = sum(pay / share for pay, share in zip(rows, shares, strict=True))
    assert any("full time would be paid" in one for one in control_of([look.reading], Decimal(full)).likely)
    without = control_of([look.reading], Decimal(sum(rows[:6])))
    assert any("what Other Homes pays" in one for one in without.likely)
    assert control_of([look.reading], Decimal(sum(rows))).likely == ()


@needs_shared
@pytest.mark.slow
def test_that_every_shared_file_is_looked_at_without_a_fault(looker: Looker, facts: SectorFacts) -> None:
    real = SHARED / "real"
    files = [
        one for kind in ("payroll", "nasty") for one in sorted((real / kind).rglob("*")) if one.is_file()
    ]
    assert len(files) > 250
    for path in files:
        try:
            look = looker.look(path, facts=facts)
        except UnusableInput:  # a sentence; what it says of each file is tested with reading
            continue
        ways = (look.reading is not None, bool(look.questions), bool(look.problem))
        assert sum(ways) == 1, path.name
        assert look.preview.sheets, path.name
