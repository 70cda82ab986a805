"""Saving and opening a sector file beside writing and reading the same bytes raw.

The same bytes are the sector's own: its columns as they lie in memory, and the small rest as JSON. Written raw
means a new file, flushed to the disk and put in place; read raw means into memory. Both files are read twice over:
from the disk, as when a person opens a file, and from the system's cache, as a moment later. Nothing is checked, packed or sealed in the raw way. The passphrase is derived in neither: that
takes the same 0.2 to 0.3 s at any size, by design.

``open`` ends with a sector that can be worked with: every byte is authenticated, values are read when they are asked
for. ``with_history`` is what the window does: it reads every step of the history too, and takes the file's SHA-256.
``all_read`` asks for every value and every column at once, which no screen does.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

from bargain.commands.bench_sector import made_offer, made_sector
from bargain.storage import container
from bargain.storage.atomic import put_private
from bargain.storage.codec import canonical, to_plain
from bargain.storage.history import MOST_STEPS
from bargain.storage.keys import Argon2Cost, new_seal_key
from bargain.storage.places import VARIABLE
from bargain.storage.sector_file import SectorFile
from models.sector import Sector
from models.workforce import COLUMNS, VOCABULARIES, Workforce

_ROUNDS = 7
_PASSPHRASE = "bench"  # noqa: S105  # of a file that is gone a moment later
_QUICK = Argon2Cost(64, 1, 1)


def measured(sizes: Sequence[int], employers: Callable[[int], int]) -> list[dict[str, float]]:
    """One row a size: seconds, megabytes and ratios. Everything is written into a folder that is removed."""
    with _own_folder() as folder:
        return [_row(size, employers(size), folder) for size in sizes]


@contextmanager
def _own_folder() -> Iterator[Path]:
    """A folder that is removed, with the app's own folder in it."""
    before = os.environ.get(VARIABLE)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[VARIABLE] = str(Path(folder) / "data")
        try:
            yield Path(folder)
        finally:
            os.environ.pop(VARIABLE)
            if before is not None:
                os.environ[VARIABLE] = before


def _row(posts: int, employers: int, folder: Path) -> dict[str, float]:
    sector = made_sector(posts, employers)
    raw = _raw_bytes(sector)
    path, plain = folder / f"{posts}.bargain", folder / "raw"
    key = new_seal_key(_PASSPHRASE, _QUICK)
    file = SectorFile.create(path, sector, _PASSPHRASE, cost=_QUICK)
    file.save()
    number = 0

    def change() -> None:
        nonlocal number
        number += 1
        _change(file, f"Draft {number}")

    times: dict[str, list[float]] = {}
    works: dict[str, Callable[[], object]] = {
        "raw_write": lambda: put_private(plain, raw),
        "raw_cold": plain.read_bytes,
        "raw_read": plain.read_bytes,
        "change": change,
        "save": file.save,
        "open_cold": lambda: container.read_sector(path, file.key),
        "open": lambda: container.read_sector(path, file.key),
        "with_history": lambda: SectorFile.open(path, file.key, lock=False),
        "all_read": lambda: _read_all(container.read_sector(path, file.key)),
        "file_write": lambda: put_private(folder / "packed", packed),
        "file_read": path.read_bytes,
        "first_save": lambda: container.write_sector(folder / "first.bargain", sector, key),
    }
    packed = path.read_bytes()
    for _ in range(_ROUNDS):  # in turns: what else the machine does falls on all of them
        for name, work in works.items():
            if name.endswith("_cold"):
                _out_of_cache(plain, path)
            times.setdefault(name, []).append(_time_of(work))
    file.close()
    best = {name: min(one) for name, one in times.items()}
    return {
        "posts": posts,
        "megabytes": len(raw) / 1e6,
        "file_megabytes": len(packed) / 1e6,
        "raw_write_seconds": best["raw_write"],
        "raw_read_seconds": best["raw_read"],
        "raw_cold_seconds": best["raw_cold"],
        "first_save_seconds": best["first_save"],
        "change_seconds": best["change"],
        "save_seconds": best["save"],
        "open_seconds": best["open"],
        "open_cold_seconds": best["open_cold"],
        "with_history_seconds": best["with_history"],
        "all_read_seconds": best["all_read"],
        "save_times_raw": best["save"] / best["raw_write"],
        "open_times_raw": best["open"] / best["raw_read"],
        "open_cold_times_raw": best["open_cold"] / best["raw_cold"],
        "all_read_times_raw": best["all_read"] / best["raw_read"],
        "save_times_file": best["save"] / best["file_write"],
        "open_times_file": best["open"] / best["file_read"],
    }


def history_costs(posts: int, employers: int) -> dict[str, float]:
    """What a full history adds to opening with it and to saving a file of this size, in seconds."""
    with _own_folder() as folder:
        path = folder / "history.bargain"
        file = SectorFile.create(path, made_sector(posts, employers), _PASSPHRASE, cost=_QUICK)
        file.save()

        def best() -> tuple[float, float]:
            opened, saved = [], []
            for number in range(_ROUNDS):
                opened.append(_time_of(lambda: SectorFile.open(path, file.key, lock=False)))
                _change(file, f"Draft {number}")
                saved.append(_time_of(file.save))
            return min(opened), min(saved)

        opened, saved = best()
        for number in range(MOST_STEPS):
            _change(file, f"Earlier draft {number}")
        file.save()
        opened_then, saved_then = best()
        file.close()
    return {"steps": MOST_STEPS, "open_seconds": opened_then - opened, "save_seconds": saved_then - saved}


def _change(file: SectorFile, name: str) -> None:
    file.record(replace(file.sector, offers=(replace(made_offer(), name=name),)), name)


def _read_all(sector: Sector) -> Sector:
    for field in fields(sector):
        getattr(sector, field.name)
    for name in (*VOCABULARIES, *COLUMNS):
        getattr(sector.workforce, name)
    return sector


def _raw_bytes(sector: Sector) -> bytes:
    force = sector.workforce
    rest = to_plain(sector, own={Workforce: lambda one: [list(getattr(one, name)) for name in VOCABULARIES]})
    return b"".join((canonical(rest), *(getattr(force, name).tobytes() for name in COLUMNS)))


def _out_of_cache(*paths: Path) -> None:
    """Have the next read of these files come from the disk, where the system lets us say so (Linux)."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in paths:
        with path.open("rb") as file:
            os.fsync(file.fileno())  # only what is on the disk can leave the cache
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _time_of(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    made = work()
    took = time.perf_counter() - start
    del made
    return took
