"""When an absence is asked about, and what the answer changes."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.support.timeline import STAND_UPS, NewDay, Playbook
from tray_agent.core import commands as do
from tray_agent.core import events as ev

WITHOUT_PROMPTS = structs.replace(STAND_UPS, prompts_a_day=0)


class TestQuestions:
    def question_day(self, new_day: NewDay, **changes: float) -> Playbook:
        day: Playbook = new_day(structs.replace(WITHOUT_PROMPTS, **changes))  # type: ignore[arg-type]
        return day

    @pytest.mark.parametrize(
        ("back", "asked"), [("0:32:29", False), ("0:32:30", True), ("0:37", True), ("0:37:01", False)]
    )
    def test_an_ambiguous_absence_is_asked_about(self, new_day: NewDay, back: str, asked: bool) -> None:
        day = self.question_day(new_day, idle_threshold_s=100)
        day.works("0:00", "0:30")
        day.works(back, back)
        day.expects_questions(*([back] if asked else []))

    def test_at_most_three_times_a_day(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        for hour in range(5):
            day.works(f"{hour}:00", f"{hour}:10")
            day.works(f"{hour}:13", f"{hour}:14")
        day.expects_questions("0:13", "1:13", "2:13")
        day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None), "5:00")
        day.works("5:10", "5:20")
        day.works("5:23", "5:24")
        day.expects_questions("0:13", "1:13", "2:13", "5:23")

    def test_not_after_a_lock(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.locks("0:11")
        day.unlocks("0:13")
        day.expects_questions()

    def test_a_lock_that_was_over_before_does_not_count(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.locks("0:11")
        day.unlocks("0:12")
        day.works("0:12", "0:20")
        day.works("0:23", "0:24")
        day.expects_questions("0:23")

    def test_not_in_a_call(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.begins("media", "0:12:40")
        day.works("0:13", "0:14")
        day.expects_questions()

    def test_not_outside_work_hours(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.calendar(work=[("1:00", "2:00")])
        day.works("0:00", "0:10")
        day.works("0:13", "0:14")
        day.expects_questions()

    def test_not_if_it_is_not_wanted(self, new_day: NewDay) -> None:
        day = self.question_day(new_day, ask_were_you_up=False)
        day.works("0:00", "0:10")
        day.works("0:13", "0:14")
        day.expects_questions()

    def test_no_recomputes_the_day(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.works("0:13", "0:20")
        day.expects("seated", "0:07")
        day.tells(ev.WereUp(1, up=False))
        day.expects("seated", "0:20")
        assert day.last(do.DayCorrected) == do.DayCorrected(0, (), (), ())
        assert (day.view.today.breaks, day.view.today.longest_bout_s) == (0, 1200)

    @pytest.mark.parametrize("up", [True, None])
    def test_yes_or_no_answer_leaves_it_a_break(self, new_day: NewDay, up: bool | None) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.works("0:13", "0:20")
        day.tells(ev.WereUp(1, up=up))
        day.tells(ev.WereUp(1, up=False))
        day.expects("seated", "0:07")

    def test_an_answer_to_an_older_question_is_nothing(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.works("0:13", "0:20")
        day.works("0:23", "0:30")
        day.tells(ev.WereUp(1, up=False))
        day.expects("seated", "0:07")
        assert day.view.today.breaks == 2

    def test_not_when_the_person_said_that_they_leave(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.says("away", "0:12:50")
        day.works("0:15", "0:16")
        day.expects_questions()
        assert day.view.today.breaks == 1

    def test_not_after_a_break_of_the_person_s_own_wish(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.tells(ev.BreakRequested(), "0:10:10")
        day.finishes("0:13")
        day.works("0:13:20", "0:14")
        day.expects_questions()

    def test_not_after_one_that_took_its_time(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.tells(ev.BreakRequested(), "0:10:10")
        day.works("0:10:20", "0:12")
        day.finishes("0:15")
        day.works("0:15:20", "0:16")
        day.expects_questions()

    def test_whoever_says_afterwards_that_they_sit_is_asked_all_the_same(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.says("seated", "0:13")
        day.expects_questions("0:13")

    def test_whoever_a_script_sees_is_asked_as_well(self, new_day: NewDay) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        day.tells(ev.Here(), "0:13")
        day.expects_questions("0:13")

    @pytest.mark.parametrize("reason", ["call", "sharing", "fullscreen", "dnd", "paused"])
    def test_never_in_quiet_and_never_later(self, new_day: NewDay, reason: str) -> None:
        day = self.question_day(new_day)
        day.works("0:00", "0:10")
        if reason == "paused":
            day.tells(ev.Pause(600), "0:12:50")
        else:
            day.begins(reason, "0:12:50")
        day.works("0:13", "0:20")
        if reason != "paused":
            day.ends(reason, "0:20")
        day.works("0:20:20", "0:40")
        day.expects_questions()


class TestLookingFirst:
    """Where nobody knows what is on, it is looked for before anything is asked."""

    @pytest.fixture
    def day(self) -> Playbook:
        return Playbook(WITHOUT_PROMPTS, edges=True, answers_after=1.0)

    def test_a_question_comes_with_the_answer(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.works("0:13", "0:14")
        day.expects_questions("0:13:01")
        day.expects_looks("0:11", "0:13")
        day.tells(ev.WereUp(1, up=False))
        day.expects("seated", "0:14")

    @pytest.mark.parametrize("signal", ["sharing", "fullscreen", "dnd", "call", "media"])
    def test_none_comes_when_something_is_on(self, day: Playbook, signal: str) -> None:
        day.works("0:00", "0:10")
        day.begins(signal, "0:12:50")
        day.works("0:13", "0:20")
        day.ends(signal, "0:20")
        day.works("0:20:20", "0:30")
        day.expects_questions()

    def test_nothing_is_looked_for_where_nothing_is_to_be_asked(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.works("0:20", "0:21")
        day.expects_looks("0:11")

    def test_an_agent_that_dies_over_it_still_asks(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.works("0:13", "0:13")
        day.is_dead_for(10, idle=2.0)
        day.until("0:13:20")
        day.expects_questions("0:13:11")
