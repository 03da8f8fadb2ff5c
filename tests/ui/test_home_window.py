from __future__ import annotations

import msgspec
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QLabel
from Xlib import XK

from tests.support.desktop import Desktop
from tests.support.menus import ITEMS, home_brief
from tests.support.person import Person
from tests.support.screen import changed, picture
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused
from tray_agent.ui.board import Board
from tray_agent.ui.home_window import HomeBrief, HomeWindow


def window(**more: object) -> HomeWindow:
    return HomeWindow(msgspec.convert(home_brief(**more), HomeBrief), lambda _message: None)


def words(home: HomeWindow) -> list[str]:
    return [label.text() for label in home.findChildren(QLabel) if label.isVisibleTo(home)]


def buttons(home: HomeWindow) -> list[str]:
    return [tile.item.label for tile in home.findChildren(Board)[0].tiles()]


@pytest.mark.usefixtures("app")
def test_it_says_how_things_stand_once() -> None:
    home = window(hint="An extension shows the icon.")
    # The menu's own first line says the same as the headline.
    assert words(home) == ["Sitting for about 40 min", "3 breaks today", "An extension shows the icon."]
    assert home.accessibleDescription() == " ".join(words(home))
    assert words(window()) == ["Sitting for about 40 min", "3 breaks today"]


@pytest.mark.usefixtures("app")
def test_it_offers_what_the_menu_offers() -> None:
    assert buttons(window()) == ["Start now", "Skip", "Pause", "I'm standing", "Intensity", "R&D"]


@pytest.mark.usefixtures("app")
def test_a_newer_brief_takes_the_place_of_the_old() -> None:
    home = window(hint="An extension shows the icon.")
    home.told({"headline": "Standing", "lines": [], "items": [{"id": 50, "label": "Quit"}], "hint": ""})
    assert (words(home), buttons(home)) == (["Standing"], ["Quit"])


def test_the_prompts_answer_has_the_keys_at_first(app: QApplication) -> None:
    home = window()
    home.show()
    holder = home.focusWidget()
    assert holder.accessibleName() == "Start now"
    home.hide()


def at_home(desktop: Desktop, home: WindowProcess) -> None:
    home.is_ready()
    wait_until(lambda: focused(desktop.display) == "Tray Agent", "the focus")


def dropped_down(before: Image.Image, after: Image.Image) -> bool:
    """Whether more than two buttons' focus has changed."""
    box = changed(before, after)
    return box is not None and box[3] - box[1] > 180


def test_keys_choose_and_the_window_stays(desktop: Desktop, person: Person) -> None:
    with WindowProcess(desktop, "home", home_brief()) as home:
        at_home(desktop, home)
        person.press(XK.XK_Return)
        assert home.says() == {"event": "chosen", "id": 1}
        for key in (XK.XK_Tab, XK.XK_Tab, XK.XK_space, XK.XK_Down, XK.XK_Down, XK.XK_Return):
            person.press(key)
        assert home.says() == {"event": "chosen", "id": 5}
        person.press(XK.XK_Escape)
        home.ends()


def test_a_menu_that_has_dropped_down_is_not_pulled_away(desktop: Desktop, person: Person) -> None:
    with WindowProcess(desktop, "home", home_brief()) as home:
        at_home(desktop, home)
        before = picture(desktop.display)
        for key in (XK.XK_Tab, XK.XK_Tab, XK.XK_space):
            person.press(key)
        wait_until(lambda: dropped_down(before, picture(desktop.display)), "the menu")
        home.tell(home_brief(headline="Standing", items=[{"id": 30, "label": "Later"}, *ITEMS[3:]]))
        assert home.keeps_silent(0.2)
        person.press(XK.XK_Down)
        person.press(XK.XK_Return)
        assert home.says() == {"event": "chosen", "id": 4}
        person.press(XK.XK_space)  # its button has kept the keys
        person.press(XK.XK_Down)
        person.press(XK.XK_Return)
        assert home.says() == {"event": "chosen", "id": 4}


def test_it_comes_to_the_front(desktop: Desktop) -> None:
    with WindowProcess(desktop, "home", home_brief()) as home:
        at_home(desktop, home)
        with WindowProcess(desktop, "text", {"v": 1, "title": "Letter", "sections": []}) as letter:
            letter.is_ready()
            wait_until(lambda: focused(desktop.display) == "Letter", "the other window")
            home.tell({"do": "front"})
            wait_until(lambda: focused(desktop.display) == "Tray Agent", "the home page in front")
