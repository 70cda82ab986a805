"""A group's row that contains its members: told apart, so that nothing is added twice; asked where it is not clear."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bargain.intake.words import plain_words
from models.accounts import Accounts

_GROUP_WORDS = re.compile(r"\b(?:group|consolidated|holdings|combined|together|all companies|grwp)\b")
_COMPANY_WORDS = re.compile(r"\b(?:ltd|limited|plc|llp|cyf|cyfyngedig|the|and)\b")
_SHARE = 0.01  # a group's figure may differ from its members' sum by so much: trade between them
_HALF_A_YEAR = 183


def name_key(name: str) -> str:
    """An employer's name for comparison, without “Ltd” and the like."""
    return " ".join(_COMPANY_WORDS.sub(" ", plain_words(name)).split()) or plain_words(name)


@dataclass(frozen=True, slots=True)
class GroupFound:
    """A row that may be a group's with its members' rows beside it. ``is_sure``: the file says so, or they add up to it."""

    group: Accounts
    members: tuple[Accounts, ...]
    is_sure: bool

    @property
    def difference(self) -> str:
        """How far its revenue is from its members' together, in words."""
        total = _sum(self.members)
        if total is None or self.group.revenue_micros is None:
            return "revenue of one of them is not known"
        left = (self.group.revenue_micros - total) / 1_000_000
        return f"its revenue is £{abs(left):,.0f} {'more' if left >= 0 else 'less'} than theirs together"


def find_groups(rows: Sequence[Accounts], parents: Mapping[str, str]) -> tuple[GroupFound, ...]:
    """Groups' rows with the rows of their members.

    A row is a group's where members' rows name it as what they are part of (``parents``: employer → group), or where its
    name says “group” or “consolidated” and rows that share its name add up to its revenue. Where they come to less, or
    are of another year end, it may be one.
    """
    found: list[GroupFound] = []
    for group in dict.fromkeys(parents.values()):
        key = name_key(group)
        for whole in (one for one in rows if name_key(one.employer) == key):
            members = tuple(
                one
                for one in rows
                if parents.get(one.employer) == group and one is not whole and one.year_end == whole.year_end
            )
            if members:
                found.append(GroupFound(whole, members, is_sure=True))
    told = {(one.group.employer, one.group.year_end) for one in found}
    for whole in rows:
        words = plain_words(whole.employer)
        if (whole.employer, whole.year_end) in told or not _GROUP_WORDS.search(words):
            continue
        one_found = _by_name(whole, rows)
        if one_found is not None:
            found.append(one_found)
    return tuple(found)


def _by_name(whole: Accounts, rows: Sequence[Accounts]) -> GroupFound | None:
    """The group by its name; one that is called no more than “Group” is that of all others."""
    stem = " ".join(_GROUP_WORDS.sub(" ", name_key(whole.employer)).split())
    alike = [
        one
        for one in rows
        if one is not whole and (not stem or f"{name_key(one.employer)} ".startswith(f"{stem} "))
    ]
    same = tuple(one for one in alike if one.year_end == whole.year_end)
    if len(same) > 1 and _adds_up(whole, same):
        return GroupFound(whole, same, is_sure=True)
    members = same or tuple(one for one in alike if _is_near(one, whole))
    total = _sum(members)
    fits = total is None or whole.revenue_micros is None or total <= whole.revenue_micros * (1 + _SHARE)
    return GroupFound(whole, members, is_sure=False) if members and fits else None


def _is_near(one: Accounts, whole: Accounts) -> bool:
    if one.year_end is None or whole.year_end is None:
        return True
    return abs((one.year_end - whole.year_end).days) < _HALF_A_YEAR


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
