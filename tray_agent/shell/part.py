"""One adapter of the outside world that is made again when it is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from tray_agent.ports import Health, Loop, State, Unavailable

RETRY_AFTER_S = (1.0, 5.0, 15.0, 30.0)
"""Waits before each try to replace what was lost; the last one holds for all further tries."""

TRIES_COUNT_FOR_S = 600.0
"""A try older than this makes no wait longer any more."""


class Adapter(Protocol):
    """What a part is made of; `name` is the mechanism, as in `Health.source`, `doubt` why it may be wrong."""

    name: str
    doubt: str | None

    def close(self) -> None:
        """Let go of the system; safe to call twice."""


A = TypeVar("A", bound=Adapter)
Lost = Callable[[str], object]


class Part(Generic[A]):
    """Holds the adapter that `make` builds, if any, and says how it is doing.

    `make` gets the function by which the adapter says that it was lost, and raises `Unavailable`
    where it cannot work.  What worked once is tried for ever; what never did, for a minute: while
    people log in, much is slow that works later.  A part without `make` is off.  `changed` is called
    whenever an adapter was lost or made after `start`.
    """

    def __init__(
        self, loop: Loop, name: str, make: Callable[[Lost], A] | None, changed: Callable[[], object]
    ) -> None:
        self.adapter: A | None = None
        self._loop = loop
        self._name = name
        self._make = make
        self._changed = changed
        self._state = State.OFF
        self._source: str | None = None
        self._reason: str | None = None
        self._permission: str | None = None
        self._tries = 0

    def start(self) -> None:
        """Make the adapter, or learn that it cannot work here."""
        if self._make and not self._made(self._make):
            self._state = State.ABSENT
            self._try_later()

    def replace(self, reason: str) -> None:
        """Give up the adapter and try to make another."""
        if self.adapter:
            self.adapter.close()
            self.adapter = None
            self._state, self._reason = State.LOST, reason
            self._try_later()
            self._changed()

    def health(self) -> Health:
        """Whether the adapter works, and if not, why."""
        permission = getattr(self.adapter, "permission", self._permission)
        if self.adapter and self.adapter.doubt:
            doubt = self.adapter.doubt
            return Health(self._name, State.DEGRADED, self._source, doubt, permission=permission)
        return Health(self._name, self._state, self._source, self._reason, permission=permission)

    def close(self) -> None:
        """Close the adapter and make no other."""
        self._make = None
        if self.adapter:
            self.adapter.close()
            self.adapter = None

    def _made(self, make: Callable[[Lost], A]) -> bool:
        try:
            adapter = make(lambda reason: self._lost(adapter, reason))
        except Unavailable as why:
            self._reason, self._permission = str(why), why.permission
            return False
        self.adapter, self._source = adapter, adapter.name
        self._state, self._reason = State.OK, None
        return True

    def _lost(self, adapter: A, reason: str) -> None:
        if adapter is self.adapter:
            self.replace(reason)

    def _try_later(self) -> None:
        self._loop.call_later(RETRY_AFTER_S[min(self._tries, len(RETRY_AFTER_S) - 1)], self._try)
        self._tries += 1

    def _try(self) -> None:
        self._loop.call_later(TRIES_COUNT_FOR_S, self._forget_a_try)
        if self._make is None:
            return
        if self._made(self._make):
            self._changed()
        elif self._state is State.LOST or self._tries < len(RETRY_AFTER_S):
            self._try_later()

    def _forget_a_try(self) -> None:
        self._tries -= 1
