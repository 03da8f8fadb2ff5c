"""Whether the Wayland compositor is still there: when it is gone, the session is over.

One connection that asks for nothing, so that it costs nothing until it ends.  Some compositors come
back from a crash, KWin behind a socket that stays open meanwhile; so others are tried for half a
minute, and each counts only when it was answered (wl_display.sync, core protocol version 1).  One
that comes back under another name is the one in which windows open from then on.
"""

from __future__ import annotations

import os
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path

from tray_agent.platforms.linux.wayland_place import places
from tray_agent.ports import Loop, Timer, Unavailable

COMES_BACK_WITHIN_S = 30.0
RETRY_S = 0.5
ANSWERS_WITHIN_S = 5.0
"""One that takes longer has not come up yet, or hangs: it is asked anew."""

_WL_DISPLAY, _SYNC, _CALLBACK = 1, 0, 2
_ARE_YOU_THERE = struct.pack("=IHHI", _WL_DISPLAY, _SYNC, 12, _CALLBACK)


class CompositorWatch:
    """Calls `ended()` once when the compositor is gone for good; raises `Unavailable` where none listens."""

    def __init__(self, loop: Loop, ended: Callable[[], object]) -> None:
        self._loop = loop
        self._ended = ended
        self._gone_since: float | None = None
        self._timer: Timer | None = None
        self._line: socket.socket | None = None
        self._elsewhere: Path | None = None
        self._connect()

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        self._set_timer(None)
        self._hang_up()

    def _connect(self) -> None:
        """Take the first door that opens; its fault counts when none does."""
        fault: OSError | None = None
        for door in places():
            try:
                self._ask(door)
            except OSError as error:
                fault = fault or error
            else:
                self._elsewhere = door if fault is not None else None
                return
        assert fault is not None
        raise Unavailable(f"no Wayland compositor listens: {fault.strerror}") from fault

    def _ask(self, door: Path) -> None:
        line = socket.socket(socket.AF_UNIX)
        line.setblocking(False)
        try:
            line.connect(f"{door}")
            line.send(_ARE_YOU_THERE)
        except OSError:
            line.close()
            raise
        self._line = line
        self._loop.watch(line.fileno(), self._read)
        self._set_timer(self._loop.call_later(ANSWERS_WITHIN_S, self._lost))

    def _read(self) -> None:
        if self._line is None:
            return
        try:
            answer = self._line.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            answer = b""
        if answer:
            self._gone_since = None
            self._set_timer(None)
            if self._elsewhere is not None:
                os.environ["WAYLAND_DISPLAY"] = f"{self._elsewhere}"  # our windows inherit it
        else:
            self._lost()

    def _lost(self) -> None:
        self._hang_up()
        self._gone_since = self._gone_since or time.monotonic()
        if time.monotonic() - self._gone_since >= COMES_BACK_WITHIN_S:
            self.close()
            self._ended()
        else:
            self._set_timer(self._loop.call_later(RETRY_S, self._try))

    def _try(self) -> None:
        try:
            self._connect()
        except Unavailable:
            self._lost()

    def _set_timer(self, timer: Timer | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = timer

    def _hang_up(self) -> None:
        if self._line is not None:
            self._loop.unwatch(self._line.fileno())
            self._line.close()
            self._line = None
