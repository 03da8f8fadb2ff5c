"""When a prompt comes, and every reason why it does not, as timelines."""

from __future__ import annotations

import math

import pytest
from msgspec import structs

from tests.support.timeline import STAND_UPS, NewDay, Playbook, reloaded
from tray_agent.core import events as ev
from tray_agent.core.commands import PromptEnded, ShowPrompt, SuggestFewer, WatchInput, WithdrawPrompt
from tray_agent.core.model import Insistence, Kind, Posture
from tray_agent.core.rules import Rules


def rules(**changes: object) -> Rules:
    return structs.replace(STAND_UPS, **changes)  # type: ignore[arg-type]


class TestDue:
    def test_a_prompt_comes_after_45_min_of_sitting(self, day: Playbook) -> None:
        day.works("0:00", "0:46")
        day.expects_prompt("0:45")
        prompt = day.last(ShowPrompt).prompt
        assert (prompt.id, prompt.insistence, prompt.snoozes_left) == (1, Insistence.NOTIFY, 2)
        [because] = prompt.because
        assert (because.code, because.values) == ("sitting", {"sitting_s": 2700, "interval_s": 2700})

    @pytest.mark.parametrize(("minutes", "due"), [(30, "0:30"), (60, "1:00")])
    def test_the_interval_is_a_rule(self, new_day: NewDay, minutes: int, due: str) -> None:
        day = new_day(rules(interval_s=minutes * 60.0))
        day.works("0:00", due)
        day.expects_prompt(due)

    def test_how_hard_it_presses_is_a_rule(self, new_day: NewDay) -> None:
        day = new_day(rules(insistence=Insistence.FIRM))
        day.works("0:00", "0:46")
        day.expects_prompt("0:45")
        assert day.last(ShowPrompt).prompt.insistence is Insistence.FIRM

    def test_a_break_cancels_what_is_due(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.works("0:43", "1:27:40")
        day.expects_no_prompt()
        day.expects_prompt("1:28")

    def test_standing_for_two_minutes_is_a_break(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.says("standing", "0:40:10")
        day.works("0:40:20", "0:42:05")
        day.says("seated", "0:42:10")
        day.works("0:42:20", "1:28")
        day.expects_prompt("1:27:10")

    def test_standing_expires_and_then_sitting_counts_again(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.says("standing", "0:40")
        day.works("0:40:20", "2:05")
        day.expects_prompt("2:05")

    def test_a_pause_does_not(self, day: Playbook) -> None:
        day.works("0:00", "0:40")
        day.locks("0:40:05")
        day.unlocks("0:42")
        day.works("0:42:20", "0:46")
        day.expects_prompt("0:45")

    def test_a_movement_alone_is_asked_for_as_soon_as_enough_time_has_passed(self, new_day: NewDay) -> None:
        day = new_day(rules(kinds=frozenset({Kind.HIP_FLEXOR}), hip_flexor_spacing_s=7200.0))
        day.works("0:00", "0:46")
        day.expects_prompt("0:45", "hip_flexor")
        day.answers("start")
        day.finishes("0:47")
        day.works("0:47", "2:48", every=55)
        day.expects_prompt("2:47", "hip_flexor")

    def test_nobody_is_asked_who_wants_no_prompts(self, new_day: NewDay) -> None:
        day = new_day(rules(kinds=frozenset()))
        day.works("0:00", "2:00")
        assert day.view.next_at is None
        assert not day.view.owed

    def test_a_setting_that_is_changed_holds_at_once(self, day: Playbook) -> None:
        day.works("0:00", "0:35")
        day.uses(rules(interval_s=1800.0))
        day.expects_prompt("0:35:05")


class TestLifeOfAPrompt:
    def test_nobody_reacts_for_two_minutes(self, day: Playbook) -> None:
        day.works("0:00", "0:48")
        day.expects_prompt("0:45")
        day.expects_end("0:47", "ignored")
        assert day.last(WithdrawPrompt).prompt == 1
        day.expects_quiet("back_off")

    def test_the_person_gets_up(self, day: Playbook) -> None:
        day.works("0:00", "0:44:50")
        day.expects_prompt("0:45")
        day.until("0:48")
        day.expects_end("0:47:10", "withdrawn")
        day.works("0:50", "0:51")

    def test_the_person_gets_up_and_says_so(self, day: Playbook) -> None:
        day.works("0:00", "0:44:50")
        day.expects_prompt("0:45")
        day.says("standing", "0:45:30")
        day.expects_end("0:45:30", "withdrawn")

    @pytest.mark.parametrize("signal", ["call", "sharing", "fullscreen", "dnd"])
    def test_something_begins_that_must_not_be_disturbed(self, day: Playbook, signal: str) -> None:
        day.works("0:00", "0:45:20")
        day.expects_prompt("0:45")
        day.begins(signal, "0:45:30")
        day.expects_end("0:45:30", "withdrawn")

    def test_a_video_disturbs_nobody(self, day: Playbook) -> None:
        day.begins("media", "0:40")
        day.works("0:40", "1:25:40")
        day.expects_prompt("1:25")
        day.begins("media", "1:25:40")
        assert day.view.prompt is not None

    def test_the_screen_is_locked(self, day: Playbook) -> None:
        day.works("0:00", "0:45:20")
        day.expects_prompt("0:45")
        day.locks("0:45:25")
        day.expects_end("0:45:25", "withdrawn")

    def test_the_past_is_put_right_and_nothing_is_owed(self, day: Playbook) -> None:
        day.works("0:00", "0:45:20")
        day.expects_prompt("0:45")
        day.tells(ev.Correct(1800, 1200, Posture.AWAY))
        day.expects_end("0:45:20", "withdrawn")
        day.works("0:45:40", "1:10:20")
        day.expects_prompt("1:10:20")

    def test_the_past_is_put_right_and_it_is_owed_still(self, day: Playbook) -> None:
        day.works("0:00", "0:50:20")
        day.expects_prompt("0:45")
        day.works("0:55", "1:41")
        day.expects_prompt("1:40")
        day.tells(ev.Correct(3000, 2700, Posture.SEATED))
        assert day.view.prompt is not None

    def test_a_longer_interval_is_asked_for(self, day: Playbook) -> None:
        day.works("0:00", "0:45:20")
        day.expects_prompt("0:45")
        day.uses(rules(interval_s=3600.0))
        day.expects_end("0:45:20", "withdrawn")

    def test_a_pause_is_asked_for(self, day: Playbook) -> None:
        day.works("0:00", "0:45:20")
        day.expects_prompt("0:45")
        day.tells(ev.Pause(1800), "0:45:30")
        day.expects_end("0:45:30", "withdrawn")

    def test_a_reader_has_time_until_the_first_input(self, day: Playbook) -> None:
        day.works("0:00", "0:45:20")
        day.expects_prompt("0:45")
        day.until("0:47:15")
        assert day.view.prompt is not None
        day.works("0:47:15", "0:50")
        day.expects_end("0:49:15", "ignored")

    def test_a_short_look_away_gives_no_more_time(self, day: Playbook) -> None:
        day.works("0:00", "0:44:40")
        day.expects_prompt("0:45")
        day.works("0:45:50", "0:48")
        day.expects_end("0:47", "ignored")

    def test_an_answer_ends_it(self, day: Playbook) -> None:
        day.works("0:00", "0:45:20")
        day.expects_prompt("0:45")
        day.answers("snooze", "0:45:20")
        day.expects_end("0:45:20", "snoozed")
        [ended] = [command for _, command in day.log if isinstance(command, PromptEnded)]
        assert ended.prompt.id == 1

    def test_a_late_answer_to_an_old_prompt_is_ignored(self, day: Playbook) -> None:
        day.works("0:00", "0:46")
        day.expects_prompt("0:45")
        day.answers("snooze")
        day.works("0:46:20", "0:56")
        day.expects_prompt("0:56")
        before = len(day.log)
        day.answers("skip", prompt=1)
        assert len(day.log) == before
        assert day.view.prompt is not None
        day.answers("skip", prompt=2)
        day.expects_end("0:56", "skipped")

    def test_an_answer_to_nothing_is_ignored(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        before = len(day.log)
        day.answers("skip")
        day.answers("start", prompt=1)
        assert len(day.log) == before


class TestHowHardItPresses:
    """However hard a prompt presses, it lives as any other."""

    @pytest.fixture(params=Insistence)
    def pressing(self, new_day: NewDay, request: pytest.FixtureRequest) -> Playbook:
        day: Playbook = new_day(rules(insistence=request.param))
        day.works("0:00", "0:45:20")
        day.expects_prompt("0:45")
        return day

    def test_a_call_takes_it_away_and_the_debt_stays(self, pressing: Playbook) -> None:
        pressing.begins("call", "0:45:30")
        pressing.expects_end("0:45:30", "withdrawn")
        pressing.works("0:45:40", "0:55")
        assert pressing.view.owed
        pressing.ends("call", "0:55:10")
        pressing.works("0:55:20", "0:55:30")
        pressing.expects_prompt("0:55:25")

    def test_a_lock_takes_it_away_and_the_debt_stays(self, pressing: Playbook) -> None:
        pressing.locks("0:45:30")
        pressing.expects_end("0:45:30", "withdrawn")
        assert pressing.view.owed
        pressing.unlocks("0:46")
        pressing.works("0:46:01", "0:46:20")
        pressing.expects_prompt("0:46:06")

    def test_nobody_reacting_ends_it(self, pressing: Playbook) -> None:
        pressing.works("0:45:40", "0:47:10")
        pressing.expects_end("0:47", "ignored")


class TestTimeToAnswer:
    def test_is_a_rule(self, new_day: NewDay) -> None:
        day = new_day(rules(expire_s=600))
        day.works("0:00", "0:56")
        day.expects_prompt("0:45")
        day.expects_end("0:55", "ignored")

    def test_may_be_without_end(self, new_day: NewDay) -> None:
        day = new_day(rules(expire_s=math.inf))
        day.works("0:00", "0:46")
        day.expects_prompt("0:45")
        day.until("0:47:10")
        day.works("0:47:20", "3:00")
        assert day.view.prompt is not None
        deadline = day.engine.deadline()
        assert deadline is None or deadline < math.inf
        assert reloaded(day.engine.snapshot()) == day.engine.snapshot()
        day.locks("3:00:10")
        day.expects_end("3:00:10", "withdrawn")


class TestAnswers:
    def test_snooze_asks_again_after_ten_minutes_twice(self, day: Playbook) -> None:
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("snooze")
        day.expects_quiet("spacing")
        day.works("0:45:20", "0:55")
        day.expects_prompt("0:55")
        assert day.last(ShowPrompt).prompt.snoozes_left == 1
        day.answers("snooze")
        day.works("0:55:20", "1:05")
        day.expects_prompt("1:05")
        assert day.last(ShowPrompt).prompt.snoozes_left == 0

    def test_a_snooze_too_many_is_like_no_reaction(self, new_day: NewDay) -> None:
        day = new_day(rules(snoozes=0))
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("snooze")
        day.expects_end("0:45", "snoozed")
        day.expects_quiet("back_off")
        day.works("0:45:20", "1:05")
        day.expects_prompt("1:05")

    def test_snoozes_are_counted_anew_in_the_next_bout(self, day: Playbook) -> None:
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("snooze")
        day.works("0:50", "1:35")
        day.expects_prompt("1:35")
        assert day.last(ShowPrompt).prompt.snoozes_left == 2

    def test_skip_is_for_this_bout(self, day: Playbook) -> None:
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("skip")
        day.works("0:45:20", "3:00")
        day.expects_quiet("back_off")
        assert day.view.owed
        day.works("3:05", "3:50")
        day.expects_prompt("3:50")

    def test_a_dismissed_prompt_is_asked_once_more(self, day: Playbook) -> None:
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("dismiss")
        day.expects_end("0:45", "dismissed")
        day.expects_quiet("spacing")
        day.works("0:45:20", "0:55")
        day.expects_prompt("0:55")
        day.answers("dismiss")
        day.expects_quiet("back_off")
        day.works("0:55:20", "2:30")
        day.works("2:33", "2:34")

    def test_who_starts_and_goes_on_sitting_is_asked_after_another_interval(self, day: Playbook) -> None:
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("start")
        day.expects_end("0:45", "started")
        day.works("0:45:20", "1:30")
        day.expects_prompt("1:30")

    def test_a_break_that_came_to_nothing_is_asked_again_like_a_snooze(self, day: Playbook) -> None:
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("start")
        day.finishes("0:46", steps=0)
        day.works("0:46:20", "0:56")
        day.expects_prompt("0:56")


class TestThreeSkips:
    @pytest.mark.parametrize(("factor", "due"), [(1.0, "3:15"), (1.5, "3:37:30"), (2.0, "4:00")])
    def test_how_much_longer_is_a_rule(self, new_day: NewDay, factor: float, due: str) -> None:
        day = new_day(rules(skip_factor=factor))
        self.skip_three(day)
        day.works("2:30", due)
        day.expects_prompt(due)

    def test_the_longer_interval_outlives_the_agent(self, day: Playbook) -> None:
        self.skip_three(day)
        day.is_killed("2:25:10", "2:26", idle=2)
        day.works("2:30", "3:29:51")
        day.expects_prompt("3:29:51")

    def skip_three(self, day: Playbook) -> None:
        for start, due in (("0:00", "0:45"), ("0:50", "1:35"), ("1:40", "2:25")):
            day.works(start, due)
            day.expects_prompt(due)
            day.answers("skip")

    def test_make_the_interval_longer_for_today_and_offer_fewer_once(self, day: Playbook) -> None:
        self.skip_three(day)
        assert [command for _, command in day.log if isinstance(command, SuggestFewer)] == [SuggestFewer()]
        day.works("2:30", "3:29:51")
        day.expects_prompt("3:29:51")
        day.answers("skip")
        day.works("3:35", "4:34:51")
        day.expects_prompt("4:34:51")
        assert len([command for _, command in day.log if isinstance(command, SuggestFewer)]) == 1

    def test_not_in_a_row_are_not_three(self, day: Playbook) -> None:
        for start, due, answer in (
            ("0:00", "0:45", "skip"),
            ("0:50", "1:35", "skip"),
            ("1:40", "2:25", "start"),
            ("2:30", "3:15", "skip"),
        ):
            day.works(start, due)
            day.expects_prompt(due)
            day.answers(answer)
        assert not [command for _, command in day.log if isinstance(command, SuggestFewer)]

    def test_tomorrow_the_interval_is_as_ever(self, day: Playbook) -> None:
        day.calendar(ends="20:00")
        self.skip_three(day)
        day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None), "20:00")
        day.works("21:00", "21:45")
        day.expects_prompt("21:45")


class TestBackOff:
    def test_no_reaction_is_quiet_for_20_min(self, day: Playbook) -> None:
        day.works("0:00", "1:07")
        day.expects_prompt("0:45")
        day.expects_end("0:47", "ignored")
        day.expects_prompt("1:07")

    def test_a_natural_gap_ends_it(self, day: Playbook) -> None:
        day.works("0:00", "0:50")
        day.expects_prompt("0:45")
        day.works("0:51:30", "0:52")
        day.expects_prompt("0:51:35")

    def test_a_natural_gap_does_not_end_a_snooze(self, day: Playbook) -> None:
        day.works("0:00", "0:46")
        day.expects_prompt("0:45")
        day.answers("snooze")
        day.works("0:47:30", "0:56")
        day.expects_prompt("0:56")

    def test_a_natural_gap_ends_it_when_the_snoozes_are_spent_too(self, new_day: NewDay) -> None:
        day = new_day(rules(snoozes=1))
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("snooze")
        day.works("0:45:20", "0:55")
        day.expects_prompt("0:55")
        assert day.last(ShowPrompt).prompt.snoozes_left == 0
        day.answers("snooze")
        day.works("0:55:20", "1:00")
        day.expects_quiet("back_off")
        day.works("1:01:10", "1:02")
        day.expects_prompt("1:01:15")

    @pytest.mark.parametrize(("minutes", "due"), [(15, "1:02"), (30, "1:17")])
    def test_how_long_is_a_rule(self, new_day: NewDay, minutes: int, due: str) -> None:
        day = new_day(rules(back_off_s=minutes * 60.0))
        day.works("0:00", due)
        day.expects_prompt("0:45")
        day.expects_prompt(due)

    def test_a_break_ends_it(self, day: Playbook) -> None:
        day.works("0:00", "0:50")
        day.expects_prompt("0:45")
        day.works("0:55", "0:56")
        day.expects_quiet()


class TestTyping:
    def test_a_burst_is_waited_out_to_a_lull_of_5_s(self, day: Playbook) -> None:
        day.works("0:00", "0:44")
        day.types("0:44:01", "0:46:30")
        day.expects_quiet("typing")
        day.expects_prompt("0:46:35")

    def test_but_for_3_min_at_most(self, day: Playbook) -> None:
        day.works("0:00", "0:44")
        day.types("0:44:01", "0:48:30")
        day.expects_prompt("0:48")

    def test_patience_begins_when_nothing_else_holds_any_more(self, day: Playbook) -> None:
        day.works("0:00", "0:20")
        day.begins("call", "0:20")
        day.types("0:20:01", "0:55")
        day.ends("call", "0:55")
        day.types("0:55:01", "0:59")
        day.expects_prompt("0:58:15")

    def test_input_is_watched_finely_only_when_it_matters(self, day: Playbook) -> None:
        day.works("0:00", "0:44:40")
        assert not [command for _, command in day.log if isinstance(command, WatchInput)]
        day.works("0:44:45", "0:45:10", every=1)
        assert day.last(WatchInput).fine_s == 5
        day.until("0:45:15")
        day.expects_prompt("0:45:15")
        assert day.last(WatchInput).fine_s is None


class TestLimits:
    def test_the_day_s_cap_counts_every_prompt(self, new_day: NewDay) -> None:
        day = new_day(rules(prompts_a_day=3, snoozes=5))
        for start, time in (("0:00", "0:45"), ("0:45:20", "0:55"), ("0:55:20", "1:05")):
            day.works(start, time)
            day.expects_prompt(time)
            day.answers("snooze")
        day.works("1:05:20", "2:00")
        day.expects_quiet("daily_cap")
        assert day.view.owed

    def test_and_those_that_nobody_reacted_to(self, new_day: NewDay) -> None:
        day = new_day(rules(prompts_a_day=2))
        day.works("0:00", "3:00")
        day.expects_prompt("0:45")
        day.expects_prompt("1:07")
        day.expects_quiet("daily_cap")

    def test_the_cap_outlives_the_agent(self, new_day: NewDay) -> None:
        day = new_day(rules(prompts_a_day=1))
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.answers("skip")
        day.is_killed("0:50", "1:00", idle=2)
        day.works("1:00", "2:00")
        day.expects_quiet("daily_cap")

    def test_reasons_keep_their_order(self, day: Playbook) -> None:
        day.uses(rules(prompts_a_day=1, interval_s=600.0))
        day.works("0:00", "0:20")
        day.expects_prompt("0:20")
        day.answers("snooze")
        day.works("0:20:20", "0:25")
        day.begins("dnd", "0:25")
        day.begins("call", "0:25")
        day.begins("sharing", "0:25")
        day.begins("fullscreen", "0:25")
        day.tells(ev.Pause())
        day.tells(ev.Day("2026-03-02", "2026-W10", 3600, ((-600, 60),)))
        day.locks("0:25")
        day.expects_quiet(
            "paused", "locked", "call", "dnd", "fullscreen", "sharing", "day_end", "spacing", "daily_cap"
        )
        day.tells(ev.Day("2026-03-02", "2026-W10", 3600, ((60, 600),)))
        assert day.view.quiet[:2] == ("outside_hours", "paused")

    def test_back_off_comes_after_the_cap(self, day: Playbook) -> None:
        day.uses(rules(prompts_a_day=1))
        day.works("0:00", "0:48")
        day.expects_prompt("0:45")
        day.expects_quiet("daily_cap", "back_off")

    def test_a_movement_may_be_all_that_is_wanted(self, new_day: NewDay) -> None:
        day = new_day(rules(kinds=frozenset({Kind.HIP_FLEXOR}), hip_flexor_sessions=1))
        day.works("0:00", "0:45")
        day.expects_prompt("0:45", "hip_flexor")
        day.answers("start")
        day.finishes("0:48")
        day.works("0:50", "2:00")
        day.expects_quiet()
        assert not day.view.owed
        assert day.last(WatchInput).fine_s is None
