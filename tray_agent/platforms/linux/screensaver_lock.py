"""Whether the desktop's screen saver covers the screen, on the session bus.

Five desktops have one, each under a name of its own but with the same words: `GetActive` and
`ActiveChanged`.  Whether the screen saver also asks for a password it does not say.  It need not:
one that covers the screen within seconds of the last input was wanted, and a later one is no
evidence by itself, which is how locks are judged anyway.  xscreensaver, i3lock and swaylock tell
nobody; idleness covers them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from jeepney import DBusAddress, MatchRule, Message

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.messages import method

DESKTOPS = ("gnome", "freedesktop", "mate", "xfce", "cinnamon")


class ScreenSaverLock:
    """`locked` is what is known, None before anybody answered; `changed(locked)` hears of each change.

    `tellers` are the screen savers that have answered, by their names on the bus.
    """

    def __init__(self, bus: Bus, changed: Callable[[bool], object]) -> None:
        self.locked: bool | None = None
        self._bus, self._changed = bus, changed
        self._active: dict[str, bool] = {}
        self._stops = []
        for desktop in DESKTOPS:
            name = f"org.{desktop}.ScreenSaver"
            # Without the interface: there are lockers that own one name and speak for another.
            rule = MatchRule(type="signal", sender=name, member="ActiveChanged")
            saver = DBusAddress(f"/org/{desktop}/ScreenSaver", name, name)
            self._stops += [
                bus.match(rule, partial(self._heard, name), "b"),
                bus.watch_name(name, partial(self._owned, saver)),
            ]

    @property
    def tellers(self) -> tuple[str, ...]:
        """Who tells."""
        return tuple(self._active)

    def close(self) -> None:
        """Hear no more; safe to call twice."""
        for stop in self._stops:
            stop()
        self._stops.clear()

    def _owned(self, saver: DBusAddress, owner: str | None) -> None:
        name = str(saver.bus_name)
        if owner is None:
            if self._active.pop(name, None) is not None:
                self._tell()
            return
        self._bus.call(method(saver, "GetActive"), lambda body: self._is(name, active=body[0]), signature="b")

    def _heard(self, name: str, signal: Message) -> None:
        self._is(name, active=signal.body[0])

    def _is(self, name: str, *, active: bool) -> None:
        if self._stops:
            self._active[name] = active
            self._tell()

    def _tell(self) -> None:
        locked = any(self._active.values())
        if locked != self.locked:
            self.locked = locked
            self._changed(locked)
