"""Quiet is deferral, never amnesty: a timeline for each reason to wait, and for how they follow each other.

Every day is lived twice: once by an agent that is told what begins and ends, and once by one that has
to look around for it, as the running agent does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from msgspec import structs

from tests.support.timeline import STAND_UPS, Playbook, clock, seconds
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.model import Posture, Signal
from tray_agent.core.rules import Rules

MINUTE = 60.0
HOLDING = ("call", "sharing", "fullscreen", "dnd")
Deferral = tuple[float, float]
AFTER_CONTEXT: Deferral = (10, 30)
"""How long after the last of them has ended a prompt comes."""


class Office(Playbook):
    """A playbook that knows when prompts were shown, and checks that none stood in the way of anything."""

    def __init__(self, rules: Rules, answers_after: float | None) -> None:
        super().__init__(rules, edges=True, answers_after=answers_after)
        self._looked_up = 0

    @property
    def shown(self) -> list[float]:
        """When a prompt was shown."""
        return [at for at, command in self.log if isinstance(command, do.ShowPrompt)]

    def asks_once(self, after: str, within: Deferral = AFTER_CONTEXT) -> None:
        """One prompt came since this was last said, so long after `after`; time passes until it must have."""
        earliest, latest = (seconds(after) + delay for delay in within)
        if self.now < latest:
            self.rests(latest - self.now)
        new, self._looked_up = self.shown[self._looked_up :], len(self.shown)
        assert len(new) == 1, f"{[clock(at) for at in new]} instead of one after {after}\n{self}"
        assert earliest <= new[0] <= latest, f"{clock(new[0])} is not {within} after {after}\n{self}"

    def asks_nothing(self, until: str | None = None) -> None:
        """No prompt came since this was last said, up to now or that time."""
        if until is not None:
            self.until(until)
        new, self._looked_up = self.shown[self._looked_up :], len(self.shown)
        assert new == [], f"{[clock(at) for at in new]}\n{self}"

    def owes(self, *reasons: str) -> None:
        """A break is owed now and waits for these reasons."""
        view = self.view
        assert (view.owed, [reason.value for reason in view.quiet]) == (True, list(reasons)), f"\n{self}"


Opens = Callable[..., Office]


@pytest.fixture(params=[None, 0.5], ids=["told", "looking"])
def opens(request: pytest.FixtureRequest) -> Iterator[Opens]:
    """Opens an office; whoever leaves it may have no prompt behind that nobody expected."""
    offices: list[Office] = []

    def make(**changes: object) -> Office:
        rules = structs.replace(STAND_UPS, **changes)  # type: ignore[arg-type]
        offices.append(Office(rules, request.param))
        return offices[-1]

    yield make
    for office in offices:
        office.asks_nothing()


@pytest.fixture
def office(opens: Opens) -> Office:
    """The standard intensity and plain stand-ups."""
    return opens()


class TestCancelled:
    """What a break, the end of hours and the end of the day do to a debt."""

    def test_by_the_end_of_hours(self, office: Office) -> None:
        office.calendar(work=[("0:00", "2:00"), ("3:00", "9:00")])
        office.works("1:10", "1:59:50")
        office.owes("day_end")
        office.works("2:00:10", "3:44:50")
        office.asks_nothing()
        office.asks_once("3:45", (0, 6))

    @pytest.mark.parametrize("held_by", HOLDING)
    def test_by_the_end_of_hours_while_it_was_held(self, office: Office, held_by: str) -> None:
        office.calendar(work=[("0:00", "2:00"), ("3:00", "9:00")])
        office.begins(held_by, "1:00")
        office.works("1:00", "1:59:50")
        office.owes(held_by, "day_end")
        office.works("2:00:10", "2:10")
        assert not office.view.owed
        office.ends(held_by, "2:10")
        office.works("2:10:20", "3:44:50")
        office.asks_nothing()
        office.asks_once("3:45", (0, 6))

    @pytest.mark.parametrize("held_by", HOLDING)
    def test_by_the_end_of_the_day(self, office: Office, held_by: str) -> None:
        office.begins(held_by, "0:10")
        office.works("0:10", "1:30")
        office.owes(held_by)
        office.calendar("2026-03-03", "2026-W10", ends="25:30")
        assert not office.view.owed
        office.ends(held_by, "1:31")
        office.works("1:31", "2:14:50")
        office.asks_nothing()
        office.asks_once("2:15", (0, 6))

    @pytest.mark.parametrize("held_by", HOLDING)
    def test_by_a_break(self, office: Office, held_by: str) -> None:
        office.begins(held_by, "0:10")
        office.works("0:10", "1:00")
        office.owes(held_by)
        office.locks("1:00:05")
        office.unlocks("1:02:05")
        assert not office.view.owed
        office.ends(held_by, "1:03")
        office.works("1:03", "1:47")
        office.asks_nothing()
        office.asks_once("1:47:05", (0, 6))

    def test_by_standing_for_two_minutes(self, office: Office) -> None:
        office.begins("call", "0:10")
        office.works("0:10", "1:00")
        office.says("standing", "1:00:10")
        office.ends("call", "1:01")
        office.works("1:01", "1:02:30")
        assert not office.view.owed
        office.asks_nothing()


class TestPaused:
    @pytest.mark.parametrize("length_min", [30, 60])
    def test_it_is_asked_5_min_after_the_pause(self, office: Office, length_min: int) -> None:
        office.works("0:00", "0:40")
        office.tells(ev.Pause(length_min * MINUTE))
        end = 40 + length_min
        office.works("0:40:20", f"0:{end - 1}:50")
        office.owes("paused") if length_min > 5 else None
        office.works(f"0:{end}:10", f"0:{end + 4}:50")
        office.asks_nothing()
        office.asks_once(f"0:{end}", (300, 320))

    def test_so_it_is_when_the_person_resumes(self, office: Office) -> None:
        office.works("0:00", "0:40")
        office.tells(ev.Pause())
        office.works("0:40:20", "3:00")
        office.tells(ev.Resume())
        office.works("3:00:20", "3:04:50")
        office.asks_once("3:00", (300, 320))

    def test_a_pause_for_today_ends_with_it_and_nothing_is_owed(self, office: Office) -> None:
        office.calendar(ends="4:00")
        office.works("0:00", "0:40")
        office.tells(ev.Pause(today=True))
        office.works("0:40:20", "4:00")
        office.calendar("2026-03-03", "2026-W10", ends="28:00")
        assert not office.view.owed
        office.works("4:00:20", "4:44:50")
        office.asks_nothing()
        office.asks_once("4:45", (0, 6))

    def test_a_call_that_outlasts_it_is_waited_for(self, office: Office) -> None:
        office.works("0:00", "0:40")
        office.tells(ev.Pause(20 * MINUTE))
        office.works("0:40:20", "0:54:50")
        office.begins("call", "0:55")
        office.works("0:55:10", "1:30")
        office.owes("call")
        office.ends("call", "1:30")
        office.asks_once("1:30")


class TestNobodyToAsk:
    def test_who_is_idle_is_asked_at_the_next_input(self, office: Office) -> None:
        office.works("0:00", "0:43:50")
        office.until("0:45:30")
        office.owes("idle")
        office.works("0:45:40", "0:45:40")
        office.asks_once("0:45:40", (0, 8))

    def test_who_turns_out_to_be_away_is_not(self, office: Office) -> None:
        office.works("0:00", "0:43:50")
        office.until("0:45:30")
        office.owes("idle")
        office.until("0:46:30")
        assert not office.view.owed
        office.works("0:46:30", "0:50")
        office.asks_nothing()

    def test_behind_a_lock(self, office: Office) -> None:
        office.works("0:00", "0:44:20")
        office.locks("0:44:55")
        office.until("0:45:30")
        office.owes("locked")
        office.unlocks("0:46")
        office.asks_once("0:46", (0, 8))

    def test_in_a_sleep_that_was_called_off(self, office: Office) -> None:
        office.works("0:00", "0:44:50")
        office.tells(ev.Suspended(), "0:44:55")
        office.until("0:45:30")
        office.owes("asleep")
        office.tells(ev.Resumed(35, slept=False, idle=0), "0:45:30")
        office.asks_once("0:45:30", (0, 8))

    def test_in_a_short_sleep(self, office: Office) -> None:
        office.works("0:00", "0:44:50")
        office.sleeps("0:44:55", "0:46")
        office.works("0:46", "0:46:01", every=1)
        office.asks_once("0:46", (0, 8))

    def test_standing_for_a_moment(self, office: Office) -> None:
        office.works("0:00", "0:44:50")
        office.says("standing", "0:44:55")
        office.until("0:45:30")
        office.owes("standing")
        office.says("seated", "0:45:40")
        office.asks_once("0:45:40", (0, 8))

    def test_with_no_sensor_that_could_tell(self, office: Office) -> None:
        office.works("0:00", "0:44:50")
        office.tells(ev.SensorLost(), "0:44:55")
        office.until("0:45:30")
        office.owes("unknown")
        office.tells(ev.SensorFound(), "0:46")
        office.works("0:46", "0:46")
        office.asks_once("0:46", (0, 8))


class TestNotToBeDisturbed:
    @pytest.mark.parametrize("signal", HOLDING)
    def test_sitting_goes_on_counting_and_one_prompt_follows(self, office: Office, signal: str) -> None:
        office.begins(signal, "0:30")
        office.works("0:30", "1:40")
        office.expects("seated", "1:10")
        office.owes(signal)
        office.ends(signal, "1:40:10")
        office.asks_once("1:40:10")
        office.works("1:41", "1:44")

    @pytest.mark.parametrize("first", HOLDING)
    @pytest.mark.parametrize("last", HOLDING)
    def test_the_last_of_several_counts(self, office: Office, first: str, last: str) -> None:
        if first == last:
            return
        office.begins(first, "0:30")
        office.begins(last, "0:31")
        office.works("0:31", "1:30")
        office.ends(first, "1:30")
        office.works("1:30:20", "1:40")
        office.owes(last)
        office.asks_nothing()
        office.ends(last, "1:40")
        office.asks_once("1:40")

    @pytest.mark.parametrize("signal", HOLDING)
    def test_what_begins_while_a_prompt_shows_takes_it_away_and_it_comes_back_once(
        self, office: Office, signal: str
    ) -> None:
        office.works("0:00", "0:45:20")
        office.asks_once("0:45", (0, 10))
        office.begins(signal, "0:45:40")
        office.works("0:45:50", "0:46", every=10)
        assert office.view.prompt is None
        office.owes(signal)
        assert office.last(do.PromptEnded).outcome == "withdrawn"
        office.works("0:46", "1:10")
        office.asks_nothing()
        office.ends(signal, "1:10")
        office.asks_once("1:10")
        office.works("1:11", "1:12")


class TestTheEdgesOfTheDay:
    def test_nobody_is_asked_in_the_first_20_min(self, opens: Opens) -> None:
        office = opens(interval_s=10 * MINUTE)
        office.works("1:00", "1:15")
        office.owes("day_start")
        office.works("1:15:20", "1:19:50")
        office.asks_once("1:20", (0, 6))

    def test_nor_in_the_last_10_min_of_hours(self, office: Office) -> None:
        office.calendar(work=[("0:00", "2:00")])
        office.works("1:10", "1:58")
        office.owes("day_end")
        office.works("1:58:20", "2:30")
        assert not office.view.owed


class TestHadItsAnswer:
    def test_spacing(self, office: Office) -> None:
        office.works("0:00", "0:44:50")
        office.asks_once("0:45", (0, 6))
        office.answers("snooze", "0:45:10")
        office.works("0:45:20", "0:55")
        office.owes("spacing")
        office.asks_once("0:55:10", (0, 8))

    def test_the_cap_of_the_day(self, opens: Opens) -> None:
        office = opens(prompts_a_day=1)
        office.works("0:00", "0:44:50")
        office.asks_once("0:45", (0, 6))
        office.answers("snooze", "0:45:10")
        office.works("0:45:20", "2:00")
        office.owes("daily_cap")

    def test_back_off(self, office: Office) -> None:
        office.works("0:00", "0:44:50")
        office.asks_once("0:45", (0, 6))
        office.works("0:45:20", "1:06:50")
        assert office.last(do.PromptEnded).outcome == "ignored"
        office.owes("back_off")
        office.asks_once("1:07", (0, 8))

    def test_skipped_is_skipped_until_a_break(self, office: Office) -> None:
        office.works("0:00", "0:44:50")
        office.asks_once("0:45", (0, 6))
        office.answers("skip", "0:45:10")
        office.works("0:45:20", "3:00")
        office.owes("back_off")

    def test_a_call_in_a_snooze_is_waited_for_as_well(self, office: Office) -> None:
        office.works("0:00", "0:44:50")
        office.asks_once("0:45", (0, 6))
        office.answers("snooze", "0:45:10")
        office.works("0:45:20", "0:50")
        office.begins("call", "0:50")
        office.works("0:50:20", "1:20")
        office.owes("call")
        office.ends("call", "1:20")
        office.asks_once("1:20")


class TestTyping:
    def test_a_burst_is_waited_out(self, office: Office) -> None:
        office.types("0:00", "0:46:30")
        office.owes("typing")
        office.asks_once("0:46:30", (5, 8))

    def test_for_3_min_at_most(self, office: Office) -> None:
        office.types("0:00", "0:48:10")
        office.asks_once("0:45", (180, 182))

    def test_a_burst_after_a_call_as_well(self, office: Office) -> None:
        office.begins("call", "0:10")
        office.types("0:10", "1:20")
        office.ends("call", "1:20")
        office.types("1:20:01", "1:24")
        office.asks_once("1:20", (190, 215))


def attends(office: Office, start: str, end: str, *, every_min: float, last_input: str) -> None:
    """A call with input now and then, for the last time at `last_input`."""
    office.begins("call", start)
    office.works(start, last_input, every=every_min * MINUTE)
    office.works(last_input, last_input)
    office.ends("call", end)


class TestCalls:
    @pytest.mark.parametrize("every_min", [1, 7.3, 15])
    @pytest.mark.parametrize("last_input", ["2:19:30", "2:19:59"])
    def test_of_two_hours_count_as_sitting_and_one_prompt_follows(
        self, office: Office, every_min: float, last_input: str
    ) -> None:
        office.works("0:00", "0:20")
        attends(office, "0:20", "2:20", every_min=every_min, last_input=last_input)
        office.expects("seated", "2:20")
        office.asks_once("2:20")
        office.works("2:20:40", "2:22")
        assert office.view.today.breaks == 0

    @pytest.mark.parametrize("silent_s", [45, 70, 100, 140])
    def test_with_nobody_typing_at_the_end_it_comes_at_the_next_input(
        self, office: Office, silent_s: float
    ) -> None:
        office.works("0:00", "0:20")
        attends(office, "0:20", "2:20", every_min=10, last_input="2:08")
        office.rests(silent_s)
        office.asks_nothing()
        office.expects("seated", clock(8400 + silent_s))
        office.works_for(0)
        office.asks_once(clock(8400 + silent_s), (0, 8))

    def test_with_typing_at_the_end_it_waits_for_a_lull(self, office: Office) -> None:
        office.works("0:00", "0:20")
        attends(office, "0:20", "2:20", every_min=10, last_input="2:19:50")
        office.types("2:20:01", "2:21:30")
        office.asks_once("2:21:30", (5, 8))

    def test_back_to_back_are_one(self, office: Office) -> None:
        attends(office, "0:00", "1:00", every_min=5, last_input="0:59:50")
        office.begins("call", "1:00:08")
        office.works("1:00:20", "1:59:50")
        office.asks_nothing()
        office.ends("call", "2:00")
        office.expects("seated", "2:00")
        office.asks_once("2:00")

    def test_with_a_minute_between_them_ask_between_them(self, office: Office) -> None:
        attends(office, "0:00", "1:00", every_min=5, last_input="0:59:50")
        office.asks_once("1:00")
        office.begins("call", "1:01")
        office.works("1:01:05", "1:59:50")
        assert office.view.prompt is None
        office.ends("call", "2:00")
        office.asks_once("2:00")

    def test_that_ends_in_full_screen(self, office: Office) -> None:
        office.begins("call", "0:10")
        office.works("0:10", "1:10")
        office.begins("fullscreen", "1:10")
        office.ends("call", "1:10:01")
        office.works("1:10:20", "1:40")
        office.owes("fullscreen")
        office.asks_nothing()
        office.ends("fullscreen", "1:40")
        office.asks_once("1:40")

    def test_and_then_lunch(self, office: Office) -> None:
        office.begins("call", "0:10")
        office.works("0:10", "1:10")
        office.ends("call", "1:10")
        office.locks("1:10:05")
        office.until("1:40")
        office.unlocks("1:40")
        office.works("1:40", "2:24:50")
        office.asks_nothing()
        office.asks_once("2:25", (0, 6))

    def test_and_then_lunch_without_a_lock_asks_once_before_it(self, office: Office) -> None:
        """Nobody can know that the person has left within the first seconds: the note goes by itself."""
        office.begins("call", "0:10")
        office.works("0:10", "1:10")
        office.ends("call", "1:10")
        office.asks_once("1:10")
        office.until("1:40")
        assert office.last(do.PromptEnded).outcome == "withdrawn"
        office.works("1:40", "1:50")

    def test_through_lunch_that_nobody_hangs_up(self, office: Office) -> None:
        office.begins("call", "0:10")
        office.works("0:10", "1:10")
        office.until("1:40")
        office.expects("away", "0:00")
        assert not office.view.owed
        office.ends("call", "1:41")
        office.works("1:45", "2:29:50")
        office.asks_nothing()
        office.asks_once("2:30", (0, 6))

    def test_over_the_end_of_the_day(self, office: Office) -> None:
        office.calendar(ends="1:00")
        office.begins("call", "0:10")
        office.works("0:10", "1:00")
        office.owes("call")
        office.calendar("2026-03-03", "2026-W10", ends="25:00")
        office.works("1:00:20", "1:30")
        office.ends("call", "1:30")
        office.works("1:30:20", "1:44:50")
        office.asks_nothing()
        office.asks_once("1:45", (0, 6))

    def test_over_the_end_of_hours(self, office: Office) -> None:
        office.calendar(work=[("0:00", "2:00")])
        office.begins("call", "0:10")
        office.works("0:10", "2:10")
        assert not office.view.owed
        office.ends("call", "2:10")
        office.works("2:10:20", "3:30")
        assert not office.view.owed

    def test_over_lunch_time_between_two_ranges_of_hours(self, office: Office) -> None:
        office.calendar(work=[("0:00", "1:00"), ("2:00", "9:00")])
        office.begins("call", "0:10")
        office.works("0:10", "2:30")
        office.ends("call", "2:30")
        office.works("2:30:20", "2:44:50")
        office.asks_nothing()
        office.asks_once("2:45", (0, 6))

    @pytest.mark.parametrize("off_s", [1, 5, 9.9])
    def test_whose_microphone_goes_off_and_on_are_not_over(self, office: Office, off_s: float) -> None:
        office.begins("call", "0:10")
        office.works("0:10", "1:00")
        for _ in range(60):
            office.turns(Signal.CALL, on=False)
            office.works_for(off_s, every=4)
            office.turns(Signal.CALL, on=True)
            office.works_for(20 - off_s, every=4)
        office.asks_nothing()
        office.ends("call", "1:20")
        office.asks_once("1:20")

    def test_of_a_person_who_skips_between_them(self, office: Office) -> None:
        attends(office, "0:00", "1:00", every_min=5, last_input="0:59:50")
        office.asks_once("1:00")
        office.answers("skip", "1:00:40")
        office.begins("call", "1:02")
        office.works("1:02", "1:40")
        office.ends("call", "1:40")
        office.works("1:40:20", "1:50")


class TestDoNotDisturb:
    def test_all_day_asks_nothing_and_owes_all_the_time(self, office: Office) -> None:
        office.calendar(work=[("0:00", "9:00")])
        office.begins("dnd", "0:00")
        office.works("0:00", "8:30")
        office.owes("dnd")
        office.asks_nothing("8:31")

    def test_all_day_with_a_limit_asks_when_it_has_been_on_for_so_long(self, opens: Opens) -> None:
        office = opens(hold_at_most_s=2 * 3600.0)
        office.begins("dnd", "0:10")
        office.tells(ev.Context(Signal.DND, on=True))
        office.works("0:10:20", "2:09:50")
        office.asks_nothing()
        office.asks_once("2:10", (0, 6))
        office.answers("start", "2:10:10")
        office.works("2:15", "2:59:50")
        office.asks_once("3:00", (0, 6))

    def test_never_shows_a_prompt_over_a_shared_screen_however_long(self, opens: Opens) -> None:
        office = opens(hold_at_most_s=3600.0)
        office.begins("sharing", "0:10")
        office.works("0:10", "6:00")
        office.owes("sharing")


def test_correcting_the_past_in_a_call_settles_what_is_owed_after_it(office: Office) -> None:
    office.begins("call", "0:10")
    office.works("0:10", "1:20")
    office.tells(ev.Correct(20 * MINUTE, 10 * MINUTE, Posture.AWAY))
    assert not office.view.owed
    office.ends("call", "1:20:10")
    office.works("1:20:20", "1:54:50")
    office.asks_nothing()
    office.asks_once("1:55", (0, 6))
