"""Query letters as files: each as PDF, and as plain text to paste into a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bargain.quality.letters import letter_text, where
from bargain.whole_file import write_whole
from models.issues import UnusableInput
from models.quality import QueryLetter

_NOT_IN_NAMES = re.compile(r"[^\w .&'-]+")
_LONGEST = 80


def write_letters(letters: Sequence[QueryLetter], folder: Path) -> list[str]:
    """Each letter as PDF and as text; the names of the files. Raises UnusableInput where the folder can't take them."""
    from bargain.agreement.letter_pdf import letter_pdf

    names: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for letter, name in zip(letters, _file_names(letters), strict=True):
            write_whole(folder / f"{name}.pdf", letter_pdf(letter, [where(line) for line in letter.lines]))
            write_whole(folder / f"{name}.txt", letter_text(letter).encode())
            names += [f"{name}.pdf", f"{name}.txt"]
    except OSError as error:
        raise UnusableInput(
            f"The letters were not all written into {folder}: {error.strerror}. Choose another folder."
        ) from None
    return names


def _file_names(letters: Sequence[QueryLetter]) -> list[str]:
    """A file name for each employer: no characters that a disk refuses, and no two the same."""
    names: list[str] = []
    for letter in letters:
        bare = _NOT_IN_NAMES.sub("-", letter.employer).strip(" .-")[:_LONGEST] or "employer"
        name, number = f"Query – {bare}", 2
        while name.casefold() in {one.casefold() for one in names}:
            name, number = f"Query – {bare} ({number})", number + 1
        names.append(name)
    return names
