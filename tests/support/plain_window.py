"""A window of some other program: it has the keys, and should keep them."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from Xlib import X, Xatom
from Xlib.display import Display

from tests.support.waiting import wait_until
from tests.support.window_process import focused


class PlainWindow:
    """Managed, empty and focused from the beginning of the `with`; `fullscreen`: as slides are shown."""

    def __init__(self, display: str, title: str = "Letter", *, fullscreen: bool = False) -> None:
        self.title = title
        self._fullscreen = fullscreen
        self._name = display
        self._display = Display(display)

    def __enter__(self) -> Self:
        root = self._display.screen().root
        window = root.create_window(10, 40, 200, 150, 0, X.CopyFromParent)
        utf8, name = (self._display.intern_atom(each) for each in ("UTF8_STRING", "_NET_WM_NAME"))
        window.change_property(name, utf8, 8, self.title.encode())
        if self._fullscreen:
            state, full = map(self._display.intern_atom, ("_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN"))
            window.change_property(state, Xatom.ATOM, 32, [full])
        window.map()
        self._display.flush()
        wait_until(self.has_the_keys, f"{self.title} to have the keys")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._display.close()

    def has_the_keys(self) -> bool:
        """Whether what is typed goes there."""
        return focused(self._name) == self.title
