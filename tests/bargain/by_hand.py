"""The second opinion: one post at a time in exact fractions, written from methods.md and not from the engine.

It knows nothing of columns, stages or chunks. Slow on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from models.basis import Basis
from models.offer import Differential, Offer, On, PayRule, Settlement, Within
from tests.helpers.f1 import Row

PENNY = Fraction(1, 100)
NI_RATE, NI_FROM = Fraction(15, 100), 5000  # 2026/27, from the reference table
BAND = (6240, 50270)
PENSION = Fraction(3, 100)


def to_penny(amount: Fraction) -> Fraction:
    return floor(amount / PENNY + Fraction(1, 2)) * PENNY


def exact(value: float) -> Fraction:
    return Fraction(str(value))


@dataclass
class Post:
    """One row as a mutable record."""

    row: Row
    rate: Fraction
    once: Fraction = Fraction(0)
    first: Fraction = Fraction(0)  # before the deal

    @property
    def yearly_hours(self) -> Fraction:
        return exact(52.143) * exact(self.row.full_hours)

    @property
    def hourly(self) -> Fraction:
        return self.rate if self.row.basis is Basis.HOUR else self.rate / self.yearly_hours

    def in_basis(self, *, year: Fraction | None = None, hour: Fraction | None = None) -> Fraction:
        by_hour = self.row.basis is Basis.HOUR
        if year is not None:
            return year / self.yearly_hours if by_hour else year
        assert hour is not None
        return hour if by_hour else hour * self.yearly_hours

    def pay(self, rate: Fraction) -> Fraction:
        if self.row.basis is Basis.YEAR:
            return rate * exact(
                self.row.fte if self.row.fte is not None else self.row.hours / self.row.full_hours
            )
        return rate * exact(self.row.hours) * exact(self.row.weeks)

    def labour(self, rate: Fraction) -> Fraction:
        pay = self.pay(rate)
        threshold = 50270 if 0 <= self.row.age < 21 else NI_FROM
        ni = max(Fraction(0), pay - threshold) * NI_RATE
        pension = (min(max(pay, Fraction(BAND[0])), Fraction(BAND[1])) - BAND[0]) * PENSION
        return (pay + ni + pension) * exact(self.row.heads)


def micros(amount: int | None) -> Fraction:
    return Fraction(amount or 0, 1_000_000)


def reaches(rule: PayRule, post: Post) -> bool:
    scope = rule.scope
    return (not scope.grades or post.row.grade in scope.grades) and (
        not scope.employers or post.row.employer in scope.employers
    )


def rise(rule: PayRule, post: Post) -> Fraction:
    counted = post.first if rule.in_all else post.rate

    def share(ppm: int) -> Fraction:
        return counted * Fraction(ppm, 1_000_000)

    gain = share(rule.percent_ppm) + post.in_basis(year=micros(rule.cash_micros))
    if rule.at_least_cash_micros is not None:
        gain = max(gain, post.in_basis(year=micros(rule.at_least_cash_micros)))
    if rule.at_least_percent_ppm is not None:
        gain = max(gain, share(rule.at_least_percent_ppm))
    if rule.at_least_hourly_micros is not None:
        gain = max(gain, post.in_basis(hour=micros(rule.at_least_hourly_micros)))
    if rule.at_most_cash_micros is not None:
        gain = min(gain, post.in_basis(year=micros(rule.at_most_cash_micros)))
    if rule.at_most_percent_ppm is not None:
        gain = min(gain, share(rule.at_most_percent_ppm))
    return max(gain - (post.rate - post.first), Fraction(0)) if rule.in_all else gain


def stands_on(one: Differential, posts: Sequence[Post], employer: str) -> Fraction | None:
    below = sorted(
        (post.hourly, post.row.heads)
        for post in posts
        if post.row.grade == one.over
        and post.row.heads > 0
        and (one.within is Within.SECTOR or post.row.employer == employer)
    )
    if not below:
        return None
    if one.on is On.HIGHEST:
        return below[-1][0]
    if one.on is On.LOWEST:
        return below[0][0]
    half, reached = sum(exact(heads) for _, heads in below) / 2, Fraction(0)
    for rate, heads in below:
        reached += exact(heads)
        if reached >= half:
            return rate
    raise AssertionError("half is always reached")


def settle(posts: Sequence[Post], step: Settlement) -> None:
    """One step, in the order of methods.md section 2."""
    old = [post.rate for post in posts]
    for rule in step.pay:
        for post in posts:
            if reaches(rule, post):
                gain = rise(rule, post)
                if rule.non_consolidated:
                    post.once += gain
                else:
                    post.rate += gain
    for post in posts:
        if step.floor_micros is not None:
            post.rate = max(post.rate, post.in_basis(hour=micros(step.floor_micros)))
    for one in step.differentials:  # the tests write them lowest grade first
        wanted = []
        for post in posts:
            base = stands_on(one, posts, post.row.employer)
            if post.row.grade != one.grade or base is None:
                wanted.append(post.rate)
                continue
            least = base * (1 + Fraction(one.at_least_percent_ppm or 0, 1_000_000))
            if one.at_least_hourly_micros is not None:
                least = max(least, base + micros(one.at_least_hourly_micros))
            wanted.append(max(post.rate, post.in_basis(hour=least)))
        for post, rate in zip(posts, wanted, strict=True):
            post.rate = rate
    for post, before in zip(posts, old, strict=True):
        if post.rate != before:
            post.rate = max(to_penny(post.rate), before)


@dataclass
class Answer:
    rates: list[Fraction]
    rise_by_employer: dict[str, Fraction]
    growth: Fraction


def appraise_by_hand(rows: Sequence[Row], offer: Offer) -> Answer:
    """New rates, the full-year cost by employer and the growth of the pay bill."""
    posts = [Post(row, Fraction(row.rate), first=Fraction(row.rate)) for row in rows]
    start = [post.rate for post in posts]
    for step in offer.settlements:
        settle(posts, step)
    by_employer: dict[str, Fraction] = {}
    for post, before in zip(posts, start, strict=True):
        cost = post.labour(post.rate) - post.labour(before)
        by_employer[post.row.employer] = by_employer.get(post.row.employer, Fraction(0)) + cost
    bill = sum(post.pay(before) * exact(post.row.heads) for post, before in zip(posts, start, strict=True))
    new = sum(post.pay(post.rate) * exact(post.row.heads) for post in posts)
    return Answer([post.rate for post in posts], by_employer, new / bill - 1 if bill else Fraction(0))


def percentile_by_hand(pairs: Sequence[tuple[Fraction, float]], share: Fraction) -> Fraction:
    """The lowest pay at which cumulative weight reaches the share of the total."""
    total, reached = sum(exact(weight) for _, weight in pairs), Fraction(0)
    for rate, weight in sorted(pairs):
        reached += exact(weight)
        if reached >= share * total:
            return rate
    raise AssertionError("the whole weight is always reached")


def gini_by_hand(pairs: Sequence[tuple[Fraction, float]]) -> Fraction:
    """ΣΣ wᵢwⱼ|xᵢ−xⱼ| ÷ (2W²x̄), term by term."""
    weights = [exact(weight) for _, weight in pairs]
    total = sum(weights)
    mean = sum(rate * weight for (rate, _), weight in zip(pairs, weights, strict=True)) / total
    spread = sum(
        left_weight * right_weight * abs(left - right)
        for (left, _), left_weight in zip(pairs, weights, strict=True)
        for (right, _), right_weight in zip(pairs, weights, strict=True)
    )
    return spread / (2 * total * total * mean)
