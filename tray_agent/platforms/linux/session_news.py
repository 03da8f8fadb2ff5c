"""Lock and sleep by everybody who tells of them: logind and the desktop's screen saver.

The session is locked when any of them says so, and unlocked when none does.  A screen saver that
let the person in also ends a lock that logind had only been asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.logind import LogindSession
from tray_agent.platforms.linux.screensaver_lock import ScreenSaverLock
from tray_agent.ports import Health, Loop, News, State


class SessionNews:
    """Keeps `ports.SessionSensor`; `session_id` is what the environment says unless given."""

    def __init__(
        self,
        loop: Loop,
        system_bus: Bus,
        session_bus: Bus,
        told: Callable[[News], object],
        session_id: str | None = None,
    ) -> None:
        self._told = told
        self._locked: bool | None = None
        self._logind_locked = self._saver_locked = False
        self._logind = LogindSession(loop, system_bus, self._heard, session_id)
        self._saver = ScreenSaverLock(session_bus, self._saver_turned)

    def input_seen(self, age_s: float) -> None:
        """Somebody touched keyboard or mouse so long ago: a lock that nothing confirms is over."""
        self._logind.input_seen(age_s)

    def health(self) -> Health:
        """Who tells and whether the session is locked; `local` or `remote` where logind knows it."""
        logind = self._logind.health()
        if not self._saver.tellers:
            return logind
        savers = ", ".join(self._saver.tellers)
        known = "locked" if self._saver_locked else "not locked"
        if logind.state is State.OK:
            reason = known if self._saver_locked else logind.reason
            return replace(logind, source=f"{logind.source}, {savers}", reason=reason)
        return Health("session", State.DEGRADED, savers, f"{known}; {logind.reason}")

    def close(self) -> None:
        """Hear no more; safe to call twice."""
        self._logind.close()
        self._saver.close()

    def _heard(self, news: News) -> None:
        if news in (News.LOCKED, News.UNLOCKED):
            self._logind_locked = news is News.LOCKED
            self._tell()
        else:
            self._told(news)

    def _saver_turned(self, locked: bool) -> None:
        was_locked, self._saver_locked = self._saver_locked, locked
        if was_locked and not locked:
            self._logind.let_in()
        self._tell()

    def _tell(self) -> None:
        locked = self._logind_locked or self._saver_locked
        if locked != self._locked:
            self._locked = locked
            self._told(News.LOCKED if locked else News.UNLOCKED)
