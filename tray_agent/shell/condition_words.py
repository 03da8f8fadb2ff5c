"""What a person can tell about their body, and what each of it changes, in words."""

from __future__ import annotations

from tray_agent.core.model import Condition, Limits
from tray_agent.shell.words import N_, _

BARS = frozenset({Condition.PREGNANCY})
"""Conditions that are on the list of contraindications themselves."""


def title(condition: Condition) -> str:
    """What the person says."""
    return _(_WORDS[condition][0])


def effect(condition: Condition) -> str:
    """What changes when they say it."""
    return _(_WORDS[condition][1])


def agreed(limits: Limits) -> Limits:
    """The same limits without contradiction: who says one thing on the list cannot say that none applies."""
    cleared = limits.cleared and not limits.conditions & BARS
    return Limits(cleared, limits.conditions, limits.hurt)


_WORDS = {
    Condition.SORE_KNEE: (
        N_("A sore knee"),
        N_("Leaves out kneeling, and what bends the knee far."),
    ),
    Condition.SORE_WRIST: (
        N_("A sore wrist"),
        N_("Leaves out what leans on the hands."),
    ),
    Condition.SORE_BACK: (
        N_("A sore back"),
        N_("Leaves out what asks much of the lower back."),
    ),
    Condition.PREGNANCY: (
        N_("Pregnant"),
        N_("Keeps to standing and seated exercises that suit; those on the floor and with load stay off."),
    ),
    Condition.CANNOT_STAND: (
        N_("I stay seated; leave standing out"),
        N_("Every break is one for the chair, and nothing here will speak of getting up."),
    ),
}
