"""The content-blind listener on X11: it hears that there was input, once, and falls silent.

A storm of motion costs nothing while the listener is disarmed, since the server then sends
nothing.  Exactly one request ends each round, and only after the server said that the round began:
one sent sooner, or a second one, could end the round after it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tray_agent.platforms.linux.x11 import display_name
from tray_agent.platforms.linux.xcb import DEAD, Connection, Extension
from tray_agent.ports import Loop, Unavailable

if TYPE_CHECKING:
    from tray_agent.platforms.linux.pynput_record import BlindListener

PATIENCE_S = 1.0
ENDED = "the X server records nothing for it any more"


class Round(Struct, eq=False):
    """One time of listening; `begun` once the server has said so, `over` once nobody cares.

    The one is found out on the listener's thread, the other on the loop: whoever comes second, which
    the lock decides, has to see to the end.
    """

    heard: Callable[[], object]
    begun: bool = False
    over: bool = False
    lock: Lock = field(default_factory=Lock)


class PynputListener:
    """`Listener` by pynput's thread; `lost(reason)` is called once when that is gone."""

    name = "record"
    doubt: str | None = None

    def __init__(self, loop: Loop, lost: Callable[[str], object]) -> None:
        self._loop = loop
        self._lost = lost
        self._closed = True
        self._round: Round | None = None
        self._listener = _started(self._called, self._ended)
        self._fd = self._listener.control_fd()
        self._closed = False
        loop.watch(self._fd, self._read)

    def arm(self, heard: Callable[[], object]) -> None:
        """Call `heard` once, at the next input."""
        if self._round:
            self._round.heard = heard
        elif not self._closed:
            self._round = Round(heard)
            self._listener.begin_round(self._round)

    def disarm(self) -> None:
        """Fall silent now, even when nobody touches anything."""
        ending, self._round = self._round, None
        if ending:
            with ending.lock:
                ending.over, begun = True, ending.begun
            if begun:
                self._end_round()

    def alive(self) -> bool:
        """Whether thread, server and context are there, and the context is enabled if armed."""
        if self._closed:
            return False
        try:
            return self._listener.recording(self._round is not None, PATIENCE_S)
        except ConnectionError:
            return False

    def close(self) -> None:
        """End the thread and hang up; safe to call twice."""
        if not self._closed:
            self._closed = True
            self._round = None
            self._loop.unwatch(self._fd)
            os.close(self._fd)
            self._listener.finish(PATIENCE_S)

    def _called(self, of: Round) -> None:
        """On the listener's thread: that it was called is all it can tell, and only input wakes the loop."""
        if of.begun:
            if not of.over:
                self._loop.call_soon(partial(self._count, of))
            return
        with of.lock:
            of.begun = True
            late = of.over
        if late:
            self._loop.call_soon(self._end_late_round)

    def _count(self, of: Round) -> None:
        if self._closed or of.over:
            return
        if self.alive():
            self.disarm()
            of.heard()
        else:
            # The call was the server's good-bye to a context that others ended, and no input.
            self._die(ENDED)

    def _end_late_round(self) -> None:
        if not self._closed:
            self._end_round()

    def _end_round(self) -> None:
        self._or_die(self._listener.end_round)

    def _read(self) -> None:
        self._or_die(self._listener.read_control)

    def _or_die(self, act: Callable[[], object]) -> None:
        try:
            act()
        except ConnectionError:
            self._die(DEAD)

    def _ended(self, reason: str) -> None:
        self._loop.call_soon(partial(self._die, reason))

    def _die(self, reason: str) -> None:
        if not self._closed:
            self.close()
            self._lost(reason)


def _started(called: Callable[[Round], object], ended: Callable[[str], object]) -> BlindListener:
    with closing(Connection(display_name())) as x:
        x.require(Extension(b"RECORD"))
    try:
        # Imported here: pynput is heavy, and its import fails where no display answers.
        from tray_agent.platforms.linux.pynput_record import BlindListener
    except ImportError as missing:
        reason = str(missing).partition("\n")[0]
        raise Unavailable(f"pynput cannot be imported: {reason}") from missing
    listener = BlindListener(called, ended)
    listener.start()
    if not listener.started.wait(PATIENCE_S) or not listener.running:
        listener.stop()
        raise Unavailable("the X server does not answer")
    return listener
