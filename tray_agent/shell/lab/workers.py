"""Made-up workers: who they are, how their days go, and what they answer when they are asked to move.

The figures are those of `config/lab.toml`, which says where they come from.  The same seed is the same
worker with the same plans whatever the policy; what differs is what the prompts make of their day.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec

from tray_agent.core import events as ev
from tray_agent.core.model import Do, Insistence, Limits, Signal
from tray_agent.shell import resources
from tray_agent.shell.trace import Happening, Slept

DAY_S = 86400.0
WORKDAYS = 5
_MIN = 60.0
_HOUR = 3600.0
_TYPING_S, _LULL_S, _GLANCE_S = 45.0, 15.0, 30.0


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people in one kind of work have in common; as in `config/lab.toml`."""

    share: float
    arrive: float
    hours: float
    focus_min: float
    away_min: float
    lunch_min: float
    at_desk: float
    calls: float
    call_min: float
    reading: float
    locks: float
    start: float
    snooze: float
    skip: float
    tires: float


class Reactions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How prompts are taken, whatever the profile."""

    window: float
    icon: float
    late_s: float
    follows: float
    cleared: float


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody there is."""

    reactions: Reactions
    profiles: dict[str, Profile]


def load(file: Path | None = None) -> People:
    """Who works here; raises `ValueError` naming what is wrong in the file."""
    file = file or resources.config("lab.toml")
    try:
        return msgspec.toml.decode(file.read_bytes(), type=People)
    except msgspec.DecodeError as error:
        raise ValueError(f"{file}: {error}") from None


def profile_of(people: People, number: int) -> str:
    """The profile of the worker with this number: each has its share among all of them."""
    at, passed = _chance("profile", number).random(), 0.0
    for name, profile in people.profiles.items():
        passed += profile.share
        if at < passed:
            return name
    return next(reversed(people.profiles))


def _chance(of: str, number: int) -> Random:
    return Random(f"{of} {number}")  # noqa: S311 - the same number is to give the same worker


class Worker:
    """One worker; `days` is their life as events, which `asked` may change while it goes on.

    `off_chair` collects when they truly were off the chair, as (start, end) on the axis.
    """

    def __init__(
        self, profile: Profile, reactions: Reactions, number: int, insistence: Insistence, break_s: float
    ) -> None:
        self._profile = profile
        self._reactions = reactions
        self._plans = _chance("plans", number)
        self._moods = _chance("moods", number)
        self._insistence = insistence
        self._break_s = break_s
        self._t = 0.0
        self._prompts_today = 0
        self._answer_at: float | None = None
        self.off_chair: list[tuple[float, float]] = []
        self.cleared = self._plans.random() < reactions.cleared

    def asked(self, t: float) -> None:
        """A prompt was shown at `t`: it is answered at some time after."""
        self._prompts_today += 1
        self._answer_at = t + self._moods.expovariate(1 / self._reactions.late_s)

    def days(self, count: int) -> Iterator[tuple[float, Happening]]:
        """So many days of work from Monday midnight on, weekends left out."""
        yield 0.0, ev.LimitsSaid(Limits(cleared=self.cleared))
        yield 0.0, Slept(on=True)
        for number in range(count):
            weeks, day = divmod(number, WORKDAYS)
            began = (weeks * 7 + day) * DAY_S
            yield from self._day(began)
        last = self._t
        self.off_chair.append((last, last + DAY_S))

    def _day(self, began: float) -> Iterator[tuple[float, Happening]]:
        who, plans = self._profile, self._plans
        arrive = began + (who.arrive + plans.gauss(0, 0.3)) * _HOUR
        leave = arrive + who.hours * _HOUR * plans.uniform(0.92, 1.08)
        lunch_at = arrive + (leave - arrive) * plans.uniform(0.42, 0.52)
        calls = sorted(
            plans.uniform(arrive, leave) for _ in range(round(plans.gauss(who.calls, who.calls**0.5 / 2)))
        )
        up_at = arrive + plans.expovariate(1 / (who.focus_min * _MIN))
        self._prompts_today, self._answer_at = 0, None
        self.off_chair.append((self._t, arrive))
        self._t = arrive
        yield self._t, Slept(on=False)
        yield self._t, ev.Input(ongoing=True)
        lunched = False
        while self._t < leave:
            if not lunched and self._t >= lunch_at:
                lunched = True
                if plans.random() >= who.at_desk:
                    yield from self._away(who.lunch_min * _MIN * plans.uniform(0.7, 1.3))
                    up_at = self._t + plans.expovariate(1 / (who.focus_min * _MIN))
            elif calls and self._t >= calls[0]:
                calls.pop(0)
                yield from self._call(max(_MIN, plans.expovariate(1 / (who.call_min * _MIN))))
            elif self._t >= up_at:
                yield from self._away(max(30.0, plans.expovariate(1 / (who.away_min * _MIN))))
                up_at = self._t + plans.expovariate(1 / (who.focus_min * _MIN))
            elif (
                plans.random() < who.reading / 4
            ):  # a silence is about four times as long as a stretch of work
                yield from self._silence(plans.uniform(1, 6) * _MIN)
            else:
                yield from self._typing()
            began_break = self._t
            yield from self._answered()
            if self._t > began_break:  # whoever has just been up does not get up again at once
                up_at = max(up_at, self._t + 0.5 * who.focus_min * _MIN)
        yield self._t, ev.Input(ongoing=False)
        yield self._t, ev.Locked()
        yield self._t, Slept(on=True)

    def _typing(self) -> Iterator[tuple[float, Happening]]:
        yield self._t, ev.Input(ongoing=True)
        self._t += _TYPING_S
        yield self._t, ev.Input(ongoing=False)
        self._t += _LULL_S
        yield self._t, ev.Tick()

    def _silence(self, seconds: float) -> Iterator[tuple[float, Happening]]:
        """Somebody reads or thinks, and sees a prompt all the same."""
        ends = self._t + seconds
        while self._t < ends:
            yield from self._wait(min(_GLANCE_S, ends - self._t))
            yield from self._answered()

    def _call(self, seconds: float) -> Iterator[tuple[float, Happening]]:
        yield self._t, ev.Context(Signal.CALL, on=True)
        ends = self._t + seconds
        while self._t < ends:
            yield self._t, ev.Input()
            yield from self._wait(min(2 * _MIN, ends - self._t))
        yield self._t, ev.Context(Signal.CALL, on=False)

    def _away(self, seconds: float) -> Iterator[tuple[float, Happening]]:
        locked = self._plans.random() < self._profile.locks
        yield self._t, ev.Input()
        if locked:
            self._t += 2.0
            yield self._t, ev.Locked()
        left = self._t
        self._t += seconds
        self.off_chair.append((left, self._t))
        if locked:
            yield self._t, ev.Unlocked()
        yield self._t, ev.Input()
        self._answer_at = None  # a note that waited meanwhile is withdrawn by the break

    def _wait(self, seconds: float) -> Iterator[tuple[float, Happening]]:
        self._t += seconds
        yield self._t, ev.Tick()

    def _answered(self) -> Iterator[tuple[float, Happening]]:
        """Answer the prompt that is showing, once the time for it has come."""
        if self._answer_at is None or self._t < self._answer_at:
            return
        self._answer_at = None
        who, mood = self._profile, self._moods.random()
        start = min(1.0, who.start * self._pull() * who.tires ** (self._prompts_today - 1))
        rest = (1 - start) / (1 - who.start) if who.start < 1 else 0.0
        if mood < start:
            yield self._t, ev.Answer(Do.START)
            yield from self._move()
        elif mood < start + who.snooze * rest:
            yield self._t, ev.Answer(Do.SNOOZE)
        elif mood < start + (who.snooze + who.skip) * rest:
            yield self._t, ev.Answer(Do.SKIP)

    def _move(self) -> Iterator[tuple[float, Happening]]:
        follows = self._moods.random() < self._reactions.follows
        left = self._t
        self._t += (self._break_s if follows else self._break_s / 3) + 5.0
        self.off_chair.append((left, self._t))
        yield self._t, ev.Input()

    def _pull(self) -> float:
        match self._insistence:
            case Insistence.ICON:
                return self._reactions.icon
            case Insistence.WINDOW | Insistence.FIRM:
                return self._reactions.window
            case Insistence.NOTIFY:
                return 1.0
