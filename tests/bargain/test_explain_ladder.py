"""Every column of employers' money is explained from the accounts by steps that add, worked out here by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bargain.appraisal import appraise
from bargain.explain import explain
from bargain.explain_ladder import RUNGS, ladder_figures
from bargain.offers.offer_file import read_offer
from models.accounts import Accounts
from models.explanation import LineKind
from models.issues import UnusableInput
from models.sector import Sector
from tests.helpers.f1 import f1_sector

RISE = (
    "[[settlement]]\neffective = 2026-06-06\n[[settlement.pay]]\npercent = 2\n"
    "[settlement.fees]\nuplift_percent = 1\n"
)
POUNDS = 10**6


def sector() -> tuple[Sector, str]:
    """£9m income; labour 5, rent 1, other 1.5, directors 0.1: a result of 1.4; interest 0.3."""
    made = f1_sector()
    name = made.employers[0].name
    books = Accounts(
        name,
        date(2026, 3, 31),
        revenue_micros=9_000_000 * POUNDS,
        labour_micros=5_000_000 * POUNDS,
        rent_micros=1_000_000 * POUNDS,
        other_micros=1_500_000 * POUNDS,
        directors_micros=100_000 * POUNDS,
        net_interest_micros=300_000 * POUNDS,
        connected_rent_micros=400_000 * POUNDS,
        connected_charges_micros=50_000 * POUNDS,
        connected_interest_micros=20_000 * POUNDS,
        capital_micros=10_000_000 * POUNDS,
        distributions_micros=250_000 * POUNDS,
        source="accounts.csv",
    )
    return replace(made, accounts=(books,)), name


def test_that_the_columns_come_from_the_accounts_by_fees_and_pay() -> None:
    made, name = sector()
    found = appraise(made, read_offer(RISE, source="o"))
    rise = next(one.full_year for one in found.cost.by_employer if one.name == name)
    income = 9_090_000
    result = 1_400_000 + 90_000 - rise
    truth = {
        "ebitda": result / income,
        "ebitdar": (result + 1_000_000) / income,
        "pretax": (result - 300_000) / income,
        "roce": result / 10_000_000,
        "adjusted": (result + 450_000) / income,
        "leakage": (result + 1_000_000 + 100_000) / income,
        "owners": (250_000 + 470_000) / income,
        "fee": 0.01,
    }
    for key, value in truth.items():
        told = explain(made, found, f"{key}:{name}")
        assert told.value == pytest.approx(value), key
        parts = [one for one in told.lines if one.kind is LineKind.PART]
        (total,) = [one for one in told.lines if one.kind is LineKind.TOTAL]
        assert sum(one.shown or 0 for one in parts) == total.shown
        *_, whole, share = told.lines
        assert (total.amount or 0) / (whole.amount or 1) == pytest.approx(share.amount)
        assert told.inputs[0].source == "accounts.csv"
    parts = {one.label: one.amount for one in explain(made, found, f"leakage:{name}").lines}
    assert parts["Rent and directors’ pay, added back"] == pytest.approx(1_100_000)
    assert set(truth) | {"payroll"} == set(RUNGS)


def test_that_a_column_that_is_not_known_says_so_and_few_staff_are_refused() -> None:
    made, name = sector()
    bare = replace(made, accounts=(replace(made.accounts[0], capital_micros=None),))
    found = appraise(bare, read_offer(RISE, source="o"))
    assert f"roce:{name}" not in ladder_figures(found)
    assert explain(bare, found, f"roce:{name}").value is None
    force = made.workforce
    few = replace(made, workforce=replace(force, heads=force.heads / force.heads.sum()))
    with pytest.raises(UnusableInput, match="fewer than 10 staff"):
        explain(few, appraise(few, read_offer(RISE, source="o")), f"ebitda:{name}")
