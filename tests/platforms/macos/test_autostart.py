"""One mechanism at a time, whichever fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.macos import corefoundation, foundation, servicemanagement
from tray_agent.platforms.macos.autostart import MacAutostart
from tray_agent.platforms.macos.launch_agent import LaunchAgent
from tray_agent.ports import Startup

OFF = Startup(on=False, mechanism=None)
COMMAND = ["/bin/sh", "run"]


@pytest.fixture(autouse=True)
def played(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(foundation.NSProcessInfo, "version", (14, 5, 0))
    corefoundation.played.begin()
    servicemanagement.SMAppService.begin()
    yield
    corefoundation.played.begin()
    servicemanagement.SMAppService.begin()


@pytest.fixture
def agent(tmp_path: Path) -> LaunchAgent:
    return LaunchAgent(tmp_path / "home", tmp_path / "machine")


def autostart(agent: LaunchAgent) -> MacAutostart:
    return MacAutostart(lambda: COMMAND, agent)


def test_without_an_app_it_is_a_launch_agent(agent: LaunchAgent) -> None:
    assert autostart(agent).set(on=True) == Startup(True, "launch_agent")
    assert b"AssociatedBundleIdentifiers" not in agent.file.read_bytes()
    assert servicemanagement.SMAppService.played_status == servicemanagement.SMAppServiceStatusNotFound
    assert autostart(agent).set(on=False) == OFF
    assert not agent.file.exists()


def test_the_app_is_a_login_item_and_takes_the_place_of_a_launch_agent(agent: LaunchAgent) -> None:
    autostart(agent).set(on=True)
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    assert autostart(agent).status() == Startup(True, "launch_agent")
    assert autostart(agent).set(on=True) == Startup(True, "login_item")
    assert not agent.file.exists()
    assert autostart(agent).set(on=False) == OFF


def test_before_macos_13_the_app_is_a_launch_agent_under_its_name(
    agent: LaunchAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foundation.NSProcessInfo, "version", (12, 7, 6))
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    assert autostart(agent).set(on=True) == Startup(True, "launch_agent")
    assert b"AssociatedBundleIdentifiers" in agent.file.read_bytes()


def test_both_at_once_are_told_of(agent: LaunchAgent) -> None:
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    autostart(agent).set(on=True)
    agent.add(COMMAND)
    assert autostart(agent).status() == Startup(True, "login_item", "a launch agent starts it as well")


def test_where_the_machine_starts_everybody_the_person_needs_nothing_of_their_own(
    agent: LaunchAgent, tmp_path: Path
) -> None:
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    autostart(agent).set(on=True)
    agent.add(COMMAND)
    machine = tmp_path / "machine"
    machine.mkdir()
    agent.file.rename(machine / agent.file.name)
    assert autostart(agent).status().mechanism == "login_item"
    now = autostart(agent).set(on=True)
    assert (now.on, now.mechanism) == (True, "launch_agent")
    assert servicemanagement.SMAppService.played_status != servicemanagement.SMAppServiceStatusEnabled


def test_off_takes_both_away(agent: LaunchAgent) -> None:
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    autostart(agent).set(on=True)
    agent.add(COMMAND)
    assert autostart(agent).set(on=False) == OFF


def test_a_login_item_that_was_switched_off_is_told_of_unless_something_else_starts_it(
    agent: LaunchAgent,
) -> None:
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    servicemanagement.SMAppService.played_refusal = True
    assert autostart(agent).set(on=True) == Startup(False, None, "it is switched off in Login Items")
    agent.add(COMMAND)
    assert autostart(agent).status() == Startup(True, "launch_agent")
