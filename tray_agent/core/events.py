"""Everything that can be told to the engine.  Events carry ages, never stamps."""

from __future__ import annotations

from msgspec import Struct

from tray_agent.core.model import Do, Kind, Limits, Posture, Signal


class Input(Struct, frozen=True):
    """The last keyboard or mouse input was `age` seconds ago.

    With `ongoing`, input continues until an event with `ongoing=False` says how old the last one
    has become: a sensor that reports edges need not repeat itself.
    """

    age: float = 0.0
    ongoing: bool = False


class Locked(Struct, frozen=True):
    """The session was locked; by hand when the last input is fresh, else by itself."""


class Unlocked(Struct, frozen=True):
    """The session was unlocked, which a person at the desk must have done."""


class Suspended(Struct, frozen=True):
    """The machine is going to sleep."""


class Resumed(Struct, frozen=True):
    """Nobody observed the last `gap` seconds (sleep, crash, restart).

    `slept`: the machine was asleep for that time.  `idle`: age of the last input as the system's
    counter has it now, None where no counter can tell.
    """

    gap: float
    slept: bool
    idle: float | None = None


class Context(Struct, frozen=True):
    """A call, a video, sharing, full screen or do-not-disturb began or ended."""

    signal: Signal
    on: bool


class LookedAround(Struct, frozen=True):
    """The answer to `LookAround`: whatever has not been told to be on is off, as far as can be known."""


class SensorFound(Struct, frozen=True):
    """Somebody can see input again."""


class SensorLost(Struct, frozen=True):
    """Nobody can see input any more."""


class Said(Struct, frozen=True):
    """The person's own word: `standing`, `seated` or `away`, from now on."""

    posture: Posture


class Here(Struct, frozen=True):
    """Somebody is at the desk, says a script or a sensor: counts as one input."""


class Correct(Struct, frozen=True):
    """Between `start_age` and `end_age` seconds ago the person was in `posture`, whatever we thought."""

    start_age: float
    end_age: float
    posture: Posture


class Forget(Struct, frozen=True):
    """The person erases everything that was ever learnt about them; what the sensors say goes on."""


class WereUp(Struct, frozen=True):
    """The answer to a question about an absence: `up` is None when it was waved away."""

    question: int
    up: bool | None


class Answer(Struct, frozen=True):
    """The person's answer to a prompt; `prompt` None means the one that is showing."""

    do: Do
    prompt: int | None = None


class BreakRequested(Struct, frozen=True):
    """The person wants a break now, of a kind or (None) of the programme's choice."""

    kind: Kind | None = None


class RoutineEnded(Struct, frozen=True):
    """The person is through with a routine; `done` are the indices of the steps they did to the end."""

    routine: int
    done: tuple[int, ...]


class TooHard(Struct, frozen=True):
    """The exercise of this step of the routine is too hard."""

    routine: int
    step: int


class Hurts(Struct, frozen=True):
    """The exercise of this step of the routine hurts."""

    routine: int
    step: int


class Pause(Struct, frozen=True):
    """No prompts for `length_s` seconds, for the rest of the day (`today`), or (None) until resumed."""

    length_s: float | None = None
    today: bool = False


class Resume(Struct, frozen=True):
    """The person ends the pause."""


class Day(Struct, frozen=True):
    """The calendar, put on the axis: sent at start, at roll-over and whenever wall time moved.

    `date` and `week` are labels (`2026-03-02`, `2026-W10`).  `ends_in_s` is the time to the next
    roll-over.  `work` lists (start, end) of work hours in seconds from now, negative when past;
    None means always.
    """

    date: str
    week: str
    ends_in_s: float
    work: tuple[tuple[float, float], ...] | None


class LimitsSaid(Struct, frozen=True):
    """What the person's body allows: all that they have said so far, as it stands now."""

    limits: Limits


class Tick(Struct, frozen=True):
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
