"""Values to plain JSON and back."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sector_strategies import values_of

from bargain.storage.codec import PlainShapeError, UnknownKeyError, canonical, from_plain, parse, to_plain
from models.accounts import Accounts
from models.agreement import AgreementDraft
from models.assumptions import Assumption
from models.basis import Basis
from models.costing import CostBreakdown
from models.employer import Employer, Ownership
from models.issues import UnusableInput
from models.measures import Snapshot
from models.offer import Offer, PayRule, Settlement
from models.parameters import Parameter
from models.payscale import PayScale
from models.target import Target, TargetSet
from models.terms import Terms

KINDS = (Offer, TargetSet, Accounts, Assumption, Employer, PayScale, Terms, CostBreakdown, AgreementDraft)


@dataclass(frozen=True, slots=True)
class Sample:
    """Kinds that no model of a sector happens to combine."""

    rate: Decimal
    by_grade: Mapping[str, float | None]
    pair: tuple[int, str] = (0, "")
    basis: Basis = Basis.HOUR


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_that_every_model_comes_back_value_for_value(kind, data):
    value = data.draw(values_of(kind))
    assert repr(from_plain(kind, parse(canonical(to_plain(value))))) == repr(value)


@given(st.text(alphabet=st.characters(categories=None, codec=None)))
def test_that_any_text_comes_back_even_half_a_character(text):
    assert from_plain(str, parse(canonical(to_plain(text)))) == text


def test_that_half_a_surrogate_pair_comes_back():
    assert parse(canonical("\ud800")) == "\ud800"


def test_that_decimals_mappings_and_pairs_come_back():
    value = Sample(Decimal("0.150"), {"a": 1.5, "b": None}, (7, "x"), Basis.YEAR)
    plain = to_plain(value)
    assert plain == {"rate": "0.150", "by_grade": {"a": 1.5, "b": None}, "pair": [7, "x"], "basis": 1}
    assert from_plain(Sample, plain) == value
    assert str(from_plain(Sample, plain).rate) == "0.150"


@pytest.mark.parametrize(("value", "text"), [(math.nan, "nan"), (math.inf, "inf"), (-math.inf, "-inf")])
def test_that_nan_and_infinity_are_kept_as_text_that_json_allows(value, text):
    plain = to_plain(Target("t", "m", at_least=value))
    assert plain["at_least"] == text
    assert b"NaN" not in canonical(plain)
    assert repr(from_plain(Target, plain).at_least) == repr(value)


def test_that_a_text_field_may_say_nan():
    assert from_plain(Offer, to_plain(Offer("nan"))).name == "nan"


def test_that_the_sign_of_nought_is_kept():
    assert math.copysign(1, from_plain(float, parse(canonical(to_plain(-0.0))))) == -1


def test_that_figures_taken_out_of_columns_are_stored_as_figures():
    plain = to_plain((np.int64(5), np.float64(2.5), np.bool_(True)))
    assert plain == [5, 2.5, True]
    assert json.dumps(plain) == "[5, 2.5, true]"


def test_that_every_field_is_written_even_at_its_default():
    assert set(to_plain(PayRule())) == {field.name for field in fields(PayRule)}


def test_that_a_field_added_since_takes_its_default():
    plain = to_plain(Offer("x", by="them"))
    del plain["tabled"]
    assert from_plain(Offer, plain) == Offer("x", by="them", tabled=False)


def test_that_equal_values_have_equal_bytes_whatever_their_order():
    assert canonical({"b": 1, "a": [1, {"d": 2, "c": 3}]}) == canonical({"a": [1, {"c": 3, "d": 2}], "b": 1})
    assert canonical({"b": "£", "a": 1}) == b'{"a":1,"b":"\\u00a3"}'


def test_that_an_unknown_key_is_refused_and_named_with_its_place():
    plain = to_plain(Offer("x", settlements=(Settlement(date(2027, 4, 1), pay=(PayRule(),)),)))
    plain["settlements"][0]["pay"][0]["bonus"] = 1
    with pytest.raises(UnknownKeyError, match=r"offer\.settlements\[0\]\.pay\[0\]\.bonus should be left out"):
        from_plain(Offer, plain, where="offer")


@pytest.mark.parametrize(
    ("kind", "plain", "said"),
    [
        (Offer, {}, r"name should be there"),
        (Offer, [], r"The text should be a table"),
        (Offer, {"name": 1}, r"name should be text"),
        (Offer, {"name": "x", "tabled": 1}, r"tabled should be true or false"),
        (Offer, {"name": "x", "ends": "1 April"}, r"ends should be a date"),
        (Offer, {"name": "x", "ends": 20270401}, r"ends should be a date"),
        (Offer, {"name": "x", "ends": "20270401"}, r"ends should be a date"),
        (Offer, {"name": "x", "settlements": {}}, r"settlements should be a list"),
        (Offer, {"name": "x", "settlements": [{}]}, r"settlements\[0\]\.effective should be there"),
        (PayRule, {"percent_ppm": 1.5}, r"percent_ppm should be a whole number"),
        (PayRule, {"percent_ppm": True}, r"percent_ppm should be a whole number"),
        (Terms, {"weekly_hours": "37"}, r"weekly_hours should be a number"),
        (Terms, {"weekly_hours": 10**400}, r"weekly_hours should be a number of ordinary size"),
        (Terms, {"unsocial_ppm": [["night"]]}, r"unsocial_ppm\[0\] should be a list of 2"),
        (Employer, {"name": "x", "ownership": "pirate"}, r"ownership should be one of private-equity owned"),
        (Employer, {"name": "x", "ownership": ["NHS"]}, r"ownership should be one of"),
        (Sample, {"rate": "1", "by_grade": {"a": "x"}}, r"by_grade\.a should be a number"),
        (Sample, {"rate": "1", "by_grade": []}, r"by_grade should be a table"),
        (Sample, {"rate": "1,5", "by_grade": {}}, r"rate should be a decimal"),
        (Sample, {"rate": " 1", "by_grade": {}}, r"rate should be a decimal"),
        (Sample, {"rate": "1", "by_grade": {}, "basis": True}, r"basis should be one of 0, 1"),
        (Sample, {"rate": "1", "by_grade": {}, "basis": 1.0}, r"basis should be one of 0, 1"),
    ],
)
def test_that_what_does_not_fit_is_refused_with_its_place(kind, plain, said):
    with pytest.raises(PlainShapeError, match=said) as caught:
        from_plain(kind, plain)
    assert isinstance(caught.value, UnusableInput)


@pytest.mark.parametrize("text", [b"{", b"NaN", b"[Infinity]", b"\xff", b"[" * 100_000, b"1" * 5000 + b"e"])
def test_that_text_that_is_not_json_is_refused(text):
    with pytest.raises(PlainShapeError, match="JSON"):
        parse(text)


@pytest.mark.parametrize("value", [object(), {1: "a"}, b"bytes", {1, 2}])
def test_that_a_value_without_a_stored_form_is_our_fault_not_the_users(value):
    with pytest.raises(TypeError):
        to_plain(value)


@pytest.mark.parametrize("kind", [bytes, int | str, Mapping[int, str], set[int]])
def test_that_a_kind_without_a_stored_form_is_our_fault_not_the_files(kind):
    with pytest.raises(TypeError):
        from_plain(kind, {})


def test_that_a_kind_may_be_stored_in_a_way_of_its_own():
    plain = to_plain(Offer("x"), own={Offer: lambda offer: {"only": offer.name}})
    assert plain == {"only": "x"}
    assert from_plain(Offer, plain, own={Offer: lambda stored: Offer(stored["only"])}) == Offer("x")


def test_that_the_kinds_of_frozen_rounds_and_parameters_can_be_read():
    for kind in (Snapshot, Parameter):
        with pytest.raises(PlainShapeError, match="should be there"):
            from_plain(kind, {})


def test_that_ownership_is_written_by_its_value():
    assert to_plain(Employer("x", Ownership.NHS))["ownership"] == "NHS"
