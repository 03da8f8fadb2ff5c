"""The break window without eyes and without a mouse: the real accessibility tree, real keys."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest
from Xlib import XK

from tests.support.accessible import READS_ALOUD, Accessibility, Ear, Node
from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.window_briefs import ASK, BRIEFS, LEFT, ROUTINE
from tests.support.window_process import WindowProcess, focused
from tray_agent.ui.__main__ import WINDOWS

SPEED, IN_A_HURRY = 4.0, 10.0
CALM_S = 3.0
"""Agent seconds between two announcements that nobody asked for."""

PICTURES = {"graphic", "image", "icon", "canvas"}
BY_EAR_ALONE = {"menu"}
"""A popup is no window of its application's tree; it is read by the focus that moves through it."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    with Desktop(without={"panel", "dunst"}) as desk:
        yield desk


@pytest.fixture(scope="module")
def tree(desk: Desktop) -> Iterator[Accessibility]:
    with Accessibility(desk) as tree:
        yield tree


@pytest.fixture
def person(desk: Desktop) -> Iterator[Person]:
    with Person(desk.display) as somebody:
        yield somebody


@pytest.fixture
def ear(tree: Accessibility) -> Iterator[Ear]:
    with tree.ear() as ear:
        yield ear


def opened(desk: Desktop, name: str, brief: dict[str, Any]) -> WindowProcess:
    return WindowProcess(desk, name, brief, **READS_ALOUD)


def invited(desk: Desktop) -> WindowProcess:
    told = {"v": 1, "title": "Time to move", "ask": ASK, "steps": [LEFT], "speed": SPEED}
    return opened(desk, "break", told)


def playing(desk: Desktop, speed: float = SPEED) -> WindowProcess:
    return opened(desk, "break", {"v": 1, **ROUTINE, "speed": speed})


def button(window: Node, name: str) -> Node:
    found = wait_until(lambda: window.find(name, "push button"), f"a button {name!r}")
    assert found is not None
    return found


def buttons(window: Node) -> dict[str, Node]:
    return {each.name: each for each in window.walk() if each.role == "push button" and each.focusable}


def awake() -> None:
    time.sleep(1.1)  # what is waited for is that time itself has passed


def test_the_invitation_is_announced_and_answered_through_the_tree(
    desk: Desktop, tree: Accessibility, ear: Ear
) -> None:
    with invited(desk) as process:
        process.is_ready()
        window = tree.window("Time to move")
        ear.until(ASK["sentence"])
        ear.until(ASK["movement"])
        found = buttons(window)
        assert list(found) == ["Start", "In 10 minutes", "Skip"]
        assert not any("is-default" in each.states for each in found.values())
        found["Skip"].press()
        assert process.keeps_silent(0.2), "nothing answers in the first second"
        awake()
        found["Start"].press()
        assert process.says() == {"event": "answer", "prompt": ASK["prompt"], "do": "start"}
        process.tell({"do": "play", **ROUTINE})
        ear.until("Split-stance stretch")
        assert {"Too hard", "This hurts", "Pause", "Stop"} <= buttons(window).keys()


def test_each_phase_is_announced_and_never_hastily(desk: Desktop, tree: Accessibility, ear: Ear) -> None:
    with playing(desk, IN_A_HURRY) as process:
        process.is_ready()
        for words in (
            "Get ready",
            "Left side. Hold",
            "Switch sides",
            "Right side. Hold",
            "Leg lift",
            "That is it",
        ):
            ear.until(words, 20)
        told = [at for at, _words in ear.heard()]
    for one, next_one in itertools.pairwise(told):
        assert (next_one - one) * IN_A_HURRY > CALM_S, ear.words()


def test_every_control_of_a_break_is_reached_by_tab(
    desk: Desktop, tree: Accessibility, person: Person
) -> None:
    with playing(desk) as process:
        process.is_ready()
        wait_until(lambda: focused(desk.display) == ROUTINE["title"], "the window to have the keys")
        window = tree.window(ROUTINE["title"])
        awake()
        all_of_them = {each.path: each.name for each in window.walk() if each.focusable}
        assert {"Too hard", "This hurts", "Pause", "Stop"} <= set(all_of_them.values())
        reached = {}
        for _press in all_of_them:
            now = holder(window)
            assert now is not None
            reached[now.path] = now.name
            tab_from(window, now, person)
        assert reached.keys() == all_of_them.keys()


def holder(window: Node) -> Node | None:
    return next((each for each in window.walk() if {"focused", "focusable"} <= each.states), None)


def tab_from(window: Node, now: Node | None, person: Person) -> None:
    person.press(XK.XK_Tab)
    wait_until(lambda: holder(window) not in {None, now}, "the keys to go on")


@pytest.mark.parametrize(("label", "event"), [("Too hard", "too_hard"), ("This hurts", "hurts")])
def test_saying_no_takes_a_few_keys(
    desk: Desktop, tree: Accessibility, person: Person, label: str, event: str
) -> None:
    with playing(desk) as process, tree.ear() as ear:
        process.is_ready()
        window = tree.window(ROUTINE["title"])
        wait_until(lambda: focused(desk.display) == ROUTINE["title"], "the window to have the keys")
        awake()
        target = button(window, label)
        for _press in range(20):
            if "focused" in target.states:
                break
            tab_from(window, holder(window), person)
        person.press(XK.XK_Return)
        assert process.says() == {"event": event, "routine": 3, "step": 0}
        ear.until("Thank you" if event == "hurts" else "easier")


def test_every_window_is_looked_at() -> None:
    assert BRIEFS.keys() == WINDOWS.keys()


@pytest.mark.parametrize("name", sorted(WINDOWS.keys() - BY_EAR_ALONE))
def test_whatever_can_have_the_keys_or_be_looked_at_has_a_name(
    desk: Desktop, tree: Accessibility, name: str
) -> None:
    with opened(desk, name, BRIEFS[name]) as process:
        process.is_ready()
        parts = [each for each in only_window(tree).walk() if "showing" in each.states]
        # An empty cell is read as such.
        nameless = [each for each in parts if not each.name and each.role != "cell"]
        assert not [each.path for each in nameless if "focusable" in each.states], "no name for what has keys"
        assert not [each.path for each in nameless if each.role in PICTURES], "no name for a picture"
        assert not [each.path for each in parts if each.role in {"", "unknown", "invalid"}]


@pytest.mark.parametrize("name", sorted(WINDOWS.keys() - BY_EAR_ALONE))
def test_every_window_says_that_it_is_one(desk: Desktop, tree: Accessibility, name: str) -> None:
    with opened(desk, name, BRIEFS[name]) as process:
        process.is_ready()
        assert only_window(tree).role in {"frame", "dialog", "window"}


def only_window(tree: Accessibility) -> Node:
    return wait_until(tree.windows, "a window in the tree")[0]
