"""A day told as a timeline: the engine driven as a shell drives it, times as people write them.

    day.works("0:00", "0:46", every=20)
    day.expects_prompt("0:45:00", "stand_up")
    day.answers("snooze")

Times are `h:mm` or `h:mm:ss` since the playbook began.  A `Tick` comes at each of the engine's
deadlines, before whatever else happens at that time.  Input is told one by one, or with `edges` as
pauses and their ends, just as the two kinds of sensors do.  With `answers_after` nobody knows what
is on but by a look around, whose answer takes so long.  What was expected and did not come, or
came and was not expected, fails with the whole conversation.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine, State, View
from tray_agent.core.model import Do, Exercise, Kind, Position, Posture, Routine, Signal
from tray_agent.core.rules import Rules

EXERCISES = (
    Exercise("stand_up", Kind.STAND_UP, sided=False),
    Exercise("split_stance", Kind.HIP_FLEXOR),
    Exercise("standing_quad", Kind.HIP_FLEXOR, loaded=True),
    Exercise("half_kneel", Kind.HIP_FLEXOR, floor=True),
    Exercise("glute_squeeze", Kind.GLUTES, sided=False, rep_s=8),
    Exercise("hip_extension", Kind.GLUTES, loaded=True, rep_s=5),
    Exercise("glute_bridge", Kind.GLUTES, floor=True, loaded=True, sided=False, rep_s=6),
    Exercise("seated_shift", Kind.STAND_UP, sided=False, position=Position.CHAIR),
    Exercise("seated_squeeze", Kind.GLUTES, sided=False, rep_s=8, position=Position.CHAIR),
)

STAND_UPS = Rules(kinds=frozenset({Kind.STAND_UP}))
"""The standard intensity without movements: every prompt is a plain stand-up."""

COARSE_PAUSE_S = 30.0
NEVER = float("inf")

C = TypeVar("C", bound=do.Command)
Span = tuple[str, str]

NewDay = Callable[..., "Playbook"]
"""Makes a playbook that a test need not check for stray prompts."""


def seconds(time: str) -> float:
    """`1:02:03` and `1:02` in seconds."""
    hours, minutes, *rest = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + (float(rest[0]) if rest else 0.0)


def clock(at: float) -> str:
    """Seconds as `1:02:03`, or `1:02` on the minute."""
    minutes, rest = divmod(round(at, 3), 60)
    text = f"{int(minutes) // 60}:{int(minutes) % 60:02}"
    return f"{text}:{rest:06.3f}".rstrip("0").rstrip(".") if rest else text


def reloaded(state: State) -> State:
    """The state as a shell gets it back from its file."""
    return msgspec.json.decode(msgspec.json.encode(state), type=State)


class Playbook:
    """One person's time with the engine; `now` is in seconds since it began.

    `edges`: input is told as pauses and their ends.  `amnesia`: after every event the engine is made
    anew from its snapshot.  `answers_after`: what begins and ends is only seen by a look around.
    """

    def __init__(
        self,
        rules: Rules = STAND_UPS,
        *,
        edges: bool = False,
        amnesia: bool = False,
        answers_after: float | None = None,
    ) -> None:
        self._lookout = None if answers_after is None else Lookout(answers_after)
        self.rules = rules
        self.engine = self._made_from(None)
        self.now = 0.0
        self.log: list[tuple[float, do.Command]] = []
        self.told: list[tuple[float, ev.Event | do.Command]] = []
        self._amnesia = amnesia
        self._sensor = Sensor() if edges else None
        self._prompts_seen = 0
        self.tells(ev.SensorFound())
        self.calendar()

    # What happens.

    def calendar(
        self,
        date: str = "2026-03-02",
        week: str = "2026-W10",
        ends: str = "24:00",
        work: Iterable[Span] | None = None,
    ) -> None:
        """What day it is; `ends` and `work` are times of this playbook, None is any time."""
        spans = None if work is None else tuple((self._ahead(a), self._ahead(b)) for a, b in work)
        self.tells(ev.Day(date, week, self._ahead(ends), spans))

    def until(self, time: str) -> None:
        """Time passes without input."""
        self.rests(seconds(time) - self.now)

    def rests(self, length_s: float) -> None:
        """Time passes without input, for so long."""
        self._pass_until(self.now + length_s)

    def works(self, start: str, end: str, every: float = 20.0) -> None:
        """Input at `start`, and from then on every so many seconds up to `end`."""
        self.until(start)
        self.works_for(seconds(end) - self.now, every)

    def works_for(self, length_s: float, every: float = 20.0) -> None:
        """Input now, and from then on every so many seconds for so long."""
        end = self.now + length_s
        while True:
            self._input()
            if self.now + every > end:
                break
            self.rests(every)
        self._pass_until(end)

    def types(self, start: str, end: str) -> None:
        """A burst of input, once a second."""
        self.works(start, end, every=1.0)

    def tells(self, event: ev.Event, time: str | None = None) -> None:
        """Anything else that happens, now or at that time."""
        if time is not None:
            self.until(time)
        self._handle(event)

    def locks(self, time: str) -> None:
        """The session is locked."""
        self.tells(ev.Locked(), time)

    def unlocks(self, time: str) -> None:
        """The session is unlocked."""
        self.tells(ev.Unlocked(), time)

    def says(self, posture: str, time: str) -> None:
        """The person says `standing`, `seated` or `away`."""
        self.tells(ev.Said(Posture(posture)), time)

    def begins(self, signal: str, time: str) -> None:
        """A call, a video, sharing, full screen or do-not-disturb begins."""
        self.until(time)
        self.turns(Signal(signal), on=True)

    def ends(self, signal: str, time: str) -> None:
        """It ends."""
        self.until(time)
        self.turns(Signal(signal), on=False)

    def turns(self, signal: Signal, *, on: bool) -> None:
        """Something begins or ends now; it is told, unless it takes a look to see it."""
        if self._lookout is None:
            self.tells(ev.Context(signal, on))
        else:
            self._lookout.turns(signal, on=on)

    def answers(self, answer: str, time: str | None = None, prompt: int | None = None) -> None:
        """The person answers the prompt that is showing, or the one of that id."""
        self.tells(ev.Answer(Do(answer), prompt), time)

    def sleeps(self, start: str, end: str) -> None:
        """The machine sleeps; nothing can happen in it meanwhile."""
        self.until(start)
        self.sleeps_for(seconds(end) - self.now)

    def sleeps_for(self, length_s: float) -> None:
        """The machine sleeps for so long from now on."""
        self.tells(ev.Suspended())
        self.now += length_s
        self._handle(ev.Resumed(length_s, slept=True))

    def finishes(self, time: str | None = None, steps: int | None = None) -> Routine:
        """The person does these first steps of what is played, by default all, and closes the window."""
        routine = self.view.routine
        assert routine is not None, f"nothing is played at {clock(self.now)}\n{self}"
        self.tells(ev.RoutineEnded(routine.id, tuple(range(len(routine.steps))[:steps])), time)
        return routine

    def is_killed(self, start: str, end: str, idle: float | None = None) -> None:
        """The agent dies and comes back from its last snapshot; `idle` is the counter's word then."""
        self.until(start)
        self.is_dead_for(seconds(end) - self.now, idle)

    def is_dead_for(self, length_s: float, idle: float | None = None) -> None:
        """The agent dies now and comes back so much later."""
        self.now += length_s
        self.engine = self._made_from(reloaded(self.engine.snapshot()))
        if self._lookout is not None:
            self._lookout.begins_anew()
        self._handle(ev.Resumed(length_s, slept=False, idle=idle))

    def uses(self, rules: Rules) -> None:
        """The person changes a setting."""
        self.rules = rules
        self.engine.use(rules)
        self._handle(ev.Tick())

    # What is expected.

    def expects_prompt(self, time: str, kind: str = "stand_up") -> None:
        """The next prompt came at that time, for that kind."""
        if self.now < seconds(time):
            self.until(time)
        shown = [(clock(at), command.prompt.kind.value) for at, command in self._all(do.ShowPrompt)]
        found = shown[self._prompts_seen : self._prompts_seen + 1]
        self._prompts_seen += 1
        self._expect("prompt", [(time, kind)], found)

    def expects_no_prompt(self, until: str | None = None) -> None:
        """No prompt came but those that were expected, up to now or that time."""
        if until is not None:
            self.until(until)
        shown = [(clock(at), command.prompt.kind.value) for at, command in self._all(do.ShowPrompt)]
        self._expect("prompts", [], shown[self._prompts_seen :])

    def expects_end(self, time: str, outcome: str) -> None:
        """The last prompt to end ended at that time, in that way."""
        ended = [(clock(at), command.outcome.value) for at, command in self._all(do.PromptEnded)]
        self._expect("end of a prompt", [(time, outcome)], ended[-1:])

    def expects_looks(self, *times: str) -> None:
        """At these times, and no others, a look around was asked for."""
        self._expect("looks", list(times), [clock(at) for at, _ in self._all(do.LookAround)])

    def expects_breaks(self, *breaks: tuple[str, str, str]) -> None:
        """These are all the breaks that are complete: (start, end, cause)."""
        taken = [command.taken for _, command in self._all(do.BreakTaken)]
        found = [(clock(b.start), clock(b.end or NEVER), b.cause.value) for b in taken]
        self._expect("breaks", list(breaks), found)

    def expects_bouts(self, *bouts: Span) -> None:
        """These are all the bouts that have ended: (start, end)."""
        found = [(clock(command.start), clock(command.end)) for _, command in self._all(do.BoutEnded)]
        self._expect("bouts", list(bouts), found)

    def expects_questions(self, *times: str) -> None:
        """At these times, and no others, the person was asked about an absence."""
        self._expect("questions", list(times), [clock(at) for at, _ in self._all(do.AskWereYouUp)])

    def expects_quiet(self, *reasons: str) -> None:
        """These reasons, in this order, stand in the way of a prompt now."""
        self._expect("quiet", list(reasons), [reason.value for reason in self.view.quiet])

    def expects(self, posture: str, sitting: str) -> None:
        """The estimate now: the posture, and the length of the running bout."""
        estimate = self.view.estimate
        found = [(estimate.posture.value, clock(estimate.sitting_s))]
        self._expect("estimate", [(posture, sitting)], found)

    # What can be asked.

    @property
    def view(self) -> View:
        """What a screen would show now."""
        return self.engine.view(self.now)

    def last(self, kind: type[C]) -> C:
        """The last command of that kind."""
        return self._all(kind)[-1][1]

    def __str__(self) -> str:
        """The conversation: what was told (->) and what the engine wanted done (<-)."""
        lines: list[str] = []
        for same, run in itertools.groupby(self.told, lambda told: told[1] == ev.Input() or told):
            (first, said), *more = run
            arrow = "->" if isinstance(said, ev.Event) else "    <-"
            times = f"... {clock(more[-1][0])} ({len(more) + 1} times)" if same is True and more else ""
            lines.append(f"{clock(first):>10} {arrow} {said} {times}")
        return "\n".join(lines)

    def _ahead(self, time: str) -> float:
        return seconds(time) - self.now

    def _all(self, kind: type[C]) -> list[tuple[float, C]]:
        return [(at, command) for at, command in self.log if isinstance(command, kind)]

    def _expect(self, what: str, wanted: Sequence[object], found: Sequence[object]) -> None:
        assert found == wanted, f"{what}: {found} instead of {wanted} at {clock(self.now)}\n{self}"

    def _input(self) -> None:
        if self._sensor is None:
            self._handle(ev.Input())
        elif event := self._sensor.input(self.now):
            self._handle(event)

    def _pass_until(self, end: float) -> None:
        """Everything due up to `end`: the engine's deadlines first, then what the sensor sees."""
        assert end >= self.now, f"{clock(end)} is past, it is {clock(self.now)}"
        while True:
            deadline = self.engine.deadline()
            tick_at = NEVER if deadline is None else max(deadline, self.now)
            edge_at = NEVER if self._sensor is None else max(self._sensor.pause_at, self.now)
            look_at = NEVER if self._lookout is None else max(self._lookout.answer_at, self.now)
            if min(tick_at, edge_at, look_at) > end:
                break
            self.now = min(tick_at, edge_at, look_at)
            if self._lookout is not None and look_at == self.now:
                for told in self._lookout.answer():
                    self._handle(told)
            elif tick_at <= edge_at:
                self._handle(ev.Tick())
                after = self.engine.deadline()
                assert after is None or after > self.now, f"a deadline stays at {after}\n{self}"
            elif self._sensor is not None:
                self._handle(self._sensor.pause(self.now))
        self.now = end

    def _handle(self, event: ev.Event) -> None:
        for command in self._step(event):
            if isinstance(command, do.LookAround) and self._lookout is not None:
                self._lookout.asked(self.now)
            elif isinstance(command, do.WatchInput) and self._sensor is not None:
                state = self._sensor.watch(command.fine_s, self.now)
                if state is not None:
                    self._handle(state)

    def _step(self, event: ev.Event) -> tuple[do.Command, ...]:
        if not isinstance(event, ev.Tick):
            self.told.append((self.now, event))
        commands = self.engine.handle(event, self.now)
        self.log += [(self.now, command) for command in commands]
        self.told += [(self.now, command) for command in commands]
        if self._amnesia:
            self.engine = self._made_from(reloaded(self.engine.snapshot()))
        return commands

    def _made_from(self, state: State | None) -> Engine:
        return Engine(self.rules, EXERCISES, state, looks=self._lookout is not None)


class Lookout:
    """Looks around when asked, one look at a time, and tells what has changed since the last one."""

    def __init__(self, takes_s: float) -> None:
        self.takes_s = takes_s
        self.answer_at = NEVER
        self._on: set[Signal] = set()
        self._told: dict[Signal, bool] = {}

    def turns(self, signal: Signal, *, on: bool) -> None:
        """Something begins or ends."""
        self._on = self._on | {signal} if on else self._on - {signal}

    def asked(self, now: float) -> None:
        """Somebody wants to know; who asks meanwhile waits for the same answer."""
        self.answer_at = min(self.answer_at, now + self.takes_s)

    def answer(self) -> list[ev.Event]:
        """What has changed, and that this was all."""
        seen = {signal: signal in self._on for signal in Signal}
        changed = [signal for signal, on in seen.items() if self._told.get(signal) is not on]
        self._told, self.answer_at = seen, NEVER
        return [*(ev.Context(signal, seen[signal]) for signal in changed), ev.LookedAround()]

    def begins_anew(self) -> None:
        """What was under way is lost, and nothing is known of what was told."""
        self.answer_at, self._told = NEVER, {}


class Sensor:
    """An idle counter with alarms: tells when input has paused for some time, and when it goes on."""

    def __init__(self) -> None:
        self._pause_s = COARSE_PAUSE_S
        self._last = -NEVER
        self._active = False

    @property
    def pause_at(self) -> float:
        """When the next pause is long enough to be told."""
        return self._last + self._pause_s if self._active else NEVER

    def input(self, now: float) -> ev.Input | None:
        """There was input: worth telling after a pause."""
        was_active, self._last, self._active = self._active, now, True
        return None if was_active else ev.Input(0.0, ongoing=True)

    def pause(self, now: float) -> ev.Input:
        """Input has paused."""
        self._active = False
        return ev.Input(now - self._last)

    def watch(self, fine_s: float | None, now: float) -> ev.Input | None:
        """Watch as finely as that from now on, and tell how things stand."""
        self._pause_s = fine_s or COARSE_PAUSE_S
        self._active = now < self._last + self._pause_s
        return None if self._last == -NEVER else ev.Input(now - self._last, ongoing=self._active)
