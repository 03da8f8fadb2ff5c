"""Each verb against a living agent between fake ends."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.shell.test_agent import MIN, MONDAY_9, Life
from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import FakeMachine
from tests.support.full_disk import full_disk
from tests.support.schemas import problems
from tray_agent.core import events as ev
from tray_agent.core.model import Limits, Posture
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.state_file import stored
from tray_agent.shell.verbs import Verbs


class Asked:
    """An agent that has seen some work, and what may be asked of it."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.quits = 0
        self.came_forward = 0
        self.opened: list[str] = []
        self._verbs = Verbs(
            life.agent,
            "1.2.3",
            doctor=lambda: {"parts": []},
            come_forward=self._come_forward,
            settings=lambda: self.opened.append("settings"),
            today=lambda: self.opened.append("today"),
            safety=lambda args: {"asked": args},
            quit_agent=self._quit,
        )

    def __call__(self, verb: str, **args: Any) -> dict[str, Any]:
        return self._verbs.handle(verb, args)

    def refused(self, verb: str, **args: Any) -> str:
        """The sentence of a refusal that is the asker's fault."""
        with pytest.raises(CommandError) as refusal:
            self(verb, **args)
        assert refusal.value.code is Exit.USAGE
        return str(refusal.value)

    def _come_forward(self) -> None:
        self.came_forward += 1

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


def test_settings_and_today_open_their_windows_and_safety_answers(ask: Asked) -> None:
    assert (ask("settings"), ask("today")) == ({}, {})
    assert ask.opened == ["settings", "today"]
    assert ask("safety", open=True) == {"asked": {"open": True}}


def test_a_break_window_that_is_open_comes_to_the_front(ask: Asked) -> None:
    ask("break", kind="glutes")
    first = ask.life.windows.brief
    ask("break")
    assert ask.life.windows.told == [{"do": "front"}]
    assert ask.life.windows.brief is first
    ask("break", kind="stand_up")
    assert ask.life.windows.brief is not first


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


def after_a_break(ask: Asked) -> Asked:
    """It is 9:40: half an hour of sitting, six minutes off the chair, four of sitting."""
    ask.life.leaves_for(6 * MIN)
    ask.life.loop.advance(4 * MIN)
    assert ask("status")["today"]["breaks"] == 1
    return ask


def at(hour: int, minute: int, second: int = 0) -> str:
    return datetime(2026, 3, 2, hour, minute, second).astimezone().isoformat(timespec="seconds")


def rows(ask: Asked) -> dict[str, list[tuple[str, str]]]:
    """What the history has: from and to as 9:30."""
    told = ask.life.store.export(include_health=False)
    return {
        name: [(row["began"][11:16], row["ended"][11:16]) for row in told[name]]
        for name in ("bouts", "breaks", "stands")
    }


def test_was_seated_takes_the_last_absence_back(ask: Asked) -> None:
    after_a_break(ask)
    assert rows(ask) == {"bouts": [("09:00", "09:30")], "breaks": [("09:30", "09:36")], "stands": []}
    answer = ask("was", **{"as": "seated"})
    assert answer == {"as": "seated", "from": at(9, 30), "to": at(9, 36)}
    assert problems("was", answer) == []
    assert (ask("status")["sitting_s"], ask("status")["today"]["breaks"]) == (2400, 0)
    assert ask("status")["next"]["due_in_s"] == 300
    assert rows(ask) == {"bouts": [], "breaks": [], "stands": []}
    assert ask("was", **{"as": "up"}) == {"as": "up", "from": at(9, 30), "to": at(9, 36)}
    assert (ask("status")["sitting_s"], ask("status")["today"]["breaks"]) == (240, 1)
    assert rows(ask) == {"bouts": [("09:00", "09:30")], "breaks": [("09:30", "09:36")], "stands": []}


def test_was_in_a_meeting_is_sitting(ask: Asked) -> None:
    after_a_break(ask)
    assert ask("was", **{"as": "meeting", "from": "09:30", "to": "09:36"})["as"] == "meeting"
    assert ask("status")["sitting_s"] == 2400


def test_was_standing_is_dose(ask: Asked) -> None:
    after_a_break(ask)
    ask("was", **{"as": "standing"})
    ask("was", **{"as": "standing", "from": "09:10", "to": "09:20"})
    today = ask("status")["today"]
    assert (today["standing_s"], today["dose"]["standing_s"], today["breaks"]) == (960, 960, 2)
    assert rows(ask) == {
        "bouts": [("09:00", "09:10"), ("09:20", "09:30")],
        "breaks": [("09:10", "09:20"), ("09:30", "09:36")],
        "stands": [("09:10", "09:20"), ("09:30", "09:36")],
    }


def test_was_up_in_the_midst_of_sitting_withdraws_the_prompt(ask: Asked) -> None:
    prompted(ask)
    ask("was", **{"as": "up", "from": "09:20", "to": "09:30"})
    assert ask("status")["prompt"] is None
    assert ask.life.notifier.shown is None
    ask("was", **{"as": "seated", "from": "09:20", "to": "09:30"})
    ask.life.loop.advance(3 * MIN + 1)
    assert ask.life.notifier.shown is not None


def test_was_seated_until_just_now_sits_still(ask: Asked) -> None:
    ask.life.agent.tell(ev.Input(age=0.0))
    ask.life.loop.advance(10 * MIN)
    assert ask("status")["posture"] == "away"
    assert ask("was", **{"as": "seated"}) == {"as": "seated", "from": at(9, 30), "to": at(9, 40)}
    assert (ask("status")["posture"], ask("status")["sitting_s"]) == ("seated", 2400)


def test_standing_that_was_none(ask: Asked) -> None:
    ask("standing")
    ask.life.loop.advance(5 * MIN)
    ask("was", **{"as": "seated"})
    now = ask("status")
    assert (now["posture"], now["sitting_s"], now["today"]["standing_s"]) == ("seated", 2100, 0)


def test_a_night_worker_s_time_lies_across_midnight(tmp_path: Path) -> None:
    loop = FakeLoop()
    ask = Asked(Life(tmp_path, loop, FakeMachine(loop, datetime(2026, 3, 2, 22, 0).timestamp())))
    loop.advance(150 * MIN)
    answer = ask("was", **{"as": "standing", "from": "23:50", "to": "00:20"})
    assert answer["from"] == at(23, 50)
    assert ask("status")["today"]["standing_s"] == 1800
    loop.advance_to(12 * 60 * MIN)
    assert "was before 04:00" in ask.refused("was", **{"as": "up", "from": "23:50", "to": "00:20"})


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ({}, "you can have been up, seated, standing or in a meeting, not None"),
        ({"as": "asleep"}, "you can have been up, seated, standing or in a meeting, not asleep"),
        ({"as": ["up"]}, "you can have been up, seated, standing or in a meeting, not ['up']"),
        ({"as": "up"}, "you have not been away today; say when, such as 10:00-10:20"),
        ({"as": "up", "from": "09:10"}, '"None" is not a time of day such as 14:30'),
        ({"as": "up", "from": "09:10", "to": "9 pm"}, '"9 pm" is not a time of day such as 14:30'),
        ({"as": "up", "from": "09:10", "to": "09:10"}, "09:10-09:10 is no time at all"),
        (
            {"as": "up", "from": "09:20", "to": "09:40"},
            "09:20-09:40 is not over yet, or was before 09:00, when today began for me",
        ),
        (
            {"as": "up", "from": "08:00", "to": "08:30"},
            "08:00-08:30 is not over yet, or was before 09:00, when today began for me",
        ),
    ],
)
def test_a_time_that_cannot_be_corrected(ask: Asked, args: dict[str, Any], sentence: str) -> None:
    before = ask("status")
    assert ask.refused("was", **args) == sentence
    assert ask("status") == before


def test_before_anybody_sat_nothing_can_be_corrected(ask: Asked) -> None:
    ask.life.agent.tell(ev.Said(Posture.AWAY))
    ask("erase")
    sentence = "nobody has sat here today; there is nothing to correct"
    assert ask.refused("was", **{"as": "up", "from": "09:10", "to": "09:20"}) == sentence


def test_erased_is_forgotten_in_memory_and_on_the_disk(ask: Asked, tmp_path: Path) -> None:
    after_a_break(ask)
    ask("standing")
    ask.life.loop.advance(5 * MIN)
    ask("sitting")
    ask.life.store.set_limits(Limits(cleared=True), 0.0)
    prompted(after_sitting(ask))
    assert ask("erase") == {}
    assert ask.life.notifier.shown is None
    now = ask("status")
    assert (now["posture"], now["sitting_s"], now["prompt"], now["today"]["prompts"]) == (
        "seated",
        0,
        None,
        0,
    )
    assert now["next"]["due_in_s"] == 2700
    assert not any(ask.life.store.export(include_health=True).values())
    assert list(ask.life.agent.recent) == []
    snapshot = stored(tmp_path / "state.json")["state"]
    assert snapshot["estimator"]["timeline"]["offs"] == snapshot["estimator"]["timeline"]["stood"] == []
    assert not any(
        movement["done_today"] or movement["dose"]["left_s"]
        for movement in snapshot["programme"]["movements"].values()
    )
    assert snapshot["ledger"]["doses"] == {}
    ask.life.loop.advance(49 * MIN)
    assert ask.life.notifier.shown is not None


def after_sitting(ask: Asked) -> Asked:
    ask.life.loop.advance(30 * MIN)
    return ask


def test_the_disk_holds_no_time_off_for_more_than_a_day(ask: Asked, tmp_path: Path) -> None:
    def kept() -> list[Any]:
        timeline = stored(tmp_path / "state.json")["state"]["estimator"]["timeline"]
        return [*timeline["offs"], *timeline["stood"]]

    after_a_break(ask)
    ask.life.agent.tell(ev.Input(age=0.0))
    ask.life.loop.advance(24 * 60 * MIN - 5 * MIN)
    assert len(kept()) == 1
    ask.life.loop.advance(2 * MIN)
    assert kept() == []


def test_erasing_a_disk_that_refuses_is_told(ask: Asked, tmp_path: Path) -> None:
    after_a_break(ask)
    with full_disk():
        with pytest.raises(CommandError, match="the disk still holds some of it") as refusal:
            ask("erase")
        assert refusal.value.code is Exit.FAULT
        assert ask("status")["today"]["breaks"] == 0
    ask.life.agent.save()
    assert not any(ask.life.store.export(include_health=True).values())
    assert ask("erase") == {}


def test_what_belongs_to_whoever_built_the_agent(ask: Asked) -> None:
    assert ask("doctor") == {"parts": []}
    assert ask("quit") == {}
    assert ask.quits == 1
    assert ask("activate") == {}
    assert ask.came_forward == 1


def test_an_unknown_verb(ask: Asked) -> None:
    assert ask.refused("fly") == "the running agent does not know fly"
