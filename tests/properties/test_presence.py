"""The presence port: whatever a script or a sensor says in whatever order, its last word holds."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.support.timeline import Playbook
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.model import Posture
from tray_agent.core.rules import BREAK_COUNTS_AFTER_S, SAID_AWAY_S, STANDING_HOLDS_S

AWAY, STANDING, SEATED = (ev.Said(posture) for posture in (Posture.AWAY, Posture.STANDING, Posture.SEATED))
HERE = ev.Here()

steps = st.lists(
    st.tuples(
        st.sampled_from(
            [AWAY, STANDING, SEATED, HERE, ev.Input(), ev.Locked(), ev.Suspended(), ev.Unlocked()]
        ),
        st.sampled_from([0.0, 1.0, 9.9, 10.0, 11.0, 60.0, 119.0, 121.0, 149.0, 151.0, 1300.0, 2401.0]),
    ),
    max_size=30,
)


@given(steps=steps, amnesia=st.booleans())
@settings(max_examples=150, deadline=None, derandomize=True, database=None, phases=(Phase.generate,))
def test_the_last_word_holds(steps: list[tuple[ev.Event, float]], amnesia: bool) -> None:
    day = Playbook(amnesia=amnesia)
    day.works_for(600)
    standing_since: float | None = None
    away_since: float | None = None
    for event, pause_s in steps:
        day.tells(event)
        if standing_since is not None and day.now >= standing_since + STANDING_HOLDS_S:
            standing_since = None
        match event:
            case ev.Said(Posture.AWAY):
                away_since, standing_since = day.now, None
            case ev.Said(Posture.STANDING):
                away_since, standing_since = None, day.now
            case ev.Said(Posture.SEATED):
                away_since = standing_since = None
            case ev.Suspended():
                standing_since = None
            case ev.Here():
                away_since = None
            case ev.Input() | ev.Unlocked() if away_since is not None and day.now > away_since + SAID_AWAY_S:
                away_since = None
        posture = day.view.estimate.posture
        if standing_since is not None and not isinstance(event, ev.Locked):
            assert posture is Posture.STANDING, f"{event}\n{day}"
        elif away_since is not None:
            assert posture is not Posture.SEATED, f"{event}\n{day}"
        elif event in (SEATED, HERE):
            assert posture is Posture.SEATED, f"{event}\n{day}"
            assert "asleep" not in day.view.quiet, f"{event}\n{day}"
        if isinstance(event, ev.Locked) and posture is not Posture.STANDING:
            standing_since = None
        day.rests(pause_s)
        assert day.view.estimate.sitting_s <= day.now
    taken = [command.taken for _, command in day.log if isinstance(command, do.BreakTaken)]
    assert all((one.end or 0.0) - one.start >= BREAK_COUNTS_AFTER_S for one in taken), f"\n{day}"
    assert day.view.today.breaks == len(taken)
