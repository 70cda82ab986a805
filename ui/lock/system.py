"""Hears from the system that its screen was locked or that it goes to sleep.

Linux tells over its own message bus (no network). Windows tells the window by a message. macOS has no way that is
open to Python without further libraries: there the watch over idle time and sleep has to do, and Settings say so.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
    Slot,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LOGIND = "org.freedesktop.login1"
_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)
# Text, though the type hints of PySide6 ask for bytes, which it then refuses; so it comes in as Any.
_CHANGED: Any = "1changed(bool)"
_ASKED: Any = "1asked()"
_WM_POWERBROADCAST, _PBT_APMSUSPEND = 0x0218, 0x0004
_WM_WTSSESSION_CHANGE, _WTS_SESSION_LOCK = 0x02B1, 0x7


class SystemWatch(QObject):
    """Emits ``locked`` when the system locks or goes to sleep. ``hears`` tells whether it is told at all."""

    locked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hears = False
        self._filter: _WindowsMessages | None = None
        if sys.platform.startswith("linux"):
            self.hears = self._listen_on_bus()
        elif sys.platform == "win32":
            self._filter = _WindowsMessages(self, window)
            self.hears = self._filter.is_told

    def _listen_on_bus(self) -> bool:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # a Qt built without the bus
            return False
        told = False
        system = QDBusConnection.systemBus()
        if system.isConnected():
            manager = f"{_LOGIND}.Manager"
            told |= system.connect(
                _LOGIND, "/org/freedesktop/login1", manager, "PrepareForSleep", self, _CHANGED
            )
            # any session of this person: an empty path hears them all
            told |= system.connect(_LOGIND, "", f"{_LOGIND}.Session", "Lock", self, _ASKED)
        person = QDBusConnection.sessionBus()
        if person.isConnected():
            for service, path in _SAVERS:
                told |= person.connect(service, path, service, "ActiveChanged", self, _CHANGED)
        return told

    @Slot(bool)
    def changed(self, is_on: bool) -> None:
        """The screen saver went on or off; the machine goes to sleep or comes back."""
        if is_on:
            self.locked.emit()

    @Slot()
    def asked(self) -> None:
        """The session was told to lock."""
        self.locked.emit()


class _WindowsMessages(QAbstractNativeEventFilter):
    """Windows' own messages about sleep and the locked session."""

    def __init__(self, watch: SystemWatch, window: QWidget) -> None:
        super().__init__()
        self._watch = watch
        library = ctypes.CDLL("wtsapi32", use_last_error=True)
        self.is_told = bool(library.WTSRegisterSessionNotification(wintypes.HWND(int(window.winId())), 0))
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Look at each message, keep none back."""
        if kind == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            is_lock = told.message == _WM_WTSSESSION_CHANGE and told.wParam == _WTS_SESSION_LOCK
            is_sleep = told.message == _WM_POWERBROADCAST and told.wParam == _PBT_APMSUSPEND
            if is_lock or is_sleep:
                self._watch.locked.emit()
        return False, 0
