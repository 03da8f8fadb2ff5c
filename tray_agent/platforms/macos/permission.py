"""Whether macOS lets this program hear keys: the privacy setting Input Monitoring.

No other sensor needs a permission.  To make a keyboard tap without it raises the system's question by
itself, so it is looked up first; the question is asked only when the person has just said that they want it.

Apple developer documentation: "CGPreflightListenEventAccess", "CGRequestListenEventAccess",
"IOHIDCheckAccess" (IOKit, hidsystem/IOHIDLib.h), "IsSecureEventInputEnabled" (Carbon, CarbonEventsCore.h).
"""

from __future__ import annotations

import ctypes
from enum import StrEnum

from Quartz import CGPreflightListenEventAccess, CGRequestListenEventAccess

from tray_agent.platforms.macos.frameworks import function
from tray_agent.ports import Unavailable

NAME = "Input Monitoring"

_LISTEN_EVENT = 1
"""kIOHIDRequestTypeListenEvent"""
_DENIED = 1
"""kIOHIDAccessTypeDenied; granted is 0, unknown 2."""


class Access(StrEnum):
    """How the person has answered the system's question."""

    GRANTED = "granted"
    DENIED = "denied"
    NOT_ASKED = "not asked"


def access() -> Access:
    """As it is now; asks nobody anything.

    A program that had it may still be told so after the person has taken it back, so the other way to look
    it up comes first, which also knows a denial from a question that was never asked.
    """
    try:
        check = function("IOKit", "IOHIDCheckAccess", ctypes.c_uint32, ctypes.c_uint32)
        denied = check(_LISTEN_EVENT) == _DENIED
    except Unavailable:
        denied = False
    if denied:
        return Access.DENIED
    return Access.GRANTED if CGPreflightListenEventAccess() else Access.NOT_ASKED


def permission() -> str:
    """The same, as `Health.permission` has it: `Input Monitoring: not asked`."""
    return f"{NAME}: {access()}"


def request() -> bool:
    """Have macOS ask the person, once in a program's life, and say whether it is allowed already.

    Only for a click of the person's: a dialogue of the system's appears.
    """
    return bool(CGRequestListenEventAccess())


def keys_kept() -> bool:
    """Whether some program keeps the keys from all others, as a field for passwords does (Secure Input)."""
    try:
        return bool(function("Carbon", "IsSecureEventInputEnabled", ctypes.c_ubyte)())
    except Unavailable:
        return False
