"""The icon's window in a panel that does as the test says; real panels are in test_xembed.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from PIL import Image
from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

from tests.support import screen
from tests.support.person import Person
from tests.support.tray_hosts import SELECTION, PlayedPanel
from tests.support.turning import turn_for, turn_until
from tests.support.xserver import XServer
from tray_agent.platforms.linux.xcore import CoreConnection
from tray_agent.platforms.linux.xembed_window import LARGEST_SIZE, DockedWindow
from tray_agent.shell.loop import SelectorLoop

LEFT, TOP = PlayedPanel.PLACE
RED, HALF = (255, 0, 0, 255), (255, 255, 255, 128)


def spot(size: int) -> Image.Image:
    """Nothing at the edge, red in the middle, half white between."""
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    picture.paste(HALF, (size // 4, size // 4, size - size // 4, size - size // 4))
    picture.paste(RED, (size // 2 - 2, size // 2 - 2, size // 2 + 2, size // 2 + 2))
    return picture


class Stage:
    """A window of ours, the panel it asks, and a loop that turns both."""

    def __init__(self, loop: SelectorLoop, display: str, stack: ExitStack) -> None:
        self.loop, self.display, self._stack = loop, display, stack
        self.clicks: list[tuple[int, int, int]] = []
        self.changes = 0

    def dock(self, *, size: int = 24, alpha: bool = False, takes: bool = True) -> None:
        self.panel = PlayedPanel(self.loop, self.display, size=size, alpha=alpha, takes=takes)
        self._stack.callback(self.panel.leave)
        self.x = self._stack.enter_context(closing(CoreConnection(self.display)))
        host = self.x.selection_owner(self.x.atom(SELECTION))
        self.window = DockedWindow(self.x, host, spot, self._clicked, self._changed)
        self.loop.watch(self.x.fd, self._read)
        self._stack.callback(self.loop.unwatch, self.x.fd)
        if takes:
            turn_until(self.loop, lambda: self.window.taken and self.window.seen, "being taken")
            self.settle()

    def settle(self) -> None:
        turn_for(self.loop, 0.06)

    def pixel(self, x: int, y: int) -> object:
        return screen.picture(self.display).getpixel((LEFT + x, TOP + y))

    def _clicked(self, button: int, x: int, y: int) -> None:
        self.clicks.append((button, x, y))

    def _changed(self) -> None:
        self.changes += 1

    def _read(self) -> None:
        for event in self.x.events():
            self.window.heard(event)


@pytest.fixture
def stage(server: XServer) -> Iterator[Stage]:
    with ExitStack() as stack:
        loop = SelectorLoop()
        stack.callback(loop.close)
        yield Stage(loop, server.display, stack)


def test_it_asks_to_be_docked_and_introduces_itself(stage: Stage) -> None:
    stage.dock()
    assert len(stage.panel.icons) == 1
    assert stage.panel.numbers("_XEMBED_INFO") == [0, 1]
    assert stage.panel.text("WM_CLASS") == "tray-agent\0Tray Agent\0"
    assert (stage.panel.text("WM_NAME"), stage.panel.text("_NET_WM_NAME")) == ("Tray Agent", "Tray Agent")


def test_a_title_may_be_in_any_script(stage: Stage) -> None:
    stage.dock()
    stage.window.name("Säße “20” 分")
    stage.x.selection_owner(1)
    assert stage.panel.text("_NET_WM_NAME") == "Säße “20” 分"
    assert stage.panel.text("WM_NAME", "latin-1") == "Säße ?20? ?"


def test_the_panel_shows_through_where_the_picture_is_transparent(stage: Stage) -> None:
    stage.dock()
    assert stage.pixel(0, 0) == PlayedPanel.COLOUR
    assert stage.pixel(23, 23) == PlayedPanel.COLOUR
    assert stage.pixel(12, 12) == RED[:3]
    half = [round((255 * 128 + of * 127) / 255) for of in PlayedPanel.COLOUR]
    seen = stage.pixel(7, 7)
    assert isinstance(seen, tuple)
    assert all(abs(a - b) <= 1 for a, b in zip(seen, half, strict=True)), seen


def test_painting_again_does_not_thicken_what_shows_through(stage: Stage) -> None:
    stage.dock()
    before = stage.pixel(7, 7)
    for _ in range(5):
        stage.window.paint()
    stage.settle()
    assert stage.pixel(7, 7) == before


def test_a_panel_that_blends_gets_the_alpha(stage: Stage) -> None:
    stage.dock(alpha=True)
    icon = stage.panel.icons[-1]
    assert icon.get_geometry().depth == 32
    picture = icon.get_image(0, 0, 24, 24, X.ZPixmap, 0xFFFFFFFF).data
    pixels = {at: tuple(picture[4 * (24 * at + at) :][:4]) for at in (0, 7, 12)}
    assert pixels == {0: (0, 0, 0, 0), 7: (128, 128, 128, 128), 12: (0, 0, 255, 255)}, "premultiplied BGRA"


def test_it_is_drawn_anew_at_each_size_square_and_in_the_middle(stage: Stage) -> None:
    stage.dock(size=64)
    stage.panel.resize(64, 40)
    stage.settle()
    assert stage.pixel(32, 20) == RED[:3]
    assert stage.pixel(13, 3) == PlayedPanel.COLOUR
    assert stage.pixel(12 + 12, 12) != PlayedPanel.COLOUR, "the picture is 40 pixels large, not 24"


def test_a_panel_that_fixes_one_side_is_asked_for_as_much_on_the_other(stage: Stage) -> None:
    stage.dock()
    stage.panel.resize(22, 48)
    stage.settle()
    assert stage.panel.numbers("WM_NORMAL_HINTS")[5:7] == [48, 48]
    stage.panel.resize(22, LARGEST_SIZE + 1)
    stage.settle()
    assert stage.panel.numbers("WM_NORMAL_HINTS")[5:7] == [48, 48]


@pytest.mark.parametrize("button", [1, 2, 3])
def test_a_pressed_button_is_told_with_its_place_on_the_screen(stage: Stage, button: int) -> None:
    stage.dock()
    with Person(stage.display) as person:
        person.click(LEFT + 5, TOP + 9, button)
    turn_until(stage.loop, lambda: stage.clicks, "the click")
    assert stage.clicks == [(button, LEFT + 5, TOP + 9)]


def test_scrolling_is_no_click(stage: Stage) -> None:
    stage.dock()
    with Person(stage.display) as person:
        person.click(LEFT + 5, TOP + 9, 4)
    turn_for(stage.loop, 0.1)
    assert stage.clicks == []


def test_a_menu_can_take_the_pointer_while_the_button_is_down(stage: Stage) -> None:
    stage.dock()
    with closing(Display(stage.display)) as other:
        xtest.fake_input(other, X.MotionNotify, x=LEFT + 5, y=TOP + 5)
        xtest.fake_input(other, X.ButtonPress, 3)
        other.sync()
        turn_until(stage.loop, lambda: stage.clicks, "the click")
        stage.x.selection_owner(1)
        taken = other.screen().root.grab_pointer(
            False, 0, X.GrabModeAsync, X.GrabModeAsync, X.NONE, X.NONE, X.CurrentTime
        )
        xtest.fake_input(other, X.ButtonRelease, 3)
        other.sync()
    assert taken == X.GrabSuccess


def test_not_being_taken_hidden_and_thrown_out_are_told(stage: Stage) -> None:
    stage.dock(takes=False)
    turn_until(stage.loop, lambda: stage.panel.requests, "the request")
    assert not stage.window.taken
    assert stage.changes == 0
    stage.panel.leave()

    stage.dock()
    stage.panel.hide()
    turn_until(stage.loop, lambda: not stage.window.seen, "being hidden")
    assert stage.window.taken
    before = stage.changes
    stage.panel.eject()
    turn_until(stage.loop, lambda: stage.window.gone, "being thrown out")
    assert stage.changes > before


def test_it_is_gone_with_its_panel(stage: Stage) -> None:
    stage.dock()
    stage.panel.leave()
    turn_until(stage.loop, lambda: stage.window.gone, "the end")


def test_closing_takes_it_out_of_the_panel(stage: Stage) -> None:
    stage.dock(alpha=True)
    assert stage.panel.shown()
    stage.window.close()
    turn_until(stage.loop, lambda: not stage.panel.shown(), "the empty panel")
