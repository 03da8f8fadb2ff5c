"""CoreAudio and CoreMediaIO, played: objects with properties, behind the functions of their headers.

Signatures as PyObjC has them: AudioObjectGetPropertyData iI^{AudioObjectPropertyAddress=III}I^v^I^v,
CMIOObjectGetPropertyData iI^{CMIOObjectPropertyAddress=III}I^vI^I^v, ...GetPropertyDataSize iI^{...}I^v^I,
...HasProperty ZI^{...}.
"""

from __future__ import annotations

import ctypes
import struct
from ctypes import POINTER, c_uint32
from typing import Any

from tests.support.macos.c_library import Library
from tests.support.macos.cf_things import Things

SYSTEM = 1
GLOBAL = 1735159650  # kAudioObjectPropertyScopeGlobal and kCMIOObjectPropertyScopeGlobal
UNKNOWN_PROPERTY = 2003332927  # kAudioHardwareUnknownPropertyError
BAD_SIZE = 561211770  # kAudioHardwareBadPropertySizeError
BAD_OBJECT = 560947818  # kAudioHardwareBadObjectError

PROCESS_LIST = 1886548771  # kAudioHardwarePropertyProcessObjectList
PROCESS_BUNDLE = 1885497700  # kAudioProcessPropertyBundleID
PROCESS_PID = 1886415204  # kAudioProcessPropertyPID
RUNNING_INPUT = 1885958761  # kAudioProcessPropertyIsRunningInput
RUNNING_OUTPUT = 1885958767  # kAudioProcessPropertyIsRunningOutput
DEFAULT_INPUT = 1682533920  # kAudioHardwarePropertyDefaultInputDevice
DEFAULT_OUTPUT = 1682929012  # kAudioHardwarePropertyDefaultOutputDevice
RUNNING_SOMEWHERE = 1735356005  # kAudio- and kCMIODevicePropertyDeviceIsRunningSomewhere
CAMERAS = 1684370979  # kCMIOHardwarePropertyDevices

ADDRESS = POINTER(c_uint32 * 3)


class Played:
    """`properties[object][selector]` is a list of numbers, or a text, which is handed over as an object of
    `things`; a selector in `refused` has a status for it.
    """

    def __init__(self) -> None:
        self.properties: dict[int, dict[int, list[int] | str]] = {SYSTEM: {}}
        self.things = Things()
        self.refused: dict[int, int] = {}
        self.asked: set[int] = set()

    def puts(self, thing: int, selector: int, *values: int) -> None:
        self.properties.setdefault(thing, {})[selector] = list(values)

    def names(self, thing: int, selector: int, name: str) -> None:
        self.properties.setdefault(thing, {})[selector] = name

    def _found(self, thing: int, address: Any) -> tuple[int, bytes]:
        selector, scope, element = address.contents
        assert (scope, element) == (GLOBAL, 0), "running somewhere is known in no other scope"
        self.asked.add(selector)
        if selector in self.refused:
            return self.refused[selector], b""
        if thing not in self.properties:
            return BAD_OBJECT, b""
        if selector not in self.properties[thing]:
            return UNKNOWN_PROPERTY, b""
        values = self.properties[thing][selector]
        if isinstance(values, str):
            return 0, struct.pack("=Q", self.things.made(values))
        return 0, struct.pack(f"={len(values)}I", *values)

    def has(self, thing: int, address: Any) -> int:
        return int(address.contents[0] in self.properties.get(thing, {}))

    def size(self, thing: int, address: Any, qualifier_size: int, qualifier: Any, out: Any) -> int:
        assert (qualifier_size, qualifier) == (0, None)
        status, data = self._found(thing, address)
        out[0] = len(data)
        return status

    def audio_data(  # noqa: PLR0917
        self, thing: int, address: Any, qualifier_size: int, qualifier: Any, size: Any, out: int
    ) -> int:
        status, used = self._data(thing, address, (qualifier_size, qualifier), size[0], out)
        size[0] = used
        return status

    def camera_data(  # noqa: PLR0917
        self, thing: int, address: Any, qualifier_size: int, qualifier: Any, room: int, used: Any, out: int
    ) -> int:
        status, used[0] = self._data(thing, address, (qualifier_size, qualifier), room, out)
        return status

    def _data(
        self, thing: int, address: Any, qualifier: tuple[int, Any], room: int, out: int
    ) -> tuple[int, int]:
        assert qualifier == (0, None)
        status, data = self._found(thing, address)
        if status or room < len(data):
            return status or BAD_SIZE, 0
        ctypes.memmove(out, data, len(data))
        return 0, len(data)


def core_audio(played: Played) -> Library:
    """CoreAudio with these objects."""
    library = _properties("Audio", played)
    get = ctypes.CFUNCTYPE(
        ctypes.c_int32,
        c_uint32,
        ADDRESS,
        c_uint32,
        ctypes.c_void_p,
        POINTER(c_uint32),
        ctypes.c_void_p,
    )
    library.__dict__["AudioObjectGetPropertyData"] = get(played.audio_data)
    return library


def core_media_io(played: Played) -> Library:
    """CoreMediaIO with these objects."""
    library = _properties("CMIO", played)
    get = ctypes.CFUNCTYPE(
        ctypes.c_int32,
        c_uint32,
        ADDRESS,
        c_uint32,
        ctypes.c_void_p,
        c_uint32,
        POINTER(c_uint32),
        ctypes.c_void_p,
    )
    library.__dict__["CMIOObjectGetPropertyData"] = get(played.camera_data)
    return library


def _properties(prefix: str, played: Played) -> Library:
    has = ctypes.CFUNCTYPE(ctypes.c_ubyte, c_uint32, ADDRESS)
    size = ctypes.CFUNCTYPE(ctypes.c_int32, c_uint32, ADDRESS, c_uint32, ctypes.c_void_p, POINTER(c_uint32))
    return Library(
        **{
            f"{prefix}ObjectHasProperty": has(played.has),
            f"{prefix}ObjectGetPropertyDataSize": size(played.size),
        }
    )
