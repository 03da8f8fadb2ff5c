"""What a person is shown once, by the names under which the store remembers that they were."""

from __future__ import annotations

WELCOMED = "welcome_shown"
HINTED = "tray_hint_given"
SAFETY_OFFERED = "safety_offered"
