"""A prompt in the icon, as a note and in a window; answered, withdrawn, and in a window that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import FakeNotifier, FakeWindows
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine, View
from tray_agent.core.model import (
    Condition,
    Do,
    Insistence,
    Kind,
    Limits,
    Outcome,
    Prompt,
    Routine,
    Side,
    Step,
)
from tray_agent.core.rules import Rules
from tray_agent.shell import catalogue
from tray_agent.shell.guide import Guide
from tray_agent.shell.prompting import Prompting, answer, invitation, note

PICTURE = Path("picture.png")
STRETCH = Routine(1, Kind.HIP_FLEXOR, (Step("split_stance", Side.LEFT, 30.0),))
IN_A_WINDOW = [Insistence.WINDOW, Insistence.FIRM]


def after_40_min(*told: ev.Event) -> View:
    engine = Engine(Rules(), catalogue.load().exercises)
    for event in (ev.SensorFound(), ev.Input(ongoing=True), *told):
        engine.handle(event, 0.0)
    return engine.view(2400.0)


def prompt(insistence: Insistence, kind: Kind = Kind.HIP_FLEXOR, snoozes_left: int = 2) -> Prompt:
    return Prompt(3, kind, insistence, 2400.0, (), snoozes_left)


class Asked:
    """Prompting at twice life's speed."""

    def __init__(self, *, read_aloud: bool = False) -> None:
        self.loop, self.windows, self.notifier = FakeLoop(), FakeWindows(), FakeNotifier()
        self.told: list[ev.Event] = []
        guide = Guide(
            self.loop, catalogue.load(), self.windows, self.notifier, speed=2.0, tell=self.told.append
        )
        self.prompting = Prompting(
            self.loop,
            catalogue.load(),
            self.notifier,
            guide,
            speed=2.0,
            read_aloud=lambda: read_aloud,
        )

    def show(self, insistence: Insistence) -> None:
        self.prompting.show(prompt(insistence), after_40_min(), STRETCH, 600.0)


def test_a_note_says_how_long_what_comes_with_it_and_offers_every_answer() -> None:
    told = note(prompt(Insistence.NOTIFY), after_40_min(), "Split-stance stretch", PICTURE, 600.0)
    assert (told.prompt, told.title) == (3, "Time to stand up")
    assert told.body == "You have been sitting about 40 min. With this break: Split-stance stretch."
    assert told.actions == (("start", "Start"), ("snooze", "In 10 min"), ("skip", "Skip"))


def test_a_prompt_that_was_snoozed_enough_cannot_be_snoozed() -> None:
    spent = prompt(Insistence.WINDOW, snoozes_left=0)
    told = note(spent, after_40_min(), "", PICTURE, 600.0)
    assert [key for key, _label in told.actions] == ["start", "skip"]
    assert invitation(spent, after_40_min(), "", STRETCH, 600.0).snooze_min is None


def test_nobody_who_cannot_stand_is_told_to() -> None:
    seated = after_40_min(ev.LimitsSaid(Limits(conditions=frozenset({Condition.CANNOT_STAND}))))
    plain = prompt(Insistence.NOTIFY, Kind.STAND_UP)
    told = note(plain, seated, "", PICTURE, 600.0)
    asked = invitation(plain, seated, "", STRETCH, 600.0)
    assert "stand" not in f"{told.title} {told.body} {asked.title} {asked.sentence}".lower()
    assert told.title == asked.title == "Time to move"


def test_as_icon_it_is_silent_but_for_those_who_cannot_see_it() -> None:
    asked = Asked()
    asked.show(Insistence.ICON)
    asked.loop.advance(60)
    assert (asked.notifier.notes, asked.windows.brief) == ([], None)
    heard = Asked(read_aloud=True)
    heard.show(Insistence.ICON)
    assert heard.notifier.shown is not None


def test_as_a_note_it_shows_what_comes_and_opens_no_window() -> None:
    asked = Asked()
    asked.show(Insistence.NOTIFY)
    asked.loop.advance(60)
    assert asked.notifier.shown is not None
    assert asked.notifier.shown.picture is not None
    assert asked.notifier.shown.picture.name == "split_stance.png"
    assert asked.notifier.shown.picture.exists()
    assert asked.windows.brief is None


@pytest.mark.parametrize("insistence", IN_A_WINDOW)
def test_a_note_comes_first_and_the_window_15_s_later_in_its_place(insistence: Insistence) -> None:
    asked = Asked()
    asked.show(insistence)
    asked.loop.advance(7.4)
    assert asked.notifier.shown is not None
    assert "opens in a moment" in asked.notifier.shown.body
    assert asked.windows.brief is None
    asked.loop.advance(0.2)
    assert asked.windows.brief is not None
    assert asked.windows.brief["firm"] is (insistence is Insistence.FIRM)
    assert asked.notifier.shown is not None, "until the window is there, the note is all there is"
    asked.windows.say({"event": "ready"})
    assert asked.notifier.shown is None


@pytest.mark.parametrize("insistence", IN_A_WINDOW)
def test_a_window_that_cannot_be_shown_or_dies_leaves_the_note(insistence: Insistence) -> None:
    asked = Asked()
    asked.show(insistence)
    asked.loop.advance(8)
    asked.windows.say({"event": "ready"})
    asked.windows.say({"event": "gone", "reason": "killed by SIGKILL"})
    assert asked.notifier.shown is not None
    assert "opens in a moment" not in asked.notifier.shown.body
    assert asked.told == []


@pytest.mark.parametrize("insistence", IN_A_WINDOW)
def test_withdrawn_during_the_heads_up_no_window_opens(insistence: Insistence) -> None:
    asked = Asked()
    asked.show(insistence)
    asked.prompting.withdraw(Outcome.WITHDRAWN)
    asked.loop.advance(60)
    assert (asked.notifier.shown, asked.windows.brief) == (None, None)


@pytest.mark.parametrize("insistence", IN_A_WINDOW)
def test_withdrawn_the_window_goes_too(insistence: Insistence) -> None:
    asked = Asked()
    asked.show(insistence)
    asked.loop.advance(8)
    asked.windows.say({"event": "ready"})
    asked.prompting.withdraw(Outcome.WITHDRAWN)
    assert asked.windows.open_now == {}
    assert asked.told == []


def test_started_in_the_window_it_stays_for_the_routine() -> None:
    asked = Asked()
    asked.show(Insistence.WINDOW)
    asked.loop.advance(8)
    asked.windows.say({"event": "answer", "prompt": 3, "do": "start"})
    asked.prompting.withdraw(Outcome.STARTED)
    assert "break" in asked.windows.open_now
    assert asked.told == [ev.Answer(Do.START, 3)]


@pytest.mark.parametrize(
    ("number", "key", "event"),
    [
        (3, "default", ev.Answer(Do.START, 3)),
        (3, "snooze", ev.Answer(Do.SNOOZE, 3)),
        (3, "dismiss", ev.Answer(Do.DISMISS, 3)),
        (3, "some-service-s-own", ev.Answer(Do.DISMISS, 3)),
        (-2, "up", ev.WereUp(2, up=True)),
        (-2, "sat", ev.WereUp(2, up=False)),
        (-2, "dismiss", ev.WereUp(2, None)),
        (0, "default", None),
    ],
)
def test_a_note_s_number_says_what_its_buttons_answer(number: int, key: str, event: ev.Event | None) -> None:
    assert answer(number, key) == event


def test_whether_one_was_up_is_asked_in_a_note() -> None:
    asked = Asked()
    asked.prompting.ask(2, 240.0)
    note = asked.notifier.shown
    assert note is not None
    assert (note.prompt, note.title, note.body) == (
        -2,
        "Were you up just now?",
        "Nothing was typed for about 4 min.",
    )
    assert [key for key, _label in note.actions] == ["up", "sat"]


@pytest.mark.parametrize("insistence", [Insistence.NOTIFY, *IN_A_WINDOW])
def test_where_every_exercise_hurts_it_still_asks(insistence: Insistence) -> None:
    asked = Asked()
    asked.prompting.show(prompt(insistence), after_40_min(), Routine(1, Kind.HIP_FLEXOR, ()), 600.0)
    asked.loop.advance(8)
    assert asked.notifier.shown is not None
    assert asked.notifier.shown.picture is None
    if insistence in IN_A_WINDOW:
        assert asked.windows.brief is not None
        assert asked.windows.brief["steps"] == []
