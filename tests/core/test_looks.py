"""When the engine wants to know what is on, and that no prompt comes without knowing."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.support.timeline import EXERCISES, STAND_UPS, Playbook
from tray_agent.core import events as ev
from tray_agent.core.commands import LookAround, ShowPrompt
from tray_agent.core.engine import Engine
from tray_agent.core.model import Signal

AWAY_AFTER_5_MIN = structs.replace(STAND_UPS, idle_threshold_s=300.0)


@pytest.fixture(params=[False, True], ids=["inputs", "edges"])
def edges(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def day(edges: bool) -> Playbook:
    """A day on which a look takes a second."""
    return Playbook(edges=edges, answers_after=1.0)


def unanswered(edges: bool) -> Playbook:
    """A day on which no look is ever answered but by the test."""
    return Playbook(edges=edges, answers_after=float("inf"))


class TestBeforeAPrompt:
    def test_a_prompt_comes_with_the_answer(self, day: Playbook) -> None:
        day.works("0:00", "0:44:58")
        day.until("0:45:04")
        day.expects_looks("0:45")
        day.expects_prompt("0:45:01")

    def test_nothing_is_looked_at_before_it_is_due(self, day: Playbook) -> None:
        day.works("0:00", "0:44:59")
        day.expects_looks()
        day.expects_no_prompt()

    def test_what_is_found_holds_it(self, day: Playbook) -> None:
        day.begins("sharing", "0:10")
        day.works("0:10", "0:55:50")
        day.expects_quiet("sharing")
        day.expects_no_prompt()

    def test_what_has_ended_is_found_within_10_s_and_the_prompt_comes_soon_after(self, day: Playbook) -> None:
        day.begins("call", "0:10")
        day.works("0:10", "1:00:12")
        day.ends("call", "1:00:13")
        day.works("1:00:32", "1:01", every=40)
        shown = day.last(ShowPrompt).prompt.shown_at
        assert 10 <= shown - 3613 <= 30, shown

    def test_somebody_types_before_the_answer_and_it_waits_for_the_next_lull(self, day: Playbook) -> None:
        day.works("0:00", "0:44:50", every=10)
        day.works("0:45:00.5", "0:45:00.5")
        day.until("0:45:05.2")
        day.expects_no_prompt()
        day.expects_prompt("0:45:06.5")
        day.expects_looks("0:45", "0:45:05.5")

    def test_after_3_min_it_comes_however_much_is_typed(self, day: Playbook) -> None:
        day.types("0:00", "0:50")
        day.expects_prompt("0:48:01")
        assert [at for at, _ in day._all(LookAround)][:2] == [2880, 2891]

    def test_an_answer_that_nobody_asked_for_serves_as_well(self, edges: bool) -> None:
        day = unanswered(edges)
        day.works("0:00", "0:45:06", every=10)
        day.expects_no_prompt()
        day.tells(ev.LookedAround())
        day.expects_prompt("0:45:06")

    def test_one_that_comes_too_early_does_not(self, edges: bool) -> None:
        day = unanswered(edges)
        day.works("0:00", "0:44:50")
        day.tells(ev.LookedAround())
        day.expects_no_prompt("0:45:30")

    def test_without_an_answer_the_question_comes_again(self, edges: bool) -> None:
        day = unanswered(edges)
        day.works("0:00", "0:44:58", every=10)
        day.until("0:45:20")
        day.expects_looks("0:45", "0:45:05", "0:45:10", "0:45:15", "0:45:20")
        day.expects_no_prompt()

    def test_an_agent_that_dies_over_it_asks_anew(self, day: Playbook) -> None:
        day.works("0:00", "0:44:58")
        day.until("0:45:00.5")
        day.is_dead_for(20, idle=9.0)
        day.until("0:45:22")
        day.expects_looks("0:45", "0:45:20.5")
        day.expects_prompt("0:45:21.5")


class TestAgentSecondsThatFly:
    """With `--speed 120` an answer takes up to a minute of the agent's time."""

    @pytest.mark.parametrize("takes_s", [6, 20, 54.9, 60])
    @pytest.mark.parametrize("every", [13, 24, 40, 110])
    def test_the_prompt_comes_all_the_same(self, edges: bool, takes_s: float, every: float) -> None:
        day = Playbook(edges=edges, answers_after=takes_s)
        day.works("0:00", "0:51", every)
        shown = day._all(ShowPrompt)
        assert shown, f"no prompt\n{day}"
        assert 2700 <= shown[0][0] <= 2700 + every + 180 + takes_s + 5

    def test_a_silence_that_begins_with_the_look_is_no_reason_to_wait(self, edges: bool) -> None:
        day = Playbook(edges=edges, answers_after=58.0)
        day.works("0:00", "0:44:50", every=10)
        day.works("0:44:56", "0:44:56")
        day.expects_prompt("0:45:59")
        assert day.view.quiet == ("idle",)

    def test_one_that_makes_the_person_away_is(self, edges: bool) -> None:
        day = Playbook(edges=edges, answers_after=150.0)
        day.works("0:00", "0:45", every=10)
        day.expects_no_prompt("0:50")
        day.expects("away", "0:00")

    def test_something_found_late_holds_it(self, edges: bool) -> None:
        day = Playbook(edges=edges, answers_after=60.0)
        day.begins("fullscreen", "0:44")
        day.works("0:44", "1:30", every=24)
        day.expects_no_prompt()
        day.ends("fullscreen", "1:30")
        day.works("1:30", "1:36", every=24)
        assert len(day._all(ShowPrompt)) == 1


class TestWhileSomethingIsOn:
    def test_when_it_is_over_there_are_two_more_looks_for_it_may_have_paused_for_a_moment(
        self, day: Playbook
    ) -> None:
        day.works("0:00", "0:10")
        day.tells(ev.Context(Signal.DND, on=True))
        day.works("0:10:10", "0:10:20", every=10)
        day.until("0:10:35")
        day.expects_looks("0:10", "0:10:06", "0:10:12")
        day.expects_quiet("day_start")

    def test_it_goes_on_for_as_long(self, day: Playbook) -> None:
        day.works("0:00", "0:30")
        day.begins("dnd", "0:30:01")
        day.until("0:31:25")
        day.expects_quiet("idle", "dnd")
        day.expects_looks("0:31", "0:31:11", "0:31:22")

    def test_also_while_a_prompt_is_on_the_screen(self, day: Playbook) -> None:
        day.works("0:00", "0:45:20", every=10)
        day.expects_prompt("0:45:06")
        day.begins("sharing", "0:45:20")
        day.works("0:45:25", "0:45:30", every=10)
        day.expects_end("0:45:28", "withdrawn")
        day.ends("sharing", "0:46")
        day.works("0:46:05", "0:47", every=20)
        shown = [at for at, _ in day._all(ShowPrompt)]
        assert len(shown) == 2
        assert 10 <= shown[1] - 2760 <= 33

    def test_less_often_with_nobody_there(self, day: Playbook) -> None:
        day.begins("dnd", "0:10")
        day.works("0:10", "0:11")
        day.until("1:00")
        looks = [at for at, _ in day._all(LookAround)]
        assert 38 <= len([at for at in looks if at > 20 * 60]) <= 40

    @pytest.mark.parametrize("how", [ev.Locked(), ev.Suspended(), ev.Pause()])
    def test_even_when_nobody_may_be_asked(self, day: Playbook, how: ev.Event) -> None:
        day.begins("media", "0:00")
        day.works("0:00", "0:10")
        day.until("0:11:30")
        before = len(day._all(LookAround))
        day.tells(how)
        day.until("0:14")
        assert len(day._all(LookAround)) > before


class TestSilence:
    def test_a_look_after_a_minute_and_no_other(self, day: Playbook) -> None:
        day.works("0:00", "0:10", every=20)
        day.until("1:00")
        day.expects_looks("0:11")

    def test_so_that_a_video_holds_who_watches_it(self, day: Playbook) -> None:
        day.works("0:00", "0:10", every=20)
        day.begins("media", "0:10:30")
        day.until("0:25")
        day.expects("seated", "0:25")

    def test_each_silence_has_its_own(self, day: Playbook) -> None:
        day.works("0:00", "0:10", every=90)
        day.expects_looks("0:01", "0:02:30", "0:04", "0:05:30", "0:07", "0:08:30", "0:10")

    def test_without_an_answer_it_is_asked_for_again_while_somebody_may_be_there(self, edges: bool) -> None:
        day = unanswered(edges)
        day.works("0:00", "0:10", every=20)
        day.until("1:00")
        looks = [at for at, _ in day._all(LookAround)]
        assert looks == [660 + 5 * n for n in range(18)]

    @pytest.mark.parametrize("how", [ev.Locked(), ev.Suspended(), ev.Pause(), ev.SensorLost()])
    def test_none_when_nobody_may_be_asked(self, day: Playbook, how: ev.Event) -> None:
        day.works("0:00", "0:10", every=20)
        day.tells(how, "0:10:20")
        day.until("0:20")
        day.expects_looks()

    def test_none_outside_work_hours(self, day: Playbook) -> None:
        day.calendar(work=[("1:00", "2:00")])
        day.works("0:00", "0:10", every=20)
        day.until("0:30")
        day.expects_looks()

    def test_none_by_whoever_is_told_what_is_on(self) -> None:
        day = Playbook()
        day.works("0:00", "0:10", every=90)
        day.begins("call", "0:10")
        day.works("0:10", "1:00", every=90)
        day.expects_looks()


@pytest.mark.parametrize("takes_s", [0.5, 40.0])
def test_a_forgetful_engine_looks_at_the_same_times(takes_s: float) -> None:
    told = []
    for amnesia in (False, True):
        day = Playbook(AWAY_AFTER_5_MIN, edges=True, amnesia=amnesia, answers_after=takes_s)
        day.works("0:00", "0:30", every=70)
        day.begins("call", "0:30")
        day.works("0:30", "1:30", every=70)
        day.ends("call", "1:30")
        day.works("1:30", "1:50", every=11)
        told.append((day.log, day.engine.snapshot()))
    assert told[0] == told[1]
    assert len([1 for _, command in told[0][0] if isinstance(command, ShowPrompt)]) >= 1


def test_new_rules_do_not_end_the_looking() -> None:
    engine = Engine(STAND_UPS, EXERCISES, looks=True)
    engine.use(AWAY_AFTER_5_MIN)
    for event in (ev.SensorFound(), ev.Input()):
        engine.handle(event, 0.0)
    assert engine.handle(ev.Tick(), 60.0) == (LookAround(),)
