"""What the sector file says when it can't do as asked: what happened, what is safe, what to do.

Each kind of refusal has its own class, so that the window can offer the right next step.
"""

from __future__ import annotations

import errno
import math
from datetime import datetime
from pathlib import Path

from models.issues import UnusableInput

_HELD = {errno.EBUSY, errno.EAGAIN, errno.ETXTBSY}
_WINDOWS_HELD = {5, 32, 33}  # access denied (to a file in use), sharing violation, lock violation


class WrongPassphraseError(UnusableInput):
    """The passphrase does not open the file. One text for every reason."""

    def __init__(self, source: str) -> None:
        super().__init__(
            f"That passphrase does not open {source}. Check capital letters and the keyboard's language, "
            "and try again."
        )


class DamagedFileError(UnusableInput):
    """A sector file that is not, byte for byte, what was saved."""

    def __init__(self, source: str, place: str = "") -> None:
        super().__init__(
            f"{source} is damaged: it is not as it was saved, so none of it is shown. "
            "Open an earlier copy of it, or fetch it again from where it came."
        )
        self.place = place

    def place_sentence(self) -> str:
        """Which part is damaged, as far as it can be told."""
        return f"{self.place or 'The file'} is not as it was saved."


class NotASectorFileError(UnusableInput):
    """A file of some other kind."""

    def __init__(self, source: str, looks_like: str) -> None:
        super().__init__(f"{source} is not one of our sector files. {looks_like}")


class NewerFileError(UnusableInput):
    """A sector file from a version of Bargain that knows more than this one."""

    def __init__(self, source: str) -> None:
        super().__init__(
            f"{source} was saved by a newer version of Bargain. Nothing in it was changed; "
            "update Bargain to open it."
        )


class HostileFileError(UnusableInput):
    """A file that asks for more than any of ours does."""

    def __init__(self, source: str) -> None:
        super().__init__(
            f"{source} asks for far more memory or work than any sector file needs, so it was not opened. "
            "It is damaged, or was made to do harm; do not use it unless you know who made it."
        )


class CannotReadError(UnusableInput):
    """The file could not be fetched from the disk."""


class UnreadJournalError(CannotReadError):
    """There is work in a journal, and the disk does not give it."""

    def __init__(self) -> None:
        super().__init__(
            "What was done last and not saved could not be read back from this computer's disk. Nothing was changed: "
            "try again, or open the file as it was last saved; the recovery copy is kept."
        )


class NotSavedError(UnusableInput):
    """Nothing was saved; what was on the disk before is untouched."""


class ChangedElsewhereError(NotSavedError):
    """The file is not what was last read or written here."""

    def __init__(self, path: Path) -> None:
        try:
            when = f" at {datetime.fromtimestamp(path.stat().st_mtime):%H:%M on %d/%m/%Y}"
        except (OSError, ValueError, OverflowError):  # it is gone again, or its clock is not ours
            when = ""
        super().__init__(
            f"Not saved – somebody else changed {path.name}{when}, after it was opened here. Keep yours, keep theirs, "
            "or keep both; nothing is lost until you choose."
        )


class ReadOnlyError(NotSavedError):
    """The file may be looked at, not changed."""


class NotConfirmedError(UnusableInput):
    """The new file is in place, but the disk has not confirmed that it will stay."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Saved, but the disk has not confirmed it yet: {path}. Keep Bargain open and save again before "
            "you switch off or pull out the stick."
        )


def cannot_read(path: Path, error: OSError) -> CannotReadError:
    """Say why a file could not be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return CannotReadError(
            f"There is no file {path}. Check its name and folder, or whether its stick or drive is plugged in."
        )
    if isinstance(error, IsADirectoryError):
        return CannotReadError(f"{path} is a folder, not a sector file. Choose the file inside it.")
    if isinstance(error, PermissionError):
        return CannotReadError(
            f"You may not read {path}. Ask whoever owns it, or close the program that has it open."
        )
    return CannotReadError(
        f"{path} could not be read: the system says “{error.strerror or error}”. "
        "Try again, or copy it to another disk first."
    )


def not_saved(path: Path, error: OSError, size: int, *, had_before: bool) -> NotSavedError:
    """Say why a file was not saved, what is safe and what to do. ``size`` is what it needs, in bytes."""
    safe = "The version saved before is untouched" if had_before else "Nothing was written"
    return NotSavedError(f"Not saved – {_why(path, error)}. {safe}. {_what_to_do(error, size)}")


def _why(path: Path, error: OSError) -> str:
    if is_held(error):
        return f"another program, perhaps one that syncs the folder, holds the file: {path}"
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"the disk is full: {path}"
        case errno.EFBIG:
            return f"the file is larger than this disk or account allows: {path}"
        case errno.EROFS:
            return f"the disk is read-only: {path}"
        case errno.EACCES | errno.EPERM:
            return f"this folder or file can't be written to: {path}"
        case errno.ENOENT | errno.ENOTDIR | errno.ENODEV | errno.ENXIO:
            return f"the folder is not there: {path.parent}"
        case errno.EIO:
            return f"the disk reports a fault: {path}"
        case errno.ENAMETOOLONG:
            return f"the name is too long: {path}"
    return f"the system says “{error.strerror or error}”: {path}"


def _what_to_do(error: OSError, size: int) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"Free {max(1, math.ceil(size / 1_000_000))} MB and save again, or save somewhere else."
    if error.errno in (errno.EIO, errno.EFBIG):
        return "Save somewhere else, on another disk."
    if error.errno == errno.ENAMETOOLONG:
        return "Save under a shorter name."
    return "Try again, or save somewhere else."


def is_held(error: OSError) -> bool:
    """Whether another program, such as a sync client, holds the file for a moment: worth trying again."""
    return getattr(error, "winerror", None) in _WINDOWS_HELD or error.errno in _HELD
