"""Sector packs: what a new sector file starts with, as data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from bargain.plain_names import plain_name
from bargain.toml_tables import parse_toml
from models.assumptions import Assumption
from models.issues import UnusableInput
from models.party import PartnerGroup, Party
from models.sector import Sector, TitleGrade

DEFAULT_PACK = "childrens_residential_england"


@cache
def pack_ids() -> tuple[str, ...]:
    """Every pack that ships with the program."""
    files = resources.files("bargain").joinpath("data/packs").iterdir()
    return tuple(sorted(one.name.removesuffix(".toml") for one in files if one.name.endswith(".toml")))


def pack_label(pack_id: str) -> str:
    """What a pack is called."""
    return str(_pack(pack_id)["name"])


def pack_nations(pack_id: str) -> tuple[str, ...]:
    """The nations that a pack is written for; none where it is for any."""
    jurisdiction = str(_pack(pack_id)["jurisdiction"])
    return (jurisdiction,) if jurisdiction else ()


def new_sector(name: str, pack_id: str = DEFAULT_PACK, *, nations: Sequence[str] | None = None) -> Sector:
    """An empty sector from a pack, for its own nations or others.

    A legal basis that is a nation's own is left out where that nation is not among those covered. Raises UnusableInput
    for a name that is empty or a pack that is not known.
    """
    name = plain_name(name)
    if not name:
        raise UnusableInput("The sector has no name; give it one, such as “Children's homes 2027”.")
    pack = _pack(pack_id)
    grades = pack.get("grade", [])
    own = pack_nations(pack_id)
    covered = own if nations is None else tuple(nations)
    has_basis = not own or own[0] in covered
    return Sector(
        name=name,
        pack=pack_id,
        jurisdiction=listed(covered),
        weeks_y=float(pack["weeks_y"]),
        weekly_hours=float(pack["weekly_hours"]),
        year_start=(pack["year_start"][0], pack["year_start"][1]),
        legal_basis=pack["legal_basis"] if has_basis else "",
        coverage=pack["coverage"].format(nations=listed(covered) or "the nations to be named"),
        grades=tuple(grade["name"] for grade in grades),
        title_grades=tuple(TitleGrade(title, grade["name"]) for grade in grades for title in grade["titles"]),
        parties=tuple(
            Party(party["name"], PartnerGroup(party["group"]), party["kind"])
            for party in pack.get("party", [])
        ),
        assumptions=tuple(
            Assumption(one["key"], one["label"], _value(one), one["unit"], one.get("source", ""))
            for one in pack.get("assumption", [])
        ),
    )


def listed(names: Sequence[str]) -> str:
    """``a, b and c``."""
    *first, last = names or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def _value(table: dict[str, Any]) -> float | None:
    return None if table.get("value") is None else float(table["value"])


@cache
def _pack(pack_id: str) -> dict[str, Any]:
    if pack_id not in pack_ids():
        raise UnusableInput(f"There is no sector pack “{pack_id}”; use one of {', '.join(pack_ids())}.")
    text = resources.files("bargain").joinpath(f"data/packs/{pack_id}.toml").read_text("utf-8")
    return parse_toml(text, source=f"the pack {pack_id}")
