"""Nothing depends on the quick way: kept figures, chunks and threads give what a fresh, plain run gives, to the bit."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest

from bargain import side_by_side
from bargain.appraisal import appraise, run_through
from bargain.commands.bench_sector import made_offer
from bargain.commands.bench_sector import made_sector as bench_sector
from bargain.export.beside import cost_by_pandas, pandas_frame
from bargain.kept import kept_of
from bargain.measures import grouped
from bargain.measures.distribution import tally
from bargain.measures.grouped import group_pay
from bargain.measures.margins import employer_margins, joined_fees, margins_without_accounts
from bargain.measures.ranked import ranked
from bargain.offers.offer_file import read_offer
from bargain.packs import new_sector
from models.appraisal import Appraisal
from models.employer import Ownership
from models.later import Later, Rows
from models.offer import FeeRule, Fees, Offer
from models.sector import Sector
from tests.bargain.export.workbooks import EVERYTHING, made_sector, scaled_sector
from tests.helpers.f1 import O1, O2, O3, f1_sector

SECTORS = {
    "F1": f1_sector,
    "every on-cost": made_sector,
    "a scale": scaled_sector,
    "random": lambda: bench_sector(3_000, 20),
}


def offers_for(sector: Sector) -> list[Offer]:
    """Offers of several dates, with terms, floors and differentials where the sector has what they name."""
    if sector.name == new_sector("bench").name:
        return [made_offer(), made_offer(13_950_000), made_offer()]
    texts = [O1, O2, O3] if sector.name == f1_sector().name else [O1]
    offers = [read_offer(one, source="offer") for one in texts]
    if sector.name == made_sector().name:
        offers.append(read_offer(EVERYTHING, source="offer"))
    later = [
        replace(one, settlements=tuple(replace(step, paid_from=None) for step in one.settlements))
        for one in offers
    ]
    return [*offers, *later, offers[0]]


def unseen(sector: Sector) -> Sector:
    """The same sector with staff of whom nothing has been kept."""
    return replace(sector, workforce=replace(sector.workforce))


def parts(value: object) -> Iterator[object]:
    """Every number, text and column of a value, in order."""
    if isinstance(value, np.ndarray):
        yield value.dtype.str, value.tobytes()
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from parts(getattr(value, one.name))
    elif isinstance(value, dict):
        yield from parts(tuple(value.items()))
    elif isinstance(value, tuple | list | Rows):
        for one in value:
            yield from parts(one)
    elif isinstance(value, Later):
        yield from parts(value.value)
    else:
        yield repr(value)


def same(one: Appraisal, other: Appraisal) -> bool:
    return list(parts(one)) == list(parts(other))


@pytest.mark.parametrize("kind", SECTORS)
def test_that_kept_figures_change_no_bit_of_a_later_appraisal(kind: str) -> None:
    sector = SECTORS[kind]()
    for offer in offers_for(sector):
        assert same(appraise(sector, offer), appraise(unseen(sector), offer))
        assert same(appraise(sector, offer, weight="hours"), appraise(unseen(sector), offer, weight="hours"))


def test_that_another_record_of_an_employer_is_not_answered_with_kept_figures() -> None:
    sector = made_sector()
    offer = offers_for(sector)[0]
    appraise(sector, offer)
    first, *others = sector.employers
    changed = replace(
        sector, employers=(replace(first, pension_ppm=90_000, ownership=Ownership.NHS), *others)
    )
    assert same(appraise(changed, offer), appraise(unseen(changed), offer))
    assert not same(appraise(changed, offer), appraise(sector, offer))


def test_that_another_scale_or_year_is_not_answered_with_kept_figures() -> None:
    sector = scaled_sector()
    offer = offers_for(sector)[0]
    appraise(sector, offer)
    for changed in (replace(sector, scale=None), replace(sector, weeks_y=52.0)):
        assert same(appraise(changed, offer), appraise(unseen(changed), offer))


@pytest.mark.parametrize("kind", SECTORS)
def test_that_neither_chunks_nor_threads_change_the_figures(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sector = SECTORS[kind]()
    offer = offers_for(sector)[0]
    whole = appraise(unseen(sector), offer)
    monkeypatch.setattr(side_by_side, "_CHUNK", 2)
    monkeypatch.setattr(side_by_side, "_WORTHWHILE", 4)
    cut = appraise(unseen(sector), offer)
    assert np.array_equal(whole.workforce_after.rate_micros, cut.workforce_after.rate_micros)
    for one, other in zip(parts(whole.cost), parts(cut.cost), strict=True):
        if one != other:
            assert float(str(one)) == pytest.approx(float(str(other)), rel=1e-12, abs=1e-6)


@pytest.mark.parametrize("kind", SECTORS)
def test_that_a_bill_is_the_sum_of_labour_post_by_post(kind: str) -> None:
    sector = SECTORS[kind]()
    run = run_through(sector, offers_for(sector)[-2])
    for step in run.steps:
        for state in (run.base, run.one_percent, *(stage.state for stage in step.stages)):
            labour = run.pricing.labour(state, step.figures)
            bill = run.pricing.bill(state, step.figures)
            assert bill.sums == pytest.approx(labour.sums(), rel=1e-12)
            assert bill.table.sum() == pytest.approx(labour.total().sum(), rel=1e-12)
            by_employer = np.bincount(
                run.pricing.workforce.employer_code, weights=labour.total(), minlength=len(bill.table)
            )
            assert np.allclose(bill.table.sum(axis=1), by_employer, rtol=1e-12, atol=0)


def test_that_what_is_kept_goes_with_the_staff() -> None:
    sector = bench_sector(300, 3)
    appraise(sector, made_offer())
    gone = weakref.ref(sector.workforce)
    kept = weakref.ref(kept_of(sector.workforce, "pay", sector.employers, sector.scale, sector.weeks_y))
    del sector
    gc.collect()
    assert gone() is None
    assert kept() is None


def test_that_plain_pandas_comes_to_the_same_full_year_cost() -> None:
    sector = bench_sector(4_000, 25)
    by_pandas = cost_by_pandas(pandas_frame(sector), sector, made_offer())
    assert by_pandas == pytest.approx(appraise(sector, made_offer()).cost.full_year, rel=1e-9)


@pytest.mark.parametrize("dense", [0, 10**9])
@pytest.mark.parametrize("alike", [True, False])
def test_that_counting_and_sorting_group_pay_alike(
    dense: int, alike: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(7)
    rates = chance.integers(1_271, 1_400, 2_000) * 10_000
    heads = np.ones(2_000) if alike else chance.integers(0, 4, 2_000).astype(float)
    groups = chance.integers(-1, 9, 2_000)
    monkeypatch.setattr(grouped, "_DENSE", dense)
    found = group_pay(rates, heads, groups, 10)
    for group in range(10):
        inside = (groups == group) & (heads > 0)
        if not inside.any():
            assert np.isnan(found.mean()[group])
            continue
        ordered = np.repeat(np.sort(rates[inside]), heads[inside][np.argsort(rates[inside])].astype(int))
        place = int(np.ceil(len(ordered) / 2 - 1e-6)) - 1
        assert found.percentile_micros(0.5)[group] == ordered[place]
        assert found.mean()[group] == pytest.approx(ordered.mean() / 1e6)


def test_that_rates_far_apart_or_not_in_pence_are_ranked_all_the_same() -> None:
    for rates in ([9_000_000_000_000, 12_710_000], [12_715_000, 12_710_000], [-10_000, 10_000], []):
        column = np.array(rates, dtype=np.int64)
        pay = ranked(column)
        assert pay.rates[pay.codes].tolist() == rates
        assert tally(pay, np.ones(len(rates))).rates.tolist() == sorted(rates)


@pytest.mark.parametrize("rule", list(FeeRule))
def test_that_employers_without_accounts_have_the_margins_of_one_taken_alone(rule: FeeRule) -> None:
    fees = joined_fees((Fees(rule=rule, uplift_ppm=40_000, margin_cap_ppm=60_000),))
    together = margins_without_accounts(
        ["A", "B"], ["NHS", "charity"], [10.5, -3.0], fees=fees, represents=[1.0, 2.5]
    )
    alone = [
        employer_margins(
            name, owner, accounts=None, labour_rise=rise, payroll_labour=100.0, fees=fees, represents=weight
        )
        for name, owner, rise, weight in (("A", "NHS", 10.5, 1.0), ("B", "charity", -3.0, 2.5))
    ]
    assert together == alone
