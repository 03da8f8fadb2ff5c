"""How sure the estimator is, and why: confidence between 0 and 1 with its reason.

The levels for idleness are shares of input gaps of at least that length in which a person truly
stayed, or stood up, on simulated office days calibrated on two published collections of input logs.
"""

from __future__ import annotations

from tray_agent.core.model import Because, Cause, Posture, Signal
from tray_agent.core.timeline import Absence

Belief = tuple[float, Because]

_SEATED_BY_IDLE = ((0.0, 0.98), (60.0, 0.95), (120.0, 0.88), (180.0, 0.72), (600.0, 0.5))
_AWAY_BY_IDLE = ((0.0, 0.36), (180.0, 0.5), (300.0, 0.67), (600.0, 0.78), (1800.0, 0.96))

WHATEVER_THE_INPUT: dict[Posture, Belief] = {
    Posture.STANDING: (0.9, Because("said_standing")),
    Posture.UNKNOWN: (0.0, Because("no_sensor")),
}


def seated(idle_s: float) -> Belief:
    """Seated, by input of that age."""
    return _level(_SEATED_BY_IDLE, idle_s), Because("input", {"idle_s": round(idle_s)})


def held(signal: Signal, idle_s: float) -> Belief:
    """Seated without input, by a call or a medium that is on: less sure the longer it lasts."""
    sure = max(0.4, 0.85 - idle_s / 3600)
    return sure, Because("held", {"signal": signal.value, "idle_s": round(idle_s)})


def away(absence: Absence, now: float) -> Belief:
    """Off the chair; only idleness leaves much doubt."""
    away_s = now - absence.start
    sure = _level(_AWAY_BY_IDLE, away_s) if absence.cause is Cause.IDLE else 0.95
    return sure, Because(absence.cause.value, {"away_s": round(away_s)})


def _level(steps: tuple[tuple[float, float], ...], at: float) -> float:
    return next(level for start, level in reversed(steps) if at >= start)
