from __future__ import annotations

from typing import Any

import pytest

from tests.support.fake_windows import FakeWindows
from tray_agent.ports import Entry
from tray_agent.shell.menu_windows import REMEMBERED, HomeWords, MenuWindows


class Agent:
    """Offers a button that counts its own presses, and one that is there only at times."""

    def __init__(self) -> None:
        self.windows = FakeWindows()
        self.menus = MenuWindows(self.windows, self.entries)
        self.done: list[str] = []
        self.failed: list[str] = []
        self.headline = "Sitting for about 40 min"
        self.prompt: int | None = 1

    def entries(self) -> tuple[Entry, ...]:
        start = Entry("Start", self.doing(f"start {self.prompt}"))
        return (*(() if self.prompt is None else (start,)), Entry("Skip", self.doing("skip")))

    def doing(self, what: str) -> Any:
        return lambda: self.done.append(what)

    def words(self) -> HomeWords:
        return HomeWords(self.headline, ("3 breaks",), "hint")

    def home(self) -> None:
        self.menus.home(self.words, self.failed.append)

    def id_of(self, label: str, brief: dict[str, Any]) -> int:
        return next(int(item["id"]) for item in brief["items"] if item.get("label") == label)

    def last_told(self) -> dict[str, Any]:
        return self.windows.told[-1][1]


@pytest.fixture
def agent() -> Agent:
    return Agent()


def test_the_popup_opens_where_it_was_asked_for_and_does_what_is_chosen(agent: Agent) -> None:
    agent.menus.popup(1200, 10, agent.failed.append)
    brief = agent.windows.open_now["menu"]
    assert (brief["v"], brief["x"], brief["y"]) == (1, 1200, 10)
    agent.windows.says("menu", "ready")
    agent.prompt = 2  # what is chosen is what stood there
    agent.windows.says("menu", "chosen", id=agent.id_of("Start", brief))
    agent.windows.says("menu", "ended")
    assert agent.done == ["start 1"]


def test_the_popup_is_made_afresh_each_time(agent: Agent) -> None:
    agent.menus.popup(0, 0, agent.failed.append)
    agent.prompt = None
    agent.menus.popup(0, 0, agent.failed.append)
    assert [item["label"] for item in agent.windows.open_now["menu"]["items"]] == ["Skip"]


def test_a_menu_that_cannot_be_shown_fails(agent: Agent) -> None:
    agent.menus.popup(0, 0, agent.failed.append)
    agent.windows.says("menu", "gone", reason="did not paint")
    assert agent.failed == ["did not paint"]


def test_home_says_what_is_so_and_stays_after_a_choice(agent: Agent) -> None:
    agent.home()
    brief = agent.windows.open_now["home"]
    assert (brief["headline"], brief["lines"], brief["hint"]) == (agent.headline, ("3 breaks",), "hint")
    agent.windows.says("home", "ready")
    agent.prompt = None
    agent.windows.says("home", "chosen", id=agent.id_of("Skip", brief))
    assert agent.done == ["skip"]
    assert [item["label"] for item in agent.last_told()["items"]] == ["Skip"]


def test_a_refresh_says_only_what_is_new(agent: Agent) -> None:
    agent.menus.refresh()
    agent.home()
    agent.menus.refresh()
    assert agent.windows.told == []
    agent.headline = "Sitting for about 45 min"
    agent.menus.refresh()
    assert agent.last_told()["headline"] == "Sitting for about 45 min"


def test_a_click_on_an_older_menu_does_what_stood_there(agent: Agent) -> None:
    agent.home()
    agent.windows.says("home", "ready")
    before = agent.windows.open_now["home"]
    agent.prompt = None
    agent.menus.refresh()
    agent.windows.says("home", "chosen", id=agent.id_of("Start", before))
    agent.windows.says("home", "chosen", id=agent.id_of("Skip", agent.last_told()))
    assert agent.done == ["start 1", "skip"]


def test_what_looks_the_same_does_what_it_means_now(agent: Agent) -> None:
    agent.home()
    agent.windows.says("home", "ready")
    agent.prompt = 2
    agent.windows.says("home", "chosen", id=agent.id_of("Start", agent.windows.open_now["home"]))
    assert agent.done == ["start 2"]
    assert agent.windows.told == []


def test_a_click_on_a_menu_long_gone_does_nothing(agent: Agent) -> None:
    agent.home()
    agent.windows.says("home", "ready")
    before = agent.windows.open_now["home"]
    for number in range(REMEMBERED):
        agent.prompt = None if number % 2 else 2
        agent.menus.refresh()
        agent.prompt = 2 if number % 2 else None
        agent.menus.refresh()
    agent.windows.says("home", "chosen", id=agent.id_of("Skip", before))
    assert agent.done == []


def test_opened_again_it_comes_to_the_front_with_what_is_so_now(agent: Agent) -> None:
    agent.home()
    agent.windows.says("home", "ready")
    agent.headline = "Standing"
    agent.home()
    assert agent.windows.told[0][1]["headline"] == "Standing"
    assert agent.windows.told[1:] == [("home", {"do": "front"})]


@pytest.mark.parametrize("end", [{"event": "ended"}, {"event": "gone", "reason": "killed by SIGKILL"}])
def test_closed_it_is_opened_afresh(agent: Agent, end: dict[str, str]) -> None:
    agent.home()
    agent.windows.says("home", "ready")
    agent.windows.says("home", **end)
    agent.headline = "Standing"
    agent.menus.refresh()
    assert agent.windows.told == []
    agent.home()
    assert agent.windows.open_now["home"]["headline"] == "Standing"


def test_a_home_that_cannot_be_shown_fails_each_time(agent: Agent) -> None:
    for _time in range(2):
        agent.home()
        agent.windows.says("home", "gone", reason="PySide6 is not installed")
    assert agent.failed == ["PySide6 is not installed"] * 2


def test_close_closes_both(agent: Agent) -> None:
    agent.home()
    agent.menus.popup(0, 0, agent.failed.append)
    agent.menus.close()
    assert agent.windows.open_now == {}
