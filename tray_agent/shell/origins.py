"""Who decided a setting.

What is mandatory for the machine wins over what is mandatory for the user, that over the person's
own choice, and that over what is recommended for the machine, then for the user; last comes the default.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tray_agent.shell import setting_values
from tray_agent.shell.schema import Settings


class Level(StrEnum):
    """How a value came into force, the strongest first."""

    MANDATORY = "mandatory"
    USER = "user"
    RECOMMENDED = "recommended"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Origin:
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
    """Origins where no organisation decides: what differs from the default was the person's choice."""

    def __init__(self, current: Callable[[], Settings]) -> None:
        self._current = current

    def of(self, key: str) -> Origin:
        """The person or the default."""
        chosen = setting_values.value_of(self._current(), key) != setting_values.value_of(Settings(), key)
        return Origin(Level.USER if chosen else Level.DEFAULT)
