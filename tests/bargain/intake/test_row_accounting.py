"""Whatever stands in a sheet, every row is counted once, and the staff that were put in come out."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bargain.intake.open_safely import OpenedFile
from bargain.intake.payroll import read_opened
from bargain.intake.reading import RowKind, SectorFacts, SheetReading
from bargain.intake.tables import Cell, SheetTable
from tests.helpers.tables import squared

HEAD: list[Cell] = ["Staff no", "Name", "Job title", "Hourly rate", "Hours", "Leaving date"]
JUNK = st.sampled_from(
    [
        ("blank", [None] * 6),
        ("blank", ["", "  ", "\u00a0", None, "", ""]),
        ("set_aside", HEAD),
        ("set_aside", ["Oakfield", None, None, None, None, None]),
        ("set_aside", [None, "* see the note below", None, None, None, None]),
        ("set_aside", ["8", "Testa", "RSW", "tbc", 30, None]),
        ("set_aside", ["9", "Testa", "RSW", None, 30, None]),
        ("totals", ["Total", None, None, None, 1234, None]),
        ("totals", [None, "Sub-total", None, None, 99, None]),
        ("leavers", ["7", "Testa", "RSW", 12.71, 30, "2025-01-31"]),
    ]
)
STAFF = st.tuples(
    st.sampled_from(["RSW", "Senior RSW", "Team Leader", "Cook"]),
    st.decimals(min_value=8, max_value=60, places=2),
    st.sampled_from([Decimal(16), Decimal(30), Decimal("37.5"), Decimal(40)]),
    st.booleans(),
)


def read(rows: list[list[Cell]]) -> SheetReading:
    table = SheetTable("a.csv", "a", squared(rows))
    facts = SectorFacts(weekly_hours=37.5, grades=("Low",))
    return read_opened(OpenedFile("a.csv", "0", (table,)), facts=facts).sheets[0]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), titles=st.integers(0, 3), column=st.integers(0, 3))
def test_that_every_row_is_counted_once_and_all_staff_are_found(
    data: st.DataObject, titles: int, column: int
) -> None:
    staff = data.draw(st.lists(STAFF, min_size=3, max_size=25))
    junk = data.draw(st.lists(st.tuples(st.integers(0, 30), JUNK), max_size=12))
    marked: list[tuple[str, list[Cell]]] = [
        ("staff", [f"E{at}", "Exampla", title, f"£{rate}" if as_text else float(rate), float(hours), None])
        for at, (title, rate, hours, as_text) in enumerate(staff)
    ]
    for place, (kind, row) in junk:
        marked.insert(min(place, len(marked)), (kind, list(row)))
    while marked and marked[-1][0] == "blank":
        marked.pop()  # blank rows after the last value are not rows of the file
    shift: list[Cell] = [None] * column
    above: list[list[Cell]] = [["Payroll of an invented employer"]] * titles
    sheet = read([[*shift, *row] for row in (*above, HEAD, *(row for _, row in marked))])

    assert sheet.rows_in_file == len(marked) == sum(sheet.counts.values())
    expected = {str(kind): sum(one == str(kind) for one, _ in marked) for kind in RowKind}
    assert {str(kind): count for kind, count in sheet.counts.items()} == expected
    assert sheet.paybill == sum(rate * hours for _, rate, hours, _ in staff) * Decimal("52.143")
    aside = [problem.row for problem in sheet.problems if problem.set_aside]
    assert len(set(aside)) == sheet.counts[RowKind.SET_ASIDE]


@settings(max_examples=60, deadline=None)
@given(staff=st.lists(STAFF, min_size=3, max_size=15), order=st.randoms(use_true_random=False))
def test_that_the_order_of_rows_does_not_change_the_figures(
    staff: list[tuple[str, Decimal, Decimal, bool]], order: object
) -> None:
    rows: list[list[Cell]] = [
        [f"E{at}", "Exampla", one[0], float(one[1]), float(one[2]), None] for at, one in enumerate(staff)
    ]
    first = read([HEAD, *rows])
    order.shuffle(rows)  # type: ignore[attr-defined]
    again = read([HEAD, *rows])
    assert (first.paybill, first.heads, dict(first.counts)) == (
        again.paybill,
        again.heads,
        dict(again.counts),
    )


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text(max_size=8),
                st.integers(-10, 10**6),
                st.floats(allow_nan=False, allow_infinity=False),
            ),
            max_size=6,
        ),
        max_size=20,
    )
)
def test_that_any_cells_at_all_keep_the_account(rows: list[list[Cell]]) -> None:
    good: list[Cell] = ["E1", "Exampla", "RSW", 12.71, 37.5, None]
    sheet = read([HEAD, *([good] * 250), *rows])
    assert sheet.rows_in_file == sum(sheet.counts.values())
    assert len(sheet.workforce) == sheet.counts[RowKind.STAFF]


def test_that_a_printed_total_of_salaries_is_held_against_its_rows() -> None:
    head: list[Cell] = ["Staff no", "Job title", "Annual salary"]
    rows: list[list[Cell]] = [[f"E{at}", "RSW", 24_000.0 + at] for at in range(12)]
    right = read([head, *rows, ["Total", None, 288_066.0]])
    wrong = read([head, *rows, ["Total", None, 312_066.0]])
    mean = read([head, *rows, ["Total", None, 24_010.0]])
    assert [one.code for one in right.problems if one.code == "total_disagrees"] == []
    assert [one.row for one in wrong.problems if one.code == "total_disagrees"] == [14]
    assert [one.code for one in mean.problems if one.code == "total_disagrees"] == []
