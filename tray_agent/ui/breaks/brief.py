"""What the agent tells a break window: the brief as its first line, later what to play, each checked."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tray_agent.core.model import Side
from tray_agent.figure.figure import Figure
from tray_agent.ui import incoming

Seconds = Annotated[float, msgspec.Meta(gt=0)]
Count = Annotated[int, msgspec.Meta(ge=1)]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One set of one exercise on one side, in the person's language.

    It takes `seconds`.  With `reps` it is counted, one every `rep_s` (by default evenly over
    `seconds`); without, it is held.  `figure` is the motion that is drawn beside the words.
    """

    title: str
    exercise: str
    seconds: Seconds
    side: Side | None = None
    reps: Annotated[int, msgspec.Meta(ge=0)] = 0
    rep_s: Seconds | None = None
    set: Count = 1
    sets: Count = 1
    text: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    source: str = ""
    figure: Figure | None = None

    @property
    def pace_s(self) -> float:
        """Seconds a rep takes."""
        return self.rep_s or self.seconds / max(1, self.reps)


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A prompt to be answered in the window; without `snooze_min` it cannot be put off."""

    prompt: int
    sentence: str
    movement: str = ""
    snooze_min: Count | None = None


class Play(msgspec.Struct, frozen=True, kw_only=True):
    """A routine to play from its beginning."""

    routine: int
    title: str
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1)]
    kind: str = "stand_up"


class Swap(msgspec.Struct, frozen=True, kw_only=True):
    """The routine from now on; the steps before `at` are the ones it had."""

    steps: tuple[Step, ...]
    at: Annotated[int, msgspec.Meta(ge=0)]


class Brief(incoming.Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A routine to play at once, or a prompt to ask first.

    With `ask` the first of the `steps`, if any, is drawn on the invitation and none is played.
    `quietly`: show without taking the focus.  `firm`: over every screen.  `time_limit` multiplies
    the time to get ready, change sides and rest; None waits for the person each time.  `speed`:
    agent seconds in a real second.
    """

    title: str
    routine: int | None = None
    steps: tuple[Step, ...] = ()
    kind: str = "stand_up"
    ask: Ask | None = None
    quietly: bool = False
    firm: bool = False
    time_limit: Annotated[float, msgspec.Meta(gt=0)] | None = 1.0
    sound: bool = False
    speech: bool = False
    speed: Annotated[float, msgspec.Meta(gt=0)] = 1.0

    def __post_init__(self) -> None:
        if self.ask is None and (self.routine is None or not self.steps):
            raise ValueError("without `ask` there must be a `routine` with `steps` to play")


def read(line: bytes) -> Brief:
    """The brief in `line`; raises `ValueError` with what is wrong and where."""
    return incoming.read(line, Brief)
