"""The menu as a window of its own: on a real screen, chosen from by a real keyboard."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest
from Xlib import XK

from tests.support.person import Person
from tests.support.screen import changed, picture
from tests.support.turning import turn_until
from tests.support.xserver import xserver
from tray_agent.ports import Entry
from tray_agent.shell.child_windows import ChildWindows
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.menu_windows import MenuWindows


def test_the_real_popup_does_what_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    with closing(SelectorLoop()) as loop, xserver() as server, Person(server.display) as person:
        monkeypatch.setenv("DISPLAY", server.display)
        menus = MenuWindows(ChildWindows(loop), lambda: (Entry("Quit", lambda: done.append("quit")),))
        before = picture(server.display)
        menus.popup(100, 100, done.append)
        turn_until(loop, lambda: done or changed(before, picture(server.display)), "the menu", 15)
        person.press(XK.XK_Down)
        person.press(XK.XK_Return)
        turn_until(loop, lambda: done, "the choice")
        assert done == ["quit"]
        turn_until(loop, lambda: changed(before, picture(server.display)) is None, "the menu to be gone")
        turn_until(loop, lambda: not any("window" in t.name for t in threading.enumerate()), "its end")
