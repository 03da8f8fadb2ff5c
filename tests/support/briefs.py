"""Briefs for break windows, short enough to be played in a test."""

from __future__ import annotations

from typing import Any

LEFT: dict[str, Any] = {
    "title": "Split-stance stretch",
    "exercise": "split_stance",
    "side": "left",
    "seconds": 30.0,
    "text": ["Stand beside the desk.", "Step one leg back.", "Stay there and breathe."],
    "cues": ["Trunk upright."],
    "cautions": ["Stop at sharp pain."],
    "equipment": ["desk or wall"],
    "source": "ACSM 2021",
}
RIGHT = {**LEFT, "side": "right"}
LIFTS = {
    **LEFT,
    "title": "Leg lift",
    "exercise": "leg_lift",
    "side": None,
    "seconds": 50.0,
    "reps": 10,
    "rep_s": 5.0,
}
SECOND = {**LIFTS, "set": 2, "sets": 2}
FIRST = {**SECOND, "set": 1}
WALK = {**LEFT, "title": "Walk", "exercise": "brisk_walk", "side": None, "seconds": 90.0}

FIGURE: dict[str, Any] = {
    "frame": {"left": -0.5, "bottom": 0.0, "right": 0.5, "top": 1.1},
    "keyframes": [
        {"t": 0.0, "name": "standing", "pose": {}, "key": True},
        {"t": 1.0, "name": "up", "pose": {"near": {"hip": 60.0, "knee": 60.0}}, "key": True},
        {"t": 2.0, "name": "there", "pose": {"near": {"hip": 60.0, "knee": 60.0}}},
        {"t": 3.0, "name": "back", "pose": {}},
    ],
}
"""Lifts a knee, keeps it there, puts it down."""

HURRIED = 0.02
"""A time limit for tests: a fifth of a second to get ready."""


def brief(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A brief of these steps, by default a stretch of both sides, hardly prepared."""
    return {
        "v": 1,
        "routine": 7,
        "title": "Hip-flexor stretch",
        "kind": "hip_flexor",
        "steps": list(steps) or [LEFT, RIGHT],
        "time_limit": HURRIED,
        **more,
    }


def invitation(*steps: dict[str, Any], snooze_min: int | None = 10, **more: Any) -> dict[str, Any]:
    """A brief that asks prompt 3."""
    sentence = "You have been sitting for about 45 min."
    ask = {"prompt": 3, "sentence": sentence, "movement": "Hip-flexor stretch", "snooze_min": snooze_min}
    return {**brief(**more), "steps": list(steps), "routine": None, "ask": ask}
