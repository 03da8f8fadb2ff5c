"""What the makers of adapters are given, and what the suites know of each adapter they are run over."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from tests.support.turning import turn_for, turn_until
from tray_agent.ports import Health, IdleCounter, Listener, News, State
from tray_agent.shell.loop import SelectorLoop

SESSION_ID = "c1"
"""The name of a played session, which health must not tell."""


class _Healthy(Protocol):
    def health(self) -> Health: ...


Part = TypeVar("Part", bound=_Healthy)


class Kept(ExitStack):
    """What takes long to start, kept from test to test until a suite is through."""

    def __init__(self) -> None:
        super().__init__()
        self._things: dict[object, Any] = {}

    def once(self, start: Callable[[], AbstractContextManager[Any]]) -> Any:
        """What this starts, the first time."""
        if start not in self._things:
            self._things[start] = self.enter_context(start())
        return self._things[start]


@dataclass
class World:
    """A loop that the test turns, and what has to be cleared away after it."""

    loop: SelectorLoop
    stack: ExitStack

    def turn_for(self, seconds: float) -> None:
        """Let so much time pass."""
        turn_for(self.loop, seconds)

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Let time pass until this is so."""
        turn_until(self.loop, condition, what)

    def well(self, part: Part) -> Part:
        """The part, once it says that all is well."""
        self.until(lambda: part.health().state is State.OK, "all to be well")
        return part


@dataclass
class NoteWorld(World):
    """`answers` are those that came."""

    answers: list[tuple[int, str]] = field(default_factory=list)

    def answered(self, prompt: int, key: str) -> None:
        """What a notifier is built with."""
        self.answers.append((prompt, key))


@dataclass
class SessionWorld(World):
    """`news` is what came, `happens` what a test can make happen."""

    news: list[News] = field(default_factory=list)
    happens: Callable[[], object] = lambda: None


@dataclass
class SenseWorld(World):
    """`answers` is what a context sensor has told, on the test's thread alone."""

    answers: list[bool | None] = field(default_factory=list)

    def told(self, on: bool | None) -> None:
        """What a sensor is built with."""
        assert threading.current_thread() is threading.main_thread()
        self.answers.append(on)


@dataclass
class StartWorld(World):
    """`folder` is there for whatever starting with the session writes."""

    folder: Path = Path()


@dataclass
class FolderWorld(World):
    """`folder` is there for what is watched, which `loses` takes away; a burst is so many reports at most.

    `held` counts what a watch has to give back.
    """

    folder: Path = Path()
    loses: Callable[[Path], object] = lambda folder: shutil.rmtree(folder.parents[1])
    held: Callable[[], int] = lambda: len(list(Path("/dev/fd").iterdir()))
    burst: int = 1


@dataclass
class InputWorld:
    """The person whose input an adapter learns of, and what drives it; `lost` are the losses it told."""

    touch: Callable[[], object]
    let_pass: Callable[[float], object]
    until: Callable[[Callable[[], object], str], object]
    kill: Callable[[], object]
    lost: list[str]


@dataclass
class CounterWorld(InputWorld):
    """`late_s`: what tells of a pause may come so late, and then the pause seems that much shorter."""

    counter: IdleCounter
    late_s: float = 0.0


@dataclass
class ListenerWorld(InputWorld):
    """With the listener."""

    listener: Listener
