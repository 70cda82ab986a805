"""Whole files, written beside and swapped in: whoever opens the file finds the old one or the new one.

Bytes go to a new file in the same folder, are flushed to the disk, read back and compared, and only then take
the old file's name in one step. What fails before that step leaves the old file as it was. A file that another
program holds for a moment, as programs that sync folders do, is tried again for five seconds.

Every call to the system that the sector file makes is made here, so that tests can let each of them fail.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from bargain.storage.places import make_private
from bargain.storage.refusals import (
    CannotReadError,
    NotConfirmedError,
    NotSavedError,
    cannot_read,
    is_held,
    not_saved,
)

Result = TypeVar("Result")

LARGEST_FILE = 2 * 1024**3  # bytes; a sector of 1.6 million posts takes about 42 million
STALE_SECONDS = (
    3600  # a saving that was killed leaves its (sealed) bytes beside; later savings clear them away
)

# Ten more tries over five seconds.
WAITS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9)

_PIECE = 1024 * 1024
_NO_SUCH_QUESTION = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS}


def read_whole(path: Path) -> bytes:
    """All bytes of a file; raises CannotReadError that says why not."""
    try:
        kind = os.stat(path)  # noqa: PTH116  # tests fail the n-th call of this module's os
        if stat.S_ISDIR(kind.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(kind.st_mode):
            raise CannotReadError(f"{path} is not an ordinary file. Choose a sector file.")
        if kind.st_size > LARGEST_FILE:
            raise CannotReadError(
                f"{path} is {kind.st_size / 1e9:,.1f} GB, far more than any sector file. Choose another file."
            )
        return _whole(path, kind.st_size)
    except OSError as error:
        raise cannot_read(path, error) from error


def replace_whole(path: Path, data: bytes, *, is_good: Callable[[bytes], bool]) -> None:
    """Put ``data`` in the place of the file at ``path``, or leave all as it was and say why.

    ``is_good`` judges the bytes as they were read back. Raises NotSavedError with the old file untouched, or
    NotConfirmedError where the new file is in place and only the disk's word for it is missing.
    """
    target = Path(os.path.realpath(path))  # a link goes on pointing at the file
    had_before = target.exists()
    beside = target.with_name(f"{_temp_start(target)}{os.getpid()}-{secrets.token_hex(4)}")
    try:
        if had_before and not os.access(target, os.W_OK):
            raise _not_writable(target)
        _write_new(beside, data)
        if not _reads_back(beside, data, is_good):
            raise NotSavedError(
                f"Not saved – what was written to {path.parent} reads back differently, so the disk or stick may "
                "be failing. Nothing saved before was touched. Save somewhere else, on another disk."
            )
        patiently(lambda: os.replace(beside, target))  # noqa: PTH105
    except OSError as error:
        raise not_saved(path, error, len(data), had_before=had_before) from error
    finally:
        with contextlib.suppress(OSError):  # after the swap it is no longer there
            os.unlink(beside)  # noqa: PTH108
    _confirm(target.parent, path)
    _clear_stale(target)


def patiently(act: Callable[[], Result]) -> Result:
    """Do it, again and again for five seconds while another program holds the file. Raises OSError."""
    for wait in WAITS:
        try:
            return act()
        except OSError as error:
            if not is_held(error):
                raise
        time.sleep(wait)
    return act()


def digest_of(path: Path) -> str:
    """SHA-256 of a file as hexadecimal; empty where there is none. Raises CannotReadError."""
    digest = hashlib.sha256()
    try:
        for piece in _pieces_of(path):
            digest.update(piece)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise cannot_read(path, error) from error
    return digest.hexdigest()


def first_bytes(path: Path, count: int) -> bytes:
    """The first bytes of a file, fewer where it is shorter; none of what is no file: a pipe would wait for ever. Raises OSError."""
    made = b""
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  # tests fail the n-th call of this module's os
        return made
    for piece in _pieces_of(path):
        made += piece
        if len(made) >= count:
            break
    return made[:count]


def put_private(path: Path, data: bytes, *, flushed: bool = True) -> None:
    """A file of the app's own, whole or not at all, for its owner only. Raises OSError.

    Without ``flushed`` the system may take its time to bring it to the disk: for what exists elsewhere too.
    """
    make_private(path.parent)
    beside = path.with_name(f".{path.name}.tmp-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        _write_new(beside, data, flushed=flushed)
        patiently(lambda: os.replace(beside, path))  # noqa: PTH105
    finally:
        with contextlib.suppress(OSError):
            os.unlink(beside)  # noqa: PTH108


def append_at(path: Path, size: int, data: bytes) -> None:
    """Add to a file that is ``size`` bytes long so far, and flush it to the disk. Raises OSError.

    What an earlier try that failed left behind those bytes is written over.
    """
    flags = os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = patiently(lambda: os.open(path, flags))
    try:
        os.ftruncate(handle, size)
        os.lseek(handle, size, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest[:_PIECE]) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def make_alone(path: Path, data: bytes) -> bool:
    """Make a small file unless there is one already; False where there is. Raises OSError."""
    try:
        _write_new(path, data)
    except FileExistsError:
        return False
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108  # half a file would say nothing
        raise
    return True


def remove(path: Path) -> None:
    """Remove a file if it is there. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        patiently(lambda: os.unlink(path))  # noqa: PTH108


def _not_writable(target: Path) -> OSError:
    """Why a file may not be written: the whole disk is read-only, or this file is."""
    flags = os.statvfs(target).f_flag if hasattr(os, "statvfs") else 0
    code = errno.EROFS if flags & getattr(os, "ST_RDONLY", 0) else errno.EACCES
    return OSError(code, os.strerror(code))


def _temp_start(target: Path) -> str:
    """The beginning that all unfinished files of a target share; short enough for any file system."""
    name = target.name.encode("utf-8", "surrogateescape")[:150].decode("utf-8", "ignore")
    return f".{name}.tmp-"


def _write_new(path: Path, data: bytes, *, flushed: bool = True) -> None:
    """Make a file that only its owner can read, fill it and flush it to the disk."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = patiently(lambda: os.open(path, flags, 0o600))
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest[:_PIECE]) :]
        if flushed:
            os.fsync(handle)
    finally:
        os.close(handle)


def _reads_back(path: Path, data: bytes, is_good: Callable[[bytes], bool]) -> bool:
    back = _whole(path, len(data))
    return back == data and is_good(back)


def _whole(path: Path, size: int) -> bytes:
    """All bytes of a file that is ``size`` bytes long as far as is known: then one read gives them."""
    handle = _open_to_read(path)
    try:
        whole = os.read(handle, size + 1)
        if len(whole) == size:  # one more was asked for, and is not there
            return whole
        pieces = [whole]
        while piece := os.read(handle, _PIECE):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(handle)


def _open_to_read(path: Path) -> int:
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    return patiently(lambda: os.open(path, flags))


def _pieces_of(path: Path) -> Iterator[bytes]:
    handle = _open_to_read(path)
    try:
        while piece := os.read(handle, _PIECE):
            yield piece
    finally:
        os.close(handle)


def _confirm(folder: Path, path: Path) -> None:
    """Have the folder's new entry flushed too, where the system offers that (Windows does not)."""
    if os.name == "nt":
        return
    try:
        handle = patiently(lambda: os.open(folder, os.O_RDONLY))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_SUCH_QUESTION:
            raise NotConfirmedError(path) from error


def _clear_stale(target: Path) -> None:
    """Remove what earlier savings of this file left when they were killed."""
    start = _temp_start(target)
    with contextlib.suppress(OSError):  # tidying never turns a good save into a failed one
        for one in target.parent.iterdir():
            if one.name.startswith(start) and time.time() - one.lstat().st_mtime > STALE_SECONDS:
                one.unlink()
