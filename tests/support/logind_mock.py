"""A logind of a test's own: python-dbusmock's, which sits, locks and sleeps on command.

It runs on the system's Python, for which the bindings it needs are packaged.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import closing
from types import TracebackType
from typing import Any, Self

from jeepney import DBusAddress, MessageType, Properties, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.support.waiting import wait_until

NAME = "org.freedesktop.login1"
MANAGER = DBusAddress("/org/freedesktop/login1", NAME, f"{NAME}.Manager")
MOCK = "org.freedesktop.DBus.Mock"
SYSTEM_PYTHON = "/usr/bin/python3"


class Logind:
    """A logind on the bus at `address` inside `with`; `start` and `kill` end and renew it."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._daemon: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Start without any session, and wait until it has its name."""
        self._daemon = subprocess.Popen(
            [SYSTEM_PYTHON, "-m", "dbusmock", "--system", "--template", "logind", "--logfile", os.devnull],
            env={"DBUS_SYSTEM_BUS_ADDRESS": self._address, "PATH": os.environ["PATH"]},
        )
        wait_until(lambda: self._send(message_bus.NameHasOwner(NAME))[0], "logind to come up")
        # The template's own stumbles over the number it is given.
        code = 'ret = f"/org/freedesktop/login1/user/{args[0]}"'
        self._mock(MANAGER.object_path, "AddMethod", "sssss", f"{NAME}.Manager", "GetUser", "u", "o", code)

    def kill(self) -> None:
        """End it without warning; harmless when it is down."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait(10)
            self._daemon = None

    def opens(
        self,
        session: str,
        *,
        uid: int | None = None,
        kind: str = "user",
        display: bool = True,
        remote: bool = False,
        seat: bool = True,
        active: bool = True,
    ) -> str:
        """A session begins, for us unless `uid` says otherwise; its object path."""
        owner = os.getuid() if uid is None else uid
        path = self._mock(
            "/org/freedesktop/login1", "AddSession", "ssusb", session, "seat0", owner, "her", active
        )
        self._set(path, "Session", "Class", ("s", kind))
        self._set(path, "Session", "Remote", ("b", remote))
        if not seat:
            self._set(path, "Session", "Seat", ("(so)", ("", "/")))
        if display:
            user = f"/org/freedesktop/login1/user/{owner}"
            self._set(user, "User", "Display", ("(so)", (session, path)))
        self._signal(MANAGER.object_path, "Manager", "SessionNew", "so", session, path)
        return str(path)

    def ends(self, session: str, path: str) -> None:
        """The session ends, and with it the person has none on a display."""
        user = f"/org/freedesktop/login1/user/{os.getuid()}"
        self._set(user, "User", "Display", ("(so)", ("", "/")))
        self._mock(MANAGER.object_path, "RemoveObject", "s", path)
        self._signal(MANAGER.object_path, "Manager", "SessionRemoved", "so", session, path)

    def asks_to_lock(self, path: str, *, lock: bool = True) -> None:
        """Somebody asks the desktop to lock, or unlock, as `loginctl lock-session` does."""
        self._signal(path, "Session", "Lock" if lock else "Unlock", "")

    def hints(self, path: str, *, locked: bool) -> None:
        """The desktop says that the screen is locked, or is no longer."""
        self._set(path, "Session", "LockedHint", ("b", locked))

    def puts_in_front(self, path: str, *, active: bool) -> None:
        """The session is what its seat shows, or is no longer: somebody else's, or a text console, is."""
        self._set(path, "Session", "Active", ("b", active))

    def becomes_locked_in_silence(self, path: str) -> None:
        """The session is locked, of which no signal tells."""
        session = {"LockedHint": ("b", True), "Class": ("s", "user"), "User": ("(uo)", (os.getuid(), "/"))}
        self._mock(path, "RemoveObject", "s", path)
        self._mock(MANAGER.object_path, "AddObject", "ssa{sv}a(ssss)", path, f"{NAME}.Session", session, [])

    def prepares_for_sleep(self, *, asleep: bool) -> None:
        """The machine goes to sleep, or is awake again."""
        self._set(MANAGER.object_path, "Manager", "PreparingForSleep", ("b", asleep))
        self._signal(MANAGER.object_path, "Manager", "PrepareForSleep", "b", asleep)

    def _set(self, path: str, interface: str, name: str, value: tuple[str, object]) -> None:
        self._send(Properties(DBusAddress(path, NAME, f"{NAME}.{interface}")).set(name, *value))

    def _signal(self, path: str, interface: str, name: str, signature: str, *body: Any) -> None:
        values = list(zip(signature, body, strict=True))
        self._mock(path, "EmitSignal", "sssav", f"{NAME}.{interface}", name, signature, values)

    def _mock(self, path: str, member: str, signature: str, *body: Any) -> Any:
        answer = self._send(new_method_call(DBusAddress(path, NAME, MOCK), member, signature, body))
        return answer[0] if answer else None

    def _send(self, message: Any) -> tuple[Any, ...]:
        with closing(open_dbus_connection(self._address)) as connection:
            answer = connection.send_and_get_reply(message, timeout=10)
        if answer.header.message_type is MessageType.error:
            raise RuntimeError(f"the bus answered {answer.body}")
        return tuple(answer.body)
