"""How files were read before: recalled for the next file of the same payroll system or employer, shown, edited, sent on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomlkit

from bargain.intake.accounts_mapping import for_next_file, read_accounts_mapping, write_accounts_mapping
from bargain.intake.mapping_file import read_mapping, write_mapping
from bargain.intake.reading import MappingFile
from bargain.intake.words import plain_words
from bargain.toml_tables import TomlTable, parse_toml
from bargain.whole_file import write_whole
from models.issues import UnusableInput
from models.sector import RememberedMapping, Sector

BY_HEADINGS, BY_EMPLOYER = "headings", "employer"
_SIGNATURE = re.compile(r"[0-9a-f]{32}")
_SHORT = 8
_ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class Recalled:
    """Settings found for a file, whose they are, and by what: the same ``headings`` or the same ``employer``."""

    mapping: MappingFile
    file: str
    employers: tuple[str, ...]
    by: str


def recall(
    known: Sequence[RememberedMapping],
    *,
    signature: str,
    headings: Iterable[str],
    employers: Iterable[str] = (),
) -> Recalled | None:
    """The best match for a file; None where nothing matches, or where like files were read in different ways.

    The same headings of the same employer come first; then the same headings, if every file that had them was read
    alike; then the same employer, if every column that its settings name is there.
    """
    names = set(employers)
    same = [one for one in known if one.signature == signature]
    own = [one for one in same if names & set(one.employers)]
    if own:
        return _recalled(own[-1], BY_HEADINGS)
    if same:
        return _recalled(same[-1], BY_HEADINGS) if len({one.settings for one in same}) == 1 else None
    there = {plain_words(heading) for heading in headings}
    for one in reversed(known):
        if names & set(one.employers):
            found = _recalled(one, BY_EMPLOYER)
            wanted = {plain_words(heading) for heading in found.mapping.columns.values() if heading}
            if wanted and wanted <= there:
                return found
    return None


def _recalled(one: RememberedMapping, by: str) -> Recalled:
    mapping = read_mapping(one.settings, source=f"the settings of {one.file}")
    return Recalled(
        replace(mapping, heading_row=None, heading_rows=None, remembered_from=one.file, remembered_by=by),
        one.file,
        one.employers,
        by,
    )


def remembered(
    known: Sequence[RememberedMapping], *, signature: str, file: str, employers: Sequence[str], settings: str
) -> tuple[RememberedMapping, ...]:
    """What is known with one more file. Files with the same headings that were read alike are one entry.

    An employer's older way of reading the same headings is forgotten for that employer.
    """
    others: list[RememberedMapping] = []
    whose: list[str] = []
    for one in known:
        if one.signature != signature:
            others.append(one)
        elif one.settings == settings:
            whose += one.employers
        else:
            left = tuple(name for name in one.employers if name not in employers)
            if left:
                others.append(replace(one, employers=left))
    whose = [name for name in whose if name not in employers]
    return (*others, RememberedMapping(signature, file, (*whose, *employers), settings))


def one_of(sector: Sector, key: str) -> RememberedMapping:
    """The remembered mapping that a key means: its number in the list (from 1), the start of its signature, or a file.

    Raises UnusableInput where it means none or several.
    """
    known = all_remembered(sector)
    if key.isdigit() and 1 <= int(key) <= len(known):
        return known[int(key) - 1]
    found = [
        one for one in known if key == one.file or (len(key) >= _SHORT and one.signature.startswith(key))
    ]
    if len(found) == 1:
        return found[0]
    many = "more than one remembered mapping has" if found else "there is no remembered mapping with"
    raise UnusableInput(
        f"{many.capitalize()} the number, signature or file “{key}”; the list (bargain mappings) shows {len(known)}."
    )


def replaced(sector: Sector, one: RememberedMapping, settings: str, *, source: str) -> Sector:
    """The sector with edited settings in the place of a remembered mapping's, once they have been read and found good."""
    is_accounts = is_for_accounts(sector, one)
    changed = replace(one, settings=_checked(settings, source=source, is_accounts=is_accounts))
    known = sector.accounts_mappings if is_accounts else sector.mappings
    return _with(sector, [changed if held is one or held == one else held for held in known], is_accounts)


def forgotten(sector: Sector, one: RememberedMapping) -> Sector:
    """The sector without a remembered mapping."""
    is_accounts = is_for_accounts(sector, one)
    known = sector.accounts_mappings if is_accounts else sector.mappings
    return _with(sector, [held for held in known if held != one], is_accounts)


def all_remembered(sector: Sector) -> tuple[RememberedMapping, ...]:
    """Every way of reading that is remembered: of staff data first, then of accounts."""
    return (*sector.mappings, *sector.accounts_mappings)


def is_for_accounts(sector: Sector, one: RememberedMapping) -> bool:
    """Whether a remembered mapping reads accounts, not staff data."""
    return one not in sector.mappings and one in sector.accounts_mappings


def _checked(settings: str, *, source: str, is_accounts: bool) -> str:
    """Settings as they are kept, once they have been read and found good."""
    if is_accounts:
        return write_accounts_mapping(for_next_file(read_accounts_mapping(settings, source=source)))
    return write_mapping(read_mapping(settings, source=source))


def _with(sector: Sector, mappings: Sequence[RememberedMapping], is_accounts: bool) -> Sector:
    if is_accounts:
        return replace(sector, accounts_mappings=tuple(mappings))
    return replace(sector, mappings=tuple(mappings))


def as_toml(one: RememberedMapping, *, is_accounts: bool = False) -> str:
    """A remembered mapping as a file to send on: a mapping file that also says whose it was and what it reads."""
    whose: dict[str, Any] = {
        "signature": one.signature,
        "file": one.file,
        "employers": list(one.employers),
    }
    if is_accounts:
        whose["reads"] = _ACCOUNTS
    return one.settings.rstrip("\n") + "\n\n" + tomlkit.dumps({"remembered": whose})


def from_toml(text: str, *, source: str) -> tuple[RememberedMapping, bool]:
    """A remembered mapping from such a file, and whether it reads accounts. Raises UnusableInput for anything else."""
    told: dict[str, Any] = parse_toml(text, source=source)
    if "remembered" not in told:
        raise UnusableInput(
            f"{source}: there is no [remembered] table, so it is not known which headings these settings are for. Take a "
            "file that “bargain mappings” wrote, or import with --mapping."
        )
    table = TomlTable(told, source=source, where="").table("remembered")
    is_accounts = table.choice("reads", ("", _ACCOUNTS), "") == _ACCOUNTS
    one = RememberedMapping(
        table.text("signature"),
        table.text("file"),
        table.texts("employers"),
        _checked(text, source=source, is_accounts=is_accounts),
    )
    table.done()
    if not _SIGNATURE.fullmatch(one.signature):
        raise table.fault("signature", "must be 32 figures and letters from a to f")
    return one, is_accounts


def write_to(folder: Path, sector: Sector) -> tuple[Path, ...]:
    """Each mapping as a file of its own in a folder. Names say the file it was learned from; none is written over."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for one in all_remembered(sector):
        stem = re.sub(r"[^\w-]+", "_", Path(one.file).stem).strip("_")[:60] or "mapping"
        path = folder / f"{stem}_{one.signature[:_SHORT]}.toml"
        number = 2
        while path.exists():
            path = folder / f"{stem}_{one.signature[:_SHORT]}_{number}.toml"
            number += 1
        write_whole(path, as_toml(one, is_accounts=is_for_accounts(sector, one)).encode())
        written.append(path)
    return tuple(written)


def taken(sector: Sector, path: Path) -> tuple[Sector, tuple[RememberedMapping, ...]]:
    """The sector with the mappings of a file, or of every .toml file of a folder; and which they are. All or nothing."""
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise UnusableInput(
            f"{path} holds no .toml files; name a folder or file that “bargain mappings” wrote."
        )
    found = [from_toml(_text(file), source=file.name) for file in files]
    for one, is_accounts in found:
        if is_accounts:
            others = [held for held in sector.accounts_mappings if held.signature != one.signature]
            sector = _with(sector, [*others, one], is_accounts)
        else:
            known = remembered(
                sector.mappings,
                signature=one.signature,
                file=one.file,
                employers=one.employers,
                settings=one.settings,
            )
            sector = _with(sector, known, is_accounts)
    return sector, tuple(one for one, _ in found)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise UnusableInput(f"{path} is not there. Check the name and the folder.") from None
    except UnicodeDecodeError:
        raise UnusableInput(
            f"{path.name} is not a text file in UTF-8; save it so and take it again."
        ) from None
