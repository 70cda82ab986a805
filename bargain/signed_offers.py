"""Offers that travel between the sides: a signed file that holds the offer and nothing else.

What is written is built up from a short list of fields, never filtered down from the sector: the offer's terms, the
name that the other side is to see, who made it, for whom, and the day. What is read is untrusted: limits first, then
the signature over every byte that counts, then a strict reading of each field. What is taken in is a draft of the
other side's, beside ours; it touches neither targets, nor staff, nor any offer that is there.

The file is one line of JSON: ``{"key": …, "signature": …, "signed": {…}}``. Ed25519 signs the canonical form of
``signed`` (sorted keys, no spaces, ASCII); ``key`` is the public key. The offer inside is an offer file (TOML).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum, StrEnum
from typing import Any

from bargain.offers.offer_file import read_offer, write_offer
from bargain.plain_names import hides_something, looks_like, mixes_alphabets, plain_name
from bargain.storage.codec import canonical
from bargain.storage.signing import KEY_BYTES, SIGNATURE_BYTES, is_signed
from models.index_link import IndexLink
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector
from models.signed import SentOffer, Signer

SUFFIX = ".pack"
PUBLIC_NAME = "Proposal"
MOST_BYTES = 256 * 1024
FORMAT = 1
_KIND = "bargain signed offer"
_OUTER = ("key", "signature", "signed")
_TEXTS = ("kind", "table", "by", "to", "made_on", "offer")
_INNER = ("format", *_TEXTS)
_MOST_STEPS, _MOST_RULES = 40, 400  # of an offer: more is no offer
_MOST_TEXT = 96 * 1024  # letters of the offer's text
_MOST_DOTS = 100  # on one line of it: reading dotted keys takes the square of their number
_LONGEST_TEXT = 2_000  # letters of one text, such as a list of points
_CHANGED = "This pack was changed after it was signed"


class Trust(StrEnum):
    """What is known of the key that signed."""

    OWN = "own"  # this file's own key: we made it
    KNOWN = "known"  # signed like what this party sent before
    NEW = "new"  # nothing came from this party before
    OTHER = "other"  # this party signed with another key before


@dataclass(frozen=True, slots=True)
class SignedOffer:
    """What was read. ``notes`` are sentences about what was taken out of names, and what passes for something else."""

    offer: Offer
    table: str
    by: str
    to: str
    made_on: date
    key: str
    sha256: str
    notes: tuple[str, ...] = ()


def write_pack(
    offer: Offer,
    *,
    shown_as: str,
    table: str,
    by: str,
    to: str,
    made_on: date,
    sign: Callable[[bytes], tuple[str, str]],
) -> bytes:
    """The file for the other side. ``sign`` gives the public key and the signature of a message.

    Raises UnusableInput for an offer that is not tabled yet, and where a name is missing.
    """
    if not offer.tabled:
        raise UnusableInput(
            f"“{offer.name}” is a draft. Table it first: only what is tabled leaves your side."
        )
    names = {"the name the other side sees": shown_as, "who makes the offer": by, "for whom it is": to}
    for what, name in names.items():
        if not plain_name(name):
            raise UnusableInput(f"Say {what}; it stands in the file.")
    body = {
        "format": FORMAT,
        "kind": _KIND,
        "table": plain_name(table),
        "by": plain_name(by),
        "to": plain_name(to),
        "made_on": made_on.isoformat(),
        "offer": write_offer(what_leaves(offer, shown_as=shown_as, by=by)),
    }
    key, signature = sign(canonical(body))
    data = canonical({"key": key, "signature": signature, "signed": body}) + b"\n"
    if len(data) > MOST_BYTES:
        raise UnusableInput(
            f"“{offer.name}” is too long to send: {len(data):,} bytes of at most {MOST_BYTES:,}."
        )
    return data


def what_leaves(offer: Offer, *, shown_as: str, by: str) -> Offer:
    """The offer as the other side gets it: under its public name, without what we assume of an index."""

    def without_guesses(value: Any) -> Any:
        return replace(value, assumed_ppm=None) if isinstance(value, IndexLink) else value

    bare: Offer = _rebuilt(offer, without_guesses)
    return replace(bare, name=plain_name(shown_as), by=plain_name(by))


def read_pack(data: bytes, *, source: str) -> SignedOffer:
    """Read a file that came from outside; all of it or nothing. Raises UnusableInput in one sentence."""
    source = plain_name(source)
    body, key = _opened(data, source)
    for name in _TEXTS:
        if not isinstance(body[name], str):
            raise UnusableInput(f"{source}: “{name}” is not a text. Ask for the offer again.")
    if len(body["offer"]) > _MOST_TEXT or any(
        line.count(".") > _MOST_DOTS for line in body["offer"].splitlines()
    ):
        raise UnusableInput(f"{source} holds more text than any offer. It was not taken in.")
    try:
        made_on = date.fromisoformat(body["made_on"])
        offer = read_offer(body["offer"], source=f"The offer in {source}")
    except (ValueError, ArithmeticError, RecursionError, TypeError) as error:
        raise UnusableInput(f"{source} holds no offer that can be read. Ask for it again.") from error
    _refuse_too_much(offer, source)
    names = {name: plain_name(body[name]) for name in ("table", "by", "to")}
    if not names["by"] or not plain_name(offer.name):
        raise UnusableInput(
            f"{source} does not say who made the offer, or what it is called. Ask for it again."
        )
    plain = replace(_rebuilt(offer, _plain_text), by=names["by"], tabled=False)
    return SignedOffer(
        plain,
        **names,
        made_on=made_on,
        key=key,
        sha256=hashlib.sha256(data).hexdigest(),
        notes=tuple(_notes(offer, plain, body)),
    )


def trust_in(sector: Sector, signed: SignedOffer, *, own_key: str) -> Trust:
    """What is known of whoever signed."""
    if signed.key == own_key:
        return Trust.OWN
    keys = {one.key for one in sector.signers if one.party == signed.by}
    if not keys:
        return Trust.NEW
    return Trust.KNOWN if signed.key in keys else Trust.OTHER


def key_in_words(key: str) -> str:
    """The head of a key in groups, to be read aloud and compared."""
    return " ".join(key[at : at + 4].upper() for at in range(0, 24, 4))


def with_taken(sector: Sector, signed: SignedOffer, *, today: date) -> tuple[Sector, str]:
    """The sector with the offer as one more draft, and the name that it got. Nothing else changes but who signs."""
    taken = {one.name for one in sector.offers}
    name, number = signed.offer.name, 2
    while name in taken:
        name, number = f"{signed.offer.name} ({number})", number + 1
    signer = Signer(signed.by, signed.key, today)
    known = any((one.party, one.key) == (signer.party, signer.key) for one in sector.signers)
    signers = sector.signers if known else (*sector.signers, signer)
    offers = (*sector.offers, replace(signed.offer, name=name))
    return replace(sector, offers=offers, signers=signers), name


def with_sent(sector: Sector, sent: SentOffer) -> Sector:
    """The sector with a line about what left this side."""
    return replace(sector, sent=(*sector.sent, sent))


# How it is read


def _opened(data: bytes, source: str) -> tuple[dict[str, Any], str]:
    """What was signed, and the key that signed it, once every byte that counts is proved."""
    if len(data) > MOST_BYTES:
        raise UnusableInput(
            f"{source} is larger than any signed offer ({len(data):,} bytes). It was not opened; check that it is the "
            "right file."
        )
    changed = UnusableInput(f"{_CHANGED}: {source}. Nothing was taken in; ask for it again.")
    try:
        whole = json.loads(data.decode("ascii"), object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        if _KIND.encode() in data:
            raise changed from None
        raise UnusableInput(
            f"{source} is not a signed offer. Choose the file ({SUFFIX}) that the other side sent."
        ) from None
    if not isinstance(whole, dict) or not isinstance(whole.get("signed"), dict):
        raise UnusableInput(
            f"{source} is not a signed offer. Choose the file ({SUFFIX}) that the other side sent."
        )
    body, key, signature = whole["signed"], whole.get("key"), whole.get("signature")
    if set(whole) != set(_OUTER) or not _is_hex(key, KEY_BYTES) or not _is_hex(signature, SIGNATURE_BYTES):
        raise changed
    if not all(isinstance(value, str | int) for value in body.values()):  # nothing nested without end
        raise changed
    if not is_signed(str(key), str(signature), canonical(body)):
        raise changed
    if body.get("kind") != _KIND:
        raise UnusableInput(f"{source} is signed, but it is not an offer. Ask what it is.")
    if body.get("format") != FORMAT or isinstance(body.get("format"), bool):
        raise UnusableInput(f"{source} was made by a newer version of Bargain. Update to take it in.")
    unknown = sorted(set(body) ^ set(_INNER))
    if unknown:
        raise UnusableInput(
            f"{source}: “{plain_name(unknown[0])}” is missing, or is nothing that a signed offer holds."
        )
    return body, str(key)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _is_hex(text: Any, size: int) -> bool:
    return isinstance(text, str) and len(text) == 2 * size and set(text) <= set("0123456789abcdef")


def _refuse_too_much(offer: Offer, source: str) -> None:
    rules = max((len(step.pay) + len(step.differentials) for step in offer.settlements), default=0)
    if len(offer.settlements) > _MOST_STEPS or rules > _MOST_RULES:
        raise UnusableInput(f"{source} has more steps or rules than any offer. It was not taken in.")


def _rebuilt(value: Any, change: Callable[[Any], Any]) -> Any:
    """A value with every part of it put through ``change``, innermost first."""
    if isinstance(value, tuple):
        return tuple(_rebuilt(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        value = replace(
            value, **{one.name: _rebuilt(getattr(value, one.name), change) for one in fields(value)}
        )
    return change(value)


def _plain_text(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Enum):
        return plain_name(value, longest=_LONGEST_TEXT)
    return value


def _notes(offer: Offer, plain: Offer, body: dict[str, Any]) -> Iterable[str]:
    """What was hidden in names, and names that pass for others."""
    before, after = tuple(_texts_of(offer)), tuple(_texts_of(plain))
    if before != after or any(hides_something(body[name]) for name in ("table", "by", "to")):
        yield "Characters that can't be seen were taken out of its names."
    for name in dict.fromkeys((plain_name(body["by"]), *after)):
        if mixes_alphabets(name):
            yield f"“{name}” mixes letters of two alphabets, so it may pass for another name."


def _texts_of(value: Any) -> Iterable[str]:
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts_of(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts_of(getattr(value, field.name))


def passes_for(name: str, known: Iterable[str]) -> str:
    """A known name that this one prints like without being it; blank where there is none."""
    return next((one for one in known if looks_like(name, one)), "")
