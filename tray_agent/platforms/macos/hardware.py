"""What CoreAudio and CoreMediaIO say of processes, microphones and cameras, as numbers.

Both keep objects with properties, asked for in almost the same way.  Only numbers are read, and no name of a
device or a program: one can be compared without being known.  Opening nothing, they need no permission and
light no lamp.  A call may wait for the audio server, so it belongs on a thread of its own.

By ctypes: PyObjC has CMIOObjectGetPropertyData's third argument for one that comes back, and one way serves
both.  Apple developer documentation: "AudioObjectGetPropertyData", "AudioObjectGetPropertyDataSize",
"AudioObjectHasProperty", "CMIOObjectGetPropertyData" (CMIOHardwareObject.h).
"""

from __future__ import annotations

import ctypes
from abc import ABC, abstractmethod
from ctypes import POINTER, byref, c_int32, c_ubyte, c_uint32, c_void_p
from typing import Any

from tray_agent.platforms.macos.core_foundation import equal, kept, string
from tray_agent.platforms.macos.frameworks import function
from tray_agent.ports import Unavailable

SYSTEM = 1
"""kAudioObjectSystemObject and kCMIOObjectSystemObject"""
NOTHING = 0
"""kAudioObjectUnknown"""

SPARE = 32
"""As many more than there were just now may be there when they are asked for."""


class Address(ctypes.Structure):
    """AudioObjectPropertyAddress, and CMIOObjectPropertyAddress too."""

    _fields_ = (("selector", c_uint32), ("scope", c_uint32), ("element", c_uint32))


def code(four: str) -> int:
    """The number that these four letters stand for, as in the headers."""
    return int.from_bytes(four.encode("ascii"), "big")


GLOBAL, MAIN = code("glob"), 0
"""kAudioObjectPropertyScopeGlobal and ...ElementMain; "running somewhere" knows no other scope."""


class Hardware(ABC):
    """The objects of one framework; raises `Unavailable` where that is missing, or does not answer."""

    framework: str
    prefix: str

    def __init__(self) -> None:
        self._has = self._function("HasProperty", c_ubyte, c_uint32, POINTER(Address))
        self._get_size = self._function(
            "GetPropertyDataSize", c_int32, c_uint32, POINTER(Address), c_uint32, c_void_p, POINTER(c_uint32)
        )

    def has(self, thing: int, selector: str) -> bool:
        """Whether the object has the property."""
        return bool(self._has(thing, byref(_address(selector))))

    def number(self, thing: int, selector: str) -> int | None:
        """A property of 32 bits; None of an object that is gone, as a process that has just ended."""
        value = c_uint32()
        status, used = self._read(thing, _address(selector), ctypes.sizeof(value), byref(value))
        return None if status or used != ctypes.sizeof(value) else value.value

    def says(self, thing: int, selector: str, text: bytes) -> bool:
        """Whether a property that is a text is this one; nobody learns which it is otherwise."""
        answer = c_void_p()
        status, _ = self._read(thing, _address(selector), ctypes.sizeof(answer), byref(answer))
        if status or not answer.value:
            return False
        with kept(answer), kept(string(text)) as wanted:
            return equal(answer, wanted)

    def things(self, selector: str) -> list[int]:
        """The objects that the system lists under the property."""
        address, size = _address(selector), c_uint32()
        status = self._get_size(SYSTEM, byref(address), 0, None, byref(size))
        if status:
            raise self._refused(status)
        found = (c_uint32 * (size.value // ctypes.sizeof(c_uint32) + SPARE))()
        status, used = self._read(SYSTEM, address, ctypes.sizeof(found), found)
        if status:
            raise self._refused(status)
        return list(found[: used // ctypes.sizeof(c_uint32)])

    @abstractmethod
    def _read(self, thing: int, address: Address, room: int, into: Any) -> tuple[int, int]:
        """Status, 0 if it is well, and how many bytes were written."""

    def _function(self, name: str, result: Any, *arguments: Any) -> Any:
        return function(self.framework, f"{self.prefix}Object{name}", result, *arguments)

    def _refused(self, status: int) -> Unavailable:
        return Unavailable(f"{self.framework} does not answer ({status & 0xFFFFFFFF:#010x})")


class Audio(Hardware):
    """CoreAudio's: devices and, since macOS 14, processes."""

    framework, prefix = "CoreAudio", "Audio"

    def __init__(self) -> None:
        super().__init__()
        self._get = self._function(
            "GetPropertyData",
            c_int32,
            c_uint32,
            POINTER(Address),
            c_uint32,
            c_void_p,
            POINTER(c_uint32),
            c_void_p,
        )

    def _read(self, thing: int, address: Address, room: int, into: Any) -> tuple[int, int]:
        size = c_uint32(room)
        status = self._get(thing, byref(address), 0, None, byref(size), into)
        return status, size.value


class Cameras(Hardware):
    """CoreMediaIO's: cameras."""

    framework, prefix = "CoreMediaIO", "CMIO"

    def __init__(self) -> None:
        super().__init__()
        self._get = self._function(
            "GetPropertyData",
            c_int32,
            c_uint32,
            POINTER(Address),
            c_uint32,
            c_void_p,
            c_uint32,
            POINTER(c_uint32),
            c_void_p,
        )

    def _read(self, thing: int, address: Address, room: int, into: Any) -> tuple[int, int]:
        used = c_uint32()
        status = self._get(thing, byref(address), 0, None, room, byref(used), into)
        return status, used.value


def _address(selector: str) -> Address:
    return Address(code(selector), GLOBAL, MAIN)
