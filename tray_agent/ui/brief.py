"""What the agent tells a break window to play: one JSON line, checked as it is read."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tray_agent.core.model import Side
from tray_agent.ui import incoming

Seconds = Annotated[float, msgspec.Meta(gt=0)]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One exercise on one side, in the person's language.

    It takes `seconds`.  With `reps` it is counted, one every `rep_s` (by default evenly over
    `seconds`); without, it is held.
    """

    title: str
    seconds: Seconds
    side: Side | None = None
    reps: Annotated[int, msgspec.Meta(ge=0)] = 0
    rep_s: Seconds | None = None
    text: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    source: str = ""

    @property
    def pace_s(self) -> float:
        """Seconds a rep takes."""
        return self.rep_s or self.seconds / max(1, self.reps)


class Brief(incoming.Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One routine.

    `speed`: agent seconds in a real second.  `quietly`: show without taking the focus.
    """

    routine: int
    title: str
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1)]
    kind: str = "stand_up"
    speed: Annotated[float, msgspec.Meta(gt=0)] = 1.0
    quietly: bool = False


def read(line: bytes) -> Brief:
    """The brief in `line`; raises `ValueError` with what is wrong and where."""
    return incoming.read(line, Brief)
