"""The numbers the core works by: one intensity with the person's own settings, checked when made.

Sources of the figures are named in `config/intensity.toml`; those that no setting changes are
constants here.
"""

from __future__ import annotations

import math

from msgspec import Struct

from tray_agent.core.model import Insistence, Intensity, Kind, Signal

BREAK_COUNTS_AFTER_S = 120.0
"""Time off the chair that ends a bout; less is a pause."""

LONG_SILENCE_S = 5 * 60.0
"""The idle threshold for people who read, listen or dictate a lot."""

HOLD_S = 20 * 60.0
"""How long a call or a video holds `seated` after the last input."""

STANDING_HOLDS_S = 40 * 60.0
"""How long "I'm standing" is believed."""

MANUAL_LOCK_S = 12.0
"""A lock this soon after the last input was made by hand."""

SAID_AWAY_S = 10.0
"""Input this soon after "I'm away" is the person leaving."""

ASK_FROM_S, ASK_TO_S, ASK_A_DAY = 150.0, 420.0, 3
"""Absences this long are a coin toss between reading and walking: worth a question."""

IDLE_S = 60.0
"""Without input for longer nobody would see a prompt; input after it is a natural gap."""

EXPIRE_S = 120.0
"""A prompt nobody reacts to is ignored after this, unless the person wants more time."""

LULL_S, TYPING_AT_MOST_S = 5.0, 180.0
"""A prompt waits for a lull in typing, but not for ever."""

PAUSE_S = 60.0
"""Input that has paused for so long may be explained by a call or a video: worth a look."""

LOOK_EVERY_S, LOOK_WHILE_AWAY_S, LOOK_AGAIN_S = 10.0, 60.0, 5.0
"""Looks while something is on or a prompt shows, with nobody there, and where the last one left doubt."""

AFTER_QUIET_S = 15.0
"""A prompt held by a call, sharing, full screen or do-not-disturb comes this long after it."""

AFTER_PAUSE_S = 5 * 60.0
"""A prompt held by a pause comes this long after it."""

DAY_START_S, DAY_END_S = 20 * 60.0, 10 * 60.0
"""Nobody is asked this soon after the day's first input, or this close to the end of hours."""

KEEP_S = 24 * 3600.0
"""Single times off the chair and of standing are remembered for so long and no longer."""

SKIPS_IN_A_ROW = 3
"""So many skips make the interval longer for today."""

_BOUNDS: dict[str, tuple[float, float]] = {
    "idle_threshold_s": (90, 600),
    "hold_at_most_s": (3600, math.inf),
    "interval_s": (300, 4 * 3600),
    "break_s": (60, 3600),
    "hip_flexor_sessions": (0, 24),
    "hip_flexor_spacing_s": (0, 24 * 3600),
    "hip_flexor_hold_s": (10, 300),
    "hip_flexor_hold_least_s": (10, 300),
    "hip_flexor_hold_most_s": (10, 300),
    "hip_flexor_sets": (1, 6),
    "glute_sets": (0, 12),
    "glute_reps": (1, 30),
    "glute_reps_least": (1, 30),
    "glute_reps_most": (1, 30),
    "glute_spacing_s": (0, 24 * 3600),
    "glute_days": (0, 7),
    "effort_at_first": (1, 10),
    "snooze_s": (60, 3600),
    "snoozes": (0, 10),
    "prompts_a_day": (0, 48),
    "back_off_s": (60, 4 * 3600),
    "skip_factor": (1, 4),
    "expire_s": (30, math.inf),
}
_GROWING = ("hip_flexor_hold{}_s", "glute_reps{}")
"""What the programme steps up and down, from `_least` to `_most`."""


class Rules(Struct, frozen=True):
    """Everything a person or an intensity can set, with the standard intensity as defaults.

    Durations are seconds.  A prompt with an infinite `expire_s` waits until it is answered or
    withdrawn.  A call, full screen or do-not-disturb holds prompts for
    `hold_at_most_s`.  Raises `ValueError` naming the field, its value and what is allowed.
    """

    idle_threshold_s: float = 150.0
    hold_at_most_s: float = math.inf
    interval_s: float = 45 * 60.0
    break_s: float = 3 * 60.0
    hip_flexor_sessions: int = 3
    hip_flexor_spacing_s: float = 2 * 3600.0
    hip_flexor_hold_s: float = 30.0
    hip_flexor_hold_least_s: float = 15.0
    hip_flexor_hold_most_s: float = 30.0
    hip_flexor_sets: int = 1
    glute_sets: int = 2
    glute_reps: int = 10
    glute_reps_least: int = 8
    glute_reps_most: int = 10
    glute_spacing_s: float = 3 * 3600.0
    glute_days: int = 5
    effort_at_first: int = 4
    snooze_s: float = 10 * 60.0
    snoozes: int = 2
    prompts_a_day: int = 12
    back_off_s: float = 20 * 60.0
    skip_factor: float = 1.33
    expire_s: float = EXPIRE_S
    intensity: Intensity = Intensity.STANDARD
    insistence: Insistence = Insistence.NOTIFY
    kinds: frozenset[Kind] = frozenset(Kind)
    quiet_signals: frozenset[Signal] = frozenset({Signal.CALL, Signal.SHARING, Signal.FULLSCREEN, Signal.DND})
    ask_were_you_up: bool = True
    floor_exercises: bool = True
    office_clothes: bool = False

    def __post_init__(self) -> None:
        for name, (low, high) in _BOUNDS.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name} is {value}, allowed are {low} to {high}")
        for pattern in _GROWING:
            least, base, most = (getattr(self, pattern.format(end)) for end in ("_least", "", "_most"))
            if not least <= base <= most:
                raise ValueError(f"{pattern.format('')} is {base}, allowed are {least} to {most}")
        if Signal.MEDIA in self.quiet_signals:
            raise ValueError("quiet_signals holds media, allowed are call, sharing, fullscreen and dnd")
