"""A small brief for every window there is, with something of each kind it can show."""

from __future__ import annotations

from typing import Any

from tests.support import day_brief, setting_briefs
from tray_agent.shell import resources

_STEP = {
    "title": "Split-stance stretch",
    "exercise": "split_stance",
    "text": ["Stand beside the desk.", "Step one leg back.", "Stay there and breathe."],
    "cues": ["Keep breathing."],
    "cautions": ["Stop at sharp pain."],
    "source": "ACSM 2021",
}
LEFT = {**_STEP, "side": "left", "seconds": 24.0}
RIGHT = {**_STEP, "side": "right", "seconds": 24.0}
LIFTS = {**_STEP, "title": "Leg lift", "exercise": "leg_lift", "seconds": 20.0, "reps": 4, "rep_s": 5.0}

ASK: dict[str, Any] = {
    "prompt": 7,
    "sentence": "You have been sitting for about 45 min.",
    "movement": "Hip-flexor stretch, both sides",
    "snooze_min": 10,
}
ROUTINE: dict[str, Any] = {
    "routine": 3,
    "title": "Hip-flexor stretch",
    "kind": "hip_flexor",
    "steps": [LEFT, RIGHT, LIFTS],
}

_SECTIONS = [
    {"heading": "See a doctor first if", "lines": ["you are pregnant", "a joint hurts"], "points": True}
]
_ITEMS = [
    {"id": 1, "label": "Start a break"},
    {"id": 2, "separator": True},
    {"id": 3, "label": "Pause", "children": [{"id": 4, "label": "For 30 min"}, {"id": 5, "label": "Today"}]},
    {"id": 6, "label": "Standing", "checked": True},
]
_PREGNANT = {"id": "pregnancy", "title": "Pregnant", "line": "Then without lying down.", "on": False}


def _question(title: str, *answers: str) -> dict[str, Any]:
    options = [{"title": answer, "lines": [f"{answer}, in a line."], "values": {}} for answer in answers]
    return {"title": title, "line": "You can change it later.", "options": options}


_WELCOME = {
    "does": ["It notices how long you sit.", "It asks for a break."],
    "never": ["It never reads what you type."],
    "intensity": _question("How often?", "Gentle", "Standard", "Intensive"),
    "hours": _question("When?", "At any time", "In work hours"),
    "floor": _question("On the floor too?", "Standing only", "On the floor too"),
    "where": ["You find all this in the menu."],
}

NOTE: dict[str, Any] = {
    "note": 1,
    "title": "Time to move",
    "body": "You have been sitting for about 45 min. With this break: hip-flexor stretch.",
    "actions": [
        {"key": "start", "label": "Start"},
        {"key": "snooze", "label": "In 10 min"},
        {"key": "skip", "label": "Skip"},
    ],
    "picture": f"{resources.icon('exercises/split_stance.png')}",
}

BRIEFS: dict[str, dict[str, Any]] = {
    "banner": {"v": 1, "quietly": True, **NOTE},
    "break": {"v": 1, **ROUTINE},
    "home": {"v": 1, "headline": "Sitting for about 40 min", "lines": ["All is well."], "items": _ITEMS},
    "menu": {"v": 1, "x": 300, "y": 200, "items": _ITEMS},
    "safety": {"v": 1, "sections": _SECTIONS, "cleared": False, "conditions": [_PREGNANT]},
    "settings": setting_briefs.brief(page="breaks"),
    "text": {"v": 1, "title": "About your privacy", "sections": _SECTIONS},
    "today": day_brief.brief(),
    "welcome": {"v": 1, **_WELCOME},
}
"""By the window's name."""
