"""Corrections of the past, the last absence, and what is told of bouts and breaks, as timelines."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.support.timeline import STAND_UPS, NewDay, Playbook, clock
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.model import Break, Cause, Posture

WITHOUT_PROMPTS = structs.replace(STAND_UPS, prompts_a_day=0)


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

    def test_joining_an_absence_is_no_leaving_sooner(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.tells(ev.SensorLost())
        day.tells(ev.Input(0.0, ongoing=True))
        day.tells(ev.SensorFound())
        day.tells(ev.Correct(300, 0, Posture.AWAY))
        # Taken to have left at 0:35 and typed on, the person was on the chair again, and the break gone.
        assert day.last(do.DayCorrected).bouts == (do.BoutEnded(0, 2100, Cause.GAP),)
        assert day.view.today.longest_bout_s == 2100
        day.works("0:40:20", "0:45")
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
