"""An invitation and a routine in the window, in a window that fails, and by the clock alone."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import FakeNotifier, FakeWindows
from tray_agent.core import events as ev
from tray_agent.core.model import Do, Kind, Routine, Side, Step
from tray_agent.shell import catalogue
from tray_agent.shell.guide import Guide, Invitation, Manner
from tray_agent.ui.breaks.brief import read

STRETCH = Routine(
    7,
    Kind.HIP_FLEXOR,
    (
        Step("split_stance", Side.LEFT, 30.0),
        Step("split_stance", Side.RIGHT, 30.0),
        Step("stand_up", None, 120.0),
    ),
)
GLUTES = Routine(8, Kind.GLUTES, (Step("standing_glute_squeeze", None, 50.0, 10),))
ASKED = Invitation(
    3, Kind.HIP_FLEXOR, "Time to stand up", "You have been sitting.", "A stretch.", 10, True, STRETCH
)


class Guided:
    """A guide at twice life's speed, and what it told."""

    def __init__(self) -> None:
        self.loop, self.windows, self.notifier = FakeLoop(), FakeWindows(), FakeNotifier()
        self.told: list[ev.Event] = []
        self.happened: list[str] = []
        self.guide = Guide(
            self.loop,
            catalogue.load(),
            self.windows,
            self.notifier,
            speed=2.0,
            tell=self.told.append,
            manner=lambda: Manner(2.0, sound=True),
            help_wanted=lambda: self.happened.append("help"),
        )

    def invites(self) -> None:
        self.guide.invite(
            ASKED, lambda: self.happened.append("shown"), lambda: self.happened.append("failed")
        )

    def says(self, event: str, **more: object) -> None:
        """The window says something."""
        self.windows.say({"event": event, **more})


@pytest.fixture
def guided() -> Guided:
    return Guided()


@pytest.mark.parametrize("routine", [STRETCH, GLUTES])
def test_the_window_gets_a_brief_it_understands(guided: Guided, routine: Routine) -> None:
    guided.guide.play(routine)
    brief = read(msgspec.json.encode(guided.windows.brief))
    assert (brief.routine, brief.kind, brief.speed) == (routine.id, routine.kind, 2.0)
    assert (brief.time_limit, brief.sound, brief.speech) == (2.0, True, False)
    assert [(step.side, step.seconds, step.reps) for step in brief.steps] == [
        (step.side, step.seconds, step.reps) for step in routine.steps
    ]
    assert all(step.title and step.text and step.source and step.figure for step in brief.steps)


def test_the_word_of_the_window_counts_once(guided: Guided) -> None:
    guided.guide.play(STRETCH)
    guided.says("ready")
    guided.says("ended", routine=7, done=[0, 2])
    guided.says("ended", routine=7, done=[0, 1, 2])
    assert guided.told == [ev.RoutineEnded(7, (0, 2))]
    assert guided.notifier.notes == []


def test_another_routine_takes_the_place_of_the_first(guided: Guided) -> None:
    guided.guide.play(STRETCH)
    last_word = guided.windows.said
    assert last_word is not None
    guided.guide.play(GLUTES)
    last_word({"event": "ended", "done": [0]})
    assert guided.told == []
    assert guided.windows.brief is not None
    assert guided.windows.brief["routine"] == 8


def test_what_was_too_hard_or_hurt_is_told_and_the_steps_are_swapped(guided: Guided) -> None:
    guided.guide.play(STRETCH)
    guided.says("too_hard", routine=7, step=0)
    guided.says("hurts", routine=7, step=1)
    assert guided.told == [ev.TooHard(7, 0), ev.Hurts(7, 1)]
    easier = replace(STRETCH, steps=(STRETCH.steps[0], Step("stand_up", None, 150.0)))
    guided.guide.swap(easier, 1)
    swap = guided.windows.told[-1]
    assert (swap["do"], swap["at"]) == ("swap", 1)
    assert [step["exercise"] for step in swap["steps"]] == ["split_stance", "stand_up"]
    guided.says("ended", routine=7, done=[0, 1])
    assert guided.told[-1] == ev.RoutineEnded(7, (0, 1))


def test_who_asks_for_help_gets_it(guided: Guided) -> None:
    guided.guide.play(STRETCH)
    guided.says("help")
    assert guided.happened == ["help"]


def test_an_invitation_that_is_taken_becomes_the_routine_s_window(guided: Guided) -> None:
    guided.invites()
    brief = read(msgspec.json.encode(guided.windows.brief))
    assert brief.ask is not None
    assert [step.exercise for step in brief.steps] == ["split_stance"], "for its figure"
    assert (brief.ask.prompt, brief.ask.snooze_min, brief.firm, brief.quietly) == (3, 10, True, True)
    guided.says("ready")
    guided.says("answer", prompt=3, do="start")
    assert (guided.happened, guided.told) == (["shown"], [ev.Answer(Do.START, 3)])
    guided.guide.play(STRETCH)
    assert guided.windows.told[-1]["do"] == "play"
    assert len(guided.windows.told[-1]["steps"]) == 3
    guided.says("ended", routine=7, done=[0])
    assert guided.told[-1] == ev.RoutineEnded(7, (0,))


@pytest.mark.parametrize("answer", [Do.SNOOZE, Do.SKIP, Do.DISMISS])
def test_not_now_closes_the_invitation(guided: Guided, answer: Do) -> None:
    guided.invites()
    guided.says("ready")
    guided.says("answer", prompt=3, do=answer.value)
    assert guided.told == [ev.Answer(answer, 3)]
    assert guided.windows.open_now == {}


def test_an_invitation_that_is_closed_is_dismissed(guided: Guided) -> None:
    guided.invites()
    guided.says("ready")
    guided.says("ended")
    assert guided.told == [ev.Answer(Do.DISMISS, 3)]


def test_an_invitation_that_cannot_be_shown_says_so(guided: Guided) -> None:
    guided.invites()
    guided.says("gone", reason="did not paint")
    assert (guided.happened, guided.told) == (["failed"], [])


def test_withdrawn_an_invitation_goes_and_a_routine_stays(guided: Guided) -> None:
    guided.invites()
    guided.guide.withdraw()
    assert guided.windows.open_now == {}
    guided.guide.play(STRETCH)
    guided.guide.withdraw()
    assert "break" in guided.windows.open_now
    assert guided.told == []


def test_it_comes_to_the_front_and_lets_go_of_the_screens(guided: Guided) -> None:
    assert not guided.guide.come_forward()
    guided.guide.release()
    guided.guide.play(STRETCH)
    assert guided.guide.come_forward()
    guided.guide.release()
    assert guided.windows.told == [{"do": "front"}, {"do": "release"}]


def test_without_a_window_a_note_for_each_step_and_the_clock_guide(guided: Guided) -> None:
    guided.guide.play(STRETCH)
    guided.says("gone", reason="did not paint")
    guided.loop.advance(14)
    guided.loop.advance(2)
    guided.loop.advance(15)
    assert [(note.title, note.actions) for note in guided.notifier.notes] == [
        ("Split-stance stretch, left side", ()),
        ("Split-stance stretch, right side", ()),
        ("Stand up and move", ()),
    ]
    assert all(note.body for note in guided.notifier.notes)
    assert guided.told == []
    guided.loop.advance(60)
    assert guided.told == [ev.RoutineEnded(7, (0, 1, 2))]
    assert guided.notifier.shown is None


def test_stopped_it_is_silent(guided: Guided) -> None:
    guided.guide.play(STRETCH)
    guided.says("gone", reason="did not paint")
    guided.guide.stop()
    guided.loop.advance(200)
    assert guided.told == []
    assert len(guided.notifier.notes) == 1
    guided.guide.stop()
