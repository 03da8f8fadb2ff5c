"""Whether the desktop is told not to disturb: Focus Assist, since Windows 11 called do-not-disturb.

The shell publishes the profile in force, 0 for none, by which its own parts know; there is no documented
way to ask, so whatever is odd means "cannot be told".  Its automatic rules, such as while the display is
duplicated or a game runs, show as well.  Nothing of ours ever sets it.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import POINTER, byref, c_long, c_uint32, c_uint64, c_ulong, c_void_p

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.platforms.questions import AtOnce
from tray_agent.ports import Loop, Unavailable

assert sys.platform == "win32"

ACTIVE_PROFILE = 0x0D83063E_A3BF1C75
"""WNF_SHEL_QUIETHOURS_ACTIVE_PROFILE_CHANGED"""

Published = Callable[[], int | None]


def published_profile() -> Published:
    """A function that reads the profile, None when that fails; raises `Unavailable` without one."""
    ntdll = ctypes.WinDLL("ntdll")
    # Where a version of it has the call, nobody publishes anything.
    if hasattr(ntdll, "wine_get_version"):
        raise Unavailable("Wine has no do-not-disturb")
    try:
        query = ntdll.NtQueryWnfStateData
    except AttributeError:
        raise Unavailable("this Windows does not say whether do-not-disturb is on") from None
    query.argtypes = (
        POINTER(c_uint64),
        c_void_p,
        c_void_p,
        POINTER(c_uint32),
        c_void_p,
        POINTER(c_ulong),
    )
    query.restype = c_long
    return lambda: profile(query)


def profile(query: Callable[..., int]) -> int | None:
    """The profile that NtQueryWnfStateData tells; None when it refuses, or tells something else."""
    name, changes, value = c_uint64(ACTIVE_PROFILE), c_uint32(), c_uint32()
    size = c_ulong(ctypes.sizeof(value))
    if query(byref(name), None, None, byref(changes), byref(value), byref(size)) < 0:
        return None
    if changes.value == 0:  # nobody has ever switched it on
        return 0
    return value.value if size.value == ctypes.sizeof(value) else None


def do_not_disturb(
    loop: Loop, told: Callable[[bool | None], object], published: Published | None = None
) -> Asked:
    """The sensor; raises `Unavailable` where Windows has no such state."""
    reads = published or published_profile()

    def asks() -> Found:
        if (found := reads()) is None:
            raise Unavailable("Windows does not say whether do-not-disturb is on")
        return Found(found > 0)

    return Asked(
        AtOnce(loop), told, name="do_not_disturb", signal=Signal.DND, source="focus_assist", asks=asks
    )
