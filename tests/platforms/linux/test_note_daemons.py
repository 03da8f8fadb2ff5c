"""Notes in the services people have: real ones, whose buttons are looked for and clicked, and who die.

What dunst does is in `test_notifications.py`.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import message_bus, new_method_call

from tests.support.desktop import NOTES, Desktop
from tests.support.note_daemons import GNOME, MATE, OSD, XFCE, NoteDaemon, Service, notes_of
from tests.support.person import Person
from tests.support.screen import colours
from tests.support.turning import turn_for, turn_until
from tests.support.waiting import wait_until
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.messages import Body
from tray_agent.platforms.linux.notifications import DesktopNotifier
from tray_agent.ports import Note, State
from tray_agent.shell.loop import SelectorLoop

KEYS = ("start", "snooze", "skip")
BUTTONS = (("start", "Start"), ("snooze", "In 10 min"), ("skip", "Skip"))
STAND_UP = Note(1, "Time to stand up", "You have been sitting for about 45 min & more.", BUTTONS)
HIPS = Note(2, "Time for your hips", "You have been sitting for about 50 min.", BUTTONS[::2])
FOREIGN: Body = ("Mail", 0, "", "New mail", "Yours, of another program", [], {}, 0)
WITH_BUTTONS = [XFCE, MATE, GNOME]


class Scene:
    """A desktop with one service, and a notifier that can die and leave its note behind."""

    def __init__(self, loop: SelectorLoop, desk: Desktop, daemon: NoteDaemon, memory: Path) -> None:
        self.loop, self.desk, self.daemon = loop, desk, daemon
        self.answers: list[tuple[int, str]] = []
        self.refused: list[Note] = []
        self._memory = memory
        self.starts()

    def starts(self) -> None:
        """The agent starts."""
        self.bus = Bus(self.loop, self.desk.env["DBUS_SESSION_BUS_ADDRESS"])
        self.notifier = DesktopNotifier(
            self.loop,
            self.bus,
            lambda prompt, key: self.answers.append((prompt, key)),
            self.refused.append,
            memory=self._memory,
        )
        self.until_known()

    def dies(self) -> None:
        """The agent is killed: its connection is cut, nothing is taken back."""
        self.bus.close()

    def until_known(self) -> None:
        service = self.daemon.service
        state = State.OK if service.draws else State.DEGRADED
        turn_until(self.loop, lambda: self.notifier.health().state is state, f"{service.name} to be known")

    def shows(self, note: Note) -> None:
        """Show a note to somebody who is there, and see it on the screen."""
        with Person(self.desk.display) as person:
            person.move()  # GNOME's keeps its notes for whoever comes back
        self.notifier.show(note)
        self.until_notes(1)
        turn_until(self.loop, self._memory.exists, "the service to say its number")

    def until_notes(self, count: int) -> None:
        turn_until(self.loop, lambda: len(self.daemon.notes()) == count, f"{count} notes on the screen")

    def until_answered(self, *answers: tuple[int, str]) -> None:
        turn_until(self.loop, lambda: self.answers, "the answer")
        assert self.answers == list(answers)
        self.until_notes(0)

    def close(self) -> None:
        self.notifier.close()
        turn_for(self.loop, 0.05)
        self.bus.close()


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    """Nobody shows notes here yet."""
    with Desktop(without=("panel", "dunst")) as desk:
        yield desk


@pytest.fixture
def service() -> Service:
    return XFCE


@pytest.fixture
def scene(desk: Desktop, service: Service, tmp_path: Path) -> Iterator[Scene]:
    loop = SelectorLoop()
    with NoteDaemon(desk, service) as daemon:
        scene = Scene(loop, desk, daemon, tmp_path / "note")
        yield scene
        scene.close()
    loop.close()


def name(service: Service) -> str:
    return service.name


with_buttons = pytest.mark.parametrize("service", WITH_BUTTONS, ids=name)
everywhere = pytest.mark.parametrize("service", [*WITH_BUTTONS, OSD], ids=name)


@with_buttons
def test_each_button_that_is_drawn_answers(scene: Scene) -> None:
    for number, key in enumerate(KEYS):
        scene.answers.clear()
        scene.shows(STAND_UP)
        scene.daemon.press(number, of=3)
        scene.until_answered((1, key))


@with_buttons
def test_a_note_closed_by_the_person_is_dismissed(scene: Scene) -> None:
    scene.shows(STAND_UP)
    scene.daemon.close_the_note()
    scene.until_answered((1, "dismiss"))


@with_buttons
def test_a_click_on_the_words_is_an_answer_too(scene: Scene) -> None:
    scene.shows(STAND_UP)
    scene.daemon.click_the_words()
    scene.until_answered((1, scene.daemon.service.body))


@with_buttons
def test_the_next_note_takes_the_place_of_the_first_and_leaves_unanswered(scene: Scene) -> None:
    scene.shows(STAND_UP)
    before = scene.daemon.picture()
    scene.shows(HIPS)
    turn_until(scene.loop, lambda: colours(scene.daemon.picture()) != colours(before), "the second note")
    scene.until_notes(1)
    scene.notifier.withdraw()
    scene.until_notes(0)
    assert scene.answers == []


@everywhere
def test_a_service_that_dies_under_a_note_shows_it_once_more_and_no_more(scene: Scene) -> None:
    scene.shows(STAND_UP)
    for again in (1, 0):
        scene.daemon.kill()
        turn_until(scene.loop, lambda: scene.notifier.health().state is State.ABSENT, "the death to be seen")
        scene.daemon.start()
        scene.until_known()
        turn_for(scene.loop, 0.3)
        assert len(scene.daemon.notes()) == again
    assert (scene.answers, scene.refused) == ([], [])


@with_buttons
def test_an_agent_that_was_killed_leaves_no_note_beside_the_new_one(scene: Scene) -> None:
    scene.shows(STAND_UP)
    scene.dies()
    scene.until_notes(1)
    scene.starts()
    scene.until_notes(0)
    scene.shows(STAND_UP)
    turn_for(scene.loop, 0.2)
    assert len(scene.daemon.notes()) == 1
    scene.notifier.withdraw()
    scene.until_notes(0)
    assert scene.answers == []


@with_buttons
def test_the_number_of_a_killed_agent_s_note_may_be_another_program_s_by_now(scene: Scene) -> None:
    scene.shows(STAND_UP)
    scene.dies()
    scene.daemon.kill()
    scene.daemon.start()
    with Person(scene.desk.display) as person:
        person.move()
    foreign = new_method_call(NOTES.with_interface(NOTES.bus_name), "Notify", "susssasa{sv}i", FOREIGN)
    assert scene.desk.call(foreign) == (1,)
    scene.until_notes(1)
    scene.starts()
    turn_for(scene.loop, 0.3)
    scene.until_notes(1)


@pytest.mark.parametrize("service", [GNOME], ids=name)
def test_a_service_that_takes_over_shows_the_note_alone(scene: Scene) -> None:
    scene.shows(STAND_UP)
    with NoteDaemon(scene.desk, MATE) as successor:
        turn_until(scene.loop, successor.notes, "the note at the successor")
        turn_until(scene.loop, lambda: not scene.daemon.notes(), "the first service's note to go")
        successor.press(2, of=3)
        turn_until(scene.loop, lambda: scene.answers == [(1, "skip")], "the answer")


@pytest.mark.parametrize("service", [OSD], ids=name)
def test_a_service_without_buttons_gets_the_way_to_answer_and_no_note_that_waits_for_an_ok(
    scene: Scene,
) -> None:
    scene.shows(Note(0, STAND_UP.title, STAND_UP.body, ()))
    (_left, top, _right, bottom) = scene.daemon.notes()[0]
    scene.shows(STAND_UP)
    turn_until(
        scene.loop,
        lambda: [box[3] - box[1] > bottom - top for box in scene.daemon.notes()] == [True],
        "one note with a line more",
    )
    assert scene.notifier.health().reason == "notify-osd 1.0 shows no buttons"


@pytest.fixture
def startable(desk: Desktop) -> Iterator[str]:
    """A service that the bus starts when it is spoken to; this is its process's name."""
    entry = desk.folder / "services" / "notes.service"
    command = f"/usr/bin/env DISPLAY={desk.display} {XFCE.command[0]}"
    entry.write_text(f"[D-BUS Service]\nName={NOTES.bus_name}\nExec={command}\n")
    yield XFCE.name
    entry.unlink()
    process = desk.call(message_bus.GetConnectionUnixProcessID(NOTES.bus_name))[0]
    os.kill(process, signal.SIGTERM)
    wait_until(lambda: not desk.name_owned(NOTES.bus_name), "the service to end")


def test_a_service_that_can_be_started_is_started_by_the_note(desk: Desktop, startable: str) -> None:
    loop = SelectorLoop()
    bus = Bus(loop, desk.env["DBUS_SESSION_BUS_ADDRESS"])
    notifier = DesktopNotifier(loop, bus, lambda _prompt, _key: None)
    turn_until(loop, lambda: bus.connected, "the bus")
    notifier.show(STAND_UP)
    turn_until(loop, lambda: notes_of(desk.display, startable), "the note on the screen")
    assert notifier.health().state is State.OK
    notifier.close()
    turn_until(loop, lambda: not notes_of(desk.display, startable), "the note to go")
    bus.close()
    loop.close()
