"""What a running agent may answer to `status`, `why` and `doctor`."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

OK = {"backend": "here", "state": "ok", "reason": None}


def status(**changed: object) -> Json:
    """An ordinary answer, with what is given in place of it."""
    return {
        "version": "0.1.0",
        "posture": "seated",
        "presence": "present",
        "sitting_s": 2400,
        "confidence": 0.95,
        "because": [{"code": "input", "values": {"idle_s": 3}}],
        "quiet": [],
        "paused_until": None,
        "prompt": None,
        "next": {"kind": "stand_up", "due_in_s": 300, "because": []},
        "today": {
            "sitting_s": 9600,
            "longest_bout_s": 3000,
            "standing_s": 0,
            "breaks": 3,
            "prompts": 3,
            "started": 2,
            "snoozed": 1,
            "skipped": 0,
            "ignored": 0,
            "dose": {
                "hip_flexor": {"left_s": 30, "right_s": 30},
                "glutes": {"sets": 1, "reps": 10},
                "standing_s": 0,
            },
        },
        "sensors": [{"name": "counter", "state": "ok", "source": "x", "reason": None}],
        "tray": OK,
        "notifier": OK,
        **changed,
    }


def why(**changed: object) -> Json:
    """The same for `why`."""
    return {
        "posture": "seated",
        "because": [{"code": "input", "values": {"idle_s": 3}}],
        "quiet": [],
        "owed": False,
        "prompt": None,
        "next": {"kind": "stand_up", "due_in_s": 300, "because": []},
        **changed,
    }


def doctor(**changed: object) -> Json:
    """The same for `doctor`."""
    return {
        "version": "0.1.0",
        "running": True,
        "parts": [{"name": "tray", "state": "absent", "source": None, "reason": "no panel"}],
        "faults": [],
        **changed,
    }
