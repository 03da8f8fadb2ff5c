"""A break on a real desktop: asked for in a window, gently or firmly, played, changed and left."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from Xlib import XK

from tests.e2e.conftest import NewAgent
from tests.e2e.test_agent_day import Sitting, stored
from tests.support.accessible import READS_ALOUD, Accessibility
from tests.support.desktop import Desktop
from tests.support.live_agent import ALWAYS, INTENSIVE, LiveAgent, Memory, Status
from tests.support.logind_mock import Logind
from tests.support.panel_menu import PanelMenu
from tests.support.past_notes import past_notes
from tests.support.person import Person
from tests.support.plain_window import PlainWindow
from tests.support.spoken_window import SpokenWindow
from tests.support.waiting import wait_until
from tests.support.window_process import focused
from tests.support.x_windows import box_of, titles
from tray_agent.core.model import Exercise
from tray_agent.shell import catalogue

ASKS = "Time to stand up"
STRETCH, GLUTES = "Hip-flexor stretch", "Glute set"
HEADS_UP_S = 15
SCREEN = (0, 0, 1280, 800)

WINDOW = 'insistence = "window"\nbreaks.time_limits = "x5"\n'
FIRM = 'insistence = "firm"\nbreaks.time_limits = "x5"\n'

KNOWN = catalogue.load()
BY_TITLE = {KNOWN.text(exercise.id).title: exercise for exercise in KNOWN.exercises}

SEATED = "Time to move"
OFFERED_LAST = re.compile(r'"recent":\s*\[[^\]]*\]')
STANDING = re.compile(r"\b(?:stand(?:s|ing)?|stood|get up|rise)\b", re.IGNORECASE)

Leave = Callable[[Person, SpokenWindow], object]


@pytest.fixture(scope="module")
def tree(desk: Desktop) -> Iterator[Accessibility]:
    desk.env |= READS_ALOUD
    with Accessibility(desk) as tree:
        yield tree


@pytest.fixture
def person(desk: Desktop) -> Iterator[Person]:
    with Person(desk.display) as somebody:
        yield somebody


@pytest.fixture
def logind(desk: Desktop) -> Iterator[Logind]:
    with Logind(desk.env["DBUS_SYSTEM_BUS_ADDRESS"]) as logind:
        yield logind


def invited(sitting: Sitting, tree: Accessibility) -> SpokenWindow:
    """Work until the window asks."""
    sitting.agent.until(lambda now: now["prompt"], "the prompt", 20)
    return SpokenWindow(tree, ASKS)


def has_gone(agent: LiveAgent, title: str = ASKS) -> None:
    """Wait until nothing is left of the window."""
    wait_until(lambda: title not in titles(agent.desktop.display), f"{title!r} to go")
    wait_until(lambda: not agent.children(), "its process to end")


def remembered(agent: LiveAgent, outcome: str) -> Status:
    """The status once the prompt has ended so; the window is gone before the agent has read its word."""
    seen = agent.until(lambda now: now["prompt"] is None, "the answer to be taken")
    assert stored(agent) == [("hip_flexor", outcome)]
    return seen


def begun(agent: LiveAgent, tree: Accessibility, kind: str, title: str) -> SpokenWindow:
    """Begin a break of that kind, in place of the one before."""
    before = agent.children()
    agent.ask("break", kind=kind)
    wait_until(lambda: agent.children() and not {*agent.children()} & {*before}, "a window of its own")
    return SpokenWindow(tree, title)


def exercise_in(window: SpokenWindow) -> Exercise:
    """What the person is shown, by the title it goes under."""
    return BY_TITLE[window.line_of(BY_TITLE)]


def offered(agent: LiveAgent, tree: Accessibility, kind: str, title: str, breaks: int) -> list[Exercise]:
    """What so many breaks in a row begin with."""
    return [exercise_in(begun(agent, tree, kind, title)) for _each in range(breaks)]


def test_a_note_comes_first_then_a_window_that_leaves_the_keys_alone(
    desk: Desktop, tree: Accessibility, new_agent: NewAgent, morning: Memory, person: Person
) -> None:
    agent = new_agent(ALWAYS + WINDOW.replace("x5", "x3"))
    with PlainWindow(desk.display) as letter, Sitting(agent, morning) as sitting:
        sitting.prompted()
        assert ASKS not in titles(desk.display)
        seen = agent.until(lambda _now: agent.children(), "the window to be opened")
        assert HEADS_UP_S <= seen["prompt"]["shown_s"] < 4 * HEADS_UP_S
        window = SpokenWindow(tree, ASKS)
        start = window.part("Start")
        start.press()
        assert "enabled" not in start.states, "too late to see what a hasty press does"
        wait_until(lambda: desk.notes_shown() == 0, "the note to go")
        wait_until(lambda: "enabled" in start.states, "the buttons to wake")
        assert agent.status()["prompt"]
        assert letter.has_the_keys()

        process = agent.children()
        window.click(person, "Start")
        window.says("Get ready", STRETCH, "Split-stance stretch")
        assert agent.children() == process
        sitting.leaves()
    seen = agent.until(lambda now: now["today"]["dose"]["standing_s"], "the dose", 15)
    assert seen["today"]["started"] == 1
    assert stored(agent) == [("hip_flexor", "started")]
    assert agent.rows("doses") == [("hip_flexor", 30, 30, 0, 0, 120)]
    window.press("Close")
    has_gone(agent, STRETCH)


def by_escape(person: Person, window: SpokenWindow) -> None:
    """It has no keys before it was clicked, and hears none in its first second."""
    window.click(person, "Esc means not now.")
    wait_until(window.has_the_keys, "the keys to be heard")
    wait_until(lambda: "enabled" in window.part("Skip").states, "the buttons to wake")
    person.press(XK.XK_Escape)


NOT_NOW: dict[str, Leave] = {
    "snoozed": lambda _person, window: window.press("In 5 minutes"),
    "skipped": lambda _person, window: window.press("Skip"),
    "dismissed": by_escape,
}


@pytest.mark.parametrize("outcome", NOT_NOW)
def test_not_now_is_an_answer(
    tree: Accessibility, new_agent: NewAgent, morning: Memory, person: Person, outcome: str
) -> None:
    agent = new_agent(INTENSIVE + WINDOW)
    with Sitting(agent, morning) as sitting:
        window = invited(sitting, tree)
        NOT_NOW[outcome](person, window)
        seen = remembered(agent, outcome)
        has_gone(agent)
        assert seen["quiet"] == ["back_off" if outcome == "skipped" else "spacing"]
        if outcome == "snoozed":
            agent.until(lambda now: now["prompt"] and now["prompt"]["id"] == 2, "the second prompt", 20)
            SpokenWindow(tree, ASKS)


def thrice(person: Person, _window: SpokenWindow) -> None:
    for _press in range(3):
        person.press(XK.XK_Escape)
        time.sleep(0.05)  # within one millisecond it would be taken for a key that repeats


WAYS_OUT: dict[str, Leave] = {
    "escape three times": thrice,
    "escape held": lambda person, _window: person.hold(XK.XK_Escape),
    "the button": lambda _person, window: window.press("Not now"),
}


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_whoever_wants_to_be_pressed_can_leave_all_the_same(
    tree: Accessibility, new_agent: NewAgent, morning: Memory, person: Person, way_out: str
) -> None:
    agent = new_agent(INTENSIVE + FIRM)
    desk = agent.desktop
    with PlainWindow(desk.display) as letter, Sitting(agent, morning) as sitting:
        window = invited(sitting, tree)
        wait_until(lambda: box_of(desk.display, ASKS) == SCREEN, "the screen to be filled")
        wait_until(lambda: focused(desk.display) == ASKS, "the keys to be heard")
        thrice(person, window)
        time.sleep(1.1)  # what is waited for is that time itself has passed
        assert agent.status()["prompt"], "nothing leaves so soon"
        try:
            WAYS_OUT[way_out](person, window)
            has_gone(agent)
        finally:
            person.release(XK.XK_Escape)
        wait_until(letter.has_the_keys, "the keys to be back")
        remembered(agent, "dismissed")
        assert desk.notes_shown() == 0


def test_a_lock_frees_the_screen(
    desk: Desktop, tree: Accessibility, logind: Logind, new_agent: NewAgent, morning: Memory
) -> None:
    agent = new_agent(INTENSIVE + FIRM)
    session = logind.opens("c1")
    with Sitting(agent, morning) as sitting:
        invited(sitting, tree)
        logind.hints(session, locked=True)
        has_gone(agent)
        remembered(agent, "withdrawn")
        assert "locked" in agent.status()["quiet"]
        logind.hints(session, locked=False)


def test_a_window_that_dies_frees_the_screen_and_the_note_asks_instead(
    desk: Desktop, tree: Accessibility, new_agent: NewAgent, morning: Memory
) -> None:
    agent = new_agent(INTENSIVE + FIRM)
    with Sitting(agent, morning) as sitting:
        invited(sitting, tree)
        wait_until(lambda: desk.notes_shown() == 0, "the note to go")
        (process,) = agent.children()
        os.kill(process, signal.SIGKILL)
        has_gone(agent)
        wait_until(lambda: desk.notes_shown() == 1, "the note to ask instead")
        assert agent.status()["prompt"]
        sitting.answered("skip")
        remembered(agent, "skipped")


def test_calling_for_a_break_again_brings_it_to_the_front(
    desk: Desktop, tree: Accessibility, agent: LiveAgent
) -> None:
    agent.start()
    assert desk.tray_agent("break", "hip_flexor").returncode == 0
    window = SpokenWindow(tree, STRETCH)
    window.press("Pause")
    resume = window.part("Resume")
    with PlainWindow(desk.display) as letter:
        process = agent.children()
        assert desk.tray_agent("break").returncode == 0
        wait_until(lambda: focused(desk.display) == STRETCH, "the break to have the keys")
        assert not letter.has_the_keys()
    assert titles(desk.display).count(STRETCH) == 1
    assert agent.children() == process
    assert resume.name == "Resume", "it is the same break, as it was left"


def test_too_hard_goes_on_with_the_easier_neighbour(tree: Accessibility, agent: LiveAgent) -> None:
    agent.start()
    agent.ask("safety", cleared=True, conditions=[])
    easy, hard = offered(agent, tree, "hip_flexor", STRETCH, 2)
    assert hard.easier == easy.id
    window = SpokenWindow(tree, STRETCH)
    window.press("Too hard")
    wait_until(lambda: exercise_in(window) == easy, "the easier one")


def test_what_hurts_is_left_out_and_told_to_nobody(
    desk: Desktop, tree: Accessibility, agent: LiveAgent, tmp_path: Path
) -> None:
    agent.start()
    agent.ask("safety", cleared=True, conditions=[])
    other, hurting = offered(agent, tree, "hip_flexor", STRETCH, 2)
    window = SpokenWindow(tree, STRETCH)
    window.press("This hurts")
    window.says("We leave this one out.", "Instead: ")
    window.press("Go on")
    wait_until(lambda: exercise_in(window) == other, "the other one")
    window.press("Stop")
    has_gone(agent, STRETCH)

    assert json.loads(desk.tray_agent("safety", "--json").stdout)["hurt"] == [hurting.id]
    copy = tmp_path / "export.json"
    assert desk.tray_agent("export", f"{copy}").returncode == 0
    texts = [agent.state / "state.json", agent.state / "agent.log", copy, desk.folder / "log" / "agent"]
    # What was offered last is remembered of every exercise alike.
    told = [each for each in texts if hurting.id in OFFERED_LAST.sub("", each.read_text())]
    assert told == []
    assert offered(agent, tree, "hip_flexor", STRETCH, 2) == [other, other]


@pytest.mark.parametrize("floor", [True, False])
def test_the_safety_check_opens_the_floor_unless_a_setting_keeps_it_closed(
    tree: Accessibility, new_agent: NewAgent, floor: bool
) -> None:
    agent = new_agent(f"{ALWAYS}exercises.floor = {floor}\n".lower())
    agent.start()
    assert not any(each.floor or each.loaded for each in offered(agent, tree, "hip_flexor", STRETCH, 1))
    agent.ask("safety", cleared=True, conditions=[])
    cleared = offered(agent, tree, "hip_flexor", STRETCH, 2)
    assert any(each.loaded for each in cleared)
    assert any(each.floor for each in cleared) == floor


def test_nobody_who_cannot_stand_is_told_to(
    desk: Desktop, tree: Accessibility, new_agent: NewAgent, morning: Memory
) -> None:
    agent = new_agent(ALWAYS + WINDOW)
    with Sitting(agent, morning) as sitting:
        agent.ask("safety", cleared=False, conditions=["cannot_stand"])
        sitting.prompted()
        said = {"status": desk.tray_agent("status").stdout}
        window = SpokenWindow(tree, SEATED)
        wait_until(lambda: desk.notes_shown() == 0, "the note to go")
        said |= {"note": past_notes(desk)[0], "invitation": window.words()}
        window.press("Start")
        window.says("Get ready", "Seated glute squeeze", "Next: Seated shifts")
        said["strength"] = window.words()
    said["shifts"] = begun(agent, tree, "stand_up", "Move in your seat").words()
    said["menu"] = "\n".join(path for path in PanelMenu(desk).open())
    assert "Seated shifts" in said["shifts"]
    assert {where: stands for where, words in said.items() if (stands := STANDING.findall(words))} == {}
