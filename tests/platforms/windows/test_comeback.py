"""What is asked of the Restart Manager.

Wine has none: it takes the wish and forgets it, so that neither what was asked can be read back nor the
coming back be seen; a person looks at that on Windows.
"""

from __future__ import annotations

import sys

import pytest

from tray_agent.platforms.windows import comeback

assert sys.platform == "win32"

CRASH, HANG, PATCH, REBOOT = 1, 2, 4, 8


def test_an_installed_program_comes_back_after_an_upgrade_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    asked: list[tuple[str, int]] = []
    comeback.ask_for_it(["run", "--config", r"C:\My settings.toml"], lambda *wish: asked.append(wish))
    ((arguments, never),) = asked
    assert arguments == r'run --config "C:\My settings.toml"'
    assert never & (CRASH | HANG | REBOOT) == CRASH | HANG | REBOOT
    assert not never & PATCH


def test_windows_takes_the_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    answers: list[int] = []
    register = comeback._kernel32.RegisterApplicationRestart
    comeback.ask_for_it(["run"], lambda *wish: answers.append(register(*wish)))
    assert answers == [0]


def test_python_itself_is_not_started_by_windows() -> None:
    asked: list[tuple[str, int]] = []
    comeback.ask_for_it(["run"], lambda *wish: asked.append(wish))
    assert asked == []
