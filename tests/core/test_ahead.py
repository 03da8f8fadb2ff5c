"""What is due next, and that no news is no news."""

from __future__ import annotations

import pytest

from tests.support.timeline import EXERCISES, STAND_UPS
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine
from tray_agent.core.model import Posture, Reason
from tray_agent.core.rules import Rules

DAY = ev.Day("2026-03-02", "2026-W10", 86400.0, None)


def at_work() -> Engine:
    """Somebody has worked for half an hour, with an input every 20 s and one just now."""
    engine = Engine(STAND_UPS, EXERCISES)
    for event in (DAY, ev.SensorFound()):
        engine.handle(event, 0.0)
    for t in range(0, 1801, 20):
        engine.handle(ev.Input(), float(t))
    return engine


def test_nothing_is_due_without_anybody() -> None:
    engine = Engine(Rules(), EXERCISES)
    assert engine.deadline() is None
    engine.handle(DAY, 0.0)
    assert engine.deadline() is None


def test_silence_is_due_after_a_minute_and_again_when_it_is_an_absence() -> None:
    engine = at_work()
    assert engine.deadline() == 1860
    engine.handle(ev.Tick(), 1860)
    assert engine.deadline() == 1800 + STAND_UPS.idle_threshold_s


@pytest.mark.parametrize(
    ("event", "due"), [(ev.Input(), 1870), (ev.Input(4.0), 1866), (ev.Input(ongoing=True), 2685)]
)
def test_an_input_puts_silence_off_and_nothing_else(event: ev.Event, due: float) -> None:
    engine = at_work()
    before = engine.view(1810)
    assert engine.handle(event, 1810) == ()
    assert engine.deadline() == due  # at last, what a prompt wants a quarter of a minute before it is due
    after = engine.view(1810)
    assert (after.next_at, after.today, after.quiet) == (before.next_at, before.today, before.quiet)


def test_a_tick_before_anything_is_due_changes_nothing() -> None:
    engine = at_work()
    due, before = engine.deadline(), engine.snapshot()
    assert engine.handle(ev.Tick(), 1859) == ()
    assert engine.deadline() == due
    before.now = 1859
    assert engine.snapshot() == before


def test_other_rules_make_due_what_was_not() -> None:
    engine = at_work()
    engine.use(Rules(interval_s=1500, kinds=STAND_UPS.kinds))
    assert engine.handle(ev.Tick(), 1806) != ()


def test_an_input_is_news_to_a_machine_that_was_thought_to_sleep() -> None:
    engine = at_work()
    engine.handle(ev.Suspended(), 1810)
    engine.handle(ev.Unlocked(), 1830)
    assert Reason.ASLEEP in engine.quiet()
    engine.handle(ev.Input(), 1840)
    assert Reason.ASLEEP not in engine.quiet()


def test_the_end_of_input_is_news_when_it_lies_a_minute_back() -> None:
    engine = at_work()
    engine.handle(ev.Input(ongoing=True), 1810)
    assert Reason.IDLE not in engine.quiet()
    engine.handle(ev.Input(61.0), 1890)
    assert Reason.IDLE in engine.quiet()


def test_the_first_input_of_a_day_is_news() -> None:
    engine = at_work()
    engine.handle(ev.Day("2026-03-03", "2026-W10", 86400.0, None), 1805)
    assert Reason.DAY_START not in engine.quiet()
    engine.handle(ev.Input(), 1810)
    assert Reason.DAY_START in engine.quiet()


def test_an_input_is_news_of_who_was_away() -> None:
    engine = at_work()
    engine.handle(ev.Tick(), 2100)
    assert engine.estimate(2100).posture is Posture.AWAY
    assert engine.handle(ev.Input(), 2110) != ()
    assert engine.estimate(2110).posture is Posture.SEATED
