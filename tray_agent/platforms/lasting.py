"""An on and off that counts once it has lasted: sounds and cameras come and go faster than calls."""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.ports import Loop, Timer


class Lasting:
    """Passes on to `told` what it hears, each change once it has lasted for so many seconds.

    On counts `on_after_s` after it began; off, `off_after_s` after the last of it, so that shorter
    silences are none.  The first answer of all, and None, cannot be known, are passed on at once.
    `says` is what was passed on last.
    """

    def __init__(
        self,
        loop: Loop,
        told: Callable[[bool | None], object],
        *,
        on_after_s: float,
        off_after_s: float = 0.0,
    ) -> None:
        self.says: bool | None = None
        self._loop = loop
        self._told = told
        self._on_after_s = on_after_s
        self._off_after_s = off_after_s
        self._now: bool | None = None
        self._lasted = False
        self._begun: Timer | None = None
        self._ending: Timer | None = None

    def hear(self, on: bool | None, *, looked: bool = False) -> None:
        """It is so now.  An answer to a look counts at once, and is passed on also when nothing changed."""
        before, known, self._now = self.says, self._now is not None, on
        if on:
            self._goes_on(at_once=looked or not known)
        elif on is False and known and self._off_after_s and (self._begun or self._lasted):
            self._ending = self._ending or self._loop.call_later(self._off_after_s, self._over)
        else:
            self._over()
        if looked and self.says is before:
            self._told(self.says)

    @property
    def value(self) -> str | None:
        """What was passed on last, as `Health.value` has it."""
        return None if self.says is None else "on" if self.says else "off"

    def stop(self) -> None:
        """Whatever it heard has ended for good: a silence after it counts at once."""
        self.close()
        self._lasted = False

    def close(self) -> None:
        """Pass on nothing more by itself."""
        for timer in (self._begun, self._ending):
            if timer is not None:
                timer.cancel()
        self._begun = self._ending = None

    def _goes_on(self, *, at_once: bool) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        if at_once or self._lasted:
            self._has_lasted()
        elif self._begun is None:
            self._begun = self._loop.call_later(self._on_after_s, self._has_lasted)

    def _has_lasted(self) -> None:
        if self._begun is not None:
            self._begun.cancel()
        self._begun, self._lasted = None, True
        if self._now:
            self._say(True)

    def _over(self) -> None:
        self.stop()
        self._say(self._now)

    def _say(self, on: bool | None) -> None:
        if on is not self.says:
            self.says = on
            self._told(on)
