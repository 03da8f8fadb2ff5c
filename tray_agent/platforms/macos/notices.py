"""What macOS tells every program inside the program itself: NSNotification, heard on the agent's loop.

Apple developer documentation: "NSNotificationCenter", "addObserverForName:object:queue:usingBlock:"; the
workspace has a centre of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from AppKit import NSWorkspace
from Foundation import NSNotification, NSNotificationCenter, NSObject, NSOperationQueue

from tray_agent.platforms.macos.main_thread import do, guarded
from tray_agent.ports import Loop


class Notices:
    """Calls `heard(name)` on the loop at each notification of these names, until it is closed."""

    def __init__(
        self,
        loop: Loop,
        heard: Callable[[str], object],
        *,
        general: tuple[str, ...] = (),
        workspace: tuple[str, ...] = (),
    ) -> None:
        self._loop = loop
        self._heard = heard
        self._closed = False
        self._observers: list[tuple[NSNotificationCenter, NSObject]] = []
        do(partial(self._begin, general, workspace))

    def close(self) -> None:
        """Hear nothing more; safe to call twice."""
        if not self._closed:
            self._closed = True
            do(self._end)

    def _begin(self, general: tuple[str, ...], workspace: tuple[str, ...]) -> None:
        """On the main thread, as `_end` and the blocks are."""
        of_workspace = NSWorkspace.sharedWorkspace().notificationCenter()
        for center, names in ((NSNotificationCenter.defaultCenter(), general), (of_workspace, workspace)):
            for name in names:
                observer = center.addObserverForName_object_queue_usingBlock_(
                    name, None, NSOperationQueue.mainQueue(), self._block(name)
                )
                self._observers.append((center, observer))

    def _end(self) -> None:
        for center, observer in self._observers:
            center.removeObserver_(observer)
        self._observers.clear()

    def _block(self, name: str) -> Callable[[NSNotification], None]:
        told = guarded(lambda: self._loop.call_soon(partial(self._tell, name)))

        def block(_notice: NSNotification) -> None:
            told()

        return block

    def _tell(self, name: str) -> None:
        if not self._closed:
            self._heard(name)
