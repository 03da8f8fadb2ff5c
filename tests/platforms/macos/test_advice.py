"""What helps on macOS."""

from __future__ import annotations

from pathlib import Path

import pytest

from tray_agent.platforms.macos.advice import ADVICE
from tray_agent.ports import Health, State
from tray_agent.shell.folders import Folders
from tray_agent.shell.remedies import Remedies

PLACES = Folders(Path("/c"), Path("/s"), Path("/r"), Path("/c/settings.toml"))


def remedy(name: str, state: State, reason: str | None = None) -> str | None:
    return Remedies(PLACES, ADVICE).of(Health(name, state, None, reason))


@pytest.mark.parametrize(
    ("name", "state", "words"),
    [
        ("tray", State.OK, "notch"),
        ("notifier", State.DENIED, "System Settings > Notifications"),
        ("pynput", State.DENIED, "Input Monitoring"),
        ("do_not_disturb", State.ABSENT, "Focus"),
        ("autostart", State.DENIED, "Login Items"),
    ],
)
def test_each_state_has_its_sentence(name: str, state: State, words: str) -> None:
    assert words in str(remedy(name, state))


def test_nobody_is_urged_to_allow_what_is_not_needed() -> None:
    assert str(remedy("pynput", State.DENIED)).startswith("Nothing is missing")
