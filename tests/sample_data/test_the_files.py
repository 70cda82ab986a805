"""The written files, read back with plain readers, hold exactly what the manifest says."""

import ast
import csv
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import sample_data
from sample_data.generate import write_sample
from sample_data.layouts import LAYOUTS
from sample_data.manifest import FileEntry, SampleManifest
from sample_data.scale import GRADES, SCALE

WEEKS = Decimal("52.143")
Row = list[Any]


def read_rows(folder: Path, entry: FileEntry) -> list[Row]:
    return _read(folder / entry.file, entry.sheet, entry.encoding, entry.delimiter or ",")


@cache
def _read(path: Path, sheet: str | None, encoding: str | None, delimiter: str) -> list[Row]:
    """Every row of the file's payroll sheet up to the last that is not empty."""
    if sheet:
        rows = [list(row) for row in load_workbook(path)[sheet].iter_rows(values_only=True)]
    else:
        with path.open(encoding=encoding, newline="") as file:
            rows = [[cell or None for cell in row] for row in csv.reader(file, delimiter=delimiter)]
    while not any(rows[-1]):
        rows.pop()
    return rows


def headings_of(rows: list[Row], entry: FileEntry) -> list[str]:
    """The heading row; with two of them, the upper one carried across its merged cells."""
    lower = rows[entry.header_row - 1]
    if LAYOUTS[entry.layout].upper_headings:
        names, above = [], ""
        for over, under in zip(rows[entry.header_row - 2], lower, strict=True):
            above = over or above
            names.append(f"{above} {under}" if under else above)
        return names
    return [cell or "" for cell in lower]


def number(cell: Any) -> Decimal:
    return Decimal(str(cell).replace("£", "").replace(",", ""))


def staff_rows(folder: Path, entry: FileEntry, titles: dict[str, str]) -> Iterator[dict[str, Any]]:
    rows = read_rows(folder, entry)
    names = headings_of(rows, entry)
    for row in rows[entry.header_row :]:
        read = {field: row[names.index(heading)] for field, heading in entry.mapping.items()}
        if str(read["job_title"]).rstrip("*") not in titles:
            continue
        if read.get("leaving_date") or read.get("status") == "Leaver":
            continue
        yield read


def annual(read: dict[str, Any], basis: str) -> Decimal:
    pay, heads = number(read["pay"]), int(read.get("heads", 1))
    each = {
        "hour": lambda: pay * number(read["hours"]) * number(read.get("weeks", WEEKS)),
        "year, actual": lambda: pay,
        "year, full-time equivalent": lambda: pay * number(read["fte"]),
        "month, actual": lambda: pay * 12,
    }[basis]()
    return heads * each


def test_that_the_pay_bill_of_every_file_follows_from_its_cells(
    folder: Path, manifest: SampleManifest
) -> None:
    for entry in manifest.files:
        read = list(staff_rows(folder, entry, manifest.job_titles))
        assert len(read) == entry.staff, entry.file
        assert sum(int(row.get("heads", 1)) for row in read) == entry.heads, entry.file
        assert sum(annual(row, entry.pay_basis) for row in read) == entry.paybill_annual, entry.file


def test_that_every_row_below_the_heading_is_counted_once(folder: Path, manifest: SampleManifest) -> None:
    for entry in manifest.files:
        below = read_rows(folder, entry)[entry.header_row :]
        assert entry.rows_in_file == len(below), entry.file
        assert (
            entry.rows_in_file == entry.staff + entry.totals + entry.leavers + entry.set_aside + entry.blank
        )
        assert entry.blank == sum(not any(row) for row in below), entry.file


def test_that_the_files_add_up_to_the_sector(manifest: SampleManifest) -> None:
    assert sum(entry.heads for entry in manifest.files) == manifest.heads
    assert sum(employer.heads for employer in manifest.employers) == manifest.heads
    assert sum(entry.paybill_annual for entry in manifest.files) == manifest.paybill_annual
    assert sum(employer.paybill_annual for employer in manifest.employers) == manifest.paybill_annual
    for employer in manifest.employers:
        assert sum(employer.heads_by_grade.values()) == employer.heads


def test_that_every_heading_is_mapped_dropped_or_unused(folder: Path, manifest: SampleManifest) -> None:
    for entry in manifest.files:
        named = [*entry.mapping.values(), *entry.dropped_columns, *entry.unused_columns]
        assert sorted(named) == sorted(name for name in headings_of(read_rows(folder, entry), entry) if name)


def test_that_a_file_of_one_employer_without_an_employer_column_bears_its_name(
    manifest: SampleManifest,
) -> None:
    for entry in manifest.files:
        if entry.employer_from == "file name":
            assert entry.employers == (Path(entry.file).stem,)
        else:
            assert "employer" in entry.mapping


def test_that_hourly_columns_hold_rates_from_8_to_60(folder: Path, manifest: SampleManifest) -> None:
    for entry in manifest.files:
        if entry.pay_basis == "hour":
            rates = [number(row["pay"]) for row in staff_rows(folder, entry, manifest.job_titles)]
            assert min(rates) >= 8
            assert max(rates) <= 60


def test_that_there_are_at_least_ten_layouts_and_every_one_is_used(manifest: SampleManifest) -> None:
    used = {entry.layout for entry in manifest.files}
    assert len(used) >= 10
    assert used == set(LAYOUTS)


def test_that_the_awkward_things_of_real_returns_are_all_there(
    folder: Path, manifest: SampleManifest
) -> None:
    files = manifest.files
    assert {entry.format for entry in files} == {"xlsx", "csv", "tsv"}
    assert {entry.encoding for entry in files if entry.format == "csv"} == {"utf-8", "utf-8-sig", "cp1252"}
    assert {entry.delimiter for entry in files} >= {",", ";", "\t"}
    assert {entry.pay_basis for entry in files} == {
        "hour", "year, actual", "year, full-time equivalent", "month, actual",
    }  # fmt: skip
    for kind in ("totals", "leavers", "set_aside", "blank"):
        assert sum(getattr(entry, kind) > 0 for entry in files) >= 4, kind
    books = {entry.file: load_workbook(folder / entry.file) for entry in files if entry.format == "xlsx"}
    assert any(sheet.sheet_state == "hidden" for book in books.values() for sheet in book)
    assert any(sheet.merged_cells.ranges for book in books.values() for sheet in book)
    assert any(sheet.min_column == 3 for book in books.values() for sheet in book)
    assert any(book.sheetnames[0] == "Read me" for book in books.values())
    assert any(len(entry.employers) == 3 for entry in files)


def test_that_a_pound_sign_in_cp1252_is_one_byte(folder: Path) -> None:
    assert b"Hourly Rate (\xa3)" in (folder / "payroll" / "Example Ashgrove Care Ltd.csv").read_bytes()


def all_text(folder: Path) -> str:
    parts: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                parts.extend(book.read(name).decode("utf-8") for name in book.namelist())
        elif path.is_file():
            raw = path.read_bytes()
            parts.append(raw.decode("utf-8-sig" if b"\xc2\xa3" in raw or b"\xa3" not in raw else "cp1252"))
    return "\n".join(parts)


def test_that_every_national_insurance_number_is_a_qq_one(folder: Path) -> None:
    numbers = re.findall(r"\b([A-Z]{2}) ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", all_text(folder))
    assert len(numbers) > 3000
    assert set(numbers) == {"QQ"}


def test_that_postcodes_addresses_and_banks_are_ones_never_issued(folder: Path) -> None:
    text = all_text(folder)
    assert set(re.findall(r"\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b", text)) == {"ZZ99 9ZZ"}
    assert all(domain == "example.invalid" for domain in re.findall(r"@([a-z][a-z.]+)", text))
    assert set(re.findall(r"\b\d\d-\d\d-\d\d\b(?!T)", text)) <= {"00-00-00"}


def test_that_no_machine_path_is_in_any_file(folder: Path) -> None:
    assert not re.search(r"/(work|tmp|root|home)/", all_text(folder))


def test_that_the_generator_leans_on_no_other_part_of_the_project() -> None:
    allowed = {"sample_data", "openpyxl", *sys.stdlib_module_names}
    for path in Path(str(sample_data.__file__)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            assert {name.split(".")[0] for name in names} <= allowed, path.name


def test_that_two_runs_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_sample(tmp_path, 2026)
    names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    for name in names:
        assert (folder / name).read_bytes() == (tmp_path / name).read_bytes(), name


def test_that_another_seed_gives_other_people(folder: Path, tmp_path: Path) -> None:
    write_sample(tmp_path, 7)
    name = "payroll/Example Glasswater Care Ltd.csv"
    assert (folder / name).read_bytes() != (tmp_path / name).read_bytes()


def test_that_the_sample_is_small(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 3_000_000


def test_that_the_manifest_file_keeps_every_digit(folder: Path, manifest: SampleManifest) -> None:
    read = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert Decimal(read["paybill_annual"]) == manifest.paybill_annual
    assert [Decimal(entry["paybill_annual"]) for entry in read["files"]] == [
        x.paybill_annual for x in manifest.files
    ]


def test_that_the_scale_starts_above_the_living_wage_and_rises_without_a_gap(folder: Path) -> None:
    lines = (folder / "scale" / "scale_2026.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "point,annual,grade"
    assert [line.split(",")[0] for line in lines[1:]] == [str(n) for n in range(1, 31)]
    assert SCALE[0].annual >= Decimal("12.71") * Decimal("37.5") * WEEKS
    steps = [above.annual / below.annual - 1 for below, above in pairwise(SCALE)]
    assert Decimal("0.015") < min(steps) <= max(steps) < Decimal("0.035")
    assert list(dict.fromkeys(at.grade for at in SCALE)) == list(GRADES)


@pytest.mark.parametrize("name", ["claim", "employers_offer_1", "employers_offer_2"])
def test_that_offers_use_only_keys_of_the_offer_format(folder: Path, name: str) -> None:
    offer = tomllib.loads((folder / "offers" / f"{name}.toml").read_text(encoding="utf-8"))
    assert (
        {"format", "name", "by", "settlement"}
        <= set(offer)
        <= {"format", "name", "by", "settlement", "tabled"}
    )
    for step in offer["settlement"]:
        assert set(step) <= {
            "effective", "applies_to", "floor_hourly", "allowances_percent", "pay", "differential", "terms",
            "fees",
        }  # fmt: skip
        for rule in step.get("differential", []):
            assert {rule["grade"], rule["over"]} <= set(GRADES)
    dates = [step["effective"].isoformat() for step in offer["settlement"]]
    assert dates == ["2027-04-01", "2028-04-01"][: len(dates)]


@pytest.mark.parametrize("side", ["union", "employers", "commissioners"])
def test_that_every_target_has_a_measure_and_one_limit(folder: Path, side: str) -> None:
    targets = tomllib.loads((folder / "targets" / f"{side}.toml").read_text(encoding="utf-8"))["target"]
    assert len({target["name"] for target in targets}) == len(targets)
    for target in targets:
        assert len({"at_most", "at_least"} & set(target)) == 1
        assert (target["measure"] == "differential") == ("over" in target)
