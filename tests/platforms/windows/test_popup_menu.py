"""The menu: read back from the system, and used with keys; how it looks was judged on screenshots."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator

import pytest
from pystray._util import win32

from tests.support.taskbar import open_menu, post, user32
from tests.support.turning import turn_until
from tray_agent.platforms.windows import popup_menu
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.platforms.windows.popup_menu import _made, choose, dismiss, shown
from tray_agent.ports import Entry
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

WM_KEYDOWN, VK_DOWN, VK_RIGHT, VK_RETURN, VK_ESCAPE = 0x0100, 0x28, 0x27, 0x0D, 0x1B
BY_PLACE, SEPARATOR = 0x0400, 0x0800


def act() -> None:
    pass


MINUTES, HOUR = Entry("30 min", act), Entry("1 hour", act)
ENTRIES = (
    Entry("Start", act, default=True),
    Entry("Pause & rest", children=(MINUTES, HOUR)),
    Entry(""),
    Entry("Gentle", act, checked=False, radio=True),
    Entry("Standard", act, checked=True, radio=True),
    Entry("Start with session", act, checked=True),
    Entry("Sitting about 20 min"),
)


@pytest.fixture
def menu() -> Iterator[int]:
    menu = _made(ENTRIES, [])
    yield menu
    win32.DestroyMenu(menu)


def info(menu: int, place: int) -> win32.MENUITEMINFO:
    item = win32.MENUITEMINFO(cbSize=ctypes.sizeof(win32.MENUITEMINFO))
    item.fMask = win32.MIIM_FTYPE | win32.MIIM_STATE | win32.MIIM_ID | win32.MIIM_SUBMENU
    assert user32.GetMenuItemInfoW(ctypes.c_void_p(menu), place, True, ctypes.byref(item))
    return item


def label(menu: int, place: int) -> str:
    text = ctypes.create_unicode_buffer(200)
    user32.GetMenuStringW(ctypes.c_void_p(menu), place, text, len(text), BY_PLACE)
    return text.value


def test_each_entry_is_there_with_its_label(menu: int) -> None:
    count = user32.GetMenuItemCount(ctypes.c_void_p(menu))
    assert [label(menu, place) for place in range(count)] == [
        "Start",
        "Pause && rest",
        "",
        "Gentle",
        "Standard",
        "Start with session",
        "Sitting about 20 min",
    ]


def test_states_are_shown(menu: int) -> None:
    states = [info(menu, place).fState for place in range(len(ENTRIES))]
    checked, disabled = win32.MFS_CHECKED, win32.MFS_DISABLED
    assert states[0] == win32.MFS_DEFAULT
    assert [bool(state & checked) for state in states] == [False] * 4 + [True, True, False]
    assert [bool(state & disabled) for state in states] == [False] * 6 + [True]
    kinds = [info(menu, place).fType for place in range(len(ENTRIES))]
    assert [bool(kind & win32.MFT_RADIOCHECK) for kind in kinds] == [False] * 3 + [True, True, False, False]
    assert kinds[2] & SEPARATOR


def test_a_submenu_has_its_own_entries(menu: int) -> None:
    submenu = info(menu, 1).hSubMenu
    assert [label(submenu, place) for place in (0, 1)] == ["30 min", "1 hour"]


def test_an_ampersand_and_a_tab_are_what_they_are() -> None:
    assert shown("Pause & rest\tnow") == "Pause && rest now"


class Guest:
    """Somebody at the menu, who presses keys once it is open."""

    def __init__(self, loop: SelectorLoop, window: MessageWindow) -> None:
        self.loop, self.window = loop, window
        self.chosen: list[Entry | None] = []

    def opens(self) -> None:
        self.window.post(lambda: self.chosen.append(choose(self.window.hwnd, ENTRIES, 500, 500)))
        turn_until(self.loop, open_menu, "the menu")

    def presses(self, *keys: int) -> Entry | None:
        for key in keys:
            post(self.window.hwnd, WM_KEYDOWN, key)
        turn_until(self.loop, lambda: self.chosen, "the choice")
        return self.chosen[0]


@pytest.fixture
def guest(loop: SelectorLoop, window: MessageWindow) -> Iterator[Guest]:
    guest = Guest(loop, window)
    yield guest
    window.post(dismiss)


def test_an_entry_is_chosen_with_keys(guest: Guest) -> None:
    guest.opens()
    assert guest.presses(VK_DOWN, VK_RETURN) is ENTRIES[0]


def test_an_entry_of_a_submenu_is_chosen(guest: Guest) -> None:
    guest.opens()
    assert guest.presses(VK_DOWN, VK_DOWN, VK_RIGHT, VK_DOWN, VK_RETURN) is HOUR


def test_escape_chooses_nothing(guest: Guest) -> None:
    guest.opens()
    assert guest.presses(VK_ESCAPE) is None


def test_it_can_be_closed_from_outside_and_opened_again(guest: Guest) -> None:
    guest.opens()
    guest.window.post(dismiss)
    turn_until(guest.loop, lambda: guest.chosen == [None], "the end of the menu")
    guest.chosen.clear()
    guest.opens()
    assert guest.presses(VK_DOWN, VK_RETURN) is ENTRIES[0]


def test_calls_are_made_while_it_is_open(guest: Guest) -> None:
    guest.opens()
    made: list[int] = []
    guest.window.post(lambda: made.append(1))
    turn_until(guest.loop, lambda: made, "the call")
    assert guest.chosen == []


def test_where_the_window_may_not_come_to_the_front_a_click_elsewhere_closes_it(
    guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The click is played, since a real one would need a mouse; the look at it is real."""
    user32_of_menu = popup_menu._user32
    monkeypatch.setattr(user32_of_menu, "SetForegroundWindow", lambda _hwnd: 0)
    pressed: list[int] = []
    monkeypatch.setattr(user32_of_menu, "GetAsyncKeyState", lambda _button: pressed[-1] if pressed else 0)
    guest.opens()
    turn_until(guest.loop, lambda: not guest.chosen, "nothing yet")
    user32.SetCursorPos(5, 5)
    pressed.append(popup_menu.PRESSED)
    turn_until(guest.loop, lambda: guest.chosen == [None], "the end of the menu")
