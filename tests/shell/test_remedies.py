from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tray_agent.ports import Health, State
from tray_agent.shell import remedies
from tray_agent.shell.folders import Folders
from tray_agent.shell.remedies import ANYWAY, ON_DISK, Remedies
from tray_agent.shell.schema import Sensing

PLACES = Folders(Path("/c"), Path("/s"), Path("/r"), Path("/c/settings.toml"))
REMEDIES = Remedies(PLACES, "XFCE")
BAD = (State.ABSENT, State.LOST, State.DENIED, State.DEGRADED)
WRONG: dict[str, tuple[State, ...]] = {
    "tray": BAD,
    "notifier": BAD,
    "counter": BAD,
    "pynput": BAD,
    "windows": (State.ABSENT, State.DEGRADED),
    "session": (State.ABSENT, State.LOST),
    **dict.fromkeys(remedies.BY_NAME, BAD),
    "autostart": (State.OFF, State.ABSENT, State.DEGRADED),
    **dict.fromkeys(ON_DISK, (State.DEGRADED,)),
}
"""Each part, and the states it can be in when it is unwell."""


def test_what_is_well_needs_nothing() -> None:
    assert {REMEDIES.of(Health(name, State.OK)) for name, _state in remedies.BY_STATE} == {None}


@pytest.mark.parametrize("name", ["counter", "pynput", "tray", "windows", "notifier", *remedies.BY_NAME])
def test_what_was_to_be_off_needs_nothing(name: str) -> None:
    assert REMEDIES.of(Health(name, State.OFF, None, "started with --no-tray")) is None


def test_every_context_has_words_for_when_it_cannot_be_told() -> None:
    assert remedies.BY_NAME.keys() == {*Sensing.__struct_fields__}


def test_every_part_that_can_be_unwell_is_known_here() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "tray_agent").rglob("*.py"))
    assert set(re.findall(r'\bHealth\(\s*"(\w+)"', sources)) <= WRONG.keys()


@pytest.mark.parametrize(("name", "state"), [(name, state) for name in WRONG for state in WRONG[name]])
def test_whatever_can_be_wrong_has_a_remedy_of_its_own(name: str, state: State) -> None:
    remedy = REMEDIES.of(Health(name, state, None, "so it is"))
    assert remedy
    assert remedy != ANYWAY
    assert remedy.endswith(".")


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        ("tray", "no message bus: the bus closed the connection", "log out and in again"),
        ("notifier", "no message bus: no bus (Connection refused)", "log out and in again"),
        ("notifier", "Plain 1.0 shows no buttons", "in the icon's menu"),
        ("notifier", "notes without buttons", "in the icon's menu"),
        ("counter", "DISPLAY is not set", "from within your desktop"),
        ("counter", "no X server answers at :9", "from within your desktop"),
        ("counter", "no idle protocol here; XWayland sees only its own windows", "X11 session"),
        ("pynput", "XWayland sees only its own windows", "nothing is missing"),
        ("counter", "libxcb is not installed", "Install libxcb"),
        ("pynput", "pynput cannot be imported: No module named pynput", "Install pynput"),
    ],
)
@pytest.mark.parametrize("state", BAD)
def test_the_reason_says_more_than_the_state(name: str, reason: str, words: str, state: State) -> None:
    assert words in str(REMEDIES.of(Health(name, state, None, reason)))


def test_a_missing_tray_is_named_as_the_desktop_names_it() -> None:
    absent = Health("tray", State.ABSENT, None, "no panel collects tray icons here")
    assert "Status Tray Plugin" in str(REMEDIES.of(absent))
    assert "GNOME extension" in str(Remedies(PLACES, "GNOME").of(absent))


@pytest.mark.parametrize(
    ("reason", "begins"),
    [
        ("No space left on device", "Free some space on the disk of "),
        ("File too large", "Free some space on the disk of "),
        ("database or disk is full", "Free some space on the disk of "),
        ("disk I/O error", "Free some space on the disk of "),
        ("Disk quota exceeded", "Free some space on the disk of "),
        ("the disk of /c is full", "Free some space on the disk of "),
        ("Permission denied", "Make "),
        ("Read-only file system", "Make "),
        ("attempt to write a readonly database", "Make "),
        (None, "Make "),
    ],
)
def test_a_disk_that_takes_nothing_is_named(reason: str | None, begins: str) -> None:
    state, config = PLACES.state, PLACES.config
    for name, folder in (("snapshot", state), ("history", state), ("log", state), ("settings", config)):
        remedy = str(REMEDIES.of(Health(name, State.DEGRADED, "file", reason)))
        assert remedy.startswith(f"{begins}{folder}"), remedy
        assert ("What waits" in remedy) == (name != "settings")


def test_autostart_that_is_off_says_how_to_turn_it_on() -> None:
    assert "tray-agent autostart on" in str(REMEDIES.of(Health("autostart", State.OFF)))


def test_a_part_nobody_foresaw_has_a_last_resort() -> None:
    assert REMEDIES.of(Health("weather", State.LOST)) == ANYWAY
    assert REMEDIES.of(Health("weather", State.OFF)) is None
