"""How large things are in a break window of a given size."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QCursor, QGuiApplication

USUAL = QSize(1020, 720)
"""The size everything was drawn for."""

SMALLEST = QSize(360, 280)
"""Below this there would be no room for the words beside the buttons."""

SHARE = 0.62
"""Of a large screen the window takes so much, either way."""

FULL_W, FULL_H = 0.94, 0.9
"""At most so much of a screen, so that the window manager's frame still fits."""

SMALLEST_TYPE, LARGEST_TYPE, GRADES = 0.9, 2.4, 20
LARGEST_HEADING, LARGEST_WHEN_COMPACT = 2.2, 1.45
COMPACT_BELOW = QSize(720, 470)


@dataclass(frozen=True, slots=True)
class Proportions:
    """Type as a factor, lengths in logical pixels; `compact` gives up what can be spared.

    `largest`: no heading is larger than so many times the plain type.
    """

    type: float
    compact: bool
    margin: int
    gap: int
    dial: int
    largest: float

    @classmethod
    def of(cls, size: QSize) -> Proportions:
        """The proportions of a window of that size, in grades fine enough not to be noticed."""
        fits = min(size.width() / USUAL.width(), size.height() / USUAL.height())
        letters = round(min(LARGEST_TYPE, max(SMALLEST_TYPE, fits)) * GRADES) / GRADES
        compact = size.width() < COMPACT_BELOW.width() or size.height() < COMPACT_BELOW.height()
        if compact:
            return cls(letters, compact, margin=12, gap=12, dial=64, largest=LARGEST_WHEN_COMPACT)
        return cls(
            letters,
            compact,
            margin=round(30 * letters),
            gap=round(24 * letters),
            dial=round(148 * letters),
            largest=LARGEST_HEADING,
        )


def place() -> QRect:
    """Where the window goes: in the middle of the screen with the pointer, as large as suits it."""
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    size = QSize(
        _length(room.width(), USUAL.width(), FULL_W),
        _length(room.height(), USUAL.height(), FULL_H),
    )
    corner = room.center() - QPoint(size.width() // 2, size.height() // 2)
    return QRect(corner, size)


def _length(room: int, usual: int, full: float) -> int:
    return min(max(usual, round(room * SHARE)), round(room * full))
