"""How long is waited and watched: properly, or in short for a first impression."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds, but for `starts`: to settle in, a sample, until a change has had its effect, and alone."""

    settle_s: float = 30.0
    sample_s: float = 60.0
    calm_s: float = 5.0
    idle_s: float = 300.0
    """For how long nobody has touched anything when `idle` begins."""
    absent_s: float = 130.0
    """For how long the screen has been locked when `locked` begins; after two minutes it is a break."""
    starts: int = 5


PROPER = Pace()
SHORT = Pace(settle_s=15.0, sample_s=12.0, calm_s=2.0, idle_s=170.0, starts=2)
"""`idle_s` is a little more than the agent takes silence for sitting."""
