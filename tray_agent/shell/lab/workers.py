"""Made-up workers: how their days go, and what they answer when they are asked to move.

The same number is the same worker with the same plans whatever the policy; what differs is what the
prompts make of their day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from tray_agent.core import events as ev
from tray_agent.core.model import Do, Insistence, Limits, Signal
from tray_agent.shell.lab.people import MIN, People, chance
from tray_agent.shell.trace import Happening, Slept

DAY_S = 86400.0
WORKDAYS = 5
_HOUR = 3600.0
_TYPING_S, _LULL_S, _GLANCE_S = 45.0, 15.0, 30.0
_STRETCHES_AN_HOUR = _HOUR / (_TYPING_S + _LULL_S)
_IN_CALL_S = 2 * MIN

Life = Iterator[tuple[float, Happening]]


class Screen(Protocol):
    """What a worker sees of the agent."""

    def asks(self, now: float) -> bool:
        """Whether a prompt is showing."""

    @property
    def routine_ends(self) -> float:
        """When the routine that is being shown will be over; without end where none is."""


class Worker:
    """One worker; `days` is their life as events, which `asked` may change while it goes on.

    `off_chair` collects when they truly were off the chair, as (start, end) on the axis, and `accepts`
    how probably they follow the first prompt of a day, summed over their days.
    """

    def __init__(
        self, people: People, number: int, insistence: Insistence, break_s: float, screen: Screen
    ) -> None:
        self._people = people
        self._who = people.profile(number)
        self._plans, self._moods = chance("plans", number), chance("moods", number)
        self._sits = self._who.sits * self._plans.lognormvariate(0, people.sitting.differ)
        self._start = self._who.start * people.reactions.pull(insistence)
        self._break_s = break_s
        self._screen = screen
        self._t = self._up_at = 0.0
        self._answer_at: float | None = None
        self.cleared = self._plans.random() < people.reactions.cleared
        self.off_chair: list[tuple[float, float]] = []
        self.accepts = 0.0

    def asked(self, t: float) -> None:
        """A prompt was shown at `t`: it is answered at some time after, if it then still shows."""
        self._answer_at = t + self._moods.expovariate(1 / self._people.reactions.late_s)

    def days(self, count: int) -> Life:
        """So many days of work from Monday midnight on, weekends left out."""
        yield 0.0, ev.LimitsSaid(Limits(cleared=self.cleared))
        yield 0.0, Slept(on=True)
        for number in range(count):
            weeks, day = divmod(number, WORKDAYS)
            self._willing = min(1.0, self._start * self._people.reactions.fades**weeks)
            self.accepts += self._willing
            yield from self._day((weeks * 7 + day) * DAY_S)
        self.off_chair.append((self._t, self._t + DAY_S))

    def _day(self, began: float) -> Life:
        who, plans = self._who, self._plans
        arrive = began + (who.arrive + plans.gauss(0, 0.3)) * _HOUR
        leave = arrive + who.hours * _HOUR * plans.uniform(0.92, 1.08)
        lunch_at = arrive + (leave - arrive) * plans.uniform(0.42, 0.52)
        calls = sorted(
            plans.uniform(arrive, leave) for _ in range(round(plans.gauss(who.calls, who.calls**0.5 / 2)))
        )
        self.off_chair.append((self._t, arrive))
        self._t, self._answer_at = arrive, None
        self._sit_down()
        yield self._t, Slept(on=False)
        yield self._t, ev.Input()
        while self._t < leave:
            if self._t >= lunch_at:
                lunch_at = leave
                yield from self._lunch()
            elif calls and self._t >= calls[0]:
                calls.pop(0)
                yield from self._call(max(MIN, plans.expovariate(1 / (who.call_min * MIN))))
            elif self._t >= self._up_at:
                yield from self._away(*self._people.absence(plans))
            else:
                yield from self._at_desk()
            yield from self._answered()
        yield self._t, ev.Input()
        yield self._t, ev.Locked()
        yield self._t, Slept(on=True)

    def _sit_down(self) -> None:
        self._up_at = self._t + self._people.sits_for(self._sits, self._plans)

    def _lunch(self) -> Life:
        minutes = self._who.lunch_min * self._plans.uniform(0.7, 1.3)
        if self._plans.random() >= self._who.at_desk:
            yield from self._away(minutes * MIN, 1.0)

    def _at_desk(self) -> Life:
        silences_an_hour = self._people.silences.an_hour * self._who.reads
        if self._plans.random() < silences_an_hour / _STRETCHES_AN_HOUR:
            yield from self._silence(self._people.silence(self._plans))
        else:
            yield from self._typing()

    def _typing(self) -> Life:
        yield self._t, ev.Input(ongoing=True)
        self._t += _TYPING_S
        yield self._t, ev.Input(ongoing=False)
        yield from self._wait(_LULL_S)

    def _silence(self, seconds: float) -> Life:
        """Somebody reads or thinks, and sees a prompt all the same."""
        ends = self._t + seconds
        while self._t < min(ends, self._up_at):
            yield from self._wait(min(_GLANCE_S, ends - self._t))
            yield from self._answered()

    def _call(self, seconds: float) -> Life:
        yield self._t, ev.Context(Signal.CALL, on=True)
        ends = self._t + seconds
        while self._t < ends:
            yield self._t, ev.Input()
            yield from self._wait(min(_IN_CALL_S, ends - self._t))
        yield self._t, ev.Context(Signal.CALL, on=False)

    def _away(self, seconds: float, locks: float) -> Life:
        locked = self._plans.random() < locks * self._who.locks
        yield self._t, ev.Input()
        if locked:
            self._t += 2.0
            yield self._t, ev.Locked()
        self._off(seconds)
        if locked:
            yield self._t, ev.Unlocked()
        yield self._t, ev.Input()

    def _off(self, seconds: float) -> None:
        self.off_chair.append((self._t, self._t + seconds))
        self._t += seconds
        self._sit_down()

    def _wait(self, seconds: float) -> Life:
        self._t += seconds
        yield self._t, ev.Tick()

    def _answered(self) -> Life:
        """Answer the prompt that is showing, if there is one, when the time for it has come."""
        if self._answer_at is None:
            return
        if self._answer_at > self._t:
            yield from self._wait(self._answer_at - self._t)
        self._answer_at = None
        if not self._screen.asks(self._t):
            return
        match self._mood():
            case Do.START:
                yield self._t, ev.Answer(Do.START)
                yield from self._move()
            case Do() as do:
                yield self._t, ev.Answer(do)
            case None:
                pass

    def _mood(self) -> Do | None:
        """What is answered this time; None lets it pass."""
        who, start, mood = self._who, self._willing, self._moods.random()
        self._willing *= who.tires
        rest = (1 - start) / (1 - who.start)
        for do, share in ((Do.START, start), (Do.SNOOZE, who.snooze * rest), (Do.SKIP, who.skip * rest)):
            mood -= share
            if mood < 0:
                return do
        return None

    def _move(self) -> Life:
        """Do what is shown, or stop a third of the way."""
        follows = self._moods.random() < self._people.reactions.follows
        ends = self._screen.routine_ends
        seconds = self._break_s if ends == float("inf") else max(self._break_s, ends - self._t)
        self._off((seconds if follows else seconds / 3) + 5.0)
        yield self._t, ev.Input()
        if not follows:
            yield self._t, ev.Answer(Do.DISMISS)
