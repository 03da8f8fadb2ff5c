"""The person's day on a real desktop: real input, the note and its buttons, the window, what is kept of it.

Most begin a minute before a prompt, in an agent that remembers the 44 minutes before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from Xlib import XK

from tests.e2e.conftest import NewAgent
from tests.support.desktop import Desktop
from tests.support.live_agent import INTENSIVE, LiveAgent, Memory, Status, at_work
from tests.support.person import Person
from tests.support.screen import Box, colours, picture
from tests.support.waiting import wait_until
from tests.support.x_windows import titles

SPEED = 40.0
NOTE = (840, 0, 1280, 160)
PANEL = (0, 768, 1280, 800)
ON_THE_NOTE = (1050, 50)
ORANGE = (232, 96, 22)
DUNST_BLUE = (40, 85, 119)


class Sitting(ExitStack):
    """Somebody at work who can be told to leave, in front of an agent that is about to ask."""

    def __init__(self, agent: LiveAgent, memory: Memory, speed: float = SPEED) -> None:
        super().__init__()
        self.agent, self.desktop = agent, agent.desktop
        self.works()
        memory.give(agent)
        agent.start(speed=speed)

    def works(self) -> None:
        """Begin to work, with the short lulls a prompt waits for."""
        self.enter_context(at_work(self.desktop.display, every_s=0.2))

    def leaves(self) -> None:
        """Take the hands off."""
        self.close()

    def prompted(self, number: int = 1) -> Status:
        """Work until the prompt of this number is on the screen."""
        seen = self.agent.until(
            lambda now: now["prompt"] and now["prompt"]["id"] == number, f"prompt {number}", 20
        )
        wait_until(lambda: self.desktop.notes_shown() == 1, "the note to be on the screen")
        return seen

    def answered(self, key: str) -> Status:
        """Press a button of the note and see it answered."""
        self.desktop.press(key)
        return self.agent.until(lambda now: now["prompt"] is None, "the answer to arrive")


@pytest.fixture
def sitting(agent: LiveAgent, morning: Memory) -> Iterator[Sitting]:
    with Sitting(agent, morning) as sitting:
        yield sitting


def near(desk: Desktop, colour: tuple[int, int, int], within: Box) -> int:
    """How many pixels have about that colour."""
    found = colours(picture(desk.display), within)
    return sum(
        count
        for one, count in found.items()
        if sum(abs(a - b) for a, b in zip(one, colour, strict=True)) < 40
    )


def stored(agent: LiveAgent) -> list[tuple[str, str]]:
    """Kind and outcome of the prompts in the history."""
    return [(kind, outcome) for kind, outcome, _shown in agent.rows("prompts")]


def window_open(desk: Desktop) -> bool:
    return "Hip-flexor stretch" in titles(desk.display)


def test_a_morning_from_the_first_prompt_to_the_break(
    desk: Desktop, agent: LiveAgent, sitting: Sitting
) -> None:
    seen = sitting.prompted()
    # It waited for a lull in typing after minute 45, and never longer than three minutes.
    assert 45 * 60 <= seen["sitting_s"] <= 49 * 60
    assert (seen["prompt"]["kind"], seen["prompt"]["insistence"]) == ("hip_flexor", "notify")
    wait_until(lambda: near(desk, ORANGE, PANEL) > 50, "the icon to show the prompt")
    wait_until(lambda: near(desk, DUNST_BLUE, NOTE) > 1000, "the note's own colour on the screen")

    seen = sitting.answered("snooze")
    snoozed_at = seen["sitting_s"]
    assert seen["quiet"] == ["spacing"]
    wait_until(lambda: near(desk, DUNST_BLUE, NOTE) == 0, "the note to go")
    wait_until(lambda: near(desk, ORANGE, PANEL) == 0, "the icon to calm down")

    seen = sitting.prompted(2)
    assert 9.8 * 60 <= seen["sitting_s"] - snoozed_at <= 14 * 60
    sitting.leaves()
    with Person(desk.display) as person:
        person.click(*ON_THE_NOTE)
    wait_until(lambda: window_open(desk), "the break window")
    wait_until(lambda: desk.notes_shown() == 0, "the note to go")

    # It plays by itself at the agent's speed, a stretch on each side and standing for the rest.
    seen = agent.until(lambda now: now["today"]["dose"]["standing_s"], "the dose", 15)
    assert seen["today"]["dose"] == {
        "hip_flexor": {"left_s": 30, "right_s": 30},
        "glutes": {"sets": 0, "reps": 0},
        "standing_s": 120,
    }
    wait_until(lambda: not window_open(desk), "the window to close")
    assert (seen["posture"], seen["sitting_s"]) == ("away", 0)

    sitting.works()
    today = agent.until(lambda now: now["posture"] == "seated", "the person to be back")["today"]
    assert {key: today[key] for key in ("breaks", "prompts", "started", "snoozed", "skipped", "ignored")} == {
        "breaks": 1,
        "prompts": 2,
        "started": 1,
        "snoozed": 1,
        "skipped": 0,
        "ignored": 0,
    }
    assert stored(agent) == [("hip_flexor", "snoozed"), ("hip_flexor", "started")]
    assert agent.rows("doses") == [("hip_flexor", 30, 30, 0, 0, 120)]
    ((bout_began, bout_ended, cause),) = agent.rows("bouts")
    ((began, ended, _cause),) = agent.rows("breaks")
    assert cause == "idle"
    assert abs(bout_ended - began) < 1
    assert bout_ended - bout_began > 55 * 60
    assert 3 * 60 < ended - began < 15 * 60


def test_done_by_keyboard_credits_the_whole_steps(desk: Desktop, agent: LiveAgent) -> None:
    agent.start()
    agent.ask("break", kind="hip_flexor")
    wait_until(lambda: window_open(desk), "the break window")
    with Person(desk.display) as person:

        def dose() -> dict[str, Any]:
            # Keys sleep for a moment after each step, so that typing does not end what has just begun.
            person.press(XK.XK_Return)
            credited: dict[str, Any] = agent.status()["today"]["dose"]
            return credited if credited["hip_flexor"]["left_s"] else {}

        credited = wait_until(dose, "Enter to end every step", 15)
    assert credited["hip_flexor"] == {"left_s": 30, "right_s": 30}
    assert credited["standing_s"] == 120
    assert agent.rows("doses") == [("hip_flexor", 30, 30, 0, 0, 120)]


def test_escape_leaves_with_what_was_done(desk: Desktop, agent: LiveAgent) -> None:
    agent.start()
    agent.ask("break", kind="hip_flexor")
    wait_until(lambda: window_open(desk), "the break window")

    def left() -> bool:
        person.press(XK.XK_Escape)
        return not window_open(desk)

    with Person(desk.display) as person:
        wait_until(left, "Escape to close the window")
    wait_until(lambda: not agent.children(), "the window's process to end")
    assert agent.rows("doses") == []


def test_skip_is_not_asked_again_in_this_bout(agent: LiveAgent, sitting: Sitting) -> None:
    sitting.prompted()
    seen = sitting.answered("skip")
    assert seen["today"]["skipped"] == 1
    assert seen["quiet"] == ["back_off"]
    assert stored(agent) == [("hip_flexor", "skipped")]


def test_a_closed_note_is_asked_once_more(desk: Desktop, new_agent: NewAgent, morning: Memory) -> None:
    agent = new_agent(INTENSIVE)
    with Sitting(agent, morning) as sitting, Person(desk.display) as person:
        at = sitting.prompted()["sitting_s"]
        person.click(*ON_THE_NOTE, button=2)
        agent.until(lambda now: now["prompt"] is None, "the note to be closed")
        assert stored(agent) == [("hip_flexor", "dismissed")]
        seen = sitting.prompted(2)
        assert 4.8 * 60 <= seen["sitting_s"] - at <= 10 * 60
        person.click(*ON_THE_NOTE, button=2)
        seen = agent.until(lambda now: now["prompt"] is None, "the note to be closed again")
        assert seen["quiet"] == ["back_off"]


def test_nobody_reacts_for_two_minutes(desk: Desktop, agent: LiveAgent, sitting: Sitting) -> None:
    sitting.prompted()
    seen = agent.until(lambda now: now["prompt"] is None, "the prompt to expire")
    assert (seen["today"]["ignored"], seen["quiet"]) == (1, ["back_off"])
    wait_until(lambda: desk.notes_shown() == 0, "the note to go")
    assert stored(agent) == [("hip_flexor", "ignored")]


def test_getting_up_withdraws_the_note(desk: Desktop, agent: LiveAgent, sitting: Sitting) -> None:
    sitting.prompted()
    sitting.leaves()
    seen = agent.until(lambda now: now["prompt"] is None, "the prompt to go")
    assert seen["posture"] == "away"
    wait_until(lambda: desk.notes_shown() == 0, "the note to go")
    sitting.works()
    seen = agent.until(lambda now: now["today"]["breaks"] == 1, "the break to be seen")
    assert seen["today"]["ignored"] == 0
    assert stored(agent) == [("hip_flexor", "withdrawn")]
