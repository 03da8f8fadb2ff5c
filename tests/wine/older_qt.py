"""Our windows on the last Qt that starts under Wine, 6.4: `python -m tests.wine.older_qt NAME`.

Tests that need Qt run there too: `python -m pytest -p tests.wine.older_qt ...`.

What our windows use of a newer Qt is played here, each as the system that has nothing to say about it; the
windows themselves are those of the product.
"""

from __future__ import annotations

import enum
import sys
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace
from typing import Any

from PySide6 import QtCore, QtGui

from tray_agent.ui import __main__


class ContrastPreference(enum.Enum):
    """Qt.ContrastPreference, since 6.10."""

    NoPreference = 0
    HighContrast = 1


class AccessibilityHints:
    """QAccessibilityHints, since 6.10: the system has no wish."""

    def contrastPreference(self) -> ContrastPreference:  # noqa: N802 - Qt's name
        return ContrastPreference.NoPreference


class AnnouncementPoliteness(enum.Enum):
    """QAccessible.AnnouncementPoliteness, since 6.8."""

    Polite = 0
    Assertive = 1


class AnnouncementEvent(QtGui.QAccessibleEvent):
    """QAccessibleAnnouncementEvent, since 6.8: what it would say stays unsaid."""

    def __init__(self, speaker: QtCore.QObject, _words: str) -> None:
        super().__init__(speaker, QtGui.QAccessible.Event.Alert)

    def setPoliteness(self, _politeness: AnnouncementPoliteness) -> None:  # noqa: N802 - Qt's name
        pass


def no_bus() -> ModuleType:
    """PySide6.QtDBus, which newer packages for Windows have: there is no session bus."""
    module = ModuleType("PySide6.QtDBus")
    nowhere = SimpleNamespace(isConnected=lambda: False)
    vars(module).update(dict.fromkeys(("QDBusMessage", "QDBusPendingCallWatcher", "QDBusVariant"), object))
    vars(module)["QDBusConnection"] = SimpleNamespace(sessionBus=lambda: nowhere)
    return module


def play_newer_names() -> list[str]:
    """Put them where this Qt lacks them; which those are, beside the bus."""
    wanted: list[tuple[Any, str, Any]] = [
        (QtCore.Qt, "ContrastPreference", ContrastPreference),
        (QtGui.QStyleHints, "accessibility", lambda _hints: AccessibilityHints()),
        (QtGui.QAccessible, "AnnouncementPoliteness", AnnouncementPoliteness),
        (QtGui, "QAccessibleAnnouncementEvent", AnnouncementEvent),
    ]
    if find_spec("PySide6.QtDBus") is None:
        sys.modules["PySide6.QtDBus"] = no_bus()
    lacking = [each for each in wanted if not hasattr(each[0], each[1])]
    for owner, name, played in lacking:
        setattr(owner, name, played)
    return [name for _owner, name, _played in lacking]


play_newer_names()

if __name__ == "__main__":
    __main__.leave(__main__.main(sys.argv[1:]))
