"""A routine in its window, in a window that fails, and by the clock alone."""

from __future__ import annotations

import msgspec
import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import FakeNotifier, FakeWindows
from tray_agent.core.model import Kind, Routine, Side, Step
from tray_agent.shell import catalogue
from tray_agent.shell.guide import Guide
from tray_agent.ui.brief import read

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


class Guided:
    """A guide at twice life's speed, and what it said of the routines that ended."""

    def __init__(self) -> None:
        self.loop, self.windows, self.notifier = FakeLoop(), FakeWindows(), FakeNotifier()
        self.ended: list[tuple[int, int]] = []
        known = catalogue.load()
        self.guide = Guide(
            self.loop,
            known,
            self.windows,
            self.notifier,
            speed=2.0,
            ended=lambda routine, steps: self.ended.append((routine, steps)),
        )

    def says(self, **message: object) -> None:
        """The window says something."""
        assert self.windows.said is not None
        self.windows.said(message)


@pytest.fixture
def guided() -> Guided:
    return Guided()


@pytest.mark.parametrize("routine", [STRETCH, GLUTES])
def test_the_window_gets_a_brief_it_understands(guided: Guided, routine: Routine) -> None:
    guided.guide.play(routine)
    brief = read(msgspec.json.encode(guided.windows.brief))
    assert (brief.routine, brief.kind, brief.speed) == (routine.id, routine.kind, 2.0)
    assert [(step.side, step.seconds, step.reps) for step in brief.steps] == [
        (step.side, step.seconds, step.reps) for step in routine.steps
    ]
    assert all(step.title and step.text and step.source for step in brief.steps)


def test_the_word_of_the_window_counts_once(guided: Guided) -> None:
    guided.guide.play(STRETCH)
    guided.says(event="ready")
    guided.says(event="ended", routine=7, steps_done=2)
    guided.says(event="ended", routine=7, steps_done=3)
    assert guided.ended == [(7, 2)]
    assert guided.notifier.notes == []


def test_another_routine_takes_the_place_of_the_first(guided: Guided) -> None:
    guided.guide.play(STRETCH)
    last_word = guided.windows.said
    assert last_word is not None
    guided.guide.play(GLUTES)
    last_word({"event": "ended", "steps_done": 3})
    assert guided.ended == []
    assert guided.windows.brief is not None
    assert guided.windows.brief["routine"] == 8


def test_without_a_window_a_note_and_the_clock_guide(guided: Guided) -> None:
    guided.guide.play(STRETCH)
    guided.says(event="gone", reason="did not paint")
    (note,) = guided.notifier.notes
    assert (note.prompt, note.title, note.actions) == (0, "Hip-flexor stretch", ())
    assert note.body
    guided.loop.advance(89)
    assert guided.ended == []
    guided.loop.advance(2)
    assert guided.ended == [(7, 3)]


def test_stopped_it_is_silent(guided: Guided) -> None:
    guided.guide.play(STRETCH)
    guided.says(event="gone", reason="did not paint")
    guided.guide.stop()
    guided.loop.advance(200)
    assert guided.ended == []
    assert guided.windows.brief is None
    guided.guide.stop()
