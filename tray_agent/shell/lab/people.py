"""Who works in the lab: the figures of `config/lab.toml`, which says where they come from."""

from __future__ import annotations

from pathlib import Path
from random import Random

import msgspec

from tray_agent.core.model import Insistence
from tray_agent.shell import resources

MIN = 60.0


class Sitting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long people sit until they get up unasked: a mixture of two exponentials."""

    short_share: float
    short_min: float
    long_min: float
    differ: float


class Absence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of time off the chair, from `least_s` to `most_s` seconds long."""

    share: float
    least_s: float
    most_s: float
    locks: float


class Silences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often and how long people at their desk touch neither keyboard nor mouse."""

    an_hour: float
    least_min: float
    more_min: float


class Reactions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How prompts are taken, whatever the profile."""

    late_s: float
    window: float
    icon: float
    follows: float
    cleared: float
    fades: float

    def pull(self, insistence: Insistence) -> float:
        """What this way of asking makes of the share that starts."""
        match insistence:
            case Insistence.ICON:
                return self.icon
            case Insistence.WINDOW | Insistence.FIRM:
                return self.window
            case Insistence.NOTIFY:
                return 1.0


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people in one kind of work have in common."""

    share: float
    arrive: float
    hours: float
    sits: float
    lunch_min: float
    at_desk: float
    calls: float
    call_min: float
    reads: float
    locks: float
    start: float
    snooze: float
    skip: float
    tires: float


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody there is."""

    sitting: Sitting
    absences: tuple[Absence, ...]
    silences: Silences
    reactions: Reactions
    profiles: dict[str, Profile]

    def profile(self, number: int) -> Profile:
        """That of the worker with this number: each has its share among all of them."""
        at, passed = chance("profile", number).random(), 0.0
        for profile in self.profiles.values():
            passed += profile.share
            if at < passed:
                return profile
        return profile

    def sits_for(self, factor: float, dice: Random) -> float:
        """Seconds on the chair until somebody gets up unasked."""
        sitting = self.sitting
        short = dice.random() < sitting.short_share
        mean_min = sitting.short_min if short else sitting.long_min
        return dice.expovariate(1 / (mean_min * factor * MIN))

    def silence(self, dice: Random) -> float:
        """Seconds somebody at the desk reads or thinks."""
        return (self.silences.least_min + dice.expovariate(1 / self.silences.more_min)) * MIN

    def absence(self, dice: Random) -> tuple[float, float]:
        """Seconds somebody is off the chair, and how probably they lock before."""
        at = dice.random()
        for each in self.absences:
            at -= each.share
            if at < 0:
                break
        return dice.uniform(each.least_s, each.most_s), each.locks


def load(file: Path | None = None) -> People:
    """Who works here; raises `ValueError` naming what is wrong in the file."""
    file = file or resources.config("lab.toml")
    try:
        return msgspec.toml.decode(file.read_bytes(), type=People)
    except msgspec.DecodeError as error:
        raise ValueError(f"{file}: {error}") from None


def chance(of: str, number: int) -> Random:
    """The dice for one side of a worker's life: the same number throws the same."""
    return Random(f"{of} {number}")  # noqa: S311 - a simulation wants no secrets
