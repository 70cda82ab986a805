"""bargain bench: one full appraisal against the time to stream the same columns once through memory, and other means."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bargain.appraisal import appraise, live_view_of
from bargain.commands.bench_sector import MADE_TARGETS, made_offer, made_sector
from bargain.commands.options import add_json
from bargain.commands.show import print_json, table
from bargain.targets import judge
from bargain.working import working_of
from models.issues import UnusableInput
from models.sector import Sector
from models.units import MICROS_PER_PENNY
from models.workforce import COLUMNS

_SIZES = (6_000, 200_000, 1_600_000)
_MOST = 20_000_000
_MOST_IN_WORKBOOK = 6_000
_ROUNDS = 3
_MORE_ROUNDS = 7  # of what is over in a moment


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
    """Time and print. Best of several rounds; ratios hold on any machine, milliseconds only on this one."""
    if options.reading:
        return _run_import(as_json=options.json)
    sizes = _SIZES if options.posts is None else (options.posts,)
    if any(not 1 <= size <= _MOST for size in sizes):
        raise UnusableInput(f"--posts must be from 1 to {_MOST:,}; give another number.")
    if options.employers is not None and not 1 <= options.employers <= min(sizes):
        raise UnusableInput("--employers must be from 1 to the number of posts; give another number.")

    def employers(size: int) -> int:
        return options.employers or _employers_for(size)

    if options.saving:
        return _run_file(sizes, employers, as_json=options.json)
    rows = [_measured(size, employers(size)) for size in sizes]
    own = [_measured(size, employers(size), own_rates=True) for size in sizes]
    if options.json:
        print_json({"rounds": _ROUNDS, "sizes": rows, "own_rates": own})
        return 0
    headings = [
        "posts", "employers", "pay", "rows", "prepare ms", "next ms", "CPU ms", "pandas ms", "stream ms", "next : stream",
        "pandas : next",
    ]  # fmt: skip
    cells = [
        [
            f"{row['posts']:,}",
            f"{row['employers']:,}",
            kind,
            f"{row['rows']:,}",
            f"{row['preparation_ms']:,.1f}",
            f"{row['appraisal_ms']:,.1f}",
            f"{row['appraisal_cpu_ms']:,.1f}",
            f"{row['pandas_ms']:,.1f}",
            f"{row['stream_ms']:,.2f}",
            f"{row['times_stream']:,.1f} ×",
            f"{row['pandas_ms'] / row['appraisal_ms']:,.1f} ×",
        ]
        for kind, found in (("in pence", rows), ("all unlike", own))
        for row in found
    ]
    print(table(headings, cells, left=0))
    print(
        "Next: new pay, on-costs with levy and allowance, three years, totals by employer and grade, distribution and "
        "six verdicts of an offer not seen before. Prepare: what the first offer to new staff takes beyond that. Rows: what "
        "the offer cannot tell apart is one row; “all unlike” has a rate of its own for every post. CPU: of all threads. "
        "Pandas: the same figures in plain pandas. Stream: every column copied once."
    )
    print(_beside_libreoffice(sizes))
    return 0


def _beside_libreoffice(sizes: Sequence[int]) -> str:
    """A sentence on what LibreOffice takes for the smallest size that a workbook holds well."""
    from bargain.export.beside import LIBREOFFICE, libreoffice_seconds
    from bargain.export.workbook import workbook_bytes

    if LIBREOFFICE is None:
        return "LibreOffice: not timed, since it is not installed here (on Debian: apt-get install libreoffice-calc)."
    posts = min(*sizes, _MOST_IN_WORKBOOK)
    sector, offer = made_sector(posts, _employers_for(posts)), made_offer()
    book = workbook_bytes(sector, appraise(sector, offer), working_of(sector, offer))
    seconds = libreoffice_seconds(book)
    if seconds is None:
        return "LibreOffice: not timed, since it could not open the exported workbook."
    return f"LibreOffice: {seconds:,.1f} s to start, open the exported workbook of {posts:,} posts, calculate it and save it."


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
        "Best of three rounds, the two ways in turn. Import: every check and a workforce made. Plain read: "
        "pandas.read_csv(dtype=str), and calamine to Python lists. "
        "Peak: what the importing process came to hold above what it held before; cells: what the plain read holds."
    )
    return 0


def _run_file(sizes: Sequence[int], employers: Callable[[int], int], *, as_json: bool) -> int:
    """A sector file saved and opened, beside the same bytes raw."""
    from bargain.commands.bench_file import history_costs, measured

    rows = measured(sizes, employers)
    history = history_costs(min(sizes), employers(min(sizes)))
    if as_json:
        print_json({"file": rows, "history": history})
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
            *(f"{row[name] * 1000:,.2f}" for name in ("raw_cold_seconds", "open_cold_seconds")),
            f"{row['open_cold_times_raw']:.2f} ×",
            *(
                f"{row[name] * 1000:,.2f}"
                for name in ("raw_read_seconds", "open_seconds", "with_history_seconds", "all_read_seconds")
            ),
            f"{row['open_times_raw']:.2f} × / {row['open_times_file']:.1f} ×",
            f"{row['all_read_times_raw']:.2f} ×",
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
    headings += ["raw from disk ms", "open from disk ms", "open : raw, disk"]
    headings += ["raw read ms", "open ms", "with history ms", "all read ms", "open : raw", "all read : raw"]
    print(table(headings, cells, left=0))
    print(
        "Raw: the sector's own bytes, written and flushed, and read, without packing, sealing or checking; the second "
        "ratio is to the bytes of the finished file. First save packs every column; change puts a changed offer into the "
        "journal, save then into the file, read back, with its backup. From disk: after the system's cache let go of both "
        "files (Linux only), as when a person opens one; what follows is read from that cache. Open authenticates every byte and gives a sector "
        "whose values are read when they are asked for; with history is what the window does, and reads every step too; all "
        f"read asks for every value at once. A full history of {history['steps']} steps adds {history['open_seconds'] * 1000:.1f} ms to opening and "
        f"{history['save_seconds'] * 1000:.1f} ms to saving at any size. The passphrase is not derived here: 0.2 to "
        "0.3 s at any size."
    )
    return 0


def _measured(posts: int, employers: int, *, own_rates: bool = False) -> dict[str, float]:
    """One size. own_rates: every post has a rate of its own, so that no two can be worked out together."""
    from bargain.export.beside import cost_by_pandas, pandas_frame

    sector = made_sector(posts, employers, own_rates=own_rates)
    force = sector.workforce
    columns = [np.asarray(getattr(force, name)) for name in COLUMNS]
    buffers = [np.empty_like(column) for column in columns]
    frame = pandas_frame(sector)
    floors = iter(
        range(14_000_000, 15_000_000, MICROS_PER_PENNY)
    )  # another offer each time: a lever that moves

    def stream() -> None:
        for column, buffer in zip(columns, buffers, strict=True):
            np.copyto(buffer, column)

    def answer(asked: Sector) -> None:
        found = appraise(asked, made_offer(next(floors)))
        judge(MADE_TARGETS, asked, found)

    streamed, _ = _best(stream)
    begun, _ = _best(lambda: answer(replace(sector, workforce=replace(force))))  # nothing is known of it yet
    found = appraise(sector, made_offer())
    answer(sector)
    appraised, worked = _best(lambda: answer(sector), _MORE_ROUNDS)
    by_pandas, _ = _best(lambda: cost_by_pandas(frame, sector, made_offer()))
    size = sum(column.nbytes for column in columns)
    return {
        "posts": posts,
        "employers": employers,
        "rows": len(live_view_of(sector, found).heads),
        "first_ms": begun * 1000,
        "preparation_ms": (begun - appraised) * 1000,
        "appraisal_ms": appraised * 1000,
        "appraisal_cpu_ms": worked * 1000,
        "pandas_ms": by_pandas * 1000,
        "pandas_off_by": cost_by_pandas(frame, sector, made_offer()) / found.cost.full_year - 1,
        "stream_ms": streamed * 1000,
        "megabytes": size / 1e6,
        "gigabytes_per_second": size / streamed / 1e9,
        "first_times_stream": begun / streamed,
        "times_stream": appraised / streamed,
    }


def _employers_for(posts: int) -> int:
    return min(max(posts // 150, 1), 2000)


def _best(work: Callable[[], object], rounds: int = _ROUNDS) -> tuple[float, float]:
    """The least seconds that the work took, by the clock and of all processors together."""
    times, worked = [], []
    for _ in range(rounds):
        start, used = time.perf_counter(), time.process_time()
        work()
        times.append(time.perf_counter() - start)
        worked.append(time.process_time() - used)
    return min(times), min(worked)
