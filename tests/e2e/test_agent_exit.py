"""How the agent ends: quickly, with everything saved and nothing left behind."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent, at_work
from tests.support.waiting import wait_until
from tests.support.x_windows import titles
from tray_agent.shell import ipc
from tray_agent.wiring import LEAVES_WITHIN_S


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "quit"])
def test_it_leaves_nothing_behind(desk: Desktop, agent: LiveAgent, how: str) -> None:
    with at_work(desk.display):
        agent.start()
        agent.until(lambda now: now["sitting_s"] >= 1, "sitting to be seen")
    agent.ask("break", kind="stand_up")
    wait_until(lambda: "Stand up" in titles(desk.display), "the break window")
    (window,) = agent.children()
    process = agent.process
    assert process is not None
    asked = time.monotonic()
    if how == "quit":
        assert desk.tray_agent("quit").returncode == 0
    else:
        process.send_signal(signal.Signals[how])
    assert process.wait(10) == 0
    assert time.monotonic() - asked < 2
    wait_until(lambda: not Path(f"/proc/{window}/exe").exists(), "the window's process to end", 3)
    assert not agent.socket.exists()
    assert "Traceback" not in desk.log("agent")
    saved = json.loads((agent.state / "state.json").read_text())
    assert saved["clocks"]["monotonic"] >= asked
    assert saved["state"]["estimator"]["timeline"]["bout_start"] is not None
    assert not (agent.state / "crash.txt").exists()
    assert desk.tray_agent("status").returncode == 3


@pytest.mark.parametrize("how", [(), ("--unasked",)])
def test_one_that_finds_the_place_kept_by_nobody_who_answers_waits_for_it(
    desk: Desktop, agent: LiveAgent, how: tuple[str, ...]
) -> None:
    desk.env["TRAY_AGENT_HOME"] = f"{agent.home}"
    with ipc.alone(agent.socket):
        newcomer = agent.process = desk.start_agent(*how)
        time.sleep(1.0)
        assert newcomer.poll() is None
    wait_until(agent.answers, "the newcomer to answer")
    assert agent.end() == 0


def test_it_does_not_wait_for_ever(desk: Desktop, agent: LiveAgent) -> None:
    desk.env["TRAY_AGENT_HOME"] = f"{agent.home}"
    with ipc.alone(agent.socket):
        began = time.monotonic()
        done = desk.tray_agent("run")
        assert time.monotonic() - began > LEAVES_WITHIN_S
    assert (done.returncode, done.stdout) == (0, "Tray Agent is running already.\n")


def test_one_that_starts_while_another_leaves_takes_its_place(agent: LiveAgent) -> None:
    agent.start()
    leaving = agent.process
    assert leaving is not None
    for _time in range(3):
        agent.ask("quit")
        agent.process = None
        newcomer = agent.desktop.start_agent()
        assert leaving.wait(10) == 0
        agent.process = leaving = newcomer
        wait_until(agent.answers, "the newcomer to answer")
    assert agent.end() == 0
