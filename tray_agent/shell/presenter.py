"""What people see of the engine's answers: the icon's face, sentences, the menu, `status` as JSON.

Pure functions of a `View`: the same view always looks the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tray_agent.core.engine import View
from tray_agent.core.model import Because, Kind, Posture, Reason
from tray_agent.core.recall import Asked, Held
from tray_agent.ports import Face, Health, State
from tray_agent.shell import report
from tray_agent.shell.words import _, about

_PROGRESS_STEPS = 16
_WORKING = {State.OK, State.DEGRADED}
_HELD_FROM_OUTSIDE = {
    Reason.CALL,
    Reason.SHARING,
    Reason.FULLSCREEN,
    Reason.DND,
    Reason.OUTSIDE_HOURS,
}


def face(view: View) -> Face:
    """The icon: what is going on, and how far the bout has come towards the next break."""
    return Face(_look(view), _progress(view), status_line(view))


def status_line(view: View) -> str:
    """The state of things in one line, never more exact than the estimate is."""
    posture = view.estimate.posture
    if view.paused:
        return _("Paused")
    if posture is Posture.UNKNOWN:
        return _("No activity can be seen; `tray-agent doctor` says why")
    if posture is Posture.STANDING:
        return _("Standing")
    if posture is Posture.AWAY:
        return _("Away from the desk")
    sitting = _("Sitting {time}").format(time=about(view.estimate.sitting_s))
    if view.prompt is not None:
        return _("{sitting}, time for a break").format(sitting=sitting)
    if view.owed:
        return _("{sitting}, a break is due").format(sitting=sitting)
    if view.next_at is None:
        return sitting
    due = about(view.next_at - view.now)
    return _("{sitting}, break in {due}").format(sitting=sitting, due=due)


def kind_name(kind: Kind, *, stands: bool = True) -> str:
    """A kind of break, as menus name it; nobody who cannot stand is told to."""
    return {
        Kind.STAND_UP: _("Stand up") if stands else _("Move in your seat"),
        Kind.HIP_FLEXOR: _("Hip-flexor stretch"),
        Kind.GLUTES: _("Glute set"),
    }[kind]


def status(
    view: View,
    wall_at: Callable[[float], float],
    version: str,
    *,
    sensors: list[Health],
    tray: Health,
    notifier: Health,
) -> dict[str, Any]:
    """`tray-agent status --json`; times are ISO 8601, durations seconds."""
    estimate, prompt = view.estimate, view.prompt
    return {
        "version": version,
        "posture": estimate.posture,
        "presence": estimate.presence,
        "sitting_s": round(estimate.sitting_s),
        "confidence": round(estimate.confidence, 2),
        "because": report.because(estimate.because),
        "quiet": list(view.quiet),
        "paused_until": paused_until(view, wall_at),
        "prompt": prompt
        and {
            "id": prompt.id,
            "kind": prompt.kind,
            "insistence": prompt.insistence,
            "shown_s": round(view.now - prompt.shown_at),
        },
        "next": _next(view),
        "today": report.today(view.today),
        "sensors": [part(sensor) for sensor in sensors],
        "tray": _backend(tray),
        "notifier": _backend(notifier),
    }


def why(view: View, wall_at: Callable[[float], float]) -> dict[str, Any]:
    """`tray-agent why --json`: the estimate with its grounds, the next prompt and what holds it, the last."""
    told = view.explanation
    return {
        "posture": view.estimate.posture,
        "because": report.because(view.estimate.because),
        "quiet": list(view.quiet),
        "owed": view.owed,
        "prompt": view.prompt and {"kind": view.prompt.kind, "because": report.because(view.prompt.because)},
        "next": _next(view),
        "now": {
            "posture": view.estimate.posture,
            "rule": told.rule,
            "evidence": report.because(told.evidence),
            "thresholds": {name: report.seconds(value) for name, value in told.thresholds.items()},
            "would_change": report.because(told.would_change),
            "waits_for": report.because(told.waits_for),
        },
        "last_prompt": view.last_prompt and _asked(view.last_prompt, wall_at),
        "last_held": view.last_held and _held(view.last_held, view.now, wall_at),
    }


def _asked(asked: Asked, wall_at: Callable[[float], float]) -> dict[str, Any]:
    prompt = asked.prompt
    return {
        "kind": prompt.kind,
        "at": iso(wall_at(prompt.shown_at)),
        "because": report.because(prompt.because),
        "waited_for": report.because(Because(reason) for reason in asked.waited),
        "waited_s": round(asked.waited_s),
        "outcome": asked.outcome,
        "ended_at": None if asked.ended_at is None else iso(wall_at(asked.ended_at)),
    }


def _held(held: Held, now: float, wall_at: Callable[[float], float]) -> dict[str, Any]:
    return {
        "since": iso(wall_at(held.since)),
        "until": None if held.until is None else iso(wall_at(held.until)),
        "lasted_s": round((now if held.until is None else held.until) - held.since),
        "because": report.because(Because(reason) for reason in held.reasons),
        "ended_by": held.relief,
    }


def _look(view: View) -> str:
    if view.paused:
        return "paused"
    if view.prompt is not None:
        return "prompt"
    if view.estimate.posture is Posture.STANDING:
        return "standing"
    if view.estimate.posture is Posture.UNKNOWN:
        return "unknown"
    return "quiet" if _HELD_FROM_OUTSIDE.intersection(view.quiet) else "sitting"


def _progress(view: View) -> float:
    sitting_s = view.estimate.sitting_s
    if view.next_at is None or not sitting_s:
        return 0.0
    left_s = max(0.0, view.next_at - view.now)
    return int(_PROGRESS_STEPS * sitting_s / (sitting_s + left_s)) / _PROGRESS_STEPS


def paused_until(view: View, wall_at: Callable[[float], float]) -> str | None:
    """When the pause ends, `indefinite`, or None while there is none."""
    if not view.paused:
        return None
    if view.paused_until is None:
        return "indefinite"
    return iso(wall_at(view.paused_until))


def _next(view: View) -> dict[str, Any] | None:
    if view.next_at is None:
        return None
    reasons = [Because(reason) for reason in view.quiet]
    due_in_s = max(0, round(view.next_at - view.now))
    return {"kind": view.next_kind, "due_in_s": due_in_s, "because": report.because(reasons)}


def iso(wall: float) -> str:
    """Seconds since the epoch as ISO 8601 with the local offset."""
    # Cut off, the last hundredth before a full minute would be read as the minute before.
    return datetime.fromtimestamp(round(wall)).astimezone().isoformat(timespec="seconds")


def part(health: Health) -> dict[str, Any]:
    """How one part of the outside world is doing."""
    return {
        "name": health.name,
        "state": health.state,
        "source": health.source,
        "reason": health.reason,
        "value": health.value,
        "permission": health.permission,
    }


def _backend(health: Health) -> dict[str, Any]:
    backend = health.source if health.state in _WORKING else None
    return {"backend": backend, "state": health.state, "reason": health.reason}
