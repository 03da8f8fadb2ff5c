"""What programs of macOS tell each other by broadcasts, heard on the agent's loop.

They are held back from programs that are not active, which this one never is, unless they are asked for with
"deliver immediately".  Their delivery is best effort: whoever needs to be sure asks somebody else as well.

Apple developer documentation: "NSDistributedNotificationCenter",
"addObserver:selector:name:object:suspensionBehavior:"; it calls on the main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import objc
from Foundation import (
    NSDistributedNotificationCenter,
    NSNotification,
    NSNotificationSuspensionBehaviorDeliverImmediately,
    NSObject,
)

from tray_agent.platforms.macos.main_thread import do, guarded
from tray_agent.ports import Loop


class BroadcastEars(NSObject):  # type: ignore[misc]
    """What the centre calls: it wants an object."""

    def initWithHeard_(self, heard: Callable[[str], object]) -> BroadcastEars:  # noqa: N802  its selector
        """`heard` gets each broadcast's name."""
        self = objc.super(BroadcastEars, self).init()  # noqa: PLW0642  as Objective-C has it
        self._heard = heard
        return self

    def heard_(self, notification: NSNotification) -> None:
        """A broadcast."""
        guarded(partial(self._heard, str(notification.name())))()


class Broadcasts:
    """Calls `heard(name)` on the loop at each broadcast of these names, until it is closed."""

    def __init__(self, loop: Loop, heard: Callable[[str], object], names: tuple[str, ...]) -> None:
        self._loop = loop
        self._heard = heard
        self._closed = False
        self._ears: BroadcastEars | None = None
        do(partial(self._begin, names))

    def close(self) -> None:
        """Hear nothing more; safe to call twice."""
        if not self._closed:
            self._closed = True
            do(self._end)

    def _begin(self, names: tuple[str, ...]) -> None:
        """On the main thread, as `_end` and the ears are."""
        self._ears = BroadcastEars.alloc().initWithHeard_(self._told)
        for name in names:
            NSDistributedNotificationCenter.defaultCenter().addObserver_selector_name_object_suspensionBehavior_(
                self._ears, b"heard:", name, None, NSNotificationSuspensionBehaviorDeliverImmediately
            )

    def _end(self) -> None:
        ears, self._ears = self._ears, None
        if ears is not None:
            NSDistributedNotificationCenter.defaultCenter().removeObserver_(ears)

    def _told(self, name: str) -> None:
        self._loop.call_soon(partial(self._tell, name))

    def _tell(self, name: str) -> None:
        if not self._closed:
            self._heard(name)
