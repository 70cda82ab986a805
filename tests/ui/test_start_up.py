"""The start page shows before anything heavy is imported, and Python's own import is put back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = (
    "numpy",
    "pandas",
    "openpyxl",
    "reportlab",
    "python_calamine",
    "msoffcrypto",
    "cryptography",
    "rapidfuzz",
)


def run(code: str, home: Path) -> str:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_that_the_start_page_shows_before_numpy_and_every_reader(tmp_path: Path) -> None:
    code = f"""
import sys
from PySide6.QtCore import QTimer
from ui import app
from ui.main_window import MainWindow
seen = []
def look():
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    seen.append(window.start_page.isVisible())
    window.close()
from PySide6.QtWidgets import QApplication
QTimer.singleShot(0, look)
assert app.run(["bargain"]) == 0
print(seen, [name for name in {HEAVY!r} if name in sys.modules])
"""
    assert run(code, tmp_path).strip() == "[True] []"


def test_that_pythons_own_import_is_back_after_the_window_s_modules_are_in(tmp_path: Path) -> None:
    code = """
import builtins
own = builtins.__import__
import ui.app
assert builtins.__import__ is own
"""
    run(code, tmp_path)


def test_that_the_engine_does_not_need_the_window(tmp_path: Path) -> None:
    code = """
import sys
import bargain.appraisal, bargain.storage.container
assert not [name for name in sys.modules if name.startswith("PySide6")]
"""
    run(code, tmp_path)
