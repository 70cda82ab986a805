"""The tables of the data check: groups of checks, what is asked, and how complete a return should be."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

OTHER = "rows"  # the group of every check that no other group names


@cache
def quality_table() -> Mapping[str, Any]:
    """The whole table, from ``bargain/data/quality.toml``."""
    path = resources.files("bargain").joinpath("data", "quality.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def group_of(code: str) -> str:
    """The group that a check is counted in; empty for one that no employer need answer."""
    if code in quality_table()["not_asked"]["codes"]:
        return ""
    groups: Mapping[str, list[str]] = quality_table()["groups"]
    return next((name for name, codes in groups.items() if code in codes), OTHER)


def groups() -> tuple[str, ...]:
    """Every group, in the order in which they are shown."""
    return (*quality_table()["groups"], OTHER)


def question_of(code: str) -> str:
    """What is asked of the employer about rows that a check found."""
    return str(quality_table()["ask"].get(code) or quality_table()["ask"]["unreadable"])


def required_fields() -> Mapping[str, str]:
    """The fields that a complete return has, with what to ask for where it lacks one."""
    fields: Mapping[str, str] = quality_table()["required"]
    return fields


def target_share() -> float:
    """The share of required fields that a return should have."""
    return float(quality_table()["target"]["share"])


def target_source() -> str:
    """Where that share comes from."""
    return str(quality_table()["target"]["source"])
