"""A routine's life: how it begins, what becomes of it while it runs, and what is credited at its end.

`programme` composes it, `policy` goes by whether a break came of it, `ledger` counts what was done.
"""

from __future__ import annotations

from collections.abc import Iterator

from tray_agent.core import events as ev
from tray_agent.core.commands import Command, DoseDone, Guide, LimitsChanged, StopGuide, Swap
from tray_agent.core.ledger import Ledger
from tray_agent.core.model import Do, Kind, Limits
from tray_agent.core.policy import Policy
from tray_agent.core.programme import Programme

Told = ev.Answer | ev.BreakRequested | ev.RoutineEnded | ev.TooHard | ev.Hurts | ev.LimitsSaid


class Routines:
    """Runs one routine at a time; what is told about any other is passed over."""

    def __init__(self, programme: Programme, policy: Policy, ledger: Ledger) -> None:
        self._programme = programme
        self._policy = policy
        self._ledger = ledger

    def handle(self, event: Told, now: float) -> Iterator[Command]:
        """Take what the person said about a prompt, a break or their body."""
        match event:
            case ev.Answer():
                yield from self._answered(event, now)
            case ev.BreakRequested(kind):
                yield from self._wanted(kind, now)
            case ev.RoutineEnded():
                yield from self._ended(event, now)
            case ev.TooHard():
                yield from self._too_hard(event)
            case ev.Hurts():
                yield from self._hurts(event, now)
            case _:
                yield from self._limited(event.limits)

    def stop(self) -> Iterator[Command]:
        """End the running one without credit."""
        running = self._programme.stop()
        if running is not None:
            yield StopGuide(running.id)

    def _answered(self, event: ev.Answer, now: float) -> Iterator[Command]:
        """The person answered the prompt that is showing, or one that is not any more."""
        showing = self._policy.state.prompt
        if showing is None or event.prompt not in (None, showing.id):
            return
        yield from self.stop()
        yield from self._policy.answered(event.do, now)
        if event.do is Do.START:
            yield from self._begin(showing.kind)

    def _wanted(self, kind: Kind | None, now: float) -> Iterator[Command]:
        """The person wants a break of that kind, or of whatever kind comes next."""
        showing = self._policy.state.prompt
        yield from self.stop()
        if showing is not None:
            yield from self._policy.answered(Do.START, now)
        else:
            self._policy.started(now)
        yield from self._begin(
            kind or (showing and showing.kind) or self._programme.due_kind(now) or Kind.STAND_UP
        )

    def _ended(self, event: ev.RoutineEnded, now: float) -> Iterator[Command]:
        """The person is through with it."""
        if not self._runs(event.routine):
            return
        credit = self._programme.end(event.done, now)
        if credit is None:
            self._policy.put_off(now)
        else:
            self._ledger.moved(*credit)
            yield DoseDone(*credit, now)

    def _too_hard(self, event: ev.TooHard) -> Iterator[Command]:
        """An exercise of it is too hard."""
        if self._plays(event.routine, event.step):
            yield Swap(self._programme.too_hard(event.step), event.step)

    def _hurts(self, event: ev.Hurts, now: float) -> Iterator[Command]:
        """An exercise of it hurts."""
        if self._plays(event.routine, event.step):
            changed = self._programme.hurts(event.step)
            yield LimitsChanged(self._programme.limits, now)
            yield Swap(changed, event.step)

    def _limited(self, limits: Limits) -> Iterator[Command]:
        """The person said what their body allows: a routine that asks for more is over."""
        self._programme.limit(limits)
        running = self._programme.state.running
        if running and not all(self._programme.suitable.named(step.exercise) for step in running.steps):
            yield from self.stop()

    def _begin(self, kind: Kind) -> Iterator[Command]:
        routine = self._programme.begin(kind)
        if routine.steps:
            yield Guide(routine)

    def _runs(self, routine: int) -> bool:
        running = self._programme.state.running
        return running is not None and running.id == routine

    def _plays(self, routine: int, step: int) -> bool:
        running = self._programme.state.running
        return running is not None and running.id == routine and 0 <= step < len(running.steps)
