"""An import that a lock stopped: which files, and how they were to be read, sealed until the file is unlocked again.

What was read of the files is let go at once. The answers stay, under the key of the sector file, which a locked
window does not have; passwords of workbooks do not stay, and are asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ui.import_assistant.settings import FileSettings

if TYPE_CHECKING:
    from bargain.storage.sector_file import SectorFile
    from ui.import_assistant.assistant import ImportAssistant


@dataclass(frozen=True, slots=True)
class StoppedFile:
    """A file of the import and what was answered about it."""

    path: str
    settings: FileSettings


class PutBy:
    """At most one import is put by, for one sector file."""

    def __init__(self) -> None:
        self._sealed = b""

    def put(self, assistant: ImportAssistant, file: SectorFile | None) -> None:
        """Stop an import that is under way, and seal its answers; where there is no key yet they are let go too."""
        self._sealed = b""
        files = tuple(
            StoppedFile(str(one.path), replace(one.settings, password="")) for one in assistant.reader.files
        )
        if files and file is not None:
            from bargain.storage.codec import canonical, to_plain

            self._sealed = file.put_by(canonical(to_plain(files)))
        assistant.forget()

    def take(self, file: SectorFile | None) -> tuple[StoppedFile, ...]:
        """The files and answers, once; none where nothing is put by, or it was for another file."""
        sealed, self._sealed = self._sealed, b""
        plain = file.taken_up(sealed) if sealed and file is not None else None
        if plain is None:
            return ()
        from bargain.storage.codec import from_plain, parse

        return from_plain(tuple[StoppedFile, ...], parse(plain))

    def go_on(self, assistant: ImportAssistant, files: tuple[StoppedFile, ...]) -> None:
        """Read the files again, with the answers that were given."""
        for one in files:
            assistant.reader.add([Path(one.path)], one.settings)
        assistant.come()
