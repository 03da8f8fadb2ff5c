from __future__ import annotations

from tests.support.timeline import EXERCISES, NewDay, Playbook
from tray_agent.core.engine import Engine
from tray_agent.core.model import Kind
from tray_agent.core.rules import Rules
from tray_agent.core.week import Week


def test_before_anything_happened() -> None:
    view = Engine(Rules(), EXERCISES).view(0)
    assert (view.next_kind, view.next_at, view.prompt, view.owed) == (None, None, None, False)


def test_what_comes_next(new_day: NewDay) -> None:
    day = new_day(Rules())
    day.works("0:00", "0:10")
    assert (day.view.next_kind, day.view.next_at) == (Kind.HIP_FLEXOR, 2700)
    assert day.engine.rules == Rules()


def test_quiet_is_as_of_the_last_event(day: Playbook) -> None:
    day.works("0:00", "0:10")
    assert day.engine.quiet() == ("day_start",)
    day.until("0:11")
    assert day.engine.quiet() == ("idle", "day_start")


def test_the_week_is_part_of_it(day: Playbook) -> None:
    day.works("0:00", "0:10")
    assert day.view.week == Week("2026-W10")
