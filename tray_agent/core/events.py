"""Everything that can be told to the engine.  Events carry ages, never stamps."""

from __future__ import annotations

from dataclasses import dataclass

from tray_agent.core.model import Do, Kind, Limits, Posture, Signal


@dataclass(frozen=True, slots=True)
class Input:
    """The last keyboard or mouse input was `age` seconds ago.

    With `ongoing`, input continues until an event with `ongoing=False` says how old the last one
    has become: a sensor that reports edges need not repeat itself.
    """

    age: float = 0.0
    ongoing: bool = False


@dataclass(frozen=True, slots=True)
class Locked:
    """The session was locked; by hand when the last input is fresh, else by itself."""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The session was unlocked, which a person at the desk must have done."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """The machine is going to sleep."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """Nobody observed the last `gap` seconds (sleep, crash, restart).

    `slept`: the machine was asleep for that time.  `idle`: age of the last input as the system's
    counter has it now, None where no counter can tell.
    """

    gap: float
    slept: bool
    idle: float | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """A call, a video, sharing, full screen or do-not-disturb began or ended."""

    signal: Signal
    on: bool


@dataclass(frozen=True, slots=True)
class LookedAround:
    """The answer to `LookAround`: whatever has not been told to be on is off, as far as can be known."""


@dataclass(frozen=True, slots=True)
class SensorFound:
    """Somebody can see input again."""


@dataclass(frozen=True, slots=True)
class SensorLost:
    """Nobody can see input any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """The person's own word: `standing`, `seated` or `away`, from now on."""

    posture: Posture


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody is at the desk, says a script or a sensor: counts as one input."""


@dataclass(frozen=True, slots=True)
class Correct:
    """Between `start_age` and `end_age` seconds ago the person was in `posture`, whatever we thought."""

    start_age: float
    end_age: float
    posture: Posture


@dataclass(frozen=True, slots=True)
class Forget:
    """The person erases everything that was ever learnt about them; what the sensors say goes on."""


@dataclass(frozen=True, slots=True)
class WereUp:
    """The answer to a question about an absence: `up` is None when it was waved away."""

    question: int
    up: bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The person's answer to a prompt; `prompt` None means the one that is showing."""

    do: Do
    prompt: int | None = None


@dataclass(frozen=True, slots=True)
class BreakRequested:
    """The person wants a break now, of a kind or (None) of the programme's choice."""

    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class RoutineEnded:
    """The person is through with a routine; `done` are the indices of the steps they did to the end."""

    routine: int
    done: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TooHard:
    """The exercise of this step of the routine is too hard."""

    routine: int
    step: int


@dataclass(frozen=True, slots=True)
class Hurts:
    """The exercise of this step of the routine hurts."""

    routine: int
    step: int


@dataclass(frozen=True, slots=True)
class Pause:
    """No prompts for `length_s` seconds, for the rest of the day (`today`), or (None) until resumed."""

    length_s: float | None = None
    today: bool = False


@dataclass(frozen=True, slots=True)
class Resume:
    """The person ends the pause."""


@dataclass(frozen=True, slots=True)
class Day:
    """The calendar, put on the axis: sent at start, at roll-over and whenever wall time moved.

    `date` and `week` are labels (`2026-03-02`, `2026-W10`).  `ends_in_s` is the time to the next
    roll-over.  `work` lists (start, end) of work hours in seconds from now, negative when past;
    None means always.
    """

    date: str
    week: str
    ends_in_s: float
    work: tuple[tuple[float, float], ...] | None


@dataclass(frozen=True, slots=True)
class LimitsSaid:
    """What the person's body allows: all that they have said so far, as it stands now."""

    limits: Limits


@dataclass(frozen=True, slots=True)
class Tick:
    """A deadline has come, or somebody wants the state brought up to now."""


Event = (
    Input
    | Locked
    | Unlocked
    | Suspended
    | Resumed
    | Context
    | LookedAround
    | SensorFound
    | SensorLost
    | Said
    | Here
    | Correct
    | Forget
    | WereUp
    | Answer
    | BreakRequested
    | RoutineEnded
    | TooHard
    | Hurts
    | Pause
    | Resume
    | Day
    | LimitsSaid
    | Tick
)
