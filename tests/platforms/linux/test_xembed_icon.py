"""pystray's icon behind the XEmbed tray, as pystray's own users would use it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from PIL import Image

from tests.support.tray_hosts import SELECTION, PlayedPanel
from tests.support.turning import turn_for, turn_until
from tests.support.xserver import XServer
from tray_agent.platforms.linux import xembed_icon
from tray_agent.platforms.linux.bare_pystray import Icon
from tray_agent.platforms.linux.xcore import CoreConnection
from tray_agent.platforms.linux.xembed_icon import XEmbedIcon
from tray_agent.ports import Face
from tray_agent.shell.loop import SelectorLoop


class Stage:
    """An icon, a panel, and the reading that `XEmbedTray` does for them."""

    def __init__(self, loop: SelectorLoop, display: str, stack: ExitStack) -> None:
        self.loop = loop
        self.drawn: list[tuple[str, int]] = []
        self.panel = PlayedPanel(loop, display)
        stack.callback(self.panel.leave)
        self.x = stack.enter_context(closing(CoreConnection(display)))
        self.host = self.x.selection_owner(self.x.atom(SELECTION))
        self.icon = XEmbedIcon(loop, self.x, self._draw, lambda *_: None, lambda: None)
        loop.watch(self.x.fd, self._read)
        stack.callback(loop.unwatch, self.x.fd)

    def appear(self) -> None:
        self.icon.run_detached(lambda icon: setattr(icon, "visible", True))
        self.icon.enter(self.host)
        self.await_icons(1)

    def await_icons(self, count: int) -> None:
        turn_until(self.loop, lambda: len(self.panel.shown()) == count, f"{count} icons in the panel")
        turn_for(self.loop, 0.05)

    def _draw(self, face: Face, size: int) -> Image.Image:
        self.drawn.append((face.look, size))
        return Image.new("RGBA", (size, size))

    def _read(self) -> None:
        for event in self.x.events():
            self.icon.heard(event)


@pytest.fixture
def stage(server: XServer) -> Iterator[Stage]:
    with ExitStack() as stack:
        loop = SelectorLoop()
        stack.callback(loop.close)
        yield Stage(loop, server.display, stack)


def test_it_is_a_pystray_icon_that_starts_no_thread(stage: Stage) -> None:
    threads = threading.active_count()
    stage.appear()
    assert isinstance(stage.icon, Icon)
    assert threading.active_count() == threads
    stage.icon.update_menu()
    stage.icon.stop()
    stage.icon.stop()
    stage.await_icons(0)
    assert not stage.icon.visible


def test_it_shows_and_hides_as_pystray_says(stage: Stage) -> None:
    stage.appear()
    for count in (0, 1):
        stage.icon.visible = bool(count)
        stage.await_icons(count)


def test_a_new_face_is_drawn_at_the_size_of_the_panel(stage: Stage) -> None:
    stage.appear()
    stage.icon.icon = Face("prompt", 1.0, "")
    assert stage.drawn[-1] == ("prompt", 24)


def test_the_panel_learns_the_title_after_it_took_the_icon(stage: Stage) -> None:
    stage.icon.title = "Sitting about 20 min"
    stage.appear()
    turn_until(stage.loop, lambda: stage.panel.text("WM_NAME") == "Sitting about 20 min", "the title")
    stage.icon.title = "Time to stand up"
    turn_until(stage.loop, lambda: stage.panel.text("WM_NAME") == "Time to stand up", "the new title")


def test_thrown_out_it_does_not_lie_about_and_comes_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xembed_icon, "RETRY_S", 0.2)
    stage.appear()
    first = stage.icon.docked
    stage.panel.eject()
    turn_until(stage.loop, lambda: stage.icon.docked is not first, "the window to be taken away")
    stage.await_icons(1)
    assert stage.panel.requests == 2


def test_there_is_one_icon_however_often_it_enters(stage: Stage) -> None:
    stage.appear()
    stage.icon.enter(stage.host)
    stage.icon.enter(stage.host)
    turn_until(stage.loop, lambda: stage.panel.requests == 3, "the requests")
    stage.await_icons(1)


def test_with_the_server_gone_it_asks_no_more(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xembed_icon, "RETRY_S", 0.05)
    stage.appear()
    stage.loop.unwatch(stage.x.fd)
    stage.x.close()
    stage.icon.forget()
    stage.icon.icon = Face("prompt", 1.0, "")
    stage.icon.visible = False
    stage.icon.visible = True
    turn_for(stage.loop, 0.2)
    assert stage.icon.docked is None
    assert stage.panel.requests == 1
