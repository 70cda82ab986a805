"""Counts in words that agree with their number."""

from __future__ import annotations

import pytest

from bargain.in_number import in_number


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 employers"), (1, "1 employer"), (2, "2 employers"), (1250, "1,250 employers")]
)
def test_that_one_stands_with_the_singular(count: int, words: str) -> None:
    assert in_number(count, "employer") == words


def test_that_a_plural_may_be_given() -> None:
    assert in_number(2, "party", "parties") == "2 parties"
