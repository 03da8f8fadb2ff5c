"""When an absence is asked about, and what the answer changes."""

from __future__ import annotations

import dataclasses

import pytest

from tests.support.timeline import STAND_UPS, NewDay, Playbook
from tray_agent.core import commands as do
from tray_agent.core import events as ev

WITHOUT_PROMPTS = dataclasses.replace(STAND_UPS, prompts_a_day=0)


class TestQuestions:
    def question_day(self, new_day: NewDay, **changes: float) -> Playbook:
        day: Playbook = new_day(dataclasses.replace(WITHOUT_PROMPTS, **changes))  # type: ignore[arg-type]
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
