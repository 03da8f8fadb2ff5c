"""pynput's X11 listener made content-blind; importing pynput fails where no display answers.

pynput makes the thread, the two connections and the RECORD context, and takes them down again.  We
replace its single, endless round of listening by rounds that begin when armed and end when told.
The recording connection belongs to the thread; the control connection to the loop.

What the server reports is never looked at.  Its first call of a round says that the round began,
its last that it ended, and every other one is input; counting calls tells them apart.
"""

from __future__ import annotations

import logging
import os
import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

from pynput._util import AbstractListener
from pynput._util.xorg import ListenerMixin
from Xlib import X
from Xlib.error import ConnectionClosedError, DisplayError
from Xlib.ext import record
from Xlib.protocol import rq

from tray_agent.platforms.linux.xcb import DEAD

RECORD = "RECORD"

Round = Any
"""Whatever stands for a round; it is handed back as it came, and None would end the thread."""


class ContextGone(Exception):
    """The server knows the RECORD context no longer."""


class BlindListener(ListenerMixin, AbstractListener):
    """One thread, one context.  From the thread, `called(round)` is called at every word from the
    server in that round, and `ended(reason)` once the thread is over.
    """

    _EVENTS = (X.KeyPress, X.MotionNotify)
    _log = logging.getLogger(__name__)

    def __init__(self, called: Callable[[Round], object], ended: Callable[[str], object]) -> None:
        super().__init__()
        self.started = threading.Event()
        self._called = called
        self._ended = ended
        self._reason = "the listener's thread could not start"
        self._leaving = threading.Lock()
        self._rounds: SimpleQueue[Round | None] = SimpleQueue()
        self._round: Round

    # The loop's side.  It must be off the control connection before the thread takes that down, and
    # gets a ConnectionResetError afterwards.

    def begin_round(self, of: Round) -> None:
        """Have the thread listen; its first call follows at once, input or not."""
        self._rounds.put(of)

    def end_round(self) -> None:
        """Tell the server to end the round now, whether or not anybody touches anything."""
        with self._control():
            self._disable()

    def control_fd(self) -> int:
        """Readable when the server answered, or is gone; for the caller to close.

        The thread closes its own when the server is gone, and who opens something next gets its number.
        """
        with self._control():
            return os.dup(self._display_stop.fileno())

    def read_control(self) -> None:
        """Take what has arrived on the control connection."""
        with self._control():
            self._display_stop.pending_events()

    def recording(self, expected: bool, patience_s: float) -> bool:
        """Whether the context exists, enabled if so `expected`, as the server has it within this time.

        A server that says nothing at all, as one that hangs, gives no ground to doubt the context.
        """
        give_up = time.monotonic() + patience_s
        answered = False
        with self._control():
            while (left := give_up - time.monotonic()) > 0:
                try:
                    enabled = self._enabled(left)
                except ContextGone:
                    return False
                if enabled is None:
                    break
                # A round just asked for may still be on its way from the thread to the server.
                if enabled >= expected:
                    return True
                answered = True
        return not answered

    def finish(self, patience_s: float) -> None:
        """End the thread, which hangs up; harmless when it is over."""
        with self._leaving:
            if self.running:
                self.stop()
                try:
                    self._disable()
                except ConnectionClosedError:
                    pass
        # pynput's own `join` waits for a word that a thread which is over has said already.
        threading.Thread.join(self, patience_s)

    @contextmanager
    def _control(self) -> Iterator[None]:
        with self._leaving:
            if not self.running:
                raise ConnectionResetError("the listener's thread is over")
            try:
                yield
            except ConnectionClosedError as gone:
                raise ConnectionResetError(DEAD) from gone

    def _disable(self) -> None:
        self._display_stop.record_disable_context(self._context)
        self._display_stop.flush()

    def _enabled(self, patience_s: float) -> bool | None:
        display = self._display_stop
        opcode = display.display.get_extension_major(RECORD)
        state = _ContextState(display=display.display, defer=True, opcode=opcode, context=self._context)
        display.flush()
        give_up = time.monotonic() + patience_s
        while not hasattr(state, "enabled") and (left := give_up - time.monotonic()) > 0:
            select.select([display], [], [], left)
            display.pending_events()
            if state.refused:
                raise ContextGone
        return bool(state.enabled) if hasattr(state, "enabled") else None

    # The thread's side: what pynput calls.

    def _run(self) -> None:
        try:
            super()._run()
        except (ConnectionClosedError, DisplayError):
            pass  # pynput says good-bye to the server, which may be the one who left
        finally:
            self._running = False
            self._hang_up()
            self.started.set()
            self._ended(self._reason)

    def _initialize(self, display: Any) -> None:
        """All the rounds: pynput calls this when all is set up, just before its own round."""
        # Refused is only what concerns a context that is gone, and python-xlib would print it.
        for connection in (self._display_stop, self._display_record):
            connection.set_error_handler(lambda *_: None)
        self._mark_ready()
        self.started.set()
        try:
            self._listen()
        except ConnectionClosedError:
            self._reason = DEAD
            raise
        except Exception as fault:  # pynput swallows it without a word
            self._reason = f"the listener's thread ended with {type(fault).__name__}: {fault}"
            raise
        finally:
            with self._leaving:
                self._running = False
        raise self.StopException  # the only way not to come to pynput's own round

    def _listen(self) -> None:
        while (of := self._rounds.get()) is not None:
            self._round = of
            if not of.over:
                self._display_record.record_enable_context(self._context, self._handler)

    def _handler(self, events: Any) -> None:
        if not self.running:
            raise self.StopException
        self._called(self._round)

    def _stop_platform(self) -> None:
        self._rounds.put(None)

    def _hang_up(self) -> None:
        for name in ("_display_stop", "_display_record"):
            if hasattr(self, name):
                getattr(self, name).display.socket.close()


class _ContextState(record.GetContext):  # type: ignore[misc]
    """The question python-xlib knows, with the answers it leaves out: one flag, or a refusal."""

    refused = False
    _reply = rq.Struct(
        rq.Pad(1), rq.Card8("enabled"), rq.Card16("sequence_number"), rq.ReplyLength(), rq.Pad(24)
    )

    def _set_error(self, _error: object) -> int:
        self.refused = True
        return 1  # dealt with: python-xlib shall not print it
