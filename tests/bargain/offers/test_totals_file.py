"""Totals files: read strictly, written so that they read back equal."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargain.offers.totals_file import read_totals, size_band, write_totals
from models.employer import FAMILIES
from models.grossing import KnownTotal, SectorTotals, TotalsUnit
from models.issues import UnusableInput

GOOD = """
format = 1
name = "Homes, March 2026"
unit = "employers"
source = "the register"
dated = 2026-03-31
[[total]]
region = "North West"
size = "1-49"
count = 60
[[total]]
ownership = "for-profit"
size = "250+"
count = 12
"""


def test_that_a_totals_file_gives_its_cells_with_source_and_date() -> None:
    found = read_totals(GOOD, source="t.toml")
    assert (found.unit, found.source, found.dated) == (
        TotalsUnit.EMPLOYERS,
        "the register",
        date(2026, 3, 31),
    )
    assert found.totals == (
        KnownTotal(60, region="North West", size_from=1, size_to=49),
        KnownTotal(12, ownership="for-profit", size_from=250),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "the register"', "", "“source” is missing; say where"),
        ("dated = 2026-03-31", "", "“dated” is missing"),
        ('size = "1-49"', 'size = "small"', "“small”; write a band of staff such as 1-49"),
        ('size = "1-49"', 'size = "49-1"', "“49-1”; write a band"),
        ('unit = "employers"', 'unit = "beds"', "it may be “employers”, “staff” or “places”"),
        ('ownership = "for-profit"', 'ownership = "greedy"', "it may be a family"),
        ("count = 12", "", "total 2, key “count” is missing"),
        ("count = 12", "counts = 12", "did you mean “count”|“count” is missing"),
        ("count = 12", "count = -1", "below the least"),
    ],
)
def test_that_a_fault_is_named_by_table_and_key(old: str, new: str, said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        read_totals(GOOD.replace(old, new), source="t.toml")


def test_that_size_bands_are_read_as_people_write_them() -> None:
    assert [size_band(text) for text in ("", "1–49", "250+ staff", "1,000-1,999", "7")] == [
        (None, None),
        (1, 49),
        (250, None),
        (1000, 1999),
        (7, 7),
    ]


bands = st.one_of(
    st.just((None, None)),
    st.integers(0, 500).map(lambda start: (start, None)),
    st.tuples(st.integers(0, 500), st.integers(500, 900)),
)
cells = st.builds(
    lambda count, region, owner, band: KnownTotal(count, region, owner, *band),
    st.one_of(
        st.integers(0, 9999).map(float), st.floats(0, 9999, allow_nan=False).map(lambda x: round(x, 2))
    ),
    st.sampled_from(["", "North West", 'Tŷ "quoted"']),
    st.sampled_from(["", "charity", *FAMILIES]),
    bands,
)


@given(st.lists(cells, min_size=1, max_size=6), st.sampled_from(TotalsUnit), st.booleans())
def test_that_what_is_written_reads_back_equal(
    made: list[KnownTotal], unit: TotalsUnit, refuse: bool
) -> None:
    totals = SectorTotals("T", unit, "a source", date(2026, 1, 2), tuple(made), refuse)
    assert read_totals(write_totals(totals), source="t") == totals
