"""A real volume of 4 MB: full to the last byte, read-only, gone, without room for a name; and a limit on file sizes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import volume_child
from sector_strategies import LOW_COST, PHRASE, example_sector, noisy_workforce

from bargain.storage.refusals import NotSavedError
from bargain.storage.sector_file import SectorFile

OWN_NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")


def on_a_volume(what: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Let something happen on a volume of its own, in a process whose mounts nobody else sees."""
    point, data = folder / "stick", folder / "app data"
    point.mkdir()
    data.mkdir()
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here), str(here.parents[2]), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [*OWN_NAMESPACE, sys.executable, str(here / "volume_child.py"), what, str(point), str(data)],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )


@cache
def why_not(folder: Path) -> str:
    """Why no volume can be had here; empty where it can."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return "needs Linux with util-linux"
    place = folder / "probe"
    place.mkdir()
    tried = on_a_volume("nothing", place)
    return (
        "" if tried.returncode == 0 else "this system lets nobody mount a volume in a namespace of their own"
    )


@pytest.mark.parametrize("what", volume_child.WHAT)
def test_that_on_a_real_small_volume_the_old_file_stays_and_the_work_is_saved_later(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, what: str
) -> None:
    reason = why_not(tmp_path_factory.getbasetemp())
    if reason:
        pytest.skip(reason)
    ended = on_a_volume(what, tmp_path)
    assert ended.returncode == 0, ended.stderr


def test_that_a_limit_on_the_size_of_files_is_a_message_and_not_a_loss(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="needs limits of the system")
    file = SectorFile.create(tmp_path / "north.bargain", example_sector(50), PHRASE, cost=LOW_COST)
    file.save()
    small = file.path.stat().st_size
    file.record(replace(file.sector, workforce=noisy_workforce(12_000)), "Larger")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (small * 2, hard))
    try:
        with pytest.raises(NotSavedError, match=r"larger than .* allows.*untouched\. Save somewhere else"):
            file.save()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert file.path.stat().st_size == small
    file.save()
    assert file.path.stat().st_size > 350_000
    file.close()
