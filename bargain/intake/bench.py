"""How fast payrolls are read: an import against merely reading the same made file, in one run."""

from __future__ import annotations

import csv
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bargain.intake.payroll import read_payroll
from bargain.intake.reading import SectorFacts

Work = Callable[[Path], Callable[[], int]]  # reads a file; what is asked afterwards is not on the clock
_SEED = 2026
CSV_ROWS = 1_000_000
BOOK_ROWS = 100_000
ROUNDS = 3
_HEADINGS = (
    "Employer", "Staff no", "Name", "Job title", "Hourly rate", "Weekly hours", "Contract type", "Sex", "Age",
    "Start date", "Region", "Sleep-ins",
)  # fmt: skip
_TITLES = (
    "Residential support worker",
    "Senior support worker",
    "Team leader",
    "Deputy manager",
    "Registered manager",
)


def measured(csv_rows: int = CSV_ROWS, book_rows: int = BOOK_ROWS) -> list[dict[str, float | str]]:
    """Make a text file and a workbook, and read each in both ways: seconds, megabytes and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        text, book = Path(folder) / "payroll.csv", Path(folder) / "payroll.xlsx"
        write_text(text, csv_rows)
        write_workbook(book, book_rows)
        return [_measured(text, csv_rows, _pandas), _measured(book, book_rows, _calamine)]


def made_rows(count: int) -> Iterator[tuple[Any, ...]]:
    """A made payroll from a fixed seed, twelve columns."""
    chance = np.random.default_rng(_SEED)
    grade = chance.choice(5, count, p=[0.62, 0.18, 0.1, 0.05, 0.05])
    rate = np.round(np.array([12.9, 13.9, 15.6, 19.0, 23.5])[grade] * chance.normal(1, 0.04, count), 2)
    hours = chance.choice([37.5, 37.5, 37.5, 30.0, 24.0, 20.0, 16.0], count)
    columns = (
        chance.integers(0, count // 500 + 1, count), grade, rate, hours, chance.integers(0, 2, count),
        chance.integers(21, 66, count), chance.integers(1, 29, count), chance.integers(1, 13, count),
        chance.integers(2005, 2026, count), chance.integers(0, 80, count),
    )  # fmt: skip
    for at, (employer, title, pay, week, sex, age, day, month, year, nights) in enumerate(
        zip(*(column.tolist() for column in columns), strict=True)
    ):
        yield (
            f"Employer {employer}", f"E{at:07d}", f"Exampla Person{at % 90_000}", _TITLES[title], pay, week,
            "Permanent", "FM"[sex], age, f"{day:02d}/{month:02d}/{year}", "North West", nights,
        )  # fmt: skip


def write_text(path: Path, count: int) -> None:
    """The made payroll as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        writer.writerows(made_rows(count))


def write_workbook(path: Path, count: int) -> None:
    """The made payroll as a workbook."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Payroll")
    sheet.append(_HEADINGS)
    for row in made_rows(count):
        sheet.append(row)
    book.save(path)


def _measured(path: Path, rows: int, plain: Work) -> dict[str, float | str]:
    """The best of some rounds, both ways in turn, each in a process of its own: none inherits another's memory."""
    plainly, imported = zip(
        *((_apart(plain, path), _apart(_import, path)) for _ in range(ROUNDS)), strict=True
    )
    if any(found != rows for _seconds, _held, found in imported):
        raise ValueError(f"not all of {rows} rows were read")
    plain_seconds, seconds = (min(one[0] for one in runs) for runs in (plainly, imported))
    held, cells = max(one[1] for one in imported), plainly[0][2]
    return {
        "file": path.suffix.lstrip("."),
        "rows": rows,
        "import_seconds": seconds,
        "plain_seconds": plain_seconds,
        "times_plain": seconds / plain_seconds,
        "peak_megabytes": held / 1e6,
        "cells_megabytes": cells / 1e6,
        "times_cells": held / cells,
    }


def _apart(work: Work, path: Path) -> tuple[float, float, int]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_timed, args=(theirs, work, path))
    process.start()
    theirs.close()  # so that a process that dies is an end, not a wait
    seconds, held, told = ours.recv()
    process.join()
    return float(seconds), float(held), int(told)


def _timed(pipe: Any, work: Work, path: Path) -> None:
    import pandas as pd  # noqa: F401  # loading it is not reading
    import python_calamine  # noqa: F401

    before = _most_memory()
    start = time.perf_counter()
    result = work(path)
    seconds = time.perf_counter() - start
    held = _most_memory() - before
    pipe.send((seconds, held, result()))


def _most_memory() -> float:
    """The most bytes that this process has held; nought where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)  # the child that opens workbooks counts whole
    most = sum(resource.getrusage(kind).ru_maxrss for kind in kinds)
    return float(most if sys.platform == "darwin" else most * 1024)


def _import(path: Path) -> Callable[[], int]:
    reading = read_payroll(path, facts=SectorFacts())
    return lambda: len(reading.sheets[0].workforce)


def _pandas(path: Path) -> Callable[[], int]:
    import pandas as pd

    cells = pd.read_csv(path, dtype=str)
    return lambda: int(cells.memory_usage(deep=True).sum())


def _calamine(path: Path) -> Callable[[], int]:
    from python_calamine import load_workbook

    rows = load_workbook(str(path)).get_sheet_by_index(0).to_python()
    return lambda: sum(sys.getsizeof(row) + sum(map(sys.getsizeof, row)) for row in rows)
