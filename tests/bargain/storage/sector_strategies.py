"""Sectors for the storage tests: any at all (hypothesis), and some that are the same every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np
from hypothesis import strategies as st

from bargain.storage.keys import Argon2Cost, new_seal_key
from models.accounts import Accounts
from models.basis import Basis
from models.employer import Employer, Ownership
from models.offer import Offer, PayRule, Scope, Settlement
from models.sector import Sector
from models.target import Target, TargetSet
from models.terms import Terms
from models.workforce import COLUMNS, OPTIONAL, VOCABULARIES, Contract, Sex, Workforce, YesNo, empty_workforce

LOW_COST = Argon2Cost(memory_kib=64, passes=1, lanes=1)  # quick; what production uses is asserted apart
PHRASE = "three wet boots"
KEY = new_seal_key(PHRASE, LOW_COST)

_INT64 = st.integers(-(2**63), 2**63 - 1)
_SCALARS: Mapping[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    bool: st.booleans(),
    int: _INT64,
    float: st.floats(),
    date: st.dates(),
}


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a kind, every field drawn, found from its type hints."""
    if kind is Workforce:
        return workforces()
    if kind in _SCALARS:
        return _SCALARS[kind]
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return st.one_of(st.none(), *(values_of(one) for one in get_args(kind) if one is not NoneType))
    if origin is Sequence:
        return st.lists(values_of(get_args(kind)[0]), max_size=2).map(tuple)
    if origin is tuple:
        kinds = get_args(kind)
        if kinds[-1] is Ellipsis:
            return st.lists(values_of(kinds[0]), max_size=2).map(tuple)
        return st.tuples(*(values_of(one) for one in kinds))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    assert is_dataclass(kind), f"no strategy for {kind}"
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: values_of(hints[field.name]) for field in fields(kind)})


@st.composite
def workforces(draw):
    """Any workforce: codes within their vocabularies, every other figure free."""
    posts = draw(st.integers(0, 12))
    vocabularies = {name: tuple(draw(st.lists(st.text(max_size=8), max_size=4))) for name in VOCABULARIES}
    limits = {f"{name.removesuffix('s')}_code": (-1, len(words) - 1) for name, words in vocabularies.items()}
    for name, kind in (
        ("basis", Basis),
        ("contract", Contract),
        ("sex", Sex),
        *((one, YesNo) for one in OPTIONAL),
    ):
        limits[name] = (min(kind), max(kind))
    columns = {}
    for name, kind in COLUMNS.items():
        if issubclass(kind, np.floating):
            one = st.floats()
        else:
            lowest, highest = limits.get(name, (np.iinfo(kind).min, np.iinfo(kind).max))
            one = st.integers(int(lowest), int(highest))
        columns[name] = np.array(draw(st.lists(one, min_size=posts, max_size=posts)), dtype=kind)
    return Workforce(**vocabularies, **columns)


def sectors() -> st.SearchStrategy[Sector]:
    """Any sector."""
    return values_of(Sector)


def as_text(sector: Sector) -> str:
    """Everything in a sector but its workforce, in words that tell 1 from 1.0 and that NaN equals."""
    return repr(replace(sector, workforce=empty_workforce()))


def same(one: Sector, other: Sector) -> bool:
    """Whether two sectors are equal, value for value."""
    return as_text(one) == as_text(other) and one.workforce.fingerprint() == other.workforce.fingerprint()


def noisy_workforce(posts: int, seed: int = 1) -> Workforce:
    """A workforce whose figures do not compress, so that its file has many bytes."""
    random = np.random.default_rng(seed)
    columns = {name: np.zeros(posts, dtype=kind) for name, kind in COLUMNS.items()}
    columns["employer_code"] = random.integers(0, 3, posts).astype(np.int32)
    columns["rate_micros"] = random.integers(12_000_000, 30_000_000, posts)
    for name in ("heads", "hours_w", "fte", "sleep_ins_y"):
        columns[name] = random.random(posts)
    vocabularies = dict.fromkeys(VOCABULARIES, ("a", "b", "c"))
    return Workforce(**vocabularies, **columns)


def example_sector(posts: int = 40, *, name: str = "Homes of the north") -> Sector:
    """A small sector with something of every kind that matters here."""
    step = Settlement(
        effective=date(2027, 4, 1),
        paid_from=date(2027, 7, 1),
        floor_micros=14_000_000,
        delete_points=("1",),
        pay=(
            PayRule(scope=Scope(points="2-43"), percent_ppm=32_000),
            PayRule(at_least_cash_micros=1_250_000_000),
        ),
        terms=Terms(unsocial_ppm=(("night", 330_000), ("sunday", 660_000)), paid_travel_time=True),
    )
    return Sector(
        name=name,
        data_date=date(2026, 9, 30),
        employers=(
            Employer("a", Ownership.PRIVATE_EQUITY),
            Employer("b", Ownership.CHARITY, federation_member=None),
        ),
        workforce=noisy_workforce(posts),
        accounts=(
            Accounts("a", date(2026, 3, 31), revenue_micros=5_000_000_000_000, rent_micros=None, beds=41.5),
        ),
        offers=(Offer("First", "employers", (step,), tabled=True), Offer("Second")),
        target_sets=(TargetSet("Ours", (Target("Narrow", "p90_p10_change", at_most=-0.015),)),),
    )
