"""Prompts in the notification services there are, and where notes are hard to show: in none, in one
that comes late, answers late, draws no buttons or forgets a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from tests.e2e.conftest import NewAgent
from tests.e2e.test_agent_day import Sitting
from tests.support.desktop import Desktop
from tests.support.live_agent import INTENSIVE, LiveAgent, Memory
from tests.support.note_daemons import GNOME, MATE, OSD, XFCE, NoteDaemon, Service
from tests.support.panel_menu import PanelMenu
from tests.support.peers import NotificationService
from tests.support.waiting import wait_until
from tray_agent.platforms.linux.bus import Bus
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    """A panel, and nobody who shows notes."""
    with Desktop(without={"dunst", "openbox"}) as desk:
        yield desk


class Slow:
    """A notification service whose person answers whenever a test says so."""

    def __init__(self, address: str) -> None:
        self._loop = SelectorLoop()
        self._bus = Bus(self._loop, address)
        self.service = NotificationService(self._bus)
        self._thread = Thread(target=self._loop.run)

    def press(self, number: int, key: str) -> None:
        """The person presses a button of whatever note had this number."""
        self._loop.call_soon(lambda: self.service.press(number, key))

    def dismiss(self, number: int, why: int) -> None:
        """The note goes, for this reason."""
        self._loop.call_soon(lambda: self.service.dismiss(number, why))

    @contextmanager
    def up(self) -> Iterator[None]:
        """It runs for as long as the `with` lasts."""
        self._thread.start()
        try:
            yield
        finally:
            self._loop.stop()
            self._thread.join(10)
            self._bus.close()
            self._loop.close()


@pytest.fixture
def programs(desk: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The only folder in which the agent finds programs: nothing in it shows notes."""
    monkeypatch.setitem(desk.env, "PATH", f"{tmp_path}")
    return tmp_path


@pytest.mark.usefixtures("programs")
def test_with_nobody_to_show_notes_the_icon_and_its_menu_still_ask(
    desk: Desktop, agent: LiveAgent, morning: Memory
) -> None:
    with Sitting(agent, morning):
        agent.until(lambda now: now["prompt"], "the prompt")
        menu = PanelMenu(desk)
        assert menu.property("Status") == "NeedsAttention"
        assert {"Start now", "Later", "Skip"} <= menu.open().keys()
        menu.click("Later")
        seen = agent.until(lambda now: now["prompt"] is None, "the answer from the menu")
        assert seen["today"]["snoozed"] == 1
        assert "Later" not in menu.open()
    notifier = agent.until(lambda now: now["notifier"]["state"] == "lost", "plyer to fail")["notifier"]
    assert notifier["backend"] is None
    assert notifier["reason"]


def test_plyer_is_the_last_resort_and_gets_the_words(
    agent: LiveAgent, morning: Memory, programs: Path
) -> None:
    told, notify_send = programs / "told", programs / "notify-send"
    notify_send.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}\n')
    notify_send.chmod(0o755)
    with Sitting(agent, morning):
        wait_until(lambda: told.exists() and "Time to stand up" in told.read_text(), "plyer to be used")
        notifier = agent.status()["notifier"]
        assert (notifier["backend"], notifier["state"]) == ("plyer", "degraded")


def test_a_service_that_comes_is_used_for_the_next_note(
    desk: Desktop, new_agent: NewAgent, morning: Memory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(desk.env, "PATH", f"{tmp_path}")
    agent = new_agent(INTENSIVE)
    with Sitting(agent, morning) as sitting:
        agent.until(lambda now: now["prompt"], "the first prompt")
        monkeypatch.undo()
        desk.start("dunst")
        try:
            agent.ask("snooze")
            agent.until(lambda now: now["notifier"]["state"] == "ok", "the service to be seen", 20)
            sitting.prompted(2)
            assert "dunst" in agent.status()["notifier"]["reason"]
            assert sitting.answered("skip")["today"]["skipped"] == 1
        finally:
            desk.kill("dunst")


def test_a_late_answer_to_an_old_note_changes_nothing(
    desk: Desktop, new_agent: NewAgent, morning: Memory
) -> None:
    slow, agent = Slow(desk.env["DBUS_SESSION_BUS_ADDRESS"]), new_agent(INTENSIVE)
    with slow.up(), Sitting(agent, morning):
        agent.until(lambda now: now["prompt"], "the prompt")
        wait_until(lambda: slow.service.shown, "the note")
        (first,) = slow.service.shown
        slow.press(first, "snooze")
        agent.until(lambda now: now["prompt"] is None, "the answer")
        slow.press(first, "skip")
        agent.until(lambda now: now["prompt"], "the prompt to come back", 20)
        wait_until(lambda: slow.service.shown.keys() - {first}, "the second note")
        slow.press(first, "skip")
        (second,) = slow.service.shown.keys() - {first}
        slow.press(second, "start")
        today = agent.until(lambda now: now["prompt"] is None, "the second answer")["today"]
        assert (today["snoozed"], today["skipped"], today["started"]) == (1, 0, 1)


def test_a_button_that_was_never_offered_closes_the_note_and_no_more(
    desk: Desktop, new_agent: NewAgent, morning: Memory
) -> None:
    slow, agent = Slow(desk.env["DBUS_SESSION_BUS_ADDRESS"]), new_agent(INTENSIVE)
    with slow.up(), Sitting(agent, morning):
        agent.until(lambda now: now["prompt"], "the prompt")
        (number,) = wait_until(lambda: slow.service.shown, "the note")
        slow.press(number, "inline-reply")
        seen = agent.until(lambda now: now["prompt"] is None, "the note to count as closed")
        assert seen["quiet"] == ["spacing"]
    assert [row[:2] for row in agent.rows("prompts")] == [("hip_flexor", "dismissed")]


@pytest.mark.parametrize(
    "click",
    [(XFCE, 1, "snoozed"), (MATE, 2, "skipped"), (GNOME, 0, "started")],
    ids=("xfce", "mate", "gnome"),
)
def test_a_click_on_a_real_button_reaches_the_agent(
    desk: Desktop, agent: LiveAgent, morning: Memory, click: tuple[Service, int, str]
) -> None:
    service, button, answer = click
    with NoteDaemon(desk, service) as daemon, Sitting(agent, morning) as sitting:
        agent.until(lambda now: now["prompt"], "the prompt")
        sitting.leaves()
        daemon.press(button, of=3)
        today = agent.until(lambda now: now["prompt"] is None, "the answer")["today"]
        outcomes = {key for key in ("started", "snoozed", "skipped", "ignored") if today[key]}
        assert outcomes == {answer}
        wait_until(lambda: not daemon.notes(), "the note to go")


def test_where_no_buttons_are_drawn_the_menu_answers(
    desk: Desktop, agent: LiveAgent, morning: Memory
) -> None:
    with NoteDaemon(desk, OSD) as daemon, Sitting(agent, morning):
        seen = agent.until(lambda now: now["prompt"], "the prompt")
        assert seen["notifier"]["reason"] == "notify-osd 1.0 shows no buttons"
        wait_until(daemon.notes, "the note")
        PanelMenu(desk).click("Later")
        seen = agent.until(lambda now: now["prompt"] is None, "the answer from the menu")
        assert seen["today"]["snoozed"] == 1


def test_a_note_that_expires_by_itself_leaves_the_prompt_to_the_icon_and_its_menu(
    desk: Desktop, agent: LiveAgent, morning: Memory
) -> None:
    slow = Slow(desk.env["DBUS_SESSION_BUS_ADDRESS"])
    with slow.up(), Sitting(agent, morning):
        agent.until(lambda now: now["prompt"], "the prompt")
        (number,) = wait_until(lambda: slow.service.shown, "the note")
        slow.dismiss(number, 1)
        menu = PanelMenu(desk)
        assert menu.property("Status") == "NeedsAttention"
        menu.click("Skip")
        today = agent.until(lambda now: now["prompt"] is None, "the answer from the menu")["today"]
        assert (today["skipped"], today["ignored"]) == (1, 0)
        assert len(slow.service.notes) == 1


def test_a_killed_agent_leaves_no_note_beside_the_one_it_shows_when_it_is_back(
    desk: Desktop, agent: LiveAgent, morning: Memory
) -> None:
    slow = Slow(desk.env["DBUS_SESSION_BUS_ADDRESS"])
    with slow.up(), Sitting(agent, morning):
        agent.until(lambda now: now["prompt"], "the prompt")
        (first,) = wait_until(lambda: slow.service.shown, "the note")
        wait_until((agent.home / "runtime" / "note").exists, "the note to be remembered")
        agent.kill()
        assert list(slow.service.shown) == [first]
        agent.start()
        wait_until(lambda: slow.service.shown.keys() - {first}, "the new note")
        wait_until(lambda: len(slow.service.shown) == 1, "the old note to go")
