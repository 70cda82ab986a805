"""In plain words: what an offer does to the scale itself, regional weightings, allowances, tapers, indices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bargain.offers.phrases import Phrases, number
from bargain.offers.words_scope import scope_words
from models.index_link import IndexLink
from models.offer import NamedAllowance, Scope, Settlement, Taper, Weighting
from models.spine import EqualSteps, InsertedPoint, NewSpine


def scale_sentences(settlement: Settlement, p: Phrases) -> Iterator[str]:
    """Points put in, a new spine, weightings and allowances by name, in that order."""
    for one in settlement.insert_points:
        yield inserted_sentence(one, p)
    if settlement.spine is not None:
        yield " ".join(spine_sentences(settlement.spine, p))
    for weighting in settlement.weightings:
        yield weighting_sentence(weighting, p)
    for allowance in settlement.allowances:
        yield allowance_sentence(allowance, p)


def inserted_sentence(one: InsertedPoint, p: Phrases) -> str:
    """A point put in after another."""
    at = (
        p.say("insert.midway")
        if one.amount_micros is None
        else p.say("insert.at", rate=p.rate(one.amount_micros))
    )
    grade = p.say("insert.grade", grade=p.quoted(one.grade)) if one.grade else ""
    return p.say("insert.sentence", name=p.quoted(one.name), after=p.quoted(one.after), at=at, grade=grade)


def spine_sentences(spine: NewSpine, p: Phrases) -> Iterator[str]:
    """The points of a new spine, where staff go on it, and what becomes of pay above it."""
    yield p.say("spine.opening")
    if spine.points:
        written = [
            p.say(
                "spine.point_graded" if point.grade else "spine.point",
                name=p.quoted(point.name),
                rate=p.rate(point.amount_micros),
                grade=p.quoted(point.grade),
            )
            for point in spine.points
        ]
        yield p.say("spine.points", list=p.listed(written))
    if spine.equal is not None:
        yield p.say(f"spine.equal_{spine.equal.value}")
    if spine.bottom_micros is not None:
        yield p.say("spine.bottom", rate=p.rate(spine.bottom_micros))
    if spine.top_micros is not None:
        yield p.say("spine.top", rate=p.rate(spine.top_micros))
    if spine.step is not None:
        by_percent = spine.equal is EqualSteps.PERCENT
        yield p.say("spine.step", step=p.percent(spine.step) if by_percent else p.rate(spine.step))
    if spine.count is not None:
        yield p.say("spine.count", count=spine.count)
    if spine.first != 1 or spine.prefix:
        yield p.say(
            "spine.numbered", first=p.quoted(f"{spine.prefix}{spine.first}"), prefix=p.quoted(spine.prefix)
        )
    if spine.mapping:
        moves = [p.say("spine.move", old=p.quoted(old), new=p.quoted(new)) for old, new in spine.mapping]
        yield p.say("spine.mapping", list=p.listed(moves))
    else:
        yield p.say("spine.next_up")
    yield p.say(f"spine.{spine.protection.value}")
    yield p.say(f"spine.{spine.order.value}")


def weighting_sentence(one: Weighting, p: Phrases) -> str:
    """A regional weighting, and what it takes the place of."""
    instead = (
        p.say("weighting.instead", rate=p.pounds(one.instead_of_micros)) if one.instead_of_micros else ""
    )
    return p.say(
        "weighting.sentence", regions=p.names(one.regions), cash=p.a_year(one.cash_micros), instead=instead
    )


def allowance_sentence(one: NamedAllowance, p: Phrases) -> str:
    """What becomes of an allowance."""
    name = p.quoted(one.name)
    said = []
    if one.percent_ppm is not None:
        said.append(p.say("allowance.rises", name=name, percent=p.percent(one.percent_ppm)))
    if one.amount_micros is not None:
        said.append(p.say("allowance.becomes", name=name, rate=p.rate(one.amount_micros)))
    if one.share_ppm is not None:
        said.append(p.say("allowance.becomes_share", name=name, percent=p.percent(one.share_ppm)))
    if not said:
        said.append(p.say("allowance.stays", name=name))
    if one.now_micros is not None:
        said.append(p.say("allowance.now", rate=p.rate(one.now_micros)))
    if one.now_share_ppm is not None:
        said.append(p.say("allowance.now_share", percent=p.percent(one.now_share_ppm)))
    if one.payments_y is not None:
        said.append(p.say("allowance.payments", count=number(one.payments_y)))
    if one.staff is not None:
        said.append(p.say("allowance.staff", count=number(one.staff)))
    if one.scope != Scope():
        said.append(p.say("allowance.scope", scope=scope_words(one.scope, p)))
    return " ".join(said)


def taper_sentence(taper: Taper, end: str, p: Phrases) -> str:
    """How a rise runs from one end to the other. end: what it is at the second one, in words."""

    def place(point: str, pay: int | None) -> str:
        parts = [p.say("taper.point", point=p.quoted(point))] if point else []
        if pay is not None:
            parts.append(p.say("taper.pay", pay=p.pounds(pay)))
        return p.listed(parts) or p.say("taper.nowhere")

    sentence = p.say(
        "taper.sentence",
        start=place(taper.from_point, taper.from_pay_micros),
        end=end,
        finish=place(taper.to_point, taper.to_pay_micros),
    )
    return f"{sentence} {p.say('taper.only_points')}" if taper.from_point else sentence


def index_sentences(link: IndexLink, p: Phrases) -> Iterator[str]:
    """Which figure counts, between what limits, what is priced, and when the parties meet again."""
    plus = p.say("index.plus", percent=p.percent(link.plus_ppm)) if link.plus_ppm else ""
    if link.month is None:
        yield p.say("index.no_month", index=p.say(f"index.{link.index.name}"), plus=plus)
    else:
        yield p.say(
            "index.month", index=p.say(f"index.{link.index.name}"), month=_month(link.month, p), plus=plus
        )
    if link.share_above_ppm is not None and link.share_ppm is not None:
        yield p.say("index.share", above=p.percent(link.share_above_ppm), percent=p.percent(link.share_ppm))
    for key, value in (
        ("share_above", link.share_above_ppm if link.share_ppm is None else None),
        ("share_alone", link.share_ppm if link.share_above_ppm is None else None),
        ("floor", link.floor_ppm),
        ("cap", link.cap_ppm),
        ("published", link.published_ppm),
        ("assumed", link.assumed_ppm),
        ("reopen_above", link.reopen_above_ppm),
        ("reopen_below", link.reopen_below_ppm),
    ):
        if value is not None:
            yield p.say(f"index.{key}", percent=p.percent(value))
    if link.figure_ppm is None:
        yield p.say("index.unknown")


def _month(day: date, p: Phrases) -> str:
    """A month; the whole date where it is not the first of one."""
    whole = p.day(day)
    return whole.split(" ", 1)[1] if day.day == 1 else whole
