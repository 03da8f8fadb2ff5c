"""The numbers of each intensity, from `config/intensity.toml`, joined with the person's settings."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec

from tray_agent.core.model import Insistence, Intensity, Kind, Signal
from tray_agent.core.rules import EXPIRE_S, LONG_SILENCE_S, Rules
from tray_agent.shell import resources
from tray_agent.shell.schema import Activity, Settings


class Programme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The part of an intensity that becomes `Rules`; durations are seconds."""

    interval_s: float
    break_s: float
    hip_flexor_sessions: int
    hip_flexor_spacing_s: float
    hip_flexor_hold_s: float
    hip_flexor_hold_least_s: float
    hip_flexor_hold_most_s: float
    hip_flexor_sets: int
    glute_sets: int
    glute_reps: int
    glute_reps_least: int
    glute_reps_most: int
    glute_spacing_s: float
    glute_days: int
    effort_at_first: int
    snooze_s: float
    snoozes: int
    prompts_a_day: int
    back_off_s: float
    skip_factor: float


class Numbers(Programme, frozen=True, forbid_unknown_fields=True):
    """One intensity whole: the programme and the day's aim."""

    aim_breaks: int
    aim_longest_bout_s: float


def load(settings: Settings, file: Path | None = None) -> Rules:
    """The rules for these settings.  Raises `ValueError` naming file, intensity and fault."""
    file = file or resources.config("intensity.toml")
    numbers = numbers_of(Intensity(settings.intensity), file)
    programme = {name: getattr(numbers, name) for name in Programme.__struct_fields__}
    factor = time_limit(settings)
    try:
        return Rules(
            **programme,
            idle_threshold_s=_idle_threshold_s(settings.activity),
            hold_at_most_s=(settings.quiet.at_most_h or math.inf) * 3600,
            expire_s=math.inf if factor is None else EXPIRE_S * factor,
            intensity=Intensity(settings.intensity),
            insistence=Insistence(settings.insistence),
            kinds=frozenset(kind for kind in Kind if getattr(settings.prompts, kind)),
            quiet_signals=frozenset(signal for signal in _HOLDING if getattr(settings.quiet, signal)),
            ask_were_you_up=settings.prompts.ask_were_you_up,
            floor_exercises=settings.exercises.floor,
            office_clothes=settings.exercises.office_clothes,
        )
    except ValueError as error:
        raise ValueError(f"{file}, [{settings.intensity}]: {error}") from None


def time_limit(settings: Settings) -> float | None:
    """By how much the person wants every time limit longer; None: they want none at all."""
    wanted = settings.breaks.time_limits
    return None if wanted == "off" else float(wanted.removeprefix("x").replace("_", "."))


def _idle_threshold_s(activity: Activity) -> float:
    """Whoever is silent for long is given the time for it, however low the threshold was set."""
    silence_s = LONG_SILENCE_S if activity.long_silences else 0.0
    return max(activity.idle_threshold_s, silence_s)


def numbers_of(intensity: Intensity, file: Path) -> Numbers:
    """One table of the file; raises `ValueError` naming what is missing, unknown or mistyped."""
    try:
        tables = msgspec.toml.decode(file.read_bytes(), type=dict[Intensity, Numbers])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: {error}") from None
    if intensity not in tables:
        raise ValueError(f"{file}: there is no table [{intensity}]")
    return tables[intensity]


_HOLDING = (Signal.CALL, Signal.SHARING, Signal.FULLSCREEN, Signal.DND)
"""Signals that can hold a prompt; media only holds the estimate."""
