"""A routine's life as the engine tells it: begun, changed, ended, credited; and what limits do to it."""

from __future__ import annotations

import msgspec
import pytest
from msgspec import structs

from tests.support.timeline import STAND_UPS, NewDay, Playbook, reloaded
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine
from tray_agent.core.model import Condition, Dose, Kind, Limits
from tray_agent.core.rules import Rules

CLEARED = Limits(cleared=True)


class TestRoutines:
    def test_a_prompt_that_is_started_guides_and_what_is_done_is_credited(self, new_day: NewDay) -> None:
        day = new_day(Rules())
        day.works("0:00", "0:45")
        day.expects_prompt("0:45", "hip_flexor")
        assert [because.code for because in day.last(do.ShowPrompt).prompt.because] == [
            "sitting",
            "movement_due",
        ]
        day.answers("start")
        routine = day.last(do.Guide).routine
        assert day.view.routine == routine
        assert routine.kind is Kind.HIP_FLEXOR
        day.finishes("0:48")
        done = day.last(do.DoseDone)
        assert (done.kind, done.dose) == (Kind.HIP_FLEXOR, Dose(30, 30, standing_s=120))
        assert day.view.routine is None
        day.works("0:50", "1:35")
        day.expects_prompt("1:35", "glutes")

    def test_a_break_can_be_asked_for(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.tells(ev.BreakRequested())
        assert day.last(do.Guide).routine.kind is Kind.STAND_UP
        day.works("0:30:20", "1:15")
        day.expects_prompt("1:15")

    def test_a_break_asked_for_answers_the_prompt(self, day: Playbook) -> None:
        day.works("0:00", "0:45")
        day.expects_prompt("0:45")
        day.tells(ev.BreakRequested(Kind.GLUTES))
        day.expects_end("0:45", "started")
        assert day.last(do.Guide).routine.kind is Kind.GLUTES

    def test_without_a_word_it_is_what_the_prompt_was_for(self, new_day: NewDay) -> None:
        day = new_day(Rules())
        day.works("0:00", "0:45")
        day.expects_prompt("0:45", "hip_flexor")
        day.tells(ev.BreakRequested())
        assert day.last(do.Guide).routine.kind is Kind.HIP_FLEXOR

    def test_whoever_wants_no_prompts_can_still_have_a_break(self, new_day: NewDay) -> None:
        day = new_day(structs.replace(STAND_UPS, kinds=frozenset()))
        day.tells(ev.BreakRequested())
        assert day.last(do.Guide).routine.kind is Kind.STAND_UP

    def test_the_next_one_takes_the_place_of_the_one_before(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.tells(ev.BreakRequested())
        day.tells(ev.BreakRequested())
        assert day.last(do.StopGuide).routine == 1
        assert day.view.routine is not None
        assert day.view.routine.id == 2

    def test_a_lock_stops_it(self, day: Playbook) -> None:
        day.works("0:00", "0:10")
        day.tells(ev.BreakRequested())
        day.locks("0:10:30")
        assert day.last(do.StopGuide).routine == 1
        day.tells(ev.RoutineEnded(1, (0,)), "0:11")
        assert not [command for _, command in day.log if isinstance(command, do.DoseDone)]

    def test_a_window_that_was_closed_long_ago_is_nothing(self, day: Playbook) -> None:
        day.tells(ev.BreakRequested())
        before = len(day.log)
        day.tells(ev.RoutineEnded(7, (0,)))
        assert len(day.log) == before

    def test_who_can_do_nothing_is_guided_through_nothing(self) -> None:
        engine = Engine(Rules(), ())
        assert not any(isinstance(command, do.Guide) for command in engine.handle(ev.BreakRequested(), 0))
        assert engine.view(0).routine is None

    def test_only_what_was_done_is_credited(self, new_day: NewDay) -> None:
        day = new_day(Rules())
        day.tells(ev.BreakRequested(Kind.HIP_FLEXOR), "0:10")
        day.tells(ev.RoutineEnded(1, (0, 2)), "0:13")
        assert day.last(do.DoseDone) == do.DoseDone(Kind.HIP_FLEXOR, Dose(30, 0, standing_s=120), 780)


class TestTooHard:
    def test_the_rest_is_swapped_and_ends_as_any_other(self, new_day: NewDay) -> None:
        day = new_day(Rules())
        day.tells(ev.BreakRequested(Kind.HIP_FLEXOR), "0:10")
        day.tells(ev.TooHard(1, 1), "0:11")
        swap = day.last(do.Swap)
        assert swap.at == 1
        assert swap.routine == day.view.routine
        assert [step.exercise for step in swap.routine.steps] == ["split_stance", "stand_up"]
        day.finishes("0:13")
        assert day.last(do.DoseDone).dose == Dose(30, 0, standing_s=150)

    @pytest.mark.parametrize("event", [ev.TooHard, ev.Hurts])
    @pytest.mark.parametrize(("routine", "step"), [(2, 0), (1, 3), (1, -1)])
    def test_of_what_is_not_played_is_nothing(
        self, day: Playbook, event: type[ev.TooHard | ev.Hurts], routine: int, step: int
    ) -> None:
        day.tells(ev.BreakRequested(Kind.HIP_FLEXOR), "0:10")
        before = day.view.routine
        day.tells(event(routine, step))
        assert day.view.routine == before
        assert not [c for _, c in day.log if isinstance(c, do.Swap | do.LimitsChanged)]


class TestHurts:
    def test_is_told_to_be_kept_and_something_else_is_offered(self, new_day: NewDay) -> None:
        day = new_day(Rules())
        day.tells(ev.LimitsSaid(CLEARED))
        day.tells(ev.BreakRequested(Kind.HIP_FLEXOR), "0:10")
        day.tells(ev.Hurts(1, 0), "0:11")
        hurt = Limits(cleared=True, hurt=frozenset({"split_stance"}))
        told = [c for _, c in day.log if isinstance(c, do.LimitsChanged | do.Swap)]
        assert [type(c) for c in told] == [do.LimitsChanged, do.Swap]
        assert told[0] == do.LimitsChanged(hurt, 660)
        assert day.engine.limits == hurt
        assert [step.exercise for step in day.last(do.Swap).routine.steps] == [
            "standing_quad",
            "standing_quad",
            "stand_up",
        ]

    def test_all_of_it_ends_with_nothing_done(self, new_day: NewDay) -> None:
        day = new_day(Rules())
        day.tells(ev.BreakRequested(Kind.STAND_UP), "0:10")
        for _ in range(2):
            day.tells(ev.Hurts(1, 0))
        assert day.last(do.Swap).routine.steps == ()
        day.finishes()
        assert day.view.routine is None
        day.works("0:11", "0:54:50")
        assert day.view.next_kind is Kind.HIP_FLEXOR

    def test_is_remembered_when_settings_change(self, new_day: NewDay) -> None:
        day = new_day(Rules())
        day.tells(ev.BreakRequested(Kind.HIP_FLEXOR), "0:10")
        day.tells(ev.Hurts(1, 0), "0:11")
        day.uses(Rules(office_clothes=True))
        assert day.engine.limits.hurt == {"split_stance"}


class TestLimits:
    def floor(self, day: Playbook) -> bool:
        day.tells(ev.BreakRequested(Kind.HIP_FLEXOR))
        return any(step.exercise == "half_kneel" for step in day.finishes().steps)

    def test_the_floor_opens_with_the_check_and_closes_again(self, day: Playbook) -> None:
        day.works("0:00", "0:01")
        assert [self.floor(day) for _ in range(4)] == [False] * 4
        day.tells(ev.LimitsSaid(CLEARED))
        assert [self.floor(day) for _ in range(3)].count(True) == 1
        day.tells(ev.LimitsSaid(Limits()))
        assert [self.floor(day) for _ in range(4)] == [False] * 4

    def test_who_cannot_stand_is_never_told_to(self, new_day: NewDay) -> None:
        day = new_day(Rules())
        day.tells(ev.LimitsSaid(Limits(cleared=True, conditions=frozenset({Condition.CANNOT_STAND}))))
        for kind in Kind:
            day.tells(ev.BreakRequested(kind))
            assert {step.exercise for step in day.finishes().steps} <= {"seated_shift", "seated_squeeze"}
        day.works("0:00", "0:45")
        day.expects_prompt("0:45", "stand_up")

    def test_a_routine_that_asks_for_more_is_over(self, day: Playbook) -> None:
        day.tells(ev.LimitsSaid(CLEARED))
        day.tells(ev.BreakRequested(Kind.HIP_FLEXOR))
        day.tells(ev.LimitsSaid(CLEARED))
        assert day.view.routine is not None
        day.tells(ev.LimitsSaid(Limits(conditions=frozenset({Condition.CANNOT_STAND}))))
        assert day.last(do.StopGuide).routine == 1
        assert day.view.routine is None

    def test_are_never_in_a_snapshot(self) -> None:
        """What was told about the body leaves no trace; nor does what hurts, but for its absence."""
        healthy, frail = Engine(Rules(), ()), Engine(Rules(), ())
        frail.handle(
            ev.LimitsSaid(Limits(cleared=True, conditions=frozenset(Condition), hurt=frozenset({"a"}))), 0
        )
        healthy.handle(ev.Tick(), 0)
        assert frail.snapshot() == healthy.snapshot()
        day = Playbook(Rules())
        day.tells(ev.LimitsSaid(Limits(hurt=frozenset({"a"}))))
        day.tells(ev.BreakRequested(Kind.HIP_FLEXOR))
        day.tells(ev.Hurts(1, 0))
        day.finishes()
        saved = msgspec.json.decode(msgspec.json.encode(day.engine.snapshot()))
        assert not {"limits", "cleared", "conditions", "hurt"} & set(keys(saved))
        assert Engine(Rules(), (), reloaded(day.engine.snapshot())).limits == Limits()

    def test_are_forgotten_with_all_else(self, day: Playbook) -> None:
        day.tells(ev.LimitsSaid(CLEARED))
        day.tells(ev.Forget())
        assert day.engine.limits == Limits()


def keys(saved: object) -> list[str]:
    """Every name in what was saved, however deep."""
    if isinstance(saved, list):
        return [name for part in saved for name in keys(part)]
    if isinstance(saved, dict):
        return [*saved, *(name for part in saved.values() for name in keys(part))]
    return []
