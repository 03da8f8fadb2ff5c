"""pynput's low-level hooks made content-blind: both on one thread, set when armed and taken away again.

pynput makes the thread's message loop and sets a hook; its listeners for keyboard and mouse, which look at
what was pressed and where, are not used.  A hook that is there costs every event on the machine a call into
Python, so it is there only while somebody waits for input.

What Windows hands to a hook is the address of what happened.  It is passed on and never followed.
"Hooks Overview", "LowLevelKeyboardProc function" and "LowLevelMouseProc function" on Microsoft Learn.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Protocol, Self

from pynput._util import AbstractListener
from pynput._util.win32 import ListenerMixin, MessageLoop, SystemHook

assert sys.platform == "win32"

WH_KEYBOARD_LL, WH_MOUSE_LL = 13, 14
WISHES_CHANGED = 0x0411
"""Our message to the thread; pynput's own are 0x0401 and 0x0410."""

REFUSED = "Windows refuses to set a hook"


class Round(Protocol):
    """One time of listening."""

    waits: bool
    """Whether input is still wanted; set and cleared from any thread."""

    def begun(self) -> None:
        """The hooks are set."""


class BlindHooks(ListenerMixin, AbstractListener):  # type: ignore[misc]
    """One thread, two hooks.  From the thread, `called(round)` is called at the first input of a round, and
    `ended(reason)` once the thread is over.
    """

    _log = logging.getLogger(__name__)

    def __init__(self, called: Callable[[Any], object], ended: Callable[[str], object]) -> None:
        super().__init__()
        self.started = threading.Event()
        self._called = called
        self._ended = ended
        self.reason = "the listener's thread has ended"
        self._leaving = threading.Lock()
        self._round: Round | None = None
        self._hooks: ExitStack | None = None
        self._message_loop = MessageLoop()

    # The loop's side.

    def listen(self, of: Round | None) -> None:
        """Have this round listened for, or none, instead of the one before."""
        self._round = of
        with self._leaving:
            if self.running:
                self._message_loop.post(WISHES_CHANGED, 0, 0)

    def finish(self, patience_s: float) -> None:
        """End the thread, which takes its hooks away; harmless when it is over."""
        with self._leaving:
            self.stop()
        # pynput's own `join` waits for a word that a thread which is over has said already.
        threading.Thread.join(self, patience_s)

    # The thread's side: what pynput calls.

    def _run(self) -> None:
        try:
            self._message_loop.start()
            self._try_hooks()
            self._mark_ready()
            self.started.set()
            for message in self._message_loop:
                if message.message == WISHES_CHANGED:
                    self._see_to_hooks()
        except OSError as refused:
            self.reason = str(refused)
        finally:
            with self._leaving:
                self._running = False
            self._unhook()
            self.started.set()
            self._ended(self.reason)

    def _try_hooks(self) -> None:
        """Whether they can be set is known from the start, and not only when they are wanted."""
        with _Hooks(self._handler):
            pass

    def _see_to_hooks(self) -> None:
        of = self._round
        if of is None or not of.waits:
            self._unhook()
            return
        if self._hooks is None:
            self._hooks = ExitStack()
            self._hooks.enter_context(_Hooks(self._handler))
        of.begun()

    def _unhook(self) -> None:
        if self._hooks is not None:
            self._hooks.close()
            self._hooks = None

    def _handler(self, _code: object, _message: object, _event: object) -> None:
        """There was input: that it was called is all it can tell."""
        of = self._round
        if of is not None and of.waits:
            of.waits = False
            # Not from in here, where Windows waits: the hooks go once this event has passed.
            self._message_loop.post(WISHES_CHANGED, 0, 0)
            self._called(of)


class _Hooks(SystemHook):  # type: ignore[misc]
    """Both hooks of a thread; pynput keeps one `SystemHook` for each, and calls it for either hook."""

    def __init__(self, on_hook: Callable[[Any, Any, Any], object]) -> None:
        super().__init__(WH_KEYBOARD_LL, on_hook)
        self._mouse: int | None = None

    def __enter__(self) -> Self:
        super().__enter__()
        self._mouse = self._SetWindowsHookEx(WH_MOUSE_LL, self._handler, None, 0)
        if not (self._hook and self._mouse):
            self.__exit__(None, None, None)
            raise OSError(REFUSED)
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        # None of the two fails loudly when Windows has taken the hook away by itself.
        self._UnhookWindowsHookEx(self._mouse)
        super().__exit__(kind, error, traceback)
