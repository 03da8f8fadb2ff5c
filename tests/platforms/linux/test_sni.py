"""The tray icon: in a real panel, clicked by a real mouse, and on a bus of its own for the finer points."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import DBusAddress, MatchRule
from PIL import Image, ImageChops
from Xlib import XK

from tests.support import screen
from tests.support.desktop import Desktop
from tests.support.peers import Watcher
from tests.support.person import Person
from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux import sni
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.messages import method
from tray_agent.platforms.linux.sni import SniTray
from tray_agent.ports import Entry, Face, State
from tray_agent.shell import faces
from tray_agent.shell.icon import draw
from tray_agent.shell.loop import SelectorLoop

ITEM = "org.kde.StatusNotifierItem"
SITTING = Face("sitting", 0.5, "Sitting about 20 min")
PROMPT = Face("prompt", 1.0, "Time to stand up")
# A patch of one colour is found on a screenshot; the faces themselves are judged in test_icon.py.
PATCHES = {"sitting": (255, 0, 255), "prompt": (0, 255, 0), "paused": (0, 0, 255)}


def patch(face: Face, size: int) -> Image.Image:
    return Image.new("RGBA", (size, size), (*PATCHES[face.look], 255))


class Stage:
    """A tray on a private bus, and somebody who looks at it."""

    def __init__(self, loop: SelectorLoop, address: str, desktop: str = "XFCE") -> None:
        self.loop = loop
        self.did: list[str] = []
        self.tokens: list[str] = []
        self.entries: tuple[Entry, ...] = (Entry("Pause", lambda: self.did.append("pause")),)
        self.ours, self.theirs = Bus(loop, address), Bus(loop, address)
        self.watcher = Watcher(self.theirs)
        self.tray = SniTray(
            loop, self.ours, lambda: self.entries, draw, token=self.tokens.append, desktop=desktop
        )
        self.heard: list[str] = []
        self.theirs.match(
            MatchRule(type="signal", interface=ITEM),
            lambda message: self.heard.append(message.header.fields[3]),
        )
        turn_until(loop, lambda: self.watcher.items, "the registration")
        self.item = DBusAddress("/StatusNotifierItem", self.watcher.items[0], ITEM)

    def ask(self, address: DBusAddress, member: str, signature: str = "", *body: Any) -> Any:
        answers: list[Any] = []
        self.theirs.call(method(address, member, signature, *body), answers.append, answers.append)
        turn_until(self.loop, lambda: answers, f"the answer to {member}")
        return answers[0]

    def read(self, name: str) -> Any:
        properties = self.item.with_interface("org.freedesktop.DBus.Properties")
        return self.ask(properties, "Get", "ss", ITEM, name)[0][1]

    def introspection(self) -> str:
        return str(self.ask(self.item.with_interface("org.freedesktop.DBus.Introspectable"), "Introspect")[0])

    def close(self) -> None:
        self.tray.close()
        self.ours.close()
        self.theirs.close()


@pytest.fixture
def stage(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Stage]:
    stage = Stage(loop, daemon.address)
    yield stage
    stage.close()


def test_the_item_tells_everything_a_panel_asks_for(stage: Stage) -> None:
    stage.tray.show(SITTING)
    assert stage.read("Id") == "org.trayagent.TrayAgent"
    assert stage.read("Title") == "Tray Agent"
    assert stage.read("Category") == "ApplicationStatus"
    assert stage.read("Menu") == "/MenuBar"
    assert stage.read("ItemIsMenu") is False
    assert stage.read("IconAccessibleDesc") == "Sitting about 20 min"
    assert stage.read("ToolTip") == ("", [], "Sitting about 20 min", "")
    sizes = [(width, height, len(data)) for width, height, data in stage.read("IconPixmap")]
    assert sizes == [(size, size, 4 * size * size) for size in (22, 32, 48, 64)]


def test_pixels_travel_with_alpha_first(stage: Stage) -> None:
    stage.tray.show(PROMPT)
    width, _, data = stage.read("IconPixmap")[0]
    middle = 4 * (width * 3 + width // 2)
    expected = draw(PROMPT, width).getpixel((width // 2, 3))
    assert isinstance(expected, tuple)
    red, green, blue, alpha = expected
    assert struct.unpack("4B", data[middle : middle + 4]) == (alpha, red, green, blue)


def test_a_prompt_asks_for_attention_until_it_is_over(stage: Stage) -> None:
    stage.tray.show(SITTING)
    assert stage.read("Status") == "Active"
    stage.tray.show(PROMPT)
    assert stage.read("Status") == "NeedsAttention"
    assert stage.read("AttentionIconPixmap") == stage.read("IconPixmap")
    stage.tray.show(SITTING)
    assert stage.read("Status") == "Active"


def test_only_what_changed_is_signalled(stage: Stage) -> None:
    stage.tray.show(SITTING)
    stage.read("Id")
    stage.heard.clear()
    stage.tray.show(SITTING)
    stage.read("Id")
    assert stage.heard == []
    stage.tray.show(Face("sitting", 0.5, "Sitting about 21 min"))
    stage.read("Id")
    assert stage.heard == ["NewToolTip"]
    stage.tray.show(PROMPT)
    stage.read("Id")
    assert stage.heard == ["NewToolTip", "NewIcon", "NewAttentionIcon", "NewStatus", "NewToolTip"]


def test_a_click_does_the_default_entry(stage: Stage) -> None:
    stage.entries = (*stage.entries, Entry("Today", lambda: stage.did.append("today"), default=True))
    stage.ask(stage.item, "Activate", "ii", 0, 0)
    turn_until(stage.loop, lambda: stage.did, "the action")
    assert stage.did == ["today"]


def test_actions_of_every_shape_are_called_with_nothing(stage: Stage) -> None:
    def act(what: str = "defaulted") -> None:
        stage.did.append(what)

    stage.entries = (Entry("Act", act, default=True),)
    stage.ask(stage.item, "SecondaryActivate", "ii", 0, 0)
    turn_until(stage.loop, lambda: stage.did, "the action")
    assert stage.did == ["defaulted"]


def test_a_panel_may_scroll_and_ask_for_the_menu_itself(stage: Stage) -> None:
    assert stage.ask(stage.item, "Scroll", "is", 1, "vertical") == ()
    assert stage.ask(stage.item, "ContextMenu", "ii", 0, 0) == ()
    assert stage.did == []


def test_the_leave_to_take_the_focus_is_passed_on_before_the_click(stage: Stage) -> None:
    stage.entries = (Entry("Today", lambda: stage.did.append(f"{stage.tokens}"), default=True),)
    stage.ask(stage.item, "ProvideXdgActivationToken", "s", "token-1")
    stage.ask(stage.item, "Activate", "ii", 0, 0)
    turn_until(stage.loop, lambda: stage.did, "the action")
    assert stage.did == ["['token-1']"]


def test_on_gnome_a_click_opens_the_menu_and_nothing_else(loop: SelectorLoop, daemon: PrivateBus) -> None:
    stage = Stage(loop, daemon.address, desktop="ubuntu:GNOME")
    assert '"Activate"' not in stage.introspection()
    assert stage.read("ItemIsMenu") is True
    stage.close()


def test_elsewhere_a_click_is_offered(stage: Stage) -> None:
    assert '"Activate"' in stage.introspection()


def test_closing_takes_the_icon_off_the_bus(stage: Stage) -> None:
    owners: list[str | None] = []
    stage.theirs.watch_name(stage.watcher.items[0], owners.append)
    turn_until(stage.loop, lambda: owners and owners[0], "the item's name")
    stage.tray.close()
    stage.tray.close()
    turn_until(stage.loop, lambda: owners[-1] is None, "the end of the name")


class OnDesktop:
    """A tray of plain patches in the real panel."""

    def __init__(self, loop: SelectorLoop, desk: Desktop) -> None:
        self.loop, self.desk = loop, desk
        self.did: list[str] = []
        self.asked = 0
        self.bus = Bus(loop, desk.env["DBUS_SESSION_BUS_ADDRESS"])
        self.tray = SniTray(
            loop,
            self.bus,
            self.entries,
            patch,
            activated=lambda: self.did.append("activated"),
            desktop="XFCE",
        )
        self.tray.show(SITTING)

    def entries(self) -> list[Entry]:
        self.asked += 1
        return [
            Entry("Sitting about 20 min"),
            Entry(""),
            Entry("I'm standing", lambda: self.did.append("standing"), checked="standing" in self.did),
            Entry("Quit", lambda: self.did.append("quit")),
        ]

    def place(self, look: str = "sitting") -> screen.Box | None:
        """Where the panel shows the patch of this look."""
        picture = screen.picture(self.desk.display)
        red, green, blue = ImageChops.difference(
            picture, Image.new("RGB", picture.size, PATCHES[look])
        ).split()
        furthest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        return furthest.point(lambda distance: 255 * (distance == 0)).getbbox()

    def await_place(self, look: str = "sitting", timeout_s: float = 10.0) -> tuple[int, int]:
        found: list[screen.Box] = []

        def seen() -> bool:
            box = self.place(look)
            found.extend([box] if box else [])
            return bool(found)

        turn_until(self.loop, seen, f"the {look} icon in the panel", timeout_s)
        return screen.centre(found[0])


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    with Desktop(without=("dunst",)) as desk:
        yield desk


@pytest.fixture
def shown(loop: SelectorLoop, desk: Desktop) -> Iterator[OnDesktop]:
    shown = OnDesktop(loop, desk)
    yield shown
    shown.tray.close()
    turn_until(loop, lambda: not desk.tray_items(), "the icon to be gone")
    shown.bus.close()


def test_a_real_panel_shows_the_icon_and_its_changes(shown: OnDesktop) -> None:
    shown.await_place("sitting")
    assert shown.tray.health().state is State.OK
    for look in ("prompt", "paused"):
        shown.tray.show(Face(look, 0.0, look))
        shown.await_place(look)


def test_a_real_left_click_activates(shown: OnDesktop) -> None:
    x, y = shown.await_place()
    with Person(shown.desk.display) as person:
        person.click(x, y)
        turn_until(shown.loop, lambda: shown.did, "the click")
    assert shown.did == ["activated"]


def test_a_menu_opened_by_a_real_right_click_is_obeyed(shown: OnDesktop) -> None:
    x, y = shown.await_place()
    before = screen.picture(shown.desk.display)
    with Person(shown.desk.display) as person:

        def opened() -> bool:
            # The first click makes the panel fetch our menu, meanwhile it opens one of its own.
            asked = shown.asked
            person.click(x, y, button=3)
            turn_for(shown.loop, 0.3)
            ours = 0 < asked < shown.asked
            if not ours:
                person.press(XK.XK_Escape)
            return ours

        turn_until(shown.loop, opened, "the menu to be asked for")
        menu = _opened(shown, before)

        def clicked() -> bool:
            # GTK ignores a click within half a second of the menu's opening, so a person clicks again.
            # The entries from below: Quit, then "I'm standing".
            person.click(menu[0] + 60, menu[3] - 42)
            turn_for(shown.loop, 0.2)
            return bool(shown.did)

        turn_until(shown.loop, clicked, "the entry's action")
    assert shown.did == ["standing"]


def test_the_panel_dies_and_the_icon_is_in_the_next_one_within_5_seconds(
    shown: OnDesktop, desk: Desktop
) -> None:
    shown.await_place()
    desk.kill("panel")
    turn_until(shown.loop, lambda: shown.tray.health().state is State.ABSENT, "the loss")
    desk.start("panel")
    shown.await_place(timeout_s=5.0)
    assert shown.tray.health().state is State.OK


def _opened(shown: OnDesktop, before: Image.Image) -> screen.Box:
    """The box of the menu above the panel, once it stands still."""
    above_panel = (0, 0, before.width, before.height - 34)
    seen: list[screen.Box | None] = [None, None]

    def still() -> bool:
        seen.append(screen.changed(before, screen.picture(shown.desk.display), above_panel))
        return seen[-1] is not None and seen[-1] == seen[-2] == seen[-3]

    turn_until(shown.loop, still, "the menu")
    box = seen[-1]
    assert box is not None
    return box


def test_every_size_that_panels_ask_for_was_drawn_before() -> None:
    assert set(sni.SIZES) <= set(faces.SIZES)
