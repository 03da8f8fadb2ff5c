"""Everything there is to show, put together from what the engine's parts know at one moment."""

from __future__ import annotations

from msgspec import Struct

from tray_agent.core.explain import Explanation
from tray_agent.core.ledger import Today
from tray_agent.core.model import Break, Estimate, Kind, Prompt, Reason, Routine
from tray_agent.core.recall import Asked, Held
from tray_agent.core.week import Week


class View(Struct, frozen=True):
    """What can be shown at one moment; times lie on the agent's axis.

    `known_since` is how far back today can be corrected, None before anybody sat.  `last_absence` is
    what "I was up" and its like are about when no time is given: today's last break or time
    corrected, or one that still lasts.  Nobody who does not stand (`stands`) is told to.
    """

    now: float
    estimate: Estimate
    quiet: tuple[Reason, ...]
    paused: bool
    paused_until: float | None
    prompt: Prompt | None
    owed: bool
    next_kind: Kind | None
    next_at: float | None
    today: Today
    known_since: float | None
    last_absence: Break | None
    routine: Routine | None
    week: Week = Week()
    stands: bool = True
    explanation: Explanation = Explanation()
    last_prompt: Asked | None = None
    last_held: Held | None = None
