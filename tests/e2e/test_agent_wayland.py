"""The agent on a Wayland desktop with no X server it could use: sway, waybar, mako, swaylock.

The desktop is real, swayidle included; only logind is python-dbusmock's.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.e2e.conftest import NewAgent
from tests.e2e.test_agent_day import Sitting, stored
from tests.support.live_agent import ALWAYS, LiveAgent, Memory
from tests.support.logind_mock import Logind
from tests.support.panel_menu import PanelMenu
from tests.support.screen import Colour, changed
from tests.support.waiting import wait_until
from tests.support.wayland_desktop import BAR_COLOUR, WIDTH, SwayWindow, WaylandDesktop

ASKS, STRETCH, CURTAIN = "Time to stand up", "Hip-flexor stretch", "Your break is on the other screen."
WINDOW = f'{ALWAYS}insistence = "window"\nbreaks.time_limits = "x5"\n'
FIRM = f'{ALWAYS}insistence = "firm"\nbreaks.time_limits = "x5"\n'
HURRY = "from tray_agent.platforms.linux import compositor_watch as w; w.COMES_BACK_WITHIN_S = {seconds}\n"
LEAVE = "XDG_ACTIVATION_TOKEN"
PURPLE, PURPLE_NAME = (0x80, 0x00, 0x80), "800080"


@pytest.fixture(scope="module")
def desk() -> Iterator[WaylandDesktop]:
    with WaylandDesktop(outputs=2) as desk:
        yield desk


@pytest.fixture
def cleared(desk: WaylandDesktop) -> Iterator[None]:
    yield
    desk.dismiss_all()
    wait_until(lambda: not desk.windows(), "the last agent's windows to go")


class AtSway(Sitting):
    """Somebody who works on the Wayland desktop."""

    def works(self) -> None:
        assert isinstance(self.desktop, WaylandDesktop)
        self.enter_context(self.desktop.at_work())


@contextmanager
def x_server() -> Iterator[tuple[str, Callable[[], bool]]]:
    """Stands in for Xwayland: its display, and whether anybody has ever knocked."""
    with closing(socket.socket(socket.AF_UNIX)) as door:
        number = 4000 + int(Path("/proc/self").readlink().name) % 50_000
        door.bind(f"\0/tmp/.X11-unix/X{number}")
        door.listen()
        door.setblocking(False)

        def knocked() -> bool:
            try:
                door.accept()[0].close()
            except BlockingIOError:
                return False
            return True

        yield f":{number}", knocked


def shows(desk: WaylandDesktop, colour: Colour) -> bool:
    """Whether this very colour is on one of the screens, over both of which the person moves the mouse."""
    # An output without a screen is drawn anew for pictures only when the pointer moves on it.
    for x in (300, WIDTH + 300):
        desk.mouse.point(x, 300)
    return desk.place_of(colour) is not None


def part(agent: LiveAgent, name: str) -> tuple[str, str | None]:
    """State and source of one part, as `doctor` tells them."""
    (found,) = (each for each in agent.ask("doctor")["parts"] if each["name"] == name)
    return found["state"], found["source"]


def variable(window: SwayWindow, name: str) -> str | None:
    """A variable the window's process was started with."""
    pairs = (pair.partition("=") for pair in Path(f"/proc/{window.pid}/environ").read_text().split("\0"))
    return {key: value for key, _equals, value in pairs}.get(name)


def hurried(desk: WaylandDesktop, folder: Path, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Agents from now on wait only so long for a compositor that has gone."""
    (folder / "sitecustomize.py").write_text(HURRY.format(seconds=seconds))
    monkeypatch.setitem(desk.env, "PYTHONPATH", f"{folder}:{desk.env['PYTHONPATH']}")


def test_it_is_well_on_wayland_and_never_knocks_at_an_x_server(
    desk: WaylandDesktop, agent: LiveAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = desk.picture()
    with x_server() as (display, knocked):
        monkeypatch.setitem(desk.env, "DISPLAY", display)
        agent.start(speed=60)
        agent.until(lambda now: now["tray"]["state"] == "ok", "the tray")
        agent.until(lambda now: now["notifier"]["state"] == "ok", "the notes")
        assert part(agent, "counter")[0] == "ok"
        assert part(agent, "pynput")[0] == "absent"
        # The panel of each screen shows the icon.
        wait_until(lambda: (box := changed(empty, desk.picture())) and box[2] - box[0] > WIDTH, "both icons")
        agent.ask("break", kind="hip_flexor")
        assert desk.window(STRETCH).native
        agent.ask("break", kind="stand_up")
        assert agent.end() == 0
        assert not knocked()
    assert "qt.qpa" not in desk.log("agent")


def test_input_and_its_absence_are_noticed(desk: WaylandDesktop, agent: LiveAgent) -> None:
    agent.start(speed=60)
    with desk.at_work():
        agent.until(lambda now: now["posture"] == "seated", "the work")
    agent.until(lambda now: now["posture"] == "away", "the absence")
    desk.type("a")
    agent.until(lambda now: now["posture"] == "seated", "the return")


@pytest.mark.parametrize(("key", "outcome"), [("snooze", "snoozed"), ("skip", "skipped")])
def test_a_prompt_is_answered_in_mako(
    desk: WaylandDesktop, agent: LiveAgent, morning: Memory, key: str, outcome: str
) -> None:
    with AtSway(agent, morning) as sitting:
        sitting.prompted()
        assert PanelMenu(desk).property("Status") == "NeedsAttention"
        sitting.answered(key)
        wait_until(lambda: stored(agent) == [("hip_flexor", outcome)], "the answer to be remembered")
        assert desk.notes() == []


def test_a_click_on_the_note_opens_the_break_and_lets_it_take_the_focus(
    desk: WaylandDesktop, agent: LiveAgent, morning: Memory
) -> None:
    with AtSway(agent, morning) as sitting:
        sitting.prompted()
        desk.mouse.click(*desk.note())
        window = desk.window(STRETCH)
        assert window.native
        assert variable(window, LEAVE)
        wait_until(lambda: desk.window(STRETCH).focused, "the focus")
    # The click was for that window and no other.
    agent.ask("break", kind="glutes")
    assert variable(desk.window("Glute set"), LEAVE) is None


def test_a_terminal_s_leave_is_passed_on_with_the_command(
    desk: WaylandDesktop, agent: LiveAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent.start()
    monkeypatch.setitem(desk.env, LEAVE, "the terminal's")
    assert desk.tray_agent("break", "hip_flexor").returncode == 0
    assert variable(desk.window(STRETCH), LEAVE) == "the terminal's"
    # A second start is a person who looks for the agent.
    monkeypatch.setitem(desk.env, LEAVE, "the launcher's")
    assert desk.tray_agent("run").returncode == 0
    assert variable(desk.window("Tray Agent"), LEAVE) == "the launcher's"


def test_a_window_nobody_asked_for_asks_without_leave_to_take_the_focus(
    desk: WaylandDesktop, new_agent: NewAgent, morning: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(desk.env, LEAVE, "of whoever started the agent")
    agent = new_agent(WINDOW)
    with AtSway(agent, morning):
        agent.until(lambda now: now["prompt"], "the prompt", 20)
        window = desk.window(ASKS, 20)
        assert window.native
        assert not window.full_screen
        assert variable(window, LEAVE) is None
        wait_until(lambda: desk.notes() == [], "the note that announced it to go")
        agent.ask("skip")
        wait_until(lambda: not desk.windows(), "the window to go")


def test_firm_covers_each_screen_where_the_person_is_and_a_held_key_frees_them(
    desk: WaylandDesktop, new_agent: NewAgent, morning: Memory
) -> None:
    agent = new_agent(FIRM)
    wait_until(lambda: shows(desk, BAR_COLOUR), "the panels")
    desk.mouse.point(WIDTH + 400, 300)
    desk.sway.message("focus", "output", "HEADLESS-2")
    with AtSway(agent, morning):
        agent.until(lambda now: now["prompt"], "the prompt", 20)
        wait_until(lambda: {each.full_screen for each in desk.windows()} == {True}, "the full screens", 20)
        desk.window(CURTAIN)
        assert {each.title: each.output for each in desk.windows()} == {
            ASKS: "HEADLESS-2",
            CURTAIN: "HEADLESS-1",
        }
        wait_until(lambda: desk.window(ASKS).focused, "the focus, which it needs to hear Escape")
        wait_until(lambda: not shows(desk, BAR_COLOUR), "the panels of both screens to be covered")
        desk.keys("-s", "1200", "-P", "Escape", "-s", "2600", "-p", "Escape")
        wait_until(lambda: not desk.windows(), "the screens to be free")
    wait_until(lambda: stored(agent) == [("hip_flexor", "dismissed")], "the answer to be remembered")


def test_the_end_of_the_compositor_is_the_end_of_the_session(
    desk: WaylandDesktop, agent: LiveAgent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurried(desk, tmp_path, 1.0, monkeypatch)
    agent.start()
    process = agent.process
    assert process is not None
    desk.kill_compositor()
    try:
        assert process.wait(15) == 0
    finally:
        desk.start_compositor()
    assert (agent.state / "state.json").exists()


def test_a_compositor_that_comes_back_finds_the_agent_as_it_was(
    desk: WaylandDesktop, agent: LiveAgent
) -> None:
    agent.start(speed=60)
    desk.kill_compositor()
    desk.start_compositor()
    agent.until(lambda now: now["tray"]["state"] == "ok", "the icon in the new panel")
    agent.ask("break", kind="hip_flexor")
    assert desk.window(STRETCH).native

    def works_on(_now: object) -> bool:
        desk.type("a")
        return part(agent, "counter")[0] == "ok"

    agent.until(works_on, "the counter to be found again", 40, every_s=0.5)
    agent.ask("quit")


@pytest.fixture
def logind(desk: WaylandDesktop) -> Iterator[Logind]:
    with Logind(desk.env["DBUS_SYSTEM_BUS_ADDRESS"]) as logind:
        yield logind


@contextmanager
def started(desk: WaylandDesktop, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of the person's on the desktop."""
    with (desk.folder / "log" / command[0]).open("ab") as log:
        process = subprocess.Popen(command, env=desk.env, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def test_a_locker_started_by_hand_is_covered_by_the_idle_time(
    desk: WaylandDesktop, agent: LiveAgent, logind: Logind
) -> None:
    logind.opens("c1")
    agent.start(speed=60)
    with desk.at_work():
        agent.until(lambda now: now["posture"] == "seated", "the work")
    with started(desk, "swaylock", "-c", PURPLE_NAME) as locker:
        wait_until(lambda: shows(desk, PURPLE), "the lock on the screen")
        agent.until(lambda now: now["posture"] == "away", "the absence")
        assert "locked" not in agent.status()["quiet"]
        locker.send_signal(signal.SIGUSR1)  # as the right password would
        locker.wait(10)
    wait_until(lambda: not shows(desk, PURPLE), "the desktop to be back")


def test_a_lock_that_logind_asks_swayidle_for_is_known(
    desk: WaylandDesktop, agent: LiveAgent, logind: Logind, tmp_path: Path
) -> None:
    session = logind.opens("auto")  # swayidle takes the session of this name
    agent.start(speed=60)
    agent.until(lambda _now: part(agent, "session")[0] == "ok", "the session")
    number = tmp_path / "number"
    lock = f"echo $$ > {number}; exec swaylock -c {PURPLE_NAME}"
    with desk.at_work(), started(desk, "swayidle", "-d", "lock", lock):
        wait_until(lambda: "Using session" in desk.log("swayidle"), "swayidle to listen")
        agent.until(lambda now: now["posture"] == "seated", "the work")
        logind.asks_to_lock(session)
        agent.until(lambda now: "locked" in now["quiet"], "the lock to be known")
        wait_until(lambda: shows(desk, PURPLE), "the lock on the screen")
    os.kill(int(number.read_text()), signal.SIGUSR1)
    wait_until(lambda: not shows(desk, PURPLE), "the desktop to be back")
