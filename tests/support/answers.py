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
        "sensors": [{"name": "counter", "state": "ok", "source": "x", "reason": None, "value": None}],
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
        "now": {
            "posture": "seated",
            "rule": "input",
            "evidence": [{"code": "last_input", "values": {"age_s": 3}}],
            "thresholds": {"idle_threshold_s": 150},
            "would_change": [
                {"code": "no_input", "values": {"in_s": 147}},
                {"code": "word", "values": {}},
            ],
            "waits_for": [],
        },
        "last_prompt": None,
        "last_held": None,
        **changed,
    }


def asked(**changed: object) -> Json:
    """A prompt that came after a call and was taken."""
    return {
        "kind": "stand_up",
        "at": "2026-03-02T10:45:20+01:00",
        "because": [{"code": "sitting", "values": {"sitting_s": 3300, "interval_s": 2700}}],
        "waited_for": [{"code": "call", "values": {}}, {"code": "typing", "values": {}}],
        "waited_s": 600,
        "outcome": "started",
        "ended_at": "2026-03-02T10:46:00+01:00",
        **changed,
    }


def held(**changed: object) -> Json:
    """A prompt that a shared screen held back until there was a break."""
    return {
        "since": "2026-03-02T09:30:00+01:00",
        "until": "2026-03-02T09:50:00+01:00",
        "lasted_s": 1200,
        "because": [{"code": "sharing", "values": {}}],
        "ended_by": "break",
        **changed,
    }


def doctor(**changed: object) -> Json:
    """The same for `doctor`."""
    return {
        "version": "0.1.0",
        "running": True,
        "parts": [{"name": "tray", "state": "absent", "source": None, "reason": "no panel", "value": None}],
        "faults": [],
        "policy_errors": [],
        "last_crash": None,
        **changed,
    }
