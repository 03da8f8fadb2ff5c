"""Sitting as the evidence tells it, point by point of the rule."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.support.timeline import STAND_UPS, NewDay, Playbook
from tray_agent.core import events as ev
from tray_agent.core.commands import BreakTaken
from tray_agent.core.model import Cause, Posture, Presence

WITHOUT_PROMPTS = structs.replace(STAND_UPS, prompts_a_day=0)


@pytest.fixture
def day(new_day: NewDay) -> Playbook:
    quiet: Playbook = new_day(WITHOUT_PROMPTS)
    return quiet


class TestInput:
    def test_nobody_has_sat_down_before_the_first_input(self, day: Playbook) -> None:
        day.until("0:10")
        day.expects("unknown", "0:00")

    def test_input_within_the_threshold_is_sitting(self, day: Playbook) -> None:
        day.works("0:00", "0:30", every=149)
        day.expects("seated", "0:30")

    def test_a_pause_in_input_just_short_of_the_threshold_is_sitting(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.until("0:32:29")
        day.expects("seated", "0:32:29")

    def test_past_the_threshold_the_person_has_been_away_since_the_last_input(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.until("0:32:30")
        day.expects("away", "0:00")
        assert day.view.estimate.since == 30 * 60
        day.expects_bouts(("0:00", "0:30"))

    @pytest.mark.parametrize(("threshold", "leaves"), [(90.0, "0:31:30"), (300.0, "0:35"), (600.0, "0:40")])
    def test_the_threshold_can_be_set(self, new_day: NewDay, threshold: float, leaves: str) -> None:
        day = new_day(structs.replace(WITHOUT_PROMPTS, idle_threshold_s=threshold))
        day.works("0:00", "0:30")
        day.until(leaves)
        assert day.view.estimate.posture is Posture.AWAY
        assert day.view.estimate.since == 30 * 60

    def test_a_threshold_made_shorter_holds_at_once(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.until("0:31:40")
        day.uses(structs.replace(WITHOUT_PROMPTS, idle_threshold_s=90))
        day.expects("away", "0:30")

    def test_input_that_is_told_late_counts_from_when_it_was(self) -> None:
        day = Playbook(WITHOUT_PROMPTS)
        day.works("0:00", "0:30")
        day.tells(ev.Input(60), "0:34")
        day.expects("seated", "0:01")
        day.expects_breaks(("0:30", "0:33", "idle"))

    def test_input_told_too_late_is_a_visit_that_is_over(self) -> None:
        day = Playbook(WITHOUT_PROMPTS)
        day.works("0:00", "0:30")
        day.tells(ev.Input(200), "0:40")
        day.expects("away", "0:00")
        day.expects_breaks(("0:30", "0:36:40", "idle"))

    def test_the_input_somebody_left_with_is_no_return(self) -> None:
        day = Playbook(WITHOUT_PROMPTS)
        day.works("0:00", "0:30")
        day.until("0:33")
        day.tells(ev.Input(181.5))
        day.tells(ev.Input(178.5))
        day.expects("away", "0:00")

    def test_hands_that_never_rest_are_seen_to_come_back_whatever_age_they_are_told_with(self) -> None:
        day = Playbook(WITHOUT_PROMPTS)
        day.works("0:00", "0:30")
        day.tells(ev.Input(200, ongoing=True), "0:33:20")
        day.expects("seated", "0:33:20")


class TestBeginning:
    def test_on_a_machine_nobody_has_touched_for_minutes_nobody_sits(self, day: Playbook) -> None:
        day.expects("unknown", "0:00")
        day.tells(ev.Input(age=272), "0:00:01")
        day.expects("away", "0:00")
        day.works("0:10", "0:15")
        day.expects("seated", "0:05")
        day.expects_breaks()
        day.expects_bouts()

    def test_sitting_began_with_the_input_that_was_seen_first(self, day: Playbook) -> None:
        day.tells(ev.Input(age=60), "0:02")
        day.expects("seated", "0:01")


class TestAbsence:
    def test_whoever_is_back_within_two_minutes_made_a_pause(self, new_day: NewDay) -> None:
        day = new_day(structs.replace(WITHOUT_PROMPTS, idle_threshold_s=90))
        day.works("0:00", "0:30")
        day.until("0:31:40")
        day.expects("away", "0:30")
        day.works("0:31:59", "0:40", every=13)
        day.expects("seated", "0:40")
        day.expects_breaks()
        day.expects_bouts()

    def test_from_the_120th_second_on_the_bout_is_over(self, new_day: NewDay) -> None:
        day = new_day(structs.replace(WITHOUT_PROMPTS, idle_threshold_s=90))
        day.works("0:00", "0:30")
        day.until("0:32")
        day.expects("away", "0:00")
        day.expects_bouts(("0:00", "0:30"))

    def test_whoever_is_back_later_starts_a_new_bout(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.works("0:34", "0:40")
        day.expects("seated", "0:06")
        day.expects_breaks(("0:30", "0:34", "idle"))
        day.expects_bouts(("0:00", "0:30"))

    def test_a_break_of_exactly_two_minutes_counts(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.locks("0:30:05")
        day.unlocks("0:32:05")
        day.expects("seated", "0:00")
        day.expects_breaks(("0:30:05", "0:32:05", "lock"))

    def test_pauses_belong_to_the_length_of_a_bout(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.locks("0:10:05")
        day.unlocks("0:12:04")
        day.works("0:13", "0:20")
        day.expects("seated", "0:20")


class TestLockAndSleep:
    def test_a_lock_by_hand_is_leaving_at_once(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.locks("0:30:12")
        day.expects("away", "0:30:12")
        day.until("0:32:12")
        day.expects("away", "0:00")
        day.unlocks("0:40")
        day.expects_breaks(("0:30:12", "0:40", "lock"))

    def test_a_lock_the_machine_made_is_no_evidence(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.locks("0:31")
        day.expects("seated", "0:31")
        day.unlocks("0:32")
        day.expects("seated", "0:32")
        day.expects_breaks()

    def test_behind_a_lock_the_machine_made_idleness_still_counts(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.locks("0:31")
        day.unlocks("0:40")
        day.expects_breaks(("0:30", "0:40", "idle"))

    def test_whoever_types_on_after_the_lock_has_not_left(self, day: Playbook) -> None:
        day.works("0:00", "0:30", every=2)
        day.locks("0:30:01")
        day.works("0:30:03", "0:31", every=2)
        day.expects("seated", "0:31")

    def test_sleep_is_leaving_at_once_however_long_ago_the_last_input_was(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.sleeps("0:31", "8:00")
        day.expects("away", "0:00")
        day.works("8:00:05", "8:10")
        day.expects("seated", "0:09:55")
        day.expects_breaks(("0:31", "8:00:05", "sleep"))

    def test_a_nap_of_the_machine_is_a_pause(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.sleeps("0:30:10", "0:31:10")
        day.works("0:31:20", "0:40")
        day.expects("seated", "0:40")
        day.expects_breaks()


class TestHold:
    @pytest.mark.parametrize("signal", ["call", "media"])
    def test_seated_is_held_while_it_lasts(self, day: Playbook, signal: str) -> None:
        day.works("0:00", "0:30")
        day.begins(signal, "0:30:10")
        day.until("0:49:59")
        day.expects("seated", "0:49:59")
        day.works("0:49:59", "0:50:10")
        day.expects_breaks()

    @pytest.mark.parametrize("signal", ["sharing", "fullscreen", "dnd"])
    def test_nothing_else_holds_it(self, day: Playbook, signal: str) -> None:
        day.begins(signal, "0:00")
        day.works("0:00", "0:30")
        day.until("0:32:30")
        day.expects("away", "0:00")

    def test_the_hold_ends_20_min_after_the_last_input_and_stands_in_for_it(self, day: Playbook) -> None:
        day.begins("call", "0:00")
        day.works("0:00", "0:30")
        day.until("0:52:29")
        day.expects("seated", "0:52:29")
        day.until("0:52:30")
        day.expects("away", "0:00")
        day.works("1:00", "1:01")
        day.expects_breaks(("0:50", "1:00", "idle"))

    def test_the_end_of_the_call_stands_in_for_the_last_input(self, day: Playbook) -> None:
        day.begins("call", "0:00")
        day.works("0:00", "0:30")
        day.ends("call", "0:40")
        day.until("0:42:29")
        day.expects("seated", "0:42:29")
        day.until("0:42:30")
        day.expects("away", "0:00")
        day.works("0:45", "0:46")
        day.expects_breaks(("0:40", "0:45", "idle"))

    def test_the_last_of_them_to_end_counts(self, day: Playbook) -> None:
        day.begins("call", "0:00")
        day.begins("media", "0:00")
        day.works("0:00", "0:30")
        day.ends("call", "0:35")
        day.ends("media", "0:40")
        day.works("0:45", "0:46")
        day.expects_breaks(("0:40", "0:45", "idle"))

    def test_a_call_that_ends_after_the_20_min_moves_nothing(self, day: Playbook) -> None:
        day.begins("call", "0:00")
        day.works("0:00", "0:30")
        day.ends("call", "0:51")
        day.works("0:55", "0:56")
        day.expects_breaks(("0:50", "0:55", "idle"))

    def test_a_call_does_not_bring_anybody_back(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.begins("call", "0:33")
        day.expects("away", "0:00")
        day.ends("call", "0:40")
        day.works("0:41", "0:42")
        day.expects_breaks(("0:30", "0:41", "idle"))

    def test_a_lock_by_hand_comes_first(self, day: Playbook) -> None:
        day.begins("call", "0:00")
        day.works("0:00", "0:30")
        day.locks("0:30:05")
        day.expects("away", "0:30:05")
        day.unlocks("0:35")
        day.expects_breaks(("0:30:05", "0:35", "lock"))

    def test_a_lock_the_machine_makes_in_a_call_is_held(self, day: Playbook) -> None:
        day.begins("call", "0:00")
        day.works("0:00", "0:30")
        day.locks("0:35")
        day.until("0:45")
        day.expects("seated", "0:45")

    def test_sleep_comes_first(self, day: Playbook) -> None:
        day.begins("media", "0:00")
        day.works("0:00", "0:30")
        day.sleeps("0:40", "0:50")
        day.works("0:51", "0:52")
        day.expects_breaks(("0:40", "0:51", "sleep"))

    def test_the_person_s_word_comes_first(self, day: Playbook) -> None:
        day.begins("call", "0:00")
        day.works("0:00", "0:30")
        day.says("standing", "0:35")
        day.expects("standing", "0:35")
        day.says("seated", "0:40")
        day.says("away", "0:41")
        day.works("0:45", "0:46")
        day.expects_breaks(("0:35", "0:40", "standing"), ("0:41", "0:45", "said"))


class TestStanding:
    def test_standing_is_not_sitting_however_much_is_typed(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:10")
        day.works("0:10:20", "0:30")
        day.expects("standing", "0:00")
        day.expects_bouts(("0:00", "0:10:10"))
        assert day.view.today.standing_s == 20 * 60 - 10

    def test_two_minutes_of_it_end_the_bout_and_less_does_not(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:10")
        day.until("0:12:09")
        day.expects("standing", "0:10:10")
        day.says("seated", "0:12:09")
        day.expects("seated", "0:12:09")
        day.says("standing", "0:13")
        day.until("0:15")
        day.expects("standing", "0:00")
        day.says("seated", "0:15")
        day.expects("seated", "0:00")
        day.expects_breaks(("0:13", "0:15", "standing"))

    def test_it_is_believed_for_40_min_and_then_the_hands_on_the_keyboard_tell(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:10")
        day.works("0:10:20", "0:52")
        day.expects("seated", "0:01:50")
        day.expects_breaks(("0:10:10", "0:50:10", "standing"))
        assert day.view.today.standing_s == 40 * 60

    def test_it_expires_while_no_agent_runs(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:10")
        day.is_killed("0:20", "1:00", idle=10)
        assert day.view.today.standing_s == 40 * 60
        day.works("1:00:10", "1:09:50")
        day.expects("seated", "0:10")
        day.expects_breaks(("0:10:10", "0:59:50", "standing"))

    def test_it_outlives_the_agent(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:10")
        day.is_killed("0:20", "0:51", idle=10)
        day.works("0:51:10", "1:00:10")
        day.expects("seated", "0:10")
        day.expects_breaks(("0:10:10", "0:50:10", "standing"))
        day.says("standing", "1:01")
        day.is_killed("1:05", "1:10", idle=10)
        day.expects("standing", "0:00")

    def test_whoever_is_not_at_the_keyboard_then_is_away(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:10")
        day.until("0:55")
        day.expects("away", "0:00")
        day.works("1:00", "1:10")
        day.expects("seated", "0:10")
        day.expects_breaks(("0:10:10", "1:00", "standing"))

    def test_saying_it_again_starts_the_40_min_again(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:10")
        day.works("0:10:20", "0:30")
        day.says("standing", "0:30:10")
        day.works("0:30:20", "1:10")
        day.expects("standing", "0:00")
        day.works("1:10:20", "1:10:40")
        day.expects_breaks(("0:10:10", "1:10:10", "standing"))

    def test_it_can_be_the_first_thing_that_is_known(self, day: Playbook) -> None:
        day.says("standing", "0:00:10")
        day.works("0:01", "0:20")
        day.expects("standing", "0:00")
        day.says("seated", "0:20:10")
        day.works("0:20:20", "0:30")
        day.expects("seated", "0:09:50")

    def test_a_lock_by_hand_ends_it(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:10")
        day.works("0:10:20", "0:20")
        day.locks("0:20:05")
        day.expects("away", "0:00")
        day.unlocks("0:30")
        day.expects("seated", "0:00")
        day.expects_breaks(("0:10:10", "0:30", "standing"))
        assert day.view.today.standing_s == 10 * 60 - 5


class TestSaid:
    def test_away_ends_with_the_first_input_more_than_10_s_later(self, day: Playbook) -> None:
        day.works("0:00", "0:10", every=5)
        day.says("away", "0:10:02")
        day.works("0:10:04", "0:10:08", every=4)
        day.expects("away", "0:10:02")
        day.works("0:15", "0:16")
        day.expects("seated", "0:01")
        day.expects_breaks(("0:10:02", "0:15", "said"))

    def test_away_ends_when_the_screen_is_unlocked(self, day: Playbook) -> None:
        day.works("0:00", "0:10", every=5)
        day.says("away", "0:10:02")
        day.locks("0:10:04")
        day.unlocks("0:10:08")
        day.expects("away", "0:10:02")
        day.locks("0:10:09")
        day.unlocks("0:15")
        day.expects("seated", "0:00")

    def test_whoever_types_on_has_not_left(self, day: Playbook) -> None:
        day.works("0:00", "0:10", every=1)
        day.says("away", "0:10:00.5")
        day.works("0:10:01", "0:11", every=1)
        day.expects("seated", "0:11")
        day.expects_breaks()

    @pytest.mark.parametrize("word", [ev.Here(), ev.Said(Posture.SEATED)])
    def test_away_ends_at_once_with_the_contrary(self, day: Playbook, word: ev.Event) -> None:
        day.works("0:00", "0:10")
        day.says("away", "0:10:05")
        day.tells(word, "0:10:06")
        day.expects("seated", "0:10:06")

    def test_away_can_become_standing(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("away", "0:10:05")
        day.says("standing", "0:20")
        day.expects("standing", "0:00")
        day.works("0:20:10", "0:25")
        day.says("seated", "0:25")
        day.expects_breaks(("0:10:05", "0:25", "said"))

    def test_standing_can_become_away_and_stays_one_break(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:05")
        day.says("away", "0:15:05")
        day.works("0:20", "0:21")
        day.expects_breaks(("0:10:05", "0:20", "standing"))

    def test_whoever_stands_says_away_and_types_on_sits(self, day: Playbook) -> None:
        day.works("0:00", "0:10", every=1)
        day.says("standing", "0:10:00.5")
        day.works("0:10:01", "0:20", every=1)
        day.says("away", "0:20:00.5")
        day.works("0:20:01", "0:21", every=1)
        assert day.view.estimate.posture is Posture.SEATED
        taken = day.last(BreakTaken).taken
        assert taken.start == 10 * 60 + 0.5
        assert 20 * 60 + 10 <= (taken.end or 0) <= 20 * 60 + 16

    def test_somebody_at_the_desk_counts_as_one_input(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.tells(ev.Here(), "0:12")
        day.until("0:14:29")
        day.expects("seated", "0:14:29")
        day.until("0:14:30")
        day.expects("away", "0:00")
        day.tells(ev.Here(), "0:20")
        day.expects_breaks(("0:12", "0:20", "idle"))

    def test_somebody_at_the_desk_may_be_standing_there(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:05")
        day.tells(ev.Here(), "0:15")
        day.expects("standing", "0:00")


class TestSensors:
    def test_no_sensor_means_unknown(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.tells(ev.SensorLost(), "0:10:10")
        day.expects("unknown", "0:10:10")
        assert day.view.estimate.presence is Presence.UNKNOWN
        assert day.view.estimate.confidence == 0
        day.expects_quiet("unknown", "day_start", "daily_cap")

    def test_what_nobody_saw_keeps_the_bout_for_two_minutes(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.tells(ev.SensorLost(), "0:10:10")
        day.until("0:12:09")
        day.expects("unknown", "0:10:10")
        day.until("0:12:10")
        day.expects("unknown", "0:00")

    def test_a_sensor_that_is_soon_back_costs_nothing(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.tells(ev.SensorLost(), "0:10:10")
        day.tells(ev.SensorLost(), "0:10:20")
        day.tells(ev.SensorFound(), "0:11")
        day.works("0:11:40", "0:20")
        day.expects("seated", "0:20")

    def test_a_sensor_found_at_once_while_typing_goes_on(self) -> None:
        day = Playbook(WITHOUT_PROMPTS)
        day.tells(ev.Input(0, ongoing=True))
        day.tells(ev.SensorLost(), "0:30")
        day.tells(ev.SensorFound(), "0:30:01")
        day.tells(ev.Input(0.5, ongoing=True), "0:30:01")
        day.until("0:40")
        day.expects("seated", "0:40")

    def test_later_than_that_it_was_a_gap(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.tells(ev.SensorLost(), "0:10:10")
        day.tells(ev.SensorFound(), "0:30")
        day.expects("away", "0:00")
        day.works("0:31", "0:40")
        day.expects("seated", "0:09")
        day.expects_breaks(("0:10:10", "0:31", "gap"))

    def test_standing_is_the_person_s_word_and_needs_no_sensor_until_it_expires(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.says("standing", "0:10:10")
        day.tells(ev.SensorLost(), "0:11")
        day.expects("standing", "0:10:10")
        day.until("0:50:10")
        day.expects("unknown", "0:00")


class TestGaps:
    def test_a_restart_within_two_minutes_keeps_the_bout(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.is_killed("0:30:10", "0:32:09")
        day.works("0:32:20", "0:40")
        day.expects("seated", "0:40")
        day.expects_breaks()

    def test_a_longer_gap_that_nothing_tells_of_ends_it(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.is_killed("0:30:10", "0:35")
        assert day.view.estimate.posture is Posture.AWAY
        day.works("0:36", "0:40")
        day.expects("seated", "0:04")
        assert day.last(BreakTaken).taken.cause is Cause.GAP

    def test_the_counter_tells_that_nobody_was_there(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.is_killed("0:31", "0:50", idle=20 * 60.0)
        day.expects("away", "0:00")
        day.works("0:51", "0:52")
        day.expects_breaks(("0:30", "0:51", "idle"))

    def test_the_counter_tells_of_input_soon_after_the_beginning(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.is_killed("0:30:10", "0:33", idle=60)
        day.expects("seated", "0:33")
        day.expects_breaks()

    def test_the_counter_tells_of_input_only_long_after_the_beginning(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.is_killed("0:30:00", "0:40", idle=60)
        day.expects("seated", "0:01")
        day.expects_breaks(("0:30", "0:39", "gap"))

    def test_what_was_absence_before_the_gap_goes_on_in_it(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.locks("0:30:05")
        day.is_killed("0:31", "0:50", idle=None)
        day.unlocks("0:51")
        day.expects_breaks(("0:30:05", "0:51", "lock"))

    def test_a_call_holds_seated_up_to_the_gap(self, day: Playbook) -> None:
        day.begins("call", "0:00")
        day.works("0:00", "0:30")
        day.is_killed("0:40", "0:50", idle=None)
        day.works("0:51", "0:52")
        day.expects_breaks(("0:40", "0:51", "gap"))

    def test_a_machine_that_slept_without_a_word_was_left(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.until("0:30:10")
        day.now += 3600
        day.tells(ev.Resumed(3600, slept=True, idle=1))
        day.works("1:31", "1:32")
        assert day.view.today.breaks == 1
        day.expects("seated", "0:01")
