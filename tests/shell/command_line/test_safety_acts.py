"""The safety check at a terminal, with an agent and without."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.fake_agent import RESULTS, FakeAgent
from tests.support.schemas import load, problems
from tests.support.turning import turn_until
from tray_agent import platforms
from tray_agent.core.model import Condition, Limits
from tray_agent.shell import folders, ipc
from tray_agent.shell.command_line.arguments import Arguments, Form
from tray_agent.shell.command_line.safety_acts import safety
from tray_agent.shell.contraindications import CODES
from tray_agent.shell.folders import Folders
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.store import SqliteStore

FORM = Form("safety [--json]", "whether exercises on the floor are safe for you", flags=frozenset({"--json"}))
BEFORE = Limits(False, frozenset({Condition.SORE_BACK}), frozenset({"half_kneel"}))
NOW = 1_772_438_400.0

Told = pytest.CaptureFixture[str]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A home with a history, without an agent."""
    monkeypatch.setenv(folders.HOME, str(tmp_path))
    found = folders.find(platforms.select().places)
    found.make()
    keep(found, BEFORE)
    return found


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal to type at, as standard input."""
    import pty  # Windows has none

    ours, theirs = pty.openpty()
    with os.fdopen(theirs) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield ours
    os.close(ours)


def keep(places: Folders, limits: Limits) -> None:
    store = SqliteStore(places.history)
    store.set_limits(limits, NOW)
    store.close()


def kept(places: Folders) -> Limits:
    store = SqliteStore(places.history)
    try:
        return store.limits()
    finally:
        store.close()


def call(*flags: str) -> int:
    return safety(FORM, Arguments([], set(flags), {}))


def answers(typing: int, text: str) -> None:
    """Type this, and leave: a question too many is told from one that waits for ever."""
    os.write(typing, f"{text}\x04".encode())


def test_json_is_codes_alone_and_asks_nothing(places: Folders, typing: int, capsys: Told) -> None:
    assert call("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert problems("safety", told) == []
    assert told == {
        "contraindications": list(CODES),
        "cleared": False,
        "conditions": ["sore_back"],
        "hurt": ["half_kneel"],
    }


@pytest.mark.usefixtures("places")
def test_in_words_it_is_the_whole_list_and_the_present_answers(capsys: Told) -> None:
    assert call() == 0
    out = capsys.readouterr().out
    for words in ("osteoporosis", "Source: ", "None of it applies: not said", "A sore back", "half_kneel"):
        assert words in out
    assert "Kept" not in out


def test_whoever_sits_at_the_terminal_is_asked_and_the_answers_are_kept(
    places: Folders, typing: int, capsys: Told
) -> None:
    answers(typing, "y\nn\nn\nn\n\ny\n")
    assert call() == 0
    assert kept(places) == Limits(True, frozenset({Condition.SORE_KNEE}), BEFORE.hurt)
    assert capsys.readouterr().out.endswith("Kept.\n")


def test_enter_leaves_each_answer_as_it_is(places: Folders, typing: int) -> None:
    answers(typing, "\n" * 6)
    assert call() == 0
    assert kept(places) == BEFORE


def test_who_is_pregnant_is_not_asked_whether_none_applies(places: Folders, typing: int) -> None:
    answers(typing, "n\nn\nn\ny\nn\n")
    assert call() == 0
    assert kept(places) == Limits(False, frozenset({Condition.PREGNANCY}), BEFORE.hurt)


@pytest.mark.parametrize("typed", ["perhaps\nwell\n", "y\n"])
def test_no_clear_answer_changes_nothing(places: Folders, typing: int, typed: str) -> None:
    answers(typing, typed)
    with pytest.raises(CommandError) as refused:
        call()
    assert refused.value.code is Exit.USAGE
    assert kept(places) == BEFORE


def test_a_history_that_is_not_there_yet_is_made_for_the_answers_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: int
) -> None:
    monkeypatch.setenv(folders.HOME, str(tmp_path / "fresh"))
    fresh = folders.find(platforms.select().places)
    assert call("--json") == 0
    assert not fresh.history.exists()
    answers(typing, "n\n" * 5 + "y\n")
    assert call() == 0
    assert kept(fresh) == Limits(cleared=True)


def test_an_agent_that_is_just_starting_is_not_answered_behind_its_back(places: Folders, typing: int) -> None:
    answers(typing, "n\n" * 6)
    with ipc.alone(places.socket), pytest.raises(CommandError, match="just starting"):
        call()
    assert kept(places) == BEFORE


class Asking:
    """A running agent beside the command."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, *, window: bool) -> None:
        self.agent = FakeAgent(home)
        answer = {"cleared": True, "conditions": ["sore_knee"], "hurt": [], "window": window}
        monkeypatch.setitem(RESULTS, "safety", answer)

    def call(self, *flags: str) -> list[tuple[str, dict[str, Any]]]:
        command = threading.Thread(target=call, args=flags)
        command.start()
        turn_until(self.agent.loop, lambda: not command.is_alive(), "the command to end")
        command.join()
        return self.agent.asked


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(folders.HOME, str(tmp_path))
    return tmp_path


@pytest.fixture
def agent(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    made = Asking(home, monkeypatch, window=True)
    yield made
    made.agent.close()


@pytest.fixture
def windowless(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    made = Asking(home, monkeypatch, window=False)
    yield made
    made.agent.close()


def test_a_running_agent_opens_its_window(agent: Asking, capsys: Told) -> None:
    assert agent.call() == [("safety", {"open": True})]
    out = capsys.readouterr().out
    assert out.endswith("The safety check is open in a window.\n")
    assert "None of it applies: yes" in out


def test_a_running_agent_opens_nothing_for_a_program(agent: Asking, capsys: Told) -> None:
    assert agent.call("--json") == [("safety", {"open": False})]
    told = json.loads(capsys.readouterr().out)
    assert problems("safety", told) == []
    assert told["conditions"] == ["sore_knee"]


def test_an_agent_without_windows_is_told_what_was_answered_here(windowless: Asking, typing: int) -> None:
    answers(typing, "n\nn\ny\nn\nn\ny\n")
    said = {"cleared": True, "conditions": ["sore_back"]}
    assert windowless.call() == [("safety", {"open": True}), ("safety", said)]


def test_the_codes_of_the_schema_are_those_of_the_program() -> None:
    properties = load("safety.json")["properties"]
    assert tuple(properties["contraindications"]["items"]["enum"]) == CODES
    assert set(properties["conditions"]["items"]["enum"]) == set(Condition)
