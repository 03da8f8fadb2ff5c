"""The one door: what passes through it, and that it can be closed and opened again at any moment."""

from __future__ import annotations

import copy
import dataclasses

import pytest

from tests.support.timeline import EXERCISES, STAND_UPS, NewDay, Playbook, clock, reloaded
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine
from tray_agent.core.ledger import LedgerState, Today
from tray_agent.core.model import Break, Cause, Kind, Limits, Posture
from tray_agent.core.policy import PolicyState
from tray_agent.core.programme import Programme, ProgrammeState
from tray_agent.core.questions import QuestionsState
from tray_agent.core.rules import KEEP_S, Rules


def fresh_programme(date: str, week: str) -> ProgrammeState:
    """What the programme remembers when it knows nothing but the calendar and the rules."""
    state = ProgrammeState(date=date, week=week)
    Programme(Rules(), EXERCISES, state, Limits())
    return state


WITHOUT_PROMPTS = dataclasses.replace(STAND_UPS, prompts_a_day=0)


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


class TestCorrections:
    def test_was_up(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.tells(ev.Correct(900, 600, Posture.AWAY))
        day.expects("seated", "0:10")
        assert day.last(do.DayCorrected) == do.DayCorrected(
            0, (do.BoutEnded(0, 1500, Cause.SAID),), (Break(1500, 1800, Cause.SAID),), ()
        )
        day.works("0:40:20", "1:15")
        day.expects_prompt("1:15")

    def test_was_seated_makes_what_is_owed_due(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.works("0:40", "0:50")
        day.tells(ev.Correct(1200, 600, Posture.SEATED))
        day.expects("seated", "0:50")
        assert day.last(do.DayCorrected) == do.DayCorrected(0, (), (), ())
        day.expects_prompt("0:50:05")

    def test_was_standing_is_off_the_chair_and_dose(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.tells(ev.Correct(900, 600, Posture.STANDING))
        day.expects("seated", "0:10")
        today = day.view.today
        assert (today.sitting_s, today.longest_bout_s, today.breaks) == (2100, 1500, 1)
        assert (today.standing_s, today.dose_standing_s) == (300, 300)
        assert day.last(do.DayCorrected).stood == (do.Stood(1500, 1800),)

    def test_whoever_only_left_the_chair_was_standing_all_the_time(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.works("0:40", "0:41")
        day.tells(ev.Correct(660, 60, Posture.STANDING))
        assert day.view.today.standing_s == 600
        assert day.view.today.breaks == 1

    def test_of_two_bouts_and_the_break_between_them(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.works("0:35", "1:00")
        day.tells(ev.Correct(45 * 60, 15 * 60, Posture.AWAY))
        day.expects("seated", "0:15")
        corrected = day.last(do.DayCorrected)
        assert corrected.bouts == (do.BoutEnded(0, 900, Cause.SAID),)
        assert corrected.breaks == (Break(900, 2700, Cause.SAID),)
        day.tells(ev.Correct(45 * 60, 15 * 60, Posture.SEATED))
        day.expects("seated", "1:00")
        day.expects_prompt("1:00:05")

    def test_that_makes_a_pause_part_of_a_break_cuts_the_bout_before_it(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.locks("0:10:05")
        day.unlocks("0:11")
        day.sleeps("0:11", "0:20")
        day.works("0:20", "0:25")
        assert day.last(do.BoutEnded) == do.BoutEnded(0, 660, Cause.SLEEP)
        day.tells(ev.Correct(14 * 60, 12 * 60, Posture.AWAY))
        assert day.last(do.DayCorrected) == do.DayCorrected(
            0, (do.BoutEnded(0, 605, Cause.SLEEP),), (Break(605, 1200, Cause.SLEEP),), ()
        )

    def test_was_standing_while_one_stands_is_stood_once(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.says("standing", "0:30")
        day.tells(ev.Correct(60, 0, Posture.STANDING), "0:40")
        day.tells(ev.Correct(1200, 60, Posture.STANDING), "0:45")
        day.says("seated", "0:50")
        told = [command for _, command in day.log if isinstance(command, do.Stood)]
        assert {stood.start: stood.end for stood in told} == {1500: 3000}
        assert day.view.today.standing_s == 1500

    def test_twice_and_then_taken_back(self, day: Playbook) -> None:
        day.works("0:00", "0:50")
        day.expects_prompt("0:45")
        day.tells(ev.Correct(1200, 900, Posture.AWAY), "0:50")
        day.tells(ev.Correct(1200, 600, Posture.STANDING))
        day.expects("seated", "0:10")
        assert (day.view.today.breaks, day.view.today.standing_s) == (1, 600)
        day.tells(ev.Correct(1200, 600, Posture.SEATED))
        day.expects("seated", "0:50")
        assert (day.view.today.breaks, day.view.today.standing_s) == (0, 0)
        assert day.last(do.DayCorrected) == do.DayCorrected(0, (), (), ())
        day.expects_prompt("0:50:05")

    def test_across_the_beginning_of_the_day(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None), "0:30")
        day.works("0:30:20", "1:00")
        day.tells(ev.Correct(40 * 60, 20 * 60, Posture.STANDING))
        today = day.view.today
        assert (today.sitting_s, today.standing_s, today.breaks) == (1200, 600, 0), "it began the day before"
        corrected = day.last(do.DayCorrected)
        assert corrected.since == 0  # the bout that it cuts began yesterday
        assert corrected.bouts == (do.BoutEnded(0, 1200, Cause.STANDING),)
        assert corrected.stood == (do.Stood(1200, 2400),)

    def test_of_no_time_is_none(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        before = len(day.log)
        day.tells(ev.Correct(600, 600, Posture.AWAY))
        day.tells(ev.Correct(-60, -600, Posture.AWAY))
        day.expects("seated", "0:40")
        assert len(day.log) == before

    def test_told_a_moment_late_leaves_no_moment_over(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.works("0:40", "0:50")
        day.tells(ev.Correct(1199.7, 599.8, Posture.SEATED))
        assert day.engine.snapshot().estimator.timeline.offs == []

    def test_of_time_to_come_reaches_to_now(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.tells(ev.Correct(300, -600, Posture.AWAY))
        day.expects("seated", "0:00")
        day.works("0:40:20", "0:41")
        day.expects("seated", "0:01")

    def test_of_the_absence_that_lasts(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.until("0:40")
        day.tells(ev.Correct(600, 60, Posture.SEATED))
        day.expects("away", "0:39")
        day.works("0:40:20", "0:41")
        day.expects("seated", "0:41")

    def test_of_the_absence_that_lasts_up_to_now(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.until("0:40")
        day.tells(ev.Correct(600, 0, Posture.SEATED))
        day.expects("seated", "0:40")
        day.works("0:40:20", "0:41")
        day.expects("seated", "0:41")
        assert day.view.today.breaks == 0

    def test_of_an_absence_whose_bout_was_told_already(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.until("0:40")
        day.tells(ev.Correct(900, 600, Posture.AWAY))
        assert day.last(do.DayCorrected).bouts == (do.BoutEnded(0, 1500, Cause.IDLE),)
        day.works("0:41", "0:42")
        assert [c for _, c in day.log if isinstance(c, do.BoutEnded)] == [do.BoutEnded(0, 1800, Cause.IDLE)]
        assert day.last(do.BreakTaken).taken == Break(1500, 2460, Cause.IDLE)

    def test_was_seated_in_the_midst_of_standing(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.says("standing", "0:30")
        day.until("0:50")
        day.tells(ev.Correct(900, 600, Posture.SEATED))
        assert day.view.today.standing_s == 15 * 60
        day.expects("standing", "0:00")
        day.tells(ev.Correct(600, 0, Posture.SEATED))
        assert day.view.today.standing_s == 5 * 60
        day.expects("seated", "0:15")
        told = [c.stood for _, c in day.log if isinstance(c, do.DayCorrected)]
        assert told == [(do.Stood(1800, 2100),), (do.Stood(1800, 2100),)]

    def test_was_standing_before_it_was_said(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.says("standing", "0:30")
        day.tells(ev.Correct(900, 60, Posture.STANDING), "0:35")
        assert day.view.today.standing_s == 15 * 60
        day.says("seated", "0:40")
        assert day.view.today.standing_s == 20 * 60
        assert day.last(do.Stood) == do.Stood(1200, 2400)

    def test_standing_that_expires_at_that_very_moment_is_told_as_well(self) -> None:
        day = Playbook()
        day.works("0:00", "0:30")
        day.says("standing", "0:30")
        day.works("0:30:20", "1:09")
        day.engine.handle(ev.Tick(), day.now)
        commands = day.engine.handle(ev.Correct(3600, 3000, Posture.AWAY), 70 * 60 + 30)
        assert do.Stood(1800, 4200) in commands

    def test_before_anybody_sat_there_is_nothing_to_correct(self, day: Playbook) -> None:
        day.says("standing", "0:01")
        assert day.view.known_since is None
        before = len(day.log)
        day.tells(ev.Correct(600, 0, Posture.SEATED), "0:05")
        day.says("seated", "0:06")
        day.works("0:06:20", "0:10")
        day.tells(ev.Correct(600, 240, Posture.STANDING))
        assert day.view.known_since == 360
        assert not [c for _, c in day.log[before:] if isinstance(c, do.DayCorrected)]

    @pytest.mark.parametrize("posture", [Posture.AWAY, Posture.STANDING, Posture.SEATED])
    def test_survive_a_restart(self, new_day: NewDay, posture: Posture) -> None:
        told = []
        for amnesia in (False, True):
            day = Playbook(STAND_UPS, amnesia=amnesia)
            day.works("0:00", "0:30")
            day.works("0:35", "0:40")
            day.tells(ev.Correct(900, 120, posture))
            day.works("0:40:20", "1:30")
            told.append((day.log, day.view))
        assert told[0] == told[1]


class TestLastAbsence:
    def last(self, day: Playbook) -> tuple[str, str | None]:
        absence = day.view.last_absence
        assert absence is not None
        return clock(absence.start), None if absence.end is None else clock(absence.end)

    def test_none_so_far(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.works("0:31:30", "0:40")
        assert day.view.last_absence is None

    def test_the_last_of_several(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.works("0:15", "0:20")
        day.works("0:30", "0:40")
        day.works("0:41", "0:42")
        assert self.last(day) == ("0:20", "0:30")

    def test_one_that_lasts(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.works("0:15", "0:20")
        day.until("0:21:59")
        assert self.last(day) == ("0:10", "0:15")
        day.until("0:24")
        assert self.last(day) == ("0:20", None)

    def test_standing_as_soon_as_it_is_said(self, day: Playbook) -> None:
        day.says("standing", "0:01")
        assert self.last(day) == ("0:01", None)
        day.says("seated", "0:02")
        day.works("0:02", "0:10")
        day.until("0:15")
        day.says("standing", "0:15")
        assert self.last(day) == ("0:10", None)

    def test_what_was_corrected_can_be_taken_back(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.works("0:15", "0:20")
        day.tells(ev.Correct(600, 300, Posture.SEATED))
        assert self.last(day) == ("0:10", "0:15")
        day.works("0:25", "0:26")
        assert self.last(day) == ("0:20", "0:25")

    def test_yesterday_s_is_none(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.works("0:15", "0:20")
        day.tells(ev.Correct(600, 300, Posture.SEATED))
        day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None), "0:20")
        assert day.view.last_absence is None
        assert day.view.known_since == 1200


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


class TestBreaks:
    def test_an_open_break_can_be_asked_for(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        assert day.engine.open_break(day.now) is None
        day.locks("0:30:05")
        day.until("0:32:04")
        assert day.engine.open_break(day.now) is None
        day.until("0:32:05")
        assert day.engine.open_break(day.now) == Break(1805, None, Cause.LOCK)
        day.unlocks("0:33")
        assert day.engine.open_break(day.now) is None

    def test_a_bout_is_told_once_when_its_break_counts_and_the_break_when_it_is_over(
        self, day: Playbook
    ) -> None:
        day.works("0:00", "0:30")
        day.locks("0:30:05")
        day.until("0:40")
        day.unlocks("0:50")
        told = [(at, type(c)) for at, c in day.log if isinstance(c, do.BoutEnded | do.BreakTaken)]
        assert told == [(1925, do.BoutEnded), (3000, do.BreakTaken)]

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
