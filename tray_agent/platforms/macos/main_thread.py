"""The main thread, which macOS wants for itself: it runs NSApplication, and the agent lives on a second one.

AppKit may only be touched here.  Whoever needs it says `do(call)`, and the answer comes back by
`loop.call_soon`; the agent never waits for this thread, so this one may wait for the agent, briefly.

Signals reach the agent although AppKit's loop runs no Python: the interpreter's handler in C writes to the
descriptor of `signal.set_wakeup_fd` on whichever thread the signal comes in, and the agent's loop reads it.

Apple developer documentation: "NSApplication", "Thread Safety Summary" (Threading Programming Guide),
"performSelectorOnMainThread:withObject:waitUntilDone:", which `callAfter` uses: it is served while a menu is
open, too.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread
from typing import NoReturn

from AppKit import (
    NSApplication,
    NSApplicationActivationPolicyAccessory,
    NSEvent,
    NSEventTypeApplicationDefined,
)
from PyObjCTools import AppHelper

from tray_agent.platforms.macos.app_nap import stay_awake
from tray_agent.ports import Loop

FAREWELL_S = 5.0
"""For the agent to save what it knows after AppKit's loop has failed."""

Call = Callable[[], object]

_AT_FIRST = True


def do(call: Call) -> None:
    """Make the call on the main thread soon, from whatever thread; what it raises is a bug (`bugs_to`)."""
    AppHelper.callAfter(guarded(call))


def guarded(call: Call) -> Call:
    """The same call, for whatever AppKit calls by itself: no exception passes through the system's frames."""

    def carefully() -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001  told on the agent's loop
            _bugs.tell(error)

    return carefully


def bugs_to(loop: Loop) -> None:
    """From now on a bug on the main thread is raised on this loop, as one of its own would be."""
    _bugs.loop = loop


def lead(agent: Callable[[], int]) -> int:
    """Run NSApplication here, without a place in the Dock, and the agent beside it.

    Returns the agent's exit code once it has ended, or raises what has ended it.
    """
    app = NSApplication.sharedApplication()
    app.setActivationPolicy_(NSApplicationActivationPolicyAccessory)
    activity = stay_awake()
    life = _Life(agent)
    thread = Thread(target=life.live, name="agent", daemon=True)
    try:
        with _ctrl_c_at_once():
            thread.start()
            # Whoever else stops the application does not stop the agent.
            while not life.over:
                app.run()
    except BaseException as error:
        _bugs.tell(error)
        thread.join(FAREWELL_S)
        raise
    finally:
        activity.end()
    thread.join()
    return life.outcome()


@contextmanager
def _ctrl_c_at_once() -> Iterator[None]:
    """Ctrl-C ends the process where nobody has taken it: Python's handler waits until AppKit lets it run."""
    pythons = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if pythons:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        if pythons:
            signal.signal(signal.SIGINT, signal.default_int_handler)


class _Life:
    """The agent from beginning to end, on its own thread."""

    def __init__(self, agent: Callable[[], int]) -> None:
        self._agent = agent
        self._code = 0
        self._error: BaseException | None = None
        self.over = False

    def live(self) -> None:
        """Be the agent, then let the application go."""
        try:
            self._code = self._agent()
        except BaseException as error:  # noqa: BLE001  raised again on the main thread
            self._error = error
        finally:
            self.over = True
            do(_stop)

    def outcome(self) -> int:
        """The exit code, or what was raised in its place."""
        if self._error is not None:
            raise self._error
        return self._code


def _stop() -> None:
    """End `run`; it looks whether it should only after an event, so there is one."""
    app = NSApplication.sharedApplication()
    app.stop_(None)
    app.postEvent_atStart_(_empty_event(), _AT_FIRST)


def _empty_event() -> NSEvent:
    return (
        NSEvent.otherEventWithType_location_modifierFlags_timestamp_windowNumber_context_subtype_data1_data2_(
            NSEventTypeApplicationDefined, (0.0, 0.0), 0, 0.0, 0, None, 0, 0, 0
        )
    )


class _Bugs:
    """Who hears of them: the loop, or where there is none, whoever reads what the program prints."""

    def __init__(self) -> None:
        self.loop: Loop | None = None

    def tell(self, error: BaseException) -> None:
        """Never raises: it may be called from within the system's frames."""
        if self.loop is None or not self.loop.call_soon(partial(_raise, error)):
            sys.excepthook(type(error), error, error.__traceback__)


_bugs = _Bugs()


def _raise(error: BaseException) -> NoReturn:
    raise error
