"""Whether any program records from a microphone, or plays sound, as Core Audio's sessions show it.

A session is what one program does with one device, and active while a stream of it runs (Microsoft
Learn, "AudioSessionState enumeration").  Asked is only that: the interfaces could also tell whose a
session is and what it is called, and those methods are not even declared here.  The session of the
system's own sounds counts for nothing.  What a speaker plays is recorded at the speaker's device, so
that a recorder of it is no microphone in use.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import POINTER, c_int, c_ulong, c_void_p
from enum import IntEnum

from tray_agent.platforms.windows.com import (
    IN_ANY_WAY,
    Guid,
    create,
    given,
    method,
    number,
    query_interface,
)

assert sys.platform == "win32"

DEVICE_ENUMERATOR = Guid.of("BCDE0395-E52F-467C-8E3D-C4579291692E")
I_DEVICE_ENUMERATOR = Guid.of("A95664D2-9614-4F35-A746-DE8DB63617E6")
I_SESSION_MANAGER_2 = Guid.of("77AA99A0-1BD6-484F-8BC7-2C654C9A9B6F")
I_SESSION_CONTROL_2 = Guid.of("BFB7FF88-7239-4FC9-8FA2-07C950BE9C6D")

PLUGGED_IN = 1
"""DEVICE_STATE_ACTIVE"""

RUNS = 1
"""AudioSessionStateActive"""

YES = 0
"""S_OK; S_FALSE, which is 1, is a no."""

UNPLUGGED = 0x88890004 - (1 << 32)
"""AUDCLNT_E_DEVICE_INVALIDATED: the device went while we looked."""

OBJECT = POINTER(c_void_p)
_devices = method(3, "EnumAudioEndpoints", c_int, c_ulong, OBJECT)
_device_count = method(3, "GetCount", POINTER(c_int))
_device = method(4, "Item", c_int, OBJECT)
_activate = method(3, "Activate", POINTER(Guid), c_ulong, c_void_p, OBJECT)
_sessions = method(5, "GetSessionEnumerator", OBJECT)
_session_count = method(3, "GetCount", POINTER(c_int))
_session = method(4, "GetSession", c_int, OBJECT)
_state = method(3, "GetState", POINTER(c_int))
_is_system_sounds = method(15, "IsSystemSoundsSession")


class Flow(IntEnum):
    """Which way sound goes through a device: EDataFlow."""

    PLAYED = 0
    RECORDED = 1


def recorded() -> bool:
    """Whether some program records now; raises `OSError` when Windows' audio does not say.

    Takes milliseconds, or as long as the audio service likes: not for the agent's loop.
    """
    return _in_use(Flow.RECORDED)


def played() -> bool:
    """Whether some program plays sound now; all else as above."""
    return _in_use(Flow.PLAYED)


def _in_use(flow: Flow) -> bool:
    with given(create, DEVICE_ENUMERATOR, I_DEVICE_ENUMERATOR) as enumerator:
        return any_active(enumerator, flow)


def any_active(enumerator: c_void_p, flow: Flow) -> bool:
    """The same of this IMMDeviceEnumerator."""
    with given(_devices, enumerator, flow, PLUGGED_IN) as devices:
        return _any(devices, _device_count, _device, _is_used)


def _any(
    of: c_void_p, count: Callable[..., int], item: Callable[..., int], is_so: Callable[[c_void_p], bool]
) -> bool:
    """Whether it is so of one of them; those that fail matter only where it is so of no other."""
    failed: OSError | None = None
    for n in range(number(count, of)):
        try:
            with given(item, of, n) as one:
                if is_so(one):
                    return True
        except OSError as error:
            if error.winerror != UNPLUGGED:
                failed = error
    if failed is not None:
        raise failed
    return False


def _is_used(device: c_void_p) -> bool:
    with (
        given(_activate, device, ctypes.byref(I_SESSION_MANAGER_2), IN_ANY_WAY, None) as manager,
        given(_sessions, manager) as sessions,
    ):
        return _any(sessions, _session_count, _session, _runs)


def _runs(session: c_void_p) -> bool:
    if number(_state, session) != RUNS:
        return False
    with given(query_interface, session, ctypes.byref(I_SESSION_CONTROL_2)) as control:
        return _is_system_sounds(control) != YES
