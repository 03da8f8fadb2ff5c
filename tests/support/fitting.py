"""`python -m tests.support.fitting NAME` opens a window in each language and prints what is cut off.

The brief comes over standard input.  `long` pads every sentence by half its length, those of the
brief included; `right to left` turns the window round.
"""

from __future__ import annotations

import gettext
import importlib
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QWidget

from tray_agent.shell import words
from tray_agent.ui import application, incoming, opening
from tray_agent.ui.__main__ import WINDOWS

LANGUAGES = ("english", "long", "right to left")
TOLERANCE = 1
KEEP = {"id", "v", "event", "exercise", "side", "key", "value", "posture", "cause", "kind", "outcome", "date"}
KEEP |= {"monday", "name", "type", "group", "page", "mode", "ranges", "holidays", "text_value", "values"}


class Longer(gettext.NullTranslations):
    """A catalogue of a language that needs half as many letters again."""

    def gettext(self, message: str) -> str:
        """The sentence, padded where it ends."""
        return longer(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for `n`, padded."""
        return longer(msgid1 if n == 1 else msgid2)


def longer(sentence: str) -> str:
    """`sentence` and half of it once more, in words of ordinary length."""
    if not any(letter.isalpha() for letter in sentence):
        return sentence
    more = len(sentence) // 2
    return f"{sentence} {('aurone tesil ' * more)[:more].strip()}".strip()


def padded(value: Any, key: str = "") -> Any:
    """The brief with longer sentences; codes and names stay."""
    if isinstance(value, dict):
        return {name: each if name in KEEP else padded(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [padded(each, key) for each in value]
    return longer(value) if isinstance(value, str) else value


def cut_off(window: QWidget) -> Iterator[str]:
    """A sentence for every widget whose words cannot be read."""
    for widget in window.findChildren(QWidget):
        if widget.isVisibleTo(window) and (fault := _fault(widget, window)):
            yield fault


def _fault(widget: QWidget, window: QWidget) -> str:
    if not isinstance(widget, QAbstractButton | QLabel) or not widget.text():
        return ""
    needs = widget.minimumSizeHint()
    if widget.hasHeightForWidth():
        needs.setHeight(widget.heightForWidth(widget.width()))
    words_of = f"{type(widget).__name__} {widget.text()!r}"
    short = needs.width() - widget.width(), needs.height() - widget.height()
    if max(short) > TOLERANCE:
        return f"{words_of} lacks {short}"
    outside = _outside(widget, window)
    return f"{words_of} lies {outside} outside" if outside else ""


def _outside(widget: QWidget, window: QWidget) -> tuple[int, int] | None:
    """By how much the widget is cut off by a parent it cannot be scrolled in."""
    place = _place(widget, window)
    around = widget.parentWidget()
    while around is not None:
        area = around.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is around:
            if not _scrolls(area) and place.width() > around.width() + TOLERANCE:
                return place.width() - around.width(), 0
            place, around = _place(area, window), area
        room = _place(around, window)
        if not room.adjusted(-TOLERANCE, -TOLERANCE, TOLERANCE, TOLERANCE).contains(place):
            both = place.united(room)
            return both.width() - room.width(), both.height() - room.height()
        around = None if around is window else around.parentWidget()
    return None


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def _scrolls(area: QAbstractScrollArea) -> bool:
    """Whether it scrolls sideways; up and down all of ours do."""
    return area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def main(name: str) -> int:
    """Open the window in each language; print what is cut off."""
    told = json.loads(sys.stdin.read())
    faults: list[str] = []

    def run(_name: str, kind: Any, make: Any) -> int:
        app = application.start("Fitting", incoming.Appearance())
        for language in LANGUAGES:
            long, right = language == "long", language == "right to left"
            words._spoken = (language, Longer() if long else gettext.NullTranslations())
            app.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
            )
            brief = incoming.read(json.dumps(padded(told) if long else told).encode(), kind)
            faults.extend(f"{language}: {fault}" for fault in _look_at(make(brief, lambda _message: None)))
        return 0

    opening.run = run  # type: ignore[assignment]
    status: int = importlib.import_module(WINDOWS[name]).main()
    print(json.dumps(faults))
    return status


def _look_at(window: Any) -> list[str]:
    window.appear()
    for _turn in range(20):
        QApplication.processEvents()
    room, place = window.screen().availableGeometry(), window.geometry()
    faults = list(cut_off(window))
    if not room.contains(place):
        faults.append(f"the window, {place.getRect()}, is larger than {room.getRect()}")
    window.hide()
    return faults


if __name__ == "__main__":
    status = main(sys.argv[1])
    sys.stdout.flush()
    os._exit(status)  # as windows themselves end
