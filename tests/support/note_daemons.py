"""Notification services as people have them: real ones, looked at and clicked on a virtual desktop.

Where a button is on the screen is found by looking for its dark letters, as the eye does; each
service draws, closes and counts its notes in a way of its own.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from jeepney import message_bus
from PIL import Image
from Xlib import X
from Xlib.display import Display
from Xlib.error import BadDrawable, BadMatch, BadWindow

from tests.support.desktop import NOTES, Desktop
from tests.support.person import Person
from tests.support.screen import Box
from tests.support.waiting import wait_until

RIGHT_OF_THE_ICON, ROUND_CORNERS = 76, 16
LEAST_WIDTH = 100
BETWEEN_LINES, BETWEEN_BUTTONS = 6, 14
DARK = 110


@dataclass(frozen=True, slots=True)
class Service:
    """A program that shows notes.

    `draws` tells whether it draws buttons; `cross` where its notes are closed, right of and below
    their corner or, if negative, left of their right edge; `body` what a click on the words answers.
    """

    name: str
    command: tuple[str, ...]
    draws: bool
    cross: tuple[int, int] = (0, 0)
    body: str = "default"


XFCE = Service(
    "xfce4-notifyd",
    ("/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd",),
    draws=True,
    cross=(100, 20),
    body="dismiss",
)
MATE = Service(
    "mate-notification-daemon",
    ("/usr/lib/mate-notification-daemon/mate-notification-daemon", "--replace"),
    draws=True,
    cross=(-32, 27),
)
GNOME = Service(
    "notification-daemon",
    ("/usr/lib/notification-daemon/notification-daemon",),
    draws=True,
    cross=(-32, 27),
)
OSD = Service("notify-osd", ("/usr/lib/x86_64-linux-gnu/notify-osd",), draws=False)


class NoteDaemon:
    """One such service running on `desktop`, for as long as the `with` lasts."""

    def __init__(self, desktop: Desktop, service: Service) -> None:
        self.service = service
        self._desktop = desktop
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except TimeoutError:
            self.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Start it and wait until it is the one that shows notes."""
        with (self._desktop.folder / "log" / self.service.name).open("ab") as log:
            self._process = subprocess.Popen(
                self.service.command,
                env=self._desktop.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self._is_the_one, f"{self.service.name} to come up")

    def kill(self) -> None:
        """End it without warning; harmless when it has ended."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(10)

    def notes(self) -> list[Box]:
        """Where its notes are on the screen: left, top, right, bottom."""
        return [box for box, _picture in notes_of(self._desktop.display, self.service.name)]

    def picture(self) -> Image.Image:
        """Its only note, as it is drawn."""
        ((_box, picture),) = notes_of(self._desktop.display, self.service.name)
        return picture

    def buttons(self) -> list[tuple[int, int]]:
        """Where to click on the screen for each button of its only note, from left to right."""
        (left, top, _right, _bottom), *_more = self.notes()
        return [(left + x, top + y) for x, y in _words_in_the_last_line(self.picture())]

    def press(self, number: int, of: int) -> None:
        """Click the button of this number once all are drawn."""
        wait_until(lambda: self.notes() and len(self.buttons()) == of, f"{of} buttons on the screen")
        self._click(*self.buttons()[number])

    def click_the_words(self) -> None:
        """Click into the middle of the note, beside its buttons."""
        left, top, *_ = self._one()
        self._click(left + 100, top + 20)

    def close_the_note(self) -> None:
        """Do with the mouse what closes a note here."""
        left, top, right, _bottom = self._one()
        x, y = self.service.cross
        self._click((left if x >= 0 else right) + x, top + y)

    def _one(self) -> Box:
        wait_until(lambda: len(self.notes()) == 1, "the note to be on the screen")
        return self.notes()[0]

    def _click(self, x: int, y: int) -> None:
        with Person(self._desktop.display) as person:
            # Some buttons only take a click that was preceded by the pointer.
            person.move(x - 3, y)
            person.click(x, y)

    @property
    def _pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _is_the_one(self) -> bool:
        name = NOTES.bus_name
        if not self._desktop.name_owned(name):
            return False
        return bool(self._desktop.call(message_bus.GetConnectionUnixProcessID(name))[0] == self._pid)


def notes_of(display: str, name: str) -> list[tuple[Box, Image.Image]]:
    """The viewable windows of a program that are large enough to be notes, each with its picture."""
    with closing(Display(display)) as connection:
        found = []
        for window in connection.screen().root.query_tree().children:
            try:
                if (seen := _note(window, name)) is not None:
                    found.append(seen)
            except (BadWindow, BadDrawable, BadMatch):
                continue  # it was closed while we looked
        return found


def _note(window: Any, name: str) -> tuple[Box, Image.Image] | None:
    if window.get_attributes().map_state != X.IsViewable or (window.get_wm_class() or ("",))[0] != name:
        return None
    at = window.get_geometry()
    if at.width < LEAST_WIDTH:
        return None
    raw = window.get_image(0, 0, at.width, at.height, X.ZPixmap, 0xFFFFFFFF)
    picture = Image.frombytes("RGB", (at.width, at.height), raw.data, "raw", "BGRX")
    return (at.x, at.y, at.x + at.width, at.y + at.height), picture


def _words_in_the_last_line(picture: Image.Image) -> list[tuple[int, int]]:
    """The middles of the dark words in the lowest line of text, those close together taken as one."""
    width, height = picture.size
    grey = picture.convert("L").crop((RIGHT_OF_THE_ICON, 0, width - ROUND_CORNERS, height - ROUND_CORNERS))
    dark = grey.point(lambda level: 255 * (level < DARK))
    rows = [y for y in range(dark.height) if dark.crop((0, y, dark.width, y + 1)).getbbox()]
    *_, (top, bottom) = _runs(rows, BETWEEN_LINES)
    line = dark.crop((0, top, dark.width, bottom + 1))
    columns = [x for x in range(line.width) if line.crop((x, 0, x + 1, line.height)).getbbox()]
    y = (top + bottom) // 2
    return [(RIGHT_OF_THE_ICON + (a + b) // 2, y) for a, b in _runs(columns, BETWEEN_BUTTONS)]


def _runs(numbers: Iterable[int], gap: int) -> Iterator[tuple[int, int]]:
    """First and last of each run of growing numbers with no gap as large as this between them."""
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = number
        elif number - last >= gap:
            yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last
