"""Why nobody is asked just now, and what becomes of the debt meanwhile, as timelines."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.support.timeline import STAND_UPS, NewDay, Playbook
from tray_agent.core import events as ev
from tray_agent.core.model import Signal
from tray_agent.core.rules import Rules


def rules(**changes: object) -> Rules:
    return structs.replace(STAND_UPS, **changes)  # type: ignore[arg-type]


class TestHours:
    def test_outside_work_hours_nothing_is_due_and_the_debt_is_cancelled(self, day: Playbook) -> None:
        day.calendar(work=[("1:00", "4:00"), ("5:00", "9:00")])
        day.works("0:00", "0:59:50")
        day.expects_quiet("outside_hours")
        assert not day.view.owed
        assert (day.view.next_kind, day.view.next_at) == (None, None)
        day.works("1:00", "1:45")
        day.expects_prompt("1:45")
        day.answers("skip")

    def test_sitting_before_a_range_begins_is_forgiven(self, day: Playbook) -> None:
        day.calendar(work=[("0:00", "1:30"), ("2:00", "9:00")])
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("start")
        day.works("0:45:20", "2:45")
        day.expects_prompt("2:45")

    def test_a_prompt_that_shows_when_work_ends_is_withdrawn(self, day: Playbook) -> None:
        day.calendar(work=[("0:00", "0:56")])
        day.begins("media", "0:00")
        day.works("0:00", "0:44:40")
        day.expects_prompt("0:45")
        day.until("0:55:59")
        day.expects_quiet("idle", "day_end")
        assert day.view.prompt is not None
        day.until("0:56")
        day.expects_end("0:56", "withdrawn")
        day.expects_quiet("outside_hours", "idle")

    def test_first_20_min_after_the_day_s_first_input(self, new_day: NewDay) -> None:
        day = new_day(rules(interval_s=600.0))
        day.works("0:00", "0:15")
        day.expects_quiet("day_start")
        assert day.view.owed
        day.works("0:15:20", "0:20:10")
        day.expects_prompt("0:20")

    def test_the_first_input_is_the_day_s_not_the_bout_s(self, new_day: NewDay) -> None:
        day = new_day(rules(interval_s=600.0))
        day.works("0:00", "0:05")
        day.works("0:15", "0:26")
        day.expects_prompt("0:25")

    def test_last_10_min_of_hours(self, day: Playbook) -> None:
        day.calendar(work=[("0:00", "0:54")])
        day.works("0:00", "0:50")
        day.expects_quiet("day_end")
        assert day.view.owed
        day.works("0:50:20", "0:55")
        day.expects_quiet("outside_hours")

    def test_the_last_10_min_begin_sharp(self, day: Playbook) -> None:
        day.calendar(work=[("0:00", "0:55")])
        day.works("0:00", "0:50")
        day.expects_no_prompt()

    def test_the_clock_is_set_and_work_is_later(self, day: Playbook) -> None:
        day.calendar(work=[("0:00", "4:00")])
        day.works("0:00", "0:30")
        day.calendar(work=[("1:00", "5:00")])
        day.works("0:30:20", "1:45")
        day.expects_prompt("1:45")

    def test_the_clock_is_set_and_work_is_over(self, day: Playbook) -> None:
        day.calendar(work=[("0:00", "4:00")])
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.calendar(work=[("-3:00", "-1:00")])
        day.expects_end("0:45", "withdrawn")
        day.expects_quiet("outside_hours")

    def test_travel_to_the_west_does_not_repeat_a_day(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.calendar(date="2026-03-01", week="2026-W09")
        day.works("0:30:20", "0:45")
        day.expects_prompt("0:45")
        assert day.engine.date == "2026-03-02"
        assert day.view.today.prompts == 1


class TestRollOver:
    def tomorrow(self, day: Playbook, time: str) -> None:
        day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None), time)

    def test_cancels_the_debt(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        self.tomorrow(day, "0:40:10")
        day.works("0:40:20", "1:26")
        day.expects_prompt("1:25:10")

    def test_withdraws_a_prompt(self, day: Playbook) -> None:
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        self.tomorrow(day, "0:45:10")
        day.expects_end("0:45:10", "withdrawn")

    def test_counts_prompts_anew(self, new_day: NewDay) -> None:
        day = new_day(rules(prompts_a_day=1))
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("start")
        self.tomorrow(day, "0:50")
        day.works("0:51", "1:36")
        day.expects_prompt("1:36")

    def test_ends_a_pause_for_today(self, day: Playbook) -> None:
        day.tells(ev.Pause(today=True), "0:10")
        day.works("0:20", "0:40")
        day.expects_quiet("paused")
        assert day.view.paused_until == 24 * 3600
        self.tomorrow(day, "0:40:10")
        day.works("0:40:20", "0:41")
        day.expects_quiet("day_start", "spacing")
        day.works("0:41:20", "1:26")
        day.expects_prompt("1:25:10")

    @pytest.mark.parametrize("pause", [ev.Pause(), ev.Pause(7200)])
    def test_ends_no_other_pause(self, day: Playbook, pause: ev.Pause) -> None:
        day.tells(pause, "0:10")
        self.tomorrow(day, "0:40:10")
        day.works("0:40:20", "1:40")
        day.expects_quiet("paused")

    def test_while_no_agent_runs(self, new_day: NewDay) -> None:
        day = new_day(rules(prompts_a_day=1))
        day.works("0:00", "0:45:20")
        day.expects_prompt("0:45")
        day.is_killed("0:45:20", "0:46", idle=5)
        assert day.view.prompt is not None
        self.tomorrow(day, "0:46")
        day.expects_end("0:46", "withdrawn")
        assert day.view.today.sitting_s == 0
        day.works("0:46:20", "1:31")
        day.expects_prompt("1:31")

    def test_the_day_s_first_input_is_the_new_day_s(self, new_day: NewDay) -> None:
        day = new_day(rules(interval_s=600.0))
        day.works("0:00", "0:05")
        self.tomorrow(day, "1:00")
        day.works("2:00", "2:19")
        day.expects_quiet("day_start")
        day.works("2:19:20", "2:20")
        day.expects_prompt("2:20")


class TestPause:
    @pytest.mark.parametrize(("length_s", "due"), [(1800, "1:15"), (3600, "1:45")])
    def test_what_is_owed_comes_5_min_after_it(self, day: Playbook, length_s: float, due: str) -> None:
        day.works("0:00", "0:40")
        day.tells(ev.Pause(length_s))
        day.works("0:40:20", due)
        day.expects_prompt(due)

    def test_it_shows_until_when(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.tells(ev.Pause(1800), "0:30")
        assert day.view.paused
        assert day.view.paused_until == 3600
        day.expects_quiet("paused")
        day.works("0:30:20", "1:00:10")
        assert not day.view.paused
        day.expects_quiet("spacing")

    def test_without_an_end_it_lasts_until_resumed(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.tells(ev.Pause(), "0:30")
        assert day.view.paused_until is None
        day.works("0:30:20", "3:00")
        day.tells(ev.Resume())
        day.works("3:00:20", "3:06")
        day.expects_prompt("3:05")

    def test_resuming_nothing_changes_nothing(self, day: Playbook) -> None:
        day.works("0:00", "0:44")
        day.tells(ev.Resume())
        day.works("0:44:20", "0:46")
        day.expects_prompt("0:45")

    def test_a_break_in_it_cancels_what_was_owed(self, day: Playbook) -> None:
        day.works("0:00", "0:50")
        day.expects_prompt("0:45")
        day.tells(ev.Pause(600), "0:50")
        day.works("0:55", "1:40")
        day.expects_prompt("1:40")

    def test_a_longer_back_off_outlasts_it(self, day: Playbook) -> None:
        day.works("0:00", "0:47")
        day.expects_prompt("0:45")
        day.tells(ev.Pause(60), "0:47")
        day.works("0:47:20", "0:49")
        day.expects_quiet("back_off")
        day.works("0:49:20", "1:08")
        day.expects_prompt("1:07")

    def test_the_last_one_counts(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.tells(ev.Pause(7200))
        day.tells(ev.Pause(today=True))
        day.tells(ev.Pause(1800))
        assert day.view.paused_until == 70 * 60
        day.works("0:40:20", "1:15")
        day.expects_prompt("1:15")

    def test_it_outlives_the_agent(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.tells(ev.Pause(3600))
        day.is_killed("0:50", "0:51", idle=2)
        day.works("0:51", "1:00")
        day.expects_quiet("paused")
        assert day.view.paused_until == 100 * 60
        day.works("1:00:20", "1:45")
        day.expects_prompt("1:45")

    @pytest.mark.parametrize("pause", [ev.Pause(today=True), ev.Pause()])
    def test_so_does_one_without_an_hour(self, day: Playbook, pause: ev.Pause) -> None:
        day.works("0:00", "0:40")
        day.tells(pause)
        day.is_killed("0:40:20", "0:41", idle=2)
        day.works("0:41", "2:00")
        day.expects_quiet("paused")

    def test_it_ends_while_no_agent_runs(self, day: Playbook) -> None:
        day.works("0:00", "0:44")
        day.tells(ev.Pause(120))
        day.is_killed("0:45", "0:46:30", idle=2)
        day.works("0:46:40", "0:50:40")
        day.expects_quiet("spacing")
        day.expects_prompt("0:51")

    def test_it_ends_while_the_machine_sleeps(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.tells(ev.Pause(3600))
        day.sleeps("0:41", "3:00")
        day.works("3:00", "3:45")
        day.expects_prompt("3:45")

    def test_nothing_is_owed_any_more_after_a_break_in_it(self, day: Playbook) -> None:
        day.works("0:00", "0:50")
        day.expects_prompt("0:45")
        day.answers("snooze")
        day.tells(ev.Pause(3600))
        day.works("1:00", "1:40")
        assert not day.view.owed
        assert day.view.next_at == 105 * 60
        day.works("1:40:20", "1:55")
        day.expects_prompt("1:55")

    def test_it_ends_in_a_call_and_the_prompt_comes_after_both(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.tells(ev.Pause(1200))
        day.works("0:40:20", "0:50")
        day.begins("call", "0:50")
        day.works("0:50:20", "1:02")
        day.ends("call", "1:02")
        day.works("1:02:20", "1:05")
        day.expects_prompt("1:05")

    def test_it_ends_outside_work_hours_and_nothing_is_owed_next_time(self, day: Playbook) -> None:
        day.calendar(work=[("0:00", "1:00"), ("2:00", "9:00")])
        day.works("0:00", "0:40")
        day.tells(ev.Pause(1800))
        day.works("0:40:20", "2:45")
        day.expects_prompt("2:45")


class TestNobodyToAsk:
    def test_idle_for_a_minute_waits_for_the_next_input(self, day: Playbook) -> None:
        day.works("0:00", "0:43:40")
        day.until("0:45:49")
        day.expects_quiet("idle")
        day.works("0:45:50", "0:47")
        day.expects_prompt("0:45:55")

    def test_idle_that_becomes_a_break_cancels(self, day: Playbook) -> None:
        day.works("0:00", "0:43:40")
        day.works("0:47", "0:50")
        day.expects_quiet()

    def test_locked_waits_for_the_unlock(self, day: Playbook) -> None:
        day.works("0:00", "0:44:20")
        day.locks("0:44:55")
        day.until("0:45:30")
        day.expects_quiet("locked")
        day.unlocks("0:46")
        day.expects_prompt("0:46:05")

    def test_standing(self, day: Playbook) -> None:
        day.works("0:00", "0:44")
        day.says("standing", "0:44")
        day.until("0:45:30")
        day.expects_quiet("standing")
        day.says("seated", "0:45:30")
        day.expects_prompt("0:45:35")

    def test_asleep(self, day: Playbook) -> None:
        day.works("0:00", "0:44")
        day.tells(ev.Suspended(), "0:44:30")
        day.expects_quiet("asleep")

    def test_unknown_waits_for_a_sensor(self, day: Playbook) -> None:
        day.works("0:00", "0:44:40")
        day.tells(ev.SensorLost(), "0:44:50")
        day.until("0:45:30")
        day.expects_quiet("unknown")
        day.tells(ev.SensorFound(), "0:46")
        day.works("0:46:10", "0:47")
        day.expects_prompt("0:46:15")


class TestNotToBeDisturbed:
    @pytest.mark.parametrize("signal", ["call", "sharing", "fullscreen", "dnd"])
    def test_sitting_goes_on_counting_and_the_prompt_comes_soon_after(
        self, day: Playbook, signal: str
    ) -> None:
        day.begins(signal, "0:30")
        day.works("0:30", "1:20")
        day.expects_quiet(signal)
        day.ends(signal, "1:20:10")
        day.expects_quiet(signal)
        day.expects_prompt("1:20:25")

    def test_the_last_of_them_counts(self, day: Playbook) -> None:
        day.begins("call", "0:30")
        day.begins("sharing", "0:31")
        day.begins("dnd", "0:31")
        day.works("0:31", "1:20")
        day.expects_quiet("call", "dnd", "sharing")
        day.ends("sharing", "1:20")
        day.ends("call", "1:20")
        day.works("1:20:20", "1:29:50")
        day.ends("dnd", "1:30")
        day.expects_prompt("1:30:15")

    def test_one_that_begins_again_at_once_is_still_on(self, day: Playbook) -> None:
        day.begins("call", "0:30")
        day.works("0:30", "1:20")
        day.ends("call", "1:20")
        day.begins("call", "1:20:05")
        day.works("1:20:20", "1:25")
        day.ends("call", "1:25")
        day.expects_prompt("1:25:15")

    def test_those_that_are_not_to_hold_do_not(self, new_day: NewDay) -> None:
        day = new_day(rules(quiet_signals=frozenset({Signal.CALL})))
        day.begins("fullscreen", "0:30")
        day.works("0:30", "1:16")
        day.expects_prompt("1:15")

    def test_nothing_is_owed_after_a_short_one(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.begins("call", "0:10")
        day.ends("call", "0:12")
        day.works("0:12:20", "0:46")
        day.expects_prompt("0:45")


class TestAtMost:
    """`hold_at_most_s`: what is on for very long is on by mistake, or is how this person works."""

    @pytest.fixture
    def day(self, new_day: NewDay) -> Playbook:
        return new_day(rules(hold_at_most_s=3600.0))

    @pytest.mark.parametrize("signal", ["call", "fullscreen", "dnd"])
    def test_what_has_been_on_for_so_long_holds_no_more(self, day: Playbook, signal: str) -> None:
        day.begins(signal, "0:20")
        day.works("0:20", "1:19:58")
        day.expects_quiet(signal)
        day.until("1:20:01")
        day.expects_quiet()
        day.expects_prompt("1:20")
        day.works("1:20:20", "1:21")
        day.ends(signal, "1:21")
        assert day.view.prompt is not None

    def test_it_comes_by_itself_when_that_is_over(self, day: Playbook) -> None:
        day.begins("dnd", "0:20")
        day.works("0:20", "1:19:50")
        day.expects_prompt("1:20")

    def test_a_shared_screen_holds_however_long(self, day: Playbook) -> None:
        day.begins("sharing", "0:10")
        day.works("0:10", "5:00")
        day.expects_quiet("sharing")

    def test_each_has_its_own_time(self, day: Playbook) -> None:
        day.begins("dnd", "0:10")
        day.works("0:10", "0:40")
        day.begins("call", "0:40")
        day.works("0:40", "1:19:58")
        day.expects_quiet("call")
        day.ends("call", "1:20")
        day.expects_quiet("call")
        day.expects_no_prompt("1:20:14")
        day.expects_prompt("1:20:15")

    def test_told_twice_it_began_but_once(self, day: Playbook) -> None:
        day.begins("call", "0:20")
        day.works("0:20", "1:00")
        day.begins("call", "1:00")
        day.works("1:00:20", "1:19:50")
        day.expects_prompt("1:20")

    def test_one_that_ended_begins_anew(self, day: Playbook) -> None:
        day.begins("call", "0:20")
        day.works("0:20", "1:00")
        day.ends("call", "1:00")
        day.begins("call", "1:00:10")
        day.works("1:00:20", "1:59:50")
        day.expects_quiet("call")
        day.expects_prompt("2:00:10")

    def test_the_estimate_is_held_for_as_long_as_ever(self, day: Playbook) -> None:
        day.begins("call", "0:00")
        day.works("0:00", "1:10", every=600)
        day.expects_prompt("1:00:05")
        day.until("1:25")
        day.expects("seated", "1:25")

    def test_an_older_version_did_not_say_since_when(self, day: Playbook) -> None:
        day.begins("call", "0:20")
        day.works("0:20", "0:30")
        day.engine._state.quiet.since.clear()
        day.works("0:30:20", "3:00")
        day.expects_quiet("call")
        assert day.engine.deadline() is not None

    def test_without_a_limit_there_is_none(self, new_day: NewDay) -> None:
        day = new_day()
        day.begins("call", "0:20")
        day.works("0:20", "9:00")
        day.expects_quiet("call")
