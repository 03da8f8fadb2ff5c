"""Briefs for break windows, short enough to be played in a test."""

from __future__ import annotations

from typing import Any

LEFT = {
    "title": "Split-stance stretch",
    "side": "left",
    "seconds": 30.0,
    "text": ["Stand beside the desk.", "Step one leg back.", "Stay there and breathe."],
    "cautions": ["Stop at sharp pain."],
    "source": "ACSM 2021",
}
RIGHT = {**LEFT, "side": "right"}
LIFTS = {**LEFT, "title": "Leg lift", "side": None, "seconds": 50.0, "reps": 10, "rep_s": 5.0}


def brief(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A brief of these steps, by default a stretch of both sides."""
    return {
        "v": 1,
        "routine": 7,
        "title": "Hip-flexor stretch",
        "kind": "hip_flexor",
        "steps": list(steps) or [LEFT, RIGHT],
        **more,
    }
