"""Who decided a setting.

What is mandatory for the machine wins over what is mandatory for the user, that over the person's
own choice, and that over what is recommended for the machine, then for the user; last comes the default.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from msgspec import Struct


class Level(StrEnum):
    """How a value came into force, the strongest first."""

    MANDATORY = "mandatory"
    USER = "user"
    RECOMMENDED = "recommended"
    DEFAULT = "default"


class Origin(Struct, frozen=True):
    """Where a value comes from.

    `source` names the file or the registry key for an administrator; `organisation` and `link`, where
    to ask, are for the person, and empty where nobody wrote them down.
    """

    level: Level
    source: str | None = None
    organisation: str = ""
    link: str = ""

    @property
    def managed(self) -> bool:
        """Whether the person cannot change the value."""
        return self.level is Level.MANDATORY


class Origins(Protocol):
    """Knows where each value in force comes from."""

    def of(self, key: str) -> Origin:
        """The origin of the setting's present value."""


class Unmanaged:
    """Origins where no organisation decides."""

    def of(self, key: str) -> Origin:
        """Nobody in particular."""
        return Origin(Level.DEFAULT)
