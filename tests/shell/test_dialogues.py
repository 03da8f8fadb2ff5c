"""The large windows over a living agent: what they are opened with, and what they change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.shell.test_agent import MIN, MONDAY_9, Life
from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import FakeMachine
from tray_agent.core.model import Condition, Limits
from tray_agent.shell.dialogues import Dialogues
from tray_agent.shell.origins import Origins
from tray_agent.shell.settings import SettingsFile


class Around:
    """Whoever opens them: settings are kept in a file, the rest is written down."""

    def __init__(self, life: Life, file: Path) -> None:
        self.life, self.file = life, SettingsFile(file)
        self.happened: list[str] = []

    def kept(self, values: Mapping[str, Any]) -> str | None:
        self.file.change(values)
        self.life.agent.settings_changed(self.file.settings)
        return None

    def forgotten(self, key: str) -> str | None:
        self.file.forget(key)
        self.life.agent.settings_changed(self.file.settings)
        return None

    @property
    def origins(self) -> Origins:
        return self.file

    def hint(self) -> str:
        return ""

    def whereabouts(self) -> str:
        return ""

    def edit_settings(self) -> None:
        self.happened.append("settings file")

    def show_help(self) -> None:
        self.happened.append("help")

    def no_window(self, reason: str) -> None:
        self.happened.append(reason)


class Desk:
    """An agent after ten minutes of work, and its dialogues."""

    def __init__(self, folder: Path) -> None:
        self.loop = FakeLoop()
        self.life = Life(folder, self.loop, FakeMachine(self.loop, MONDAY_9))
        self.windows = self.life.windows
        self.around = Around(self.life, folder / "settings.toml")
        self.dialogues = Dialogues(self.life.agent, self.windows, folder / "state.json", self.around)
        self.loop.advance(10 * MIN)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_setting_changed_in_the_window_is_in_force_and_in_its_file(desk: Desk) -> None:
    desk.dialogues.settings("movement")
    assert desk.windows.open_now["settings"]["page"] == "movement"
    desk.windows.say({"event": "ready"})
    desk.windows.say({"event": "set", "key": "intensity", "value": "gentle"})
    assert desk.life.agent.engine.rules.interval_s == 60 * MIN
    assert desk.around.file.path.read_text() == 'intensity = "gentle"\n'


def test_an_open_settings_window_follows_changes_from_elsewhere(desk: Desk) -> None:
    desk.dialogues.refresh()
    desk.dialogues.settings()
    desk.windows.say({"event": "ready"})
    desk.around.kept({"quiet.call": False})
    desk.dialogues.refresh()
    told = desk.windows.told[-1]
    assert (told["key"], told["value"]) == ("quiet.call", False)


def test_the_day_is_shown_and_put_right(desk: Desk) -> None:
    desk.dialogues.today()
    assert desk.windows.open_now["today"]["v"] == 1
    desk.windows.say({"event": "ready"})
    assert desk.life.agent.view().today.breaks == 0
    wall = MONDAY_9
    desk.windows.say({"event": "correct", "from": wall + 3 * MIN, "to": wall + 6 * MIN, "as": "up"})
    assert desk.life.agent.view().today.breaks == 1


def test_everything_kept_is_exported_but_for_health(desk: Desk, tmp_path: Path) -> None:
    desk.life.agent.limits_said(Limits(conditions=frozenset({Condition.SORE_KNEE})))
    desk.dialogues.today()
    desk.windows.say({"event": "ready"})
    copy = tmp_path / "copy.json"
    desk.windows.say({"event": "export", "path": f"{copy}"})
    assert "copy.json" in desk.windows.told[-1]["sentence"]
    assert '"state"' in copy.read_text()
    assert "sore_knee" not in copy.read_text()


def test_the_safety_check_is_kept_and_counts_at_once(desk: Desk) -> None:
    desk.dialogues.limits_changed()
    desk.dialogues.safety()
    assert desk.windows.open_now["safety"]["cleared"] is False
    desk.windows.say({"event": "ready"})
    desk.windows.say({"event": "ended", "cleared": True, "conditions": ["sore_wrist"], "again": []})
    said = Limits(cleared=True, conditions=frozenset({Condition.SORE_WRIST}))
    assert desk.life.agent.engine.limits == desk.life.store.limits() == said
    assert desk.dialogues.answer_safety({})["cleared"] is True


def test_the_welcome_comes_once_and_again_when_it_is_wanted(desk: Desk) -> None:
    desk.dialogues.begin()
    assert "welcome" in desk.windows.open_now
    desk.windows.say({"event": "ready"})
    desk.windows.say({"event": "ended"})
    desk.windows.open_now.clear()
    desk.dialogues.begin()
    assert "welcome" not in desk.windows.open_now
    desk.dialogues.welcome()
    assert "welcome" in desk.windows.open_now


def test_where_no_window_can_be_shown_it_is_said(desk: Desk) -> None:
    for open_it in (desk.dialogues.settings, desk.dialogues.today, desk.dialogues.safety):
        open_it()
        desk.windows.say({"event": "gone", "reason": "no Qt"})
    assert desk.around.happened == ["settings file", "no Qt", "no Qt"]


def test_closed_none_stays_open(desk: Desk) -> None:
    for open_it in (
        desk.dialogues.settings,
        desk.dialogues.today,
        desk.dialogues.safety,
        desk.dialogues.welcome,
    ):
        open_it()
        desk.windows.say({"event": "ready"})
    desk.dialogues.close()
    assert desk.windows.open_now == {}
