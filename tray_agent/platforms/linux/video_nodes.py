"""The video streams that run in PipeWire: screens given away, and cameras.

Screen sharing under Wayland goes through PipeWire with every desktop: the compositor (GNOME, KDE,
GNOME's own recorder too) or its portal (wlroots) makes a node that is `running` while somebody takes
pictures from it.  Of the whole graph only this is learnt: which nodes carry video, what for, and
whether they run.  PipeWire tells each change by itself; `look` makes sure that it has told all.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from msgspec import Struct

from tray_agent.platforms.linux.pipewire_pod import all_of, chosen, integer, integers, members, number, text
from tray_agent.platforms.linux.pipewire_wire import FIRST_FREE, REGISTRY, PipeWireWire
from tray_agent.ports import Loop, Timer, Unavailable

BIND = 1
GLOBAL, GLOBAL_REMOVE = 0, 1
NODE_INFO, FAILED = 0, -1
NODE, NODE_VERSION = "PipeWire:Interface:Node", 3
RUNNING = 3

CLASS, ROLE, DEVICE = b"media.class", b"media.role", b"device.id"
GIVEN_AWAY, SOURCE = b"Stream/Output/Video", b"Video/Source"

PATIENCE_S = 0.8
ASK_AGAIN_S = 0.05
RETRY_AFTER_S = (1.0, 5.0, 15.0)
"""Waits before each try to connect again by itself; after that, each look is a try."""


class Use(Enum):
    """What a stream of pictures is taken from."""

    SCREEN = auto()
    CAMERA = auto()


def use_of(properties: dict[bytes, bytes]) -> Use | None:
    """What a node with these properties gives, None when that is no video.

    A camera says so by its role or by the device behind it, a virtual one by its role; what else gives
    video away is a screen or a window.
    """
    if properties.get(CLASS) not in (GIVEN_AWAY, SOURCE):
        return None
    return Use.CAMERA if properties.get(ROLE) == b"Camera" or DEVICE in properties else Use.SCREEN


class _Node(Struct):
    use: Use
    known_as: int
    runs: bool | None = None


class VideoNodes:
    """`running` is what is in use now; `problem` says in a clause why that cannot be known.

    Whoever `follow`s is called whenever one of them has become another.  It may be made where no
    PipeWire is, and finds it later; `was_there` says whether it ever answered.
    """

    def __init__(self, loop: Loop) -> None:
        self.running: frozenset[Use] = frozenset()
        self.problem: str | None = "PipeWire has not answered yet"
        self.was_there = False
        self._loop = loop
        self._followers: list[Callable[[], object]] = []
        self._waiting: list[Callable[[], object]] = []
        self._nodes: dict[int, _Node] = {}
        self._next = FIRST_FREE
        self._shown_anything = False
        self._tries = 0
        self._patience: Timer | None = None
        self._again: Timer | None = None
        self._retry: Timer | None = None
        self._wire: PipeWireWire | None = None
        self._connect()

    def follow(self, changed: Callable[[], object]) -> Callable[[], None]:
        """Call `changed` from now on, until the result is called."""
        self._followers.append(changed)
        return lambda: self._followers.remove(changed) if changed in self._followers else None

    def look(self, answered: Callable[[], object]) -> None:
        """Call `answered` once PipeWire has told all it knows, or cannot; within a second."""
        self._waiting.append(answered)
        if self._wire is None:
            self._connect()
        else:
            self._ask()

    def close(self) -> None:
        """Hang up; safe to call twice."""
        self._hang_up()
        self._waiting.clear()
        self._followers.clear()

    def _connect(self) -> None:
        self._hang_up()
        self._next, self._shown_anything = FIRST_FREE, False
        try:
            self._wire = PipeWireWire(self._loop, self._heard, self._synced, self._lost)
        except Unavailable as why:
            self._lost(str(why))
        else:
            self._ask()

    def _hang_up(self) -> None:
        for timer in (self._patience, self._again, self._retry):
            if timer is not None:
                timer.cancel()
        self._patience = self._again = self._retry = None
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def _lost(self, reason: str) -> None:
        self._hang_up()
        self._nodes.clear()
        if self._tries < len(RETRY_AFTER_S):
            self._retry = self._loop.call_later(RETRY_AFTER_S[self._tries], self._connect)
            self._tries += 1
        self._now(reason)
        self._loop.call_soon(self._answer)

    def _ask(self) -> None:
        if self._patience is None and self._wire is not None:
            self._patience = self._loop.call_later(PATIENCE_S, self._give_up)
            self._wire.sync()

    def _synced(self) -> None:
        told_all = self._shown_anything and all(node.runs is not None for node in self._nodes.values())
        if told_all:
            if self._patience is not None:
                self._patience.cancel()
                self._patience = None
            self.was_there, self._tries = True, 0
            self._now(None)
            self._answer()
        elif self._patience is not None and self._wire is not None:
            # A node's state follows its name; and where a session manager has to let us in, so does all.
            self._again = self._loop.call_later(ASK_AGAIN_S, self._wire.sync)

    def _give_up(self) -> None:
        self._patience = None
        if self._again is not None:
            self._again.cancel()
        self._now("PipeWire does not answer")
        self._answer()

    def _answer(self) -> None:
        waiting, self._waiting = self._waiting, []
        for answered in waiting:
            answered()

    def _now(self, problem: str | None) -> None:
        running = frozenset(node.use for node in self._nodes.values() if node.runs)
        if (running, problem) != (self.running, self.problem):
            self.running, self.problem = running, problem
            for changed in tuple(self._followers):
                changed()

    def _heard(self, target: int, event: int, message: memoryview) -> None:
        if target == REGISTRY:
            if event == GLOBAL:
                self._appeared(message)
            elif event == GLOBAL_REMOVE:
                self._vanished(integers(message, 1)[0])
        elif (node := self._nodes.get(target)) is not None:
            if event == NODE_INFO:
                node.runs = number(all_of(members(message), 7)[6]) == RUNNING
            elif event == FAILED:  # it was gone before we asked
                del self._nodes[target]
            self._now(self.problem)

    def _appeared(self, message: memoryview) -> None:
        self._shown_anything = True
        known_as, _permissions, kind, _version, properties = all_of(members(message), 5)
        if kind[1] != NODE.encode() + b"\0" or self._wire is None:
            return
        if (use := use_of(chosen(properties, {CLASS, ROLE, DEVICE}))) is not None:
            node = self._nodes[self._next] = _Node(use, number(known_as))
            ours = integer(self._next)
            self._wire.send(REGISTRY, BIND, integer(node.known_as), text(NODE), integer(NODE_VERSION), ours)
            self._next += 1

    def _vanished(self, known_as: int) -> None:
        for ours in [ours for ours, node in self._nodes.items() if node.known_as == known_as]:
            del self._nodes[ours]
        self._now(self.problem)
