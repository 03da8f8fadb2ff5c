"""Whether a screen reader runs, as the desktop's accessibility service says.

Desktops and screen readers set `ScreenReaderEnabled` of org.a11y.Status.  The service is asked once
it is there and never started for the question: without it nothing can read the screen.
"""

from __future__ import annotations

from collections.abc import Callable

from jeepney import DBusAddress, MatchRule, Message, Properties

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.messages import Body

STATUS = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")
PROPERTY = "ScreenReaderEnabled"


class ScreenReader:
    """`runs` is what is known; `changed(runs)` is called whenever that becomes another."""

    def __init__(self, bus: Bus, changed: Callable[[bool], object]) -> None:
        self.runs = False
        self._bus, self._changed = bus, changed
        rule = MatchRule(
            type="signal",
            sender=STATUS.bus_name,
            interface="org.freedesktop.DBus.Properties",
            member="PropertiesChanged",
            path=STATUS.object_path,
        )
        rule.add_arg_condition(0, STATUS.interface)
        self._stops = (
            bus.match(rule, self._heard, "sa{sv}as"),
            bus.watch_name(STATUS.bus_name, self._owned),
        )

    def close(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()

    def _owned(self, owner: str | None) -> None:
        if owner is None:
            self._is(False)
        else:
            self._ask()

    def _heard(self, message: Message) -> None:
        _interface, values, unsaid = message.body
        if PROPERTY in unsaid:
            self._ask()
        elif PROPERTY in values:
            self._answered((values[PROPERTY],))

    def _ask(self) -> None:
        self._bus.call(Properties(STATUS).get(PROPERTY), self._answered, signature="v")

    def _answered(self, body: Body) -> None:
        kind, value = body[0]
        if kind == "b":
            self._is(value)

    def _is(self, runs: bool) -> None:
        if runs != self.runs:
            self.runs = runs
            self._changed(runs)
