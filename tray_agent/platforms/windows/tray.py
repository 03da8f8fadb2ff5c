"""The tray on Windows: an icon that is there as soon as the taskbar is, and comes back with it.

The agent's loop owns `WindowsTray`, the window's thread the icon and the open menu.  A menu is asked for on
the loop when the person wants it, so that it is never older than that moment.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial

from tray_agent.platforms.windows.icon_handles import Draw, IconHandles, taskbar
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.platforms.windows.notify_icon import Ears, NotifyIcon
from tray_agent.platforms.windows.popup_menu import choose, dismiss
from tray_agent.ports import Entry, Face, Health, Loop, State, Timer

assert sys.platform == "win32"

APP_NAME = "Tray Agent"
SOURCE = "notify_icon"
SOONEST_S, LATEST_S = 1.0, 60.0
"""Until the next attempt when the taskbar did not take the icon; doubled each time, up to the second."""


class WindowsTray:
    """The tray port.  `menu` is asked for its entries each time it is opened, `draw` for a face as an RGBA
    picture of so many pixels; `activated` is a click, `changed` is called after each change of `health`.
    """

    def __init__(
        self,
        loop: Loop,
        window: MessageWindow,
        menu: Callable[[], Sequence[Entry]],
        draw: Draw,
        *,
        activated: Callable[[], object],
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        self._loop = loop
        self._window = window
        self._menu = menu
        self._changed = changed
        self._face = Face("unknown", 0.0, APP_NAME)
        self._closed = False
        self._taken: bool | None = None
        self._wait_s = SOONEST_S
        self._retry: Timer | None = None
        self._balloons = 0
        self._balloon_clicked: Callable[[], object] = lambda: None
        self._choosing = False
        ears = Ears(
            clicked=lambda: self._soon(activated),
            menu_wanted=lambda x, y: self._soon(lambda: self._open_menu(x, y)),
            balloon_clicked=lambda number: self._soon(lambda: self._balloon_heard(number)),
            told=lambda taken: self._soon(lambda: self._told(taken)),
        )
        self._icon = NotifyIcon(window, IconHandles(draw), self._face, ears)
        self._icon.begin()

    def show(self, face: Face) -> None:
        """Draw this face; cheap when nothing changed."""
        before, self._face = self._face, face
        if face != before and not self._closed:
            self._window.post(partial(self._icon.wear, face))

    def balloon(
        self, title: str, body: str, clicked: Callable[[], object], refused: Callable[[], object]
    ) -> None:
        """Speak in a balloon at the icon in place of the one before it, whose click is no longer heard."""
        self._balloons += 1
        self._balloon_clicked = clicked

        def speak(number: int) -> None:
            try:
                self._icon.show_balloon(number, title, body)
            except OSError:
                self._soon(lambda: refused() if number == self._balloons else None)

        self._window.post(partial(speak, self._balloons))

    def silence(self) -> None:
        """Take the balloon away; harmless when there is none."""
        self._balloons += 1
        if not self._closed:
            self._window.post(self._icon.remove_notification)

    def health(self) -> Health:
        """Whether the taskbar has the icon, or why not; one that died has told nobody."""
        if self._taken is None:
            return Health("tray", State.DEGRADED, SOURCE, "the taskbar has not taken the icon yet")
        if not taskbar():
            return Health("tray", State.ABSENT, SOURCE, "no taskbar is running")
        if self._taken:
            return Health("tray", State.OK, SOURCE)
        return Health("tray", State.DEGRADED, SOURCE, "the taskbar did not take the icon")

    def close(self) -> None:
        """Take the icon away; safe to call twice."""
        if not self._closed:
            self._closed = True
            if self._retry is not None:
                self._retry.cancel()
            self._window.post(dismiss)
            self._icon.end()

    def _soon(self, call: Callable[[], object]) -> None:
        """Make the call on the loop, unless the tray is closed by then."""
        self._loop.call_soon(lambda: None if self._closed else call())

    def _told(self, taken: bool) -> None:
        before, self._taken = self._taken, taken
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None
        if taken:
            self._wait_s = SOONEST_S
        else:
            self._retry = self._loop.call_later(self._wait_s, partial(self._window.post, self._icon.again))
            self._wait_s = min(LATEST_S, 2 * self._wait_s)
        if taken != before:
            self._changed()

    def _open_menu(self, x: int, y: int) -> None:
        entries = tuple(self._menu())
        self._window.post(lambda: self._choose(entries, x, y))

    def _choose(self, entries: tuple[Entry, ...], x: int, y: int) -> None:
        """On the window's thread, which shows one menu at a time: a second wish closes the first."""
        if self._choosing:
            dismiss()
            return
        self._choosing = True
        try:
            entry = choose(self._window.hwnd, entries, x, y)
        finally:
            self._choosing = False
        self._icon.menu_closed()
        if entry is not None and entry.action is not None:
            self._soon(entry.action)

    def _balloon_heard(self, number: int) -> None:
        if number == self._balloons:
            self._balloon_clicked()
