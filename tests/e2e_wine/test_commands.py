"""The command line as Windows programs, over the named pipe; starting with the session by the registry."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests.e2e_wine.conftest import NewAgent
from tests.support.waiting import wait_until
from tests.support.wine_agent import WineAgent

RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
SWITCHED_OFF = "0300000000000000000000"
NAME = "TrayAgent"


def said(answer: subprocess.CompletedProcess[str]) -> Any:
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return json.loads(answer.stdout)


def test_the_verbs_reach_the_agent(agent: WineAgent) -> None:
    assert said(agent.tell("status", "--json"))["tray"]["backend"] == "notify_icon"
    assert "because" in said(agent.tell("why", "--json"))
    assert agent.tell("pause", "30m").returncode == 0
    assert said(agent.tell("status", "--json"))["paused_until"] is not None
    assert agent.tell("resume").returncode == 0
    report = said(agent.tell("doctor", "--json"))
    assert report["running"]
    well = {part["name"] for part in report["parts"] if part["state"] == "ok"}
    assert {"counter", "pynput", "tray", "session", "snapshot", "history", "log", "settings"} <= well
    assert agent.tell("quit").returncode == 0
    assert agent.ends() == 0


@pytest.mark.parametrize("verb", ["status", "quit"])
def test_without_an_agent_there_is_a_sentence_and_a_code(new_agent: NewAgent, verb: str) -> None:
    told = new_agent().tell(verb)
    assert (told.returncode, told.stdout) == (3, "")
    assert "not running" in told.stderr


def test_doctor_looks_for_itself_where_no_agent_runs(new_agent: NewAgent) -> None:
    report = said(new_agent().tell("doctor", "--json"))
    assert not report["running"]
    states = {part["name"]: part["state"] for part in report["parts"]}
    assert (states["counter"], states["session"]) == ("ok", "ok")


def test_it_starts_with_the_session_unless_windows_was_told_not_to(new_agent: NewAgent) -> None:
    agent = new_agent()
    desk = agent.desk
    assert said(agent.tell("autostart", "on", "--json"))["on"]
    # Windows starts what is written there, and gives it no variables of ours.
    started = desk.helper.ask("run_at_logon", name=NAME)
    try:
        wait_until(agent.answers, "the agent that was started", 60)
    finally:
        agent.ask("quit")
        assert desk.helper.ask("exit_code", pid=started) == 0
    desk.run("reg", "add", APPROVED, "/v", NAME, "/t", "REG_BINARY", "/d", SWITCHED_OFF, "/f")
    off = said(agent.tell("autostart", "status", "--json"))
    assert (off["on"], off["reason"]) == (False, "it is switched off among the startup apps of Windows")
    desk.run("reg", "delete", APPROVED, "/v", NAME, "/f")
    assert said(agent.tell("autostart", "status", "--json"))["on"]
    assert not said(agent.tell("autostart", "off", "--json"))["on"]
    assert desk.run("reg", "query", RUN, "/v", NAME).returncode == 1
