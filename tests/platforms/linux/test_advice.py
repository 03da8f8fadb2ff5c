"""What helps on Linux, by the reasons its adapters give."""

from __future__ import annotations

from pathlib import Path

import pytest

from tray_agent.platforms.linux import system
from tray_agent.platforms.linux.advice import advice
from tray_agent.ports import Health, State
from tray_agent.shell.folders import Folders
from tray_agent.shell.remedies import Remedies

PLACES = Folders(Path("/c"), Path("/s"), Path("/r"), Path("/c/settings.toml"))
BAD = (State.ABSENT, State.LOST, State.DENIED, State.DEGRADED)


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        ("tray", "no message bus: the bus closed the connection", "log out and in again"),
        ("notifier", "no message bus: no bus (Connection refused)", "log out and in again"),
        ("notifier", "Plain 1.0 shows no buttons", "such as dunst"),
        ("notifier", "notes without buttons", "such as dunst"),
        ("counter", "DISPLAY is not set", "from within your desktop"),
        ("counter", "no X server answers at :9", "from within your desktop"),
        ("counter", "no idle protocol here; XWayland sees only its own windows", "X11 session"),
        ("pynput", "XWayland sees only its own windows", "nothing is missing"),
        ("counter", "libxcb is not installed", "Install libxcb"),
    ],
)
@pytest.mark.parametrize("state", BAD)
def test_the_reason_says_more_than_the_state(name: str, reason: str, words: str, state: State) -> None:
    assert words in str(Remedies(PLACES, advice("XFCE")).of(Health(name, state, None, reason)))


@pytest.mark.parametrize(
    ("desktop", "named"),
    [
        ("GNOME", "AppIndicator and KStatusNotifierItem Support"),
        ("ubuntu:GNOME", "AppIndicator and KStatusNotifierItem Support"),
        ("XFCE", "Status Tray Plugin"),
        ("MATE", "Notification Area"),
        ("KDE", "System Tray"),
        ("X-Cinnamon", "XApp Status Applet"),
        ("i3", "trayer"),
        ("", "trayer"),
    ],
)
def test_each_desktop_has_its_own_way_to_a_tray(desktop: str, named: str) -> None:
    absent = Health("tray", State.ABSENT, None, "no panel collects tray icons here")
    remedy = str(Remedies(PLACES, advice(desktop)).of(absent))
    assert named in remedy
    assert "applications menu" in remedy


def test_the_desktop_is_the_one_of_this_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "MATE")
    assert "Notification Area" in system.advice().by_state["tray", State.ABSENT]
    monkeypatch.delenv("XDG_CURRENT_DESKTOP")
    assert "trayer" in system.advice().by_state["tray", State.ABSENT]
