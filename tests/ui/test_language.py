"""Counts read as people write them, and every text with a count has its English forms."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from defusedxml import ElementTree

from ui import language, reconcile

ROOT = Path(language.__file__).parent


def counted_in_code() -> set[str]:
    """Every text in the window's code that holds a count."""
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
                found |= {text for text in texts if isinstance(text, str) and ("%n" in text or "%Ln" in text)}
    return found


def test_that_every_text_with_a_count_has_a_singular_and_a_plural() -> None:
    forms = {}
    for message in ElementTree.parse(ROOT / "i18n" / "bargain_en.ts").iter("message"):
        forms[message.findtext("source")] = [one.text for one in message.iter("numerusform")]
    assert counted_in_code() - set(forms) == set()
    assert [source for source, both in forms.items() if len(both) != 2 or not all(both)] == []
    assert [source for source, both in forms.items() if any("(s)" in form for form in both)] == []


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            (1284, 1250, 12, 9, 13, 0),
            "1,284 rows in file = 1,250 staff + 12 totals + 9 leavers + 13 set aside",
        ),
        ((3, 1, 1, 1, 0, 0), "3 rows in file = 1 staff + 1 total + 1 leaver"),
        ((1, 0, 0, 0, 0, 1), "1 row in file = 0 staff + 1 blank"),
    ],
)
def test_that_the_reconciling_sentence_names_every_row_once(counts: tuple[int, ...], said: str) -> None:
    rows, staff, totals, leavers, set_aside, blank = counts
    assert rows == staff + totals + leavers + set_aside + blank
    text = reconcile.sentence(
        rows=rows, staff=staff, totals=totals, leavers=leavers, set_aside=set_aside, blank=blank
    )
    assert text == said


@pytest.mark.parametrize(
    ("staff", "heads", "said"),
    [
        (14, 1963.0, "14 rows in file = 14 rows of staff (1,963 staff)"),
        (1, 30.0, "1 row in file = 1 row of staff (30 staff)"),
        (14, 14.0, "14 rows in file = 14 staff"),
    ],
)
def test_that_a_row_that_stands_for_several_is_not_called_one_of_staff(
    staff: int, heads: float, said: str
) -> None:
    text = reconcile.sentence(rows=staff, staff=staff, totals=0, leavers=0, set_aside=0, blank=0, heads=heads)
    assert text == said
