"""What is remembered of the last prompt and of the last time one was held back, as timelines."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.support.timeline import STAND_UPS, NewDay, Playbook, clock
from tray_agent.core import events as ev
from tray_agent.core.model import Outcome, Posture
from tray_agent.core.recall import Relief


def last_prompt(day: Playbook) -> tuple[str, list[str], str, str | None]:
    """When it came, what it had waited for and since when, and how it ended."""
    asked = day.view.last_prompt
    assert asked is not None
    at = asked.prompt.shown_at
    return clock(at), [r.value for r in asked.waited], clock(at - asked.waited_s), asked.outcome


def last_held(day: Playbook) -> tuple[str, str | None, list[str], str | None]:
    """Since when and until when one was held back, by what, and what ended that."""
    held = day.view.last_held
    assert held is not None
    until = None if held.until is None else clock(held.until)
    return clock(held.since), until, [reason.value for reason in held.reasons], held.relief


def test_nothing_at_first(day: Playbook) -> None:
    day.works("0:00", "0:40")
    assert day.view.last_prompt is None
    assert day.view.last_held is None


def test_a_prompt_that_waited_for_nothing(day: Playbook) -> None:
    day.works("0:00", "0:45:20")
    day.expects_prompt("0:45")
    assert last_prompt(day) == ("0:45", [], "0:45", None)
    assert day.view.last_held is None
    day.answers("skip", "0:45:30")
    assert last_prompt(day) == ("0:45", [], "0:45", Outcome.SKIPPED)
    asked = day.view.last_prompt
    assert asked is not None
    assert asked.ended_at == 2730


def test_one_that_waited_for_a_call_and_then_for_a_lull(day: Playbook) -> None:
    day.begins("call", "0:30")
    day.types("0:30", "1:20")
    assert last_held(day) == ("1:15", None, ["call"], None)
    day.ends("call", "1:20")
    day.types("1:20:01", "1:20:30")
    day.expects_prompt("1:20:35")
    assert last_prompt(day) == ("1:20:35", ["call", "typing"], "1:15", None)
    assert last_held(day) == ("1:15", "1:20:35", ["call", "typing"], Relief.PROMPT)


def test_a_lull_alone_is_not_worth_telling(day: Playbook) -> None:
    day.types("0:00", "0:45:02")
    day.expects_prompt("0:45:07")
    assert last_prompt(day)[1] == ["typing"]
    assert day.view.last_held is None


def test_a_long_burst_is(day: Playbook) -> None:
    day.types("0:00", "0:46")
    day.expects_prompt("0:46:05")
    assert last_held(day) == ("0:45", "0:46:05", ["typing"], Relief.PROMPT)


def test_the_person_s_own_answer_holds_nothing_back(day: Playbook) -> None:
    day.works("0:00", "0:45")
    day.expects_prompt("0:45")
    day.answers("snooze", "0:45:10")
    day.works("0:45:20", "0:50")
    assert day.view.last_held is None
    day.begins("dnd", "0:50")
    day.works("0:50:10", "0:54")
    assert day.view.last_held is None
    day.works("0:54:10", "0:58")
    assert last_held(day) == ("0:55:10", None, ["dnd"], None)


def test_nor_does_the_break_that_was_asked_for(day: Playbook) -> None:
    day.works("0:00", "0:45")
    day.expects_prompt("0:45")
    day.locks("0:45:05")
    day.until("0:50")
    assert last_prompt(day)[3] is Outcome.WITHDRAWN
    assert day.view.last_held is None


def test_ended_by_a_break(day: Playbook) -> None:
    day.begins("sharing", "0:30")
    day.works("0:30", "1:20")
    day.locks("1:20:05")
    day.until("1:30")
    assert last_held(day) == ("1:15", "1:22:05", ["sharing", "locked"], Relief.BREAK)


def test_ended_by_a_break_that_only_the_return_could_tell(day: Playbook) -> None:
    day.begins("sharing", "0:30")
    day.works("0:30", "1:20")
    day.sleeps("1:20:05", "1:30")
    day.works("1:30", "1:31")
    assert last_held(day)[3] is Relief.BREAK


def test_ended_with_the_hours(day: Playbook) -> None:
    day.calendar(work=[("0:00", "1:30")])
    day.begins("dnd", "0:30")
    day.works("0:30", "1:40")
    assert last_held(day) == ("1:15", "1:30", ["dnd", "day_end"], Relief.HOURS_OVER)


def test_ended_with_the_day(day: Playbook) -> None:
    day.begins("dnd", "0:30")
    day.works("0:30", "1:30")
    day.calendar("2026-03-03", ends="25:00")
    assert last_held(day) == ("1:15", "1:30", ["dnd"], Relief.DAY_OVER)


def test_ended_by_putting_the_past_right(day: Playbook) -> None:
    day.begins("dnd", "0:30")
    day.works("0:30", "1:30")
    day.tells(ev.Correct(1200, 900, Posture.AWAY))
    assert last_held(day)[3] is Relief.CORRECTED


def test_ended_by_other_settings(day: Playbook) -> None:
    day.begins("dnd", "0:30")
    day.works("0:30", "1:30")
    day.uses(structs.replace(STAND_UPS, kinds=frozenset()))
    assert last_held(day)[3] is Relief.SETTINGS


def test_it_outlives_the_agent_and_not_a_wish_to_be_forgotten(day: Playbook) -> None:
    day.begins("dnd", "0:30")
    day.works("0:30", "1:30")
    day.is_killed("1:30", "1:30:20", idle=0)
    assert last_held(day) == ("1:15", None, ["dnd"], None)
    day.tells(ev.Forget())
    assert day.view.last_held is None
    assert day.view.last_prompt is None


@pytest.mark.parametrize("times", [2])
def test_the_last_one_counts(new_day: NewDay, times: int) -> None:
    day = new_day()
    for n in range(times):
        day.works(f"{n * 2}:00", f"{n * 2}:45:20")
        day.expects_prompt(f"{n * 2}:45")
        day.answers("start", f"{n * 2}:46")
    assert last_prompt(day)[0] == "2:45"
