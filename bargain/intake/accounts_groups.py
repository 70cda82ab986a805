"""A group's row that contains its members: told apart, so that nothing is added twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bargain.intake.words import plain_words
from models.accounts import Accounts

_GROUP_WORDS = re.compile(r"\b(?:group|consolidated|holdings|combined|together|all companies|grwp)\b")
_COMPANY_WORDS = re.compile(r"\b(?:ltd|limited|plc|llp|cyf|cyfyngedig|the|and)\b")
_SHARE = 0.01  # a group's figure may differ from its members' sum by so much: trade between them


def name_key(name: str) -> str:
    """An employer's name for comparison, without “Ltd” and the like."""
    return " ".join(_COMPANY_WORDS.sub(" ", plain_words(name)).split()) or plain_words(name)


def groups_with_members(
    rows: Sequence[Accounts], parents: Mapping[str, str]
) -> dict[str, tuple[tuple[str, ...], str]]:
    """Employers whose row is a group's, with the members it contains and what the difference in revenue is.

    A row is a group's where members' rows name it as what they are part of (``parents``: employer → group), or
    where its name says “group” or “consolidated” and the rows that share its name add up to its revenue.
    """
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    by_key = {name_key(one.employer): one for one in rows}
    for group in dict.fromkeys(parents.values()):
        whole = by_key.get(name_key(group))
        members = [
            one
            for one in rows
            if parents.get(one.employer) == group and one is not whole and _same_year(one, whole)
        ]
        if whole is not None and members:
            found[whole.employer] = tuple(one.employer for one in members), _difference(whole, members)
    for whole in rows:
        words = plain_words(whole.employer)
        if whole.employer in found or not _GROUP_WORDS.search(words):
            continue
        stem = " ".join(_GROUP_WORDS.sub(" ", name_key(whole.employer)).split())
        members = [
            one
            for one in rows
            if one is not whole
            and stem
            and f"{name_key(one.employer)} ".startswith(f"{stem} ")
            and _same_year(one, whole)
        ]
        if len(members) > 1 and _adds_up(whole, members):
            found[whole.employer] = tuple(one.employer for one in members), _difference(whole, members)
    return found


def _same_year(one: Accounts, whole: Accounts | None) -> bool:
    return whole is not None and one.year_end == whole.year_end


def _sum(members: Sequence[Accounts]) -> int | None:
    known = [one.revenue_micros for one in members if one.revenue_micros is not None]
    return sum(known) if len(known) == len(members) else None


def _adds_up(whole: Accounts, members: Sequence[Accounts]) -> bool:
    total = _sum(members)
    return (
        total is not None
        and bool(whole.revenue_micros)
        and whole.revenue_micros is not None
        and abs(total - whole.revenue_micros) <= _SHARE * whole.revenue_micros
    )


def _difference(whole: Accounts, members: Sequence[Accounts]) -> str:
    total = _sum(members)
    if total is None or whole.revenue_micros is None:
        return "revenue of one of them is not known"
    left = (whole.revenue_micros - total) / 1_000_000
    return f"its revenue is £{abs(left):,.0f} {'more' if left >= 0 else 'less'} than theirs together"
