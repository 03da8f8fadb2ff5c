"""Each verb against a living agent between fake ends."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.shell.test_agent import MIN, MONDAY_9, Life
from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import FakeMachine
from tests.support.schemas import problems
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.verbs import Verbs


class Asked:
    """An agent that has seen some work, and what may be asked of it."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.quits = 0
        self._verbs = Verbs(life.agent, "1.2.3", lambda: {"parts": []}, self._quit)

    def __call__(self, verb: str, **args: Any) -> dict[str, Any]:
        return self._verbs.handle(verb, args)

    def refused(self, verb: str, **args: Any) -> str:
        """The sentence of a refusal that is the asker's fault."""
        with pytest.raises(CommandError) as refusal:
            self(verb, **args)
        assert refusal.value.code is Exit.USAGE
        return str(refusal.value)

    def _quit(self) -> None:
        self.quits += 1


@pytest.fixture
def ask(tmp_path: Path) -> Asked:
    loop = FakeLoop()
    life = Life(tmp_path, loop, FakeMachine(loop, MONDAY_9))
    loop.advance(30 * MIN)
    return Asked(life)


def prompted(ask: Asked) -> Asked:
    ask.life.loop.advance(19 * MIN)
    assert ask("status")["prompt"]
    return ask


def test_status_and_why_keep_their_schemas(ask: Asked) -> None:
    for before in (lambda: None, lambda: prompted(ask)):
        before()
        assert problems("status", ask("status")) == []
        assert problems("why", ask("why")) == []
    assert ask("status")["version"] == "1.2.3"


def test_status_tells_the_bout_and_what_comes_next(ask: Asked) -> None:
    now = ask("status")
    assert (now["posture"], now["sitting_s"], now["prompt"]) == ("seated", 1800, None)
    assert (now["next"]["kind"], now["next"]["due_in_s"]) == ("hip_flexor", 900)


@pytest.mark.parametrize(("verb", "outcome"), [("snooze", "snoozed"), ("skip", "skipped")])
def test_answers_go_to_the_prompt_that_shows(ask: Asked, verb: str, outcome: str) -> None:
    assert ask.refused(verb) == "no prompt is showing"
    prompted(ask)
    assert ask(verb) == {}
    assert ask("status")["today"][outcome] == 1
    assert ask.refused(verb) == "no prompt is showing"


@pytest.mark.parametrize("kind", ["stand_up", "hip_flexor", "glutes"])
def test_break_opens_a_window_of_that_kind(ask: Asked, kind: str) -> None:
    ask("break", kind=kind)
    assert ask.life.windows.brief is not None
    assert ask.life.windows.brief["kind"] == kind


def test_break_without_a_kind_is_the_programmes_choice(ask: Asked) -> None:
    ask("break")
    assert ask.life.windows.brief is not None
    assert ask.life.windows.brief["kind"] == "hip_flexor"


@pytest.mark.parametrize("kind", ["nap", "", 3, ["stand_up"]])
def test_break_of_no_kind(ask: Asked, kind: object) -> None:
    assert "is no kind of break" in ask.refused("break", kind=kind)
    assert ask.life.windows.brief is None


@pytest.mark.parametrize(
    ("args", "until"),
    [
        ({"length_s": 1800}, datetime(2026, 3, 2, 10, 0)),
        ({"until": "14:30"}, datetime(2026, 3, 2, 14, 30)),
        ({"today": True}, datetime(2026, 3, 3, 4, 0)),
    ],
)
def test_a_pause_ends_when_it_was_said_to(ask: Asked, args: dict[str, Any], until: datetime) -> None:
    paused = ask("pause", **args)["paused_until"]
    assert datetime.fromisoformat(paused).replace(tzinfo=None) == until
    assert ask("status")["paused_until"] == paused
    ask("resume")
    assert ask("status")["paused_until"] is None


def test_a_pause_without_end(ask: Asked) -> None:
    assert ask("pause", indefinitely=True) == {"paused_until": "indefinite"}


@pytest.mark.parametrize(
    "args",
    [
        {},
        {"length_s": 0},
        {"length_s": -5},
        {"length_s": 8 * 86400},
        {"length_s": "soon"},
        {"length_s": float("nan")},
        {"until": "9 o'clock"},
        {"until": None},
        {"until": "09:00"},
    ],
)
def test_a_pause_that_cannot_be(ask: Asked, args: dict[str, Any]) -> None:
    assert ask.refused("pause", **args)
    assert ask("status")["paused_until"] is None


def test_resume_when_not_paused_is_no_error(ask: Asked) -> None:
    assert ask("resume") == {}


@pytest.mark.parametrize(
    ("verb", "posture"), [("standing", "standing"), ("sitting", "seated"), ("away", "away")]
)
def test_the_persons_own_word(ask: Asked, verb: str, posture: str) -> None:
    ask(verb)
    assert ask("status")["posture"] == posture


def test_what_belongs_to_whoever_built_the_agent(ask: Asked) -> None:
    assert ask("doctor") == {"parts": []}
    assert ask("quit") == {}
    assert ask.quits == 1
    assert ask("activate") == {}


def test_an_unknown_verb(ask: Asked) -> None:
    assert ask.refused("fly") == "the running agent does not know fly"
