"""The walls of the house, read from the source: imports run down, no circles, no Qt below the window."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = {"models": 0, "bargain": 1, "sample_data": 1, "ui": 2, "main": 3}
ROOMS = ("intake", "costing", "measures", "agreement", "storage", "export")  # none imports another
ONLY_IN = {
    "pandas": ("bargain/intake", "bargain/export"),
    "openpyxl": ("bargain/intake", "bargain/export", "sample_data"),
    "reportlab": ("bargain/agreement",),
    "PySide6": ("ui",),
    "sqlcipher3": ("bargain/storage",),
    "cryptography": ("bargain/storage",),
    "python_calamine": ("bargain/intake",),
}
BANNED_MODULES = ("pickle", "shelve", "marshal", "socket", "urllib", "http", "ftplib", "smtplib", "requests")
BANNED_CALLS = ("eval", "exec", "__import__")
LONGEST = 650


def sources() -> list[Path]:
    folders = [ROOT / name for name in FLOORS if name != "main"]
    return [ROOT / "main.py", *(path for folder in folders for path in sorted(folder.rglob("*.py")))]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_that_imports_run_down_and_stay_in_their_rooms(path: Path) -> None:
    module = name_of(path)
    floor = FLOORS[module.split(".")[0]]
    place = path.relative_to(ROOT).as_posix()
    for imported in imports_of(path):
        top = imported.split(".")[0]
        if top in FLOORS:
            assert FLOORS[top] <= floor, f"{module} imports {imported}, a floor above it"
        if top in ONLY_IN:
            assert place.startswith(ONLY_IN[top]), f"{module} imports {top}"
        assert top not in BANNED_MODULES, f"{module} imports {imported}"
    room = module.split(".")[1] if module.startswith("bargain.") and len(module.split(".")) > 2 else ""
    if room in ROOMS:
        others = {f"bargain.{one}" for one in ROOMS if one != room}
        for imported in imports_of(path):
            assert ".".join(imported.split(".")[:2]) not in others, f"{module} imports {imported}"


def test_that_nothing_is_imported_in_a_circle() -> None:
    modules = {name_of(path): path for path in sources()}
    arrows = {
        name: {imported for imported in imports_of(path) if imported in modules and imported != name}
        for name, path in modules.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"circle: {' → '.join((*trail, name))}"
        if name in done:
            return
        for imported in arrows[name]:
            visit(imported, (*trail, name))
        done.add(name)

    for name in arrows:
        visit(name, ())


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_that_no_code_is_made_from_text(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in BANNED_CALLS, (
                f"{name_of(path)} line {node.lineno} calls {node.func.id}"
            )
        if isinstance(node, ast.ExceptHandler):
            silent = len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
            assert not silent, f"{name_of(path)} line {node.lineno} swallows an error"


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_that_a_file_has_one_subject(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


def test_that_models_know_no_files_and_no_screens() -> None:
    allowed = {
        "__future__",
        "collections",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "hashlib",
    }
    allowed |= {"types", "typing", "numpy", "models"}
    for path in sources():
        if name_of(path).startswith("models"):
            assert {one.split(".")[0] for one in imports_of(path)} <= allowed, name_of(path)


def test_that_labels_are_plain_text() -> None:
    """Qt reads markup in a bare QLabel: every label goes through PlainLabel."""
    for path in sources():
        if name_of(path).startswith("ui.") and path.name != "plain_label.py":
            for node in ast.walk(tree_of(path)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id != "QLabel", f"{name_of(path)} line {node.lineno}"


def test_that_nothing_tracked_names_this_machine() -> None:
    hints = ("/" + "work/", "/" + "root/", "/" + "tmp/")
    for path in sources():
        text = path.read_text("utf-8")
        assert not any(hint in text for hint in hints), name_of(path)
