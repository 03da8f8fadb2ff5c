"""Getting the tray icon noticed: the org.kde.StatusNotifierWatcher of the moment, and its panels."""

from __future__ import annotations

from collections.abc import Callable

from jeepney import DBusAddress, MatchRule, Properties

from tray_agent.platforms.linux.bus import Bus, Stop
from tray_agent.platforms.linux.messages import Refusal, method
from tray_agent.ports import Health, Loop, State

WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_OBJECT = DBusAddress("/StatusNotifierWatcher", WATCHER, WATCHER)
RETRY_S, LAST_RETRY_S = 1.0, 60.0


class Registration:
    """Keeps the icon known to whoever collects icons at the moment, and says whether anybody does.

    `changed` is called whenever `health` may have changed.
    """

    def __init__(self, loop: Loop, bus: Bus, name: str, path: str, changed: Callable[[], object]) -> None:
        self._loop = loop
        self._bus = bus
        self._name = name
        self._path = path
        self._changed = changed
        self._handle = name
        self._asked = False
        self._watcher: str | None = None
        self._registered = False
        self._hosted: bool | None = None
        self._retry_s = RETRY_S
        self._refusal = ""
        self._stops: list[Stop] = []

    def begin(self) -> None:
        """Appear wherever icons are collected, from now on."""
        self._bus.request_name(self._name, self._granted)
        hosts = MatchRule(type="signal", sender=WATCHER, interface=WATCHER)
        self._stops = [
            self._bus.follow(lambda _connected: self._changed()),
            self._bus.match(hosts, lambda _message: self._ask_for_hosts()),
            self._bus.watch_name(WATCHER, self._watched_by),
        ]

    def end(self) -> None:
        """Disappear: there is no call for it, but an item whose name is gone is forgotten."""
        for stop in self._stops:
            stop()
        self._stops.clear()
        self._watcher, self._registered = None, False
        self._bus.release_name(self._name)

    def health(self) -> Health:
        """Whether a panel shows the icon."""
        if not self._bus.connected:
            return _health(State.LOST, f"no message bus: {self._bus.reason}")
        if not self._asked:
            return _health(State.DEGRADED, "looking for a panel")
        if self._watcher is None:
            return _health(State.ABSENT, "no panel collects tray icons here")
        if not self._registered or self._hosted is None:
            return _health(State.DEGRADED, self._refusal or "the panel has not taken the icon yet")
        if not self._hosted:
            return _health(State.ABSENT, "icons are collected, but no panel shows them")
        return _health(State.OK, None)

    def _granted(self, held: bool) -> None:
        # In a sandbox the name may be refused; then the object's path stands for us.
        handle = self._name if held else self._path
        if handle != self._handle:
            self._handle = handle
            self._register()

    def _watched_by(self, owner: str | None) -> None:
        self._asked, self._watcher, self._registered, self._hosted = True, owner, False, None
        self._retry_s = RETRY_S
        self._changed()
        self._register()

    def _register(self) -> None:
        watcher = self._watcher
        if watcher is None:
            return
        self._bus.call(
            method(WATCHER_OBJECT, "RegisterStatusNotifierItem", "s", self._handle),
            lambda _body: self._taken(watcher),
            lambda refusal: self._refused(watcher, refusal),
        )

    def _taken(self, watcher: str) -> None:
        if watcher == self._watcher:
            self._registered, self._refusal = True, ""
            self._changed()
            self._ask_for_hosts()

    def _ask_for_hosts(self) -> None:
        question = Properties(WATCHER_OBJECT).get("IsStatusNotifierHostRegistered")
        self._bus.call(
            question,
            lambda body: self._hosts_counted(any_there=body[0] == ("b", True)),
            lambda _refusal: self._hosts_counted(any_there=bool(self._hosted)),
            signature="v",
        )

    def _hosts_counted(self, *, any_there: bool) -> None:
        self._hosted = any_there
        self._changed()

    def _refused(self, watcher: str, refusal: Refusal) -> None:
        if watcher == self._watcher:
            self._refusal = f"the panel refused the icon: {refusal.text or refusal.name}"
            self._loop.call_later(self._retry_s, lambda: self._try_again(watcher))
            self._retry_s = min(LAST_RETRY_S, self._retry_s * 2)
            self._changed()

    def _try_again(self, watcher: str) -> None:
        if watcher == self._watcher:
            self._register()


def _health(state: State, reason: str | None) -> Health:
    return Health("tray", state, "status_notifier", reason)
