"""From login to logout: started by the session, quiet, late company, every way to end, and after a bug."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent, Memory, at_work
from tests.support.waiting import wait_until
from tests.support.x_windows import titles
from tray_agent.platforms.linux.autostart import LinuxAutostart
from tray_agent.platforms.linux.launcher import Launcher
from tray_agent.platforms.linux.programs import words
from tray_agent.platforms.own_command import own_command

NIGHT_S = 10 * 3600


def environ(agent: LiveAgent) -> dict[str, str]:
    """That of the agent, on a machine that itself starts nothing with a session."""
    empty = str(agent.home / "nothing")
    return {
        **agent.desktop.env,
        "TRAY_AGENT_HOME": str(agent.home),
        "XDG_CONFIG_DIRS": empty,
        "XDG_DATA_DIRS": f"{empty}:/usr/share",
    }


def log_in(agent: LiveAgent, *options: str) -> str:
    """Start what a session starts; returns what is said of it."""
    command = ["dex", "--autostart", "--environment", "XFCE", *options]
    done = subprocess.run(
        command,
        env=environ(agent),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if options else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=10,
        check=True,
    )
    return done.stdout or ""


@contextmanager
def logged_in(agent: LiveAgent) -> Iterator[None]:
    """The agent as the session started it, until the `with` ends."""
    log_in(agent)
    wait_until(agent.answers, "the agent to answer", 20)
    try:
        yield
    finally:
        agent.ask("quit")
        wait_until(lambda: not agent.socket.exists(), "the agent to end")


def tell(command: list[str], env: dict[str, str]) -> None:
    """Run one command of the agent."""
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, timeout=20, check=True)


def saved_a_bout(agent: LiveAgent) -> bool:
    """Whether the bout that ran is in the snapshot."""
    saved = json.loads((agent.state / "state.json").read_text())
    return saved["state"]["estimator"]["timeline"]["bout_start"] is not None


def test_started_with_the_session_it_shows_nothing_but_its_icon(desk: Desktop, agent: LiveAgent) -> None:
    env = environ(agent)
    autostart = LinuxAutostart(lambda: (*own_command(env), "run"), env)
    assert autostart.set(on=True).mechanism == "xdg"
    windows = titles(desk.display)
    with at_work(desk.display), logged_in(agent):
        seen = agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
        assert seen["prompt"] is None
        wait_until(lambda: len(desk.tray_items()) == 1, "the icon")
        assert (titles(desk.display), desk.notes_shown()) == (windows, 0)
    assert "tray_agent" in log_in(agent, "--dry-run")
    assert not autostart.set(on=False).on
    assert "tray_agent" not in log_in(agent, "--dry-run")


def test_the_morning_after_it_does_not_begin_with_a_prompt(
    desk: Desktop, agent: LiveAgent, morning: Memory
) -> None:
    morning.give(agent)
    snapshot = agent.state / "state.json"
    saved = json.loads(snapshot.read_text())
    for clock in ("boottime", "monotonic", "wall"):
        saved["clocks"][clock] -= NIGHT_S
    snapshot.write_text(json.dumps(saved))
    with at_work(desk.display):
        agent.start(speed=300)
        seen = agent.until(lambda now: now["sitting_s"] > 15 * 60, "a quarter of an hour", every_s=0.01)
    assert seen["sitting_s"] < 40 * 60
    assert (seen["prompt"], seen["today"]["prompts"], desk.notes_shown()) == (None, 0, 0)


def test_it_may_be_there_before_bus_panel_and_notes() -> None:
    with Desktop(without={"panel", "dunst", "openbox"}) as desk:
        desk.kill("bus")
        socket = desk.folder / "run" / "bus"
        socket.unlink()
        desk.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"
        agent = LiveAgent(desk)
        agent.start()
        seen = agent.status()
        assert seen["tray"]["state"] != "ok" and seen["notifier"]["state"] != "ok"
        desk._start_bus("DBUS_SESSION_BUS_ADDRESS", "bus")
        desk.start("dunst")
        desk.start("panel")
        agent.until(lambda now: now["tray"]["state"] == now["notifier"]["state"] == "ok", "both", 15)
        assert len(desk.tray_items()) == 1
        assert desk.notes_shown() == 0
        assert agent.end() == 0


def test_a_hang_up_ends_it_as_well_as_any_farewell(desk: Desktop, agent: LiveAgent) -> None:
    with at_work(desk.display):
        agent.start()
        agent.until(lambda now: now["sitting_s"] >= 1, "sitting to be seen")
    assert agent.end(signal.SIGHUP) == 0
    assert saved_a_bout(agent)
    assert not agent.socket.exists()


def test_the_terminal_it_was_started_in_may_be_closed(desk: Desktop, agent: LiveAgent) -> None:
    terminal, inside = os.openpty()
    command = ["setsid", "--ctty", sys.executable, "-m", "tray_agent", "run"]
    agent.process = subprocess.Popen(
        command, env=environ(agent), stdin=inside, stdout=inside, stderr=inside, close_fds=True
    )
    os.close(inside)
    wait_until(agent.answers, "the agent to answer", 20)
    os.close(terminal)
    assert agent.process.wait(10) == 0
    assert (agent.state / "state.json").exists()
    assert not agent.socket.exists()


def test_whoever_asks_with_nohup_is_obeyed(desk: Desktop, agent: LiveAgent) -> None:
    command = ["nohup", sys.executable, "-m", "tray_agent", "run"]
    agent.process = subprocess.Popen(
        command,
        env=environ(agent),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(agent.answers, "the agent to answer", 20)
    agent.process.send_signal(signal.SIGHUP)
    # Signals are taken in before the next question.
    agent.ask("status")
    agent.ask("status")
    assert agent.process.poll() is None
    assert agent.end() == 0


def test_the_menu_entry_reaches_the_agent_that_runs(desk: Desktop, agent: LiveAgent) -> None:
    agent.start("--no-tray")
    env = environ(agent)
    entry = Launcher(own_command(env), environ=env).ensure()
    subprocess.run(["gio", "launch", str(entry)], env=env, check=True, timeout=10)
    commands = [line[5:] for line in entry.read_text().splitlines() if line.startswith("Exec=")]
    run, stand_up, *others, leave = (words(command) for command in commands)
    # GLib does not wait for what it starts; here a second agent says that it handed over.
    done = subprocess.run(run, env=env, capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stdout) == (0, "Tray Agent is running already.\n")
    windows = len(titles(desk.display))
    tell(stand_up, env)
    wait_until(lambda: len(titles(desk.display)) > windows, "the break window")
    for action in others:
        tell(action, env)
    seen = agent.status()
    assert (seen["posture"], "paused" in seen["quiet"]) == ("standing", True)
    tell(leave, env)
    assert agent.process is not None
    assert agent.process.wait(10) == 0


def test_after_a_sudden_death_one_note_says_so(desk: Desktop, agent: LiveAgent) -> None:
    agent.start()
    assert agent.end(signal.SIGSEGV) == -signal.SIGSEGV
    agent.start()
    wait_until(lambda: desk.notes_shown() == 1, "the note")
    told = agent.state / "crash-shown.txt"
    assert "Segmentation fault" in told.read_text()
    agent.kill()
    agent.start()
    agent.until(lambda now: now["notifier"]["state"] == "ok", "notes to be possible")
    assert not (agent.state / "crash.txt").exists()
    assert [path.name for path in agent.state.glob("crash*")] == ["crash-shown.txt"]
