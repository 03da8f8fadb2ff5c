"""What the person is told once, in a note: a crash, how to get an icon, that there are more exercises.

None is urgent: it waits for a notification service and never covers a prompt.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tray_agent.core.model import Kind
from tray_agent.ports import Advice, Loop, State, Timer
from tray_agent.shell import crash_report, logs
from tray_agent.shell.agent import Agent
from tray_agent.shell.firsts import HINTED, SAFETY_OFFERED
from tray_agent.shell.words import _

AGAIN_S = 5.0
"""How long to wait when a note would not be seen, cover a prompt or disturb."""

NO_TRAY_S = 60.0
"""Panels start late and come back; an icon that nobody has shown for this long has no place."""

_SEEN = (State.OK, State.DEGRADED)


class Announcements:
    """Over an agent whose crash files lie in `folder`; `make_launcher()` sees to the applications menu.

    `advice()` is what helps on this system, asked for when it is wanted.
    """

    def __init__(
        self,
        loop: Loop,
        agent: Agent,
        folder: Path,
        make_launcher: Callable[[], object],
        advice: Callable[[], Advice] = Advice,
    ) -> None:
        self._loop = loop
        self._agent = agent
        self._folder = folder
        self._make_launcher = make_launcher
        self._advice = advice
        self._without_tray: Timer | None = None

    def begin(self) -> None:
        """Tell of a crash, and from now on watch for a tray that is missing."""
        self._tell_of_crash()
        self.tray_changed()

    def tray_changed(self) -> None:
        """The icon found a place or lost it."""
        if self._without_tray is not None:
            self._without_tray.cancel()
            self._without_tray = None
        if self._tray_is_missing():
            wait_s = self._agent.clock.real_s(NO_TRAY_S)
            self._without_tray = self._loop.call_later(wait_s, self._tell_of_missing_tray)

    def moved(self, kind: Kind) -> None:
        """After the first break with a movement in it, offer the safety check."""
        from tray_agent.shell.safety_dialogue import offer, safety_offer_due

        store = self._agent.store
        offered = store.note(SAFETY_OFFERED) is not None
        cleared = store.limits().cleared
        if safety_offer_due(cleared=cleared, offered_before=offered, gated=True, kind=kind):
            store.set_note(SAFETY_OFFERED, "yes")
            self._agent.outlets.notifier.show(offer())

    def hint(self) -> str:
        """How to get an icon, where there is none."""
        return self._on_the_icon(State.ABSENT) if self._tray_is_missing() else ""

    def whereabouts(self) -> str:
        """Where the icon is to be found, on a system that may hide it though it has taken it."""
        return self._on_the_icon(State.OK)

    def close(self) -> None:
        """Tell nothing more."""
        if self._without_tray is not None:
            self._without_tray.cancel()

    def _tell_of_crash(self) -> None:
        crash = crash_report.unshown(self._folder)
        if crash is None:
            return
        if not self._can_tell():
            self._loop.call_later(AGAIN_S, self._tell_of_crash)
            return
        try:
            crash = crash_report.set_aside(crash)
        except OSError as error:
            logs.warning(f"the crash will be told of again: {error}")
        self._agent.inform(*crash_report.note(crash))

    def _tell_of_missing_tray(self) -> None:
        self._without_tray = None
        hint = self.hint()
        if not hint:
            return
        try:
            self._make_launcher()
        except OSError as error:
            logs.warning(f"the applications menu has no entry for Tray Agent: {error}")
        if self._agent.store.note(HINTED) is not None:
            return
        if not self._can_tell():
            self._without_tray = self._loop.call_later(AGAIN_S, self._tell_of_missing_tray)
            return
        self._agent.store.set_note(HINTED, "yes")
        self._agent.inform(_("Tray Agent found no place for its icon"), hint)

    def _tray_is_missing(self) -> bool:
        return self._agent.outlets.tray.health().state not in (State.OK, State.OFF)

    def _on_the_icon(self, state: State) -> str:
        from tray_agent.shell.remedies import BY_STATE

        sentence = self._advice().by_state.get(("tray", state)) or BY_STATE.get(("tray", state))
        return _(sentence) if sentence else ""

    def _can_tell(self) -> bool:
        return self._agent.outlets.notifier.health().state in _SEEN and self._agent.may_inform()
