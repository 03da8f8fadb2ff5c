"""CoreFoundation's objects, played behind the functions of its headers; each is to be released once.

PyObjC has CFDictionaryGetValue @^{__CFDictionary=}@, CFNumberGetValue Z^{__CFNumber=}q^v, CFEqual Z@@,
CFStringCreateWithCString ^{__CFString=}^{__CFAllocator=}^tI and CFRelease v@.
"""

from __future__ import annotations

import ctypes
import itertools

from tests.support.macos.c_library import Library, of_types

UTF8, SINT32 = 0x08000100, 3


class Things:
    """`held` are the objects that nobody has released yet."""

    def __init__(self) -> None:
        self.held: dict[int, object] = {}
        self._numbers: dict[int, int] = {}
        self._pointers = itertools.count(0x7FF8_0000_0000, 16)

    def made(self, what: object) -> int:
        """A pointer to it, which whoever gets it must release."""
        pointer = next(self._pointers)
        self.held[pointer] = what
        return pointer

    def core_foundation(self) -> Library:
        """With these objects."""
        return Library(
            CFStringCreateWithCString=of_types("^v", "^v", "r*", "I")(self._string),
            CFDictionaryGetValue=of_types("^v", "^v", "^v")(self._value),
            CFNumberGetValue=of_types("Z", "^v", "l", "^v")(self._number),
            CFEqual=of_types("Z", "^v", "^v")(lambda one, other: self.held[one] == self.held[other]),
            CFRelease=of_types("v", "^v")(self._release),
        )

    def _string(self, allocator: int | None, text: bytes, encoding: int) -> int:
        assert (allocator, encoding) == (None, UTF8)
        return self.made(text.decode())

    def _value(self, dictionary: int, key: int) -> int | None:
        levels, name = self.held[dictionary], self.held[key]
        assert isinstance(levels, dict)
        if name not in levels:
            return None
        pointer = next(self._pointers)  # not the caller's to release
        self._numbers[pointer] = levels[name]
        return pointer

    def _number(self, number: int, kind: int, out: int) -> int:
        assert kind == SINT32
        ctypes.c_int32.from_address(out).value = self._numbers[number]
        return 1

    def _release(self, pointer: int) -> None:
        del self.held[pointer]
