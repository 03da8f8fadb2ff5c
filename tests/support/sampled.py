"""An idle counter that is told of nothing, on a machine whose time a test lets pass."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol

from tests.support.fake_loop import FakeLoop
from tray_agent.ports import IdleCounter, Unavailable


class _Counter(IdleCounter, Protocol):
    def look(self) -> None: ...


class Sampled(ABC):
    """`asked` is when the counter has asked since `watch`, `edges` what came of it, and when."""

    counter: _Counter
    gone: str
    """What a machine says that `refuses` to answer."""

    def __init__(self) -> None:
        self.loop = FakeLoop()
        self.lost: list[str] = []
        self.asked: list[float] = []
        self.edges: list[tuple[float, bool, float]] = []
        self.refuses = False

    @abstractmethod
    def touched(self) -> None:
        """Somebody is there."""

    def watch(self, pause_s: float) -> None:
        self.asked.clear()
        self.counter.watch(pause_s, lambda active, idle: self.edges.append((self.loop.time, active, idle)))

    @property
    def told(self) -> list[bool]:
        """The edges without their times."""
        return [active for _, active, _ in self.edges]

    def answers(self) -> None:
        """The counter asks; whoever inherits has it call this."""
        if self.refuses:
            raise Unavailable(self.gone)
        self.asked.append(self.loop.time)
