"""What each offer says beside the levers' figures, in its own sentences: a line for each kind of element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui import formats
from ui.elements.listing import Element, Kind, elements_of
from ui.itemmodels.compare_table import CompareRow

if TYPE_CHECKING:
    from models.offer import Offer, Settlement

LETTERS = 28  # of a sentence that stand in a cell; all of it is in the tip, below the table and in the copy
_FIGURES = {
    Kind.RULE: "element:pay rules",
    Kind.FLOOR: "element:floor",
    Kind.DIFFERENTIAL: "element:differentials",
    Kind.ALLOWANCE: "element:allowances",
    Kind.ALLOWANCES: "element:allowances",
    Kind.WEIGHTING: "element:regional weighting",
    Kind.DELETED: "element:deleted points",
    Kind.SPINE: "element:new spine",
    Kind.FEES: "operating_margin",
}


def tr(text: str) -> str:
    """A text of the page in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def kind_words(kind: Kind) -> str:
    """What the line of a kind of element is called."""
    return {
        Kind.RULE: tr("Rises and payments, in words"),
        Kind.FLOOR: tr("Lowest rate, in words"),
        Kind.DIFFERENTIAL: tr("Gaps between grades, in words"),
        Kind.INSERTED: tr("Pay points put in"),
        Kind.DELETED: tr("Pay points that go"),
        Kind.SPINE: tr("New spine"),
        Kind.WEIGHTING: tr("Regional weightings"),
        Kind.ALLOWANCE: tr("Allowances by name"),
        Kind.ALLOWANCES: tr("All allowances, in words"),
        Kind.TERMS: tr("Hours, leave, sick pay…, in words"),
        Kind.FEES: tr("Fees, in words"),
        Kind.STEP: tr("Which rates move, and protection"),
    }[kind]


def word_rows(offers: Sequence[Offer]) -> list[CompareRow]:
    """Who makes each offer and when it runs, then a line for each kind of element that any of them has."""
    said = [_by_kind(offer) for offer in offers]
    rows = [
        _row(tr("Made by"), [_maker(one) for one in offers]),
        _row(tr("Steps and end"), [_days(one) for one in offers]),
    ]
    for kind in Kind:
        texts = [" ".join(one.get(kind, ())) for one in said]
        if any(texts):
            rows.append(_row(kind_words(kind), texts, _FIGURES.get(kind, "")))
    return [one for one in rows if any(cell != formats.DASH for cell in one.cells)]


def _by_kind(offer: Offer) -> dict[Kind, list[str]]:
    """Every element's sentence; of several steps, each after the day of its step."""
    found: dict[Kind, list[str]] = {}
    for step in offer.settlements:
        started: set[Kind] = set()
        for one in elements_of(step):
            said = found.setdefault(one.kind, [])
            if len(offer.settlements) > 1 and one.kind not in started:
                said.append(tr("Step of {day}:").format(day=formats.day(step.effective)))
            started.add(one.kind)
            said.append(_sentence(step, one))
    return found


def _sentence(step: Settlement, element: Element) -> str:
    """What an element says; of a rule without the day, which has a line of its own and would fill the cell."""
    from bargain.offers.words import describe_rule

    if element.kind is Kind.RULE and isinstance(element.at, int):
        return " ".join(describe_rule(step.pay[element.at]))
    return element.sentence


def _maker(offer: Offer) -> str:
    return " · ".join(_parts(offer))


def _parts(offer: Offer) -> Iterator[str]:
    if offer.by:
        yield offer.by
    if offer.tabled:
        yield tr("tabled")


def _days(offer: Offer) -> str:
    said = ", ".join(formats.day(one.effective) for one in offer.settlements)
    return tr("{days}; until {end}").format(days=said, end=formats.day(offer.ends)) if offer.ends else said


def _row(label: str, texts: Sequence[str], figure: str = "") -> CompareRow:
    full = (formats.DASH, *(text or formats.DASH for text in texts))
    return CompareRow(label, tuple(_short(one) for one in full), figure=figure, full=full)


def _short(text: str) -> str:
    """The beginning of a text, to the end of a word."""
    if len(text) <= LETTERS:
        return text
    return f"{text[:LETTERS].rsplit(' ', 1)[0]}…"
