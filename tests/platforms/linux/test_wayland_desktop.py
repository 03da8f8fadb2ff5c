"""Tray and notes on a real Wayland desktop: waybar's tray and mako, looked at, clicked and killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.support.screen import Box, centre, changed
from tests.support.turning import turn_for, turn_until
from tests.support.wayland_desktop import RIGHT_BUTTON, WaylandDesktop
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.notifications import DesktopNotifier
from tray_agent.platforms.linux.tray_choice import TrayChoice
from tray_agent.ports import Entry, Face, Note, State
from tray_agent.shell.loop import SelectorLoop

SITTING, PROMPT = Face("sitting", 0.5, "Sitting about 20 min"), Face("prompt", 1.0, "Time to stand up")
PATCHES = {"sitting": (255, 0, 255), "prompt": (0, 255, 0)}
BUTTONS = (("start", "Start"), ("snooze", "In 10 min"), ("skip", "Skip"))
STAND_UP = Note(1, "Time to stand up", "You have been sitting for about 45 min.", BUTTONS)
HIPS = Note(2, "Time for your hips", "You have been sitting for about 50 min.", BUTTONS[::2])
LEAST_MENU = 40
"""Lower is what lights up under the pointer."""


def patch(face: Face, size: int) -> Image.Image:
    return Image.new("RGBA", (size, size), (*PATCHES[face.look], 255))


class Scene:
    """A tray of plain patches and a notifier, and what the person did with them."""

    def __init__(self, loop: SelectorLoop, desk: WaylandDesktop, memory: Path) -> None:
        self.loop, self.desk = loop, desk
        self.did: list[str] = []
        self.answers: list[tuple[int, str]] = []
        self.tokens: list[str] = []
        self.bus = Bus(loop, desk.env["DBUS_SESSION_BUS_ADDRESS"])
        self.notifier = DesktopNotifier(
            loop,
            self.bus,
            lambda prompt, key: self.answers.append((prompt, key)),
            memory=memory,
            token=self.tokens.append,
        )
        self.tray = TrayChoice(
            loop,
            self.bus,
            lambda: [Entry("Sitting about 20 min"), Entry("Quit", lambda: self.did.append("quit"))],
            patch,
            activated=lambda: self.did.append("activated"),
            popup=lambda _x, _y: self.did.append("popup"),
        )
        self.tray.show(SITTING)

    def await_icon(self, look: str = "sitting", timeout_s: float = 10.0) -> tuple[int, int]:
        found: list[Box] = []

        def seen() -> bool:
            box = self.desk.place_of(PATCHES[look])
            found.extend([box] if box else [])
            return bool(found)

        turn_until(self.loop, seen, f"the {look} icon in the panel", timeout_s)
        return centre(found[0])

    def shows(self, note: Note) -> None:
        turn_until(self.loop, lambda: self.notifier.health().state is State.OK, "the service to be known")
        self.notifier.show(note)
        turn_until(self.loop, lambda: self.titles() == [note.title], "the note on the screen")

    def titles(self) -> list[str]:
        return [note["summary"] for note in self.desk.notes()]

    def until_answered(self, answer: tuple[int, str]) -> None:
        turn_until(self.loop, lambda: self.answers, "the answer")
        assert self.answers == [answer]
        turn_until(self.loop, lambda: not self.desk.notes(), "the note to be gone")

    def close(self) -> None:
        self.tray.close()
        self.notifier.close()
        turn_until(self.loop, lambda: not self.desk.tray_items(), "the icon to be gone")
        self.bus.close()


@pytest.fixture(scope="module")
def desk() -> Iterator[WaylandDesktop]:
    with WaylandDesktop() as desk:
        yield desk


@pytest.fixture
def scene(
    loop: SelectorLoop, desk: WaylandDesktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scene]:
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP"):
        monkeypatch.setenv(name, desk.env[name])
    # A display that answers nobody: who asks it fails, or waits.
    monkeypatch.setenv("DISPLAY", ":4711")
    scene = Scene(loop, desk, tmp_path / "note")
    yield scene
    scene.close()


def test_waybar_shows_the_icon_and_its_changes(scene: Scene) -> None:
    scene.await_icon("sitting")
    turn_until(scene.loop, lambda: scene.tray.health().state is State.OK, "the panel's word")
    assert scene.tray.health().source == "status_notifier"
    scene.tray.show(PROMPT)
    scene.await_icon("prompt")


def test_a_click_on_the_icon_activates(scene: Scene, desk: WaylandDesktop) -> None:
    desk.mouse.click(*scene.await_icon())
    turn_until(scene.loop, lambda: scene.did, "the click")
    assert scene.did == ["activated"]


def test_a_menu_opened_by_a_right_click_is_obeyed(scene: Scene, desk: WaylandDesktop) -> None:
    left, _top, _right, bottom = _opened(scene, scene.await_icon())

    def chosen() -> bool:
        # GTK ignores a click within half a second of the menu's opening, so a person clicks again.
        desk.mouse.click(left + 60, bottom - 16)
        turn_for(scene.loop, 0.2)
        return bool(scene.did)

    turn_until(scene.loop, chosen, "the entry's action")
    assert scene.did == ["quit"]


def test_waybar_dies_and_the_icon_is_in_the_next_one(scene: Scene, desk: WaylandDesktop) -> None:
    scene.await_icon()
    turn_until(scene.loop, lambda: scene.tray.health().state is State.OK, "the panel's word")
    desk.kill("panel")
    turn_until(scene.loop, lambda: scene.tray.health().state is State.ABSENT, "the loss")
    desk.start("panel")
    scene.await_icon()
    turn_until(scene.loop, lambda: scene.tray.health().state is State.OK, "the next one's word")


@pytest.mark.parametrize("key", ["default", "start", "snooze", "skip"])
def test_each_answer_mako_takes_is_heard(scene: Scene, desk: WaylandDesktop, key: str) -> None:
    scene.shows(STAND_UP)
    desk.press(key)
    scene.until_answered((1, key))


def test_a_click_on_mako_s_note_is_its_default_and_may_open_a_window(
    scene: Scene, desk: WaylandDesktop
) -> None:
    scene.shows(STAND_UP)
    desk.mouse.click(*desk.note())
    scene.until_answered((1, "default"))
    assert len(scene.tokens) == 1


def test_a_right_click_on_mako_s_note_dismisses_it(scene: Scene, desk: WaylandDesktop) -> None:
    scene.shows(STAND_UP)
    desk.mouse.click(*desk.note(), RIGHT_BUTTON)
    scene.until_answered((1, "dismiss"))
    assert scene.tokens == []


def test_mako_replaces_and_withdraws_without_an_answer(scene: Scene) -> None:
    scene.shows(STAND_UP)
    scene.shows(HIPS)
    scene.notifier.withdraw()
    turn_until(scene.loop, lambda: scene.titles() == [], "the note to be gone")
    turn_for(scene.loop, 0.1)
    assert scene.answers == []


def test_mako_dies_under_a_note_and_the_next_one_shows_it(scene: Scene, desk: WaylandDesktop) -> None:
    scene.shows(STAND_UP)
    desk.kill("mako")
    turn_until(scene.loop, lambda: scene.notifier.health().state is State.ABSENT, "the loss")
    desk.start("mako")
    turn_until(scene.loop, lambda: scene.titles() == [STAND_UP.title], "the note on the next one")


def _opened(scene: Scene, icon: tuple[int, int]) -> Box:
    """Open the menu; the box of what is then on the screen."""
    before = scene.desk.picture()
    seen: list[Box] = []

    def opened() -> bool:
        # A panel that has only just been given the menu shows it at the next click.
        scene.desk.mouse.click(*icon, RIGHT_BUTTON)
        for _time in range(10):
            turn_for(scene.loop, 0.05)
            box = changed(before, scene.desk.picture())
            if box is not None and box[3] - box[1] > LEAST_MENU:
                seen.append(box)
                return True
        return False

    turn_until(scene.loop, opened, "the menu")
    return seen[-1]
