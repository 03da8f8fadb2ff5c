"""What holds a prompt back, each for real in front of a living agent, and what comes of it afterwards."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.e2e.conftest import NewAgent
from tests.e2e.test_agent_day import stored
from tests.support.desktop import Desktop
from tests.support.live_agent import ALWAYS, LiveAgent, Memory, Status, at_work
from tests.support.plain_window import PlainWindow
from tests.support.schemas import problems
from tests.support.sound_servers import PipeWire
from tests.support.video_streams import VideoStreams
from tests.support.waiting import wait_until
from tests.support.x_windows import titles

SPEED = 20.0
"""Agent seconds per real second: slow enough to time a prompt, fast enough to wait for it."""

FASTER = 60.0
"""Where minutes have to pass; half a second between two inputs is still no absence."""

SOON = 'hours.mode = "schedule"\nwelcome = false\nhours.ranges = ["mon-sun 08:00-09:49"]\n'
"""An agent faster than life begins at nine: after that morning its first prompt is due at 9:45."""

NIGHT = 'hours.mode = "schedule"\nwelcome = false\nhours.ranges = ["mon-sun 22:00-23:00"]\n'

Begin = Callable[[], AbstractContextManager[object]]


@pytest.fixture(scope="module")
def sound(desk: Desktop) -> Iterator[PipeWire]:
    with PipeWire(desk.env) as sound:
        yield sound


@pytest.fixture
def working(desk: Desktop) -> Iterator[ExitStack]:
    """Somebody at work, with a lull of ten agent seconds between two inputs, until told to leave."""
    with ExitStack() as person:
        person.enter_context(at_work(desk.display, every_s=0.5))
        yield person


def begins(agent: LiveAgent, morning: Memory, speed: float = SPEED) -> LiveAgent:
    """Its life, a minute before its first prompt."""
    morning.give(agent)
    agent.start(speed=speed)
    return agent


@contextmanager
def undisturbed(desk: Desktop) -> Iterator[None]:
    """Do-not-disturb is on."""
    paused = ["dunstctl", "set-paused"]
    subprocess.run([*paused, "true"], env=desk.env, check=True, timeout=10)
    try:
        yield
    finally:
        subprocess.run([*paused, "false"], env=desk.env, check=True, timeout=10)


@contextmanager
def shared(streams: VideoStreams) -> Iterator[None]:
    """Somebody takes pictures of the screen."""
    with streams.source("screen", media_class="Video/Source") as screen, streams.taken(screen):
        yield


@pytest.fixture
def contexts(desk: Desktop, sound: PipeWire, tmp_path: Path) -> dict[str, Begin]:
    """What can hold a prompt, and how it begins; it ends with the `with`."""
    return {
        "call": lambda: sound.client("parec", "--device=mic"),
        "sharing": lambda: shared(VideoStreams(sound.env, tmp_path)),
        "fullscreen": lambda: PlainWindow(desk.display, "Slides", fullscreen=True),
        "dnd": lambda: undisturbed(desk),
    }


HELD = ["call", "sharing", "fullscreen", "dnd"]
WORDS = {
    "call": "you are in a call",
    "sharing": "your screen is shared",
    "fullscreen": "a program fills the screen",
    "dnd": "do-not-disturb is on",
}


def is_owed(now: Status) -> bool:
    return bool(now["next"]) and now["next"]["due_in_s"] == 0


@pytest.mark.parametrize("reason", HELD)
def test_a_prompt_waits_until_it_is_over_and_then_comes_once(
    reason: str, contexts: dict[str, Begin], agent: LiveAgent, morning: Memory, working: ExitStack
) -> None:
    desk = agent.desktop
    with contexts[reason]():
        begins(agent, morning)
        agent.until(lambda now: is_owed(now) and now["quiet"] == [reason], "the break to be owed", 20)
        assert WORDS[reason] in desk.tray_agent("status").stdout
        assert stored(agent) == []
        assert desk.notes_shown() == 0
        ended = time.monotonic()
    seen = agent.until(lambda now: now["prompt"], "the prompt", 30)
    waited_s = (time.monotonic() - ended) * SPEED
    assert 10 <= waited_s <= 30 + 180
    assert (seen["prompt"]["id"], seen["quiet"]) == (1, [])


@pytest.mark.parametrize("reason", ["call", "sharing"])
def test_a_prompt_on_the_screen_leaves_when_it_begins_and_comes_back(
    reason: str, contexts: dict[str, Begin], agent: LiveAgent, morning: Memory, working: ExitStack
) -> None:
    desk = begins(agent, morning).desktop
    agent.until(lambda now: now["prompt"], "the prompt", 20)
    wait_until(lambda: desk.notes_shown() == 1, "the note to be on the screen")
    with contexts[reason]():
        agent.until(lambda now: not now["prompt"] and reason in now["quiet"], "it to be taken away", 20)
        wait_until(lambda: desk.notes_shown() == 0, "the note to go")
        assert stored(agent) == [("hip_flexor", "withdrawn")]
    agent.until(lambda now: now["prompt"] and now["prompt"]["id"] == 2, "it to come back", 30)


def test_a_call_frees_the_screens_that_a_break_has_filled(
    desk: Desktop, contexts: dict[str, Begin], new_agent: NewAgent, morning: Memory, working: ExitStack
) -> None:
    agent = begins(new_agent(ALWAYS + 'insistence = "firm"\n'), morning)
    wait_until(lambda: "Time to stand up" in titles(desk.display), "the screen to be filled", 30)
    with contexts["call"]():
        wait_until(lambda: "Time to stand up" not in titles(desk.display), "the screen to be free", 30)
        assert stored(agent) == [("hip_flexor", "withdrawn")]


def test_who_leaves_after_a_call_in_silence_is_asked_at_the_next_input(
    desk: Desktop, contexts: dict[str, Begin], agent: LiveAgent, morning: Memory, working: ExitStack
) -> None:
    with contexts["call"]():
        begins(agent, morning)
        agent.until(lambda now: is_owed(now) and now["quiet"] == ["call"], "the break to be owed", 20)
        working.close()
        held = agent.until(lambda now: "idle" in now["quiet"] and "call" in now["quiet"], "the silence", 20)
        assert held["posture"] == "seated"
    agent.until(lambda now: now["quiet"] == ["idle"], "the call to be over", 20)
    assert stored(agent) == []
    with at_work(desk.display, every_s=0.5):
        agent.until(lambda now: now["prompt"], "the prompt", 20)


def test_a_call_holds_the_chair_and_its_end_stands_in_for_the_last_input(
    contexts: dict[str, Begin], agent: LiveAgent, morning: Memory, working: ExitStack
) -> None:
    with contexts["call"]():
        begins(agent, morning)
        left = agent.until(lambda now: now["posture"] == "seated", "the person to sit")["sitting_s"]
        working.close()
        before = agent.until(lambda now: now["because"][0]["code"] == "held", "the call to hold", 30)
        assert (before["posture"], before["because"][0]["values"]["signal"]) == ("seated", "call")
    after = agent.until(lambda now: now["posture"] == "away", "the absence", 30)
    assert after["today"]["longest_bout_s"] >= left + 120


def test_outside_hours_nothing_is_owed(new_agent: NewAgent, morning: Memory, working: ExitStack) -> None:
    agent = begins(new_agent(NIGHT), morning, FASTER)
    agent.until(lambda now: now["sitting_s"] > 46 * 60, "more than enough sitting", 20)
    seen = agent.status()
    assert (seen["quiet"], seen["next"], seen["prompt"]) == (["outside_hours"], None, None)


def test_at_the_end_of_hours_a_prompt_is_kept_and_then_forgiven(
    new_agent: NewAgent, morning: Memory, working: ExitStack
) -> None:
    agent = begins(new_agent(SOON), morning, FASTER)
    agent.until(lambda now: is_owed(now) and now["quiet"] == ["day_end"], "the break to be owed", 20)
    agent.until(lambda now: "outside_hours" in now["quiet"] and now["next"] is None, "the evening", 40)
    assert stored(agent) == []


def test_a_pause_keeps_what_is_owed_and_five_minutes_after_it_is_asked(
    agent: LiveAgent, morning: Memory, working: ExitStack
) -> None:
    begins(agent, morning, FASTER)
    agent.ask("pause", indefinitely=True)
    agent.until(lambda now: is_owed(now) and now["quiet"] == ["paused"], "the break to be owed", 20)
    resumed = time.monotonic()
    agent.ask("resume")
    agent.until(lambda now: now["quiet"] == ["spacing"], "the moment after a pause")
    agent.until(lambda now: now["prompt"], "the prompt", 30)
    assert (time.monotonic() - resumed) * FASTER >= 5 * 60 - 2


def test_who_stands_is_not_asked(agent: LiveAgent, morning: Memory, working: ExitStack) -> None:
    begins(agent, morning)  # slowly enough to stand up in time
    agent.ask("standing")
    agent.until(lambda now: now["today"]["breaks"] or now["today"]["standing_s"] > 150, "the break", 30)
    assert stored(agent) == []


def test_a_burst_of_typing_is_waited_out_but_not_for_ever(
    desk: Desktop, agent: LiveAgent, morning: Memory
) -> None:
    with at_work(desk.display, every_s=0.02):
        begins(agent, morning, FASTER)
        agent.until(lambda now: now["quiet"] == ["typing"], "the burst to be noticed", 20)
        assert stored(agent) == []
        began = time.monotonic()
        agent.until(lambda now: now["prompt"], "the prompt all the same", 30)
        assert (time.monotonic() - began) * FASTER <= 3 * 60 + 3 * FASTER


def test_doctor_shows_what_every_sensor_said_last(
    desk: Desktop, contexts: dict[str, Begin], agent: LiveAgent
) -> None:
    agent.start()
    with contexts["call"]():
        wait_until(lambda: "works (pulse)" in desk.tray_agent("doctor").stdout, "the sound server", 20)
        agent.until(lambda now: sensor(now, "microphone")["value"] == "on", "the call", 20)
    agent.until(lambda now: sensor(now, "microphone")["value"] == "off", "its end", 20)


def test_an_inventory_cannot_tell_what_goes_on(contexts: dict[str, Begin], agent: LiveAgent) -> None:
    def collected() -> str:
        return agent.desktop.tray_agent("doctor", "--json").stdout

    def shown() -> list[dict[str, str | None]]:
        parts: list[dict[str, str | None]] = agent.ask("doctor")["parts"]
        return parts

    agent.start()
    wait_until(lambda: sensor(agent.status(), "microphone")["value"] == "off", "the sensors", 20)
    before, seen_before = collected(), shown()
    assert problems("doctor", json.loads(before)) == []
    for reason, sense in zip(HELD, ("microphone", "sharing", "fullscreen", "do_not_disturb"), strict=True):
        with contexts[reason]():
            wait_until(lambda name=sense: sensor(agent.status(), name)["value"] == "on", sense, 20)  # type: ignore[misc]
            assert shown() != seen_before
            assert collected() == before


def sensor(now: Status, name: str) -> dict[str, str | None]:
    found: dict[str, str | None]
    (found,) = (each for each in now["sensors"] if each["name"] == name)
    return found


def test_what_is_switched_off_is_not_looked_at(
    contexts: dict[str, Begin], new_agent: NewAgent, morning: Memory, working: ExitStack
) -> None:
    agent = new_agent(ALWAYS + "sensing.microphone = false\n")
    with contexts["call"]():
        begins(agent, morning)
        seen = agent.until(lambda now: now["prompt"], "the prompt", 20)
        assert (sensor(seen, "microphone")["state"], sensor(seen, "microphone")["value"]) == ("off", None)
