"""A full working day as the agent would tell it, for windows that show one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

TODAY = date(2026, 3, 3)

_SEATED, _STANDING, _AWAY = "seated", "standing", "away"
_COURSE = (
    ("08:32", _SEATED, ""),
    ("09:18", _AWAY, "idle"),
    ("09:24", _SEATED, ""),
    ("10:09", _AWAY, "lock"),
    ("10:21", _SEATED, ""),
    ("10:58", _STANDING, "standing"),
    ("11:31", _SEATED, ""),
    ("12:14", _AWAY, "lock"),
    ("12:58", _SEATED, ""),
    ("13:43", _AWAY, "idle"),
    ("13:48", _SEATED, ""),
    ("14:36", _AWAY, "gap"),
    ("14:47", _SEATED, ""),
    ("15:21", _AWAY, "idle"),
    ("15:26", _SEATED, ""),
    ("15:52", "", ""),
)
_CALLS = (("09:30", "10:02"), ("14:50", "15:14"))
_PROMPTS = (
    ("09:17", "stand_up", "started"),
    ("10:08", "hip_flexor", "withdrawn"),
    ("11:06", "stand_up", "dismissed"),
    ("12:03", "glutes", "snoozed"),
    ("12:13", "glutes", "started"),
    ("13:33", "hip_flexor", "started"),
    ("14:33", "stand_up", "ignored"),
    ("15:15", "stand_up", "skipped"),
)
_WEEKS = (
    (5, 6.9, 3.2, 60, 60, 0),
    (5, 6.6, 4.4, 150, 120, 1),
    (4, 7.1, 4.0, 120, 150, 1),
    (0, 0.0, 0.0, 0, 0, 0),
    (5, 6.4, 5.2, 240, 210, 2),
    (5, 6.2, 5.8, 300, 270, 2),
    (3, 6.5, 6.0, 180, 180, 1),
    (5, 6.0, 6.6, 330, 330, 3),
    (5, 5.8, 7.2, 300, 330, 2),
    (5, 5.9, 7.0, 360, 360, 3),
    (5, 5.5, 8.2, 390, 360, 3),
    (1, 5.4, 8.0, 180, 150, 1),
)


def at(clock: str) -> float:
    """A time of the demonstration day."""
    hour, minute = clock.split(":")
    return datetime(TODAY.year, TODAY.month, TODAY.day, int(hour), int(minute)).timestamp()


def day(**changed: Any) -> dict[str, Any]:
    """The day, with some of it `changed`."""
    spans: list[dict[str, Any]] = [
        {"posture": posture, "from_s": at(start), "to_s": at(end), "cause": cause}
        for (start, posture, cause), (end, *_rest) in pairwise(_COURSE)
    ]
    sat = [
        at(end) - at(start) for (start, posture, _), (end, *_rest) in pairwise(_COURSE) if posture == _SEATED
    ]
    return {
        "date": TODAY.isoformat(),
        "spans": spans,
        "prompts": [
            {"at_s": at(clock), "kind": kind, "outcome": outcome} for clock, kind, outcome in _PROMPTS
        ],
        "calls": [{"from_s": at(start), "to_s": at(end)} for start, end in _CALLS],
        "totals": {
            "sitting_s": sum(sat),
            "longest_bout_s": max(sat),
            "standing_s": at("11:31") - at("10:58"),
            "breaks": 7,
            "aim_breaks": 8,
            "aim_longest_bout_s": 3600.0,
        },
        "doses": {
            "hip_left_s": 60.0,
            "hip_right_s": 60.0,
            "glute_sets": 2,
            "glute_reps": 20,
            "week_hip_left_s": 180.0,
            "week_hip_right_s": 150.0,
            "week_glute_days": 1,
            "least_hip_s": 300,
            "least_glute_days": 2,
        },
        "weeks": [_week(number, figures) for number, figures in enumerate(_WEEKS)],
        "now_s": at("15:52"),
        "correct_from_s": at("08:32"),
        "back": 0,
        "most_back": 7,
        **changed,
    }


def brief(title: str = "Today", **changed: Any) -> dict[str, Any]:
    """The whole first line a window is told."""
    return {"v": 1, "title": title, "day": day(**changed)}


def _week(number: int, figures: tuple[float, ...]) -> dict[str, Any]:
    monday = TODAY - timedelta(days=TODAY.weekday(), weeks=len(_WEEKS) - 1 - number)
    days, hours, breaks, left_s, right_s, glute_days = figures
    return {
        "monday": monday.isoformat(),
        "days": int(days),
        "sitting_s": hours * 3600,
        "breaks": breaks,
        "hip_left_s": left_s,
        "hip_right_s": right_s,
        "glute_days": int(glute_days),
    }
