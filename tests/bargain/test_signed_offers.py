"""Signed offers: what leaves is the offer and nothing else; what comes in is proved first, or nothing of it."""

from __future__ import annotations

import json
import random
import struct
from dataclasses import fields, replace
from datetime import date

import pytest

from bargain.offers.offer_file import write_offer
from bargain.signed_offers import (
    MOST_BYTES,
    SignedOffer,
    Trust,
    key_in_words,
    passes_for,
    read_pack,
    trust_in,
    with_sent,
    with_taken,
    write_pack,
)
from bargain.storage import signing
from bargain.storage.codec import canonical
from models.index_link import Index, IndexLink
from models.issues import UnusableInput
from models.offer import Differential, Fees, Offer, PayRule, Scope, Settlement
from models.sector import Sector
from models.signed import SentOffer
from models.target import Target, TargetSet
from tests.ui.sectors import small

OURS, THEIRS = bytes(range(32)), bytes(range(1, 33))
DAY = date(2027, 3, 14)
SECRETS = ("walk-away", "Canary", "Northshire Homes", "Ours", "Envelope", "Jo <b>Bloggs</b>")


def tabled(name: str = "Final 13.20 walk-away") -> Offer:
    """An offer with something of many kinds, whose name says what the other side must not know."""
    rule = PayRule(Scope(points="2-43", grades=("Support worker",)), percent_ppm=32_000)
    linked = PayRule(index=IndexLink(Index.CPI, assumed_ppm=27_300, floor_ppm=10_000))
    step = Settlement(
        date(2027, 4, 1),
        floor_micros=13_450_000,
        pay=(rule, linked),
        differentials=(Differential("Team leader", "Support worker", at_least_percent_ppm=80_000),),
        fees=Fees(uplift_ppm=30_000),
    )
    return Offer(name, "Unions", (step,), tabled=True)


def signed_by(file_key: bytes):
    return lambda message: signing.sign(file_key, message)


def pack(file_key: bytes = THEIRS, offer: Offer | None = None, **changes: str) -> bytes:
    told = {"shown_as": "Proposal", "table": "Homes", "by": "Employers", "to": "Unions", **changes}
    return write_pack(offer or tabled(), made_on=DAY, sign=signed_by(file_key), **told)


def sealed_anew(body: dict[str, object], file_key: bytes = THEIRS) -> bytes:
    """A body as a hostile hand would sign it: rightly."""
    key, signature = signing.sign(file_key, canonical(body))
    return canonical({"key": key, "signature": signature, "signed": body})


def test_that_the_offer_comes_back_as_a_draft_under_its_public_name() -> None:
    found = read_pack(pack(), source="a.pack")
    assert (found.by, found.to, found.table, found.made_on, found.notes) == (
        "Employers",
        "Unions",
        "Homes",
        DAY,
        (),
    )
    linked = replace(tabled().settlements[0].pay[1].index, assumed_ppm=None)
    step = tabled().settlements[0]
    expected = replace(step, pay=(step.pay[0], replace(step.pay[1], index=linked)))
    assert found.offer == Offer("Proposal", "Employers", (expected,))
    assert found.key == signing.public_key(THEIRS)
    assert len(key_in_words(found.key).replace(" ", "")) == 24


def test_that_nothing_but_the_offer_leaves() -> None:
    sector = replace(
        small(),
        offers=(tabled(),),
        target_sets=(TargetSet("Ours", (Target("Canary limit", "gini", at_most=0.123456),)),),
    )
    data = pack(offer=sector.offers[0], table="Homes")
    for word in SECRETS:
        assert word.encode() not in data
    figures = [*sector.workforce.rate_micros.tolist(), 27_300, 2.73, 0.123456]
    assert not [one for one in figures if str(one).encode() in data or struct.pack("<d", one) in data]
    whole = json.loads(data)
    assert set(whole) == {"key", "signature", "signed"}
    assert set(whole["signed"]) == {"format", "kind", "table", "by", "to", "made_on", "offer"}
    assert OURS.hex() not in data.decode()
    assert THEIRS.hex() not in data.decode()


def test_that_a_draft_does_not_leave() -> None:
    with pytest.raises(UnusableInput, match="Table it first"):
        pack(offer=replace(tabled(), tabled=False))
    for name in ("shown_as", "by", "to"):
        with pytest.raises(UnusableInput, match="Say "):
            pack(**{name: "\u200b "})


def test_that_equal_offers_of_one_side_are_equal_bytes() -> None:
    assert pack() == pack()
    assert pack(OURS) != pack(THEIRS)


def altered(number: int, good: bytes) -> bytes:
    """One way of many to alter a file, chosen by the number alone."""
    chance = random.Random(number)
    data = bytearray(good)
    kind = number % 8
    at = chance.randrange(len(data))
    if kind == 0:
        data[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del data[at:]
    elif kind == 2:
        del data[at : at + chance.randrange(1, 40)]
    elif kind == 3:
        data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 30)))
    elif kind == 4:
        other = chance.randrange(len(data))
        data[at], data[other] = data[other], data[at]
    elif kind == 5:  # another value in a field of what was signed
        whole = json.loads(good)
        name = chance.choice(sorted(whole["signed"]))
        whole["signed"][name] = chance.choice(["", "x", 0, None, [], {}, True, "9" * 500, 1.5, "\u202e"])
        data = bytearray(canonical(whole))
    elif kind == 6:  # another letter in the offer itself, such as 3.2 for 3.1
        whole = json.loads(good)
        text = list(whole["signed"]["offer"])
        text[chance.randrange(len(text))] = chance.choice("0123456789[]=\"\n#'x-")
        whole["signed"]["offer"] = "".join(text)
        data = bytearray(canonical(whole))
    else:
        whole = json.loads(good)
        name = chance.choice(["key", "signature"])
        whole[name] = chance.choice(
            ["", whole[name][::-1], whole[name][:-2], whole[name].upper() + "g", 7, None]
        )
        data = bytearray(canonical(whole))
    return bytes(data)


def test_that_of_two_thousand_altered_packs_none_crashes_and_none_is_taken_in_in_part() -> None:
    good = pack()
    right = read_pack(good, source="a.pack")
    said: list[str] = []
    for number in range(2_000):
        data = altered(number, good)
        try:
            found = read_pack(data, source="a.pack")
        except UnusableInput as refused:
            said.append(str(refused))
        else:  # what is not signed is only the space between: the offer is the one that was signed
            assert replace(found, sha256="") == replace(right, sha256="")
    assert sum("This pack was changed after it was signed" in one for one in said) > 1_400
    assert not [one for one in said if "\n" in one]


def test_that_what_a_hostile_hand_signs_rightly_is_read_whole_or_refused() -> None:
    body = json.loads(pack())["signed"]
    text = body["offer"]
    read = 0
    for number in range(300):
        chance = random.Random(number)
        changed = dict(body)
        if number % 3 == 0:
            letters = list(text)
            for _ in range(chance.randrange(1, 6)):
                letters[chance.randrange(len(letters))] = chance.choice("0123456789[]=\"\n.-'eE+x{}")
            changed["offer"] = "".join(letters)
        elif number % 3 == 1:
            name = chance.choice(sorted(body))
            changed[name] = chance.choice(
                ["", "9" * 5_000, 0, True, -1, "nan", "0001-01-01", "\x00", "[" * 5_000]
            )
        else:
            changed["offer"] = chance.choice(
                ["a=" + "[" * 3_000, "a." * 2_000 + "b=1", "x = 1e999999999", "format = " + "9" * 5_000,
                 text.replace("3.2", "1e400"), text.replace("13.45", "-1"), text + "\nlimit = 5\n", text * 2]
            )  # fmt: skip
        try:
            found = read_pack(sealed_anew(changed), source="a.pack")
        except UnusableInput:
            continue
        read += 1
        assert isinstance(found, SignedOffer)
        assert found.offer.settlements
        assert write_offer(found.offer)
    assert read > 10


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"limit": "13.20"}, "“limit” is missing, or is nothing that a signed offer holds"),
        ({"format": 2}, "newer version"),
        ({"kind": "letter"}, "not an offer"),
        ({"by": ""}, "does not say who made the offer"),
        ({"made_on": "tomorrow"}, "holds no offer that can be read"),
    ],
)
def test_that_what_no_signed_offer_holds_is_refused_in_a_sentence(
    change: dict[str, object], said: str
) -> None:
    body = json.loads(pack())["signed"] | change
    with pytest.raises(UnusableInput, match=said):
        read_pack(sealed_anew(body), source="a.pack")


def test_that_a_file_of_another_kind_or_size_is_refused_before_it_is_read() -> None:
    for data in (b"", b"PK\x03\x04", b"[]", b"{}", b'{"signed": 3}', b"\xff" * 100):
        with pytest.raises(UnusableInput, match="not a signed offer"):
            read_pack(data, source="a.xlsx")
    with pytest.raises(UnusableInput, match="larger than any signed offer"):
        read_pack(b" " * (MOST_BYTES + 1), source="a.pack")
    nested = json.loads(pack())
    deep: list[object] = []
    for _ in range(500):
        deep = [deep]
    nested["signed"]["more"] = deep
    with pytest.raises(UnusableInput, match="changed after it was signed"):
        read_pack(json.dumps(nested).encode(), source="a.pack")


def test_that_a_text_that_takes_long_to_read_is_refused_before_it_is_read() -> None:
    body = json.loads(pack())["signed"]
    for text in ("a." * 40_000 + "b = 1", "a = 1\n" * 20_000):
        with pytest.raises(UnusableInput, match="more text than any offer"):
            read_pack(sealed_anew(body | {"offer": text}), source="a.pack")


def test_that_a_value_that_stands_twice_is_refused() -> None:
    good = pack().decode()
    twice = good.replace('"to":"Unions"', '"to":"Unions","to":"Unions"')
    with pytest.raises(UnusableInput, match="changed after"):
        read_pack(twice.encode(), source="a.pack")


def test_that_what_names_hide_is_taken_out_and_said() -> None:
    body = json.loads(pack())["signed"]
    offer = replace(
        tabled(),
        name="Prop\u202eosal",
        settlements=(replace(tabled().settlements[0], delete_points=("1\u200b",)),),
    )
    body |= {"by": "Emplоyers\u200f", "offer": write_offer(offer)}  # with a Cyrillic о
    found = read_pack(sealed_anew(body), source="a\u202e.pack")
    assert found.offer.name == "Proposal"
    assert found.offer.settlements[0].delete_points == ("1",)
    assert found.notes == (
        "Characters that can't be seen were taken out of its names.",
        "“Emplоyers” mixes letters of two alphabets, so it may pass for another name.",
    )
    assert passes_for(found.by, ("Unions", "Employers")) == "Employers"


def everything_but(sector: Sector, *names: str) -> list[object]:
    return [getattr(sector, one.name) for one in fields(sector) if one.name not in names]


def test_that_taking_in_adds_one_draft_of_theirs_and_touches_nothing_else() -> None:
    sector = replace(small(), offers=(*small().offers, replace(tabled("Proposal"), tabled=False)))
    signed = read_pack(pack(), source="a.pack")
    after, name = with_taken(sector, signed, today=DAY)
    assert name == "Proposal (2)"
    assert after.offers[:-1] == sector.offers
    assert after.offers[-1] == replace(signed.offer, name=name)
    assert not after.offers[-1].tabled
    assert everything_but(after, "offers", "signers") == everything_but(sector, "offers", "signers")
    again, other = with_taken(after, signed, today=DAY)
    assert (other, len(again.signers)) == ("Proposal (3)", 1)


def test_that_a_party_that_signs_with_another_key_is_noticed() -> None:
    own = signing.public_key(OURS)
    first = read_pack(pack(THEIRS), source="a.pack")
    assert trust_in(small(), first, own_key=own) is Trust.NEW
    known, _ = with_taken(small(), first, today=DAY)
    assert trust_in(known, first, own_key=own) is Trust.KNOWN
    stranger = read_pack(pack(bytes(32)), source="b.pack")
    assert trust_in(known, stranger, own_key=own) is Trust.OTHER
    assert trust_in(known, read_pack(pack(OURS), source="c.pack"), own_key=own) is Trust.OWN


def test_that_what_was_sent_leaves_a_line() -> None:
    sent = SentOffer("Final", "Proposal", "Employers", DAY, "0" * 64)
    assert with_sent(small(), sent).sent == (sent,)


def test_that_the_signature_of_a_known_key_and_message_is_that_of_the_published_vector() -> None:
    """RFC 8032, 7.1, test 2: verification must accept it, and refuse it for any other message."""
    key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    made = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert signing.is_signed(key, made, b"\x72")
    assert not signing.is_signed(key, made, b"\x73")
    assert not signing.is_signed("zz", made, b"\x72")


def test_that_what_is_put_by_is_opened_only_by_its_own_key() -> None:
    sealed = signing.put_by(OURS, b"answers of a person")
    assert signing.taken_up(OURS, sealed) == b"answers of a person"
    assert b"answers" not in sealed
    assert signing.taken_up(THEIRS, sealed) is None
    assert signing.taken_up(OURS, sealed[:-1] + b"\x00") is None
    assert signing.taken_up(OURS, b"") is None
