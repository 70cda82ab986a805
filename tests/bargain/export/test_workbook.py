"""The costing as a workbook: what it holds, what it must never hold, and that it is the same every time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from bargain.appraisal import appraise
from bargain.export.book import Book, Column, Entry, Formula, Table, letter
from bargain.export.collapse import collapse
from bargain.export.release import released
from bargain.export.workbook import SHEETS, workbook_bytes
from bargain.export.write import book_bytes
from bargain.offers.offer_file import read_offer
from bargain.working import working_of
from models.assumptions import Assumption
from models.issues import UnusableInput
from models.payscale import Rounding
from models.sector import Sector
from tests.bargain.export.workbooks import (
    CASCADES,
    EVERY_RULE,
    EVERY_TERM,
    EVERYTHING,
    cascade_sector,
    exported,
    made_sector,
    renamed,
    ruled_sector,
    scaled_sector,
    termed_sector,
)
from tests.helpers.f1 import O1, O2, Row, f1_sector, workforce_of
from tests.helpers.libreoffice import formulas, stored

HOSTILE = (
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "</f><v>9</v>",
    "#REF!",
    "{=1}",
    "*",
    ">0",
    "a\x07b\ud800",
    " leading",
    "R&D <b>Unit",
    "'quoted",
)


def headline(workbook: bytes) -> dict[str, float]:
    """Label and figure of the Summary sheet."""
    rows = openpyxl.load_workbook(BytesIO(workbook), data_only=True)["Summary"].iter_rows(values_only=True)
    return {row[0]: row[1] for row in rows if isinstance(row[0], str) and isinstance(row[1], int | float)}


def test_that_the_summary_shows_what_the_engine_costs_in_a_viewer_that_does_not_calculate() -> None:
    cost = appraise(f1_sector(), read_offer(O2, source="o")).cost
    book = CalamineWorkbook.from_filelike(BytesIO(exported(f1_sector(), O2)))
    shown = {row[0]: row[1] for row in book.get_sheet_by_name("Summary").to_python() if row[0]}

    assert shown["Full-year cost, with on-costs"] == pytest.approx(471_619, abs=1)  # requirements B.3
    assert shown["Cost over the whole deal"] == cost.over_term
    assert shown["Cost of 1 %"] == cost.cost_of_one_percent
    assert shown["Pay bill: level"] == cost.level


def test_that_every_formula_has_its_result_and_no_total_is_a_plain_number() -> None:
    made = exported(made_sector(), EVERYTHING)
    results = stored(made)

    assert all(isinstance(results[place], int | float) for place in formulas(made))
    summary = openpyxl.load_workbook(BytesIO(made))["Summary"]
    figures = [
        row[1]
        for row in summary.iter_rows()
        if row[1].value is not None and row[1].number_format != "yyyy-mm-dd"
    ]
    assert all(
        cell.data_type == "f" for cell in figures if isinstance(results["Summary", cell.coordinate], float)
    )


def test_that_like_posts_are_one_cell_and_nothing_personal_is_in_it() -> None:
    """Sex, exact age, job title, sleep-ins that are not asked for and the row in the file tell nothing about cost."""
    rows = [Row("A", "Staff", "12.71", age=age) for age in (30, 41, 55)] + [
        Row("A", "Staff", "12.71", age=19)
    ]
    force = workforce_of(rows, employers="A", grades=["Staff"])
    sector = Sector("made", workforce=force)
    working = working_of(sector, read_offer(O1, source="o"))

    assert sorted(collapse(working).heads) == [1, 3]
    sheet = openpyxl.load_workbook(BytesIO(exported(sector, O1)))["Cells"]
    held = {cell.value for row in sheet for cell in row}
    assert held.isdisjoint({30, 41, 55, 19})


@pytest.mark.parametrize("hostile", HOSTILE)
def test_that_text_from_data_is_never_a_formula_and_changes_no_total(hostile: str) -> None:
    sector = made_sector()
    names = (hostile, *(one.name for one in sector.employers[1:]))
    made = exported(renamed(sector, names), EVERYTHING)

    assert formulas(made) == formulas(exported(sector, EVERYTHING))
    cells = [cell for row in openpyxl.load_workbook(BytesIO(made))["By employer"] for cell in row]
    assert cells[len(next(iter(openpyxl.load_workbook(BytesIO(made))["By employer"]))) + 1].data_type == "s"
    assert headline(made) == headline(exported(sector, EVERYTHING))


def test_that_the_same_costing_gives_the_same_bytes() -> None:
    assert exported(f1_sector(), O2) == exported(f1_sector(), O2)


def test_that_the_file_tells_nothing_of_who_wrote_it_when_and_where() -> None:
    with zipfile.ZipFile(BytesIO(exported(f1_sector(), O1))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "openpyxl" not in "".join(parts.values()).lower()
    assert str(Path.home()) not in "".join(parts.values())
    assert parts["docProps/core.xml"].count("<dc:") == 1
    assert not any("thumbnail" in name or "custom" in name or "vba" in name for name in parts)


def test_that_sheets_are_the_named_ones_and_the_private_warning_stands_first() -> None:
    book = openpyxl.load_workbook(BytesIO(exported(f1_sector(), O1)))

    assert tuple(book.sheetnames) == SHEETS
    assert str(book["Summary"]["A2"].value).startswith("Private: holds pay of small groups.")
    assert not book.defined_names
    assert all(sheet.sheet_state == "visible" for sheet in book)


def test_that_the_offer_stands_in_it_in_words() -> None:
    sheet = openpyxl.load_workbook(BytesIO(exported(f1_sector(), O2)))["Offer"]

    assert any("Nobody is paid less than £14.00 an hour." in str(row[0].value) for row in sheet)


def test_that_what_cannot_be_priced_is_not_known_and_never_nought() -> None:
    offer = O1 + "  [settlement.terms]\n  sick_pay_full_weeks = 8\n"
    rows = openpyxl.load_workbook(BytesIO(exported(f1_sector(), offer)), data_only=True)["By element"].values
    sick = next(row for row in rows if row[0] == "sick pay")

    assert sick[1:7] == ("not known",) * 6
    assert sick[7]


MEDIAN = O2.replace("at_least_percent = 8.0", 'at_least_percent = 8.0\n  on = "median"')


def test_that_rates_that_no_formula_gives_say_so() -> None:
    tapered = O1.replace(
        "percent = 4.0",
        "percent = 4.0\n  [settlement.pay.taper]\n  from_pay = 20000\n  to_pay = 60000\n  to_percent = 1",
    )
    by_point = tapered.replace("from_pay = 20000", 'from_point = "1"').replace(
        "to_pay = 60000", 'to_point = "3"'
    )
    *live, taper = (
        next(openpyxl.load_workbook(BytesIO(exported(*one)))["Cells"].values)
        for one in (*((f1_sector(), one) for one in (O1, O2, MEDIAN, tapered)), (scaled_sector(), by_point))
    )

    for headings in live:
        assert not any("set by the engine" in str(heading) for heading in headings)
    assert "After pay rules: rate (set by the engine)" in taper


def test_that_a_scale_that_rounds_to_the_pound_is_all_formulas_pay_by_the_hour_too() -> None:
    """24,027 × 1.04 is 24,988.08, on the scale 24,988; the hourly post on point 2 is 25,390 ÷ 52.143 ÷ 37."""
    made = exported(scaled_sector(), O1)
    held = {value for (sheet, _), value in stored(made).items() if sheet == "Cells"}

    assert {24988.0, 13.16} <= held
    assert "After rounding and favourability: rate" in held
    assert not any("set by the engine" in str(one) for one in held)


def test_that_a_part_that_is_not_ours_is_caught_before_release() -> None:
    good = exported(f1_sector(), O1)

    def altered(name: str, old: bytes, new: bytes) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(good)) as source, zipfile.ZipFile(out, "w") as target:
            for part in source.namelist():
                data = source.read(part)
                target.writestr(part, re.sub(old, new, data, count=1) if part == name else data)
        return out.getvalue()

    assert released(good, sheets=SHEETS) == good
    for name, old, new in (
        ("xl/workbook.xml", b'state="visible"', b'state="hidden"'),
        (
            "xl/workbook.xml",
            rb"<definedNames ?/>",
            b'<definedNames><definedName name="x">1</definedName></definedNames>',
        ),
        ("xl/worksheets/sheet1.xml", b'customWidth="1"', b'customWidth="1" hidden="1"'),
        ("docProps/core.xml", b"Bargain", b"Somebody"),
    ):
        changed = altered(name, old, new)
        assert changed != good
        with pytest.raises(ValueError, match=r"hidden|definedName|not ours"):
            released(changed, sheets=SHEETS)
    out = BytesIO(good)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/comments1.xml", "<x/>")
    with pytest.raises(ValueError, match="not ours"):
        released(out.getvalue(), sheets=SHEETS)


def test_that_more_cells_than_can_be_recalculated_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bargain.export.collapse.MOST_CELLS", 11)
    with pytest.raises(UnusableInput, match="12 posts that differ"):
        exported(f1_sector(), O1)


def test_that_columns_are_lettered_as_a_spreadsheet_does() -> None:
    assert [letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_that_formulas_find_cells_by_name() -> None:
    book = Book()
    first, second = book.sheet("One"), book.sheet("Two words")
    first.row(Entry(3.0, anchor="three"))
    table = Table("t")
    table.add(Column("x", "X", "number", [1.0, 2.0], total=3.0))
    table.add(Column("y", "Y", "number", [3.0, 6.0], ("{x}*{@three}",), total=9.0))
    second.place(table)
    second.row(Formula("SUM({t.x})+{t.y!}+{t.x@2}", 14.0))
    made = book_bytes(book)

    assert formulas(made) == {
        ("Two words", "B2"): "=A2*'One'!$A$1",
        ("Two words", "B3"): "=A3*'One'!$A$1",
        ("Two words", "A4"): "=SUM(A2:A3)",
        ("Two words", "B4"): "=SUM(B2:B3)",
        ("Two words", "A5"): "=SUM('Two words'!$A$2:$A$3)+'Two words'!$B$4+'Two words'!$A$3",
    }
    assert stored(made)["Two words", "A5"] == 14


def test_that_an_empty_sector_is_refused_in_a_sentence() -> None:
    with pytest.raises(UnusableInput, match="no staff data"):
        working_of(Sector("empty"), read_offer(O1, source="o"))


def test_that_the_workbook_is_of_the_appraisal_it_is_given() -> None:
    sector, offer = f1_sector(), read_offer(O1, source="o")
    made = workbook_bytes(sector, appraise(sector, offer), working_of(sector, offer))

    assert headline(made)["Staff"] == 222


def test_that_terms_that_are_priced_are_formulas() -> None:
    sector, offer = termed_sector(), read_offer(EVERY_TERM, source="o")
    assert all(one.known for one in appraise(sector, offer).cost.elements)
    headings = next(openpyxl.load_workbook(BytesIO(exported(sector, offer)))["Cells"].values)
    assert set_by_the_engine(headings) == []


def set_by_the_engine(headings: Iterable[object]) -> list[str]:
    """Columns of values; what follows basic pay stays one where the week changes in the same step."""
    named = [str(one) for one in headings]
    return [one for one in named if "set by the engine" in one and "enhancements that follow pay" not in one]


def test_that_cascades_over_pay_by_the_hour_and_by_the_year_are_formulas_in_every_cell() -> None:
    """Differentials stand on what rules and floor gave before anything was cut off; so do the formulas."""
    book = CalamineWorkbook.from_filelike(BytesIO(exported(cascade_sector(), CASCADES)))
    headings = book.get_sheet_by_name("Cells").to_python(nrows=1)[0]

    assert any("After differentials: rate" in str(one) for one in headings)
    assert not [one for one in headings if "set by the engine" in str(one)]


def test_that_the_register_names_owners_and_what_nobody_verified() -> None:
    """Each input has value, unit, source, date, owner and standing, as the register of the window has them."""
    own = Assumption("sick_days_y", "Sickness", 9.5, "days", source="HR returns", owner="Both sides")
    sector = replace(termed_sector(), assumptions=(*termed_sector().assumptions, own))
    rows = list(openpyxl.load_workbook(BytesIO(exported(sector, EVERY_TERM)))["Parameters"].values)
    heading = next(row for row in rows if row[0] == "What")
    assert heading == ("What", "For", "Value", "Unit", "Holds from", "Source", "Checked", "Owner")
    assert next(row for row in rows if row[5] == "HR returns")[7] == "Both sides"
    assert next(row for row in rows if row[0] == "on_call_y")[7] == "nobody yet"
    law = [row for row in rows if row[7] == "set by law"]
    assert any(row[1] == "terms of the offer" for row in law)
    unsure = [row[6] for row in law if not str(row[6]).startswith("verified")]
    assert all(str(one).endswith("CHECK BEFORE USE") for one in unsure)


def test_that_every_rule_and_every_term_is_live_but_those_of_points_and_named_allowances() -> None:
    """Taper and band by pay, limits an hour, cash a head, what is paid once, a second shorter week, sick pay …"""
    for text in (EVERY_RULE, EVERY_TERM):
        book = openpyxl.load_workbook(BytesIO(exported(ruled_sector(), text)))
        assert set_by_the_engine(next(book["Cells"].values)) == []


@pytest.mark.parametrize("rounding", [one for one in Rounding if "pound" in one.value], ids=str)
@pytest.mark.parametrize("to", [1, 3])
def test_that_every_way_in_which_a_scale_rounds_is_a_formula(rounding: Rounding, to: int) -> None:
    sector = scaled_sector()
    assert sector.scale is not None
    scale = replace(sector.scale, rounding=rounding, rounding_to=to)
    book = openpyxl.load_workbook(BytesIO(exported(replace(sector, scale=scale), O1)))
    assert not any("set by the engine" in str(one) for one in next(book["Cells"].values))
