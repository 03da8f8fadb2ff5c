import pytest

from tray_agent.core import events as ev
from tray_agent.core.model import Signal
from tray_agent.shell.day_story import DayStory

ON, OFF = ev.Context(Signal.CALL, on=True), ev.Context(Signal.CALL, on=False)
HOUR = 3600.0


@pytest.fixture
def story() -> DayStory:
    return DayStory()


def test_calls_are_remembered_from_when_to_when(story: DayStory) -> None:
    for event, at in ((ON, 100.0), (ON, 150.0), (OFF, 400.0), (OFF, 500.0), (ON, 900.0)):
        story.hear(event, at)
    assert story.calls(0.0, 1000.0) == ((100.0, 400.0), (900.0, 1000.0))


def test_only_calls_are(story: DayStory) -> None:
    story.hear(ev.Context(Signal.MEDIA, on=True), 100.0)
    story.hear(ev.Input(), 200.0)
    assert story.calls(0.0, 1000.0) == ()


def test_a_call_is_cut_where_the_day_began(story: DayStory) -> None:
    story.hear(ON, 100.0)
    story.hear(OFF, 400.0)
    assert story.calls(300.0, 500.0) == ((300.0, 400.0),)
    assert story.calls(400.0, 500.0) == ()


def test_after_a_day_it_is_forgotten(story: DayStory) -> None:
    story.hear(ON, 0.0)
    story.hear(OFF, HOUR)
    story.hear(ev.Input(), 24 * HOUR)
    assert story.calls(0.0, 24 * HOUR) == ((0.0, HOUR),)
    story.hear(ev.Input(), 25 * HOUR)
    assert story.calls(0.0, 25 * HOUR) == ()


def test_what_is_erased_has_never_been(story: DayStory) -> None:
    story.hear(ON, 0.0)
    story.hear(OFF, HOUR)
    story.hear(ON, 2 * HOUR)
    story.hear(ev.Forget(), 3 * HOUR)
    assert story.calls(0.0, 4 * HOUR) == ((3 * HOUR, 4 * HOUR),)
    story.hear(OFF, 4 * HOUR)
    story.hear(ev.Forget(), 5 * HOUR)
    assert story.calls(0.0, 6 * HOUR) == ()
