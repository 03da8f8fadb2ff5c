"""Whatever begins and ends in whatever order: no prompt in quiet, no debt forgiven, one prompt after it."""

from __future__ import annotations

import math

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.support.timeline import STAND_UPS, Playbook
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.model import Signal
from tray_agent.core.rules import AFTER_QUIET_S

PATIENT = structs.replace(STAND_UPS, expire_s=math.inf)
"""Prompts that stay until they are taken away: nothing but quiet can make another one come."""
HOLDING = (Signal.CALL, Signal.SHARING, Signal.FULLSCREEN, Signal.DND)
LOOK_S, LULL_S, BURST_S = 10.5, 6.0, 181.0
"""What a look, the lull that a prompt waits for, and the longest burst may add."""


class Truth(Playbook):
    """Knows what is on, whoever has been told of it, and watches every step."""

    def __init__(self, *, edges: bool, answers_after: float | None) -> None:
        self.on: dict[Signal, float] = {}
        self.held_until: float | None = None
        super().__init__(PATIENT, edges=edges, answers_after=answers_after)

    def turns(self, signal: Signal, *, on: bool) -> None:
        if on:
            self.on.setdefault(signal, self.now)
        elif self.on.pop(signal, None) is not None and not self.on:
            view = self.view
            self.held_until = self.now if view.owed and set(view.quiet) & set(HOLDING) else None
        super().turns(signal, on=on)

    def _step(self, event: ev.Event) -> tuple[do.Command, ...]:
        was_owed = self.view.owed
        commands = super()._step(event)
        view = self.view
        assert view.owed or not was_owed, f"a debt was forgiven\n{self}"
        if any(isinstance(command, do.ShowPrompt) for command in commands):
            assert not self.on, f"a prompt while {self.on}\n{self}"
        if view.prompt is not None and self.on:
            noticed_s = 0.0 if self._lookout is None else LOOK_S
            assert self.now <= min(self.on.values()) + noticed_s, f"a prompt stays while {self.on}\n{self}"
        return commands


steps = st.lists(
    st.tuples(st.sampled_from(HOLDING), st.sampled_from([1.0, 5.0, 30.0, 200.0, 900.0]) | st.floats(1, 2000)),
    min_size=1,
    max_size=8,
)


held: list[float] = []
"""When quiet ended that had held a prompt, in every run so far."""


@given(
    edges=st.booleans(),
    answers_after=st.sampled_from([None, 0.5]),
    every=st.sampled_from([4.0, 7.0, 20.0, 44.0]),
    at_last=st.sampled_from([1.0, 8.0, 20.0]),
    steps=steps,
)
@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),  # shrinking takes minutes
)
def lived(
    edges: bool, answers_after: float | None, every: float, at_last: float, steps: list[tuple[Signal, float]]
) -> None:
    day = Truth(edges=edges, answers_after=answers_after)
    day.works_for(2000, 20)
    for signal, length_s in steps:
        day.turns(signal, on=signal not in day.on)
        day.works_for(length_s, every)
    for signal in list(day.on):
        day.turns(signal, on=False)
    day.works_for(300, at_last)
    end = day.held_until
    late_s = 0.0 if answers_after is None else LOOK_S + answers_after
    most_s = AFTER_QUIET_S + late_s + (BURST_S if min(every, at_last) < LULL_S else max(every, LULL_S))
    if end is not None and day.now >= end + most_s:
        after = [at - end for at, command in day.log if isinstance(command, do.ShowPrompt) and at >= end]
        assert len(after) == 1, f"{after} after {end}\n{day}"
        assert 10 <= after[0] <= most_s, f"{after} after {end}\n{day}"
        held.append(end)


def test_quiet_defers_and_never_forgives() -> None:
    held.clear()
    lived()
    assert len(held) >= 20, held
