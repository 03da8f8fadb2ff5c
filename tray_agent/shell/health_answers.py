"""What a person told about their body, as named answers in the history database and nowhere else.

`safety_cleared` is "yes" or "no"; a condition and an exercise that hurts are there or not, each with
"yes", so that an answer taken back leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping

from tray_agent.core.model import Condition, Limits

CLEARED = "safety_cleared"
_CONDITION, _HURTS = "condition.", "hurts."
_YES, _NO = "yes", "no"


def answers(limits: Limits) -> dict[str, str]:
    """The limits as answers by name."""
    named = [*(_CONDITION + told for told in limits.conditions), *(_HURTS + told for told in limits.hurt)]
    return {CLEARED: _YES if limits.cleared else _NO, **dict.fromkeys(sorted(named), _YES)}


def limits(told: Mapping[str, str]) -> Limits:
    """The limits that these answers say; names that mean nothing here are passed over."""
    return Limits(
        cleared=told.get(CLEARED) == _YES,
        conditions=frozenset(condition for condition in Condition if _CONDITION + condition in told),
        hurt=frozenset(name.removeprefix(_HURTS) for name in told if name.startswith(_HURTS)),
    )
