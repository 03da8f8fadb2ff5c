"""A day that an engine has lived through, with its history, as the window of the day asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tests.support.timeline import Playbook
from tray_agent.core import commands as do
from tray_agent.core.engine import Engine
from tray_agent.shell.day_story import DayStory
from tray_agent.shell.history import Row
from tray_agent.shell.recorder import Recorder
from tray_agent.shell.store import SqliteStore
from tray_agent.shell.today_figures import Present

NINE = datetime(2026, 3, 2, 9).timestamp()
"""Wall time at 0 of a playbook, whose day is that date."""


class Kept:
    """A history in a folder, which commands are recorded to; `wall_at` turns the axis into wall time."""

    def __init__(self, folder: Path, wall_at: Callable[[float], float]) -> None:
        self.wall_at = wall_at
        self.store = SqliteStore(folder / "history.sqlite3")
        self.story = DayStory()
        self._recorder = Recorder(self.store, wall_at)

    def record(self, command: do.Command) -> None:
        self._recorder.record(command)

    def rows(self, since: float) -> list[Row]:
        return self.store.rows(since)

    def present(self, engine: Engine, now: float) -> Present:
        today = engine.course(now)
        return Present(engine.view(now), today, self.story.calls(today.began, now), self.wall_at)


class LivedDay(Kept):
    """A playbook whose commands are history as soon as anybody asks."""

    def __init__(self, folder: Path, playbook: Playbook) -> None:
        super().__init__(folder, lambda t: NINE + t)
        self.playbook = playbook
        self._recorded = 0

    def now(self) -> Present:
        log = self.playbook.log
        for _at, command in log[self._recorded :]:
            self.record(command)
        self._recorded = len(log)
        return self.present(self.playbook.engine, self.playbook.now)
