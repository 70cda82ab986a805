"""A process killed at any moment of saving leaves a file that opens, with the last save that it reported."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sector_strategies import KEY, PHRASE, example_sector

from bargain.storage.container import read_sector, write_sector

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]

CHILD = """
import sys
from dataclasses import replace
from pathlib import Path
from bargain.storage.container import open_sector, write_sector

path = Path(sys.argv[1])
opened = open_sector(path, sys.argv[2])
number = int(opened.sector.name)
while True:
    number += 1
    write_sector(path, replace(opened.sector, name=str(number)), opened.key)
    print(number, flush=True)
"""


def kill_a_saver(path, choose):
    """Start a child that saves without end, kill it, and return the last save that it reported."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), PHRASE],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    first = child.stdout.readline()
    time.sleep(choose.uniform(0, 0.08))
    child.kill()
    rest, _ = child.communicate()
    lines = (first + rest).split(b"\n")
    return int(lines[-2])  # what follows the last line end was cut off


@pytest.mark.parametrize("kills", [2, pytest.param(30, marks=pytest.mark.slow)])
def test_that_a_file_whose_saver_was_killed_opens_at_the_last_save_or_the_next(tmp_path, kills):
    path = tmp_path / "north.bargain"
    write_sector(path, example_sector(6_000, name="0"), KEY)
    choose = random.Random(kills)
    for _ in range(kills):
        reported = kill_a_saver(path, choose)
        assert int(read_sector(path, PHRASE).name) in (reported, reported + 1)
        left = [one.name for one in tmp_path.iterdir() if one != path]
        assert all(name.startswith(".north.bargain.tmp-") for name in left)
