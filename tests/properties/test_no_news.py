"""What is passed over as no news is none: an engine that looks at every event in full says the same."""

from __future__ import annotations

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.support.timeline import EXERCISES
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine
from tray_agent.core.model import Do, Kind, Posture, Signal
from tray_agent.core.rules import Rules

DAY = ev.Day("2026-03-02", "2026-W10", 86400.0, ((-3600.0, 7200.0), (9000.0, 40000.0)))
MOVEMENTS_ALONE = frozenset({Kind.HIP_FLEXOR, Kind.GLUTES})
AT_WORK = [
    ev.Input(),
    ev.Input(3.0),
    ev.Input(59.5),
    ev.Input(60.0),
    ev.Input(ongoing=True),
    ev.Input(4.0, ongoing=True),
    ev.Tick(),
]
ELSE = [
    ev.Locked(),
    ev.Unlocked(),
    ev.Suspended(),
    ev.Resumed(90.0, slept=True),
    ev.Resumed(300.0, slept=False, idle=20.0),
    ev.Context(Signal.CALL, on=True),
    ev.Context(Signal.CALL, on=False),
    ev.LookedAround(),
    ev.SensorLost(),
    ev.SensorFound(),
    ev.Said(Posture.STANDING),
    ev.Said(Posture.SEATED),
    ev.Said(Posture.AWAY),
    ev.Correct(400.0, 100.0, Posture.SEATED),
    ev.Correct(400.0, 0.0, Posture.AWAY),
    ev.Answer(Do.START),
    ev.Answer(Do.SNOOZE),
    ev.BreakRequested(),
    ev.RoutineEnded(1, (0, 1)),
    ev.Pause(600.0),
    ev.Day("2026-03-03", "2026-W10", 86400.0, None),
    ev.Forget(),
]
WOKEN_BY_HAND: list[tuple[ev.Event, float]] = [(ev.Suspended(), 20), (ev.Unlocked(), 5), (ev.Input(), 1)]
PAUSES_S = [0.0, 0.0, 1.0, 4.0, 4.9, 5.0, 20.0, 29.3, 59.9, 60.0, 61.0, 119.0, 121.0, 150.0, 400.0, 2500.0]

told = st.one_of(st.sampled_from(AT_WORK), st.sampled_from(AT_WORK), st.sampled_from(ELSE))


class Both:
    """An engine, and one that is made anew from its own state before every event."""

    def __init__(self, rules: Rules, *, looks: bool) -> None:
        self._rules, self._looks = rules, looks
        self.one, self.other = (Engine(rules, EXERCISES, looks=looks) for _ in range(2))
        self.now = 0.0

    def tell(self, event: ev.Event) -> None:
        """They do and know the same."""
        self.other = Engine(self._rules, EXERCISES, self.other.snapshot(), looks=self._looks)
        assert self.one.handle(event, self.now) == self.other.handle(event, self.now)
        assert self.one.deadline() == self.other.deadline()
        assert self.one.quiet() == self.other.quiet()

    def rest(self, seconds: float) -> None:
        """Time passes."""
        end = self.now + seconds
        while (due := self.one.deadline()) is not None and due <= end:
            self.now = max(self.now, due)
            self.tell(ev.Tick())
        self.now = end
        assert self.one.snapshot() == self.other.snapshot()


@given(
    steps=st.lists(st.tuples(told, st.sampled_from(PAUSES_S)), min_size=15, max_size=40),
    kinds=st.sampled_from([frozenset({Kind.STAND_UP}), frozenset(Kind), MOVEMENTS_ALONE]),
    looks=st.booleans(),
)
@example(steps=WOKEN_BY_HAND, kinds=frozenset(Kind), looks=False)
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
def test_nothing_is_lost(steps: list[tuple[ev.Event, float]], kinds: frozenset[Kind], looks: bool) -> None:
    rules = Rules(interval_s=600, kinds=kinds, hip_flexor_spacing_s=1200, glute_spacing_s=1500)
    both = Both(rules, looks=looks)
    for first in (DAY, ev.SensorFound()):
        both.tell(first)
    for _ in range(24):  # a break is due when the day has gone on for twenty minutes
        both.tell(ev.Input())
        both.rest(49.5)
    for event, pause_s in steps:
        both.tell(event)
        both.rest(pause_s)
