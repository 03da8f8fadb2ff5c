"""The end of the session, and of this program where somebody asks it to go.

At the end of a session the system asks each program in turn whether it may end; a no would stop the logout,
so ours is always yes.  After it AppKit ends the process at once, so the answer waits until the agent has
saved what it knows, though not for ever.  NSWorkspaceWillPowerOffNotification comes earlier, and another
program may still say no after it; whoever left by it would be gone without need.

Apple developer documentation: "applicationShouldTerminate:", "NSWorkspaceWillPowerOffNotification".
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from AppKit import NSApplication, NSTerminateNow
from Foundation import NSObject

from tray_agent.platforms.macos.main_thread import do, guarded
from tray_agent.ports import Loop

PATIENCE_S = 4.0
"""For the agent to save; the system waits longer before it names us to the person as who holds it up."""


class TrayAgentDelegate(NSObject):
    """What AppKit asks; `leaves` is to be set."""

    leaves: Callable[[], object]

    def applicationShouldTerminate_(self, _app: NSApplication) -> int:  # noqa: N802
        """Yes, once all is saved."""
        guarded(self.leaves)()
        return int(NSTerminateNow)


class SessionEnd:
    """Calls `ended` on the loop once the session ends; `close` says that all is saved."""

    def __init__(self, loop: Loop, ended: Callable[[], object]) -> None:
        self._loop = loop
        self._ended = ended
        self._closed = False
        self._saved = threading.Event()
        # AppKit does not keep a delegate alive.
        self._delegate = TrayAgentDelegate.alloc().init()
        self._delegate.leaves = self._leave
        do(lambda: NSApplication.sharedApplication().setDelegate_(self._delegate))

    def close(self) -> None:
        """Tell nothing more, and let the session end; safe to call twice."""
        self._closed = True
        self._saved.set()

    def _leave(self) -> None:
        """On the main thread."""
        if self._closed or self._loop.call_soon(self._tell):
            self._saved.wait(PATIENCE_S)

    def _tell(self) -> None:
        if not self._closed:
            self._ended()
