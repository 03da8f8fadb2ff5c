"""What is forgotten and what goes on; the timelines of it are in test_engine."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.support.timeline import Playbook, reloaded
from tray_agent.core import events as ev
from tray_agent.core.engine import State
from tray_agent.core.model import Kind, Posture
from tray_agent.core.quiet import QuietState
from tray_agent.core.rules import Rules
from tray_agent.core.timeline import Timeline


def lived() -> State:
    """The state of somebody who has worked, stood, been asked and moved, and is in a call."""
    day = Playbook(Rules())
    day.calendar(work=[("0:00", "9:00")])
    day.works("0:00", "0:45")
    day.answers("start")
    day.finishes("0:48")
    day.works("0:50", "0:55")
    day.says("standing", "0:55")
    day.says("seated", "1:05")
    day.tells(ev.Pause(3600))
    day.begins("call", "1:06")
    day.works("1:06", "1:10")
    return day.engine.snapshot()


@pytest.mark.parametrize("posture", Posture)
def test_nothing_of_the_past_is_left(posture: Posture) -> None:
    state = lived()
    after = state.forgotten(posture)
    fresh = State(now=state.now)
    for part in ("policy", "questions", "bout_ended", "corrected"):
        assert getattr(after, part) == getattr(fresh, part), part
    assert structs.replace(after.ledger, date="", week="", began=0) == fresh.ledger
    assert structs.replace(after.programme, date="", week="") == fresh.programme
    assert after.estimator.timeline in (Timeline(), Timeline(state.now, state.now))
    assert Kind.HIP_FLEXOR in state.programme.movements


def test_the_calendar_and_what_the_sensors_say_go_on() -> None:
    state = lived()
    after = state.forgotten(Posture.SEATED)
    assert after.now == state.now
    assert after.ledger.date == after.programme.date == "2026-03-02"
    assert after.programme.week == "2026-W10"
    assert after.quiet == QuietState(
        date="2026-03-02",
        day_ends=state.quiet.day_ends,
        work=state.quiet.work,
        first_input=state.now,
        signals=state.quiet.signals,
        since=state.quiet.since,
    )
    assert after.estimator.holding == state.estimator.holding
    assert after.estimator.last_input == state.estimator.last_input


def test_only_who_sits_has_sat_down_and_only_who_stands_stands() -> None:
    state = lived()
    seated, standing, away = (
        state.forgotten(posture) for posture in (Posture.SEATED, Posture.STANDING, Posture.AWAY)
    )
    assert (seated.estimator.timeline.first, seated.estimator.standing_since) == (state.now, None)
    assert (standing.estimator.timeline.first, standing.estimator.standing_since) == (None, state.now)
    assert (away.estimator.timeline.first, away.estimator.standing_since) == (None, None)
    assert away.quiet.first_input is None


def test_it_survives_the_file() -> None:
    state = lived()
    assert reloaded(state) == state
    assert reloaded(state.forgotten(Posture.AWAY)) == state.forgotten(Posture.AWAY)
