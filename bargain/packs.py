"""Sector packs: what a new sector file starts with, as data."""

from __future__ import annotations

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


def new_sector(name: str, pack_id: str = DEFAULT_PACK) -> Sector:
    """An empty sector from a pack. Raises UnusableInput for a name that is empty or a pack that is not known."""
    name = plain_name(name)
    if not name:
        raise UnusableInput("The sector has no name; give it one, such as “Children's homes 2027”.")
    pack = _pack(pack_id)
    grades = pack.get("grade", [])
    return Sector(
        name=name,
        pack=pack_id,
        jurisdiction=pack["jurisdiction"],
        weeks_y=float(pack["weeks_y"]),
        weekly_hours=float(pack["weekly_hours"]),
        year_start=(pack["year_start"][0], pack["year_start"][1]),
        legal_basis=pack["legal_basis"],
        coverage=pack["coverage"],
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


def _value(table: dict[str, Any]) -> float | None:
    return None if table.get("value") is None else float(table["value"])


@cache
def _pack(pack_id: str) -> dict[str, Any]:
    if pack_id not in pack_ids():
        raise UnusableInput(f"There is no sector pack “{pack_id}”; use one of {', '.join(pack_ids())}.")
    text = resources.files("bargain").joinpath(f"data/packs/{pack_id}.toml").read_text("utf-8")
    return parse_toml(text, source=f"the pack {pack_id}")
