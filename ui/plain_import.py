"""Imports PySide6 and puts Python's own import back.

PySide6 replaces ``builtins.__import__`` with a hook that reads the source of every module imported after it, which
slows the engine's imports by a fifth. We do not use the feature it serves.
"""

from __future__ import annotations

import builtins

_own_import = builtins.__import__

import PySide6.QtWidgets  # noqa: E402, F401  # the hook comes with it

builtins.__import__ = _own_import
