"""Target files: TOML in, a TargetSet out, and back."""

from __future__ import annotations

from decimal import Decimal

import tomlkit

from bargain.plain_names import plain_name
from bargain.toml_tables import TomlTable, parse_toml
from models.employer import FAMILIES, Ownership
from models.issues import UnusableInput
from models.target import Target, TargetScope, TargetSet


def read_targets(text: str, *, source: str, known_measures: frozenset[str] | None = None) -> TargetSet:
    """The targets in a TOML text. Raises UnusableInput that names file, table and key."""
    table = TomlTable(parse_toml(text, source=source), source=source, where="")
    table.number("format")
    name = plain_name(table.text("name") or source)
    targets = tuple(_target(one, known_measures) for one in table.tables("target"))
    table.done()
    if not targets:
        raise UnusableInput(f"{source} has no [[target]]; add at least one.")
    return TargetSet(name=name, targets=targets)


def _target(table: TomlTable, known_measures: frozenset[str] | None) -> Target:
    measure = table.text("measure")
    if not measure:
        raise table.fault("measure", "is missing; name a measure such as p90_p10_change")
    if known_measures is not None:
        table.choice("measure", sorted(known_measures), measure)
    ownership = table.texts("ownership")
    for one in ownership:
        if one not in FAMILIES and one not in set(Ownership):
            raise table.fault(
                "ownership", f"names “{one}”; it may be a family ({', '.join(FAMILIES)}) or a type"
            )
    result = Target(
        name=plain_name(table.text("name") or measure),
        measure=measure,
        at_least=_float(table.number("at_least")),
        at_most=_float(table.number("at_most")),
        scope=TargetScope(table.choice("scope", TargetScope, TargetScope.SECTOR)),
        grade=table.text("grade"),
        over=table.text("over"),
        ownership=ownership,
        hourly=_float(table.number("hourly", least=0)),
        norm=_float(table.number("norm")),
        margin=_float(table.number("margin")),
    )
    table.done()
    if result.at_least is None and result.at_most is None:
        raise table.fault("at_least", "is missing; give at_least or at_most")
    if result.at_least is not None and result.at_most is not None:
        raise table.fault("at_most", "stands beside at_least; write two targets")
    return result


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def write_targets(targets: TargetSet) -> str:
    """The set as TOML that ``read_targets`` reads back to an equal value."""
    document = tomlkit.document()
    document["name"] = targets.name
    array = tomlkit.aot()
    for target in targets.targets:
        table = tomlkit.table()
        values: dict[str, object] = {
            "name": target.name,
            "measure": target.measure,
            "grade": target.grade or None,
            "over": target.over or None,
            "scope": str(target.scope) if target.scope is not TargetScope.SECTOR else None,
            "ownership": list(target.ownership) or None,
            "hourly": target.hourly,
            "norm": target.norm,
            "margin": target.margin,
            "at_least": target.at_least,
            "at_most": target.at_most,
        }
        for key, value in values.items():
            if value is not None:
                table[key] = value
        array.append(table)
    document["target"] = array
    return tomlkit.dumps(document)
