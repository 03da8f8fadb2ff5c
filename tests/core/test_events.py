from __future__ import annotations

import typing

import pytest
from msgspec import structs

from tests.support.timeline import EXERCISES
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine
from tray_agent.core.model import Do, Limits, Posture, Signal
from tray_agent.core.rules import Rules

EXAMPLES: dict[type, ev.Event] = {
    type(event): event
    for event in (
        ev.Input(1.5, ongoing=True),
        ev.Locked(),
        ev.Unlocked(),
        ev.Suspended(),
        ev.Resumed(60, slept=True, idle=3),
        ev.Context(Signal.CALL, on=True),
        ev.LookedAround(),
        ev.SensorFound(),
        ev.SensorLost(),
        ev.Said(Posture.STANDING),
        ev.Here(),
        ev.Correct(600, 300, Posture.SEATED),
        ev.Forget(),
        ev.WereUp(1, up=None),
        ev.Answer(Do.START),
        ev.BreakRequested(),
        ev.RoutineEnded(1, (0, 2)),
        ev.TooHard(1, 0),
        ev.Hurts(1, 0),
        ev.Pause(),
        ev.Resume(),
        ev.Day("2026-03-02", "2026-W10", 3600, None),
        ev.LimitsSaid(Limits(cleared=True)),
        ev.Tick(),
    )
}


def test_there_is_an_example_of_each() -> None:
    assert set(EXAMPLES) == set(typing.get_args(ev.Event))


@pytest.mark.parametrize("event", EXAMPLES.values(), ids=lambda event: type(event).__name__)
def test_each_can_be_the_first_thing_an_engine_hears(event: ev.Event) -> None:
    engine = Engine(Rules(), EXERCISES)
    engine.handle(event, 100.0)
    engine.handle(ev.Tick(), 100.0)
    deadline = engine.deadline()
    assert deadline is None or deadline > 100
    assert engine.view(100.0).estimate.sitting_s <= 1.5


@pytest.mark.parametrize("event", EXAMPLES.values(), ids=lambda event: type(event).__name__)
def test_each_is_frozen(event: ev.Event) -> None:
    for field in structs.fields(event):
        with pytest.raises(AttributeError, match="immutable"):
            setattr(event, field.name, None)
