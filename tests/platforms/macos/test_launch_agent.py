"""The launch agent: files as they are, read again by Python's own reader of property lists."""

from __future__ import annotations

import os
import plistlib
import stat
from pathlib import Path
from typing import Any

import pytest

from tray_agent.platforms.macos.launch_agent import LaunchAgent, job
from tray_agent.ports import Startup

OFF = Startup(on=False, mechanism=None)
ON = Startup(on=True, mechanism="launch_agent")
NAME = "org.trayagent.TrayAgent.plist"


@pytest.fixture
def agent(tmp_path: Path) -> LaunchAgent:
    return LaunchAgent(tmp_path / "home", tmp_path / "machine")


def of_the_machine(tmp_path: Path, **keys: Any) -> Path:
    file = tmp_path / "machine" / NAME
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(plistlib.dumps({"Label": "org.trayagent.TrayAgent", **keys}))
    return file


def test_added_it_is_on_and_says_all_that_launchd_needs(agent: LaunchAgent) -> None:
    assert agent.status() == OFF
    agent.add(["/bin/sh", "-c", "a b", "run"])
    assert agent.status() == ON
    assert agent.file.name == NAME
    assert plistlib.loads(agent.file.read_bytes()) == {
        "Label": "org.trayagent.TrayAgent",
        "ProgramArguments": ["/bin/sh", "-c", "a b", "run"],
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "LimitLoadToSessionType": "Aqua",
        "ProcessType": "Interactive",
    }


def test_removed_it_is_off_and_gone(agent: LaunchAgent) -> None:
    agent.remove()
    agent.add(["/bin/sh"])
    agent.remove()
    assert agent.status() == OFF
    assert list(agent.file.parent.iterdir()) == []


def test_only_the_variables_of_the_command_come_along() -> None:
    described = job(["/usr/bin/env", "TRAY_AGENT_HOME=/a b/=c", "/usr/local/bin/tray-agent", "run", "x=y"])
    assert described["EnvironmentVariables"] == {"TRAY_AGENT_HOME": "/a b/=c"}
    assert described["ProgramArguments"] == ["/usr/local/bin/tray-agent", "run", "x=y"]


def test_an_app_is_named_for_the_login_items() -> None:
    assert job(["/bin/sh"], app=True)["AssociatedBundleIdentifiers"] == ["org.trayagent.TrayAgent"]
    assert "AssociatedBundleIdentifiers" not in job(["/bin/sh"])


def test_nobody_else_may_write_it_whatever_new_files_are_like(agent: LaunchAgent) -> None:
    before = os.umask(0)
    try:
        agent.add(["/bin/sh"])
    finally:
        os.umask(before)
    assert stat.S_IMODE(agent.file.stat().st_mode) == 0o644


def test_it_is_replaced_whole_and_a_link_is_not_followed(agent: LaunchAgent, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    agent.file.parent.mkdir(parents=True)
    agent.file.symlink_to(elsewhere)
    agent.add(["/bin/sh"])
    assert elsewhere.read_text() == "mine"
    assert not agent.file.is_symlink()
    assert [file.name for file in agent.file.parent.iterdir()] == [NAME]


def test_what_cannot_be_written_is_said_and_nothing_is_left(agent: LaunchAgent) -> None:
    agent.file.mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        agent.add(["/bin/sh"])
    assert [file.name for file in agent.file.parent.iterdir()] == [NAME]


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"ProgramArguments": ["/bin/sh"], "Disabled": True}, "it is switched off by Disabled"),
        ({"ProgramArguments": ["/nowhere/tray-agent"]}, "it starts /nowhere/tray-agent, which is not there"),
        ({"ProgramArguments": ["sh"], "Program": "/nowhere"}, "it starts /nowhere, which is not there"),
        ({"ProgramArguments": []}, "it names no program"),
        ({}, "it names no program"),
    ],
)
def test_what_keeps_it_from_starting_is_named(agent: LaunchAgent, keys: dict[str, Any], why: str) -> None:
    agent.file.parent.mkdir(parents=True)
    agent.file.write_bytes(plistlib.dumps(keys))
    assert agent.status() == Startup(False, None, f"{agent.file}: {why}")


@pytest.mark.parametrize(
    "content",
    [b"", b"no plist", b"bplist00rest", b"<plist><dict>", b"<plist><date>soon</date></plist>", b"\xff\xfe"],
)
def test_a_broken_file_is_told_of(agent: LaunchAgent, content: bytes) -> None:
    agent.file.parent.mkdir(parents=True)
    agent.file.write_bytes(content)
    assert agent.status() == Startup(False, None, f"{agent.file} is no property list")
    agent.add(["/bin/sh"])
    assert agent.status() == ON


def test_the_machines_own_is_told_of_and_never_undone(agent: LaunchAgent, tmp_path: Path) -> None:
    file = of_the_machine(tmp_path, ProgramArguments=["/bin/sh"])
    for_everybody = Startup(True, "launch_agent", f"{file} starts it for everybody on this machine")
    assert agent.status() == for_everybody
    agent.add(["/bin/sh"])
    assert agent.status() == ON
    agent.remove()
    assert agent.status() == for_everybody
    assert file.exists()


def test_the_machines_own_may_be_switched_off(agent: LaunchAgent, tmp_path: Path) -> None:
    file = of_the_machine(tmp_path, ProgramArguments=["/bin/sh"], Disabled=True)
    assert agent.status() == Startup(False, None, f"{file}: it is switched off by Disabled")
    agent.add(["/bin/sh"])
    assert agent.status() == ON
