"""bargain bench: one full appraisal against the time to stream the same columns once through memory, and other means."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from bargain.appraisal import appraise
from bargain.commands.options import add_json
from bargain.commands.show import print_json, table
from bargain.packs import new_sector
from bargain.working import working_of
from models.employer import Employer, Ownership
from models.issues import UnusableInput
from models.offer import Differential, Offer, PayRule, Settlement
from models.sector import Sector
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND
from models.workforce import COLUMNS, Basis, Workforce

_SIZES = (6_000, 200_000, 1_600_000)
_MOST = 20_000_000
_MOST_IN_WORKBOOK = 6_000
_SEED = 2026
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
    rows = [_measured(size, options.employers or _employers_for(size)) for size in sizes]
    if options.json:
        print_json({"rounds": _ROUNDS, "sizes": rows})
        return 0
    cells = [
        [
            f"{row['posts']:,}",
            f"{row['employers']:,}",
            f"{row['first_ms']:,.1f}",
            f"{row['appraisal_ms']:,.1f}",
            f"{row['pandas_ms']:,.1f}",
            f"{row['stream_ms']:,.2f}",
            f"{row['times_stream']:,.0f} ×",
            f"{row['pandas_ms'] / row['appraisal_ms']:,.1f} ×",
        ]
        for row in rows
    ]
    headings = [
        "posts", "employers", "first ms", "next ms", "pandas ms", "stream ms", "next : stream", "pandas : next",
    ]  # fmt: skip
    print(table(headings, cells, left=0))
    print(
        "First: new pay, all costs, measures before and after, margins, of staff not seen before. Next: the same for "
        "another offer to the same staff, as when a lever moves. Pandas: the same figures in plain pandas. Stream: every "
        "column copied once."
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


def _measured(posts: int, employers: int) -> dict[str, float]:
    from bargain.export.beside import cost_by_pandas, pandas_frame

    sector = made_sector(posts, employers)
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

    def first() -> None:
        unseen = replace(sector, workforce=replace(force))  # nothing is known of it yet
        appraise(unseen, made_offer(next(floors)))

    streamed = _best(stream)
    begun = _best(first)
    found = appraise(sector, made_offer()).cost.full_year
    appraised = _best(lambda: appraise(sector, made_offer(next(floors))))
    by_pandas = _best(lambda: cost_by_pandas(frame, sector, made_offer()))
    size = sum(column.nbytes for column in columns)
    return {
        "posts": posts,
        "employers": employers,
        "first_ms": begun * 1000,
        "appraisal_ms": appraised * 1000,
        "pandas_ms": by_pandas * 1000,
        "pandas_off_by": cost_by_pandas(frame, sector, made_offer()) / found - 1,
        "stream_ms": streamed * 1000,
        "megabytes": size / 1e6,
        "gigabytes_per_second": size / streamed / 1e9,
        "first_times_stream": begun / streamed,
        "times_stream": appraised / streamed,
    }


def _employers_for(posts: int) -> int:
    return min(max(posts // 150, 1), 2000)


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def made_offer(floor_micros: int = 14 * MICROS_PER_POUND) -> Offer:
    """A bottom-weighted offer in two steps: percent, floor, two differentials, then percent."""
    first = Settlement(
        date(2026, 4, 6),
        floor_micros=floor_micros,
        pay=(PayRule(percent_ppm=30_000, at_least_cash_micros=1_000 * MICROS_PER_POUND),),
        differentials=(
            Differential("Senior support worker", "Residential support worker", 80_000),
            Differential("Team leader", "Senior support worker", 100_000),
        ),
    )
    return Offer(
        "bench", settlements=(first, Settlement(date(2027, 4, 6), pay=(PayRule(percent_ppm=25_000),)))
    )


def made_sector(posts: int, employers: int) -> Sector:
    """A made sector of any size from a fixed seed: rates in pence, five grades, part time and full time."""
    chance = np.random.default_rng(_SEED)
    sector = new_sector("bench")
    names = tuple(f"Employer {number}" for number in range(employers))
    grade = chance.choice(5, posts, p=[0.62, 0.18, 0.1, 0.05, 0.05]).astype(np.int32)
    rate = np.array([12.9, 13.9, 15.6, 19.0, 23.5])[grade] * chance.normal(1, 0.04, posts)
    pence = np.maximum(np.rint(rate * 100), 1271).astype(np.int64)
    hours = chance.choice([37.5, 37.5, 37.5, 30.0, 24.0, 20.0, 16.0], posts)
    plain = {
        "employer_code": chance.integers(0, employers, posts),
        "grade_code": grade,
        "point_code": np.full(posts, -1),
        "title_code": np.full(posts, -1),
        "setting_code": np.full(posts, -1),
        "basis": np.full(posts, int(Basis.HOUR)),
        "rate_micros": pence * MICROS_PER_PENNY,
        "heads": np.ones(posts),
        "hours_w": hours,
        "full_hours_w": np.full(posts, 37.5),
        "weeks_y": np.full(posts, sector.weeks_y),
        "fte": hours / 37.5,
        "contract": chance.choice([0, 0, 0, 1, 2, 4], posts),
        "sex": chance.integers(0, 2, posts),
        "age": chance.integers(18, 68, posts),
        "start_month": np.full(posts, 24_300),
        "sleep_ins_y": chance.choice([0.0, 40.0], posts),
        "pension_ppm": np.full(posts, -1),
        "import_code": np.zeros(posts),
        "row": np.arange(posts),
    }
    columns = {name: np.asarray(plain[name]).astype(kind) for name, kind in COLUMNS.items()}
    return replace(
        sector,
        employers=tuple(Employer(name, Ownership.OWNER_MANAGED) for name in names),
        workforce=Workforce(
            employers=names, grades=sector.grades, points=(), titles=(), settings=(), **columns
        ),
    )
