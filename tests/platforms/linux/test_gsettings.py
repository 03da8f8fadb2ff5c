"""The real `gsettings` over a real dconf-service; programs that misbehave are scripts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.dconf import Settings, settings
from tests.support.private_bus import PrivateBus
from tests.support.programs import Programs
from tests.support.sensing import heeded
from tests.support.turning import turn_until
from tray_agent.platforms.linux import gsettings
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.gsettings import SettingsSwitch, Switch
from tray_agent.platforms.linux.survey import Answer
from tray_agent.ports import State
from tray_agent.shell.loop import SelectorLoop

SCHEMA, FOLDER = "org.gnome.desktop.notifications", "/org/gnome/desktop/notifications/"
KEY = "show-banners"
BANNERS = Switch("gnome_settings", SCHEMA, FOLDER, KEY, on=False)
NO_ANSWER = Answer(None, State.DEGRADED, "gets no answer from gsettings")


class Asked:
    """The switch, its answers and its hints."""

    def __init__(self, loop: SelectorLoop, address: str, switch: Switch = BANNERS) -> None:
        self.loop = loop
        self.bus = Bus(loop, address)
        self.source = SettingsSwitch(loop, self.bus, switch)
        self.hints = 0
        self.source.begin(self._hinted)
        heeded(loop, self.bus)

    def _hinted(self) -> None:
        self.hints += 1

    def says(self) -> Answer:
        answers: list[Answer] = []
        self.source.ask(answers.append)
        assert not answers
        turn_until(self.loop, lambda: answers, "an answer")
        return answers[0]

    def close(self) -> None:
        self.source.close()
        self.bus.close()


@pytest.fixture
def hers(daemon: PrivateBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    with settings(daemon.address, tmp_path / "hers") as hers:
        for name, value in hers.env.items():
            monkeypatch.setenv(name, value)
        yield hers


@pytest.fixture
def asked(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Asked]:
    asked = Asked(loop, daemon.address)
    yield asked
    asked.close()


def test_the_switch_is_read_as_it_is_and_its_turning_is_a_hint(hers: Settings, asked: Asked) -> None:
    assert asked.says() == Answer(False)
    hers.set(SCHEMA, KEY, False)
    turn_until(asked.loop, lambda: asked.hints, "the hint")
    assert asked.says() == Answer(True)
    hers.reset(SCHEMA)
    turn_until(asked.loop, lambda: asked.hints == 2, "the second hint")
    assert asked.says() == Answer(False)


def test_other_switches_are_no_hint(hers: Settings, asked: Asked) -> None:
    hers.set(SCHEMA, "show-in-lock-screen", False)
    hers.set(SCHEMA, KEY, False)
    turn_until(asked.loop, lambda: asked.hints, "the hint")
    assert asked.hints == 1


def test_closed_it_hears_nothing(hers: Settings, asked: Asked) -> None:
    asked.source.close()
    asked.source.close()
    hers.set(SCHEMA, KEY, False)
    heeded(asked.loop, asked.bus)
    assert asked.hints == 0


@pytest.mark.parametrize(("schema", "key"), [("org.example.Nobody", KEY), (SCHEMA, "show-nothing")])
def test_a_setting_that_is_not_there_cannot_tell(
    loop: SelectorLoop, daemon: PrivateBus, hers: Settings, schema: str, key: str
) -> None:
    asked = Asked(loop, daemon.address, Switch("settings", schema, "/org/example/", key, on=True))
    assert asked.says() == Answer(None, State.ABSENT, "cannot tell: there is no such setting")
    asked.close()


@pytest.fixture
def programs(asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    return Programs(tmp_path, monkeypatch)


def test_without_the_program_nothing_can_be_told(programs: Programs, asked: Asked) -> None:
    reason = "needs the program gsettings: No such file or directory"
    assert asked.says() == Answer(None, State.ABSENT, reason)


@pytest.mark.parametrize("script", ["echo maybe", "exit 3", "kill -ABRT $$", "sleep 1 & echo"])
def test_a_program_that_misbehaves_is_no_answer(programs: Programs, asked: Asked, script: str) -> None:
    programs.add("gsettings", script)
    assert asked.says() == NO_ANSWER


def test_a_program_that_hangs_is_ended(
    programs: Programs, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gsettings, "PATIENCE_S", 0.1)
    programs.add("gsettings", "exec sleep 60")
    assert asked.says() == NO_ANSWER


def test_closing_ends_a_program_that_is_running(programs: Programs, asked: Asked) -> None:
    programs.add("gsettings", "echo $$ > $HERE/pid", "exec sleep 60")
    asked.source.ask(lambda _answer: None)
    turn_until(asked.loop, lambda: programs.said("pid").endswith("\n"), "the program")
    begun = time.monotonic()
    asked.source.close()
    assert time.monotonic() - begun < 30
    assert not Path(f"/proc/{programs.said('pid').strip()}").exists()
