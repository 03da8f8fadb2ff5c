"""The one door: what passes through it, and that it can be closed and opened again at any moment."""

from __future__ import annotations

import copy

import pytest
from msgspec import structs

from tests.support.timeline import EXERCISES, STAND_UPS, Playbook, clock, reloaded
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine
from tray_agent.core.ledger import LedgerState, Today
from tray_agent.core.model import Kind, Limits, Posture
from tray_agent.core.policy import PolicyState
from tray_agent.core.programme import Programme, ProgrammeState
from tray_agent.core.questions import QuestionsState
from tray_agent.core.rules import KEEP_S, Rules


def fresh_programme(date: str, week: str) -> ProgrammeState:
    """What the programme remembers when it knows nothing but the calendar and the rules."""
    state = ProgrammeState(date=date, week=week)
    Programme(Rules(), EXERCISES, state, Limits())
    return state


WITHOUT_PROMPTS = structs.replace(STAND_UPS, prompts_a_day=0)


def a_full_day(day: Playbook) -> None:
    """Something of everything, within one day and a bit."""
    day.calendar(ends="20:00", work=[("0:00", "10:00")])
    day.works("0:00", "0:50")
    day.works("0:51:30", "1:00", every=7.3)
    day.answers("snooze")
    day.works("1:01", "1:10")
    day.types("1:10", "1:14")
    day.works("1:14:10", "1:20")
    day.answers("start")
    day.tells(ev.RoutineEnded(1, (0, 1)), "1:23")
    day.works("1:24", "1:30")
    day.locks("1:30:05")
    day.unlocks("1:40")
    day.begins("call", "1:41")
    day.works("1:41", "2:30", every=70)
    day.ends("call", "2:40")
    day.works("2:40:10", "2:45")
    day.answers("skip")
    day.says("standing", "2:46")
    day.works("2:46:20", "3:40", every=45)
    day.tells(ev.Pause(1800), "3:41")
    day.works("3:41:20", "4:30", every=40)
    day.says("away", "4:31")
    day.works("4:31:05", "4:40", every=7)
    day.works("4:44", "5:00")
    day.tells(ev.WereUp(1, up=False))
    day.tells(ev.BreakRequested(Kind.GLUTES), "5:01")
    day.tells(ev.RoutineEnded(2, (0,)), "5:03")
    day.sleeps("5:03:10", "5:30")
    day.works("5:30:10", "6:20")
    day.tells(ev.Correct(1800, 1500, Posture.STANDING))
    day.tells(ev.Correct(1700, 1600, Posture.SEATED))
    day.tells(ev.SensorLost(), "6:30")
    day.tells(ev.SensorFound(), "6:31")
    day.works("6:31:10", "9:59", every=59)
    day.tells(ev.Day("2026-03-03", "2026-W10", 86400, ((14400, 50400),)), "20:00")
    day.works("23:55", "24:50")


class TestTime:
    def test_never_goes_back(self) -> None:
        engine = Engine(Rules(), EXERCISES)
        engine.handle(ev.SensorFound(), 100)
        engine.handle(ev.Tick(), 100)
        before = engine.snapshot()
        with pytest.raises(ValueError, match="time went back from 100 to 99.5"):
            engine.handle(ev.Input(), 99.5)
        assert engine.snapshot() == before

    def test_an_engine_that_hears_nothing_falls_asleep(self) -> None:
        engine = Engine(Rules(), EXERCISES)
        while (deadline := engine.deadline()) is not None:
            engine.handle(ev.Tick(), deadline)
            assert deadline <= 60

    def test_time_with_fractions_passes_too(self) -> None:
        """A deadline is met when it comes, whatever the last bit of a float says."""
        for offset in range(60):
            engine = Engine(STAND_UPS, EXERCISES)
            now = 1234.1 + offset * 0.7
            engine.handle(ev.SensorFound(), now)
            engine.handle(ev.Input(0.3), now)
            handled = 0
            while (deadline := engine.deadline()) is not None:
                assert deadline > now
                now = deadline
                engine.handle(ev.Tick(), now)
                handled += 1
            assert handled < 12
            assert engine.view(now).estimate.posture is Posture.AWAY

    def test_asking_changes_nothing(self, day: Playbook) -> None:
        day.works("0:00", "0:44:58", every=1)
        before = day.engine.snapshot()
        for _ in range(2):
            day.engine.view(day.now)
            day.engine.deadline()
            day.engine.quiet()
            day.engine.estimate(day.now)
            day.engine.open_break(day.now)
        assert day.engine.snapshot() == before


class TestSnapshot:
    @pytest.mark.parametrize("edges", [False, True])
    def test_an_engine_made_anew_after_every_event_says_the_same(self, edges: bool) -> None:
        steady, forgetful = Playbook(Rules(), edges=edges), Playbook(Rules(), edges=edges, amnesia=True)
        a_full_day(steady)
        a_full_day(forgetful)
        assert forgetful.log == steady.log
        assert forgetful.engine.snapshot() == steady.engine.snapshot()
        assert len([1 for _, command in steady.log if isinstance(command, do.ShowPrompt)]) >= 6
        assert len([1 for _, command in steady.log if isinstance(command, do.BreakTaken)]) >= 6

    def test_both_kinds_of_sensors_tell_the_same_story(self) -> None:
        inputs, edges = Playbook(Rules()), Playbook(Rules(), edges=True)
        for day in (inputs, edges):
            a_full_day(day)
        told, said = (
            [entry for entry in day.log if not isinstance(entry[1], do.WatchInput)] for day in (inputs, edges)
        )
        assert said == told
        assert edges.view.today == inputs.view.today

    def test_it_is_a_copy(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        snapshot = day.engine.snapshot()
        kept = copy.deepcopy(snapshot)
        day.works("0:20", "1:10")
        day.answers("skip")
        day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None))
        assert snapshot == kept
        day.expects_prompt("1:05")

    def test_it_survives_the_file(self, day: Playbook) -> None:
        a_full_day(day)
        snapshot = day.engine.snapshot()
        assert reloaded(snapshot) == snapshot
        day._prompts_seen = len(day.log)


class TestForgetting:
    def learnt(self, day: Playbook) -> None:
        day.calendar(work=[("0:00", "9:00")])
        day.works("0:00", "0:30")
        day.says("standing", "0:30:10")
        day.says("seated", "0:40")
        day.works("0:40:20", "1:25")
        day.expects_prompt("1:25")
        day.answers("start")
        day.finishes("1:28")
        day.works("1:30", "2:15")
        day.expects_prompt("2:15")

    def test_leaves_nothing_but_the_present(self, day: Playbook) -> None:
        self.learnt(day)
        before = day.view
        day.tells(ev.Forget())
        assert day.view.today == Today()
        assert day.view.known_since == day.now
        assert day.view.last_absence is None
        assert day.view.prompt is None
        assert day.last(do.WithdrawPrompt).prompt == 2
        day.expects("seated", "0:00")
        assert day.view.quiet == ("day_start",)
        assert day.engine.date == "2026-03-02"
        assert before.today != day.view.today
        known = day.engine.snapshot()
        assert known.policy == PolicyState(bout=day.now)
        assert known.questions == QuestionsState()
        assert known.ledger == LedgerState("2026-03-02", day.now, week="2026-W10")
        assert known.programme == fresh_programme("2026-03-02", "2026-W10")
        assert known.quiet.work is not None

    def test_begins_anew(self, day: Playbook) -> None:
        self.learnt(day)
        day.tells(ev.Forget())
        day.works("2:15:20", "3:00")
        day.expects_prompt("3:00")
        assert day.last(do.ShowPrompt).prompt.id == 1

    def test_closes_a_window_and_ends_a_pause(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.tells(ev.Pause(today=True))
        day.tells(ev.BreakRequested())
        day.tells(ev.Forget())
        assert day.last(do.StopGuide).routine == 1
        assert not day.view.paused
        assert day.view.routine is None

    def test_whoever_stands_goes_on_standing(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10")
        day.tells(ev.Forget(), "0:20")
        day.until("0:22")
        day.expects("standing", "0:00")
        assert day.view.today == Today(standing_s=120, dose_standing_s=120)
        day.says("seated", "0:25")
        day.expects("seated", "0:00")

    def test_whoever_is_away_comes_back_to_a_first_bout(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.tells(ev.Forget(), "0:20")
        day.expects("away", "0:00")
        day.works("0:30", "0:40")
        day.expects("seated", "0:10")
        assert day.view.today.breaks == 0


class TestLettingGo:
    def test_no_time_off_or_stood_is_remembered_for_more_than_a_day(self, day: Playbook) -> None:
        day.calendar(ends="60:00")
        day.works("0:00", "0:10")
        day.says("standing", "0:10")
        day.says("seated", "0:20")
        day.works("0:20", "0:30")
        day.works("0:33", "0:34")
        assert day.engine.snapshot().questions.about is not None
        day.works("24:10", "24:19:40")
        timeline = day.engine.snapshot().estimator.timeline
        assert (timeline.offs[0].end, timeline.stood) == (1200, [(600, 1200)])
        assert not [c for _, c in day.log if isinstance(c, do.Forgot)]
        day.works("24:20", "24:40")
        assert [clock(at) for at, c in day.log if isinstance(c, do.Forgot)] == ["24:20", "24:33"]
        known = day.engine.snapshot()
        assert [off.end for off in known.estimator.timeline.offs] == [87000]
        assert (known.estimator.timeline.stood, known.questions.about) == ([], None)
        assert known.estimator.timeline.offs[0].end > day.now - KEEP_S
        day.expects("seated", "0:30")


def test_a_preview_is_what_a_break_would_be_and_begins_nothing() -> None:
    day = Playbook()
    day.works("0:00", "0:10")
    coming = day.engine.preview(Kind.HIP_FLEXOR)
    assert coming == day.engine.preview(Kind.HIP_FLEXOR)
    assert day.view.routine is None
    day.tells(ev.BreakRequested(Kind.HIP_FLEXOR), "0:10")
    assert day.view.routine == coming
