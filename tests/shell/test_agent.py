"""The agent's day as a timeline: a real engine, history and snapshot between fake ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import (
    FakeActivity,
    FakeAlarms,
    FakeMachine,
    FakeNotifier,
    FakeTray,
    FakeWindows,
)
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine, State
from tray_agent.core.model import Kind, Posture, Reason, Signal
from tray_agent.core.rules import Rules
from tray_agent.ports import Health
from tray_agent.ports import State as Condition
from tray_agent.shell import catalogue
from tray_agent.shell.agent import Agent, Outlets
from tray_agent.shell.clock import Clock
from tray_agent.shell.contexts import Contexts, Told
from tray_agent.shell.guide import Guide
from tray_agent.shell.prompting import Prompting
from tray_agent.shell.schema import Hours, Settings
from tray_agent.shell.state_file import StateFile, gap
from tray_agent.shell.store import SqliteStore

MONDAY_9 = datetime(2026, 3, 2, 9, 0).timestamp()
ALWAYS = Settings(hours=Hours(mode="always"))
MIN = 60.0


class FakeCall:
    """A call that is noticed when somebody looks."""

    name, signal = "microphone", Signal.CALL

    def __init__(self, *, on: bool) -> None:
        self.on = on
        self.looks = 0

    def made(self, _name: str, told: Told) -> FakeCall:
        self._told = told
        return self

    def look(self) -> None:
        self.looks += 1
        self._told(self.on)

    def health(self) -> Health:
        return Health(self.name, Condition.OK, "fake")

    def close(self) -> None:
        pass


class Life:
    """One life of the agent in a folder that outlives it."""

    def __init__(
        self,
        folder: Path,
        loop: FakeLoop,
        machine: FakeMachine,
        settings: Settings = ALWAYS,
        *,
        call: bool = False,
    ) -> None:
        self.loop, self.machine = loop, machine
        self.snapshot = folder / "state.json"
        self.tray, self.notifier, self.windows = FakeTray(), FakeNotifier(), FakeWindows()
        self.store = SqliteStore(folder / "history.sqlite3")
        state_file: StateFile[State] = StateFile(self.snapshot, State)
        saved, _trouble = state_file.load()
        missed = gap(saved, machine.read()) if saved else None
        start = saved.now + missed.seconds if saved and missed else 0.0
        known = catalogue.load()
        engine = Engine(Rules(), known.exercises, saved.state if saved else None, looks=True)
        alarms: Any = FakeAlarms(loop)
        self.agent = Agent(
            engine,
            Clock(machine.read, start=start),
            alarms=alarms,
            store=self.store,
            state_file=state_file,
            settings=settings,
            catalogue=known,
        )
        self.alarms = alarms
        activity: Any = FakeActivity(self.agent.tell)
        self.activity = activity
        guide = Guide(
            loop,
            known,
            self.windows,
            self.notifier,
            speed=1.0,
            tell=self.agent.tell,
        )
        prompting = Prompting(loop, known, self.notifier, guide, speed=1.0)
        self.call = FakeCall(on=call)
        contexts = Contexts(loop, self.call.made, ("microphone",), self.agent.tell, now=loop.now)
        self.agent.connect(
            Outlets(self.tray, self.notifier, self.windows, guide, prompting, self.activity, contexts)
        )
        self.agent.start(missed)
        contexts.start({"microphone"})

    def sitting_min(self) -> float:
        return self.agent.view().estimate.sitting_s / MIN

    def leaves_for(self, seconds: float) -> None:
        """Hands off; then the first input after it."""
        self.loop.advance(30)
        self.agent.tell(ev.Input(age=30.0))
        self.loop.advance(seconds - 30)
        self.agent.tell(ev.Input(ongoing=True))


@pytest.fixture
def loop() -> FakeLoop:
    return FakeLoop()


@pytest.fixture
def machine(loop: FakeLoop) -> FakeMachine:
    return FakeMachine(loop, MONDAY_9)


@pytest.fixture
def life(tmp_path: Path, loop: FakeLoop, machine: FakeMachine) -> Life:
    return Life(tmp_path, loop, machine)


def test_after_45_minutes_of_work_a_note_asks_and_the_icon_shows_it(life: Life) -> None:
    life.loop.advance(44 * MIN)
    assert life.notifier.shown is None
    # Typing goes on without a lull: the prompt waits three minutes for one, and then no longer.
    life.loop.advance(5 * MIN)
    assert life.notifier.shown is not None
    assert life.tray.faces[-1].look == "prompt"


def test_a_lull_is_awaited_with_a_fine_watch(life: Life) -> None:
    life.loop.advance(45 * MIN + 1)
    assert life.activity.fine_s == 5.0
    life.agent.tell(ev.Input(age=5.0))
    life.loop.settle()
    assert life.notifier.shown is not None
    assert life.activity.fine_s is None


def test_start_opens_the_window_and_its_end_is_credited(life: Life) -> None:
    life.loop.advance(49 * MIN)
    assert life.notifier.shown is not None
    life.agent.answered(life.notifier.shown.prompt, "default")
    assert life.notifier.shown is None
    assert life.windows.brief is not None and life.windows.said is not None
    steps = life.windows.brief["steps"]
    assert steps[0]["title"] and steps[0]["text"]
    life.windows.said({"event": "ready"})
    life.windows.said({"event": "ended", "routine": 1, "done": [*range(len(steps))]})
    dose = life.agent.view().today.hip_flexor
    assert (dose.left_s, dose.right_s) == (30.0, 30.0)
    assert len(life.store.recent_doses(0)) == 1


def test_without_a_window_the_clock_guides(life: Life) -> None:
    life.agent.tell(ev.BreakRequested(Kind.STAND_UP))
    assert life.windows.said is not None
    life.windows.said({"event": "gone", "reason": "did not paint"})
    assert life.notifier.shown is not None and life.notifier.shown.body
    life.loop.advance(3 * MIN + 1)
    assert life.agent.view().today.dose_standing_s == 180.0


def test_getting_up_withdraws_the_note_and_the_break_is_kept(life: Life) -> None:
    life.loop.advance(49 * MIN)
    assert life.notifier.shown is not None
    life.leaves_for(5 * MIN)
    assert life.notifier.shown is None
    assert life.sitting_min() == 0.0
    today = life.agent.view().today
    assert (today.breaks, today.prompts, today.ignored) == (1, 1, 0)
    (day,) = life.store.days(1, life.agent.clock.wall())
    assert day.breaks == 1
    assert day.prompts == {"withdrawn": 1}


def test_a_late_answer_to_an_old_note_changes_nothing(life: Life) -> None:
    life.loop.advance(49 * MIN)
    assert life.notifier.shown is not None
    old = life.notifier.shown.prompt
    life.agent.answered(old, "snooze")
    life.agent.answered(old, "skip")
    assert life.agent.view().today.snoozed == 1
    assert life.agent.view().today.skipped == 0


def test_killed_and_back_within_a_minute_it_goes_on_sitting(
    tmp_path: Path, loop: FakeLoop, machine: FakeMachine
) -> None:
    life = Life(tmp_path, loop, machine)
    loop.advance(30 * MIN + 20)
    before = life.sitting_min()
    life.alarms.close()  # killed: nothing is saved any more
    loop.advance(59)
    again = Life(tmp_path, loop, machine)
    assert again.sitting_min() == pytest.approx(before + 59 / MIN, abs=1.0)


def test_ten_minutes_that_nobody_saw_end_the_bout(
    tmp_path: Path, loop: FakeLoop, machine: FakeMachine
) -> None:
    life = Life(tmp_path, loop, machine)
    loop.advance(30 * MIN)
    life.alarms.close()
    loop.advance(10 * MIN)
    again = Life(tmp_path, loop, machine)
    assert again.sitting_min() == 0.0
    assert again.agent.view().today.breaks == 1


def test_a_prompt_that_was_showing_is_shown_again_after_a_kill(
    tmp_path: Path, loop: FakeLoop, machine: FakeMachine
) -> None:
    life = Life(tmp_path, loop, machine)
    loop.advance(48 * MIN + 30)
    assert life.notifier.shown is not None
    life.alarms.close()
    loop.advance(20)
    again = Life(tmp_path, loop, machine)
    loop.settle()
    assert again.notifier.shown is not None


def test_a_prompt_that_was_showing_stays_away_while_something_holds_it(
    tmp_path: Path, loop: FakeLoop, machine: FakeMachine
) -> None:
    life = Life(tmp_path, loop, machine)
    loop.advance(48 * MIN + 30)
    assert life.notifier.shown is not None
    life.alarms.close()
    again = Life(tmp_path, loop, machine, call=True)
    loop.settle()
    assert (again.notifier.notes, again.agent.view().owed) == ([], True)


def test_an_alarm_may_ring_a_little_early(life: Life) -> None:
    """The system slews its wall clock, which APScheduler keeps, against the clock that counts sleep."""
    ring = life.alarms.set

    def early(name: str, in_s: float, post: Callable[[], object]) -> None:
        def rings() -> None:
            post()
            life.agent.tell(ev.Input())

        ring(name, max(0.0, in_s - 0.5), rings if name == "deadline" else post)

    life.alarms.set = early
    life.agent.tell(ev.Input())
    life.loop.advance(20 * MIN)
    assert life.sitting_min() == pytest.approx(20.0, abs=0.1)


def test_sleep_is_a_break(life: Life) -> None:
    life.loop.advance(20 * MIN)
    life.machine.slept += 30 * MIN
    life.agent.look_at_clocks()
    view = life.agent.view()
    assert view.estimate.posture is Posture.AWAY
    assert life.alarms.rearmed == 1
    life.agent.tell(ev.Input(ongoing=True))
    assert life.sitting_min() == 0.0
    assert life.agent.view().today.breaks == 1


@pytest.mark.parametrize("hours", [-3, -1, 1, 3])
def test_setting_the_clock_neither_adds_nor_forgives_sitting(life: Life, hours: int) -> None:
    life.loop.advance(20 * MIN)
    life.machine.wall += hours * 3600
    life.agent.look_at_clocks()
    assert life.sitting_min() == pytest.approx(20.0)
    assert life.alarms.rearmed == 1
    life.loop.advance(29 * MIN)
    assert life.notifier.shown is not None


def test_with_work_hours_nobody_is_asked_outside(tmp_path: Path, loop: FakeLoop) -> None:
    evening = FakeMachine(loop, datetime(2026, 3, 2, 19, 0).timestamp())
    life = Life(tmp_path, loop, evening, Settings())
    loop.advance(3 * 3600)
    assert life.notifier.notes == []
    assert "outside_hours" in life.agent.view().quiet


def test_a_setting_takes_effect_at_once(life: Life) -> None:
    life.loop.advance(32 * MIN)
    life.agent.settings_changed(Settings(hours=Hours(mode="always"), intensity="intensive"))
    life.loop.advance(4 * MIN)
    assert life.notifier.shown is not None


def test_an_ambiguous_absence_is_asked_about_and_can_be_taken_back(life: Life) -> None:
    life.loop.advance(30 * MIN)
    life.leaves_for(4 * MIN)
    life.loop.settle()
    question = life.notifier.shown
    assert question is not None and question.prompt < 0
    assert [key for key, _ in question.actions] == ["up", "sat"]
    life.agent.answered(question.prompt, "sat")
    assert life.sitting_min() == pytest.approx(34.0)
    assert life.agent.view().today.breaks == 0
    assert life.store.days(1, life.agent.clock.wall()) == [] or all(
        day.breaks == 0 for day in life.store.days(1, life.agent.clock.wall())
    )


def test_a_disk_that_refuses_is_shown_and_tried_again(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tray_agent.shell import atomic

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", full)
        life.agent.save()
    assert life.agent.health()[0].state is Condition.DEGRADED
    assert life.agent.health()[0].reason == "No space left on device"
    life.loop.advance(61)
    assert life.agent.health()[0].state is Condition.OK


def test_a_time_in_which_the_process_was_stopped_is_no_sitting(life: Life) -> None:
    life.loop.advance(20 * MIN)
    assert life.sitting_min() == 20
    # Stopped for ten minutes; somebody types now, and what he did meanwhile nobody saw.
    life.loop.time += 10 * MIN
    life.activity.idle = 0.0
    life.agent.stalled(10 * MIN)
    view = life.agent.view()
    assert view.today.breaks == 1
    assert view.estimate.sitting_s < MIN


def test_a_short_stop_is_not_held_against_the_bout(life: Life) -> None:
    life.loop.advance(20 * MIN)
    life.loop.time += 40
    life.agent.stalled(40)
    assert life.agent.view().today.breaks == 0
    assert life.sitting_min() == pytest.approx(20 + 40 / MIN)


def test_after_a_journey_the_hours_are_those_of_here(
    tmp_path: Path, loop: FakeLoop, machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "HOME0")
    time.tzset()
    machine.wall = datetime(2026, 3, 2, 17, 0, tzinfo=UTC).timestamp()
    life = Life(tmp_path, loop, machine, Settings())
    loop.advance(10 * MIN)
    assert "outside_hours" not in life.agent.view().quiet
    monkeypatch.setenv("TZ", "EAST-3")
    time.tzset()
    life.agent.zone_changed()
    assert "outside_hours" in life.agent.view().quiet, "it is past eight in the evening here"
    assert life.alarms.rearmed
    monkeypatch.undo()
    time.tzset()


def test_nobody_is_asked_before_somebody_has_looked_around(life: Life) -> None:
    life.call.on = True
    life.loop.advance(50 * MIN)
    assert (life.agent.view().owed, life.agent.view().quiet) == (True, (Reason.CALL,))
    assert life.notifier.notes == []
    life.call.on = False
    life.loop.advance(30)
    life.agent.tell(ev.Input(age=5.0))
    life.loop.settle()
    assert len(life.notifier.notes) == 1


def test_looks_are_not_written_to_the_disk(life: Life) -> None:
    life.call.on = True
    life.loop.advance(50 * MIN)
    before = life.snapshot.stat().st_mtime_ns
    looks = life.call.looks
    life.loop.advance(25)
    assert life.call.looks > looks + 1
    assert life.snapshot.stat().st_mtime_ns == before


def test_nothing_that_can_wait_is_told_during_a_call(life: Life) -> None:
    life.agent.tell(ev.Context(Signal.CALL, on=True))
    life.agent.inform("Fewer prompts today", "")
    assert life.notifier.shown is None
