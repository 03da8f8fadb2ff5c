"""Notes: through a service that does as the test says, and through a real dunst, clicked and killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import screen
from tests.support.desktop import Desktop
from tests.support.peers import FIRST_NUMBER, NotificationService
from tests.support.person import Person
from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux import notifications
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.notifications import DesktopNotifier
from tray_agent.ports import Note, State
from tray_agent.shell.loop import SelectorLoop

BUTTONS = (("start", "Start"), ("snooze", "Snooze"), ("skip", "Skip"))
STAND_UP = Note(1, "Time to stand up", "Sitting <about> 45 min & more", BUTTONS)
HIPS = Note(2, "Time for your hips", "Left side first", BUTTONS)
MIDDLE_OF_NOTE = (1060, 40)


class Notes:
    """A notifier, what the person answered, and which notes no service took."""

    def __init__(self, loop: SelectorLoop, address: str, memory: Path | None = None) -> None:
        self.loop = loop
        self.answers: list[tuple[int, str]] = []
        self.refused: list[Note] = []
        self.tokens: list[str] = []
        self.bus = Bus(loop, address)
        self.notifier = DesktopNotifier(
            loop,
            self.bus,
            self._answered,
            self.refused.append,
            memory=memory,
            token=self.tokens.append,
        )

    def _answered(self, prompt: int, key: str) -> None:
        self.answers.append((prompt, key))
        self.tokens.append(f"spent on {key}")

    def await_state(self, state: State) -> None:
        turn_until(self.loop, lambda: self.notifier.health().state is state, f"health {state}")


class Scene(Notes):
    """Notes on a bus of their own, where a service may come up."""

    def __init__(self, loop: SelectorLoop, daemon: PrivateBus) -> None:
        super().__init__(loop, daemon.address)
        self.daemon = daemon
        self.theirs = Bus(loop, daemon.address)
        turn_until(loop, lambda: self.bus.connected and self.theirs.connected, "the connections")

    def service(self, *features: str, mute: bool = False) -> NotificationService:
        service = NotificationService(self.theirs, features or ("actions", "body", "body-markup"), mute=mute)
        if not mute:
            self.await_state(State.OK if not features or "actions" in features else State.DEGRADED)
        return service

    def show(self, note: Note, service: NotificationService) -> int:
        """Show the note and wait until the notifier knows its number."""
        self.notifier.show(note)
        turn_until(self.loop, lambda: service.notes and service.notes[-1][3] == note.title, "the note")
        turn_for(self.loop, 0.05)
        return next(reversed(service.shown))

    def close(self) -> None:
        self.notifier.close()
        self.bus.close()
        self.theirs.close()


@pytest.fixture
def scene(loop: SelectorLoop) -> Iterator[Scene]:
    with PrivateBus() as daemon:
        scene = Scene(loop, daemon)
        yield scene
        scene.close()


def test_a_note_says_what_the_service_needs_to_know(scene: Scene) -> None:
    service = scene.service()
    scene.show(STAND_UP, service)
    assert service.notes == [
        (
            "Tray Agent",
            0,
            "org.trayagent.TrayAgent",
            "Time to stand up",
            "Sitting &lt;about&gt; 45 min &amp; more",
            ["default", "", "start", "Start", "snooze", "Snooze", "skip", "Skip"],
            {
                "urgency": ("y", 1),
                "desktop-entry": ("s", "org.trayagent.TrayAgent"),
                "category": ("s", "x-trayagent.prompt"),
                "transient": ("b", False),
            },
            0,
        )
    ]
    assert scene.notifier.health().reason == "Slate 2.0"


def test_a_service_without_buttons_gets_none_but_a_hint(scene: Scene) -> None:
    service = scene.service("body")
    scene.show(STAND_UP, service)
    assert service.notes[0][5] == []
    assert "tray-agent snooze" in service.notes[0][4]
    assert scene.notifier.health().reason == "Slate 2.0 shows no buttons"


def test_capabilities_are_asked_for_once_per_service(scene: Scene) -> None:
    service = scene.service()
    scene.show(STAND_UP, service)
    scene.show(HIPS, service)
    assert service.calls.count("GetCapabilities") == 1
    service.leave()
    scene.await_state(State.ABSENT)
    second = scene.service()
    turn_until(
        scene.loop, lambda: second.calls == ["GetCapabilities", "Notify"], "the note on the second one"
    )


@pytest.mark.parametrize("key", ["default", "start", "snooze", "skip"])
def test_a_button_answers_and_takes_the_note_away(scene: Scene, key: str) -> None:
    service = scene.service()
    number = scene.show(STAND_UP, service)
    service.press(number, key)
    turn_until(scene.loop, lambda: scene.answers, "the answer")
    turn_until(scene.loop, lambda: not service.shown, "the note to be closed")
    assert scene.answers == [(1, key)]


def test_a_click_s_leave_to_take_the_focus_comes_before_its_answer(scene: Scene) -> None:
    service = scene.service()
    number = scene.show(STAND_UP, service)
    service.press(number + 1, "start", "another note's")
    service.press(number, "start", "token-1")
    turn_until(scene.loop, lambda: scene.answers, "the answer")
    assert scene.tokens == ["token-1", "spent on start"]


@pytest.mark.parametrize(("why", "answers"), [(1, []), (2, [(1, "dismiss")]), (3, []), (4, [])])
def test_only_the_person_dismisses(scene: Scene, why: int, answers: list[tuple[int, str]]) -> None:
    service = scene.service()
    service.dismiss(scene.show(STAND_UP, service), why)
    turn_for(scene.loop, 0.1)
    assert scene.answers == answers


def test_the_next_note_replaces_the_one_before_it_in_place(scene: Scene) -> None:
    service = scene.service()
    number = scene.show(STAND_UP, service)
    assert scene.show(HIPS, service) == number == service.notes[1][1]
    assert len(service.shown) == 1


def test_a_note_is_remembered_for_as_long_as_it_is_on_the_screen(scene: Scene, tmp_path: Path) -> None:
    memory, service = tmp_path / "note", scene.service()
    notes = Notes(scene.loop, scene.daemon.address, memory)
    notes.await_state(State.OK)
    for end in (notes.notifier.withdraw, lambda: service.dismiss(*service.shown), notes.notifier.close):
        notes.notifier.show(STAND_UP)
        turn_until(scene.loop, memory.exists, "the note to be remembered")
        end()
        turn_until(scene.loop, lambda: not memory.exists(), "the note to be forgotten")
    notes.bus.close()


def test_after_a_withdrawal_the_next_note_is_a_new_one(scene: Scene) -> None:
    service = scene.service()
    number = scene.show(STAND_UP, service)
    scene.notifier.withdraw()
    turn_until(scene.loop, lambda: not service.shown, "the withdrawal")
    assert scene.show(HIPS, service) != number
    assert scene.answers == []


def test_answers_to_other_numbers_are_dropped(scene: Scene) -> None:
    service = scene.service()
    number = scene.show(STAND_UP, service)
    service.press(number + 1, "start")
    service.dismiss(number + 1)
    scene.notifier.withdraw()
    turn_until(scene.loop, lambda: not service.shown, "the withdrawal")
    service.press(number, "start")
    turn_for(scene.loop, 0.1)
    assert scene.answers == []


def test_an_answer_that_crosses_the_next_note_belongs_to_the_old_one_and_is_dropped(scene: Scene) -> None:
    service = scene.service()
    number = scene.show(STAND_UP, service)
    service.press(number, "start")  # on its way, while ...
    scene.notifier.show(HIPS)
    turn_until(scene.loop, lambda: len(service.notes) == 2, "the second note")
    turn_for(scene.loop, 0.1)
    assert scene.answers == []
    service.press(number, "skip")
    turn_until(scene.loop, lambda: scene.answers, "the answer to the second note")
    assert scene.answers == [(2, "skip")]


def test_a_note_withdrawn_before_its_number_is_known_is_taken_away(scene: Scene) -> None:
    service = scene.service()
    scene.notifier.show(STAND_UP)
    scene.notifier.withdraw()
    turn_until(scene.loop, lambda: "CloseNotification" in service.calls, "the withdrawal")
    assert service.shown == {}


def test_of_notes_shown_in_one_breath_the_last_stays(scene: Scene) -> None:
    service = scene.service()
    scene.notifier.show(STAND_UP)
    scene.notifier.show(HIPS)
    turn_until(
        scene.loop,
        lambda: [note[3] for note in service.shown.values()] == ["Time for your hips"],
        "the last note alone",
    )


def test_a_service_that_dies_under_a_note_shows_it_once_more_and_no_more(scene: Scene) -> None:
    first = scene.service()
    scene.show(STAND_UP, first)
    first.leave()
    scene.await_state(State.ABSENT)
    second = scene.service()
    turn_until(scene.loop, lambda: second.shown, "the note again")
    second.leave()
    scene.await_state(State.ABSENT)
    third = scene.service()
    turn_for(scene.loop, 0.1)
    assert (third.shown, scene.refused) == ({}, [])


def test_a_note_that_was_answered_is_not_shown_by_the_next_service(scene: Scene) -> None:
    first = scene.service()
    first.press(scene.show(STAND_UP, first), "snooze")
    turn_until(scene.loop, lambda: scene.answers, "the answer")
    first.leave()
    scene.await_state(State.ABSENT)
    second = scene.service()
    turn_for(scene.loop, 0.1)
    assert second.shown == {}


def test_a_note_that_no_service_takes_is_handed_back_at_once(scene: Scene) -> None:
    scene.notifier.show(STAND_UP)
    turn_until(scene.loop, lambda: scene.refused == [STAND_UP], "the refusal", timeout_s=1.0)
    assert scene.notifier.health().state is State.ABSENT
    service = scene.service()
    scene.show(HIPS, service)
    assert scene.refused == [STAND_UP]


def test_a_service_that_never_answers_is_given_up(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "PATIENCE_S", 0.2)
    scene.service(mute=True)
    scene.notifier.show(STAND_UP)
    turn_until(scene.loop, lambda: scene.refused == [STAND_UP], "the end of patience")
    scene.await_state(State.DEGRADED)


def test_without_a_bus_a_note_is_handed_back_after_a_while(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "PATIENCE_S", 0.2)
    notes = Notes(loop, "unix:path=/nowhere")
    notes.notifier.show(STAND_UP)
    turn_until(loop, lambda: notes.refused == [STAND_UP], "the end of patience")
    assert notes.notifier.health().state is State.LOST
    notes.bus.close()


def test_a_note_outlives_the_death_of_the_bus(scene: Scene) -> None:
    service = scene.service()
    scene.show(STAND_UP, service)
    service.shown.clear()
    scene.daemon.kill()
    scene.await_state(State.LOST)
    scene.daemon.start()
    turn_until(scene.loop, lambda: FIRST_NUMBER + 1 in service.shown, "the note on the next bus")


def test_a_closed_notifier_takes_its_note_along_and_listens_no_more(scene: Scene) -> None:
    service = scene.service()
    number = scene.show(STAND_UP, service)
    scene.notifier.close()
    turn_until(scene.loop, lambda: not service.shown, "the withdrawal")
    service.press(number, "start")
    turn_for(scene.loop, 0.1)
    assert scene.answers == []


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    with Desktop(without=("panel",)) as desk:
        yield desk


@pytest.fixture
def on_desktop(loop: SelectorLoop, desk: Desktop) -> Iterator[Notes]:
    notes = Notes(loop, desk.env["DBUS_SESSION_BUS_ADDRESS"])
    notes.await_state(State.OK)
    yield notes
    notes.notifier.close()
    turn_until(loop, lambda: desk.notes_shown() == 0, "an empty screen")
    notes.bus.close()


def await_note(notes: Notes, desk: Desktop) -> None:
    """Until dunst has counted the note and drawn it."""
    turn_until(notes.loop, lambda: desk.notes_shown() == 1, "the note")
    x, y = MIDDLE_OF_NOTE
    # The desktop's ground is black; the note has a colour.
    turn_until(
        notes.loop, lambda: screen.picture(desk.display).getpixel((x + 150, y)) != (0, 0, 0), "the picture"
    )


def test_dunst_names_itself(on_desktop: Notes) -> None:
    assert (on_desktop.notifier.health().reason or "").startswith("dunst 1.")


def test_a_real_click_on_the_note_is_its_default_action(on_desktop: Notes, desk: Desktop) -> None:
    on_desktop.notifier.show(STAND_UP)
    await_note(on_desktop, desk)
    with Person(desk.display) as person:
        person.click(*MIDDLE_OF_NOTE)
        turn_until(on_desktop.loop, lambda: on_desktop.answers, "the answer")
    assert on_desktop.answers == [(1, "default")]


@pytest.mark.parametrize("key", ["start", "snooze", "skip"])
def test_a_button_chosen_in_dunst_answers(on_desktop: Notes, desk: Desktop, key: str) -> None:
    on_desktop.notifier.show(STAND_UP)
    await_note(on_desktop, desk)
    desk.press(key)
    turn_until(on_desktop.loop, lambda: on_desktop.answers, "the answer")
    assert on_desktop.answers == [(1, key)]
    turn_until(on_desktop.loop, lambda: desk.notes_shown() == 0, "the note to be gone")


def test_a_note_closed_with_the_mouse_is_dismissed(on_desktop: Notes, desk: Desktop) -> None:
    on_desktop.notifier.show(STAND_UP)
    await_note(on_desktop, desk)
    with Person(desk.display) as person:
        person.click(*MIDDLE_OF_NOTE, button=2)
        turn_until(on_desktop.loop, lambda: on_desktop.answers, "the answer")
    assert on_desktop.answers == [(1, "dismiss")]


def test_dunst_replaces_and_withdraws_without_an_answer(on_desktop: Notes, desk: Desktop) -> None:
    on_desktop.notifier.show(STAND_UP)
    await_note(on_desktop, desk)
    before = screen.picture(desk.display)
    on_desktop.notifier.show(HIPS)
    turn_until(
        on_desktop.loop, lambda: screen.changed(before, screen.picture(desk.display)), "the second note"
    )
    assert desk.notes_shown() == 1
    on_desktop.notifier.withdraw()
    turn_until(on_desktop.loop, lambda: desk.notes_shown() == 0, "the withdrawal")
    assert on_desktop.answers == []


def test_dunst_dies_under_a_note_and_the_next_one_shows_it(on_desktop: Notes, desk: Desktop) -> None:
    on_desktop.notifier.show(STAND_UP)
    await_note(on_desktop, desk)
    desk.kill("dunst")
    on_desktop.await_state(State.ABSENT)
    desk.start("dunst")
    await_note(on_desktop, desk)
    desk.press("start")
    turn_until(on_desktop.loop, lambda: on_desktop.answers, "the answer")
    assert on_desktop.answers == [(1, "start")]


def test_dunst_is_rid_of_the_note_of_an_agent_that_was_killed(
    loop: SelectorLoop, desk: Desktop, tmp_path: Path
) -> None:
    address, memory = desk.env["DBUS_SESSION_BUS_ADDRESS"], tmp_path / "note"
    killed = Notes(loop, address, memory)
    killed.notifier.show(STAND_UP)
    await_note(killed, desk)
    turn_until(loop, memory.exists, "the note to be remembered")
    killed.bus.close()
    heir = Notes(loop, address, memory)
    heir.notifier.show(STAND_UP)
    heir.await_state(State.OK)
    turn_until(loop, memory.exists, "the new note to be remembered")
    await_note(heir, desk)
    heir.notifier.close()
    turn_until(loop, lambda: desk.notes_shown() == 0, "an empty screen")
    heir.bus.close()
