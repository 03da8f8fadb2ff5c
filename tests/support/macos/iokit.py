"""IOKit behind the functions of its headers, which PyObjC does not wrap, and one of Carbon.

IOReturn IOPMCopyAssertionsStatus(CFDictionaryRef *), IOHIDAccessType IOHIDCheckAccess(IOHIDRequestType),
Boolean IsSecureEventInputEnabled(void).
"""

from __future__ import annotations

from typing import Any

from tests.support.macos.c_library import Library, of_types
from tests.support.macos.cf_things import Things


class Power:
    """`levels` are what programs ask for, by the name of the assertion."""

    def __init__(self, things: Things, **levels: int) -> None:
        self.levels = levels
        self.refuses = 0
        self.silent = False
        self.things = things

    def iokit(self) -> Library:
        """With these assertions."""
        return Library(IOPMCopyAssertionsStatus=of_types("i", "^^v")(self._copy_status))

    def _copy_status(self, out: Any) -> int:
        if not self.refuses and not self.silent:
            out[0] = self.things.made(self.levels)
        return self.refuses


def access(answer: int) -> Library:
    """IOKit where Input Monitoring is granted (0), denied (1) or not asked for (2)."""

    def check(request: int) -> int:
        assert request == 1, "kIOHIDRequestTypeListenEvent"
        return answer

    return Library(IOHIDCheckAccess=of_types("I", "I")(check))


def carbon(keeps: list[bool]) -> Library:
    """Carbon, in which some program keeps the keys while the last of `keeps` is true."""
    return Library(IsSecureEventInputEnabled=of_types("Z")(lambda: int(keeps[-1])))
