"""bargain bench: one full appraisal against the time to stream the same columns once through memory."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence

import numpy as np

from bargain.appraisal import appraise
from bargain.commands.bench_sector import made_offer, made_sector
from bargain.commands.options import add_json
from bargain.commands.show import print_json, table
from models.issues import UnusableInput
from models.workforce import COLUMNS

_SIZES = (6_000, 200_000, 1_600_000)
_MOST = 20_000_000
_ROUNDS = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[--posts N] [--employers N]."""
    parser.add_argument(
        "--posts", type=int, help=f"one size instead of {', '.join(f'{n:,}' for n in _SIZES)}"
    )
    parser.add_argument(
        "--employers", type=int, help="how many employers, default one for every 150 posts, to 2,000"
    )
    parser.add_argument(
        "--import",
        dest="reading",
        action="store_true",
        help="time the reading of payrolls instead, against merely reading the same files",
    )
    parser.add_argument(
        "--file",
        dest="saving",
        action="store_true",
        help="time saving and opening a sector file instead, against writing and reading the same bytes raw",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Time and print. Best of three rounds; ratios hold on any machine, milliseconds only on this one."""
    if options.reading:
        return _run_import(as_json=options.json)
    sizes = _SIZES if options.posts is None else (options.posts,)
    if any(not 1 <= size <= _MOST for size in sizes):
        raise UnusableInput(f"--posts must be from 1 to {_MOST:,}; give another number.")
    if options.employers is not None and not 1 <= options.employers <= min(sizes):
        raise UnusableInput("--employers must be from 1 to the number of posts; give another number.")

    def employers(size: int) -> int:
        return options.employers or min(max(size // 150, 1), 2000)

    if options.saving:
        return _run_file(sizes, employers, as_json=options.json)
    rows = [_measured(size, employers(size)) for size in sizes]
    if options.json:
        print_json({"rounds": _ROUNDS, "sizes": rows})
        return 0
    cells = [
        [
            f"{row['posts']:,}",
            f"{row['employers']:,}",
            f"{row['appraisal_ms']:,.1f}",
            f"{row['stream_ms']:,.2f}",
            f"{row['megabytes']:,.1f}",
            f"{row['gigabytes_per_second']:,.1f}",
            f"{row['times_stream']:,.0f} ×",
        ]
        for row in rows
    ]
    headings = ["posts", "employers", "appraisal ms", "stream ms", "columns MB", "GB/s", "appraisal : stream"]
    print(table(headings, cells, left=0))
    print(
        "Appraisal: new pay, all costs, measures before and after, margins. Stream: every column copied once."
    )
    return 0


def _run_import(*, as_json: bool) -> int:
    """Payrolls read in both ways: times, memory and ratios."""
    from bargain.intake.bench import measured

    rows = measured()
    if as_json:
        print_json({"import": rows})
        return 0
    cells = [
        [
            str(row["file"]),
            f"{row['rows']:,}",
            f"{row['import_seconds']:.2f}",
            f"{row['plain_seconds']:.2f}",
            f"{row['times_plain']:.2f} ×",
            f"{row['peak_megabytes']:,.0f}",
            f"{row['cells_megabytes']:,.0f}",
            f"{row['times_cells']:.2f} ×",
        ]
        for row in rows
    ]
    headings = [
        "file",
        "rows",
        "import s",
        "plain read s",
        "import : plain",
        "peak MB",
        "cells MB",
        "peak : cells",
    ]
    print(table(headings, cells, left=1))
    print(
        "Import: every check and a workforce made. Plain read: pandas.read_csv(dtype=str), and calamine to Python lists. "
        "Peak: what the importing process came to hold above what it held before; cells: what the plain read holds."
    )
    return 0


def _run_file(sizes: Sequence[int], employers: Callable[[int], int], *, as_json: bool) -> int:
    """A sector file saved and opened, beside the same bytes raw."""
    from bargain.commands.bench_file import measured

    rows = measured(sizes, employers)
    if as_json:
        print_json({"file": rows})
        return 0
    cells = [
        [
            f"{row['posts']:,.0f}",
            f"{row['megabytes']:,.1f}",
            f"{row['file_megabytes']:,.2f}",
            *(
                f"{row[name] * 1000:,.1f}"
                for name in ("raw_write_seconds", "first_save_seconds", "change_seconds", "save_seconds")
            ),
            f"{row['save_times_raw']:.2f} × / {row['save_times_file']:.1f} ×",
            *(f"{row[name] * 1000:,.1f}" for name in ("raw_read_seconds", "open_seconds")),
            f"{row['open_times_raw']:.2f} × / {row['open_times_file']:.1f} ×",
        ]
        for row in rows
    ]
    headings = [
        "posts",
        "raw MB",
        "file MB",
        "raw write ms",
        "first save ms",
        "change ms",
        "save ms",
        "save : raw",
    ]
    print(table([*headings, "raw read ms", "open ms", "open : raw"], cells, left=0))
    print(
        "Raw: the sector's own bytes, written and flushed, and read, without packing or sealing; the second ratio is to "
        "the bytes of the finished file. First save packs every column; change puts a changed offer into the journal, save then "
        "into the file, with its backup. The passphrase is not derived here: 0.2 to 0.3 s at any size."
    )
    return 0


def _measured(posts: int, employers: int) -> dict[str, float]:
    sector = made_sector(posts, employers)
    offer = made_offer()
    force = sector.workforce
    columns = [np.asarray(getattr(force, name)) for name in COLUMNS]
    buffers = [np.empty_like(column) for column in columns]

    def stream() -> None:
        for column, buffer in zip(columns, buffers, strict=True):
            np.copyto(buffer, column)

    streamed = _best(stream)
    appraised = _best(lambda: appraise(sector, offer))
    size = sum(column.nbytes for column in columns)
    return {
        "posts": posts,
        "employers": employers,
        "appraisal_ms": appraised * 1000,
        "stream_ms": streamed * 1000,
        "megabytes": size / 1e6,
        "gigabytes_per_second": size / streamed / 1e9,
        "times_stream": appraised / streamed,
    }


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
