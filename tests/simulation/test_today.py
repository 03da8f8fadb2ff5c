"""A labelled day replayed into the window of the day: what it shows is what the replay sums up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.simulation.score import DAYS
from tests.support.lived_day import Kept
from tray_agent.core import events as ev
from tray_agent.core.commands import Command
from tray_agent.core.model import Intensity, Signal
from tray_agent.shell import catalogue, intensities, resources, today_figures
from tray_agent.shell.replay import Line, Replay
from tray_agent.shell.schema import Settings
from tray_agent.shell.trace import Header, Trace

SETTINGS = Settings()
SUMMED = ("sitting_s", "longest_bout_s", "standing_s", "breaks")


class KeptReplay(Replay):
    """A replay that keeps its history, as a running agent would, and hears the day's story."""

    def __init__(self, header: Header, folder: Path) -> None:
        exercises = catalogue.load().exercises
        super().__init__(header, intensities.load(SETTINGS), exercises, None, every_s=3600.0)
        self.kept = Kept(folder, lambda t: header.start + t)
        self.last = 0.0

    def _handle(self, now: float, *events: ev.Event) -> Iterator[Line]:
        self.last = now
        for event in events:
            self.kept.story.hear(event, now)
        yield from super()._handle(now, *events)

    def _obey(self, command: Command, now: float) -> Iterator[Line]:
        self.kept.record(command)
        yield from super()._obey(command, now)

    def day(self) -> dict[str, Any]:
        """The day as the window is told."""
        present = self.kept.present(self._engine, self.last)
        aims = intensities.numbers_of(Intensity.STANDARD, resources.config("intensity.toml"))
        return today_figures.running(present, self.kept.rows(0.0), aims)


@pytest.mark.parametrize("name", ["support_sitdesk_0", "clerk_standdesk_0"])
def test_the_window_shows_what_the_replay_sums_up(name: str, tmp_path: Path) -> None:
    trace = Trace(DAYS / f"{name}.jsonl.gz")
    replay = KeptReplay(trace.header, tmp_path)
    *_lines, summary = replay.lines(trace)
    day = replay.day()
    assert {key: round(day["totals"][key]) for key in SUMMED} == {key: summary[key] for key in SUMMED}
    assert len(day["prompts"]) == summary["prompts"] > 0
    length = {
        posture: sum(span["to_s"] - span["from_s"] for span in day["spans"] if span["posture"] == posture)
        for posture in ("seated", "standing")
    }
    assert round(length["seated"]) == summary["sitting_s"] > 0
    assert length["standing"] == pytest.approx(summary["standing_s"], abs=120)
    doses = {key: day["doses"][f"hip_{key}"] for key in ("left_s", "right_s")}
    assert doses == summary["dose"]["hip_flexor"]


def test_a_replayed_day_shows_its_calls(tmp_path: Path) -> None:
    trace = Trace(DAYS / "support_sitdesk_0.jsonl.gz")
    begun = [t for t, happening in trace if happening == ev.Context(Signal.CALL, on=True)]
    replay = KeptReplay(trace.header, tmp_path)
    list(replay.lines(Trace(DAYS / "support_sitdesk_0.jsonl.gz")))
    assert [call["from_s"] - trace.header.start for call in replay.day()["calls"]] == begun
    assert len(begun) == 15
