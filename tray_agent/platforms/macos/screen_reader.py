"""Whether VoiceOver runs: NSWorkspace's `isVoiceOverEnabled` (Apple developer documentation, macOS 10.13).

It is AppKit's, so it is read on the main thread.  Key-value observing tells when it changes; where it should
not, an answer is late by one question.
"""

from __future__ import annotations

from typing import Any

from AppKit import NSWorkspace
from Foundation import NSObject

from tray_agent.platforms.macos.main_thread import do, guarded

KEY = "voiceOverEnabled"


class TrayAgentVoiceOverObserver(NSObject):
    """What the workspace tells; `reader` is to be set."""

    reader: VoiceOver

    def observeValueForKeyPath_ofObject_change_context_(  # noqa: N802
        self, _path: str, _workspace: NSWorkspace, _change: dict[str, Any], _context: int
    ) -> None:
        """VoiceOver was switched on or off."""
        guarded(self.reader.look)()


class VoiceOver:
    """Called, it says at once what the main thread read last, and has it read again."""

    def __init__(self) -> None:
        self._runs = False
        self._observing = False
        self._observer = TrayAgentVoiceOverObserver.alloc().init()
        self._observer.reader = self
        do(self._begin)

    def __call__(self) -> bool:
        """Whether it runs."""
        do(self.look)
        return self._runs

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        do(self._end)

    def look(self) -> None:
        """Read it anew; on the main thread."""
        self._runs = bool(NSWorkspace.sharedWorkspace().isVoiceOverEnabled())

    def _begin(self) -> None:
        workspace = NSWorkspace.sharedWorkspace()
        workspace.addObserver_forKeyPath_options_context_(self._observer, KEY, 0, None)
        self._observing = True
        self.look()

    def _end(self) -> None:
        if self._observing:
            self._observing = False
            NSWorkspace.sharedWorkspace().removeObserver_forKeyPath_(self._observer, KEY)
