"""Figures as typed: British and continental ways of writing one, and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.typed import figure_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24413", "24413"),
        ("24,413", "24413"),
        ("£24,413.50", "24413.50"),
        ("24.413,50", "24413.50"),
        ("24 413", "24413"),
        ("24\u00a0413,5", "24413.5"),
        ("24’413", "24413"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("13,06", "13.06"),
        ("13.06", "13.06"),
        ("13.065", "13.065"),
        ("0,125", "0.125"),
        (".5", "0.5"),
        ("£ 13.06", "13.06"),
        ("3.2 %", "3.2"),
        ("−1.5", "-1.5"),
    ],
)
def test_that_a_figure_is_read_however_it_is_written(text: str, value: str) -> None:
    assert figure_of(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "lots", "1,23,4", "24 41", "1.2.3", "12,34.5", "1e5", "nan", "#N/A", "-", "1,"]
)
def test_that_what_is_no_figure_is_not_guessed_at(text: str) -> None:
    assert figure_of(text) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 99))
def test_that_both_ways_of_setting_thousands_apart_mean_the_same(whole: int, pence: int) -> None:
    british = f"{whole:,}.{pence:02}"
    continental = british.translate(str.maketrans(",.", ".,"))
    assert figure_of(british) == figure_of(continental) == Decimal(f"{whole}.{pence:02}")
