"""Menus as windows are told of them."""

from __future__ import annotations

from typing import Any

SEPARATOR = {"id": 90, "separator": True}
ITEMS: list[dict[str, Any]] = [
    {"id": 0, "label": "Sitting for about 40 min", "enabled": False},
    SEPARATOR,
    {"id": 1, "label": "Start now", "default": True},
    {"id": 2, "label": "Skip"},
    SEPARATOR,
    {"id": 3, "label": "Pause", "children": [{"id": 4, "label": "1 hour"}, {"id": 5, "label": "Today"}]},
    {"id": 6, "label": "I'm standing", "checked": True},
    {
        "id": 7,
        "label": "Intensity",
        "children": [
            {"id": 8, "label": "Gentle", "checked": False, "radio": True},
            {"id": 9, "label": "Standard", "checked": True, "radio": True},
        ],
    },
    {"id": 10, "label": "R&D"},
]
ARABIC: list[dict[str, Any]] = [
    {"id": 1, "label": "ابدأ الآن"},
    {"id": 2, "label": "إيقاف مؤقت", "children": [{"id": 3, "label": "قف"}]},
]


def menu_brief(x: int = 600, y: int = 20, **more: Any) -> dict[str, Any]:
    """A popup of `ITEMS` at a point of the screen."""
    return {"v": 1, "x": x, "y": y, "items": ITEMS, **more}


def home_brief(**more: Any) -> dict[str, Any]:
    """A home page of `ITEMS`."""
    return {
        "v": 1,
        "headline": "Sitting for about 40 min",
        "lines": ["3 breaks today"],
        "items": ITEMS,
        **more,
    }
