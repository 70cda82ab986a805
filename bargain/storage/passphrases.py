"""Where a passphrase comes from: a file, the environment or a prompt; never an argument, which others can see."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from pathlib import Path

from bargain.storage.refusals import cannot_read
from models.issues import UnusableInput

VARIABLE = "BARGAIN_PASSPHRASE"
NEW_VARIABLE = "BARGAIN_NEW_PASSPHRASE"

_LONGEST = 64 * 1024  # bytes of a passphrase file; anything longer is some other file


def read_passphrase(
    *,
    environ: Mapping[str, str],
    passphrase_file: Path | None,
    prompt: Callable[[str], str] | None,
    confirm: bool,
    variable: str = VARIABLE,
) -> str:
    """The passphrase of a sector file.

    A passphrase file comes first since it was named for this command, then the environment, then ``prompt``
    (None where there is no terminal). ``confirm`` asks a second time, for a file that is about to be made.
    """
    if passphrase_file is not None:
        return _from_file(passphrase_file)
    if variable in environ:
        if not environ[variable]:
            raise UnusableInput(
                f"{variable} is set but empty. Set it to the passphrase, or unset it to be asked."
            )
        return environ[variable]
    if prompt is None:
        raise UnusableInput(
            "The sector file needs its passphrase, and there is no terminal to ask on. Give it in the "
            f"environment variable {variable}, or in a file with --passphrase-file."
        )
    return _from_prompt(prompt, confirm=confirm)


def _from_prompt(prompt: Callable[[str], str], *, confirm: bool) -> str:
    try:
        passphrase = prompt("Passphrase: ")
        again = prompt("The same again: ") if confirm and passphrase else passphrase
    except EOFError as error:
        raise UnusableInput(
            f"No passphrase was typed. Run the command again and type it, or give it in {VARIABLE}."
        ) from error
    if not passphrase:
        raise UnusableInput("The passphrase is empty. Run the command again and type at least one character.")
    if again != passphrase:
        raise UnusableInput("The two passphrases differ, so nothing was done. Run the command again.")
    return passphrase


def _from_file(path: Path) -> str:
    """The one line of a passphrase file, whatever ends it."""
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
    except FileNotFoundError as error:
        raise UnusableInput(
            f"There is no passphrase file {path}. Check the name given to --passphrase-file."
        ) from error
    except IsADirectoryError as error:
        raise UnusableInput(f"{path} is a folder. Give --passphrase-file a text file of one line.") from error
    except OSError as error:
        raise cannot_read(path, error) from error
    if len(data) > _LONGEST:
        raise UnusableInput(
            f"{path} is too long for a passphrase file, which holds one line. Give another file."
        )
    # Windows PowerShell writes UTF-16 with a mark at the start; everything else writes UTF-8.
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnusableInput(
            f"{path} is not a text file. A passphrase file holds one line of text."
        ) from error
    passphrase = text.removesuffix("\n").removesuffix("\r")
    if not passphrase:
        raise UnusableInput(f"The passphrase file {path} is empty. Put the passphrase on its first line.")
    if "\n" in passphrase or "\r" in passphrase:
        raise UnusableInput(
            f"{path} holds more than one line, so which one is the passphrase? Leave only that line in it."
        )
    return passphrase
