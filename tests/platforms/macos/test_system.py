"""macOS as the rest of the agent sees it."""

from __future__ import annotations

import builtins
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.macos import quartz
from tests.support.macos.foundation import NSLocale
from tests.support.macos.played_main import main
from tray_agent import platforms
from tray_agent.platforms.macos import system
from tray_agent.platforms.macos.advice import ADVICE
from tray_agent.platforms.macos.awake import awake_s
from tray_agent.platforms.macos.desktop import MacDesktop
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture
def by_ssh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quartz.server, "session", None)


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The modules that are asked for."""
    names: list[str] = []
    real = builtins.__import__

    def noted(name: str, *more: Any) -> Any:
        names.append(name)
        return real(name, *more)

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "__import__", noted)
        yield names


def test_it_is_the_system_that_is_selected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert platforms.select() is system
    assert platforms.elsewhere() == {"linux", "windows"}


def test_the_agent_leaves_the_thread_that_asks_to_appkit() -> None:
    with main.taken():
        threads: list[threading.Thread] = []

        def agent() -> int:
            threads.append(threading.current_thread())
            return 7

        assert system.lead(agent) == 7
        assert threads != [threading.current_thread()]


@pytest.mark.usefixtures("by_ssh")
def test_where_nobody_sits_at_the_screen_there_is_no_appkit_and_no_desktop(loop: SelectorLoop) -> None:
    assert system.lead(lambda: int(threading.current_thread() is threading.main_thread())) == 1
    with pytest.raises(Unavailable, match="nobody is logged in at the screen"):
        system.desktop(loop)


def test_what_macos_offers(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(system.desktop(loop), MacDesktop)
    assert system.awake() is awake_s
    assert system.channel() is None
    assert system.renewal(loop, lambda: None) is None
    assert system.advice() is ADVICE
    assert system.autostart().status().mechanism in {None, "launchd", "login_item"}
    monkeypatch.setattr(NSLocale, "preferred", ["pt-BR", "de-DE"])
    assert system.languages() == ("pt-BR", "de-DE")


def test_the_command_line_loads_no_framework_for_the_channel(loaded: list[str]) -> None:
    system.channel()
    system.awake()
    assert not {"AppKit", "Foundation", "Quartz"} & {name.partition(".")[0] for name in loaded}
