"""The real popup on a real X server, opened by a process that has not got the focus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from Xlib import XK, X

from tests.support.desktop import Desktop
from tests.support.menus import ARABIC, ITEMS, menu_brief
from tests.support.person import Person
from tests.support.screen import Box, centre, changed, picture
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused


class Popup(WindowProcess):
    """A popup's process."""

    def __init__(self, desktop: Desktop, told: dict[str, object], **env: str) -> None:
        super().__init__(desktop, "menu", told, **env)


@pytest.fixture
def at_work(desktop: Desktop) -> Iterator[WindowProcess]:
    """Another window, with the focus."""
    with WindowProcess(desktop, "text", {"v": 1, "title": "Letter", "sections": []}) as window:
        window.is_ready()
        wait_until(lambda: focused(desktop.display) == "Letter", "the focus")
        yield window


def on_screen(desktop: Desktop, told: dict[str, object], person: Person, **env: str) -> Box:
    """Where the menu was on the screen."""
    before = picture(desktop.display)
    with Popup(desktop, told, **env) as popup:
        popup.is_ready()
        box = wait_until(lambda: changed(before, picture(desktop.display)), "the menu on the screen")
        assert box is not None
        person.press(XK.XK_Escape)
        popup.ends()
    return box


def test_arrows_and_enter_choose_though_another_window_has_the_focus(
    desktop: Desktop, person: Person, at_work: WindowProcess
) -> None:
    with Popup(desktop, menu_brief()) as popup:
        popup.is_ready()
        for key in (XK.XK_Down, XK.XK_Down, XK.XK_Down, XK.XK_Right, XK.XK_Down, XK.XK_Return):
            person.press(key)
        assert popup.says() == {"event": "chosen", "id": 5}
        popup.ends()
    assert focused(desktop.display) == "Letter"
    assert at_work.keeps_silent(0.1)


def test_escape_closes_it_and_not_what_has_the_focus(
    desktop: Desktop, person: Person, at_work: WindowProcess
) -> None:
    with Popup(desktop, menu_brief()) as popup:
        popup.is_ready()
        person.press(XK.XK_Escape)
        popup.ends()
    assert at_work.keeps_silent(0.2)


def test_a_click_beside_it_closes_it(desktop: Desktop, person: Person) -> None:
    with Popup(desktop, menu_brief()) as popup:
        popup.is_ready()
        person.click(50, 700)
        popup.ends()


def test_a_click_chooses(desktop: Desktop, person: Person) -> None:
    before = picture(desktop.display)
    with Popup(desktop, menu_brief(items=[{"id": 4, "label": "Quit"}])) as popup:
        popup.is_ready()
        box = wait_until(lambda: changed(before, picture(desktop.display)), "the menu")
        assert box is not None
        person.click(*centre(box))
        assert popup.says() == {"event": "chosen", "id": 4}
        popup.ends()


def test_it_has_the_keys_as_soon_as_the_button_that_opened_it_is_let_go(
    desktop: Desktop, person: Person, at_work: WindowProcess
) -> None:
    # A pressed button belongs to the window under it until it is released: nobody else can grab it.
    person.move(640, 400)
    person._fake(X.ButtonPress, 1)
    with Popup(desktop, menu_brief(x=640, y=400)) as popup:
        popup.is_ready()
        person._fake(X.ButtonRelease, 1)
        assert popup.keeps_silent(0.2), "the release must not choose"
        person.click(50, 700)
        popup.ends()


@pytest.mark.parametrize("scale", ["1", "2"])
@pytest.mark.parametrize("at", [(0, 0), (1279, 0), (0, 799), (1279, 799)])
def test_it_stays_on_the_screen_in_every_corner(
    desktop: Desktop, person: Person, at: tuple[int, int], scale: str
) -> None:
    left, top, right, bottom = on_screen(desktop, menu_brief(*at), person, QT_SCALE_FACTOR=scale)
    assert min(abs(left - at[0]), abs(right - 1 - at[0])) <= 2
    assert min(abs(top - at[1]), abs(bottom - 1 - at[1])) <= 2


def test_it_opens_where_it_was_asked_for_at_double_size(desktop: Desktop, person: Person) -> None:
    left, top, right, bottom = on_screen(desktop, menu_brief(300, 200), person, QT_SCALE_FACTOR="2")
    assert (left, top) == (300, 200)
    plain = on_screen(desktop, menu_brief(300, 200), person)
    assert right - left > 1.7 * (plain[2] - plain[0])
    assert bottom - top > 1.7 * (plain[3] - plain[1])


def test_an_arabic_menu_opens_its_submenus_to_the_left(desktop: Desktop, person: Person) -> None:
    with Popup(desktop, menu_brief(600, 100, items=ARABIC)) as popup:
        popup.is_ready()
        for key in (XK.XK_Down, XK.XK_Down, XK.XK_Left, XK.XK_Return):
            person.press(key)
        assert popup.says() == {"event": "chosen", "id": 3}
        popup.ends()


def test_what_only_informs_cannot_be_chosen(desktop: Desktop, person: Person) -> None:
    with Popup(desktop, menu_brief(items=ITEMS[:1])) as popup:
        popup.is_ready()
        person.press(XK.XK_Down)
        person.press(XK.XK_Return)
        assert popup.keeps_silent(0.3)
