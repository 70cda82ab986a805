"""Our own template and exports come back exactly as they went out, and carry no formula of anybody else's."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.cli import main
from bargain.export.staff_book import EXAMPLE, HEADINGS, staff_bytes, staff_csv, template_bytes
from bargain.intake.payroll import read_payroll
from bargain.intake.reading import SectorFacts, SheetReading
from bargain.intake.values import read_number
from bargain.offers.scale import ScaleRow
from bargain.offers.scale_file import read_scale, write_scale_after
from bargain.plain_cells import as_plain, without_mark
from bargain.storage.container import write_sector
from models.employer import Employer
from models.sector import Sector
from models.workforce import COLUMNS, NONE_CODE, VOCABULARIES, Workforce
from tests.bargain.intake.shared_files import counts
from tests.helpers.payloads import PAYLOADS

# What import lets into a sector: full-width forms become plain ones there.
HELD = [text for text in PAYLOADS if unicodedata.normalize("NFKC", text) == text]


def workforce_of(rows: list[dict[str, Any]]) -> Workforce:
    """Posts from plain values; texts become vocabularies in order of first appearance."""
    columns: dict[str, Any] = {}
    codes_of = {
        "employers": "employer_code",
        "grades": "grade_code",
        "points": "point_code",
        "titles": "title_code",
        "settings": "setting_code",
    }
    words: dict[str, Any] = {}
    for vocabulary in VOCABULARIES:
        known: dict[str, int] = {}
        texts = [row[vocabulary] for row in rows]
        columns[codes_of[vocabulary]] = [
            known.setdefault(text, len(known)) if text else NONE_CODE for text in texts
        ]
        words[vocabulary] = tuple(known)
    for name in COLUMNS:
        columns.setdefault(name, [row.get(name, 0) for row in rows])
    return Workforce(
        **words, **{name: np.array(values, dtype=COLUMNS[name]) for name, values in columns.items()}
    )


def post(**changed: Any) -> dict[str, Any]:
    return {
        "employers": "Example Homes", "grades": "Grade 3", "points": "5", "titles": "RSW", "settings": "Oak House", "basis": 0,
        "rate_micros": 12_710_000, "heads": 1.0, "hours_w": 30.0, "full_hours_w": 37.5, "weeks_y": 52.143, "fte": 0.8, "contract": 0,
        "sex": 0, "age": 34, "start_month": 2021 * 12 + 8, "sleep_ins_y": 0.0, "pension_ppm": 30_000,
        "pension_on_band": -1,
    } | changed  # fmt: skip


def back(tmp_path: Path, name: str, data: bytes) -> SheetReading:
    path = tmp_path / name
    path.write_bytes(data)
    (sheet,) = read_payroll(path, facts=SectorFacts(weekly_hours=40)).sheets
    return sheet


def same(one: Workforce, other: Workforce) -> bool:
    """Whether two workforces hold the same posts, but for which import and row they came from."""
    nought = np.zeros(len(one), dtype=np.int32)
    plain = [replace(posts, import_code=nought, row=nought) for posts in (one, other)]
    return plain[0].fingerprint() == plain[1].fingerprint()


def test_that_the_template_is_read_without_a_question_and_its_example_is_nobody(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(template_bytes())
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["Staff"][1]] == list(HEADINGS)
    assert book["Staff"]["A2"].value == EXAMPLE
    example = [cell.value for cell in book["Staff"][2]]
    book["Staff"].append(["Example Homes", *example[1:]])
    book["Staff"].append(
        ["Example Homes", "Manager", None, None, None, 41_000, "Year", 37.5, 37.5, 52.143, 1, 1]
    )
    book.save(path)
    reading = read_payroll(path, facts=SectorFacts())
    (sheet,) = reading.sheets
    assert counts(sheet) == {"staff": 2, "set_aside": 1}
    assert [(one.code, one.row) for one in sheet.problems if one.set_aside] == [("example_row", 2)]
    assert [one.sheet for one in reading.sheets_left] == ["Notes"]
    assert set(sheet.mapping) >= {
        "employer",
        "job_title",
        "grade",
        "point",
        "pay",
        "pay_period",
        "hours",
        "full_hours",
        "weeks",
        "fte",
        "heads",
    }
    assert sheet.dropped_columns == ()


POSTS = st.builds(
    post,
    titles=st.sampled_from(["RSW", "Team Leader", "Cook", *HELD[::7]]),
    grades=st.sampled_from(["", "Grade 3", "=A1"]),
    points=st.sampled_from(["", "5", "05", "12a"]),
    basis=st.sampled_from([0, 1]),
    rate_micros=st.integers(8_000_000, 60_000_000),
    heads=st.sampled_from([1.0, 3.0, 12.5]),
    hours_w=st.floats(0.5, 60, allow_nan=False).map(lambda hours: round(hours, 4)),
    weeks_y=st.sampled_from([52.143, 39.0, 44.6]),
    fte=st.floats(0.02, 1.5).map(lambda share: round(share, 6)),
    contract=st.integers(-1, 5),
    sex=st.integers(-1, 2),
    age=st.sampled_from([-1, 16, 40, 85]),
    start_month=st.sampled_from([-1, 1990 * 12, 2026 * 12 + 3]),
    sleep_ins_y=st.sampled_from([0.0, 12.0, 100.5]),
    apprentice=st.integers(-1, 1),
    veteran=st.integers(-1, 1),
    pension_on_band=st.integers(-1, 1),
    pension_ppm=st.sampled_from([-1, 0, 3_000, 30_000, 206_800, 450_000, 500_000]),
)


@settings(max_examples=15, deadline=None)
@given(rows=st.lists(POSTS, min_size=4, max_size=12))
def test_that_any_posts_come_back_exactly_from_csv(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    rows = [row | ({"rate_micros": row["rate_micros"] * 2000} if row["basis"] else {}) for row in rows]
    posts = workforce_of(
        [*rows, post(pension_on_band=0), post(pension_on_band=1)]
    )  # of both kinds, else the employer's
    sheet = back(tmp_path_factory.mktemp("own"), "staff.csv", staff_csv(posts).encode("utf-8-sig"))
    assert same(sheet.workforce, posts)


def test_that_posts_come_back_exactly_from_a_workbook(tmp_path: Path) -> None:
    kinds = [
        post(
            contract=at % 7 - 1,
            sex=at % 4 - 1,
            basis=at % 2,
            rate_micros=(24_850_123_457 if at % 2 else 12_710_000),
            titles=f"RSW {at % 3}",
        )
        for at in range(28)
    ]
    posts = workforce_of([*kinds, post(heads=7.0, fte=1.3, hours_w=48.75, pension_ppm=500_000)])
    assert same(back(tmp_path, "staff.xlsx", staff_bytes(posts)).workforce, posts)


@pytest.mark.parametrize("kind", [True, False])
def test_that_the_scheme_of_an_employer_comes_back_from_its_export(tmp_path: Path, *, kind: bool) -> None:
    posts = workforce_of([post(), post(age=40)])
    records = (Employer("Example Homes", pension_on_band=kind),)
    (sheet, other) = (
        back(tmp_path, "staff.xlsx", staff_bytes(posts, records)),
        back(tmp_path, "staff.csv", staff_csv(posts, records).encode("utf-8-sig")),
    )
    assert same(sheet.workforce, posts)
    assert [one.employers[0].pension_on_band for one in (sheet, other)] == [kind, kind]


def test_that_staff_in_schemes_of_both_kinds_count_each_by_its_own(tmp_path: Path) -> None:
    mixed = [
        post(employers="Example Oak Homes", heads=at + 2.0, pension_on_band=kind)
        for at, kind in enumerate((1, 1, 0, -1))
    ]
    plain = [post(employers="Example Elm Homes", pension_on_band=-1)]
    records = (Employer("Example Oak Homes"), Employer("Example Elm Homes", pension_on_band=False))
    text = staff_csv(workforce_of([*mixed, *plain]), records).replace("All basic pay", "LGPS")
    sheet = back(tmp_path, "staff.csv", text.replace("Qualifying earnings", "NEST").encode("utf-8-sig"))
    assert sheet.workforce.pension_on_band.tolist() == [1, 1, 0, -1, -1]
    assert {one.name: one.pension_on_band for one in sheet.employers} == {
        "Example Oak Homes": True,
        "Example Elm Homes": False,
    }
    assert [
        note for note in sheet.notes if "each row counts by its own scheme, and rows that name none" in note
    ]


def test_that_there_are_sixty_payloads_and_each_is_marked_and_unmarked() -> None:
    assert len(set(PAYLOADS)) >= 60
    for text in [*PAYLOADS, "plain", "12.71", "", "O'Brien"]:
        marked = as_plain(text)
        assert without_mark(marked) == text
        assert not marked.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_that_no_payload_is_a_formula_in_any_staff_export_and_all_come_back(tmp_path: Path) -> None:
    everything = workforce_of(
        [post(titles=text, employers=text, settings=text, grades=text) for text in PAYLOADS]
    )
    held = workforce_of([post(titles=text, employers=text, settings=text, grades=text) for text in HELD])
    book = openpyxl.load_workbook(io.BytesIO(staff_bytes(everything)))
    assert {cell.data_type for row in book["Staff"].iter_rows() for cell in row} <= {"s", "n", "d"}
    cells = [cell for row in csv.reader(io.StringIO(staff_csv(everything))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "＝", "＋", "－", "＠"))]
    assert same(back(tmp_path, "staff.xlsx", staff_bytes(held)).workforce, held)
    assert same(back(tmp_path, "staff.csv", staff_csv(held).encode("utf-8-sig")).workforce, held)


def test_that_a_scale_carries_no_formula_and_comes_back() -> None:
    rows = [
        ScaleRow(text, text, (20_000 + at) * 10**6, (21_000 + at) * 10**6, 12_000_000, Fraction(21_000 + at))
        for at, text in enumerate(PAYLOADS)
    ]
    text = write_scale_after(tuple(rows))
    assert not [
        cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.startswith(("=", "+", "@", "-"))
    ]
    scale, _ = read_scale(text, source="after.csv")
    assert [point.name for point in scale.points] == PAYLOADS


@pytest.mark.parametrize(
    ("cell", "read"),
    [("-1200.50", -1200.5), ("'-1200.50", -1200.5), ("(1,200.50)", -1200.5), (-1200.5, -1200.5)],
)
def test_that_negative_amounts_stay_numbers(cell: object, read: float) -> None:
    assert float(read_number(cell) or 0) == read  # type: ignore[arg-type]


def test_that_the_commands_write_the_template_and_the_staff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", "correct horse")
    path = tmp_path / "s.bargain"
    posts = workforce_of([post(), post(titles="Cook")])
    write_sector(path, replace(Sector("S"), workforce=posts, data_date=date(2026, 4, 1)), "correct horse")
    assert main(["template", str(tmp_path / "t.xlsx")]) == 0
    assert main(["staff", str(path), "--out", str(tmp_path / "s.csv"), "--json"]) == 0
    assert '"private": true' in capsys.readouterr().out
    assert main(["staff", str(path), "--out", str(tmp_path / "s.pdf")]) == 2
    assert same(read_payroll(tmp_path / "s.csv", facts=SectorFacts()).sheets[0].workforce, posts)
