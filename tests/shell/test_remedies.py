from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tray_agent.platforms.linux import advice as linux
from tray_agent.platforms.macos import advice as macos
from tray_agent.platforms.windows import advice as windows
from tray_agent.ports import Advice, Health, State
from tray_agent.shell import remedies
from tray_agent.shell.folders import Folders
from tray_agent.shell.remedies import ANYWAY, ON_DISK, Remedies
from tray_agent.shell.schema import Sensing

PLACES = Folders(Path("/c"), Path("/s"), Path("/r"), Path("/c/settings.toml"))
REMEDIES = Remedies(PLACES)
SYSTEMS = {
    "linux": linux.advice("XFCE"),
    "windows": windows.ADVICE,
    "macos": macos.ADVICE,
    "none": Advice(),
}
ITS_OWN = {
    "linux": r"\b(dunst|xfce4|X11|Wayland|libxcb|GNOME|panel|message bus|trayer|applications menu)\b",
    "windows": r"\b(Windows|Task Manager|taskbar|Explorer|Startup apps)\b",
    "macos": r"\b(macOS|System Settings|menu bar|notch|Login Items|Input Monitoring)\b",
}
"""Words that belong to one system; “windows” in small letters belongs to all."""
BAD = (State.ABSENT, State.LOST, State.DENIED, State.DEGRADED)
WRONG: dict[str, tuple[State, ...]] = {
    "tray": BAD,
    "notifier": BAD,
    "counter": BAD,
    "pynput": BAD,
    "windows": (State.ABSENT, State.DEGRADED),
    "session": (State.ABSENT, State.LOST, State.DEGRADED),
    **dict.fromkeys(remedies.BY_NAME, BAD),
    "autostart": (State.OFF, State.ABSENT, State.DENIED, State.DEGRADED),
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


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(("name", "state"), [(name, state) for name in WRONG for state in WRONG[name]])
def test_whatever_can_be_wrong_has_a_remedy_of_its_own(name: str, state: State, system: str) -> None:
    remedy = Remedies(PLACES, SYSTEMS[system]).of(Health(name, state, None, "so it is"))
    assert remedy
    assert remedy != ANYWAY
    assert remedy.endswith(".")


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_system_is_told_of_another_s_programs(system: str) -> None:
    remedies = Remedies(PLACES, SYSTEMS[system])
    by_state = [remedies.of(Health(name, state)) for name in WRONG for state in (*WRONG[name], State.OK)]
    by_reason = [sentence for _name, _clause, sentence in SYSTEMS[system].by_reason]
    foreign = "|".join(words for other, words in ITS_OWN.items() if other != system)
    for sentence in filter(None, (*by_state, *by_reason)):
        assert not re.search(foreign, sentence), sentence


@pytest.mark.parametrize("advice", SYSTEMS.values(), ids=SYSTEMS)
def test_what_systems_say_is_said_of_parts_and_states_there_are(advice: Advice) -> None:
    assert {name for name, _clause, _sentence in advice.by_reason} <= WRONG.keys()
    for name, state in advice.by_state:
        assert state in (*WRONG[name], State.OK)


@pytest.mark.parametrize("system", ITS_OWN)
def test_each_reason_that_is_looked_for_is_given_by_somebody(system: str) -> None:
    product = ROOT / "tray_agent"
    files = [*(product / "platforms" / system).glob("*.py"), *(product / "platforms").glob("*.py")]
    files += (product / "shell").glob("*.py")
    given = "".join(file.read_text("utf-8") for file in files if file.stem not in ("advice", "remedies"))
    for _name, clause, _sentence in (*SYSTEMS[system].by_reason, *remedies.BY_REASON):
        assert clause in given, clause


def test_what_a_system_says_comes_first() -> None:
    advice = Advice(
        by_reason=(("notifier", "buttons", "By reason."),),
        by_state={("session", State.LOST): "By state.", ("tray", State.OK): "While well."},
    )
    own = Remedies(PLACES, advice)
    assert own.of(Health("notifier", State.DEGRADED, None, "notes without buttons")) == "By reason."
    assert own.of(Health("session", State.LOST)) == "By state."
    assert own.of(Health("tray", State.OK)) == "While well."
    assert own.of(Health("session", State.ABSENT)) == REMEDIES.of(Health("session", State.ABSENT))


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        ("notifier", "Plain 1.0 shows no buttons", "in the icon's menu"),
        ("notifier", "notes without buttons", "in the icon's menu"),
        ("notifier", "PySide6 is not installed; the [gui] extra brings it", "Install windows"),
        ("camera", "it did not answer in time", "asked again"),
        ("pynput", "pynput cannot be imported: No module named pynput", "Install pynput"),
    ],
)
@pytest.mark.parametrize("state", BAD)
def test_the_reason_says_more_than_the_state(name: str, reason: str, words: str, state: State) -> None:
    assert words in str(REMEDIES.of(Health(name, state, None, reason)))


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
