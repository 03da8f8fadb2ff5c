"""Who works: seven profiles, and the worker drawn from one, who differs from it as people do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

MIN, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Profile:
    """What people in one kind of work have in common; counts are a day, shares are 0 to 1."""

    activities: Mapping[str, float]
    sitting: float = 1.0
    sit_stand: float = 0.2
    laptop: float = 0.5
    locks: float = 0.6
    autolock_s: int = 900
    meetings: float = 0.5
    calls: float = 1.0
    microphone: float = 0.9
    videos: float = 0.4


OFFICE = {
    "clerk": Profile(
        {"type": 35, "mouse": 34, "read": 12, "long_read": 2, "think": 13},
        sitting=1.05,
        sit_stand=0.25,
        laptop=0.2,
        locks=1.0,
        autolock_s=600,
        meetings=0.3,
        microphone=0.2,
        videos=0.2,
    ),
    "developer": Profile(
        {"type": 36, "mouse": 20, "read": 17, "long_read": 6, "think": 15},
        sitting=1.3,
        sit_stand=0.4,
        laptop=0.6,
        calls=2.0,
        microphone=0.95,
    ),
    "manager": Profile(
        {"type": 29, "mouse": 30, "read": 15, "long_read": 4, "think": 17},
        sitting=1.0,
        sit_stand=0.3,
        laptop=0.9,
        locks=0.7,
        meetings=2.0,
        calls=3.0,
    ),
    "support": Profile(
        {"type": 34, "mouse": 33, "read": 13, "long_read": 2, "think": 14},
        sitting=1.1,
        sit_stand=0.15,
        laptop=0.1,
        locks=0.9,
        autolock_s=300,
        meetings=0.3,
        calls=9.0,
        microphone=0.97,
        videos=0.2,
    ),
    "home": Profile(
        {"type": 32, "mouse": 28, "read": 15, "long_read": 4, "think": 16},
        sitting=1.1,
        sit_stand=0.1,
        laptop=0.8,
        locks=0.1,
        autolock_s=1800,
        meetings=0.0,
        calls=3.0,
        videos=0.7,
    ),
    "reader": Profile(
        {"type": 25, "mouse": 22, "read": 20, "long_read": 12, "think": 14},
        sitting=1.2,
        meetings=0.6,
        microphone=0.6,
    ),
}
LONG_SILENCES = Profile(
    {"dictate": 28, "listen": 24, "switch": 18, "long_read": 16, "think": 14},
    sitting=1.1,
    sit_stand=0.1,
    locks=0.3,
    meetings=0.3,
)
PROFILES = OFFICE | {"long_silences": LONG_SILENCES}


@dataclass(frozen=True, slots=True)
class Worker:
    """One person of a profile, the same on all their days."""

    profile: Profile
    sitting: float
    activities: Mapping[str, float]
    sit_stand: bool
    laptop: bool
    locks: float
    lunch_s: float
    lunch_at_desk: float
    microphone: float

    @classmethod
    def drawn(cls, profile: Profile, chance: Random) -> Worker:
        """Somebody who differs from the profile as people do."""
        return cls(
            profile,
            profile.sitting * chance.lognormvariate(0, 0.25),
            {name: share * chance.lognormvariate(0, 0.35) for name, share in profile.activities.items()},
            chance.random() < profile.sit_stand,
            chance.random() < profile.laptop,
            min(1.0, profile.locks * chance.lognormvariate(0, 0.2)),
            chance.uniform(32, 45) * MIN,
            chance.uniform(0.10, 0.35),
            min(1.0, profile.microphone * chance.lognormvariate(0, 0.12)),
        )
