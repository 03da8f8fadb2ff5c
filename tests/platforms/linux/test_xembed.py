"""The XEmbed tray in real panels, clicked by a real mouse, and where there is no panel or no X server."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops

from tests.support import screen
from tests.support.desktop import Desktop
from tests.support.next_descriptor import taken
from tests.support.person import Person
from tests.support.tray_hosts import PlayedPanel, TrayHost
from tests.support.turning import turn_for, turn_until
from tests.support.waiting import wait_until
from tests.support.xserver import xserver
from tray_agent.platforms.linux.xembed import XEmbedTray
from tray_agent.ports import Face, State, Unavailable
from tray_agent.shell.loop import SelectorLoop

BACK_WITHIN_S = 5.0
# A disc of one colour is found on a screenshot; the faces themselves are judged in test_icon.py.
COLOURS = {"sitting": (255, 0, 255), "prompt": (0, 255, 0), "unknown": (0, 255, 255)}

SITTING = Face("sitting", 0.5, "Sitting about 20 min")


def disc(face: Face, size: int) -> Image.Image:
    """A square of the look's colour, with a transparent edge a quarter of its side wide."""
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    edge = size // 4
    picture.paste((*COLOURS[face.look], 255), (edge, edge, size - edge, size - edge))
    return picture


class OnDisplay:
    """A tray and whatever it was told to do, on a display."""

    def __init__(self, loop: SelectorLoop, display: str) -> None:
        self.loop, self.display = loop, display
        self.did: list[str] = []
        self.states: list[State] = []
        self.tray = XEmbedTray(
            loop,
            disc,
            activated=lambda: self.did.append("activated"),
            popup=lambda x, y: self.did.append(f"menu at {x}, {y}"),
            changed=lambda: self.states.append(self.tray.health().state),
            display=display,
        )
        self.tray.show(SITTING)

    def seen(self, look: str = "sitting") -> screen.Box | None:
        picture = screen.picture(self.display)
        plain = Image.new("RGB", picture.size, COLOURS[look])
        red, green, blue = ImageChops.difference(picture, plain).split()
        furthest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        return furthest.point(lambda distance: 255 * (distance == 0)).getbbox()

    def await_seen(self, look: str = "sitting", timeout_s: float = BACK_WITHIN_S) -> screen.Box:
        found: list[screen.Box] = []

        def there() -> bool:
            found.extend(filter(None, [self.seen(look)]))
            return bool(found)

        turn_until(self.loop, there, f"the {look} icon on the screen", timeout_s)
        return found[-1]

    def await_state(self, state: State) -> None:
        turn_until(self.loop, lambda: self.tray.health().state is state, f"health {state}")


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    with Desktop(without=("dunst", "panel")) as desk:
        yield desk


@pytest.fixture
def shown(loop: SelectorLoop, desk: Desktop) -> Iterator[OnDisplay]:
    shown = OnDisplay(loop, desk.display)
    yield shown
    shown.tray.close()


@pytest.fixture(params=["trayer", "tint2"])
def host(request: pytest.FixtureRequest, desk: Desktop) -> Iterator[TrayHost]:
    with TrayHost(request.param, desk.display) as host:
        yield host


def test_a_panel_that_comes_late_gets_the_icon(shown: OnDisplay, host: TrayHost) -> None:
    assert shown.tray.health().state is State.ABSENT
    assert shown.tray.health().reason == "no panel takes X11 icons here"
    host.start()
    shown.await_seen()
    assert shown.tray.health().state is State.OK
    assert shown.tray.health().source == "xembed"
    shown.tray.show(Face("prompt", 1.0, "Time to stand up"))
    shown.await_seen("prompt")


def test_the_panel_shows_through_around_the_icon(shown: OnDisplay, host: TrayHost) -> None:
    host.start()
    left, top, right, bottom = shown.await_seen()
    reach = (right - left) // 4
    picture = screen.picture(shown.display)
    elsewhere = picture.getpixel((picture.width // 2, top))
    around = screen.colours(picture, (left - reach, top - reach, right + reach, bottom + reach))
    assert set(around) == {COLOURS["sitting"], elsewhere}
    assert elsewhere != (0, 0, 0)


def test_the_icon_fills_the_panel_and_is_square(shown: OnDisplay, host: TrayHost) -> None:
    host.start()
    shown.await_seen()
    # Panels of 40 pixels, with margins of their own; half of the picture is the coloured square.
    turn_until(shown.loop, lambda: (box := shown.seen()) and box[3] - box[1] >= 16, "the full size")
    left, top, right, bottom = shown.await_seen()
    assert abs((right - left) - (bottom - top)) <= 1


def test_real_clicks_are_told_apart(shown: OnDisplay, host: TrayHost) -> None:
    host.start()
    x, y = screen.centre(shown.await_seen())
    turn_for(shown.loop, 0.1)
    with Person(shown.display) as person:
        for button in (1, 2, 3):
            before = len(shown.did)
            person.click(x, y, button)
            turn_until(shown.loop, lambda before=before: len(shown.did) > before, "the click")  # type: ignore[misc]
    assert shown.did == ["activated", "activated", f"menu at {x}, {y}"]


def test_the_panel_is_killed_and_the_icon_is_in_the_next_one_within_5_seconds(
    shown: OnDisplay, host: TrayHost
) -> None:
    host.start()
    shown.await_seen()
    for _ in range(2):
        host.kill()
        shown.await_state(State.ABSENT)
        turn_until(shown.loop, lambda: shown.seen() is None, "nothing left on the desktop")
        began = time.monotonic()
        host.start()
        shown.await_seen()
        assert time.monotonic() - began < BACK_WITHIN_S
        assert shown.tray.health().state is State.OK


def test_xfces_panel_takes_it_too(shown: OnDisplay, desk: Desktop) -> None:
    desk.start("panel")
    try:
        x, y = screen.centre(shown.await_seen())
        with Person(shown.display) as person:
            person.click(x, y)
            turn_until(shown.loop, lambda: shown.did, "the click")
    finally:
        desk.kill("panel")
    assert shown.did == ["activated"]


def test_a_closed_tray_leaves_the_panel(shown: OnDisplay, host: TrayHost) -> None:
    host.start()
    shown.await_seen()
    shown.tray.close()
    turn_until(shown.loop, lambda: shown.seen() is None, "the icon to go")


def test_one_that_is_to_stay_out_watches_all_the_same(shown: OnDisplay, loop: SelectorLoop) -> None:
    shown.tray.set_visible(False)
    panel = PlayedPanel(loop, shown.display)
    shown.await_state(State.OFF)
    assert panel.requests == 0
    shown.tray.set_visible(True)
    shown.await_state(State.OK)
    shown.tray.set_visible(False)
    turn_until(loop, lambda: not panel.shown(), "the empty panel")
    shown.await_state(State.OFF)
    panel.leave()
    shown.await_state(State.ABSENT)


def test_what_the_panel_does_with_it_is_told(shown: OnDisplay, loop: SelectorLoop) -> None:
    panel = PlayedPanel(loop, shown.display, takes=False)
    shown.await_state(State.DEGRADED)
    assert shown.tray.health().reason == "the panel has not taken the icon yet"
    panel.leave()
    shown.await_state(State.ABSENT)
    panel = PlayedPanel(loop, shown.display)
    shown.await_state(State.OK)
    panel.hide()
    shown.await_state(State.DEGRADED)
    assert shown.tray.health().reason == "the panel keeps the icon hidden"
    panel.leave()
    assert shown.states[-1] is not State.OK
    shown.await_state(State.ABSENT)
    assert shown.states[-1] is State.ABSENT


def test_a_panel_that_takes_over_from_another_gets_the_icon(shown: OnDisplay, loop: SelectorLoop) -> None:
    first = PlayedPanel(loop, shown.display)
    turn_until(loop, first.shown, "the icon in the first panel")
    second = PlayedPanel(loop, shown.display)
    turn_until(loop, lambda: second.shown() and not first.shown(), "the icon in the second panel alone")
    first.leave()
    turn_for(loop, 0.1)
    assert shown.tray.health().state is State.OK
    second.leave()


def test_what_arrives_while_the_icon_is_painted_is_not_overlooked(
    shown: OnDisplay, loop: SelectorLoop, desk: Desktop
) -> None:
    panel = PlayedPanel(loop, shown.display)
    shown.await_seen()
    turn_for(loop, 0.1)
    panel.leave()
    wait_until(lambda: not desk.selection_owned("_NET_SYSTEM_TRAY_S0"), "the end of the panel")
    # Painting asks the server, and with its answer comes the news.
    shown.tray.show(Face("prompt", 1.0, SITTING.title))
    shown.await_state(State.ABSENT)


def test_the_server_dies_and_nothing_else(loop: SelectorLoop) -> None:
    with xserver() as server:
        shown = OnDisplay(loop, server.display)
        panel = PlayedPanel(loop, server.display)
        shown.await_state(State.OK)
        panel.leave()
        server.kill()
        shown.await_state(State.LOST)
    assert shown.tray.health().reason == "the X server closed the connection"
    assert shown.states[-1] is State.LOST
    shown.tray.show(Face("prompt", 1.0, "Time to stand up"))
    shown.tray.set_visible(False)
    shown.tray.set_visible(True)
    turn_for(loop, 0.1)
    with taken(loop, shown.tray._x.fd) as hears:
        shown.tray.close()
        assert hears()


def test_a_server_that_hangs_delays_the_loop_by_a_second_at_most(loop: SelectorLoop) -> None:
    with xserver() as server:
        shown = OnDisplay(loop, server.display)
        panel = PlayedPanel(loop, server.display)
        shown.await_state(State.OK)
        server.process.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        shown.tray.show(Face("prompt", 1.0, "Time to stand up"))
        took_s = time.monotonic() - began
        server.process.send_signal(signal.SIGCONT)
        assert took_s < 1.5
        shown.tray.show(SITTING)
        shown.await_seen()
        panel.leave()
        shown.tray.close()


def make(loop: SelectorLoop, display: str | None) -> XEmbedTray:
    return XEmbedTray(loop, disc, activated=lambda: None, popup=lambda _x, _y: None, display=display)


def test_without_a_server_it_says_so(loop: SelectorLoop) -> None:
    with pytest.raises(Unavailable, match=r"^no X server answers at :4321$"):
        make(loop, ":4321")


def test_a_screen_it_cannot_paint_on_is_refused(loop: SelectorLoop) -> None:
    with (
        xserver("-screen", "0", "800x600x16") as server,
        pytest.raises(Unavailable, match=r"^the screen has 16 bits a pixel, not 24$"),
    ):
        make(loop, server.display)


def test_the_x_server_inside_wayland_is_refused(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(Unavailable, match="XWayland"):
        make(loop, None)
