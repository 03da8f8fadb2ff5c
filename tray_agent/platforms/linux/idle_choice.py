"""Which idle counter is the session's: found at run time, each time one is wanted.

Under Wayland the compositor tells, by a protocol of its own or, in GNOME, by Mutter on the session
bus; XWayland, which has seen only what went to its own windows, is never asked.  Elsewhere it is the
X server, by alarms where it counts and by the screen saver's figure where it does not.
"""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.wayland_place import in_wayland
from tray_agent.ports import IdleCounter, Loop, Unavailable

Lost = Callable[[str], object]


class IdleChoice:
    """Call it with `lost` for the first counter that works here.

    Raises `Unavailable` with every reason when none does.
    """

    def __init__(self, loop: Loop, bus: Bus) -> None:
        self._loop = loop
        self._bus = bus
        self._mutter: str | None = None
        if in_wayland():
            from tray_agent.platforms.linux.mutter_idle import NAME

            bus.watch_name(NAME, self._mutter_owned)

    def __call__(self, lost: Lost) -> IdleCounter:
        """Try them in order."""
        reasons: list[str] = []
        for make in (self._wayland, self._on_mutter) if in_wayland() else (self._xsync, self._xscreensaver):
            try:
                return make(lost)
            except Unavailable as why:
                if str(why) not in reasons:
                    reasons.append(str(why))
        raise Unavailable("; ".join(reasons))

    def _wayland(self, lost: Lost) -> IdleCounter:
        from tray_agent.platforms.linux.wayland_idle import WaylandIdle

        return WaylandIdle(self._loop, lost)

    def _on_mutter(self, lost: Lost) -> IdleCounter:
        if self._mutter is None:
            raise Unavailable("Mutter's idle monitor is not on the bus")
        from tray_agent.platforms.linux.mutter_idle import MutterIdle

        return MutterIdle(self._loop, lost, self._bus)

    def _xsync(self, lost: Lost) -> IdleCounter:
        from tray_agent.platforms.linux.xidle import XSyncIdle

        return XSyncIdle(self._loop, lost)

    def _xscreensaver(self, lost: Lost) -> IdleCounter:
        from tray_agent.platforms.linux.xscreensaver import XScreenSaverIdle

        return XScreenSaverIdle(self._loop, lost)

    def _mutter_owned(self, owner: str | None) -> None:
        self._mutter = owner
