"""Windows of other programs on a managed X screen: large ones, hidden ones, odd ones."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from Xlib import X, Xatom, Xutil
from Xlib.display import Display
from Xlib.error import BadWindow
from Xlib.protocol.event import ClientMessage

from tests.support.waiting import wait_until

LEFT, RIGHT = (0, 0, 400, 600), (400, 0, 400, 600)
"""The two halves of the virtual screen, for tests with two monitors."""

ADD, REMOVE = 1, 0
EVERY_DESKTOP = 0xFFFFFFFF


@contextmanager
def window_manager(display: str) -> Iterator[subprocess.Popen[bytes]]:
    """A real openbox that manages the screen inside `with`."""
    env = {**os.environ, "DISPLAY": display}
    with Screen(display) as screen:
        signs = screen.forget("_NET_CURRENT_DESKTOP", "_NET_SUPPORTING_WM_CHECK")
        process = subprocess.Popen(
            ["openbox", "--sm-disable"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: all(screen.said(None, sign) for sign in signs), "openbox to manage the screen")
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


@contextmanager
def child(display: str, *command: str) -> Iterator[int]:
    """A program that this process has started, as the agent does its windows; its number."""
    process = subprocess.Popen(command, env={**os.environ, "DISPLAY": display})
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait(10)


@contextmanager
def stranger(display: str, *command: str) -> Iterator[None]:
    """A program that is no child of this process, as other people's are not."""
    env = {**os.environ, "DISPLAY": display}
    parent = subprocess.Popen(
        ["sh", "-c", '"$@" & trap "kill $!" TERM; wait', "sh", *command],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        parent.terminate()
        parent.wait(10)


class Screen:
    """What another client sees and does on an X screen; its windows go with it."""

    def __init__(self, display: str) -> None:
        self._x = Display(display)
        self._root = self._x.screen().root

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._x.close()

    def open(
        self,
        *states: str,
        place: tuple[int, int, int, int] = (50, 50, 200, 150),
        kind: str = "NORMAL",
        frame: bool = True,
        managed: bool = True,
        pid: int | None = None,
        desktop: int = 0,
    ) -> Any:
        """A window in these states, such as FULLSCREEN, once it is on the screen."""
        x, y, width, height = place
        window = self._root.create_window(
            x, y, width, height, 0, X.CopyFromParent, override_redirect=not managed
        )
        window.set_wm_normal_hints(flags=Xutil.USPosition | Xutil.USSize)
        self._write(window, "_NET_WM_WINDOW_TYPE", Xatom.ATOM, [self._atom(f"_NET_WM_WINDOW_TYPE_{kind}")])
        self._write(window, "_NET_WM_DESKTOP", Xatom.CARDINAL, [desktop])
        if states:
            self._write(window, "_NET_WM_STATE", Xatom.ATOM, [self._state(each) for each in states])
        if not frame:
            self._write(window, "_MOTIF_WM_HINTS", self._atom("_MOTIF_WM_HINTS"), [2, 0, 0, 0, 0])
        if pid is not None:
            self._write(window, "_NET_WM_PID", Xatom.CARDINAL, [pid])
        self._map(window)
        if managed:
            self.has(window, *states)
        return window

    def _map(self, window: Any) -> None:
        """Until it is on the screen: openbox now and then forgets a wish it hears as it begins."""
        tries = 10
        for left in reversed(range(tries)):
            window.map()
            self._x.sync()
            try:
                wait_until(lambda: self.viewable(window), "the window to be on the screen", 30 / tries)
            except TimeoutError:
                if not left:
                    raise
            else:
                return

    def forget(self, *names: str) -> tuple[str, ...]:
        """Wipe what an earlier window manager has left on the root; the names."""
        for name in names:
            self._root.delete_property(self._atom(name))
        self._x.sync()
        return names

    def activate(self, window: Any) -> None:
        """Raise it and give it the keys."""
        self._ask(window, "_NET_ACTIVE_WINDOW", 2, X.CurrentTime)
        wait_until(lambda: self.active() == window.id, "the window to be active")

    def turn(self, window: Any, state: str, *, on: bool = True) -> None:
        """Put a window into a state or out of it."""
        self._ask(window, "_NET_WM_STATE", ADD if on else REMOVE, self._state(state))
        wait_until(lambda: (self._state(state) in self.said(window, "_NET_WM_STATE")) == on, f"{state}: {on}")

    def has(self, window: Any, *states: str) -> None:
        """Wait until the window manager lists it, in these states."""
        wanted = {self._state(each) for each in states}
        wait_until(lambda: wanted <= {*self.said(window, "_NET_WM_STATE")}, f"{states}")
        wait_until(lambda: window.id in self.stacked(), "the window to be listed")

    def minimise(self, window: Any) -> None:
        """Put it out of sight."""
        self._ask(window, "WM_CHANGE_STATE", Xutil.IconicState)
        wait_until(lambda: not self.viewable(window), "the window to be out of sight")

    def close(self, window: Any) -> None:
        """Take it away."""
        window.destroy()
        self._x.sync()
        wait_until(lambda: window.id not in self.stacked(), "the window to be gone")

    def show_desktop(self, number: int) -> None:
        """Go to another desktop."""
        self._ask(self._root, "_NET_CURRENT_DESKTOP", number)
        wait_until(lambda: self.said(None, "_NET_CURRENT_DESKTOP") == [number], f"desktop {number}")

    def focus(self, window: Any) -> None:
        """Give it the keys without asking the window manager."""

        def focused() -> bool:
            window.set_input_focus(X.RevertToPointerRoot, X.CurrentTime)
            return bool(self._x.get_input_focus().focus == window)

        wait_until(focused, "the keys to be its own")

    def rename(self, window: Any, title: str) -> None:
        """Give it another title, as terminals and browsers do all the time."""
        self._write(window, "_NET_WM_NAME", self._atom("UTF8_STRING"), title.encode(), 8)
        self._x.sync()

    def resize(self, window: Any, width: int, height: int) -> None:
        """Make it larger or smaller."""
        window.configure(width=width, height=height)
        self._x.sync()

    def active(self) -> int:
        """The number of the active window, 0 for none."""
        return next(iter(self.said(None, "_NET_ACTIVE_WINDOW")), 0)

    def stacked(self) -> Collection[int]:
        """The windows that are managed, from the lowest to the highest."""
        return self.said(None, "_NET_CLIENT_LIST_STACKING")

    def viewable(self, window: Any) -> bool:
        """Whether it is mapped, and all it lies in."""
        return bool(window.get_attributes().map_state == X.IsViewable)

    def said(self, window: Any, name: str) -> Sequence[int]:
        """A property made of numbers, of the root for None."""
        try:
            found = (window or self._root).get_full_property(self._atom(name), X.AnyPropertyType)
        except BadWindow:
            return []
        return list(found.value) if found else []

    def _ask(self, window: Any, what: str, *numbers: int) -> None:
        data = (32, [*numbers, 0, 0, 0, 0, 0][:5])
        message = ClientMessage(window=window, client_type=self._atom(what), data=data)
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        self._root.send_event(message, event_mask=mask)
        self._x.sync()

    def _write(self, window: Any, name: str, kind: int, value: Any, bits: int = 32) -> None:
        window.change_property(self._atom(name), kind, bits, value)

    def _state(self, name: str) -> int:
        return self._atom(f"_NET_WM_STATE_{name}")

    def _atom(self, name: str) -> int:
        return int(self._x.intern_atom(name))
