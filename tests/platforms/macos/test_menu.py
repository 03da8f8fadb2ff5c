"""The menu of the icon, which asks the agent's loop from the main thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.macos import menu_bar
from tests.support.macos.appkit import NSStatusBar, NSStatusItem
from tests.support.macos.played_main import main
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos import main_thread, menu
from tray_agent.platforms.macos.menu import LazyMenu
from tray_agent.ports import Entry
from tray_agent.shell.loop import SelectorLoop


class Stage:
    """A menu at an icon; the test's own thread is the agent's."""

    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.entries: list[Entry] = []
        self.asked = 0
        self.did: list[str] = []
        self.clicks = ThreadPoolExecutor(1)
        self.item: NSStatusItem = main.ask(lambda: NSStatusBar.systemStatusBar().statusItemWithLength_(-2))
        self.menu = main.ask(lambda: LazyMenu(loop.call_soon, self.tell))
        main.ask(lambda: self.item.setMenu_(self.menu.menu))

    def tell(self) -> list[Entry]:
        assert threading.current_thread() is threading.main_thread()
        self.asked += 1
        return self.entries

    def entry(self, label: str, **more: object) -> Entry:
        return Entry(label, lambda: self.did.append(label), **more)  # type: ignore[arg-type]

    def begin(self, label: str) -> None:
        """The agent has begun, with this in its menu."""
        self.entries = [self.entry(label)]
        turn_until(self.loop, lambda: self.asked, "the first question")
        main.settle()

    def opens(self) -> list[menu_bar.Line]:
        """The menu that a click shows."""
        self.during(menu_bar.opens_menu)
        return menu_bar.lines()

    def during(self, click: Callable[[], object]) -> None:
        """Turn the loop while a person does this."""
        done = self.clicks.submit(click)
        turn_until(self.loop, done.done, "the click")
        done.result()

    def close(self) -> None:
        main.ask(self.menu.close)
        main.ask(lambda: NSStatusBar.systemStatusBar().removeStatusItem_(self.item))
        self.clicks.shutdown()


@pytest.fixture
def stage(loop: SelectorLoop) -> Iterator[Stage]:
    stage = Stage(loop)
    yield stage
    stage.close()


def test_it_is_made_when_it_is_opened(stage: Stage) -> None:
    stage.begin("Start")
    assert stage.asked == 1
    turn_for(stage.loop, 0.1)
    stage.entries = [stage.entry("Pause")]
    assert stage.opens() == [("Pause",)]
    stage.entries = [stage.entry("Resume")]
    assert stage.opens() == [("Resume",)]
    assert stage.asked == 3


def test_it_is_never_empty_when_it_is_clicked(stage: Stage) -> None:
    stage.begin("Start")
    assert menu_bar.lines() == [("Start",)]


def test_what_an_entry_can_say(stage: Stage) -> None:
    stage.entries = [
        Entry("Sitting 20 min"),
        stage.entry("Start", default=True),
        Entry(""),
        stage.entry("Sound", checked=True),
        stage.entry("Speech", checked=False),
        Entry("Intensity", children=(stage.entry("Gentle", checked=True, radio=True), stage.entry("Firm"))),
        stage.entry("Bed & board"),
    ]
    assert stage.opens() == [
        ("Sitting 20 min", "grey"),
        ("Start", "bold"),
        ("-",),
        ("Sound", "checked"),
        ("Speech",),
        ("Intensity", "> Gentle", "> Firm"),
        ("Bed & board",),
    ]


def test_what_is_chosen_is_done_on_the_loop(stage: Stage) -> None:
    here: list[threading.Thread] = []
    stage.entries = [
        Entry("Pause", lambda: here.append(threading.current_thread())),
        Entry("Intensity", children=(stage.entry("Gentle"), stage.entry("Firm"))),
    ]
    stage.opens()
    menu_bar.chooses("Pause")
    menu_bar.chooses("Intensity", "Firm")
    turn_until(stage.loop, lambda: stage.did, "the choice")
    assert here == [threading.main_thread()]
    assert stage.did == ["Firm"]


def test_an_agent_that_is_busy_costs_a_fifth_of_a_second_and_the_menu_is_the_one_before(stage: Stage) -> None:
    stage.begin("Pause")
    stage.entries = [stage.entry("Resume")]
    began = time.monotonic()
    menu_bar.opens_menu()  # nobody turns the loop
    assert time.monotonic() - began < 2 * menu.PATIENCE_S
    assert menu_bar.lines() == [("Pause",)]


def test_a_late_answer_leaves_the_open_menu_alone_and_is_there_the_next_time(stage: Stage) -> None:
    stage.begin("Pause")
    menu_bar.opens_menu()
    stage.entries = [stage.entry("Resume")]
    turn_for(stage.loop, 0.05)
    main.settle()
    assert menu_bar.lines() == [("Pause",)]
    menu_bar.opens_menu()
    assert menu_bar.lines() == [("Resume",)]


def test_an_agent_that_has_only_begun_has_a_second(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "FIRST_PATIENCE_S", 0.5)
    began = time.monotonic()
    menu_bar.opens_menu()
    assert time.monotonic() - began >= 0.5
    assert menu_bar.lines() == []
    stage.entries = [stage.entry("Start")]
    assert stage.opens() == [("Start",)]


def test_a_choice_on_its_way_is_not_mistaken_for_what_came_later(stage: Stage) -> None:
    stage.entries = [stage.entry("Pause"), stage.entry("Quit")]
    stage.opens()
    quit_click = menu_bar.held("Quit")
    stage.entries = [stage.entry("Resume"), stage.entry("Start")]
    stage.opens()
    quit_click()
    turn_until(stage.loop, lambda: stage.did, "the choice")
    assert stage.did == ["Quit"]


def test_an_old_answer_never_replaces_a_newer_one(stage: Stage) -> None:
    stage.begin("First")
    menu_bar.opens_menu()
    stage.entries = [stage.entry("Second")]
    assert stage.opens() == [("Second",)]
    main.settle()
    menu_bar.opens_menu()
    assert menu_bar.lines() == [("Second",)]


def test_the_agent_may_wait_for_nothing_while_the_menu_waits_for_it(stage: Stage) -> None:
    # Whatever the agent wants of the main thread meanwhile is only posted.
    stage.entries = [stage.entry("Pause")]
    did: SimpleQueue[bool] = SimpleQueue()
    stage.loop.call_soon(lambda: main_thread.do(lambda: did.put(main.here())))
    assert stage.opens() == [("Pause",)]
    assert did.get(timeout=1)


def test_a_bug_in_the_menu_is_one_of_the_loop(stage: Stage) -> None:
    stage.begin("Pause")
    stage.entries = None  # type: ignore[assignment]
    menu_bar.opens_menu()
    with pytest.raises(TypeError):
        stage.loop.step(1)


def test_a_closed_menu_asks_nobody() -> None:
    loop = FakeLoop()
    lazy = main.ask(lambda: LazyMenu(loop.call_soon, list))
    loop.settle()
    main.ask(lazy.close)
    main.ask(lazy.menu.opens)
    assert not loop._posted
