"""Nothing that prices an offer is without a row of the register, a bar of the tornado, or a reason said here.

The models are walked: a new field or a new statutory figure fails until somebody decides where it is shown.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from bargain.appraisal import appraise, cost_of
from bargain.explain import explain
from bargain.offer_numbers import NUMBERS, SWITCHES
from bargain.offers.offer_file import read_offer
from bargain.parameters.load import ON_COST_KEYS, parameters
from bargain.progress import drive
from bargain.register import WAGES, inputs_of_offer, on_cost_keys
from bargain.sensitivity import tornado
from bargain.settings import settings_of
from models.accounts import Accounts
from models.assumptions import Assumption
from models.employer import Employer, Ownership
from models.index_link import IndexLink
from models.offer import Differential, NamedAllowance, PayRule, Scope, Settlement, Taper, Weighting
from models.parameters import OnCostParameters
from models.sector import Sector
from models.sensitivity import Swing
from models.spine import InsertedPoint, NewSpine
from models.terms import Terms
from tests.bargain.costing.test_terms import EVERY
from tests.bargain.export.workbooks import made_sector, scaled_sector
from tests.helpers.f1 import f1_sector

RISE = "[[settlement]]\neffective = 2026-06-06\n[[settlement.pay]]\npercent = 2\n"
NAME = "says whom or when, and is no figure"
NOT_PRICED = "no labour cost follows from it"
PART = "its own fields are walked"
PARTS = (Scope, Taper, IndexLink, Weighting, NamedAllowance, Differential, Terms, InsertedPoint, NewSpine)
WAY = {
    Settlement: "",
    PayRule: "pay",
    Taper: "pay.taper",
    IndexLink: "pay.index",
    Scope: "pay.scope",
    Differential: "differentials",
    Weighting: "weightings",
    NamedAllowance: "allowances",
    Terms: "terms",
    InsertedPoint: "insert_points",
    NewSpine: "spine",
}
WITHOUT_BAR = {
    "effective": NAME,
    "paid_from": NAME,
    "delete_points": NAME,
    "fees": NOT_PRICED,
    **dict.fromkeys(("pay", "differentials", "terms", "insert_points", "spine", "weightings"), PART),
    "allowances": PART,
    "applies_to": "the bar offer:applies_to moves it with those of the rules",
    **dict.fromkeys(("pay.scope", "pay.taper", "pay.index", "allowances.scope"), PART),
    "pay.applies_to": "the bar offer:applies_to moves it with that of the step",
    **dict.fromkeys(("pay.taper.from_point", "pay.taper.to_point"), NAME),
    **dict.fromkeys(("pay.index.index", "pay.index.month"), NAME),
    **dict.fromkeys(("pay.index.reopen_above_ppm", "pay.index.reopen_below_ppm"), NOT_PRICED),
    **{f"pay.scope.{one}": NAME for one in ("points", "grades", "employers", "ownership", "regions", "settings")},
    **{f"differentials.{one}": NAME for one in ("grade", "over", "within", "on")},
    "weightings.regions": NAME,
    "allowances.name": NAME,
    "terms.zero_hours": "what it makes paid is a row of the register with a bar: guaranteed hours without work",
    **{f"insert_points.{one}": NAME for one in ("name", "after", "grade")},
    **{f"spine.{one}": NAME for one in ("points", "equal", "first", "prefix", "mapping", "protection", "order")},
    "spine.count": "a whole number of points; bottom and top have bars",
    "spine.step": "in pounds or a share, as “equal” says; the bottom has a bar",
}  # fmt: skip
OF_EMPLOYERS = {
    "pension_ppm": "sector.pension.",
    "pension_on_band": "sector.pension.",
    "claims_employment_allowance": "sector.allowance",
    "ownership": "sector.allowance",  # a public body may not claim
    "pays_levy": "sector.levy",
    "connected_group": "sector.group.",
}
NO_ROW_OF_EMPLOYERS = {
    "name": NAME,
    "region": NAME,
    "weekly_hours": "a default when its payroll is read; every post then has a week of its own",
    "federation_member": NOT_PRICED,
    "represents": "the row of known totals says it",
}
OTHER_FIGURES = {  # of the law, that are neither on-costs nor wages nor bounds of terms
    "minimum_wage_18_20": NOT_PRICED,
    "minimum_wage_under_18": NOT_PRICED,
    "minimum_wage_apprentice": NOT_PRICED,
    "real_living_wage_london": NOT_PRICED,
}


def bars(text: str = RISE, **changes: object) -> dict[str, Swing]:
    sector = replace(made_sector(), **changes)  # type: ignore[arg-type]
    return {one.key: one for one in drive(tornado(sector, read_offer(text, source="o"))).swings}


def test_that_every_field_of_an_offer_has_a_bar_or_a_reason_for_none() -> None:
    shown = {".".join(one.way) for one in (*NUMBERS, *SWITCHES)}
    held = {f"{way}.{field.name}".lstrip(".") for model, way in WAY.items() for field in fields(model)} | {
        "allowances.scope.pay_above_micros",
        "allowances.scope.pay_up_to_micros",
    }
    assert held == shown | set(WITHOUT_BAR)
    assert not shown & set(WITHOUT_BAR)


def test_that_every_field_of_an_employer_has_a_row_or_a_reason_for_none() -> None:
    assert {one.name for one in fields(Employer)} == set(OF_EMPLOYERS) | set(NO_ROW_OF_EMPLOYERS)
    made = made_sector()
    records = tuple(replace(one, connected_group="Rowan") for one in made.employers)
    keys = [one.key for one in settings_of(replace(made, employers=records))]
    for wanted in OF_EMPLOYERS.values():
        assert any(key.startswith(wanted) for key in keys), wanted


def test_that_every_statutory_figure_has_a_row_and_what_prices_has_a_bar() -> None:
    rows = {
        one.key.removeprefix("law.")
        for one in inputs_of_offer(
            made_sector(), read_offer(f"{RISE}[settlement.terms]\n{EVERY}\n", source="o")
        )
    }
    assert set(parameters()) - set(OTHER_FIGURES) <= rows
    assert set(ON_COST_KEYS) == set(on_cost_keys())
    made = made_sector()
    force = replace(made.workforce, apprentice=made.workforce.veteran + 1, veteran=made.workforce.veteran + 1)
    with_all = bars(workforce=force)
    of_the_day = {one.name for one in fields(OnCostParameters)} - {"day", "warnings"}
    of_wages = {"minimum_wage_micros", "real_living_wage_micros"}
    assert len(of_wages) == len(WAGES)
    some = {"ni_under_21_threshold_micros", "ni_apprentice_threshold_micros", "ni_veteran_threshold_micros"}
    assert of_the_day - of_wages - some <= {key.removeprefix("statutory:") for key in with_all}


def test_that_choices_are_bars_from_no_to_yes_that_fresh_costings_give() -> None:
    text = (
        '[[settlement]]\neffective = 2026-06-06\napplies_to = "minimum"\nabsorb = true\n'
        "[[settlement.pay]]\npercent = 6\n"
    )
    sector = scaled_sector()
    found = {one.key: one for one in drive(tornado(sector, read_offer(text, source="o"))).swings}
    for key, line, other, low_is_other in (
        ("absorb", "absorb = true", "absorb = false", True),
        ("applies_to", 'applies_to = "minimum"', 'applies_to = "both"', False),
    ):
        bar = found[f"offer:{key}"]
        assert (bar.low, bar.high) == (0.0, 1.0)
        cost = cost_of(sector, read_offer(text.replace(line, other), source="o")).full_year
        assert (bar.cost_low if low_is_other else bar.cost_high) == pytest.approx(cost)
        assert (bar.cost_high if low_is_other else bar.cost_low) == pytest.approx(found[f"offer:{key}"].base)
    assert not any(key in bars() for key in ("offer:absorb", "offer:applies_to", "offer:pro_rata"))


def test_that_the_share_of_an_index_above_a_mark_moves_the_rise() -> None:
    """5 % CPI, above 3 % a half: 4 %; a tenth more of the half is 4.1 %, a mark of 3.3 % is 4.15 %."""
    text = (
        "[[settlement]]\neffective = 2026-06-06\n[[settlement.pay]]\n[settlement.pay.index]\n"
        'name = "CPI"\nassumed_percent = 5\nshare_above_percent = 3\nshare_percent = 50\n'
    )
    found = bars(text)
    sector = made_sector()
    for key, percent in (("index_share_ppm", "4.1"), ("index_share_above_ppm", "4.15")):
        flat = read_offer(RISE.replace("percent = 2", f"percent = {percent}"), source="o")
        assert found[f"offer:{key}"].cost_high == pytest.approx(cost_of(sector, flat).full_year)


def test_that_the_row_of_a_pension_rate_says_whose_it_is_and_lapses_with_other_employers() -> None:
    made = made_sector()
    records = tuple(
        replace(one, pension_ppm=70_000, pension_on_band=False, ownership=Ownership.LOCAL_AUTHORITY)
        for one in made.employers
    )
    sector = replace(made, employers=records)
    row = {one.key: one for one in settings_of(sector)}["sector.pension.70000.all"]
    assert records[0].name in row.label
    assert (row.value, row.unit) == (0.07, "share")
    assert "on all basic pay" in row.label
    kept = Assumption(row.key, row.label, row.value, row.unit, source="scheme letter", dated=date(2026, 4, 1))
    agreed = replace(sector, assumptions=(kept,))
    assert {one.key: one for one in settings_of(agreed)}[row.key].source == "scheme letter"
    fewer = (replace(records[0], pension_ppm=None), *records[1:])
    assert {one.key: one for one in settings_of(replace(agreed, employers=fewer))}[row.key].source == ""
    assert {one.key: one for one in settings_of(sector)}["sector.allowance"].value == 0  # public bodies


def test_that_the_scheme_and_the_groups_of_employers_have_bars() -> None:
    made = made_sector()
    records = tuple(
        replace(one, pension_ppm=70_000, connected_group="Rowan", pays_levy=True) for one in made.employers
    )
    found = bars(employers=records)
    sector = replace(made, employers=records)
    rise = read_offer(RISE, source="o")
    for key, changes in (
        ("sector:pension_on_band", {"pension_on_band": False}),
        ("sector:connected_groups", {"connected_group": ""}),
    ):
        other = tuple(replace(one, **changes) for one in records)  # type: ignore[arg-type]
        cost = cost_of(replace(sector, employers=other), rise).full_year
        assert found[key].cost_low == pytest.approx(cost)
        assert found[key].width > 0


# Accounts


def books(employer: str, year: int, income: int) -> Accounts:
    return Accounts(employer, date(year, 3, 31), income * 10**6, 10**6, source=f"accounts.csv, {year}, row 7")


def test_that_accounts_stand_in_the_register_with_years_and_source_until_a_figure_changes() -> None:
    made = made_sector()
    first, second = made.employers[0].name, made.employers[1].name
    sector = replace(made, accounts=(books(first, 2025, 9), books(second, 2026, 8), books(first, 2024, 5)))
    (row,) = accounts_rows(sector)
    assert (row.value, row.unit, row.dated) == (2.0, "employers", date(2026, 3, 31))
    assert "years to 2025-03-31 up to 2026-03-31" in row.label  # the newest of each, not the one of 2024
    assert row.source == "accounts.csv, 2025 and accounts.csv, 2026"
    agreed = replace(sector, assumptions=(replace(row, agreed=True, owner="both"),))
    assert accounts_rows(agreed)[0].agreed
    other = replace(agreed, accounts=(books(first, 2025, 10), books(second, 2026, 8)))
    assert not accounts_rows(other)[0].agreed
    unsourced = replace(sector, accounts=(replace(books(first, 2025, 9), source=""), books(second, 2026, 8)))
    assert not accounts_rows(unsourced)[0].is_sourced
    assert "1 with no source" in accounts_rows(unsourced)[0].label
    assert accounts_rows(made) == []


def accounts_rows(sector: Sector) -> list[Assumption]:
    return [one for one in settings_of(sector) if one.key.startswith("sector.accounts.")]


def test_that_a_margin_is_explained_by_the_newest_accounts_with_their_source() -> None:
    sector = f1_sector()
    name = sector.employers[0].name
    newest, older = (books(name, 2026, 9 * 10**6), books(name, 2025, 5 * 10**6))
    sector = replace(sector, accounts=(older, newest))
    found = explain(sector, appraise(sector, read_offer(RISE, source="o")), f"margin:{name}")
    (income,) = [one for one in found.inputs if one.label == "Income in the accounts"]
    assert (income.value, income.dated) == (9e6, date(2026, 3, 31))
    assert income.source == "accounts.csv, 2026, row 7"
