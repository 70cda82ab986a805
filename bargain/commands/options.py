"""Options and look-ups that several commands share."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import TypeVar

from bargain.offers.offer_file import read_offer
from bargain.offers.target_file import read_targets
from bargain.storage.container import read_sector
from bargain.storage.outside import opens_to_everybody
from bargain.storage.passphrases import read_passphrase
from bargain.targets import KNOWN_MEASURES
from bargain.whole_file import write_whole
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector
from models.target import TargetSet

Named = TypeVar("Named", Offer, TargetSet)

_LARGEST_TEXT = 4_000_000  # bytes of an offer, target or scale file


def add_sector(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain and how its passphrase is given."""
    parser.add_argument("sector", type=Path, metavar="SECTOR.bargain", help="the sector file")
    add_passphrase(parser)


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """--passphrase-file; the passphrase itself is never an argument."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="a file whose one line is the passphrase (else BARGAIN_PASSPHRASE, or a prompt)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def add_offer(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """--offer: a file or the name of an offer in the sector."""
    parser.add_argument(
        "--offer",
        required=required,
        metavar="OFFER",
        help="an offer file (.toml), or the name of an offer in the sector file",
    )


def passphrase_of(options: argparse.Namespace, *, confirm: bool = False) -> str:
    """The passphrase from the file, the environment or a prompt."""
    prompt = getpass.getpass if sys.stdin.isatty() else None
    return read_passphrase(
        environ=os.environ, passphrase_file=options.passphrase_file, prompt=prompt, confirm=confirm
    )


def secret_of(options: argparse.Namespace, path: Path | None = None) -> str | None:
    """What opens the sector file, or another one at ``path``: its passphrase; None for the sample, which needs none."""
    return None if opens_to_everybody(path or options.sector) else passphrase_of(options)


def sector_of(options: argparse.Namespace) -> Sector:
    """The sector in the file."""
    if not options.sector.exists():
        raise UnusableInput(
            f"There is no sector file {options.sector}; check its name, or make one with “new”."
        )
    return read_sector(options.sector, secret_of(options))


def text_of(path: Path) -> str:
    """A small text file as UTF-8. Raises UnusableInput."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnusableInput(f"There is no file {path}; check its name.") from None
    except IsADirectoryError:
        raise UnusableInput(f"{path} is a folder; name a file in it.") from None
    if len(data) > _LARGEST_TEXT:
        raise UnusableInput(
            f"{path} is too large to be an offer, a scale or targets; check that it is the right file."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableInput(f"{path} is not a text file in UTF-8; save it as UTF-8 text.") from None


def write_text(path: Path, text: str) -> None:
    """A text file, whole or not at all. Raises UnusableInput where the folder can't take it."""
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise UnusableInput(
            f"{path} was not written: {error.strerror}. Choose another folder or name."
        ) from None


def offer_of(name: str, sector: Sector | None) -> Offer:
    """The offer in a file, or the one of that name in the sector."""
    path = Path(name)
    if _is_file(path):
        return read_offer(text_of(path), source=path.name)
    return _held(name, sector.offers if sector else (), "offer")


def targets_of(name: str, sector: Sector | None) -> TargetSet:
    """The targets in a file, or the set of that name in the sector."""
    path = Path(name)
    if _is_file(path):
        return read_targets(text_of(path), source=path.name, known_measures=KNOWN_MEASURES)
    return _held(name, sector.target_sets if sector else (), "target set")


def _is_file(path: Path) -> bool:
    return path.suffix.lower() == ".toml" or path.is_file()


def _held(name: str, held: tuple[Named, ...], what: str) -> Named:
    """The one of that name, or a sentence that lists the names there are."""
    for one in held:
        if one.name == name:
            return one
    known = ", ".join(f"“{one.name}”" for one in held) or "none"
    raise UnusableInput(
        f"There is no {what} “{name}” in the sector file ({known}), and no file of that name."
    )
