"""The page on the offer file: every key that it shows is read, and every key that there is, is shown."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings

from bargain.offers.offer_file import read_offer, write_offer
from models.offer import Offer
from tests.bargain.offers.test_offer_file import offers

PAGE = Path(__file__).parents[3] / "docs" / "offer-file.md"
KEY = re.compile(r"^\s*#?\s*([a-z_]+) =", re.MULTILINE)
TABLE = re.compile(r"^\s*\[\[?settlement\.?([a-z_.]*)\]", re.MULTILINE)


def shown() -> set[str]:
    text = PAGE.read_text("utf-8")
    return set(KEY.findall(text)) | set(re.findall(r"`([a-z_]+)`", text))


@settings(deadline=None, max_examples=150)
@given(offers)
def test_that_every_key_and_table_of_an_offer_is_on_the_page(offer: Offer) -> None:
    written = write_offer(offer)
    tables = {name for found in TABLE.findall(written) for name in found.split(".") if name}
    named = {name for found in TABLE.findall(PAGE.read_text("utf-8")) for name in found.split(".") if name}
    keys = {one for one in KEY.findall(written) if one not in {"night", "sunday"}}

    assert tables - {"unsocial_percent"} <= named
    assert keys - _points(written) <= shown() | tables  # the keys of a mapping are points


def _points(written: str) -> set[str]:
    """Names on the left of a mapping."""
    found: set[str] = set()
    for block in written.split("[settlement.spine.mapping]")[1:]:
        found |= set(KEY.findall(re.split(r"^\s*\[", block, maxsplit=1, flags=re.MULTILINE)[0]))
    return found


def test_that_the_page_itself_is_an_offer_once_its_alternatives_are_taken_apart() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    rest = [block for block in blocks if "settlement.spine" not in block]
    offer = read_offer("".join(rest), source="page")
    step = offer.settlements[0]

    assert step.pay[0].taper is not None
    assert step.pay[0].index is not None
    assert (step.weightings[0].cash_micros, step.allowances[0].name) == (3_400 * 10**6, "Standby")
    assert len(step.differentials) == 1
    spine = next(block for block in blocks if "settlement.spine" in block)
    equal, written_out = spine.split("    [[settlement.spine.point]]")
    for body in (equal, "[settlement.spine]\n[[settlement.spine.point]]" + written_out):
        assert (
            read_offer("[[settlement]]\neffective = 2027-04-01\n" + body, source="page").settlements[0].spine
        )
