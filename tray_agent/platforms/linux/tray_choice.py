"""Which tray shows the icon at the moment: StatusNotifier, else XEmbed, else none; never two of them.

Both are watched for all the time, which takes nothing but their own events.  An X11 panel that comes while
we are there gets the icon only after a second alone: one that knows both ways, as Xfce's does, tells of
them one after the other.  One that was there before us has told of both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.sni import Draw, SniTray
from tray_agent.platforms.linux.xembed import Popup, XEmbedTray
from tray_agent.ports import Entry, Face, Health, Loop, State, Timer, Unavailable

SETTLE_S = 1.0
"""How long StatusNotifier may take to appear, at the start and beside a new X11 panel."""

_IN_A_PANEL = (State.OK, State.DEGRADED)
"""What `XEmbedTray` says while it is shown, or about to be."""


class TrayChoice:
    """The tray port.  `menu`, `draw`, `activated` and `token` are as `SniTray` wants them, `popup(x, y)` as
    `XEmbedTray` does; `changed` is called after each change of `health`.

    `desktop` is the session's XDG_CURRENT_DESKTOP, `display` its X display; None: as the environment says.
    """

    def __init__(
        self,
        loop: Loop,
        bus: Bus,
        menu: Callable[[], Sequence[Entry]],
        draw: Draw,
        *,
        activated: Callable[[], object],
        popup: Popup,
        changed: Callable[[], object] = lambda: None,
        token: Callable[[str], object] = lambda _token: None,
        desktop: str | None = None,
        display: str | None = None,
    ) -> None:
        self._loop = loop
        self._changed = changed
        self._sni = SniTray(
            loop,
            bus,
            menu,
            draw,
            activated=activated,
            changed=self._look,
            token=token,
            desktop=desktop,
        )
        self._xembed: XEmbedTray | None = None
        try:
            self._xembed = XEmbedTray(
                loop,
                draw,
                activated=activated,
                popup=popup,
                changed=self._look,
                display=display,
                visible=False,
            )
        except Unavailable:
            pass  # no X server, or the one inside Wayland, where no panel would look
        self._settling: Timer | None = loop.call_later(SETTLE_S, self._settled)
        self._seen, self._told = self._both(), self.health()
        self._panel_was_here = self._xembed_is_free(self._seen[1])

    def show(self, face: Face) -> None:
        """Draw this face; cheap when nothing changed."""
        self._sni.show(face)
        if self._xembed is not None:
            self._xembed.show(face)

    def health(self) -> Health:
        """Which tray shows the icon, or why none does; `source` is None while there is none."""
        sni, xembed = self._both()
        if sni.state is State.OK:
            return sni
        if xembed is not None and xembed.state in _IN_A_PANEL:
            return xembed
        if self._settling is not None:
            return Health("tray", State.DEGRADED, None, "looking for a panel")
        lost = f"; {xembed.reason}" if xembed is not None and xembed.state is State.LOST else ""
        return replace(sni, source=None, reason=f"{sni.reason}{lost}")

    def close(self) -> None:
        """Take the icon away."""
        self._stop_waiting()
        self._sni.close()
        if self._xembed is not None:
            self._xembed.close()

    def _both(self) -> tuple[Health, Health | None]:
        return self._sni.health(), self._xembed.health() if self._xembed is not None else None

    def _look(self) -> None:
        """Something may have changed on one side or the other."""
        before, self._seen = self._seen, self._both()
        if self._seen == before:
            return
        sni, xembed = self._seen
        if sni.state is State.OK:
            self._stop_waiting()
            self._use_xembed(False)
        elif self._panel_was_here and sni.state is State.ABSENT and self._xembed_is_free(xembed):
            self._stop_waiting()
            self._use_xembed(True)
        elif xembed is None or xembed.state not in _IN_A_PANEL:
            self._use_xembed(False)
            self._settling = self._settling or self._loop.call_later(SETTLE_S, self._settled)
        self._tell()

    def _settled(self) -> None:
        self._settling, self._panel_was_here = None, False
        sni, xembed = self._both()
        if sni.state is not State.OK and self._xembed_is_free(xembed):
            self._use_xembed(True)
        self._tell()

    @staticmethod
    def _xembed_is_free(xembed: Health | None) -> bool:
        """Whether there is an X11 panel, and we keep out of it."""
        return xembed is not None and xembed.state is State.OFF

    def _use_xembed(self, use: bool) -> None:
        if self._xembed is not None:
            self._xembed.set_visible(use)

    def _stop_waiting(self) -> None:
        self._panel_was_here = False
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None

    def _tell(self) -> None:
        health = self.health()
        if health != self._told:
            self._told = health
            self._changed()
