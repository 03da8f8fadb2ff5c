"""Following one fault of the world from its beginning to the agent's recovery, with times."""

from __future__ import annotations

import time
from typing import Any

from tests.support.live_agent import LiveAgent
from tests.support.waiting import wait_until

NOTICED_WITHIN_S, RECOVERED_WITHIN_S = 5.0, 10.0


def part(agent: LiveAgent, name: str) -> dict[str, Any]:
    """What `doctor` says of one part."""
    parts: list[dict[str, Any]] = agent.ask("doctor")["parts"]
    return next(one for one in parts if one["name"] == name)


class Fault:
    """One fault, from the moment it is made; each part of the agent it strikes must say so, and recover."""

    def __init__(self, agent: LiveAgent, name: str, how: str) -> None:
        self._agent = agent
        self._name, self._how = name, how
        self._since = time.monotonic()
        self._noticed: list[str] = []
        self._recovered: list[str] = []

    def noticed(self, name: str, *states: str) -> dict[str, Any]:
        """The part's word that something is wrong with it, and what."""

        def wrong() -> dict[str, Any] | None:
            seen = part(self._agent, name)
            return seen if seen["state"] in states else None

        seen = wait_until(wrong, f"{name} to be {states}", NOTICED_WITHIN_S)
        assert seen is not None
        assert seen["reason"] and seen["remedy"], seen
        self._noticed.append(f"{name} {seen['state']} after {self._elapsed()}: {seen['reason']}")
        return seen

    def over(self) -> None:
        """The world is whole again."""
        self._since = time.monotonic()

    def recovered(self, *names: str) -> None:
        """Each of these parts is well again."""
        for name in names:
            wait_until(
                lambda name=name: part(self._agent, name)["state"] == "ok",  # type: ignore[misc]
                f"{name} to recover",
                RECOVERED_WITHIN_S,
            )
            self._recovered.append(f"{name} {self._elapsed()}")

    def lost(self, what: str) -> None:
        """Print this fault as a row of the table; pytest shows it with -s."""
        row = (self._name, self._how, "; ".join(self._noticed), "; ".join(self._recovered), what)
        print("|", " | ".join(row), "|")

    def _elapsed(self) -> str:
        return f"{time.monotonic() - self._since:.1f} s"
