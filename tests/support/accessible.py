"""Windows as a screen reader meets them: the accessibility bus of a desktop, walked over AT-SPI.

AT-SPI's interfaces are those of at-spi2-core 2.46 (org.a11y.atspi.*); the roles are named as its
`GetRoleName` names them.
"""

from __future__ import annotations

import subprocess
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from jeepney import (
    DBusAddress,
    MatchRule,
    Message,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.support.accessibility_service import LAUNCHER
from tests.support.desktop import Desktop
from tests.support.screen import Box
from tests.support.waiting import wait_until

ROOT_PATH, NOTHING = "/org/a11y/atspi/accessible/root", "/org/a11y/atspi/null"
DOOR = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
REGISTRY = "org.a11y.atspi.Registry"

READS_ALOUD = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
"""What a window's process needs in its environment where no screen reader runs."""

STATES = {1: "active", 7: "editable", 8: "enabled", 11: "focusable", 12: "focused", 25: "showing"}
STATES |= {4: "checked", 24: "sensitive", 30: "visible", 39: "is-default", 41: "checkable"}


class Accessibility:
    """The accessibility bus of a desktop, for as long as the `with` lasts."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def __enter__(self) -> Self:
        self._launcher = subprocess.Popen(
            [LAUNCHER, "--launch-immediately"],
            env=self._desktop.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(lambda: self._desktop.name_owned(DOOR.bus_name), "the accessibility bus")
            (address,) = self._desktop.call(new_method_call(DOOR, "GetAddress"))
            self.bus = open_dbus_connection(address)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bus.close()
        self._end()

    def _end(self) -> None:
        self._launcher.terminate()
        self._launcher.wait(10)

    def window(self, title: str) -> Node:
        """The window of this title, once it is there."""

        def found() -> Node | None:
            return next((each for each in self.windows() if each.name == title), None)

        node = wait_until(found, f"{title!r} in the accessibility tree")
        assert node is not None
        return node

    def windows(self) -> list[Node]:
        """Every window of every program that has something to show."""
        applications = Node(self.bus, REGISTRY, ROOT_PATH).children()
        return [window for each in applications for window in each.children()]

    def ear(self) -> Ear:
        """Hears announcements from now on."""
        return Ear(self.bus)


@dataclass(frozen=True)
class Node:
    """One thing in the tree."""

    bus: DBusConnection
    owner: str
    path: str

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self._property("Accessible", "Name"))

    @property
    def description(self) -> str:
        """What else is said of it."""
        return str(self._property("Accessible", "Description"))

    @property
    def role(self) -> str:
        """What kind of thing it is, such as `push button`."""
        return str(self._call("Accessible", "GetRoleName")[0])

    @property
    def states(self) -> set[str]:
        """Those of its states that tests ask for; none when it is gone by now."""
        found = self._call("Accessible", "GetState")
        low, high = found[0] if found else (0, 0)
        bits = low | high << 32
        return {name for number, name in STATES.items() if bits >> number & 1}

    @property
    def focusable(self) -> bool:
        """Whether Tab can reach it, now."""
        return {"focusable", "showing"} <= self.states

    def children(self) -> list[Node]:
        """What is in it; nothing when it is gone by now."""
        found = self._call("Accessible", "GetChildren")
        return [Node(self.bus, owner, path) for owner, path in (found[0] if found else ()) if path != NOTHING]

    def walk(self) -> Iterator[Node]:
        """This and all that is in it."""
        yield self
        for child in self.children():
            yield from child.walk()

    def find(self, name: str, role: str = "") -> Node | None:
        """The first of this name, and role where one is given, that is on the screen."""
        for node in self.walk():
            if node.name == name and role in {"", node.role} and "showing" in node.states:
                return node
        return None

    @property
    def box(self) -> Box:
        """Left, top, right and bottom of it on the screen."""
        ((left, top, width, height),) = self._call("Component", "GetExtents", "u", 0)
        return left, top, left + width, top + height

    def actions(self) -> list[str]:
        """What can be done to it."""
        return [name for name, _description, _keys in self._call("Action", "GetActions")[0]]

    def press(self) -> None:
        """Do the first thing that can be done to it, as a screen reader does on its user's word."""
        self._call("Action", "DoAction", "i", 0)

    def _property(self, interface: str, name: str) -> Any:
        answer = self._answer(Properties(self._address(interface)).get(name))
        return answer[0][1] if answer else ""

    def _call(self, interface: str, member: str, signature: str = "", *body: Any) -> tuple[Any, ...]:
        return self._answer(new_method_call(self._address(interface), member, signature or None, body))

    def _answer(self, question: Message) -> tuple[Any, ...]:
        answer = self.bus.send_and_get_reply(question, timeout=10)
        return () if answer.header.message_type is MessageType.error else answer.body

    def _address(self, interface: str) -> DBusAddress:
        return DBusAddress(self.path, self.owner, f"org.a11y.atspi.{interface}")


class Ear:
    """Hears what windows announce; close it, or use it as a context manager."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus
        self._rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        wanted = new_method_call(registry, "RegisterEvent", "s", ("object:announcement",))
        bus.send_and_get_reply(wanted, timeout=10)
        bus.send_and_get_reply(message_bus.AddMatch(self._rule), timeout=10)
        self._filter = bus.filter(self._rule, queue=deque())
        self._heard: list[tuple[float, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        self._filter.close()

    def heard(self) -> list[tuple[float, str]]:
        """Everything so far, each with the moment this process learned of it (`time.monotonic`)."""
        while True:
            try:
                self._bus.recv_messages(timeout=0)
            except TimeoutError:
                break
        while self._filter.queue:
            self._heard.append((time.monotonic(), str(self._filter.queue.popleft().body[3][1])))
        return list(self._heard)

    def words(self) -> list[str]:
        """What was said so far."""
        return [words for _at, words in self.heard()]

    def until(self, words: str, timeout_s: float = 10.0) -> None:
        """Wait until something with these words in it was said."""
        wait_until(lambda: any(words in said for said in self.words()), f"{words!r} to be said", timeout_s)
