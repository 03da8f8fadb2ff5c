"""What helps on Windows, by the reasons its adapters give."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tray_agent.platforms.windows import autostart, context_choice, system
from tray_agent.platforms.windows.pynput_hooks import REFUSED
from tray_agent.ports import Health, State
from tray_agent.shell.folders import Folders
from tray_agent.shell.remedies import Remedies

assert sys.platform == "win32"

PLACES = Folders(Path("c"), Path("s"), Path("r"), Path("c", "settings.toml"))


def remedy(name: str, state: State, reason: str | None = None) -> str | None:
    return Remedies(PLACES, system.advice()).of(Health(name, state, None, reason))


@pytest.mark.parametrize(
    ("name", "state", "reason", "words"),
    [
        ("tray", State.OK, None, "behind the arrow"),
        ("tray", State.ABSENT, "no taskbar is running", "explorer"),
        ("tray", State.DEGRADED, "the taskbar did not take the icon", "tried again"),
        ("notifier", State.DEGRADED, "notes without buttons", "icon's menu"),
        ("notifier", State.ABSENT, "no tray icon is shown that could have a balloon", "--no-tray"),
        ("notifier", State.LOST, "no answer from the system in 10 s", "Windows Explorer"),
        ("pynput", State.ABSENT, REFUSED, "activity.source counter"),
        ("pynput", State.LOST, "it would not hear the next input", "others are set"),
        ("microphone", State.LOST, "Windows' audio does not say who records", "Windows Audio"),
        ("microphone", State.DEGRADED, "Windows' audio does not say who records", "stands in"),
        ("microphone", State.DEGRADED, "it did not answer in time", "asked again"),
        ("player", State.ABSENT, "this Windows has no such class", "Nothing is missing"),
        ("sharing", State.ABSENT, context_choice.NOBODY_TELLS["sharing"], "pause by hand"),
        (
            "notifier",
            State.DENIED,
            "notifications are switched off in Windows' settings",
            "Settings > System",
        ),
        ("autostart", State.OFF, autostart._SWITCHED_OFF, "Task Manager"),
        ("autostart", State.OFF, None, "autostart on"),
    ],
)
def test_each_reason_has_its_sentence(name: str, state: State, reason: str | None, words: str) -> None:
    assert words in str(remedy(name, state, reason))


@pytest.mark.parametrize("name", ["counter", "pynput", "camera", "session", "notifier"])
def test_what_is_well_is_left_alone(name: str) -> None:
    assert remedy(name, State.OK) is None
